//! Duplicates: letters that may stand in two of the corpora and datasets of a project.

use crate::corpus::review::{MappingPath, ReviewSession, Reviewer, write_mappings};
use crate::corpus::{Corpus, Options};
use crate::datasets;
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::graph::{KeptQuads, Sink, Statement};
use crate::model::{Kind, Mapping};
use crate::project::{Dataset, DatasetForm, Project};
use crate::reconcile::{Duplicate, Gatherer, concerns_letters, duplicates};
use crate::sssom::MappingFile;
use oxigraph::model::Quad;
use std::collections::BTreeSet;
use std::path::Path;

/// Pairs of letters that have been found and not been written.
pub struct FoundDuplicates {
    project: Project,
    /// What is said of letters, by corpus and dataset.
    sources: Vec<Vec<Quad>>,
    found: Vec<Duplicate>,
}

/// Pairs of letters, and where they are written down.
pub struct Duplicates {
    /// How many pairs there are.
    pub found: usize,
    /// How many of them nobody has written down before.
    pub new: usize,
    project: Project,
    sources: Vec<Vec<Quad>>,
    mappings: MappingPath,
}

impl Corpus {
    /// Searches for letters that may stand in two corpora or datasets. Nothing where an error stands in the way.
    pub fn find_duplicates(&mut self, options: &Options<'_>) -> Result<Option<FoundDuplicates>> {
        if !self.read(options) || self.stops() {
            return Ok(None);
        }
        let project = self.project.clone().expect("what has been read has a project");
        let mut kept = KeptQuads::new(concerns_letters);
        self.send(&mut kept, options)?;
        let mut sources = by_corpus(kept.into_quads(), &project.bases());
        let mut diagnostics = Diagnostics::default();
        // What another corpus is published as can be mounted as RDF; the other forms have no letters.
        let has_letters = |dataset: &&Dataset| matches!(dataset.form, DatasetForm::Cmif | DatasetForm::Rdf);
        for dataset in project.datasets.iter().filter(has_letters) {
            let mut kept = KeptQuads::new(concerns_letters);
            datasets::read(self.mount(&project, dataset, options), &mut kept, &mut diagnostics)?;
            sources.push(kept.into_quads());
        }
        let broken = diagnostics.has_errors();
        let found = duplicates(&sources, &mut diagnostics);
        self.diagnostics.append(diagnostics);
        if broken || self.stops() {
            return Ok(None);
        }
        Ok(Some(FoundDuplicates { project, sources, found }))
    }
}

impl FoundDuplicates {
    /// Writes the pairs that are new into the mapping file of the duplicates.
    pub fn write(self, corpus: &Corpus) -> Result<Duplicates> {
        let Self { project, sources, found } = self;
        let MappingPath { path, mut file } = corpus.mapping_file("duplicates", None)?;
        let pairs = |mapping: &Mapping| {
            [(mapping.ours.clone(), mapping.theirs.clone()), (mapping.theirs.clone(), mapping.ours.clone())]
        };
        let decided: BTreeSet<(String, String)> = corpus.records.mappings.iter().flat_map(pairs).collect();
        let is_new = |duplicate: &&Duplicate| {
            let [(one, _), (two, _)] = &duplicate.documents;
            !decided.contains(&(one.clone(), two.clone()))
        };
        let new: Vec<&Duplicate> = found.iter().filter(is_new).collect();
        new.iter().for_each(|duplicate| add(&mut file, duplicate, &project.bases()));
        if !new.is_empty() {
            write_mappings(&path, &file)?;
        }
        let (found, new) = (found.len(), new.len());
        Ok(Duplicates { found, new, project, sources, mappings: MappingPath { path, file } })
    }
}

impl Duplicates {
    /// The mapping file.
    pub fn path(&self) -> &Path {
        &self.mappings.path
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.mappings.file.len()
    }

    /// What can be decided now, by somebody and on a day.
    ///
    /// # Errors
    ///
    /// If the one who decides, or the day, is none.
    pub fn review(self, who: &str, date: Option<&str>) -> Result<ReviewSession> {
        let gathered = |sources: &[Vec<Quad>]| -> Result<_> {
            let mut gatherer = Gatherer::default();
            for quad in sources.iter().flatten() {
                gatherer.statement(Statement { quad: quad.as_ref(), span: None, shared: false })?;
            }
            Ok(gatherer.finish())
        };
        let (ours, theirs) = (gathered(&self.sources)?, gathered(&self.sources)?);
        let reviewer = Reviewer::parse(who, date, &self.project, &ours)?;
        let bases = self.project.bases().into_iter().map(str::to_owned).collect();
        Ok(ReviewSession::new(vec![self.mappings], reviewer, vec![Kind::Document], bases, (ours, theirs)))
    }
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
fn add(file: &mut MappingFile, duplicate: &Duplicate, bases: &[&str]) {
    let [one, two] = &duplicate.documents;
    let is_mounted = |iri: &str| {
        iri.starts_with(&format!("{}dataset/", bases[0])) || !bases.iter().any(|base| iri.starts_with(base))
    };
    let (ours, theirs) = if is_mounted(&one.0) { (two, one) } else { (one, two) };
    let (subject, object) = (file.shortened(&ours.0), file.shortened(&theirs.0));
    file.add(&[
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
