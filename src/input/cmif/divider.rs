//! CMIF: one file with the `correspDesc` of many letters, divided into parts that can be read one by one.
//!
//! A file can be larger than memory. So it is passed over once without looking into it; parts of whole letters are cut
//! out and parsed as if each stood alone in the elements around it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::names::is_placeholder;
use crate::input::xml::{DEPTH_LIMIT, MarkupKind, Obstacle, TextOrigin, Tree, declared_encoding, decode, markup};
use crate::source::{self, FileId, Sources, Span, Stream};
use foldhash::fast::RandomState;
use memchr::{memchr, memchr_iter, memmem};
use quick_xml::escape::unescape;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;

/// The bytes that a part has, when nothing larger stands in the way: few enough that what is made of a part stays close
/// to the processor, and that the allocator does not tidy up whenever it is given back.
const PART: usize = 16 * 1024;
/// The bytes that are read at once.
const BLOCK: usize = 32 * 1024;
/// The most bytes that one letter's entry, or all that stands between two parts, can have.
const PART_LIMIT: usize = 16 * 1024 * 1024;

/// The most bytes that the start tags around the letters can have: they stand before each part.
const AROUND_LIMIT: usize = 64 * 1024;

/// A part of a file.
pub(crate) struct ListPart {
    /// Its bytes, in the elements that it lies in.
    pub(crate) bytes: Vec<u8>,
    /// How many of the bytes stand before what is the file's.
    pub(crate) before: usize,
    /// The line that it begins in, from 1.
    pub(crate) line: u32,
    /// The characters that stand before it in this line.
    column: u32,
    /// What it holds.
    pub(crate) holds: ListPartKind,
    /// The encoding that the file declares, where it is another than UTF-8.
    declared: Option<String>,
}

impl ListPart {
    /// Where it lies in its file.
    pub(crate) fn origin(&self, file: FileId) -> TextOrigin {
        TextOrigin { file, line: self.line, column: self.column, before: self.before }
    }

    /// Its elements.
    pub(crate) fn parse(&self, file: FileId) -> Result<Tree<'_>, Diagnostic> {
        let text = decode(&self.bytes, self.origin(file), self.declared.as_deref())?;
        Tree::parse(text, self.origin(file))
    }
}

/// What a part holds.
pub(crate) enum ListPartKind {
    /// What stands around the letters: a header, or the end of the file.
    Frame,
    /// Letters.
    Letters {
        /// The number of the first, from 1.
        first: usize,
        /// The numbers of those whose address or key an earlier letter has too.
        repeated: Vec<usize>,
    },
}

/// A file while it is divided.
pub(crate) struct Divider {
    file: FileId,
    opened: Stream,
    buffer: Vec<u8>,
    /// How far the buffer has been passed over.
    at: usize,
    ended: bool,
    line: u32,
    /// The characters before the buffer in its first line.
    column: u32,
    digest: Sha256,
    declared: Option<String>,
    doctype: Vec<u8>,
    /// The same as it was when the part began.
    doctype_before: Vec<u8>,
    /// The start tags of the elements around.
    open: Vec<Vec<u8>>,
    /// The same as they were when the part began.
    open_before: Vec<Vec<u8>>,
    /// How deep the passing is below the elements around.
    depth: usize,
    /// The most that it has been, with the elements around.
    deepest: usize,
    letters: usize,
    first: usize,
    repeated: Vec<usize>,
    /// How many letters have the address or key of an earlier one, and where the first of them is.
    again: Option<(usize, Span)>,
    seen: Seen,
    /// Whether a part was given.
    given: bool,
}

/// The hashes of the addresses and keys of all letters so far.
pub(crate) type Seen = HashSet<u64, RandomState>;

impl Divider {
    pub(crate) fn new(file: FileId, opened: Stream, seen: Seen) -> Self {
        Self {
            file,
            opened,
            buffer: Vec::new(),
            at: 0,
            ended: false,
            line: 1,
            column: 0,
            digest: Sha256::new(),
            declared: None,
            doctype: Vec::new(),
            doctype_before: Vec::new(),
            open: Vec::new(),
            open_before: Vec::new(),
            depth: 0,
            deepest: 0,
            letters: 0,
            first: 0,
            repeated: Vec::new(),
            again: None,
            seen,
            given: false,
        }
    }

    /// The SHA-256 of all bytes, once the last part has been given.
    pub(crate) fn digest(self) -> source::Digest {
        self.digest.into()
    }

    /// The hashes of addresses and keys, for the next file.
    pub(crate) fn take_seen(&mut self) -> Seen {
        std::mem::take(&mut self.seen)
    }

