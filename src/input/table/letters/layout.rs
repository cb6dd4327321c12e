//! What the columns of a letter table mean, and what is said of them before the first letter.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::input::table::{dividing, headings, languages};
use crate::project::{ColumnSection, Role, language_tag};
use crate::source::Span;
use std::collections::BTreeMap;

/// The roles of names, whose separators the project can say.
const NAMES: &[Role] = &[Role::Sender, Role::SenderPlace, Role::Recipient, Role::RecipientPlace, Role::Repository];
/// The roles of ids.
const IDS: &[Role] =
    &[Role::SenderId, Role::SenderPlaceId, Role::RecipientId, Role::RecipientPlaceId, Role::Mentions, Role::Enclosures];
/// How many characters of a heading, and how many headings, a message shows.
const SHOWN: usize = 60;
const HEADINGS_SHOWN: usize = 30;

/// What several columns of a row say together.
pub(super) struct JoinedCell {
    pub(super) role: Role,
    pub(super) words: String,
    /// Whether one of them has more names than another.
    pub(super) is_uneven: bool,
}

/// What the columns of a table mean.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(super) is_workbook: bool,
    pub(super) headings: Vec<String>,
    /// The column of each role; what several columns say together stands behind the last of them.
    columns: BTreeMap<Role, usize>,
    /// What several columns say together.
    joined: Vec<(Role, Vec<usize>)>,
    /// Whether each column means anything.
    used: Vec<bool>,
    /// What holds of every row: in the project file, with an equals sign before it.
    constants: BTreeMap<Role, String>,
    section: ColumnSection,
    span: Span,
}

impl Layout {
    /// What the headings of a table mean, or are said to.
    pub(super) fn new(headings: Vec<String>, is_workbook: bool, section: ColumnSection, span: Span) -> Self {
        let (mut columns, mut joined) = (BTreeMap::new(), Vec::new());
        let mut used = vec![false; headings.len()];
        for (role, of_role) in headings::columns(&headings, &section) {
            of_role.iter().for_each(|column| used[*column] = true);
            match of_role.as_slice() {
                [column] => _ = columns.insert(role, *column),
                _ => {
                    columns.insert(role, headings.len() + joined.len());
                    joined.push((role, of_role));
                }
            }
        }
        let constants = Role::ALL.iter().filter_map(|role| {
            let constant = section.headings.get(role.name())?.first()?.strip_prefix('=')?;
            Some((*role, constant.trim().to_owned()))
        });
        let constants = constants.collect();
        Self { is_workbook, headings, columns, joined, used, constants, section, span }
    }

