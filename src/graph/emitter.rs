//! The pen that writes quads: it knows the graph, the node and the place in the sources it is at.

use crate::error::{Error, Result};
use crate::graph::{Iris, Sink, Statement};
use crate::model::{Basis, Circa, Concept, Date, Label, Opinion, Reference};
use crate::project::Project;
use crate::source::Span;
use crate::vocabulary::{CONCEPTS, crm, dct, edtf, rdf, rdfs, rg, skos};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};
use smol_str::ToSmolStr;
use std::mem;

/// Writes quads to a sink. After the sink has failed it writes no more, and [`finish`](Self::finish) says why.
pub(super) struct Emitter<'a> {
    pub(super) iris: Iris,
    /// How far "about" reaches.
    circa: Circa,
    sink: &'a mut dyn Sink,
    graph: NamedNode,
    /// The node that is written.
    subject: NamedNode,
    failure: Option<Error>,
    /// Where IRIs are put together that one statement has as its object.
    object: String,
}

impl<'a> Emitter<'a> {
    pub(super) fn new(project: &Project, sink: &'a mut dyn Sink) -> Self {
        let (iris, circa) = (Iris::new(&project.base), project.circa);
        let (graph, subject) = (iris.catalogue(), iris.catalogue());
        Self { iris, circa, sink, graph, subject, failure: None, object: String::new() }
    }

    /// Writes what follows into this named graph.
    pub(super) fn begin_graph(&mut self, graph: NamedNode) {
        self.graph = graph;
    }

    /// Begins a node; its statements come from this place in the sources.
    pub(super) fn node(&mut self, subject: NamedNode, span: Option<Span>) -> NodeWriter<'_, 'a> {
        self.node_of(false, subject, span)
    }

    /// Begins a node that is shared or not.
    pub(super) fn node_of(&mut self, shared: bool, subject: NamedNode, span: Option<Span>) -> NodeWriter<'_, 'a> {
        let before = mem::replace(&mut self.subject, subject);
        self.iris.take_back(before);
        NodeWriter { emitter: self, span, shared }
    }

    /// Begins a node that several graphs can describe, always in the same words.
    pub(super) fn shared_node(&mut self, subject: NamedNode, span: Option<Span>) -> NodeWriter<'_, 'a> {
        self.node_of(true, subject, span)
    }

    /// Describes a date as a span of time: its words, its EDTF expression and its bounds.
    pub(super) fn time_span(&mut self, iri: NamedNode, date: &Date, span: Option<Span>, shared: bool) {
        let ((earliest, latest), (latest_begin, earliest_end)) =
            (date.bounds(&self.circa), date.inner_bounds(&self.circa));
        let widths = date.circa_widths(&self.circa);
        let mut node = self.node_of(shared, iri, span);
        node.iri(rdf::TYPE, crm::TIME_SPAN);
        node.text(rg::WORDS, &date.words);
        if let Some(edtf) = &date.edtf {
            node.typed(rdf::VALUE, edtf, edtf::EDTF);
        }
        let days = [
            (crm::EARLIEST, earliest),
            (crm::LATEST_BEGIN, latest_begin),
            (crm::EARLIEST_END, earliest_end),
            (crm::LATEST, latest),
        ];
        for (property, day) in days {
            day.iter().for_each(|day| node.typed(property, day, xsd::DATE));
        }
        widths.iter().for_each(|width| node.typed(rg::CIRCA_WIDTH, width, xsd::DURATION));
        if let Some(original) = &date.original {
            node.concept(rg::CALENDAR, original.calendar);
            if let Some(original) = &original.date {
                node.text(rg::CONVERTED_FROM, original);
            }
        }
        node.opinion(date.opinion.as_deref());
        node.certainty(date.certainty);
        node.note(date.note.as_deref());
    }

    /// The sink's failure, if it failed.
    pub(super) fn finish(self) -> Result<()> {
        self.failure.map_or(Ok(()), Err)
    }
}

/// One node while its statements are written.
pub(super) struct NodeWriter<'e, 'a> {
    emitter: &'e mut Emitter<'a>,
    span: Option<Span>,
    shared: bool,
}

impl<'a> NodeWriter<'_, 'a> {
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
    pub(super) fn at(&mut self, span: Option<Span>) -> NodeWriter<'_, 'a> {
        let span = span.or(self.span);
        NodeWriter { emitter: self.emitter, span, shared: self.shared }
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

    /// Whose answer it is, what it rests on, and whether it is the one that tables show.
    pub(super) fn opinion(&mut self, opinion: Option<&Opinion>) {
        let Some(Opinion { responsible, source, chosen }) = opinion else { return };
        responsible.iter().for_each(|who| self.reference(dct::CREATOR, who));
        self.basis(source.as_ref());
        self.chosen(*chosen);
    }

    /// Whether an answer is the one of several that tables show.
    pub(super) fn chosen(&mut self, chosen: Option<bool>) {
        if let Some(chosen) = chosen {
            self.typed(rg::CHOSEN, if chosen { "true" } else { "false" }, xsd::BOOLEAN);
        }
    }

    /// The IRIs of the corpus, while a node is written.
    pub(super) fn iris(&self) -> &Iris {
        &self.emitter.iris
    }
}
