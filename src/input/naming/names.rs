//! Who and what letters name: from the words and references of a source to the ids of the corpus.
//!
//! An id is found in the registers and authority tables, or made from what is written and from nothing else, so that
//! every thread makes the same. What is made is described once, when all letters have been read.

use crate::input::naming::name_cache::{FoundIds, Ids, NameCache, NameHashes, PartOfSources, SeenNames};
use crate::input::naming::things::{NamedThing, Rank, Things};
use crate::input::reader::suggestion;
use crate::input::tei::prefix::{Expanded, Prefixes};
use crate::model::{Authority, Coverage, Id, Identifier, Kind, Label, Reference, Scheme, slug_problem};
use crate::project::Project;
use crate::source::{Sources, Span, short_digest};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Words that stand where a name or an id is wanted, and name nobody; without blanks, brackets and what ends a word.
const PLACEHOLDERS: &[&str] = &[
    "none",
    "null",
    "unknown",
    "unidentified",
    "notknown",
    "unbekannt",
    "unbekannterempfänger",
    "unbekannterabsender",
    "unbekannterverfasser",
    "inconnu",
    "inconnue",
    "onbekend",
    "ukendt",
    "sconosciuto",
    "ignoto",
    "desconocido",
    "anonym",
    "anonymous",
    "anonymus",
    "anonyme",
    "n/a",
    "na",
    "nn",
    "n.n",
    "o.a",
    "o.o",
    "k.a",
    "noauthorityfileid",
    "keinegnd",
    "tbd",
    "http://correspsearch.net/unknown",
    "http://www.correspsearch.net/unknown",
    "https://correspsearch.net/unknown",
    "https://www.correspsearch.net/unknown",
];
/// The most characters of a name that its id shows.
const NAME_IN_SLUG: usize = 60;

/// What the registers and the authority tables of a corpus know, for finding ids.
#[derive(Debug, Default)]
pub struct AuthorityIndex {
    /// By the IRI of an identifier elsewhere.
    by_identifier: HashMap<String, Id>,
    /// By the id within a register: the register's path, and what it is here.
    by_entry: HashMap<String, Vec<(String, Id)>>,
    /// Whether there is any register, so that an id that is in none is worth a word.
    has_registers: bool,
}

impl AuthorityIndex {
    /// An index of what the authority tables and the registers of a corpus hold.
    pub fn of(authorities: &[Authority], sources: &Sources) -> Self {
        let mut index = Self::default();
        for authority in authorities {
            for identifier in &authority.identifiers {
                index.by_identifier.entry(identifier.iri.clone()).or_insert_with(|| authority.id.clone());
            }
            let entry = authority.entry.as_deref().unwrap_or(&authority.id.slug);
            let path = sources.path(authority.file);
            index.has_registers |= path.ends_with(".xml");
            index.by_entry.entry(entry.to_owned()).or_default().push((path.to_owned(), authority.id.clone()));
        }
        index
    }

    /// The entry of this id: one of the kind that is wanted, and of these that in the register nearest to a file, in
    /// the same folder or the nearest above.
    fn entry(&self, entry: &str, kind: Kind, file: &str, register: Option<&str>) -> Option<&Id> {
        let shared =
            |path: &str| path.split('/').zip(file.split('/')).take_while(|(left, right)| left == right).count();
        let named = |path: &str| register.is_none_or(|register| path.rsplit('/').next() == Some(register));
        let entries = self.by_entry.get(&slug_of_id(None, entry))?.iter().filter(|(path, _)| named(path));
        // Of several that are equally near, the first: `max_by_key` would take the last.
        let nearest = entries.rev().max_by_key(|(path, id)| (id.kind == kind, shared(path)));
        nearest.map(|(_, id)| id)
    }
}

/// A name as a source has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    /// What sort of thing is named, as far as the source says.
    pub(crate) kind: Kind,
    /// The words, with single blanks.
    pub(crate) words: &'a str,
    /// The reference: ids and addresses, or nothing.
    pub(crate) reference: &'a str,
    /// Whether the reference is one id, whatever blanks it has: TEI's `@key`.
    pub(crate) whole: bool,
    /// What the words are worth as a label.
    pub(crate) rank: Rank,
    /// Where it stands.
    pub(crate) span: Span,
}

impl Name<'_> {
    /// Of all that its ids depend on, but for the file.
    fn hashes(&self) -> NameHashes {
        let parts = (self.kind as u8, self.rank as u8, self.whole, self.reference, self.words);
        let mut other = DefaultHasher::new();
        parts.hash(&mut other);
        (FixedState::default().hash_one(parts), other.finish())
    }
}

