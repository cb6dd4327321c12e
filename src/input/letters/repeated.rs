//! What is found in many rows of a table, kept until it can be told once for all of them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Of how many values in one column each is told of apart.
const TOLD_APART: usize = 5;

/// What is found in a cell, as often as it stands in its column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellFinding {
    pub(crate) file: FileId,
    pub(crate) code: Code,
    /// The heading of the column.
    pub(crate) column: String,
    /// What is found, with the value.
    pub(crate) says: String,
    pub(crate) help: Cow<'static, str>,
}

/// In how many rows something was found, and in which first.
#[derive(Clone, Copy, Debug)]
struct InRows {
    count: usize,
    first: u32,
    span: Span,
}

/// What was found in cells.
#[derive(Debug, Default)]
pub(crate) struct CellFindings(BTreeMap<CellFinding, InRows>);

impl CellFindings {
    /// Takes note of what is found in a row.
    pub(crate) fn add(&mut self, finding: CellFinding, row: u32, span: Span) {
        self.0.entry(finding).or_insert(InRows { count: 0, first: row, span }).count += 1;
    }

    /// Takes up what was found in later rows.
    pub(crate) fn append(&mut self, later: Self) {
        for (finding, rows) in later.0 {
            self.0.entry(finding).and_modify(|known| known.count += rows.count).or_insert(rows);
        }
    }

    /// Tells of each value once; of many values in one column, of the first, and of the others together.
    pub(crate) fn report(self, diagnostics: &mut Diagnostics) {
        let mut columns: BTreeMap<(FileId, Code, String), Vec<(CellFinding, InRows)>> = BTreeMap::new();
        for (finding, rows) in self.0 {
            columns.entry((finding.file, finding.code, finding.column.clone())).or_default().push((finding, rows));
        }
        for ((_, code, column), mut found) in columns {
            found.sort_by_key(|(_, rows)| rows.first);
            let others = found.split_off(found.len().min(TOLD_APART));
            for (finding, rows) in found {
                let message = format!("{}, column \"{column}\": {}", rows.name(), finding.says);
                diagnostics.push(Diagnostic::new(code, rows.span, message).help(finding.help));
            }
            let Some((finding, first)) = others.first().cloned() else { continue };
            let count = others.iter().map(|(_, rows)| rows.count).sum();
            let rows = InRows { count, ..first }.name();
            let (values, such) = match others.len() {
                1 => ("another value".to_owned(), "it is"),
                more => (format!("{more} other values"), "the first is"),
            };
            let message = format!("{rows}, column \"{column}\": the same of {values}; {such} {}", finding.says);
            diagnostics.push(Diagnostic::new(code, first.span, message).help(finding.help));
        }
    }
}

impl InRows {
    fn name(&self) -> String {
        match self.count {
            1 => format!("row {}", self.first),
            count => format!("{count} rows, the first is row {}", self.first),
        }
    }
}
