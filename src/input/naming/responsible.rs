//! Who is responsible for what an element says, by its attribute `resp`. TEI P5 Guidelines, att.global.responsibility.

use crate::input::naming::authority_index::Pointer;
use crate::input::naming::names::{Name, Naming, WrittenReference};
use crate::input::naming::people::Person;
use crate::input::naming::things::Rank;
use crate::model::{Id, Kind, Reference};
use crate::source::Span;
use std::sync::atomic::Ordering::Relaxed;

impl Naming<'_> {
    /// Those that an element says to be responsible for it, in its attribute `resp`; nothing where one of them is not known.
    pub(crate) fn responsible(&mut self, written: &str, span: Span) -> Option<Vec<Reference>> {
        // Nothing is made of some of them where others are not known.
        let is_known = |token: &str| match token.strip_prefix('#') {
            Some(entry) => self.known_agent(entry).is_some() || self.people.0.contains_key(entry),
            None => token.contains("://"),
        };
        if !written.split_whitespace().all(is_known) {
            return None;
        }
        let mut responsible = Vec::new();
        for token in written.split_whitespace() {
            let id = match token.strip_prefix('#') {
                Some(entry) => self.agent(entry)?,
                None => {
                    let (words, rank) = ("", Rank::Words);
                    let name = Name { kind: Kind::Agent, words, reference: WrittenReference::id(token), rank, span };
                    self.references(name).pop()?.id
                }
            };
            responsible.push(Reference { id, span });
        }
        Some(responsible)
    }

    /// An agent of the file's own lists or of a register.
    fn known_agent(&self, entry: &str) -> Option<&Id> {
        let pointer = Pointer { file: self.path, register: None };
        let known = self.own.get(entry).or_else(|| self.index.exact_entry(entry, Kind::Person, pointer, ""));
        known.filter(|id| Kind::AGENTS.contains(&id.kind))
    }

    /// The same, or one of the headers of the file.
    fn agent(&mut self, entry: &str) -> Option<Id> {
        if let Some(id) = self.known_agent(entry) {
            return Some(id.clone());
        }
        let people = self.people.clone();
        let Person { kind, words, reference, span, taken, .. } = people.0.get(entry)?;
        let reference = WrittenReference::pointers(reference);
        let name = Name { kind: *kind, words, reference, rank: Rank::Name, span: *span };
        let id = self.references(name).pop()?.id;
        self.own.insert(entry.to_owned(), id.clone());
        taken.store(true, Relaxed);
        Some(id)
    }
}
