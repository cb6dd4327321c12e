//! Several dates in one action: where nothing says that one of them may be wrong they are one time.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::xml::Element;
use crate::model::{Date, Original};

/// What says of a date that it is one opinion beside others, or that not all of several hold.
const OPINION: [&str; 4] = ["cert", "resp", "exclude", "evidence"];

/// The most dates that are made one: nobody has more, and each is compared with all.
const MOST: usize = 100;

/// Makes one date of several of one action that say together when it was. `elements` are those that the dates stand in.
pub(super) fn unite(dates: &mut Vec<Date>, elements: &[Element<'_>], diagnostics: &mut Diagnostics) {
    if !(2..=MOST).contains(&dates.len()) {
        return;
    }
    if dates.len() == elements.len() && elements.iter().all(|element| element.value("exclude").is_some()) {
        *dates = alternatives(dates).map_or_else(|| std::mem::take(dates), |date| vec![date]);
        return;
    }
    if elements.iter().any(|element| OPINION.iter().any(|name| element.value(name).is_some())) {
        return;
    }
    let calendar = |date: &Date| {
        let element = elements.iter().find(|element| Some(element.span()) == date.span)?;
        element.value("calendar").or_else(|| element.value("datingMethod"))
    };
    let of_two_calendars = dates.iter().skip(1).any(|date| calendar(date) != calendar(&dates[0]));
    let united = match (of_two_calendars, dates.as_slice()) {
        (true, [one, other]) => in_two_calendars(one, other, diagnostics),
        (true, _) => None,
        (false, dates) => together(dates),
    };
    if let Some(date) = united {
        let joined = |text: fn(&Date) -> Option<&str>| {
            let mut texts: Vec<&str> = dates.iter().filter_map(text).filter(|text| !text.is_empty()).collect();
            texts.dedup();
            texts.join("; ")
        };
        let note = Some(joined(|date| date.note.as_deref())).filter(|note| !note.is_empty());
        // Where there are no words but the attributes', those are of this date.
        let has_words = dates.iter().any(|date| Some(&date.words) != date.edtf.as_ref());
        let words = if has_words { joined(|date| Some(&date.words)) } else { date.words.clone() };
        let span = dates[0].span;
        let certainty = dates.iter().find_map(|date| date.certainty);
        *dates = vec![Date { words, note, span, certainty, ..date }];
    }
}

/// One of the dates, which exclude each other. TEI P5 Guidelines, section 17.8.
fn alternatives(dates: &[Date]) -> Option<Date> {
    let mut parts: Vec<&str> = dates.iter().filter_map(|date| date.edtf.as_deref()).collect();
    parts.sort_unstable();
    let one_of = Date::parse(&format!("[{}]", parts.join(","))).ok().filter(|_| parts.len() == dates.len())?;
    let words: Vec<&str> = dates.iter().map(|date| date.words.as_str()).collect();
    Some(Date { words: words.join("; "), span: dates[0].span, note: dates[0].note.clone(), ..one_of })
}

/// The time that all the dates are: their days, or the stretch whose ends they say; nothing where EDTF has no word for it.
fn together(dates: &[Date]) -> Option<Date> {
    let mut parts: Vec<(&str, &str)> = Vec::new();
    for date in dates {
        let part = (date.earliest.as_deref().unwrap_or_default(), date.edtf.as_deref()?);
        // A choice, or what is reckoned from another calendar, is not one of several days.
        if part.1.contains(['[', '{']) || date.original.is_some() {
            return None;
        }
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    if let [(_, one), (_, other)] = parts.as_slice()
        && let Some((from, to)) = one.strip_suffix("/..").zip(other.strip_prefix("../"))
    {
        return Date::parse(&format!("{from}/{to}")).ok();
    }
    parts.sort();
    match parts.as_slice() {
        [(_, one)] => Date::parse(one).ok(),
        several => {
            let several: Vec<String> = several.iter().map(|(_, edtf)| edtf.replace('/', "..")).collect();
            Date::parse(&format!("{{{}}}", several.join(","))).ok()
        }
    }
}

/// The one day that two dates say in two calendars. An edition may have written in figures what it converts, or not.
fn in_two_calendars(one: &Date, other: &Date, diagnostics: &mut Diagnostics) -> Option<Date> {
    let (new, old) = match (&one.original, &other.original) {
        (None, Some(_)) => (one, other),
        (Some(_), None) => (other, one),
        _ => return None,
    };
    let calendar = old.original.as_ref()?.calendar;
    let figures = old.edtf.as_deref()?;
    let reckoned = Date::converted(figures, calendar).ok().filter(|date| date.edtf == new.edtf);
    let original = match reckoned {
        Some(reckoned) => reckoned.original,
        None if old.edtf == new.edtf || old.agrees_with(new) => old.original.clone(),
        None => {
            let message =
                format!("the two dates are said in two calendars, and are {} and {figures}", new.edtf.as_deref()?);
            let help = "they are kept as two answers; tell the makers of the edition";
            let span = other.span.or(one.span)?;
            diagnostics.push(Diagnostic::new(Code::DateDisagrees, span, message).help(help));
            return None;
        }
    };
    let original = original.or_else(|| Some(Box::new(Original { calendar, date: None })));
    Some(Date { original, ..new.clone() })
}
