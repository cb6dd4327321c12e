//! N-Triples and N-Quads: a line for each statement, in the canonical form.

use crate::export::syntax::{Syntax, push, push_quoted};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use std::io;

/// What the lines of a node have in common.
pub(super) struct NTriples {
    subject: Vec<u8>,
    end: Vec<u8>,
}

/// The end of a line without a graph.
const END: &[u8] = b" .\n";

impl NTriples {
    pub(super) fn new() -> Self {
        Self { subject: Vec::new(), end: END.to_vec() }
    }
}

impl Syntax for NTriples {
    fn head(&self, _: &mut Vec<u8>) {}

    fn begin_graph(&mut self, graph: NamedOrBlankNodeRef<'_>, _: &mut Vec<u8>) {
        self.end.clear();
        self.end.push(b' ');
        push_node(graph, &mut self.end);
        self.end.extend_from_slice(END);
    }

    fn begin_node(&mut self, subject: NamedOrBlankNodeRef<'_>, _: &mut Vec<u8>) {
        self.subject.clear();
        push_node(subject, &mut self.subject);
        self.subject.push(b' ');
    }

    fn statement(&mut self, predicate: NamedNodeRef<'_>, object: TermRef<'_>, bytes: &mut Vec<u8>) -> io::Result<()> {
        bytes.extend_from_slice(&self.subject);
        push(bytes, ["<", predicate.as_str(), "> "]);
        match object {
            TermRef::NamedNode(node) => push_node(node.into(), bytes),
            TermRef::BlankNode(node) => push_node(node.into(), bytes),
            TermRef::Literal(literal) => push_literal(literal, bytes),
            TermRef::Triple(_) => push(bytes, [&object.to_string()]),
        }
        bytes.extend_from_slice(&self.end);
        Ok(())
    }

    fn end_node(&mut self, _: &mut Vec<u8>) {}

    fn end_graph(&mut self, _: &mut Vec<u8>) {
        self.end.clear();
        self.end.extend_from_slice(END);
    }

    fn foot(&self, _: &mut Vec<u8>) {}
}

fn push_node(node: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
    match node {
        NamedOrBlankNodeRef::NamedNode(node) => push(bytes, ["<", node.as_str(), ">"]),
        NamedOrBlankNodeRef::BlankNode(node) => push(bytes, ["_:", node.as_str()]),
    }
}

fn push_literal(literal: LiteralRef<'_>, bytes: &mut Vec<u8>) {
    if literal.direction().is_some() {
        return push(bytes, [&literal.to_string()]);
    }
    push_quoted(literal.value(), bytes);
    if let Some(language) = literal.language() {
        push(bytes, ["@", language]);
    } else if literal.datatype() != xsd::STRING {
        push(bytes, ["^^<", literal.datatype().as_str(), ">"]);
    }
}
