//! Pointers from letters to letters: which letter of the corpus a pointer leads to.

use crate::input::letters::sources::LetterSources;
use crate::input::letters::tally::Tally;
use crate::input::naming::letter_ids::IdMeans;
use crate::input::naming::letter_slugs::LetterNames;
use crate::input::naming::names::{is_placeholder, slug_of_address};
use crate::input::xml::Element;
use crate::model::{Id, Kind};
use crate::source::{FileId, Sources, Span};
use smol_str::SmolStr;

/// Finds the letters that pointers lead to.
pub(crate) struct LetterPointers<'n, 'a> {
    pub(crate) sources: &'a LetterSources<'a>,
    pub(crate) siblings: &'n LetterNames,
    pub(crate) tally: &'n mut Tally,
}

/// A letter that a pointer leads to.
enum Found {
    Nothing,
    Letter(SmolStr),
    /// Two letters can be meant; that has been counted.
    Unclear,
}

impl LetterPointers<'_, '_> {
    /// The letter that a pointer leads to, where it is one of the corpus.
    pub(crate) fn letter(&mut self, target: &str, element: Element<'_>, span: Span) -> Option<Id> {
        match self.find(target, element, span) {
            Found::Letter(slug) => Some(Id::new(Kind::Document, slug)),
            Found::Nothing | Found::Unclear => None,
        }
    }

    /// The same; a pointer that leads to no letter is counted.
    pub(crate) fn known_letter(&mut self, target: &str, element: Element<'_>, span: Span) -> Option<Id> {
        match self.find(target, element, span) {
            Found::Letter(slug) => Some(Id::new(Kind::Document, slug)),
            Found::Unclear => None,
            Found::Nothing => {
                self.tally.leads_nowhere(target, span);
                None
            }
        }
    }

    /// The letter that a pointer leads to, or, where it is an address, any letter that has it.
    pub(crate) fn any_letter(&mut self, target: &str, element: Element<'_>, span: Span) -> Option<Id> {
        if !target.contains("://") {
            return self.known_letter(target, element, span);
        }
        match self.find(target, element, span) {
            Found::Letter(slug) => Some(Id::new(Kind::Document, slug)),
            Found::Unclear => None,
            Found::Nothing => Some(Id::new(Kind::Document, slug_of_address(target))),
        }
    }

    fn find(&mut self, target: &str, element: Element<'_>, span: Span) -> Found {
        if is_placeholder(target) {
            return Found::Nothing;
        }
        if target.contains("://") {
            return self.by_id(target, span);
        }
        let last = target.rsplit('/').next().unwrap_or(target);
        let (file, id) = match last.split_once('#') {
            Some(("", id)) => return self.here_or_elsewhere(id, element, span),
            Some((file, id)) => (file, Some(id)),
            None => (last, None),
        };
        let path = file.split('?').next().unwrap_or(file);
        let stem = path.strip_suffix(".xml");
        if id.is_none() && stem.is_none() {
            return self.by_name_or_id(path, span);
        }
        let Some(file) = self.sources.slugs.named(stem.unwrap_or(path)).or_else(|| self.at_path(target, span)) else {
            return self.by_id(last, span);
        };
        let Some(id) = id else {
            self.tally.pointed_to.entry(file).or_insert(span);
            return Found::Letter(self.sources.slugs.of(file).clone());
        };
        self.sources.letter_of(file, id).map_or(Found::Nothing, Found::Letter)
    }

    /// The file that a pointer leads to by its path, where several have its name.
    fn at_path(&self, target: &str, span: Span) -> Option<FileId> {
        let path = target.split(['#', '?']).next().unwrap_or(target);
        self.sources.slugs.at(self.sources.sources.path(span.file), path)
    }

    /// A letter of the same file, or else one elsewhere, if nothing in the file has the id.
    fn here_or_elsewhere(&mut self, id: &str, element: Element<'_>, span: Span) -> Found {
        if let Some(sibling) = self.siblings.by_id.get(id) {
            return Found::Letter(sibling.clone());
        }
        if self.siblings.has_element(id, element) { Found::Nothing } else { self.by_name_or_id(id, span) }
    }

    /// A letter that calls itself so, or whose file is called so.
    fn by_name_or_id(&mut self, id: &str, span: Span) -> Found {
        let named = self.sources.slugs.named(id);
        let file = named.map(|file| (file, self.sources.slugs.of(file).clone()));
        match (self.sources.letter_ids().find(id), file) {
            (IdMeans::Nothing, None) => Found::Nothing,
            (IdMeans::Nothing, Some((file, slug))) => {
                self.tally.pointed_to.entry(file).or_insert(span);
                Found::Letter(slug)
            }
            (IdMeans::Letter(letter), Some((file, _))) if letter.file != file => {
                if letter.is_xml_id {
                    self.tally.is_name_of_file(id, span, letter);
                    self.tally.leads_into(letter.file, span);
                    return Found::Letter(letter.slug.clone());
                }
                self.tally.is_twofold(id, span, [letter.span, Sources::whole(file)]);
                Found::Unclear
            }
            _ => self.by_id(id, span),
        }
    }

    /// A letter that calls itself so.
    fn by_id(&mut self, id: &str, span: Span) -> Found {
        match self.sources.letter_ids().find(id) {
            IdMeans::Nothing => Found::Nothing,
            IdMeans::Letter(letter) => {
                self.tally.leads_into(letter.file, span);
                Found::Letter(letter.slug.clone())
            }
            IdMeans::Two(one, other) => {
                self.tally.is_twofold(id, span, [one.span, other.span]);
                Found::Unclear
            }
        }
    }
}
