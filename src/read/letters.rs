//! Letters of other people's making, file by file, in parts that threads read: what is read of a part does not depend
//! on any other, and is handed on in the order of the sources.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Result;
use crate::model::{Coverage, Letter, Publication, SourceRecord};
use crate::project::{Project, SourceFiles};
use crate::read::cmif::{Divider, Holds, Part, Seen};
use crate::read::in_order::in_order;
use crate::read::letter_slugs::{FileSlugs, LetterNames, members};
use crate::read::letter_table::{RowReader, Rows, TableLetters};
use crate::read::naming::{Index, Memory, Naming, PartOfSources, Told};
use crate::read::prefix::Prefixes;
use crate::read::tei::Letters;
use crate::read::tei_header::Edition;
use crate::read::things::Things;
use crate::read::xml::{Element, Origin, Tree, decode};
use crate::source::{Digest, FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::num::NonZero;
use std::sync::{Arc, Mutex};

/// What was read of a part of a file, besides its letters.
#[derive(Debug, Default)]
pub struct Batch {
    /// Whom and what they name.
    pub things: Things,
    /// What of the part was not used.
    pub coverage: Coverage,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
    /// What the columns of a letter table are taken to mean without being told.
    pub guesses: Vec<(FileId, Vec<String>)>,
    /// The files that are pointed to as if each were one letter, and where first.
    pointed_to: BTreeMap<FileId, Span>,
    /// The files that hold several letters, each with a text.
    several: BTreeSet<FileId>,
}

impl Batch {
    /// Takes up what was read of a later part of the sources.
    pub fn append(&mut self, later: Self) {
        self.things.append(later.things);
        self.coverage.append(later.coverage);
        self.diagnostics.append(later.diagnostics);
        self.guesses.extend(later.guesses);
        for (file, span) in later.pointed_to {
            self.pointed_to.entry(file).or_insert(span);
        }
        self.several.extend(later.several);
    }

    /// Reports what can be said of names and pointers when everything has been read.
    pub fn report(&self, sources: &Sources, diagnostics: &mut Diagnostics) {
        self.things.report(diagnostics);
        for file in &self.several {
            let Some(span) = self.pointed_to.get(file) else { continue };
            let path = sources.path(*file);
            let message = format!("{path} holds several letters, so that it is not clear which is meant");
            let help =
                format!("the link leads to none of them; write the xml:id of the letter behind the file: {path}#");
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
    }
}

/// Reads a part of a file; its letters are handed over one by one, in the order of the file, so that none is held.
/// Returns how the file was published, where this part says so.
pub type ReadPart<'r> = dyn FnMut(&mut dyn FnMut(Letter)) -> Option<Publication> + 'r;
/// Makes something of a part of a file.
pub type Make<'m, R> = dyn Fn(FileId, &mut ReadPart<'_>) -> R + Sync + 'm;

/// What comes next, in the order of the sources.
pub enum Step<R> {
    /// A file begins.
    Begin(FileId),
    /// A part of it was read, and this was made of it.
    Part(R, Batch),
    /// What was read, besides their letters, of files that were not left out.
    Whole(Batch),
    /// The file has ended.
    End(SourceRecord),
    /// The file cannot be read: all of it is to be taken back.
    LeftOut(FileId, Diagnostic),
}

/// The most bytes that a TEI file may have; a list of letters may have any number.
pub(super) const XML_FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// How many parts of a list of letters a thread reads at once.
const PARTS: usize = 4;

/// What all threads read with.
pub struct Reading<'a> {
    project: &'a Project,
    sources: &'a Sources,
    files: &'a SourceFiles,
    index: &'a Index,
    told: Told,
    slugs: FileSlugs,
    /// Of files that letters of others point into.
    letter_names: Mutex<HashMap<FileId, Arc<LetterNames>>>,
}

/// Something to read.
pub(super) enum Job {
    Tei(FileId),
    Letters(PartOfSources, Vec<Part>, Arc<Edition>),
    Rows(PartOfSources, Rows),
}

impl Job {
    fn part(&self) -> PartOfSources {
        match self {
            Self::Tei(file) => PartOfSources { file: *file, number: None },
            Self::Letters(part, ..) | Self::Rows(part, _) => *part,
        }
    }

