//! `correspDesc`: who sent a letter to whom, when, where from, and what it belongs to.
//!
//! TEI P5 Guidelines, section 2.4.6; Correspondence Metadata Interchange Format 1, 1.1 and the proposal of version 2.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::letters::sources::LetterSources;
use crate::input::naming::letter_slugs::LetterNames;
use crate::input::naming::names::{Name, Naming, identify, is_placeholder, slug_of_address};
use crate::input::naming::things::Rank;
use crate::input::tei::certainty::{certainty, evidence, written_evidence};
use crate::input::tei::dating;
use crate::input::xml::Element;
use crate::model::{
    Action, Concept, ConceptList, Coverage, Date, Document, Id, Kind, Letter, Opinion, Party, Reference, choose,
};
use crate::project::{ElementPath, PathStep, language_tag};
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::Hash;

/// What is read of every `correspDesc` of a file.
pub(crate) struct Correspondence<'n, 'a> {
    pub(crate) sources: &'a LetterSources<'a>,
    pub(crate) naming: &'n mut Naming<'a>,
    pub(crate) diagnostics: &'n mut Diagnostics,
    pub(crate) pointed_to: &'n mut BTreeMap<FileId, Span>,
    pub(crate) siblings: &'n LetterNames,
    pub(crate) names: CorrespondentNames,
}

/// What a letter is to another.
#[derive(Clone, Copy)]
enum LetterLink {
    RepliesTo,
    Follows,
    Precedes,
}

impl LetterLink {
    /// What the type of a `ref` says: words that editions have, in any letters and with or without a prefix.
    fn of(reference: Element<'_>) -> Option<Self> {
        let words = ["type", "subtype"].map(|name| reference.value(name).unwrap_or("").to_ascii_lowercase());
        let says = |part: &str| words.iter().any(|word| word.contains(part));
        if says("next") || says("answeredby") || says("repliedby") || says("replyfrom") {
            Some(Self::Precedes)
        } else if says("repl") || says("answer") {
            Some(Self::RepliesTo)
        } else {
            says("prev").then_some(Self::Follows)
        }
    }
}

/// The words for those who wrote and received a letter, for a title where the source has none.
#[derive(Debug, Default)]
pub(crate) struct CorrespondentNames {
    senders: Vec<String>,
    recipients: Vec<String>,
    /// The places of the paths of the profile that have led somewhere.
    pub(crate) paths: Vec<Span>,
}

impl CorrespondentNames {
    pub(crate) fn new(senders: Vec<String>, recipients: Vec<String>) -> Self {
        Self { senders, recipients, paths: Vec::new() }
    }

