//! What the authority tables and registers of a corpus know: by id, by identifier and by name.

use crate::input::naming::name_index::{NameIndex, NameMatch};
use crate::input::naming::slugs::slug_of_id;
use crate::model::{Authority, Id, Identifier, Kind, Scheme};
use crate::source::Sources;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What the registers and the authority tables of a corpus know, for finding ids.
#[derive(Debug, Default)]
pub struct AuthorityIndex {
    /// By the IRI of an identifier elsewhere.
    by_identifier: HashMap<String, Vec<Id>>,
    /// By the id within a register, as a slug: the register's path, and what it is here.
    by_entry: HashMap<String, Vec<(String, Id)>>,
    /// By whatever else a register calls an entry: its number, its key, the ids of its names, its numbers in authority
    /// files.
    by_other_id: HashMap<String, Vec<(String, Id)>>,
    /// By the id without blanks and hyphens.
    by_loose_id: HashMap<String, Vec<(String, Id)>>,
    names: NameIndex,
    ids: HashSet<Id>,
    /// What the things of tables are called: letter tables may name them by their ids alone.
    labels: HashMap<Id, String>,
    /// The paths of the registers.
    registers: HashSet<String>,
}

/// What an id of a source leads to.
pub(super) enum EntryMatch<'i> {
    /// The entry that has it.
    Entry(&'i Id),
    /// The one entry that has it but for blanks and hyphens.
    Loosely(&'i Id),
    /// Several, and nothing says which.
    Several(Vec<&'i Id>),
    /// No entry.
    Nothing,
}

impl AuthorityIndex {
    /// An index of what the authority tables and the registers of a corpus hold.
    pub fn of(authorities: &[Authority], sources: &Sources) -> Self {
        let mut index = Self { names: NameIndex::of(authorities), ..Self::default() };
        for authority in authorities {
            let id = &authority.id;
            for identifier in &authority.identifiers {
                let known = index.by_identifier.entry(identifier.iri.clone()).or_default();
                if known.last() != Some(id) {
                    known.push(id.clone());
                }
            }
            let path = sources.path(authority.file);
            if path.ends_with(".xml") || authority.entry.is_some() {
                index.registers.insert(path.to_owned());
            }
            if !path.ends_with(".xml") {
                index.labels.entry(id.clone()).or_insert_with(|| authority.label.text.clone());
            }
            let place = || (path.to_owned(), id.clone());
            // Sources write numbers of authority files without saying whose they are.
            for number in authority.identifiers.iter().filter_map(number_of) {
                index.by_other_id.entry(slug_of_id(None, number)).or_default().push(place());
            }
            let entry = authority.entry.as_deref().unwrap_or(&id.slug);
            index.by_entry.entry(entry.to_owned()).or_default().push(place());
            for other in &authority.other_ids {
                index.by_other_id.entry(slug_of_id(None, other)).or_default().push(place());
            }
            let written = || [entry].into_iter().chain(authority.other_ids.iter().map(String::as_str));
            let loose: BTreeSet<String> = written().map(loose).collect();
            for loose in loose {
                index.by_loose_id.entry(loose).or_default().push(place());
            }
            index.ids.insert(id.clone());
        }
        index
    }

    /// Whether something has this id.
    pub(super) fn has(&self, id: &Id) -> bool {
        self.ids.contains(id)
    }

    /// What a thing of a table is called.
    pub(crate) fn label_of(&self, id: &Id) -> Option<&str> {
        self.labels.get(id).map(String::as_str)
    }

    /// Whether there is any register, so that an id that is in none is worth a word.
    pub(super) fn has_registers(&self) -> bool {
        !self.registers.is_empty()
    }

    /// Who or what has an identifier, by its IRI.
    pub(super) fn identified(&self, iri: &str) -> &[Id] {
        self.by_identifier.get(iri).map_or(&[], Vec::as_slice)
    }

    /// What a name is the name of.
    pub(super) fn named(&self, name: &str, kind: Kind) -> NameMatch<'_> {
        self.names.find(name, kind)
    }

    /// The path of the one register whose file has a name.
    pub(super) fn register(&self, file: &str) -> Option<&str> {
        let mut found = self.registers.iter().filter(|path| path.rsplit('/').next() == Some(file));
        found.next().filter(|_| found.next().is_none()).map(String::as_str)
    }

    /// The entry of an id of a source.
    pub(super) fn entry(&self, written: &str, kind: Kind, at: Pointer<'_>) -> EntryMatch<'_> {
        let slug = slug_of_id(None, written);
        let others = self.by_other_id.get(&slug).map_or_else(Vec::new, |entries| fitting(entries, kind, at));
        if let Some(id) = self.by_entry.get(&slug).and_then(|entries| nearest(entries, kind, at)) {
            // An entry without an id of its own is called by its number or key, which others can have too.
            return if others.contains(&id) && others.len() > 1 {
                EntryMatch::Several(others)
            } else {
                EntryMatch::Entry(id)
            };
        }
        match others[..] {
            [] => {}
            [id] => return EntryMatch::Entry(id),
            _ => return EntryMatch::Several(others),
        }
        let loosely = self.by_loose_id.get(&loose(written)).map_or_else(Vec::new, |entries| fitting(entries, kind, at));
        match loosely[..] {
            [] => EntryMatch::Nothing,
            [id] => EntryMatch::Loosely(id),
            _ => EntryMatch::Several(loosely),
        }
    }

    /// The entry that has exactly this id in a register: as its own, or as another of its ids.
    pub(super) fn exact_entry(&self, written: &str, kind: Kind, at: Pointer<'_>) -> Option<&Id> {
        match self.entry(written, kind, at) {
            EntryMatch::Entry(id) => Some(id),
            EntryMatch::Loosely(_) | EntryMatch::Several(_) | EntryMatch::Nothing => None,
        }
    }
}

/// Where an id stands, and which register it names.
#[derive(Clone, Copy)]
pub(super) struct Pointer<'p> {
    /// The path of the file that it stands in.
    pub(super) file: &'p str,
    /// The file name, or the path, of the register that it names, if it names one.
    pub(super) register: Option<&'p str>,
}

impl Pointer<'_> {
    fn may_lead_to(self, path: &str) -> bool {
        self.register.is_none_or(|register| register == path || path.rsplit('/').next() == Some(register))
    }
}

