//! Who and what letters name: from the words and references of a source to the ids of the corpus.
//!
//! An id is found in the registers and authority tables, or made from what is written and from nothing else, so that
//! every thread makes the same. What is made is described once, when all letters have been read.

use crate::diagnostic::Diagnostics;
use crate::input::naming::authority_index::{AuthorityIndex, EntryMatch, Pointer};
use crate::input::naming::key_uses::KeyUses;
use crate::input::naming::name_cache::{FoundIds, Ids, NameCache, NameHashes, PartOfSources, SeenNames};
use crate::input::naming::name_index::NameMatch;
use crate::input::naming::name_words::{self, NameWords, is_repeated};
use crate::input::naming::named_before::NamedBefore;
use crate::input::naming::people::People;
use crate::input::naming::register_addresses::RegisterAddresses;
use crate::input::naming::slugs::NAME_IN_SLUG;
use crate::input::naming::things::{Missing, NamedThing, Namesakes, Rank, Things};
use crate::input::naming::written_ids::{
    WrittenId, faulty_beside_name, refers_to_nobody, tokens, written_id, written_id_of,
};
use crate::input::reader::suggestion;
use crate::input::table::dividing::between_persons;
use crate::input::tei::prefix::{Expanded, Prefixes};
use crate::model::{Authority, Fault, Id, Identifier, Kind, Label, Reference, Scheme};
use crate::project::Project;
use crate::source::{Span, short_digest};
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

pub(crate) use crate::input::naming::placeholders::{is_name_like_nothing, is_nothing, is_placeholder, names_nobody};
pub(crate) use crate::input::naming::slugs::{slug_of_address, slug_of_id, slug_of_identifier, with_digest};
pub(crate) use crate::input::naming::written_ids::identify;

/// A reference as a source has it: ids and addresses, or nothing.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub(crate) struct WrittenReference<'a> {
    /// The ids and addresses.
    pub(crate) text: &'a str,
    /// Whether it is one id, whatever blanks it has, as TEI's `@key`.
    pub(crate) whole: bool,
    /// An id of the source that stands beside it.
    pub(crate) key: &'a str,
    /// The authority file that it is meant for, where the source says so.
    pub(crate) scheme: Option<&'static Scheme>,
}

impl<'a> WrittenReference<'a> {
    /// One id, whatever blanks it has.
    pub(crate) fn id(text: &'a str) -> Self {
        Self { text, whole: true, ..Self::default() }
    }

    /// Ids and addresses with blanks between them.
    pub(crate) fn pointers(text: &'a str) -> Self {
        Self { text, ..Self::default() }
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
        hashes_of((self.kind as u8, self.rank as u8, self.reference, self.words))
    }
}

/// Two hashes of the same by different functions.
fn hashes_of(parts: impl Hash + Copy) -> NameHashes {
    let mut other = DefaultHasher::new();
    parts.hash(&mut other);
    (FixedState::default().hash_one(parts), other.finish())
}

/// Finds the ids of names in one part of the sources.
pub(crate) struct Naming<'a> {
    pub(crate) project: &'a Project,
    pub(crate) index: &'a AuthorityIndex,
    /// What files that were read before have named.
    pub(crate) named_before: &'a NamedBefore,
    pub(crate) part: PartOfSources,
    /// The file's path.
    pub(crate) path: &'a str,
    /// Whether it is a letter table.
    pub(crate) is_table: bool,
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

