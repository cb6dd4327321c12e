//! What was probably meant by a text that is no date for certain, in EDTF.

use super::months::weekday;
use super::order::settled;
use super::part::{self, numeral, with_unspecified};
use super::readings::dual_year;
use super::reckoning::{Reckoning, in_calendar, why_not_read};
use super::tokens::{Token, tokens};
use super::words::{Meaning, Sureness};
use super::{Manner, WrittenDate, counted, dates, figures, phrases, ranges, read_in};
use crate::model::{Date, DateOrder};

/// The days that the Roman calendar counts from, which are not reckoned.
const ROMAN_DAYS: [&str; 11] =
    ["kal", "kalendas", "kalendis", "cal", "calendas", "non", "nonas", "nonis", "id", "idus", "idibus"];
/// Words for the time before the common era.
const BEFORE_CHRIST: [&str; 6] = ["bc", "bce", "chr", "christus", "christo", "christi"];

/// The EDTF that was probably meant by a text that is no date for certain; nothing where its words say that it is another.
pub(in crate::input) fn probably(text: &str, manner: impl Into<Manner>) -> Option<String> {
    let manner = manner.into();
    let reckoning = Reckoning::of(manner.calendar);
    let beside = figures::known_parts(text).map(Some).or_else(|| of_another(text, manner));
    if let Some(known) = beside {
        return known;
    }
    let text = figures::before_clock(text).unwrap_or(text);
    let tokens =
        tokens(text).map(phrases::plain).or_else(|| without_strange_signs(text)).unwrap_or_else(|| figures_alone(text));
    if contradicts(&tokens) || why_not_read(&tokens).is_some() || counted::date(&tokens, reckoning).is_some() {
        return None;
    }
    let tokens = manner.order.map_or_else(|| tokens.clone(), |order| settled(&tokens, order));
    let names_weekday = |token: &Token| matches!(token, Token::Word(word) if weekday(word).is_some());
    let is_known = |token: &&Token| !token.is_strange() && !token.means(Meaning::PartOf) && !names_weekday(token);
    let known: Vec<Token> = tokens.iter().filter(is_known).cloned().collect();
    let with_numerals: Vec<Token> =
        tokens.iter().filter(|token| is_known(token) || numeral(token).is_some()).cloned().collect();
    // Days before the Kalends of a month are mostly those of the month before it.
    let is_roman = tokens.iter().any(|token| matches!(token, Token::Word(word) if ROMAN_DAYS.contains(&word.as_str())));
    let first = |tokens: &[Token]| dates(tokens, reckoning).into_iter().next().and_then(|date| date.edtf);
    let whole = || {
        let unsigned = || {
            let unsigned = known.iter().filter(|token| {
                **token != Token::Sign('?') && !token.means(Meaning::Doubt) && !token.means(Meaning::About)
            });
            first(&unsigned.cloned().collect::<Vec<_>>())
        };
        first(&with_numerals)
            .or_else(|| first(&known))
            .or_else(|| first(&settled(&known, DateOrder::MonthFirst)))
            .or_else(unsigned)
    };
    let is_side = |token: &Token| {
        [Meaning::Before, Meaning::After, Meaning::Since, Meaning::Not, Meaning::Between]
            .into_iter()
            .any(|meaning| token.means(meaning))
    };
    // Of what was before or after something that is not known, its year is not what is meant.
    let side = tokens.iter().position(is_side);
    if side.is_some_and(|side| tokens[side..].iter().any(|token| token.is_strange() && !names_weekday(token))) {
        return None;
    }
    let date = if is_roman { None } else { whole() };
    if date.is_none() && !is_roman && side.is_some() {
        return None;
    }
    let rest = || {
        let rest = month_or_year(&tokens, text, is_roman)?;
        in_calendar(&rest, reckoning.other_calendar())?.edtf
    };
    let probable = date.or_else(rest)?;
    let has_sign = probable.contains(['~', '?', '%', '[', '{', '/', 'X']);
    let is_of_other_weekday = probable.len() == 10 && tokens.iter().any(names_weekday);
    // What the text says of its doubt holds for what is left of it too.
    let said = Sureness::take_within(&tokens).0;
    let said = Sureness { about: said.about || is_roman, doubt: said.doubt || is_of_other_weekday };
    Some(if has_sign { probable } else { format!("{probable}{}", said.sign()) })
}

