//! Letters of other people's making, file by file, in parts that threads read: what is read of a part does not depend
//! on any other, and is handed on in the order of the sources.

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::input::cmif::divider::ListPart;
use crate::input::cmif::frame::Frame;
use crate::input::letters::batch::Batch;
use crate::input::letters::jobs::{Job, PartContent};
use crate::input::letters::reader::LetterReader;
use crate::input::letters::sources::{LetterSources, XML_FILE_LIMIT};
use crate::input::naming::name_cache::{NameCache, PartOfSources};
use crate::input::table::letters::Rows;
use crate::input::tei::header::Edition;
use crate::input::tei::prefix::Prefixes;
use crate::input::xml::{TextOrigin, Tree, decode};
use crate::model::{Document, Letter, RecordOrigin, RecordVisitor, SourceFile, SourceRecords, TermsOfUse};
use crate::source::{Digest, FileId};
use std::collections::BTreeSet;

/// A job, and what is to be made of each of its parts.
pub(crate) struct Task<P> {
    pub(crate) job: Job,
    pub(crate) parts: Vec<P>,
}

/// What came of a file that was read whole.
pub(crate) type FileOutcome<P> = Result<(P, SourceFile), Failure>;

/// What came of a job.
pub(crate) enum JobOutcome<P> {
    /// Files that were read whole, and what was found in them all.
    Files(Vec<(FileId, FileOutcome<P>)>, Batch),
    /// A file begins, of which parts follow.
    Begin(FileId),
    /// A part of the file that was begun last, and what was read: its memory is given back by the thread that took it, for
    /// threads that give back each other's memory wait for each other.
    Part(Result<P, Failure>, Batch, PartContent),
    /// What stands around the letters of this file.
    Frame(FileId, Frame, P),
    /// The file that was begun last has come to its end, or cannot be read to its end.
    End(FileId, Result<Digest, Box<Diagnostic>>),
}

/// Why nothing came of a part.
pub(crate) enum Failure {
    /// It cannot be read.
    Unreadable(Box<Diagnostic>),
    /// What was made of it went nowhere.
    Unwritable(Error),
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Unreadable(Box::new(diagnostic))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Unwritable(error)
    }
}

impl LetterSources<'_> {
    /// Does a job: reads its letters, and has a visitor make parts of them.
    pub(crate) fn work<V: RecordVisitor>(&self, task: Task<V::Part>) -> JobOutcome<V::Part> {
        let Task { job, parts } = task;
        let mut parts = parts.into_iter();
        let mut part = || parts.next().expect("a job has been given what is to be made of it");
        let mut batch = Batch::default();
        match job {
            Job::Begin(file) => JobOutcome::Begin(file),
            Job::End(file, digest) => JobOutcome::End(file, digest),
            Job::Frame(file, frame) => JobOutcome::Frame(file, *frame, part()),
            Job::Files(files) => {
                let mut cache = self.caches.take(PartOfSources { file: files[0], number: None });
                let mut read = |file| (file, self.file::<V>(file, part(), &mut cache, &mut batch));
                let read = files.into_iter().map(&mut read).collect();
                self.caches.put_back(cache);
                JobOutcome::Files(read, batch)
            }
            Job::Part(number, content) => {
                let mut cache = self.caches.take(number);
                let read = match &content {
                    PartContent::Entries(entries, edition) => {
                        self.entries::<V>(number, (entries, edition), part(), &mut cache, &mut batch)
                    }
                    PartContent::Rows(rows) => self.rows::<V>(number, rows, part(), &mut cache, &mut batch),
                };
                self.caches.put_back(cache);
                JobOutcome::Part(read, batch, content)
            }
        }
    }

    /// Reads a TEI file.
    fn file<V: RecordVisitor>(
        &self,
        file: FileId,
        mut part: V::Part,
        cache: &mut NameCache,
        batch: &mut Batch,
    ) -> FileOutcome<V::Part> {
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, TextOrigin::whole(file), None)?, TextOrigin::whole(file))?;
        let number = PartOfSources { file, number: None };
        cache.turn_to(number);
        let mut reader = LetterReader::new(self, number, cache, batch);
        reader.file(tree.root());
        reader.naming.people.count_unused(&mut reader.coverage);
        let (letters, publication) = reader.finish(cache, batch);
        batch.not_one.extend((letters.len() != 1).then_some((file, letters.len())));
        tree.report(&mut batch.coverage, &mut batch.diagnostics);
        let mut record = SourceFile::new(file, self.sources.shared_path(file), Digest::of(&bytes));
        record.terms = terms_of(&letters).collect::<BTreeSet<_>>().into_iter().collect();
        record.has_letters = true;
        let origin = RecordOrigin::File(record.path.clone());
        let publication = publication.as_ref();
        let records = SourceRecords { letters: &letters, publication, ..SourceRecords::new(origin) };
        V::visit_part(&mut part, &records, &mut batch.diagnostics)?;
        Ok((part, record))
    }

    /// Reads parts of a list of letters.
    fn entries<V: RecordVisitor>(
        &self,
        number: PartOfSources,
        (entries, edition): (&[ListPart], &Edition),
        mut part: V::Part,
        cache: &mut NameCache,
        batch: &mut Batch,
    ) -> Result<V::Part, Failure> {
        cache.turn_to(number);
        // Each part is visited as it comes, while its letters are still close to the processor.
        for entries in entries {
            let tree = entries.parse(number.file)?;
            let mut reader = LetterReader::new(self, number, cache, batch);
            reader.naming.use_prefixes(&edition.prefixes);
            reader.naming.people = edition.people.clone();
            reader.entries_of_list(tree.root(), &entries.holds, edition);
            let (letters, _) = reader.finish(cache, batch);
            tree.report(&mut batch.coverage, &mut batch.diagnostics);
            self.visit::<V>((number.file, &letters), &mut part, batch)?;
        }
        Ok(part)
    }

    /// Reads rows of a letter table.
    fn rows<V: RecordVisitor>(
        &self,
        number: PartOfSources,
        rows: &Rows,
        mut part: V::Part,
        cache: &mut NameCache,
        batch: &mut Batch,
    ) -> Result<V::Part, Failure> {
        cache.turn_to(number);
        let mut reader = LetterReader::new(self, number, cache, batch);
        reader.naming.use_prefixes(&Prefixes::default());
        let read = reader.rows(rows);
        let (letters, _) = reader.finish(cache, batch);
        read?;
        self.visit::<V>((number.file, &letters), &mut part, batch)?;
        Ok(part)
    }

    /// Has the letters of a part visited.
    fn visit<V: RecordVisitor>(
        &self,
        (file, letters): (FileId, &[Letter]),
        part: &mut V::Part,
        batch: &mut Batch,
    ) -> Result<(), Failure> {
        batch.terms.extend(terms_of(letters));
        let origin = RecordOrigin::File(self.sources.shared_path(file));
        let records = SourceRecords { letters, ..SourceRecords::new(origin) };
        V::visit_part(part, &records, &mut batch.diagnostics)?;
        Ok(())
    }
}

/// Under which terms letters can be used.
fn terms_of(letters: &[Letter]) -> impl Iterator<Item = TermsOfUse> {
    letters.iter().filter_map(|letter| {
        let Document { licence, rights, .. } = &letter.document;
        licence.clone().map(TermsOfUse::Licence).or_else(|| rights.clone().map(TermsOfUse::Words))
    })
}
