//! A letter table as it comes: its rows in parts, and what can be said of it only at its end.

use super::layout::{Layout, quoted};
use super::orders::TableOrders;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::letter_slugs::{slug_of_key, slug_of_number};
use crate::input::naming::names::{is_nothing, is_placeholder};
use crate::input::table::any_rows::{AnyRows, is_ragged};
use crate::input::table::left_out::LeftOut;
use crate::input::table::text_rows::TextRow;
use crate::input::table::workbook::Sheets;
use crate::project::{ColumnSection, Role};
use crate::source::{self, FileId, Sources, Span};
use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// How many rows a part has.
const PART: usize = 200;
/// How many rows may have to be refused before the rest of the table is not looked at.
const FAULT_LIMIT: usize = 1000;

/// What stands in the slugs of letters before the numbers of their rows.
pub(crate) const ROW: &str = "row-";

/// Rows of a table.
pub(crate) struct Rows {
    pub(super) layout: Arc<Layout>,
    pub(super) rows: Vec<LetterRow>,
    /// The hashes of the keys of all rows of the table, where a column can refer to any.
    pub(super) keys: Arc<HashSet<u64>>,
    /// What all rows show of the order of day and month.
    pub(super) orders: Arc<TableOrders>,
}

/// A row of letters.
pub(crate) struct LetterRow {
    pub(super) written: TextRow,
    /// Whether an earlier row has its key.
    pub(super) repeated: bool,
}

/// A table while it is read.
pub(crate) struct RowReader {
    file: FileId,
    slug: String,
    source: AnyRows,
    /// The row that was looked at for the number of columns, of a table without headings.
    pending: Option<TextRow>,
    left_out: LeftOut,
    layout: Arc<Layout>,
    /// The hashes of the slugs that keys have made.
    seen: HashSet<u64>,
    /// The rows that answer a letter whose key has not come before them: the hash of its slug, and the row.
    answers: Vec<(u64, u32, Span)>,
    count: usize,
    faults: usize,
    repeated: usize,
    first_repeated: Option<(u32, Span)>,
    /// The hashes of keys together with what another column says; nothing where two rows share both.
    with_edition: Option<HashSet<u64>>,
    /// Why no row comes after those that have come.
    failed: Option<Diagnostic>,
    /// What of a workbook is not read.
    unread: Vec<Diagnostic>,
    keys: Arc<HashSet<u64>>,
    orders: Arc<TableOrders>,
}

impl RowReader {
    /// Opens a table: finds its separator and what its columns mean. Its slug is what the slugs of its letters begin
    /// with.
    pub(crate) fn new(
        file: FileId,
        slug: &str,
        opened: File,
        section: ColumnSection,
        named: BTreeSet<&str>,
    ) -> Result<Self, Diagnostic> {
        let mut unread = Vec::new();
        let sheets = Sheets { wanted: section.sheet.as_deref(), named, others_are_told: false };
        let mut source = AnyRows::new(file, opened, &sheets, &mut unread)?;
        let is_workbook = source.is_workbook();
        let (headings, span, pending) = source.headings_or_numbers(file, section.has_headings.unwrap_or(true))?;
        let left_out = LeftOut::new(&headings, &section, span);
        let layout = Arc::new(Layout::new(headings, is_workbook, section, span));
        let with_edition = layout.column(Role::Edition).map(|_| HashSet::new());
        let (seen, answers, slug) = (HashSet::new(), Vec::new(), slug.to_owned());
        let (count, faults, repeated, first_repeated, failed) = (0, 0, 0, None, None);
        let (keys, orders) = (Arc::default(), Arc::new(TableOrders::new(file, layout.clone())));
        Ok(Self {
            file,
            slug,
            source,
            pending,
            left_out,
            layout,
            seen,
            answers,
            count,
            faults,
            repeated,
            first_repeated,
            with_edition,
            failed,
            unread,
            keys,
            orders,
        })
    }

    /// Whether the keys of all rows have to be known before the first is read.
    pub(crate) fn wants_keys(&self) -> bool {
        self.layout.column(Role::Enclosures).is_some() && self.layout.column(Role::Key).is_some()
    }

    /// Learns the keys of all rows from the table that was opened once more. What is wrong with it is told when it is read.
    pub(crate) fn learn_keys(&mut self, opened: File, section: &ColumnSection) {
        let sheets = Sheets { wanted: section.sheet.as_deref(), named: BTreeSet::new(), others_are_told: true };
        let Ok(mut source) = AnyRows::new(self.file, opened, &sheets, &mut Vec::new()) else { return };
        let mut keys = HashSet::new();
        let mut is_heading = section.has_headings.unwrap_or(true);
        while let Ok(Some(row)) = source.next() {
            if row.is_blank() || self.left_out.has(&row).is_some() {
                continue;
            }
            let is_row = !std::mem::take(&mut is_heading);
            if !is_row {
                continue;
            }
            let key = self.key(Role::Key, &row);
            keys.extend(key.map(|key| hash_of_key(&self.slug, &key)));
        }
        self.keys = Arc::new(keys);
    }

    /// What the headings are taken to mean, and what of the project file names no column.
    pub(crate) fn announce(&mut self, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.unread.drain(..).for_each(|diagnostic| diagnostics.push(diagnostic));
        self.layout.announce(diagnostics)
    }

