//! Turtle and TriG made for reading: ids relative to the corpus's base, prefixes in order, one block a thing.
//!
//! Oxigraph's writer is not used for these two, because with a base it also shortens other people's addresses to
//! forms such as `<//w3id.org/…>`, and leaves no line between things.

use crate::error::Result;
use crate::export::{Export, Shared, failed, relative};
use crate::graph::{Sink, Statement};
use crate::vocabulary::{PREFIXES, XSD, rdf};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, GraphNameRef, LiteralRef, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, TermRef};
use std::io::{self, Write};

/// One of the two while it is written.
pub(super) struct Writer<W> {
    writer: W,
    base: String,
    /// Nothing where graphs are kept apart.
    shared: Option<Shared>,
    graph: GraphName,
    subject: Option<NamedOrBlankNode>,
    predicate: Option<NamedNode>,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(base: &str, keeps_graphs: bool, mut writer: W) -> Result<Self> {
        let mut head = format!("@base <{base}> .\n");
        for (prefix, namespace) in PREFIXES.into_iter().chain([("xsd", XSD)]) {
            head.push_str(&format!("@prefix {prefix}: <{namespace}> .\n"));
        }
        writer.write_all(head.as_bytes()).map_err(failed)?;
        let shared = (!keeps_graphs).then(Shared::default);
        let graph = GraphName::DefaultGraph;
        Ok(Self { writer, base: base.to_owned(), shared, graph, subject: None, predicate: None })
    }

    fn indent(&self) -> &'static str {
        if self.graph.is_default_graph() { "" } else { "    " }
    }

    fn write(&mut self, statement: Statement<'_>) -> io::Result<()> {
        let quad = statement.quad;
        let graph = if self.shared.is_some() { GraphNameRef::DefaultGraph } else { quad.graph_name };
        if self.graph.as_ref() != graph {
            self.end_graph()?;
            if !graph.is_default_graph() {
                write!(self.writer, "\n{} {{", self.graph_name(graph))?;
            }
            self.graph = graph.into_owned();
        }
        let indent = self.indent();
        if self.subject.as_ref().map(NamedOrBlankNode::as_ref) != Some(quad.subject) {
            self.end_subject()?;
            write!(self.writer, "\n{indent}{}\n{indent}    ", self.subject_text(quad.subject))?;
            self.write_predicate(quad.predicate.as_str())?;
            self.subject = Some(quad.subject.into_owned());
        } else if self.predicate.as_ref().map(NamedNode::as_ref) == Some(quad.predicate) {
            self.writer.write_all(b" ,")?;
        } else {
            write!(self.writer, " ;\n{indent}    ")?;
            self.write_predicate(quad.predicate.as_str())?;
        }
        self.predicate = Some(quad.predicate.into_owned());
        self.writer.write_all(b" ")?;
        self.write_object(quad.object)
    }

    fn write_predicate(&mut self, predicate: &str) -> io::Result<()> {
        match predicate {
            predicate if predicate == rdf::TYPE.as_str() => self.writer.write_all(b"a"),
            predicate => write!(self.writer, "{}", iri(predicate, &self.base)),
        }
    }

    fn write_object(&mut self, object: TermRef<'_>) -> io::Result<()> {
        match object {
            TermRef::NamedNode(node) => write!(self.writer, "{}", iri(node.as_str(), &self.base)),
            TermRef::BlankNode(node) => write!(self.writer, "{node}"),
            TermRef::Literal(literal) => self.write_literal(literal),
            TermRef::Triple(triple) => write!(self.writer, "<<( {triple} )>>"),
        }
    }

    fn write_literal(&mut self, literal: LiteralRef<'_>) -> io::Result<()> {
        let datatype = literal.datatype();
        if datatype == xsd::INTEGER && is_integer(literal.value()) {
            return self.writer.write_all(literal.value().as_bytes());
        }
        if literal.language().is_some() || datatype == xsd::STRING {
            return write!(self.writer, "{literal}");
        }
        let value = LiteralRef::new_simple_literal(literal.value());
        write!(self.writer, "{value}^^{}", iri(datatype.as_str(), &self.base))
    }

    fn subject_text(&self, subject: NamedOrBlankNodeRef<'_>) -> String {
        match subject {
            NamedOrBlankNodeRef::NamedNode(node) => iri(node.as_str(), &self.base),
            NamedOrBlankNodeRef::BlankNode(node) => node.to_string(),
        }
    }

    fn graph_name(&self, graph: GraphNameRef<'_>) -> String {
        match graph {
            GraphNameRef::NamedNode(node) => iri(node.as_str(), &self.base),
            other => other.to_string(),
        }
    }

    fn end_subject(&mut self) -> io::Result<()> {
        self.predicate = None;
        if self.subject.take().is_some() { self.writer.write_all(b" .\n") } else { Ok(()) }
    }

    fn end_graph(&mut self) -> io::Result<()> {
        self.end_subject()?;
        if self.graph.is_default_graph() { Ok(()) } else { self.writer.write_all(b"}\n") }
    }
}

/// A name with a prefix where there is one, an IRI relative to the base, or a full IRI.
fn iri(iri: &str, base: &str) -> String {
    let prefixed = PREFIXES.into_iter().chain([("xsd", XSD)]).find_map(|(prefix, namespace)| {
        let local = iri.strip_prefix(namespace).filter(|local| is_local_name(local))?;
        Some(format!("{prefix}:{local}"))
    });
    prefixed.unwrap_or_else(|| format!("<{}>", relative(iri, base)))
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

impl<W: Write> Sink for Writer<W> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        if self.shared.as_mut().is_some_and(|shared| shared.is_known(statement)) {
            return Ok(());
        }
        self.write(statement).map_err(failed)
    }
}

impl<W: Write> Export for Writer<W> {
    fn finish(mut self: Box<Self>) -> Result<()> {
        self.end_graph().and_then(|()| self.writer.flush()).map_err(failed)
    }
}
