//! What is marked in prose: links, notes and their marks, and what is no part of the words.

use std::ops::Range;

/// The marks of a body; ranges are of its bytes.
#[derive(Debug, Default)]
pub(in crate::read) struct Markup {
    /// The marks, which are no part of the words.
    pub(in crate::read) cuts: Vec<Range<usize>>,
    /// The links, in order.
    pub(in crate::read) links: Vec<Link>,
    /// The marks of notes in the text, in order.
    pub(in crate::read) note_marks: Vec<NoteMark>,
    /// The notes, in the order in which they end.
    pub(in crate::read) notes: Vec<Note>,
    /// What the notes are called, each name once.
    pub(in crate::read) names: Vec<String>,
}

/// A link.
#[derive(Debug)]
pub(in crate::read) struct Link {
    pub(in crate::read) whole: Range<usize>,
    pub(in crate::read) words: Range<usize>,
    pub(in crate::read) url: String,
    pub(in crate::read) title: Option<String>,
    /// The name of the note that it stands in, as an index.
    pub(in crate::read) note: Option<usize>,
}

/// The place in the text that a note belongs to.
#[derive(Debug)]
pub(in crate::read) struct NoteMark {
    pub(in crate::read) range: Range<usize>,
    /// The name of the note, as an index.
    pub(in crate::read) name: usize,
}

/// A note.
#[derive(Debug)]
pub(in crate::read) struct Note {
    /// Its name, as an index.
    pub(in crate::read) name: usize,
    /// Where it begins.
    pub(in crate::read) start: usize,
    /// Its words, without marks, with one blank between two.
    pub(in crate::read) words: String,
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
pub(super) fn note_name(label: &str) -> String {
    label.trim_matches([' ', '\t', '\n', '\r']).to_lowercase().to_uppercase().to_lowercase()
}
