//! The text of a source file, and the places in it.

use crate::source::{Digest, FileId, Span};
use std::ops::Range;

/// One source file's text, with what is needed to name places in it.
#[derive(Debug)]
pub struct SourceText {
    /// The file.
    pub file: FileId,
    /// Its text as decoded; nothing in it is normalised.
    pub text: String,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// Where each line begins.
    pub(super) lines: Vec<usize>,
    /// The code points before each block of the text, so that a long line is not counted again for each place in it.
    characters: Vec<usize>,
}

/// The bytes of a block whose code points are counted once.
const BLOCK: usize = 256;

impl SourceText {
    /// The text of a file.
    pub fn new(file: FileId, text: String) -> Self {
        let digest = Digest::of(text.as_bytes());
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            *before += characters(block);
            Some(*before)
        });
        let characters = std::iter::once(0).chain(blocks).collect();
        Self { file, text, digest, lines, characters }
    }

    /// The code points of a range of bytes.
    fn characters(&self, range: Range<usize>) -> usize {
        let bytes = self.text.as_bytes();
        if range.len() <= BLOCK {
            return characters(&bytes[range]);
        }
        let before = |at: usize| self.characters[at / BLOCK] + characters(&bytes[at / BLOCK * BLOCK..at]);
        before(range.end) - before(range.start)
    }

    /// The place of a range of bytes; a range over several lines is cut at the end of the first.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = range.start.min(self.text.len());
        let line = self.lines.partition_point(|&at| at <= start) - 1;
        let end_of_line = self.lines.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let meant = &self.text[start..range.end.clamp(start, end_of_line)];
        Span {
            file: self.file,
            line: count(line + 1),
            column: count(self.characters(self.lines[line]..start) + 1),
            length: count(meant.trim_end_matches('\r').chars().count().max(1)),
        }
    }

    /// The place of a line (from 1) and a column in code points (from 1).
    pub fn place(&self, line: usize, column: usize) -> Span {
        Span { file: self.file, line: count(line), column: count(column), length: 1 }
    }
}

/// The code points that begin in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
