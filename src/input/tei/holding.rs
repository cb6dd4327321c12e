//! Where the thing is kept that a letter is written on: TEI P5, `msIdentifier`, to the repository and its shelf mark.

use crate::input::letters::reader::LetterReader;
use crate::input::naming::names::{Name, is_placeholder};
use crate::input::naming::things::Rank;
use crate::input::tei::named_element::reference_of;
use crate::input::xml::Element;
use crate::model::{Document, Kind, Scheme};

/// What types of `idno` have in them that say that it is the mark under which the thing is kept.
const SHELF_MARKS: [&str; 8] = ["shelf", "signatur", "segnatur", "sygnatur", "signatuur", "call", "cote", "inventar"];
/// What types of `idno` have in them that say that it is the number or address of something else.
const OTHER_NUMBERS: [&str; 10] =
    ["regist", "regest", "catalog", "edition", "letter", "uri", "url", "doi", "handle", "portrait"];

impl LetterReader<'_> {
    /// Reads who keeps a letter, under which mark, and at which address it can be seen.
    pub(super) fn holding(&mut self, identifier: Element<'_>, document: &mut Document) {
        let profile = &self.naming.project.profile;
        let part = |name: &str| {
            let said = |part: &Element<'_>| !is_placeholder(&part.plain_words());
            Some(identifier.children_named(name).find(said)?.words())
        };
        let keeper = ["repository", "institution"].into_iter().find_map(|name| {
            let names_one = |part: &Element<'_>| {
                !is_placeholder(&part.plain_words()) || part.is_empty() && !reference_of(*part, profile).text.is_empty()
            };
            identifier.children_named(name).find(names_one)
        });
        let settlement = part("settlement");
        let place = settlement.clone().filter(|_| keeper.is_none());
        let shelf_mark: Vec<String> =
            [place, part("collection"), shelf_mark(identifier)].into_iter().flatten().collect();
        document.shelfmark = (!shelf_mark.is_empty()).then(|| shelf_mark.join(", "));
        for idno in identifier.children_named("idno") {
            if let Some(address) = Scheme::SAME_AS.identify(&idno.plain_words()) {
                idno.mark_used();
                document.urls.push(address.iri);
            }
        }
        let Some(keeper) = keeper else { return };
        let words = Some(keeper.mark_used().words()).filter(|words| !words.is_empty());
        let settlement = settlement.filter(|_| words.is_some());
        let words = words.into_iter().chain(settlement).collect::<Vec<_>>().join(", ");
        let reference = reference_of(keeper, profile);
        let name = Name { kind: Kind::Organisation, words: &words, reference, rank: Rank::Name, span: keeper.span() };
        document.repository = self.naming.references(name).into_iter().next();
    }
}

/// The mark that a letter has where it is kept: the `idno` that says so, or one that says nothing, or of the others the first
/// that is no number or address of something else.
fn shelf_mark(identifier: Element<'_>) -> Option<String> {
    let kind = |idno: Element<'_>| {
        ["type", "subtype"].into_iter().find_map(|name| idno.value(name)).unwrap_or_default().to_lowercase()
    };
    let is_mark = |idno: &Element<'_>| {
        let words = idno.plain_words();
        !is_placeholder(&words) && !words.contains("://")
    };
    let says = |words: &[&str], idno: Element<'_>| words.iter().any(|word| kind(idno).contains(word));
    let all = || identifier.children_named("idno");
    // Where the mark has its place and that is empty, it is not known.
    if all().any(|idno| says(&SHELF_MARKS, idno)) {
        return all().find(|idno| says(&SHELF_MARKS, *idno) && is_mark(idno)).map(Element::words);
    }
    let untyped = all().find(|idno| idno.value("type").is_none() && is_mark(idno));
    untyped.or_else(|| all().find(|idno| !says(&OTHER_NUMBERS, *idno) && is_mark(idno))).map(Element::words)
}
