//! Tables: CSV with a row of column names, every cell with its place.

use crate::diagnostic::{Code, nearest};
use crate::input::reader::Reader;
use crate::input::table::row::{RowPart, Steps, separator};
use crate::source::{SourceText, Span};
use crate::tree::SourceValue;
use std::collections::BTreeSet;
use std::iter;
use std::ops::{Range, RangeInclusive};

/// The column of the problems that a row accepts, in every table that is written by hand.
const ACCEPT: &str = "accept";

/// The rows of a table, each cell by the name of its column.
pub(crate) struct Table {
    columns: Vec<String>,
    separator: u8,
    rows: Vec<Vec<Cell>>,
}

/// A cell: what it says, and the place of that, without the quotation marks around it.
struct Cell {
    text: String,
    place: Range<usize>,
}

/// One row.
#[derive(Clone, Copy)]
pub(crate) struct TableRow<'a> {
    table: &'a Table,
    source: &'a SourceText,
    index: usize,
}

impl Table {
    /// Reads a table whose columns are among `columns`, or the one of what a row accepts; those that are marked must be there.
    ///
    /// A row that cannot be divided into cells is left out, with a diagnostic; so is one that is all blank, without.
    pub(crate) fn read(reader: &mut Reader<'_>, columns: &[(&'static str, Need)]) -> Option<Self> {
        let columns: Vec<_> = columns.iter().copied().chain([(ACCEPT, Need::Optional)]).collect();
        let table = Self::read_with(reader, &columns, None, Code::UnknownColumn)?;
        for row in table.rows(reader.source) {
            if let Some(written) = row.cell(ACCEPT) {
                reader.diagnostics.accept(&written.text, written.span, &row.lines());
            }
        }
        Some(table)
    }

    /// The same, with a separator that is known or is to be found out; a column that is not among them is reported with this
    /// code.
    pub(crate) fn read_with(
        reader: &mut Reader<'_>,
        columns: &[(&'static str, Need)],
        known_separator: Option<u8>,
        unknown: Code,
    ) -> Option<Self> {
        let text = &reader.source.text;
        let start = text.len() - text.trim_start_matches('\u{FEFF}').len();
        let separator = known_separator.unwrap_or_else(|| separator(&text.as_bytes()[start..]));
        let mut at = start;
        let mut rows = iter::from_fn(|| {
            at += text[at..].len() - text[at..].trim_start_matches(['\r', '\n']).len();
            let row = (at < text.len()).then(|| ParsedRow::read(text, at, separator))?;
            at = row.end;
            Some(row)
        });
        let Some(header) = rows.next() else {
            let whole = crate::source::Sources::whole(reader.source.file);
            reader.report(Code::MissingColumn, whole, "the table has no row of column names");
            return None;
        };
        let whole_header = check_columns(reader, columns, &header.cells, unknown);
        let names = header.cells.into_iter().map(|cell| cell.text).collect();
        let mut table = Self { columns: names, separator, rows: Vec::new() };
        for row in rows {
            table.add(reader, row);
        }
        whole_header.then_some(table)
    }

    fn add(&mut self, reader: &mut Reader<'_>, row: ParsedRow) {
        let count = row.cells.len();
        let span = reader.source.span(row.cells[0].place.clone());
        if let Some(at) = row.open_quote {
            let span = reader.source.span(at..at + 1);
            reader.report(Code::TableSyntax, span, "this quotation mark is never closed");
        } else if let Some(at) = row.stray_quote {
            let span = reader.source.span(at..at + 1);
            let help = "a quotation mark inside a cell stands twice";
            reader.report_with_help(Code::TableSyntax, span, "the cell goes on after this quotation mark", help);
        } else if row.cells.iter().all(|cell| cell.text.is_empty()) {
            // Spreadsheets write rows that hold nothing, of any length.
        } else if count == self.columns.len() {
            self.hint_at_comma(reader, &row.cells);
            self.rows.push(row.cells);
        } else {
            let cells = if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
            let message = format!("this row has {cells}, the table has {} columns", self.columns.len());
            let mark = match self.separator {
                b'\t' => "tab",
                b';' => "semicolon",
                _ => "comma",
            };
            let help = match count < self.columns.len() {
                true => format!("write the {mark} of every cell that is empty"),
                false => format!("put a cell that holds a {mark} into quotation marks"),
            };
            reader.report_with_help(Code::RaggedRow, span, message, help);
        }
    }

    /// A hint where one cell of a row begins with a blank after a comma, as the second half of a name does that should
    /// stand in quotation marks: the count of cells can be right by accident. Whoever sets a blank after every comma is
    /// not meant.
    fn hint_at_comma(&self, reader: &mut Reader<'_>, cells: &[Cell]) {
        if self.separator != b',' {
            return;
        }
        let text = reader.source.text.as_bytes();
        let before = |at: usize| at.checked_sub(1).map(|at| text[at]);
        let is_set_off = |cell: &&[Cell]| {
            let [first, second] = cell else { return false };
            let is_quoted = before(first.place.start) == Some(b'"');
            let ends_at_comma = text.get(first.place.end) == Some(&b',');
            !first.text.is_empty() && !is_quoted && ends_at_comma && before(second.place.start) == Some(b' ')
        };
        let blank = |cell: &&Cell| !cell.text.is_empty() && before(cell.place.start) == Some(b' ');
        let mut pairs = cells.windows(2).filter(is_set_off).filter(|pair| !pair[1].text.is_empty());
        if let Some([first, second]) = pairs.next()
            && cells.iter().filter(blank).count() == 1
        {
            let message = format!(
                "\"{}\" stands in another cell than \"{}\", and the blank before it looks as if the comma belonged to them",
                second.text, first.text
            );
            let help = format!(
                "if it does, write \"{}, {}\" in quotation marks; if not, take the blank out",
                first.text, second.text
            );
            let span = reader.source.span(second.place.clone());
            reader.report_with_help(Code::CommaInCell, span, message, help);
        }
    }

    /// The rows, in the order of the file.
    pub(crate) fn rows<'a>(&'a self, source: &'a SourceText) -> impl Iterator<Item = TableRow<'a>> {
        (0..self.rows.len()).map(move |index| TableRow { table: self, source, index })
    }
}

/// Reports columns that are unknown, stand twice or are missing; whether all are there that must be.
fn check_columns(reader: &mut Reader<'_>, columns: &[(&'static str, Need)], header: &[Cell], unknown: Code) -> bool {
    let mut meant = Vec::new();
    let mut seen = BTreeSet::new();
    for Cell { text: name, place } in header {
        let span = reader.source.span(place.clone());
        if !seen.insert(name.as_str()) {
            reader.report(Code::DuplicateColumn, span, format!("the column \"{name}\" stands twice"));
        } else if !columns.iter().any(|(known, _)| known == name) {
            let known = columns.iter().map(|(known, _)| *known);
            meant.extend(nearest(name, known.clone()));
            let help = nearest(name, known.clone()).map_or_else(
                || match unknown {
                    Code::UnusedColumn => "what stands in it is kept in the file and not used".to_owned(),
                    _ => format!("the columns are {}", known.collect::<Vec<_>>().join(", ")),
                },
                |name| format!("did you mean \"{name}\"?"),
            );
            reader.report_with_help(unknown, span, format!("there is no column \"{name}\" here"), help);
        }
    }
    let mut complete = true;
    for (name, need) in columns {
        if *need == Need::Required && !seen.contains(name) {
            complete = false;
            // A misspelt column is not missing as well.
            if meant.contains(name) {
                continue;
            }
            let span = reader.source.place(1, 1);
            reader.report(Code::MissingColumn, span, format!("the table has no column \"{name}\""));
        }
    }
    complete
}

