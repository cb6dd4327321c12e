//! Several exports of one graph, written side by side, file by file.

use crate::error::Result;
use crate::export::{Export, Format, Output};
use crate::graph::{Maker, Sink, Statement, Target};
use oxigraph::model::NamedNodeRef;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

/// Exports that are written side by side.
pub struct Exports<'a> {
    base: String,
    formats: Vec<&'static Format>,
    exports: Vec<Box<dyn Export + 'a>>,
    spare: Spare,
}

impl<'a> Exports<'a> {
    /// No exports yet, of a corpus with this base IRI.
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), formats: Vec::new(), exports: Vec::new(), spare: Spare::default() }
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

impl Target for Exports<'_> {
    type Maker = PieceMaker;

    fn maker(&self) -> PieceMaker {
        PieceMaker { base: self.base.clone(), formats: self.formats.clone(), spare: self.spare.clone() }
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| {
            export.mark()?;
            export.begin_graph(graph)
        })
    }

    fn append(&mut self, piece: Piece) -> Result<()> {
        self.exports.iter_mut().zip(&piece.bytes).try_for_each(|(export, bytes)| export.append(bytes))?;
        self.spare.give(piece);
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| export.take_back())
    }
}

/// Makes pieces for several exports.
#[derive(Debug)]
pub struct PieceMaker {
    base: String,
    formats: Vec<&'static Format>,
    spare: Spare,
}

impl Maker for PieceMaker {
    type Piece = Piece;

    fn make(&self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Piece> {
        let made_by = thread::current().id();
        let mut pieces = Format::pieces(&self.formats, &self.base);
        pieces.write_into(self.spare.take(made_by));
        write(&mut pieces)?;
        Ok(Piece { bytes: pieces.take(), made_by })
    }
}

/// A piece for several exports.
#[derive(Debug)]
pub struct Piece {
    /// The bytes for each.
    bytes: Space,
    made_by: ThreadId,
}

/// The space of pieces that have been appended, for those to come from the same thread: large pieces of memory that are
/// made and given back all the time, by one thread for another, cost more than what is written into them.
#[derive(Clone, Debug, Default)]
struct Spare(Arc<Mutex<HashMap<ThreadId, Vec<Space>>>>);

/// Space for each export.
type Space = Vec<Vec<u8>>;

/// The most bytes of space that are kept for a piece.
const SPARE_LIMIT: usize = 1 << 22;

impl Spare {
    fn take(&self, thread: ThreadId) -> Space {
        let mut spare = self.0.lock().expect("no thread panics while it holds the lock");
        spare.get_mut(&thread).and_then(Vec::pop).unwrap_or_default()
    }

    fn give(&self, Piece { mut bytes, made_by }: Piece) {
        for bytes in &mut bytes {
            bytes.clear();
            bytes.shrink_to(SPARE_LIMIT);
        }
        self.0.lock().expect("no thread panics while it holds the lock").entry(made_by).or_default().push(bytes);
    }
}
