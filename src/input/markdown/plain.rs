//! Plain text: what is left of a body when its marks are cut out, and where each place of the body has gone.

use std::ops::Range;

/// The most bytes of a stretch, which is what is counted again for each place in it.
const STRETCH_LIMIT: usize = 256;

/// The text without its marks, and where each byte of the body has gone.
pub(crate) struct Plain {
    pub(crate) text: String,
    kept: Vec<Stretch>,
}

/// A stretch of the body that is kept.
#[derive(Clone, Copy)]
struct Stretch {
    /// Its first byte in the body.
    body: usize,
    /// The bytes of the text that stand before it.
    bytes: usize,
    /// The code points of the text that stand before it.
    characters: usize,
}

impl Plain {
    /// The text of a range of the body, without the cuts and without the backslashes that escape a mark.
    pub(crate) fn new(body: &str, range: Range<usize>, mut cuts: Vec<Range<usize>>) -> Self {
        cuts.sort_by_key(|cut| cut.start);
        let mut plain = Self { text: String::new(), kept: Vec::new() };
        let (mut at, mut characters) = (range.start, 0);
        let end = range.end..range.end;
        for cut in cuts.into_iter().chain(std::iter::once(end)) {
            let mut looked = at;
            while let Some(backslash) = (looked < cut.start).then(|| escape(&body[looked..cut.start])).flatten() {
                let backslash = looked + backslash;
                characters += plain.keep(body, at..backslash, characters);
                // The escaped mark begins the next stretch, and is not taken for another backslash.
                at = backslash + 1;
                looked = at + 1;
            }
            if cut.start > at {
                characters += plain.keep(body, at..cut.start, characters);
            }
            at = at.max(cut.end);
        }
        plain.kept.push(Stretch { body: at, bytes: plain.text.len(), characters });
        plain
    }

    /// Keeps a part of the body, in stretches; how many code points it has.
    fn keep(&mut self, body: &str, range: Range<usize>, before: usize) -> usize {
        let (mut at, mut characters) = (range.start, before);
        while at < range.end {
            self.kept.push(Stretch { body: at, bytes: self.text.len(), characters });
            let mut end = range.end.min(at + STRETCH_LIMIT);
            while !body.is_char_boundary(end) {
                end -= 1;
            }
            let words = &body[at..end];
            self.text.push_str(words);
            characters += words.chars().count();
            at = end;
        }
        characters - before
    }

    /// The byte of the text, and the number of code points before it, that a byte of the body has become.
    pub(crate) fn position(&self, body: &str, byte: usize) -> (usize, usize) {
        let index = self.kept.partition_point(|stretch| stretch.body <= byte);
        let Some(stretch) = index.checked_sub(1).map(|index| self.kept[index]) else { return (0, 0) };
        let next = self.kept.get(index).map_or(self.text.len(), |next| next.bytes);
        let end = (stretch.body + next - stretch.bytes).min(byte);
        let within = &body[stretch.body..end];
        (stretch.bytes + within.len(), stretch.characters + within.chars().count())
    }
}

/// Where a backslash stands before an ASCII punctuation mark (CommonMark 0.31, section 2.4).
fn escape(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation))
}
