//! The rows of a CSV or TSV file of any length, one at a time, in memory that does not grow with the file.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::table::row::{RowPart, Steps, separator};
use crate::source::{FileId, Sources, Span};
use csv::ByteRecord;
use std::io::{self, BufRead, BufReader, Read};

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A row as it is written.
pub(crate) struct TextRow {
    /// Its number, as spreadsheet programs count: the first is 1.
    pub(crate) number: u32,
    /// The line that it begins in.
    pub(crate) line: u32,
    /// The quotation mark behind which a cell goes on.
    pub(crate) stray: Option<Span>,
    /// The one cell that begins with a blank after a comma, behind one without quotation marks; nothing in a table that
    /// has blanks after its commas.
    pub(crate) after_blank: Option<usize>,
    /// Its cells, without blanks around them.
    pub(crate) cells: ByteRecord,
}

impl TextRow {
    /// Where it begins.
    pub(crate) fn span(&self, file: FileId) -> Span {
        Span { file, line: self.line, column: 1, length: 1 }
    }

    /// Whether nothing stands in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(<[u8]>::is_empty)
    }

    /// What is wrong with its quotation marks.
    pub(crate) fn fault(&self) -> Option<Diagnostic> {
        let message = "the cell goes on after this quotation mark";
        let help = "a quotation mark inside a cell stands twice";
        Some(Diagnostic::new(Code::TableSyntax, self.stray?, message).help(help))
    }
}

/// A table of text while it is read.
pub(crate) struct TextRows<R> {
    file: FileId,
    input: BufReader<R>,
    scanner: Scanner,
    /// The most bytes that a row may have.
    limit: usize,
    number: u32,
    /// The bytes and the cells of the row that was read last.
    size: usize,
    cells: usize,
}

impl<R: Read> TextRows<R> {
    /// Begins a table whose rows have at most `limit` bytes, and finds what stands between its cells.
    pub(crate) fn new(file: FileId, inner: R, limit: usize) -> Result<Self, Diagnostic> {
        let mut input = BufReader::with_capacity(1 << 16, inner);
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
        Ok(Self { file, input, scanner, limit, number: 0, size: 0, cells: 0 })
    }

    /// The next row, of which there is one for every line that is blank as well.
    pub(crate) fn next(&mut self) -> Result<Option<TextRow>, Diagnostic> {
        self.number = self.number.saturating_add(1);
        let line = self.scanner.place.line;
        // About as much as the row before.
        let cells = ByteRecord::with_capacity(self.size + 64, self.cells);
        let mut row = TextRow { number: self.number, line, stray: None, after_blank: None, cells };
        let mut size = 0;
        loop {
            let bytes = self.input.fill_buf().map_err(|error| unreadable(self.file, &error))?;
            if bytes.is_empty() {
                return self.scanner.end(row);
            }
            let (used, ended) = self.scanner.take(bytes, &mut row);
            self.input.consume(used);
            size += used;
            if size > self.limit {
                return Err(self.scanner.too_long(&row, self.limit));
            }
            if ended {
                (self.size, self.cells) = (size, row.cells.len());
                return Ok(Some(row));
            }
        }
    }

    /// What is read from.
    pub(crate) fn inner(&self) -> &R {
        self.input.get_ref()
    }
}

/// For the benchmark of tables: how many rows there are before the end or an error.
pub fn count_rows(table: &[u8]) -> usize {
    let file = Sources::new("").add("table.csv");
    let rows = TextRows::new(file, table, usize::MAX);
    rows.map_or(0, |mut rows| std::iter::from_fn(|| rows.next().ok().flatten()).count())
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
    blanks: Blanks,
}

/// The cells of a row that begin with a blank after a comma.
#[derive(Default)]
struct Blanks {
    is_comma: bool,
    /// Whether the cell that is being read has quotation marks.
    is_quoted: bool,
    /// Whether something stands in the cell before it, without quotation marks.
    is_behind_words: bool,
    count: usize,
    first: Option<usize>,
    /// Whether the first row that says something, with the headings, has such cells.
    usual: Option<bool>,
    /// Whether the row says something.
    is_filled: bool,
}

