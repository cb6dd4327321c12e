//! XML within limits: what is well formed becomes a tree whose parts know whether they were used; what is not is a
//! diagnostic with its place.

use crate::diagnostic::{Code, Diagnostic};
use crate::read::coverage::Coverage;
use crate::source::{FileId, Sources, Span};
use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};
use roxmltree::{Document, Node, ParsingOptions};
use std::cell::{Cell, OnceCell};
use std::ops::Range;

/// How deep elements may lie in each other.
pub(super) const DEPTH_LIMIT: usize = 256;
/// The most attributes that an element may have.
const ATTRIBUTE_LIMIT: usize = 256;
/// The most bytes of a document type declaration, which is where entities are defined.
const DOCTYPE_LIMIT: usize = 64 * 1024;
/// The most bytes that entities defined in the file may come to, all together.
const EXPANSION_LIMIT: usize = 1024 * 1024;
/// The namespace of TEI P5.
const TEI: &str = "http://www.tei-c.org/ns/1.0";
/// The namespace of `xml:id`, `xml:lang` and `xml:space`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A piece of markup, found without looking into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
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
pub(super) enum Obstacle {
    /// It does not end before the text does.
    Incomplete,
    /// It has too many attributes.
    Attributes,
}

/// The markup whose `<` is at `at`, and the first byte after it.
pub(super) fn markup(text: &[u8], at: usize) -> Result<(Markup, usize), Obstacle> {
    let rest = &text[at..];
    let after = |end: &[u8], skip: usize| {
        rest.get(skip..).and_then(|rest| memmem::find(rest, end)).map(|i| i + skip + end.len())
    };
    let found = if rest.starts_with(b"<!--") {
        after(b"-->", 4).map(|end| (Markup::Other, end))
    } else if rest.starts_with(b"<![CDATA[") {
        after(b"]]>", 9).map(|end| (Markup::Other, end))
    } else if rest.starts_with(b"<?") {
        after(b"?>", 2).map(|end| (Markup::Other, end))
    } else if rest.starts_with(b"<!DOCTYPE") {
        doctype_end(rest).map(|end| (Markup::Doctype, end))
    } else if b"<![CDATA[".starts_with(rest) || b"<!--".starts_with(rest) || b"<!DOCTYPE".starts_with(rest) {
        None
    } else if rest.get(1) == Some(&b'/') {
        memchr(b'>', rest).map(|end| (Markup::End, end + 1))
    } else {
        tag_end(rest)?.map(|end| (Markup::Start { empty: rest[end - 2] == b'/' }, end))
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
            b'>' if !inside => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where a text lies in its file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// The file.
    pub(super) file: FileId,
    /// The line of the file that the text begins in, from 1.
    pub(super) line: u32,
    /// The bytes before the text that are not the file's.
    pub(super) before: usize,
}

impl Origin {
    /// A whole file.
    pub(super) fn whole(file: FileId) -> Self {
        Self { file, line: 1, before: 0 }
    }
}

/// A text that was parsed.
pub(super) struct Tree<'t> {
    text: &'t str,
    origin: Origin,
    document: Document<'t>,
    lines: OnceCell<Vec<usize>>,
    /// One bit for each byte of the text: whether the element or attribute that begins there was used.
    used: Vec<Cell<u64>>,
}

/// Checks bytes for an encoding that can be read: UTF-8, whatever the declaration says of what is all ASCII.
pub(super) fn decode<'b>(bytes: &'b [u8], origin: Origin, declared: Option<&str>) -> Result<&'b str, Diagnostic> {
    let file = origin.file;
    let wrong = |span: Span, message: String| {
        Diagnostic::new(Code::WrongEncoding, span, message)
            .help("save the file as UTF-8, and declare it so in its first line")
    };
    let whole = Sources::whole(file);
    if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) || bytes.get(1) == Some(&0) {
        return Err(wrong(whole, "this file is UTF-16 or UTF-32".to_owned()));
    }
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let own = declared_encoding(bytes);
    if let Some(encoding) = declared.or(own.as_deref())
        && !bytes.is_ascii()
    {
        return Err(wrong(
            Span { file, line: 1, column: 1, length: 1 },
            format!("this file declares the encoding {encoding}"),
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = memchr_iter(b'\n', good).count() + 1;
        let start = good.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&good[start..]).chars().count() + 1;
        let span = Span { file, line: origin.line + count(line) - 1, column: count(column), length: 1 };
        wrong(span, format!("the byte 0x{:02X} here is not UTF-8", bytes[good.len()]))
    })
}

