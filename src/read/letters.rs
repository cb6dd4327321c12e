//! Letters of other people's making, file by file, in parts that threads read: what is read of a part does not depend
//! on any other, and is handed on in the order of the sources.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Result;
use crate::model::{Coverage, Letter, Publication, SourceRecord};
use crate::project::{Project, SourceFiles};
use crate::read::cmif::{Holds, Part};
use crate::read::in_order::{Delivery, in_order};
use crate::read::letter_slugs::{FileSlugs, LetterNames, members};
use crate::read::letter_table::{Rows, TableLetters};
use crate::read::memory::{Memory, PartOfSources, Told};
use crate::read::naming::{Index, Naming};
use crate::read::prefix::Prefixes;
use crate::read::queue::{Frame, Job, Queue, Slot};
use crate::read::tei::Letters;
use crate::read::tei_header::Edition;
use crate::read::things::Things;
use crate::read::xml::{Element, Origin, Tree, decode};
use crate::source::{Digest, FileId, Sources, Span};
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock};

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
    /// The files that are read whole and hold no letter, or several, and how many.
    not_one: BTreeMap<FileId, usize>,
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
        self.not_one.extend(later.not_one);
    }

    /// Reports what can be said of names and pointers when everything has been read.
    pub fn report(&self, sources: &Sources, left_out: &[FileId], diagnostics: &mut Diagnostics) {
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

/// Reads a part of a file; its letters are handed over one by one, in the order of the file, so that none is held.
/// Returns how the file was published, where this part says so.
pub type ReadPart<'r> = dyn FnMut(&mut dyn FnMut(Letter)) -> Option<Publication> + 'r;
/// Makes something of a part of a file.
pub type Make<'m, R> = dyn FnMut(FileId, &mut ReadPart<'_>) -> R + Send + 'm;

/// What comes next, in the order of the sources.
pub enum Step<R> {
    /// A file begins.
    Begin(FileId),
    /// A part of it was read, and this was made of it.
    Part(R, Option<Box<Batch>>),
    /// What was read, besides their letters, of files that were not left out.
    Whole(Box<Batch>),
    /// The file has ended.
    End(SourceRecord),
    /// The file cannot be read: all of it is to be taken back.
    LeftOut(FileId, Diagnostic),
}

/// The most bytes that a TEI file may have; a list of letters may have any number.
pub(super) const XML_FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// What all threads read with.
pub struct Reading<'a> {
    pub(super) project: &'a Project,
    pub(super) sources: &'a Sources,
    pub(super) files: &'a SourceFiles,
    index: &'a Index,
    told: Told,
    pub(super) slugs: FileSlugs,
    /// Of files that letters of others point into.
    letter_names: Mutex<HashMap<FileId, Arc<OnceLock<LetterNames>>>>,
}

/// What came of it.
pub(super) struct Done<R> {
    pub(super) made: R,
    /// What was read of a part of a file.
    pub(super) batch: Option<Box<Batch>>,
    pub(super) digest: Option<Digest>,
    pub(super) broken: Option<Diagnostic>,
    /// What was read of files that are read whole, with the last of several: what a thread hands over for each costs
    /// more than to read it.
    pub(super) whole: Option<Box<Batch>>,
}

/// What a thread keeps from one job to the next.
pub(super) struct Desk<'m, R> {
    make: Box<Make<'m, R>>,
    memory: Memory,
    /// What was read of files that are read whole, and has not been handed over.
    whole: Box<Batch>,
}

impl<'m, R> Desk<'m, R> {
    fn new(make: Box<Make<'m, R>>) -> Self {
        Self { make, memory: Memory::default(), whole: Box::default() }
    }
}

impl<'a> Reading<'a> {
    /// Prepares the reading of the letters of a corpus.
    pub fn new(project: &'a Project, sources: &'a Sources, files: &'a SourceFiles, index: &'a Index) -> Self {
        let (told, slugs) = (Told::default(), FileSlugs::new(sources, files));
        Self { project, sources, files, index, told, slugs, letter_names: Mutex::default() }
    }

