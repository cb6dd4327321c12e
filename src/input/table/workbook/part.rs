//! The parts of a workbook (XML), read once for nothing but their limits: what calamine keeps must stay small, and what
//! it counts with must be numbers that it can count with.

use crate::diagnostic::Code;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufReader, Read};

/// The most bytes that one tag, or one piece of text, may have.
const TOKEN_LIMIT: u64 = 1024 * 1024;
/// The most elements that may stand in each other.
const DEPTH_LIMIT: usize = 256;
/// The most bytes that the name of an element may have.
const NAME_LIMIT: usize = 256;
/// The most bytes that all shared strings may have together, with their tags.
const STRINGS_LIMIT: u64 = 64 * 1024 * 1024;
/// The most shared strings.
const STRING_COUNT_LIMIT: u64 = 1024 * 1024;

/// The elements that calamine keeps something of: how many may be in a part, how many bytes the tag of each may have,
/// and how many each may have to its end.
const KEPT: &[(&str, u64, u64, u64)] = &[
    ("si", STRING_COUNT_LIMIT, 1024, 2 * TOKEN_LIMIT),
    ("c", u64::MAX, 1024, 2 * TOKEN_LIMIT),
    ("row", u64::MAX, 4096, u64::MAX),
    ("sheet", 1024, 4096, 65_536),
    ("definedName", 4096, 4096, 16_384),
    ("Relationship", 65_536, 4096, 65_536),
    ("numFmt", 8192, 1024, 65_536),
    ("font", 32_768, 1024, 65_536),
    ("name", u64::MAX, 1024, 65_536),
    ("fill", 32_768, 1024, 65_536),
    ("border", 32_768, 1024, 65_536),
    ("xf", 65_536, 1024, 65_536),
    ("mergeCell", 65_536, 1024, 65_536),
];

/// The relationships that calamine follows; what they lead to must be among the parts that are looked through here.
const FOLLOWED: &[&str] = &["officeDocument", "worksheet", "chartsheet", "dialogsheet"];

/// Why a workbook is not read.
#[derive(Debug)]
pub(crate) struct WorkbookFault {
    pub(super) code: Code,
    pub(super) message: String,
}

impl WorkbookFault {
    pub(super) fn damaged(message: impl Into<String>) -> Self {
        Self { code: Code::WorkbookUnreadable, message: message.into() }
    }

    pub(super) fn too_large(message: impl Into<String>) -> Self {
        Self { code: Code::WorkbookLimit, message: message.into() }
    }
}

/// A reader that counts what comes and ends with an error when too much does.
pub(crate) struct Budget<R> {
    input: R,
    count: u64,
    limit: u64,
    /// Up to where may be read until the next token begins.
    token: u64,
}

impl<R: Read> Budget<R> {
    pub(super) fn new(input: R, limit: u64) -> Self {
        Self { input, count: 0, limit, token: u64::MAX }
    }

    /// How many bytes have come.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Whether a token would have had more bytes than it may.
    fn is_token_spent(&self) -> bool {
        self.count > self.token
    }

    /// Whether more bytes would have come than may.
    pub(super) fn is_spent(&self) -> bool {
        self.count > self.limit
    }
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.count > self.limit.min(self.token) {
            return Err(io::Error::other("more bytes than may come"));
        }
        let read = self.input.read(into)?;
        self.count += read as u64;
        Ok(read)
    }
}

/// What a part has had so far.
#[derive(Default)]
struct WorkbookPart {
    depth: usize,
    counts: [u64; KEPT.len()],
    /// The kept element that is open: how deep it stands, where it began, and where it must have ended.
    open: Option<(usize, u64, u64)>,
    strings: u64,
}

/// Reads a part to its end.
pub(crate) fn check(budget: &mut Budget<impl Read>) -> Result<(), WorkbookFault> {
    let mut xml = Reader::from_reader(BufReader::new(budget));
    // Calamine reads without comparing the names of tags: where they match, it cannot lose its way.
    xml.config_mut().expand_empty_elements = true;
    let mut part = WorkbookPart::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let begin = xml.buffer_position();
        let budget = xml.get_mut().get_mut();
        budget.token = budget.count.saturating_add(TOKEN_LIMIT);
        let event = xml.read_event_into(&mut buffer);
        let position = xml.buffer_position();
        match event {
            Ok(Event::Eof) if part.depth == 0 => break,
            Ok(Event::Eof) => return Err(WorkbookFault::damaged("the workbook is cut off")),
            Ok(Event::DocType(_)) => {
                return Err(WorkbookFault::damaged("the workbook has a document type, as none ever has"));
            }
            Ok(Event::Start(element)) => part.start(&element, begin, position)?,
            Ok(Event::End(_)) => part.end(position)?,
            Ok(_) => {}
            Err(_) if xml.get_ref().get_ref().is_token_spent() => {
                return Err(WorkbookFault::too_large(format!(
                    "a tag of the workbook, or a text between two, has more than {TOKEN_LIMIT} bytes"
                )));
            }
            Err(error) => return Err(WorkbookFault::damaged(format!("the workbook is damaged: {error}"))),
        }
        if part.open.is_some_and(|(_, _, most)| position > most) {
            return Err(WorkbookFault::too_large("a cell of the workbook, or another part of it, has too many bytes"));
        }
    }
    // What stands behind the last tag counts as well.
    io::copy(xml.get_mut().get_mut(), &mut io::sink()).map_err(|error| WorkbookFault::damaged(error.to_string()))?;
    Ok(())
}

