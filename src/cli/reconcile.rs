//! `regesta reconcile`: candidates for links between the corpus and a dataset, and what is decided about them.

use crate::cli::joining::{self, Datasets};
use crate::cli::review::{self, Reviewer};
use crate::cli::workspace::{Workspace, number, shown};
use crate::cli::{Global, Outcome, file};
use clap::{Args, ValueEnum};
use regesta::diagnostic::Diagnostics;
use regesta::error::{Error, Result};
use regesta::graph::Iris;
use regesta::model::{Kind, Mapping};
use regesta::mount;
use regesta::project::{Dataset, Project};
use regesta::reconcile::{Candidate, Ground, Limits, Question};
use regesta::sssom::MappingFile;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(before_help = "Example:  regesta reconcile places --with gazetteer --review --reviewer \"Greta Lam\"")]
pub(super) struct Arguments {
    /// What is searched for: persons, organisations, groups, places, events, works
    #[arg(value_name = "KIND")]
    kind: String,
    /// The dataset that it is searched for in
    #[arg(long, value_name = "DATASET")]
    with: String,
    /// Propose nothing by its name that scores less, from 0 to 1 [default: 0.5 for places, 0.8 for others]
    #[arg(long, value_name = "SCORE", value_parser = score)]
    threshold: Option<f64>,
    /// Propose at most so many for one thing [default: 5]
    #[arg(long, value_name = "NUMBER")]
    most: Option<usize>,
    /// What an accepted link says; what shares no more than a closeMatch is proposed as one
    #[arg(long, value_enum, value_name = "RELATION", default_value = "exact")]
    relation: RelationName,
    /// Ask about each candidate, one key for each decision
    #[arg(long)]
    review: bool,
    /// Accept, without asking, what shares an identifier and scores at least so much
    #[arg(long, value_name = "SCORE", value_parser = score, requires = "reviewer")]
    accept_above: Option<f64>,
    /// Who decides: a name, an id as in person:lam, or an address as that of an ORCID
    #[arg(long, value_name = "WHO", required_if_eq("review", "true"))]
    reviewer: Option<String>,
    /// The day of the decisions, for the record
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RelationName {
    /// skos:exactMatch
    Exact,
    /// skos:closeMatch
    Close,
}

fn score(text: &str) -> std::result::Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number.filter(|number| (0.0..=1.0).contains(number)).ok_or_else(|| "a score is a number from 0 to 1".to_owned())
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let kinds = kinds(&arguments.kind)?;
    let mut workspace = Workspace::open(None, global)?;
    let corpus = workspace.read(global).filter(|_| !workspace.stops());
    let Some(corpus) = corpus else {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    let ours = joining::ours(&mut workspace, &corpus, &kinds, global)?;
    let project = workspace.project.clone().expect("what has been read has a project");
    let reviewer =
        arguments.reviewer.as_deref().map(|who| Reviewer::parse(who, arguments.date.as_deref(), &project, &ours));
    let reviewer = reviewer.transpose()?;
    let dataset = joining::find(&project, &arguments.with)?;
    let mut diagnostics = Diagnostics::default();
    let theirs = Datasets::of(&workspace, &project, global).entities(dataset, &mut diagnostics)?;
    let Some((theirs, _)) = theirs.filter(|_| !workspace.stops()) else {
        workspace.diagnostics.append(diagnostics);
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    let pair = |mapping: &Mapping| (mapping.ours.as_str().into(), mapping.theirs.as_str().into());
    let decided: BTreeSet<_> = corpus.mappings.iter().map(pair).collect();
    let usual = Limits::of(&kinds);
    let limits = Limits {
        threshold: arguments.threshold.unwrap_or(usual.threshold),
        most: arguments.most.unwrap_or(usual.most),
    };
    let question = Question {
        ours: &ours,
        kinds: &kinds,
        base: &project.base,
        theirs: &theirs,
        decided: &decided,
        limits,
        threads: global.threads(),
    };
    let candidates = question.candidates(&mut diagnostics);
    workspace.diagnostics.append(diagnostics);
    workspace.show_diagnostics(global)?;
    let (path, mut links) = links(&workspace, &project, dataset)?;
    let described = theirs.list.iter().filter(|entity| !entity.names.is_empty()).map(|entity| &*entity.iri);
    links.declare_dataset(&dataset.name, described);
    let accepted = add(&mut links, &candidates, arguments, reviewer.as_ref());
    if !candidates.is_empty() {
        file::replace(&path, links.to_text().as_bytes())?;
    }
    summarise(&candidates, accepted, &links, &path)?;
    if arguments.review {
        let reviewer = reviewer.expect("clap demands a reviewer");
        review::run(&mut links, &path, &reviewer, &kinds, &[&project.base], (&ours, &theirs))?;
    }
    Ok(Outcome::Fine)
}

/// Says what was proposed, and where it is.
fn summarise(candidates: &[Candidate], accepted: usize, links: &MappingFile, path: &Path) -> Result<()> {
    let by_identifier = candidates.iter().filter(|candidate| is_shared(candidate)).count();
    let line = format!(
        "{} by identifier, {} by name: {} accepted, {} in {}\n",
        number(by_identifier, "candidate"),
        candidates.len() - by_identifier,
        accepted,
        number(links.len(), "row"),
        shown(path).display()
    );
    io::stdout().lock().write_all(line.as_bytes()).map_err(Error::Output)
}

/// The mapping file of a dataset, and where it is or will be.
fn links(workspace: &Workspace, project: &Project, dataset: &Dataset) -> Result<(PathBuf, MappingFile)> {
    let name = format!("{}.sssom.tsv", dataset.name);
    let mut known = workspace.files.links.iter().map(|file| workspace.sources.path(*file));
    let below = known
        .find(|path| path.rsplit('/').next() == Some(&name))
        .map_or_else(|| format!("links/{name}"), str::to_owned);
    if !project.patterns.would_read_links(&below) {
        let message = format!("{below} is none of the mapping files that the project file names");
        let help = format!("add \"{below}\" to links in the section [sources], or take links out there");
        return Err(Error::usage(message, help));
    }
    let path = workspace.root.join(&below);
    let set = Iris::new(&project.base).source(&below);
    let new = || MappingFile::new(set.as_str(), project, Some(mount::graph(project, dataset).as_str()));
    let links = MappingFile::open(&path)?.unwrap_or_else(new);
    Ok((path, links))
}

/// The kinds that a word stands for. Of some agents the source does not say what they are: they can be any.
fn kinds(word: &str) -> Result<Vec<Kind>> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == word || kind.table() == Some(word));
    match kind {
        Some(kind @ (Kind::Person | Kind::Organisation | Kind::Group)) => Ok(vec![kind, Kind::Agent]),
        Some(kind @ (Kind::Place | Kind::Event | Kind::Work | Kind::Document)) => Ok(vec![kind]),
        _ => {
            let help = "the kinds are persons, organisations, groups, places, events, works and documents".to_owned();
            Err(Error::usage(format!("\"{word}\" is no kind of thing that is joined with others"), help))
        }
    }
}

