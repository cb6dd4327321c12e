//! Days that are counted from another: the day after a feast, the Sunday before one.

use super::months::weekday;
use super::readings::readings;
use super::reckoning::{Reckoning, day_of_week, days};
use super::tokens::Token;
use super::words::Meaning;
use crate::model::{Date, Original};

/// Why a day of the week is not reckoned.
const UNSAID: &str = "which day of the week a day was depends on the calendar, and nothing says which one it is in";
/// Why a day before or after another is not.
const UNKNOWN: &str = "it is a day that is counted from another, and that is no single day that is known";

/// The day that is counted from another one, or why it is not reckoned; nothing where the tokens count none.
pub(super) fn date(tokens: &[Token], reckoning: Reckoning) -> Option<Result<Date, &'static str>> {
    let (reckoning, tokens) = reckoning.take(tokens);
    let is_side = |token: &Token| token.means(Meaning::Before) || token.means(Meaning::After);
    let at = tokens.iter().position(is_side).filter(|at| *at > 0)?;
    let (counted, base) = (&tokens[..at], &tokens[at + 1..]);
    let number = |token: &Token| match token {
        Token::Word(word) => weekday(word),
        _ => None,
    };
    let plain: Vec<&Token> = counted.iter().filter(|token| !token.means(Meaning::Filler)).collect();
    let of_week = match plain.as_slice() {
        [] if counted.iter().any(|token| token.means(Meaning::Day)) => None,
        [token] if token.means(Meaning::Day) => None,
        [token] => Some(number(token)?),
        _ => return None,
    };
    Some(day(base, tokens[at].means(Meaning::After), of_week, reckoning))
}

fn day(base: &[Token], is_after: bool, of_week: Option<u8>, reckoning: Reckoning) -> Result<Date, &'static str> {
    if of_week.is_some() && reckoning == Reckoning::Unsaid {
        return Err(UNSAID);
    }
    let readings = readings(base);
    let [part] = readings.as_slice() else { return Err(UNKNOWN) };
    let known = reckoning.date(part).filter(|_| part.day.is_some() && part.sureness.is_sure());
    let known = known.as_ref().and_then(|date| Some((date, days(date)?))).filter(|(_, (first, last))| first == last);
    let (date, (first, _)) = known.ok_or(UNKNOWN)?;
    let number = Date::number_of(first).ok_or(UNKNOWN)?;
    let step = if is_after { 1 } else { -1 };
    let found = (1..=7).map(|count| number + step * count).find(|day| of_week.is_none_or(|of| day_of_week(*day) == of));
    let day = Date::parse(&Date::day_of(found.ok_or(UNKNOWN)?)).map_err(|_| UNKNOWN)?;
    let original =
        date.original.as_ref().map(|original| Box::new(Original { calendar: original.calendar, date: None }));
    Ok(Date { original, ..day })
}
