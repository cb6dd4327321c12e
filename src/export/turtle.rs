//! Turtle and TriG made for reading: ids relative to the corpus's base, prefixes in order, one block a thing.
//!
//! Oxigraph's writer is not used for these two, because with a base it also shortens other people's addresses to
//! forms such as `<//w3id.org/…>`, and leaves no line between things.

use crate::export::{Syntax, relative};
use crate::vocabulary::{PREFIXES, XSD, rdf};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{
    GraphNameRef, LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, QuadRef, TermRef,
};
use std::io::{self, Write};

/// One of the two while it is written.
pub(super) struct Turtle {
    base: String,
    keeps_graphs: bool,
    /// What stands before every line of a node.
    indent: &'static [u8],
    subject: Option<NamedOrBlankNode>,
    predicate: Option<NamedNode>,
}

impl Turtle {
    pub(super) fn new(base: &str, keeps_graphs: bool) -> Self {
        Self { base: base.to_owned(), keeps_graphs, indent: b"", subject: None, predicate: None }
    }

    fn predicate(&self, predicate: NamedNodeRef<'_>, out: &mut Vec<u8>) {
        if predicate == rdf::TYPE { out.push(b'a') } else { iri(predicate.as_str(), &self.base, out) }
    }

    fn object(&self, object: TermRef<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        match object {
            TermRef::NamedNode(node) => iri(node.as_str(), &self.base, out),
            TermRef::BlankNode(node) => write!(out, "{node}")?,
            TermRef::Literal(literal) => self.literal(literal, out)?,
            TermRef::Triple(triple) => write!(out, "<<( {triple} )>>")?,
        }
        Ok(())
    }

    fn literal(&self, literal: LiteralRef<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        let datatype = literal.datatype();
        if datatype == xsd::INTEGER && is_integer(literal.value()) {
            out.extend_from_slice(literal.value().as_bytes());
        } else if literal.language().is_some() || datatype == xsd::STRING {
            write!(out, "{literal}")?;
        } else {
            write!(out, "{}^^", LiteralRef::new_simple_literal(literal.value()))?;
            iri(datatype.as_str(), &self.base, out);
        }
        Ok(())
    }
}

impl Syntax for Turtle {
    fn head(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("@base <{}> .\n", self.base).as_bytes());
        for (prefix, namespace) in PREFIXES.into_iter().chain([("xsd", XSD)]) {
            out.extend_from_slice(format!("@prefix {prefix}: <{namespace}> .\n").as_bytes());
        }
    }

    fn begin_graph(&mut self, graph: GraphNameRef<'_>, out: &mut Vec<u8>) {
        self.inside_graph(graph);
        match graph {
            GraphNameRef::DefaultGraph => return,
            GraphNameRef::NamedNode(node) => {
                out.push(b'\n');
                iri(node.as_str(), &self.base, out);
            }
            GraphNameRef::BlankNode(node) => out.extend_from_slice(format!("\n{node}").as_bytes()),
        }
        out.extend_from_slice(b" {");
    }

    fn inside_graph(&mut self, graph: GraphNameRef<'_>) {
        self.indent = if self.keeps_graphs && !graph.is_default_graph() { b"    " } else { b"" };
    }

    fn statement(&mut self, quad: QuadRef<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        if self.subject.as_ref().map(NamedOrBlankNode::as_ref) != Some(quad.subject) {
            self.end_node(out);
            out.push(b'\n');
            out.extend_from_slice(self.indent);
            match quad.subject {
                NamedOrBlankNodeRef::NamedNode(node) => iri(node.as_str(), &self.base, out),
                NamedOrBlankNodeRef::BlankNode(node) => write!(out, "{node}")?,
            }
            out.push(b'\n');
            out.extend_from_slice(self.indent);
            out.extend_from_slice(b"    ");
            self.predicate(quad.predicate, out);
            self.subject = Some(quad.subject.into_owned());
        } else if self.predicate.as_ref().map(NamedNode::as_ref) == Some(quad.predicate) {
            out.extend_from_slice(b" ,");
        } else {
            out.extend_from_slice(b" ;\n");
            out.extend_from_slice(self.indent);
            out.extend_from_slice(b"    ");
            self.predicate(quad.predicate, out);
        }
        self.predicate = Some(quad.predicate.into_owned());
        out.push(b' ');
        self.object(quad.object, out)
    }

    fn end_node(&mut self, out: &mut Vec<u8>) {
        self.predicate = None;
        if self.subject.take().is_some() {
            out.extend_from_slice(b" .\n");
        }
    }

    fn end_graph(&mut self, out: &mut Vec<u8>) {
        if !self.indent.is_empty() {
            out.extend_from_slice(b"}\n");
        }
    }

    fn foot(&mut self, _: &mut Vec<u8>) {}
}

/// A name with a prefix where there is one, an IRI relative to the base, or a full IRI.
fn iri(iri: &str, base: &str, out: &mut Vec<u8>) {
    let prefixed = PREFIXES.into_iter().chain([("xsd", XSD)]).find_map(|(prefix, namespace)| {
        Some((prefix, iri.strip_prefix(namespace).filter(|local| is_local_name(local))?))
    });
    match prefixed {
        Some((prefix, local)) => [prefix, ":", local].iter().for_each(|part| out.extend_from_slice(part.as_bytes())),
        None => ["<", relative(iri, base), ">"].iter().for_each(|part| out.extend_from_slice(part.as_bytes())),
    }
}

/// Whether a name can stand behind a prefix as it is: a part of PN_LOCAL (Turtle 1.1, section 6.5).
fn is_local_name(local: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    local.bytes().all(plain) && local.starts_with(|first: char| first != '-')
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
