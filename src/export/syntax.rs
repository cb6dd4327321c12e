//! What a format does with quads: bytes for what begins, for what is said, and for what ends.

use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use std::io;

/// One format. Between two nodes it keeps nothing but the graph that is open, so that whole nodes can be written apart
/// from each other, and taken back.
pub(super) trait Syntax: Send {
    /// What stands before everything.
    fn head(&self, bytes: &mut Vec<u8>);

    /// What stands between two members of a list, which nodes and graphs are; not before the first.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// Begins a named graph; the format is one that holds several.
    fn begin_graph(&mut self, graph: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>);

    /// Begins a node.
    fn begin_node(&mut self, subject: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>);

    /// Says something about the node.
    fn statement(&mut self, predicate: NamedNodeRef<'_>, object: TermRef<'_>, bytes: &mut Vec<u8>) -> io::Result<()>;

    /// Ends the node.
    fn end_node(&mut self, bytes: &mut Vec<u8>);

    /// Ends the named graph.
    fn end_graph(&mut self, bytes: &mut Vec<u8>);

    /// What stands after everything.
    fn foot(&self, bytes: &mut Vec<u8>);
}

/// Adds texts one after the other.
pub(super) fn push<const COUNT: usize>(bytes: &mut Vec<u8>, texts: [&str; COUNT]) {
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
    }
}

/// Adds a literal's words in quotation marks, with the escapes of canonical N-Quads (RDF 1.2 N-Quads, section 3.1),
/// which are also those of Turtle.
pub(super) fn push_quoted(value: &str, bytes: &mut Vec<u8>) {
    // The bytes that are escaped, and the first of U+FFFE and U+FFFF; without an early end the test is a fast one.
    let special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\' || byte == 0x7F || byte == 0xEF;
    if !value.bytes().fold(false, |found, byte| found | special(byte)) {
        return push(bytes, ["\"", value, "\""]);
    }
    bytes.push(b'"');
    let mut kept = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0C => "\\f",
            0..=0x1F | 0x7F => "",
            // U+FFFE and U+FFFF, which are no characters.
            0xEF if value[at..].starts_with(['\u{FFFE}', '\u{FFFF}']) => "",
            _ => continue,
        };
        bytes.extend_from_slice(&value.as_bytes()[kept..at]);
        let letter = value[at..].chars().next().expect("the byte begins a character");
        if escape.is_empty() {
            bytes.extend_from_slice(format!("\\u{:04X}", u32::from(letter)).as_bytes());
        } else {
            bytes.extend_from_slice(escape.as_bytes());
        }
        kept = at + letter.len_utf8();
    }
    bytes.extend_from_slice(&value.as_bytes()[kept..]);
    bytes.push(b'"');
}