/// Finds the ids of names in one part of the sources.
pub(crate) struct Naming<'a> {
    pub(crate) project: &'a Project,
    pub(crate) index: &'a AuthorityIndex,
    pub(crate) part: PartOfSources,
    /// The file's path.
    pub(crate) path: &'a str,
    /// What stands before the ids of the file's own lists, where these mean nothing elsewhere.
    pub(crate) scope: Option<&'a str>,
    pub(crate) things: Things,
    /// The entries of the file's own lists.
    pub(crate) own: HashMap<String, Id>,
    /// Those that headers of the file say to be responsible for it, by their ids there: a thing of the graph is made of one
    /// when something is said to be his work.
    pub(crate) people: Arc<People>,
    pub(crate) cache: NameCache,
    pub(crate) seen_names: &'a SeenNames,
}

/// Those who are responsible for a file, by their ids there.
#[derive(Debug, Default)]
pub(crate) struct People(pub(crate) HashMap<String, Person>);

impl People {
    /// Counts those of whom nothing was made, when all of the file has been read.
    pub(crate) fn count_unused(&self, coverage: &mut Coverage) {
        let mut unused: Vec<&Person> = self.0.values().filter(|person| !person.taken.load(Relaxed)).collect();
        unused.sort_by_key(|person| (person.span.line, person.span.column));
        unused.into_iter().for_each(|person| coverage.count(&person.element, None, || person.span));
    }
}

/// Somebody who is responsible for a file.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) kind: Kind,
    /// The element that names him.
    pub(crate) element: String,
    pub(crate) words: String,
    /// What the header points to for him, if to anything.
    pub(crate) reference: String,
    pub(crate) span: Span,
    /// Whether a thing was made of him.
    pub(crate) taken: AtomicBool,
}