    /// What is wrong with the file as a whole, once the last part has been given.
    pub(crate) fn report(&self, diagnostics: &mut Diagnostics) {
        if self.letters == 0 {
            let message = "this file has no correspDesc, so there is no letter in it";
            let help = "CMIF has an element correspDesc for each letter; TEI files with texts are named under tei";
            diagnostics.push(Diagnostic::new(Code::NoLetter, Sources::whole(self.file), message).help(help));
        }
        if let Some((count, first)) = self.again {
            let message = match count {
                1 => "a letter has the address or key of an earlier one".to_owned(),
                count => format!("{count} letters have the address or key of an earlier one; this is the first"),
            };
            let help = "its number in the file is its id; give it an address (ref) or a key of its own";
            diagnostics.push(Diagnostic::new(Code::RepeatedKey, first, message).help(help));
        }
    }

    /// The next part; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<ListPart>, Diagnostic> {
        loop {
            let Some(next) = memchr(b'<', &self.buffer[self.at..]) else {
                self.at = self.buffer.len();
                if self.more()? {
                    continue;
                }
                return Ok(self.last());
            };
            let start = self.at + next;
            match markup(&self.buffer, start) {
                Ok((found, end)) => {
                    if let Some(part) = self.pass(found, start, end) {
                        return Ok(Some(part));
                    }
                    if self.open.iter().map(Vec::len).sum::<usize>() > AROUND_LIMIT {
                        let message = format!("the tags around the letters have more than {AROUND_LIMIT} bytes");
                        return Err(self.limit(start, &message));
                    }
                    if self.deepest > DEPTH_LIMIT {
                        return Err(
                            self.limit(start, &format!("elements lie in each other more than {DEPTH_LIMIT} deep"))
                        );
                    }
                }
                Err(Obstacle::Attributes) => {
                    return Err(self.limit(start, "an element has more attributes than can be read"));
                }
                Err(Obstacle::Incomplete) => {
                    self.at = start;
                    if !self.more()? {
                        return Ok(self.last());
                    }
                }
            }
        }
    }

    /// Reads on; whether there was more.
    fn more(&mut self) -> Result<bool, Diagnostic> {
        if self.ended {
            return Ok(false);
        }
        if self.buffer.len() > PART_LIMIT {
            return Err(self.limit(0, "what is written here has no end that can be held in memory"));
        }
        let length = self.buffer.len();
        self.buffer.resize(length + BLOCK, 0);
        let mut filled = 0;
        while filled < BLOCK {
            match self.opened.read(&mut self.buffer[length + filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    return Err(Diagnostic::new(Code::UnreadableFile, Sources::whole(self.file), error.to_string()));
                }
            }
        }
        self.buffer.truncate(length + filled);
        self.digest.update(&self.buffer[length..]);
        if length == 0 && self.line == 1 {
            self.declared = declared_encoding(&self.buffer);
        }
        self.ended = filled == 0;
        Ok(filled > 0)
    }

    /// Passes over a piece of markup; the part that ends before it or with it, where one does.
    fn pass(&mut self, found: MarkupKind, start: usize, end: usize) -> Option<ListPart> {
        self.at = end;
        let in_letters = self.first > 0;
        match found {
            MarkupKind::Doctype => {
                let doctype = &self.buffer[start..end];
                if memmem::find(doctype, b"<!ENTITY").is_some() {
                    self.doctype = without_line_ends(doctype);
                }
                None
            }
            MarkupKind::Start { empty } => {
                let is_letter = self.depth == 0 && local_name(&self.buffer[start + 1..end]) == b"correspDesc";
                // What stands between two parts of one list is no frame of its own.
                let goes_on = !self.open.is_empty() && self.open == self.open_before;
                let frame = (is_letter && !in_letters && !goes_on && start > 0).then(|| self.cut(start));
                // What was cut off is no longer in the buffer.
                let (start, end) = if frame.is_some() { (0, end - start) } else { (start, end) };
                if is_letter {
                    self.take_up(start, end);
                }
                if is_letter || self.first > 0 {
                    self.depth += usize::from(!empty);
                    self.deepest = self.deepest.max(self.depth + self.open.len());
                    if is_letter && empty && end >= PART {
                        return Some(self.cut(end));
                    }
                } else if !empty {
                    self.open.push(without_line_ends(&self.buffer[start..end]));
                }
                frame
            }
            MarkupKind::End if in_letters && self.depth > 0 => {
                self.depth -= 1;
                let ends_letter = self.depth == 0 && local_name(&self.buffer[start + 2..end]) == b"correspDesc";
                (ends_letter && end >= PART).then(|| self.cut(end))
            }
            MarkupKind::End if in_letters => {
                let part = self.cut(start);
                self.open.pop();
                Some(part)
            }
            MarkupKind::End => {
                self.open.pop();
                None
            }
            MarkupKind::Other => None,
        }
    }

    /// Takes up a letter: whether an earlier one has its address or key.
    fn take_up(&mut self, start: usize, end: usize) {
        self.letters += 1;
        if self.first == 0 {
            self.first = self.letters;
        }
        let tag = &self.buffer[start..end];
        let mut hash = DefaultHasher::new();
        match (attribute(tag, b"ref"), attribute(tag, b"key")) {
            (Some(address), _) if address.contains("://") => address.hash(&mut hash),
            (_, Some(key)) => {
                // As it becomes an id. A key is one of its file, an address is one everywhere.
                let source = attribute(tag, b"source").unwrap_or_default();
                let source = source.trim_start_matches('#');
                let written = [source, if source.is_empty() { "" } else { "-" }, &key].concat();
                let plain = written.bytes().map(|byte| match byte {
                    b'_' | b'.' => b'-',
                    byte => byte.to_ascii_lowercase(),
                });
                (self.file, plain.collect::<Vec<u8>>()).hash(&mut hash);
            }
            _ => return,
        }
        if !self.seen.insert(hash.finish()) {
            self.repeated.push(self.letters);
            match &mut self.again {
                Some((count, _)) => *count += 1,
                None => self.again = Some((1, self.place(start))),
            }
        }
    }

    /// Cuts off what stands before `end` as a part.
    fn cut(&mut self, end: usize) -> ListPart {
        let around: usize = self.open_before.iter().chain(&self.open).map(|tag| tag.len() + 3).sum();
        let mut bytes = Vec::with_capacity(self.doctype_before.len() + around + end);
        bytes.extend_from_slice(&self.doctype_before);
        self.open_before.iter().for_each(|tag| bytes.extend_from_slice(tag));
        let before = bytes.len();
        bytes.extend_from_slice(&self.buffer[..end]);
        for tag in self.open.iter().rev() {
            bytes.extend_from_slice(b"</");
            bytes.extend_from_slice(whole_name(&tag[1..]));
            bytes.push(b'>');
        }
        let (line, column) = (self.line, self.column);
        let next = self.place(end);
        (self.line, self.column) = (next.line, next.column - 1);
        self.buffer.drain(..end);
        self.given = true;
        self.at -= end.min(self.at);
        self.open_before.clone_from(&self.open);
        self.doctype_before.clone_from(&self.doctype);
        let repeated = std::mem::take(&mut self.repeated);
        let first = std::mem::take(&mut self.first);
        let holds = if first > 0 { ListPartKind::Letters { first, repeated } } else { ListPartKind::Frame };
        ListPart { bytes, before, line, column, holds, declared: self.declared.clone() }
    }

    /// What is left at the end of the file.
    fn last(&mut self) -> Option<ListPart> {
        // A file without a byte is no XML: the parser is to say so.
        if self.buffer.is_empty() && self.given {
            return None;
        }
        // Nothing is closed that the file leaves open: the parser is to say so.
        self.open.clear();
        self.at = self.buffer.len();
        Some(self.cut(self.buffer.len()))
    }

    fn limit(&self, at: usize, message: &str) -> Diagnostic {
        Diagnostic::new(Code::XmlLimit, self.place(at), message)
    }

    /// The place of a byte of the buffer.
    fn place(&self, at: usize) -> Span {
        let before = &self.buffer[..at];
        let lines = memchr_iter(b'\n', before).count();
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let column = number(column).saturating_add(if lines == 0 { self.column } else { 0 });
        Span { file: self.file, line: self.line.saturating_add(number(lines)), column, length: 1 }
    }
}

