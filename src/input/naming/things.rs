//! What letters name, each thing once: kept until all letters have been read, whatever file names it first.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::called_names::CalledNames;
use crate::input::naming::id_spellings::IdSpellings;
use crate::model::{Authority, Details, Id, Identifier, Kind, Label};
use crate::source::{FileId, Span};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// How good a label is: an entry of a register says more than a name in passing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The id itself, for want of words.
    Id,
    /// What a text calls it in passing, as "the old man".
    Passing,
    /// Words of a text.
    Words,
    /// The name of a correspondent or of a place of sending.
    Name,
    /// An entry of a register.
    Entry,
}

/// Somebody or something that letters name, as far as they say who or what it is. There can be many, so that each is
/// small: what only an entry of a list says is kept apart.
#[derive(Clone, Debug)]
pub(crate) struct NamedThing {
    rank: Rank,
    file: FileId,
    span: Span,
    label: Label,
    /// Its other names, each with the first place.
    alt_labels: Vec<(Label, Span)>,
    identifiers: Vec<Identifier>,
    /// What else an entry says.
    entry: Option<Box<Authority>>,
    /// Where it was first named, if nothing has the id.
    missing: Option<Box<Missing>>,
    /// The authorities that its name may be that of.
    namesakes: Option<Box<Namesakes>>,
    /// Where its name was first met, if that may be those of two persons.
    several: Option<Span>,
    /// Identifiers that identify nobody elsewhere.
    codes: BTreeSet<String>,
    /// Where, and by what name, an entry has the same id and shares neither name nor identifier with this one.
    other: Option<Box<(Span, String)>>,
    /// How the sources write the id that it has there.
    spellings: Option<Box<IdSpellings>>,
    /// The names that it has already, where they are many.
    names: Option<BTreeSet<String>>,
}

/// Where something was first named by an id that nothing has.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    span: Span,
    written: String,
    /// Whether it is an id of the corpus, not one of a register.
    is_own_id: bool,
    /// What it may be.
    candidates: Vec<Id>,
    /// Whether it is worth a word only if other ids of the sources are known.
    only_among_known: bool,
}

impl Missing {
    /// An id that no register has, or several have.
    pub(crate) fn entry(span: Span, written: &str, candidates: Vec<Id>) -> Self {
        Self { span, written: written.to_owned(), is_own_id: false, candidates, only_among_known: false }
    }

    /// An id of the corpus that nothing has.
    pub(crate) fn own_id(span: Span, id: &Id) -> Self {
        Self::written_own_id(span, &id.to_string())
    }

    /// The same, as it is written.
    pub(crate) fn written_own_id(span: Span, written: &str) -> Self {
        Self { span, written: written.to_owned(), is_own_id: true, candidates: Vec::new(), only_among_known: false }
    }

    /// The same; it may be worth a word only if other ids of the sources are known.
    pub(crate) fn only_among_known(self, only: bool) -> Self {
        Self { only_among_known: only && self.candidates.is_empty(), ..self }
    }

    fn report(&self, diagnostics: &mut Diagnostics) {
        let Self { span, written, is_own_id, candidates, .. } = self;
        let (code, message, help) = if *is_own_id {
            let help = "correct the id, or add a row with it to the table of its kind in authorities/";
            (Code::UnknownId, format!("nothing in the corpus is called \"{written}\""), help)
        } else if candidates.is_empty() {
            let help = "name the register under [sources] in regesta.toml, or correct the id; until then the graph has the id \
                        and what is said here";
            (Code::MissingEntry, format!("no register has \"{written}\""), help)
        } else {
            let help = "write the id as the entry that is meant has it; until then it is neither of them";
            (Code::MissingEntry, format!("\"{written}\" may be {}", listed(candidates)), help)
        };
        diagnostics.push(Diagnostic::new(code, *span, message).help(help));
    }
}

/// The authorities that a name may be that of, where it was first met.
#[derive(Clone, Debug)]
pub(crate) struct Namesakes {
    span: Span,
    /// Whether they are called so exactly.
    is_exact: bool,
    ids: Vec<Id>,
}

