//! Dates: the words of the source, the EDTF expression, and the days it can mean at the earliest and the latest.
//!
//! EDTF is the Extended Date/Time Format of ISO 8601-2:2019, Annex A, levels 0 to 2.

use crate::model::{Answer, Circa, Concept, Opinion, circa};
use crate::source::Span;
use edtf_core::{Bound, Edtf};
use std::collections::BTreeSet;

/// A date, however vague.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The words of the source; where none are given, the expression as the editor wrote it.
    pub words: String,
    /// The EDTF expression, as written; nothing where the source has only words.
    pub edtf: Option<String>,
    /// The first day it can mean, as `xsd:date` writes it; nothing where it is open or unknown.
    pub earliest: Option<String>,
    /// The last day it can mean, as `xsd:date` writes it; nothing where it is open or unknown.
    pub latest: Option<String>,
    /// The date in another calendar that the expression was converted from, or that the words are in.
    pub original: Option<Box<Original>>,
    /// How exact it is, when it is one certain year, month or day.
    pub precision: Option<Precision>,
    /// How sure the editor is of it.
    pub certainty: Option<Concept>,
    /// The editor's note on it.
    pub note: Option<String>,
    /// Whose answer it is, where that is said.
    pub opinion: Option<Box<Opinion>>,
    /// Where the source has it; nothing where it was not read from one.
    pub span: Option<Span>,
}

/// How exact an unqualified date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// One year.
    Year,
    /// One month.
    Month,
    /// One day.
    Day,
}

/// Whether the day or the month comes first in a date all in figures whose year comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The day, as in 13/5/1848.
    DayFirst,
    /// The month, as in 5/13/1848.
    MonthFirst,
}

/// Why an expression is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// It is not EDTF, or a day that no calendar has: what is wrong, and at which byte.
    Invalid(&'static str, usize),
    /// It ends before it begins.
    Inverted,
}

