//! Places in XML: from a range of bytes to a line and a column of the file that it comes from.

use crate::source::{FileId, Span};
use memchr::{memchr, memchr_iter};
use std::cell::OnceCell;
use std::ops::Range;

/// Where a text lies in its file.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct TextOrigin {
    /// The file.
    pub(in crate::input) file: FileId,
    /// The line of the file that the text begins in, from 1.
    pub(in crate::input) line: u32,
    /// The characters that stand before the text in this line.
    pub(in crate::input) column: u32,
    /// The bytes before the text that are not the file's.
    pub(in crate::input) before: usize,
}

impl TextOrigin {
    /// A whole file.
    pub(in crate::input) fn whole(file: FileId) -> Self {
        Self { file, line: 1, column: 0, before: 0 }
    }
}

/// A text with an index of its lines, made when the first place is asked for.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    origin: TextOrigin,
    /// The byte that each line begins with.
    lines: OnceCell<Vec<usize>>,
    /// How many characters stand before each mark.
    characters_before: OnceCell<Vec<usize>>,
}

/// How many bytes lie between two marks.
const MARK: usize = 4096;

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, origin: TextOrigin) -> Self {
        Self { text, origin, lines: OnceCell::new(), characters_before: OnceCell::new() }
    }

    /// Whether a byte is one of the file, not of what was put before it.
    pub(super) fn is_of_file(&self, at: usize) -> bool {
        at >= self.origin.before
    }

    /// The place of a range of bytes; a range over several lines is cut at the end of the first.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let bytes = self.text.as_bytes();
        // What is named after a prefix beyond ASCII can end within a letter.
        let end = (range.end..bytes.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(bytes.len());
        let range = range.start..end;
        let lines = self.lines.get_or_init(|| {
            let mut lines = Vec::with_capacity(memchr_iter(b'\n', bytes).count() + 1);
            lines.push(0);
            lines.extend(memchr_iter(b'\n', bytes).map(|at| at + 1));
            lines
        });
        let line = lines.partition_point(|at| *at <= range.start) - 1;
        let start = if line == 0 { self.origin.before.min(range.start) } else { lines[line] };
        let end = memchr(b'\n', &bytes[range.start..range.end]).map_or(range.end, |at| range.start + at);
        let column = number(self.characters(start..range.start) + 1);
        let column = column + if line == 0 { self.origin.column } else { 0 };
        let length = self.text[range.start..end].trim_end_matches('\r').chars().count().max(1);
        let line = self.origin.line + number(line);
        Span { file: self.origin.file, line, column, length: number(length) }
    }

    /// The place of a line and a column, both from 1, as a parser of the text counts them.
    pub(super) fn position(&self, line: u32, column: u32) -> Span {
        let before = if line == 1 { number(self.text[..self.origin.before].chars().count()) } else { 0 };
        let column = column.saturating_sub(before).max(1);
        Span { file: self.origin.file, line: self.origin.line + line.saturating_sub(1), column, length: 1 }
    }

    /// How many characters a range of bytes has. A file can be one line: what stands between two marks is counted once.
    fn characters(&self, range: Range<usize>) -> usize {
        let within = |range: Range<usize>| characters(&self.text.as_bytes()[range]);
        if range.len() < 2 * MARK {
            return within(range);
        }
        let before = self.characters_before.get_or_init(|| {
            let mut before = vec![0];
            for block in self.text.as_bytes().chunks(MARK) {
                before.push(before[before.len() - 1] + characters(block));
            }
            before
        });
        let up_to = |at: usize| before[at / MARK] + within(at / MARK * MARK..at);
        up_to(range.end) - up_to(range.start)
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// A number of lines or columns.
pub(super) fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{MARK, Places, TextOrigin};
    use crate::source::Sources;

    #[test]
    fn columns_of_a_long_line_are_counted_in_characters() {
        let file = Sources::new("").add("a.xml");
        let many = format!("<a>{}</a>\n<b/>", "ä<c/>".repeat(MARK));
        let text = format!("<r>{many}</r>");
        let places = Places::new(&text, TextOrigin::whole(file));
        for (at, _) in text.match_indices('<').step_by(97).chain([(text.len(), "")]) {
            let before = text[..at].rsplit('\n').next().expect("there is a line");
            let span = places.span(at..at);
            assert_eq!(span.column as usize, before.chars().count() + 1, "byte {at}");
            assert_eq!(span.line as usize, text[..at].matches('\n').count() + 1, "byte {at}");
        }
    }
}
