//! Two dates that bound a time, and one that bounds it on one side.

use super::figures;
use super::part::{Part, day, year};
use super::readings::readings;
use super::reckoning::{Reckoning, days, in_calendar};
use super::tokens::{LONGEST, Token};
use super::words::{Meaning, Sureness};
use crate::model::{Date, Original};

/// What two dates are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// The whole time from one to the other.
    Stretch,
    /// One of the days between them.
    Between,
    /// One of the two.
    Or,
    /// Both.
    And,
    /// A slash, which can be a hyphen, an "or", or divide the dates of two calendars.
    Slash,
}

const RELATIONS: [(Meaning, Relation); 3] =
    [(Meaning::To, Relation::Stretch), (Meaning::Or, Relation::Or), (Meaning::And, Relation::And)];

/// What tokens say that bound a time; of several readings, all.
pub(super) fn ranges(tokens: &[Token], reckoning: Reckoning, sureness: Sureness) -> Vec<Date> {
    if let Some(date) = one_sided(tokens, reckoning, sureness) {
        return vec![date];
    }
    let first = tokens.first();
    let begins = |meaning| first.is_some_and(|token| token.means(meaning));
    let pairs = if begins(Meaning::Between) {
        // Polish has "a" for the word between the two: "między 3 a 9 maja".
        let relations = [(Meaning::And, Relation::Between), (Meaning::To, Relation::Between)];
        pairs(&tokens[1..], &relations, sureness)
    } else if begins(Meaning::From) {
        pairs(&tokens[1..], &[(Meaning::To, Relation::Stretch)], sureness)
    } else {
        pairs(tokens, &RELATIONS, sureness)
    };
    match pairs.as_slice() {
        [pair] => pair.dates(reckoning),
        _ => Vec::new(),
    }
}

/// Before, after, since, until.
pub(super) fn one_sided(tokens: &[Token], reckoning: Reckoning, sureness: Sureness) -> Option<Date> {
    let (first, rest) = tokens.split_first()?;
    let one = |tokens: &[Token]| match readings(tokens).as_slice() {
        [part] => Some(Part { sureness: part.sureness.with(sureness), ..*part }),
        _ => None,
    };
    if first.means(Meaning::Not) {
        let (second, rest) = rest.split_first()?;
        let part = one(rest)?;
        return match (second.means(Meaning::Before), second.means(Meaning::After)) {
            (true, _) => side(&part, reckoning, |figures, _| format!("[{figures}..]")),
            (_, true) => side(&part, reckoning, |_, figures| format!("[..{figures}]")),
            _ => None,
        };
    }
    // "fino al 1848", "jusqu'à 1848": Until and To in two words.
    let is_to = |token: &Token| matches!(token, Token::Word(_)) && token.means(Meaning::To);
    let rest = match rest.split_first() {
        Some((second, after)) if first.means(Meaning::Until) && is_to(second) => after,
        _ => rest,
    };
    let part = one(rest)?;
    if first.means(Meaning::Before) {
        let date = unsigned(&part, reckoning)?;
        return Date::parse(&format!("[..{}]", beside(&part, &date, -1)?))
            .ok()
            .map(|found| with_calendar(found, &date));
    }
    if first.means(Meaning::After) {
        let date = unsigned(&part, reckoning)?;
        return Date::parse(&format!("[{}..]", beside(&part, &date, 1)?)).ok().map(|found| with_calendar(found, &date));
    }
    if first.means(Meaning::Since) || first.means(Meaning::From) {
        return side(&part, reckoning, |figures, _| format!("{figures}/.."));
    }
    if first.means(Meaning::Until) {
        return side(&part, reckoning, |_, figures| format!("../{figures}"));
    }
    None
}

/// The end of a time whose beginning is written as unknown: "?-1850", of which EDTF makes a year before Christ.
pub(super) fn end_of_unknown(text: &str) -> Option<&str> {
    if text.len() > LONGEST || figures::known_parts(text).is_some() {
        return None;
    }
    let rest = text.trim_matches(['[', ']', '(', ')']).strip_prefix('?')?.trim_start();
    Some(rest.strip_prefix(['-', '–', '—', '/'])?.trim_start()).filter(|end| !end.is_empty())
}

/// A date of which no sign of doubt is said, which what is before it or after it could not have.
fn unsigned(part: &Part, reckoning: Reckoning) -> Option<Date> {
    if part.sureness.is_sure() && part.unspecified == 0 { reckoning.date(part) } else { None }
}