    /// How many jobs of its kind a thread takes at once: a letter alone is read faster than it is handed over.
    pub(super) fn group(&self) -> usize {
        match self {
            Self::Tei(_) => 16,
            Self::Letters(..) | Self::Rows(..) => 1,
        }
    }
}

/// What came of it.
pub(super) struct Done<R> {
    made: R,
    batch: Batch,
    digest: Option<Digest>,
    broken: Option<Diagnostic>,
    /// What was read of files that are read whole, with the last of several: what a thread hands over for each costs
    /// more than to read it.
    whole: Option<Batch>,
}

/// What a thread keeps from one job to the next.
#[derive(Debug, Default)]
pub(super) struct Desk {
    memory: Memory,
    /// What was read of files that are read whole, and has not been handed over.
    whole: Batch,
}

/// What comes next, in order, some of it still to be done.
pub(super) enum Slot {
    Begin(FileId),
    Job(Job),
    /// Read already, because what follows depends on it.
    Read(FileId, Box<Frame>),
    Broken(Box<Diagnostic>),
    End(FileId, Option<Digest>),
}

impl<'a> Reading<'a> {
    /// Prepares the reading of the letters of a corpus.
    pub fn new(project: &'a Project, sources: &'a Sources, files: &'a SourceFiles, index: &'a Index) -> Self {
        let (told, slugs) = (Told::default(), FileSlugs::new(sources, files));
        Self { project, sources, files, index, told, slugs, letter_names: Mutex::default() }
    }

    /// Reads the letters of all files. `make` is called by the reading threads with what reads a part; `take` with what
    /// was made, in the order of the sources.
    pub fn read<R: Send>(
        &self,
        threads: NonZero<usize>,
        make: &Make<'_, R>,
        take: &mut dyn FnMut(Step<R>) -> Result<()>,
    ) -> Result<()> {
        let work = |job: &Job, is_last, desk: &mut Desk| self.work(job, is_last, desk, make);
        let mut queue = Queue::new(self);
        let mut delivery = Delivery { sources: self.sources, make, take, broken: None, digest: None };
        if threads.get() == 1 {
            let mut desk = Desk::default();
            while let Some(slot) = queue.next() {
                match slot {
                    Slot::Job(job) => delivery.done(work(&job, true, &mut desk))?,
                    slot => delivery.pass(slot)?,
                }
            }
            return Ok(());
        }
        in_order(threads, &mut queue, &work, &mut delivery)
    }

    /// Does a job, which may be the last of several that are handed over together.
    fn work<R>(&self, job: &Job, is_last: bool, desk: &mut Desk, make: &Make<'_, R>) -> Done<R> {
        let number = job.part();
        let Desk { memory, whole } = desk;
        memory.turn_to(number);
        let (mut digest, mut broken, mut of_part) = (None, None, Batch::default());
        let made = make(number.file, &mut |take| {
            // A file that is broken and read whole is known to be before anything is read of it.
            let batch = if number.number.is_none() { &mut *whole } else { &mut of_part };
            let mut part = PartOfFile { number, memory, batch, publication: None, take };
            let read = match job {
                Job::Tei(_) => self.tei(&mut part).map(|found| digest = Some(found)),
                Job::Rows(_, rows) => self.rows(rows, &mut part),
                Job::Letters(_, parts, edition) => self.entries(parts, edition, &mut part),
            };
            broken = read.err();
            part.publication
        });
        Done { made, batch: of_part, digest, broken, whole: is_last.then(|| std::mem::take(whole)) }
    }

