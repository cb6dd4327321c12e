//! How a project deals with what is not certain: which of several answers tables show, and how far "about" reaches.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{Circa, Concept, DateOrder, Id, Kind, Policy, Preference};
use crate::tree::{Fields, Node, SourceValue};

/// The words of a policy, beside ids.
const WORDS: [(&str, Preference); 2] = [("most-certain", Preference::MostCertain), ("first", Preference::First)];

/// The key `prefer` of the section `[policy]`.
pub(super) fn policy(node: Node, diagnostics: &mut Diagnostics) -> Policy {
    let span = node.span;
    let written: Vec<SourceValue> = node.into_list().into_iter().filter_map(|node| node.text(diagnostics)).collect();
    if written.is_empty() {
        let message = "the policy names nothing that could be preferred";
        diagnostics.push(Diagnostic::new(Code::UnknownValue, span, message).help(HELP));
    }
    Policy(written.iter().filter_map(|written| preference(written, diagnostics)).collect())
}

const HELP: &str =
    "write words and ids in the order in which they count: prefer = [\"person:editor\", \"most-certain\", \"first\"]";

fn preference(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<Preference> {
    if let Some((_, preference)) = WORDS.iter().find(|(word, _)| *word == written.text) {
        return Some(preference.clone());
    }
    let can_answer = |id: &Id| Kind::AGENTS.contains(&id.kind) || matches!(id.kind, Kind::Document | Kind::Work);
    let id = Id::parse(&written.text).ok().filter(can_answer);
    if id.is_none() {
        let message = format!("\"{}\" is nothing that answers could be preferred for", written.text);
        let words = WORDS.iter().map(|(word, _)| *word);
        let help =
            nearest(&written.text, words).map_or_else(|| HELP.to_owned(), |word| format!("did you mean {word}?"));
        diagnostics.push(Diagnostic::new(Code::UnknownValue, written.span, message).help(help));
    }
    Some(Preference::Of(id?, written.span))
}

/// The section `[dates]`: how far "about" reaches, the calendar of dates in words, and the order of day and month.
pub(super) fn dates(mut fields: Fields, diagnostics: &mut Diagnostics) -> (Circa, Option<Concept>, Option<DateOrder>) {
    let mut reach = |key: &'static str, diagnostics: &mut Diagnostics| {
        let Some(written) = fields.text(key, diagnostics) else { return 0 };
        let number = written.text.parse::<u16>().ok().filter(|number| (1..=1000).contains(number));
        if number.is_none() {
            let message = format!("\"{}\" is no number from 1 to 1000", written.text);
            let help = "say how far \"about\" reaches on either side, as in circa-years = 5";
            diagnostics.push(Diagnostic::new(Code::InvalidNumber, written.span, message).help(help));
        }
        number.unwrap_or(0)
    };
    let years = reach("circa-years", diagnostics);
    let months = reach("circa-months", diagnostics);
    let days = reach("circa-days", diagnostics);
    let calendar = fields.text("calendar", diagnostics).and_then(|written| calendar(&written, diagnostics));
    let order = fields.text("order", diagnostics).and_then(|written| date_order(&written, diagnostics));
    fields.finish(diagnostics);
    (Circa { years, months, days }, calendar, order)
}

/// The orders that day and month can have in figures.
const ORDERS: [(&str, DateOrder); 2] = [("day-first", DateOrder::DayFirst), ("month-first", DateOrder::MonthFirst)];

/// The order of day and month that a word names.
pub(super) fn date_order(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<DateOrder> {
    let order = ORDERS.into_iter().find(|(name, _)| *name == written.text).map(|(_, order)| order);
    if order.is_none() {
        let names = ORDERS.map(|(name, _)| name);
        let message = format!("\"{}\" is no order of day and month", written.text);
        let help = nearest(&written.text, names)
            .map_or_else(|| format!("use one of {}", names.join(", ")), |name| format!("did you mean {name}?"));
        diagnostics.push(Diagnostic::new(Code::UnknownValue, written.span, message).help(help));
    }
    order
}

/// The calendars in which dates in words can be.
const CALENDARS: [Concept; 3] = ["gregorian", "julian", "old-style"];

fn calendar(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<Concept> {
    let calendar = CALENDARS.into_iter().find(|calendar| *calendar == written.text);
    if calendar.is_none() {
        let message = format!("\"{}\" is no calendar in which dates in words can be", written.text);
        let help = nearest(&written.text, CALENDARS)
            .map_or_else(|| format!("use one of {}", CALENDARS.join(", ")), |name| format!("did you mean {name}?"));
        diagnostics.push(Diagnostic::new(Code::UnknownValue, written.span, message).help(help));
    }
    calendar
}
