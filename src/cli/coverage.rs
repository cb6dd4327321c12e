//! What letters in the formats of others say and what of them was not read, in numbers.

use crate::cli::workspace::number;
use regesta::line::Written;
use regesta::source::Sources;
use serde::Serialize;

/// The most elements and attributes that a terminal shows; the report has all.
const SHOWN: usize = 12;

/// Attributes that only say how something looks, or what it is called.
const FORM: &[&str] =
    &["rend", "rendition", "style", "n", "facs", "unit", "xml:id", "xml:space", "ed", "hand", "change", "part"];

/// The part of `report.json` that says what was read of letters.
#[derive(Serialize)]
pub(super) struct Coverage<'a> {
    letters: usize,
    letters_without_sender: usize,
    letters_without_recipient: usize,
    letters_without_date: usize,
    letters_without_a_date_to_compare: usize,
    letters_without_place: usize,
    files_left_out: Vec<&'a str>,
    /// By table: what its columns are taken to mean without being told.
    columns_by_heading: Vec<(&'a str, &'a [String])>,
    /// What was met and not used, the most frequent first.
    unused: Vec<Unused<'a>>,
}

/// An element, an attribute or a column of which nothing was made.
#[derive(Serialize)]
struct Unused<'a> {
    name: &'a str,
    count: usize,
    example: String,
}

impl Unused<'_> {
    /// Whether it only says how something looks, or what it is called.
    fn is_of_form(&self) -> bool {
        let attribute = self.name.split_once("/@").map(|(_, attribute)| attribute);
        attribute.is_some_and(|name| FORM.contains(&name))
    }
}

impl<'a> Coverage<'a> {
    pub(super) fn of(written: &'a Written, sources: &'a Sources) -> Self {
        let coverage = &written.coverage;
        let unused = coverage.unused.iter().map(|(name, unused)| {
            let place = unused.example;
            let example = format!("{}:{}:{}", sources.path(place.file), place.line, place.column);
            Unused { name, count: unused.count, example }
        });
        let mut unused: Vec<Unused<'a>> = unused.collect();
        // Stable: among equals in order of name.
        unused.sort_by_key(|unused| std::cmp::Reverse(unused.count));
        Self {
            letters: coverage.letters,
            letters_without_sender: coverage.without_sender,
            letters_without_recipient: coverage.without_recipient,
            letters_without_date: coverage.without_date,
            letters_without_a_date_to_compare: coverage.without_readable_date,
            letters_without_place: coverage.without_place,
            files_left_out: written.left_out.iter().map(|file| sources.path(*file)).collect(),
            columns_by_heading: written
                .guesses
                .iter()
                .map(|(file, meant)| (sources.path(*file), meant.as_slice()))
                .collect(),
            unused,
        }
    }

    /// The numbers as lines for people.
    pub(super) fn lines(&self) -> Vec<String> {
        let by_heading = self.columns_by_heading.iter();
        let mut lines: Vec<String> =
            by_heading.map(|(path, meant)| format!("{path}: by their headings, {}", meant.join(", "))).collect();
        if self.letters > 0 {
            let without = [
                (self.letters_without_sender, "sender"),
                (self.letters_without_recipient, "recipient"),
                (self.letters_without_date, "date"),
                (self.letters_without_place, "place"),
            ];
            let without: Vec<String> = without
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{count} without {what}"))
                .collect();
            let without = if without.is_empty() { String::new() } else { format!(": {}", without.join(", ")) };
            lines.push(format!("{} in the formats of others{without}", number(self.letters, "letter")));
        }
        if !self.unused.is_empty() {
            let all: usize = self.unused.iter().map(|unused| unused.count).sum();
            lines.push(format!(
                "{} of {} met and not used:",
                number(all, "occurrence"),
                number(self.unused.len(), "kind")
            ));
            // Stable: what only says how something looks, or what it is called, comes after what says something.
            let mut unused: Vec<&Unused<'_>> = self.unused.iter().collect();
            unused.sort_by_key(|unused| unused.is_of_form());
            for unused in unused.into_iter().take(SHOWN) {
                lines.push(format!("  {:>7}  {}  ({})", unused.count, unused.name, unused.example));
            }
            if let Some(more) = self.unused.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                lines.push(format!("           and {more} more; regesta build lists all in report.json"));
            }
        }
        if !self.files_left_out.is_empty() {
            lines.push(format!("{} left out", number(self.files_left_out.len(), "file")));
        }
        lines
    }
}
