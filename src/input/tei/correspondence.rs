//! `correspDesc`: who sent a letter to whom, when, where from, and what it belongs to.
//!
//! TEI P5 Guidelines, section 2.4.6; Correspondence Metadata Interchange Format 1, 1.1 and the proposal of version 2.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::letters::sources::LetterSources;
use crate::input::letters::tally::Tally;
use crate::input::naming::letter_slugs::LetterNames;
use crate::input::naming::name_words::NameWords;
use crate::input::naming::names::{Name, Naming, WrittenReference, identify, names_nobody};
use crate::input::naming::things::Rank;
use crate::input::tei::action_type::{self, ActionType, UnknownWord};
use crate::input::tei::certainty::{certainty, evidence, written_evidence};
use crate::input::tei::dating;
use crate::input::tei::description;
use crate::input::tei::letter_pointers::LetterPointers;
use crate::input::tei::named_element::{kind_named, kind_of, reference_of};
use crate::input::tei::notes::notes_in;
use crate::input::tei::one_time;
use crate::input::tei::profile_paths::PathPlaces;
use crate::input::tei::role_claims::RoleClaims;
use crate::input::xml::Element;
use crate::model::{
    Action, Concept, Coverage, Date, Document, Id, Kind, Letter, Opinion, Party, Reference, Scheme, choose, weakest,
};
use crate::project::language_tag;
use crate::source::Span;
use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

/// How many elements of a `correspDesc` are looked at for one that is meant instead of another: each looks at all.
const NEAR: usize = 1000;

/// What is read of every `correspDesc` of a file.
pub(crate) struct Correspondence<'n, 'a> {
    pub(crate) sources: &'a LetterSources<'a>,
    pub(crate) naming: &'n mut Naming<'a>,
    pub(crate) diagnostics: &'n mut Diagnostics,
    pub(crate) tally: &'n mut Tally,
    pub(crate) siblings: &'n LetterNames,
    pub(crate) names: CorrespondentNames,
}

/// The words for those who wrote and received a letter, for a title where the source has none.
#[derive(Debug, Default)]
pub(crate) struct CorrespondentNames {
    senders: Vec<String>,
    recipients: Vec<String>,
    /// The places of the paths of the profile that have led somewhere.
    pub(crate) paths: Vec<Span>,
    /// Whether a profile says who has a role, and the first role that it finds nobody for.
    pub(crate) profile: Option<Option<&'static str>>,
}

impl CorrespondentNames {
    pub(crate) fn new(senders: Vec<String>, recipients: Vec<String>) -> Self {
        Self { senders, recipients, ..Self::default() }
    }

    /// What a letter is called whose source does not say: whose it is, whom it is for, and when.
    pub(crate) fn title(&self, document: &Document) -> String {
        let date = document.actions.iter().find(|action| action.kind == "sent").and_then(Action::date);
        let date = date.map(|date| date.edtf.as_ref().unwrap_or(&date.words)).filter(|date| !date.is_empty());
        let mut title = String::with_capacity(64);
        for (names, before) in [(&self.senders, ""), (&self.recipients, " → ")] {
            title.push_str(before);
            if names.is_empty() {
                title.push('?');
            }
            for (at, name) in names.iter().enumerate() {
                title.push_str(if at > 0 { ", " } else { "" });
                title.push_str(name);
            }
        }
        if let Some(date) = date {
            title.push_str(", ");
            title.push_str(date);
        }
        title
    }
}

impl Correspondence<'_, '_> {
    /// Reads one `correspDesc` into a document; the paths of a profile begin at `places`.
    pub(crate) fn read(&mut self, description: Option<Element<'_>>, places: &PathPlaces<'_>, document: &mut Document) {
        same_letter(description, document);
        let claims = self.claims(places);
        // The numbers of the actions by which copies were received.
        let mut copies = Vec::new();
        for element in description.into_iter().flat_map(|description| description.mark_used().children()) {
            match element.name() {
                "correspAction" => {
                    let (action, is_copy) = self.action(element.mark_used(), &claims);
                    copies.extend(is_copy.then_some(document.actions.len()));
                    document.actions.push(action);
                }
                "correspContext" => self.context(element.mark_used(), document),
                _ => notes_in(element).for_each(|note| self.note(note.mark_used(), document)),
            }
        }
        let lists = [&mut document.replies_to, &mut document.follows, &mut document.precedes];
        lists.into_iter().for_each(|list| keep_first(list, |link| link.id.clone()));
        keep_first(&mut document.relations, String::clone);
        self.profile(places, claims, document);
        let mut named = BTreeSet::new();
        document.mentions.retain(|mention| named.insert(mention.id.clone()));
        for (at, action) in document.actions.iter().enumerate().filter(|(_, action)| action.kind == "received") {
            let list = if copies.contains(&at) { &mut document.copy_recipients } else { &mut document.recipients };
            list.extend(action.by.iter().cloned());
        }
    }

