//! Cells of letter tables whose values can be wrong: languages, addresses and enclosures.

use super::LetterCells;
use super::layout::{DATES, shown};
use super::rows::{ROW, hash_of_key};
use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::letters::repeated::CellFinding;
use crate::input::naming::letter_slugs::slug_of_key;
use crate::input::naming::names::{is_nothing, is_placeholder, slug_of_address};
use crate::input::table::languages;
use crate::model::{Action, Id, Kind, Reference};
use crate::project::{Role, language_tag};
use std::borrow::Cow;
use std::collections::HashSet;

/// What becomes of a cell that cannot be what its column says.
const IN_NOTE: &str = "the letter has the words in its note";
/// The roles of places.
const PLACES: [Role; 4] = [Role::SenderPlace, Role::SenderPlaceId, Role::RecipientPlace, Role::RecipientPlaceId];
/// How many figures a number of enclosures has at most, and how many letters an id has.
const FIGURES_OF_COUNT: usize = 3;
const LETTERS_OF_ID: usize = 24;

/// Whether a text is a number that may say how many there are of something.
fn is_count(written: &str) -> bool {
    (1..=FIGURES_OF_COUNT).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a number, or one behind letters without a blank, as ids are and names are not: `15`, `P0003#P0004`.
fn is_numbered(name: &str) -> bool {
    let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'#');
    (1..=LETTERS_OF_ID).contains(&name.len())
        && name.bytes().all(is_of_id)
        && name.bytes().last().is_some_and(|last| last.is_ascii_digit())
}

