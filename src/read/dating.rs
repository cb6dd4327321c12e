//! Dates as TEI writes them: attributes of six kinds, and words.
//!
//! TEI P5 Guidelines, att.datable.w3c, att.datable.iso and att.datable.custom.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Date, DateProblem, Original};
use crate::read::correspondence::{certainty, unknown_certainty};
use crate::read::reader::year_zero;
use crate::read::xml::Element;

/// The attributes of one way of writing dates.
struct Attributes {
    when: &'static str,
    from: &'static str,
    to: &'static str,
    not_before: &'static str,
    not_after: &'static str,
}

impl Attributes {
    fn all(&self) -> [&'static str; 5] {
        [self.when, self.from, self.to, self.not_before, self.not_after]
    }
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
    with_words(element, element.words(), &["resp"], diagnostics)
}

/// The same of an element of which is known who is responsible for it.
pub(super) fn read_attributed(element: Element<'_>, diagnostics: &mut Diagnostics) -> Option<Date> {
    with_words(element, element.words(), &[], diagnostics)
}

/// The date of an element whose words say something else; nothing where its attributes are not those of dates.
pub(super) fn of_attributes(element: Element<'_>, diagnostics: &mut Diagnostics) -> Option<Date> {
    with_words(element, String::new(), &["resp"], diagnostics)
}

fn with_words(element: Element<'_>, words: String, noted: &[&str], diagnostics: &mut Diagnostics) -> Option<Date> {
    let mut notes = Vec::new();
    let mut date = None;
    for attributes in &STANDARD {
        let Some((expression, rest)) = expression(element, attributes) else { continue };
        match Date::parse(&expression) {
            Ok(parsed) if date.is_none() => {
                date = Some(parsed);
                notes.extend(written(element, &rest));
            }
            Ok(_) => notes.extend(written(element, &attributes.all())),
            Err(problem) => {
                report(element, &expression, &problem, diagnostics);
                notes.extend(written(element, &attributes.all()));
            }
        }
    }
    let (original, mut disagrees) = (original(element), false);
    let converted = original.as_ref().and_then(|original| original.date.as_deref());
    match (converted.and_then(|written| Date::converted(written, "julian").ok()), &date) {
        (None, _) => notes.extend(written(element, &CUSTOM)),
        (Some(converted), None) => date = Some(converted),
        (Some(converted), Some(known)) if known.agrees_with(&converted) => {}
        (Some(_), Some(known)) => {
            report_disagreement(element, known, diagnostics);
            disagrees = true;
            notes.extend(written(element, &CUSTOM));
        }
    }
    if words.is_empty() && date.is_none() && notes.is_empty() {
        return None;
    }
    notes.extend(written(element, &["evidence"]));
    notes.extend(written(element, noted));
    notes.extend(written(element, &["calendar", "datingMethod"]));
    notes.extend(unknown_certainty(element));
    let mut date = date.unwrap_or_else(|| Date::in_words(words.clone()));
    if date.has_year_zero() {
        diagnostics.push(year_zero(date.edtf.as_deref().unwrap_or_default(), element.span()));
    }
    // What was not converted into this date is no conversion.
    let of_date = |original: Original| Original { date: original.date.filter(|_| !disagrees), ..original };
    date.original = original.map(of_date).map(Box::new);
    if !words.is_empty() {
        date.words = words;
    }
    if date.words.is_empty() {
        date.words = notes.join(" ");
    }
    date.certainty = certainty(element);
    date.note = (!notes.is_empty()).then(|| notes.join(" "));
    date.span = Some(element.span());
    Some(date)
}

/// The Julian calendar, where the element says that its words, or its own attributes, are in it; with the day, where an
/// attribute has it in figures. TEI P5 Guidelines, att.calendarSystem and att.datable.custom.
fn original(element: Element<'_>) -> Option<Original> {
    let is_julian = |name| {
        let name = element.value(name).unwrap_or("").trim_start_matches('#');
        ["julian", "julianisch", "julien", "giuliano"].iter().any(|julian| name.eq_ignore_ascii_case(julian))
    };
    let [when, from, to, ..] = CUSTOM.map(|name| element.value(name));
    let figures = match (when, from, to) {
        (Some(when), ..) => Some(when.to_owned()),
        (None, Some(from), Some(to)) => Some(format!("{from}/{to}")),
        _ => None,
    };
    let is_date = |figures: &String| Date::converted(figures, "julian").is_ok();
    let date = figures.filter(is_date).filter(|_| is_julian("datingMethod") || is_julian("calendar"));
    (date.is_some() || is_julian("calendar")).then_some(Original { calendar: "julian", date })
}

