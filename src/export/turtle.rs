//! Turtle and TriG made for reading: ids relative to the corpus's base, prefixes in order, one block a thing.
//!
//! Oxigraph's writer is not used for these two, because with a base it also shortens other people's addresses to
//! forms such as `<//w3id.org/…>`, and leaves no line between things.

use crate::export::iri::relative;
use crate::export::syntax::{Syntax, push, push_quoted};
use crate::vocabulary::{PREFIXES, XSD, rdf};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use std::io;

/// One of the two.
pub(super) struct Turtle {
    base: String,
    indent: &'static str,
    /// The predicate of the node that was written last, or nothing.
    predicate: String,
}

impl Turtle {
    pub(super) fn new(base: &str) -> Self {
        Self { base: base.to_owned(), indent: "", predicate: String::new() }
    }

    fn push_node(&self, node: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
        match node {
            NamedOrBlankNodeRef::NamedNode(node) => self.push_iri(node.as_str(), bytes),
            NamedOrBlankNodeRef::BlankNode(node) => push(bytes, ["_:", node.as_str()]),
        }
    }

    fn push_term(&self, term: TermRef<'_>, bytes: &mut Vec<u8>) {
        match term {
            TermRef::NamedNode(node) => self.push_node(node.into(), bytes),
            TermRef::BlankNode(node) => self.push_node(node.into(), bytes),
            TermRef::Literal(literal) => self.push_literal(literal, bytes),
            TermRef::Triple(triple) => push(bytes, ["<<( ", &triple.to_string(), " )>>"]),
        }
    }

    /// A name with a prefix where there is one, an IRI relative to the base, or a full IRI.
    fn push_iri(&self, iri: &str, bytes: &mut Vec<u8>) {
        match prefixed(iri) {
            Some((prefix, local)) => push(bytes, [prefix, ":", local]),
            None => push(bytes, ["<", relative(iri, &self.base), ">"]),
        }
    }

    fn push_literal(&self, literal: LiteralRef<'_>, bytes: &mut Vec<u8>) {
        if literal.direction().is_some() {
            return push(bytes, [&literal.to_string()]);
        }
        let datatype = literal.datatype();
        if datatype == xsd::INTEGER && is_integer(literal.value()) {
            return push(bytes, [literal.value()]);
        }
        push_quoted(literal.value(), bytes);
        if let Some(language) = literal.language() {
            push(bytes, ["@", language]);
        } else if datatype != xsd::STRING {
            bytes.extend_from_slice(b"^^");
            self.push_iri(datatype.as_str(), bytes);
        }
    }
}

impl Syntax for Turtle {
    fn head(&self, bytes: &mut Vec<u8>) {
        push(bytes, ["@base <", &self.base, "> .\n"]);
        for (prefix, namespace) in prefixes() {
            push(bytes, ["@prefix ", prefix, ": <", namespace, "> .\n"]);
        }
    }

    fn begin_graph(&mut self, graph: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
        bytes.push(b'\n');
        self.push_node(graph, bytes);
        bytes.extend_from_slice(b" {");
        self.indent = "    ";
    }

    fn begin_node(&mut self, subject: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
        push(bytes, ["\n", self.indent]);
        self.push_node(subject, bytes);
        self.predicate.clear();
    }

    fn statement(&mut self, predicate: NamedNodeRef<'_>, object: TermRef<'_>, bytes: &mut Vec<u8>) -> io::Result<()> {
        if self.predicate == predicate.as_str() {
            bytes.extend_from_slice(b" , ");
        } else {
            push(bytes, [if self.predicate.is_empty() { "\n" } else { " ;\n" }, self.indent, "    "]);
            if predicate == rdf::TYPE {
                bytes.push(b'a');
            } else {
                self.push_iri(predicate.as_str(), bytes);
            }
            bytes.push(b' ');
            self.predicate.clear();
            self.predicate.push_str(predicate.as_str());
        }
        match object {
            TermRef::Triple(triple) => {
                bytes.extend_from_slice(b"<<( ");
                self.push_node(triple.subject.as_ref(), bytes);
                bytes.push(b' ');
                self.push_iri(triple.predicate.as_str(), bytes);
                bytes.push(b' ');
                self.push_term(triple.object.as_ref(), bytes);
                bytes.extend_from_slice(b" )>>");
            }
            object => self.push_term(object, bytes),
        }
        Ok(())
    }

    fn end_node(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(b" .\n");
    }

    fn end_graph(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(b"}\n");
        self.indent = "";
    }

    fn foot(&self, _: &mut Vec<u8>) {}
}

/// The prefixes that are declared, in order.
pub(super) fn prefixes() -> impl Iterator<Item = (&'static str, &'static str)> {
    PREFIXES.into_iter().chain([("xsd", XSD)])
}

/// The prefix and the local name of an IRI, where the name can stand behind a prefix as it is: a part of PN_LOCAL
/// (Turtle 1.1, section 6.5). Namespaces end with a character that no such name has, so there is one place to look.
pub(super) fn prefixed(iri: &str) -> Option<(&'static str, &str)> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let (namespace, local) = iri.split_at(iri.bytes().rposition(|byte| !plain(byte))? + 1);
    if local.is_empty() || local.starts_with('-') {
        return None;
    }
    prefixes().find(|(_, known)| *known == namespace).map(|(prefix, _)| (prefix, local))
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
