//! Records to quads, in a fixed order: the same records give the same quads in the same order.
//!
//! All statements of a file about a thing stand together, where it is described with its types and its label first.
//! There are no blank nodes.

mod annotation;
mod authority;
mod catalogue;
mod claim;
mod description;
mod document;
mod emitter;
mod gate;
mod iri;
mod kept;
mod mapping;
mod statistics;

pub use authority::class;
pub use description::Distribution;
pub use gate::{Gate, Guard};
pub use iri::Iris;
pub use kept::{Kept, Quads};
pub use statistics::Statistics;

use crate::error::Result;
use crate::model::{
    Annotation, Authority, Claim, Corpus, Document, Letter, Mapping, Publication, SourceRecord, TermsOfUse,
};
use crate::project::Project;
use crate::source::{FileId, Span};
use crate::vocabulary::{dct, schema};
use annotation::Passages;
use emitter::Emitter;
use oxigraph::model::{NamedNodeRef, QuadRef};
use std::collections::{BTreeMap, BTreeSet};

/// One quad on its way to an export or a store.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The quad.
    pub quad: QuadRef<'a>,
    /// The place in the sources that it comes from.
    pub span: Option<Span>,
    /// Whether several graphs can describe its subject, always in the same words.
    pub shared: bool,
}

/// Where quads go.
pub trait Sink {
    /// Takes one statement.
    fn statement(&mut self, statement: Statement<'_>) -> Result<()>;
}

impl<S: Sink + ?Sized> Sink for &mut S {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        (**self).statement(statement)
    }
}

/// Where a graph goes, one source file after the other.
pub trait Target: Sink {
    /// What makes pieces for it.
    type Maker: Maker;

    /// What makes pieces, in one thread of several.
    fn maker(&self) -> Self::Maker;

    /// Begins the graph of a file that may have to be taken back.
    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()>;

    /// Adds a piece to the graph that was begun last.
    fn append(&mut self, piece: <Self::Maker as Maker>::Piece) -> Result<()>;

    /// Takes back the graph that was begun last.
    fn take_back(&mut self) -> Result<()>;
}

/// Makes pieces of a target's result from the statements of a part of a file.
pub trait Maker: Send {
    /// A piece.
    type Piece: Send;

    /// Makes a piece of the statements that `write` sends.
    fn make(&mut self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Self::Piece>;
}

/// Sends every quad of a corpus to a sink: one named graph for each source file.
pub fn graph(corpus: &Corpus, project: &Project, sink: &mut dyn Sink) -> Result<()> {
    let iris = Iris::new(&project.base);
    let contents = claim::Contents::new(corpus, &iris);
    let mut emitter = Emitter::new(project, sink);
    let annotations = by_file(&corpus.annotations, |annotation| annotation.file);
    let claims = by_file(&corpus.claims, |claim| claim.file);
    let authorities = by_file(&corpus.authorities, |authority| authority.file);
    let documents = by_file(&corpus.documents, |document| document.file);
    let mappings = by_file(&corpus.mappings, |mapping| mapping.file);
    for source in &corpus.sources {
        emitter.begin_graph(emitter.iris.source(&source.path));
        for authority in authorities.get(&source.file).into_iter().flatten() {
            authority::describe(authority, &mut emitter);
        }
        if authorities.get(&source.file).is_some_and(|table| table.iter().any(|row| authority::is_concept(row))) {
            authority::describe_scheme(project, &mut emitter);
        }
        for document in documents.get(&source.file).into_iter().flatten() {
            document::describe(document, &mut emitter);
        }
        let mut passages = Passages::default();
        for annotation in annotations.get(&source.file).into_iter().flatten() {
            annotation::describe(annotation, &mut passages, &mut emitter);
        }
        claim::describe(claims.get(&source.file).map_or(&[], Vec::as_slice), &contents, &mut passages, &mut emitter);
        passages.describe(&mut emitter);
        mapping::describe(mappings.get(&source.file).map_or(&[], Vec::as_slice), &source.path, &mut emitter);
    }
    emitter.finish()
}

/// The graphs of single documents: what their own file, their annotations and their claims say.
pub struct DocumentGraphs<'a> {
    project: &'a Project,
    contents: claim::Contents,
}

