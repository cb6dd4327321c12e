//! Years of which figures are missing: `184?`, `18--`, `184[?]`; and figures that are a year only because a word says so.

use super::tokens::Token;

/// What stands for a figure that nobody can read.
const UNREAD: [char; 8] = ['-', '?', 'x', 'X', '*', '_', '.', 'u'];
/// The words before a year of three figures, in normal form.
const YEAR_WORDS: [&str; 9] = ["ad", "anno", "domini", "iahr", "iahre", "iaar", "annee", "year", "roku"];

/// A year at the beginning of a text whose last figures are missing, and how many bytes it has. `digits` are the figures
/// that are there.
pub(super) fn year(text: &str, digits: &str) -> Option<(Token, usize)> {
    let places = match digits.len() {
        2 => 2,
        3 => 1,
        _ => return None,
    };
    // Nobody writes of years from 2100 on.
    let first: u32 = digits[..2].parse().ok()?;
    if !(10..=20).contains(&first) {
        return None;
    }
    let rest = &text[digits.len()..];
    let bracket = rest.chars().next().filter(|sign| "[(<".contains(*sign));
    let inner = &rest[bracket.map_or(0, char::len_utf8)..];
    let sign = inner.chars().next().filter(|sign| UNREAD.contains(sign))?;
    let run = inner.chars().take_while(|next| *next == sign).count();
    let after = &inner[run..];
    let closed = match bracket {
        Some(_) => after.strip_prefix([']', ')', '>'])?,
        None => after,
    };
    let ends = !closed.starts_with(|next: char| next.is_alphanumeric() || next == sign);
    // A point behind three figures is missing one only where nothing follows; two figures and points can be a day.
    let is_point = sign == '.' && (places == 2 || !closed.trim().is_empty()) && bracket.is_none();
    if run != places || !ends || is_point {
        return None;
    }
    let value = digits.parse::<u32>().ok()? * 10_u32.pow(u32::try_from(places).ok()?);
    let token = Token::DamagedYear { value, places: u8::try_from(places).ok()? };
    Some((token, text.len() - closed.len()))
}

/// Makes years of three figures behind a word for it; a sign of doubt there is one, and no figure.
pub(super) fn settle(tokens: &mut [Token]) {
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
