//! Lines to blocks: paragraphs, `#` headings, and notes, which can stand in each other by their indentation.

use super::steps::step;
use std::collections::VecDeque;
use std::ops::Range;

/// The most bytes of a note's label (CommonMark 0.31, section 4.7).
const LABEL_LIMIT: usize = 999;
/// The most hashes before a heading.
const HEADING_LEVELS: usize = 6;
/// The columns by which the lines of a note are indented.
const INDENTATION: usize = 4;

/// A part of the body, or the end of one; ranges are of its bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A note begins: where, its label, and where its words begin.
    Note { start: usize, label: Range<usize>, words: usize },
    /// The note that began last, of those that have not ended, ends.
    EndOfNote(usize),
    /// A heading with its hashes, and its words alone.
    Heading { whole: Range<usize>, text: Range<usize> },
    /// Lines of prose, from the first byte to the last, with what indents them within a note.
    Paragraph(Range<usize>),
}

/// The blocks of a body, in order.
pub(crate) struct Blocks<'a> {
    bytes: &'a [u8],
    /// Where the next line begins.
    at: usize,
    /// Where the words of the line before end.
    line_end: usize,
    /// How many notes have begun and not ended.
    depth: usize,
    /// The paragraph that the line before belongs to.
    paragraph: Option<Range<usize>>,
    ready: VecDeque<Block>,
}

impl<'a> Blocks<'a> {
    /// The blocks of a body, behind its byte order mark if it begins with one.
    pub(super) fn new(body: &'a str) -> Self {
        let at = body.len() - body.trim_start_matches('\u{FEFF}').len();
        let at = at.min('\u{FEFF}'.len_utf8());
        Self { bytes: body.as_bytes(), at, line_end: at, depth: 0, paragraph: None, ready: VecDeque::new() }
    }

    fn line(&mut self) {
        let start = self.at;
        let length = self.bytes[start..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = length.map_or(self.bytes.len(), |length| start + length);
        let is_pair = self.bytes[end..].starts_with(b"\r\n");
        self.at = (end + 1 + usize::from(is_pair)).min(self.bytes.len());
        self.content(start, end);
        self.line_end = end;
    }

    /// What stands in a line, without its end.
    fn content(&mut self, start: usize, end: usize) {
        if self.blanks(start, end) == end {
            return self.end_paragraph();
        }
        let (mut at, mut depth) = self.indentation(start);
        while let Some((label, words)) = self.note(at, end) {
            self.end_notes(depth);
            self.ready.push_back(Block::Note { start: at, label, words });
            self.depth += 1;
            (at, depth) = (words, self.depth);
        }
        if at == end {
            return;
        }
        if let Some(text) = self.heading(at, end) {
            self.end_notes(depth);
            self.ready.push_back(Block::Heading { whole: at..end, text });
            return;
        }
        match &mut self.paragraph {
            // A line that goes on with a paragraph need not be indented.
            Some(paragraph) => paragraph.end = end,
            None => {
                self.end_notes(depth);
                self.paragraph = Some(at..end);
            }
        }
    }

    /// The first byte behind the indentation of the notes that a line belongs to, and how many these are.
    fn indentation(&self, start: usize) -> (usize, usize) {
        let (mut at, mut depth) = (start, 0);
        while depth < self.depth {
            step();
            // A tab goes on to the next column that is a multiple of four.
            let blanks = &self.bytes[at..self.bytes.len().min(at + INDENTATION)];
            let columns = blanks.iter().take_while(|&&byte| byte == b' ').count();
            match blanks.get(columns) {
                None if columns == INDENTATION => at += columns,
                Some(b'\t') => at += columns + 1,
                _ => break,
            }
            depth += 1;
        }
        (at, depth)
    }

    /// The label of a note that begins here, and where its words begin.
    fn note(&self, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
        let at = self.blanks(start, end);
        let line = &self.bytes[..end];
        let label = at + 2;
        let mut at = line[at..].starts_with(b"[^").then_some(label)?;
        while at - label <= LABEL_LIMIT {
            step();
            match (line.get(at)?, line.get(at + 1)) {
                (b']', Some(b':')) if at > label => return Some((label..at, self.blanks(at + 2, end))),
                (b']' | b'[' | b' ' | b'\t', _) => return None,
                (b'\\', Some(b'[' | b'\\' | b']')) => at += 2,
                _ => at += 1,
            }
        }
        None
    }

    /// The words of a heading that stands here.
    fn heading(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let line = &self.bytes[..end];
        let at = self.blanks(start, end);
        let hashes = line[at..].iter().take_while(|&&byte| byte == b'#').count();
        let opened = at + hashes;
        if !(1..=HEADING_LEVELS).contains(&hashes) || !matches!(line.get(opened), None | Some(b' ' | b'\t')) {
            return None;
        }
        let is_mark = |byte: &u8| matches!(byte, b' ' | b'\t' | b'#');
        let Some(first) = line[opened..].iter().position(|byte| !is_mark(byte)) else { return Some(end..end) };
        let first = opened + first;
        let mut text = line[first..].trim_ascii_end();
        // Hashes that stand alone at the end are marks too.
        while let Some(without) = closing_hashes(text) {
            text = without;
        }
        Some(first..first + text.len())
    }

    /// The first byte that is neither a blank nor a tab.
    fn blanks(&self, start: usize, end: usize) -> usize {
        let blanks = self.bytes[start..end].iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        start + blanks.count()
    }

    fn end_paragraph(&mut self) {
        self.ready.extend(self.paragraph.take().map(Block::Paragraph));
    }

    /// Ends the paragraph, and all notes but the outermost.
    fn end_notes(&mut self, depth: usize) {
        self.end_paragraph();
        self.ready.extend((depth..self.depth).map(|_| Block::EndOfNote(self.line_end)));
        self.depth = depth;
    }
}

/// The text before the hashes at its end that stand alone.
fn closing_hashes(text: &[u8]) -> Option<&[u8]> {
    let hashes = text.iter().rev().take_while(|&&byte| byte == b'#').count();
    let before = &text[..text.len() - hashes];
    let alone = hashes > 0 && matches!(before.last(), Some(b' ' | b'\t'));
    alone.then(|| before.trim_ascii_end())
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        while self.ready.is_empty() && self.at < self.bytes.len() {
            self.line();
        }
        if self.ready.is_empty() {
            self.end_notes(0);
        }
        self.ready.pop_front()
    }
}