/// The encoding of an XML declaration, where it is another than UTF-8.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memmem::find(declaration, b"?>")?.min(200)];
    let at = memmem::find(declaration, b"encoding")? + 8;
    let quote = at + memchr2(b'"', b'\'', &declaration[at..])?;
    let length = memchr(declaration[quote], &declaration[quote + 1..])?;
    let name = String::from_utf8_lossy(&declaration[quote + 1..quote + 1 + length]).into_owned();
    (!["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.to_ascii_lowercase().as_str())).then_some(name)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The place of a byte of a text that begins at a line.
fn place(text: &str, at: usize, origin: Origin) -> Span {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let line = memchr_iter(b'\n', &text.as_bytes()[..at]).count();
    let start = text[..at].rfind('\n').map_or(if line == 0 { origin.before.min(at) } else { 0 }, |at| at + 1);
    let column = text[start..at].chars().count() + 1;
    Span { file: origin.file, line: origin.line + count(line), column: count(column), length: 1 }
}

/// Refuses what is too deep, has too many attributes, or entities that grow, before anything is made of it.
fn guard(text: &str, origin: Origin) -> Result<(), Diagnostic> {
    let bytes = text.as_bytes();
    let refuse = |at, message: String| Err(Diagnostic::new(Code::XmlLimit, place(text, at, origin), message));
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
    let largest = doctype.len().saturating_mul(doctype.len().max(2).saturating_pow(count(inner)));
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

impl<'t> Tree<'t> {
    /// Parses a text; what is not well formed, or goes beyond a limit, is a diagnostic.
    pub(super) fn parse(text: &'t str, origin: Origin) -> Result<Self, Diagnostic> {
        guard(text, origin)?;
        Self::parse_guarded(text, origin)
    }

    /// Parses a text that is known to keep within the limits.
    pub(super) fn parse_guarded(text: &'t str, origin: Origin) -> Result<Self, Diagnostic> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|error| {
            let position = error.pos();
            let before = if position.row == 1 { text[..origin.before].chars().count() } else { 0 };
            let column = (position.col as usize).saturating_sub(before).max(1);
            let line = origin.line + position.row.saturating_sub(1);
            let span = Span { file: origin.file, line, column: count(column), length: 1 };
            let message = format!("this is not well-formed XML: {}", sentence(&error));
            Diagnostic::new(Code::XmlSyntax, span, message).help("mend the file; until then it is left out as a whole")
        })?;
        let used = vec![Cell::new(0); text.len() / 64 + 1];
        Ok(Self { text, origin, document, lines: OnceCell::new(), used })
    }

    /// The outermost element.
    pub(super) fn root(&'t self) -> Element<'t> {
        Element { node: self.document.root_element(), tree: self }
    }

    /// The place of a range of bytes; a range over several lines is cut at the end of the first.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let lines = self.lines.get_or_init(|| {
            std::iter::once(0).chain(memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1)).collect()
        });
        let line = lines.partition_point(|at| *at <= range.start) - 1;
        let start = if line == 0 { self.origin.before.min(range.start) } else { lines[line] };
        let end = memchr(b'\n', &self.text.as_bytes()[range.start..range.end]).map_or(range.end, |at| range.start + at);
        let column = self.text[start..range.start].chars().count() + 1;
        let length = self.text[range.start..end].trim_end_matches('\r').chars().count().max(1);
        let line = self.origin.line + count(line);
        Span { file: self.origin.file, line, column: count(column), length: count(length) }
    }

    fn mark(&self, at: usize) {
        let bits = &self.used[at / 64];
        bits.set(bits.get() | 1 << (at % 64));
    }

    fn is_marked(&self, at: usize) -> bool {
        self.used[at / 64].get() & 1 << (at % 64) != 0
    }

    /// Counts every element and attribute that nothing was made of.
    pub(super) fn report(&self, coverage: &mut Coverage) {
        for node in self.document.descendants().filter(Node::is_element) {
            let start = node.range().start;
            if start < self.origin.before {
                continue;
            }
            let name = node.tag_name().name();
            if !self.is_marked(start) {
                coverage.count(name, None, || self.span(start..start + 1 + name.len()));
            }
            for attribute in node.attributes() {
                let range = attribute.range();
                if !self.is_marked(range.start) {
                    let xml = attribute.namespace().is_some_and(|namespace| namespace == XML);
                    coverage.count(name, Some((xml, attribute.name())), || self.span(range));
                }
            }
        }
    }
}

/// The parser's words without its place and without its capital letter.
fn sentence(error: &roxmltree::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at ").next().unwrap_or(&words).trim_end_matches('.');
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Element<'t> {
    node: Node<'t, 't>,
    tree: &'t Tree<'t>,
}

