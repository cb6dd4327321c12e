//! In which calendar a date is written, and what that makes of it.

use super::part::Part;
use super::tokens::Token;
use crate::model::{Concept, Date, Original};

/// How the days and the years of a date are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reckoning {
    /// Nothing says it: as the Gregorian calendar does, unless the date itself says otherwise.
    Unsaid,
    /// As the Gregorian calendar does.
    Gregorian,
    /// As the Julian calendar does, with years that begin in January.
    Julian,
    /// As the Julian calendar does, with years that begin on 25 March.
    OldStyle,
    /// As the Julian calendar does; of January, February and March the year can be either.
    OldUnclear,
}

/// How writers say that a date is of the old style, without blanks and points, in normal form.
const OLD: &[&str] = &[
    "os",
    "ost",
    "oldstyle",
    "ast",
    "altstil",
    "altenstils",
    "alterstil",
    "us",
    "ust",
    "uieuxstyle",
    "stuet",
    "stilouetere",
    "stylouetere",
    "stiliueteris",
    "styliueteris",
    "iulian",
    "iulianisch",
    "iulien",
    "giuliano",
    "oudestiil",
    "stu",
    "stiloueteri",
    "styloueteri",
];
/// How they say that it is of the new style.
const NEW: &[&str] = &[
    "ns",
    "nst",
    "newstyle",
    "neuenstils",
    "neuerstil",
    "nouueaustyle",
    "stnou",
    "stilonouo",
    "stylonouo",
    "stilinoui",
    "stylinoui",
    "gregorian",
    "gregorianisch",
    "gregorien",
    "gregoriano",
    "nieuwestiil",
];

/// How they say that years begin on another day than is reckoned here.
const NOT_READ: &[(&str, &[&str])] = &[
    (
        "years of the Venetian style begin on 1 March, and are not reckoned",
        &["mu", "moreueneto", "moreuenetico", "stileueneto"],
    ),
    (
        "years of the Florentine or the Pisan style begin on 25 March, and are not reckoned",
        &["stilefiorentino", "stilofiorentino", "stilepisano", "abincarnatione", "stflor"],
    ),
];

/// Why a date is not reckoned that says that it is of another style.
pub(super) fn why_not_read(tokens: &[Token]) -> Option<&'static str> {
    let is_said = |names: &[&str]| runs(tokens).any(|(_, name)| names.contains(&name.as_str()));
    NOT_READ.iter().find(|(_, names)| is_said(names)).map(|(why, _)| *why)
}

/// Up to three words beside each other, and those joined to one: where they are, and what that is.
fn runs(tokens: &[Token]) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
    let of_length = move |from: usize, length: usize| {
        let words = tokens.get(from..from + length)?.iter().map(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        });
        Some((from..from + length, words.collect::<Option<String>>()?))
    };
    (0..tokens.len()).flat_map(move |from| (1..=3).rev().filter_map(move |length| of_length(from, length)))
}

impl Reckoning {
    /// What the corpus says of dates in words.
    pub(super) fn of(calendar: Option<Concept>) -> Self {
        match calendar {
            Some("julian") => Self::Julian,
            Some("old-style") => Self::OldStyle,
            Some("gregorian") => Self::Gregorian,
            _ => Self::Unsaid,
        }
    }

    /// Takes what says it from the end of a date.
    pub(super) fn take(self, tokens: &[Token]) -> (Self, &[Token]) {
        let mut name = String::new();
        for at in (tokens.len().saturating_sub(3)..tokens.len()).rev() {
            let Token::Word(word) = &tokens[at] else { break };
            name.insert_str(0, word);
            if at == 0 {
                break;
            }
            if OLD.contains(&name.as_str()) {
                let said = if matches!(self, Self::Julian | Self::OldStyle) { self } else { Self::OldUnclear };
                return (said, &tokens[..at]);
            }
            if NEW.contains(&name.as_str()) {
                return (Self::Gregorian, &tokens[..at]);
            }
        }
        (self, tokens)
    }

    /// Takes what says it from between the parts of a date: "14 Aug. (O.S.) 1712".
    pub(super) fn take_within(self, tokens: &[Token]) -> Option<(Self, Vec<Token>)> {
        let (found, _) = runs(tokens).find(|(_, name)| OLD.contains(&name.as_str()) || NEW.contains(&name.as_str()))?;
        let (reckoning, _) = self.take(&tokens[..found.end]);
        (found.start > 0).then(|| (reckoning, [&tokens[..found.start], &tokens[found.end..]].concat()))
    }

    /// The calendar that the corpus says, where it is another than the Gregorian.
    pub(super) fn other_calendar(self) -> Option<Concept> {
        match self {
            Self::Julian => Some("julian"),
            Self::OldStyle => Some("old-style"),
            Self::Unsaid | Self::Gregorian | Self::OldUnclear => None,
        }
    }

