//! `regesta reconcile`: candidates for links between the corpus and a dataset, and what is decided about them.

use crate::cli::joining::{self, Datasets};
use crate::cli::review::{self, Links, Reviewer};
use crate::cli::workspace::{Workspace, number, shown};
use crate::cli::{Global, Outcome, file};
use clap::{Args, ValueEnum};
use oxigraph::model::NamedNode;
use regesta::diagnostic::Diagnostics;
use regesta::error::{Error, Result};
use regesta::graph::Iris;
use regesta::model::{Kind, Mapping, NO_TERM, Review};
use regesta::mount;
use regesta::project::Project;
use regesta::read::MAPPING_LIMIT;
use regesta::reconcile::{Candidate, Entities, Found, Ground, Limits, Question};
use regesta::sssom::MappingFile;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(before_help = "Example:  regesta reconcile places --with gazetteer --review --reviewer \"Greta Lam\"")]
pub(super) struct Arguments {
    /// What is searched for: persons, organisations, groups, places, events, works, documents
    #[arg(value_name = "KIND")]
    kind: String,
    /// The dataset that it is searched for in; in a joint project, or the corpus
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
    let Some(corpus) = workspace.read_or_show(global)? else { return Ok(Outcome::Problems) };
    let ours = joining::ours(&mut workspace, &corpus, &kinds, global)?;
    let project = workspace.project.clone().expect("what has been read has a project");
    let reviewer =
        arguments.reviewer.as_deref().map(|who| Reviewer::parse(who, arguments.date.as_deref(), &project, &ours));
    let reviewer = reviewer.transpose()?;
    let mut diagnostics = Diagnostics::default();
    let With { theirs, bases, graph } =
        with(&arguments.with, &mut workspace, &project, &kinds, global, &mut diagnostics)?;
    let Some(theirs) = theirs.filter(|_| !workspace.stops()) else {
        workspace.diagnostics.append(diagnostics);
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    let (rejected, proposed) = decided(&corpus.mappings, graph.as_ref().map(|graph| graph.as_str()));
    let usual = Limits::of(&kinds);
    let limits = Limits {
        threshold: arguments.threshold.unwrap_or(usual.threshold),
        most: arguments.most.unwrap_or(usual.most),
    };
    let question = Question {
        ours: &ours,
        kinds: &kinds,
        bases: &bases,
        theirs: &theirs,
        proposed: &proposed,
        rejected: &rejected,
        limits,
        threads: global.threads(),
    };
    let found = question.candidates(&mut diagnostics);
    workspace.diagnostics.append(diagnostics);
    workspace.show_diagnostics(global)?;
    let (path, mut links) = links(&workspace, &project, &arguments.with, graph.as_ref().map(|graph| graph.as_str()))?;
    let described = theirs.list.iter().filter(|entity| !entity.names.is_empty()).map(|entity| &*entity.iri);
    links.declare_dataset(&arguments.with, described);
    add(&mut links, &found.candidates, arguments.relation);
    let accepted = match (arguments.accept_above, &reviewer) {
        (Some(least), Some(reviewer)) => accept(&mut links, least, reviewer, (&kinds, &bases), &theirs),
        _ => 0,
    };
    if !found.candidates.is_empty() || accepted > 0 {
        write_links(&path, &links)?;
    }
    summarise(&found, limits.most, accepted, &links, &path)?;
    if arguments.review {
        let reviewer = reviewer.expect("clap demands a reviewer");
        let mut files = vec![Links { path, file: links }];
        files.extend(others(&workspace, &files[0].path)?);
        review::run(&mut files, &reviewer, &kinds, &bases, (&ours, &theirs))?;
    }
    Ok(Outcome::Fine)
}

/// What things are searched for in.
struct With<'p> {
    /// What there is; nothing where it cannot be read to its end.
    theirs: Option<Entities>,
    /// What the IRIs of the things begin with that are searched for.
    bases: Vec<&'p str>,
    /// The graph of the dataset, where it is one.
    graph: Option<NamedNode>,
}

