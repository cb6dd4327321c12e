//! What identifiers of authority files look like, and their check digits.

use std::ops::RangeInclusive;

/// Why a text is no identifier of an authority file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing stands where the identifier should.
    Missing,
    /// It does not have the form.
    Form,
    /// It has the form, and its check digit is that of another.
    CheckDigit,
}

/// A number of so many digits, of which the first is not 0.
pub(super) fn number(id: &str, lengths: &[RangeInclusive<usize>]) -> Result<(), Fault> {
    let is_long_enough = lengths.iter().any(|length| length.contains(&id.len()));
    form(is_long_enough && !id.starts_with('0') && digits(id))
}

/// A number of the GND: for persons, works and newer entries nine or ten digits; for subjects and bodies that are older,
/// up to eight digits, a hyphen and the check digit. Both sum the digits, the last times 2, the one before times 3 and so
/// on, modulo 11; the first kind has what is missing to 11, the second the remainder itself, and X stands for 10.
pub(super) fn gnd(id: &str) -> Result<(), Fault> {
    let Some((before, check)) = last_apart(id) else { return Err(Fault::Form) };
    let (number, has_hyphen) = before.strip_suffix('-').map_or((before, false), |number| (number, true));
    let lengths = if has_hyphen { 1..=8 } else { 8..=9 };
    // No number of the GND begins with 0: with one before it, another would have the check digit of this.
    form(lengths.contains(&number.len()) && digits(number) && !number.starts_with('0') && is_check_digit(check))?;
    let sum: u32 = number.bytes().rev().zip(2..).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let remainder = if has_hyphen { sum % 11 } else { (11 - sum % 11) % 11 };
    check_digit(remainder, check)
}

/// An International Standard Name Identifier (ISO 27729): sixteen digits, of which the last can be X.
pub(super) fn isni(id: &str) -> Result<(), Fault> {
    let Some((number, check)) = last_apart(id) else { return Err(Fault::Form) };
    form(number.len() == 15 && digits(number) && is_check_digit(check))?;
    // ISO 7064, MOD 11-2.
    let sum = number.bytes().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    check_digit((12 - sum) % 11, check)
}

/// An ORCID: that of an ISNI in four groups.
pub(super) fn orcid(id: &str) -> Result<(), Fault> {
    form(id.len() == 19 && id.split('-').all(|group| group.len() == 4))?;
    isni(&id.replace('-', ""))
}

/// A number of the Library of Congress: a prefix of one to three letters, then eight or ten digits.
pub(super) fn lcnaf(id: &str) -> Result<(), Fault> {
    let number = id.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    form((1..=3).contains(&(id.len() - number.len())) && matches!(number.len(), 8 | 10) && digits(number))
}

/// An International Standard Identifier for Libraries (ISO 15511): a prefix of one to four letters, then up to eleven
/// letters, digits and marks.
pub(super) fn isil(id: &str) -> Result<(), Fault> {
    form(id.split_once('-').is_some_and(|(country, name)| {
        (1..=4).contains(&country.len())
            && country.bytes().all(|byte| byte.is_ascii_alphabetic())
            && (1..=11).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'/'))
    }))
}

fn form(is_right: bool) -> Result<(), Fault> {
    if is_right { Ok(()) } else { Err(Fault::Form) }
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_check_digit(text: &str) -> bool {
    text == "X" || digits(text)
}

/// A text without its last character, and that.
fn last_apart(id: &str) -> Option<(&str, &str)> {
    id.len().checked_sub(1).filter(|at| id.is_char_boundary(*at)).map(|at| id.split_at(at))
}

fn check_digit(expected: u32, written: &str) -> Result<(), Fault> {
    let is_right = if expected == 10 { written == "X" } else { written == expected.to_string() };
    if is_right { Ok(()) } else { Err(Fault::CheckDigit) }
}

#[cfg(test)]
mod tests {
    use super::{Fault, gnd};

    #[test]
    fn both_rules_of_the_gnd_are_known() {
        for id in ["118540238", "118529579", "4021477-1", "4066009-6"] {
            assert_eq!(gnd(id), Ok(()), "{id}");
        }
        for id in ["118540237", "11854023X", "4021477-2", "4066009-X"] {
            assert_eq!(gnd(id), Err(Fault::CheckDigit), "{id}");
        }
        for id in ["000000000", "0118540238", "", "X", "-1", "é", "40214771-12", "1185402381234"] {
            assert_eq!(gnd(id), Err(Fault::Form), "{id}");
        }
    }
}
