//! The `teiHeader`: what a file says of all its letters, and what it says of one.

use crate::input::letters::reader::LetterReader;
use crate::input::naming::names::{Name, People, Person, identify, slug_of_id};
use crate::input::naming::things::Rank;
use crate::input::tei::description;
use crate::input::tei::named_element::reference_of;
use crate::input::tei::prefix::Prefixes;
use crate::input::xml::Element;
use crate::model::{Document, Id, Kind, Publication, Reference, Scheme, TermsOfUse};
use crate::project::language_tag;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
            let words = bibl.mark_used().words();
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
            let part = |name: &str| {
                let found = identifier.children_named(name).find(|part| !part.plain_words().is_empty())?;
                Some((found, found.words()))
            };
            let words = |name| part(name).map(|(_, words)| words);
            let keeper = part("repository").or_else(|| part("institution"));
            let settlement = words("settlement");
            let place = settlement.clone().filter(|_| keeper.is_none());
            let shelfmark: Vec<String> =
                [place, words("collection"), shelfmark(identifier)].into_iter().flatten().collect();
            document.shelfmark = (!shelfmark.is_empty()).then(|| shelfmark.join(", "));
            if let Some((element, words)) = keeper {
                let reference = reference_of(element, &self.naming.project.profile);
                let words = [Some(words), settlement].into_iter().flatten().collect::<Vec<_>>().join(", ");
                let span = element.span();
                let name = Name { kind: Kind::Organisation, words: &words, reference, rank: Rank::Name, span };
                document.repository = self.naming.references(name).into_iter().next();
            }
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

/// The mark that a letter has where it is kept: the `idno` that says so, or the first.
fn shelfmark(identifier: Element<'_>) -> Option<String> {
    let says = |idno: &Element<'_>| {
        let kind = idno.value("type").unwrap_or("").to_ascii_lowercase();
        ["shelf", "signatur", "call", "cote"].iter().any(|word| kind.contains(word))
    };
    let all = || identifier.children_named("idno").filter(|idno| !idno.plain_words().is_empty());
    all().find(says).or_else(|| all().next()).map(Element::words)
}

/// Under which terms a register says that it can be used.
pub(crate) fn terms_of_use(root: Element<'_>) -> Option<TermsOfUse> {
    let file = root.child("teiHeader")?.child("fileDesc")?;
    let mut edition = Edition::default();
    read_licence(file.child("publicationStmt")?, &mut edition);
    edition.licence.map(TermsOfUse::Licence).or(edition.rights.map(TermsOfUse::Words))
}

fn read_licence(publication: Element<'_>, edition: &mut Edition) {
    let Some(availability) = publication.child("availability") else { return };
    let licence = availability.child("licence");
    let address =
        licence.and_then(|licence| licence.value("target")).and_then(|target| Scheme::SAME_AS.identify(target));
    if let Some(address) = address {
        edition.licence = Some(address.iri);
        return;
    }
    let words = licence.unwrap_or(availability).words();
    let target = licence.and_then(|licence| licence.value("target")).map(str::to_owned);
    let words = [target, Some(words).filter(|words| !words.is_empty())];
    let words: Vec<String> = words.into_iter().flatten().collect();
    edition.rights = (!words.is_empty()).then(|| words.join(", ")).or(edition.rights.take());
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

/// The language of the letters: the one that is named, or of several the one that is used most.
fn language(header: Element<'_>) -> Option<String> {
    let languages = || header.descendants().filter(|element| element.name() == "language");
    let usage = |language: &Element<'_>| language.value("usage").and_then(|usage| usage.parse::<u8>().ok());
    let language = if languages().nth(1).is_none() {
        languages().next()?
    } else {
        let most = languages().max_by_key(usage).filter(|most| usage(most).is_some())?;
        let equal = languages().filter(|language| usage(language) == usage(&most)).count();
        (equal == 1).then_some(most)?
    };
    language.mark_parents_used().value("ident").and_then(language_tag)
}
