//! Cells of letter tables whose values can be wrong: languages, addresses and enclosures.

use super::LetterCells;
use super::layout::shown;
use super::rows::{ROW, hash_of_key};
use crate::diagnostic::Code;
use crate::input::letters::reader::LetterReader;
use crate::input::letters::repeated::CellFinding;
use crate::input::naming::letter_slugs::slug_of_key;
use crate::input::naming::names::{is_nothing, is_placeholder, slug_of_address};
use crate::input::table::languages;
use crate::model::{Id, Kind, Reference};
use crate::project::{Role, language_tag};
use std::borrow::Cow;
use std::collections::HashSet;

/// What becomes of a cell that cannot be what its column says.
const IN_NOTE: &str = "the letter has the words in its note";

impl LetterReader<'_> {
    /// The language of a letter, by its tag or by its name.
    pub(super) fn language(&mut self, cells: &LetterCells<'_>, notes: &mut Vec<String>) -> Option<String> {
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
            let help = "if another language is meant, write its tag into the cells";
            self.find(cells, Role::Language, Code::LanguageByName, says, help);
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
        for written in cells.list(Role::Enclosures).into_iter().filter(|written| !is_placeholder(written)) {
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