/// The dataset, or the corpus of a joint project, of this name.
fn with<'p>(
    name: &str,
    workspace: &mut Workspace,
    project: &'p Project,
    kinds: &[Kind],
    global: &Global,
    diagnostics: &mut Diagnostics,
) -> Result<With<'p>> {
    if let Some(corpus) = project.corpora.iter().find(|corpus| corpus.name == name) {
        let theirs = joining::of_corpus(workspace, name, kinds, global)?;
        return Ok(With { theirs: Some(theirs), bases: joining::bases_beside(project, corpus), graph: None });
    }
    let dataset = joining::find(project, name)?;
    let theirs = Datasets::of(workspace, project, global).entities(dataset, diagnostics)?;
    let graph = Some(mount::graph(project, dataset));
    Ok(With { theirs: theirs.map(|(theirs, _)| theirs), bases: project.bases(), graph })
}

/// The pairs that were rejected, and those that were proposed or accepted; each from either end, for both can be of the
/// project's corpora. That something is nothing elsewhere counts where it is said of the dataset, or of none.
fn decided(mappings: &[Mapping], dataset: Option<&str>) -> (Pairs, Pairs) {
    let concerns = |mapping: &&Mapping| {
        mapping.theirs != NO_TERM || mapping.dataset.as_deref().is_none_or(|of| Some(of) == dataset)
    };
    let pairs = |mapping: &Mapping| {
        let (ours, theirs): (Box<str>, Box<str>) = (mapping.ours.as_str().into(), mapping.theirs.as_str().into());
        [(ours.clone(), theirs.clone()), (theirs, ours)]
    };
    let (rejected, others): (Vec<&Mapping>, Vec<&Mapping>) =
        mappings.iter().filter(concerns).partition(|mapping| mapping.review == Review::Rejected);
    (rejected.into_iter().flat_map(pairs).collect(), others.into_iter().flat_map(pairs).collect())
}

type Pairs = BTreeSet<(Box<str>, Box<str>)>;

/// Says what was proposed, and where it is.
fn summarise(found: &Found, most: usize, accepted: usize, links: &MappingFile, path: &Path) -> Result<()> {
    let Found { candidates, unclear, beyond } = found;
    let by_identifier = candidates.iter().filter(|candidate| is_shared(candidate)).count();
    let unclear = match unclear {
        0 => String::new(),
        count => format!(
            "{} of a name that several things have, or like others: a lower --threshold shows what they may be\n",
            number(*count, "thing")
        ),
    };
    let beyond = match beyond {
        0 => String::new(),
        count => format!(
            "{} left out, of things that have {most} already: --most proposes more\n",
            number(*count, "candidate")
        ),
    };
    let line = format!(
        "{} by identifier, {} by name: {} accepted{}\n",
        number(by_identifier, "candidate"),
        candidates.len() - by_identifier,
        accepted,
        rows_in(links, path)
    );
    io::stdout().lock().write_all((line + &unclear + &beyond).as_bytes()).map_err(Error::Output)
}

/// How many rows there are in a mapping file; nothing where there is no file.
pub(super) fn rows_in(links: &MappingFile, path: &Path) -> String {
    if links.is_empty() {
        return String::new();
    }
    format!(", {} in {}", number(links.len(), "row"), shown(path).display())
}

/// The mapping file of a name, and where it is or will be. `dataset` is the graph of the dataset that it is about.
pub(super) fn links(
    workspace: &Workspace,
    project: &Project,
    name: &str,
    dataset: Option<&str>,
) -> Result<(PathBuf, MappingFile)> {
    let name = format!("{name}.sssom.tsv");
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
    within(&path, &workspace.root)?;
    let set = Iris::new(&project.base).source(&below);
    let links = MappingFile::open(&path)?.unwrap_or_else(|| MappingFile::new(set.as_str(), project, dataset));
    Ok((path, links))
}

