//! XML as nearly all files have it, parsed in one pass.
//!
//! What is rare or wrong is left alone: document types, CDATA sections, names beyond ASCII. Nothing is taken
//! for well formed here that [`full_parser`](super::full_parser) would refuse, and what both read they read alike; a test and a
//! fuzz target compare them.

use super::limits::DEPTH_LIMIT;
use super::markup::ATTRIBUTE_LIMIT;
use super::nodes::{Attribute, Space, TEI, XML, XmlNodes};
use memchr::{memchr, memchr3, memmem};
use std::borrow::Cow;

/// The most prefixes that are declared at one time; each name that has one is looked up among them.
const PREFIX_LIMIT: usize = 64;
/// The declarations that files begin with, where they have one.
const DECLARATIONS: [&str; 5] = [
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
    "<?xml version='1.0' encoding='UTF-8'?>",
    "<?xml version='1.0' encoding='utf-8'?>",
    "<?xml version=\"1.0\"?>",
];

/// The nodes of a text; nothing where it is not surely well formed and within the limits.
pub(super) fn parse(text: &str) -> Option<XmlNodes<'_>> {
    only_characters(text.as_bytes()).then(|| Parser::new(text).document())?
}

/// Whether a text has only characters of XML 1.0, section 2.2.
fn only_characters(bytes: &[u8]) -> bool {
    let control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Without an early end the compiler makes this a fast one.
    let controls = bytes.iter().fold(false, |found, byte| found | control(*byte));
    // U+FFFE and U+FFFF.
    let mut last = memmem::find_iter(bytes, b"\xEF\xBF");
    !controls && !last.any(|at| bytes.get(at + 2).is_some_and(|byte| *byte >= 0xBE))
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    nodes: XmlNodes<'t>,
    /// The names of the open elements, with their prefixes.
    open: Vec<&'t str>,
    /// The prefixes that hold, each with how many elements were open where it was declared; the empty one is of names
    /// without a prefix.
    prefixes: Vec<(&'t str, Space, usize)>,
}

/// A name with its prefix, or with an empty one.
#[derive(Clone, Copy)]
struct Name<'t> {
    whole: &'t str,
    prefix: &'t str,
    local: &'t str,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, nodes: XmlNodes::of(text.len()), open: Vec::new(), prefixes: Vec::new() }
    }

    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn document(mut self) -> Option<XmlNodes<'t>> {
        self.at = DECLARATIONS.iter().find(|usual| self.text.starts_with(**usual)).map_or(0, |usual| usual.len());
        let mut has_root = false;
        while let Some(next) = memchr(b'<', self.rest()) {
            let words = self.at..self.at + next;
            if !words.is_empty() {
                self.words(&self.text[words.clone()], words.start)?;
            }
            self.at = words.end;
            match self.rest().get(1)? {
                b'/' => self.end()?,
                b'!' => self.comment()?,
                b'?' => self.instruction()?,
                _ if has_root && self.open.is_empty() => return None,
                _ => {
                    has_root = true;
                    self.start()?;
                }
            }
        }
        let blank = self.rest().iter().all(|byte| is_blank(*byte));
        (has_root && self.open.is_empty() && blank).then_some(self.nodes)
    }

    /// Passes over one byte.
    fn byte(&mut self, wanted: u8) -> Option<()> {
        (*self.rest().first()? == wanted).then(|| self.at += 1)
    }

    /// Passes over white space; whether there was any.
    fn blanks(&mut self) -> bool {
        let count = self.rest().iter().take_while(|byte| is_blank(**byte)).count();
        self.at += count;
        count > 0
    }

    /// Namespaces in XML 1.0, section 4: at most one colon, and a name on both sides of it.
    fn name(&mut self) -> Option<Name<'t>> {
        let start = self.at;
        let first = self.part()?;
        if self.rest().first() != Some(&b':') {
            return Some(Name { whole: first, prefix: "", local: first });
        }
        self.at += 1;
        let local = self.part()?;
        (self.rest().first() != Some(&b':')).then(|| Name { whole: &self.text[start..self.at], prefix: first, local })
    }

    fn part(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        if !matches!(rest.first()?, b'a'..=b'z' | b'A'..=b'Z' | b'_') {
            return None;
        }
        let is_name = |byte: &&u8| matches!(**byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-');
        let length = rest.iter().take_while(is_name).count();
        // What follows a name in ASCII may still belong to it.
        if rest.get(length).is_some_and(|byte| !byte.is_ascii()) {
            return None;
        }
        let part = &self.text[self.at..self.at + length];
        self.at += length;
        Some(part)
    }

    /// The name and the value of an attribute, as written.
    fn attribute(&mut self) -> Option<(Name<'t>, &'t str)> {
        let name = self.name()?;
        self.blanks();
        self.byte(b'=')?;
        self.blanks();
        let quote = *self.rest().first()?;
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        self.at += 1;
        let length = memchr(quote, self.rest())?;
        let value = &self.text[self.at..self.at + length];
        self.at += length + 1;
        Some((name, value))
    }

    fn words(&mut self, words: &'t str, start: usize) -> Option<()> {
        if self.open.is_empty() {
            return words.bytes().all(is_blank).then_some(());
        }
        let words = match memchr3(b'&', b'\r', b']', words.as_bytes()) {
            None => Cow::Borrowed(words),
            Some(_) if memmem::find(words.as_bytes(), b"]]>").is_some() => return None,
            Some(_) => Cow::Owned(plain(words, false)?),
        };
        self.nodes.words(words, start);
        Some(())
    }

    fn comment(&mut self) -> Option<()> {
        let inside = self.rest().strip_prefix(b"<!--")?;
        let length = memmem::find(inside, b"--")?;
        (inside.get(length + 2) == Some(&b'>')).then(|| self.at += 4 + length + 3)
    }

    fn instruction(&mut self) -> Option<()> {
        self.at += 2;
        let target = self.part()?;
        let apart = is_blank(*self.rest().first()?) || self.rest().starts_with(b"?>");
        if target.eq_ignore_ascii_case("xml") || !apart {
            return None;
        }
        self.at += memmem::find(self.rest(), b"?>")? + 2;
        Some(())
    }

    fn start(&mut self) -> Option<()> {
        let (start, first) = (self.at, self.nodes.attributes());
        self.at += 1;
        let name = self.name()?;
        let mut attributes = 0;
        let empty = loop {
            let apart = self.blanks();
            match self.rest().first()? {
                b'>' => break false,
                b'/' => {
                    self.at += 1;
                    break true;
                }
                _ if apart && attributes < ATTRIBUTE_LIMIT => self.attribute_of_element(first)?,
                _ => return None,
            }
            attributes += 1;
        };
        self.byte(b'>')?;
        // A prefix may be declared after it is used.
        for at in 0..self.nodes.attributes_since(first).len() {
            let attribute = &self.nodes.attributes_since(first)[at];
            if attribute.space == Space::Other {
                let written = &self.text[attribute.range.clone()];
                self.space(written.split_once(':')?.0)?;
            }
        }
        let space = self.space(name.prefix)?;
        self.nodes.enter(name.local, space, start, first);
        self.open.push(name.whole);
        if self.open.len() > DEPTH_LIMIT {
            return None;
        }
        if empty { self.leave() } else { Some(()) }
    }

    /// Reads one attribute, or the declaration of a prefix.
    fn attribute_of_element(&mut self, first: usize) -> Option<()> {
        let start = self.at;
        let (name, written) = self.attribute()?;
        if name.prefix == "xmlns" || name.whole == "xmlns" {
            return self.declare(if name.prefix.is_empty() { "" } else { name.local }, written);
        }
        // Attributes without a prefix are of no namespace: Namespaces in XML 1.0, section 6.2.
        let space = match name.prefix {
            "" => Space::None,
            "xml" => Space::Xml,
            _ => Space::Other,
        };
        if self.nodes.attributes_since(first).iter().any(|known| known.name == name.local && known.space == space) {
            return None;
        }
        let special = |byte: u8| matches!(byte, b'<' | b'&' | b'\t' | b'\n' | b'\r');
        let value = if written.bytes().fold(false, |found, byte| found | special(byte)) {
            Cow::Owned(plain(written, true)?)
        } else {
            Cow::Borrowed(written)
        };
        self.nodes.attribute(Attribute::new(name.local, space, value, start..self.at));
        Some(())
    }

    fn declare(&mut self, prefix: &'t str, namespace: &str) -> Option<()> {
        let depth = self.open.len();
        let is_rare = namespace == XML
            || namespace == "http://www.w3.org/2000/xmlns/"
            || namespace.bytes().any(|byte| matches!(byte, b'<' | b'&' | b'\t' | b'\n' | b'\r'))
            || namespace.is_empty() && !prefix.is_empty()
            || matches!(prefix, "xml" | "xmlns")
            || self.prefixes.iter().any(|(known, _, at)| *known == prefix && *at == depth)
            || self.prefixes.len() == PREFIX_LIMIT;
        if is_rare {
            return None;
        }
        let space = match namespace {
            "" => Space::None,
            TEI => Space::Tei,
            _ => Space::Other,
        };
        self.prefixes.push((prefix, space, depth));
        Some(())
    }

    /// The namespace of a prefix, where it is declared.
    fn space(&self, prefix: &str) -> Option<Space> {
        // Most names have no prefix, and most files declare one namespace.
        if let ([("", space, _)], "") = (&*self.prefixes, prefix) {
            return Some(*space);
        }
        let declared = self.prefixes.iter().rev().find(|(known, ..)| *known == prefix);
        declared.map(|(_, space, _)| *space).or(prefix.is_empty().then_some(Space::None))
    }

    fn end(&mut self) -> Option<()> {
        self.at += 2;
        let name = self.open.last()?;
        if !self.rest().starts_with(name.as_bytes()) {
            return None;
        }
        self.at += name.len();
        self.blanks();
        self.byte(b'>')?;
        self.leave()
    }

    fn leave(&mut self) -> Option<()> {
        self.nodes.leave();
        self.open.pop();
        let depth = self.open.len();
        while self.prefixes.last().is_some_and(|(_, _, at)| *at >= depth) {
            self.prefixes.pop();
        }
        Some(())
    }
}

