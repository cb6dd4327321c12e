//! What tokens say that are one date, or a part of one, without the words that put it before, after or between others.

use super::feasts;
use super::months::weekday;
use super::part::{Part, day, month, number, numeral, year};
use super::republican;
use super::tokens::Token;
use super::words::{Meaning, Sureness};

/// What some tokens can be; of several readings, all.
pub(super) type Readings = Vec<Part>;

/// What tokens say that are one date or a part of one; nothing where they are none.
pub(super) fn readings(tokens: &[Token]) -> Readings {
    let (sureness, tokens) = Sureness::take(tokens);
    if let Some(part) = republican::part(tokens) {
        return vec![Part { sureness, ..part }];
    }
    let Some((unspecified, tokens)) = damaged_year(tokens) else { return Vec::new() };
    let (dual, tokens) = dual_year(&tokens);
    let (weekday, mut tokens) = day_of_week(tokens);
    // A day or a month in Roman figures is a word until its place tells.
    let says = |token: &Token| {
        !token.means(Meaning::Filler) || numeral(token).is_some_and(|number| (2..=31).contains(&number))
    };
    tokens.retain(says);
    let mut readings = named(&tokens).map_or_else(|| in_figures(&tokens), |part| vec![part]);
    if readings.is_empty() {
        readings = feast(&tokens);
    }
    // A season has no days.
    readings.retain(|part| part.month.is_none_or(|month| month <= 12 || part.day.is_none()));
    let mut readings: Readings = readings.into_iter().flat_map(|part| winters(part, dual)).collect();
    // A month from April on is of one year however years begin.
    readings.retain(|part| {
        !dual
            || part.month == Some(WINTER)
            || part.month.is_some_and(|month| month < 3 || month == 3 && part.day.is_none_or(|day| day < 25))
    });
    for part in &mut readings {
        (part.sureness, part.weekday, part.unspecified) = (sureness, weekday, unspecified);
        part.is_dual = dual && part.month != Some(WINTER);
    }
    readings
}

/// The winter, as EDTF numbers the seasons.
const WINTER: u8 = 24;

/// The winters that one of a year can be: that which ends in it, or that which begins in it, of which EDTF has the year. A
/// winter of two years is only one.
fn winters(part: Part, is_dual: bool) -> Vec<Part> {
    match part.year.filter(|year| part.month == Some(WINTER) && *year > 1) {
        Some(year) if is_dual => vec![Part { year: Some(year - 1), ..part }],
        Some(year) => vec![Part { year: Some(year - 1), ..part }, part],
        None => vec![part],
    }
}

/// The tokens with a whole year for one of which figures are missing, and how many; nothing where there are several.
fn damaged_year(tokens: &[Token]) -> Option<(u8, Vec<Token>)> {
    let (mut missing, mut whole) = (0, Vec::with_capacity(tokens.len()));
    for token in tokens {
        let Token::DamagedYear { value, places } = token else {
            whole.push(token.clone());
            continue;
        };
        if missing > 0 {
            return None;
        }
        missing = *places;
        whole.push(Token::Number { value: *value, length: 4, point: false });
    }
    Some((missing, whole))
}

/// The tokens with the later one of two years for one: 1668/9, 1668/69, 1668/1669.
pub(super) fn dual_year(tokens: &[Token]) -> (bool, Vec<Token>) {
    let is_next = |year: u32, value: u32, length: usize| {
        length != 3 && value == (year + 1) % 10_u32.pow(u32::try_from(length).unwrap_or(4).min(4))
    };
    if let [
        Token::Number { value: year, length: 4, .. },
        Token::Sign('/' | '-'),
        Token::Number { value, length, .. },
        after @ ..,
    ] = tokens
        && after.iter().any(|token| matches!(token, Token::Month(_)))
        && is_next(*year, *value, *length)
    {
        let year = Token::Number { value: year + 1, length: 4, point: false };
        return (true, [year].into_iter().chain(after.iter().cloned()).collect());
    }
    if let [
        before @ ..,
        Token::Number { value: year, length: 4, .. },
        Token::Sign('/' | '-'),
        Token::Number { value, length, point },
    ] = tokens
        && !before.is_empty()
        && !matches!(before, [.., Token::Sign(_)])
        && is_next(*year, *value, *length)
    {
        let year = Token::Number { value: year + 1, length: 4, point: *point };
        return (true, before.iter().cloned().chain([year]).collect());
    }
    (false, tokens.to_vec())
}

fn day_of_week(tokens: Vec<Token>) -> (Option<u8>, Vec<Token>) {
    // "ce mardi 3 mai": what says nothing may come before it.
    let at = tokens.iter().position(|token| !token.means(Meaning::Filler)).unwrap_or(0);
    match tokens.get(at) {
        Some(Token::Word(word)) if at + 1 < tokens.len() && weekday(word).is_some() => {
            (weekday(word), tokens[at + 1..].to_vec())
        }
        _ => (None, tokens),
    }
}

