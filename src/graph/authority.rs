//! Authorities: persons, places, events and the other things that documents point into.

use crate::graph::Iris;
use crate::graph::emitter::{Emitter, NodeWriter};
use crate::model::{Authority, Date, Details, Event, Id, Kind, Point, Quantity, Reference};
use crate::project::Project;
use crate::source::Span;
use crate::vocabulary::{dct, foaf, geo, org, owl, pav, rdf, rg, schema, semapv, skos, sssom};
use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::xsd;
use std::collections::BTreeSet;

/// Whether the authority is a concept of the corpus's own.
pub(super) fn is_concept(authority: &Authority) -> bool {
    authority.id.kind == Kind::Concept
}

/// The class of a kind of thing.
pub fn class(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Agent => foaf::AGENT,
        Kind::Thing => schema::THING,
        Kind::Person => schema::PERSON,
        Kind::Organisation => schema::ORGANIZATION,
        Kind::Group => foaf::GROUP,
        Kind::Post => org::POST,
        Kind::Membership => org::MEMBERSHIP,
        Kind::Place => schema::PLACE,
        Kind::Event => rg::EVENT,
        Kind::Work | Kind::Document => schema::CREATIVE_WORK,
        Kind::Quantity => schema::QUANTITATIVE_VALUE,
        Kind::Concept => skos::CONCEPT,
    }
}

/// Describes one authority.
pub(super) fn describe(authority: &Authority, emitter: &mut Emitter<'_>) {
    let span = Some(authority.span);
    let id = &authority.id;
    let mut node = emitter.node(emitter.iris.thing(id), span);
    node.iri(rdf::TYPE, class(id.kind));
    node.label(&authority.label);
    for name in &authority.alt_labels {
        node.words(skos::ALT_LABEL, &name.text, &name.language);
    }
    own_statements(id, &authority.details, &mut node);
    authority.occupations.iter().for_each(|occupation| node.text(schema::JOB_TITLE, occupation));
    let iris: BTreeSet<&str> = authority.identifiers.iter().map(|identifier| identifier.iri.as_str()).collect();
    for iri in iris {
        node.iri(skos::EXACT_MATCH, NamedNodeRef::new_unchecked(iri));
    }
    for code in &authority.codes {
        node.text(schema::IDENTIFIER, code);
    }
    node.basis(authority.source.as_ref());
    authority.responsible.iter().for_each(|who| node.reference(dct::CREATOR, who));
    node.certainty(authority.certainty);
    node.note(authority.note.as_deref());
    dates(id, &authority.details, span, emitter);
    if let Details::Place { point: Some(point), .. } = &authority.details {
        geometry(id, point, span, emitter);
    }
    mappings(authority, emitter);
}

/// Describes the scheme that the corpus's own concepts are in.
pub(super) fn describe_scheme(project: &Project, emitter: &mut Emitter<'_>) {
    let mut node = emitter.node(emitter.iris.concepts(), None);
    node.iri(rdf::TYPE, skos::CONCEPT_SCHEME);
    node.words(skos::PREF_LABEL, &project.title, &project.language);
}

fn own_statements(id: &Id, details: &Details, node: &mut NodeWriter<'_, '_>) {
    match details {
        Details::Person { born, died } => {
            parts(node, rg::BORN, id, "birth", born);
            parts(node, rg::DIED, id, "death", died);
        }
        Details::Organisation { part_of, place } => {
            reference(node, org::SUB_ORGANIZATION_OF, part_of.as_ref());
            reference(node, schema::LOCATION, place.as_ref());
        }
        Details::Group | Details::Other => {}
        Details::Post { organisation } => reference(node, org::POST_IN, organisation.as_ref()),
        Details::Membership { member, organisation, post, dates } => {
            reference(node, org::MEMBER, member.as_ref());
            reference(node, org::ORGANIZATION, organisation.as_ref());
            reference(node, rg::IN_POST, post.as_ref());
            parts(node, rg::TIME_SPAN, id, "date", dates);
        }
        Details::Place { within, point } => {
            reference(node, schema::CONTAINED_IN_PLACE, within.as_ref());
            if point.is_some() {
                let geometry = node.iris().part(id, "geometry");
                node.iri(geo::HAS_GEOMETRY, &geometry);
            }
        }
        Details::Event(event) => event_statements(id, event, node),
        Details::Work { authors, language, dates } => {
            node.concept(dct::TYPE, "work");
            authors.iter().for_each(|author| reference(node, schema::AUTHOR, Some(author)));
            if let Some(language) = language {
                node.text(schema::IN_LANGUAGE, language);
            }
            parts(node, rg::TIME_SPAN, id, "date", dates);
        }
        Details::Quantity(quantity) => quantity_statements(quantity, node),
        Details::Concept { definition, broader } => {
            if let Some(definition) = definition {
                node.words(skos::DEFINITION, &definition.text, &definition.language);
            }
            reference(node, skos::BROADER, broader.as_ref());
            let scheme = node.iris().concepts();
            node.iri(skos::IN_SCHEME, &scheme);
        }
    }
}