/// White space of XML 1.0, section 2.3.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// A text with its references replaced and its line ends made one (XML 1.0, section 2.11); in an attribute these, and
/// tabs, are blanks (section 3.3.3).
fn plain(text: &str, in_attribute: bool) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\r', '\n', '\t', '<']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut length = 1;
        match rest.as_bytes()[0] {
            b'&' => {
                length = memchr(b';', rest.as_bytes())? + 1;
                plain.push(reference(&rest[1..length - 1])?);
            }
            b'<' => return None,
            b'\t' => plain.push(if in_attribute { ' ' } else { '\t' }),
            // Carriage returns alone end lines of files that are rare; the full parser keeps some of them.
            b'\r' if !rest.starts_with("\r\n") => return None,
            byte => {
                length += usize::from(byte == b'\r');
                plain.push(if in_attribute { ' ' } else { '\n' });
            }
        }
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Some(plain)
}

/// The character that a reference stands for, by its number or as one of those that need no declaration.
fn reference(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')]
            .into_iter()
            .find_map(|(known, letter)| (known == name).then_some(letter));
    };
    let (digits, base) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    if !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    let letter = char::from_u32(u32::from_str_radix(digits, base).ok()?)?;
    let is_character = letter >= ' ' && !matches!(letter, '\u{FFFE}' | '\u{FFFF}') || "\t\n\r".contains(letter);
    is_character.then_some(letter)
}

