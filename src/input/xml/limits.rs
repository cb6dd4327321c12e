//! What a file may not do: go too deep, have too many attributes or prefixes, or entities that grow.

use super::markup::{ATTRIBUTE_LIMIT, DOCTYPE_LIMIT, MarkupKind, Obstacle, markup};
use super::place::{Places, number};
use crate::diagnostic::{Code, Diagnostic};
use memchr::{memchr, memchr_iter, memchr3, memmem};
use std::collections::HashSet;

/// How deep elements may lie in each other.
pub(in crate::input) const DEPTH_LIMIT: usize = 256;
/// The most prefixes that a file may declare, for the parser compares them with each other.
const PREFIX_LIMIT: usize = 64;
/// The most bytes that entities defined in the file may come to, all together.
const EXPANSION_LIMIT: usize = 1024 * 1024;

/// What a declared prefix follows.
const PREFIX: &[u8] = b"xmlns:";
/// What the declaration of an entity begins with.
const ENTITY: &[u8] = b"<!ENTITY";

/// Refuses what is too deep, has too many attributes or prefixes, or entities that grow, before anything is made of it.
pub(super) fn check_limits(text: &str, places: &Places<'_>) -> Result<(), Diagnostic> {
    let bytes = text.as_bytes();
    let refuse = |at, message: String| Err(Diagnostic::new(Code::XmlLimit, places.span(at..at), message));
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(next) = memchr(b'<', &bytes[at..]) {
        let start = at + next;
        match markup(bytes, start) {
            Ok((MarkupKind::Start { empty: false }, end)) => {
                depth += 1;
                at = end;
            }
            Ok((MarkupKind::End, end)) => {
                depth = depth.saturating_sub(1);
                at = end;
            }
            Ok((_, end)) => at = end,
            Err(Obstacle::Attributes) => {
                return refuse(start, format!("an element has more than {ATTRIBUTE_LIMIT} attributes"));
            }
            Err(Obstacle::Incomplete) if bytes[start..].starts_with(b"<!DOCTYPE") && bytes.len() > DOCTYPE_LIMIT => {
                return refuse(start, format!("the document type declaration has more than {DOCTYPE_LIMIT} bytes"));
            }
            // The parser says what is wrong with it.
            Err(Obstacle::Incomplete) => break,
        }
        if depth > DEPTH_LIMIT {
            return refuse(start, format!("elements lie in each other more than {DEPTH_LIMIT} deep"));
        }
    }
    let mut prefixes = HashSet::new();
    let one_too_many = memmem::find_iter(bytes, PREFIX).find(|at| {
        prefixes.insert(prefix(&bytes[at + PREFIX.len()..]));
        prefixes.len() > PREFIX_LIMIT
    });
    if let Some(at) = one_too_many {
        return refuse(at, format!("this file declares more than {PREFIX_LIMIT} prefixes"));
    }
    if expansion(bytes) > EXPANSION_LIMIT {
        return refuse(0, format!("the entities of this file come to more than {EXPANSION_LIMIT} bytes"));
    }
    Ok(())
}

/// The prefix at the beginning of a declaration's rest.
fn prefix(rest: &[u8]) -> &[u8] {
    let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b':'));
    &rest[..end.unwrap_or(rest.len())]
}

/// The most that the entities defined in a text can come to in it.
///
/// They are looked for everywhere: where a document type declaration ends is for the parser to find, and who could make
/// it end elsewhere for the two would get past the limit.
fn expansion(text: &[u8]) -> usize {
    let literal = |at| {
        let rest = &text[at + ENTITY.len()..];
        // A declaration that has none is not looked for in all that follows.
        let open = memchr3(b'"', b'\'', b'<', rest).filter(|open| rest[*open] != b'<')?;
        let value = &rest[open + 1..];
        Some(&value[..memchr(rest[open], value)?])
    };
    let values: Vec<&[u8]> = memmem::find_iter(text, ENTITY).filter_map(literal).collect();
    let inner: usize = values.iter().map(|value| references(value)).sum();
    let outer = references(text).saturating_sub(inner);
    let lengths = values.iter().map(|value| value.len());
    let entity = if inner == 0 {
        lengths.max().unwrap_or(0)
    } else {
        // Each entity can stand for all others; so the references in them count as a power.
        let all: usize = lengths.sum();
        all.saturating_mul(all.max(2).saturating_pow(number(inner.min(8))))
    };
    entity.saturating_mul(outer)
}

/// How many entities are named that a file would have to define.
fn references(text: &[u8]) -> usize {
    let known = ["#", "amp;", "lt;", "gt;", "quot;", "apos;"];
    let named = |at: &usize| !known.iter().any(|known| text[at + 1..].starts_with(known.as_bytes()));
    memchr_iter(b'&', text).filter(named).count()
}
