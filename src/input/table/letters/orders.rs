//! What the cells of the columns of a table show of the order of day and month in dates all in figures.

use super::layout::Layout;
use crate::input::table::any_rows::AnyRows;
use crate::input::table::text_rows::TextRow;
use crate::input::table::workbook::Sheets;
use crate::input::written_date::shown_by;
use crate::model::DateOrder;
use crate::project::Role;
use crate::source::{FileId, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// What the cells of a table show, once a date asks for it: then, and only then, the table is read a second time.
#[derive(Debug)]
pub(crate) struct TableOrders {
    file: FileId,
    layout: Arc<Layout>,
    shown: OnceLock<ColumnOrders>,
}

impl TableOrders {
    /// Of a table of which nothing has been asked.
    pub(super) fn new(file: FileId, layout: Arc<Layout>) -> Self {
        Self { file, layout, shown: OnceLock::new() }
    }

    /// What the cells show.
    pub(super) fn get(&self, sources: &Sources) -> &ColumnOrders {
        self.shown.get_or_init(|| self.read(sources).unwrap_or_default())
    }

    /// Reads the table; nothing where it cannot be read, which is told when its letters are.
    fn read(&self, sources: &Sources) -> Option<ColumnOrders> {
        let columns = self.layout.columns_in_figures();
        let mut orders = ColumnOrders::default();
        if columns.is_empty() {
            return Some(orders);
        }
        let section = self.layout.section();
        let sheets = Sheets { wanted: section.sheet.as_deref(), named: BTreeSet::new(), others_are_told: true };
        let opened = sources.open_regular(self.file).ok()?;
        let mut source = AnyRows::new(self.file, opened, &sheets, &mut Vec::new()).ok()?;
        let left_out = self.layout.left_out();
        let mut is_heading = section.has_headings.unwrap_or(true);
        while let Ok(Some(row)) = source.next() {
            let is_row = !row.is_blank() && left_out.has(&row).is_none();
            if is_row && !std::mem::take(&mut is_heading) {
                orders.learn(&row, &columns);
            }
        }
        Some(orders)
    }
}

/// The longest cell that can show an order.
const LONGEST: usize = 14;

/// For each column with dates, the first cells that can have only one order.
#[derive(Debug, Default)]
pub(crate) struct ColumnOrders(BTreeMap<Role, Shown>);

/// The first cell of a column that has the day first, the first that has the month first, and whether one of these has
/// points: with their rows.
#[derive(Debug, Default)]
struct Shown {
    day_first: Option<(u32, String)>,
    month_first: Option<(u32, String)>,
    has_month_before_point: bool,
}

impl ColumnOrders {
    /// Takes note of what a row shows.
    fn learn(&mut self, row: &TextRow, columns: &[(Role, usize)]) {
        for (role, column) in columns {
            let cell = row.cells.get(*column).filter(|cell| cell.len() <= LONGEST);
            let Some(cell) = cell.and_then(|cell| std::str::from_utf8(cell).ok()) else { continue };
            let Some((order, sign)) = shown_by(cell) else { continue };
            let shown = self.0.entry(*role).or_default();
            let first = match order {
                DateOrder::DayFirst => &mut shown.day_first,
                DateOrder::MonthFirst => &mut shown.month_first,
            };
            first.get_or_insert_with(|| (row.number, cell.trim().to_owned()));
            shown.has_month_before_point |= order == DateOrder::MonthFirst && sign == '.';
        }
    }

    /// Whether points in a column do not say that the day comes first.
    pub(super) fn has_unclear_points(&self, role: Role) -> bool {
        self.0.get(&role).is_some_and(|shown| shown.has_month_before_point)
    }

    /// The cells of a column that show an order, in words.
    pub(super) fn witnesses(&self, role: Role) -> Vec<String> {
        let shown = self.0.get(&role);
        let day = shown.and_then(|shown| shown.day_first.as_ref()).map(|cell| (cell, "day"));
        let month = shown.and_then(|shown| shown.month_first.as_ref()).map(|cell| (cell, "month"));
        let witness =
            |((row, cell), first): (&(u32, String), &str)| format!("\"{cell}\" in row {row} has the {first} first");
        day.into_iter().chain(month).map(witness).collect()
    }
}
