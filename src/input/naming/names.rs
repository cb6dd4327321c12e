//! Who and what letters name: from the words and references of a source to the ids of the corpus.
//!
//! An id is found in the registers and authority tables, or made from what is written and from nothing else, so that
//! every thread makes the same. What is made is described once, when all letters have been read.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::authority_index::{AuthorityIndex, EntryMatch, Pointer};
use crate::input::naming::key_uses::KeyUses;
use crate::input::naming::name_cache::{FoundIds, Ids, NameCache, NameHashes, PartOfSources, SeenNames};
use crate::input::naming::name_index::NameMatch;
use crate::input::naming::register_addresses::RegisterAddresses;
use crate::input::naming::slugs::NAME_IN_SLUG;
use crate::input::naming::things::{Missing, NamedThing, Namesakes, Rank, Things};
use crate::input::naming::written_ids::{WrittenId, ends_in_placeholder, faulty_identifier, tokens, written_id};
use crate::input::reader::suggestion;
use crate::input::table::dividing::may_be_two_persons;
use crate::input::tei::prefix::{Expanded, Prefixes};
use crate::model::{Authority, Coverage, Fault, Id, Identifier, Kind, Label, Reference, Scheme};
use crate::project::Project;
use crate::source::{Span, short_digest};
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

pub(crate) use crate::input::naming::slugs::{slug_of_address, slug_of_id, slug_of_identifier, with_digest};
pub(crate) use crate::input::naming::written_ids::{identify, is_placeholder};

/// A reference as a source has it: ids and addresses, or nothing.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub(crate) struct WrittenReference<'a> {
    /// The ids and addresses.
    pub(crate) text: &'a str,
    /// Whether it is one id, whatever blanks it has, as TEI's `@key`.
    pub(crate) whole: bool,
    /// An id of the source that stands beside it.
    pub(crate) key: &'a str,
}

impl<'a> WrittenReference<'a> {
    /// One id, whatever blanks it has.
    pub(crate) fn id(text: &'a str) -> Self {
        Self { text, whole: true, key: "" }
    }

    /// Ids and addresses with blanks between them.
    pub(crate) fn pointers(text: &'a str) -> Self {
        Self { text, whole: false, key: "" }
    }
}

/// A name as a source has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    /// What sort of thing is named, as far as the source says.
    pub(crate) kind: Kind,
    /// The words, with single blanks.
    pub(crate) words: &'a str,
    /// What the source gives besides to say who or what it is.
    pub(crate) reference: WrittenReference<'a>,
    /// What the words are worth as a label.
    pub(crate) rank: Rank,
    /// Where it stands.
    pub(crate) span: Span,
}

