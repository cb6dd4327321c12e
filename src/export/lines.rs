//! N-Triples and N-Quads: one statement a line, in canonical form (RDF 1.2 N-Quads, section 3.1).

use crate::export::Syntax;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef};
use std::io::{self, Write};

/// One of the two.
pub(super) struct Lines {
    quads: bool,
}

impl Lines {
    pub(super) fn new(quads: bool) -> Self {
        Self { quads }
    }
}

impl Syntax for Lines {
    fn head(&mut self, _: &mut Vec<u8>) {}

    fn begin_graph(&mut self, _: GraphNameRef<'_>, _: &mut Vec<u8>) {}

    fn statement(&mut self, quad: QuadRef<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        match quad.subject {
            NamedOrBlankNodeRef::NamedNode(node) => iri(node, out),
            NamedOrBlankNodeRef::BlankNode(node) => write!(out, "{node}")?,
        }
        out.push(b' ');
        iri(quad.predicate, out);
        out.push(b' ');
        match quad.object {
            TermRef::NamedNode(node) => iri(node, out),
            TermRef::Literal(value) => literal(value, out)?,
            other => write!(out, "{other}")?,
        }
        match quad.graph_name {
            GraphNameRef::NamedNode(graph) if self.quads => {
                out.push(b' ');
                iri(graph, out);
            }
            GraphNameRef::BlankNode(graph) if self.quads => write!(out, " {graph}")?,
            _ => {}
        }
        out.extend_from_slice(b" .\n");
        Ok(())
    }

    fn end_node(&mut self, _: &mut Vec<u8>) {}

    fn inside_graph(&mut self, _: GraphNameRef<'_>) {}

    fn end_graph(&mut self, _: &mut Vec<u8>) {}

    fn foot(&mut self, _: &mut Vec<u8>) {}
}

fn iri(node: NamedNodeRef<'_>, out: &mut Vec<u8>) {
    out.push(b'<');
    out.extend_from_slice(node.as_str().as_bytes());
    out.push(b'>');
}

/// Most literals need no escape and are copied; the others are left to the library that knows all escapes.
fn literal(value: LiteralRef<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let text = value.value().as_bytes();
    if text.iter().any(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F | 0x7F))
        || value.value().contains(['\u{FFFE}', '\u{FFFF}'])
    {
        return write!(out, "{value}");
    }
    out.push(b'"');
    out.extend_from_slice(text);
    out.push(b'"');
    if let Some(language) = value.language() {
        out.push(b'@');
        out.extend_from_slice(language.as_bytes());
    } else if value.datatype() != xsd::STRING {
        out.extend_from_slice(b"^^");
        iri(value.datatype(), out);
    }
    Ok(())
}
