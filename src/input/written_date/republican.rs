//! Dates of the French Republican calendar, and centuries and decades: years that are counted otherwise.

use super::months::roman;
use super::part::{Part, day};
use super::tokens::Token;
use super::words::Meaning;
use crate::model::Date;

/// The calendar's name in the list of calendars.
pub(super) const REPUBLICAN: &str = "republican";
/// Words beside such a date that say nothing.
const FILLERS: &[&str] = &["iour", "iours", "republique", "francaise", "republik", "republic"];

/// A date of the Republican calendar, or a part of one; nothing where the tokens are none.
pub(super) fn part(tokens: &[Token]) -> Option<Part> {
    let has_month = tokens.iter().any(|token| matches!(token, Token::RepublicanMonth(_)));
    let is_filler = |token: &Token| match token {
        Token::Word(word) => {
            FILLERS.contains(&word.as_str()) || token.means(Meaning::Filler) || token.means(Meaning::Year)
        }
        _ => false,
    };
    let plain: Vec<&Token> = tokens.iter().filter(|token| !is_filler(token)).collect();
    let part = |year, month, day| Part { year, month, day, calendar: Some(REPUBLICAN), ..Part::default() };
    match plain.as_slice() {
        [one] if !has_month => {
            // "an II": figures alone are a year only behind this word.
            let [Token::Word(word), _, ..] = tokens.strip_prefix(&[Token::Word("l".to_owned())]).unwrap_or(tokens)
            else {
                return None;
            };
            (word == "an").then_some(())?;
            Some(part(Some(year(one)?), None, None))
        }
        [Token::RepublicanMonth(month)] => Some(part(None, Some(*month), None)),
        [Token::RepublicanMonth(month), one] => Some(part(Some(year(one)?), Some(*month), None)),
        [one, Token::RepublicanMonth(month)] => Some(part(None, Some(*month), Some(day(one)?))),
        [one, Token::RepublicanMonth(month), two] => Some(part(Some(year(two)?), Some(*month), Some(day(one)?))),
        _ => None,
    }
}

/// A year of the Republic, of which there were fourteen.
fn year(token: &Token) -> Option<u32> {
    let year = match token {
        Token::Number { value, length: 1..=2, .. } => Some(*value),
        Token::Word(word) => roman(word),
        _ => None,
    };
    year.filter(|year| (1..=14).contains(year))
}

/// Centuries and decades; more than one where the words can mean either.
pub(super) fn long_times(tokens: &[Token], sign: &str) -> Vec<Date> {
    let tokens: Vec<&Token> = tokens.iter().filter(|token| !token.means(Meaning::Filler)).collect();
    let edtf = match tokens.as_slice() {
        [Token::Decade(year)] => decade(*year, sign),
        // What is said of a choice of years has no sign in EDTF.
        [one, two] if sign.is_empty() => {
            let number = match (one.means(Meaning::Century), two.means(Meaning::Century)) {
                (true, false) => century(two),
                (false, true) => century(one),
                _ => None,
            };
            let years = number.map(|number| format!("[{:04}..{:04}]", (number - 1) * 100 + 1, number * 100));
            let decades = || match (one, two) {
                (Token::Word(word), Token::Number { value, length: 4, .. }) if DECADES.contains(&word.as_str()) => {
                    (value % 10 == 0).then(|| decade(*value, sign))
                }
                _ => None,
            };
            years.map(|years| vec![years]).or_else(decades).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    edtf.iter().filter_map(|edtf| Date::parse(edtf).ok()).collect()
}

/// Words before the first year of ten.
const DECADES: &[&str] = &["annees", "iaren", "anos"];

/// Ten years; where they begin a century, they can be all of it.
fn decade(year: u32, sign: &str) -> Vec<String> {
    let ten = format!("{:03}X{sign}", year / 10);
    if year.is_multiple_of(100) { vec![ten, format!("{:02}XX{sign}", year / 100)] } else { vec![ten] }
}

fn century(token: &Token) -> Option<u32> {
    let number = match token {
        Token::Number { value, length: 1..=2, .. } | Token::Ordinal(value) => Some(*value),
        Token::Word(word) => {
            ["eme", "e", "th", "o"].iter().find_map(|end| roman(word.strip_suffix(end)?)).or_else(|| roman(word))
        }
        _ => None,
    };
    number.filter(|number| (1..=21).contains(number))
}