    /// The column that means this.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.columns.get(&role).copied()
    }

    /// What several columns of a row say together, in the order in which their columns follow those of the table.
    pub(super) fn joined(&self, cells: &[&str]) -> Vec<JoinedCell> {
        let joined = |(role, columns): &(Role, Vec<usize>)| {
            let cells: Vec<&str> = columns.iter().map(|column| cells[*column].trim()).collect();
            match role {
                Role::SentDate | Role::ReceivedDate => {
                    JoinedCell { role: *role, words: joined_date(&cells), is_uneven: false }
                }
                role => self.joined_words(*role, &cells),
            }
        };
        self.joined.iter().map(joined).collect()
    }

    /// What several cells say together: of several names in each, the first with the first. Where one has more names than
    /// another, nobody knows which belong together, and they are left undivided.
    fn joined_words(&self, role: Role, cells: &[&str]) -> JoinedCell {
        let mark = match role {
            Role::Key => "-",
            Role::SenderPlace | Role::RecipientPlace => ", ",
            Role::Note | Role::Summary | Role::Edition => "; ",
            _ => " ",
        };
        let filled: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        if !NAMES.contains(&role) {
            return JoinedCell { role, words: filled.join(mark), is_uneven: false };
        }
        let divided: Vec<Vec<&str>> = filled.iter().map(|cell| self.divide(role, cell)).collect();
        let count = divided.first().map_or(0, Vec::len);
        if divided.iter().any(|parts| parts.len() != count) {
            return JoinedCell { role, words: divided.concat().join(mark), is_uneven: true };
        }
        let name =
            |at: usize| divided.iter().map(|parts| parts[at]).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let names: Vec<String> = (0..count).map(|at| name(at).join(mark)).collect();
        let separator = self.section.separators.as_ref().and_then(|separators| separators.first());
        let words = names.join(&format!(" {} ", separator.map_or(";", String::as_str)));
        JoinedCell { role, words, is_uneven: false }
    }

    /// The parts of a cell that can hold several. What stands between names, the project can say.
    pub(super) fn divide<'c>(&self, role: Role, cell: &'c str) -> Vec<&'c str> {
        match &self.section.separators {
            Some(separators) if NAMES.contains(&role) => dividing::divide(cell, separators),
            // No id has a comma, and some have other marks.
            Some(separators) if IDS.contains(&role) && separators.iter().any(|separator| separator.trim() == ",") => {
                let parts = dividing::divide_at_marks(cell).into_iter();
                parts.flat_map(|part| part.split(',')).map(str::trim).collect()
            }
            _ => dividing::divide_at_marks(cell),
        }
    }

    /// What holds of every row.
    pub(super) fn constant(&self, role: Role) -> Option<&str> {
        self.constants.get(&role).map(String::as_str)
    }

    /// Whether a column means anything.
    pub(super) fn is_used(&self, column: usize) -> bool {
        self.used.get(column).copied().unwrap_or(false)
    }

    /// What the source calls something: by the heading of its column, as far as it is shown.
    pub(super) fn name(&self, role: Role) -> String {
        let Some(column) = self.column(role) else { return role.name().to_owned() };
        match column.checked_sub(self.headings.len()) {
            None => shown(&self.headings[column]),
            Some(at) => {
                let parts = self.joined[at].1.iter().map(|column| self.headings[*column].as_str());
                shown(&parts.collect::<Vec<_>>().join(" + "))
            }
        }
    }

    /// Whether the project file says what a role is.
    fn is_said(&self, role: Role) -> bool {
        headings::is_said(&self.headings, &self.section, role)
    }

    /// Says what is wrong with the columns; what they are taken to mean without being told.
    pub(super) fn announce(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.report_missing(diagnostics);
        self.report_unused(diagnostics);
        let is_language = |written: &&str| languages::tag(written).is_some() || language_tag(written).is_some();
        if let Some(language) = self.constant(Role::Language).filter(|language| !is_language(language)) {
            let message =
                format!("[columns] says that the language is \"{}\", which is no language tag", shown(language));
            let help = "use the short tags that libraries use, as in language = \"=de\"";
            diagnostics.push(Diagnostic::new(Code::UnusableCell, self.span, message).help(help));
        }
        let meant = self.columns.keys().filter(|role| !self.is_said(**role));
        meant.map(|role| format!("{} is \"{}\"", role.name(), self.name(*role))).collect()
    }

    fn report_missing(&self, diagnostics: &mut Diagnostics) {
        let said = self.section.headings.iter().filter(|(role, _)| !self.section.defaults.contains(*role));
        for (role, heading) in said.flat_map(|(role, headings)| headings.iter().map(move |heading| (role, heading))) {
            if heading.starts_with('=') || self.headings.contains(heading) {
                continue;
            }
            let message = format!("no column is called \"{}\", as [columns] says of {role}", shown(heading));
            let help = nearest(heading, self.headings.iter().map(String::as_str))
                .map_or_else(|| self.list(), |heading| format!("did you mean \"{}\"?", shown(heading)));
            diagnostics.push(Diagnostic::new(Code::MissingColumn, self.span, message).help(help));
        }
        // A heading that is said and is not there was reported.
        let named = |role: Role| self.is_said(role) || self.columns.contains_key(&role);
        if !named(Role::Sender) && !named(Role::SenderId) {
            let message = "no column is known to name the sender";
            let help = format!(
                "say which in regesta.toml, [columns] sender = \"heading\", or who it always is, sender = \"=name\"; {}",
                self.list()
            );
            diagnostics.push(Diagnostic::new(Code::MissingColumn, self.span, message).help(help));
        }
    }

    /// A column that seems to hold what letters are found by, and is not used.
    fn report_unused(&self, diagnostics: &mut Diagnostics) {
        for (column, heading) in self.headings.iter().enumerate() {
            let Some(role) = headings::likely(heading) else { continue };
            if self.is_used(column) || self.is_said(role) {
                continue;
            }
            let name = role.name();
            let message = format!("the column \"{}\" is not used, and may have to do with {name}", shown(heading));
            let help = match self.headings.iter().filter(|other| *other == heading).count() {
                1 => format!("if it has, say so in regesta.toml: [columns] {name} = \"{}\"", shown(heading)),
                _ => "give the columns that have one heading different ones".to_owned(),
            };
            diagnostics.push(Diagnostic::new(Code::UnusedColumn, self.span, message).help(help));
        }
    }

    fn list(&self) -> String {
        let mut headings: Vec<String> =
            self.headings.iter().take(HEADINGS_SHOWN).map(|heading| shown(heading)).collect();
        if self.headings.len() > HEADINGS_SHOWN {
            headings.push("…".to_owned());
        }
        format!("the columns are {}", headings.join(", "))
    }
}

/// A date whose year, month and day have columns of their own, as EDTF has it where they are numbers.
fn joined_date(cells: &[&str]) -> String {
    let is_number = |cell: &&&str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let cells = &cells[..filled];
    let widths = [4, 2, 2];
    if cells.len() > widths.len() || cells.iter().any(|cell| !cell.is_empty() && !is_number(&cell)) {
        return cells.iter().filter(|cell| !cell.is_empty()).copied().collect::<Vec<_>>().join("-");
    }
    let part = |(cell, width): (&&str, usize)| match cell.is_empty() {
        true => "X".repeat(width),
        false => format!("{cell:0>width$}"),
    };
    cells.iter().zip(widths).map(part).collect::<Vec<_>>().join("-")
}

/// As much of a text as a message shows.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::joined_date;

    #[test]
    fn a_date_can_stand_in_three_columns() {
        assert_eq!(joined_date(&["1655", "3", "7"]), "1655-03-07");
        assert_eq!(joined_date(&["1655", "3", ""]), "1655-03");
        assert_eq!(joined_date(&["1655", "", ""]), "1655");
        assert_eq!(joined_date(&["1655", "", "7"]), "1655-XX-07");
        assert_eq!(joined_date(&["", "", ""]), "");
        assert_eq!(joined_date(&["1655", "March", "7"]), "1655-March-7");
    }
}