/// A step of a walk through an element.
#[derive(Clone, Copy)]
pub(super) enum Step<'t> {
    /// An element begins.
    Enter(Element<'t>),
    /// Words, with entities and character references replaced.
    Words(&'t str),
    /// An element ends.
    Leave(Element<'t>),
}

impl<'t> Element<'t> {
    /// The name, where the element is of TEI or of no namespace; otherwise nothing.
    pub(super) fn name(self) -> &'t str {
        let name = self.node.tag_name();
        if name.namespace().is_none_or(|namespace| namespace == TEI) { name.name() } else { "" }
    }

    /// Takes note that something was made of the element.
    pub(super) fn mark_used(self) -> Self {
        self.tree.mark(self.node.range().start);
        self
    }

    /// Takes note that something was made of the element and of those around it.
    pub(super) fn mark_parents_used(self) -> Self {
        self.node.ancestors().filter(Node::is_element).for_each(|node| self.tree.mark(node.range().start));
        self
    }

    /// Whether the element begins in the text itself, not in what was put before it.
    pub(super) fn is_own(self) -> bool {
        self.node.range().start >= self.tree.origin.before
    }

    /// The name as it is written, whatever its namespace.
    pub(super) fn tag(self) -> &'t str {
        self.node.tag_name().name()
    }

    /// The value of an attribute of no namespace, as it is written; it counts as used.
    pub(super) fn attribute(self, name: &str) -> Option<&'t str> {
        let attribute = self.node.attributes().find(|known| known.name() == name && known.namespace().is_none())?;
        self.tree.mark(attribute.range().start);
        Some(attribute.value())
    }

    /// The value of an attribute, without white space around it, where anything is left.
    pub(super) fn value(self, name: &str) -> Option<&'t str> {
        self.attribute(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The value of an attribute of the namespace of XML itself; it counts as used.
    pub(super) fn xml_attribute(self, name: &str) -> Option<&'t str> {
        let attribute = self.node.attributes().find(|known| known.name() == name && known.namespace() == Some(XML))?;
        self.tree.mark(attribute.range().start);
        Some(attribute.value().trim())
    }

    /// The language that holds here, as it is written.
    pub(super) fn language(self) -> Option<&'t str> {
        self.node
            .ancestors()
            .filter(Node::is_element)
            .find_map(|node| Element { node, tree: self.tree }.xml_attribute("lang"))
    }

    /// The element that this one lies in.
    pub(super) fn parent(self) -> Option<Self> {
        self.node.parent_element().map(|node| Self { node, tree: self.tree })
    }

    /// The elements in this one.
    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        self.node.children().filter(Node::is_element).map(move |node| Self { node, tree: self.tree })
    }

    /// The elements of a name in this one.
    pub(super) fn children_named(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element of a name in this one; it counts as used.
    pub(super) fn child(self, name: &str) -> Option<Self> {
        self.children_named(name).next().map(Self::mark_used)
    }

    /// The element at the end of a path of names; it and those on the way count as used.
    pub(super) fn path(self, names: &[&str]) -> Option<Self> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All elements below this one, in order.
    pub(super) fn descendants(self) -> impl Iterator<Item = Self> {
        let below = self.node.descendants().skip(1).filter(Node::is_element);
        below.map(move |node| Self { node, tree: self.tree })
    }

    /// A walk through all that lies in this one, in order.
    pub(super) fn walk(self) -> impl Iterator<Item = Step<'t>> {
        let whole = self.node.id();
        let element = move |node| Self { node, tree: self.tree };
        // The next node, and whether it begins or, with all that lies in it, ends.
        let mut next = self.node.first_child().map(|node| (node, true));
        std::iter::from_fn(move || {
            loop {
                let (node, begins) = next.take()?;
                let after = || match node.next_sibling() {
                    Some(sibling) => Some((sibling, true)),
                    None => node.parent().filter(|parent| parent.id() != whole).map(|parent| (parent, false)),
                };
                next = match node.first_child().filter(|_| begins && node.is_element()) {
                    Some(child) => Some((child, true)),
                    None if begins && node.is_element() => Some((node, false)),
                    None => after(),
                };
                match (node.is_element(), begins) {
                    (true, true) => return Some(Step::Enter(element(node))),
                    (true, false) => return Some(Step::Leave(element(node))),
                    (false, _) if node.is_text() => return node.text().map(Step::Words),
                    (false, _) => {}
                }
            }
        })
    }

    /// The words in the element and below it, with single blanks between them; all of it counts as used.
    pub(super) fn words(self) -> String {
        let mut words = String::new();
        for node in self.node.descendants() {
            if node.is_element() {
                self.tree.mark(node.range().start);
            }
            if let (true, Some(text)) = (node.is_text(), node.text()) {
                for (at, part) in text.split_whitespace().enumerate() {
                    let apart = at > 0 || text.starts_with(char::is_whitespace);
                    if apart && !words.is_empty() && !words.ends_with(' ') {
                        words.push(' ');
                    }
                    words.push_str(part);
                }
                if text.ends_with(char::is_whitespace) && !words.is_empty() && !words.ends_with(' ') {
                    words.push(' ');
                }
            }
        }
        words.truncate(words.trim_end().len());
        words
    }

    /// Whether the element holds nothing.
    pub(super) fn is_empty(self) -> bool {
        !self.node.has_children()
    }

    /// The place of the element's start tag.
    pub(super) fn span(self) -> Span {
        let start = self.node.range().start;
        self.tree.span(start..start + 1 + self.node.tag_name().name().len())
    }

    /// The place of an attribute; of the element where it has none of the name.
    pub(super) fn attribute_span(self, name: &str) -> Span {
        let attribute = self.node.attributes().find(|known| known.name() == name);
        attribute.map_or_else(|| self.span(), |attribute| self.tree.span(attribute.range()))
    }

    /// The element's number in its tree.
    pub(super) fn number(self) -> usize {
        self.node.id().get_usize()
    }
}