    /// The elements that a path leads to.
    fn find<'t>(&mut self, header: Element<'t>, path: &ElementPath) -> Vec<Element<'t>> {
        let found = find(header, path);
        self.paths.extend((!found.is_empty()).then_some(path.span));
        found
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
    /// Reads one `correspDesc` into a document; `header` is what the paths of a profile begin at.
    pub(crate) fn read(&mut self, description: Option<Element<'_>>, header: Element<'_>, document: &mut Document) {
        for element in description.into_iter().flat_map(|description| description.mark_used().children()) {
            match element.name() {
                "correspAction" => {
                    let action = self.action(element.mark_used());
                    document.actions.push(action);
                }
                "correspContext" => self.context(element.mark_used(), document),
                "note" => self.note(element.mark_used(), document),
                _ => {}
            }
        }
        let lists = [&mut document.replies_to, &mut document.follows, &mut document.precedes];
        lists.into_iter().for_each(|list| keep_first(list, |link| link.id.clone()));
        keep_first(&mut document.relations, String::clone);
        self.profile(header, document);
        let mut named = BTreeSet::new();
        document.mentions.retain(|mention| named.insert(mention.id.clone()));
        let received = document.actions.iter().filter(|action| action.kind == "received");
        document.recipients = received.flat_map(|action| action.by.iter().cloned()).collect();
    }

    fn action(&mut self, element: Element<'_>) -> Action {
        let (kind, words) = self.action_type(element);
        let mut action = empty_action(kind, words);
        action.certainty = certainty(element);
        action.note = written_evidence(element);
        for child in element.children() {
            match child.name() {
                "persName" | "orgName" | "rs" | "name" if kind_of(child, self.naming) != Kind::Place => {
                    action.by.extend(self.parties(child, kind));
                }
                "placeName" | "settlement" | "name" | "rs" | "geogName" | "address" | "country" | "region"
                | "district" => {
                    self.place(child, &mut action);
                }
                "date" => action.dates.extend(self.date(child.mark_used())),
                "note" | "p" | "desc" => add_note(&mut action.note, &child.words()),
                _ => {}
            }
        }
        // What only words say beside a date is no second answer.
        if action.dates.iter().any(|date| date.edtf.is_some()) {
            for date in action.dates.extract_if(.., |date| date.edtf.is_none()) {
                add_note(&mut action.note, &date.words);
                date.note.iter().filter(|note| **note != date.words).for_each(|note| add_note(&mut action.note, note));
            }
        }
        choose(&self.naming.project.policy, &mut action.dates);
        action.set_found_by_name(std::mem::take(&mut self.naming.found_by_name));
        action
    }

    /// A date, with who is responsible for it.
    fn date(&mut self, element: Element<'_>) -> Option<Date> {
        let responsible = element.value("resp").and_then(|resp| self.naming.responsible(resp, element.span()));
        let Some(responsible) = responsible else { return dating::read(element, self.diagnostics) };
        let mut date = dating::read_attributed(element, self.diagnostics)?;
        date.opinion = Opinion { responsible, ..Opinion::default() }.boxed();
        Some(date)
    }

    /// What was done: the type in any letters, or what the profile says that it means.
    fn action_type(&self, element: Element<'_>) -> (Concept, Option<String>) {
        let word = element.value("type").unwrap_or("");
        let known = ConceptList::ACTION_TYPE.value(&word.to_ascii_lowercase());
        match self.naming.project.profile.action(word).or(known) {
            Some(kind) => (kind, None),
            None => ("other-action", Some(word.to_owned()).filter(|word| !word.is_empty())),
        }
    }

    fn place(&mut self, element: Element<'_>, action: &mut Action) {
        action.places.extend(self.names(element.mark_used(), Kind::Place));
        let certainty = certainty(element).and_then(|_| Some(format!("cert=\"{}\"", element.value("cert")?)));
        let sure: Vec<String> = certainty.into_iter().chain(written_evidence(element)).collect();
        if !sure.is_empty() {
            add_note(&mut action.note, &format!("{}: {}", element.name(), sure.join(" ")));
        }
    }

    fn parties(&mut self, element: Element<'_>, action: Concept) -> Vec<Party> {
        let words = element.words();
        let mut kind = kind_of(element, self.naming);
        if kind == Kind::Thing {
            // What is in it can say more.
            let mut kinds = element.children().map(|child| kind_of(child, self.naming));
            kind = kinds.find(|kind| Kind::AGENTS.contains(kind)).unwrap_or(Kind::Agent);
        }
        let (certainty, (responsible, note)) = (certainty(element), evidence(element, self.naming));
        let opinion = Opinion { responsible, ..Opinion::default() };
        let names = self.named(element, kind, &words).into_iter();
        let parties =
            names.map(|who| Party { certainty, note: note.clone(), opinion: opinion.clone().boxed(), who }).collect();
        match action {
            _ if is_placeholder(&words) => {}
            "sent" => self.names.senders.push(words),
            "received" => self.names.recipients.push(words),
            _ => {}
        }
        parties
    }

    fn names(&mut self, element: Element<'_>, kind: Kind) -> Vec<Reference> {
        self.named(element, kind, &element.words())
    }

    /// Whom or what an element names: by its own reference, else by those of elements of its kind in it, else by its
    /// words.
    fn named(&mut self, element: Element<'_>, kind: Kind, words: &str) -> Vec<Reference> {
        let (reference, whole) = reference_of(element);
        let name = Name { kind, words, reference, whole, rank: Rank::Name, span: element.span() };
        if !reference.is_empty() {
            return self.naming.references(name);
        }
        let inner = element.descendants().filter(|inner| {
            !reference_of(*inner).0.is_empty() && (kind_of(*inner, self.naming) == kind || kind == Kind::Agent)
        });
        // Of a place, the smallest is named first; whatever else is named in it is what that lies in.
        let inner: Vec<Element<'_>> = inner.take(if kind == Kind::Place { 1 } else { usize::MAX }).collect();
        if inner.is_empty() {
            return self.naming.references(name);
        }
        let alone = inner.len() == 1 && kind != Kind::Place;
        let inner = inner.into_iter().flat_map(|inner| {
            let (own, (reference, whole)) = (inner.words(), reference_of(inner.mark_used()));
            self.naming.references(Name { words: if alone { words } else { &own }, reference, whole, ..name })
        });
        inner.collect()
    }

    fn context(&mut self, element: Element<'_>, document: &mut Document) {
        for reference in element.children() {
            if reference.name() != "ref" && reference.name() != "ptr" {
                if matches!(reference.name(), "note" | "p") {
                    add_note(&mut document.note, &reference.words());
                }
                continue;
            }
            let Some(link) = LetterLink::of(reference) else { continue };
            let word = reference.mark_used().value("type").unwrap_or_default();
            let words = reference.words();
            let Some(target) = reference.value("target").filter(|target| !is_placeholder(target)) else {
                if !words.is_empty() {
                    add_note(&mut document.note, &format!("{word}: {words}"));
                }
                continue;
            };
            for target in target.split_whitespace() {
                self.link(link, target, reference, document);
            }
        }
    }

    fn link(&mut self, link: LetterLink, target: &str, reference: Element<'_>, document: &mut Document) {
        match self.document(target, reference) {
            Some(id) if id == document.id => {
                let message = format!("\"{target}\" is the letter itself");
                let diagnostic = Diagnostic::new(Code::MissingLetter, reference.attribute_span("target"), message);
                self.diagnostics.push(diagnostic.help("the link is left out; correct it"));
            }
            Some(id) => {
                let address = Some(target).filter(|target| target.contains("://"));
                let address = address.and_then(identify).map(|address| address.iri);
                document.relations.extend(address);
                let list = match link {
                    LetterLink::RepliesTo => &mut document.replies_to,
                    LetterLink::Follows => &mut document.follows,
                    LetterLink::Precedes => &mut document.precedes,
                };
                list.push(Reference { id, span: reference.span() });
            }
            None => {
                let message = format!("no letter of the corpus is called \"{target}\"");
                let help = "the link is left out; a letter is called as its file is, in a file of several FILE.xml#ID, or by its address";
                let diagnostic = Diagnostic::new(Code::MissingLetter, reference.attribute_span("target"), message);
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }

    /// The document that a pointer leads to: a letter with this address, a letter of the same file, a file of the
    /// corpus, or a letter in it.
    fn document(&mut self, target: &str, reference: Element<'_>) -> Option<Id> {
        if target.contains("://") {
            return Some(Id::new(Kind::Document, slug_of_address(target)));
        }
        let last = target.rsplit('/').next().unwrap_or(target);
        let sibling = last.strip_prefix('#').and_then(|id| self.siblings.by_id.get(id)).cloned();
        let slug = sibling.or_else(|| {
            let (file, id) = last.trim_start_matches('#').split_once('#').unzip();
            let file = file.unwrap_or(last.trim_start_matches('#'));
            let file = self.sources.slugs.named(file.split('?').next().unwrap_or(file).trim_end_matches(".xml"))?;
            let Some(id) = id else {
                self.pointed_to.entry(file).or_insert_with(|| reference.attribute_span("target"));
                return Some(self.sources.slugs.of(file).clone());
            };
            self.sources.letter_of(file, id)
        });
        slug.map(|slug| Id::new(Kind::Document, slug))
    }

    /// What version 2 of CMIF says in a note: what a letter mentions, its language, and where it can be read.
    fn note(&mut self, note: Element<'_>, document: &mut Document) {
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
            let (reference, whole) = target.map_or_else(|| reference_of(element), |target| (target, false));
            let name = Name { kind, words: &words, reference, whole, rank: Rank::Name, span: element.span() };
            document.mentions.extend(self.naming.references(name));
        }
        if (used.is_empty() && !note.is_empty()) || note.has_own_words() {
            add_note(&mut document.note, &note.words());
        }
    }

    /// Reads what a profile says stands elsewhere: in the header, or else in the text.
    fn profile(&mut self, header: Element<'_>, document: &mut Document) {
        let profile = &self.naming.project.profile;
        for (kind, paths) in [("sent", &profile.senders), ("received", &profile.recipients)] {
            if paths.is_empty() {
                continue;
            }
            let found: Vec<Element<'_>> = paths.iter().flat_map(|path| self.names.find(header, path)).collect();
            let parties: Vec<Party> = found.into_iter().flat_map(|element| self.parties(element, kind)).collect();
            if !parties.is_empty() {
                let found = std::mem::take(&mut self.naming.found_by_name);
                let action = action_of(document, kind);
                action.by = parties;
                action.set_found_by_name(found);
            }
        }
        let places = profile.sent_places.iter().flat_map(|path| self.names.find(header, path));
        for element in places.collect::<Vec<_>>() {
            let places = self.names(element.mark_used(), Kind::Place);
            let found = std::mem::take(&mut self.naming.found_by_name);
            let action = action_of(document, "sent");
            action.places.extend(places);
            action.set_found_by_name(found);
        }
        let dates = profile.sent_dates.iter().flat_map(|path| self.names.find(header, path));
        for element in dates.collect::<Vec<_>>() {
            // What comes after the first that is there stays unused, and is counted so.
            if action_of(document, "sent").dates.is_empty() {
                let date = self.date(element.mark_used());
                action_of(document, "sent").dates.extend(date);
            }
        }
    }
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
}