impl<'a> Naming<'a> {
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
        let Found { ids, everywhere, by_name, is_clear, .. } = self.find(name);
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
        let mut found = Found { everywhere: true, is_clear: true, ..Found::default() };
        let WrittenReference { text, whole, key, .. } = name.reference;
        self.add_references(tokens(text, whole), name, &mut found);
        if found.ids.is_empty() {
            let by_key = Name { reference: WrittenReference::id(key), ..name };
            self.add_references(tokens(key, true), by_key, &mut found);
        }
        let nobody = name.words.is_empty() || names_nobody(name.words, name.kind) || is_repeated(name.words);
        if found.ids.is_empty() && !nobody && name.rank >= Rank::Name {
            let (id, by_name) = self.by_name(name, found.code.take());
            found.ids.push(id);
            found.by_name = by_name;
        }
        for (written, scheme, fault) in std::mem::take(&mut found.faulty) {
            let known = found.ids.first().filter(|_| found.by_name);
            self.diagnostics.push(faulty_beside_name(&written, scheme, fault, name.span, known));
        }
        found
    }

    /// Adds what references mean.
    fn add_references(&mut self, tokens: Vec<&str>, name: Name<'_>, found: &mut Found) {
        // The words beside several references are the name of none of them.
        let is_alone = tokens.len() == 1 || tokens.iter().filter(|token| !refers_to_nobody(token)).nth(1).is_none();
        let words = if is_alone { name.words } else { "" };
        for token in &tokens {
            let meant = match is_placeholder(token) {
                true => self.entry_called(token, name, words),
                false => Some(self.token(token, name, words)),
            };
            // Other files can have an entry of this id.
            let Some(meant) = meant else {
                found.everywhere = false;
                continue;
            };
            match meant {
                Token::Id(id, everywhere) => {
                    found.ids.push(id);
                    found.everywhere &= everywhere;
                }
                Token::Noted(id) => {
                    found.ids.push(id);
                    (found.everywhere, found.is_clear) = (false, false);
                }
                Token::Nobody(written) => {
                    found.code = written.or(found.code.take());
                    (found.everywhere, found.is_clear) = (false, false);
                }
                Token::Faulty(scheme, fault) => {
                    found.code = (fault != Fault::Missing).then(|| (*token).to_owned()).or(found.code.take());
                    found.faulty.push(((*token).to_owned(), scheme, fault));
                    (found.everywhere, found.is_clear) = (false, false);
                }
            }
        }
    }

    /// The id that one reference means.
    fn token(&mut self, token: &str, name: Name<'_>, words: &str) -> Token {
        let expanded = self.cache.prefixes.expand(token, &mut self.cache.patterns);
        let unclear = matches!(expanded, Expanded::Unclear);
        let token = if let Expanded::To(address) = &expanded { address } else { token };
        if let Some((register, entry)) = self.project.patterns.register_address(token) {
            return self.entry(
                EntryReference { token, entry, register: Some(register), is_unclear: true },
                name,
                words,
            );
        }
        match name.reference.scheme.map_or_else(|| written_id(token), |scheme| written_id_of(scheme, token)) {
            WrittenId::Identifier(identifier) => self.identifier(token, identifier, name, words),
            WrittenId::Faulty(scheme, fault) => Token::Faulty(scheme, fault),
            WrittenId::Id(token) => self.id_of_source(token, name, words, unclear),
        }
    }

    /// What the words in the place of a name of a kind say; nothing besides where an authority is called so.
    pub(crate) fn read_words<'w>(&mut self, words: &'w str, kind: Kind) -> NameWords<'w> {
        let plain = || NameWords { names: vec![Cow::Borrowed(words)], ..NameWords::default() };
        let hashes = hashes_of((kind as u8, words));
        if self.cache.plain_names.has(hashes) {
            return plain();
        }
        let read = name_words::read(words, kind);
        if !read.says_more && !read.is_repeated {
            self.cache.plain_names.insert(hashes);
            return plain();
        }
        if self.project.find_by_name && self.is_called(words, kind) {
            return plain();
        }
        // Names are divided where each is one that the corpus knows: else nobody could say where one ends.
        let are_known = read.names.len() < 2 || read.names.iter().all(|name| self.is_called(name, kind));
        if are_known { read } else { NameWords { names: Vec::new(), ..read } }
    }

    /// Whether an authority has a name exactly as it is written.
    pub(super) fn is_called(&self, name: &str, kind: Kind) -> bool {
        matches!(self.index.named(name, kind), NameMatch::One(_) | NameMatch::Several(_))
    }

    /// The one authority that a name is the name of, where names are looked up.
    pub(super) fn only_named(&self, words: &str, kind: Kind) -> Option<Id> {
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
        let is_person = matches!(name.kind, Kind::Person | Kind::Agent) && !self.is_table;
        let may_be_several = is_person && between_persons(name.words).is_some();
        (self.named_only(name, Unmatched { may_be_several, namesakes, code, ..Unmatched::default() }), false)
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
        let plain = plain_name(name.words);
        let digest = short_digest(&plain);
        let shown = suggestion(&plain).unwrap_or_default();
        let shown: String = shown.chars().take(NAME_IN_SLUG).collect();
        let loaded = self.project.loaded_terms.iter().any(|term| name.words.to_lowercase().contains(term));
        let shown = shown.trim_end_matches('-');
        let slug = if shown.is_empty() || loaded { format!("name-{digest}") } else { format!("name-{shown}-{digest}") };
        // What other files call so says what it is: whoever has a number there is not known by the name alone.
        let called = self.named_before.called(name.words, name.kind);
        let kind = called.first().map_or(name.kind, |first| first.kind);
        if called.iter().all(|known| known.kind == kind) {
            return self.take_up(Id::new(kind, slug), name.words, name, None, unmatched);
        }
        let namesakes = unmatched.namesakes.or_else(|| Some(Namesakes::new(name.span, true, &called)));
        self.take_up(Id::new(name.kind, slug), name.words, name, None, Unmatched { namesakes, ..unmatched })
    }

    pub(super) fn take_up(
        &mut self,
        id: Id,
        words: &str,
        name: Name<'_>,
        identifier: Option<Identifier>,
        unmatched: Unmatched,
    ) -> Id {
        let nameless = words.is_empty() || names_nobody(words, id.kind);
        let (rank, words) = if nameless { (Rank::Id, &*id.slug) } else { (name.rank, words) };
        let Unmatched { may_be_several, missing, namesakes, code, written } = unmatched;
        let mut hash = DefaultHasher::new();
        (id.kind as u8, &id.slug, rank as u8, words, missing.is_some(), &code, &written).hash(&mut hash);
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
        if let Some(written) = written {
            named.id_written(written);
        }
        self.things.add(id.clone(), named);
        id
    }

    /// The prefixes that hold.
    pub(crate) fn prefixes(&self) -> &Prefixes {
        &self.cache.prefixes
    }

    /// The thing that a register of the corpus has for an entry of a list of the file.
    pub(crate) fn known_entry(&self, entry: &str, authority: &Authority) -> Option<&Id> {
        let pointer = Pointer { file: self.path, register: None };
        let (kind, label) = (authority.id.kind, self.telling(&authority.label.text));
        let identified = |identifier: &Identifier| match self.index.identified(&identifier.iri, kind, label) {
            EntryMatch::Entry(id) => Some(id),
            _ => None,
        };
        self.index
            .exact_entry(entry, kind, pointer, label)
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
        if is_new && self.index.has(&authority.id) {
            authority.id.slug = with_digest(&authority.id.slug, entry, "id").into();
        }
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

/// A name whatever its blanks and however its accents are encoded: names that look alike are one.
fn plain_name(words: &str) -> Cow<'_, str> {
    if words.is_ascii() && !words.contains("  ") {
        return words.into();
    }
    let is_blank = |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}');
    let parts: Vec<&str> = words.split(is_blank).filter(|part| !part.is_empty()).collect();
    parts.join(" ").nfc().collect::<String>().into()
}