/// A tag on one line, so that what follows it keeps its own.
fn without_line_ends(tag: &[u8]) -> Vec<u8> {
    tag.iter().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte }).collect()
}

/// The name at the beginning of a tag's inside.
fn whole_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    &tag[..end.unwrap_or(tag.len())]
}

/// The same without its prefix.
fn local_name(tag: &[u8]) -> &[u8] {
    let name = whole_name(tag);
    memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// The value of an attribute as it is written in a start tag.
fn attribute<'t>(tag: &'t [u8], name: &[u8]) -> Option<Cow<'t, str>> {
    for at in memmem::find_iter(tag, name) {
        let begins = at > 0 && tag[at - 1].is_ascii_whitespace();
        let rest = tag[at + name.len()..].trim_ascii_start();
        let value = rest.strip_prefix(b"=").map(<[u8]>::trim_ascii_start).filter(|_| begins);
        if let Some((quote, value)) =
            value.and_then(<[u8]>::split_first).filter(|(quote, _)| matches!(quote, b'"' | b'\''))
        {
            let value = String::from_utf8_lossy(value[..memchr(*quote, value)?].trim_ascii());
            // Entities that the file itself declares stay as they are written.
            let value = match value.contains('&') {
                true => Cow::Owned(unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned)),
                false => value,
            };
            return (!is_placeholder(&value)).then_some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::attribute;

    #[test]
    fn an_attribute_is_found_by_its_whole_name() {
        let tag = b"<correspDesc xml:ref='no' key = \"a b\" ref='http://e.org/1' source=\"\">";
        assert_eq!(attribute(tag, b"key").as_deref(), Some("a b"));
        assert_eq!(attribute(tag, b"ref").as_deref(), Some("http://e.org/1"));
        assert_eq!(attribute(tag, b"source"), None);
    }
}
