//! Dates as people write them: EDTF, or words that can mean only one thing, in the languages of the tables of words and in
//! other calendars. All else stays words, with what was probably meant.

mod feasts;
mod months;
mod part;
mod ranges;
mod readings;
mod reckoning;
mod republican;
mod spelling;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

pub(super) use ranges::choice;

use crate::model::{Concept, Date};
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
    Words(Option<&'static str>),
}

/// Reads a text in which EDTF is EDTF. `calendar` is the one that the corpus says that dates in words are in.
pub(super) fn read(text: &str, calendar: Option<Concept>) -> WrittenDate {
    let text = text.trim();
    match Date::parse(text) {
        Ok(date) => WrittenDate::Date(Box::new(date)),
        Err(_) if words::says_none(text) => WrittenDate::Absent,
        Err(_) => in_words(text, calendar),
    }
}

/// Reads a text of a source that was not written for this program: figures are in the calendar of its words.
pub(super) fn read_in(text: &str, calendar: Option<Concept>) -> WrittenDate {
    let other = calendar.filter(|calendar| *calendar != "gregorian");
    match other.and_then(|other| Date::converted(text.trim(), other).ok()) {
        Some(date) => WrittenDate::Date(Box::new(date)),
        None => read(text, calendar),
    }
}

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

/// The sign for the doubt in words that are no date. What can mean "about" can mean other things in them: "um drei Uhr".
pub(super) fn doubt(words: &str) -> &'static str {
    let tokens = tokens(words).unwrap_or_default();
    let is_doubted = tokens.iter().any(|token| *token == Token::Sign('?') || token.means(Meaning::Doubt));
    Sureness { about: false, doubt: is_doubted }.sign()
}

fn in_words(text: &str, calendar: Option<Concept>) -> WrittenDate {
    // A date has figures; only the words for it can come before them.
    let Some(tokens) = tokens(words::after_none(text).unwrap_or(text)) else { return WrittenDate::Words(None) };
    if feasts::names_movable(&tokens) {
        return WrittenDate::Words(Some(feasts::MOVABLE));
    }
    let mut dates = dates(&tokens, Reckoning::of(calendar));
    dates.dedup_by(|one, other| one.edtf == other.edtf);
    match dates.len() {
        0 => WrittenDate::Words(None),
        1 => WrittenDate::Date(Box::new(Date { words: text.to_owned(), ..dates.remove(0) })),
        _ => WrittenDate::Several(dates.into_iter().filter_map(|date| date.edtf).collect()),
    }
}

/// The dates that tokens can be.
fn dates(tokens: &[Token], reckoning: Reckoning) -> Vec<Date> {
    let (sureness, tokens) = Sureness::take(tokens);
    let (reckoning, tokens) = reckoning.take(tokens);
    let (more, tokens) = Sureness::take(tokens);
    let sureness = sureness.with(more);
    if let Some(day) = basic(tokens) {
        let figures = format!("{day}{}", sureness.sign());
        return reckoning::in_calendar(&figures, None).into_iter().collect();
    }
    let parts = readings(tokens);
    if parts.iter().any(|part| part.figures().is_some()) {
        let sure = parts.iter().map(|part| Part { sureness: part.sureness.with(sureness), ..*part });
        return sure.filter_map(|part| reckoning.date(&part)).collect();
    }
    let long = republican::long_times(tokens, sureness.sign());
    if !long.is_empty() {
        return long;
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
fn basic(tokens: &[Token]) -> Option<String> {
    let [Token::Number { value, length: 8, .. }] = tokens else { return None };
    Some(format!("{:04}-{:02}-{:02}", value / 10_000, value / 100 % 100, value % 100))
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

/// The days that the Roman calendar counts from, which are not reckoned.
const ROMAN_DAYS: [&str; 11] =
    ["kal", "kalendas", "kalendis", "cal", "calendas", "non", "nonas", "nonis", "id", "idus", "idibus"];

/// The EDTF that was probably meant by a text that is no date for certain.
pub(super) fn probably(text: &str, calendar: Option<Concept>) -> Option<String> {
    let tokens = tokens(text).unwrap_or_else(|| figures_alone(text));
    let reckoning = Reckoning::of(calendar);
    // What is not understood may say that it is less certain.
    let known: Vec<Token> = tokens.iter().filter(|token| !token.is_strange()).cloned().collect();
    let years = || tokens.iter().filter_map(part::year).collect::<Vec<_>>();
    // Days before the Kalends of a month are mostly those of the month before it.
    let is_roman = tokens.iter().any(|token| matches!(token, Token::Word(word) if ROMAN_DAYS.contains(&word.as_str())));
    let known_dates = if is_roman { Vec::new() } else { dates(&known, reckoning) };
    let date = known_dates.into_iter().next().and_then(|date| date.edtf);
    // Of two years nothing says which is meant.
    let years = || Some(years()).filter(|years| years.len() == 1).unwrap_or_default();
    let month = || {
        let year = years().first().copied().filter(|_| !is_roman)?;
        let month =
            tokens.iter().find_map(|token| if let Token::Month(month) = token { Some(*month) } else { None })?;
        Some(format!("{year:04}-{month:02}"))
    };
    let year = || years().first().map(|year| format!("{year:04}"));
    // A day that no month has: the month.
    let figures =
        || text.get(..7).filter(|_| text.len() == 10).filter(|month| Date::parse(month).is_ok()).map(str::to_owned);
    let probable = date.or_else(month).or_else(figures).or_else(year)?;
    let has_sign = probable.contains(['~', '?', '%', '[', '{', '/', 'X']);
    Some(if has_sign || known.len() == tokens.len() && tokens.iter().all(|token| !token.means(Meaning::About)) {
        probable
    } else {
        format!("{probable}~")
    })
}

/// The first two years of four figures in a text that is too long for a date, or has signs that no date has.
fn figures_alone(text: &str) -> Vec<Token> {
    let runs = text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| run.len() == 4);
    let years = runs.filter_map(|run| run.parse().ok()).map(|value| Token::Number { value, length: 4, point: false });
    years.take(2).chain([Token::Word(String::new())]).collect()
}
