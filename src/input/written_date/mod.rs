//! Dates as people write them: EDTF, or words that can mean only one thing, in the languages of the tables of words and in
//! other calendars. All else stays words, with what was probably meant.

mod columns;
mod converting;
mod counted;
mod damaged;
mod feasts;
mod figures;
mod lists;
mod months;
mod order;
mod part;
mod phrases;
mod probable;
mod ranges;
mod readings;
mod reckoning;
mod refusal;
mod republican;
mod spelling;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub(super) use columns::joined;
pub(super) use order::{has_points, shown_by};
pub(super) use probable::probably;
pub(super) use ranges::choice;
pub(super) use refusal::{NOTHING_GUESSED, Refusal, order_help};

use crate::model::{Concept, Date, DateOrder};
use part::Part;
use readings::readings;
use reckoning::Reckoning;
use tokens::{Token, tokens};
use words::{Meaning, Sureness};

/// What a text says of when something was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WrittenDate {
    /// That there is no date.
    Absent,
    /// A date, with the text for its words.
    Date(Box<Date>),
    /// One of several dates, in EDTF; nothing says which.
    Several(Vec<String>),
    /// Words that are no date for certain, and why not, where that can be said.
    Words(Option<String>),
}

/// How dates are written, as far as the corpus or the source says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// The calendar of dates in words.
    pub(super) calendar: Option<Concept>,
    /// Whether the day or the month comes first in dates all in figures.
    pub(super) order: Option<DateOrder>,
    /// Whether points between figures do not say that the day comes first, as they do elsewhere.
    pub(super) has_unclear_points: bool,
}

impl From<Option<Concept>> for Manner {
    fn from(calendar: Option<Concept>) -> Self {
        Self { calendar, ..Self::default() }
    }
}

/// Reads a text in which EDTF is EDTF. `manner` says how dates in words are written; of the calendar alone that can be said
/// too.
pub(super) fn read(text: &str, manner: impl Into<Manner>) -> WrittenDate {
    let (text, manner) = (text.trim(), manner.into());
    if let Some(end) = ranges::end_of_unknown(text) {
        return from_unknown(read(end, manner), text);
    }
    match Date::parse(text) {
        Ok(date) => WrittenDate::Date(Box::new(date)),
        Err(_) if words::says_none(text) => WrittenDate::Absent,
        Err(_) => in_words(text, manner),
    }
}

/// Reads a text of a source that was not written for this program: figures are in the calendar of its words.
pub(super) fn read_in(text: &str, manner: impl Into<Manner>) -> WrittenDate {
    let manner = manner.into();
    if let Some(end) = ranges::end_of_unknown(text.trim()) {
        return from_unknown(read_in(end, manner), text.trim());
    }
    let other = manner.calendar.filter(|calendar| *calendar != "gregorian");
    match other.and_then(|other| converting::date(text.trim(), other)) {
        Some(Some(date)) => WrittenDate::Date(Box::new(date)),
        Some(None) => WrittenDate::Words(Some(NOT_CONVERTED.to_owned())),
        None => read(text, manner),
    }
}

/// Why EDTF in another calendar is no date.
const NOT_CONVERTED: &str = "in the calendar of these dates there is no such day, or it cannot be converted";

/// Whether a text says nothing, or that there is no date.
pub(super) fn is_absent(text: &str) -> bool {
    words::says_none(text.trim())
}

/// Every date that a text can mean, in whatever calendar; nothing where it is no date.
pub(super) fn in_any_calendar(text: &str) -> Vec<Date> {
    let mut dates = Vec::new();
    for calendar in [None, Some("julian"), Some("old-style")] {
        match read_in(text, calendar) {
            WrittenDate::Date(date) => dates.push(*date),
            WrittenDate::Several(several) => dates.extend(several.iter().filter_map(|edtf| Date::parse(edtf).ok())),
            WrittenDate::Absent | WrittenDate::Words(_) => return Vec::new(),
        }
    }
    dates
}

/// The sign of doubt of an expression in EDTF; nothing where it has none.
pub(super) fn sign_of(edtf: &str) -> &'static str {
    let about = edtf.contains(['~', '%']);
    Sureness { about, doubt: edtf.contains(['?', '%']) }.sign()
}

/// Whether words have one that stands between alternatives: "3 or 4 May".
pub(super) fn names_alternatives(words: &str) -> bool {
    tokens(words).unwrap_or_default().iter().any(|token| token.means(Meaning::Or))
}

/// The sign for the doubt in words that are no date. What can mean "about" can mean other things in them: "um drei Uhr".
pub(super) fn doubt(words: &str) -> &'static str {
    let tokens = tokens(words).unwrap_or_default();
    let is_doubted = tokens.iter().any(|token| *token == Token::Sign('?') || token.means(Meaning::Doubt));
    Sureness { about: false, doubt: is_doubted }.sign()
}