impl Namesakes {
    /// Of at least one authority.
    pub(crate) fn new(span: Span, is_exact: bool, ids: &[&Id]) -> Self {
        Self { span, is_exact, ids: ids.iter().map(|id| (*id).clone()).collect() }
    }

    fn report(&self, name: &str, diagnostics: &mut Diagnostics) {
        let ids = listed(&self.ids);
        let (code, message, help) = if self.is_exact {
            let help = "write the id of the one that is meant beside the name; until then it is neither of them";
            (Code::AmbiguousName, format!("\"{name}\" is the name of {ids}"), help)
        } else {
            let help =
                "if it is, write the id beside the name, or add the name to alt_labels; until then it is somebody else";
            (Code::SimilarName, format!("\"{name}\" is nearly the name of {ids}"), help)
        };
        diagnostics.push(Diagnostic::new(code, self.span, message).help(help));
    }
}

/// The most ids that a message shows.
const SHOWN: usize = 5;

/// `a`, `a and b`, `a, b and 7 more`.
fn listed(ids: &[Id]) -> String {
    let mut shown: Vec<String> = ids.iter().take(SHOWN).map(Id::to_string).collect();
    let more = ids.len().saturating_sub(SHOWN);
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    let last = shown.pop().unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} and {last}", shown.join(", ")) }
}

/// The most names that are compared one by one.
const FEW_NAMES: usize = 8;

impl NamedThing {
    /// What a letter names.
    pub(crate) fn in_passing(
        rank: Rank,
        (file, span): (FileId, Span),
        label: Label,
        identifier: Option<Identifier>,
    ) -> Self {
        Self {
            rank,
            file,
            span,
            label,
            alt_labels: Vec::new(),
            identifiers: identifier.into_iter().collect(),
            entry: None,
            missing: None,
            namesakes: None,
            several: None,
            codes: BTreeSet::new(),
            other: None,
            spellings: None,
            names: None,
        }
    }

    /// Takes note of what it has not been matched with, and of what the source gives as its identifier and is none.
    pub(crate) fn unmatched(&mut self, missing: Option<Missing>, namesakes: Option<Namesakes>, code: Option<String>) {
        self.missing = missing.map(Box::new);
        self.namesakes = namesakes.map(Box::new);
        self.codes.extend(code);
    }

    /// Takes note of how its id is written.
    pub(crate) fn id_written(&mut self, written: String) {
        self.spellings = Some(Box::new(IdSpellings::new(written, self.span)));
    }

    /// Takes note that its name may be those of two persons.
    pub(crate) fn may_be_several(&mut self) {
        self.several = Some(self.span);
    }

    /// An entry of a list.
    pub(crate) fn entry(mut authority: Authority) -> Self {
        let span = authority.span;
        let alt_labels = std::mem::take(&mut authority.alt_labels).into_iter().map(|name| (name, span)).collect();
        let identifiers = std::mem::take(&mut authority.identifiers);
        let codes = std::mem::take(&mut authority.codes).into_iter().collect();
        let named = Self::in_passing(Rank::Entry, (authority.file, authority.span), authority.label.clone(), None);
        let spellings = authority.written.clone().map(|written| Box::new(IdSpellings::new(written, span)));
        Self { spellings, alt_labels, identifiers, codes, entry: Some(Box::new(authority)), ..named }
    }

    fn authority(&self, id: &Id) -> Authority {
        let entry = self.entry.as_deref();
        Authority {
            id: id.clone(),
            file: self.file,
            span: self.span,
            entry: entry.and_then(|entry| entry.entry.clone()),
            written: entry.and_then(|entry| entry.written.clone()),
            other_ids: Vec::new(),
            codes: self.codes.iter().cloned().collect(),
            label: self.label.clone(),
            alt_labels: self.alt_labels.iter().map(|(name, _)| name.clone()).collect(),
            note: entry.and_then(|entry| entry.note.clone()),
            source: entry.and_then(|entry| entry.source.clone()),
            certainty: entry.and_then(|entry| entry.certainty),
            responsible: Vec::new(),
            occupations: entry.map_or_else(Vec::new, |entry| entry.occupations.clone()),
            identifiers: self.identifiers.clone(),
            details: entry.map_or_else(|| details(id.kind), |entry| entry.details.clone()),
        }
    }

