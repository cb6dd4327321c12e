//! Several exports of one graph, written side by side, file by file.

use crate::error::Result;
use crate::export::{Export, Format, Output, Pieces};
use crate::graph::{Maker, Sink, Statement, Target};
use oxigraph::model::NamedNodeRef;
use std::sync::{Arc, Mutex, MutexGuard};
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
pub struct PieceMaker {
    base: String,
    formats: Vec<&'static Format>,
    spare: Spare,
}

impl Maker for PieceMaker {
    type Piece = Piece;

    fn make(&self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Piece> {
        let made_by = thread::current().id();
        let (pieces, space) = self.spare.take(made_by);
        let mut pieces = pieces.unwrap_or_else(|| Format::pieces(&self.formats, &self.base));
        pieces.write_into(space);
        write(&mut pieces)?;
        let bytes = pieces.take();
        self.spare.at_hand().pieces.push((made_by, pieces));
        Ok(Piece { bytes, made_by })
    }
}

/// A piece for several exports.
#[derive(Debug)]
pub struct Piece {
    /// The bytes for each.
    bytes: Space,
    made_by: ThreadId,
}

/// What is at hand for more pieces, each for the thread that it comes from: memory that is made and given back all the
/// time, by one thread for another, costs more than what is written into it.
#[derive(Clone, Default)]
struct Spare(Arc<Mutex<AtHand>>);

#[derive(Default)]
struct AtHand {
    /// What pieces are made with.
    pieces: Vec<(ThreadId, Pieces)>,
    /// The space of pieces that have been appended.
    space: Vec<(ThreadId, Space)>,
}

/// Space for each export.
type Space = Vec<Vec<u8>>;

/// The most bytes of space that are kept for a piece.
const SPARE_LIMIT: usize = 1 << 22;

impl Spare {
    fn at_hand(&self) -> MutexGuard<'_, AtHand> {
        self.0.lock().expect("no thread panics while it holds the lock")
    }

    fn take(&self, thread: ThreadId) -> (Option<Pieces>, Space) {
        let AtHand { pieces, space } = &mut *self.at_hand();
        (take_own(pieces, thread), take_own(space, thread).unwrap_or_default())
    }

    fn give(&self, Piece { mut bytes, made_by }: Piece) {
        for bytes in &mut bytes {
            bytes.clear();
            bytes.shrink_to(SPARE_LIMIT);
        }
        self.at_hand().space.push((made_by, bytes));
    }
}

fn take_own<T>(kept: &mut Vec<(ThreadId, T)>, thread: ThreadId) -> Option<T> {
    let own = kept.iter().rposition(|(made_by, _)| *made_by == thread)?;
    Some(kept.swap_remove(own).1)
}