/// What closes brackets that were opened before a date.
const CLOSING: [char; 4] = [' ', ']', ')', '.'];

fn in_words(text: &str, manner: Manner) -> WrittenDate {
    // What stands around a date is taken off step by step.
    if text.len() > tokens::LONGEST {
        return WrittenDate::Words(None);
    }
    let reckoning = Reckoning::of(manner.calendar);
    let date = |date: Date| WrittenDate::Date(Box::new(Date { words: text.to_owned(), ..date }));
    if let Some(found) = around_a_date(text, manner) {
        return match found {
            WrittenDate::Date(known) => date(*known),
            found => found,
        };
    }
    // A date has figures; only the words for it can come before them.
    let text_of_date = words::after_none(text).map_or(text, words::without_but);
    let Some(tokens) = tokens(text_of_date).map(phrases::plain) else { return WrittenDate::Words(None) };
    let refused = |why: &str| WrittenDate::Words(Some(why.to_owned()));
    if feasts::names_movable(&tokens) {
        return refused(feasts::MOVABLE);
    }
    if let Some(why) = reckoning::why_not_read(&tokens) {
        return refused(why);
    }
    match counted::date(&tokens, reckoning) {
        Some(Ok(day)) => return date(day),
        Some(Err(why)) => return refused(why),
        None => {}
    }
    let orders: Vec<Vec<Token>> = match manner.order {
        Some(known) => vec![order::settled(&tokens, known)],
        None if manner.has_unclear_points && order::has_unclear_points(&tokens) => {
            [DateOrder::DayFirst, DateOrder::MonthFirst].iter().map(|order| order::settled(&tokens, *order)).collect()
        }
        None => vec![tokens],
    };
    let mut dates: Vec<Date> = orders.iter().flat_map(|tokens| dates(tokens, reckoning)).collect();
    dates.dedup_by(|one, other| one.edtf == other.edtf);
    match dates.len() {
        0 => match lists::date(text_of_date, reckoning) {
            Some(list) => date(list),
            None => WrittenDate::Words(wrong_weekday(&orders[0], reckoning)),
        },
        1 => date(dates.remove(0)),
        _ => WrittenDate::Several(dates.into_iter().filter_map(|date| date.edtf).collect()),
    }
}

/// What a text is that has another date, or the known figures of one, beside what is no part of it; with the words of that.
fn around_a_date(text: &str, manner: Manner) -> Option<WrittenDate> {
    let whole = figures::without_fraction(text);
    let or_words = |date: Option<Date>| date.map_or(WrittenDate::Words(None), |date| WrittenDate::Date(Box::new(date)));
    if let Some(rest) = words::beside_none(text) {
        return Some(or_words(undated(rest, manner)));
    }
    if whole != text {
        return Some(read_in(whole, manner));
    }
    if let Some(known) = figures::known_parts(text) {
        return Some(or_words(reckoning::in_calendar(&known, Reckoning::of(manner.calendar).other_calendar())));
    }
    if let Some((before, after)) = phrases::around_that_is(text) {
        // Of two dates nothing says whether it is the second that counts.
        let is_alone = !before.contains(char::is_alphanumeric);
        return Some(match read_in(after.trim_end_matches(CLOSING), manner) {
            found @ (WrittenDate::Date(_) | WrittenDate::Several(_)) if is_alone => found,
            _ => WrittenDate::Words(None),
        });
    }
    if let Some(before) = figures::before_clock(text) {
        return Some(match read_in(before, manner) {
            WrittenDate::Date(day) if day.earliest != day.latest => WrittenDate::Words(None),
            found @ (WrittenDate::Date(_) | WrittenDate::Several(_)) => found,
            _ => WrittenDate::Words(None),
        });
    }
    // "s.d. [ma 1604]": but it is known.
    let WrittenDate::Date(date) = read_in(words::after_none(text)?.trim_end_matches(CLOSING), manner) else {
        return None;
    };
    doubted_year(*date).map(|doubted| WrittenDate::Date(Box::new(doubted)))
}

/// A time from an unknown beginning to a date that was read.
fn from_unknown(end: WrittenDate, words: &str) -> WrittenDate {
    let WrittenDate::Date(end) = end else {
        return if end == WrittenDate::Absent { end } else { WrittenDate::Words(None) };
    };
    let whole = ranges::ends(&end).filter(|(_, last)| !last.contains(['/', '[', '{']));
    match whole.and_then(|(_, last)| Date::parse(&format!("/{last}")).ok()) {
        Some(date) => {
            WrittenDate::Date(Box::new(Date { words: words.to_owned(), ..ranges::with_calendar(date, &end) }))
        }
        None => WrittenDate::Words(None),
    }
}