/// A date with the name of its month, or a year alone.
fn named(tokens: &[Token]) -> Option<Part> {
    let is_sign = |token: &Token| matches!(token, Token::Sign('/' | '-'));
    let part = match tokens {
        // "03-May-1848", "1540-marzo-15", "May/1848": the signs divide what the name of the month holds together.
        [one, sign, Token::Month(month), other, two] if is_sign(sign) && sign == other => {
            return named(&[one.clone(), Token::Month(*month), two.clone()]).filter(|part| part.year.is_some());
        }
        [month @ Token::Month(_), sign, last] if is_sign(sign) && year(last).is_some() => {
            return named(&[month.clone(), last.clone()]);
        }
        [one] => match (year(one), day(one)) {
            (Some(year), _) => Part::of_year(year),
            (None, Some(day)) => Part { day: Some(day), ..Part::default() },
            (None, None) => Part { month: Some(month(one)?), ..Part::default() },
        },
        [one, two] => match (month(one), month(two)) {
            (Some(month), None) => match (year(two), day(two)) {
                (Some(year), _) => Part::new(year, month, None),
                (None, day) => Part { month: Some(month), day: Some(day?), ..Part::default() },
            },
            (None, Some(month)) => match (year(one), day(one)) {
                (Some(year), _) => Part::new(year, month, None),
                (None, day) => Part { month: Some(month), day: Some(day?), ..Part::default() },
            },
            // The end of "May 3 to 9, 1848".
            (None, None) if !matches!(one, Token::Number { point: true, .. }) => {
                Part { year: Some(year(two)?), day: Some(day(one)?), ..Part::default() }
            }
            _ => return None,
        },
        [one, two, three] => match (month(one), month(two)) {
            (None, Some(month)) => match (day(one), year(three)) {
                (Some(day), Some(year)) => Part::new(year, month, Some(day)),
                _ => Part::new(year(one)?, month, Some(day(three)?)),
            },
            (Some(month), None) => Part::new(year(three)?, month, Some(day(two)?)),
            _ => return None,
        },
        _ => return None,
    };
    Some(part)
}

/// A day whose second hyphen is missing: "1564-07 11".
fn with_one_sign(tokens: &[Token]) -> Option<Part> {
    let [first, Token::Sign('-' | '/'), second, third] = tokens else { return None };
    let month = Some(second).filter(|it| is_of_two(it)).and_then(number).and_then(|it| u8::try_from(it).ok())?;
    let day = Some(third).filter(|it| is_of_two(it)).and_then(day)?;
    (1..=12).contains(&month).then_some(Part::new(year(first)?, month, Some(day)))
}

/// A date all in figures: who writes points puts the day first; between slashes and hyphens either may come first.
fn in_figures(tokens: &[Token]) -> Readings {
    let point = |token: &Token| matches!(token, Token::Number { point: true, .. });
    let parts: Vec<&Token> = tokens.iter().filter(|token| !matches!(token, Token::Sign('/' | '-'))).collect();
    let signs = tokens.len() - parts.len();
    let mut kinds = tokens.iter().filter(|token| matches!(token, Token::Sign(_)));
    let first_sign = kinds.next();
    // "1558-08/09" is two months, and no day.
    let are_mixed = kinds.any(|sign| Some(sign) != first_sign) || parts.len() == 3 && signs == 1;
    let has_points = parts.first().is_some_and(|first| point(first));
    if let Some(part) = with_one_sign(tokens) {
        return vec![part];
    }
    let ends_in_sign = matches!(tokens, [Token::Sign(_), ..] | [.., Token::Sign(_)]);
    if are_mixed || ends_in_sign || signs > 2 || (has_points && signs > 0) {
        return Vec::new();
    }
    let small = |token: &Token| {
        number(token).filter(|number| (1..=99).contains(number)).and_then(|number| u8::try_from(number).ok())
    };
    let parts = match parts.as_slice() {
        [one, two, three] => match (year(one), year(three)) {
            (Some(year), None) => {
                let month = small(two).or_else(|| numeral(two).and_then(|month| u8::try_from(month).ok()));
                month.zip(small(three)).map(|(month, day)| vec![Part::new(year, month, Some(day))])
            }
            (None, Some(year)) => match (numeral(two).filter(|_| number(two).is_none()), small(one).zip(small(two))) {
                (Some(month), _) => {
                    small(one).zip(u8::try_from(month).ok()).map(|(day, month)| vec![Part::new(year, month, Some(day))])
                }
                (None, Some((first, second))) if has_points => Some(vec![Part::new(year, second, Some(first))]),
                (None, Some((first, second))) => {
                    Some(vec![Part::new(year, second, Some(first)), Part::new(year, first, Some(second))])
                }
                (None, None) => None,
            },
            _ => None,
        },
        [one, two] => match (year(one), year(two)) {
            (None, Some(year)) if signs == 1 => {
                let month = small(one).or_else(|| numeral(one).and_then(|month| u8::try_from(month).ok()));
                month.map(|month| vec![Part::new(year, month, None)])
            }
            // 1701-03 can be years too.
            (Some(year), None) if signs == 1 && is_of_two(two) => {
                let month = small(two).filter(|month| u32::from(*month) <= year % 100);
                month.map(|month| vec![Part::new(year, month, None)])
            }
            (None, None) if has_points && signs == 0 => small(one)
                .zip(small(two))
                .map(|(day, month)| vec![Part { month: Some(month), day: Some(day), ..Part::default() }]),
            _ => None,
        },
        _ => None,
    };
    let mut parts = parts.unwrap_or_default();
    parts.retain(|part| part.month.is_none_or(|month| month <= 12) && part.day.is_none_or(|day| day <= 31));
    parts.dedup();
    parts
}

/// The days of the feast that all tokens but the year name.
fn feast(tokens: &[Token]) -> Readings {
    let Some((at, year)) = tokens.iter().enumerate().find_map(|(at, token)| Some((at, year(token)?))) else {
        return Vec::new();
    };
    if at > 0 && at + 1 < tokens.len() {
        return Vec::new();
    }
    let name = if at == 0 { &tokens[1..] } else { &tokens[..at] };
    feasts::fixed(name).into_iter().map(|(month, day)| Part::new(year, month, Some(day))).collect()
}

fn is_of_two(token: &Token) -> bool {
    matches!(token, Token::Number { length: 2, .. })
}
