//! Quads that are kept in memory: all of them, or those that fulfil a condition.

use crate::error::Result;
use crate::graph::{GraphTarget, Sink, Statement};
use oxigraph::model::{NamedNodeRef, Quad, QuadRef};

/// The quads that fulfil a condition, in the order in which they came.
pub struct QuadList {
    keep: fn(QuadRef<'_>) -> bool,
    /// What was kept.
    pub quads: Vec<Quad>,
}

impl QuadList {
    /// Takes all quads.
    pub fn all() -> Self {
        Self::that(|_| true)
    }

    /// These quads, and all that follow.
    pub fn of(quads: Vec<Quad>) -> Self {
        Self { quads, ..Self::all() }
    }

    /// Takes those that fulfil a condition.
    pub fn that(keep: fn(QuadRef<'_>) -> bool) -> Self {
        Self { keep, quads: Vec::new() }
    }
}

impl Sink for QuadList {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        if (self.keep)(statement.quad) {
            self.quads.push(statement.quad.into_owned());
        }
        Ok(())
    }
}

/// Keeps the quads of a whole graph that fulfil a condition.
pub struct KeptQuads {
    list: QuadList,
    /// How many there were when the last graph was begun.
    before: usize,
}

impl KeptQuads {
    /// Nothing yet.
    pub fn new(keep: fn(QuadRef<'_>) -> bool) -> Self {
        Self { list: QuadList::that(keep), before: 0 }
    }

    /// What was kept, in the order in which it came.
    pub fn into_quads(self) -> Vec<Quad> {
        self.list.quads
    }
}

impl Sink for KeptQuads {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.list.statement(statement)
    }
}

impl GraphTarget for KeptQuads {
    type Part = QuadList;

    fn begin_part(&mut self) -> QuadList {
        QuadList::that(self.list.keep)
    }

    fn begin(&mut self, _: NamedNodeRef<'_>) -> Result<()> {
        self.before = self.list.quads.len();
        Ok(())
    }

    fn append(&mut self, part: QuadList) -> Result<()> {
        self.list.quads.extend(part.quads);
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        self.list.quads.truncate(self.before);
        Ok(())
    }
}
