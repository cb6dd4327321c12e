//! `regesta duplicates`: letters that may stand in two of the corpora and datasets of a project.

use crate::cli::joining::Datasets;
use crate::cli::reconcile::{links, rows_in, write_links};
use crate::cli::review::{self, Links, Reviewer};
use crate::cli::workspace::{Workspace, number};
use crate::cli::{Global, Outcome};
use clap::Args;
use oxigraph::model::Quad;
use regesta::diagnostic::Diagnostics;
use regesta::error::{Error, Result};
use regesta::graph::{Kept, Sink, Statement};
use regesta::model::{Kind, Mapping};
use regesta::mount;
use regesta::project::{Dataset, Form};
use regesta::reconcile::{Duplicate, Gatherer, concerns_letters, duplicates};
use regesta::sssom::MappingFile;
use std::collections::BTreeSet;
use std::io::{self, Write};

#[derive(Args)]
#[command(before_help = "Example:  regesta duplicates --review --reviewer \"Greta Lam\"")]
pub(super) struct Arguments {
    /// Ask about each candidate, one key for each decision
    #[arg(long)]
    review: bool,
    /// Who decides: a name, an id as in person:lam, or an address as that of an ORCID
    #[arg(long, value_name = "WHO", required_if_eq("review", "true"))]
    reviewer: Option<String>,
    /// The day of the decisions, for the record
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut workspace = Workspace::open(None, global)?;
    let Some(corpus) = workspace.read_or_show(global)? else { return Ok(Outcome::Problems) };
    let project = workspace.project.clone().expect("what has been read has a project");
    let mut kept = Kept::new(concerns_letters);
    workspace.write(&corpus, global, &mut kept)?;
    let mut sources = by_corpus(kept.into_quads(), &project.bases());
    let mut diagnostics = Diagnostics::default();
    let datasets = Datasets::of(&workspace, &project, global);
    // What another corpus is published as can be mounted as RDF; the other forms have no letters.
    let has_letters = |dataset: &&Dataset| matches!(dataset.form, Form::Cmif | Form::Rdf);
    for dataset in project.datasets.iter().filter(has_letters) {
        let mut kept = Kept::new(concerns_letters);
        mount::read(datasets.mount(dataset), &mut kept, &mut diagnostics)?;
        sources.push(kept.into_quads());
    }
    let broken = diagnostics.has_errors();
    let found = duplicates(&sources, &mut diagnostics);
    workspace.diagnostics.append(diagnostics);
    workspace.show_diagnostics(global)?;
    if broken || workspace.stops() {
        return Ok(Outcome::Problems);
    }
    let bases = project.bases();
    let (path, mut links) = links(&workspace, &project, "duplicates", None)?;
    let pairs = |mapping: &Mapping| {
        [(mapping.ours.clone(), mapping.theirs.clone()), (mapping.theirs.clone(), mapping.ours.clone())]
    };
    let decided: BTreeSet<(String, String)> = corpus.mappings.iter().flat_map(pairs).collect();
    let is_new = |duplicate: &&Duplicate| {
        let [(one, _), (two, _)] = &duplicate.documents;
        !decided.contains(&(one.clone(), two.clone()))
    };
    let new: Vec<&Duplicate> = found.iter().filter(is_new).collect();
    new.iter().for_each(|duplicate| add(&mut links, duplicate, &bases));
    if !new.is_empty() {
        write_links(&path, &links)?;
    }
    let line = format!(
        "{} that may stand in two editions, {} of them new{}\n",
        number(found.len(), "pair"),
        new.len(),
        rows_in(&links, &path)
    );
    io::stdout().lock().write_all(line.as_bytes()).map_err(Error::Output)?;
    if arguments.review {
        let mut gatherer = Gatherer::default();
        for quad in sources.iter().flatten() {
            gatherer.statement(Statement { quad: quad.as_ref(), span: None, shared: false })?;
        }
        let all = gatherer.finish();
        let who = arguments.reviewer.as_deref().expect("clap demands a reviewer");
        let reviewer = Reviewer::parse(who, arguments.date.as_deref(), &project, &all)?;
        let mut files = [Links { path, file: links }];
        review::run(&mut files, &reviewer, &[Kind::Document], &bases, (&all, &all))?;
    }
    Ok(Outcome::Fine)
}

/// The statements of each corpus apart: by the base that the graph's IRI begins with.
fn by_corpus(quads: Vec<Quad>, bases: &[&str]) -> Vec<Vec<Quad>> {
    let mut sources = vec![Vec::new(); bases.len()];
    for quad in quads {
        let graph = quad.graph_name.to_string();
        let at = bases.iter().position(|base| graph.trim_start_matches('<').starts_with(base));
        sources[at.expect("every graph is below the base of its corpus")].push(quad);
    }
    sources
}

/// Adds a row. The side that is of the project's corpora comes first.
fn add(links: &mut MappingFile, duplicate: &Duplicate, bases: &[&str]) {
    let [one, two] = &duplicate.documents;
    let is_mounted = |iri: &str| {
        iri.starts_with(&format!("{}dataset/", bases[0])) || !bases.iter().any(|base| iri.starts_with(base))
    };
    let (ours, theirs) = if is_mounted(&one.0) { (two, one) } else { (one, two) };
    let (subject, object) = (links.shortened(&ours.0), links.shortened(&theirs.0));
    links.add(&[
        ("subject_id", &subject),
        ("subject_label", &ours.1),
        ("predicate_id", "skos:exactMatch"),
        ("object_id", &object),
        ("object_label", &theirs.1),
        ("mapping_justification", "semapv:CompositeMatching"),
        ("author_label", concat!("regesta ", env!("CARGO_PKG_VERSION"))),
        ("confidence", &format!("{:.2}", duplicate.score)),
        ("comment", &duplicate.grounds.join("; ")),
    ]);
}
