//! Claims and their contents. A content is described by its parts; its triple is never stated.

use crate::graph::Iris;
use crate::graph::annotation::Passages;
use crate::graph::emitter::Emitter;
use crate::model::{Claim, Content, ContentObject, Records, ScopedName};
use crate::source::{Span, hexadecimal};
use crate::vocabulary::{rdf, rg, schema};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// How many bytes of a content's hash are in its IRI: two contents of a corpus get one IRI with a chance that stays
/// below one in a million million as long as it has fewer than a million contents.
const HASH_LENGTH: usize = 10;

/// What is known of the contents of all claims together.
pub(super) struct Contents {
    /// The hash of every content, by claim and number from 0.
    hashes: BTreeMap<ScopedName, Vec<String>>,
    /// By hash, the hashes that cannot hold together with it.
    incompatible: BTreeMap<String, BTreeSet<String>>,
}

impl Contents {
    /// Looks through the claims of a corpus.
    pub(super) fn new(records: &Records, iris: &Iris) -> Self {
        let mut contents = Self { hashes: BTreeMap::new(), incompatible: BTreeMap::new() };
        for claim in &records.claims {
            let hashes = claim.contents.iter().map(|content| hash(content, iris)).collect();
            contents.hashes.insert(claim.id.clone(), hashes);
        }
        for content in records.claims.iter().flat_map(|claim| &claim.contents) {
            let own = hash(content, iris);
            for other in &content.incompatible_with {
                let others = contents.hashes.get(&other.claim).map(Vec::as_slice).unwrap_or_default();
                let Some(other) = others.get(other.number.map_or(0, |number| number - 1)).cloned() else { continue };
                contents.incompatible.entry(own.clone()).or_default().insert(other.clone());
                contents.incompatible.entry(other).or_default().insert(own.clone());
            }
        }
        contents
    }
}

/// The hash of what a content says: of its three parts in N-Triples, a date by its EDTF expression.
fn hash(content: &Content, iris: &Iris) -> String {
    let (subject, predicate) = (iris.thing(&content.subject.id), NamedNodeRef::new_unchecked(&content.predicate));
    let object = match &content.object {
        ContentObject::Date(date) => {
            Literal::new_typed_literal(date.canonical().unwrap_or_default(), crate::vocabulary::edtf::EDTF).into()
        }
        other => term(other, iris),
    };
    let digest = Sha256::digest(format!("{subject} {predicate} {object}").as_bytes());
    hexadecimal(&digest[..HASH_LENGTH])
}

/// The object of a content as a term; that of a date is a node of its own.
pub(super) fn term(object: &ContentObject, iris: &Iris) -> Term {
    match object {
        ContentObject::Reference(reference) => iris.thing(&reference.id).into(),
        ContentObject::Words(label) => {
            Literal::new_language_tagged_literal_unchecked(&label.text, &label.language).into()
        }
        ContentObject::Literal(text, datatype) => {
            Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)).into()
        }
        ContentObject::Iri(iri) => NamedNode::new_unchecked(iri).into(),
        ContentObject::Date(date) => {
            Literal::new_typed_literal(date.edtf.as_deref().unwrap_or_default(), crate::vocabulary::edtf::EDTF).into()
        }
    }
}

/// Describes the claims of one graph, then their contents, each once.
pub(super) fn describe<'p>(
    claims: &[&'p Claim],
    contents: &Contents,
    passages: &mut Passages<'p>,
    emitter: &mut Emitter<'_>,
) {
    let mut described: BTreeSet<&str> = BTreeSet::new();
    let mut to_describe: Vec<(&str, &Content)> = Vec::new();
    for claim in claims {
        let hashes = &contents.hashes[&claim.id];
        describe_claim(claim, hashes, passages, emitter);
        for (hash, content) in hashes.iter().zip(&claim.contents) {
            if described.insert(hash) {
                to_describe.push((hash, content));
            }
        }
    }
    for (hash, content) in to_describe {
        describe_content(hash, content, contents, emitter);
    }
}

fn describe_claim<'p>(claim: &'p Claim, hashes: &[String], passages: &mut Passages<'p>, emitter: &mut Emitter<'_>) {
    let passage = claim.passage.as_ref().map(|passage| passages.add(passage, emitter));
    let mut node = emitter.node(emitter.iris.claim(&claim.id), Some(claim.span));
    node.iri(rdf::TYPE, rg::CLAIM);
    if matches!(claim.speech_act, "assertion" | "prediction") {
        node.iri(rdf::TYPE, schema::CLAIM);
    }
    node.words(schema::TEXT, &claim.text.text, &claim.text.language);
    let agents = [
        (rg::CLAIMED_BY, Some(&claim.claimant)),
        (rg::REPORTED_BY, claim.reported_by.as_ref()),
        (schema::APPEARANCE, Some(&claim.document)),
    ];
    for (property, reference) in agents {
        if let Some(reference) = reference {
            node.reference(property, reference);
        }
    }
    if let Some(passage) = &passage {
        node.iri(rg::PASSAGE, passage);
    }
    let mut linked = BTreeSet::new();
    for hash in hashes.iter().filter(|hash| linked.insert(hash.as_str())) {
        let content = node.iris().content(hash);
        node.iri(rg::CONTENT, &content);
    }
    node.concept(rg::STANCE, claim.stance);
    node.concept(rg::SPEECH_ACT, claim.speech_act);
    if let Some(hedge) = claim.hedge {
        node.concept(rg::HEDGE, hedge);
    }
    node.certainty(claim.certainty);
    node.note(claim.comment.as_deref());
}

fn describe_content(hash: &str, content: &Content, contents: &Contents, emitter: &mut Emitter<'_>) {
    let span: Option<Span> = Some(content.span);
    let object: Term = match &content.object {
        ContentObject::Date(_) => emitter.iris.content_date(hash).into(),
        other => term(other, &emitter.iris),
    };
    let subject = emitter.iris.thing(&content.subject.id);
    let mut node = emitter.shared_node(emitter.iris.content(hash), span);
    node.iri(rdf::TYPE, rg::CLAIM_CONTENT);
    node.iri(rdf::TYPE, rdf::STATEMENT);
    node.iri(rdf::SUBJECT, &subject);
    node.iri(rdf::PREDICATE, NamedNodeRef::new_unchecked(&content.predicate));
    node.any(rdf::OBJECT, &object);
    for other in contents.incompatible.get(hash).into_iter().flatten() {
        let other = node.iris().content(other);
        node.iri(rg::INCOMPATIBLE_WITH, &other);
    }
    if let ContentObject::Date(date) = &content.object {
        emitter.time_span(emitter.iris.content_date(hash), date, span, true);
    }
}