/// Whether a column must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

impl TableRow<'_> {
    /// The place of the row: its first cell.
    pub(crate) fn span(&self) -> Span {
        self.source.span(self.table.rows[self.index][0].place.clone())
    }

    /// The lines that it stands on.
    fn lines(&self) -> RangeInclusive<u32> {
        let last = self.table.rows[self.index].last().map_or(0, |cell| cell.place.end);
        self.span().line..=self.source.span(last..last).line
    }

    /// The cell of a column; nothing where the column is not there or the cell is blank.
    pub(crate) fn cell(&self, column: &str) -> Option<SourceValue> {
        let Cell { text, place } = self.filled(column)?;
        Some(SourceValue { text: text.clone(), span: self.source.span(place.clone()) })
    }

    fn filled(&self, column: &str) -> Option<&Cell> {
        let at = self.table.columns.iter().position(|name| name == column)?;
        self.table.rows[self.index].get(at).filter(|cell| !cell.text.is_empty())
    }

    /// The parts of a cell that stand between semicolons.
    pub(crate) fn list(&self, column: &str) -> Vec<SourceValue> {
        let Some(Cell { text, place }) = self.filled(column) else { return Vec::new() };
        let whole = self.source.span(place.clone());
        // Where marks are doubled, the cell as it is written is not the cell as it is read, and its parts have no
        // places of their own.
        let verbatim = self.source.text[place.clone()] == *text;
        let mut start = place.start;
        let mut parts = Vec::new();
        for part in text.split(';') {
            let text = part.trim();
            let begin = start + part.len() - part.trim_start().len();
            let span = if verbatim { self.source.span(begin..begin + text.len()) } else { whole };
            start += part.len() + 1;
            if !text.is_empty() {
                parts.push(SourceValue { text: text.to_owned(), span });
            }
        }
        parts
    }

    /// The cell of a column that must be filled.
    pub(crate) fn required(&self, column: &'static str, reader: &mut Reader<'_>) -> Option<SourceValue> {
        let cell = self.cell(column);
        if cell.is_none() {
            reader.report(Code::MissingValue, self.span(), format!("the row has no {column}"));
        }
        cell
    }
}