fn action_of(document: &mut Document, kind: Concept) -> &mut Action {
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

/// The elements that a path leads to from anywhere in the header, or else from anywhere in the text beside it.
fn find<'t>(header: Element<'t>, path: &ElementPath) -> Vec<Element<'t>> {
    let (first, rest) = path.steps.split_first().expect("a path has at least one step");
    let first = PathStep { anywhere: true, ..first.clone() };
    let below = |from: Element<'t>| {
        rest.iter()
            .fold(step(from, &first), |found, next| found.into_iter().flat_map(|element| step(element, next)).collect())
    };
    let found = below(header);
    let text = || header.parent().filter(|_| header.name() == "teiHeader")?.children_named("text").next();
    if found.is_empty() { text().map(below).unwrap_or_default() } else { found }
}

fn step<'t>(from: Element<'t>, step: &PathStep) -> Vec<Element<'t>> {
    let fits = |element: &Element<'t>| {
        element.name() == step.name
            && step.attribute.as_ref().is_none_or(|(name, wanted)| {
                element.value(name).is_some_and(|value| wanted.as_ref().is_none_or(|wanted| wanted == value))
            })
    };
    if step.anywhere { from.descendants().filter(fits).collect() } else { from.children().filter(fits).collect() }
}

/// What sort of thing an element names, by its name and type.
pub(crate) fn kind_of(element: Element<'_>, naming: &Naming<'_>) -> Kind {
    let word = element.value("type").unwrap_or("");
    match element.name() {
        "persName" => Kind::Person,
        "orgName" => Kind::Organisation,
        "placeName" | "geogName" | "settlement" | "country" | "region" | "district" => Kind::Place,
        "eventName" => Kind::Event,
        "bibl" | "title" => Kind::Work,
        _ => naming.project.profile.kind(word).or_else(|| kind_named(word)).unwrap_or(Kind::Thing),
    }
}

