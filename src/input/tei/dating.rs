//! Dates as TEI writes them: attributes of six kinds, and words.
//!
//! TEI P5 Guidelines, att.datable.w3c, att.datable.iso and att.datable.custom.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::reader::unlikely_year;
use crate::input::tei::certainty::{certainty, unknown_certainty};
use crate::input::tei::date_words::{self, DOUBTED};
use crate::input::written_date::{self, Manner, Refusal, WrittenDate};
use crate::input::xml::Element;
use crate::model::{Concept, Date, DateProblem, Original};

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
/// What the attributes say and cannot be is a warning, and is kept as a note, word for word. Where they say nothing, words
/// that can mean only one date are one; `manner` is how the corpus says that they are written.
pub(crate) fn read(element: Element<'_>, manner: impl Into<Manner>, diagnostics: &mut Diagnostics) -> Option<Date> {
    with_words(element, element.words(), &["resp"], manner.into(), diagnostics)
}

/// The same of an element of which is known who is responsible for it.
pub(crate) fn read_attributed(
    element: Element<'_>,
    manner: impl Into<Manner>,
    diagnostics: &mut Diagnostics,
) -> Option<Date> {
    with_words(element, element.words(), &[], manner.into(), diagnostics)
}

/// The date of an element whose words say something else; nothing where its attributes are not those of dates.
pub(crate) fn of_attributes(element: Element<'_>, diagnostics: &mut Diagnostics) -> Option<Date> {
    with_words(element, String::new(), &["resp"], Manner::default(), diagnostics)
}

/// The date that the words of an element are which are in none of those in it, where they can mean only one; else that which
/// has all its words.
pub(crate) fn of_own_words(element: Element<'_>, date: Date, manner: impl Into<Manner>) -> Date {
    let own = of_words(element, &element.own_words(), None, manner.into());
    if own.edtf.is_some() {
        Date { words: date.words, span: date.span, certainty: date.certainty, ..own }
    } else {
        date
    }
}

/// Whether an element has any attribute of dates.
pub(crate) fn has_attributes(element: Element<'_>) -> bool {
    let names = STANDARD.iter().flat_map(Attributes::all).chain(CUSTOM);
    names.into_iter().any(|name| element.unmarked(name).is_some())
}

fn with_words(
    element: Element<'_>,
    words: String,
    noted: &[&str],
    manner: Manner,
    diagnostics: &mut Diagnostics,
) -> Option<Date> {
    let mut notes = Vec::new();
    let mut date = standard(element, &mut notes, diagnostics);
    let original = of_edition(element, &mut date, &mut notes, diagnostics);
    if words.is_empty() && date.is_none() && notes.is_empty() {
        return None;
    }
    let notes_of_attributes = notes.len();
    notes.extend(written(element, &["evidence"]));
    notes.extend(written(element, noted));
    notes.extend(written(element, &["calendar", "datingMethod"]));
    notes.extend(unknown_certainty(element));
    let mut original = original;
    let mut date = match date {
        Some(date) => {
            let read = of_words(element, &words, original.as_ref(), manner);
            let (date, left) = date_words::compare(element, date, &words, read, diagnostics);
            notes.extend(left);
            date
        }
        // What the attributes have is no date, and the words beside it say no better.
        None if notes_of_attributes > 0 => Date::in_words(words.clone()),
        None => {
            let date = of_words(element, &words, original.as_ref(), manner);
            if date.edtf.is_none() {
                report_words(element, &words, manner, diagnostics);
            }
            original = date.original.clone().map_or(original, |converted| Some(*converted));
            date
        }
    };
    let is_converted = original.as_ref().is_some_and(|original| original.date.is_some());
    if !is_converted {
        let edtf = date.edtf.as_deref().unwrap_or_default();
        unlikely_year(&date, edtf, element.span()).into_iter().for_each(|one| diagnostics.push(one));
        date = date.without_last_year();
    }
    date.original = original.map(Box::new);
    if !words.is_empty() {
        date.words = words;
    }
    if date.words.is_empty() {
        date.words = notes.join(" ");
    }
    // What rests on a conjecture is no certainty, whoever is sure of it. TEI P5 Guidelines, att.editLike.
    let conjecture = element.value("evidence").filter(|evidence| *evidence == "conjecture").map(|_| DOUBTED);
    date.certainty = certainty(element).or(date.certainty).or(conjecture).or(imprecise(element));
    date.note = (!notes.is_empty()).then(|| notes.join(" "));
    date.span = Some(element.span());
    Some(date)
}

/// Reports words that can be several dates, or of which is known why they are none.
fn report_words(element: Element<'_>, words: &str, manner: Manner, diagnostics: &mut Diagnostics) {
    let found = written_date::read_in(words, manner);
    if !matches!(found, WrittenDate::Several(_) | WrittenDate::Words(Some(_))) {
        return;
    }
    let Some(refusal) = Refusal::of(words, words, &found, manner) else { return };
    diagnostics
        .push(Diagnostic::new(Code::DateUnreadable, element.span(), refusal.message.clone()).help(refusal.help()));
}

