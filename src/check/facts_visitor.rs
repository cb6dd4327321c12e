//! The facts of all records as one visitor of them remembers them, and what single documents show by themselves.

use super::facts::Facts;
use super::{attribution, chronology};
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::model::{Circa, RecordVisitor, SourceRecords};
use std::mem;

/// Remembers what all documents and letters say.
pub struct FactsVisitor<'a> {
    circa: &'a Circa,
    /// Of the sources that stay.
    settled: FactsOfPart<'a>,
    /// Of the source that may be taken back.
    latest: FactsOfPart<'a>,
}

/// What documents of a part of a source say, and what is out of order in them.
pub struct FactsOfPart<'a> {
    circa: &'a Circa,
    facts: Facts,
    found: Diagnostics,
}

impl<'a> FactsOfPart<'a> {
    fn new(circa: &'a Circa) -> Self {
        Self { circa, facts: Facts::default(), found: Diagnostics::default() }
    }

    fn append(&mut self, later: Self) {
        self.facts.append(later.facts);
        self.found.append(later.found);
    }
}

impl<'a> FactsVisitor<'a> {
    /// Nothing yet; `circa` is how far "about" reaches.
    pub fn new(circa: &'a Circa) -> Self {
        Self { circa, settled: FactsOfPart::new(circa), latest: FactsOfPart::new(circa) }
    }

    /// What was remembered, and what is out of order in single documents.
    pub fn finish(mut self) -> (Facts, Diagnostics) {
        self.settled.append(self.latest);
        (self.settled.facts, self.settled.found)
    }
}

impl<'a> RecordVisitor for FactsVisitor<'a> {
    type Part = FactsOfPart<'a>;

    fn begin_part(&mut self) -> Self::Part {
        FactsOfPart::new(self.circa)
    }

    // What is out of order in a letter is no reason to leave out its file: it is no problem of the source.
    fn visit_part(part: &mut Self::Part, records: &SourceRecords<'_>, _: &mut Diagnostics) -> Result<()> {
        let FactsOfPart { circa, facts, found } = part;
        for document in records.all_documents() {
            chronology::steps(document, circa, found);
            attribution::answers(document, found);
            facts.document(document, circa);
        }
        records.letters.iter().for_each(|letter| attribution::annotations(&letter.annotations, found));
        Ok(())
    }

    fn append(&mut self, part: Self::Part) -> Result<()> {
        self.latest.append(part);
        Ok(())
    }

    fn begin_source(&mut self, _: &str) -> Result<()> {
        let latest = mem::replace(&mut self.latest, FactsOfPart::new(self.circa));
        self.settled.append(latest);
        Ok(())
    }

    fn take_back_source(&mut self) -> Result<()> {
        self.latest = FactsOfPart::new(self.circa);
        Ok(())
    }
}
