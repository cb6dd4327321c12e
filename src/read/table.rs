//! Tables: CSV with a row of column names, every cell with its place.

use crate::diagnostic::{Code, nearest};
use crate::read::reader::Reader;
use crate::read::row::{Part, Steps, separator};
use crate::source::{SourceText, Span};
use crate::tree::Written;
use csv::{ReaderBuilder, StringRecord, Trim};
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

/// The column of the problems that a row accepts, in every table that is written by hand.
const ACCEPT: &str = "accept";

/// The rows of a table, each cell by the name of its column.
pub(super) struct Table {
    columns: Vec<String>,
    separator: u8,
    rows: Vec<(StringRecord, Vec<Range<usize>>)>,
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    source: &'a SourceText,
    index: usize,
}

impl Table {
    /// Reads a table whose columns are among `columns`, or the one of what a row accepts; those that are marked must be there.
    ///
    /// A row that cannot be divided into cells is left out, with a diagnostic; so is one that is all blank, without.
    pub(super) fn read(reader: &mut Reader<'_>, columns: &[(&'static str, Need)]) -> Option<Self> {
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
    pub(super) fn read_with(
        reader: &mut Reader<'_>,
        columns: &[(&'static str, Need)],
        known_separator: Option<u8>,
        unknown: Code,
    ) -> Option<Self> {
        let text = &reader.source.text;
        let start = text.strip_prefix('\u{FEFF}').map_or(0, |rest| text.len() - rest.len());
        let separator = known_separator.unwrap_or_else(|| separator(&text.as_bytes()[start..]));
        let mut csv = ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .trim(Trim::All)
            .delimiter(separator)
            .from_reader(&text.as_bytes()[start..]);
        let mut records = Vec::new();
        let mut record = StringRecord::new();
        while csv.read_record(&mut record).expect("the text is in memory and UTF-8") {
            let at = start + usize::try_from(record.position().map_or(0, csv::Position::byte)).unwrap_or(0);
            records.push((at, record.clone()));
        }
        let mut rows = records.into_iter().map(|(at, record)| {
            let at = at + text[at..].len() - text[at..].trim_start_matches(['\r', '\n']).len();
            (cells(text, at, separator), record)
        });
        let Some((places, header)) = rows.next() else {
            let whole = crate::source::Sources::whole(reader.source.file);
            reader.report(Code::MissingColumn, whole, "the table has no row of column names");
            return None;
        };
        let mut table = Self { columns: header.iter().map(str::to_owned).collect(), separator, rows: Vec::new() };
        let whole_header = table.check_columns(reader, columns, &places.cells, unknown);
        for (places, record) in rows {
            table.add(reader, places, record);
        }
        whole_header.then_some(table)
    }

    fn check_columns(
        &self,
        reader: &mut Reader<'_>,
        columns: &[(&'static str, Need)],
        places: &[Range<usize>],
        unknown: Code,
    ) -> bool {
        let mut meant = Vec::new();
        let mut seen = BTreeMap::new();
        for (name, place) in self.columns.iter().zip(places) {
            let span = reader.source.span(place.clone());
            if seen.insert(name.as_str(), ()).is_some() {
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
            if *need == Need::Required && !seen.contains_key(name) {
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

    fn add(&mut self, reader: &mut Reader<'_>, places: Cells, record: StringRecord) {
        let span = reader.source.span(places.cells[0].clone());
        if let Some(at) = places.open_quote {
            let span = reader.source.span(at..at + 1);
            reader.report(Code::TableSyntax, span, "this quotation mark is never closed");
        } else if let Some(at) = places.stray_quote {
            let span = reader.source.span(at..at + 1);
            let help = "a quotation mark inside a cell stands twice";
            reader.report_with_help(Code::TableSyntax, span, "the cell goes on after this quotation mark", help);
        } else if record.iter().all(str::is_empty) {
            // Spreadsheets write rows that hold nothing, of any length.
        } else if record.len() == self.columns.len() && record.len() == places.cells.len() {
            self.rows.push((record, places.cells));
        } else {
            let cells = if record.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", record.len()) };
            let message = format!("this row has {cells}, the table has {} columns", self.columns.len());
            let mark = match self.separator {
                b'\t' => "tab",
                b';' => "semicolon",
                _ => "comma",
            };
            let help = match record.len() < self.columns.len() {
                true => format!("write the {mark} of every cell that is empty"),
                false => format!("put a cell that holds a {mark} into quotation marks"),
            };
            reader.report_with_help(Code::RaggedRow, span, message, help);
        }
    }

    /// The rows, in the order of the file.
    pub(super) fn rows<'a>(&'a self, source: &'a SourceText) -> impl Iterator<Item = Row<'a>> {
        (0..self.rows.len()).map(move |index| Row { table: self, source, index })
    }
}

/// Whether a column must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

impl Row<'_> {
    /// The place of the row: its first cell.
    pub(super) fn span(&self) -> Span {
        self.source.span(self.table.rows[self.index].1[0].clone())
    }

    /// The lines that it stands on.
    fn lines(&self) -> RangeInclusive<u32> {
        let last = self.table.rows[self.index].1.last().map_or(0, |cell| cell.end);
        self.span().line..=self.source.span(last..last).line
    }

    /// The cell of a column; nothing where the column is not there or the cell is blank.
    pub(super) fn cell(&self, column: &str) -> Option<Written> {
        let at = self.table.columns.iter().position(|name| name == column)?;
        let (record, places) = &self.table.rows[self.index];
        let text = record.get(at).filter(|text| !text.is_empty())?;
        Some(Written { text: text.to_owned(), span: self.source.span(places[at].clone()) })
    }

    /// The parts of a cell that stand between semicolons.
    pub(super) fn list(&self, column: &str) -> Vec<Written> {
        let Some(cell) = self.cell(column) else { return Vec::new() };
        let at = self.table.columns.iter().position(|name| name == column).unwrap_or_default();
        let place = self.table.rows[self.index].1[at].clone();
        // Where marks are doubled, the cell as it is written is not the cell as it is read, and its parts have no
        // places of their own.
        let verbatim = self.source.text[place.clone()] == cell.text;
        let mut start = place.start;
        let mut parts = Vec::new();
        for part in cell.text.split(';') {
            let text = part.trim();
            let begin = start + part.len() - part.trim_start().len();
            let span = if verbatim { self.source.span(begin..begin + text.len()) } else { cell.span };
            start += part.len() + 1;
            if !text.is_empty() {
                parts.push(Written { text: text.to_owned(), span });
            }
        }
        parts
    }

    /// The cell of a column that must be filled.
    pub(super) fn required(&self, column: &'static str, reader: &mut Reader<'_>) -> Option<Written> {
        let cell = self.cell(column);
        if cell.is_none() {
            reader.report(Code::MissingValue, self.span(), format!("the row has no {column}"));
        }
        cell
    }
}

struct Cells {
    cells: Vec<Range<usize>>,
    open_quote: Option<usize>,
    stray_quote: Option<usize>,
}

/// Where the cells of the row are that begins at a byte, without the quotation marks.
fn cells(text: &str, start: usize, separator: u8) -> Cells {
    let mut steps = Steps::new(separator);
    let (mut cells, mut begin, mut end) = (Vec::new(), start, text.len());
    let (mut opening, mut closing, mut stray_quote) = (start, start, None);
    for (at, byte) in (start..).zip(text[start..].bytes()) {
        match steps.step(byte) {
            Part::Content | Part::Padding => {}
            Part::Opening => opening = at,
            Part::Closing => closing = at,
            Part::Stray => stray_quote = stray_quote.or(Some(closing)),
            Part::CellEnd => {
                cells.push(trimmed(text, begin..at));
                begin = at + 1;
            }
            Part::RowEnd => {
                end = at;
                break;
            }
        }
    }
    cells.push(trimmed(text, begin..end));
    Cells { cells, open_quote: steps.is_open().then_some(opening), stray_quote }
}

/// A cell's place without blanks and quotation marks around it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let cell = &text[range.clone()];
    let inner = cell.trim();
    let quoted = inner.len() > 1 && inner.starts_with('"') && inner.ends_with('"');
    let start = range.start + cell.len() - cell.trim_start().len() + usize::from(quoted);
    start..start + inner.len() - 2 * usize::from(quoted)
}
