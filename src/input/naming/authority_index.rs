//! What the authority tables and registers of a corpus know: by id, by identifier and by name.

use crate::input::naming::name_index::{NameIndex, NameMatch, fits};
use crate::model::{Authority, Id, Identifier, Kind, Scheme};
use crate::project::SourceFiles;
use crate::source::{FileId, Sources};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// What the registers and the authority tables of a corpus know, for finding ids.
#[derive(Debug, Default)]
pub struct AuthorityIndex {
    /// By the IRI of an identifier elsewhere.
    by_identifier: HashMap<String, Vec<Id>>,
    /// By the id within a register, as it is written there.
    by_entry: HashMap<String, Vec<Known>>,
    /// By whatever else a register calls an entry: its number, its key, the ids of its names, its numbers in authority
    /// files.
    by_other_id: HashMap<String, Vec<Known>>,
    /// By all of these in small letters, without blanks and hyphens.
    by_loose_id: HashMap<String, Vec<Known>>,
    names: NameIndex,
    ids: HashSet<Id>,
    /// What the things of tables are called: letter tables may name them by their ids alone.
    labels: HashMap<Id, String>,
    /// The paths of the registers.
    registers: HashSet<Arc<str>>,
}

/// An entry that has an id.
#[derive(Debug)]
struct Known {
    id: Id,
    path: Arc<str>,
    /// Whether it stands in a table: there each kind is numbered apart, so that a number of one is none of another.
    is_of_table: bool,
}

