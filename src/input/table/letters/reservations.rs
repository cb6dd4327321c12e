//! What a row says of how sure it is of persons, places and dates, and of the calendar of a date.

use super::LetterCells;
use super::layout::shown;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::naming::names::is_placeholder;
use crate::input::tei::correspondence::add_note;
use crate::input::written_date::{self, WrittenDate, is_absent};
use crate::model::{Action, Concept, Date, weakest};
use crate::project::Role;

/// The certainty of what a row says to be uncertain.
const DOUBTED: Concept = "medium";
/// The words for yes and no in columns that say it.
const YES: &[&str] = &["1", "y", "yes", "true", "x", "?", "j", "ja", "oui", "uncertain"];
const NO: &[&str] = &["", "0", "n", "no", "false", "nein", "nee", "non"];
/// The calendars by what columns call them, but for blanks and full stops. The year of JM begins on 25 March.
const CALENDARS: &[(&str, Option<Concept>)] = &[
    ("g", Some("gregorian")),
    ("gregorian", Some("gregorian")),
    ("greg", Some("gregorian")),
    ("gregorianisch", Some("gregorian")),
    ("ns", Some("gregorian")),
    ("newstyle", Some("gregorian")),
    ("jj", Some("julian")),
    ("jm", Some("julian")),
    ("jul", Some("julian")),
    ("julian", Some("julian")),
    ("julianisch", Some("julian")),
    ("os", Some("old-style")),
    ("oldstyle", Some("old-style")),
    ("u", None),
    ("unknown", None),
    ("", None),
];

/// What else is in a heading that names several calendars, or says in which the dates are not.
const OF_OTHER_CALENDARS: &[&str] =
    &["julian", "old", "alter stil", "alten stil", "/", " or ", " oder ", " ou ", " and ", " und ", "not ", "nicht "];

/// The calendar that a row names, which it may leave open; nothing where it names one that is not known.
fn known_calendar(cells: &LetterCells<'_>) -> Option<Option<Concept>> {
    let letters = cells.cell(Role::SentCalendar).chars().filter(|letter| !matches!(letter, ' ' | '.' | '-'));
    let written: String = letters.flat_map(char::to_lowercase).collect();
    CALENDARS.iter().find(|(known, _)| *known == written).map(|(_, said)| *said)
}

/// Whether the dates of sending are those of the Gregorian calendar, whatever the source had.
pub(super) fn is_converted(cells: &LetterCells<'_>) -> bool {
    let heading = cells.layout.name(Role::SentDate).to_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    names(&["gregorian", "new style", "neuer stil"]) && !names(OF_OTHER_CALENDARS)
}

/// Leaves of a date its words.
fn leave_words(date: &mut Date) {
    let words = std::mem::take(&mut date.words);
    *date = Date { note: date.note.take(), span: date.span, ..Date::in_words(words) };
}

impl LetterReader<'_> {
    /// The calendar of the dates of sending: as the row says, else as the project file does.
    pub(super) fn calendar(&mut self, cells: &LetterCells<'_>) -> Option<Concept> {
        known_calendar(cells).flatten().or(self.naming.project.calendar)
    }

    /// Takes what was done for less sure where the row says so.
    pub(super) fn reserve(&mut self, cells: &LetterCells<'_>, action: &mut Action) {
        let sent = action.kind == "sent";
        let (who, place) = match sent {
            true => (Role::SenderUncertain, Role::SenderPlaceUncertain),
            false => (Role::RecipientUncertain, Role::RecipientPlaceUncertain),
        };
        if self.is_uncertain(cells, who) {
            action.by.iter_mut().for_each(|party| party.certainty = weakest(party.certainty, Some(DOUBTED)));
        }
        // Of the place nothing more can be said than of the whole action.
        if self.is_uncertain(cells, place) && !action.places.is_empty() {
            action.certainty = weakest(action.certainty, Some(DOUBTED));
            add_note(&mut action.note, &format!("{}: {}", cells.layout.name(place), cells.cell(place)));
        }
        if !sent {
            return;
        }
        if self.is_uncertain(cells, Role::SentDateUncertain) {
            action.dates.iter_mut().for_each(|date| date.certainty = Some(DOUBTED));
        }
        let is_known = known_calendar(cells).is_some() || is_converted(cells) && !is_absent(cells.cell(Role::SentDate));
        if !is_known && !action.dates.is_empty() {
            action.dates.iter_mut().for_each(leave_words);
            let says = format!("\"{}\" is no calendar that is known here", shown(cells.cell(Role::SentCalendar)));
            let help =
                "write Gregorian or Julian; until then the graph has the words of the date, and no days to compare";
            self.find(cells, Role::SentCalendar, Code::UnusableCell, says, help);
        }
        if cells.cell(Role::SentCalendar).eq_ignore_ascii_case("jm") && !is_converted(cells) {
            self.leave_year_open(cells, action);
        }
    }

    /// Of a year that begins in March nobody knows whether the catalogue has counted it from January: from January to
    /// 24 March, two years are possible.
    fn leave_year_open(&mut self, cells: &LetterCells<'_>, action: &mut Action) {
        let written = cells.cell(Role::SentDate);
        let read = |calendar| written_date::read_in(written, Some(calendar));
        let (WrittenDate::Date(from_january), WrittenDate::Date(from_march)) = (read("julian"), read("old-style"))
        else {
            return;
        };
        if (&from_january.earliest, &from_january.latest) == (&from_march.earliest, &from_march.latest) {
            return;
        }
        action.dates.iter_mut().for_each(leave_words);
        let either = [from_january, from_march].map(|date| date.edtf.unwrap_or_default()).join(" or ");
        let message =
            format!("row {}: \"{}\" can mean {either}, as the year begins in March", cells.number, shown(written));
        let help = "nothing is guessed: the graph has the words, and no days to compare; write EDTF, as in 1672-07-03";
        self.diagnostics.push(Diagnostic::new(Code::DateUnreadable, cells.span, message).help(help));
    }

    fn is_uncertain(&mut self, cells: &LetterCells<'_>, role: Role) -> bool {
        let written = cells.cell(role).to_lowercase();
        // Several columns can say it, as that something is inferred or approximate.
        let is_joined = cells.layout.column(role).is_some() && cells.column(role).is_none();
        let said: Vec<&str> = if is_joined { written.split_whitespace().collect() } else { vec![&written] };
        if said.iter().any(|one| YES.contains(one)) {
            return true;
        }
        if !said.iter().all(|one| NO.contains(one) || is_placeholder(one)) {
            let says = format!("\"{}\" says neither yes nor no", shown(cells.cell(role)));
            let help = "write 1 or 0; what it is about is read as if nothing were said";
            self.find(cells, role, Code::UnusableCell, says, help);
        }
        false
    }
}