/// What the attributes come to in EDTF, and those that it leaves out. `from` and `to` bound a stretch of time,
/// `notBefore` and `notAfter` a choice.
fn expression(element: Element<'_>, attributes: &Attributes) -> Option<(String, Vec<&'static str>)> {
    let is_iso = attributes.when.ends_with("-iso");
    let value = |name: &str| element.value(name).map(|value| usual(value, is_iso));
    let Attributes { when, from, to, not_before, not_after } = *attributes;
    let without = |used: &[&str]| attributes.all().into_iter().filter(|name| !used.contains(name)).collect();
    if let Some(value) = value(when) {
        return Some((complete(&value), without(&[when])));
    }
    let day = |name: &str| value(name).map(|value| day_of(&value));
    let interval = match (day(from), day(to)) {
        (Some(from), Some(to)) => Some(format!("{from}/{to}")),
        (Some(from), None) => Some(format!("{from}/..")),
        (None, Some(to)) => Some(format!("../{to}")),
        (None, None) => None,
    };
    if let Some(interval) = interval {
        return Some((interval, without(&[from, to])));
    }
    let choice = match (day(not_before), day(not_after)) {
        (None, None) => return None,
        (first, last) => choice(first.as_deref(), last.as_deref()),
    };
    Some((choice, Vec::new()))
}

/// One of the days between two in EDTF, one of which may be unknown.
pub(super) fn choice(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (Some(first), Some(last)) if first.len() != last.len() => {
            // The ends of a choice are equally exact in EDTF: the first and the last day that they can mean.
            let days = Date::parse(first).ok().and_then(|date| date.earliest);
            let days = days.zip(Date::parse(last).ok().and_then(|date| date.latest));
            days.map_or_else(|| format!("[{first}..{last}]"), |(first, last)| format!("[{first}..{last}]"))
        }
        (first, last) => format!("[{}..{}]", first.unwrap_or(""), last.unwrap_or("")),
    }
}

/// A value as EDTF has it: days without a time zone, and the basic form of ISO 8601 (19000503) where that is meant.
fn usual(value: &str, is_iso: bool) -> String {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if is_iso && value.len() == 8 && digits(value) {
        return format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]);
    }
    match value.as_bytes() {
        [day @ .., b'Z'] if day.len() == 10 => value[..10].to_owned(),
        [.., b'+' | b'-', _, _, b':', _, _] if value.len() == 16 && value.is_char_boundary(10) => {
            value[..10].to_owned()
        }
        _ => value.to_owned(),
    }
}

/// The day of a time of day: the ends of an interval are days in EDTF.
fn day_of(value: &str) -> String {
    value.split_once('T').map_or(value, |(day, _)| day).to_owned()
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

/// Attributes as the source has them.
fn written(element: Element<'_>, names: &[&str]) -> Vec<String> {
    names.iter().filter_map(|name| Some(format!("{name}=\"{}\"", element.value(name)?))).collect()
}

fn report_disagreement(element: Element<'_>, known: &Date, diagnostics: &mut Diagnostics) {
    let day = known.edtf.as_deref().unwrap_or_default();
    let message = format!("this is {day} in the Gregorian calendar, and another day in the Julian");
    let help = "the Gregorian date is compared, the other one is in the note";
    diagnostics.push(Diagnostic::new(Code::DateDisagrees, element.span(), message).help(help));
}

fn report(element: Element<'_>, expression: &str, problem: &DateProblem, diagnostics: &mut Diagnostics) {
    let (code, message) = match problem {
        DateProblem::Inverted => (Code::DateBackwards, format!("\"{expression}\" ends before it begins")),
        DateProblem::Invalid(why, _) => (Code::DateUnreadable, format!("\"{expression}\" is not a date: {why}")),
    };
    let help = "nothing is guessed: the graph has what is written, and no days to compare";
    diagnostics.push(Diagnostic::new(code, element.span(), message).help(help));
}
