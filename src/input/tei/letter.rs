//! TEI letters: a header with `correspDesc` and, mostly, the text; and the entries of CMIF, which have no text.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::cmif::divider::ListPartKind;
use crate::input::identifications;
use crate::input::letters::reader::LetterReader;
use crate::input::naming::entry_links::{self, EntryPointer};
use crate::input::naming::letter_slugs::{LetterElement, LetterNames, members, slug_of_key, slug_of_number};
use crate::input::naming::names::{Name, Naming, WrittenReference, is_placeholder, slug_of_address};
use crate::input::naming::things::Rank;
use crate::input::tei::certainty;
use crate::input::tei::correspondence::{self, Correspondence, CorrespondentNames};
use crate::input::tei::dating;
use crate::input::tei::description;
use crate::input::tei::header::{self, Edition};
use crate::input::tei::named_element::{kind_of, reference_of};
use crate::input::tei::notes_apart::NotesApart;
use crate::input::tei::nothing_read::no_letter;
use crate::input::tei::prefix::Prefixes;
use crate::input::tei::profile_paths::{FoundInHeader, PathPlaces};
use crate::input::tei::register;
use crate::input::tei::text::{self, TeiText};
use crate::input::tei::text_elements::{DAYS, POINTERS};
use crate::input::xml::Element;
use crate::model::{
    Annotation, AnnotationTarget, Date, Document, FOUND_BY_NAME, Id, Kind, Label, Letter, Passage, Reference, Scheme,
    Text,
};
use crate::source::{Span, sha256};
use smol_str::{SmolStr, format_smolstr};
use std::collections::HashMap;

/// What stands in the slugs of the entries of a list before their numbers.
const NUMBER: &str = "n";