/// The date that the words of an element are, where they can mean only one; else the words.
fn of_words(element: Element<'_>, words: &str, original: Option<&Original>, manner: Manner) -> Date {
    let named = ["calendar", "datingMethod"].into_iter().find_map(|name| element.value(name));
    let calendar = match (original, named) {
        (Some(original), _) => Some(original.calendar),
        // Of a calendar that is not known nothing is known of the words.
        (None, Some(_)) => match named_calendar(element, &["calendar", "datingMethod"]) {
            Some(_) => Some("gregorian"),
            None => return Date::in_words(words),
        },
        (None, None) => manner.calendar,
    };
    match written_date::read_in(words, Manner { calendar, ..manner }) {
        WrittenDate::Date(date) => *date,
        _ => Date::in_words(words),
    }
}

/// What the attributes say that name a day of the Gregorian calendar; what is no date, or a second one, is noted.
fn standard(element: Element<'_>, notes: &mut Vec<String>, diagnostics: &mut Diagnostics) -> Option<Date> {
    let mut date = None;
    for attributes in &STANDARD {
        let Some((expression, rest)) = expression(element, attributes) else { continue };
        match Date::parse(&expression) {
            Ok(mut parsed) if date.is_none() => {
                if contradicts_its_bounds(element, attributes, &parsed, diagnostics) {
                    parsed.certainty = Some(DOUBTED);
                }
                date = Some(parsed);
                notes.extend(written(element, &rest));
            }
            Ok(_) => notes.extend(written(element, &attributes.all())),
            Err(problem) => {
                report_problem(element, &expression, &problem, diagnostics);
                notes.extend(written(element, &attributes.all()));
            }
        }
    }
    date
}

/// What the attributes say whose form only the edition knows, as far as their calendar is known: where there is no date yet,
/// they give it. What is no date, or another one, is noted.
fn of_edition(
    element: Element<'_>,
    date: &mut Option<Date>,
    notes: &mut Vec<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Original> {
    let mut original =
        named_calendar(element, &["calendar"]).flatten().map(|calendar| Original { calendar, date: None });
    let (figures, used) = figures(element);
    let own = figures.as_deref().map(|figures| in_own_calendar(element, figures));
    let without = |used: &[&str]| CUSTOM.into_iter().filter(|name| !used.contains(name)).collect::<Vec<_>>();
    match (own, &*date) {
        (None, known) => {
            let custom = written(element, &CUSTOM);
            if !custom.is_empty() && known.is_none() {
                let why = "of other calendars only when-custom, from-custom and to-custom are read".to_owned();
                let values: Vec<&str> = CUSTOM.iter().filter_map(|name| element.value(name)).collect();
                report(element, &values.join(" "), &why, None, diagnostics);
            }
            notes.extend(custom);
        }
        (Some(Ok(converted)), None) => {
            original = converted.original.clone().map_or(original, |converted| Some(*converted));
            *date = Some(converted);
            notes.extend(written(element, &without(&used)));
        }
        (Some(Ok(converted)), Some(known)) if known.agrees_with(&converted) => {
            original = converted.original.map_or(original, |converted| Some(*converted));
            notes.extend(written(element, &without(&used)));
        }
        (Some(Ok(_)), Some(known)) => {
            report_disagreement(element, known, diagnostics);
            notes.extend(written(element, &CUSTOM));
        }
        (Some(Err(why)), known) => {
            if known.is_none() {
                report(element, figures.as_deref().unwrap_or_default(), &why, None, diagnostics);
            }
            notes.extend(written(element, &CUSTOM));
        }
    }
    original
}

/// The calendars that editions name, in any letters, and what they are here; nothing for the Gregorian.
const CALENDARS: [(&str, Option<Concept>); 11] = [
    ("julian", Some("julian")),
    ("julianisch", Some("julian")),
    ("julien", Some("julian")),
    ("giuliano", Some("julian")),
    ("old-style", Some("old-style")),
    ("oldstyle", Some("old-style")),
    ("gregorian", None),
    ("gregorianisch", None),
    ("republican", Some("republican")),
    ("french-republican", Some("republican")),
    ("frenchrepublican", Some("republican")),
];

/// The calendar that the first of these attributes names which is there; nothing where it is not known. TEI P5 Guidelines,
/// att.calendarSystem and att.datable.custom.
fn named_calendar(element: Element<'_>, attributes: &[&str]) -> Option<Option<Concept>> {
    let name = attributes.iter().find_map(|name| element.value(name))?.trim_start_matches('#');
    CALENDARS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, calendar)| *calendar)
}

/// What an element says in figures of the calendar of the edition, and the attributes that say so.
fn figures(element: Element<'_>) -> (Option<String>, Vec<&'static str>) {
    let [when, from, to, ..] = CUSTOM;
    match (element.value(when), element.value(from), element.value(to)) {
        (Some(figures), ..) => (Some(figures.to_owned()), vec![when]),
        (None, None, None) => (None, Vec::new()),
        (None, first, last) => (Some(format!("{}/{}", first.unwrap_or(".."), last.unwrap_or(".."))), vec![from, to]),
    }
}