/// A row, divided into cells.
struct ParsedRow {
    cells: Vec<Cell>,
    open_quote: Option<usize>,
    stray_quote: Option<usize>,
    end: usize,
}

impl ParsedRow {
    /// Divides the row that begins at a byte.
    fn read(text: &str, start: usize, separator: u8) -> Self {
        let mut row = Self { cells: Vec::new(), open_quote: None, stray_quote: None, end: text.len() };
        let mut steps = Steps::new(separator);
        let (mut begin, mut opening, mut closing, mut content) = (start, start, start, Vec::new());
        for (at, byte) in (start..).zip(text[start..].bytes()) {
            let part = steps.step(byte);
            match part {
                RowPart::Content | RowPart::Padding | RowPart::Stray => content.push(byte),
                RowPart::Opening => opening = at,
                RowPart::Closing => closing = at,
                RowPart::CellEnd => {
                    row.cells.push(Cell::new(text, begin..at, &mut content));
                    begin = at + 1;
                }
                RowPart::RowEnd => {
                    row.end = at;
                    break;
                }
            }
            if part == RowPart::Stray {
                row.stray_quote.get_or_insert(closing);
            }
        }
        row.cells.push(Cell::new(text, begin..row.end, &mut content));
        row.open_quote = steps.is_open().then_some(opening);
        row
    }
}

impl Cell {
    /// The cell that is written at a range and has this content: without blanks around it, and its place without quotation
    /// marks around that.
    fn new(text: &str, range: Range<usize>, content: &mut Vec<u8>) -> Self {
        let written = &text[range.clone()];
        let inner = written.trim();
        let quoted = inner.len() > 1 && inner.starts_with('"') && inner.ends_with('"');
        let start = range.start + written.len() - written.trim_start().len() + usize::from(quoted);
        let place = start..start + inner.len() - 2 * usize::from(quoted);
        let said = str::from_utf8(content).expect("a cell ends where a character does").trim().to_owned();
        content.clear();
        Self { text: said, place }
    }
}
