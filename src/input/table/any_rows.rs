//! The rows of a table of other people's making, of a text file or of a sheet of a workbook, one at a time.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::table::text_rows::{TextRow, TextRows};
use crate::input::table::workbook::{self, NumberedRow, Sheets};
use crate::source::{self, FileId, Sources, Span, forbidden, is_forbidden};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek};

/// The most bytes that a row may have.
const ROW_LIMIT: usize = 1024 * 1024;
/// The most columns that a table may have.
const COLUMN_LIMIT: usize = 512;

/// Where the rows of a table come from.
pub(crate) enum AnyRows {
    Text(Box<TextRows<Digesting>>),
    Workbook(std::vec::IntoIter<NumberedRow>, source::Digest),
}

impl AnyRows {
    /// Begins a table; what of a workbook is not read is a warning.
    pub(crate) fn new(
        file: FileId,
        mut opened: File,
        sheets: &Sheets<'_>,
        unread: &mut Vec<Diagnostic>,
    ) -> Result<Self, Diagnostic> {
        let unreadable =
            |error: io::Error| Diagnostic::new(Code::UnreadableFile, Sources::whole(file), error.to_string());
        let mut first = Vec::new();
        (&mut opened).take(8).read_to_end(&mut first).map_err(unreadable)?;
        opened.rewind().map_err(unreadable)?;
        if workbook::is_workbook(&first, file)? {
            let digest = source::Digest::of_reader(&mut opened).map_err(unreadable)?;
            opened.rewind().map_err(unreadable)?;
            return Ok(Self::Workbook(workbook::read(opened, file, sheets, unread)?.into_iter(), digest));
        }
        let digesting = Digesting { inner: opened, digest: Sha256::new() };
        Ok(Self::Text(Box::new(TextRows::new(file, digesting, ROW_LIMIT)?)))
    }

    pub(crate) fn is_workbook(&self) -> bool {
        matches!(self, Self::Workbook(..))
    }

    pub(crate) fn next(&mut self) -> Result<Option<TextRow>, Diagnostic> {
        match self {
            Self::Text(rows) => rows.next(),
            Self::Workbook(rows, _) => {
                let next = rows.next();
                Ok(next.map(|(number, cells)| TextRow { number, line: number, stray: None, after_blank: None, cells }))
            }
        }
    }

    /// The headings, and where they are: the first row that is not blank. Of a table without headings they are the numbers
    /// of its columns, as in `#1`, and its first row is one of its own.
    pub(crate) fn headings_or_numbers(
        &mut self,
        file: FileId,
        has_headings: bool,
    ) -> Result<(Vec<String>, Span, Option<TextRow>), Diagnostic> {
        let (row, span) = self.first_row(file)?;
        if has_headings {
            return Ok((decoded(&row, span)?, span, None));
        }
        let numbers = (1..=row.cells.len()).map(|number| format!("#{number}"));
        Ok((numbers.collect(), span, Some(row)))
    }

    fn first_row(&mut self, file: FileId) -> Result<(TextRow, Span), Diagnostic> {
        let row = loop {
            match self.next()? {
                Some(row) if row.is_blank() => {}
                row => break row,
            }
        };
        let Some(row) = row else {
            let message = "the table has no row of column names";
            return Err(Diagnostic::new(Code::MissingColumn, Sources::whole(file), message));
        };
        if let Some(fault) = row.fault() {
            return Err(fault);
        }
        if row.cells.len() > COLUMN_LIMIT {
            let message = format!("the table has more than {COLUMN_LIMIT} columns");
            return Err(Diagnostic::new(Code::TableSyntax, Sources::whole(file), message));
        }
        let span = row.span(file);
        Ok((row, span))
    }

    /// The SHA-256 of all bytes that have been read; at the end, of the file.
    pub(crate) fn digest(&self) -> source::Digest {
        match self {
            Self::Text(rows) => rows.inner().digest.clone().into(),
            Self::Workbook(_, digest) => *digest,
        }
    }
}

/// The headings that a row has.
fn decoded(row: &TextRow, span: Span) -> Result<Vec<String>, Diagnostic> {
    let mut headings = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        let heading = std::str::from_utf8(cell).map_err(|_| not_utf_8(row.number, span))?;
        if let Some(letter) = heading.chars().find(|letter| is_forbidden(*letter)) {
            return Err(forbidden(Some(letter), span));
        }
        headings.push(heading.trim().to_owned());
    }
    Ok(headings)
}

/// Why a row cannot be divided into the cells of its columns. Cells beside the headings belong to no column and are no
/// fault, unless those of a text file say something: then a separator may have divided a cell.
pub(crate) fn fault(row: &TextRow, columns: usize, is_workbook: bool, span: Span) -> Option<Diagnostic> {
    if let Some(fault) = row.fault() {
        return Some(fault);
    }
    if is_ragged(row, columns, is_workbook) {
        let number =
            |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
        let (has, wants) = (number(row.cells.len(), "cell"), number(columns, "column"));
        let message = format!("row {} has {has}, the table has {wants}", row.number);
        let help = "put a cell that holds a separator into quotation marks; write the separators of empty cells";
        return Some(Diagnostic::new(Code::RaggedRow, span, message).help(help));
    }
    // One look at all bytes of the row finds what the closer look at its letters may then refuse.
    let rare = |byte: &u8| *byte < b' ' || *byte == 0xEF;
    if !row.cells.as_slice().iter().any(rare) {
        return None;
    }
    let cells = row.cells.iter().filter_map(|cell| std::str::from_utf8(cell).ok());
    let letter = cells.flat_map(str::chars).find(|letter| is_forbidden(*letter))?;
    Some(forbidden(Some(letter), span))
}

/// Whether a row has fewer cells than there are columns, or more of which nobody knows where they belong.
pub(crate) fn is_ragged(row: &TextRow, columns: usize, is_workbook: bool) -> bool {
    let is_filled = || row.cells.iter().skip(columns).any(|cell| !cell.is_empty());
    row.cells.len() < columns || (row.cells.len() > columns && !is_workbook && is_filled())
}

/// A hint where one cell of a row begins with a blank after a comma, as the rest of a name does that should stand in
/// quotation marks.
pub(crate) fn comma_in_cell(row: &TextRow, span: Span) -> Option<Diagnostic> {
    let at = row.after_blank?;
    let [first, second] =
        [at.checked_sub(1)?, at].map(|at| String::from_utf8_lossy(row.cells.get(at).unwrap_or_default()));
    let message = format!(
        "row {}: \"{second}\" stands in another cell than \"{first}\", and the blank before it looks as if the comma belonged to \
         them",
        row.number
    );
    let help = format!("if it does, write \"{first}, {second}\" in quotation marks; if not, take the blank out");
    Some(Diagnostic::new(Code::CommaInCell, span, message).help(help))
}

/// The diagnostic for a row that cannot be decoded.
pub(crate) fn not_utf_8(number: u32, span: Span) -> Diagnostic {
    let help = "save the file as UTF-8; spreadsheet programs call it \"CSV UTF-8\"";
    Diagnostic::new(Code::WrongEncoding, span, format!("row {number} is not UTF-8")).help(help)
}

/// What a column is called in messages, with its number where it has no heading.
pub(crate) fn column_name(headings: &[String], column: usize) -> String {
    match headings.get(column) {
        Some(heading) if !heading.is_empty() => format!("column {heading}"),
        Some(_) => format!("column #{}", column + 1),
        None => format!("column {} (without a heading)", column + 1),
    }
}

/// Reads on and takes the digest of what was read.
pub(crate) struct Digesting {
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
