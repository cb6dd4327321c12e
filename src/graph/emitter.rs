//! The pen that writes quads: it knows the graph, the node and the place in the sources it is at.

use crate::error::{Error, Result};
use crate::graph::{Iris, Sink, Statement};
use crate::model::{Basis, Concept, Date, Label, Reference};
use crate::source::Span;
use crate::vocabulary::{CONCEPTS, crm, dct, edtf, rdf, rdfs, rg, skos};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};
use smol_str::ToSmolStr;
use std::mem;

/// Writes quads to a sink. After the sink has failed it writes no more, and [`finish`](Self::finish) says why.
pub(super) struct Emitter<'a> {
    pub(super) iris: Iris,
    sink: &'a mut dyn Sink,
    graph: NamedNode,
    /// The node that is written.
    subject: NamedNode,
    failure: Option<Error>,
    /// Where IRIs are put together that one statement has as its object.
    object: String,
}

impl<'a> Emitter<'a> {
    pub(super) fn new(iris: Iris, sink: &'a mut dyn Sink) -> Self {
        let (graph, subject) = (iris.catalogue(), iris.catalogue());
        Self { iris, sink, graph, subject, failure: None, object: String::new() }
    }

    /// Writes what follows into this named graph.
    pub(super) fn begin_graph(&mut self, graph: NamedNode) {
        self.graph = graph;
    }

    /// Begins a node; its statements come from this place in the sources.
    pub(super) fn node(&mut self, subject: NamedNode, span: Option<Span>) -> Node<'_, 'a> {
        self.node_of(false, subject, span)
    }

    /// Begins a node that is shared or not.
    pub(super) fn node_of(&mut self, shared: bool, subject: NamedNode, span: Option<Span>) -> Node<'_, 'a> {
        let before = mem::replace(&mut self.subject, subject);
        self.iris.take_back(before);
        Node { emitter: self, span, shared }
    }

    /// Begins a node that several graphs can describe, always in the same words.
    pub(super) fn shared_node(&mut self, subject: NamedNode, span: Option<Span>) -> Node<'_, 'a> {
        self.node_of(true, subject, span)
    }

    /// Describes a date as a span of time: its words, its EDTF expression and its bounds.
    pub(super) fn time_span(&mut self, iri: NamedNode, date: &Date, span: Option<Span>, shared: bool) {
        let mut node = self.node_of(shared, iri, span);
        node.iri(rdf::TYPE, crm::TIME_SPAN);
        node.text(rg::WORDS, &date.words);
        if let Some(edtf) = &date.edtf {
            node.typed(rdf::VALUE, edtf, edtf::EDTF);
        }
        if let Some(earliest) = &date.earliest {
            node.typed(crm::EARLIEST, earliest, xsd::DATE);
        }
        if let Some(latest) = &date.latest {
            node.typed(crm::LATEST, latest, xsd::DATE);
        }
        node.certainty(date.certainty);
        node.note(date.note.as_deref());
    }

    /// The sink's failure, if it failed.
    pub(super) fn finish(self) -> Result<()> {
        self.failure.map_or(Ok(()), Err)
    }
}

/// One node while its statements are written.
pub(super) struct Node<'e, 'a> {
    emitter: &'e mut Emitter<'a>,
    span: Option<Span>,
    shared: bool,
}

impl<'a> Node<'_, 'a> {
    fn term(&mut self, predicate: NamedNodeRef<'_>, object: TermRef<'_>) {
        self.term_from(self.span, predicate, object);
    }

    fn term_from(&mut self, span: Option<Span>, predicate: NamedNodeRef<'_>, object: TermRef<'_>) {
        let Emitter { sink, graph, subject, failure, .. } = &mut *self.emitter;
        if failure.is_some() {
            return;
        }
        let quad = QuadRef::new(subject.as_ref(), predicate, object, graph.as_ref());
        *failure = sink.statement(Statement { quad, span, shared: self.shared }).err();
    }

    pub(super) fn iri<'t>(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<NamedNodeRef<'t>>) {
        self.term(predicate, object.into().into());
    }

    /// The same node, for a statement that comes from a closer place.
    pub(super) fn at(&mut self, span: Option<Span>) -> Node<'_, 'a> {
        let span = span.or(self.span);
        Node { emitter: self.emitter, span, shared: self.shared }
    }

    /// A thing of the corpus, stated at the place that names it.
    pub(super) fn reference(&mut self, predicate: NamedNodeRef<'_>, reference: &Reference) {
        let mut thing = mem::take(&mut self.emitter.object);
        self.emitter.iris.write_thing(&reference.id, &mut thing);
        self.term_from(Some(reference.span), predicate, NamedNodeRef::new_unchecked(&thing).into());
        self.emitter.object = thing;
    }

    pub(super) fn any<'t>(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<TermRef<'t>>) {
        self.term(predicate, object.into());
    }

    pub(super) fn text(&mut self, predicate: NamedNodeRef<'_>, text: &str) {
        self.term(predicate, LiteralRef::new_simple_literal(text).into());
    }

    pub(super) fn words(&mut self, predicate: NamedNodeRef<'_>, words: &str, language: &str) {
        self.term(predicate, LiteralRef::new_language_tagged_literal_unchecked(words, language).into());
    }

    pub(super) fn typed(&mut self, predicate: NamedNodeRef<'_>, text: &str, datatype: NamedNodeRef<'_>) {
        self.term(predicate, LiteralRef::new_typed_literal(text, datatype).into());
    }

    pub(super) fn number(&mut self, predicate: NamedNodeRef<'_>, number: usize) {
        self.typed(predicate, &number.to_smolstr(), xsd::INTEGER);
    }

    pub(super) fn label(&mut self, label: &Label) {
        self.words(skos::PREF_LABEL, &label.text, &label.language);
    }

    pub(super) fn concept(&mut self, predicate: NamedNodeRef<'_>, concept: Concept) {
        let mut iri = mem::take(&mut self.emitter.object);
        iri.clear();
        iri.push_str(CONCEPTS);
        iri.push_str(concept);
        self.iri(predicate, NamedNodeRef::new_unchecked(&iri));
        self.emitter.object = iri;
    }

    pub(super) fn certainty(&mut self, certainty: Option<Concept>) {
        if let Some(certainty) = certainty {
            self.concept(rg::CERTAINTY, certainty);
        }
    }

    pub(super) fn note(&mut self, note: Option<&str>) {
        if let Some(note) = note {
            self.text(rdfs::COMMENT, note);
        }
    }

    /// What a statement rests on: a thing of the corpus, or words.
    pub(super) fn basis(&mut self, basis: Option<&Basis>) {
        match basis {
            Some(Basis::Reference(reference)) => self.reference(dct::SOURCE, reference),
            Some(Basis::Words(words)) => self.text(dct::BIBLIOGRAPHIC_CITATION, words),
            Some(Basis::Range(..)) | None => {}
        }
    }

    /// The IRIs of the corpus, while a node is written.
    pub(super) fn iris(&self) -> &Iris {
        &self.emitter.iris
    }
}
