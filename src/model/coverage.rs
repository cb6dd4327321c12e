//! What sources of other people's making have and nothing was made of, counted.

use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How often something was met and not used, and where first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    /// How often.
    pub count: usize,
    /// The first place, in the order of the sources.
    pub example: Span,
}

/// What was read of the letters, and what was not.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Elements by name; of attributes, the element, `/@` and the name; of tables, the column.
    pub unused: BTreeMap<String, Unused>,
    /// How many letters there are.
    pub letters: usize,
    /// How many mentions and notes they have, by kind.
    pub annotations: BTreeMap<&'static str, usize>,
    /// Letters that nobody is said to have sent.
    pub without_sender: usize,
    /// Letters that nobody is said to have received.
    pub without_recipient: usize,
    /// Letters of tables of which the project file says that nobody is named as the sender.
    pub without_known_sender: usize,
    /// The same of the recipient.
    pub without_known_recipient: usize,
    /// Letters without any date.
    pub without_date: usize,
    /// Letters without a date that can be compared.
    pub without_readable_date: usize,
    /// Dates of letters of which there are only words.
    pub dates_in_words: usize,
    /// Letters without a place of sending.
    pub without_place: usize,
    /// The places of the paths of a profile that have led somewhere.
    pub paths: BTreeSet<Span>,
    /// The name that is being counted.
    name: String,
}

impl Coverage {
    /// Counts an element, or an attribute of it, of which is known whether it is one of XML itself.
    pub fn count(&mut self, element: &str, attribute: Option<(bool, &str)>, place: impl FnOnce() -> Span) {
        self.name.clear();
        self.name.push_str(element);
        if let Some((xml, attribute)) = attribute {
            self.name.push_str(if xml { "/@xml:" } else { "/@" });
            self.name.push_str(attribute);
        }
        match self.unused.get_mut(&self.name) {
            Some(unused) => unused.count += 1,
            None => {
                self.unused.insert(self.name.clone(), Unused { count: 1, example: place() });
            }
        }
    }

    /// Takes up what was counted in a later part of the sources.
    pub fn append(&mut self, other: Self) {
        for (name, unused) in other.unused {
            self.unused.entry(name).and_modify(|known| known.count += unused.count).or_insert(unused);
        }
        self.paths.extend(other.paths);
        self.letters += other.letters;
        for (kind, count) in other.annotations {
            *self.annotations.entry(kind).or_default() += count;
        }
        self.without_sender += other.without_sender;
        self.without_recipient += other.without_recipient;
        self.without_known_sender += other.without_known_sender;
        self.without_known_recipient += other.without_known_recipient;
        self.without_date += other.without_date;
        self.without_readable_date += other.without_readable_date;
        self.dates_in_words += other.dates_in_words;
        self.without_place += other.without_place;
    }
}
