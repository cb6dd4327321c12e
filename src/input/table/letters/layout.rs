//! What the columns of a letter table mean, and what is said of them before the first letter.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::input::naming::placeholders::is_placeholder;
use crate::input::table::headings::{self, RoleColumns, position};
use crate::input::table::left_out::LeftOut;
use crate::input::table::likely_headings::likely;
use crate::input::table::{dividing, languages};
use crate::input::written_date::joined;
use crate::model::{DateOrder, Scheme};
use crate::project::{ColumnSection, LEAVE_OUT, Role, language_tag};
use crate::source::Span;
use std::collections::BTreeMap;

/// The roles of names, whose separators the project can say.
const NAMES: &[Role] = &[Role::Sender, Role::SenderPlace, Role::Recipient, Role::RecipientPlace, Role::Repository];
/// The roles of ids. The marks that stand between names stand between them too.
const IDS: &[Role] = &[Role::SenderId, Role::SenderPlaceId, Role::RecipientId, Role::RecipientPlaceId, Role::Mentions];
/// The roles of columns with dates.
pub(super) const DATES: [Role; 8] = [
    Role::SentDate,
    Role::SentDateFrom,
    Role::SentDateTo,
    Role::SentNotBefore,
    Role::SentNotAfter,
    Role::SentDateText,
    Role::ReceivedDate,
    Role::ReceivedDateText,
];
/// How many characters of a heading, and how many headings, a message shows.
const SHOWN: usize = 60;
const HEADINGS_SHOWN: usize = 30;

/// What several columns of a row say together.
pub(super) struct JoinedCell {
    pub(super) role: Role,
    pub(super) words: String,
    /// Whether one of them has more names than another.
    pub(super) is_uneven: bool,
    /// The one that says it, where only one does.
    pub(super) column: Option<usize>,
    /// The others that say something, and are not used for that.
    pub(super) passed_over: Vec<usize>,
}

/// What the columns of a table mean.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(super) is_workbook: bool,
    pub(super) headings: Vec<String>,
    /// The column of each role; what several columns say together stands behind the last of them.
    columns: BTreeMap<Role, usize>,
    /// What several columns say together.
    joined: Vec<(Role, RoleColumns)>,
    /// The columns that are not used, because they may mean something else beside another.
    doubtful: Vec<(usize, Role, usize)>,
    /// Whether each column means anything.
    used: Vec<bool>,
    /// The authority file that the heading of each column names.
    schemes: Vec<Option<&'static Scheme>>,
    /// What holds of every row: in the project file, with an equals sign before it.
    constants: BTreeMap<Role, String>,
    section: ColumnSection,
    span: Span,
}

/// The authority file that a heading names.
fn scheme_named(heading: &str) -> Option<&'static Scheme> {
    let heading = heading.to_lowercase();
    let is_named =
        |scheme: &&Scheme| heading.contains(scheme.column) || (heading.contains("geo") && scheme.column == "geonames");
    Scheme::ALL.iter().find(is_named)
}

impl Layout {
    /// What the headings of a table mean, or are said to.
    pub(super) fn new(headings: Vec<String>, is_workbook: bool, section: ColumnSection, span: Span) -> Self {
        let (mut columns, mut joined) = (BTreeMap::new(), Vec::new());
        let mut used = vec![false; headings.len()];
        let recognised = headings::columns(&headings, &section);
        for (role, of_role) in recognised.columns {
            of_role.all().iter().for_each(|column| used[*column] = true);
            match of_role {
                RoleColumns::Together(single) if single.len() == 1 => _ = columns.insert(role, single[0]),
                of_role => {
                    columns.insert(role, headings.len() + joined.len());
                    joined.push((role, of_role));
                }
            }
        }
        let doubtful = recognised.doubtful;
        let constants = Role::ALL.iter().filter_map(|role| {
            let constant = section.headings.get(role.name())?.first()?.strip_prefix('=')?;
            Some((*role, constant.trim().to_owned()))
        });
        let constants = constants.collect();
        let schemes = headings.iter().map(|heading| scheme_named(heading)).collect();
        Self { is_workbook, headings, columns, joined, doubtful, used, schemes, constants, section, span }
    }

    /// Whether the day or the month comes first in dates all in figures, where the project says it of this table or of all.
    pub(super) fn date_order(&self) -> Option<DateOrder> {
        self.section.date_order
    }

    /// What the project says of the columns of this table.
    pub(super) fn section(&self) -> &ColumnSection {
        &self.section
    }

    /// The rows that are no letters.
    pub(super) fn left_out(&self) -> LeftOut {
        LeftOut::new(&self.headings, &self.section, self.span)
    }

    /// The columns of dates whose other cells can show the order of day and month, where the project does not say it.
    pub(super) fn columns_in_figures(&self) -> Vec<(Role, usize)> {
        if self.date_order().is_some() {
            return Vec::new();
        }
        let columns = DATES.iter().filter_map(|role| Some((*role, self.column(*role)?)));
        columns.filter(|(_, column)| *column < self.headings.len()).collect()
    }

