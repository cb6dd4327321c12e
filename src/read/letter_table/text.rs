//! The rows of a CSV or TSV file of any length, one at a time, in memory that does not grow with the file.

use super::rows::Row;
use crate::diagnostic::{Code, Diagnostic};
use crate::read::row::{Part, Steps, separator};
use crate::source::{self, FileId, Sources, Span};
use csv::ByteRecord;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

/// The most bytes that a row may have.
const ROW_LIMIT: usize = 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A table of text while it is read.
pub(super) struct TextRows {
    file: FileId,
    input: BufReader<Counted>,
    scanner: Scanner,
    number: u32,
    /// The bytes and the cells of the row that was read last.
    size: usize,
    cells: usize,
}

/// Reads on and takes the digest of what was read.
struct Counted {
    inner: File,
    digest: Sha256,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.digest.update(&buffer[..count]);
        Ok(count)
    }
}

impl TextRows {
    /// Begins a table, and finds what stands between its cells.
    pub(super) fn new(file: FileId, inner: File) -> Result<Self, Diagnostic> {
        let mut input = BufReader::with_capacity(1 << 16, Counted { inner, digest: Sha256::new() });
        let first = input.fill_buf().map_err(|error| unreadable(file, &error))?;
        if first.starts_with(&[0xFE, 0xFF]) || first.starts_with(&[0xFF, 0xFE]) {
            let help = "save the file as UTF-8; spreadsheet programs call it \"CSV UTF-8\"";
            return Err(Diagnostic::new(Code::WrongEncoding, Sources::whole(file), "this file is UTF-16").help(help));
        }
        let mark = if first.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        if first[mark..].trim_ascii_start().starts_with(b"<") {
            let message = "this is no workbook and no table: it begins as HTML and XML do";
            let diagnostic = Diagnostic::new(Code::WorkbookUnreadable, Sources::whole(file), message);
            return Err(diagnostic.help("open it in a spreadsheet program and save it as .xlsx or .csv"));
        }
        let scanner = Scanner::new(file, separator(&first[mark..]));
        input.consume(mark);
        Ok(Self { file, input, scanner, number: 0, size: 0, cells: 0 })
    }

    /// The next row, of which there is one for every line that is blank as well.
    pub(super) fn next(&mut self) -> Result<Option<Row>, Diagnostic> {
        self.number = self.number.saturating_add(1);
        let line = self.scanner.place.line;
        // About as much as the row before.
        let cells = ByteRecord::with_capacity(self.size + 64, self.cells);
        let mut row = Row { number: self.number, line, repeated: false, stray: None, cells };
        let mut size = 0;
        loop {
            let bytes = self.input.fill_buf().map_err(|error| unreadable(self.file, &error))?;
            if bytes.is_empty() {
                return self.scanner.end(row);
            }
            let (used, ended) = self.scanner.take(bytes, &mut row);
            self.input.consume(used);
            size += used;
            if size > ROW_LIMIT {
                return Err(self.scanner.too_long(&row));
            }
            if ended {
                (self.size, self.cells) = (size, row.cells.len());
                return Ok(Some(row));
            }
        }
    }

    /// The SHA-256 of all bytes that were read.
    pub(super) fn digest(&self) -> source::Digest {
        self.input.get_ref().digest.clone().into()
    }
}

fn unreadable(file: FileId, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, Sources::whole(file), error.to_string())
}

/// Where a row is being read.
struct Scanner {
    steps: Steps,
    /// The place of the next byte.
    place: Span,
    opening: Span,
    closing: Span,
    /// Whether the row before ended with a carriage return, to which a line feed would belong.
    after_return: bool,
    cell: Vec<u8>,
}

impl Scanner {
    fn new(file: FileId, separator: u8) -> Self {
        let place = Span { file, line: 1, column: 1, length: 1 };
        let steps = Steps::new(separator);
        Self { steps, place, opening: place, closing: place, after_return: false, cell: Vec::new() }
    }

    /// Takes bytes, of which there is at least one, up to the end of the row: how many, and whether it has ended.
    fn take(&mut self, bytes: &[u8], row: &mut Row) -> (usize, bool) {
        let mut at = usize::from(std::mem::take(&mut self.after_return) && bytes[0] == b'\n');
        while let Some(&byte) = bytes.get(at) {
            match self.steps.step(byte) {
                Part::Content => {
                    let run = &bytes[at..at + self.steps.run(&bytes[at..])];
                    self.cell.extend_from_slice(run);
                    self.pass(run);
                    at += run.len();
                    continue;
                }
                Part::RowEnd => {
                    self.end_cell(row);
                    (self.place.line, self.place.column) = (self.place.line.saturating_add(1), 1);
                    self.after_return = byte == b'\r';
                    return (at + 1, true);
                }
                Part::Opening => self.opening = self.place,
                Part::Closing => self.closing = self.place,
                Part::Stray => row.stray = row.stray.or(Some(self.closing)),
                Part::CellEnd => self.end_cell(row),
                Part::Padding => {}
            }
            self.pass(&[byte]);
            at += 1;
        }
        (at, false)
    }

    /// Goes on over bytes of which only the first can be a line feed.
    fn pass(&mut self, bytes: &[u8]) {
        // The bytes that continue a character (RFC 3629, section 3) make no column.
        let columns = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        self.place.column = self.place.column.saturating_add(u32::try_from(columns).unwrap_or(u32::MAX));
        if bytes.first() == Some(&b'\n') {
            self.place.line = self.place.line.saturating_add(1);
            self.place.column = u32::try_from(columns).unwrap_or(u32::MAX);
        }
    }

    fn end_cell(&mut self, row: &mut Row) {
        row.cells.push_field(self.cell.trim_ascii());
        self.cell.clear();
    }

    fn too_long(&self, row: &Row) -> Diagnostic {
        let message = format!("row {} has more than {ROW_LIMIT} bytes", row.number);
        match self.steps.is_open() {
            true => {
                let message = format!("{message}: this quotation mark is probably not closed");
                Diagnostic::new(Code::TableSyntax, self.opening, message)
            }
            false => Diagnostic::new(Code::TableSyntax, row.span(self.place.file), message),
        }
    }

    /// The last row, if one has begun.
    fn end(&mut self, mut row: Row) -> Result<Option<Row>, Diagnostic> {
        if self.steps.is_open() {
            let message = "this quotation mark is never closed";
            return Err(Diagnostic::new(Code::TableSyntax, self.opening, message));
        }
        if self.steps.is_at_begin() && row.cells.is_empty() {
            return Ok(None);
        }
        self.end_cell(&mut row);
        // Should there be a further call, nothing has begun.
        self.steps.step(b'\n');
        Ok(Some(row))
    }
}