    /// Reads an action, and whether those who received the letter by it received a copy.
    fn action(&mut self, element: Element<'_>, claims: &RoleClaims<'_>) -> (Action, bool) {
        let ActionType { kind, words, note, is_copy, unknown } = action_type::of(element, &self.naming.project.profile);
        // Where the profile says who has both roles, the type says nothing of that.
        if let Some(unknown) = unknown.filter(|_| claims.roles.len() < 2) {
            let span = element.attribute_span(if matches!(unknown, UnknownWord::Type(_)) { "type" } else { "subtype" });
            self.tally.unknown_word(unknown, span);
        }
        let mut action = empty_action(kind, words);
        action.certainty = certainty(element);
        action.note = written_evidence(element);
        note.iter().for_each(|note| add_note(&mut action.note, note));
        let instead = alternative(element);
        instead.iter().for_each(|instead| add_note(&mut action.note, instead));
        let mut dated = Vec::new();
        for child in element.children() {
            match child.name() {
                "persName" | "orgName" | "rs" | "name" if kind_of(child, self.naming) != Kind::Place => {
                    if !claims.claim(kind, child) {
                        let other = self.other_role(child, kind);
                        let (parties, said) = self.parties(child, kind, instead.is_some(), other);
                        action.by.extend(parties);
                        said.iter().for_each(|said| add_note(&mut action.note, said));
                    }
                }
                "placeName" | "settlement" | "name" | "rs" | "geogName" | "address" | "country" | "region"
                | "district" => {
                    self.place(child, &mut action);
                }
                "date" => {
                    dated.push(child);
                    action.dates.extend(self.date(child.mark_used()));
                }
                "p" | "desc" => add_note(&mut action.note, &child.words()),
                _ => notes_in(child).for_each(|note| add_note(&mut action.note, &note.words())),
            }
        }
        // What only words say beside a date is no second answer.
        if action.dates.iter().any(|date| date.edtf.is_some()) {
            for date in action.dates.extract_if(.., |date| date.edtf.is_none()) {
                add_note(&mut action.note, &date.words);
                date.note.iter().filter(|note| **note != date.words).for_each(|note| add_note(&mut action.note, note));
            }
        }
        one_time::unite(&mut action.dates, &dated, self.diagnostics);
        choose(&self.naming.project.policy, &mut action.dates);
        action.set_found_by_name(std::mem::take(&mut self.naming.found_by_name));
        (action, is_copy)
    }

    /// A date, with who is responsible for it.
    pub(super) fn date(&mut self, element: Element<'_>) -> Option<Date> {
        let responsible = element.value("resp").and_then(|resp| self.naming.responsible(resp, element.span()));
        let project = self.naming.project;
        let Some(responsible) = responsible else { return dating::read(element, project, self.diagnostics) };
        let mut date = dating::read_attributed(element, project, self.diagnostics)?;
        date.opinion = Opinion { responsible, ..Opinion::default() }.boxed();
        Some(date)
    }

    pub(super) fn place(&mut self, element: Element<'_>, action: &mut Action) {
        let words = element.mark_used().words();
        let read = self.naming.read_words(&words, Kind::Place);
        let places = self.named_in_words(element, Kind::Place, &words, &read);
        // No place can be stated as one that may be meant.
        if !(read.is_one_of_several && places.len() > 1) {
            // Of a place alone nobody can say how sure it is.
            action.certainty = weakest(action.certainty, read.certainty().filter(|_| !places.is_empty()));
            action.places.extend(places);
        }
        if read.says_more {
            add_note(&mut action.note, &format!("{}: {words}", element.name()));
        }
        let certainty = certainty(element);
        let instead = alternative(element);
        let doubt = instead.as_ref().map(|_| "unknown").or(certainty.filter(|certainty| *certainty != "high"));
        // Of the place nothing more can be said than of the whole action.
        action.certainty = weakest(action.certainty, doubt);
        let written = certainty.and_then(|_| Some(format!("cert=\"{}\"", element.value("cert")?)));
        let sure: Vec<String> = written.into_iter().chain(written_evidence(element)).chain(instead).collect();
        if !sure.is_empty() {
            add_note(&mut action.note, &format!("{}: {}", element.name(), sure.join(" ")));
        }
    }