    /// The column that means this.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.columns.get(&role).copied()
    }

    /// What several columns of a row say together, in the order in which their columns follow those of the table.
    pub(super) fn joined(&self, cells: &[&str]) -> Vec<JoinedCell> {
        let joined = |(role, columns): &(Role, RoleColumns)| {
            let columns = match columns {
                RoleColumns::Together(columns) => columns,
                RoleColumns::FirstOf { columns, decided_by } => {
                    let filled = decided_by.iter().position(|column| !is_placeholder(cells[*column]));
                    let column = filled.and_then(|at| columns[at]);
                    let words = column.map_or("", |column| cells[column].trim()).to_owned();
                    let others = columns.iter().flatten().copied().filter(|other| Some(*other) != column);
                    let passed_over = others.filter(|other| !cells[*other].trim().is_empty()).collect();
                    return JoinedCell { role: *role, words, is_uneven: false, column, passed_over };
                }
            };
            let cells: Vec<&str> = columns.iter().map(|column| cells[*column].trim()).collect();
            let (words, is_uneven) = match role {
                Role::SentDate | Role::SentDateFrom | Role::SentDateTo | Role::ReceivedDate => (joined(&cells), false),
                role => self.joined_words(*role, &cells),
            };
            JoinedCell { role: *role, words, is_uneven, column: None, passed_over: Vec::new() }
        };
        self.joined.iter().map(joined).collect()
    }

    /// What several cells say together: of several names in each, the first with the first. Where one has more names than
    /// another, nobody knows which belong together, and they are left undivided.
    fn joined_words(&self, role: Role, cells: &[&str]) -> (String, bool) {
        let mark = match role {
            Role::Key => "-",
            Role::SenderPlace | Role::RecipientPlace => ", ",
            Role::Note | Role::Summary | Role::Edition => "; ",
            _ => " ",
        };
        let filled: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        if !NAMES.contains(&role) {
            return (filled.join(mark), false);
        }
        let divided: Vec<Vec<&str>> = filled.iter().map(|cell| self.divide(role, cell)).collect();
        let count = divided.first().map_or(0, Vec::len);
        if divided.iter().any(|parts| parts.len() != count) {
            return (divided.concat().join(mark), true);
        }
        let name =
            |at: usize| divided.iter().map(|parts| parts[at]).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let names: Vec<String> = (0..count).map(|at| name(at).join(mark)).collect();
        let separator = self.section.separators.as_ref().and_then(|separators| separators.first());
        (names.join(&format!(" {} ", separator.map_or(";", String::as_str))), false)
    }

    /// The parts of a cell that can hold several. What stands between names, the project can say.
    pub(super) fn divide<'c>(&self, role: Role, cell: &'c str) -> Vec<&'c str> {
        match &self.section.separators {
            Some(separators) if NAMES.contains(&role) => dividing::divide(cell, separators),
            Some(separators) if IDS.contains(&role) && !cell.contains("://") => {
                let marks = separators.iter().filter(|mark| !mark.contains(char::is_alphabetic)).cloned();
                dividing::divide(cell, &marks.chain([";", "|"].map(str::to_owned)).collect::<Vec<_>>())
            }
            _ => dividing::divide_at_marks(cell),
        }
    }

    /// Whether the project file says that a role is nobody in any row.
    pub(super) fn is_nobody(&self, role: Role) -> bool {
        self.constant(role) == Some("")
    }

    /// Whether the project file says which column has a role.
    pub(super) fn has_said_column(&self, role: Role) -> bool {
        self.is_said(role) && self.column(role).is_some()
    }

    /// What holds of every row.
    pub(super) fn constant(&self, role: Role) -> Option<&str> {
        self.constants.get(&role).map(String::as_str)
    }

    /// The authority file that the heading of a column names.
    pub(super) fn scheme(&self, column: usize) -> Option<&'static Scheme> {
        self.schemes[column]
    }

    /// Whether a column means anything.
    pub(super) fn is_used(&self, column: usize) -> bool {
        self.used.get(column).copied().unwrap_or(false)
    }

    /// The heading of the one column that means this.
    pub(super) fn heading(&self, role: Role) -> Option<&str> {
        self.headings.get(self.column(role)?).map(String::as_str)
    }

    /// What the source calls something: by the heading of its column, as far as it is shown.
    pub(super) fn name(&self, role: Role) -> String {
        let Some(column) = self.column(role) else { return role.name().to_owned() };
        match column.checked_sub(self.headings.len()) {
            None => shown(&self.headings[column]),
            Some(at) => {
                let (_, columns) = &self.joined[at];
                let mark = if matches!(columns, RoleColumns::Together(_)) { " + " } else { " or " };
                let parts = columns.all().into_iter().map(|column| self.headings[column].as_str());
                shown(&parts.collect::<Vec<_>>().join(mark))
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
            if heading.starts_with('=') || position(&self.headings, heading).is_some() {
                continue;
            }
            let message = format!("no column is called \"{}\", as [columns] says of {role}", shown(heading));
            let help = nearest(heading, self.headings.iter().map(String::as_str))
                .map_or_else(|| self.list(), |heading| format!("did you mean {}?", quoted(heading)));
            diagnostics.push(Diagnostic::new(Code::MissingColumn, self.span, message).help(help));
        }
        let is_own = !self.section.defaults.contains(LEAVE_OUT);
        for (heading, _) in self.section.leave_out.iter().filter(|_| is_own) {
            if position(&self.headings, heading).is_none() {
                let message = format!("no column is called \"{}\", as leave-out in [columns] says", shown(heading));
                diagnostics.push(Diagnostic::new(Code::MissingColumn, self.span, message).help(self.list()));
            }
        }
        // A heading that is said and is not there was reported.
        let named = |role: Role| self.is_said(role) || self.columns.contains_key(&role);
        if !named(Role::Sender) && !named(Role::SenderId) {
            let message = "no column is known to name the sender";
            let none = match self.columns.is_empty() && self.section.has_headings.is_none() {
                true => {
                    "if the first row is a letter and has no headings, say so, headings = false, and name columns by their \
                         numbers, sender = \"#2\"; "
                }
                false => "",
            };
            let help = format!(
                "say which in regesta.toml, [columns] sender = \"heading\", or who it always is, sender = \"=name\"; {none}{}",
                self.list()
            );
            diagnostics.push(Diagnostic::new(Code::MissingColumn, self.span, message).help(help));
        }
    }

    /// A column that seems to hold what letters are found by, and is not used.
    fn report_unused(&self, diagnostics: &mut Diagnostics) {
        for (column, role, other) in &self.doubtful {
            let [heading, beside] = [column, other].map(|column| shown(&self.headings[*column]));
            let message = match role {
                Role::Sender | Role::Recipient => {
                    format!("the column \"{heading}\" is not used: beside \"{beside}\" it may mean something else")
                }
                _ => format!("the column \"{heading}\" is not used: its ids may be those of \"{beside}\""),
            };
            let mapping = |role: Role| format!("{} = {}", role.name(), quoted(&self.headings[*column]));
            let help = match role {
                Role::Sender => format!("{} or {}", mapping(*role), mapping(Role::SenderPlace)),
                Role::Recipient => format!("{} or {}", mapping(*role), mapping(Role::RecipientPlace)),
                role => mapping(*role),
            };
            let help = format!("if you know what it means, say so in regesta.toml: [columns] {help}");
            diagnostics.push(Diagnostic::new(Code::UnusedColumn, self.span, message).help(help));
        }
        let mut of_more: BTreeMap<Role, Vec<&str>> = BTreeMap::new();
        for (column, heading) in self.headings.iter().enumerate() {
            let Some(likely) = likely(heading) else { continue };
            let is_doubtful = self.doubtful.iter().any(|(doubtful, ..)| *doubtful == column);
            if self.is_used(column) || self.is_said(likely.role) || is_doubtful {
                continue;
            }
            // What speaks of more than a role is worth a word where nothing else has the role; so is a place.
            let is_place = matches!(likely.role, Role::SenderPlace | Role::RecipientPlace);
            if self.column(likely.role).is_some() && (!likely.alone || is_place) {
                continue;
            }
            let name = likely.role.name();
            let is_one = self.headings.iter().filter(|other| *other == heading).count() == 1;
            if is_one && !likely.alone {
                of_more.entry(likely.role).or_default().push(heading);
                continue;
            }
            let message = format!("the column \"{}\" is not used, and may have to do with {name}", shown(heading));
            let help = match is_one {
                true => format!("if it has, say so in regesta.toml: [columns] {name} = {}", quoted(heading)),
                false => "give the columns that have one heading different ones".to_owned(),
            };
            diagnostics.push(Diagnostic::new(Code::UnusedColumn, self.span, message).help(help));
        }
        for (role, columns) in of_more {
            let name = role.name();
            let shown = columns.iter().map(|heading| format!("\"{}\"", shown(heading))).collect::<Vec<_>>();
            let message = match &shown[..] {
                [one] => format!("the column {one} is not used, and may have to do with {name}"),
                several => format!("the columns {} are not used, and may have to do with {name}", several.join(", ")),
            };
            let help = format!("if a column has the {name}, say in regesta.toml which: [columns] {name} = \"heading\"");
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

/// A heading as the project file has it, whole, so that it can be copied.
pub(super) fn quoted(heading: &str) -> String {
    let escaped = |letter: char| match letter {
        '"' | '\\' => format!("\\{letter}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        letter => letter.to_string(),
    };
    format!("\"{}\"", heading.chars().map(escaped).collect::<String>())
}

/// As much of a text as a message shows.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
