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
}

impl SourceText {
    /// The text of a file.
    pub fn new(file: FileId, text: String) -> Self {
        let digest = Digest::of(text.as_bytes());
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, digest, lines }
    }

    /// The place of a range of bytes; a range over several lines is cut at the end of the first.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = range.start.min(self.text.len());
        let line = self.lines.partition_point(|&at| at <= start) - 1;
        let rest = &self.text[start..];
        let end_of_line = rest.find('\n').map_or(self.text.len(), |at| start + at);
        let meant = &self.text[start..range.end.clamp(start, end_of_line)];
        Span {
            file: self.file,
            line: count(line + 1),
            column: count(self.text[self.lines[line]..start].chars().count() + 1),
            length: count(meant.trim_end_matches('\r').chars().count().max(1)),
        }
    }

    /// The place of a line (from 1) and a column in code points (from 1).
    pub fn place(&self, line: usize, column: usize) -> Span {
        Span { file: self.file, line: count(line), column: count(column), length: 1 }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
