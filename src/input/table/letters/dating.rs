//! The date of a row: of several columns that say when, the first that says it counts, and what others say is kept.

use super::LetterCells;
use super::layout::shown;
use super::reservations::is_converted;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::reader::unlikely_year;
use crate::input::written_date::{self, Manner, NOTHING_GUESSED, Refusal, WrittenDate};
use crate::model::{Date, DateProblem, Original};
use crate::project::Role;

/// One way in which a row says when.
struct Saying {
    roles: &'static [Role],
    /// The date, or what is no date and why.
    date: Said,
}

/// Why what a row says is no date.
enum Problem {
    /// What two cells come to is none.
    Date(DateProblem),
    /// What a cell has is none for certain; and what would settle that.
    Refused(Refusal, Option<String>),
}

impl LetterReader<'_> {
    /// The date of sending or of receiving; nothing where the row says nothing of it.
    ///
    /// What is said and is not used is kept as a note, word for word; what is no date is a warning too.
    pub(super) fn date(&mut self, cells: &LetterCells<'_>, sent: bool) -> Option<Date> {
        let (date, text) =
            if sent { (Role::SentDate, Role::SentDateText) } else { (Role::ReceivedDate, Role::ReceivedDateText) };
        // The date alone has not the words of a stretch that begins with it.
        let has_words = |role: &Role| *role == text || !(sent && is_beginning(cells));
        let mut words = [text, date].into_iter().filter(has_words);
        let words = words.find(|role| !written_date::is_absent(cells.cell(*role)));
        let (mut found, mut kept, mut problems): (Option<Date>, Vec<String>, _) = (None, Vec::new(), Vec::new());
        let project = Manner::from(self.naming.project);
        let calendar = if sent { self.calendar(cells) } else { project.calendar };
        let project = Manner { calendar, ..project };
        for Saying { roles, date } in sayings(cells, sent, project) {
            match (date, &found) {
                (Ok(date), None) => found = Some(date),
                (Ok(date), Some(found)) if (&date.earliest, &date.latest) == (&found.earliest, &found.latest) => {}
                (Ok(_), Some(_)) => kept.push(written(cells, roles)),
                (Err(problem), _) => {
                    problems.push(problem);
                    // What becomes the words of the date need not be kept beside them.
                    if words.is_none_or(|words| roles != [words]) {
                        kept.push(written(cells, roles));
                    }
                }
            }
        }
        // Words that can mean only one date are one where no other column has it.
        if found.is_none()
            && let WrittenDate::Date(date) = written_date::read_in(cells.cell(text), manner_of(cells, text, project))
        {
            found = Some(*date);
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
        let edtf = date.edtf.as_deref().unwrap_or_default();
        unlikely_year(&date, edtf, cells.span).into_iter().for_each(|one| self.diagnostics.push(one));
        Some(date.without_last_year())
    }

    fn report(&mut self, cells: &LetterCells<'_>, expression: &str, problem: &Problem, is_dated: bool) {
        let (row, expression) = (cells.number, shown(expression));
        let (code, message) = match problem {
            Problem::Date(DateProblem::Inverted) => {
                (Code::DateBackwards, format!("row {row}: \"{expression}\" ends before it begins"))
            }
            Problem::Refused(refusal, _) => (Code::DateUnreadable, format!("row {row}: {}", refusal.message)),
            Problem::Date(_) => (Code::DateUnreadable, format!("row {row}: \"{expression}\" is not a date")),
        };
        let help = match problem {
            _ if is_dated => {
                "nothing is guessed: the graph has the words, and the days that another column says".to_owned()
            }
            Problem::Refused(refusal, None) => refusal.help(),
            Problem::Refused(refusal, Some(order)) => format!("{}; {order}", refusal.help()),
            Problem::Date(_) => format!("{NOTHING_GUESSED}; write EDTF, as in 1672-07-03"),
        };
        self.diagnostics.push(Diagnostic::new(code, cells.span, message).help(help));
    }
}

/// What the columns of a row say of a date, in the order in which they count.
fn sayings(cells: &LetterCells<'_>, sent: bool, project: Manner) -> Vec<Saying> {
    let single: &[Role] = if sent { &[Role::SentDate] } else { &[Role::ReceivedDate] };
    let is_beginning = sent && is_beginning(cells);
    let date = said(cells, single[0], project).filter(|_| !is_beginning);
    let mut sayings: Vec<Saying> = date.map(|date| Saying { roles: single, date }).into_iter().collect();
    if sent {
        let ends = |first, last| (said(cells, first, project), said(cells, last, project));
        let of_stretch: &[Role; 2] = match is_beginning {
            true => &[Role::SentDate, Role::SentDateTo],
            false => &[Role::SentDateFrom, Role::SentDateTo],
        };
        let stretch = ends(of_stretch[0], of_stretch[1]);
        let stretch = two_ended(stretch, |first, last| {
            format!("{}/{}", first.map_or("..", |(first, _)| first), last.map_or("..", |(_, last)| last))
        });
        sayings.extend(stretch.map(|date| Saying { roles: of_stretch, date }));
        let choice = two_ended(ends(Role::SentNotBefore, Role::SentNotAfter), |first, last| {
            written_date::choice(first.map(|(first, _)| first), last.map(|(_, last)| last))
        });
        sayings.extend(choice.map(|date| Saying { roles: &[Role::SentNotBefore, Role::SentNotAfter], date }));
    }
    sayings
}

