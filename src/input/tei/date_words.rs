//! What the words of a date say that has attributes too: that it is another one, less exact, or doubted.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::written_date;
use crate::input::xml::Element;
use crate::model::{Concept, Date};

/// The certainty of a date of which its editor says only that it is doubted.
pub(super) const DOUBTED: Concept = "medium";

/// The date of attributes beside which there are words, and what then is left of the attributes: never surer and never more
/// exact than the words are. `read` is what the words alone would be.
pub(super) fn compare(
    element: Element<'_>,
    date: Date,
    words: &str,
    read: Date,
    diagnostics: &mut Diagnostics,
) -> (Date, Option<String>) {
    if words.is_empty() || date.edtf.as_deref() == Some(words) {
        return (date, None);
    }
    if is_less_exact(&read, &date, words) {
        let (said, meant) = (date.edtf.unwrap_or_default(), read.edtf.as_deref().unwrap_or_default());
        let message = format!("the attributes say {said}, and the words \"{words}\" are less exact: {meant}");
        let help = "the words count, and the attributes are in the note";
        diagnostics.push(Diagnostic::new(Code::DateWordsLessExact, element.span(), message).help(help));
        return (read, Some(said));
    }
    // "After 1849" beside 1849: the words do not hold the day, and it may be meant only to sort by.
    if is_open(&read) && !read.agrees_with(&date) {
        return (with_sign(date, "?"), None);
    }
    if read.edtf.is_none() || !read.agrees_with(&date) {
        report_other_words(element, &date, words, diagnostics);
    }
    let sign = read.edtf.as_deref().map_or_else(|| written_date::doubt(words), written_date::sign_of);
    (with_sign(date, sign), None)
}

/// Whether words leave more days open than attributes do: as a range, a choice, or about; or as a year or month of which the
/// attributes have the first day, as programs write it that want a whole day.
fn is_less_exact(read: &Date, date: &Date, words: &str) -> bool {
    let is_plain = |date: &Date| date.edtf.as_deref().is_some_and(|edtf| !edtf.contains(['[', '{', '/']));
    if read.edtf.is_none() || !is_plain(date) || date.original.is_some() || date.holds(read) {
        return false;
    }
    // Of several readings of words that name no alternatives the attributes say which is meant.
    let is_one_reading = read.edtf.as_deref().is_some_and(|edtf| edtf.starts_with('[') && edtf.contains(','));
    if is_one_reading && !written_date::names_alternatives(words) {
        return false;
    }
    if !is_plain(read) {
        return read.holds(date) || read.agrees_with(date) && !is_open(read);
    }
    let is_first = date.latest == date.earliest && read.earliest == date.earliest;
    read.holds(date) && (is_first || written_date::sign_of(read.edtf.as_deref().unwrap_or_default()).contains('~'))
}

/// A date with a sign of doubt. EDTF has none for sets, and a date that has one keeps it.
fn with_sign(date: Date, sign: &str) -> Date {
    let Some(edtf) = date.edtf.as_deref().filter(|edtf| !sign.is_empty() && written_date::sign_of(edtf).is_empty())
    else {
        return date;
    };
    let ends =
        edtf.split('/').map(|end| if matches!(end, "" | "..") { end.to_owned() } else { format!("{end}{sign}") });
    match Date::parse(&ends.collect::<Vec<_>>().join("/")) {
        Ok(signed) => Date { edtf: signed.edtf, precision: None, ..date },
        Err(_) => Date { certainty: date.certainty.or(Some(DOUBTED)), ..date },
    }
}

/// Whether a date is open on one side.
fn is_open(date: &Date) -> bool {
    date.edtf.is_some() && (date.earliest.is_none() || date.latest.is_none())
}

/// Reports words that are a date, and in no calendar one that has a day in common with that of the attributes.
fn report_other_words(element: Element<'_>, date: &Date, words: &str, diagnostics: &mut Diagnostics) {
    let meant = written_date::in_any_calendar(words);
    // What is only about right, and "after 1918", need not hold the day.
    let is_about = |date: &Date| is_open(date) || date.edtf.as_ref().is_some_and(|edtf| edtf.contains(['~', '%']));
    if meant.is_empty() || meant.iter().chain([date]).any(is_about) || meant.iter().any(|meant| meant.agrees_with(date))
    {
        return;
    }
    let (said, of_words) = (date.edtf.as_deref().unwrap_or_default(), meant[0].edtf.as_deref().unwrap_or_default());
    let message = format!("the attributes say {said}, and the words \"{words}\" mean {of_words}");
    let help = "the attributes are compared, and the words are kept; tell the makers of the edition";
    diagnostics.push(Diagnostic::new(Code::DateWordsDisagree, element.span(), message).help(help));
}