    /// Whether another entry of the same id can be the same thing.
    fn agrees(&self, other: &Self) -> bool {
        let shares_name = self.names().any(|(name, _)| other.names().any(|(known, _)| known == name));
        let shares_identifier =
            || self.identifiers.iter().any(|one| other.identifiers.iter().any(|two| one.iri == two.iri));
        let entries = self.rank == Rank::Entry && other.rank == Rank::Entry;
        !entries || shares_name || shares_identifier()
    }

    /// Its names, each with a place.
    fn names(&self) -> impl Iterator<Item = (&str, Span)> {
        let others = self.alt_labels.iter().map(|(name, span)| (&*name.text, *span));
        [(&*self.label.text, self.span)].into_iter().chain(others)
    }

    fn add_name(&mut self, name: Label, span: Span) {
        let is_new = if self.alt_labels.len() < FEW_NAMES {
            self.names().all(|(known, _)| known != name.text)
        } else {
            let mut names =
                self.names.take().unwrap_or_else(|| self.names().map(|(known, _)| known.to_owned()).collect());
            let is_new = names.insert(name.text.clone());
            self.names = Some(names);
            is_new
        };
        if is_new {
            self.alt_labels.push((name, span));
        }
    }

    /// Takes up the names and identifiers of what has the same id.
    fn take_up(&mut self, other: Self) {
        self.other = self.other.take().or(other.other);
        match (&mut self.entry, other.entry) {
            (Some(entry), Some(other)) => entry.fill(*other),
            (entry @ None, other) => *entry = other,
            (Some(_), None) => {}
        }
        for identifier in other.identifiers {
            add_once(&mut self.identifiers, identifier);
        }
        self.codes.extend(other.codes);
        self.several = [self.several, other.several].into_iter().flatten().min();
        let namesakes = [self.namesakes.take(), other.namesakes].into_iter().flatten();
        self.namesakes = namesakes.min_by_key(|namesakes| namesakes.span);
        if other.rank >= Rank::Name {
            self.add_name(other.label, other.span);
            other.alt_labels.into_iter().for_each(|(name, span)| self.add_name(name, span));
        }
    }
}

/// What letters name, each thing once.
#[derive(Clone, Debug, Default)]
pub struct Things {
    things: BTreeMap<Id, Box<NamedThing>>,
    /// What was named, one after the other, and has not been taken up: what comes of two names of a thing depends on
    /// which came first, and must not depend on how many come together.
    latest: Vec<(Id, Box<NamedThing>)>,
    /// What letters call those that tables and registers describe.
    called: CalledNames,
    /// Whether an id that sources write without saying whose it is was found in a table or register.
    pub(crate) some_id_is_known: bool,
}

impl Things {
    /// Takes up what a later part of the sources names.
    pub fn append(&mut self, later: Self) {
        for (id, named) in later.things.into_iter().chain(later.latest) {
            self.take_up(id, named);
        }
        self.called.append(later.called);
        self.some_id_is_known |= later.some_id_is_known;
    }

    /// Takes note of what a letter calls the thing of an entry.
    pub(crate) fn call(&mut self, id: &Id, name: &str, span: Span) {
        self.called.add(id, name, span);
    }

    /// What letters call the thing of an entry, each name with its first place.
    pub fn called(&self, id: &Id) -> impl Iterator<Item = (&str, Span)> {
        self.called.of(id)
    }

    /// Adds one thing, to be taken up with what came before.
    pub(crate) fn add(&mut self, id: Id, named: NamedThing) {
        self.latest.push((id, Box::new(named)));
    }

