//! Mappings to other datasets: what is accepted is a relation between two things, and a node that says on whose word.
//!
//! Candidates and rejections stay in their files.

use crate::error::Result;
use crate::graph::Sink;
use crate::graph::emitter::Emitter;
use crate::model::{Mapping, Relation, ReviewState};
use crate::project::Project;
use crate::source::{Span, short_digest};
use crate::vocabulary::{dct, owl, pav, rdf, rdfs, semapv, skos, sssom};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::{BTreeMap, HashMap};

/// The property of a relation.
pub(super) fn property(relation: Relation) -> NamedNodeRef<'static> {
    match relation {
        Relation::Exact => skos::EXACT_MATCH,
        Relation::Close => skos::CLOSE_MATCH,
        Relation::Broad => skos::BROAD_MATCH,
        Relation::Narrow => skos::NARROW_MATCH,
        Relation::Related => skos::RELATED_MATCH,
    }
}

/// Describes the accepted mappings of one file: first the relations, then on whose word they are.
pub(super) fn describe(mappings: &[&Mapping], path: &str, emitter: &mut Emitter<'_>) {
    let accepted = || mappings.iter().filter(|mapping| mapping.review == ReviewState::Accepted);
    let mut relations: BTreeMap<&str, BTreeMap<(Relation, &str), Span>> = BTreeMap::new();
    for mapping in accepted() {
        let of_thing = relations.entry(&mapping.ours).or_default();
        of_thing.entry((mapping.relation, &mapping.theirs)).or_insert(mapping.span);
    }
    for (ours, relations) in relations {
        let mut node = emitter.node(NamedNode::new_unchecked(ours), None);
        for ((relation, theirs), span) in relations {
            node.at(Some(span)).iri(property(relation), NamedNodeRef::new_unchecked(theirs));
        }
    }
    let mut hashes = MappingHashes::default();
    for mapping in accepted() {
        describe_one(mapping, emitter.iris.mapping(&hashes.of(mapping, path)), emitter);
    }
}

/// Describes the candidates of all files.
pub(super) fn describe_candidates(mappings: &[Mapping], emitter: &mut Emitter<'_>) {
    let mut hashes = MappingHashes::default();
    for mapping in mappings.iter().filter(|mapping| mapping.review == ReviewState::Candidate) {
        describe_one(mapping, emitter.iris.mapping(&hashes.of(mapping, "")), emitter);
    }
}

/// Hashes of what mappings say; of several that say the same, the later ones have a number.
#[derive(Default)]
struct MappingHashes {
    earlier: HashMap<String, usize>,
}

impl MappingHashes {
    fn of(&mut self, mapping: &Mapping, path: &str) -> String {
        let Mapping { id, relation, theirs, justification, .. } = mapping;
        let said = format!("{path} {id} {relation:?} {theirs} {justification}");
        let hash = short_digest(&said);
        let count = self.earlier.entry(said).or_default();
        *count += 1;
        if *count > 1 { format!("{hash}-{count}") } else { hash }
    }
}

fn describe_one(mapping: &Mapping, iri: NamedNode, emitter: &mut Emitter<'_>) {
    let ours = NamedNodeRef::new_unchecked(&mapping.ours);
    let theirs = NamedNodeRef::new_unchecked(&mapping.theirs);
    let property = property(mapping.relation);
    let mut node = emitter.node(iri, Some(mapping.span));
    node.iri(rdf::TYPE, sssom::MAPPING);
    node.iri(owl::ANNOTATED_SOURCE, ours);
    node.iri(owl::ANNOTATED_PROPERTY, property);
    node.iri(owl::ANNOTATED_TARGET, theirs);
    let justification = [semapv::NAMESPACE, &mapping.justification].concat();
    node.iri(sssom::MAPPING_JUSTIFICATION, NamedNodeRef::new_unchecked(&justification));
    if let Some(confidence) = &mapping.confidence {
        node.typed(sssom::CONFIDENCE, confidence, xsd::DOUBLE);
    }
    mapping.authors.iter().for_each(|author| node.iri(pav::AUTHORED_BY, NamedNodeRef::new_unchecked(author)));
    mapping.author_labels.iter().for_each(|author| node.text(sssom::AUTHOR_LABEL, author));
    mapping.reviewers.iter().for_each(|reviewer| node.iri(sssom::REVIEWER_ID, NamedNodeRef::new_unchecked(reviewer)));
    mapping.reviewer_labels.iter().for_each(|reviewer| node.text(sssom::REVIEWER_LABEL, reviewer));
    if let Some(date) = &mapping.review_date {
        node.typed(sssom::REVIEW_DATE, date, xsd::DATE);
    }
    if let Some(date) = &mapping.date {
        node.typed(dct::CREATED, date, xsd::DATE);
    }
    if let Some(comment) = &mapping.comment {
        node.text(rdfs::COMMENT, comment);
    }
}

/// Sends the candidates of links, which nobody has decided about, to a sink: in a graph of their own, as nodes that state
/// nothing.
pub fn candidates(mappings: &[Mapping], project: &Project, sink: &mut dyn Sink) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    emitter.begin_graph(emitter.iris.candidates());
    describe_candidates(mappings, &mut emitter);
    emitter.finish()
}