    /// The SHA-256 of all bytes.
    pub(crate) fn digest(&self) -> source::Digest {
        self.source.digest()
    }

    /// The next rows; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Rows>, Diagnostic> {
        let mut rows = Vec::with_capacity(PART);
        while rows.len() < PART && self.failed.is_none() {
            let next = self.pending.take().map_or_else(|| self.source.next(), |row| Ok(Some(row)));
            match next {
                Ok(Some(row)) if row.is_blank() || self.left_out.take(&row) => {}
                Ok(Some(row)) => rows.push(self.count(row)),
                Ok(None) => break,
                Err(diagnostic) => self.failed = Some(diagnostic),
            }
        }
        if rows.is_empty()
            && let Some(failed) = self.failed.take()
        {
            return Err(failed);
        }
        Ok((!rows.is_empty()).then(|| Rows {
            layout: self.layout.clone(),
            rows,
            keys: self.keys.clone(),
            orders: self.orders.clone(),
        }))
    }

    fn count(&mut self, row: TextRow) -> LetterRow {
        self.count += 1;
        let mut repeated = false;
        let (columns, is_workbook) = (self.layout.headings.len(), self.layout.is_workbook);
        self.faults += usize::from(row.stray.is_some() || is_ragged(&row, columns, is_workbook));
        if self.faults > FAULT_LIMIT {
            let message = format!("more than {FAULT_LIMIT} rows cannot be read; the rest was not looked at");
            self.failed = Some(Diagnostic::new(Code::TableSyntax, row.span(self.file), message));
        }
        let span = row.span(self.file);
        if let Some(key) = self.key(Role::Key, &row) {
            let edition = self.key(Role::Edition, &row).unwrap_or_default();
            let together = hash_of_key(&self.slug, &format!("{edition}-{key}"));
            if self.with_edition.as_mut().is_some_and(|known| !known.insert(together)) {
                self.with_edition = None;
            }
            if !self.seen.insert(hash_of_key(&self.slug, &key)) {
                repeated = true;
                self.repeated += 1;
                self.first_repeated.get_or_insert((row.number, span));
            }
        }
        let answered = self.key(Role::ReplyTo, &row).filter(|key| !key.contains("://") && !is_placeholder(key));
        let answered = answered.map(|key| hash_of_key(&self.slug, &key)).filter(|key| !self.seen.contains(key));
        self.answers.extend(answered.map(|key| (key, row.number, span)));
        LetterRow { written: row, repeated }
    }

    /// The key in a cell of a row.
    fn key(&self, role: Role, row: &TextRow) -> Option<String> {
        let column = self.layout.column(role)?;
        let cell = match row.cells.get(column) {
            Some(cell) if column < self.layout.headings.len() => String::from_utf8_lossy(cell),
            _ => self.joined_key(column, row)?.into(),
        };
        let trimmed = cell.trim();
        (!is_nothing(trimmed)).then(|| trimmed.to_owned())
    }

    /// A key that stands in several columns.
    fn joined_key(&self, column: usize, row: &TextRow) -> Option<String> {
        let cells: Vec<&str> = row.cells.iter().map(|cell| std::str::from_utf8(cell).unwrap_or("")).collect();
        let at = column.checked_sub(self.layout.headings.len())?;
        (cells.len() >= self.layout.headings.len())
            .then(|| self.layout.joined(&cells).into_iter().nth(at))?
            .map(|joined| joined.words)
    }

    /// What can be said of the table at its end.
    pub(crate) fn conclude(&self, diagnostics: &mut Diagnostics) {
        if let Some((number, span)) = self.first_repeated {
            let message = match self.repeated {
                1 => format!("row {number} has the key of an earlier row"),
                count => format!("{count} rows have the key of an earlier row; the first is row {number}"),
            };
            let id = slug_of_number(&self.slug, ROW, number);
            let mut help =
                format!("such a row is known by its number, as document:{id}; give every letter a key of its own");
            // Advice is worth a word where it helps.
            let headings = [Role::Edition, Role::Key].map(|role| self.layout.heading(role));
            if let ([Some(edition), Some(key)], Some(_)) = (headings, &self.with_edition) {
                let (edition, key) = (quoted(edition), quoted(key));
                help += &format!(", or name the columns that are one together: [columns] key = [{edition}, {key}]");
            }
            diagnostics.push(Diagnostic::new(Code::RepeatedKey, span, message).help(help));
        }
        self.left_out.conclude(diagnostics);
        let mut nowhere = self.answers.iter().filter(|(answered, ..)| !self.seen.contains(answered));
        if let Some((_, number, span)) = nowhere.next() {
            let message = match nowhere.count() {
                0 => format!("row {number} answers a letter that no row has the key of"),
                more => {
                    format!("{} rows answer letters that no row has the keys of; the first is row {number}", more + 1)
                }
            };
            let help = "the graph has the link, and nothing is known of the letter; correct the key, or add the letter";
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
        if self.count == 0 {
            let message = "this table has no row below its headings, so there is no letter in it";
            let help = "a letter table has one letter a row";
            diagnostics.push(Diagnostic::new(Code::NoLetter, Sources::whole(self.file), message).help(help));
        }
    }
}

/// A hash of the slug that a key makes in a file.
pub(super) fn hash_of_key(file: &str, key: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    slug_of_key(file, ROW, key).hash(&mut hash);
    hash.finish()
}
