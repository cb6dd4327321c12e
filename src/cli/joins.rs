//! `regesta joins`: how far the corpus is joined with its datasets.

use crate::cli::joining::{Datasets, ours};
use crate::cli::workspace::{Workspace, number};
use crate::cli::{Global, Outcome};
use clap::{Args, ValueEnum};
use regesta::diagnostic::{Diagnostics, visible};
use regesta::error::{Error, Result};
use regesta::mount;
use regesta::reconcile::{Joins, KINDS, OfKind, joins};
use std::io::{self, Write};

#[derive(Args)]
#[command(before_help = "Example:  regesta joins --format json")]
pub(super) struct Arguments {
    /// The datasets to look at [default: all]
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
    let corpus = workspace.read(global).filter(|_| !workspace.stops());
    let Some(corpus) = corpus else {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    let ours = ours(&mut workspace, &corpus, KINDS, global)?;
    let project = workspace.project.clone().expect("what has been read has a project");
    let datasets = Datasets::of(&workspace, &project, global);
    let mut diagnostics = Diagnostics::default();
    let mut reports = Vec::new();
    for dataset in datasets.named(&arguments.datasets)? {
        let Some((theirs, _)) = datasets.entities(dataset, &mut diagnostics)? else { continue };
        let pin = project.lock.pins.get(&dataset.name);
        reports.push(joins(
            (&dataset.name, mount::graph(&project, dataset).as_str()),
            &project.bases(),
            &ours,
            &theirs,
            &corpus.mappings,
            pin,
        ));
    }
    workspace.diagnostics.append(diagnostics);
    workspace.show_diagnostics(global)?;
    let text = match arguments.format {
        ReportFormat::Json => {
            let json = serde_json::to_string_pretty(&reports).expect("a report has only texts and numbers");
            format!("{json}\n")
        }
        ReportFormat::Text if reports.is_empty() => {
            "the corpus has no dataset to be joined with; add a section [[dataset]] to regesta.toml\n".to_owned()
        }
        ReportFormat::Text => reports.iter().map(|report| visible(&lines(report, &project.base))).collect(),
    };
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)?;
    Ok(if workspace.has_errors() { Outcome::Problems } else { Outcome::Fine })
}

/// The report of one dataset for people.
fn lines(report: &Joins, base: &str) -> String {
    let mut text = format!("{}: {}\n", report.dataset, number(report.things, "thing"));
    // Letters are joined with a list of others only.
    let is_worth_a_line = |kind: &&str, count: &OfKind| *kind != "document" || count.joined + count.waiting > 0;
    for (kind, count) in report.kinds.iter().filter(|(kind, count)| is_worth_a_line(kind, count)) {
        let grounds: Vec<String> =
            count.grounds.iter().map(|(ground, count)| format!("{count} by {}", spoken(ground))).collect();
        let grounds = if grounds.is_empty() { String::new() } else { format!(" ({})", grounds.join(", ")) };
        text.push_str(&format!(
            "  {}: {} joined{grounds}, {} waiting with {}, {} unjoined\n",
            number(count.things, kind),
            count.joined,
            count.waiting,
            number(count.candidates, "candidate"),
            count.unjoined
        ));
    }
    lines_of_gone(report, base).iter().for_each(|line| text.push_str(&format!("{line}\n")));
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
pub(super) fn lines_of_gone(report: &Joins, base: &str) -> Vec<String> {
    let line = |gone: &regesta::reconcile::Gone| {
        let what = gone
            .merged_into
            .as_ref()
            .map_or_else(|| "is no longer described".to_owned(), |into| format!("has been merged into {into}"));
        let ours = gone.ours.strip_prefix(base).unwrap_or(&gone.ours);
        let ours = ours.trim_end_matches("#it").replace('/', ":");
        let since = if gone.since_lock { ", though it was when the dataset was locked" } else { "" };
        format!("  {ours} is linked to {}, which {what}{since}", gone.theirs)
    };
    report.gone.iter().map(line).collect()
}