impl<'a> Naming<'a> {
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
                    let name = Name { kind: Kind::Agent, words, reference: token, whole: true, rank, span };
                    self.references(name).pop()?.id
                }
            };
            responsible.push(Reference { id, span });
        }
        Some(responsible)
    }

    /// An agent of the file's own lists or of a register.
    fn known_agent(&self, entry: &str) -> Option<&Id> {
        let known = self.own.get(entry).or_else(|| self.index.entry(entry, Kind::Person, self.path, None));
        known.filter(|id| Kind::AGENTS.contains(&id.kind))
    }

    /// The same, or one of the headers of the file.
    fn agent(&mut self, entry: &str) -> Option<Id> {
        if let Some(id) = self.known_agent(entry) {
            return Some(id.clone());
        }
        let people = self.people.clone();
        let Person { kind, words, reference, span, taken, .. } = people.0.get(entry)?;
        let name = Name { kind: *kind, words, reference, whole: false, rank: Rank::Name, span: *span };
        let id = self.references(name).pop()?.id;
        self.own.insert(entry.to_owned(), id.clone());
        taken.store(true, Relaxed);
        Some(id)
    }

    /// The ids of whom or what a name names; none where it names nobody.
    pub(crate) fn references(&mut self, name: Name<'_>) -> Vec<Reference> {
        self.references_as(name, |reference| reference)
    }

    /// What a function makes of them.
    pub(crate) fn references_as<T>(&mut self, name: Name<'_>, of: impl Fn(Reference) -> T) -> Vec<T> {
        let refer = |ids: &[Id]| ids.iter().map(|id| of(Reference { id: id.clone(), span: name.span })).collect();
        let hashes = name.hashes();
        if let Some(found) = self.cache.known.find(hashes, self.cache.surroundings) {
            return refer(found);
        }
        let (ids, everywhere) = self.find(name);
        let references = refer(&ids);
        let surroundings = (!everywhere).then_some(self.cache.surroundings);
        self.cache.known.insert(hashes, FoundIds { ids: Ids::of(ids), surroundings });
        references
    }

    /// The ids of a name, and whether they are the same in all files with the same prefixes.
    fn find(&mut self, name: Name<'_>) -> (Vec<Id>, bool) {
        let tokens: Vec<&str> = tokens(name.reference, name.whole);
        let (mut found, mut everywhere) = (Vec::new(), true);
        for token in tokens.iter().filter(|token| !is_placeholder(token)) {
            let (id, is_address) = self.token(token, name, tokens.len());
            found.push(id);
            everywhere &= is_address;
        }
        let nobody = name.words.is_empty() || is_placeholder(name.words);
        if found.is_empty() && !nobody && name.rank != Rank::Words {
            found.push(self.named_only(name));
        }
        (found, everywhere)
    }

    /// The id that one reference means, and whether it is an address, which means the same in every file.
    fn token(&mut self, token: &str, name: Name<'_>, of: usize) -> (Id, bool) {
        // The words beside several references are the name of none of them.
        let words = if of == 1 { name.words } else { "" };
        let expanded = self.cache.prefixes.expand(token, &mut self.cache.patterns);
        let unclear = matches!(expanded, Expanded::Unclear);
        let token = if let Expanded::To(address) = &expanded { address } else { token };
        if let Some(identifier) = identify(token) {
            if let Some(id) = self.index.by_identifier.get(&identifier.iri) {
                return (id.clone(), true);
            }
            let id = Id::new(name.kind, slug_of_identifier(&identifier));
            return (self.take_up(id, words, name, Some(identifier), None), true);
        }
        let (register, entry) = match token.split_once('#') {
            Some(("", entry)) => (None, entry),
            Some((file, entry)) if !file.contains(':') => (file.rsplit('/').next(), entry),
            _ => (None, token),
        };
        let own = self.own.get(entry).filter(|_| register.is_none());
        if let Some(id) = own.or_else(|| self.index.entry(entry, name.kind, self.path, register)) {
            return (id.clone(), false);
        }
        let stem = register.map(|file| file.split('.').next().unwrap_or(file)).or(self.scope);
        let slug = slug_of_id(stem, entry);
        let is_id = !name.whole || token.contains('#') || self.index.has_registers || unclear;
        let missing = is_id.then(|| (name.span, token.to_owned()));
        // A key of several words with capital letters is a name, and a better one than what a text calls somebody in
        // passing.
        let is_name = entry.contains(char::is_whitespace) && entry.contains(char::is_uppercase);
        let named = name.whole && name.rank == Rank::Words && is_name;
        let name = if named { Name { rank: Rank::Name, ..name } } else { name };
        let words = if named || words.is_empty() { entry } else { words };
        (self.take_up(Id::new(name.kind, slug), words, name, None, missing), false)
    }

    /// Turns to other prefixes.
    pub(crate) fn use_prefixes(&mut self, prefixes: &Prefixes) {
        if self.cache.prefixes != *prefixes {
            self.cache.prefixes.clone_from(prefixes);
            self.cache.known.clear();
        }
    }

    /// Somebody known by name alone: the id is the name, and a digest of it where the id cannot show all of it.
    fn named_only(&mut self, name: Name<'_>) -> Id {
        let digest = short_digest(name.words);
        let shown = suggestion(name.words).unwrap_or_default();
        let shown: String = shown.chars().take(NAME_IN_SLUG).collect();
        let loaded = self.project.loaded_terms.iter().any(|term| name.words.to_lowercase().contains(term));
        let shown = shown.trim_end_matches('-');
        let slug = if shown.is_empty() || loaded { format!("name-{digest}") } else { format!("name-{shown}-{digest}") };
        self.take_up(Id::new(name.kind, slug), name.words, name, None, None)
    }

    fn take_up(
        &mut self,
        id: Id,
        words: &str,
        name: Name<'_>,
        identifier: Option<Identifier>,
        missing: Option<(Span, String)>,
    ) -> Id {
        let nameless = words.is_empty() || is_placeholder(words);
        let (rank, words) = if nameless { (Rank::Id, &*id.slug) } else { (name.rank, words) };
        let mut hash = DefaultHasher::new();
        (id.kind as u8, &id.slug, rank as u8, words, missing.is_some()).hash(&mut hash);
        identifier.as_ref().map(|identifier| &identifier.written).hash(&mut hash);
        if !self.seen_names.is_new(hash.finish(), self.part) {
            return id;
        }
        let label = Label { text: words.to_owned(), language: self.project.language.clone() };
        let named = NamedThing::in_passing(rank, (self.part.file, name.span), label, identifier, missing);
        self.things.add(id.clone(), named);
        id
    }

    /// The prefixes that hold.
    pub(crate) fn prefixes(&self) -> &Prefixes {
        &self.cache.prefixes
    }

    /// The thing that a register of the corpus has for an entry of a list of the file.
    pub(crate) fn known_entry(&self, entry: &str, authority: &Authority) -> Option<&Id> {
        self.index.entry(entry, authority.id.kind, self.path, None).or_else(|| {
            authority.identifiers.iter().find_map(|identifier| self.index.by_identifier.get(&identifier.iri))
        })
    }

    /// Takes up an entry of a register that stands in the file itself, unless a register of the corpus has it, or has
    /// one with the same identifier; whether it was taken up.
    pub(crate) fn add_entry(&mut self, entry: &str, mut authority: Authority) -> bool {
        // Where ids mean nothing elsewhere, identifiers still do.
        if let Some(identifier) = authority.identifiers.first().filter(|_| self.scope.is_some())
            && authority.id.kind != Kind::Place
        {
            authority.id.slug = slug_of_identifier(identifier).into();
        }
        let known = self.known_entry(entry, &authority).cloned();
        let is_new = known.is_none();
        self.cache.surroundings += 1;
        self.own.insert(entry.to_owned(), known.unwrap_or_else(|| authority.id.clone()));
        if is_new {
            self.things.add(authority.id.clone(), NamedThing::entry(authority));
        }
        is_new
    }

    /// Takes up a work or an edition that the file describes.
    pub(crate) fn work(&mut self, slug: String, title: &str, identifier: Option<Identifier>, span: Span) -> Id {
        let name = Name { kind: Kind::Work, words: title, reference: "", whole: true, rank: Rank::Name, span };
        self.take_up(Id::new(Kind::Work, slug), title, name, identifier, None)
    }
}