/// What was found for a name.
#[derive(Default)]
struct Found {
    ids: Vec<Id>,
    /// Whether the same is found in all files with the same prefixes.
    everywhere: bool,
    /// Whether it was found by the name alone.
    by_name: bool,
    /// Whether nothing is to be said of it.
    is_clear: bool,
    /// What the source gives as an identifier, is none, and is worth keeping.
    code: Option<String>,
    /// What is meant as an identifier of an authority file, and is none.
    faulty: Vec<(String, &'static Scheme, Fault)>,
}

/// A reference to an entry, as it is written.
#[derive(Clone, Copy)]
pub(super) struct EntryReference<'t> {
    /// All of it.
    pub(super) token: &'t str,
    /// The id of the entry.
    pub(super) entry: &'t str,
    /// The register, where it names one.
    pub(super) register: Option<&'t str>,
    /// Whether its prefix stands for nothing that is known.
    pub(super) is_unclear: bool,
}

/// What a part of a reference comes to.
pub(super) enum Token {
    /// An id, and whether it is the same in every file.
    Id(Id, bool),
    /// An id of which something was said.
    Noted(Id),
    /// Nobody; what is written there, where it is worth keeping.
    Nobody(Option<String>),
    /// Nobody: it is meant as an identifier of this authority file, and is none.
    Faulty(&'static Scheme, Fault),
}

/// What a name or an id has not been matched with.
#[derive(Default)]
pub(super) struct Unmatched {
    /// Whether the name may be those of several persons.
    pub(super) may_be_several: bool,
    pub(super) missing: Option<Missing>,
    pub(super) namesakes: Option<Namesakes>,
    /// What the source gives as an identifier and is none.
    pub(super) code: Option<String>,
    /// The id as the source writes it.
    pub(super) written: Option<String>,
}