impl Name<'_> {
    /// Of all that its ids depend on, but for the file.
    fn hashes(&self) -> NameHashes {
        let parts = (self.kind as u8, self.rank as u8, self.reference, self.words);
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
    /// What was found by a name alone, since somebody took it up.
    pub(crate) found_by_name: Vec<Id>,
    /// The ids of notes, paragraphs and the like of the file, which are nobody.
    pub(crate) parts_of_text: HashSet<String>,
    /// The keys that stand beside identifiers.
    pub(crate) keys: KeyUses,
    /// Addresses of registers of the corpus, as far as nobody says that they are.
    pub(crate) register_addresses: RegisterAddresses,
    /// What is wrong with references.
    pub(crate) diagnostics: Diagnostics,
    /// The ids that have been reported in this part of the sources.
    pub(crate) reported: HashSet<String>,
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
        let known = self.own.get(entry).or_else(|| self.index.exact_entry(entry, Kind::Person, pointer));
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

    /// The ids of whom or what a name names; none where it names nobody.
    pub(crate) fn references(&mut self, name: Name<'_>) -> Vec<Reference> {
        self.references_as(name, |reference| reference)
    }

    /// What a function makes of them.
    pub(crate) fn references_as<T>(&mut self, name: Name<'_>, of: impl Fn(Reference) -> T) -> Vec<T> {
        let refer = |ids: &[Id]| ids.iter().map(|id| of(Reference { id: id.clone(), span: name.span })).collect();
        let hashes = name.hashes();
        if let Some(found) = self.cache.known.find(hashes, self.cache.surroundings) {
            let (ids, by_name) = (refer(&found.ids), found.by_name);
            self.found_by_name.extend(by_name.then(|| found.ids[0].clone()));
            return ids;
        }
        let Found { ids, everywhere, by_name, is_clear } = self.find(name);
        let references = refer(&ids);
        self.found_by_name.extend(by_name.then(|| ids[0].clone()));
        // What is worth a word is worth it wherever it stands.
        if is_clear {
            let surroundings = (!everywhere).then_some(self.cache.surroundings);
            self.cache.known.insert(hashes, FoundIds { ids: Ids::of(ids), surroundings, by_name });
        }
        references
    }

    /// The ids of a name: by its reference, else by the key beside that, else by the name itself.
    fn find(&mut self, name: Name<'_>) -> Found {
        let mut found = Found { ids: Vec::new(), everywhere: true, by_name: false, is_clear: true };
        let WrittenReference { text, whole, key } = name.reference;
        let mut code = self.add_references(tokens(text, whole), name, &mut found);
        if found.ids.is_empty() {
            let by_key = Name { reference: WrittenReference::id(key), ..name };
            code = self.add_references(tokens(key, true), by_key, &mut found).or(code);
        }
        let nobody = name.words.is_empty() || is_placeholder(name.words);
        if found.ids.is_empty() && !nobody && name.rank >= Rank::Name {
            let (id, by_name) = self.by_name(name, code);
            found.ids.push(id);
            found.by_name = by_name;
        }
        found
    }

    /// Adds what references mean; what of them is worth keeping and identifies nobody.
    fn add_references(&mut self, tokens: Vec<&str>, name: Name<'_>, found: &mut Found) -> Option<String> {
        let mut code = None;
        for token in tokens.iter().filter(|token| !is_placeholder(token)) {
            match self.token(token, name, tokens.len()) {
                Token::Id(id, everywhere) => {
                    found.ids.push(id);
                    found.everywhere &= everywhere;
                }
                Token::Noted(id) => {
                    found.ids.push(id);
                    (found.everywhere, found.is_clear) = (false, false);
                }
                Token::Nobody(written) => {
                    code = written;
                    (found.everywhere, found.is_clear) = (false, false);
                }
            }
        }
        code
    }

    /// The id that one reference means.
    fn token(&mut self, token: &str, name: Name<'_>, of: usize) -> Token {
        // The words beside several references are the name of none of them.
        let words = if of == 1 { name.words } else { "" };
        let expanded = self.cache.prefixes.expand(token, &mut self.cache.patterns);
        let unclear = matches!(expanded, Expanded::Unclear);
        let token = if let Expanded::To(address) = &expanded { address } else { token };
        if let Some((register, entry)) = self.project.patterns.register_address(token) {
            return self.entry(token, entry, Some(register), name, words, true);
        }
        match written_id(token) {
            WrittenId::Identifier(identifier) => self.identifier(token, identifier, name, words),
            WrittenId::Faulty(scheme, fault) => {
                self.diagnostics.push(faulty_identifier(token, scheme, fault, name.span));
                Token::Nobody((fault != Fault::Missing).then(|| token.to_owned()))
            }
            WrittenId::Id(token) => self.id_of_source(token, name, words, unclear),
        }
    }

    /// The id of an identifier of an authority file, or of another address.
    fn identifier(&mut self, token: &str, identifier: Identifier, name: Name<'_>, words: &str) -> Token {
        let key = name.reference.key;
        let identified = self.index.identified(&identifier.iri);
        if let [id] = identified {
            self.keys.add(key, self.part, (identifier.scheme, id), name.span);
            return self.described(id, name, words, true);
        }
        let is_address = identifier.scheme == Scheme::SAME_AS;
        // Of what is only known by an address, what a text calls it in passing is the best name there is.
        let words = if name.rank == Rank::Passing && !is_address { "" } else { words };
        let id = Id::new(name.kind, slug_of_identifier(&identifier));
        self.keys.add(key, self.part, (identifier.scheme, &id), name.span);
        let code = Some(key).filter(|key| !is_placeholder(key)).map(str::to_owned);
        // Of several entries that have the identifier it is none.
        let missing = (!identified.is_empty()).then(|| Missing::entry(name.span, token, identified.to_vec()));
        let id = self.take_up(id, words, name, Some(identifier), Unmatched { code, missing, ..Unmatched::default() });
        let is_of_register = is_address && self.register_addresses.count(token, name.span, self.index);
        if is_of_register { Token::Noted(id) } else { Token::Id(id, true) }
    }

    /// The id of an id that the source has given.
    fn id_of_source(&mut self, token: &str, name: Name<'_>, words: &str, unclear: bool) -> Token {
        if let Ok(id) = Id::parse(token)
            && self.index.has(&id)
        {
            return self.described(&id, name, words, false);
        }
        let (register, entry) = match token.split_once('#') {
            Some(("", entry)) => (None, entry),
            Some((file, entry)) if !file.contains(':') => (file.rsplit('/').next(), entry),
            _ => (None, token),
        };
        self.entry(token, entry, register, name, words, unclear)
    }

    /// The id of an entry, which the source calls by these words.
    fn described(&mut self, id: &Id, name: Name<'_>, words: &str, everywhere: bool) -> Token {
        self.call(id, name, words);
        Token::Id(id.clone(), everywhere)
    }

    /// Takes note of what the source calls the thing of an entry.
    fn call(&mut self, id: &Id, name: Name<'_>, words: &str) {
        if name.rank >= Rank::Name && !words.is_empty() && !is_placeholder(words) {
            let mut hash = DefaultHasher::new();
            ("called", id.kind as u8, &id.slug, words).hash(&mut hash);
            if self.seen_names.is_new(hash.finish(), self.part) {
                self.things.call(id, words, name.span);
            }
        }
    }

    /// The entry of a register or of a list of the file, by its id there.
    fn entry(
        &mut self,
        token: &str,
        entry: &str,
        register: Option<&str>,
        name: Name<'_>,
        words: &str,
        unclear: bool,
    ) -> Token {
        let own = self.own.get(entry).filter(|_| register.is_none());
        if let Some(id) = own.cloned() {
            return self.described(&id, name, words, false);
        }
        if token.starts_with('#') && self.parts_of_text.contains(entry) {
            let message = format!("\"{token}\" leads to a part of the text, not to an entry");
            let help = "correct the reference; until then only the key beside it, or the name, counts";
            self.diagnostics.push(Diagnostic::new(Code::MissingEntry, name.span, message).help(help));
            return Token::Nobody(None);
        }
        let mut candidates = Vec::new();
        match self.index.entry(entry, name.kind, Pointer { file: self.path, register }) {
            EntryMatch::Entry(id) => return self.described(id, name, words, false),
            EntryMatch::Loosely(id) => {
                let id = id.clone();
                self.call(&id, name, words);
                if self.reported.insert(entry.to_owned()) {
                    let message =
                        format!("\"{entry}\" is taken for {id}, whose id is written with other blanks or hyphens");
                    let help = "write it as the register does; or, if something else is meant, give that an entry";
                    self.diagnostics.push(Diagnostic::new(Code::LooseId, name.span, message).help(help));
                }
                return Token::Noted(id);
            }
            EntryMatch::Several(ids) => candidates.extend(ids.into_iter().cloned()),
            EntryMatch::Nothing => {}
        }
        let is_passing = name.rank == Rank::Passing;
        let (name, words) = if is_passing { (Name { rank: Rank::Words, ..name }, "") } else { (name, words) };
        // A key of several words with capital letters is a name, and a better one than what a text calls somebody in
        // passing.
        let is_name = name.reference.whole && entry.contains(char::is_whitespace) && entry.contains(char::is_uppercase);
        if is_name && let Some(id) = self.only_named(entry, name.kind) {
            self.found_by_name.push(id.clone());
            return Token::Noted(id);
        }
        if ends_in_placeholder(entry) {
            let message = format!("\"{entry}\" is an id that stands for nobody");
            let help = "leave the reference out where there is none; who is named is known by the name alone";
            self.diagnostics.push(Diagnostic::new(Code::PlaceholderId, name.span, message).help(help));
            return Token::Nobody(None);
        }
        let stem = register.map(|file| file.rsplit('/').next().unwrap_or(file));
        let stem = stem.map(|file| file.split('.').next().unwrap_or(file)).or(self.scope);
        let slug = slug_of_id(stem, entry);
        let is_id = !name.reference.whole || token.contains('#') || self.index.has_registers() || unclear;
        let missing = is_id.then(|| Missing::entry(name.span, token, candidates));
        let named = is_name && name.rank == Rank::Words;
        let name = if named { Name { rank: Rank::Name, ..name } } else { name };
        let words = if named || words.is_empty() { entry } else { words };
        let unmatched = Unmatched { missing, ..Unmatched::default() };
        Token::Id(self.take_up(Id::new(name.kind, slug), words, name, None, unmatched), false)
    }

    /// A thing of the corpus by its own id; that nothing has it is reported when everything has been read.
    pub(crate) fn own_id(&mut self, id: Id, span: Span) -> Reference {
        // Which letters of others there are is not known yet.
        if id.kind != Kind::Document && !self.index.has(&id) {
            let name = Name { kind: id.kind, words: "", reference: WrittenReference::default(), rank: Rank::Id, span };
            let missing = Some(Missing::own_id(span, &id));
            self.take_up(id.clone(), "", name, None, Unmatched { missing, ..Unmatched::default() });
        }
        Reference { id, span }
    }

    /// The one authority that a name is the name of, where names are looked up.
    fn only_named(&self, words: &str, kind: Kind) -> Option<Id> {
        match self.index.named(words, kind) {
            NameMatch::One(id) if self.project.find_by_name => Some(id.clone()),
            _ => None,
        }
    }

    /// Whom a name names without a reference, and whether that is an authority of this name. `code` is what the source
    /// gives besides and identifies nobody.
    fn by_name(&mut self, name: Name<'_>, code: Option<String>) -> (Id, bool) {
        let matched =
            if self.project.find_by_name { self.index.named(name.words, name.kind) } else { NameMatch::Nothing };
        let namesakes = match matched {
            NameMatch::One(id) => return (id.clone(), true),
            NameMatch::Several(ids) => Some(Namesakes::new(name.span, true, &ids)),
            NameMatch::Nearly(ids) => Some(Namesakes::new(name.span, false, &ids)),
            NameMatch::Nothing => None,
        };
        // Of tables it is said once for a column.
        let is_person = matches!(name.kind, Kind::Person | Kind::Agent) && self.path.contains(".xml");
        let may_be_several = is_person && may_be_two_persons(name.words);
        (self.named_only(name, Unmatched { may_be_several, namesakes, code, missing: None }), false)
    }

    /// Turns to other prefixes.
    pub(crate) fn use_prefixes(&mut self, prefixes: &Prefixes) {
        if self.cache.prefixes != *prefixes {
            self.cache.prefixes.clone_from(prefixes);
            self.cache.known.clear();
        }
    }

    /// Somebody known by name alone: the id is the name, and a digest of it where the id cannot show all of it.
    fn named_only(&mut self, name: Name<'_>, unmatched: Unmatched) -> Id {
        let digest = short_digest(name.words);
        let shown = suggestion(name.words).unwrap_or_default();
        let shown: String = shown.chars().take(NAME_IN_SLUG).collect();
        let loaded = self.project.loaded_terms.iter().any(|term| name.words.to_lowercase().contains(term));
        let shown = shown.trim_end_matches('-');
        let slug = if shown.is_empty() || loaded { format!("name-{digest}") } else { format!("name-{shown}-{digest}") };
        self.take_up(Id::new(name.kind, slug), name.words, name, None, unmatched)
    }

    fn take_up(
        &mut self,
        id: Id,
        words: &str,
        name: Name<'_>,
        identifier: Option<Identifier>,
        unmatched: Unmatched,
    ) -> Id {
        let nameless = words.is_empty() || is_placeholder(words);
        let (rank, words) = if nameless { (Rank::Id, &*id.slug) } else { (name.rank, words) };
        let Unmatched { may_be_several, missing, namesakes, code } = unmatched;
        let mut hash = DefaultHasher::new();
        (id.kind as u8, &id.slug, rank as u8, words, missing.is_some(), &code).hash(&mut hash);
        identifier.as_ref().map(|identifier| &identifier.written).hash(&mut hash);
        if !self.seen_names.is_new(hash.finish(), self.part) {
            return id;
        }
        let label = Label { text: words.to_owned(), language: self.project.language.clone() };
        let mut named = NamedThing::in_passing(rank, (self.part.file, name.span), label, identifier);
        named.unmatched(missing, namesakes, code);
        if may_be_several {
            named.may_be_several();
        }
        self.things.add(id.clone(), named);
        id
    }

    /// The prefixes that hold.
    pub(crate) fn prefixes(&self) -> &Prefixes {
        &self.cache.prefixes
    }

    /// Whether a reference is the id of an entry of a list of the file, or of a register.
    pub(crate) fn has_entry(&self, reference: &str, kind: Kind) -> bool {
        let (register, entry) = reference.rsplit_once('#').unwrap_or(("", reference));
        let register = register.rsplit('/').next().filter(|name| !name.is_empty());
        let pointer = Pointer { file: self.path, register };
        register.is_none() && self.own.contains_key(entry) || self.index.exact_entry(entry, kind, pointer).is_some()
    }

    /// The thing that a register of the corpus has for an entry of a list of the file.
    pub(crate) fn known_entry(&self, entry: &str, authority: &Authority) -> Option<&Id> {
        let pointer = Pointer { file: self.path, register: None };
        let identified = |identifier: &Identifier| match self.index.identified(&identifier.iri) {
            [id] => Some(id),
            _ => None,
        };
        self.index
            .exact_entry(entry, authority.id.kind, pointer)
            .or_else(|| authority.identifiers.iter().find_map(identified))
    }

    /// What an entry of a list of the file is here.
    pub(crate) fn id_of_entry(&self, entry: &str, authority: &Authority) -> Id {
        self.known_entry(entry, authority).cloned().unwrap_or_else(|| self.new_id(authority))
    }

    /// The same of one that no register has: where ids mean nothing elsewhere, identifiers still do.
    fn new_id(&self, authority: &Authority) -> Id {
        match authority.identifiers.first().filter(|_| self.scope.is_some()) {
            Some(identifier) if authority.id.kind != Kind::Place => {
                Id::new(authority.id.kind, slug_of_identifier(identifier))
            }
            _ => authority.id.clone(),
        }
    }

    /// Takes up an entry of a register that stands in the file itself, unless a register of the corpus has it, or has
    /// one with the same identifier; whether it was taken up.
    pub(crate) fn add_entry(&mut self, entry: &str, mut authority: Authority) -> bool {
        authority.id = self.new_id(&authority);
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
        let reference = WrittenReference::default();
        let name = Name { kind: Kind::Work, words: title, reference, rank: Rank::Name, span };
        self.take_up(Id::new(Kind::Work, slug), title, name, identifier, Unmatched::default())
    }
}

/// What was found for a name.
struct Found {
    ids: Vec<Id>,
    /// Whether the same is found in all files with the same prefixes.
    everywhere: bool,
    /// Whether it was found by the name alone.
    by_name: bool,
    /// Whether nothing is to be said of it.
    is_clear: bool,
}

/// What a part of a reference comes to.
enum Token {
    /// An id, and whether it is the same in every file.
    Id(Id, bool),
    /// An id of which something was said.
    Noted(Id),
    /// Nobody; what is written there, where it is worth keeping.
    Nobody(Option<String>),
}

/// What a name or an id has not been matched with.
#[derive(Default)]
struct Unmatched {
    /// Whether the name may be those of two persons.
    may_be_several: bool,
    missing: Option<Missing>,
    namesakes: Option<Namesakes>,
    /// What the source gives as an identifier and is none.
    code: Option<String>,
}
