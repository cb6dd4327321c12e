//! Annotations and the passages that they, and claims, are about.

use crate::graph::authority::class;
use crate::graph::emitter::Emitter;
use crate::model::{Annotation, AnnotationTarget, ConceptList, Passage};
use crate::source::Span;
use crate::vocabulary::{dct, oa, rdf, rg, schema};
use oxigraph::model::NamedNode;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::ops::Range;

/// Describes one annotation; its passage is kept for later.
pub(super) fn describe<'p>(annotation: &'p Annotation, passages: &mut Passages<'p>, emitter: &mut Emitter<'_>) {
    let passage = passages.add(&annotation.passage, emitter);
    if ConceptList::QUOTATIONS.contains(&annotation.kind) {
        describe_quotation(annotation, &passage, passages, emitter);
    } else {
        describe_annotation(annotation, &passage, emitter);
    }
    emitter.iris.take_back(passage);
}

fn describe_annotation(annotation: &Annotation, passage: &NamedNode, emitter: &mut Emitter<'_>) {
    let motivation = match annotation.kind {
        "mention" | "mention-in-note" | "date-in-text" => oa::IDENTIFYING,
        "unidentified-name" => oa::CLASSIFYING,
        "note" => oa::COMMENTING,
        _ => oa::EDITING,
    };
    let document = annotation.document.as_ref().map(|id| emitter.iris.thing(id));
    let mut node = emitter.node(emitter.iris.annotation(&annotation.id), Some(annotation.span));
    node.iri(rdf::TYPE, oa::ANNOTATION);
    node.concept(dct::TYPE, annotation.kind);
    node.iri(oa::MOTIVATED_BY, motivation);
    if let Some(document) = &document {
        node.iri(schema::IS_PART_OF, document);
    }
    node.iri(oa::HAS_TARGET, passage);
    for (number, target) in annotation.targets.iter().enumerate() {
        let body = match target {
            AnnotationTarget::Known(reference) => node.iris().thing(&reference.id),
            AnnotationTarget::Unknown(_) | AnnotationTarget::Date(_) => node.iris().unknown(&annotation.id, number + 1),
        };
        node.iri(oa::HAS_BODY, &body);
        node.iris().take_back(body);
    }
    if motivation == oa::IDENTIFYING || motivation == oa::CLASSIFYING {
        node.note(annotation.comment.as_deref());
    } else if let Some(comment) = &annotation.comment {
        node.text(oa::BODY_VALUE, comment);
    }
    node.basis(annotation.source.as_ref());
    responsibility(annotation, &mut node);
    document.into_iter().for_each(|document| emitter.iris.take_back(document));
    for (number, target) in annotation.targets.iter().enumerate() {
        let body = || emitter.iris.unknown(&annotation.id, number + 1);
        match target {
            AnnotationTarget::Known(_) => {}
            AnnotationTarget::Unknown(kind) => {
                let body = body();
                emitter.node(body, Some(annotation.span)).iri(rdf::TYPE, class(*kind));
            }
            AnnotationTarget::Date(date) => {
                let body = body();
                emitter.time_span(body, date, Some(annotation.span), false);
            }
        }
    }
}

fn describe_quotation<'p>(
    annotation: &'p Annotation,
    passage: &NamedNode,
    passages: &mut Passages<'p>,
    emitter: &mut Emitter<'_>,
) {
    let document = annotation.document.as_ref().map(|id| emitter.iris.thing(id));
    let quoted_passage = annotation.quoted.as_ref().map(|quoted| passages.add(quoted, emitter));
    let mut node = emitter.node(emitter.iris.annotation(&annotation.id), Some(annotation.span));
    node.iri(rdf::TYPE, schema::QUOTATION);
    node.concept(dct::TYPE, annotation.kind);
    if let Some(document) = &document {
        node.iri(schema::IS_PART_OF, document);
    }
    node.iri(rg::PASSAGE, passage);
    for target in &annotation.targets {
        if let AnnotationTarget::Known(reference) = target {
            node.reference(schema::IS_BASED_ON, reference);
        }
    }
    if let Some(quoted_passage) = &quoted_passage {
        node.iri(schema::IS_BASED_ON, quoted_passage);
    }
    node.note(annotation.comment.as_deref());
    node.basis(annotation.source.as_ref());
    responsibility(annotation, &mut node);
}

fn responsibility(annotation: &Annotation, node: &mut super::emitter::NodeWriter<'_, '_>) {
    for who in &annotation.responsible {
        node.reference(dct::CREATOR, who);
    }
    node.certainty(annotation.certainty);
    node.chosen(annotation.chosen);
}

/// A text and a stretch of it.
type Place = (SmolStr, usize, usize);

/// The passages that a graph refers to, each described once, in the order of their texts.
#[derive(Default)]
pub(super) struct Passages<'p> {
    found: BTreeMap<Place, (Option<&'p str>, Span)>,
}

impl<'p> Passages<'p> {
    /// Takes up a passage; the IRI to refer to it by.
    pub(super) fn add(&mut self, passage: &'p Passage, emitter: &Emitter<'_>) -> NamedNode {
        let Range { start, end } = passage.range;
        let (words, _) = self.found.entry((passage.text.clone(), start, end)).or_insert((None, passage.span));
        *words = words.or(passage.words.as_deref());
        emitter.iris.passage(passage)
    }

    /// Describes every passage by its position, and by its words where they are known.
    pub(super) fn describe(self, emitter: &mut Emitter<'_>) {
        self.write(true, emitter);
    }

    /// The same of passages that no other graph is expected to describe: a graph of letters is written without
    /// remembering them.
    pub(super) fn describe_own(self, emitter: &mut Emitter<'_>) {
        self.write(false, emitter);
    }

    fn write(self, shared: bool, emitter: &mut Emitter<'_>) {
        for ((text, start, end), (words, span)) in self.found {
            let span = Some(span);
            let position = emitter.iris.fragment(&text, "position", &(start..end));
            let quote = words.as_ref().map(|_| emitter.iris.fragment(&text, "quote", &(start..end)));
            let source = emitter.iris.text(&text);
            let mut node = emitter.node_of(shared, emitter.iris.fragment(&text, "char", &(start..end)), span);
            node.iri(rdf::TYPE, oa::SPECIFIC_RESOURCE);
            node.iri(oa::HAS_SOURCE, &source);
            node.iri(oa::HAS_SELECTOR, &position);
            if let Some(quote) = &quote {
                node.iri(oa::HAS_SELECTOR, quote);
            }
            emitter.iris.take_back(source);
            let mut node = emitter.node_of(shared, position, span);
            node.iri(rdf::TYPE, oa::TEXT_POSITION_SELECTOR);
            node.number(oa::START, start);
            node.number(oa::END, end);
            if let (Some(quote), Some(words)) = (quote, words) {
                let mut node = emitter.node_of(shared, quote, span);
                node.iri(rdf::TYPE, oa::TEXT_QUOTE_SELECTOR);
                node.text(oa::EXACT, words);
            }
        }
    }
}