    /// Those whom an element names as having done something; `unsettled` where the action has an alternative, and `other` is
    /// what says that they did something else. Beside them what its words say that no party can say.
    pub(super) fn parties(
        &mut self,
        element: Element<'_>,
        action: Concept,
        unsettled: bool,
        other: Option<String>,
    ) -> (Vec<Party>, Option<String>) {
        let words = element.words();
        let mut kind = kind_of(element, self.naming);
        if !Kind::AGENTS.contains(&kind) {
            // What is in it can say more.
            let mut kinds = element.children().map(|child| kind_of(child, self.naming));
            kind = kinds.find(|kind| Kind::AGENTS.contains(kind)).unwrap_or(Kind::Agent);
        }
        let (mut certainty, (responsible, mut note)) = (certainty(element), evidence(element, self.naming));
        let instead = alternative(element).or(other);
        instead.iter().for_each(|instead| add_note(&mut note, instead));
        let read = self.naming.read_words(&words, kind);
        let names = self.named_in_words(element, kind, &words, &read);
        let unsettled = unsettled || instead.is_some() || read.is_one_of_several && names.len() > 1;
        if unsettled {
            certainty.get_or_insert("unknown");
        }
        certainty = weakest(certainty, read.certainty());
        let said = read.says_more.then(|| format!("{}: {words}", element.name()));
        let (own, said) = match read.certainty() {
            Some(_) if !names.is_empty() => (said, None),
            _ => (None, said),
        };
        own.iter().for_each(|own| add_note(&mut note, own));
        let opinion = Opinion { responsible, ..Opinion::default() };
        let parties = names.into_iter().map(|who| {
            let opinion = opinion.clone().boxed();
            Party { certainty, note: note.clone(), opinion, unsettled, ..Party::plain(who) }
        });
        let parties = parties.collect();
        match action {
            _ if names_nobody(&words, kind) || read.is_repeated => {}
            "sent" => self.names.senders.push(words),
            "received" => self.names.recipients.push(words),
            _ => {}
        }
        (parties, said)
    }

    /// The word by which a name in an action says that it has a part in another one; it is reported.
    fn other_role(&mut self, element: Element<'_>, action: Concept) -> Option<String> {
        let mut said = ["type", "role"].into_iter().filter_map(|name| Some((name, element.unmarked(name)?)));
        let (name, word) = said.find(|(_, word)| action_type::is_other_role(word, action))?;
        element.value(name);
        let message = format!("this name has the {name} \"{word}\" in an action of the type \"{action}\"");
        let help = "it is kept as a part of the action, and is neither sender nor recipient; if both stand in one action, say \
                    in the section [tei] of regesta.toml where each of them is";
        let span = element.attribute_span(name);
        self.diagnostics.push(Diagnostic::new(Code::UnknownQualifier, span, message).help(help));
        Some(format!("{name}=\"{word}\""))
    }

    /// Whom or what an element names whose words can say more than a name.
    fn named_in_words(
        &mut self,
        element: Element<'_>,
        kind: Kind,
        words: &str,
        read: &NameWords<'_>,
    ) -> Vec<Reference> {
        if let [name] = &read.names[..] {
            return self.named(element, kind, name);
        }
        let mut found = self.named(element, kind, "");
        if found.is_empty() {
            let (reference, rank, span) = (WrittenReference::default(), Rank::Name, element.span());
            for words in &read.names {
                found.extend(self.naming.references(Name { kind, words, reference, rank, span }));
            }
            self.report_words(element, words, read);
        }
        found
    }

    /// Reports words in the place of a name by which nobody is named.
    fn report_words(&mut self, element: Element<'_>, words: &str, read: &NameWords<'_>) {
        let (code, says, help) = if read.is_repeated {
            let help = "nothing is named by it; write the name itself, or a reference beside it";
            (Code::RepeatsAnother, "means what another element says", help)
        } else if read.is_one_of_several {
            let help = "none of them is stated, and the words are kept; write an element for each, with @exclude, or \
                        a reference to the one that is meant";
            (Code::AlternativeNames, "is several names, of which one is meant", help)
        } else {
            return;
        };
        self.diagnostics.push(Diagnostic::new(code, element.span(), format!("\"{words}\" {says}")).help(help));
    }

