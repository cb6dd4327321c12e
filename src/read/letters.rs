//! Letters of other people's making, file by file, in parts that threads read: what is read of a part does not depend
//! on any other, and is handed on in the order of the sources.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Error;
use crate::model::{Coverage, Document, Letter, Origin, RecordVisitor, SourceFile, SourceRecords, TermsOfUse};
use crate::project::{Project, SourceFiles};
use crate::read::cmif::Part;
use crate::read::jobs::{Frame, Job};
use crate::read::letter_reader::LetterReader;
use crate::read::letter_slugs::{FileSlugs, LetterNames, members};
use crate::read::letter_table::Rows;
use crate::read::memory::{Memory, PartOfSources, Told};
use crate::read::naming::Index;
use crate::read::prefix::Prefixes;
use crate::read::tei_header::Edition;
use crate::read::things::Things;
use crate::read::xml::{Origin as Place, Tree, decode};
use crate::source::{Digest, FileId, Sources, Span};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock};

/// What was read of a part of a file, besides its letters.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Whom and what they name.
    pub(super) things: Things,
    /// What of the part was not used.
    pub(super) coverage: Coverage,
    /// What is wrong with it.
    pub(super) diagnostics: Diagnostics,
    /// What the columns of a letter table are taken to mean without being told.
    pub(super) guesses: Vec<(FileId, Vec<String>)>,
    /// Under which terms the letters can be used.
    pub(super) terms: BTreeSet<TermsOfUse>,
    /// The files that are pointed to as if each were one letter, and where first.
    pub(super) pointed_to: BTreeMap<FileId, Span>,
    /// The files that are read whole and hold no letter, or several, and how many.
    not_one: BTreeMap<FileId, usize>,
}

impl Batch {
    /// Takes up what was read of a later part of the sources.
    pub(super) fn append(&mut self, later: Self) {
        self.things.append(later.things);
        self.coverage.append(later.coverage);
        self.diagnostics.append(later.diagnostics);
        self.guesses.extend(later.guesses);
        self.terms.extend(later.terms);
        for (file, span) in later.pointed_to {
            self.pointed_to.entry(file).or_insert(span);
        }
        self.not_one.extend(later.not_one);
    }

    /// Reports what can be said of names and pointers when everything has been read.
    pub(super) fn report(&self, sources: &Sources, left_out: &[FileId], diagnostics: &mut Diagnostics) {
        self.things.report(diagnostics);
        let left_out: HashSet<&FileId> = left_out.iter().collect();
        for (file, span) in &self.pointed_to {
            let path = sources.path(*file);
            let (message, help) = match self.not_one.get(file) {
                Some(0) => (format!("{path} holds no letter"), "correct the link"),
                Some(_) => (
                    format!("{path} holds several letters, so that it is not clear which is meant"),
                    "write # and the xml:id of the letter behind the name of the file",
                ),
                None if left_out.contains(file) => (format!("{path} was left out"), "correct that file"),
                None => continue,
            };
            let help = format!("the link leads to a letter of which nothing is known; {help}");
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
    }
}

/// A job, and what is to be made of each of its parts.
pub(super) struct Task<P> {
    pub(super) job: Job,
    pub(super) parts: Vec<P>,
}

/// What came of a job.
pub(super) enum Outcome<P> {
    /// Files that were read whole, and what was found in them all.
    Files(Vec<(FileId, Result<(P, SourceFile), Failure>)>, Batch),
    /// A file begins, of which parts follow.
    Begin(FileId),
    /// A part of the file that was begun last.
    Part(Result<P, Failure>, Batch),
    /// What stands around the letters of this file.
    Frame(FileId, Frame, P),
    /// The file that was begun last has come to its end, or cannot be read to its end.
    End(FileId, Result<Digest, Box<Diagnostic>>),
}

/// Why nothing came of a part.
pub(super) enum Failure {
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

/// The most bytes that a TEI file may have; a list of letters may have any number.
pub(super) const XML_FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// The files of letters, and what all threads read them with.
pub(super) struct LetterSources<'a> {
    pub(super) project: &'a Project,
    pub(super) sources: &'a Sources,
    pub(super) files: &'a SourceFiles,
    pub(super) index: &'a Index,
    pub(super) told: Told,
    pub(super) slugs: FileSlugs,
    /// What threads remember that do no job now.
    memories: Mutex<Vec<Memory>>,
    /// Of files that letters of others point into.
    letter_names: Mutex<HashMap<FileId, Arc<OnceLock<LetterNames>>>>,
}

impl<'a> LetterSources<'a> {
    /// Prepares the reading of the letters of a corpus.
    pub(super) fn new(project: &'a Project, sources: &'a Sources, files: &'a SourceFiles, index: &'a Index) -> Self {
        let (told, slugs) = (Told::default(), FileSlugs::new(sources, files));
        let (memories, letter_names) = (Mutex::default(), Mutex::default());
        Self { project, sources, files, index, told, slugs, memories, letter_names }
    }