    /// Reads the letters of all files, with a function for each of the reading threads and one more, that makes something
    /// of what reads a part. `take` is called with what was made, in the order of the sources.
    pub fn read<'m, R: Send>(
        &self,
        mut makes: Vec<Box<Make<'m, R>>>,
        take: &mut dyn FnMut(Step<R>) -> Result<()>,
    ) -> Result<()> {
        let make = makes.pop().expect("there is one function more than there are threads");
        let mut delivery = Delivery::new(self.sources, make, take);
        let mut desks: Vec<Desk<'m, R>> = makes.into_iter().map(Desk::new).collect();
        let mut queue = Queue::new(self);
        let [desk] = &mut desks[..] else {
            return in_order(desks, &mut queue, &|job, is_last, desk| self.work(job, is_last, desk), &mut delivery);
        };
        while let Some(slot) = queue.next() {
            match slot {
                Slot::Job(job) => delivery.done(self.work(&job, true, desk))?,
                slot => delivery.pass(slot)?,
            }
        }
        Ok(())
    }

    /// Does a job, which may be the last of several that are handed over together.
    fn work<R>(&self, job: &Job, is_last: bool, desk: &mut Desk<'_, R>) -> Done<R> {
        let number = job.part();
        let Desk { make, memory, whole } = desk;
        memory.turn_to(number);
        let is_whole = number.number.is_none();
        let (mut digest, mut broken, mut of_part) = (None, None, (!is_whole).then(Box::<Batch>::default));
        let made = make(number.file, &mut |take| {
            // A file that is broken and read whole is known to be before anything is read of it.
            let batch = of_part.as_deref_mut().unwrap_or(whole);
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
            people: Arc::default(),
            memory: std::mem::take(*memory),
            told: &self.told,
        };
        let mut letters = Letters {
            naming: &mut naming,
            diagnostics: &mut batch.diagnostics,
            coverage: &mut batch.coverage,
            slugs: &self.slugs,
            slug: self.slugs.of(file),
            letter_of: &|file, id| self.letter_of(file, id),
            pointed_to: &mut batch.pointed_to,
            take: *take,
            siblings: LetterNames::default(),
            count: 0,
            publication: None,
        };
        let result = read(&mut letters);
        *publication = letters.publication;
        batch.things = naming.things;
        **memory = naming.memory;
        result
    }

    /// The letter of a file that pointers give this id.
    fn letter_of(&self, file: FileId, id: &str) -> Option<SmolStr> {
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

    fn names_in(&self, file: FileId) -> std::result::Result<LetterNames, Diagnostic> {
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, Origin::whole(file), None)?, Origin::whole(file))?;
        let has_profile = self.project.profile.has_paths();
        Ok(LetterNames::of(&members(tree.root(), self.slugs.of(file), &self.slugs, has_profile)))
    }

    /// Reads a TEI file; its digest.
    fn tei(&self, part: &mut PartOfFile<'_>) -> std::result::Result<Digest, Diagnostic> {
        let file = part.number.file;
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, Origin::whole(file), None)?, Origin::whole(file))?;
        let count = self.reading(part, |letters| {
            letters.file(tree.root());
            letters.naming.people.count_unused(letters.coverage);
            letters.count
        });
        part.batch.not_one.extend((count != 1).then_some((file, count)));
        tree.report(&mut part.batch.coverage, &mut part.batch.diagnostics);
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
            letters.naming.people = edition.people.clone();
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
                tree.report(letters.coverage, letters.diagnostics);
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
    pub(super) fn frame(&self, number: PartOfSources, frame: &Part) -> std::result::Result<Frame, Diagnostic> {
        let tree = frame.parse(number.file)?;
        let root = tree.root().mark_used();
        let elements = std::iter::once(root).chain(root.descendants());
        let header = elements.filter(|element| element.name() == "teiHeader" && element.is_own()).last();
        let mut batch = Batch::default();
        let take: &mut dyn FnMut(Letter) = &mut |_| unreachable!("a frame holds no letter");
        let memory = &mut Memory::default();
        let mut part = PartOfFile { number, memory, batch: &mut batch, publication: None, take };
        let edition = self.reading(&mut part, |letters| {
            let mut edition = header.map(|header| letters.edition(header.mark_parents_used(), &Edition::default()))?;
            edition.people = letters.naming.people.clone();
            Some(edition)
        });
        tree.report(&mut part.batch.coverage, &mut part.batch.diagnostics);
        let publication = part.publication;
        Ok(Frame { edition, publication, batch, people: None })
    }
}

/// A part of a file while it is read.
struct PartOfFile<'p> {
    number: PartOfSources,
    memory: &'p mut Memory,
    batch: &'p mut Batch,
    publication: Option<Publication>,
    take: &'p mut dyn FnMut(Letter),
}