/// Whether the date is the beginning of a stretch: its end is said, and there is no column for its beginning.
fn is_beginning(cells: &LetterCells<'_>) -> bool {
    cells.layout.column(Role::SentDateFrom).is_none() && !written_date::is_absent(cells.cell(Role::SentDateTo))
}

type Said = Result<Date, (String, Problem)>;

/// How the dates of a column are written.
fn manner_of(cells: &LetterCells<'_>, role: Role, project: Manner) -> Manner {
    let has_unclear_points = written_date::has_points(cells.cell(role)) && cells.orders().has_unclear_points(role);
    // A column that is called Gregorian has such dates, whatever calendar the source has.
    let is_gregorian = role == Role::SentDate && is_converted(cells);
    let calendar = if is_gregorian { Some("gregorian") } else { project.calendar };
    Manner { order: cells.layout.date_order(), has_unclear_points, calendar }
}

/// What a cell says; nothing where it says that there is no date.
fn said(cells: &LetterCells<'_>, role: Role, project: Manner) -> Option<Said> {
    let (cell, manner) = (cells.cell(role), manner_of(cells, role, project));
    let found = written_date::read_in(cell, manner);
    let refusal = Refusal::of(cell, &shown(cell), &found, manner);
    let problem = match (found, refusal) {
        (WrittenDate::Absent, _) => return None,
        (WrittenDate::Date(date), _) => return Some(Ok(*date)),
        // Of EDTF alone it is known that it ends before it begins.
        (_, None) => Problem::Date(DateProblem::Inverted),
        (_, Some(_)) if Date::parse(cell) == Err(DateProblem::Inverted) => Problem::Date(DateProblem::Inverted),
        (_, Some(refusal)) => {
            let order = written_date::order_help(cell).filter(|_| manner.order.is_none());
            let witnesses = || cells.orders().witnesses(role).join(", ");
            let order = order.map(|order| match witnesses() {
                witnesses if witnesses.is_empty() => order.to_owned(),
                witnesses => format!("{order}; {witnesses}"),
            });
            Problem::Refused(refusal, order)
        }
    };
    Some(Err((cell.to_owned(), problem)))
}

/// What two cells come to that are the ends of one date; nothing where neither says anything.
fn two_ended(
    ends: (Option<Said>, Option<Said>),
    expression: impl Fn(Option<(&str, &str)>, Option<(&str, &str)>) -> String,
) -> Option<Said> {
    let (first, last) = match ends {
        (None, None) => return None,
        (Some(Err(problem)), _) | (_, Some(Err(problem))) => return Some(Err(problem)),
        (first, last) => (first.and_then(Result::ok), last.and_then(Result::ok)),
    };
    fn ends_of(date: &Date) -> (&str, &str) {
        let edtf = date.edtf.as_deref().unwrap_or_default();
        let days = date.earliest.as_deref().zip(date.latest.as_deref());
        // A choice of days cannot stand in another one.
        if edtf.starts_with(['[', '{']) { days.unwrap_or((edtf, edtf)) } else { (edtf, edtf) }
    }
    let expression = expression(first.as_ref().map(ends_of), last.as_ref().map(ends_of));
    let date = Date::parse(&expression).map_err(|problem| (expression, Problem::Date(problem)));
    let original = first.iter().chain(&last).find_map(|date| date.original.as_ref());
    let original = original.map(|original| Box::new(Original { calendar: original.calendar, date: None }));
    // The words of the row, where they are others.
    let ends = || first.iter().chain(&last);
    let has_words = ends().any(|date| Some(&date.words) != date.edtf.as_ref());
    let words = has_words.then(|| ends().map(|date| date.words.as_str()).collect::<Vec<_>>().join("; "));
    Some(date.map(|date| Date { original, words: words.unwrap_or(date.words), ..date }))
}

/// What the row says, word for word, with the headings above it.
fn written(cells: &LetterCells<'_>, roles: &[Role]) -> String {
    let filled = roles.iter().filter(|role| !cells.cell(**role).is_empty());
    let said = filled.map(|role| format!("{}: {}", cells.layout.name(*role), cells.cell(*role)));
    said.collect::<Vec<_>>().join("; ")
}