    /// Whom or what an element names: by its own reference, else by those of elements of its kind in it, else by its
    /// words.
    fn named(&mut self, element: Element<'_>, kind: Kind, words: &str) -> Vec<Reference> {
        let profile = &self.naming.project.profile;
        let reference = reference_of(element, profile);
        let name = Name { kind, words, reference, rank: Rank::Name, span: element.span() };
        if !reference.text.is_empty() {
            return self.naming.references(name);
        }
        let inner = element.descendants().filter(|inner| {
            !reference_of(*inner, profile).text.is_empty()
                && (kind_of(*inner, self.naming) == kind || kind == Kind::Agent)
        });
        // Of a place, the smallest is named first; whatever else is named in it is what that lies in.
        let inner: Vec<Element<'_>> = inner.take(if kind == Kind::Place { 1 } else { usize::MAX }).collect();
        if inner.is_empty() {
            return self.naming.references(name);
        }
        let alone = inner.len() == 1 && kind != Kind::Place;
        let inner = inner.into_iter().flat_map(|inner| {
            let (own, reference) = (inner.words(), reference_of(inner.mark_used(), profile));
            self.naming.references(Name { words: if alone { words } else { &own }, reference, ..name })
        });
        inner.collect()
    }

    /// The letter that a name of something means.
    fn letter_named(&mut self, kind: Kind, reference: WrittenReference<'_>, element: Element<'_>) -> Option<Id> {
        let WrittenReference { text, whole, .. } = reference;
        let may_be = match kind {
            Kind::Document => true,
            Kind::Work | Kind::Thing => !self.naming.has_entry(text, kind),
            _ => false,
        };
        let may_be = may_be && !(whole || text.contains(' '));
        let span = element.span();
        let Self { sources, siblings, tally, .. } = self;
        may_be.then(|| LetterPointers { sources, siblings, tally }.letter(text, element, span)).flatten()
    }

    /// What version 2 of CMIF says in a note: what a letter mentions, its language, and where it can be read.
    fn note(&mut self, note: Element<'_>, document: &mut Document) {
        if description::is_summary(note) {
            return description::add_summary(document, note);
        }
        let mut used: Vec<Element<'_>> = Vec::new();
        for element in note.descendants() {
            // What a reference holds says once more what it says.
            if used.last().is_some_and(|last| last.holds(element)) {
                continue;
            }
            let kind = match element.name() {
                "ref" => match statement(element) {
                    Some("isAvailableAsTEIfile" | "isAvailableAsPDF" | "isAvailableOnline") => {
                        let url = element.value("target").and_then(identify);
                        document.urls.extend(url.map(|url| url.iri));
                        used.push(element.mark_used());
                        continue;
                    }
                    Some("hasLanguage") => {
                        let tag = element.value("target").map(str::to_owned).unwrap_or_else(|| element.words());
                        document.language = document.language.take().or(language_tag(&tag));
                        used.push(element.mark_used());
                        continue;
                    }
                    Some(words) => match words.strip_prefix("mentions") {
                        Some(kind) => kind_named(kind).unwrap_or(Kind::Thing),
                        None => continue,
                    },
                    None => continue,
                },
                "persName" | "orgName" | "placeName" | "bibl" | "rs" | "name" | "eventName" | "title"
                | "objectName" | "term"
                    if note.value("type") == Some("mentioned") =>
                {
                    kind_of(element, self.naming)
                }
                _ => continue,
            };
            let words = element.mark_used().words();
            used.push(element);
            let target = element.value("target").or_else(|| element.value("sameAs"));
            let own = || reference_of(element, &self.naming.project.profile);
            let reference = target.map_or_else(own, WrittenReference::pointers);
            let span = element.span();
            if let Some(id) = self.letter_named(kind, reference, element) {
                document.mentions.push(Reference { id, span });
                continue;
            }
            let name = Name { kind, words: &words, reference, rank: Rank::Name, span };
            document.mentions.extend(self.naming.references(name));
        }
        if (used.is_empty() && !note.is_empty()) || note.has_own_words() {
            add_note(&mut document.note, &note.words());
        }
    }
}

