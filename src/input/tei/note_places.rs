//! Where the notes of a text belong that stand elsewhere: at the pointer that leads to them, or at what they point to.

use crate::input::xml::Element;
use std::collections::{HashMap, HashSet};

/// Where notes belong that stand elsewhere.
#[derive(Default)]
pub(super) struct NotePlaces<'t> {
    /// The ids of the notes.
    notes: HashSet<&'t str>,
    /// The ids of the elements that notes point to.
    noted: HashSet<&'t str>,
    /// The code points at which a note is pointed to first, by the id of the note.
    pointers: HashMap<&'t str, usize>,
    /// The code points at which the elements end that notes point to.
    ends: HashMap<&'t str, usize>,
}

impl<'t> NotePlaces<'t> {
    /// Those of the notes of a text, which are to be found by walking through it.
    pub(super) fn of(text: Element<'t>) -> Self {
        let mut places = Self::default();
        for note in text.descendants().filter(|element| element.name() == "note") {
            places.notes.extend(note.id());
            places.noted.extend(target(note));
        }
        places
    }

    /// Takes note of a pointer to a note that stands before this code point.
    pub(super) fn enter(&mut self, element: Element<'t>, at: usize) {
        if let Some(id) = self.note_of(element) {
            element.mark_used().value("target");
            self.pointers.entry(id).or_insert(at);
        }
    }

    /// Takes note of an element that ends at this code point.
    pub(super) fn leave(&mut self, element: Element<'t>, at: usize) {
        if self.noted.is_empty() {
            return;
        }
        if let Some(id) = element.id().filter(|id| self.noted.contains(id)) {
            element.xml_attribute("id");
            self.ends.entry(id).or_insert(at);
        }
    }

    /// Whether an element points to a note.
    pub(super) fn leads_to_note(&self, element: Element<'t>) -> bool {
        self.note_of(element).is_some()
    }

    /// The note that an element points to.
    fn note_of(&self, element: Element<'t>) -> Option<&'t str> {
        if self.notes.is_empty() || !matches!(element.name(), "ptr" | "ref") {
            return None;
        }
        target(element).filter(|id| self.notes.contains(id))
    }

    /// The code point that a note belongs to, where it does not belong to where it stands.
    pub(super) fn place(&self, note: Element<'t>) -> Option<usize> {
        let pointed_to = || {
            let at = self.pointers.get(note.id()?)?;
            note.xml_attribute("id");
            Some(*at)
        };
        let noted = target(note).and_then(|id| self.ends.get(id).copied());
        noted.inspect(|_| _ = note.value("target")).or_else(pointed_to)
    }
}

/// The element of the same file that an element points to first.
fn target(element: Element<'_>) -> Option<&str> {
    element.unmarked("target")?.split_whitespace().next()?.strip_prefix('#')
}
