//! The `teiHeader`: what a file says of all its letters, and what it says of one.

use crate::input::letters::reader::LetterReader;
use crate::input::naming::names::{Name, identify, slug_of_id};
use crate::input::naming::people::{People, Person};
use crate::input::naming::things::Rank;
use crate::input::naming::written_ids::is_web_address;
use crate::input::tei::description;
use crate::input::tei::divisions::{Division, Divisions};
use crate::input::tei::named_element::reference_of;
use crate::input::tei::prefix::Prefixes;
use crate::input::xml::{Element, Step};
use crate::model::{Document, Id, Kind, Publication, Reference, Scheme, TermsOfUse};
use crate::project::language_tag;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

/// What the header of a file says of all its letters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edition {
    pub(crate) licence: Option<String>,
    /// A licence in words.
    pub(crate) rights: Option<String>,
    /// By the id of a `bibl`: the edition that letters are printed in.
    works: Option<Arc<HashMap<String, Id>>>,
    /// Those of the header around this one.
    works_around: Option<Arc<HashMap<String, Id>>>,
    pub(crate) prefixes: Prefixes,
    pub(crate) language: Option<String>,
    /// Those that the headers of the file say to be responsible for it, by their ids.
    pub(crate) people: Arc<People>,
}

impl Edition {
    /// The edition with this id, which letters are printed in.
    pub(crate) fn work(&self, id: &str) -> Option<&Id> {
        [&self.works, &self.works_around].into_iter().flatten().find_map(|works| works.get(id))
    }
}

impl LetterReader<'_> {
    /// Reads what a header says of all letters of a file; what it does not say holds as the header around it says it.
    pub(crate) fn edition(&mut self, header: Element<'_>, around: &Edition) -> Edition {
        let prefixes = Prefixes::of(header.mark_used()).with(&around.prefixes);
        let (works, works_around) = (None, around.works.clone());
        let mut edition = Edition { prefixes, works, works_around, ..around.clone() };
        let mut works = HashMap::new();
        self.naming.use_prefixes(&edition.prefixes);
        let file = header.child("fileDesc");
        if let Some(publication) = file.and_then(|file| file.child("publicationStmt")) {
            read_licence(publication, &mut edition);
            self.publication = self.publication.take().or(read_publication(publication));
        }
        if let Some(statement) = file.and_then(|file| file.child("titleStmt")) {
            self.people(statement);
        }
        edition.language = language(header).or(edition.language);
        let source = file.and_then(|file| file.child("sourceDesc"));
        for bibl in source.into_iter().flat_map(Element::descendants).filter(|element| element.name() == "bibl") {
            let Some(id) = bibl.xml_attribute("id") else { continue };
            let words = words_without_addresses(bibl);
            let address = bibl.descendants().find_map(|part| part.value("target")).and_then(identify);
            let slug = slug_of_id(Some(self.slug), id);
            let work = self.naming.work(slug, &words, address, bibl.span());
            works.insert(id.to_owned(), work);
        }
        edition.works = (!works.is_empty()).then(|| Arc::new(works));
        edition
    }

    /// Those that a header says to be responsible for the file, besides those of headers before.
    fn people(&mut self, statement: Element<'_>) {
        const ROLES: [&str; 4] = ["respStmt", "editor", "principal", "author"];
        const NAMES: [&str; 3] = ["persName", "orgName", "name"];
        let with_id = |element: &Element<'_>| ROLES.contains(&element.name()) || NAMES.contains(&element.name());
        let people = Arc::get_mut(&mut self.naming.people).expect("headers are read before others know whom they name");
        for element in statement.descendants().filter(with_id) {
            let Some(id) = element.xml_attribute("id") else { continue };
            let named = element.children().find(|child| NAMES.contains(&child.name())).unwrap_or(element);
            let kind = if named.name() == "orgName" { Kind::Organisation } else { Kind::Person };
            let (words, span) = (named.mark_parents_used().words(), named.span());
            let reference = named.value("ref").unwrap_or_default().to_owned();
            if !words.is_empty() {
                let (element, taken) = (named.name().to_owned(), AtomicBool::new(false));
                people.0.insert(id.to_owned(), Person { kind, element, words, reference, span, taken });
            }
        }
    }

    /// What the header of a letter says of it.
    pub(crate) fn header(&mut self, header: Element<'_>, document: &mut Document) {
        let file = header.child("fileDesc");
        if let Some(statement) = file.and_then(|file| file.child("titleStmt")) {
            title(statement, document);
            for editor in statement.children_named("editor") {
                let is_name = |child: &Element<'_>| matches!(child.name(), "persName" | "orgName" | "name" | "rs");
                let names: Vec<Element<'_>> = editor.children().filter(is_name).collect();
                for name in if names.is_empty() { vec![editor] } else { names } {
                    let editors = self.name(name.mark_parents_used(), Kind::Person);
                    document.editors.extend(editors);
                    for person in [editor, name].iter().filter_map(|named| self.naming.people.0.get(named.id()?)) {
                        person.taken.store(true, Relaxed);
                    }
                }
            }
        }
        if let Some(source) = file.and_then(|file| file.child("sourceDesc")) {
            self.source(source, document);
        }
        description::header(header, document);
    }

    /// Where a letter is kept, and what it is printed in.
    fn source(&mut self, source: Element<'_>, document: &mut Document) {
        let identifier = source.descendants().find(|element| element.name() == "msIdentifier");
        if let Some(identifier) = identifier.map(Element::mark_parents_used) {
            self.holding(identifier, document);
        }
        let is_bibl = |child: &Element<'_>| matches!(child.name(), "bibl" | "biblFull" | "biblStruct" | "p");
        let bibl = source.children().find(is_bibl);
        let words = bibl.map(Element::words).unwrap_or_default();
        document.citation = (!words.is_empty()).then_some(words);
    }

    fn name(&mut self, element: Element<'_>, kind: Kind) -> Vec<Reference> {
        let words = element.words();
        let reference = reference_of(element, &self.naming.project.profile);
        self.naming.references(Name { kind, words: &words, reference, rank: Rank::Name, span: element.span() })
    }
}

