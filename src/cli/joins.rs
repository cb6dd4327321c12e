//! `regesta joins`: how far the corpus is joined with its datasets.

use crate::cli::joining::{self, Datasets, ours};
use crate::cli::workspace::{Workspace, number};
use crate::cli::{Global, Outcome};
use clap::{Args, ValueEnum};
use regesta::diagnostic::{Diagnostics, visible};
use regesta::error::{Error, Result};
use regesta::model::Mapping;
use regesta::mount;
use regesta::project::Project;
use regesta::reconcile::{Entities, Joins, KINDS, OfKind, joins};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::mem;

#[derive(Args)]
#[command(before_help = "Example:  regesta joins --format json")]
pub(super) struct Arguments {
    /// The datasets to look at; in a joint project, its corpora too, and their datasets as in CORPUS/DATASET [default: all]
    #[arg(value_name = "DATASET")]
    datasets: Vec<String>,
    /// How the report is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: ReportFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// Lines for people
    Text,
    /// A list of one object for each dataset
    Json,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut workspace = Workspace::open(None, global)?;
    let Some(corpus) = workspace.read_or_show(global)? else { return Ok(Outcome::Problems) };
    let ours = ours(&mut workspace, &corpus, KINDS, global)?;
    if workspace.stops() {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    }
    let wanted = chosen(&workspace, &arguments.datasets)?;
    let mut reports = of_datasets(&mut workspace, ("", &wanted), &ours, &corpus.mappings, global)?;
    for member in &mut workspace.members {
        let mut mappings = corpus.mappings.clone();
        mappings.extend(member.corpus.iter().flat_map(|corpus| corpus.mappings.iter().cloned()));
        let before = format!("{}/", member.name);
        reports.extend(of_datasets(&mut member.workspace, (&before, &wanted), &ours, &mappings, global)?);
    }
    reports.extend(of_corpora(&mut workspace, &wanted, &ours, &corpus.mappings, global)?);
    workspace.show_diagnostics(global)?;
    let bases = workspace.project.as_ref().map(Project::bases).unwrap_or_default();
    let text = match arguments.format {
        ReportFormat::Json => {
            let json = serde_json::to_string_pretty(&reports).expect("a report has only texts and numbers");
            format!("{json}\n")
        }
        ReportFormat::Text if reports.is_empty() => {
            "the corpus has no dataset to be joined with; add a section [[dataset]] to regesta.toml\n".to_owned()
        }
        ReportFormat::Text => reports.iter().map(|report| visible(&lines(report, &bases))).collect(),
    };
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)?;
    Ok(if workspace.has_errors() { Outcome::Problems } else { Outcome::Fine })
}

/// How far things are joined with each dataset of a project, or of a corpus of a joint one, whose name stands `before`.
fn of_datasets(
    workspace: &mut Workspace,
    (before, wanted): (&str, &BTreeSet<String>),
    ours: &Entities,
    mappings: &[Mapping],
    global: &Global,
) -> Result<Vec<Joins>> {
    let project = workspace.project.clone().expect("what has been read has a project");
    let datasets = Datasets::of(workspace, &project, global);
    let mut diagnostics = Diagnostics::default();
    let mut reports = Vec::new();
    for dataset in &project.datasets {
        let name = format!("{before}{}", dataset.name);
        if !wanted.contains(&name) {
            continue;
        }
        let Some((theirs, _)) = datasets.entities(dataset, &mut diagnostics)? else { continue };
        let graph = mount::graph(&project, dataset);
        let pin = project.lock.pins.get(&dataset.name);
        reports.push(joins((&name, graph.as_str()), &project.bases(), ours, &theirs, mappings, pin));
    }
    workspace.diagnostics.append(diagnostics);
    Ok(reports)
}

/// How far the things of the other corpora of a joint project are joined with those of each.
fn of_corpora(
    workspace: &mut Workspace,
    wanted: &BTreeSet<String>,
    ours: &Entities,
    mappings: &[Mapping],
    global: &Global,
) -> Result<Vec<Joins>> {
    let project = workspace.project.clone().expect("what has been read has a project");
    let mut reports = Vec::new();
    for corpus in project.corpora.iter().filter(|corpus| wanted.contains(&corpus.name)) {
        let theirs = joining::of_corpus(workspace, &corpus.name, KINDS, global)?;
        let bases = joining::bases_beside(&project, corpus);
        let facing: Vec<Mapping> = mappings.iter().map(|mapping| facing(mapping, &corpus.base)).collect();
        reports.push(joins((&corpus.name, &corpus.base), &bases, ours, &theirs, &facing, None));
    }
    Ok(reports)
}

