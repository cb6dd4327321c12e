//! The date of a row: of several columns that say when, the first that says it counts, and what others say is kept.

use super::LetterCells;
use super::layout::shown;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::reader::year_zero;
use crate::input::table::free_date::{self, FreeDate};
use crate::input::tei::dating;
use crate::model::{Date, DateProblem};
use crate::project::Role;

/// One way in which a row says when.
struct Saying {
    roles: &'static [Role],
    /// What it comes to in EDTF, if it is a date at all.
    expression: String,
}

impl LetterReader<'_> {
    /// The date of sending or of receiving; nothing where the row says nothing of it.
    ///
    /// What is said and is not used is kept as a note, word for word; what is no date is a warning too.
    pub(super) fn date(&mut self, cells: &LetterCells<'_>, sent: bool) -> Option<Date> {
        let (date, text) =
            if sent { (Role::SentDate, Role::SentDateText) } else { (Role::ReceivedDate, Role::ReceivedDateText) };
        let words = [text, date].into_iter().find(|role| free_date::read(cells.cell(*role)) != FreeDate::Absent);
        let (mut found, mut kept, mut problems): (Option<Date>, Vec<String>, _) = (None, Vec::new(), Vec::new());
        for Saying { roles, expression } in sayings(cells, sent) {
            match (Date::parse(&expression), &found) {
                (Ok(parsed), None) => found = Some(parsed),
                (Ok(parsed), Some(found)) if (&parsed.earliest, &parsed.latest) == (&found.earliest, &found.latest) => {
                }
                (Ok(_), Some(_)) => kept.push(written(cells, roles)),
                (Err(problem), _) => {
                    problems.push((expression, problem));
                    // What becomes the words of the date need not be kept beside them.
                    if words.is_none_or(|words| roles != [words]) {
                        kept.push(written(cells, roles));
                    }
                }
            }
        }
        for (expression, problem) in problems {
            self.report(cells, &expression, &problem, found.is_some());
        }
        let words = words.map(|role| cells.cell(role));
        let note = Some(kept.join("; ")).filter(|note| !note.is_empty());
        let mut date = match (found, words.or(note.as_deref())) {
            (Some(date), _) => date,
            (None, Some(words)) => Date::in_words(words),
            (None, None) => return None,
        };
        if let Some(words) = words {
            words.clone_into(&mut date.words);
        }
        date.note = note.filter(|note| *note != date.words);
        date.span = Some(cells.span);
        if date.has_year_zero() {
            self.diagnostics.push(year_zero(date.edtf.as_deref().unwrap_or_default(), cells.span));
        }
        Some(date)
    }

    fn report(&mut self, cells: &LetterCells<'_>, expression: &str, problem: &DateProblem, is_dated: bool) {
        let (row, expression) = (cells.number, shown(expression));
        let (code, message) = match problem {
            DateProblem::Inverted => {
                (Code::DateBackwards, format!("row {row}: \"{expression}\" ends before it begins"))
            }
            DateProblem::Invalid(..) => (Code::DateUnreadable, format!("row {row}: \"{expression}\" is not a date")),
        };
        let help = match is_dated {
            true => "nothing is guessed: the graph has the words, and the days that another column says",
            false => {
                "nothing is guessed: the graph has the words, and no days to compare; write EDTF, as in 1672-07-03"
            }
        };
        self.diagnostics.push(Diagnostic::new(code, cells.span, message).help(help));
    }
}

/// What the columns of a row say of a date, in the order in which they count.
fn sayings(cells: &LetterCells<'_>, sent: bool) -> Vec<Saying> {
    let single: &[Role] = if sent { &[Role::SentDate] } else { &[Role::ReceivedDate] };
    let mut sayings: Vec<Saying> =
        end(cells, single[0]).map(|expression| Saying { roles: single, expression }).into_iter().collect();
    if sent {
        let (from, to) = (end(cells, Role::SentDateFrom), end(cells, Role::SentDateTo));
        if from.is_some() || to.is_some() {
            let open = |end: Option<String>| end.unwrap_or_else(|| "..".to_owned());
            let expression = format!("{}/{}", open(from), open(to));
            sayings.push(Saying { roles: &[Role::SentDateFrom, Role::SentDateTo], expression });
        }
        let (first, last) = (end(cells, Role::SentNotBefore), end(cells, Role::SentNotAfter));
        if first.is_some() || last.is_some() {
            let expression = dating::choice(first.as_deref(), last.as_deref());
            sayings.push(Saying { roles: &[Role::SentNotBefore, Role::SentNotAfter], expression });
        }
    }
    sayings
}

/// What a cell says in EDTF, or else its words; nothing where it says that there is no date.
fn end(cells: &LetterCells<'_>, role: Role) -> Option<String> {
    match free_date::read(cells.cell(role)) {
        FreeDate::Absent => None,
        FreeDate::Edtf(edtf) => Some(edtf),
        FreeDate::Words => Some(cells.cell(role).to_owned()),
    }
}

/// What the row says, word for word, with the headings above it.
fn written(cells: &LetterCells<'_>, roles: &[Role]) -> String {
    let filled = roles.iter().filter(|role| !cells.cell(**role).is_empty());
    let said = filled.map(|role| format!("{}: {}", cells.layout.name(*role), cells.cell(*role)));
    said.collect::<Vec<_>>().join("; ")
}