/// What was probably meant by a text that has another date in it; nothing where it has none.
fn of_another(text: &str, manner: Manner) -> Option<Option<String>> {
    if let Some(end) = ranges::end_of_unknown(text) {
        let open = probably(end, manner).map(|end| format!("/{end}"));
        return Some(open.filter(|edtf| Date::parse(edtf).is_ok()));
    }
    let (before, after) = phrases::around_that_is(text)?;
    Some(put_right(before, after, manner))
}

/// The date behind the words that put another one right: where it is only a year, with the day of that.
fn put_right(before: &str, after: &str, manner: Manner) -> Option<String> {
    let known = |text: &str| match read_in(text.trim_matches([' ', ',', '[', ']', '(', ')']), manner) {
        WrittenDate::Date(date) => date.edtf,
        _ => probably(text, manner),
    };
    let found = known(after)?;
    let is_year = found.len() == 4 && found.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = known(before).filter(|wrong| is_year && wrong.len() > 4 && Date::parse(&wrong[..4]).is_ok());
    let joined = wrong.map(|wrong| format!("{found}{}", &wrong[4..])).filter(|joined| Date::parse(joined).is_ok());
    Some(joined.unwrap_or(found))
}

/// The month, or else the year, of which there is only one among the tokens.
fn month_or_year(tokens: &[Token], text: &str, is_roman: bool) -> Option<String> {
    // January 1748/9 is of the later year.
    let (_, tokens) = dual_year(tokens);
    let year_of = |token: &Token| match token {
        Token::Number { value, length: 4, .. } if *value > 0 => Some((*value, 0)),
        Token::DamagedYear { value, places } => Some((*value, *places)),
        _ => None,
    };
    let years: Vec<(u32, u8)> = tokens.iter().filter_map(year_of).collect();
    // Of two years nothing says which is meant.
    let year = Some(years.as_slice()).filter(|years| years.len() == 1).map(|years| years[0]);
    let month = || {
        let (year, places) = year.filter(|_| !is_roman)?;
        let mut months = tokens.iter().filter_map(part::month);
        let month = months.next().filter(|first| months.all(|other| other == *first))?;
        Some(format!("{}-{month:02}", with_unspecified(year, places)))
    };
    // A day that no month has: the month.
    let in_figures = || {
        let (month, rest) = (text.get(..7)?, text.get(7..)?);
        (rest.starts_with('-') && !rest.contains('/') && Date::parse(month).is_ok_and(|date| date.earliest.is_some()))
            .then(|| month.to_owned())
    };
    // "5.1848": there is no day that the first figures could be of.
    let before_year = || match tokens.as_slice() {
        [Token::Number { value: month @ 1..=12, point: true, .. }, last] => {
            part::year(last).map(|year| format!("{year:04}-{month:02}"))
        }
        _ => None,
    };
    month()
        .or_else(in_figures)
        .or_else(before_year)
        .or_else(|| year.map(|(year, places)| with_unspecified(year, places)))
}

/// Whether words say that something was not when its figures say.
fn contradicts(tokens: &[Token]) -> bool {
    let says = |meaning: Meaning| tokens.iter().any(|token| token.means(meaning));
    let is_side =
        |token: Option<&Token>| token.is_some_and(|token| token.means(Meaning::Before) || token.means(Meaning::After));
    let is_denied = (0..tokens.len()).any(|at| tokens[at].means(Meaning::Not) && !is_side(tokens.get(at + 1)));
    let is_either = says(Meaning::Before) && says(Meaning::After) && says(Meaning::Or);
    let is_before_christ =
        tokens.iter().any(|token| matches!(token, Token::Word(word) if BEFORE_CHRIST.contains(&word.as_str())));
    is_denied || is_either || is_before_christ
}

/// The tokens of a text with signs that no date has, or words with figures in them, without these.
fn without_strange_signs(text: &str) -> Option<Vec<Token>> {
    let words = text.split([' ', ';', ':', '"', '=', '|', '*', '+', '!']).filter(|word| !word.is_empty());
    let known = words.map(|word| if tokens(word).is_some() { word } else { "…" });
    let tokens = tokens(&known.collect::<Vec<_>>().join(" ")).map(phrases::plain)?;
    tokens.iter().any(|token| part::year(token).is_some()).then_some(tokens)
}

/// The first two years of four figures in a text that is too long for a date, or has signs that no date has.
fn figures_alone(text: &str) -> Vec<Token> {
    let runs = text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| run.len() == 4);
    let years = runs.filter_map(|run| run.parse().ok()).map(|value| Token::Number { value, length: 4, point: false });
    years.take(2).chain([Token::Word(String::new())]).collect()
}
