//! Tables in workbooks (ECMA-376, `.xlsx`): the sheet that is wanted, or the first that can be seen, looked through for its limits and
//! then read whole.

mod container;
mod format;
mod part;
mod unread;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{FileId, Sources, Span};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use csv::ByteRecord;
use format::Shows;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use unread::Workbook;

/// What files of workbooks and other containers begin with (APPNOTE 4.3.7).
const CONTAINER: &[u8] = b"PK\x03\x04";
/// What older workbooks, and those with a password, begin with ([MS-CFB], section 2.2).
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
/// The most bytes that all cells of a sheet may have together.
const SHEET_LIMIT: usize = 64 * 1024 * 1024;
/// The most columns that a sheet may have.
const COLUMN_LIMIT: u32 = 512;
/// The most rows that a sheet may have: as many as spreadsheet programs show.
const ROW_LIMIT: u32 = 1_048_576;

/// A row with its number, as spreadsheet programs count.
pub(crate) type NumberedRow = (u32, ByteRecord);

/// Which sheet of a workbook is wanted, and which others are read for something else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheets<'s> {
    /// The name of the one that is wanted; without it, the first that can be seen.
    pub(crate) wanted: Option<&'s str>,
    /// The names of those that the project file names.
    pub(crate) named: BTreeSet<&'s str>,
    /// Whether the others are told of elsewhere.
    pub(crate) others_are_told: bool,
}

/// Whether a file that begins like this is a workbook; an error where it is one of a kind that is not read.
pub(crate) fn is_workbook(first: &[u8], file: FileId) -> Result<bool, Diagnostic> {
    if first.starts_with(COMPOUND) {
        let message = "this workbook is of an older kind, or has a password";
        let diagnostic = Diagnostic::new(Code::WorkbookUnreadable, Sources::whole(file), message);
        return Err(diagnostic.help("save it as .xlsx, without macros and password, or as .csv"));
    }
    Ok(first.starts_with(CONTAINER))
}

/// The rows of the sheet that is wanted, or of the first that can be seen, from the first that has a cell; rows without any cell are left out.
/// What of the workbook is not read is a warning.
pub(crate) fn read(
    opened: File,
    file: FileId,
    sheets: &Sheets<'_>,
    unread: &mut Vec<Diagnostic>,
) -> Result<Vec<NumberedRow>, Diagnostic> {
    container::check(&opened, file)?;
    let mut workbook: Workbook = Xlsx::new(BufReader::new(opened)).map_err(|error| damaged(&error, file))?;
    let (name, others) = choose(&workbook, sheets, file)?;
    let rows = sheet(&mut workbook, &name, file).map_err(|error| damaged(&error, file))??;
    let others = others.into_iter().filter(|other| !sheets.others_are_told && !sheets.named.contains(other.as_str()));
    unread.extend(unread::sheets(&mut workbook, file, others));
    unread.extend(unread::formulas(&mut workbook, file, &name));
    unread.extend(unread::merged(&mut workbook, file, &name));
    Ok(rows)
}

/// The name of the sheet that is read, and of the others that can be seen.
fn choose(workbook: &Workbook, sheets: &Sheets<'_>, file: FileId) -> Result<(String, Vec<String>), Diagnostic> {
    let of_cells = || workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let seen = of_cells().filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone());
    let mut names: Vec<String> = seen.collect();
    let missing = |message: String, help: String| {
        Diagnostic::new(Code::WorkbookUnreadable, Sources::whole(file), message).help(help)
    };
    let Some(wanted) = sheets.wanted else {
        if names.is_empty() {
            let help = "show the sheet of the letters, and save it";
            return Err(missing("the workbook has no sheet that can be seen".to_owned(), help.to_owned()));
        }
        return Ok((names.remove(0), names));
    };
    if !of_cells().any(|sheet| sheet.name == wanted) {
        let message = format!("the workbook has no sheet \"{wanted}\", as [columns] says");
        let help = nearest(wanted, names.iter().map(String::as_str))
            .map_or_else(|| format!("its sheets are {}", names.join(", ")), |name| format!("did you mean \"{name}\"?"));
        return Err(missing(message, help));
    }
    names.retain(|name| name != wanted);
    Ok((wanted.to_owned(), names))
}

