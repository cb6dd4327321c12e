//! Several exports of one graph, written side by side, file by file.

use crate::error::Result;
use crate::export::{Export, Format, Output, Pieces};
use crate::graph::{GraphTarget, Sink, Statement};
use oxigraph::model::NamedNodeRef;

/// Exports that are written side by side.
pub struct Exports<'a> {
    base: String,
    formats: Vec<&'static Format>,
    exports: Vec<Box<dyn Export + 'a>>,
    /// Pieces that have been appended, whose space is used again.
    spare: Vec<Pieces>,
}

impl<'a> Exports<'a> {
    /// No exports yet, of a corpus with this base IRI.
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), formats: Vec::new(), exports: Vec::new(), spare: Vec::new() }
    }

    /// Adds one.
    pub fn add<O: Output + 'a>(&mut self, format: &'static Format, output: O) -> Result<()> {
        self.formats.push(format);
        self.exports.push(format.writer(&self.base, output)?);
        Ok(())
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<()> {
        self.exports.into_iter().try_for_each(Export::finish)
    }
}

impl Sink for Exports<'_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| export.statement(statement))
    }
}

impl GraphTarget for Exports<'_> {
    type Part = Pieces;

    fn begin_part(&mut self) -> Pieces {
        self.spare.pop().unwrap_or_else(|| Pieces::new(&self.formats, &self.base))
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| {
            export.mark()?;
            export.begin_graph(graph)
        })
    }

    fn append(&mut self, mut part: Pieces) -> Result<()> {
        for (export, bytes) in self.exports.iter_mut().zip(part.end()) {
            export.append(bytes)?;
        }
        part.clear();
        self.spare.push(part);
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| export.take_back())
    }
}