    /// The date that a part is; where its year or its calendar can be either of two, one that has the days of both.
    pub(super) fn date(self, part: &Part) -> Option<Date> {
        let figures = part.figures()?;
        let sign = part.sureness.sign();
        let in_calendar = |calendar: Option<Concept>| in_calendar(&format!("{figures}{sign}"), calendar);
        let date = match (part.calendar, self) {
            (Some(calendar), _) => in_calendar(Some(calendar))?,
            (None, Self::Gregorian) => in_calendar(None)?,
            (None, Self::Unsaid) if part.is_dual => either(&in_calendar(None)?, &in_calendar(Some("julian"))?, part)?,
            (None, Self::Unsaid) => in_calendar(None)?,
            (None, Self::Julian) => in_calendar(Some("julian"))?,
            // The year that is written for both beginnings is the later one.
            (None, Self::OldStyle | Self::OldUnclear) if part.is_dual => in_calendar(Some("julian"))?,
            (None, Self::OldStyle) => in_calendar(Some("old-style"))?,
            (None, Self::OldUnclear) => {
                let (julian, old_style) = (in_calendar(Some("julian")), in_calendar(Some("old-style")));
                match (julian, old_style) {
                    (Some(julian), Some(old_style)) if julian.edtf == old_style.edtf => julian,
                    (Some(julian), Some(old_style)) => {
                        let original = Original { calendar: "julian", date: None };
                        Date { original: Some(Box::new(original)), ..either(&julian, &old_style, part)? }
                    }
                    // 29 February is in one of the two years.
                    (julian, old_style) => julian.or(old_style)?,
                }
            }
        };
        fits_weekday(&date, part).then_some(date)
    }

    /// The calendar in which both ends of a stretch are written; nothing where it is not one for both.
    pub(super) fn calendar_of(self, parts: [&Part; 2]) -> Option<Option<Concept>> {
        let of = |part: &Part| match (part.calendar, self) {
            (Some(calendar), _) => Some(Some(calendar)),
            (None, Self::Gregorian) => Some(None),
            (None, Self::Unsaid) => (!part.is_dual).then_some(None),
            (None, Self::OldStyle) if !part.is_dual => Some(Some("old-style")),
            (None, Self::OldUnclear) if !part.is_dual && part.month.is_none_or(|month| month < 4) => None,
            (None, _) => Some(Some("julian")),
        };
        let [one, two] = parts.map(of);
        one.zip(two).filter(|(one, two)| one == two).map(|(one, _)| one)
    }
}

/// A date in figures of a calendar, or of the Gregorian.
pub(super) fn in_calendar(figures: &str, calendar: Option<Concept>) -> Option<Date> {
    match calendar {
        Some(calendar) => Date::converted(figures, calendar).ok(),
        None => Date::parse(figures).ok(),
    }
}

/// A date that is one of two.
fn either(one: &Date, other: &Date, part: &Part) -> Option<Date> {
    let ((first, last), (next, end)) = (days(one)?, days(other)?);
    let sign = part.sureness.sign();
    let edtf = match first == last && next == end {
        true if first == next => return Some(one.clone()),
        true => format!("[{}{sign},{}{sign}]", first.min(next), first.max(next)),
        false if sign.is_empty() => format!("[{}..{}]", first.min(next), last.max(end)),
        // A choice of days can have no sign.
        false => return None,
    };
    Date::parse(&edtf).ok()
}

/// The first and the last day of a date.
pub(super) fn days(date: &Date) -> Option<(&str, &str)> {
    date.earliest.as_deref().zip(date.latest.as_deref())
}

/// Whether the day of the week that stands beside a date is that of the day.
fn fits_weekday(date: &Date, part: &Part) -> bool {
    let Some(weekday) = part.weekday else { return true };
    let Some(number) = date.earliest.as_deref().and_then(Date::number_of) else { return false };
    // 1 March of the year 0, the first of the numbers, was a Wednesday.
    let is_day = part.day.is_some() && date.earliest == date.latest;
    is_day && day_of_week(number) == weekday
}

/// The day of the week of a day by its number, Monday the first.
pub(super) fn day_of_week(number: i64) -> u8 {
    // 1 March of the year 0, the first of the numbers, was a Wednesday.
    u8::try_from((number + 2).rem_euclid(7) + 1).expect("a remainder of seven is small")
}

/// Why a day is none whose day of the week is another one; nothing where that is not what is wrong.
pub(super) fn wrong_weekday(part: &Part, reckoning: Reckoning) -> Option<String> {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let (said, _) = (part.weekday?, part.day?);
    let without = Part { weekday: None, ..*part };
    let date = reckoning.date(&without)?;
    let number = Date::number_of(date.earliest.as_deref()?).filter(|_| date.earliest == date.latest)?;
    let name = |calendar: &str| match calendar {
        "julian" => "the Julian calendar",
        "old-style" => "the Julian calendar with years that begin on 25 March",
        _ => "the Gregorian calendar",
    };
    let own = match reckoning {
        Reckoning::OldStyle => "old-style",
        Reckoning::Julian | Reckoning::OldUnclear => "julian",
        Reckoning::Unsaid | Reckoning::Gregorian => "gregorian",
    };
    let fitting = ["julian", "old-style", "gregorian"]
        .into_iter()
        .find(|calendar| *calendar != own && Reckoning::of(Some(calendar)).date(part).is_some());
    let fits = fitting
        .map_or_else(String::new, |calendar| format!(", and a {} in {}", NAMES[usize::from(said) - 1], name(calendar)));
    let (figures, day, own) = (part.figures()?, NAMES[usize::from(day_of_week(number)) - 1], name(own));
    Some(format!("{figures} was a {day} in {own}{fits}"))
}