impl LetterReader<'_> {
    /// Reads every letter of a file that has a text of its own for each; whether it holds several.
    pub(crate) fn file(&mut self, root: Element<'_>) {
        self.naming.use_prefixes(&Prefixes::default());
        self.naming.parts_of_text = root.descendants().filter_map(part_of_text).map(str::to_owned).collect();
        let profile = &self.naming.project.profile;
        let members = members(root, self.slug, self.slugs, profile);
        if members.is_empty() {
            let (message, help) = no_letter(root);
            self.diagnostics.push(Diagnostic::new(Code::NoLetter, root.span(), message).help(help));
            return;
        }
        if members.iter().any(|member| !member.parts.is_empty()) {
            self.coverage.paths.extend(profile.letters.iter().map(|path| path.span));
        }
        let mut around = Edition::default();
        if root.mark_used().name() == "teiCorpus" {
            if let Some(header) = root.child("teiHeader") {
                around = self.edition(header, &around);
                self.entries(header);
            }
            root.children_named("standOff").for_each(|lists| self.entries(lists.mark_used()));
        }
        self.siblings = LetterNames::of(&members);
        for member in members {
            member.element.mark_used();
            self.member(&member, &around);
        }
    }

    fn member(&mut self, member: &LetterElement<'_>, around: &Edition) {
        let LetterElement { element, header, descriptions, slugs, .. } = member;
        let edition = self.edition(*header, around);
        self.entries(*element);
        if !member.parts.is_empty() {
            return self.parts(member, &edition);
        }
        if slugs.len() > 1 {
            return self.several(member, &edition);
        }
        let description = descriptions.first().map(|description| description.mark_parents_used());
        let span = description.unwrap_or(*header).span();
        let mut document = self.empty(&slugs[0], span, &edition);
        let names = self.correspondence(description, &PathPlaces::file(*header), &mut document);
        if description.is_none() && document.actions.is_empty() || !member.is_letter() {
            let message = "this file has no correspDesc, so it is no letter";
            let help = "if it says elsewhere who wrote to whom, say where in the section [tei] of regesta.toml; if it is a \
                        register, name it under registers";
            self.diagnostics.push(Diagnostic::new(Code::NoLetter, header.span(), message).help(help));
            return;
        }
        let key = description.and_then(|description| description.value("key"));
        document.identifier = element.xml_attribute("id").or(key).map(str::to_owned);
        self.header(*header, &mut document);
        let mut letter = Letter { document, annotations: Vec::new(), notes: None };
        if let Some(text) = element.child("text") {
            description::text(text, &mut letter.document);
            match description.and_then(|description| only_part(text, description)) {
                Some(part) => self.text(part.mark_used(), &NotesApart::of_parts(*element, [part]), &mut letter),
                None => self.text(text, &NotesApart::of_letter(*element), &mut letter),
            }
        }
        self.take_up(letter, &names);
    }

    /// Reads the letters that are parts of the text: what the header says holds for each.
    fn parts(&mut self, member: &LetterElement<'_>, edition: &Edition) {
        let LetterElement { element, header, descriptions, slugs, parts, .. } = member;
        let apart = NotesApart::of_parts(*element, parts.iter().copied());
        let own = DescriptionsById::of(descriptions);
        let in_header = FoundInHeader::default();
        let mut common = self.empty(self.slug, header.span(), edition);
        self.header(*header, &mut common);
        for (at, (part, slug)) in parts.iter().zip(slugs).enumerate() {
            let (part, span) = (part.mark_used(), part.span());
            let mut document = Document { id: Id::new(Kind::Document, slug.clone()), span, ..common.clone() };
            let head = part.children_named("head").next();
            document.title.text = head.map(Element::words).unwrap_or_default();
            let alone = || descriptions.first().copied().filter(|_| descriptions.len() == 1 && parts.len() == 1);
            let description = own.of_part(part).or_else(alone);
            let description = description.map(|description| description.mark_parents_used());
            let places = PathPlaces::part(part, &parts[at + 1..], *header, &in_header);
            let names = self.correspondence(description, &places, &mut document);
            document.identifier = part.xml_attribute("id").or_else(|| part.value("n")).map(str::to_owned);
            let mut letter = Letter { document, annotations: Vec::new(), notes: None };
            self.text(part, &apart, &mut letter);
            self.take_up(letter, &names);
        }
    }

    /// Reads several letters that share a header: each has the part of the text that points to its description.
    fn several(&mut self, member: &LetterElement<'_>, edition: &Edition) {
        let LetterElement { element, header, descriptions, slugs, .. } = member;
        let text = element.child("text");
        let mut parts: HashMap<&str, Element<'_>> = HashMap::new();
        for part in text.into_iter().flat_map(Element::descendants) {
            // What so many letters share is the text of none of them, and would be read for each.
            if described_by(part).nth(SHARED).is_none() {
                described_by(part).for_each(|id| _ = parts.entry(id).or_insert(part));
            }
        }
        let apart = NotesApart::of_parts(*element, parts.values().copied());
        let mut common = self.empty(self.slug, header.span(), edition);
        self.header(*header, &mut common);
        // The title of the file is not that of each of its letters.
        common.title.text.clear();
        let mut without = Vec::new();
        for (description, slug) in descriptions.iter().zip(slugs) {
            let description = description.mark_parents_used();
            let id = description.xml_attribute("id");
            let span = description.span();
            let mut document = Document { id: Id::new(Kind::Document, slug.clone()), span, ..common.clone() };
            let names = self.correspondence(Some(description), &PathPlaces::description(description), &mut document);
            document.identifier = id.or_else(|| description.value("key")).map(str::to_owned);
            let mut letter = Letter { document, annotations: Vec::new(), notes: None };
            match id.and_then(|id| parts.get(id)) {
                Some(part) => self.text(part.mark_used(), &apart, &mut letter),
                None => without.push(description),
            }
            self.take_up(letter, &names);
        }
        if let (Some(text), Some(first)) = (text.filter(|text| !text.plain_words().is_empty()), without.first()) {
            let message = format!("{} of the letters of this file have no text", without.len());
            let help = "let the div of each point to its correspDesc: corresp=\"#\" and the xml:id of that";
            let diagnostic = Diagnostic::new(Code::SeveralLetters, first.span(), message).help(help);
            self.diagnostics.push(diagnostic.related(text.span(), "the text"));
        }
    }

    /// Takes up the entries of lists in the file itself, except those that a register of the corpus has.
    fn entries(&mut self, element: Element<'_>) {
        let Naming { project, part, scope, .. } = self.naming;
        let prefixes = self.naming.prefixes();
        let entries = register::read(element, project, part.file, scope, prefixes, &mut self.diagnostics);
        // Of several with one id, the first.
        let ids =
            entries.iter().rev().map(|entry| (entry.id.clone(), self.naming.id_of_entry(&entry.id, &entry.authority)));
        let ids: HashMap<String, Id> = ids.collect();
        let (mut authorities, mut links) = (Vec::new(), Vec::new());
        let mut written = Vec::new();
        for (number, entry) in entries.into_iter().enumerate() {
            links.extend(entry.links.into_iter().map(|link| (number, link)));
            authorities.push(entry.authority);
            written.push(entry.id);
        }
        let (index, path) = (self.naming.index, self.naming.path);
        let find = |_, pointer: &EntryPointer, kind| match pointer {
            EntryPointer::Entry { register: None, entry } if ids.contains_key(entry) => ids.get(entry).cloned(),
            _ => index.linked(pointer, kind, path).cloned(),
        };
        entry_links::settle(&mut authorities, links, find, &mut self.coverage, &mut self.diagnostics);
        for (id, entry) in written.into_iter().zip(authorities) {
            let (kind, span) = (entry.id.kind, entry.span);
            if !self.naming.add_entry(&id, entry) {
                self.coverage.count(&format!("{kind} that a register has"), None, || span);
            }
        }
    }

    /// Reads the text of a letter and what is marked in it.
    fn text<'t>(&mut self, text: Element<'t>, apart: &'t NotesApart<'t>, letter: &mut Letter) {
        let document = &mut letter.document;
        if document.language.is_none() {
            document.language = header::language_of_text(text);
        }
        let slug = document.id.slug.clone();
        let TeiText { plain, notes, mentions, remarks } = text::read(text, apart);
        let notes_of = format_smolstr!("{slug}/notes");
        let mut annotations = Vec::with_capacity(mentions.len() + remarks.len());
        for mention in mentions {
            let letters = self.letters_named(mention.element);
            if letters.is_none() && POINTERS.contains(&mention.element.name()) {
                continue;
            }
            let date = self.date_in_text(mention.element);
            if date.is_none() && mention.element.name() == "date" {
                continue;
            }
            let number = annotations.len();
            let of = if mention.in_note { notes_of.clone() } else { slug.clone() };
            let mut passage = Passage::new(of, mention.range, mention.element.span());
            passage.words = (!mention.words.is_empty()).then_some(mention.words);
            let mut annotation = self.annotation(document, format_smolstr!("m{}", number + 1), passage);
            match (date, letters) {
                (Some(date), _) => {
                    annotation.kind = "date-in-text";
                    annotation.targets.push(AnnotationTarget::Date(Box::new(date)));
                }
                (None, Some(letters)) => {
                    self.letter_mention(mention.element, letters, mention.in_note, &mut annotation);
                }
                (None, None) => self.mention(mention.element, mention.in_note, &mut annotation),
            }
            annotations.push(annotation);
        }
        for (number, remark) in remarks.into_iter().enumerate() {
            let passage = Passage::new(slug.clone(), remark.at..remark.at, remark.element.span());
            let mut annotation = self.annotation(document, format_smolstr!("n{}", number + 1), passage);
            annotation.kind = "note";
            annotation.comment = (!remark.words.is_empty()).then_some(remark.words);
            let resp = remark.element.value("resp");
            let responsible = resp.and_then(|resp| self.naming.responsible(resp, remark.element.span()));
            if resp.is_some() && responsible.is_none() {
                self.coverage.count("note", Some((false, "resp")), || remark.element.span());
            }
            annotation.responsible = responsible.unwrap_or_default();
            annotations.push(annotation);
        }
        // Names within names are no disagreement unless somebody says how sure one is, or whose.
        if annotations.iter().any(|one| one.certainty.is_some() || !one.responsible.is_empty()) {
            identifications::settle(&mut annotations, &self.naming.project.policy);
        }
        let in_notes = annotations.iter().any(|annotation| annotation.passage.text == notes_of);
        letter.notes = (!notes.is_empty() || in_notes).then_some(notes);
        let digest = sha256(plain.as_bytes());
        let has_text = !plain.is_empty() || !annotations.is_empty();
        letter.document.text = has_text.then_some(Text::Here { plain, digest });
        letter.annotations = annotations;
    }

    /// An annotation of which only the place is known.
    fn annotation(&self, document: &Document, name: SmolStr, passage: Passage) -> Annotation {
        Annotation {
            id: (document.id.slug.clone(), name),
            file: self.naming.part.file,
            span: passage.span,
            kind: "mention",
            passage,
            document: Some(document.id.clone()),
            targets: Vec::new(),
            quoted: None,
            source: None,
            certainty: None,
            responsible: Vec::new(),
            chosen: None,
            comment: None,
        }
    }

    /// The date that an element of the text is, by its attributes or as a whole date in words.
    fn date_in_text(&mut self, element: Element<'_>) -> Option<Date> {
        if element.name() != "date" {
            return None;
        }
        let has_attributes = DAYS.iter().any(|day| element.value(day).is_some());
        let date = dating::read(element, self.naming.project, &mut self.diagnostics);
        date.filter(|date| has_attributes || date.edtf.is_some())
    }

    /// Reads what an element names.
    fn mention(&mut self, element: Element<'_>, in_note: bool, annotation: &mut Annotation) {
        annotation.certainty = certainty::certainty(element);
        (annotation.responsible, annotation.comment) = certainty::evidence(element, &mut self.naming);
        let kind = kind_of(element, &self.naming);
        let reference = reference_of(element, &self.naming.project.profile);
        if reference.text.is_empty() {
            annotation.kind = "unidentified-name";
            annotation.targets.push(AnnotationTarget::Unknown(kind));
            return;
        }
        annotation.kind = if in_note { "mention-in-note" } else { "mention" };
        // What a text calls somebody in passing is not a name of his.
        let rank = if element.name() == "rs" { Rank::Passing } else { Rank::Words };
        let words = annotation.passage.words.as_deref().unwrap_or("");
        let name = Name { kind, words, reference, rank, span: annotation.span };
        annotation.targets = self.naming.references_as(name, AnnotationTarget::Known);
        if annotation.targets.is_empty() {
            annotation.targets.push(AnnotationTarget::Unknown(kind));
        }
        if !std::mem::take(&mut self.naming.found_by_name).is_empty() {
            annotation.certainty.get_or_insert(FOUND_BY_NAME);
        }
    }

    /// Reads the entries of a part of a list of letters.
    pub(crate) fn entries_of_list(&mut self, root: Element<'_>, holds: &ListPartKind, edition: &Edition) {
        let ListPartKind::Letters { first, repeated } = holds else { return };
        // As the division counts them: by the name alone, and not those within others.
        let is_entry = |element: &Element<'_>| element.tag() == "correspDesc" && !element.is_in("correspDesc");
        let entries = || root.descendants().filter(is_entry);
        if let Some(foreign) = entries().find(|entry| entry.name().is_empty()).filter(|_| *first == 1) {
            let message = "this correspDesc is not of the namespace of TEI, so it is no letter";
            let help = "the namespace is http://www.tei-c.org/ns/1.0";
            self.diagnostics.push(Diagnostic::new(Code::NoLetter, foreign.span(), message).help(help));
        }
        for (at, entry) in entries().enumerate().filter(|(_, entry)| !entry.name().is_empty()) {
            self.entry(entry, edition, first + at, repeated.binary_search(&(first + at)).is_ok());
        }
    }

    /// Reads one entry of a list of letters; `repeated` says that its address or key cannot be its id.
    fn entry(&mut self, description: Element<'_>, edition: &Edition, number: usize, repeated: bool) {
        let address = description.value("ref").filter(|address| address.contains("://") && !is_placeholder(address));
        let key = description.value("key").filter(|key| !is_placeholder(key));
        let source = description.value("source").map(|source| source.trim_start_matches('#'));
        let by_number = || self.slugs.apart(self.slug, slug_of_number(self.slug, NUMBER, number));
        let slug = match (address, key) {
            _ if repeated => by_number(),
            (Some(address), _) => slug_of_address(address),
            (None, Some(key)) => {
                let source = source.map_or_else(String::new, |source| format!("{}-", short(source)));
                self.slugs.apart(self.slug, slug_of_key(self.slug, NUMBER, &format!("{source}{key}")))
            }
            (None, None) => by_number(),
        };
        let mut document = self.empty(&slug, description.span(), edition);
        let url = address.and_then(|address| Scheme::SAME_AS.identify(address)).map(|url| url.iri);
        // An address that cannot be one on the web is kept as it is written.
        document.identifier = key.or(address.filter(|_| url.is_none())).map(str::to_owned);
        document.urls.extend(url);
        document.part_of = source.and_then(|source| self.part_of(source, description, edition));
        let names = self.correspondence(Some(description), &PathPlaces::description(description), &mut document);
        self.take_up(Letter { document, annotations: Vec::new(), notes: None }, &names);
    }

    /// What a letter is printed in: a `bibl` of the header, or whatever else the reference says.
    fn part_of(&mut self, source: &str, description: Element<'_>, edition: &Edition) -> Option<Reference> {
        let span = description.attribute_span("source");
        if let Some(work) = edition.work(source) {
            return Some(Reference { id: work.clone(), span: description.span() });
        }
        let reference = WrittenReference::pointers(description.value("source")?);
        let name = Name { kind: Kind::Work, words: "", reference, rank: Rank::Id, span };
        self.naming.references(name).into_iter().next()
    }

    fn take_up(&mut self, mut letter: Letter, names: &CorrespondentNames) {
        correspondence::count(&letter, &mut self.coverage);
        self.coverage.paths.extend(&names.paths);
        if let Some(missing) = names.profile {
            self.tally.profile_used(missing, letter.document.span);
        }
        if letter.document.title.text.is_empty() {
            letter.document.title.text = names.title(&letter.document);
        }
        self.letters.push(letter);
    }

    fn correspondence(
        &mut self,
        description: Option<Element<'_>>,
        places: &PathPlaces<'_>,
        document: &mut Document,
    ) -> CorrespondentNames {
        let names = CorrespondentNames::default();
        let Self { sources, naming, diagnostics, tally, siblings, .. } = self;
        let mut reading = Correspondence { sources, naming, diagnostics, tally, siblings, names };
        reading.read(description, places, document);
        reading.names
    }

    fn empty(&self, slug: &str, span: Span, edition: &Edition) -> Document {
        let language = self.naming.project.language.clone();
        let title = Label { text: String::new(), language };
        let mut document = Document::new(Id::new(Kind::Document, slug), self.naming.part.file, span, "letter", title);
        document.licence.clone_from(&edition.licence);
        document.rights.clone_from(&edition.rights);
        document.language.clone_from(&edition.language);
        document
    }
}

