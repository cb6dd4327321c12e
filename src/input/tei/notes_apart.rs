//! What stands apart from the text of a letter: its notes in `standOff`, or outside the part of a text that is the letter;
//! and letters within it.

use crate::input::tei::text_elements::LISTS;
use crate::input::xml::{Element, Step};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The notes that stand apart from a text, in the order of the file.
#[derive(Default)]
pub(super) struct NotesApart<'t> {
    notes: Vec<Element<'t>>,
    by_id: HashMap<&'t str, usize>,
    by_target: HashMap<&'t str, Vec<usize>>,
    /// Whether those that nothing leads to are of the letter too.
    all: bool,
    /// The elements of the file that are letters.
    letters: HashSet<usize>,
}

impl<'t> NotesApart<'t> {
    /// Those in the `standOff` of a letter that is all of its file: all are its own.
    pub(super) fn of_letter(element: Element<'t>) -> Self {
        let mut apart = Self { all: true, ..Self::default() };
        element.children_named("standOff").for_each(|lists| apart.add(lists, &HashSet::new()));
        apart
    }

    /// Those that are in none of the parts of a file that are letters. A letter has the ones that it is joined with by a
    /// pointer.
    pub(super) fn of_parts(element: Element<'t>, parts: impl IntoIterator<Item = Element<'t>>) -> Self {
        let letters: HashSet<usize> = parts.into_iter().map(Element::order).collect();
        let mut apart = Self::default();
        let outside = element.children().filter(|child| matches!(child.name(), "text" | "standOff"));
        outside.for_each(|part| apart.add(part, &letters));
        Self { letters, ..apart }
    }

    fn add(&mut self, element: Element<'t>, parts: &HashSet<usize>) {
        // How deep the walk is in what has no notes of interest, or in a note.
        let mut within = 0;
        for step in element.walk() {
            match step {
                Step::Enter(_) if within > 0 => within += 1,
                Step::Enter(inner) if LISTS.contains(&inner.name()) || parts.contains(&inner.order()) => within = 1,
                Step::Enter(note) if note.name() == "note" => {
                    within = 1;
                    if !note.plain_words().is_empty() {
                        self.push(note);
                    }
                }
                Step::Leave(_) if within > 0 => within -= 1,
                Step::Enter(_) | Step::Leave(_) | Step::Words(_) => {}
            }
        }
    }

    /// The steps of a walk through a text that is a letter, without those through letters within it.
    pub(super) fn walk(&self, text: Element<'t>) -> impl Iterator<Item = Step<'t>> {
        let mut within = 0_usize;
        text.walk().filter(move |step| match step {
            Step::Enter(element) if within > 0 || self.letters.contains(&element.order()) => {
                within += 1;
                false
            }
            Step::Leave(_) if within > 0 => {
                within -= 1;
                false
            }
            Step::Enter(_) | Step::Leave(_) | Step::Words(_) => within == 0,
        })
    }

    fn push(&mut self, note: Element<'t>) {
        let number = self.notes.len();
        self.notes.push(note);
        if let Some(id) = note.id() {
            self.by_id.entry(id).or_insert(number);
        }
        for id in noted(note) {
            self.by_target.entry(id).or_default().push(number);
        }
    }

    /// Whether a note has this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Whether a note is about the element of this id.
    pub(super) fn is_noted(&self, id: &str) -> bool {
        self.by_target.contains_key(id)
    }

    /// The notes of a letter in whose text these notes are pointed to, and these elements stand.
    pub(super) fn of_text<'a>(
        &self,
        pointed_to: impl Iterator<Item = &'a str>,
        elements: impl Iterator<Item = &'a str>,
    ) -> Vec<Element<'t>> {
        if self.all {
            return self.notes.clone();
        }
        let by_pointer = pointed_to.filter_map(|id| self.by_id.get(id));
        let by_target = elements.filter_map(|id| self.by_target.get(id)).flatten();
        let numbers: BTreeSet<usize> = by_pointer.chain(by_target).copied().collect();
        numbers.into_iter().map(|number| self.notes[number]).collect()
    }
}

/// The ids of the elements that a note, or the `annotation` that holds it, is about: where that is a stretch, its end
/// first. TEI P5 Guidelines, att.targeted and `note`.
pub(super) fn noted(note: Element<'_>) -> impl Iterator<Item = &str> {
    with_annotation(note).flat_map(|element| ABOUT.into_iter().flat_map(move |name| ids(element, name)))
}

/// Takes note that a note, or the `annotation` that holds it, says what it is about.
pub(super) fn mark_noted(note: Element<'_>) {
    with_annotation(note).for_each(|element| ABOUT.into_iter().for_each(|name| _ = element.value(name)));
}

/// The attributes by which a note says what it is about.
const ABOUT: [&str; 3] = ["targetEnd", "target", "corresp"];

fn with_annotation(note: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    std::iter::once(note).chain(note.parent().filter(|parent| parent.name() == "annotation"))
}

/// The ids of the elements of the same file that an attribute points to.
pub(super) fn ids<'t>(element: Element<'t>, attribute: &str) -> impl Iterator<Item = &'t str> {
    let pointers = element.unmarked(attribute).unwrap_or_default().split_whitespace();
    pointers.filter_map(|pointer| pointer.strip_prefix('#'))
}
