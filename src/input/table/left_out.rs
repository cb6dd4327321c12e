//! The rows of a table that the project file leaves out, because they are none of its things.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::table::headings::position;
use crate::input::table::text_rows::TextRow;
use crate::project::ColumnSection;
use crate::source::Span;

/// What a column says in rows that are left out, and how many there were.
#[derive(Debug)]
struct Condition {
    heading: String,
    column: usize,
    value: String,
    count: usize,
}

/// The rows that are left out.
#[derive(Debug)]
pub(crate) struct LeftOut {
    conditions: Vec<Condition>,
    /// Where the headings are.
    span: Span,
}

impl LeftOut {
    /// What is said of the columns that are there.
    pub(crate) fn new(headings: &[String], section: &ColumnSection, span: Span) -> Self {
        let said =
            section.leave_out.iter().filter_map(|(said, values)| Some((said, position(headings, said)?, values)));
        let conditions = said.flat_map(|(heading, column, values)| {
            let condition =
                move |value: &String| Condition { heading: heading.clone(), column, value: value.clone(), count: 0 };
            values.iter().map(condition)
        });
        Self { conditions: conditions.collect(), span }
    }

    /// Which condition a row meets.
    pub(crate) fn has(&self, row: &TextRow) -> Option<usize> {
        let says = |condition: &Condition| row.cells.get(condition.column) == Some(condition.value.as_bytes());
        self.conditions.iter().position(says)
    }

    /// Whether a row is left out, which is counted.
    pub(crate) fn take(&mut self, row: &TextRow) -> bool {
        let met = self.has(row);
        met.into_iter().for_each(|at| self.conditions[at].count += 1);
        met.is_some()
    }

    /// Says how many rows were left out.
    pub(crate) fn conclude(&self, diagnostics: &mut Diagnostics) {
        for Condition { heading, value, count, .. } in &self.conditions {
            let rows = match count {
                0 => "no row is".to_owned(),
                1 => "1 row is".to_owned(),
                count => format!("{count} rows are"),
            };
            let message =
                format!("{rows} left out because the column \"{heading}\" says \"{value}\", as leave-out has it");
            let help = match count {
                0 => "correct the value in regesta.toml, or take it out",
                _ => "nothing in the graph comes of such rows",
            };
            diagnostics.push(Diagnostic::new(Code::RowsLeftOut, self.span, message).help(help));
        }
    }
}