/// The parts of a reference. Blanks divide it only where every part is an address or an id.
fn tokens(reference: &str, whole: bool) -> Vec<&str> {
    let reference = reference.trim();
    if reference.is_empty() {
        return Vec::new();
    }
    let is_pointer =
        |part: &str| part.contains('#') || part.split_once(':').is_some_and(|(scheme, _)| !scheme.is_empty());
    if !whole && reference.split_whitespace().all(is_pointer) {
        return reference.split_whitespace().collect();
    }
    vec![reference]
}

/// Whether a text stands for nobody.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let ends = |letter: char| letter.is_whitespace() || "#[](){}<>?.,-–—…*".contains(letter);
    let plain = text.trim_matches(ends);
    let Some(first) = plain.bytes().next().map(|first| first.to_ascii_lowercase()) else { return true };
    let mut alike = PLACEHOLDERS.iter().filter(|known| known.as_bytes()[0] == first);
    alike.any(|known| {
        let letters = plain.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter.to_ascii_lowercase());
        letters.eq(known.chars())
    })
}

/// The identifier of an authority file, or any other address, that a reference is: an address, or the name of the
/// authority file and the id, as in `gnd:118540238` or `GND 118540238`.
pub(crate) fn identify(token: &str) -> Option<Identifier> {
    // The code of the GND in library records: MARC organisation codes.
    if let Some(id) = token.strip_prefix("(DE-588)") {
        return Scheme::named("gnd")?.identify(id);
    }
    if let Some(id) = token.strip_prefix("info:isil/") {
        return Scheme::named("isil")?.identify(id);
    }
    let (scheme, id) = token.split_once([':', ' '])?;
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
        return Scheme::named(scheme)?.identify(id.trim());
    }
    Scheme::ALL.iter().find_map(|scheme| scheme.identify(token)).or_else(|| Scheme::SAME_AS.identify(token))
}

/// The slug of an identifier: the authority file and the number, or the end of an address and a digest of the whole.
pub(crate) fn slug_of_identifier(identifier: &Identifier) -> String {
    let last = identifier.iri.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if identifier.scheme != Scheme::SAME_AS {
        let slug = format!("{}-{}", identifier.scheme.column, last.to_ascii_lowercase());
        if slug_problem(&slug).is_none() {
            return slug;
        }
    }
    slug_of_address(&identifier.iri)
}

/// A slug for an address: its last part, and a digest of the whole.
pub(crate) fn slug_of_address(iri: &str) -> String {
    let path = iri.split(['?', '#']).next().unwrap_or(iri).trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".xml");
    with_digest(last, iri, "iri")
}

/// What can be shown of a text in a slug, and a digest of the whole.
pub(crate) fn with_digest(shown: &str, whole: &str, otherwise: &str) -> String {
    let digest = short_digest(whole);
    if shown.len() <= NAME_IN_SLUG && slug_problem(shown).is_none() {
        return [shown, "-", &digest].concat();
    }
    let shown: String = suggestion(shown).unwrap_or_default().chars().take(NAME_IN_SLUG).collect();
    let shown = shown.trim_matches('-');
    [if shown.is_empty() { otherwise } else { shown }, "-", &digest].concat()
}

/// A slug for an id of a source: the id in small letters; with a digest, where that does not show all of it.
pub(crate) fn slug_of_id(register: Option<&str>, id: &str) -> String {
    let written = register.map_or_else(|| id.to_owned(), |register| format!("{register}-{id}"));
    let plain: String = written
        .chars()
        .map(|letter| if matches!(letter, '_' | '.' | '-') { '-' } else { letter.to_ascii_lowercase() })
        .collect();
    if slug_problem(&plain).is_none() {
        return plain;
    }
    with_digest(&written, &written, "id")
}
