//! The words, figures and signs of a date as people write it.

use super::damaged;
use super::months::{is_polish_month, month, numbered_month, republican_month, season};
use super::spelling::normal;

/// A part of a written date that means something of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Figures: their value, how many there are, and whether a point stands behind them.
    Number { value: u32, length: usize, point: bool },
    /// The figures of a day with what makes an ordinal number of it.
    Ordinal(u32),
    /// Ten years, by the first of them: 1840s.
    Decade(u32),
    /// A year of which the last figures are missing, with noughts for them, and how many they are: 184?, 18--.
    DamagedYear { value: u32, places: u8 },
    /// A month of the common calendar.
    Month(u8),
    /// A season, as EDTF numbers them: from 21, the spring, to 24, the winter.
    Season(u8),
    /// A month of the French Republican calendar.
    RepublicanMonth(u8),
    /// Any other word, in its normal form.
    Word(String),
    /// A hyphen or dash, a slash, a question mark, a tilde.
    Sign(char),
}

/// What makes an ordinal number of a day's figures, in normal form.
const ORDINALS: &[&str] =
    &["st", "nd", "rd", "th", "d", "e", "er", "ter", "ten", "tem", "ste", "o", "a", "º", "°", "go", "ma", "mo"];
/// What makes a decade of the figures of its first year.
const DECADES: &[&str] = &["s", "er", "ern", "'s", "’s"];

/// The words before a year of three figures, in normal form.
const YEAR_WORDS: [&str; 9] = ["ad", "anno", "domini", "iahr", "iahre", "iaar", "annee", "year", "roku"];

/// What stands behind a year of this era, as the words of it beside each other, in normal form.
const ERAS: [&str; 22] = [
    "ad",
    "a d",
    "anno domini",
    "ce",
    "c e",
    "n chr",
    "n christus",
    "nach chr",
    "nach christus",
    "n u z",
    "ap i c",
    "apr i c",
    "apres i c",
    "d c",
    "dc",
    "dopo cristo",
    "despues de cristo",
    "na chr",
    "na christus",
    "p chr",
    "n e",
    "po chr",
];

/// The longest text that can be a date.
pub(super) const LONGEST: usize = 120;

/// Divides a text into its tokens; nothing where it holds a sign that no date has.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.len() > LONGEST {
        return None;
    }
    let text = without_inner_brackets(text)?;
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '0'..='9' => {
                let (token, length) = figures(rest)?;
                tokens.push(token);
                length
            }
            _ if first.is_alphabetic() => {
                let length = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
                tokens.push(word(&rest[..length]));
                length
            }
            '-' | '–' | '—' | '‑' | '−' => {
                tokens.push(Token::Sign('-'));
                first.len_utf8()
            }
            '/' | '?' | '~' => {
                tokens.push(Token::Sign(first));
                1
            }
            '&' => {
                tokens.push(Token::Word("&".to_owned()));
                1
            }
            '.' | ',' | '[' | ']' | '(' | ')' | '<' | '>' | '{' | '}' | '\'' | '’' | '…' => first.len_utf8(),
            _ if first.is_whitespace() => first.len_utf8(),
            _ => return None,
        };
        rest = &rest[length..];
    }
    settle_years(&mut tokens);
    settle_era(&mut tokens);
    settle_polish(&text, &mut tokens);
    Some(tokens)
}

/// Makes "until" of the Polish word for it, which is short for a day of the week in German and Dutch, beside a Polish month.
fn settle_polish(text: &str, tokens: &mut [Token]) {
    let until = Token::Word("do".to_owned());
    if tokens.contains(&until) && text.split(|letter: char| !letter.is_alphabetic()).any(is_polish_month) {
        tokens.iter_mut().filter(|token| **token == until).for_each(|token| *token = Token::Word("until".to_owned()));
    }
}

