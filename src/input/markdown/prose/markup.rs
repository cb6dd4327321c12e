//! What is marked in prose: links, notes and their marks, and what is no part of the words.

use std::ops::Range;

/// The marks of a body; ranges are of its bytes.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// The marks, which are no part of the words.
    pub(crate) cuts: Vec<Range<usize>>,
    /// The links, in order.
    pub(crate) links: Vec<Link>,
    /// The marks of notes in the text, in order.
    pub(crate) note_marks: Vec<NoteMark>,
    /// The notes, in the order in which they end.
    pub(crate) notes: Vec<Note>,
    /// What the notes are called, each name once.
    pub(crate) names: Vec<String>,
}

/// A link.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) whole: Range<usize>,
    pub(crate) words: Range<usize>,
    pub(crate) url: String,
    pub(crate) title: Option<String>,
    /// The name of the note that it stands in, as an index.
    pub(crate) note: Option<usize>,
}

/// The place in the text that a note belongs to.
#[derive(Debug)]
pub(crate) struct NoteMark {
    pub(crate) range: Range<usize>,
    /// The name of the note, as an index.
    pub(crate) name: usize,
}

/// A note.
#[derive(Debug)]
pub(crate) struct Note {
    /// Its name, as an index.
    pub(crate) name: usize,
    /// Where it begins.
    pub(crate) start: usize,
    /// Its words, without marks, with one blank between two.
    pub(crate) words: String,
}

impl Markup {
    /// Takes a range out of the words.
    pub(super) fn cut(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.cuts.push(range);
        }
    }
}

/// The name of a note: its label without blanks at the ends, whatever the case (CommonMark 0.31, section 4.7).
pub(crate) fn note_name(label: &str) -> String {
    label.trim_matches([' ', '\t', '\n', '\r']).to_lowercase().to_uppercase().to_lowercase()
}
