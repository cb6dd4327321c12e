//! Records as JSON lines: one record a line, as the documents and letters come.

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::export::truncatable::failed;
use crate::export::{DocumentRecords, Output};
use crate::model::{RecordVisitor, SourceRecords};

/// Writes a record of each document and letter that it visits.
pub struct RecordLines<'a, O> {
    records: &'a DocumentRecords<'a>,
    /// Whether hand-written documents are written too, which can have records in files of their own.
    with_documents: bool,
    output: O,
    /// How long the output was when the last source was begun.
    before: u64,
    count: usize,
    /// How many records there were then.
    count_before: usize,
}

/// The lines of a part of a source.
pub struct LinesOfPart<'a> {
    records: &'a DocumentRecords<'a>,
    with_documents: bool,
    lines: Vec<u8>,
    count: usize,
}

impl<'a, O: Output> RecordLines<'a, O> {
    /// Writes a record of each document and letter.
    pub fn new(records: &'a DocumentRecords<'a>, output: O) -> Self {
        Self { records, with_documents: true, output, before: 0, count: 0, count_before: 0 }
    }

    /// Writes a record of each letter only.
    pub fn of_letters(records: &'a DocumentRecords<'a>, output: O) -> Self {
        Self { with_documents: false, ..Self::new(records, output) }
    }

    /// Writes what is left; how many records there are.
    pub fn finish(mut self) -> Result<usize> {
        self.output.flush().map_err(failed)?;
        Ok(self.count)
    }
}

impl<'a, O: Output> RecordVisitor for RecordLines<'a, O> {
    type Part = LinesOfPart<'a>;

    fn begin_part(&mut self) -> LinesOfPart<'a> {
        let Self { records, with_documents, .. } = *self;
        LinesOfPart { records, with_documents, lines: Vec::new(), count: 0 }
    }

    fn visit_part(part: &mut LinesOfPart<'a>, records: &SourceRecords<'_>, _: &mut Diagnostics) -> Result<()> {
        let documents = records.documents.iter().filter(|_| part.with_documents);
        let documents = documents.map(|document| part.records.record(document));
        let letters = records.letters.iter().map(|letter| part.records.letter(letter));
        for record in documents.chain(letters) {
            part.lines.extend(record?.to_line());
            part.count += 1;
        }
        Ok(())
    }

    fn append(&mut self, part: LinesOfPart<'a>) -> Result<()> {
        self.count += part.count;
        self.output.write_all(&part.lines).map_err(failed)
    }

    fn begin_source(&mut self, _: &str) -> Result<()> {
        self.count_before = self.count;
        self.before = self.output.length().map_err(failed)?;
        Ok(())
    }

    fn take_back_source(&mut self) -> Result<()> {
        self.count = self.count_before;
        self.output.cut(self.before).map_err(failed)
    }
}
