//! RDF/XML: one description a node (RDF 1.1 XML Syntax).

use crate::export::Syntax;
use crate::vocabulary::{PREFIXES, XSD};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, NamedOrBlankNode, NamedOrBlankNodeRef, QuadRef, TermRef};
use std::io::{self, Write};

/// The format while it is written.
#[derive(Default)]
pub(super) struct RdfXml {
    subject: Option<NamedOrBlankNode>,
}

impl Syntax for RdfXml {
    fn head(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
        for (prefix, namespace) in PREFIXES.into_iter().chain([("xsd", XSD)]) {
            out.extend_from_slice(format!("\n    xmlns:{prefix}=\"{namespace}\"").as_bytes());
        }
        out.extend_from_slice(b">\n");
    }

    fn begin_graph(&mut self, _: GraphNameRef<'_>, _: &mut Vec<u8>) {}

    fn statement(&mut self, quad: QuadRef<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        if self.subject.as_ref().map(NamedOrBlankNode::as_ref) != Some(quad.subject) {
            self.end_node(out);
            out.extend_from_slice(b"<rdf:Description ");
            match quad.subject {
                NamedOrBlankNodeRef::NamedNode(node) => attribute("rdf:about", node.as_str(), out),
                NamedOrBlankNodeRef::BlankNode(node) => attribute("rdf:nodeID", node.as_str(), out),
            }
            out.extend_from_slice(b">\n");
            self.subject = Some(quad.subject.into_owned());
        }
        let (name, namespace) = element_name(quad.predicate.as_str())?;
        write!(out, "    <{name}")?;
        if let Some(namespace) = namespace {
            out.push(b' ');
            attribute("xmlns:ns", namespace, out);
        }
        out.push(b' ');
        match quad.object {
            TermRef::NamedNode(node) => {
                attribute("rdf:resource", node.as_str(), out);
                out.extend_from_slice(b"/>\n");
            }
            TermRef::BlankNode(node) => {
                attribute("rdf:nodeID", node.as_str(), out);
                out.extend_from_slice(b"/>\n");
            }
            TermRef::Literal(literal) => {
                if let Some(language) = literal.language() {
                    attribute("xml:lang", language, out);
                } else if literal.datatype() != xsd::STRING {
                    attribute("rdf:datatype", literal.datatype().as_str(), out);
                } else {
                    out.pop();
                }
                out.push(b'>');
                escape(literal.value(), out);
                writeln!(out, "</{name}>")?;
            }
            TermRef::Triple(_) => return Err(unwritable("a triple as the object of a statement")),
        }
        Ok(())
    }

    fn end_node(&mut self, out: &mut Vec<u8>) {
        if self.subject.take().is_some() {
            out.extend_from_slice(b"</rdf:Description>\n");
        }
    }

    fn inside_graph(&mut self, _: GraphNameRef<'_>) {}

    fn end_graph(&mut self, _: &mut Vec<u8>) {}

    fn foot(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</rdf:RDF>\n");
    }
}

/// The name of a property's element, and its namespace where that has no prefix of ours.
fn element_name(iri: &str) -> io::Result<(String, Option<&str>)> {
    for (prefix, namespace) in PREFIXES {
        if let Some(local) = iri.strip_prefix(namespace).filter(|local| is_name(local)) {
            return Ok((format!("{prefix}:{local}"), None));
        }
    }
    let start = iri.char_indices().rev().take_while(|(_, letter)| is_name_character(*letter)).last().map(|(at, _)| at);
    let letters = start.map(|start| iri[start..].trim_start_matches(|first: char| !is_name_start(first)));
    match letters.filter(|local| !local.is_empty()) {
        Some(local) => Ok((format!("ns:{local}"), Some(&iri[..iri.len() - local.len()]))),
        None => Err(unwritable(&format!("the property <{iri}>"))),
    }
}

fn unwritable(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("RDF/XML cannot hold {what}; choose another format"))
}

fn is_name(local: &str) -> bool {
    local.starts_with(is_name_start) && local.chars().all(is_name_character)
}

/// The letters that are certainly allowed at the beginning of an NCName (Namespaces in XML 1.0, section 3).
fn is_name_start(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

fn is_name_character(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.')
}

fn attribute(name: &str, value: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"=\"");
    escape(value, out);
    out.push(b'"');
}

/// Writes characters that are markup as references, and line ends too, which readers would change where they stand
/// in attributes or follow a carriage return (XML 1.0, sections 2.11 and 3.3.3).
fn escape(text: &str, out: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            b'\r' => out.extend_from_slice(b"&#xD;"),
            byte => out.push(byte),
        }
    }
}
