//! What a file may not do: go too deep, have too many attributes, or entities that grow.

use super::markup::{ATTRIBUTE_LIMIT, Markup, Obstacle, markup};
use super::place::{Places, number};
use crate::diagnostic::{Code, Diagnostic};
use memchr::{memchr, memchr_iter, memchr2, memmem};

/// How deep elements may lie in each other.
pub(in crate::read) const DEPTH_LIMIT: usize = 256;
/// The most bytes that entities defined in the file may come to, all together.
const EXPANSION_LIMIT: usize = 1024 * 1024;

/// Refuses what is too deep, has too many attributes, or entities that grow, before anything is made of it.
pub(super) fn check_limits(text: &str, places: &Places<'_>) -> Result<(), Diagnostic> {
    let bytes = text.as_bytes();
    let refuse = |at, message: String| Err(Diagnostic::new(Code::XmlLimit, places.span(at..at), message));
    let (mut at, mut depth) = (0, 0_usize);
    let mut doctype: &[u8] = b"";
    while let Some(next) = memchr(b'<', &bytes[at..]) {
        let start = at + next;
        match markup(bytes, start) {
            Ok((Markup::Start { empty: false }, end)) => {
                depth += 1;
                at = end;
            }
            Ok((Markup::End, end)) => {
                depth = depth.saturating_sub(1);
                at = end;
            }
            Ok((Markup::Doctype, end)) => {
                doctype = &bytes[start..end];
                at = end;
            }
            Ok((_, end)) => at = end,
            Err(Obstacle::Attributes) => {
                return refuse(start, format!("an element has more than {ATTRIBUTE_LIMIT} attributes"));
            }
            // The parser says what is wrong with it.
            Err(Obstacle::Incomplete) => break,
        }
        if depth > DEPTH_LIMIT {
            return refuse(start, format!("elements lie in each other more than {DEPTH_LIMIT} deep"));
        }
    }
    if expansion(doctype, bytes) > EXPANSION_LIMIT {
        return refuse(0, format!("the entities of this file come to more than {EXPANSION_LIMIT} bytes"));
    }
    Ok(())
}

/// The most that the entities defined in a document type declaration can come to in a text.
fn expansion(doctype: &[u8], text: &[u8]) -> usize {
    if memmem::find(doctype, b"<!ENTITY").is_none() {
        return 0;
    }
    let named = |bytes: &[u8]| {
        let references = memchr_iter(b'&', bytes).filter(|at| {
            let rest = &bytes[at + 1..];
            !["#", "amp;", "lt;", "gt;", "quot;", "apos;"].iter().any(|known| rest.starts_with(known.as_bytes()))
        });
        references.count()
    };
    // Each entity can stand for all others; so the declaration's own references count as a power.
    let inner = named(doctype).min(8);
    let largest = doctype.len().saturating_mul(doctype.len().max(2).saturating_pow(number(inner)));
    let outer = named(text).saturating_sub(named(doctype));
    let entity = if inner == 0 { longest_value(doctype) } else { largest };
    entity.saturating_mul(outer)
}

/// The length of the longest quoted value.
fn longest_value(doctype: &[u8]) -> usize {
    let (mut at, mut longest) = (0, 0);
    while let Some(open) = memchr2(b'"', b'\'', &doctype[at..]) {
        let open = at + open;
        let Some(length) = memchr(doctype[open], &doctype[open + 1..]) else { break };
        longest = longest.max(length);
        at = open + length + 2;
    }
    longest
}