/// The date that is written in the calendar of the edition; or why it is none that can be compared.
fn in_own_calendar(element: Element<'_>, figures: &str) -> Result<Date, String> {
    let attributes = ["datingMethod", "calendar"];
    let date = match named_calendar(element, &attributes) {
        Some(Some(calendar)) => Date::converted(figures, calendar),
        Some(None) => Date::parse(figures),
        None => {
            let named = written(element, &attributes);
            let why =
                if named.is_empty() { "does not say which".to_owned() } else { format!("has {}", named.join(" ")) };
            return Err(format!("it is in a calendar that is not known; the source {why}"));
        }
    };
    date.map_err(|problem| match problem {
        DateProblem::Invalid(why, _) => why.to_owned(),
        DateProblem::Inverted => "it ends before it begins".to_owned(),
    })
}

/// What the attributes come to in EDTF, and those that it leaves out. `from` and `to` bound a stretch of time,
/// `notBefore` and `notAfter` a choice.
fn expression(element: Element<'_>, attributes: &Attributes) -> Option<(String, Vec<&'static str>)> {
    let is_iso = attributes.when.ends_with("-iso");
    let value = |name: &str| element.value(name).map(|value| usual(value, is_iso));
    let Attributes { when, from, to, not_before, not_after } = *attributes;
    let without = |used: &[&str]| attributes.all().into_iter().filter(|name| !used.contains(name)).collect();
    let day = |name: &str| value(name).map(|value| day_of(&value));
    if let Some(value) = value(when) {
        return match within(&value, day(not_before), day(not_after)) {
            Some(choice) => Some((choice, without(&[not_before, not_after]))),
            None => Some((complete(&value), without(&[when]))),
        };
    }
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
        (first, last) => written_date::choice(first.as_deref(), last.as_deref()),
    };
    Some((choice, Vec::new()))
}

/// Whether other attributes say that something was not when `when` says that it was; it is reported.
fn contradicts_its_bounds(
    element: Element<'_>,
    attributes: &Attributes,
    date: &Date,
    diagnostics: &mut Diagnostics,
) -> bool {
    let [first, last] = [attributes.not_before, attributes.not_after].map(|name| element.value(name));
    let bounds = element.value(attributes.when).filter(|_| first.is_some() || last.is_some());
    let bounds = bounds.and_then(|_| Date::parse(&written_date::choice(first, last)).ok());
    let Some(bounds) = bounds.filter(|bounds| !bounds.agrees_with(date)) else { return false };
    let (day, excluding) = (date.edtf.as_deref().unwrap_or_default(), bounds.edtf.as_deref().unwrap_or_default());
    let message = format!("the attributes contradict each other: {day} is not in {excluding}");
    let help = "the first is compared, the others are in the note; tell the makers of the edition";
    diagnostics.push(Diagnostic::new(Code::DateDisagrees, element.span(), message).help(help));
    true
}

/// The choice that a day was taken from, where attributes say that too: the day stands for it in lists then.
fn within(when: &str, first: Option<String>, last: Option<String>) -> Option<String> {
    let choice = written_date::choice(Some(&first?), Some(&last?));
    let (all, day) = (Date::parse(&choice).ok()?, Date::parse(when).ok()?);
    (all.holds(&day) && !day.holds(&all)).then(|| whole(&all).unwrap_or(choice))
}

/// The year or month that a date is from its first to its last day.
fn whole(date: &Date) -> Option<String> {
    let first = date.earliest.as_deref()?;
    let mut units = ["YYYY", "YYYY-MM"].iter().filter_map(|unit| first.get(..unit.len()));
    let is_whole = |unit: &&str| Date::parse(unit).is_ok_and(|one| one.holds(date) && date.holds(&one));
    units.find(is_whole).map(str::to_owned)
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

/// The certainty of a date that is said not to be precise, by itself or by a `precision` in it. TEI P5 Guidelines,
/// att.datable and section 21.2.
fn imprecise(element: Element<'_>) -> Option<Concept> {
    let of_parts = element.children_named("precision");
    let mut said = std::iter::once(element).chain(of_parts).filter_map(|part| part.value("precision"));
    said.any(|precision| precision != "high").then_some(DOUBTED)
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

fn report_problem(element: Element<'_>, expression: &str, problem: &DateProblem, diagnostics: &mut Diagnostics) {
    match problem {
        DateProblem::Invalid(why, _) => {
            let meant = written_date::probably(expression, Manner::default());
            report(element, expression, why, meant, diagnostics);
        }
        DateProblem::Inverted => {
            let message = format!("\"{expression}\" ends before it begins");
            diagnostics.push(
                Diagnostic::new(Code::DateBackwards, element.span(), message).help(written_date::NOTHING_GUESSED),
            );
        }
    }
}

fn report(element: Element<'_>, expression: &str, why: &str, meant: Option<String>, diagnostics: &mut Diagnostics) {
    let message = format!("\"{expression}\" is not a date: {why}");
    let refusal = Refusal { message, meant: meant.into_iter().collect() };
    let help = refusal.help();
    diagnostics.push(Diagnostic::new(Code::DateUnreadable, element.span(), refusal.message).help(help));
}
