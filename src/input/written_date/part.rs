//! One date, or what is left of one where another has the rest; and what single tokens can be in it.

use super::months::roman;
use super::tokens::Token;
use super::words::Sureness;
use crate::model::Concept;

/// A year, a month or a day as it is written, or what is left of one where another part has the rest: the 3rd.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) year: Option<u32>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    /// How many figures at the end of the year nobody can read.
    pub(super) unspecified: u8,
    /// Whether the year is written for both beginnings of it, as in 1668/9; it is the later one.
    pub(super) is_dual: bool,
    /// The calendar, where the names of its months or its years say it.
    pub(super) calendar: Option<Concept>,
    pub(super) sureness: Sureness,
    /// The day of the week that stands beside it.
    pub(super) weekday: Option<u8>,
}

impl Part {
    pub(super) fn of_year(year: u32) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    pub(super) fn new(year: u32, month: u8, day: Option<u8>) -> Self {
        Self { year: Some(year), month: Some(month), day, ..Self::default() }
    }

    /// The date in figures.
    pub(super) fn figures(&self) -> Option<String> {
        let year = with_unspecified(self.year?, self.unspecified);
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (None, None) => year,
            (None, Some(_)) => return None,
        })
    }

    /// With what another part of the same date says: "3. und 9. Mai 1848".
    pub(super) fn completed(self, other: &Self) -> Self {
        let mut part = self;
        if part.day.is_some() && part.month.is_none() && other.day.is_some() {
            part.month = other.month;
        }
        if part.year.is_none() && (part.month.is_some() || part.day.is_some()) {
            (part.year, part.is_dual) = (other.year, other.is_dual);
        }
        part.calendar = part.calendar.or(other.calendar);
        part
    }
}

/// A year in figures, with X for those at its end that nobody can read.
pub(super) fn with_unspecified(year: u32, places: u8) -> String {
    let mut figures = format!("{year:04}");
    figures.truncate(figures.len() - usize::from(places));
    figures + &"X".repeat(usize::from(places))
}

pub(super) fn number(token: &Token) -> Option<u32> {
    match token {
        Token::Number { value, length: 1..=2, .. } => Some(*value),
        _ => None,
    }
}

/// The value of a word that is a Roman numeral.
pub(super) fn numeral(token: &Token) -> Option<u32> {
    match token {
        Token::Word(word) => roman(word),
        _ => None,
    }
}

pub(super) fn year(token: &Token) -> Option<u32> {
    match token {
        Token::Number { value, length: 4, .. } if *value > 0 => Some(*value),
        _ => None,
    }
}

/// The month that a token names, or the season by its number in EDTF.
pub(super) fn month(token: &Token) -> Option<u8> {
    match token {
        Token::Month(month) | Token::Season(month) => Some(*month),
        _ => None,
    }
}

pub(super) fn day(token: &Token) -> Option<u8> {
    let value = match token {
        Token::Number { value, length: 1..=2, .. } | Token::Ordinal(value) => *value,
        token => numeral(token)?,
    };
    u8::try_from(value).ok().filter(|day| (1..=31).contains(day))
}