/// Whether a text that is read here is read alike by the full parser; else what both have read.
#[cfg(any(test, fuzzing))]
pub(super) fn agrees(text: &str) -> Result<(), String> {
    let Some(simple) = parse(text) else { return Ok(()) };
    let origin = super::TextOrigin::whole(crate::source::Sources::new("").add("a.xml"));
    let full = super::full_parser::parse(text, &super::place::Places::new(text, origin));
    let full = full.map(|nodes| format!("{nodes:?}")).map_err(|wrong| wrong.message);
    let simple = Ok(format!("{simple:?}"));
    if simple == full { Ok(()) } else { Err(format!("{simple:?}\n{full:?}")) }
}

#[cfg(test)]
mod tests {
    use super::{agrees, parse};

    #[test]
    fn what_is_common_is_read_as_the_full_parser_reads_it() {
        let texts = [
            "<a/>",
            "\n<a >\n</a >\n",
            "<?xml version='1.0' encoding='UTF-8'?><?a b?><!-- c --><a b='1' c=\"&lt;\t\r\n&#9;&#xE4;\"/>",
            "<a xmlns='http://www.tei-c.org/ns/1.0' xml:id='x'><b xmlns=''>b</b><c>&amp;\r\nd\r\ne]]</c><!--f-->g</a>",
            "<t:a xmlns:t='http://www.tei-c.org/ns/1.0'><b t:c='1' c='2'/><t:d/></t:a>",
            "<t:a t:b='1' xmlns:t='u:1'><t:a xmlns:t='http://www.tei-c.org/ns/1.0'/><t:a/></t:a>",
        ];
        for text in texts {
            assert!(parse(text).is_some(), "{text}");
            assert_eq!(agrees(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_is_rare_or_wrong_is_left_to_the_full_parser() {
        let texts = [
            "",
            " <?xml version='1.0'?><a/>",
            "<?xml version='1.1'?><a/>",
            "<?xml version='1.0' encoding='UTF-8' standalone='no'?><a/>",
            "<?xml encoding='UTF-8' version='1.0'?><a/>",
            "<?xml version='1.0'encoding='UTF-8'?><a/>",
            "<!DOCTYPE a><a/>",
            "<a><![CDATA[b]]></a>",
            "<a>]]></a>",
            "<a>b\r&amp;</a>",
            "<a/><a/>",
            "<a/>b",
            "<a></b>",
            "<a>",
            "<ab></a>",
            "<a></ab>",
            "<a b='1' b='2'/>",
            "<a b='1'c='2'/>",
            "<a b=1/>",
            "<a b='<'/>",
            "<a b='&c;'/>",
            "<a>&#0;</a>",
            "<a>&#+65;</a>",
            "<a>&#;</a>",
            "<a>&#xFFFE;</a>",
            "<a>\u{1}</a>",
            "<a>\u{FFFF}</a>",
            "<b:a/>",
            "<a b:c='1'/>",
            "<a xmlns:b=''/>",
            "<a xmlns:xml='b:c'/>",
            "<a xmlns='b' xmlns='c'/>",
            "<a:b:c/>",
            "<ä/>",
            "<aä/>",
            "<a><!-- b -- c --></a>",
            "<a><!-- b ---></a>",
            "<a><?xml b?></a>",
            "<a><?b</a>",
            "<1/>",
            "< a/>",
        ];
        for text in texts {
            assert!(parse(text).is_none(), "{text}");
        }
        for depth in [256, 257] {
            let text = "<a>".repeat(depth) + &"</a>".repeat(depth);
            assert_eq!(parse(&text).is_some(), depth == 256);
        }
    }
}
