//! What is told of a text that is no date for certain: what is wrong with it, and what was probably meant.

use super::{Manner, WrittenDate, probably};

/// Why a text is no date, and the EDTF that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) struct Refusal {
    /// What is wrong, in one sentence that begins with the text.
    pub(in crate::input) message: String,
    /// What was probably meant; of several dates, all.
    pub(in crate::input) meant: Vec<String>,
}

impl Refusal {
    /// The refusal of a text, as far as it is shown; nothing where it is read, or says that there is no date.
    pub(in crate::input) fn of(text: &str, shown: &str, found: &WrittenDate, manner: Manner) -> Option<Self> {
        let probable = || probably(text, manner).into_iter().collect();
        let (message, meant) = match found {
            WrittenDate::Absent | WrittenDate::Date(_) => return None,
            WrittenDate::Several(dates) => (format!("\"{shown}\" can mean {}", dates.join(" or ")), dates.clone()),
            WrittenDate::Words(Some(why)) => (format!("\"{shown}\" is not a date: {why}"), probable()),
            WrittenDate::Words(None) => (format!("\"{shown}\" is not a date"), probable()),
        };
        Some(Self { message, meant })
    }

    /// What to do about it where the graph has only the words.
    pub(in crate::input) fn help(&self) -> String {
        let write = match self.meant.as_slice() {
            [] => "write EDTF, as in 1672-07-03".to_owned(),
            [one] => format!("if {one} is meant, write that"),
            several => format!("write the one that is meant: {}", several.join(", ")),
        };
        format!("{NOTHING_GUESSED}; {write}")
    }
}

/// What becomes of what is no date for certain.
pub(in crate::input) const NOTHING_GUESSED: &str =
    "nothing is guessed: the graph has the words, and no days to compare";

/// What to write in the project file where only the order of day and month is in doubt.
pub(in crate::input) fn order_help(text: &str) -> Option<&'static str> {
    let sign = text.trim().chars().find(|sign| !sign.is_ascii_digit()).filter(|sign| "./-".contains(*sign))?;
    let parts: Vec<&str> = text.trim().split(sign).map(str::trim).collect();
    let is_figures = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = parts.len() == 3 && parts.iter().all(is_figures) && parts[0].len() < 3 && parts[2].len() == 4;
    is_date.then_some("if all such dates have the same order, say so in regesta.toml: [dates] order = \"day-first\" or \"month-first\"")
}