    /// Reads with a function that is given what letters are read with.
    fn reading<'s, T>(&'s self, part: &mut PartOfFile<'_>, read: impl FnOnce(&mut Letters<'_, 's>) -> T) -> T {
        let PartOfFile { number, memory, batch, publication, take } = part;
        let file = number.file;
        let mut naming = Naming {
            project: self.project,
            index: self.index,
            part: *number,
            path: self.sources.path(file),
            scope: self.project.profile.own_lists.then_some(self.slugs.of(file).as_str()),
            things: std::mem::take(&mut batch.things),
            own: HashMap::new(),
            memory: std::mem::take(*memory),
            told: &self.told,
        };
        let mut letters = Letters {
            naming: &mut naming,
            diagnostics: &mut batch.diagnostics,
            coverage: &mut batch.coverage,
            slugs: &self.slugs,
            slug: self.slugs.of(file),
            letters_of: &|file| self.letters_of(file),
            pointed_to: &mut batch.pointed_to,
            take: *take,
            siblings: LetterNames { only: None, by_id: HashMap::new() },
            publication: None,
        };
        let result = read(&mut letters);
        *publication = letters.publication;
        batch.things = naming.things;
        **memory = naming.memory;
        result
    }

    /// What pointers to a file call its letters.
    fn letters_of(&self, file: FileId) -> Arc<LetterNames> {
        let known = || self.letter_names.lock().expect("no thread panics while it holds the lock");
        if let Some(names) = known().get(&file) {
            return names.clone();
        }
        let is_document = self.files.documents.binary_search(&file).is_ok();
        let only = LetterNames { only: Some(self.slugs.of(file).clone()), by_id: HashMap::new() };
        let names = if is_document { Some(only) } else { self.names_in(file).ok() };
        let names = Arc::new(names.unwrap_or(LetterNames { only: None, by_id: HashMap::new() }));
        known().insert(file, names.clone());
        names
    }

    fn names_in(&self, file: FileId) -> std::result::Result<LetterNames, Diagnostic> {
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, Origin::whole(file), None)?, Origin::whole(file))?;
        Ok(LetterNames::of(&members(tree.root(), self.slugs.of(file), &self.slugs)))
    }

    /// Reads a TEI file; its digest.
    fn tei(&self, part: &mut PartOfFile<'_>) -> std::result::Result<Digest, Diagnostic> {
        let file = part.number.file;
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, Origin::whole(file), None)?, Origin::whole(file))?;
        let several = self.reading(part, |letters| letters.file(tree.root()));
        part.batch.several.extend(several.then_some(file));
        tree.report(&mut part.batch.coverage);
        Ok(Digest::of(&bytes))
    }

    /// Reads parts of a list of letters.
    fn entries(
        &self,
        parts: &[Part],
        edition: &Edition,
        part: &mut PartOfFile<'_>,
    ) -> std::result::Result<(), Diagnostic> {
        let file = part.number.file;
        self.reading(part, |letters| {
            letters.naming.use_prefixes(&edition.prefixes);
            parts.iter().try_for_each(|part| {
                let tree = part.parse(file)?;
                let Holds::Letters { first, repeated } = &part.holds else { return Ok(()) };
                // As the division counts them: by the name alone, and not those within others.
                let is_entry = |element: &Element<'_>| element.tag() == "correspDesc" && !element.is_in("correspDesc");
                let entries = || tree.root().descendants().filter(is_entry);
                if let Some(foreign) = entries().find(|entry| entry.name().is_empty()).filter(|_| *first == 1) {
                    let message = "this correspDesc is not of the namespace of TEI, so it is no letter";
                    let help = "the namespace is http://www.tei-c.org/ns/1.0";
                    letters.diagnostics.push(Diagnostic::new(Code::NoLetter, foreign.span(), message).help(help));
                }
                for (at, entry) in entries().enumerate().filter(|(_, entry)| !entry.name().is_empty()) {
                    letters.entry(entry, edition, first + at, repeated.binary_search(&(first + at)).is_ok());
                }
                tree.report(letters.coverage);
                Ok(())
            })
        })
    }

    /// Reads rows of a letter table.
    fn rows(&self, rows: &Rows, part: &mut PartOfFile<'_>) -> std::result::Result<(), Diagnostic> {
        self.reading(part, |letters| {
            let Letters { naming, diagnostics, coverage, slugs, slug, take, .. } = letters;
            naming.use_prefixes(&Prefixes::default());
            TableLetters { naming, diagnostics, coverage, slugs, slug, take: *take }.rows(rows)
        })
    }

    /// Reads what stands around the letters of a list: what it says of all of them.
    fn frame(&self, number: PartOfSources, frame: &Part) -> std::result::Result<Frame, Diagnostic> {
        let tree = frame.parse(number.file)?;
        let root = tree.root().mark_used();
        let elements = std::iter::once(root).chain(root.descendants());
        let header = elements.filter(|element| element.name() == "teiHeader" && element.is_own()).last();
        let mut batch = Batch::default();
        let take: &mut dyn FnMut(Letter) = &mut |_| unreachable!("a frame holds no letter");
        let memory = &mut Memory::default();
        let mut part = PartOfFile { number, memory, batch: &mut batch, publication: None, take };
        let edition = self.reading(&mut part, |letters| {
            header.map(|header| letters.edition(header.mark_parents_used(), &Edition::default()))
        });
        tree.report(&mut part.batch.coverage);
        let publication = part.publication;
        Ok(Frame { edition, publication, batch })
    }
}