/// Takes up where the same letter is described elsewhere.
fn same_letter(description: Option<Element<'_>>, document: &mut Document) {
    let Some(description) = description else { return };
    let tokens = || description.unmarked("sameAs").into_iter().flat_map(str::split_whitespace);
    let found: Vec<String> = tokens().filter_map(|token| Some(Scheme::SAME_AS.identify(token)?.iri)).collect();
    if found.len() == tokens().count() {
        description.value("sameAs");
    }
    document.same_as.extend(found);
}

/// What an element says of others that may be meant instead of it, as it is written: who wrote "A or B" says of neither
/// that it is so. TEI P5, section 17.8, `exclude`; editions also join alternatives by `corresp`.
fn alternative(element: Element<'_>) -> Option<String> {
    if let Some(excluded) = element.value("exclude") {
        return Some(format!("exclude=\"{excluded}\""));
    }
    if let Some(joined) = element.unmarked("corresp").filter(|joined| is_beside(element, joined)) {
        element.value("corresp");
        return Some(format!("corresp=\"{joined}\""));
    }
    // The other may be the one that says so.
    let id = element.id()?;
    let mut others = element.ancestors().find(|around| around.name() == "correspDesc")?.descendants().take(NEAR);
    let names = |other: &Element<'_>| {
        let pointers = ["exclude", "corresp"].into_iter().filter_map(|name| other.unmarked(name));
        pointers.flat_map(str::split_whitespace).any(|pointer| pointer.strip_prefix('#') == Some(id))
    };
    let by = others.find(names)?.id().unwrap_or("another");
    element.xml_attribute("id");
    Some(format!("alternative to \"{by}\""))
}

/// Whether a pointer leads to something else of the same `correspDesc`.
fn is_beside(element: Element<'_>, pointer: &str) -> bool {
    let around = element.ancestors().find(|around| around.name() == "correspDesc");
    let mut ids = pointer.split_whitespace().filter_map(|pointer| pointer.strip_prefix('#'));
    let is_there =
        |id: &str| around.is_some_and(|around| around.descendants().take(NEAR).any(|other| other.id() == Some(id)));
    ids.any(is_there)
}

/// Leaves out what has the key of something before it.
fn keep_first<T, K: Eq + Hash>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if list.len() > 1 {
        let mut known = HashSet::new();
        list.retain(|item| known.insert(key(item)));
    }
}

/// Counts a letter, what is marked in it, and what it does not say of how it was sent.
pub(crate) fn count(letter: &Letter, coverage: &mut Coverage) {
    let Letter { document, annotations, .. } = letter;
    for annotation in annotations {
        *coverage.annotations.entry(annotation.kind).or_default() += 1;
    }
    let sent: Vec<&Action> = document.actions.iter().filter(|action| action.kind == "sent").collect();
    let dates: Vec<_> = sent.iter().flat_map(|action| &action.dates).collect();
    coverage.letters += 1;
    coverage.without_sender +=
        usize::from(sent.iter().all(|action| action.by.is_empty()) && document.authors.is_empty());
    coverage.without_recipient += usize::from(document.recipients.is_empty());
    coverage.without_place += usize::from(sent.iter().all(|action| action.places.is_empty()));
    coverage.without_date += usize::from(dates.is_empty());
    coverage.without_readable_date += usize::from(dates.iter().all(|date| date.edtf.is_none()));
    let all = document.actions.iter().flat_map(|action| &action.dates);
    coverage.dates_in_words += all.filter(|date| date.edtf.is_none()).count();
}

pub(super) fn action_of(document: &mut Document, kind: Concept) -> &mut Action {
    let at = document.actions.iter().position(|action| action.kind == kind);
    let at = at.unwrap_or_else(|| {
        document.actions.push(empty_action(kind, None));
        document.actions.len() - 1
    });
    &mut document.actions[at]
}

pub(crate) fn empty_action(kind: Concept, words: Option<String>) -> Action {
    Action { words, ..Action::new(kind) }
}

/// The word of CMIF's vocabulary that a `ref` is typed with, without its prefix or namespace.
fn statement(element: Element<'_>) -> Option<&str> {
    let word = element.value("type")?;
    word.strip_prefix("cmif:").or_else(|| {
        word.strip_prefix("https://lod.academy/cmif/vocab/terms/")?.strip_prefix('#').or(word.rsplit('/').next())
    })
}

/// Adds words to a note.
pub(crate) fn add_note(note: &mut Option<String>, words: &str) {
    if words.is_empty() {
        return;
    }
    match note {
        Some(note) => {
            note.push_str("; ");
            note.push_str(words);
        }
        None => *note = Some(words.to_owned()),
    }
}
