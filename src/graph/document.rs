//! Documents: what they are, whose they are, what was done with them, and where their text is.

use crate::graph::Iris;
use crate::graph::annotation::Passages;
use crate::graph::emitter::{Emitter, NodeWriter};
use crate::model::{Action, ConceptList, Date, Document, Party, Passage, Precision, Text, weakest};
use crate::vocabulary::{dct, prov, rdf, rg, rico, schema};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNode, NamedNodeRef};
use smol_str::SmolStr;

/// Describes one document, its actions and its text.
pub(super) fn describe(document: &Document, emitter: &mut Emitter<'_>) {
    let span = Some(document.span);
    let iri = emitter.iris.thing(&document.id);
    let mut node = emitter.node(iri.clone(), span);
    let message = ConceptList::MESSAGES.contains(&document.kind);
    node.iri(rdf::TYPE, if message { schema::MESSAGE } else { schema::CREATIVE_WORK });
    node.label(&document.title);
    node.concept(dct::TYPE, document.kind);
    for language in document.language.iter().chain(&document.further_languages) {
        node.text(schema::IN_LANGUAGE, language);
    }
    parties(document, &mut node);
    shortcut_dates(document, &mut node);
    relations(document, &mut node);
    holding(document, &mut node);
    if let Some(summary) = &document.summary {
        node.text(schema::ABSTRACT, summary);
    }
    document.keywords.iter().for_each(|keyword| node.text(schema::KEYWORDS, keyword));
    if let Some(physical) = &document.physical {
        node.text(rico::PHYSICAL_CHARACTERISTICS_NOTE, physical);
    }
    node.note(document.note.as_deref());
    qualified_parties(document, emitter);
    actions(document, &iri, emitter);
    text(document, &iri, emitter);
}

/// Those who have to do with a document, with the property that says how, and its name.
fn roles(document: &Document) -> [(NamedNodeRef<'static>, &'static str, Parties<'_>); 7] {
    let all = |parties| Parties { actions: &[], parties };
    let translated = document.translation_of.as_slice();
    [
        (schema::AUTHOR, "author", all(&document.authors)),
        (schema::SENDER, "sender", Parties { actions: &document.actions, parties: &[] }),
        (schema::RECIPIENT, "recipient", all(&document.recipients)),
        (schema::CC_RECIPIENT, "cc-recipient", all(&document.copy_recipients)),
        (schema::PUBLISHER, "publisher", all(&document.publishers)),
        (schema::TRANSLATOR, "translator", all(&document.translators)),
        (schema::TRANSLATION_OF_WORK, "original", all(translated)),
    ]
}

/// The parties of a role: a list of the document, or those who carried out its actions of sending.
#[derive(Clone, Copy)]
struct Parties<'a> {
    actions: &'a [Action],
    parties: &'a [Party],
}

impl<'a> Parties<'a> {
    fn iter(self) -> impl Iterator<Item = &'a Party> {
        let sent = self.actions.iter().filter(|action| action.kind == "sent");
        sent.flat_map(|action| &action.by).chain(self.parties)
    }

    /// The parties that more is said of than who they are, with their numbers from 1.
    fn uncertain(self) -> impl Iterator<Item = (usize, &'a Party)> {
        let numbered = self.iter().enumerate().map(|(at, party)| (at + 1, party));
        numbered.filter(|(_, party)| party.certainty.is_some() || party.note.is_some() || party.opinion.is_some())
    }
}

fn parties(document: &Document, node: &mut NodeWriter<'_, '_>) {
    for (property, name, parties) in roles(document) {
        for party in parties.iter().filter(|party| !party.unsettled) {
            node.reference(property, &party.who);
        }
        for (number, _) in parties.uncertain() {
            let qualified = node.iris().part(&document.id, &Iris::numbered(name, number));
            let link = if name == "original" { prov::QUALIFIED_DERIVATION } else { prov::QUALIFIED_ATTRIBUTION };
            node.iri(link, &qualified);
        }
    }
}

