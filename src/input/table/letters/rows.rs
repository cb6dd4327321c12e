//! A letter table as it comes: its rows in parts, and what can be said of it only at its end.

use super::layout::Layout;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::letter_slugs::{slug_of_key, slug_of_number};
use crate::input::naming::names::is_placeholder;
use crate::input::table::text_rows::{TextRow, TextRows};
use crate::input::table::workbook::{self, NumberedRow};
use crate::project::Role;
use crate::source::{self, FileId, Sources, Span};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Seek};
use std::sync::Arc;

/// The most bytes that a row may have.
const ROW_LIMIT: usize = 1024 * 1024;
/// How many rows a part has.
const PART: usize = 200;
/// How many rows may have to be refused before the rest of the table is not looked at.
const FAULT_LIMIT: usize = 1000;

/// What stands in the slugs of letters before the numbers of their rows.
pub(crate) const ROW: &str = "row-";

/// Rows of a table.
pub(crate) struct Rows {
    pub(super) layout: Arc<Layout>,
    pub(super) rows: Vec<LetterRow>,
}

/// A row of letters.
pub(crate) struct LetterRow {
    pub(super) written: TextRow,
    /// Whether an earlier row has its key.
    pub(super) repeated: bool,
}

/// A table while it is read.
pub(crate) struct RowReader {
    file: FileId,
    slug: String,
    source: Source,
    layout: Arc<Layout>,
    /// The hashes of the slugs that keys have made.
    seen: HashSet<u64>,
    /// The rows that answer a letter whose key has not come before them: the hash of its slug, and the row.
    answers: Vec<(u64, u32, Span)>,
    count: usize,
    faults: usize,
    repeated: usize,
    first_repeated: Option<(u32, Span)>,
    /// Why no row comes after those that have come.
    failed: Option<Diagnostic>,
    /// What of a workbook is not read.
    unread: Vec<Diagnostic>,
}

/// Where the rows of a table come from.
enum Source {
    Text(Box<TextRows<Digesting>>),
    Workbook(std::vec::IntoIter<NumberedRow>, source::Digest),
}

impl Source {
    fn next(&mut self) -> Result<Option<TextRow>, Diagnostic> {
        match self {
            Self::Text(rows) => rows.next(),
            Self::Workbook(rows, _) => {
                let next = rows.next();
                Ok(next.map(|(number, cells)| TextRow { number, line: number, stray: None, cells }))
            }
        }
    }
}

/// Reads on and takes the digest of what was read.
struct Digesting {
    inner: File,
    digest: Sha256,
}

impl Read for Digesting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.digest.update(&buffer[..count]);
        Ok(count)
    }
}

impl RowReader {
    /// Opens a table: finds its separator and what its columns mean. Its slug is what the slugs of its letters begin
    /// with.
    pub(crate) fn new(
        file: FileId,
        slug: &str,
        mut opened: File,
        said: &BTreeMap<String, String>,
    ) -> Result<Self, Diagnostic> {
        let unreadable =
            |error: io::Error| Diagnostic::new(Code::UnreadableFile, Sources::whole(file), error.to_string());
        let mut first = Vec::new();
        (&mut opened).take(8).read_to_end(&mut first).map_err(unreadable)?;
        opened.rewind().map_err(unreadable)?;
        let mut unread = Vec::new();
        let is_workbook = workbook::is_workbook(&first, file)?;
        let mut source = if is_workbook {
            let digest = source::Digest::of_reader(&mut opened).map_err(unreadable)?;
            opened.rewind().map_err(unreadable)?;
            Source::Workbook(workbook::read(opened, file, &mut unread)?.into_iter(), digest)
        } else {
            Source::Text(Box::new(TextRows::new(file, Digesting { inner: opened, digest: Sha256::new() }, ROW_LIMIT)?))
        };
        let headings = loop {
            match source.next()? {
                Some(row) if row.is_blank() => {}
                row => break row,
            }
        };
        let layout = Arc::new(Layout::new(headings, is_workbook, said, file)?);
        let (seen, answers, slug) = (HashSet::new(), Vec::new(), slug.to_owned());
        let (count, faults, repeated, first_repeated, failed) = (0, 0, 0, None, None);
        Ok(Self { file, slug, source, layout, seen, answers, count, faults, repeated, first_repeated, failed, unread })
    }

