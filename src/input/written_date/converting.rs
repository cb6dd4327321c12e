//! EDTF in the figures of another calendar, as sources write it whose dates are all in that.

use crate::model::{Concept, Date, Original};

/// An expression of EDTF in the Gregorian calendar; nothing inside where it cannot be converted, and nothing at all where it
/// is no EDTF.
pub(super) fn date(text: &str, calendar: Concept) -> Option<Option<Date>> {
    if let Ok(date) = Date::converted(text, calendar) {
        return Some(Some(date));
    }
    Date::parse(text).ok()?;
    let (day, _) = text.split_once('T').unwrap_or((text, ""));
    let converted = match text.chars().next() {
        Some('[' | '{') => set(text, calendar),
        _ if day.len() < text.len() => Date::converted(day, calendar).ok(),
        _ if text.contains('X') => unspecified(text, calendar),
        _ => None,
    };
    let original = || Some(Box::new(Original { calendar, date: None }));
    Some(converted.map(|date| Date { words: text.to_owned(), original: original(), ..date }))
}

/// One of several dates, or all of them.
fn set(text: &str, calendar: Concept) -> Option<Date> {
    let (open, close) = (text.get(..1)?, text.get(text.len() - 1..)?);
    let inner = &text[1..text.len() - 1];
    let elements = inner.split(',').map(|element| match element.split_once("..") {
        Some((first, last)) => {
            let first = bound(first, calendar, |date| date.earliest)?;
            Some(format!("{first}..{}", bound(last, calendar, |date| date.latest)?))
        }
        None => {
            let edtf = Date::converted(element, calendar).ok()?.edtf?;
            // What is a choice of days itself can be one of several, and not all of them.
            match edtf.strip_prefix('[').and_then(|edtf| edtf.strip_suffix(']')) {
                Some(days) => (open == "[").then(|| days.to_owned()),
                None => Some(edtf),
            }
        }
    });
    let elements = elements.collect::<Option<Vec<_>>>()?;
    Date::parse(&format!("{open}{}{close}", elements.join(","))).ok()
}

/// One end of a range; nothing inside the text where it is open.
fn bound(text: &str, calendar: Concept, of: fn(Date) -> Option<String>) -> Option<String> {
    if text.is_empty() { Some(String::new()) } else { of(Date::converted(text, calendar).ok()?) }
}

/// A date of which figures are missing: one of the days of the time that it has.
fn unspecified(text: &str, calendar: Concept) -> Option<Date> {
    let known = text.trim_end_matches('X').trim_end_matches('-');
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year] if year.len() == 4 => {
            let [first, last] = ["0", "9"].map(|figure| year.replace('X', figure));
            let first = bound(&first, calendar, |date| date.earliest)?;
            Date::parse(&format!("[{first}..{}]", bound(&last, calendar, |date| date.latest)?)).ok()
        }
        [year, "XX", _] => Date::converted(year, calendar).ok(),
        [_, "XX"] | [_, _, "XX"] => Date::converted(known, calendar).ok(),
        _ => None,
    }
}
