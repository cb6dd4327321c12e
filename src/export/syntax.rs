//! What a format does with quads: bytes for what begins, for what is said, and for what ends.

use oxigraph::model::{LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
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

/// Adds a literal's words in quotation marks, with the escapes of canonical N-Quads, which are also those of Turtle.
pub(super) fn push_quoted(value: &str, bytes: &mut Vec<u8>) {
    // The bytes that are escaped, and the first of U+FFFE and U+FFFF; without an early end the test is a fast one.
    let special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\' || byte == 0x7F || byte == 0xEF;
    if value.bytes().fold(false, |found, byte| found | special(byte)) {
        push(bytes, [&LiteralRef::new_simple_literal(value).to_string()]);
    } else {
        push(bytes, ["\"", value, "\""]);
    }
}