/// Of the entries with an id, one of the kind that is wanted, and of these that in the register nearest to a file, in
/// the same folder or the nearest above.
fn nearest<'i>(entries: &'i [(String, Id)], kind: Kind, at: Pointer<'_>) -> Option<&'i Id> {
    let shared = |path: &str| path.split('/').zip(at.file.split('/')).take_while(|(left, right)| left == right).count();
    let found = entries.iter().filter(|(path, id)| at.may_lead_to(path) && may_be_meant(kind, path, id));
    // Of several that are equally near, the first: `max_by_key` would take the last.
    let order = |path: &str, id: &Id| (!is_agent_and_place(kind, id.kind), id.kind == kind, shared(path));
    found.rev().max_by_key(|(path, id)| order(path, id)).map(|(_, id)| id)
}

/// Whether something can be meant where a kind is wanted: in tables persons and places are often numbered alike, so that a
/// number of one is none of the other.
fn may_be_meant(wanted: Kind, path: &str, id: &Id) -> bool {
    path.ends_with(".xml") || !is_agent_and_place(wanted, id.kind)
}

/// Whether one is a person or a body and the other a place.
fn is_agent_and_place(one: Kind, other: Kind) -> bool {
    let is_agent = |kind| Kind::AGENTS.contains(&kind);
    (is_agent(one) && other == Kind::Place) || (one == Kind::Place && is_agent(other))
}

/// The entries that fit, each once: those of the kind that is wanted, if there are any.
fn fitting<'i>(entries: &'i [(String, Id)], kind: Kind, at: Pointer<'_>) -> Vec<&'i Id> {
    let fits = |path: &str, id: &Id| at.may_lead_to(path) && may_be_meant(kind, path, id);
    let mut found: Vec<&Id> = entries.iter().filter(|(path, id)| fits(path, id)).map(|(_, id)| id).collect();
    found.sort();
    found.dedup();
    if found.iter().any(|id| id.kind == kind) {
        found.retain(|id| id.kind == kind);
    }
    found
}

/// The number of an identifier in its authority file, as it stands at the end of the IRI.
fn number_of(identifier: &Identifier) -> Option<&str> {
    let number = identifier.iri.trim_end_matches('/').rsplit('/').next();
    number.filter(|_| identifier.scheme != Scheme::SAME_AS)
}

/// An id in lower case without blanks, hyphens and the like. Between digits they stay, as one hyphen: `p1-1` is not `p11`.
fn loose(id: &str) -> String {
    let mut loose = String::with_capacity(id.len());
    let mut is_divided = false;
    for letter in id.replace("%20", " ").chars() {
        if letter.is_whitespace() || matches!(letter, '-' | '_' | '.') {
            is_divided = true;
            continue;
        }
        let between_digits = letter.is_ascii_digit() && loose.ends_with(|last: char| last.is_ascii_digit());
        if is_divided && between_digits {
            loose.push('-');
        }
        is_divided = false;
        loose.extend(letter.to_lowercase());
    }
    loose
}

#[cfg(test)]
mod tests {
    use super::loose;

    #[test]
    fn blanks_and_hyphens_matter_between_digits_only() {
        assert_eq!(loose("Vos, Anna-1 a"), loose("vos,anna1_A"));
        assert_eq!(loose("p 12"), loose("P12"));
        assert_ne!(loose("p1-1"), loose("p11"));
        assert_eq!(loose("p1-1"), loose("p1 1"));
    }
}
