//! What the columns of a letter table mean, and what is said of them before the first letter.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::input::table::headings;
use crate::input::table::text_rows::TextRow;
use crate::project::{Role, language_tag};
use crate::source::{FileId, Sources, Span, forbidden, is_forbidden};
use std::collections::BTreeMap;

/// The most columns that a table may have.
const COLUMN_LIMIT: usize = 512;
/// How many characters of a heading, and how many headings, a message shows.
const SHOWN: usize = 60;
const HEADINGS_SHOWN: usize = 30;

/// What the columns of a table mean.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(super) is_workbook: bool,
    pub(super) headings: Vec<String>,
    columns: BTreeMap<Role, usize>,
    /// What holds of every row: in the project file, with an equals sign before it.
    constants: BTreeMap<Role, String>,
    span: Span,
}

impl Layout {
    /// What the headings of a table mean, or are said to.
    pub(super) fn new(
        row: Option<TextRow>,
        is_workbook: bool,
        said: &BTreeMap<String, String>,
        file: FileId,
    ) -> Result<Self, Diagnostic> {
        let Some(row) = row else {
            let message = "the table has no row of column names";
            return Err(Diagnostic::new(Code::MissingColumn, Sources::whole(file), message));
        };
        if let Some(fault) = row.fault() {
            return Err(fault);
        }
        if row.cells.len() > COLUMN_LIMIT {
            let message = format!("the table has more than {COLUMN_LIMIT} columns");
            return Err(Diagnostic::new(Code::TableSyntax, Sources::whole(file), message));
        }
        let span = row.span(file);
        let mut headings = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let heading = std::str::from_utf8(cell).map_err(|_| not_utf_8(row.number, span))?;
            if let Some(letter) = heading.chars().find(|letter| is_forbidden(*letter)) {
                return Err(forbidden(Some(letter), span));
            }
            headings.push(heading.trim().to_owned());
        }
        let columns = headings::columns(&headings, said);
        let constants = Role::ALL.iter().filter_map(|role| {
            let constant = said.get(role.name())?.strip_prefix('=')?;
            Some((*role, constant.trim().to_owned()))
        });
        let constants = constants.collect();
        Ok(Self { is_workbook, headings, columns, constants, span })
    }

    /// The column that means this.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.columns.get(&role).copied()
    }

    /// What holds of every row.
    pub(super) fn constant(&self, role: Role) -> Option<&str> {
        self.constants.get(&role).map(String::as_str)
    }

    /// Whether a column means anything.
    pub(super) fn is_used(&self, column: usize) -> bool {
        self.columns.values().any(|used| *used == column)
    }

    /// What the source calls something: by the heading of its column, as far as it is shown.
    pub(super) fn name(&self, role: Role) -> String {
        self.column(role).map_or_else(|| role.name().to_owned(), |column| shown(&self.headings[column]))
    }

    /// Says what is wrong with the columns; what they are taken to mean without being told.
    pub(super) fn announce(&self, said: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.report_missing(said, diagnostics);
        self.report_unused(said, diagnostics);
        if let Some(language) = self.constant(Role::Language).filter(|language| language_tag(language).is_none()) {
            let message =
                format!("[columns] says that the language is \"{}\", which is no language tag", shown(language));
            let help = "use the short tags that libraries use, as in language = \"=de\"";
            diagnostics.push(Diagnostic::new(Code::UnusableCell, self.span, message).help(help));
        }
        let meant = self.columns.iter().filter(|(role, _)| !said.contains_key(role.name()));
        meant.map(|(role, column)| format!("{} is \"{}\"", role.name(), shown(&self.headings[*column]))).collect()
    }

    fn report_missing(&self, said: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) {
        for (role, heading) in said {
            if heading.starts_with('=') || self.headings.contains(heading) {
                continue;
            }
            let message = format!("no column is called \"{}\", as [columns] says of {role}", shown(heading));
            let help = nearest(heading, self.headings.iter().map(String::as_str))
                .map_or_else(|| self.list(), |heading| format!("did you mean \"{}\"?", shown(heading)));
            diagnostics.push(Diagnostic::new(Code::MissingColumn, self.span, message).help(help));
        }
        let named = |role: Role| {
            // A heading that is said and is not there was reported.
            said.contains_key(role.name()) || self.columns.contains_key(&role)
        };
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
    fn report_unused(&self, said: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) {
        for (column, heading) in self.headings.iter().enumerate() {
            let Some(name) = headings::likely(heading).map(Role::name) else { continue };
            if self.is_used(column) || said.contains_key(name) {
                continue;
            }
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

/// The diagnostic for a row that cannot be decoded.
pub(crate) fn not_utf_8(number: u32, span: Span) -> Diagnostic {
    let help = "save the file as UTF-8; spreadsheet programs call it \"CSV UTF-8\"";
    Diagnostic::new(Code::WrongEncoding, span, format!("row {number} is not UTF-8")).help(help)
}

/// As much of a text as a message shows.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