fn is_shared(candidate: &Candidate) -> bool {
    matches!(candidate.score.ground, Ground::Identifier(..))
}

/// Adds a row for each candidate; how many were accepted without asking.
fn add(links: &mut MappingFile, candidates: &[Candidate], arguments: &Arguments, reviewer: Option<&Reviewer>) -> usize {
    let mut accepted = 0;
    for candidate in candidates {
        let (ours, theirs) = (links.shortened(&candidate.ours), links.shortened(&candidate.theirs));
        let close = match &candidate.score.ground {
            Ground::Identifier(_, worth) => *worth < 1.0,
            Ground::Names(..) => false,
        };
        let relation = match arguments.relation {
            RelationName::Exact if !close => "skos:exactMatch",
            _ => "skos:closeMatch",
        };
        let justification = match (&candidate.score.ground, candidate.score.parts.is_empty()) {
            (Ground::Identifier(..), _) => "semapv:BackgroundKnowledgeBasedMatching",
            (Ground::Names(..), true) => "semapv:LexicalMatching",
            (Ground::Names(..), false) => "semapv:CompositeMatching",
        };
        let confidence = format!("{:.2}", candidate.score.total);
        links.add(&[
            ("subject_id", &ours),
            ("subject_label", &candidate.our_name),
            ("predicate_id", relation),
            ("object_id", &theirs),
            ("object_label", &candidate.their_name),
            ("mapping_justification", justification),
            ("author_label", concat!("regesta ", env!("CARGO_PKG_VERSION"))),
            ("confidence", &confidence),
            ("comment", &candidate.score.to_string()),
        ]);
        let above = arguments.accept_above.is_some_and(|least| candidate.score.total >= least);
        if let (true, true, Some(reviewer)) = (above, is_shared(candidate), reviewer) {
            let row = links.len() - 1;
            reviewer.sign(links, row, "1.0");
            let least = arguments.accept_above.unwrap_or_default();
            links.set(row, "curation_rule_text", &format!("shares an identifier and scores at least {least}"));
            accepted += 1;
        }
    }
    accepted
}