/// What an expression that is open on one side comes to, with the first and the last that the date can mean.
fn side(part: &Part, reckoning: Reckoning, expression: impl Fn(&str, &str) -> String) -> Option<Date> {
    let date = unsigned(part, reckoning)?;
    let (first, last) = ends(&date)?;
    Date::parse(&expression(&first, &last)).ok().map(|found| with_calendar(found, &date))
}

/// The unit of a date that comes before it or after it: the year, the month, the day.
fn beside(part: &Part, date: &Date, step: i64) -> Option<String> {
    if date.original.is_none() && !part.is_dual && part.day.is_none() {
        // When a season begins and ends is not said.
        let (year, month) = (i64::from(part.year?), part.month);
        if month.is_some_and(|month| month > 12) {
            return None;
        }
        let Some(month) = month else { return (year + step > 0).then(|| format!("{:04}", year + step)) };
        let months = year * 12 + i64::from(month) - 1 + step;
        return Some(format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1));
    }
    let (first, last) = days(date)?;
    Some(Date::day_of(Date::number_of(if step < 0 { first } else { last })? + step))
}

/// The expression of a date that can stand at an end, or else its first and its last day.
pub(super) fn ends(date: &Date) -> Option<(String, String)> {
    let edtf = date.edtf.as_ref()?;
    if !edtf.starts_with(['[', '{']) {
        return Some((edtf.clone(), edtf.clone()));
    }
    let (first, last) = days(date)?;
    Some((first.to_owned(), last.to_owned()))
}

/// A date that was reckoned from one of another calendar: only the words are in that.
pub(super) fn with_calendar(date: Date, from: &Date) -> Date {
    let original =
        from.original.as_ref().map(|original| Box::new(Original { calendar: original.calendar, date: None }));
    Date { original, ..date }
}

/// One of the days between two in EDTF, one of which may be unknown.
pub(crate) fn choice(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) if first.len() != last.len() => {
            // The ends of a choice are equally exact in EDTF: the first and the last day that they can mean.
            let days = Date::parse(first).ok().and_then(|date| date.earliest);
            let days = days.zip(Date::parse(last).ok().and_then(|date| date.latest));
            days.map_or_else(|| format!("[{first}..{last}]"), |(first, last)| format!("[{first}..{last}]"))
        }
        (first, last) => format!("[{}..{}]", first.unwrap_or(""), last.unwrap_or("")),
    }
}

/// Two dates and what they are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    relation: Relation,
    first: Part,
    last: Part,
    /// Whether the year of the first is that of the other.
    shares_year: bool,
}

/// The ways in which tokens can be two dates.
fn pairs(tokens: &[Token], relations: &[(Meaning, Relation)], sureness: Sureness) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let slash = (*token == Token::Sign('/')).then_some(Relation::Slash);
        let named = || relations.iter().find(|(meaning, _)| token.means(*meaning)).map(|(_, relation)| *relation);
        let Some(relation) = slash.or_else(named) else { continue };
        if let Some(pair) = pair(&tokens[..at], &tokens[at + 1..], relation, sureness)
            && !pairs.contains(&pair)
        {
            pairs.push(pair);
        }
    }
    pairs
}

fn pair(before: &[Token], after: &[Token], relation: Relation, sureness: Sureness) -> Option<Pair> {
    let ([first], second) = (readings(before).try_into().ok()?, readings(after));
    let first: Part = first;
    let last = match (second.as_slice(), after) {
        // 1848-49: the figures in which the second year differs.
        (_, [Token::Number { value, length: length @ 1..=2, point: false }])
            if first.month.is_none() && first.calendar.is_none() =>
        {
            let unit = if *length == 1 { 10 } else { 100 };
            let year = first.year? / unit * unit + value;
            (year > first.year?).then(|| Part::of_year(year))?
        }
        // "1553 April 15/16", "1558-08/09": what comes before the figures that differ is that of both.
        (_, [Token::Number { length: 1..=2, .. }]) if year(before.first()?).is_some() && first.month.is_some() => {
            let number = day(&after[0])?;
            match first.day {
                Some(_) => Part { day: Some(number), ..first },
                None if number <= 12
                    && before.iter().all(|token| !matches!(token, Token::Month(_) | Token::Season(_))) =>
                {
                    Part { month: Some(number), ..first }
                }
                None => return None,
            }
        }
        ([last], _) => *last,
        _ => return None,
    };
    if first.unspecified > 0 || last.unspecified > 0 {
        return None;
    }
    let sure = |part: Part| Part { sureness: part.sureness.with(sureness), ..part };
    // Behind a whole date a day alone is none: "3 May 1848 / 9".
    if last.year.is_none() && last.month.is_none() && first.year.is_some() && last.day.is_some() {
        return None;
    }
    let shares_year = first.year.is_none();
    let (first, last) = (sure(first.completed(&last)), sure(last.completed(&first)));
    (first.figures().is_some() && last.figures().is_some()).then_some(Pair { relation, first, last, shares_year })
}

