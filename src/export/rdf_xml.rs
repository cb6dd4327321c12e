//! RDF/XML: one `rdf:Description` a node, one element a statement.
//!
//! Oxigraph's writer is not used, because what it keeps from one statement to the next cannot be taken back, and it
//! leaves carriage returns as they are.

use crate::export::syntax::{Syntax, push};
use crate::export::turtle::{prefixed, prefixes};
use crate::source::is_forbidden;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{BaseDirection, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use std::io::{self, ErrorKind};

/// The format, which keeps nothing at all.
pub(super) struct RdfXml;

/// The names that are syntax, and so no properties (RDF 1.1 XML Syntax, section 5.1.2 and following).
const RESERVED: [&str; 9] = ["Description", "li", "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"];

/// The namespace that no prefix may stand for (Namespaces in XML 1.0, section 3).
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

impl Syntax for RdfXml {
    fn head(&self, bytes: &mut Vec<u8>) {
        push(bytes, ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF"]);
        for (prefix, namespace) in prefixes() {
            push(bytes, ["\n\txmlns:", prefix, "=\"", namespace, "\""]);
        }
        push(bytes, [">\n"]);
    }

    fn begin_graph(&mut self, _: NamedOrBlankNodeRef<'_>, _: &mut Vec<u8>) {}

    fn begin_node(&mut self, subject: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
        push(bytes, ["\t<rdf:Description"]);
        match subject {
            NamedOrBlankNodeRef::NamedNode(node) => push_attribute(" rdf:about", node.as_str(), bytes),
            NamedOrBlankNodeRef::BlankNode(node) => push_attribute(" rdf:nodeID", node.as_str(), bytes),
        }
        push(bytes, [">\n"]);
    }

    fn statement(&mut self, predicate: NamedNodeRef<'_>, object: TermRef<'_>, bytes: &mut Vec<u8>) -> io::Result<()> {
        let name = XmlName::of(predicate.as_str())?;
        push(bytes, ["\t\t<", name.prefix, ":", name.local]);
        if let Some(namespace) = name.namespace {
            push_attribute(" xmlns:ns", namespace, bytes);
        }
        match object {
            TermRef::NamedNode(node) => push_attribute(" rdf:resource", node.as_str(), bytes),
            TermRef::BlankNode(node) => push_attribute(" rdf:nodeID", node.as_str(), bytes),
            TermRef::Literal(literal) => {
                push_literal(literal, bytes)?;
                push(bytes, ["</", name.prefix, ":", name.local, ">\n"]);
                return Ok(());
            }
            TermRef::Triple(_) => unreachable!("the graph and its questions are of RDF 1.1"),
        }
        push(bytes, ["/>\n"]);
        Ok(())
    }

    fn end_node(&mut self, bytes: &mut Vec<u8>) {
        push(bytes, ["\t</rdf:Description>\n"]);
    }

    fn end_graph(&mut self, _: &mut Vec<u8>) {}

    fn foot(&self, bytes: &mut Vec<u8>) {
        push(bytes, ["</rdf:RDF>\n"]);
    }
}

/// The name of an element, and the namespace where it has to be declared there.
struct XmlName<'a> {
    prefix: &'static str,
    local: &'a str,
    namespace: Option<&'a str>,
}

impl<'a> XmlName<'a> {
    fn of(predicate: &'a str) -> io::Result<Self> {
        let known = prefixed(predicate).filter(|(_, local)| local.starts_with(begins_name));
        let name = match known {
            Some((prefix, local)) => Self { prefix, local, namespace: None },
            None => {
                let end = predicate.rfind(|character| !continues_name(character)).unwrap_or(predicate.len());
                let begin = predicate[end..].find(begins_name).map_or(predicate.len(), |begin| end + begin);
                let (namespace, local) = predicate.split_at(begin);
                Self { prefix: "ns", local, namespace: Some(namespace) }
            }
        };
        let reserved = name.prefix == "rdf" && RESERVED.contains(&name.local);
        if name.local.is_empty() || reserved || name.namespace == Some(XMLNS) {
            let message = format!("the predicate <{predicate}> cannot be the name of an element of RDF/XML");
            return Err(io::Error::new(ErrorKind::InvalidData, message));
        }
        Ok(name)
    }
}

/// Whether a name without a colon can begin with a character (NCName in Namespaces in XML 1.0, section 3).
fn begins_name(character: char) -> bool {
    matches!(character, 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// Whether such a name can go on with a character.
fn continues_name(character: char) -> bool {
    begins_name(character)
        || matches!(character, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Adds the attributes that a literal needs, the end of the element's start, and the words.
fn push_literal(literal: LiteralRef<'_>, bytes: &mut Vec<u8>) -> io::Result<()> {
    if let Some(character) = literal.value().chars().find(|character| is_forbidden(*character)) {
        let message = format!("RDF/XML cannot hold the character U+{:04X} of a literal", u32::from(character));
        return Err(io::Error::new(ErrorKind::InvalidData, message));
    }
    if let Some(language) = literal.language() {
        push_attribute(" xml:lang", language, bytes);
    } else if literal.datatype() != xsd::STRING {
        push_attribute(" rdf:datatype", literal.datatype().as_str(), bytes);
    }
    if let Some(direction) = literal.direction() {
        // RDF 1.2 XML Syntax, section 2.9.
        let direction = if direction == BaseDirection::Ltr { "ltr" } else { "rtl" };
        push(bytes, [" xmlns:its=\"http://www.w3.org/2005/11/its\" rdf:version=\"1.2\" its:version=\"2.0\""]);
        push_attribute(" its:dir", direction, bytes);
    }
    bytes.push(b'>');
    push_escaped(literal.value(), Place::Content, bytes);
    Ok(())
}

fn push_attribute(name: &str, value: &str, bytes: &mut Vec<u8>) {
    push(bytes, [name, "=\""]);
    push_escaped(value, Place::Attribute, bytes);
    bytes.push(b'"');
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Attribute,
    Content,
}

/// Adds a text so that a reader of XML gives back the same characters: it takes carriage returns for line ends, and in
/// attributes every white space for a space (XML 1.0, sections 2.11 and 3.3.3).
fn push_escaped(text: &str, place: Place, bytes: &mut Vec<u8>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\r' => "&#xD;",
            b'"' if place == Place::Attribute => "&quot;",
            b'\t' if place == Place::Attribute => "&#x9;",
            b'\n' if place == Place::Attribute => "&#xA;",
            _ => continue,
        };
        push(bytes, [&text[done..at], escape]);
        done = at + 1;
    }
    push(bytes, [&text[done..]]);
}