impl WorkbookPart {
    fn start(&mut self, element: &BytesStart<'_>, begin: u64, position: u64) -> Result<(), WorkbookFault> {
        self.depth += 1;
        let name = element.local_name();
        let name = name.as_ref();
        if self.depth > DEPTH_LIMIT || element.name().as_ref().len() > NAME_LIMIT {
            return Err(WorkbookFault::damaged("the workbook is nested more deeply than any is"));
        }
        if let Some(at) = KEPT.iter().position(|(kept, ..)| *kept == name) {
            let (_, most, tag, whole) = KEPT[at];
            self.counts[at] += 1;
            if self.counts[at] > most {
                return Err(WorkbookFault::too_large(format!("the workbook has more than {most} of \"{name}\"")));
            }
            if position.saturating_sub(begin) > tag.saturating_add(2) {
                return Err(WorkbookFault::too_large(format!(
                    "a \"{name}\" of the workbook has a tag of more than {tag} bytes"
                )));
            }
            if self.open.is_none() && whole < u64::MAX {
                self.open = Some((self.depth, begin, begin.saturating_add(whole)));
            }
        }
        check_attributes(name, element)
    }

    fn end(&mut self, position: u64) -> Result<(), WorkbookFault> {
        if let Some((depth, begin, _)) = self.open
            && depth == self.depth
        {
            self.open = None;
            // Of what is kept, only the strings can be large; all that is kept is counted with them.
            let cells = self.counts[1] > 0;
            self.strings += if cells { 0 } else { position.saturating_sub(begin) };
            if self.strings > STRINGS_LIMIT {
                return Err(WorkbookFault::too_large(format!(
                    "the texts of the workbook have more than {STRINGS_LIMIT} bytes"
                )));
            }
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(())
    }
}

/// Refuses the values that calamine would count with and not come to an end (calamine 0.38: `get_dimension`,
/// `get_row_and_optional_column`, `read_shared_strings`, `detect_custom_number_format`).
fn check_attributes(name: &str, element: &BytesStart<'_>) -> Result<(), WorkbookFault> {
    if !["c", "row", "dimension", "mergeCell", "f", "sst", "numFmt", "Relationship"].contains(&name) {
        return Ok(());
    }
    let (mut followed, mut checked) = (false, true);
    for attribute in element.attributes() {
        let attribute =
            attribute.map_err(|error| WorkbookFault::damaged(format!("the workbook is damaged: {error}")))?;
        let value = attribute.value.as_ref();
        let fine = match (name, attribute.key.as_ref()) {
            ("c" | "row", "r") => position(value).is_some(),
            ("dimension" | "mergeCell" | "f", "ref") => is_range(value),
            ("sst", "uniqueCount") => value.parse().is_ok_and(|count: u64| count <= STRING_COUNT_LIMIT),
            ("numFmt", "formatCode") => value.matches('[').count() < 100,
            ("Relationship", "Type") => {
                followed = FOLLOWED.contains(&value.rsplit('/').next().unwrap_or_default());
                true
            }
            ("Relationship", "Target") => {
                checked = value.to_ascii_lowercase().ends_with(".xml");
                true
            }
            _ => true,
        };
        if !fine {
            return Err(WorkbookFault::damaged(format!("a \"{name}\" of the workbook says what none can")));
        }
    }
    match followed && !checked {
        true => Err(WorkbookFault::damaged("a sheet of the workbook is no XML")),
        false => Ok(()),
    }
}

/// The row and the column of a cell's name such as `B2`, or of a row's, `2`.
fn position(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let row = &name[letters..];
    if letters > 3 || row.is_empty() || row.len() > 7 || !row.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let letter = |byte: u8| u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = name.bytes().take(letters).fold(0, |column, byte| column * 26 + letter(byte));
    Some((row.parse().ok()?, column))
}

fn is_range(range: &str) -> bool {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    match (position(first), position(last)) {
        (Some(first), Some(last)) => first.0 <= last.0 && first.1 <= last.1,
        _ => false,
    }
}
