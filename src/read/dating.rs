//! Dates as TEI writes them: attributes of six kinds, and words.
//!
//! TEI P5 Guidelines, att.datable.w3c, att.datable.iso and att.datable.custom.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{ConceptList, Date, DateProblem};
use crate::read::xml::Element;

/// The attributes of one way of writing dates.
struct Attributes {
    when: &'static str,
    from: &'static str,
    to: &'static str,
    not_before: &'static str,
    not_after: &'static str,
}

/// The ways that name a day of the Gregorian calendar, in the order in which they count.
const STANDARD: [Attributes; 2] = [
    Attributes { when: "when", from: "from", to: "to", not_before: "notBefore", not_after: "notAfter" },
    Attributes {
        when: "when-iso",
        from: "from-iso",
        to: "to-iso",
        not_before: "notBefore-iso",
        not_after: "notAfter-iso",
    },
];
/// The way whose form only the edition knows: kept as words.
const CUSTOM: [&str; 5] = ["when-custom", "from-custom", "to-custom", "notBefore-custom", "notAfter-custom"];

/// The date of an element; nothing where it has neither attributes nor words.
///
/// What the attributes say and cannot be is a warning, and is kept as a note, word for word.
pub(super) fn read(element: Element<'_>, diagnostics: &mut Diagnostics) -> Option<Date> {
    with_words(element, element.words(), diagnostics)
}

/// The date of an element whose words say something else; nothing where its attributes are not those of dates.
pub(super) fn of_attributes(element: Element<'_>, diagnostics: &mut Diagnostics) -> Option<Date> {
    with_words(element, String::new(), diagnostics)
}

fn with_words(element: Element<'_>, words: String, diagnostics: &mut Diagnostics) -> Option<Date> {
    let mut notes = Vec::new();
    let mut date = None;
    for attributes in &STANDARD {
        let Some(expression) = expression(element, attributes) else { continue };
        match Date::parse(&expression) {
            Ok(parsed) if date.is_none() => date = Some(parsed),
            Ok(_) => notes.push(written(element, attributes)),
            Err(problem) => {
                report(element, &expression, &problem, diagnostics);
                notes.push(written(element, attributes));
            }
        }
    }
    notes.extend(CUSTOM.iter().filter_map(|name| Some(format!("{name}=\"{}\"", element.value(name)?))));
    if words.is_empty() && date.is_none() && notes.is_empty() {
        return None;
    }
    for name in ["evidence", "calendar", "datingMethod"] {
        notes.extend(element.value(name).map(|value| format!("{name}=\"{value}\"")));
    }
    let mut date = date.unwrap_or_else(|| Date::in_words(words.clone()));
    if !words.is_empty() {
        date.words = words;
    }
    if date.words.is_empty() {
        date.words = notes.join(" ");
    }
    date.certainty = element.value("cert").and_then(|word| ConceptList::CERTAINTY.value(word));
    date.note = (!notes.is_empty()).then(|| notes.join(" "));
    date.span = Some(element.span());
    Some(date)
}

/// What the attributes come to in EDTF. `from` and `to` bound a stretch of time, `notBefore` and `notAfter` a choice.
fn expression(element: Element<'_>, attributes: &Attributes) -> Option<String> {
    let value = |name| element.value(name);
    let (not_before, not_after) = (value(attributes.not_before), value(attributes.not_after));
    let (from, to) = (value(attributes.from), value(attributes.to));
    if let Some(when) = value(attributes.when) {
        return Some(complete(when));
    }
    match (from, to) {
        (Some(from), Some(to)) => return Some(format!("{from}/{to}")),
        (Some(from), None) => return Some(format!("{from}/..")),
        (None, Some(to)) => return Some(format!("../{to}")),
        (None, None) => {}
    }
    match (not_before, not_after) {
        (Some(first), Some(last)) if first == last => Some(first.to_owned()),
        (Some(first), Some(last)) if first.len() != last.len() => {
            // The ends of a choice are equally exact in EDTF: the first and the last day that they can mean.
            let days = Date::parse(first).ok().and_then(|date| date.earliest);
            let days = days.zip(Date::parse(last).ok().and_then(|date| date.latest));
            Some(days.map_or_else(|| format!("[{first}..{last}]"), |(first, last)| format!("[{first}..{last}]")))
        }
        (Some(first), Some(last)) => Some(format!("[{first}..{last}]")),
        (Some(first), None) => Some(format!("[{first}..]")),
        (None, Some(last)) => Some(format!("[..{last}]")),
        (None, None) => None,
    }
}

/// An interval of ISO 8601 whose end leaves out what it shares with its beginning, written out: `1920-01-12/13`.
fn complete(when: &str) -> String {
    let Some((from, to)) = when.split_once('/') else { return when.to_owned() };
    let shared = from.len().saturating_sub(to.len());
    let dates = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if dates(from) && dates(to) && shared > 0 && from.as_bytes().get(shared - 1) == Some(&b'-') {
        format!("{from}/{}{to}", &from[..shared])
    } else {
        when.to_owned()
    }
}

/// The attributes as the source has them.
fn written(element: Element<'_>, attributes: &Attributes) -> String {
    let Attributes { when, from, to, not_before, not_after } = attributes;
    let values = [when, from, to, not_before, not_after]
        .into_iter()
        .filter_map(|name| Some(format!("{name}=\"{}\"", element.attribute(name)?)));
    values.collect::<Vec<_>>().join(" ")
}

fn report(element: Element<'_>, expression: &str, problem: &DateProblem, diagnostics: &mut Diagnostics) {
    let (code, message) = match problem {
        DateProblem::Inverted => (Code::DateBackwards, format!("\"{expression}\" ends before it begins")),
        DateProblem::Invalid(why, _) => (Code::DateUnreadable, format!("\"{expression}\" is not a date: {why}")),
    };
    let help = "nothing is guessed: the graph has what is written, and no days to compare";
    diagnostics.push(Diagnostic::new(code, element.span(), message).help(help));
}
