//! What of a workbook is not read: further sheets, formulas that were never worked out, and cells that are merged.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span};
use calamine::{DataRef, Xlsx};
use std::fs::File;
use std::io::BufReader;

/// A workbook that was looked through.
pub(crate) type Workbook = Xlsx<BufReader<File>>;

/// How many further sheets are looked into: several can be one part of the workbook, and large.
const SHEETS_LOOKED_INTO: usize = 10;
/// How many characters of a sheet's name are shown.
const SHOWN: usize = 60;

/// Further sheets that can be seen and have anything in them.
pub(crate) fn sheets(
    workbook: &mut Workbook,
    file: FileId,
    mut names: impl Iterator<Item = String>,
) -> Option<Diagnostic> {
    let looked_into = names.by_ref().take(SHEETS_LOOKED_INTO).filter(|name| has_words(workbook, name));
    let quoted = |name: String| format!("\"{}\"", name.chars().take(SHOWN).collect::<String>());
    let mut shown: Vec<String> = looked_into.map(quoted).collect();
    let more = names.count();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    let message = match shown.as_slice() {
        [] => return None,
        [name] => format!("the sheet {name} is not read"),
        names => format!("the sheets {} are not read", names.join(", ")),
    };
    let help = "one sheet is read, the first that can be seen unless [columns] names another with the key sheet; save the others as files of their own, or hide them";
    Some(Diagnostic::new(Code::WorkbookUnread, Sources::whole(file), message).help(help))
}

fn has_words(workbook: &mut Workbook, name: &str) -> bool {
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else { return false };
    while let Ok(Some(cell)) = cells.next_cell() {
        if *cell.get_value() != DataRef::Empty {
            return true;
        }
    }
    false
}

/// Formulas of a sheet without the value that they come to.
pub(crate) fn formulas(workbook: &mut Workbook, file: FileId, name: &str) -> Option<Diagnostic> {
    let mut cells = workbook.worksheet_cells_reader(name).ok()?;
    let (mut count, mut first) = (0, None);
    while let Ok(Some(cell)) = cells.next_cell_with_formula_metadata() {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            count += 1;
            first.get_or_insert(cell.pos);
        }
    }
    let first = first?;
    let message = match count {
        1 => format!("the formula in cell {} has no value", cell_name(first)),
        _ => format!("{count} formulas have no value; the first is in cell {}", cell_name(first)),
    };
    let help = "such a cell is empty; open the workbook in a spreadsheet program and save it once more";
    Some(Diagnostic::new(Code::WorkbookUnread, span(file, first), message).help(help))
}

/// Cells of a sheet that are merged.
pub(crate) fn merged(workbook: &mut Workbook, file: FileId, name: &str) -> Option<Diagnostic> {
    let ranges = workbook.merge_cells_by_sheet_name(name).ok()?;
    let first = ranges.iter().min_by_key(|range| range.start)?;
    let range = format!("{}:{}", cell_name(first.start), cell_name(first.end));
    let message = match ranges.len() {
        1 => format!("the cells {range} are merged, so that only the first of them has words"),
        count => format!(
            "{count} ranges of cells are merged, so that only the first cell of each has words; the first is {range}"
        ),
    };
    let help = "divide them in a spreadsheet program, and write into every row what holds of it";
    Some(Diagnostic::new(Code::WorkbookUnread, span(file, first.start), message).help(help))
}

fn span(file: FileId, (row, column): (u32, u32)) -> Span {
    Span { file, line: row.saturating_add(1), column: column.saturating_add(1), length: 1 }
}

/// The name of a cell, as spreadsheet programs have it: `B2`.
fn cell_name((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut left = column.saturating_add(1);
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::cell_name;

    #[test]
    fn cells_are_named_as_spreadsheets_name_them() {
        assert_eq!([(0, 0), (1, 25), (2, 26), (9, 701), (0, 702)].map(cell_name), ["A1", "Z2", "AA3", "ZZ10", "AAA1"]);
    }
}