impl Blanks {
    fn end_cell(&mut self, cell: &[u8], at: usize) {
        let is_filled = !cell.trim_ascii().is_empty();
        if self.is_comma && at > 0 && is_filled && !self.is_quoted && cell.first() == Some(&b' ') {
            self.count += 1;
            if self.is_behind_words {
                self.first = Some(at);
            }
        }
        self.is_behind_words = is_filled && !std::mem::take(&mut self.is_quoted);
        self.is_filled |= is_filled;
    }

    /// The one such cell of the row that ends.
    fn end_row(&mut self) -> Option<usize> {
        let (count, first) = (std::mem::take(&mut self.count), self.first.take());
        if std::mem::take(&mut self.is_filled) {
            self.usual.get_or_insert(count > 0);
        }
        first.filter(|_| count == 1 && self.usual == Some(false))
    }
}

impl Scanner {
    fn new(file: FileId, separator: u8) -> Self {
        let place = Span { file, line: 1, column: 1, length: 1 };
        let steps = Steps::new(separator);
        let blanks = Blanks { is_comma: separator == b',', ..Blanks::default() };
        Self { steps, place, opening: place, closing: place, after_return: false, cell: Vec::new(), blanks }
    }

    /// Takes bytes, of which there is at least one, up to the end of the row: how many, and whether it has ended.
    fn take(&mut self, bytes: &[u8], row: &mut TextRow) -> (usize, bool) {
        let mut at = usize::from(std::mem::take(&mut self.after_return) && bytes[0] == b'\n');
        while let Some(&byte) = bytes.get(at) {
            match self.steps.step(byte) {
                RowPart::Content => {
                    let run = &bytes[at..at + self.steps.run(&bytes[at..])];
                    self.cell.extend_from_slice(run);
                    self.pass(run);
                    at += run.len();
                    continue;
                }
                RowPart::RowEnd => {
                    self.end_cell(row);
                    row.after_blank = self.blanks.end_row();
                    (self.place.line, self.place.column) = (self.place.line.saturating_add(1), 1);
                    self.after_return = byte == b'\r';
                    return (at + 1, true);
                }
                RowPart::Opening => (self.opening, self.blanks.is_quoted) = (self.place, true),
                RowPart::Closing => self.closing = self.place,
                RowPart::Stray => row.stray = row.stray.or(Some(self.closing)),
                RowPart::CellEnd => self.end_cell(row),
                RowPart::Padding => {}
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

    fn end_cell(&mut self, row: &mut TextRow) {
        self.blanks.end_cell(&self.cell, row.cells.len());
        row.cells.push_field(self.cell.trim_ascii());
        self.cell.clear();
    }

    fn too_long(&self, row: &TextRow, limit: usize) -> Diagnostic {
        let message = format!("row {} has more than {limit} bytes", row.number);
        match self.steps.is_open() {
            true => {
                let message = format!("{message}: this quotation mark is probably not closed");
                Diagnostic::new(Code::TableSyntax, self.opening, message)
            }
            false => Diagnostic::new(Code::TableSyntax, row.span(self.place.file), message),
        }
    }

    /// The last row, if one has begun.
    fn end(&mut self, mut row: TextRow) -> Result<Option<TextRow>, Diagnostic> {
        if self.steps.is_open() {
            let message = "this quotation mark is never closed";
            return Err(Diagnostic::new(Code::TableSyntax, self.opening, message));
        }
        if self.steps.is_at_begin() && row.cells.is_empty() {
            return Ok(None);
        }
        self.end_cell(&mut row);
        row.after_blank = self.blanks.end_row();
        // Should there be a further call, nothing has begun.
        self.steps.step(b'\n');
        Ok(Some(row))
    }
}
