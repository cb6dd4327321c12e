//! What the divisions of a text are that the editor adds to the letter: before it, after it, or beside it in the body.
//! TEI P5 Guidelines, section 4.1: `div/@type` is a word of the edition.

use crate::input::xml::Element;
use std::collections::HashMap;

/// What a division is to the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Division {
    /// A part of the letter.
    OfLetter,
    /// Words of the editor about it, or the letter in other words: they are read as a note.
    OfEditor,
    /// Notes: each stands where it is pointed from.
    Notes,
    /// A summary.
    Summary,
    /// A list of things, which is no text.
    List,
}

/// The first letters of the words for what the editor adds.
const ADDED: &[(&str, Division)] = &[
    ("note", Division::Notes),
    ("anmerk", Division::Notes),
    ("endnote", Division::Notes),
    ("footnote", Division::Notes),
    ("appar", Division::Notes),
    ("comment", Division::Notes),
    ("komment", Division::Notes),
    ("index", Division::List),
    ("indices", Division::List),
    ("register", Division::List),
    ("bibl", Division::List),
    ("literatur", Division::List),
    ("abstract", Division::Summary),
    ("summary", Division::Summary),
    ("regest", Division::Summary),
    ("synopsis", Division::Summary),
    ("editor", Division::OfEditor),
    ("introd", Division::OfEditor),
    ("einleitung", Division::OfEditor),
    ("preface", Division::OfEditor),
    ("vorwort", Division::OfEditor),
    ("translat", Division::OfEditor),
    ("traduc", Division::OfEditor),
    ("traduz", Division::OfEditor),
    ("übersetz", Division::OfEditor),
    ("vertaling", Division::OfEditor),
    ("normalis", Division::OfEditor),
    ("normaliz", Division::OfEditor),
    ("moderni", Division::OfEditor),
];

/// The divisions of a text.
#[derive(Default)]
pub(super) struct Divisions {
    /// Whether the elements of these numbers hold anything that nobody has added to the letter.
    hold_letter: HashMap<usize, bool>,
}

impl Divisions {
    /// What an element is to the letter. What the editor adds in the body stands beside the letter there: a body that is
    /// a translation is all there is to read.
    pub(super) fn of(&mut self, element: Element<'_>) -> Division {
        let division = match by_type(element) {
            Some(division) if is_around(element) || self.is_beside_letter(element) => division,
            _ => return Division::OfLetter,
        };
        element.value("type");
        // What is called a note or a commentary and has none in it is one.
        let has_notes = || element.descendants().any(|inner| inner.name() == "note");
        if division == Division::Notes && !has_notes() { Division::OfEditor } else { division }
    }

    fn is_beside_letter(&mut self, element: Element<'_>) -> bool {
        let Some(parent) = element.parent() else { return false };
        let is_of_letter = |part: Element<'_>| {
            !matches!(part.name(), "head" | "pb" | "cb" | "lb" | "fw" | "note" | "noteGrp" | "anchor" | "")
                && by_type(part).is_none()
                && !part.is_empty()
        };
        *self.hold_letter.entry(parent.order()).or_insert_with(|| parent.children().any(is_of_letter))
    }
}

/// What a division adds by the word of its type, if that is known.
fn by_type(element: Element<'_>) -> Option<Division> {
    if !matches!(element.name(), "div" | "div1" | "div2") {
        return None;
    }
    let word = element.unmarked("type")?.to_lowercase();
    ADDED.iter().find(|(first, _)| word.starts_with(first)).map(|(_, division)| *division)
}

/// Whether an element lies before or after the body of a letter.
fn is_around(element: Element<'_>) -> bool {
    let mut around = element.ancestors().skip(1).map(Element::name);
    around
        .find(|name| matches!(*name, "front" | "back" | "body" | "text"))
        .is_some_and(|name| name != "body" && name != "text")
}