/// What is said around the letters of a file.
#[derive(Debug, Default)]
pub(super) struct Frame {
    edition: Option<Edition>,
    publication: Option<Publication>,
    batch: Batch,
}

/// A part of a file while it is read.
struct PartOfFile<'p> {
    number: PartOfSources,
    memory: &'p mut Memory,
    batch: &'p mut Batch,
    publication: Option<Publication>,
    take: &'p mut dyn FnMut(Letter),
}

/// What is to be read, from the first file to the last.
pub(super) struct Queue<'q, 'a> {
    reading: &'q Reading<'a>,
    tei: std::vec::IntoIter<FileId>,
    cmif: std::vec::IntoIter<FileId>,
    tables: std::vec::IntoIter<FileId>,
    table: Option<(FileId, RowReader)>,
    list: Option<(FileId, Divider, Arc<Edition>)>,
    seen: Seen,
    /// How many parts have come of all files.
    parts: u32,
    upcoming: VecDeque<Slot>,
}

impl<'q, 'a> Queue<'q, 'a> {
    fn new(reading: &'q Reading<'a>) -> Self {
        let files = reading.files;
        let (tei, cmif) = (files.tei.clone().into_iter(), files.cmif.clone().into_iter());
        let tables = files.tables.clone().into_iter();
        let (seen, parts, upcoming) = (Seen::default(), 0, VecDeque::new());
        Self { reading, tei, cmif, tables, table: None, list: None, seen, parts, upcoming }
    }

    fn part(&mut self, file: FileId) -> PartOfSources {
        self.parts += 1;
        PartOfSources { file, number: NonZero::new(self.parts) }
    }

    pub(super) fn next(&mut self) -> Option<Slot> {
        loop {
            if let Some(slot) = self.upcoming.pop_front() {
                return Some(slot);
            }
            if let Some((file, divider, edition)) = self.list.take() {
                self.go_on(file, divider, edition);
            } else if let Some(file) = self.tei.next() {
                self.upcoming.extend([Slot::Begin(file), Slot::Job(Job::Tei(file)), Slot::End(file, None)]);
            } else if let Some(file) = self.cmif.next() {
                self.upcoming.push_back(Slot::Begin(file));
                match self.reading.sources.open_regular(file) {
                    Ok(opened) => {
                        let divider = Divider::new(file, opened, std::mem::take(&mut self.seen));
                        self.list = Some((file, divider, Arc::default()));
                    }
                    Err(diagnostic) => self.end_broken(file, diagnostic),
                }
            } else if let Some((file, mut table)) = self.table.take() {
                match table.next() {
                    Ok(Some(rows)) => {
                        let part = self.part(file);
                        self.upcoming.push_back(Slot::Job(Job::Rows(part, rows)));
                        self.table = Some((file, table));
                    }
                    Ok(None) => {
                        let mut frame = Frame::default();
                        table.conclude(&mut frame.batch.diagnostics);
                        let end = Slot::End(file, Some(table.digest()));
                        self.upcoming.extend([Slot::Read(file, Box::new(frame)), end]);
                    }
                    Err(diagnostic) => self.end_broken(file, diagnostic),
                }
            } else {
                let file = self.tables.next()?;
                self.upcoming.push_back(Slot::Begin(file));
                self.begin_table(file);
            }
        }
    }