/// Makes a year of three figures, or of four, before the words for this era that end a date: 850 AD; these say no more.
fn settle_era(tokens: &mut Vec<Token>) {
    let is_year = |token: &Token| matches!(token, Token::Number { length: 3..=4, .. });
    let Some(at) = tokens.iter().rposition(is_year) else { return };
    let words = tokens[at + 1..].iter().filter(|token| **token != Token::Sign('-')).map(|token| match token {
        Token::Word(word) => Some(word.as_str()),
        _ => None,
    });
    let Some(words) = words.collect::<Option<Vec<&str>>>() else { return };
    if ERAS.contains(&words.join(" ").as_str()) {
        tokens.truncate(at + 1);
        if let Token::Number { length, .. } = &mut tokens[at] {
            *length = 4;
        }
    }
}

/// Makes years of three figures behind a word for it; a sign of doubt there is one, and no figure.
fn settle_years(tokens: &mut [Token]) {
    for at in 1..tokens.len() {
        let is_said = match &tokens[at - 1] {
            Token::Word(word) if word == "d" => at > 1 && tokens[at - 2] == Token::Word("a".to_owned()),
            Token::Word(word) => YEAR_WORDS.contains(&word.as_str()),
            _ => false,
        };
        match &mut tokens[at] {
            Token::Number { length, .. } if is_said && *length == 3 => *length = 4,
            damaged @ Token::DamagedYear { places: 1, .. } if is_said => *damaged = Token::Word(String::new()),
            _ => {}
        }
    }
}

/// Takes out brackets between figures: 18[48]. Only a whole year is written so for certain.
fn without_inner_brackets(text: &str) -> Option<String> {
    if !text.contains(['[', '(', '<']) {
        return Some(text.to_owned());
    }
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let is_inner = |at: usize| at > 0 && "[](){}<>".contains(letters[at]) && is_digit(at - 1) && is_digit(at + 1);
    let joined: String = (0..letters.len()).filter(|at| !is_inner(*at)).map(|at| letters[at]).collect();
    if joined.len() == text.len() {
        return Some(joined);
    }
    let runs = joined.split(|letter: char| !letter.is_ascii_digit());
    let has_year = runs.filter(|run| run.len() > 2).all(|run| run.len() == 4);
    let has_year_to_join = (0..letters.len()).filter(|at| is_inner(*at)).all(|at| {
        let before = letters[..at].iter().rev().take_while(|letter| letter.is_ascii_digit() || "[]".contains(**letter));
        let after = letters[at..].iter().take_while(|letter| letter.is_ascii_digit() || "[]".contains(**letter));
        before.chain(after).filter(|letter| letter.is_ascii_digit()).count() == 4
    });
    (has_year && has_year_to_join).then_some(joined)
}

/// Figures with what is written behind them without a blank, and how many bytes they have.
fn figures(text: &str) -> Option<(Token, usize)> {
    let length = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(length);
    let value = digits.parse::<u32>().ok()?;
    if let Some((value, places, length)) = damaged::year(text, digits) {
        return Some((Token::DamagedYear { value, places }, length));
    }
    if rest.starts_with('.') {
        return Some((Token::Number { value, length, point: true }, length + 1));
    }
    let is_of_ending = |sign: char| sign.is_alphabetic() || "º°".contains(sign);
    let apostrophe = rest.chars().next().filter(|sign| "'’".contains(*sign)).map_or(0, char::len_utf8);
    let after = &rest[apostrophe..];
    let ending_length = after.find(|sign: char| !is_of_ending(sign)).unwrap_or(after.len());
    let ending = &rest[..apostrophe + ending_length];
    if ending_length == 0 {
        return Some((Token::Number { value, length, point: false }, length));
    }
    let whole = length + ending.len();
    let written = normal(ending);
    if let Some(month) = numbered_month(digits, &written) {
        return Some((Token::Month(month), whole));
    }
    if length == 4 && value % 10 == 0 && DECADES.contains(&written.as_str()) {
        return Some((Token::Decade(value), whole));
    }
    let is_day = length <= 2 && (ORDINALS.contains(&written.as_str()) || ending == "º" || ending == "°");
    is_day.then_some((Token::Ordinal(value), whole))
}

fn word(written: &str) -> Token {
    let word = normal(written);
    if let Some(month) = month(&word) {
        return Token::Month(month);
    }
    if let Some(season) = season(&word) {
        return Token::Season(season);
    }
    republican_month(&word).map_or(Token::Word(word), Token::RepublicanMonth)
}
