//! The facts of all records as a visitor of them remembers them, and what single documents show by themselves.

use super::facts::Facts;
use super::{attribution, chronology, correspondents};
use crate::diagnostic::Diagnostics;
use crate::model::{Accumulator, Circa, SourceRecords};

/// What all documents and letters say, and what is out of order in single ones. That is no reason to leave out their
/// source: it is no problem of it.
#[derive(Debug)]
pub struct FoundFacts<'a> {
    circa: &'a Circa,
    /// What is remembered, to be compared at the end.
    pub facts: Facts,
    /// What is out of order.
    pub problems: Diagnostics,
}

impl<'a> FoundFacts<'a> {
    /// Nothing yet; `circa` is how far "about" reaches.
    pub fn new(circa: &'a Circa) -> Self {
        Self { circa, facts: Facts::default(), problems: Diagnostics::default() }
    }
}

impl Accumulator for FoundFacts<'_> {
    fn fresh(&self) -> Self {
        Self::new(self.circa)
    }

    fn add(&mut self, records: &SourceRecords<'_>) {
        let Self { circa, facts, problems } = self;
        for document in records.all_documents() {
            chronology::steps(document, circa, problems);
            attribution::answers(document, problems);
            correspondents::to_oneself(document, problems);
            facts.document(document, circa);
        }
        records.letters.iter().for_each(|letter| attribution::annotations(&letter.annotations, problems));
    }

    fn merge(&mut self, later: Self) {
        self.facts.append(later.facts);
        self.problems.append(later.problems);
    }
}