    fn take_up(&mut self, id: Id, mut named: Box<NamedThing>) {
        let known = match self.things.entry(id) {
            Entry::Vacant(place) => {
                place.insert(named);
                return;
            }
            Entry::Occupied(known) => known.into_mut(),
        };
        if !known.agrees(&named) {
            let other = (named.span, named.label.text.clone());
            known.other.get_or_insert_with(|| Box::new(other));
        }
        let spellings = match (known.spellings.take(), named.spellings.take()) {
            (Some(mut earlier), Some(later)) => {
                earlier.append(*later);
                Some(earlier)
            }
            (earlier, later) => earlier.or(later),
        };
        if named.rank > known.rank {
            let mut earlier = std::mem::replace(known, named);
            known.missing = earlier.missing.take().filter(|_| known.rank < Rank::Entry);
            known.take_up(*earlier);
        } else {
            known.take_up(*named);
        }
        known.spellings = spellings;
    }

    /// The things as authorities, in order of their ids.
    pub fn authorities(&self) -> impl Iterator<Item = Authority> {
        self.things.iter().map(|(id, named)| named.authority(id))
    }

    /// The names that each thing goes by, with their places; words of a text and ids are none. Left out are things of which
    /// it is reported that lists disagree about them.
    pub fn names(&self) -> impl Iterator<Item = (&Id, impl Iterator<Item = (&str, Span)>)> {
        let is_label = |named: &NamedThing| named.rank >= Rank::Name;
        let agreed = self.things.iter().filter(|(_, named)| named.other.is_none());
        agreed.map(move |(id, named)| (id, named.names().skip(usize::from(!is_label(named)))))
    }

    /// The things, each with its identifiers.
    pub(crate) fn identified(&self) -> impl Iterator<Item = (&Id, &[Identifier])> {
        self.things.iter().map(|(id, named)| (id, &*named.identifiers))
    }

    /// How many things there are of each kind.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.things.keys().map(|id| id.kind)
    }

    /// Reports ids that no register has, and ids that are two things, once each.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        for (id, named) in &self.things {
            let missing = named.missing.as_deref();
            if let Some(missing) = missing.filter(|missing| !missing.only_among_known || self.some_id_is_known) {
                missing.report(diagnostics);
            }
            if let Some(spellings) = named.spellings.as_deref() {
                spellings.report(id, diagnostics);
            }
            if let Some(span) = named.several {
                let message =
                    format!("\"{}\" is read as one name, and may be those of several persons", named.label.text);
                let help = "if it is, write an element for each of them";
                diagnostics.push(Diagnostic::new(Code::SeveralNames, span, message).help(help));
            }
            if let Some(namesakes) = named.namesakes.as_deref() {
                namesakes.report(&named.label.text, diagnostics);
            }
            if let Some((span, label)) = named.other.as_deref() {
                let first = &named.label.text;
                let message = format!("\"{}\" is \"{first}\" in one list and \"{label}\" in another", id.slug);
                let help = "they are one thing in the graph; if the lists of each letter are its own, write \
                            own-lists = true into the section [tei] of regesta.toml";
                let diagnostic = Diagnostic::new(Code::EntriesDisagree, *span, message).help(help);
                diagnostics.push(diagnostic.related(named.span, "the other entry"));
            }
        }
    }

    /// Whether there is a thing of this id.
    pub fn contains(&self, id: &Id) -> bool {
        self.things.contains_key(id) || self.latest.iter().any(|(known, _)| known == id)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}

fn add_once(identifiers: &mut Vec<Identifier>, identifier: Identifier) {
    if !identifiers.iter().any(|known| known.iri == identifier.iri) {
        identifiers.push(identifier);
    }
}

/// What is known of a thing of which only the kind is known.
pub(crate) fn details(kind: Kind) -> Details {
    match kind {
        Kind::Person => Details::Person { born: Vec::new(), died: Vec::new() },
        Kind::Organisation => Details::Organisation { part_of: None, place: None },
        Kind::Place => Details::Place { within: None, point: None },
        Kind::Event => Details::Event(Box::default()),
        Kind::Work => Details::Work { authors: Vec::new(), language: None, dates: Vec::new() },
        _ => Details::Other,
    }
}