/// The descriptions of letters that parts of a text point to, by their ids.
struct DescriptionsById<'t>(HashMap<&'t str, Element<'t>>);

impl<'t> DescriptionsById<'t> {
    fn of(descriptions: &[Element<'t>]) -> Self {
        let by_id =
            descriptions.iter().rev().filter_map(|description| Some((description.xml_attribute("id")?, *description)));
        Self(by_id.collect())
    }

    /// The first description that a part points to, in the order of the header.
    fn of_part(&self, part: Element<'t>) -> Option<Element<'t>> {
        described_by(part).filter_map(|id| self.0.get(id)).min_by_key(|description| description.order()).copied()
    }
}

/// The ids of what describes a part of a text. TEI P5 Guidelines, att.global.linking and att.declaring.
fn described_by(part: Element<'_>) -> impl Iterator<Item = &str> {
    let pointers = ["corresp", "decls"].into_iter().filter_map(move |name| part.value(name));
    pointers.flat_map(str::split_whitespace).filter_map(|pointer| pointer.strip_prefix('#'))
}

/// The one part of a text that points to the description of the one letter of its file: what stands around it is not of
/// the letter.
fn only_part<'t>(text: Element<'t>, description: Element<'_>) -> Option<Element<'t>> {
    let id = description.id()?;
    let points = |part: &Element<'t>| {
        let pointers = ["corresp", "decls"].into_iter().filter_map(|name| part.unmarked(name));
        pointers.flat_map(str::split_whitespace).any(|pointer| pointer.strip_prefix('#') == Some(id))
    };
    let mut parts = text.descendants().filter(|part| part.name().starts_with("div") && points(part));
    parts.next().filter(|_| parts.next().is_none())
}

/// The id of a source as it stands in the ids of its letters: long ones, as programs make them, by their beginning.
fn short(source: &str) -> String {
    if source.len() <= 24 { source.to_owned() } else { sha256(source.as_bytes())[..8].to_owned() }
}

/// The most letters that have one part of a text in common.
const SHARED: usize = 8;

/// The id of an element that is a part of a text, so that a reference to it names nobody.
fn part_of_text(element: Element<'_>) -> Option<&str> {
    let is_part = matches!(
        element.name(),
        "note" | "p" | "ab" | "div" | "seg" | "head" | "l" | "lg" | "lb" | "pb" | "anchor" | "hi" | "figure" | "date"
    );
    if is_part { element.id() } else { None }
}
