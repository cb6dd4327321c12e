//! Those whom the headers of a file say to be responsible for it.

use crate::model::{Coverage, Kind};
use crate::source::Span;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Those who are responsible for a file, by their ids there.
#[derive(Debug, Default)]
pub(crate) struct People(pub(crate) HashMap<String, Person>);

impl People {
    /// Counts those of whom nothing was made, when all of the file has been read.
    pub(crate) fn count_unused(&self, coverage: &mut Coverage) {
        let mut unused: Vec<&Person> = self.0.values().filter(|person| !person.taken.load(Relaxed)).collect();
        unused.sort_by_key(|person| (person.span.line, person.span.column));
        unused.into_iter().for_each(|person| coverage.count(&person.element, None, || person.span));
    }
}

/// Somebody who is responsible for a file.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) kind: Kind,
    /// The element that names him.
    pub(crate) element: String,
    pub(crate) words: String,
    /// What the header points to for him, if to anything.
    pub(crate) reference: String,
    pub(crate) span: Span,
    /// Whether a thing was made of him.
    pub(crate) taken: AtomicBool,
}
