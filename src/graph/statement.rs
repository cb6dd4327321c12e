//! Quads on their way, and where they go.

use crate::error::Result;
use crate::source::Span;
use oxigraph::model::{NamedNodeRef, QuadRef};

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
pub trait GraphTarget: Sink {
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