    /// Opens a letter table, and says what its columns are taken to mean.
    fn begin_table(&mut self, file: FileId) {
        let said = &self.reading.project.columns;
        let slug = self.reading.slugs.of(file);
        let opened = self.reading.sources.open_regular(file);
        match opened.and_then(|opened| RowReader::new(file, slug, opened, said)) {
            Ok(mut table) => {
                let mut frame = Frame::default();
                let guesses = table.announce(said, &mut frame.batch.diagnostics);
                frame.batch.guesses.extend((!guesses.is_empty()).then_some((file, guesses)));
                self.upcoming.push_back(Slot::Read(file, Box::new(frame)));
                self.table = Some((file, table));
            }
            Err(diagnostic) => self.end_broken(file, diagnostic),
        }
    }

    /// Takes the next parts of the list of letters that is being divided.
    fn go_on(&mut self, file: FileId, mut divider: Divider, mut edition: Arc<Edition>) {
        let mut parts = Vec::new();
        let next = loop {
            match divider.next() {
                Ok(Some(part)) if matches!(part.holds, Holds::Letters { .. }) => parts.push(part),
                next => break Some(next),
            }
            if parts.len() == PARTS {
                break None;
            }
        };
        if !parts.is_empty() {
            let part = self.part(file);
            self.upcoming.push_back(Slot::Job(Job::Letters(part, parts, edition.clone())));
        }
        let broken = match next {
            None => None,
            Some(Ok(Some(frame))) => match self.reading.frame(self.part(file), &frame) {
                Ok(mut frame) => {
                    edition = frame.edition.take().map_or(edition, Arc::new);
                    self.upcoming.push_back(Slot::Read(file, Box::new(frame)));
                    None
                }
                Err(diagnostic) => Some(diagnostic),
            },
            Some(Ok(None)) => {
                let mut frame = Frame::default();
                divider.report(&mut frame.batch.diagnostics);
                self.seen = divider.take_seen();
                let end = Slot::End(file, Some(divider.digest()));
                return self.upcoming.extend([Slot::Read(file, Box::new(frame)), end]);
            }
            Some(Err(diagnostic)) => Some(diagnostic),
        };
        match broken {
            None => self.list = Some((file, divider, edition)),
            Some(diagnostic) => {
                self.seen = divider.take_seen();
                self.end_broken(file, diagnostic);
            }
        }
    }

    fn end_broken(&mut self, file: FileId, diagnostic: Diagnostic) {
        self.upcoming.extend([Slot::Broken(Box::new(diagnostic)), Slot::End(file, None)]);
    }
}

/// Hands on what was made, and takes back what a broken file has given.
pub(super) struct Delivery<'d, R> {
    sources: &'d Sources,
    make: &'d Make<'d, R>,
    take: &'d mut dyn FnMut(Step<R>) -> Result<()>,
    broken: Option<Diagnostic>,
    digest: Option<Digest>,
}

impl<R> Delivery<'_, R> {
    pub(super) fn pass(&mut self, slot: Slot) -> Result<()> {
        match slot {
            Slot::Begin(file) => {
                (self.broken, self.digest) = (None, None);
                (self.take)(Step::Begin(file))
            }
            Slot::Read(file, frame) => {
                let Frame { mut publication, batch, .. } = *frame;
                let made = (self.make)(file, &mut |_| publication.take());
                self.done(Done { made, batch, digest: None, broken: None, whole: None })
            }
            Slot::Broken(diagnostic) => {
                self.broken.get_or_insert(*diagnostic);
                Ok(())
            }
            Slot::End(file, digest) => match (self.broken.take(), digest.or(self.digest.take())) {
                (None, Some(digest)) => {
                    let path = self.sources.shared_path(file);
                    (self.take)(Step::End(SourceRecord { file, path, digest }))
                }
                (Some(diagnostic), _) => (self.take)(Step::LeftOut(file, diagnostic)),
                (None, None) => unreachable!("what was read to its end has a digest"),
            },
            Slot::Job(_) => unreachable!("a job is done before it is delivered"),
        }
    }

    pub(super) fn done(&mut self, done: Done<R>) -> Result<()> {
        self.digest = done.digest.or(self.digest.take());
        self.broken = self.broken.take().or(done.broken);
        if let Some(whole) = done.whole {
            (self.take)(Step::Whole(whole))?;
        }
        if self.broken.is_some() { Ok(()) } else { (self.take)(Step::Part(done.made, done.batch)) }
    }
}
