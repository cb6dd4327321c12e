//! TEI letters: a header with `correspDesc` and, mostly, the text; and the entries of CMIF, which have no text.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Annotation, Concept, Document, Id, Kind, Label, Letter, Passage, Reference, Scheme, Target, Text};
use crate::project::language_tag;
use crate::read::correspondence::{self, Correspondence, Names};
use crate::read::coverage::Coverage;
use crate::read::naming::{Name, Naming, Rank, identify, is_placeholder, slug_of_address, slug_of_id};
use crate::read::register;
use crate::read::tei_text::{self, TeiText};
use crate::read::xml::Element;
use crate::source::{Span, sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// What the header of a file says of all its letters.
#[derive(Debug, Default)]
pub(super) struct Edition {
    pub(super) licence: Option<String>,
    /// By the id of a `bibl`: the edition that letters are printed in.
    pub(super) works: HashMap<String, Id>,
    pub(super) prefixes: Vec<(String, String)>,
}

/// What is read of letters.
pub(super) struct Letters<'n, 'a> {
    pub(super) naming: &'n mut Naming<'a>,
    pub(super) diagnostics: &'n mut Diagnostics,
    pub(super) coverage: &'n mut Coverage,
    pub(super) stems: &'a HashMap<String, String>,
    /// The slug of the file.
    pub(super) slug: &'a str,
    pub(super) letters: Vec<Letter>,
}

impl Letters<'_, '_> {
    /// Reads what a header says of all letters of a file.
    pub(super) fn edition(&mut self, header: Element<'_>) -> Edition {
        let mut edition = Edition::default();
        let file = header.mark_used().child("fileDesc");
        let publication = file.and_then(|file| file.child("publicationStmt"));
        let licence = publication.and_then(|publication| publication.path(&["availability", "licence"]));
        edition.licence = licence
            .and_then(|licence| licence.value("target"))
            .and_then(|target| Scheme::SAME_AS.identify(target))
            .map(|identifier| identifier.iri);
        for definition in header.descendants().filter(|element| element.name() == "prefixDef") {
            let definition = definition.mark_used();
            let pattern = definition.value("ident").zip(definition.value("replacementPattern"));
            edition.prefixes.extend(pattern.map(|(prefix, pattern)| (prefix.to_owned(), pattern.to_owned())));
        }
        self.naming.prefixes.clone_from(&edition.prefixes);
        let source = file.and_then(|file| file.child("sourceDesc"));
        for bibl in source.into_iter().flat_map(Element::descendants).filter(|element| element.name() == "bibl") {
            let Some(id) = bibl.xml_attribute("id") else { continue };
            let words = bibl.mark_used().words();
            let address = bibl.descendants().find_map(|part| part.value("target")).and_then(identify);
            let slug = slug_of_id(Some(self.slug), id);
            let work = self.naming.work(slug, &words, address, bibl.span());
            edition.works.insert(id.to_owned(), work);
        }
        edition
    }

    /// Reads every letter of a file that has a text of its own for each.
    pub(super) fn file(&mut self, root: Element<'_>) {
        let members: Vec<Element<'_>> = std::iter::once(root)
            .chain(root.descendants())
            .filter(|element| element.name() == "TEI" && element.children_named("teiHeader").next().is_some())
            .collect();
        if members.is_empty() {
            let message = format!("this is no TEI document: its outermost element is \"{}\"", root.tag());
            let help = "TEI letters have an element TEI of the namespace http://www.tei-c.org/ns/1.0 with a teiHeader";
            self.diagnostics.push(Diagnostic::new(Code::NoLetter, root.span(), message).help(help));
            return;
        }
        root.mark_used();
        let alone = members.len() == 1;
        for (number, member) in members.into_iter().enumerate() {
            let slug = match (alone, member.xml_attribute("id")) {
                (true, _) => self.slug.to_owned(),
                (false, Some(id)) => slug_of_id(Some(self.slug), id),
                (false, None) => format!("{}-{}", self.slug, number + 1),
            };
            self.member(member.mark_used(), &slug);
        }
    }

    fn member(&mut self, member: Element<'_>, slug: &str) {
        let header = member.child("teiHeader").expect("a member was chosen for its header");
        let edition = self.edition(header);
        self.entries(member);
        let descriptions: Vec<Element<'_>> =
            header.descendants().filter(|element| element.name() == "correspDesc").collect();
        if descriptions.len() > 1 {
            for (number, description) in descriptions.into_iter().enumerate() {
                self.entry(description.mark_parents_used(), &edition, number + 1, true);
            }
            return;
        }
        let description = descriptions.first().map(|description| description.mark_parents_used());
        let span = description.unwrap_or(header).span();
        let mut document = self.empty(slug, span);
        let names = self.correspondence(description, header, &mut document);
        if description.is_none() && document.actions.is_empty() {
            let message = "this file has no correspDesc, so it is no letter";
            let help = "if it says elsewhere who wrote to whom, say where in the section [tei] of regesta.toml; if it is a \
                        register, name it under registers";
            self.diagnostics.push(Diagnostic::new(Code::NoLetter, header.span(), message).help(help));
            return;
        }
        document.identifier = member.xml_attribute("id").map(str::to_owned);
        self.header(header, &edition, &mut document);
        let mut letter = Letter { document, annotations: Vec::new(), notes: None };
        if let Some(text) = member.child("text") {
            self.text(text, &mut letter);
        }
        self.finish(letter, &names);
    }

    /// Takes up the entries of lists in the file itself, except those that a register of the corpus has.
    fn entries(&mut self, member: Element<'_>) {
        for (id, entry) in register::read(member, self.naming.project, self.naming.file, self.diagnostics) {
            self.naming.add_entry(&id, entry);
        }
    }

    /// Reads the text of a letter and what is marked in it.
    fn text(&mut self, text: Element<'_>, letter: &mut Letter) {
        let document = &mut letter.document;
        if document.language.is_none() {
            document.language = text.language().and_then(language_tag);
        }
        let slug = document.id.slug.clone();
        let whole = document.id.clone();
        let Some(body) = text.child("body") else { return };
        let TeiText { plain, notes, mentions, remarks } = tei_text::read(body);
        let annotation = |name: String, kind: Concept, passage: Passage, span: Span| Annotation {
            id: (slug.clone(), name),
            file: self.naming.file,
            span,
            kind,
            passage,
            document: Some(whole.clone()),
            targets: Vec::new(),
            quoted: None,
            source: None,
            certainty: None,
            responsible: Vec::new(),
            comment: None,
        };
        let notes_of: Arc<str> = format!("{slug}/notes").into();
        let mut annotations = Vec::with_capacity(mentions.len() + remarks.len());
        for (number, mention) in mentions.into_iter().enumerate() {
            let span = mention.element.span();
            let of = if mention.in_note { notes_of.clone() } else { slug.clone() };
            let mut passage = Passage::new(of, mention.range, span);
            passage.words = (!mention.words.is_empty()).then_some(mention.words);
            let kind = if mention.in_note { "mention-in-note" } else { "mention" };
            let mut annotation = annotation(format!("m{}", number + 1), kind, passage, span);
            annotation.certainty = correspondence::certainty(mention.element);
            annotation.comment = correspondence::evidence(mention.element);
            annotations.push((annotation, mention.element));
        }
        let mut remarked = Vec::with_capacity(remarks.len());
        for (number, remark) in remarks.into_iter().enumerate() {
            let span = remark.element.span();
            let passage = Passage::new(slug.clone(), remark.at..remark.at, span);
            let mut annotation = annotation(format!("n{}", number + 1), "note", passage, span);
            annotation.comment = (!remark.words.is_empty()).then_some(remark.words);
            remarked.push(annotation);
        }
        for (annotation, element) in &mut annotations {
            let kind = correspondence::kind_of(*element, self.naming);
            let (reference, whole) = correspondence::reference_of(*element);
            // What a text calls somebody in passing is not a name of his.
            let words = if element.name() == "rs" { "" } else { annotation.passage.words.as_deref().unwrap_or("") };
            let name = Name { kind, words, reference, whole, rank: Rank::Words, span: annotation.span };
            let found = self.naming.references(name);
            annotation.targets = found.into_iter().map(Target::Known).collect();
            if annotation.targets.is_empty() {
                annotation.targets.push(Target::Unknown(kind));
            }
        }
        letter.annotations = annotations.into_iter().map(|(annotation, _)| annotation).chain(remarked).collect();
        letter.notes = (!notes.is_empty()).then_some(notes);
        let digest = sha256(plain.as_bytes());
        letter.document.text = (!plain.is_empty()).then_some(Text::Here { plain, digest });
    }

    /// What the header of one letter says of it.
    fn header(&mut self, header: Element<'_>, edition: &Edition, document: &mut Document) {
        let file = header.child("fileDesc");
        if let Some(statement) = file.and_then(|file| file.child("titleStmt")) {
            let titles: Vec<Element<'_>> = statement.children_named("title").collect();
            let level = |level: &str| titles.iter().find(|title| title.value("level") == Some(level));
            let main = || titles.iter().find(|title| title.value("type") == Some("main"));
            if let Some(title) = level("a").or_else(main).or(titles.first()) {
                document.title.text = title.words();
                if let Some(tag) = title.language().and_then(language_tag) {
                    document.title.language = tag;
                }
            }
            for editor in statement.children_named("editor") {
                let names: Vec<Element<'_>> = editor.children().collect();
                let names = if names.is_empty() { vec![editor] } else { names };
                editor.mark_used();
                for name in names {
                    let editors = self.name(name, Kind::Person);
                    document.editors.extend(editors);
                }
            }
        }
        document.licence.clone_from(&edition.licence);
        let source = file.and_then(|file| file.child("sourceDesc"));
        if let Some(source) = source {
            self.source(source, document);
        }
        let languages: Vec<Element<'_>> = header.descendants().filter(|element| element.name() == "language").collect();
        if let [language] = languages.as_slice() {
            document.language = language.mark_parents_used().value("ident").and_then(language_tag);
        }
    }

    /// Where a letter is kept, or what it is printed in.
    fn source(&mut self, source: Element<'_>, document: &mut Document) {
        let identifier = source.descendants().find(|element| element.name() == "msIdentifier");
        if let Some(identifier) = identifier.map(Element::mark_parents_used) {
            let part = |name: &str| {
                identifier.child(name).map(|part| (part, part.words())).filter(|(_, words)| !words.is_empty())
            };
            document.shelfmark = part("idno").map(|(_, words)| words);
            let keeper = part("repository").or_else(|| part("institution"));
            let place = part("settlement").map_or_else(String::new, |(_, words)| format!(", {words}"));
            if let Some((element, words)) = keeper {
                let (reference, whole) = correspondence::reference_of(element);
                let words = format!("{words}{place}");
                let span = element.span();
                let name = Name { kind: Kind::Organisation, words: &words, reference, whole, rank: Rank::Name, span };
                document.repository = self.naming.references(name).into_iter().next();
            }
            return;
        }
        let bibl = source.children().find(|child| matches!(child.name(), "bibl" | "biblFull" | "biblStruct" | "p"));
        let words = bibl.map(Element::words).unwrap_or_default();
        document.citation = (!words.is_empty()).then_some(words);
    }

    fn name(&mut self, element: Element<'_>, kind: Kind) -> Vec<Reference> {
        let words = element.words();
        let (reference, whole) = correspondence::reference_of(element);
        self.naming.references(Name { kind, words: &words, reference, whole, rank: Rank::Name, span: element.span() })
    }

    /// Reads one entry of a list of letters; `repeated` says that its address or key cannot be its id.
    pub(super) fn entry(&mut self, description: Element<'_>, edition: &Edition, number: usize, repeated: bool) {
        let address = description.value("ref").filter(|address| address.contains("://"));
        let key = description.value("key").filter(|key| !is_placeholder(key));
        let source = description.value("source").map(|source| source.trim_start_matches('#'));
        let slug = match (address, key) {
            _ if repeated => format!("{}-n{number}", self.slug),
            (Some(address), _) => slug_of_address(address),
            (None, Some(key)) => {
                let source = source.map_or_else(String::new, |source| format!("{}-", short(source)));
                slug_of_id(Some(self.slug), &format!("{source}{key}"))
            }
            (None, None) => format!("{}-n{number}", self.slug),
        };
        let mut document = self.empty(&slug, description.span());
        document.identifier = key.map(str::to_owned);
        document.urls.extend(address.and_then(|address| Scheme::SAME_AS.identify(address)).map(|url| url.iri));
        document.licence.clone_from(&edition.licence);
        if let Some(work) = source.and_then(|source| edition.works.get(source)) {
            document.part_of = Some(Reference { id: work.clone(), span: description.span() });
        }
        let names = self.correspondence(Some(description), description, &mut document);
        self.finish(Letter { document, annotations: Vec::new(), notes: None }, &names);
    }

    fn finish(&mut self, mut letter: Letter, names: &Names) {
        correspondence::count(&letter.document, self.coverage);
        if letter.document.title.text.is_empty() {
            letter.document.title.text = names.title(&letter.document);
        }
        self.letters.push(letter);
    }

    fn correspondence(
        &mut self,
        description: Option<Element<'_>>,
        header: Element<'_>,
        document: &mut Document,
    ) -> Names {
        let names = Names::default();
        let mut reading =
            Correspondence { naming: self.naming, diagnostics: self.diagnostics, stems: self.stems, names };
        reading.read(description, header, document);
        reading.names
    }

    fn empty(&self, slug: &str, span: Span) -> Document {
        let language = self.naming.project.language.clone();
        let title = Label { text: String::new(), language };
        Document::new(Id::new(Kind::Document, slug), self.naming.file, span, "letter", title)
    }
}

/// The id of a source as it stands in the ids of its letters: long ones, as programs make them, by their beginning.
fn short(source: &str) -> String {
    if source.len() <= 24 { source.to_owned() } else { sha256(source.as_bytes())[..8].to_owned() }
}