/// For every party that is not simply certain, a node that says how sure the editor is (PROV-O, section 3.3).
fn qualified_parties(document: &Document, emitter: &mut Emitter<'_>) {
    for (property, name, parties) in roles(document) {
        for (number, party) in parties.uncertain() {
            let who = emitter.iris.thing(&party.who.id);
            let iri = emitter.iris.part(&document.id, &Iris::numbered(name, number));
            let mut node = emitter.node(iri, Some(document.span));
            if name == "original" {
                node.iri(rdf::TYPE, prov::DERIVATION);
                node.iri(prov::ENTITY_OF, &who);
            } else {
                node.iri(rdf::TYPE, prov::ATTRIBUTION);
                node.iri(prov::AGENT, &who);
            }
            node.iri(prov::HAD_ROLE, property);
            node.certainty(party.certainty);
            node.opinion(party.opinion.as_deref());
            node.note(party.note.as_deref());
        }
    }
}

/// The dates that schema.org users look for, where they are exact.
fn shortcut_dates(document: &Document, node: &mut NodeWriter<'_, '_>) {
    for (kind, property) in [("written", schema::DATE_CREATED), ("published", schema::DATE_PUBLISHED)] {
        let dates = document.actions.iter().filter(|action| action.kind == kind).filter_map(Action::date);
        for date in dates {
            let Some((datatype, edtf)) = exact(date).zip(date.edtf.as_deref()) else { continue };
            node.at(date.span).typed(property, edtf, datatype);
        }
    }
}

fn exact(date: &Date) -> Option<NamedNodeRef<'static>> {
    date.precision.map(|precision| match precision {
        Precision::Year => xsd::G_YEAR,
        Precision::Month => xsd::G_YEAR_MONTH,
        Precision::Day => xsd::DATE,
    })
}

fn relations(document: &Document, node: &mut NodeWriter<'_, '_>) {
    let one = [(schema::IS_PART_OF, &document.part_of), (schema::HOLDING_ARCHIVE, &document.repository)];
    let several = [
        (rico::IS_REPLY_TO, &document.replies_to),
        (rico::FOLLOWS, &document.follows),
        (rico::PRECEDES, &document.precedes),
        (schema::MENTIONS, &document.mentions),
        (rg::ENCLOSES, &document.enclosures),
        (schema::EDITOR, &document.editors),
    ];
    let one =
        one.into_iter().flat_map(|(property, reference)| reference.iter().map(move |reference| (property, reference)));
    let several =
        several.into_iter().flat_map(|(property, list)| list.iter().map(move |reference| (property, reference)));
    for (property, reference) in one.chain(several) {
        node.reference(property, reference);
    }
    for id in &document.found_by_name {
        let iri = node.iris().thing(id);
        node.iri(rg::FOUND_BY_NAME, &iri);
    }
    for address in &document.relations {
        node.iri(dct::RELATION, NamedNodeRef::new_unchecked(address));
    }
    if let Some(Text::Part { of, range, .. }) = &document.text {
        let passage = node.iris().fragment(&of.id.slug, "char", range);
        node.iri(rg::PASSAGE, &passage);
    }
}

fn holding(document: &Document, node: &mut NodeWriter<'_, '_>) {
    if let Some(identifier) = &document.identifier {
        node.text(schema::IDENTIFIER, identifier);
    }
    if let Some(shelfmark) = &document.shelfmark {
        node.text(schema::ITEM_LOCATION, shelfmark);
    }
    for address in &document.same_as {
        node.iri(schema::SAME_AS, NamedNodeRef::new_unchecked(address));
    }
    for url in &document.urls {
        node.iri(schema::URL, NamedNodeRef::new_unchecked(url));
    }
    if let Some(licence) = &document.licence {
        node.iri(dct::LICENSE, NamedNodeRef::new_unchecked(licence));
    }
    if let Some(citation) = &document.citation {
        node.text(dct::BIBLIOGRAPHIC_CITATION, citation);
    }
    if let Some(rights) = &document.rights {
        node.text(dct::RIGHTS, rights);
    }
}

