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
mod visitor;

pub use authority::class;
pub use description::Distribution;
pub use gate::{Gate, Guard};
pub use iri::Iris;
pub use kept::{Kept, QuadList};
pub use statistics::{Counted, Statistics};
pub use visitor::{GraphPart, GraphVisitor};

use crate::error::Result;
use crate::model::{Annotation, Claim, Document, Mapping, Records, TermsOfUse};
use crate::project::Project;
use crate::source::Span;
use annotation::Passages;
use emitter::Emitter;
use oxigraph::model::{NamedNodeRef, QuadRef};
use std::collections::BTreeSet;

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

/// Where a graph goes, one source after the other.
pub trait Target: Sink {
    /// What takes the statements of a part of a source, in one thread of several.
    type Part: Sink + Send;

    /// What a thread begins a part with.
    fn begin_part(&mut self) -> Self::Part;

    /// Begins the graph of a source that may have to be taken back.
    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()>;

    /// Adds a part to the graph that was begun last.
    fn append(&mut self, part: Self::Part) -> Result<()>;

    /// Takes back the graph that was begun last.
    fn take_back(&mut self) -> Result<()>;
}

/// The graphs of single documents: what their own file, their annotations and their claims say.
pub struct DocumentGraphs<'a> {
    project: &'a Project,
    contents: claim::Contents,
}

impl<'a> DocumentGraphs<'a> {
    /// Looks through the claims of a corpus once for all its documents.
    pub fn new(records: &Records, project: &'a Project) -> Self {
        Self { project, contents: claim::Contents::new(records, &Iris::new(&project.base)) }
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

/// Sends the candidates of links, which nobody has decided about, to a sink: in a graph of their own, as nodes that state
/// nothing.
pub fn candidates(mappings: &[Mapping], project: &Project, sink: &mut dyn Sink) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    emitter.begin_graph(emitter.iris.candidates());
    mapping::describe_candidates(mappings, &mut emitter);
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