    /// What the headings are taken to mean, and what of the project file names no column.
    pub(crate) fn announce(&mut self, said: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.unread.drain(..).for_each(|diagnostic| diagnostics.push(diagnostic));
        self.layout.announce(said, diagnostics)
    }

    /// The SHA-256 of all bytes.
    pub(crate) fn digest(&self) -> source::Digest {
        match &self.source {
            Source::Text(rows) => rows.inner().digest.clone().into(),
            Source::Workbook(_, digest) => *digest,
        }
    }

    /// The next rows; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Rows>, Diagnostic> {
        let mut rows = Vec::with_capacity(PART);
        while rows.len() < PART && self.failed.is_none() {
            match self.source.next() {
                Ok(Some(row)) if row.is_blank() => {}
                Ok(Some(row)) => rows.push(self.count(row)),
                Ok(None) => break,
                Err(diagnostic) => self.failed = Some(diagnostic),
            }
        }
        if rows.is_empty()
            && let Some(failed) = self.failed.take()
        {
            return Err(failed);
        }
        Ok((!rows.is_empty()).then(|| Rows { layout: self.layout.clone(), rows }))
    }

    fn count(&mut self, row: TextRow) -> LetterRow {
        self.count += 1;
        let mut repeated = false;
        self.faults += usize::from(row.stray.is_some() || row.cells.len() != self.layout.headings.len());
        if self.faults > FAULT_LIMIT {
            let message = format!("more than {FAULT_LIMIT} rows cannot be read; the rest was not looked at");
            self.failed = Some(Diagnostic::new(Code::TableSyntax, row.span(self.file), message));
        }
        let span = row.span(self.file);
        if let Some(key) = self.key(Role::Key, &row).map(|key| self.hash(&key))
            && !self.seen.insert(key)
        {
            repeated = true;
            self.repeated += 1;
            self.first_repeated.get_or_insert((row.number, span));
        }
        let answered = self.key(Role::ReplyTo, &row).filter(|key| !key.contains("://") && !is_placeholder(key));
        let answered = answered.map(|key| self.hash(&key)).filter(|key| !self.seen.contains(key));
        self.answers.extend(answered.map(|key| (key, row.number, span)));
        LetterRow { written: row, repeated }
    }

    /// The key in a cell of a row.
    fn key(&self, role: Role, row: &TextRow) -> Option<String> {
        let cell = String::from_utf8_lossy(row.cells.get(self.layout.column(role)?)?);
        let trimmed = cell.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    fn hash(&self, key: &str) -> u64 {
        let mut hash = DefaultHasher::new();
        slug_of_key(&self.slug, ROW, key).hash(&mut hash);
        hash.finish()
    }

    /// What can be said of the table at its end.
    pub(crate) fn conclude(&self, diagnostics: &mut Diagnostics) {
        if let Some((number, span)) = self.first_repeated {
            let message = match self.repeated {
                1 => format!("row {number} has the key of an earlier row"),
                count => format!("{count} rows have the key of an earlier row; the first is row {number}"),
            };
            let id = slug_of_number(&self.slug, ROW, number);
            let help =
                format!("such a row is known by its number, as document:{id}; give every letter a key of its own");
            diagnostics.push(Diagnostic::new(Code::RepeatedKey, span, message).help(help));
        }
        let mut nowhere = self.answers.iter().filter(|(answered, ..)| !self.seen.contains(answered));
        if let Some((_, number, span)) = nowhere.next() {
            let message = match nowhere.count() {
                0 => format!("row {number} answers a letter that no row has the key of"),
                more => {
                    format!("{} rows answer letters that no row has the keys of; the first is row {number}", more + 1)
                }
            };
            let help = "the graph has the link, and nothing is known of the letter; correct the key, or add the letter";
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
        if self.count == 0 {
            let message = "this table has no row below its headings, so there is no letter in it";
            let help = "a letter table has one letter a row";
            diagnostics.push(Diagnostic::new(Code::NoLetter, Sources::whole(self.file), message).help(help));
        }
    }
}
