//! Several exports of one graph, written side by side, file by file.

use crate::error::Result;
use crate::export::{Export, Format, Output, Pieces};
use crate::graph::{Maker, Sink, Statement, Target};
use oxigraph::model::NamedNodeRef;
use std::sync::{Arc, Mutex, MutexGuard};

/// Exports that are written side by side.
pub struct Exports<'a> {
    base: String,
    formats: Vec<&'static Format>,
    exports: Vec<Box<dyn Export + 'a>>,
}

impl<'a> Exports<'a> {
    /// No exports yet, of a corpus with this base IRI.
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), formats: Vec::new(), exports: Vec::new() }
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
        PieceMaker { pieces: Format::pieces(&self.formats, &self.base), spare: Spare::default() }
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| {
            export.mark()?;
            export.begin_graph(graph)
        })
    }

    fn append(&mut self, piece: Piece) -> Result<()> {
        self.exports.iter_mut().zip(&piece.bytes).try_for_each(|(export, bytes)| export.append(bytes))?;
        let Piece { mut bytes, home } = piece;
        for bytes in &mut bytes {
            bytes.clear();
            bytes.shrink_to(SPARE_LIMIT);
        }
        home.at_hand().push(bytes);
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| export.take_back())
    }
}

/// Makes pieces for several exports.
pub struct PieceMaker {
    pieces: Pieces,
    spare: Spare,
}

impl Maker for PieceMaker {
    type Piece = Piece;

    fn make(&mut self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Piece> {
        self.pieces.write_into(self.spare.at_hand().pop().unwrap_or_default());
        let written = write(&mut self.pieces);
        let bytes = self.pieces.take();
        written.map(|()| Piece { bytes, home: self.spare.clone() })
    }
}

/// A piece for several exports.
pub struct Piece {
    /// The bytes for each.
    bytes: Space,
    /// Where its space goes when it has been appended.
    home: Spare,
}

/// The space of pieces that have been appended, for more of the same maker: memory that is made and given back all the
/// time, by one thread for another, costs more than what is written into it.
#[derive(Clone, Default)]
struct Spare(Arc<Mutex<Vec<Space>>>);

/// Space for each export.
type Space = Vec<Vec<u8>>;

/// The most bytes of space that are kept for a piece.
const SPARE_LIMIT: usize = 1 << 22;

impl Spare {
    fn at_hand(&self) -> MutexGuard<'_, Vec<Space>> {
        self.0.lock().expect("no thread panics while it holds the lock")
    }
}