/// The kind that a word of a source means, where it is a common one.
pub(crate) fn kind_named(word: &str) -> Option<Kind> {
    let word = word.to_ascii_lowercase();
    Some(match word.as_str() {
        "person" | "pers" | "people" => Kind::Person,
        "place" | "location" | "settlement" | "city" | "country" => Kind::Place,
        "org" | "organisation" | "organization" | "institution" => Kind::Organisation,
        "group" | "persongroup" | "persgrp" => Kind::Group,
        "work" | "bibl" | "book" | "title" => Kind::Work,
        "event" => Kind::Event,
        _ => return None,
    })
}

/// The word of CMIF's vocabulary that a `ref` is typed with, without its prefix or namespace.
fn statement(element: Element<'_>) -> Option<&str> {
    let word = element.value("type")?;
    word.strip_prefix("cmif:").or_else(|| {
        word.strip_prefix("https://lod.academy/cmif/vocab/terms/")?.strip_prefix('#').or(word.rsplit('/').next())
    })
}

/// The reference of an element, and whether it is one id whatever blanks it has.
pub(crate) fn reference_of(element: Element<'_>) -> (&str, bool) {
    if let Some(reference) = element.value("ref") {
        return (reference, false);
    }
    if let Some(key) = element.value("key") {
        return (key, true);
    }
    let other = || element.value("sameAs").or_else(|| element.value("corresp"));
    (other().unwrap_or(""), false)
}

fn add_note(note: &mut Option<String>, words: &str) {
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
