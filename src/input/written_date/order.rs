//! Dates all in figures with the year last, in which the day or the month can come first.

use super::part::number;
use super::tokens::Token;
use crate::model::DateOrder;

/// The day and the month that two figures before a year are, where it is known which comes first: as the tokens of a date
/// that names its month. What can only be the other way round is left as it is.
pub(super) fn settled(tokens: &[Token], order: DateOrder) -> Vec<Token> {
    let mut settled = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        if let Some((one, two, length)) = figures(rest, settled.last()) {
            let (day, month) = match order {
                DateOrder::DayFirst => (one, two),
                DateOrder::MonthFirst => (two, one),
            };
            if let Some(month) = u8::try_from(month).ok().filter(|month| (1..=12).contains(month) && day <= 31) {
                settled.push(Token::Number { value: day, length: 2, point: false });
                settled.push(Token::Month(month));
                rest = &rest[length..];
                continue;
            }
        }
        settled.push(first.clone());
        rest = after;
    }
    settled
}

/// Whether two figures with points before a year can be a day and a month in either order.
pub(super) fn has_unclear_points(tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| {
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        matches!(tokens[at], Token::Number { point: true, .. })
            && figures(&tokens[at..], before).is_some_and(|(one, two, _)| one != two && one <= 12 && two <= 12)
    })
}

/// The two figures at the beginning of tokens behind which a year comes, and how many tokens they are with the signs behind
/// them. `before` is what stands before them.
fn figures(tokens: &[Token], before: Option<&Token>) -> Option<(u32, u32, usize)> {
    let is_sign = |token: &Token| matches!(token, Token::Sign('/' | '-'));
    let small = |token: &Token| number(token).filter(|number| *number > 0);
    let is_year = |token: Option<&Token>| matches!(token, Some(Token::Number { length: 4, .. }));
    if before.is_some_and(|before| matches!(before, Token::Number { .. })) {
        return None;
    }
    match tokens {
        [one @ Token::Number { point: true, .. }, two @ Token::Number { point: true, .. }, rest @ ..] => {
            // Behind a first end of two there need be no year.
            let has_year =
                is_year(rest.first()) || !matches!(rest.first(), Some(Token::Number { .. } | Token::Month(_)));
            has_year.then_some(())?;
            Some((small(one)?, small(two)?, 2))
        }
        [one, sign, two, other, year, ..] if is_sign(sign) && sign == other && is_year(Some(year)) => {
            Some((small(one)?, small(two)?, 4))
        }
        _ => None,
    }
}

/// Whether a cell may have a date in figures with points, in which the month can come first.
pub(crate) fn has_points(cell: &str) -> bool {
    cell.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_digit() && pair[1] == b'.').count() > 1
}

/// What a cell of a column shows of the order of days and months in it: a date that can have only one.
pub(crate) fn shown_by(cell: &str) -> Option<(DateOrder, char)> {
    let cell = cell.trim();
    let sign = cell.chars().find(|sign| !sign.is_ascii_digit()).filter(|sign| "./-".contains(*sign))?;
    let parts: Vec<&str> = cell.split(sign).map(str::trim).collect();
    let [one, two, year] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (number(one)?, number(two)?) {
        (13..=31, 1..=12) => Some((DateOrder::DayFirst, sign)),
        (1..=12, 13..=31) => Some((DateOrder::MonthFirst, sign)),
        _ => None,
    }
}