impl Pair {
    fn dates(&self, reckoning: Reckoning) -> Vec<Date> {
        let one = match self.relation {
            Relation::Stretch => self.stretch(reckoning),
            Relation::Between => self.between(reckoning),
            Relation::Or => self.set("[", "]", reckoning),
            Relation::And => self.set("{", "}", reckoning),
            Relation::Slash => match both_calendars(&self.first, &self.last, self.shares_year) {
                Some(date) => Some(date),
                None => return self.of_slash(reckoning),
            },
        };
        one.into_iter().collect()
    }

    /// What a slash can mean: a stretch, or one of the two. Where the second says less than the first, what it leaves out can
    /// be that of the first, or not be said.
    fn of_slash(&self, reckoning: Reckoning) -> Vec<Date> {
        let Self { first, last, .. } = *self;
        let filled = Part { month: last.month.or(first.month), day: last.day.or(first.day), ..last };
        let choice = Self { last: filled, ..*self }.set("[", "]", reckoning);
        match (self.stretch(reckoning), choice) {
            (Some(stretch), Some(choice)) => vec![stretch, choice],
            // A stretch of unequal ends is only one of the meanings.
            (Some(stretch), None) if first.figures().map(|it| it.len()) == last.figures().map(|it| it.len()) => {
                vec![stretch]
            }
            _ => Vec::new(),
        }
    }

    fn stretch(&self, reckoning: Reckoning) -> Option<Date> {
        let Self { first, last, .. } = self;
        let calendar = reckoning.calendar_of([first, last])?;
        // Either may name a day that is none.
        reckoning.date(first).and(reckoning.date(last))?;
        let (from, to) = (first.sureness.sign(), last.sureness.sign());
        in_calendar(&format!("{}{from}/{}{to}", first.figures()?, last.figures()?), calendar)
    }

    fn between(&self, reckoning: Reckoning) -> Option<Date> {
        let (first, last) = (unsigned(&self.first, reckoning)?, unsigned(&self.last, reckoning)?);
        let expression = choice(Some(&ends(&first)?.0), Some(&ends(&last)?.1));
        Date::parse(&expression).ok().map(|found| with_calendar(found, &first))
    }

    fn set(&self, open: &str, close: &str, reckoning: Reckoning) -> Option<Date> {
        let (first, last) = (reckoning.date(&self.first)?, reckoning.date(&self.last)?);
        let whole = |date: &Date| date.edtf.clone().filter(|edtf| !edtf.starts_with(['[', '{']));
        let same_unit = self.first.figures()?.len() == self.last.figures()?.len();
        let expression = format!("{open}{},{}{close}", whole(&first)?, whole(&last)?);
        let is_in_order = first.latest < last.earliest;
        Date::parse(&expression).ok().filter(|_| same_unit && is_in_order).map(|found| with_calendar(found, &first))
    }
}

/// One day that is said in two calendars, if the two dates are that.
pub(super) fn both_calendars(one: &Part, other: &Part, shares_year: bool) -> Option<Date> {
    let agreeing = |old: &Part, new: &Part| {
        let calendar = old.calendar.unwrap_or("julian");
        if new.calendar.is_some() || new.day.is_none() || old.day.is_none() {
            return None;
        }
        let converted = in_calendar(&old.figures()?, Some(calendar))?;
        if converted.edtf.as_deref() != Some(&new.figures()?) {
            return None;
        }
        let date = in_calendar(&format!("{}{}", new.figures()?, new.sureness.sign()), None)?;
        Some(Date { original: converted.original, ..date })
    };
    // At the end of December the two are of different years.
    let year_before =
        one.year.filter(|_| shares_year && one.month == Some(12)).map(|year| Part { year: Some(year - 1), ..*one });
    agreeing(one, other).or_else(|| agreeing(other, one)).or_else(|| agreeing(&year_before?, other))
}