/// What an id of a source leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum EntryMatch<'i> {
    /// The entry that has it.
    Entry(&'i Id),
    /// The one entry that has it but for capitals, blanks and hyphens.
    Loosely(&'i Id),
    /// Several, and nothing says which.
    Several(Vec<&'i Id>),
    /// One of a kind that cannot be meant.
    OtherKind(&'i Id),
    /// No entry.
    Nothing,
}

impl AuthorityIndex {
    /// An index of what the authority tables and the registers of a corpus hold.
    pub fn of(authorities: &[Authority], files: &SourceFiles, sources: &Sources) -> Self {
        let mut index = Self { names: NameIndex::of(authorities), ..Self::default() };
        let of_tei: HashSet<FileId> = files.registers.iter().copied().collect();
        for authority in authorities {
            let id = &authority.id;
            for identifier in &authority.identifiers {
                let known = index.by_identifier.entry(identifier.iri.clone()).or_default();
                if known.last() != Some(id) {
                    known.push(id.clone());
                }
            }
            let path = sources.shared_path(authority.file);
            let is_of_table = !of_tei.contains(&authority.file);
            if !is_of_table || authority.entry.is_some() {
                index.registers.insert(path.clone());
            }
            if is_of_table {
                index.labels.entry(id.clone()).or_insert_with(|| authority.label.text.clone());
            }
            let known = || Known { id: id.clone(), path: path.clone(), is_of_table };
            let entry = authority.written.as_deref().or(authority.entry.as_deref()).unwrap_or(&id.slug);
            index.by_entry.entry(entry.to_owned()).or_default().push(known());
            // Sources write numbers of authority files without saying whose they are.
            let numbers = authority.identifiers.iter().filter_map(number_of);
            let others: BTreeSet<&str> = authority.other_ids.iter().map(String::as_str).chain(numbers).collect();
            for other in &others {
                index.by_other_id.entry((*other).to_owned()).or_default().push(known());
            }
            let loose: BTreeSet<String> = [entry].into_iter().chain(others).map(loose).collect();
            for loose in loose {
                index.by_loose_id.entry(loose).or_default().push(known());
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

    /// Whether a word that is nobody's name is the id of a thing in a table of such things.
    pub(crate) fn is_id_in_table(&self, written: &str, kind: Kind) -> bool {
        if self.registers.is_empty() {
            return false;
        }
        let of_table =
            |known: &Known| known.is_of_table && fits(kind, known.id.kind) && self.registers.contains(&known.path);
        let is_id = self.by_entry.get(written).is_some_and(|known| known.iter().any(of_table));
        is_id && matches!(self.named(written, kind), NameMatch::Nothing | NameMatch::Nearly(_))
    }

    /// Whether any table says what its things are called.
    pub(super) fn has_tables(&self) -> bool {
        !self.labels.is_empty()
    }

    /// Whether there is any register, so that an id that is in none is worth a word.
    pub(super) fn has_registers(&self) -> bool {
        !self.registers.is_empty()
    }

    /// Who or what has an identifier, by its IRI, and can be meant where a kind is wanted; `words` are what stands beside
    /// it.
    pub(super) fn identified(&self, iri: &str, wanted: Kind, words: &str) -> EntryMatch<'_> {
        let Some(ids) = self.by_identifier.get(iri) else { return EntryMatch::Nothing };
        let fitting = of_kind(ids.iter().filter(|id| may_be_meant(wanted, id.kind)).collect(), wanted);
        if fitting.is_empty() { EntryMatch::OtherKind(&ids[0]) } else { self.one_of(fitting, words) }
    }

    /// What a name is the name of.
    pub(super) fn named(&self, name: &str, kind: Kind) -> NameMatch<'_> {
        self.names.find(name, kind)
    }

    /// The path of the one register whose file has a name.
    pub(super) fn register(&self, file: &str) -> Option<&str> {
        let mut found = self.registers.iter().filter(|path| path.rsplit('/').next() == Some(file));
        found.next().filter(|_| found.next().is_none()).map(AsRef::as_ref)
    }

    /// The entry of an id of a source: the one that has it as it is written, or else the only one that has it but for
    /// capitals, blanks and hyphens; `words` are what stands beside it.
    pub(super) fn entry(&self, written: &str, wanted: Kind, at: Pointer<'_>, words: &str) -> EntryMatch<'_> {
        let own = fitting(&self.by_entry, written, wanted, at);
        let others = fitting(&self.by_other_id, written, wanted, at);
        let found = match own[..] {
            [] => others,
            // An entry without an id of its own is called by its number or key, which others can have too.
            [id] if others.len() > 1 && others.contains(&id) => others,
            _ => own,
        };
        if !found.is_empty() {
            return self.one_of(found, words);
        }
        let known = [&self.by_entry, &self.by_other_id].into_iter().filter_map(|known| known.get(written)).flatten();
        if let Some(other) = known.filter(|known| at.may_lead_to(&known.path)).find(|known| !known.is_of_table) {
            return EntryMatch::OtherKind(&other.id);
        }
        let loosely = fitting(&self.by_loose_id, &loose(written), wanted, at);
        match loosely[..] {
            [] => EntryMatch::Nothing,
            [id] => EntryMatch::Loosely(id),
            _ => EntryMatch::Several(loosely),
        }
    }

    /// The entry that has exactly this id in a register: as its own, or as another of its ids.
    pub(super) fn exact_entry(&self, written: &str, wanted: Kind, at: Pointer<'_>, words: &str) -> Option<&Id> {
        match self.entry(written, wanted, at, words) {
            EntryMatch::Entry(id) => Some(id),
            _ => None,
        }
    }

    /// The only one, or the only one that is called so.
    fn one_of<'i>(&'i self, found: Vec<&'i Id>, words: &str) -> EntryMatch<'i> {
        if let [id] = found[..] {
            return EntryMatch::Entry(id);
        }
        let called = self.names.called(words);
        let mut called = found.iter().filter(|id| called.contains(id));
        match (called.next(), called.next()) {
            (Some(id), None) => EntryMatch::Entry(id),
            _ => EntryMatch::Several(found),
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

    /// How many folders a register shares with the file: the nearest is in the same folder or the nearest above.
    fn nearness(self, path: &str) -> usize {
        path.split('/').zip(self.file.split('/')).take_while(|(left, right)| left == right).count()
    }
}

/// Whether something of a kind can be meant where another is wanted: nobody writes a place for a person.
pub(crate) fn may_be_meant(wanted: Kind, kind: Kind) -> bool {
    match wanted {
        Kind::Thing => true,
        wanted if Kind::AGENTS.contains(&wanted) => Kind::AGENTS.contains(&kind),
        Kind::Place => kind == Kind::Place,
        // Registers of objects do not say what these are.
        _ => kind == wanted || kind == Kind::Thing,
    }
}

/// The entries that can be meant, each once, in the order of their ids: those of the kind that is wanted, if there are
/// any, and of these those in the registers nearest to the file.
fn fitting<'i>(entries: &'i HashMap<String, Vec<Known>>, id: &str, wanted: Kind, at: Pointer<'_>) -> Vec<&'i Id> {
    let fits = |known: &&Known| at.may_lead_to(&known.path) && may_be_meant(wanted, known.id.kind);
    let mut found: Vec<&Known> = entries.get(id).into_iter().flatten().filter(fits).collect();
    if found.len() > 1 {
        let has_wanted = found.iter().any(|known| known.id.kind == wanted);
        found.retain(|known| !has_wanted || known.id.kind == wanted);
        let nearest = found.iter().map(|known| at.nearness(&known.path)).max();
        found.retain(|known| Some(at.nearness(&known.path)) == nearest);
    }
    of_kind(found.into_iter().map(|known| &known.id).collect(), wanted)
}

/// Ids each once, in order: those of the kind that is wanted, if there are any.
fn of_kind(mut found: Vec<&Id>, wanted: Kind) -> Vec<&Id> {
    found.sort();
    found.dedup();
    if found.iter().any(|id| id.kind == wanted) {
        found.retain(|id| id.kind == wanted);
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