impl<'a> DocumentGraphs<'a> {
    /// Looks through the claims of a corpus once for all its documents.
    pub fn new(corpus: &Corpus, project: &'a Project) -> Self {
        Self { project, contents: claim::Contents::new(corpus, &Iris::new(&project.base)) }
    }

    /// Sends what belongs to one document to a sink.
    pub fn document(
        &self,
        document: &Document,
        annotations: &[&Annotation],
        claims: &[&Claim],
        sink: &mut dyn Sink,
    ) -> Result<()> {
        let mut emitter = Emitter::new(self.project, sink);
        document::describe(document, &mut emitter);
        let mut passages = Passages::default();
        for annotation in annotations {
            annotation::describe(annotation, &mut passages, &mut emitter);
        }
        claim::describe(claims, &self.contents, &mut passages, &mut emitter);
        passages.describe(&mut emitter);
        emitter.finish()
    }
}

/// The graph of a part of a source of letters, which are sent to a sink one by one.
pub struct Letters<'a> {
    emitter: Emitter<'a>,
    path: &'a str,
}

impl<'a> Letters<'a> {
    /// Begins the graph of the source with this path, or goes on with it.
    pub fn new(path: &'a str, project: &Project, sink: &'a mut dyn Sink) -> Self {
        let mut emitter = Emitter::new(project, sink);
        emitter.begin_graph(emitter.iris.source(path));
        Self { emitter, path }
    }

    /// Describes a letter.
    pub fn letter(&mut self, letter: &Letter) {
        let emitter = &mut self.emitter;
        let mut passages = Passages::default();
        document::describe(&letter.document, emitter);
        if let Some(notes) = &letter.notes {
            document::describe_notes(&letter.document, notes, emitter);
        }
        for annotation in &letter.annotations {
            annotation::describe(annotation, &mut passages, emitter);
        }
        passages.describe_own(emitter);
    }

    /// Describes how the source was published.
    pub fn publication(&mut self, publication: &Publication) {
        let Publication { publishers, places, dates } = publication;
        let mut node = self.emitter.node(self.emitter.iris.source(self.path), None);
        publishers.iter().for_each(|publisher| node.text(dct::PUBLISHER, publisher));
        places.iter().for_each(|place| node.text(schema::LOCATION_CREATED, place));
        dates.iter().for_each(|date| node.text(dct::ISSUED, date));
    }

    /// Ends the part; the sink's failure, if it failed.
    pub fn finish(self) -> Result<()> {
        self.emitter.finish()
    }
}

/// Sends what letters name, and no authority table or register has, to a sink.
pub fn things(authorities: impl Iterator<Item = Authority>, project: &Project, sink: &mut dyn Sink) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    emitter.begin_graph(emitter.iris.things());
    for authority in authorities {
        authority::describe(&authority, &mut emitter);
    }
    emitter.finish()
}

/// Sends the candidates of links, which nobody has decided about, to a sink: in a graph of their own, as nodes that state
/// nothing.
pub fn candidates(mappings: &[Mapping], project: &Project, sink: &mut dyn Sink) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    emitter.begin_graph(emitter.iris.candidates());
    mapping::describe_candidates(mappings, &mut emitter);
    emitter.finish()
}

/// Sends the description of the dataset and of its graphs to a sink: from which file each was made, by which program, under
/// which licence. `has_things` says whether there is a graph of what letters name.
pub fn catalogue(sources: &[SourceRecord], has_things: bool, project: &Project, sink: &mut dyn Sink) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    catalogue::describe(sources, has_things, project, &mut emitter);
    emitter.finish()
}

/// Sends the description of a build to a sink: what is in the graphs, counted, and in which files they are; `terms` are those
/// that sources state for themselves.
pub fn description(
    statistics: &Statistics,
    distributions: &[Distribution],
    terms: &BTreeSet<&TermsOfUse>,
    project: &Project,
    sink: &mut dyn Sink,
) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    description::describe(statistics, distributions, terms, project, &mut emitter);
    emitter.finish()
}

fn by_file<T>(records: &[T], file: impl Fn(&T) -> FileId) -> BTreeMap<FileId, Vec<&T>> {
    let mut files: BTreeMap<FileId, Vec<&T>> = BTreeMap::new();
    for record in records {
        files.entry(file(record)).or_default().push(record);
    }
    files
}