/// What is said of something without a date, of which only a year can be said, and not for certain: `s.d. 1850`.
fn undated(rest: &str, manner: Manner) -> Option<Date> {
    let WrittenDate::Date(date) = read_in(rest.trim_end_matches(CLOSING), manner) else { return None };
    let is_doubted = date.edtf.as_deref().is_some_and(|edtf| !sign_of(edtf).is_empty());
    if is_doubted { Some(*date) } else { doubted_year(*date) }
}

/// The year with the sign of doubt, where a date is only a year.
fn doubted_year(date: Date) -> Option<Date> {
    let year = date.edtf.as_deref().filter(|edtf| edtf.len() == 4 && !edtf.contains('X'))?;
    let doubted = Date::parse(&format!("{year}?")).ok()?;
    Some(Date { original: date.original, ..doubted })
}

/// What is wrong with a day whose day of the week is another one.
fn wrong_weekday(tokens: &[Token], reckoning: Reckoning) -> Option<String> {
    let (reckoning, tokens) = reckoning.take(Sureness::take(tokens).1);
    match readings(tokens).as_slice() {
        [part] => reckoning::wrong_weekday(part, reckoning),
        _ => None,
    }
}

/// The dates that tokens can be.
fn dates(tokens: &[Token], reckoning: Reckoning) -> Vec<Date> {
    let found = whole_dates(tokens, reckoning);
    if !found.is_empty() {
        return found;
    }
    if let Some((within, tokens)) = reckoning.take_within(tokens) {
        return whole_dates(&tokens, within);
    }
    let Some(before) = phrases::before_time_of_day(tokens) else { return Vec::new() };
    // A time of day is one of a whole day.
    let mut days = whole_dates(before, reckoning);
    days.retain(|date| date.earliest.is_some() && date.earliest == date.latest);
    days
}

/// The dates that tokens can be without a time of day.
fn whole_dates(tokens: &[Token], reckoning: Reckoning) -> Vec<Date> {
    let (sureness, tokens) = Sureness::take(tokens);
    let (reckoning, tokens) = reckoning.take(tokens);
    let (more, tokens) = Sureness::take(tokens);
    let sureness = sureness.with(more);
    if let Some(day) = basic(tokens) {
        return reckoning.date(&Part { sureness, ..day }).into_iter().collect();
    }
    let parts = readings(tokens);
    if parts.iter().any(|part| part.figures().is_some()) {
        let sure = parts.iter().map(|part| Part { sureness: part.sureness.with(sureness), ..*part });
        return sure.filter_map(|part| reckoning.date(&part)).collect();
    }
    let long = republican::long_times(tokens, sureness.sign());
    if !long.is_empty() {
        let Some(other) = reckoning.other_calendar() else { return long };
        let converted = long.iter().map(|date| converting::date(date.edtf.as_deref()?, other).flatten());
        return converted.flatten().collect();
    }
    let two = ranges::ranges(tokens, reckoning, sureness);
    if !two.is_empty() {
        return two;
    }
    side_by_side(tokens).map_or_else(|| with_signs_within(tokens, reckoning, sureness), |date| vec![date])
}

/// A date that has what is said of it between its parts: "1553 April um 15", "[May?] 1553", "1553 März vor 12".
fn with_signs_within(tokens: &[Token], reckoning: Reckoning, sureness: Sureness) -> Vec<Date> {
    let (within, left) = Sureness::take_within(tokens);
    if left.len() < tokens.len() {
        let parts = readings(&left).into_iter();
        let sure = parts.map(|part| Part { sureness: part.sureness.with(sureness).with(within), ..part });
        return sure.filter_map(|part| reckoning.date(&part)).collect();
    }
    let side = |token: &Token| token.means(Meaning::Before) || token.means(Meaning::After);
    match tokens.iter().position(side).filter(|at| *at > 0) {
        Some(at) => {
            let moved: Vec<Token> = [&tokens[at..=at], &tokens[..at], &tokens[at + 1..]].concat();
            ranges::one_sided(&moved, reckoning, sureness).into_iter().collect()
        }
        None => Vec::new(),
    }
}

/// A day in the basic form of ISO 8601: 18480503.
fn basic(tokens: &[Token]) -> Option<Part> {
    let [Token::Number { value, length: 8, .. }] = tokens else { return None };
    let small = |number: u32| u8::try_from(number % 100).ok();
    Some(Part::new(value / 10_000, small(value / 100)?, Some(small(*value)?)))
}

/// A day that stands in two calendars side by side: "12 thermidor an II (30 juillet 1794)".
fn side_by_side(tokens: &[Token]) -> Option<Date> {
    (1..tokens.len()).find_map(|at| {
        let (one, other) = (readings(&tokens[..at]), readings(&tokens[at..]));
        let ([one], [other]) = (one.as_slice(), other.as_slice()) else { return None };
        (one.calendar != other.calendar).then_some(())?;
        ranges::both_calendars(one, other, false)
    })
}