/// The mapping files of the corpus besides that at `path`: there can be candidates in them that others have made.
fn others(workspace: &Workspace, path: &Path) -> Result<Vec<Links>> {
    let paths = workspace.files.links.iter().map(|file| workspace.root.join(workspace.sources.path(*file)));
    let mut files = Vec::new();
    for path in paths.filter(|other| other != path) {
        if let Some(file) = MappingFile::open(&path)? {
            files.push(Links { path, file });
        }
    }
    Ok(files)
}

/// Refuses a path that links lead out of the corpus folder.
fn within(path: &Path, root: &Path) -> Result<()> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut step = root.to_owned();
    for part in below.components() {
        step.push(part);
        if step.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
            let help = "links are not followed; put the folder or the file itself there".to_owned();
            return Err(Error::usage(format!("{} is a link, and nothing is written through it", step.display()), help));
        }
    }
    Ok(())
}

/// Writes a mapping file, unless it would be too large to be read again.
pub(super) fn write_links(path: &Path, links: &MappingFile) -> Result<()> {
    let text = links.to_text();
    if text.len() as u64 > MAPPING_LIMIT {
        let message = format!("{} would have more than {} MiB", path.display(), MAPPING_LIMIT >> 20);
        let help = "propose less: raise --threshold, lower --most, or reconcile one kind of thing after the other";
        return Err(Error::Limit { message, help: Some(help.to_owned()) });
    }
    file::replace(path, text.as_bytes())
}

/// The kinds that a word stands for. Of some agents the source does not say what they are: they can be any.
fn kinds(word: &str) -> Result<Vec<Kind>> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == singular || kind.table() == Some(word));
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

/// Adds a row for each candidate.
fn add(links: &mut MappingFile, candidates: &[Candidate], relation: RelationName) {
    for candidate in candidates {
        let (ours, theirs) = (links.shortened(&candidate.ours), links.shortened(&candidate.theirs));
        let close = match &candidate.score.ground {
            Ground::Identifier(_, worth) => *worth < 1.0,
            Ground::Names(..) => false,
        };
        let relation = match relation {
            RelationName::Exact if !close => "skos:exactMatch",
            _ => "skos:closeMatch",
        };
        let justification = match &candidate.score.ground {
            // An address that is only cited says less than a name of its own.
            Ground::Identifier(_, worth) if *worth < Ground::CLOSE => "semapv:CompositeMatching",
            Ground::Identifier(..) => "semapv:BackgroundKnowledgeBasedMatching",
            Ground::Names(..) if candidate.score.parts.is_empty() => "semapv:LexicalMatching",
            Ground::Names(..) => "semapv:CompositeMatching",
        };
        links.add(&[
            ("subject_id", &ours),
            ("subject_label", &candidate.our_name),
            ("predicate_id", relation),
            ("object_id", &theirs),
            ("object_label", &candidate.their_name),
            ("mapping_justification", justification),
            ("author_label", concat!("regesta ", env!("CARGO_PKG_VERSION"))),
            ("confidence", &format!("{:.2}", candidate.score.total)),
            ("comment", &candidate.score.to_string()),
        ]);
    }
}

/// Accepts what shares an identifier and scores at least so much; how many rows that are.
fn accept(
    links: &mut MappingFile,
    least: f64,
    reviewer: &Reviewer,
    (kinds, bases): (&[Kind], &[&str]),
    theirs: &Entities,
) -> usize {
    let mut accepted = 0;
    for row in review::waiting(links, kinds, bases, theirs) {
        let shares = links
            .iri(row, "mapping_justification")
            .is_some_and(|iri| iri.ends_with("BackgroundKnowledgeBasedMatching"));
        let score = links.cell(row, "confidence").and_then(|cell| cell.parse::<f64>().ok());
        if shares && score.is_some_and(|score| score >= least) {
            reviewer.sign(links, row, "1.0");
            links.set(row, "curation_rule_text", &format!("shares an identifier and scores at least {least}"));
            accepted += 1;
        }
    }
    accepted
}