    /// Does a job: reads its letters, and has a visitor make parts of them.
    pub(super) fn work<V: RecordVisitor>(&self, task: Task<V::Part>) -> Outcome<V::Part> {
        let Task { job, parts } = task;
        let mut parts = parts.into_iter();
        let mut part = || parts.next().expect("a job has been given what is to be made of it");
        let mut batch = Batch::default();
        match job {
            Job::Begin(file) => Outcome::Begin(file),
            Job::End(file, digest) => Outcome::End(file, digest),
            Job::Frame(file, frame) => Outcome::Frame(file, *frame, part()),
            Job::Files(files) => {
                let mut memory = self.take_memory();
                let mut read = |file| (file, self.file::<V>(file, part(), &mut memory, &mut batch));
                let read = files.into_iter().map(&mut read).collect();
                self.put_back(memory);
                Outcome::Files(read, batch)
            }
            Job::Entries(number, entries, edition) => {
                let mut memory = self.take_memory();
                let read = self.entries::<V>(number, (&entries, &edition), part(), &mut memory, &mut batch);
                self.put_back(memory);
                Outcome::Part(read, batch)
            }
            Job::Rows(number, rows) => {
                let mut memory = self.take_memory();
                let read = self.rows::<V>(number, &rows, part(), &mut memory, &mut batch);
                self.put_back(memory);
                Outcome::Part(read, batch)
            }
        }
    }

    fn take_memory(&self) -> Memory {
        self.memories.lock().expect("no thread panics while it holds the lock").pop().unwrap_or_default()
    }

    fn put_back(&self, memory: Memory) {
        self.memories.lock().expect("no thread panics while it holds the lock").push(memory);
    }

