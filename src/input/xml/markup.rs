//! Markup passed over without looking into it: where each piece ends.

use memchr::{memchr, memchr3, memmem};

/// The most attributes that an element may have.
pub(super) const ATTRIBUTE_LIMIT: usize = 256;
/// The most bytes of a document type declaration, which is where entities are defined.
pub(super) const DOCTYPE_LIMIT: usize = 64 * 1024;

/// A piece of markup, found without looking into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum MarkupKind {
    /// A start tag or an empty element.
    Start {
        /// Whether it has no end tag.
        empty: bool,
    },
    /// An end tag.
    End,
    /// The document type declaration.
    Doctype,
    /// A comment, a processing instruction or a CDATA section.
    Other,
}

/// Why markup cannot be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Obstacle {
    /// It does not end before the text does.
    Incomplete,
    /// It has too many attributes.
    Attributes,
}

/// The markup whose `<` is at `at`, and the first byte after it.
pub(in crate::input) fn markup(text: &[u8], at: usize) -> Result<(MarkupKind, usize), Obstacle> {
    let rest = &text[at..];
    let after = |end: &[u8], skip: usize| {
        rest.get(skip..).and_then(|rest| memmem::find(rest, end)).map(|i| i + skip + end.len())
    };
    let found = if rest.starts_with(b"<!--") {
        after(b"-->", 4).map(|end| (MarkupKind::Other, end))
    } else if rest.starts_with(b"<![CDATA[") {
        after(b"]]>", 9).map(|end| (MarkupKind::Other, end))
    } else if rest.starts_with(b"<?") {
        after(b"?>", 2).map(|end| (MarkupKind::Other, end))
    } else if rest.starts_with(b"<!DOCTYPE") {
        doctype_end(rest).map(|end| (MarkupKind::Doctype, end))
    } else if b"<![CDATA[".starts_with(rest) || b"<!--".starts_with(rest) || b"<!DOCTYPE".starts_with(rest) {
        None
    } else if rest.get(1) == Some(&b'/') {
        memchr(b'>', rest).map(|end| (MarkupKind::End, end + 1))
    } else {
        tag_end(rest)?.map(|end| (MarkupKind::Start { empty: rest[end - 2] == b'/' }, end))
    };
    found.map(|(markup, length)| (markup, at + length)).ok_or(Obstacle::Incomplete)
}

/// The end of a start tag; a `>` in the value of an attribute does not end it.
fn tag_end(tag: &[u8]) -> Result<Option<usize>, Obstacle> {
    let (mut at, mut attributes) = (1, 0);
    while let Some(next) = memchr3(b'>', b'"', b'\'', &tag[at..]) {
        let found = at + next;
        if tag[found] == b'>' {
            return Ok(Some(found + 1));
        }
        attributes += 1;
        if attributes > ATTRIBUTE_LIMIT {
            return Err(Obstacle::Attributes);
        }
        let Some(close) = memchr(tag[found], &tag[found + 1..]) else { return Ok(None) };
        at = found + 1 + close + 1;
    }
    Ok(None)
}

/// The end of a document type declaration (XML 1.0, section 2.8), with its declarations in square brackets.
fn doctype_end(text: &[u8]) -> Option<usize> {
    let (mut at, mut inside) = (9, false);
    while at < text.len().min(DOCTYPE_LIMIT) {
        match text[at] {
            b'"' | b'\'' => at += 1 + memchr(text[at], &text[at + 1..])?,
            b'[' => inside = true,
            b']' => inside = false,
            b'<' if text[at..].starts_with(b"<!--") => at += memmem::find(&text[at..], b"-->")? + 2,
            b'<' if text[at..].starts_with(b"<?") => at += memmem::find(&text[at..], b"?>")? + 1,
            // As roxmltree has it: a quotation mark in any other declaration opens nothing.
            b'<' if inside && !text[at..].starts_with(b"<!ENTITY") => at += memchr(b'>', &text[at..])?,
            b'>' if !inside => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}