fn actions(document: &Document, iri: &NamedNode, emitter: &mut Emitter<'_>) {
    // There are a dozen kinds at most, so that a list is faster than a map.
    let mut numbers: Vec<(&str, usize)> = Vec::new();
    for action in &document.actions {
        let known = numbers.iter().position(|(kind, _)| *kind == action.kind);
        let at = known.unwrap_or_else(|| {
            numbers.push((action.kind, 0));
            numbers.len() - 1
        });
        numbers[at].1 += 1;
        let name = Iris::numbered(action.kind, numbers[at].1);
        describe_action(document, action, &name, iri, emitter);
        for (number, date) in (1..).zip(&action.dates) {
            let iri = emitter.iris.part(&document.id, &date_of(&name, number));
            emitter.time_span(iri, date, date.span.or(Some(document.span)), false);
        }
    }
}

/// The name of a date of an action: `sent-date`, `sent-date-2`.
fn date_of(action: &str, number: usize) -> SmolStr {
    Iris::numbered(&[action, "-date"].concat(), number)
}

fn describe_action(document: &Document, action: &Action, name: &str, iri: &NamedNode, emitter: &mut Emitter<'_>) {
    let mut node = emitter.node(emitter.iris.part(&document.id, name), Some(document.span));
    node.iri(rdf::TYPE, rg::ACTION);
    node.concept(dct::TYPE, action.kind);
    if let Some(words) = &action.words {
        node.text(rg::WORDS, words);
    }
    node.iri(rg::OF_DOCUMENT, iri);
    for party in &action.by {
        node.reference(rg::CARRIED_OUT_BY, &party.who);
    }
    for place in &action.places {
        node.reference(rg::PLACE, place);
    }
    for id in &action.found_by_name {
        let iri = node.iris().thing(id);
        node.iri(rg::FOUND_BY_NAME, &iri);
    }
    for number in 1..=action.dates.len() {
        let date = node.iris().part(&document.id, &date_of(name, number));
        node.iri(rg::TIME_SPAN, &date);
        node.iris().take_back(date);
    }
    let certainties = action.by.iter().filter(|party| !party.is_alternative()).map(|party| party.certainty);
    node.certainty(certainties.fold(action.certainty, weakest));
    node.note(action.note.as_deref());
    let kept_elsewhere = matches!(action.kind, "sent" | "received" | "published");
    for note in action.by.iter().filter(|_| !kept_elsewhere).filter_map(|party| party.note.as_deref()) {
        node.note(Some(note));
    }
}

fn text(document: &Document, iri: &NamedNode, emitter: &mut Emitter<'_>) {
    let (digest, length, plain) = match &document.text {
        Some(Text::Here { plain, digest }) => (digest, plain.chars().count(), Some(plain)),
        Some(Text::Absent { digest, length, .. }) => (digest, *length, None),
        Some(Text::Part { of, range, span }) => {
            let passage = Passage::new(of.id.slug.clone(), range.clone(), *span);
            let mut passages = Passages::default();
            passages.add(&passage, emitter);
            return passages.describe(emitter);
        }
        None => return,
    };
    let mut node = emitter.node(emitter.iris.text(&document.id.slug), Some(document.span));
    node.iri(rdf::TYPE, schema::MEDIA_OBJECT);
    node.iri(schema::ENCODES_CREATIVE_WORK, iri);
    node.text(schema::SHA256, digest);
    node.number(rg::LENGTH, length);
    if let Some(plain) = plain {
        node.text(schema::TEXT, plain);
    }
}

/// Describes the words of an editor's notes, so that what they mention has a place.
pub(super) fn describe_notes(document: &Document, notes: &str, emitter: &mut Emitter<'_>) {
    let iri = emitter.iris.thing(&document.id);
    let mut node = emitter.node(emitter.iris.notes(&document.id.slug), Some(document.span));
    node.iri(rdf::TYPE, schema::MEDIA_OBJECT);
    node.iri(schema::IS_PART_OF, &iri);
    node.number(rg::LENGTH, notes.chars().count());
    node.text(schema::TEXT, notes);
}
