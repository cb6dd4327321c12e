//! Records to quads, in a fixed order: the same records give the same quads in the same order.
//!
//! All statements of a file about a thing stand together, where it is described with its types and its label first.
//! There are no blank nodes.

mod annotation;
mod authority;
mod claim;
mod document;
mod emitter;
mod gate;
mod iri;
mod kept;
mod mapping;

pub use authority::class;
pub use gate::{Gate, Guard};
pub use iri::Iris;
pub use kept::{Kept, Quads};

use crate::error::Result;
use crate::model::{Annotation, Authority, Circa, Claim, Corpus, Document, Letter, Mapping, Publication, SourceRecord};
use crate::project::{Dataset, Origin, Project};
use crate::source::{FileId, Span};
use crate::vocabulary::{dct, edtf, pav, prov, rdf, rg, schema, skos, void};
use annotation::Passages;
use emitter::Emitter;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNodeRef, QuadRef};
use std::collections::BTreeMap;

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

/// Sends the description of the dataset and of the files it was made from to a sink.
pub fn catalogue(sources: &[SourceRecord], project: &Project, sink: &mut dyn Sink) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    describe_catalogue(sources, project, &mut emitter);
    emitter.finish()
}

fn by_file<T>(records: &[T], file: impl Fn(&T) -> FileId) -> BTreeMap<FileId, Vec<&T>> {
    let mut files: BTreeMap<FileId, Vec<&T>> = BTreeMap::new();
    for record in records {
        files.entry(file(record)).or_default().push(record);
    }
    files
}

fn describe_catalogue(sources: &[SourceRecord], project: &Project, emitter: &mut Emitter<'_>) {
    emitter.begin_graph(emitter.iris.catalogue());
    let dataset = emitter.iris.dataset();
    let mut node = emitter.node(dataset.clone(), None);
    node.iri(rdf::TYPE, void::DATASET);
    node.words(skos::PREF_LABEL, &project.title, &project.language);
    if let Some(description) = &project.description {
        node.words(dct::DESCRIPTION, description, &project.language);
    }
    if let Some(creator) = &project.creator {
        node.text(dct::CREATOR, creator);
    }
    if let Some(licence) = &project.licence {
        node.iri(dct::LICENSE, oxigraph::model::NamedNodeRef::new_unchecked(licence));
    }
    node.text(dct::LANGUAGE, &project.language);
    node.text(void::URI_SPACE, &project.base);
    let Circa { years, months, days } = project.circa;
    for (reach, unit) in [(years, 'Y'), (months, 'M'), (days, 'D')].into_iter().filter(|(reach, _)| *reach > 0) {
        node.typed(rg::CIRCA_WIDTH, &format!("P{reach}{unit}"), xsd::DURATION);
    }
    for mounted in &project.datasets {
        let iri = node.iris().mounted(&mounted.name);
        node.iri(dct::REFERENCES, &iri);
    }
    for source in sources {
        let iri = emitter.iris.source(&source.path);
        let mut node = emitter.node(iri, None);
        node.iri(rdf::TYPE, prov::ENTITY);
        node.text(skos::PREF_LABEL, &source.path);
        node.iri(dct::IS_PART_OF, &dataset);
        node.text(schema::SHA256, &source.digest.to_string());
    }
    for mounted in &project.datasets {
        describe_mounted(mounted, project, emitter);
    }
    for member in &project.corpora {
        emitter.node(Iris::new(&member.base).dataset(), Some(member.span)).iri(dct::IS_PART_OF, &dataset);
    }
}

/// Describes a dataset of others: what it is, where it is from, and which state of it is meant. Of what it says nothing
/// is here.
fn describe_mounted(dataset: &Dataset, project: &Project, emitter: &mut Emitter<'_>) {
    let mut node = emitter.node(emitter.iris.mounted(&dataset.name), Some(dataset.span));
    node.iri(rdf::TYPE, void::DATASET);
    match &dataset.title {
        Some(title) => node.words(skos::PREF_LABEL, title, &project.language),
        None => node.text(skos::PREF_LABEL, &dataset.name),
    }
    node.iri(dct::LICENSE, NamedNodeRef::new_unchecked(&dataset.licence));
    match &dataset.source {
        Some(Origin::Words(words)) => node.text(dct::BIBLIOGRAPHIC_CITATION, words),
        Some(Origin::Address(address)) => node.iri(pav::RETRIEVED_FROM, NamedNodeRef::new_unchecked(address)),
        None => {}
    }
    if let Some(date) = &dataset.date {
        node.typed(pav::RETRIEVED_ON, date, edtf::EDTF);
    }
    if let Some(pin) = project.lock.pins.get(&dataset.name) {
        node.text(schema::SHA256, &pin.sha256);
    }
}