/// The words of an element but for those of the references in it that are the address to which these lead.
fn words_without_addresses(element: Element<'_>) -> String {
    let is_address = |part: Element<'_>| {
        part.name() == "ref" && part.unmarked("target").is_some() && is_web_address(&part.plain_words())
    };
    element.mark_used();
    if !element.descendants().any(is_address) {
        return element.words();
    }
    let (mut words, mut address) = (String::new(), None);
    for step in element.walk() {
        match step {
            Step::Enter(part) => {
                part.mark_used();
                if address.is_none() && is_address(part) {
                    address = Some(part);
                }
                if !matches!(part.name(), "hi" | "emph" | "c" | "seg") {
                    words.push(' ');
                }
            }
            Step::Leave(part) => address = address.filter(|address| *address != part),
            Step::Words(text) if address.is_none() => words.push_str(text),
            Step::Words(_) => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The title: that of the letter itself, or the main one, or the first.
fn title(statement: Element<'_>, document: &mut Document) {
    let titles = || statement.children_named("title").filter(|title| !title.plain_words().is_empty());
    let own = || titles().find(|title| title.value("level") == Some("a"));
    let main = || titles().find(|title| title.value("type") == Some("main"));
    if let Some(title) = own().or_else(main).or_else(|| titles().next()) {
        document.title.text = title.words();
        if let Some(tag) = title.language().and_then(language_tag) {
            document.title.language = tag;
        }
    }
}

/// Under which terms a register says that it can be used.
pub(crate) fn terms_of_use(root: Element<'_>) -> Option<TermsOfUse> {
    let file = root.child("teiHeader")?.child("fileDesc")?;
    let mut edition = Edition::default();
    read_licence(file.child("publicationStmt")?, &mut edition);
    edition.licence.map(TermsOfUse::Licence).or(edition.rights.map(TermsOfUse::Words))
}

fn read_licence(publication: Element<'_>, edition: &mut Edition) {
    let availability = publication.child("availability");
    let licence = availability.and_then(|availability| availability.child("licence"));
    let target = licence.and_then(|licence| licence.value("target"));
    if let Some(address) = target.and_then(|target| Scheme::SAME_AS.identify(target)) {
        edition.licence = Some(address.iri);
        return;
    }
    edition.licence = licence_of_pointers(publication).or(edition.licence.take());
    let words = licence.or(availability).map(Element::words).unwrap_or_default();
    let words = [target.map(str::to_owned), Some(words).filter(|words| !words.is_empty())];
    let words: Vec<String> = words.into_iter().flatten().collect();
    edition.rights = (!words.is_empty()).then(|| words.join(", ")).or(edition.rights.take());
}

/// The licence that a pointer leads to, in the statement or in what it says of availability; nothing where it leads to several.
fn licence_of_pointers(publication: Element<'_>) -> Option<String> {
    let around =
        || publication.children().chain(publication.children_named("availability").flat_map(Element::descendants));
    let pointers = || around().filter(|element| matches!(element.name(), "ptr" | "ref"));
    let address = |pointer: Element<'_>| {
        Some(Scheme::SAME_AS.identify(pointer.unmarked("target")?)?.iri).filter(|address| is_licence(address))
    };
    let first = pointers().find_map(address)?;
    let is_other = |pointer: Element<'_>| address(pointer).is_some_and(|address| address != first);
    if pointers().any(is_other) {
        return None;
    }
    pointers().filter(|pointer| address(*pointer).is_some()).for_each(|pointer| {
        pointer.mark_parents_used().value("target");
    });
    Some(first)
}

/// Whether an address is one of a licence that has an address for everybody.
fn is_licence(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest.trim_start_matches("www."));
    [
        "creativecommons.org/licenses/",
        "creativecommons.org/publicdomain/",
        "rightsstatements.org/vocab/",
        "rightsstatements.org/page/",
    ]
    .iter()
    .any(|start| rest.starts_with(start))
}

