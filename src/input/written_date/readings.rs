//! What tokens say that are one date, or a part of one, without the words that put it before, after or between others.

use super::feasts;
use super::months::weekday;
use super::part::{Part, day, long_year, month, number, numeral, year};
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
    let (dual, tokens) = dual_year(tokens);
    let (weekday, mut tokens) = day_of_week(tokens);
    // A day or a month in Roman figures is a word until its place tells.
    let says = |token: &Token| {
        !token.means(Meaning::Filler) || numeral(token).is_some_and(|number| (2..=31).contains(&number))
    };
    tokens.retain(says);
    let mut readings = named(&tokens).map_or_else(|| in_figures(&tokens), |part| vec![part]);
    if readings.is_empty() {
        readings.extend(feast(&tokens));
    }
    // A month from April on is of one year however years begin.
    readings.retain(|part| {
        !dual || part.month.is_some_and(|month| month < 3 || month == 3 && part.day.is_none_or(|day| day < 25))
    });
    for part in &mut readings {
        (part.sureness, part.is_dual, part.weekday) = (sureness, dual, weekday);
    }
    readings
}

/// The tokens with the later one of two years for one: 1668/9, 1668/69, 1668/1669.
fn dual_year(tokens: &[Token]) -> (bool, Vec<Token>) {
    if let [
        before @ ..,
        Token::Number { value: year, length: 4, .. },
        Token::Sign('/' | '-'),
        Token::Number { value, length, point },
    ] = tokens
        && !before.is_empty()
        && !matches!(before, [.., Token::Sign(_)])
        && *length != 3
        && *value == (year + 1) % 10_u32.pow(u32::try_from(*length).unwrap_or(4).min(4))
    {
        let year = Token::Number { value: year + 1, length: 4, point: *point };
        return (true, before.iter().cloned().chain([year]).collect());
    }
    (false, tokens.to_vec())
}

fn day_of_week(tokens: Vec<Token>) -> (Option<u8>, Vec<Token>) {
    match tokens.split_first() {
        Some((Token::Word(word), rest)) if !rest.is_empty() && weekday(word).is_some() => {
            (weekday(word), rest.to_vec())
        }
        _ => (None, tokens),
    }
}

/// A date with the name of its month, or a year alone.
fn named(tokens: &[Token]) -> Option<Part> {
    let part = match tokens {
        [one] => match (year(one), day(one)) {
            (Some(year), _) => Part::of_year(year),
            (None, Some(day)) => Part { day: Some(day), ..Part::default() },
            (None, None) => Part { month: Some(month(one)?), ..Part::default() },
        },
        [one, two] => match (month(one), month(two)) {
            (Some(month), None) => match (long_year(two), day(two)) {
                (Some(year), _) => Part::new(year, month, None),
                (None, day) => Part { month: Some(month), day: Some(day?), ..Part::default() },
            },
            (None, Some(month)) => match (long_year(one), day(one)) {
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
            (None, Some(month)) => match (day(one), long_year(three)) {
                (Some(day), Some(year)) => Part::new(year, month, Some(day)),
                _ => Part::new(year(one)?, month, Some(day(three)?)),
            },
            (Some(month), None) => Part::new(long_year(three)?, month, Some(day(two)?)),
            _ => return None,
        },
        _ => return None,
    };
    Some(part)
}

/// A date all in figures: who writes points puts the day first; between slashes and hyphens either may come first.
fn in_figures(tokens: &[Token]) -> Readings {
    let point = |token: &Token| matches!(token, Token::Number { point: true, .. });
    let parts: Vec<&Token> = tokens.iter().filter(|token| !matches!(token, Token::Sign('/' | '-'))).collect();
    let signs = tokens.len() - parts.len();
    let has_points = parts.first().is_some_and(|first| point(first));
    let ends_in_sign = matches!(tokens, [Token::Sign(_), ..] | [.., Token::Sign(_)]);
    if ends_in_sign || signs > 2 || (has_points && signs > 0) {
        return Vec::new();
    }
    let small = |token: &Token| {
        number(token).filter(|number| (1..=99).contains(number)).and_then(|number| u8::try_from(number).ok())
    };
    let parts = match parts.as_slice() {
        [one, two, three] => match (year(one), year(three)) {
            (Some(year), None) => {
                small(two).zip(small(three)).map(|(month, day)| vec![Part::new(year, month, Some(day))])
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
            (None, Some(year)) if signs == 1 => small(one).map(|month| vec![Part::new(year, month, None)]),
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

fn feast(tokens: &[Token]) -> Option<Part> {
    let (at, year) = tokens.iter().enumerate().find_map(|(at, token)| Some((at, year(token)?)))?;
    if at > 0 && at + 1 < tokens.len() {
        return None;
    }
    let name = if at == 0 { &tokens[1..] } else { &tokens[..at] };
    let (month, day) = feasts::fixed(name)?;
    Some(Part::new(year, month, Some(day)))
}

fn is_of_two(token: &Token) -> bool {
    matches!(token, Token::Number { length: 2, .. })
}