/// A mapping turned so that what is of a corpus is the other side of it.
fn facing(mapping: &Mapping, base: &str) -> Mapping {
    let mut mapping = mapping.clone();
    if mapping.ours.starts_with(base) {
        mem::swap(&mut mapping.ours, &mut mapping.theirs);
        mapping.relation = mapping.relation.inverse();
    }
    mapping
}

/// What there can be a report of: the datasets of the project, those of the corpora of a joint one, and these corpora.
fn names(workspace: &Workspace) -> Vec<String> {
    let datasets = workspace.datasets().into_iter().map(|(name, _)| name);
    datasets.chain(workspace.members.iter().map(|member| member.name.clone())).collect()
}

/// The names of the reports that are asked for, or all.
fn chosen(workspace: &Workspace, asked: &[String]) -> Result<BTreeSet<String>> {
    let names = names(workspace);
    if let Some(unknown) = asked.iter().find(|name| !names.contains(name)) {
        let help = match names.as_slice() {
            [] => "mount one: add a section [[dataset]] to regesta.toml".to_owned(),
            names => format!("the datasets are {}", names.join(", ")),
        };
        return Err(Error::usage(format!("there is no dataset \"{unknown}\""), help));
    }
    Ok(names.into_iter().filter(|name| asked.is_empty() || asked.contains(name)).collect())
}

/// The report of one dataset for people.
fn lines(report: &Joins, bases: &[&str]) -> String {
    let mut text = format!("{}: {}\n", report.dataset, number(report.things, "thing"));
    // Letters are joined with a list of others only.
    let is_worth_a_line = |kind: &&str, count: &OfKind| *kind != "document" || count.joined + count.waiting > 0;
    for (kind, count) in report.kinds.iter().filter(|(kind, count)| is_worth_a_line(kind, count)) {
        let grounds: Vec<String> =
            count.grounds.iter().map(|(ground, count)| format!("{count} by {}", spoken(ground))).collect();
        let links: usize = count.grounds.values().sum();
        // A thing can be linked to several of one dataset.
        let links = if links > count.joined { format!("{}: ", number(links, "link")) } else { String::new() };
        let grounds = if grounds.is_empty() { String::new() } else { format!(" ({links}{})", grounds.join(", ")) };
        let undecided = if count.undecided == 0 { String::new() } else { format!(", {} undecided", count.undecided) };
        text.push_str(&format!(
            "  {}: {} joined{grounds}, {} waiting with {}{undecided}, {} unjoined\n",
            number(count.things, kind),
            count.joined,
            count.waiting,
            number(count.candidates, "candidate"),
            count.unjoined
        ));
    }
    lines_of_gone(report, bases).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text
}

/// What the grounds of a link are called: justifications by the names that they have in the Semantic Mapping Vocabulary.
const GROUNDS: &[(&str, &str)] = &[
    ("BackgroundKnowledgeBasedMatching", "shared identifier"),
    ("LexicalMatching", "name"),
    ("CompositeMatching", "name and more"),
    ("ManualMappingCuration", "hand"),
    ("MappingReview", "hand"),
];

fn spoken(ground: &str) -> &str {
    GROUNDS.iter().find(|(known, _)| *known == ground).map_or(ground, |(_, words)| words)
}

/// What the corpus is linked to and is no longer there as it was.
pub(super) fn lines_of_gone(report: &Joins, bases: &[&str]) -> Vec<String> {
    let line = |gone: &regesta::reconcile::Gone| {
        let what = match (&gone.merged_into, gone.was_described) {
            (Some(into), _) => format!("has been merged into {into}"),
            (None, true) => "is no longer described, though it was when the dataset was locked before".to_owned(),
            (None, false) => "is not described".to_owned(),
        };
        let ours = bases.iter().find_map(|base| gone.ours.strip_prefix(base)).unwrap_or(&gone.ours);
        let ours = ours.trim_end_matches("#it").replace('/', ":");
        format!("  {ours} is linked to {}, which {what}", gone.theirs)
    };
    report.gone.iter().map(line).collect()
}
