//! Where the notes of a text belong that stand elsewhere: at the pointer that leads to them, or at what they point to.

use crate::input::tei::notes_apart::{NotesApart, ids, mark_noted, noted};
use crate::input::xml::{Element, Step};
use std::collections::{HashMap, HashSet};

/// Where notes belong that stand elsewhere.
pub(super) struct NotePlaces<'t> {
    /// The notes that stand apart from the text.
    apart: &'t NotesApart<'t>,
    /// The ids of the notes in the text.
    notes: HashSet<&'t str>,
    /// The ids of the elements that these are about.
    noted: HashSet<&'t str>,
    /// The code points at which a note is pointed to first, by the id of the note.
    pointers: HashMap<&'t str, usize>,
    /// The code points at which the elements end that notes are about.
    ends: HashMap<&'t str, usize>,
}

impl<'t> NotePlaces<'t> {
    /// Those of the notes of a text and apart from it, which are to be found by walking through it.
    pub(super) fn of(text: Element<'t>, apart: &'t NotesApart<'t>) -> Self {
        let (notes, noted_ids) = (HashSet::new(), HashSet::new());
        let mut places = Self { apart, notes, noted: noted_ids, pointers: HashMap::new(), ends: HashMap::new() };
        for step in apart.walk(text) {
            if let Step::Enter(note) = step
                && note.name() == "note"
            {
                places.notes.extend(note.id());
                places.noted.extend(noted(note));
            }
        }
        places
    }

    /// Takes note of a pointer to a note that stands before this code point.
    pub(super) fn enter(&mut self, element: Element<'t>, at: usize) {
        for id in self.notes_of(element) {
            element.mark_used().value("target");
            self.pointers.entry(id).or_insert(at);
        }
    }

    /// Takes note of an element that ends at this code point.
    pub(super) fn leave(&mut self, element: Element<'t>, at: usize) {
        if let Some(id) = element.id().filter(|id| self.noted.contains(id) || self.apart.is_noted(id)) {
            element.xml_attribute("id");
            self.ends.entry(id).or_insert(at);
        }
    }

    /// Whether an element points to a note.
    pub(super) fn leads_to_note(&self, element: Element<'t>) -> bool {
        !self.notes_of(element).is_empty()
    }

    /// The notes that an element points to.
    fn notes_of(&self, element: Element<'t>) -> Vec<&'t str> {
        if !matches!(element.name(), "ptr" | "ref") {
            return Vec::new();
        }
        ids(element, "target").filter(|id| self.notes.contains(id) || self.apart.has(id)).collect()
    }

    /// The code point that a note belongs to, where it does not belong to where it stands.
    pub(super) fn place(&self, note: Element<'t>) -> Option<usize> {
        let pointed_to = || {
            let at = self.pointers.get(note.id()?)?;
            note.xml_attribute("id");
            Some(*at)
        };
        // What corresponds to another note is no more at its place than that.
        let mut ends = noted(note).filter(|id| !self.notes.contains(id)).filter_map(|id| self.ends.get(id).copied());
        let noted = ends.next();
        noted.inspect(|_| mark_noted(note)).or_else(pointed_to)
    }

    /// The notes of the text that stand apart from it, once it was walked through.
    pub(super) fn notes_apart(&self) -> Vec<Element<'t>> {
        self.apart.of_text(self.pointers.keys().copied(), self.ends.keys().copied())
    }
}