impl LetterReader<'_> {
    /// The languages of a letter. What of several is none is a warning, and goes into the letter's note.
    pub(super) fn languages(&mut self, cells: &LetterCells<'_>, notes: &mut Vec<String>) -> Vec<String> {
        if is_nothing(cells.cell(Role::Language)) {
            return Vec::new();
        }
        let parts = languages::parts(cells.cell(Role::Language));
        let read = |part: &&str| languages::tag(part).map(str::to_owned).or_else(|| language_tag(part));
        // What names no language at all is told of as a whole.
        if parts == [cells.cell(Role::Language)] || !parts.iter().any(|part| read(part).is_some()) {
            return self.language(cells, notes).into_iter().collect();
        }
        let mut tags: Vec<String> = Vec::new();
        for part in &parts {
            match read(part) {
                Some(tag) if tags.contains(&tag) => {}
                Some(tag) => tags.push(tag),
                None => {
                    let says = format!("\"{}\" is no language tag, such as en or de", shown(part));
                    self.find(cells, Role::Language, Code::UnusableCell, says, IN_NOTE);
                    notes.push(format!("{}: {part}", cells.layout.name(Role::Language)));
                }
            }
        }
        if parts.iter().any(|part| languages::tag(part).is_some()) {
            let languages = if tags.len() == 1 { "language" } else { "languages" };
            let written = shown(cells.cell(Role::Language));
            self.find_language(cells, format!("\"{written}\" is read as the {languages} {}", tags.join(", ")));
        }
        tags
    }

    fn find_language(&mut self, cells: &LetterCells<'_>, says: String) {
        let help = "if another language is meant, write its tag into the cells";
        self.find(cells, Role::Language, Code::LanguageByName, says, help);
    }

    /// The one language of a letter, by its tag or by its name.
    fn language(&mut self, cells: &LetterCells<'_>, notes: &mut Vec<String>) -> Option<String> {
        let written = cells.cell(Role::Language);
        // The tag of Nauruan is what statistics programs write where there is nothing.
        if is_nothing(written) && cells.layout.column(Role::Language).is_some() {
            return None;
        }
        let Some(tag) = languages::tag(written) else {
            return self.value(cells, Role::Language, "language tag, such as en or de", notes, language_tag);
        };
        if cells.layout.column(Role::Language).is_some() {
            let says = format!("\"{}\" is read as the language {tag}", shown(written));
            self.find_language(cells, says);
        }
        Some(tag.to_owned())
    }

    /// The value that a cell has; where it has another, that is a warning, and goes into the letter's note.
    pub(super) fn value(
        &mut self,
        cells: &LetterCells<'_>,
        role: Role,
        what: &str,
        notes: &mut Vec<String>,
        read: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let written = cells.cell(role);
        let value = read(written);
        // What is said of all rows was looked at before the first.
        if value.is_none() && !is_placeholder(written) && cells.layout.column(role).is_some() {
            self.find(cells, role, Code::UnusableCell, format!("\"{}\" is no {what}", shown(written)), IN_NOTE);
            notes.push(format!("{}: {written}", cells.layout.name(role)));
        }
        value
    }

    /// The letters that were enclosed, by their keys or addresses. Other words are kept in the note: they tell of things
    /// that are no letters of the table.
    pub(super) fn enclosures(
        &mut self,
        cells: &LetterCells<'_>,
        letter: &Id,
        keys: &HashSet<u64>,
        notes: &mut Vec<String>,
    ) -> Vec<Reference> {
        let mut enclosures = Vec::new();
        let list = cells.list(Role::Enclosures);
        // One small number may say how many there are, unless the project file says that it is a key.
        if let [number] = list[..]
            && is_count(number)
            && !cells.layout.has_said_column(Role::Enclosures)
        {
            let says = "a number is taken for that of enclosures, and not for the key of a letter".to_owned();
            let help = "the letter has it in its note; if the cells have keys of letters, say so in regesta.toml: [columns] \
                        enclosures = the heading";
            self.find(cells, Role::Enclosures, Code::UnusableCell, says, help);
            notes.push(format!("{}: {number}", cells.layout.name(Role::Enclosures)));
            return enclosures;
        }
        for written in list.into_iter().filter(|written| !is_placeholder(written)) {
            let slug = match written.contains("://") {
                true => Some(slug_of_address(written)),
                false => keys
                    .contains(&hash_of_key(self.slug, written))
                    .then(|| self.slugs.apart(self.slug, slug_of_key(self.slug, ROW, written))),
            };
            let id = slug.map(|slug| Id::new(Kind::Document, slug)).filter(|id| id != letter);
            if let Some(id) = id {
                enclosures.push(Reference { id, span: cells.span });
                continue;
            }
            let says = format!("\"{}\" is the key of no other letter in the table", shown(written));
            self.find(cells, Role::Enclosures, Code::UnusableCell, says, IN_NOTE);
            notes.push(format!("{}: {written}", cells.layout.name(Role::Enclosures)));
        }
        enclosures
    }

    /// A hint where a row says nothing of who wrote to whom, from where and when, in a table that has columns for it:
    /// it may be no letter. What holds of every row does not count.
    pub(super) fn report_empty(&mut self, cells: &LetterCells<'_>, actions: [&Action; 2]) {
        const PERSONS: [[Role; 2]; 2] = [[Role::Sender, Role::SenderId], [Role::Recipient, Role::RecipientId]];
        let has_column = |role: &Role| cells.layout.column(*role).is_some();
        let of_rows = PERSONS.map(|roles| roles.iter().any(has_column));
        if !of_rows.contains(&true) && !PLACES.iter().chain(&DATES).any(has_column) {
            return;
        }
        let says = |(action, of_row): (&Action, bool)| {
            (of_row && !action.by.is_empty())
                || !action.places.is_empty()
                || action.dates.iter().any(|date| date.edtf.is_some())
        };
        if actions.into_iter().zip(of_rows).any(says) {
            return;
        }
        let message = format!("row {}: no person, no place and no date was read of this row", cells.number);
        let help = "if such rows are no letters, say in regesta.toml by what they are known: [columns] leave-out = { Kind = \
                    [\"receipt\"] }, where Kind is the heading of a column";
        self.diagnostics.push(Diagnostic::new(Code::EmptyLetter, cells.span, message).help(help));
    }

    /// A warning where a name is only an id: it becomes somebody who is called so.
    pub(super) fn report_ids(&mut self, cells: &LetterCells<'_>, role: Role, id: Role, kind: Kind) {
        if cells.layout.column(role).is_none() || cells.layout.column(id).is_some() {
            return;
        }
        for name in cells.list(role) {
            let is_id = is_numbered(name) || self.naming.index.is_id_in_table(name, kind);
            if !is_id || is_placeholder(name) {
                continue;
            }
            let says = "what is read as a name has the form of an id".to_owned();
            let help = match id {
                Role::SenderId => "if the column has ids, say so in regesta.toml: [columns] sender-id = the heading",
                Role::RecipientId => {
                    "if the column has ids, say so in regesta.toml: [columns] recipient-id = the heading"
                }
                Role::SenderPlaceId => {
                    "if the column has ids, say so in regesta.toml: [columns] sender-place-id = the heading"
                }
                _ => "if the column has ids, say so in regesta.toml: [columns] recipient-place-id = the heading",
            };
            self.find(cells, role, Code::IdAsName, says, help);
        }
    }

    /// A warning where one of several columns has more names than another.
    pub(super) fn report_uneven(&mut self, cells: &LetterCells<'_>, role: Role) {
        let says = format!("\"{}\" comes of columns with different numbers of names", shown(cells.cell(role)));
        let help = "nobody knows which parts belong together, so that it is read as one name; write as many in each";
        self.find(cells, role, Code::UnusableCell, says, help);
    }

    pub(super) fn find(
        &mut self,
        cells: &LetterCells<'_>,
        role: Role,
        code: Code,
        says: String,
        help: impl Into<Cow<'static, str>>,
    ) {
        let help = help.into();
        let finding = CellFinding { file: self.naming.part.file, code, column: cells.layout.name(role), says, help };
        self.findings.add(finding, cells.number, cells.span);
    }
}