fn read_publication(statement: Element<'_>) -> Option<Publication> {
    let all = |names: &[&str]| -> Vec<String> {
        let named = statement.children().filter(|child| names.contains(&child.name()));
        named.map(Element::words).filter(|words| !words.is_empty()).collect()
    };
    let publication = Publication {
        publishers: all(&["publisher", "distributor", "authority"]),
        places: all(&["pubPlace"]),
        dates: statement.children_named("date").filter_map(date).collect(),
    };
    let said = [&publication.publishers, &publication.places, &publication.dates].iter().any(|list| !list.is_empty());
    said.then_some(publication)
}

/// A date of publication as it is written, or as its attribute has it.
fn date(element: Element<'_>) -> Option<String> {
    let when = element.value("when").map(str::to_owned);
    when.or_else(|| Some(element.words())).filter(|date| !date.is_empty()).inspect(|_| _ = element.mark_used())
}

/// The language of the letters: the one that is named, or of several the one that is used most, in whatever unit the header
/// counts (TEI P5 has per cent, editions also per mille and numbers of words).
fn language(header: Element<'_>) -> Option<String> {
    let languages = || header.descendants().filter(|element| element.name() == "language");
    let usage = |language: Element<'_>| {
        let usage = language.value("usage")?.trim_end_matches('%').trim_end().parse::<f64>().ok();
        usage.filter(|usage| usage.is_finite() && *usage > 0.0)
    };
    let language = if languages().nth(1).is_none() {
        languages().next()?
    } else {
        let most = languages().filter_map(usage).max_by(f64::total_cmp)?;
        let mut used_most = languages().filter(|language| usage(*language) == Some(most));
        used_most.next().filter(|_| used_most.next().is_none())?
    };
    language.mark_parents_used().value("ident").and_then(language_tag)
}

/// The language of a text: that of the element itself, of its body, or of the one division of the letter there, else of
/// what is around.
pub(super) fn language_of_text(text: Element<'_>) -> Option<String> {
    let own = |element: Element<'_>| {
        element.xml_attribute("lang").and_then(language_tag).inspect(|_| _ = element.mark_used())
    };
    let body = text.children_named("body").next();
    let mut kinds = Divisions::default();
    let parts = body.into_iter().flat_map(|body| body.children_named("div"));
    let mut parts = parts.filter(|part| kinds.of(*part) == Division::OfLetter);
    let division = parts.next().filter(|_| parts.next().is_none());
    [Some(text), body, division].into_iter().flatten().find_map(own).or_else(|| text.language().and_then(language_tag))
}
