//! Three dates or more, of which something was one, or all: "16 februari, 2 maart of 9 maart 1909".

use super::part::Part;
use super::readings::readings;
use super::reckoning::Reckoning;
use super::tokens::{Token, tokens};
use super::words::Meaning;
use crate::model::{Date, Original};

/// The date that a list of dates is, between which there are commas, and one word for "or" or "and" before the last.
pub(super) fn date(text: &str, reckoning: Reckoning) -> Option<Date> {
    let mut parts: Vec<Vec<Token>> = Vec::new();
    let mut relation: Option<Meaning> = None;
    for segment in text.split(',') {
        parts.push(Vec::new());
        for token in tokens(segment)? {
            let said = [Meaning::Or, Meaning::And].into_iter().find(|meaning| token.means(*meaning));
            let Some(said) = said else {
                parts.last_mut()?.push(token);
                continue;
            };
            if relation.is_some_and(|known| known != said) {
                return None;
            }
            relation = Some(said);
            parts.push(Vec::new());
        }
    }
    let relation = relation.filter(|_| parts.len() > 2)?;
    let mut dates: Vec<Date> = Vec::new();
    let (mut later, mut length) = (None::<Part>, None);
    for tokens in parts.iter().rev() {
        let [part] = readings(tokens).try_into().ok()?;
        let part: Part = later.map_or(part, |later| part.completed(&later));
        let figures = part.figures().filter(|_| part.unspecified == 0)?;
        if *length.get_or_insert(figures.len()) != figures.len() {
            return None;
        }
        dates.push(reckoning.date(&part)?);
        later = Some(part);
    }
    dates.reverse();
    let is_in_order = dates.windows(2).all(|two| two[0].latest < two[1].earliest);
    let edtf: Option<Vec<&str>> =
        dates.iter().map(|date| date.edtf.as_deref().filter(|edtf| !edtf.starts_with(['[', '{']))).collect();
    let (open, close) = if relation == Meaning::Or { ("[", "]") } else { ("{", "}") };
    let date = Date::parse(&format!("{open}{}{close}", edtf?.join(","))).ok().filter(|_| is_in_order)?;
    let original = dates[0].original.as_ref();
    let original = original.map(|original| Box::new(Original { calendar: original.calendar, date: None }));
    Some(Date { original, ..date })
}