    /// Reads a TEI file.
    fn file<V: RecordVisitor>(
        &self,
        file: FileId,
        mut part: V::Part,
        memory: &mut Memory,
        batch: &mut Batch,
    ) -> Result<(V::Part, SourceFile), Failure> {
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, Place::whole(file), None)?, Place::whole(file))?;
        let number = PartOfSources { file, number: None };
        memory.turn_to(number);
        let mut reader = LetterReader::new(self, number, memory, batch);
        reader.file(tree.root());
        reader.naming.people.count_unused(&mut reader.coverage);
        let (letters, publication) = reader.finish(memory, batch);
        batch.not_one.extend((letters.len() != 1).then_some((file, letters.len())));
        tree.report(&mut batch.coverage, &mut batch.diagnostics);
        let mut record = SourceFile::new(file, self.sources.shared_path(file), Digest::of(&bytes));
        record.terms = terms_of(&letters).collect::<BTreeSet<_>>().into_iter().collect();
        record.has_letters = true;
        let origin = Origin::File(record.path.clone());
        let publication = publication.as_ref();
        let records = SourceRecords { letters: &letters, publication, ..SourceRecords::new(origin) };
        V::visit_part(&mut part, &records, &mut batch.diagnostics)?;
        Ok((part, record))
    }

    /// Reads parts of a list of letters.
    fn entries<V: RecordVisitor>(
        &self,
        number: PartOfSources,
        (entries, edition): (&[Part], &Edition),
        mut part: V::Part,
        memory: &mut Memory,
        batch: &mut Batch,
    ) -> Result<V::Part, Failure> {
        memory.turn_to(number);
        let origin = Origin::File(self.sources.shared_path(number.file));
        for entries in entries {
            let tree = entries.parse(number.file)?;
            let mut reader = LetterReader::new(self, number, memory, batch);
            reader.naming.use_prefixes(&edition.prefixes);
            reader.naming.people = edition.people.clone();
            reader.entries_of_list(tree.root(), &entries.holds, edition);
            let (letters, _) = reader.finish(memory, batch);
            tree.report(&mut batch.coverage, &mut batch.diagnostics);
            batch.terms.extend(terms_of(&letters));
            let records = SourceRecords { letters: &letters, ..SourceRecords::new(origin.clone()) };
            V::visit_part(&mut part, &records, &mut batch.diagnostics)?;
        }
        Ok(part)
    }

    /// Reads rows of a letter table.
    fn rows<V: RecordVisitor>(
        &self,
        number: PartOfSources,
        rows: &Rows,
        mut part: V::Part,
        memory: &mut Memory,
        batch: &mut Batch,
    ) -> Result<V::Part, Failure> {
        memory.turn_to(number);
        let mut reader = LetterReader::new(self, number, memory, batch);
        reader.naming.use_prefixes(&Prefixes::default());
        let read = reader.rows(rows);
        let (letters, _) = reader.finish(memory, batch);
        read?;
        batch.terms.extend(terms_of(&letters));
        let origin = Origin::File(self.sources.shared_path(number.file));
        let records = SourceRecords { letters: &letters, ..SourceRecords::new(origin) };
        V::visit_part(&mut part, &records, &mut batch.diagnostics)?;
        Ok(part)
    }

    /// Reads what stands around the letters of a list: what it says of all of them.
    pub(super) fn frame(&self, number: PartOfSources, frame: &Part) -> Result<Frame, Diagnostic> {
        let tree = frame.parse(number.file)?;
        let root = tree.root().mark_used();
        let elements = std::iter::once(root).chain(root.descendants());
        let header = elements.filter(|element| element.name() == "teiHeader" && element.is_own()).last();
        let (mut memory, mut batch) = (Memory::default(), Batch::default());
        let mut reader = LetterReader::new(self, number, &mut memory, &mut batch);
        let edition = header.map(|header| {
            let mut edition = reader.edition(header.mark_parents_used(), &Edition::default());
            edition.people = reader.naming.people.clone();
            edition
        });
        let (_, publication) = reader.finish(&mut memory, &mut batch);
        tree.report(&mut batch.coverage, &mut batch.diagnostics);
        Ok(Frame { edition, publication, batch, people: None })
    }

    /// The letter of a file that pointers give this id.
    pub(super) fn letter_of(&self, file: FileId, id: &str) -> Option<SmolStr> {
        let mut known = self.letter_names.lock().expect("no thread panics while it holds the lock");
        let names = known.entry(file).or_default().clone();
        drop(known);
        // Several threads can want the names of one file: it is read by the first.
        let names = names.get_or_init(|| {
            let is_document = self.files.documents.binary_search(&file).is_ok();
            let only = LetterNames { only: Some(self.slugs.of(file).clone()), by_id: HashMap::new() };
            if is_document { only } else { self.names_in(file).unwrap_or_default() }
        });
        names.only.as_ref().or_else(|| names.by_id.get(id)).cloned()
    }

    fn names_in(&self, file: FileId) -> Result<LetterNames, Diagnostic> {
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, Place::whole(file), None)?, Place::whole(file))?;
        let has_profile = self.project.profile.has_paths();
        Ok(LetterNames::of(&members(tree.root(), self.slugs.of(file), &self.slugs, has_profile)))
    }
}

/// Under which terms letters can be used.
fn terms_of(letters: &[Letter]) -> impl Iterator<Item = TermsOfUse> {
    letters.iter().filter_map(|letter| {
        let Document { licence, rights, .. } = &letter.document;
        licence.clone().map(TermsOfUse::Licence).or_else(|| rights.clone().map(TermsOfUse::Words))
    })
}
