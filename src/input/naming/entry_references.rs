//! Which entry of a register or a table an id or an identifier leads to, and what is made of one that leads to none.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::naming::authority_index::{EntryMatch, Pointer, may_be_meant};
use crate::input::naming::names::{EntryReference, Name, Naming, Token, Unmatched, WrittenReference};
use crate::input::naming::placeholders::{ends_in_placeholder, is_placeholder, names_nobody};
use crate::input::naming::slugs::{slug_of_id, slug_of_identifier, with_digest};
use crate::input::naming::things::{Missing, Rank};
use crate::model::{Id, Identifier, Kind, Reference, Scheme};
use crate::source::Span;
use std::hash::{DefaultHasher, Hash, Hasher};

impl Naming<'_> {
    /// The id of an identifier of an authority file, or of another address.
    pub(super) fn identifier(&mut self, token: &str, identifier: Identifier, name: Name<'_>, words: &str) -> Token {
        let key = name.reference.key;
        let known = self.index.identified(&identifier.iri, name.kind, self.telling(words));
        let mut candidates = Vec::new();
        match known {
            EntryMatch::Entry(id) => {
                self.keys.add(key, self.part, (identifier.scheme, id), name.span);
                return self.described(id, name, words, true);
            }
            EntryMatch::OtherKind(id) => return self.of_other_kind(token, id, name),
            EntryMatch::Several(ids) => {
                candidates.extend(ids.into_iter().cloned());
                if let Some(id) = self.entry_of_key(name).filter(|id| candidates.contains(id)) {
                    return self.described(&id, name, words, false);
                }
            }
            EntryMatch::Loosely(_) | EntryMatch::Nothing => {}
        }
        let is_address = identifier.scheme == Scheme::SAME_AS;
        // Of what is only known by an address, what a text calls it in passing is the best name there is.
        let words = if name.rank == Rank::Passing && !is_address { "" } else { words };
        let mut id = Id::new(name.kind, slug_of_identifier(&identifier));
        if let Some(known) = self.named_before.identified(&id) {
            id = known.clone();
        }
        self.keys.add(key, self.part, (identifier.scheme, &id), name.span);
        let code = Some(key).filter(|key| !is_placeholder(key)).map(str::to_owned);
        // Of several entries that have the identifier it is none.
        let missing = (!candidates.is_empty()).then(|| Missing::entry(name.span, token, candidates));
        let id = self.take_up(id, words, name, Some(identifier), Unmatched { code, missing, ..Unmatched::default() });
        let is_of_register = is_address && self.register_addresses.count(token, name.span, self.index);
        if is_of_register { Token::Noted(id) } else { Token::Id(id, true) }
    }

    /// The id of an id that the source has given.
    pub(super) fn id_of_source(&mut self, token: &str, name: Name<'_>, words: &str, is_unclear: bool) -> Token {
        let own = Id::parse_any_case(token).filter(|id| self.index.has(id));
        if let Some(id) = own {
            let is_meant = may_be_meant(name.kind, id.kind);
            return if is_meant {
                self.described(&id, name, words, false)
            } else {
                self.of_other_kind(token, &id, name)
            };
        }
        let pointer = Pointer { file: self.path, register: None };
        let of_prefix = kind_before(token).filter(|(kind, _)| !self.is_table && may_be_meant(name.kind, *kind));
        let entry = of_prefix.and_then(|(kind, id)| self.index.exact_entry(id, kind, pointer, self.telling(words)));
        let is_of_prefix = |id: &&Id| of_prefix.is_some_and(|(kind, _)| kind == id.kind);
        if let Some(id) = entry.filter(is_of_prefix).cloned() {
            return self.described(&id, name, words, false);
        }
        let (register, entry) = match token.split_once('#') {
            Some(("", entry)) => (None, entry),
            Some((file, entry)) if !file.contains(':') => (file.rsplit('/').next(), entry),
            _ => (None, token),
        };
        self.entry(EntryReference { token, entry, register, is_unclear }, name, words)
    }

    /// What stands beside an id, as far as names may tell which of several entries is meant.
    pub(super) fn telling<'w>(&self, words: &'w str) -> &'w str {
        if self.project.find_by_name { words } else { "" }
    }

    /// The entry of the key that stands beside a reference.
    fn entry_of_key(&self, name: Name<'_>) -> Option<Id> {
        let key = name.reference.key;
        let pointer = Pointer { file: self.path, register: None };
        let own = || self.own.get(key).filter(|id| may_be_meant(name.kind, id.kind));
        let known = || self.index.exact_entry(key, name.kind, pointer, self.telling(name.words));
        if key.is_empty() || is_placeholder(key) { None } else { own().or_else(known).cloned() }
    }

    /// Nobody: the entry that a reference leads to is of another kind.
    fn of_other_kind(&mut self, token: &str, id: &Id, name: Name<'_>) -> Token {
        let (kind, wanted) = (id.kind.with_article(), name.kind.with_article());
        let message = format!("\"{token}\" leads to {id}, {kind}, and {wanted} is named here");
        let help = "correct the reference, or mark the name as what it is; until then only the name counts";
        self.diagnostics.push(Diagnostic::new(Code::OtherKind, name.span, message).help(help));
        Token::Nobody(None)
    }

    /// The id of an entry, which the source calls by these words.
    fn described(&mut self, id: &Id, name: Name<'_>, words: &str, everywhere: bool) -> Token {
        self.call(id, name, words);
        Token::Id(id.clone(), everywhere)
    }

    /// Takes note of what the source calls the thing of an entry.
    fn call(&mut self, id: &Id, name: Name<'_>, words: &str) {
        if name.rank >= Rank::Name && !words.is_empty() && !names_nobody(words, id.kind) {
            let mut hash = DefaultHasher::new();
            ("called", id.kind as u8, &id.slug, words).hash(&mut hash);
            if self.seen_names.is_new(hash.finish(), self.part) {
                self.things.call(id, words, name.span);
            }
        }
    }

    /// The entry of a register or of a list of the file, by its id there.
    pub(super) fn entry(&mut self, at: EntryReference<'_>, name: Name<'_>, words: &str) -> Token {
        let candidates = match self.known_entry_of(at, name, words) {
            Ok(token) => return token,
            Err(candidates) => candidates,
        };
        let EntryReference { token, entry, .. } = at;
        if let Some(id) = self.entry_of_key(name).filter(|id| candidates.is_empty() || candidates.contains(id)) {
            if self.reported.insert(token.to_owned()) && candidates.is_empty() {
                let message = format!("no register has \"{token}\", and the key beside it leads to {id}");
                let help = "the key counts; correct the reference, or leave it out";
                self.diagnostics.push(Diagnostic::new(Code::MissingEntry, name.span, message).help(help));
            }
            self.call(&id, name, words);
            return Token::Noted(id);
        }
        let is_passing = name.rank == Rank::Passing;
        let (name, words) = if is_passing { (Name { rank: Rank::Words, ..name }, "") } else { (name, words) };
        if is_name(name, entry)
            && let Some(id) = self.only_named(entry, name.kind)
        {
            self.found_by_name.push(id.clone());
            return Token::Noted(id);
        }
        if ends_in_placeholder(entry) {
            let message = format!("\"{entry}\" is an id that stands for nobody");
            let help = "leave the reference out where there is none; who is named is known by the name alone";
            self.diagnostics.push(Diagnostic::new(Code::PlaceholderId, name.span, message).help(help));
            return Token::Nobody(None);
        }
        self.unknown_entry(at, name, words, candidates)
    }

    /// The one entry that an id leads to, or nobody; else those of which it may mean one.
    fn known_entry_of(&mut self, at: EntryReference<'_>, name: Name<'_>, words: &str) -> Result<Token, Vec<Id>> {
        let EntryReference { token, entry, register, .. } = at;
        let own = self.own.get(entry).filter(|_| register.is_none());
        if let Some(id) = own.cloned() {
            let is_meant = may_be_meant(name.kind, id.kind);
            return Ok(if is_meant {
                self.described(&id, name, words, false)
            } else {
                self.of_other_kind(token, &id, name)
            });
        }
        if token.starts_with('#') && self.parts_of_text.contains(entry) {
            let message = format!("\"{token}\" leads to a part of the text, not to an entry");
            let help = "correct the reference; until then only the key beside it, or the name, counts";
            self.diagnostics.push(Diagnostic::new(Code::MissingEntry, name.span, message).help(help));
            return Ok(Token::Nobody(None));
        }
        match self.index.entry(entry, name.kind, Pointer { file: self.path, register }, self.telling(words)) {
            EntryMatch::Entry(id) => {
                let id = id.clone();
                self.things.some_id_is_known |= name.reference.whole;
                Ok(self.described(&id, name, words, false))
            }
            EntryMatch::OtherKind(id) => {
                let id = id.clone();
                Ok(self.of_other_kind(token, &id, name))
            }
            EntryMatch::Loosely(id) => {
                let id = id.clone();
                self.call(&id, name, words);
                if self.reported.insert(entry.to_owned()) {
                    let message = format!(
                        "\"{entry}\" is taken for {id}, whose id is written with other capitals, blanks or marks"
                    );
                    let help = "write it as the register does; or, if something else is meant, give that an entry";
                    self.diagnostics.push(Diagnostic::new(Code::LooseId, name.span, message).help(help));
                }
                Ok(Token::Noted(id))
            }
            EntryMatch::Several(ids) => Err(ids.into_iter().cloned().collect()),
            EntryMatch::Nothing => Err(Vec::new()),
        }
    }

    /// A thing of which only its id is known, and what stands beside it.
    fn unknown_entry(&mut self, at: EntryReference<'_>, name: Name<'_>, words: &str, candidates: Vec<Id>) -> Token {
        let EntryReference { token, entry, register, is_unclear } = at;
        let stem = register.map(|file| file.rsplit('/').next().unwrap_or(file));
        let stem = stem.map(|file| file.split('.').next().unwrap_or(file)).or(self.scope);
        let is_ambiguous = !candidates.is_empty();
        let (kind, missing) = match kind_before(token).filter(|_| candidates.is_empty()) {
            Some((kind, _)) if !may_be_meant(name.kind, kind) => {
                return self.of_other_kind(token, &Id::new(kind, slug_of_id(None, entry)), name);
            }
            Some((kind, _)) if self.index.has_tables() => (kind, Missing::written_own_id(name.span, token)),
            // Without tables of its own a corpus has no such ids: it is the edition's own prefix.
            Some((kind, _)) => (kind, Missing::entry(name.span, token, candidates)),
            None => {
                // A key that no register has can be a number of the edition's own.
                let is_id = !name.reference.whole || token.contains('#') || self.index.has_registers() || is_unclear;
                (name.kind, Missing::entry(name.span, token, candidates).only_among_known(!is_id))
            }
        };
        let is_name = is_name(name, entry);
        let entry = kind_before(token).map_or(entry, |(_, rest)| rest);
        let mut id = Id::new(kind, slug_of_id(stem, entry));
        if is_ambiguous {
            // Of two names beside one id that may be two things, each is its own.
            id.slug = with_digest(&id.slug, &[token, " ", words].concat(), "id").into();
        } else if self.index.has(&id) {
            id.slug = with_digest(&id.slug, token, "id").into();
        }
        let named = is_name && name.rank == Rank::Words;
        let name = if named { Name { rank: Rank::Name, ..name } } else { name };
        let words = if named || words.is_empty() { entry } else { words };
        let written = Some(entry.to_owned());
        let unmatched = Unmatched { missing: Some(missing), written, ..Unmatched::default() };
        Token::Id(self.take_up(id, words, name, None, unmatched), false)
    }

    /// The entry that has a word as its id which else stands for nobody.
    pub(super) fn entry_called(&mut self, token: &str, name: Name<'_>, words: &str) -> Option<Token> {
        let entry = token.trim_start_matches('#');
        if !entry.starts_with(char::is_alphanumeric) {
            return None;
        }
        let pointer = Pointer { file: self.path, register: None };
        let known = self.own.get(entry).or_else(|| self.index.exact_entry(entry, name.kind, pointer, words));
        let id = known?.clone();
        Some(self.described(&id, name, words, false))
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

    /// Whether a reference is the id of an entry of a list of the file, or of a register.
    pub(crate) fn has_entry(&self, reference: &str, kind: Kind) -> bool {
        let (register, entry) = reference.rsplit_once('#').unwrap_or(("", reference));
        let register = register.rsplit('/').next().filter(|name| !name.is_empty());
        let pointer = Pointer { file: self.path, register };
        register.is_none() && self.own.contains_key(entry) || self.index.exact_entry(entry, kind, pointer, "").is_some()
    }
}

/// Whether the id of an entry is a name: a key of several words with capital letters, which is better than what a text
/// calls somebody in passing.
fn is_name(name: Name<'_>, entry: &str) -> bool {
    name.reference.whole && entry.contains(char::is_whitespace) && entry.contains(char::is_uppercase)
}

/// The kind that stands before an id, as in `person:roos`, and the id.
fn kind_before(token: &str) -> Option<(Kind, &str)> {
    let (kind, id) = token.split_once(':')?;
    let kind = Kind::parse(&kind.to_ascii_lowercase()).filter(|kind| *kind != Kind::Document)?;
    (!id.is_empty()).then_some((kind, id))
}