fn event_statements(id: &Id, event: &Event, node: &mut NodeWriter<'_, '_>) {
    if let Some(attestation) = event.attestation {
        node.concept(rg::ATTESTATION, attestation);
    }
    parts(node, rg::TIME_SPAN, id, "date", &event.dates);
    reference(node, rg::PLACE, event.place.as_ref());
    event.participants.iter().for_each(|agent| reference(node, rg::PARTICIPANT, Some(agent)));
    event.carried_out_by.iter().for_each(|agent| reference(node, rg::CARRIED_OUT_BY, Some(agent)));
    event.affected.iter().for_each(|thing| reference(node, rg::AFFECTED, Some(thing)));
    reference(node, rg::SUB_EVENT_OF, event.part_of.as_ref());
    reference(node, rg::HAS_EXTENT, event.extent.as_ref());
}

fn quantity_statements(quantity: &Quantity, node: &mut NodeWriter<'_, '_>) {
    let mut text = |predicate, text: &Option<String>| {
        if let Some(text) = text {
            node.text(predicate, text);
        }
    };
    text(rg::WORDS, &quantity.words);
    text(schema::UNIT_TEXT, &quantity.unit);
    text(schema::UNIT_CODE, &quantity.unit_code);
    let numbers = [
        (schema::VALUE, &quantity.value),
        (schema::MIN_VALUE, &quantity.minimum),
        (schema::MAX_VALUE, &quantity.maximum),
    ];
    for (predicate, number) in numbers {
        if let Some(number) = number {
            node.typed(predicate, number, xsd::DECIMAL);
        }
    }
}

fn reference(node: &mut NodeWriter<'_, '_>, predicate: NamedNodeRef<'_>, reference: Option<&Reference>) {
    if let Some(reference) = reference {
        node.reference(predicate, reference);
    }
}

fn parts(node: &mut NodeWriter<'_, '_>, predicate: NamedNodeRef<'_>, id: &Id, name: &str, dates: &[Date]) {
    for number in 1..=dates.len() {
        let iri = node.iris().part(id, &Iris::numbered(name, number));
        node.iri(predicate, &iri);
    }
}

fn dates(id: &Id, details: &Details, span: Option<Span>, emitter: &mut Emitter<'_>) {
    let dates: [(&str, &[Date]); 2] = match details {
        Details::Person { born, died } => [("birth", born), ("death", died)],
        Details::Membership { dates, .. } | Details::Work { dates, .. } => [("date", dates), ("", &[])],
        Details::Event(event) => [("date", &event.dates), ("", &[])],
        _ => return,
    };
    for (name, dates) in dates {
        for (number, date) in (1..).zip(dates) {
            let iri = emitter.iris.part(id, &Iris::numbered(name, number));
            emitter.time_span(iri, date, date.span.or(span), false);
        }
    }
}

/// A position as well-known text: OGC GeoSPARQL 1.1, section 8.5.1; longitude comes first.
fn geometry(id: &Id, point: &Point, span: Option<Span>, emitter: &mut Emitter<'_>) {
    let mut node = emitter.node(emitter.iris.part(id, "geometry"), span);
    node.iri(rdf::TYPE, geo::GEOMETRY);
    node.typed(geo::AS_WKT, &format!("POINT({} {})", point.longitude, point.latitude), geo::WKT_LITERAL);
}

/// A mapping for each identifier: what was written, and that a person put it there.
fn mappings(authority: &Authority, emitter: &mut Emitter<'_>) {
    let (id, span) = (&authority.id, Some(authority.span));
    let mut seen: Vec<&str> = Vec::new();
    for identifier in &authority.identifiers {
        let column = identifier.scheme.column;
        let name = match seen.iter().filter(|earlier| **earlier == column).count() {
            0 => column.to_owned(),
            earlier => format!("{column}-{}", earlier + 1),
        };
        seen.push(column);
        let source = emitter.iris.thing(id);
        let mut node = emitter.node(emitter.iris.part(id, &name), span);
        node.iri(rdf::TYPE, sssom::MAPPING);
        node.iri(owl::ANNOTATED_SOURCE, &source);
        node.iri(owl::ANNOTATED_PROPERTY, skos::EXACT_MATCH);
        node.iri(owl::ANNOTATED_TARGET, NamedNodeRef::new_unchecked(&identifier.iri));
        node.iri(sssom::MAPPING_JUSTIFICATION, semapv::MANUAL_MAPPING_CURATION);
        authority.responsible.iter().for_each(|who| node.reference(pav::AUTHORED_BY, who));
        node.text(rg::WORDS, &identifier.written);
    }
}