impl Date {
    /// A date of which only words are known.
    pub fn in_words(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    /// Whether it is, or ends or begins in, the year 0000, which no historical reckoning has.
    pub fn has_year_zero(&self) -> bool {
        self.has_year("0000")
    }

    /// Whether it is, or ends or begins in, the last year of four figures, which stands for an unknown one in databases.
    pub fn has_last_year(&self) -> bool {
        self.has_year("9999")
    }

    /// What is left where the last year of four figures stands for an unknown one: the beginning of a time, or the words.
    #[must_use]
    pub fn without_last_year(self) -> Self {
        if !self.has_last_year() {
            return self;
        }
        let beginning =
            self.edtf.as_deref().and_then(|edtf| edtf.split_once('/')).map(|(first, _)| format!("{first}/"));
        let known = beginning.and_then(|edtf| Self::parse(&edtf).ok()).filter(|date| !date.has_last_year());
        let known = known.unwrap_or_default();
        Self { edtf: known.edtf, earliest: known.earliest, latest: known.latest, precision: known.precision, ..self }
    }

    fn has_year(&self, year: &str) -> bool {
        let parts = self.edtf.iter().flat_map(|edtf| edtf.split(|sign: char| "/,.[]{}".contains(sign)));
        let mut years = parts.map(|part| part.trim_start_matches(['?', '~', '%']));
        years.any(|part| {
            part.strip_prefix(year).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        })
    }

    /// Whether neither its own expression nor the editor says that it may be another. About is no doubt where it is said how
    /// far it reaches.
    pub fn is_sure(&self, circa: &Circa) -> bool {
        let signs = self.signed().unwrap_or_default();
        let doubted = signs.contains(['?', '%']) || signs.contains('~') && self.circa_widths(circa).is_empty();
        !doubted && !matches!(self.certainty, Some("medium" | "low" | "unknown"))
    }

    /// The expression that has the signs of doubt: its own, or that which it was converted from; nothing where neither has.
    fn signed(&self) -> Option<&str> {
        let original = self.original.as_ref().and_then(|original| original.date.as_ref());
        let expressions = self.edtf.iter().chain(original);
        expressions.map(String::as_str).find(|expression| expression.contains(['?', '~', '%']))
    }

    /// How far the parts of it that are called about are taken to reach, as durations of XML Schema.
    pub fn circa_widths(&self, circa: &Circa) -> BTreeSet<String> {
        let signed = self.signed().filter(|_| !circa.is_nothing());
        signed.and_then(parsed).map_or_else(BTreeSet::new, |edtf| circa::widths(&edtf, circa))
    }

    /// The first and the last day that it can mean, where what is called about is taken to reach so far.
    pub fn bounds(&self, circa: &Circa) -> (Option<String>, Option<String>) {
        let about = self.signed().filter(|signed| !circa.is_nothing() && signed.contains(['~', '%']));
        let Some((edtf, signed)) = about.and_then(|about| Some((parsed(self.edtf.as_ref()?)?, parsed(about)?))) else {
            return (self.earliest.clone(), self.latest.clone());
        };
        let bounds = circa::bounds(edtf.bounds(), &signed, circa);
        (day(bounds.earliest), day(bounds.latest))
    }

    /// Of a stretch of time, the last day on which it can begin and the first on which it can end; nothing where it is none,
    /// or that end is open or unknown.
    pub fn inner_bounds(&self, circa: &Circa) -> (Option<String>, Option<String>) {
        let Some(edtf) = self.edtf.as_ref().filter(|edtf| edtf.contains('/')) else { return (None, None) };
        let own = || circa::inner_days(&parsed(edtf)?);
        let Some(inner) = self.original.as_ref().and_then(|original| original.inner_days()).or_else(own) else {
            return (None, None);
        };
        let signed = self.signed().and_then(parsed);
        let (begin, end) = signed.map_or(inner, |signed| circa::inner_bounds(inner, &signed, circa));
        (day(begin), day(end))
    }

    /// The expression in EDTF's preferred form: two expressions that mean the same are alike here.
    pub fn canonical(&self) -> Option<String> {
        Edtf::parse(self.edtf.as_deref()?).ok().map(|parsed| parsed.to_string())
    }

    /// A day of the Gregorian calendar, as `xsd:date` writes it, as a number that grows by one each day; nothing where its
    /// year has more than twelve digits.
    pub fn number_of(day: &str) -> Option<i64> {
        let (sign, digits) = day.strip_prefix('-').map_or((1, day), |rest| (-1, rest));
        let mut parts = digits.splitn(3, '-');
        let year = parts.next()?.parse::<i64>().ok().filter(|year| *year < circa::FAR_YEAR)? * sign;
        let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(circa::number_of_day(edtf_core::BoundDate { year, month, day }))
    }

    /// The day of a number.
    pub fn day_of(number: i64) -> String {
        circa::day_of_number(number).to_string()
    }

    /// Reads an EDTF expression; nothing is repaired.
    pub fn parse(edtf: &str) -> Result<Self, DateProblem> {
        if is_day(edtf) {
            let day = || Some(edtf.to_owned());
            let (words, precision) = (edtf.to_owned(), Some(Precision::Day));
            let (edtf, earliest, latest) = (day(), day(), day());
            return Ok(Self { words, edtf, earliest, latest, precision, ..Self::default() });
        }
        let parsed = Edtf::parse(edtf).map_err(|error| match is_inverted(edtf, error.offset) {
            true => DateProblem::Inverted,
            false => DateProblem::Invalid(error.message, error.offset),
        })?;
        let bounds = parsed.bounds();
        if let (Bound::Date(earliest), Bound::Date(latest)) = (bounds.earliest, bounds.latest)
            && earliest > latest
        {
            return Err(DateProblem::Inverted);
        }
        Ok(Self {
            words: edtf.to_owned(),
            edtf: Some(edtf.to_owned()),
            earliest: day(bounds.earliest),
            latest: day(bounds.latest),
            precision: precision(&parsed),
            ..Self::default()
        })
    }
}

/// Whether an expression is one day of the Gregorian calendar in four, two and two digits: what most dates of letters
/// are, and what need not be parsed.
fn is_day(edtf: &str) -> bool {
    let digits = |from: usize, to: usize| {
        edtf.get(from..to)?
            .bytes()
            .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    };
    let bytes = edtf.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (digits(0, 4), digits(5, 7), digits(8, 10)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether an expression that is refused at a byte would not be if the dates on either side of it changed places: those of
/// an interval, or of a range in a set.
fn is_inverted(edtf: &str, refused: usize) -> bool {
    let Some((before, after)) = edtf.split_at_checked(refused) else { return false };
    let bracket_or_comma = |sign: char| "[{,}]".contains(sign);
    let first = before.rsplit(bracket_or_comma).next().unwrap_or_default();
    let second = after.split(bracket_or_comma).next().unwrap_or_default();
    let swapped = match (first.strip_suffix('/'), first.strip_suffix("..")) {
        (Some(first), _) => format!("{second}/{first}"),
        (_, Some(first)) => format!("[{second}..{first}]"),
        _ => return false,
    };
    matches!(parsed(second), Some(Edtf::Date(_))) && parsed(&swapped).is_some()
}

fn parsed(edtf: &str) -> Option<Edtf> {
    Edtf::parse(edtf).ok()
}

fn day(bound: Bound) -> Option<String> {
    match bound {
        Bound::Date(day) => Some(day.to_string()),
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
    }
}

fn precision(parsed: &Edtf) -> Option<Precision> {
    let Edtf::Date(date) = parsed else { return None };
    if date.is_uncertain() || date.is_approximate() || date.has_unspecified() || date.year.significant_digits.is_some()
    {
        return None;
    }
    if !matches!(date.year.kind, edtf_core::YearKind::Standard { .. }) {
        return None;
    }
    match date.precision() {
        edtf_core::Precision::Year => Some(Precision::Year),
        edtf_core::Precision::Month => Some(Precision::Month),
        edtf_core::Precision::Day => Some(Precision::Day),
        _ => None,
    }
}

/// A date in another calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The calendar.
    pub calendar: Concept,
    /// The date as it stands there, in figures; nothing where only the words are in that calendar.
    pub date: Option<String>,
}

impl Answer for Date {
    fn standing(&self) -> (Option<Concept>, Option<&Opinion>) {
        (self.certainty, self.opinion.as_deref())
    }

    fn set_chosen(&mut self, chosen: bool) {
        self.opinion.get_or_insert_default().chosen = Some(chosen);
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, DateProblem, Precision, day, is_day};
    use edtf_core::Edtf;

    #[test]
    fn only_what_ends_before_it_begins_is_inverted() {
        for inverted in ["1673/1672", "1672-07-03/1672-07-02", "1673~/1672?", "[1673..1672]", "{1670,1673..1672,x}"] {
            assert_eq!(Date::parse(inverted), Err(DateProblem::Inverted), "{inverted}");
        }
        let otherwise_wrong = [
            "1673/x",
            "x/1672",
            "1672/..1671",
            "1673../1672",
            "//",
            "1673/1672/1671",
            "[1673..1672-01]",
            "[1673~..1672]",
        ];
        for wrong in otherwise_wrong.into_iter().chain(["[1673/1672]", "[1673..1672..1671]", "{..,1673..1672}", "é"]) {
            assert!(matches!(Date::parse(wrong), Err(DateProblem::Invalid(..))), "{wrong}");
        }
    }

    #[test]
    fn nothing_is_stated_of_the_last_year() {
        for (edtf, left) in [
            ("9999-12-31", None),
            ("9999", None),
            ("9999-12-31/..", None),
            ("[1848,9999]", None),
            ("1848-05-03/9999-12-31", Some("1848-05-03/")),
            ("9998-12-31", Some("9998-12-31")),
            ("1848/..", Some("1848/..")),
        ] {
            let date = Date::parse(edtf).expect("it is EDTF").without_last_year();
            assert_eq!((date.words.as_str(), date.edtf.as_deref()), (edtf, left), "{edtf}");
            assert!(!date.latest.is_some_and(|day| day.starts_with("9999")), "{edtf}");
        }
    }

    #[test]
    fn a_day_is_what_the_parser_takes_for_one() {
        for year in ["0000", "0001", "1600", "1700", "1900", "2000", "2023", "2024", "9999", "20x4"] {
            for month in 0..=13 {
                for number in 0..=32 {
                    let text = format!("{year}-{month:02}-{number:02}");
                    let parsed = Edtf::parse(&text).ok().filter(|_| month <= 12 && year != "20x4");
                    assert_eq!(is_day(&text), parsed.is_some(), "{text}");
                    let Some(parsed) = parsed else { continue };
                    let date = Date::parse(&text).expect("it was parsed before");
                    assert_eq!(date.earliest, day(parsed.bounds().earliest), "{text}");
                    assert_eq!(date.latest, day(parsed.bounds().latest), "{text}");
                    assert_eq!((date.precision, date.edtf), (Some(Precision::Day), Some(text)));
                }
            }
        }
    }
}
