//! Quads that are kept in memory: all of them, or those that fulfil a condition.

use crate::error::Result;
use crate::graph::{Maker, Sink, Statement, Target};
use oxigraph::model::{NamedNodeRef, Quad, QuadRef};

/// Collects quads of a part of a file.
pub struct Quads {
    keep: Box<dyn Fn(QuadRef<'_>) -> bool + Send>,
}

impl Quads {
    /// All of them.
    pub fn all() -> Self {
        Self::that(|_| true)
    }

    /// Those that fulfil a condition.
    pub fn that(keep: impl Fn(QuadRef<'_>) -> bool + Send + 'static) -> Self {
        Self { keep: Box::new(keep) }
    }
}

impl Maker for Quads {
    type Piece = Vec<Quad>;

    fn make(&mut self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Vec<Quad>> {
        struct List<'k>(&'k dyn Fn(QuadRef<'_>) -> bool, Vec<Quad>);
        impl Sink for List<'_> {
            fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
                if (self.0)(statement.quad) {
                    self.1.push(statement.quad.into_owned());
                }
                Ok(())
            }
        }
        let mut list = List(&*self.keep, Vec::new());
        write(&mut list)?;
        Ok(list.1)
    }
}

/// Keeps the quads that fulfil a condition.
pub struct Kept {
    keep: fn(QuadRef<'_>) -> bool,
    quads: Vec<Quad>,
    /// How many there were when the last graph was begun.
    before: usize,
}

impl Kept {
    /// Nothing yet.
    pub fn new(keep: fn(QuadRef<'_>) -> bool) -> Self {
        Self { keep, quads: Vec::new(), before: 0 }
    }

    /// What was kept, in the order in which it came.
    pub fn into_quads(self) -> Vec<Quad> {
        self.quads
    }
}

impl Sink for Kept {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        if (self.keep)(statement.quad) {
            self.quads.push(statement.quad.into_owned());
        }
        Ok(())
    }
}

impl Target for Kept {
    type Maker = Quads;

    fn maker(&self) -> Quads {
        Quads::that(self.keep)
    }

    fn begin(&mut self, _: NamedNodeRef<'_>) -> Result<()> {
        self.before = self.quads.len();
        Ok(())
    }

    fn append(&mut self, piece: Vec<Quad>) -> Result<()> {
        self.quads.extend(piece);
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        self.quads.truncate(self.before);
        Ok(())
    }
}