/// The rows of a sheet, none of which has fewer cells than the first.
fn sheet(workbook: &mut Workbook, name: &str, file: FileId) -> Result<Result<Vec<NumberedRow>, Diagnostic>, XlsxError> {
    let since_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let shows: Vec<Shows> = cells.styles().iter().map(Shows::of).collect();
    let mut sheet = Sheet { file, rows: Vec::new(), row: Vec::new(), number: 0, bytes: 0 };
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let shows = shows.get(style).copied().unwrap_or(Shows::Day);
        let words = words(cell.get_value(), since_1904, shows);
        if !words.is_empty()
            && let Err(diagnostic) = sheet.put(row, column, words)
        {
            return Ok(Err(diagnostic));
        }
    }
    sheet.end_row();
    let width = sheet.rows.first().map_or(0, |(_, headings)| headings.len());
    // A sheet has no end of a row: cells that are not there are empty.
    for (_, cells) in &mut sheet.rows {
        (cells.len()..width).for_each(|_| cells.push_field(b""));
    }
    Ok(Ok(sheet.rows))
}

fn damaged(error: &XlsxError, file: FileId) -> Diagnostic {
    let message = format!("the workbook cannot be read: {error}");
    Diagnostic::new(Code::WorkbookUnreadable, Sources::whole(file), message)
        .help("open it in a spreadsheet program and save it as .xlsx or .csv once more")
}

/// A sheet while its cells come.
struct Sheet {
    file: FileId,
    rows: Vec<NumberedRow>,
    /// The cells of the row that is being put together.
    row: Vec<String>,
    number: u32,
    bytes: usize,
}

impl Sheet {
    fn put(&mut self, row: u32, column: u32, words: String) -> Result<(), Diagnostic> {
        let number = row.saturating_add(1);
        let span = Span { file: self.file, line: number, column: column.saturating_add(1), length: 1 };
        if row >= ROW_LIMIT || column >= COLUMN_LIMIT {
            let message = format!("this cell lies beyond column {COLUMN_LIMIT} or row {ROW_LIMIT}");
            let diagnostic = Diagnostic::new(Code::WorkbookLimit, span, message);
            return Err(diagnostic.help("empty the cell; spreadsheets keep some that nobody sees"));
        }
        if number != self.number {
            self.end_row();
        }
        if number < self.number || (column as usize) < self.row.len() {
            let message = "the cells of the workbook are not in order";
            return Err(Diagnostic::new(Code::WorkbookUnreadable, span, message)
                .help("open it in a spreadsheet program and save it as .xlsx or .csv once more"));
        }
        self.number = number;
        self.bytes += words.len() + column as usize - self.row.len() + size_of::<NumberedRow>();
        if self.bytes > SHEET_LIMIT {
            let message = format!("the cells of the sheet have more than {SHEET_LIMIT} bytes");
            return Err(Diagnostic::new(Code::WorkbookLimit, span, message).help("save the sheet as CSV"));
        }
        self.row.resize_with(column as usize, String::new);
        self.row.push(words);
        Ok(())
    }

    fn end_row(&mut self) {
        if !self.row.is_empty() {
            self.rows.push((self.number, self.row.drain(..).collect()));
        }
    }
}

/// A cell as a table of text would have it.
fn words(value: &DataRef<'_>, since_1904: bool, shows: Shows) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Zero can have a sign. Other numbers are the shortest decimals that mean the same binary fraction.
        DataRef::Float(number) if *number == 0.0 => "0".to_owned(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) => shows.cut(day(*date, since_1904)),
        DataRef::DateTimeIso(date) => shows.cut(without_midnight(date).to_owned()),
        DataRef::DurationIso(duration) => duration.clone(),
        // What stands in the cell is kept; nobody is called so.
        DataRef::Error(error) => error.to_string(),
    }
}

/// A day as ISO 8601 has it, without a time that says nothing.
fn without_midnight(date: &str) -> &str {
    let Some((day, time)) = date.split_once('T') else { return date };
    let time = time.strip_suffix('Z').unwrap_or(time).trim_end_matches('0').trim_end_matches('.');
    if time.bytes().all(|byte| matches!(byte, b'0' | b':')) { day } else { date }
}

/// A day as ISO 8601 has it, with its time unless that is midnight; a number that is no day stays a number.
fn day(date: ExcelDateTime, since_1904: bool) -> String {
    let number = date.as_f64();
    // The last day is 9999-12-31; below the first only a time can be meant.
    let end = if since_1904 { 2_957_004.0 } else { 2_958_466.0 };
    if date.is_duration() || !(1.0..end).contains(&number) {
        return number.to_string();
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::without_midnight;

    #[test]
    fn midnight_is_no_time() {
        for day in ["1700-05-03", "1700-05-03T00:00:00", "1700-05-03T00:00:00.000Z", "1700-05-03T00:00"] {
            assert_eq!(without_midnight(day), "1700-05-03", "{day}");
        }
        assert_eq!(without_midnight("1700-05-03T10:00:00"), "1700-05-03T10:00:00");
    }
}
