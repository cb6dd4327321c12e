//! What is to be read of the letters, part by part, from the first file to the last.

use crate::diagnostic::Diagnostic;
use crate::input::cmif::divider::{Divider, ListPart, ListPartKind, Seen};
use crate::input::cmif::frame::{self, Frame};
use crate::input::letters::sources::LetterSources;
use crate::input::naming::name_cache::PartOfSources;
use crate::input::table::letters::{RowReader, Rows};
use crate::input::tei::header::Edition;
use crate::project::SourceFiles;
use crate::source::{Digest, FileId};
use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::Arc;

/// How many parts of a list of letters a thread reads at once.
const PARTS: usize = 4;

/// How many files a thread reads at once: a letter alone is read faster than it is handed over.
const FILES: usize = 8;

/// What is to be done next, in the order of the sources.
pub(crate) enum Job {
    /// Files of letters, each of which is read whole.
    Files(Vec<FileId>),
    /// A file begins that is read in parts.
    Begin(FileId),
    /// A part of the file.
    Part(PartOfSources, PartContent),
    /// What stands around the letters of a file; read already, because what follows depends on it.
    Frame(FileId, Box<Frame>),
    /// The file ends; or it cannot be read to its end, and why.
    End(FileId, Result<Digest, Box<Diagnostic>>),
}

/// What a part of a file holds.
pub(crate) enum PartContent {
    /// Entries of a list of letters.
    Entries(Vec<ListPart>, Arc<Edition>),
    /// Rows of a letter table.
    Rows(Rows),
}

impl Job {
    /// How many parts of sources it reads.
    pub(crate) fn parts(&self) -> usize {
        match self {
            Self::Files(files) => files.len(),
            Self::Part(..) | Self::Frame(..) => 1,
            Self::Begin(_) | Self::End(..) => 0,
        }
    }
}

/// What is to be read, from the first file to the last.
pub(crate) struct Jobs<'a> {
    sources: &'a LetterSources<'a>,
    tei: std::vec::IntoIter<FileId>,
    cmif: std::vec::IntoIter<FileId>,
    tables: std::vec::IntoIter<FileId>,
    table: Option<(FileId, RowReader)>,
    list: Option<(FileId, Divider, Arc<Edition>)>,
    seen: Seen,
    /// How many parts have come of all files.
    parts: u32,
    upcoming: VecDeque<Job>,
}

impl<'a> Jobs<'a> {
    /// The reading of TEI and CMIF files.
    pub(crate) fn of_xml(sources: &'a LetterSources<'a>) -> Self {
        let SourceFiles { tei, cmif, .. } = sources.files;
        Self::of(sources, [tei, cmif, &Vec::new()])
    }

    /// The reading of letter tables.
    pub(crate) fn of_tables(sources: &'a LetterSources<'a>) -> Self {
        Self::of(sources, [&Vec::new(), &Vec::new(), &sources.files.tables])
    }

    fn of(sources: &'a LetterSources<'a>, files: [&Vec<FileId>; 3]) -> Self {
        let [tei, cmif, tables] = files.map(|files| files.clone().into_iter());
        let (seen, parts, upcoming) = (Seen::default(), 0, VecDeque::new());
        Self { sources, tei, cmif, tables, table: None, list: None, seen, parts, upcoming }
    }

    fn part(&mut self, file: FileId) -> PartOfSources {
        self.parts += 1;
        PartOfSources { file, number: NonZero::new(self.parts) }
    }

    pub(crate) fn next(&mut self) -> Option<Job> {
        loop {
            if let Some(job) = self.upcoming.pop_front() {
                return Some(job);
            }
            if let Some((file, divider, edition)) = self.list.take() {
                self.go_on(file, divider, edition);
            } else if !self.tei.as_slice().is_empty() {
                return Some(Job::Files(self.tei.by_ref().take(FILES).collect()));
            } else if let Some(file) = self.cmif.next() {
                self.upcoming.push_back(Job::Begin(file));
                match self.sources.sources.open_stream(file) {
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
                        self.upcoming.push_back(Job::Part(part, PartContent::Rows(rows)));
                        self.table = Some((file, table));
                    }
                    Ok(None) => {
                        let mut frame = Frame::default();
                        table.conclude(&mut frame.batch.diagnostics);
                        let end = Job::End(file, Ok(table.digest()));
                        self.upcoming.extend([Job::Frame(file, Box::new(frame)), end]);
                    }
                    Err(diagnostic) => self.end_broken(file, diagnostic),
                }
            } else {
                let file = self.tables.next()?;
                self.upcoming.push_back(Job::Begin(file));
                self.begin_table(file);
            }
        }
    }

    /// Opens a letter table, and says what its columns are taken to mean.
    fn begin_table(&mut self, file: FileId) {
        let (sources, project) = (self.sources.sources, self.sources.project);
        let columns = &project.columns;
        let mut section = columns.of_letters(sources.path(file));
        section.date_order = section.date_order.or(project.date_order);
        let slug = self.sources.slugs.of(file);
        let opened = sources.open_regular(file);
        let begun = opened.and_then(|opened| RowReader::new(file, slug, opened, section.clone(), columns.sheets()));
        match begun {
            Ok(mut table) => {
                let mut frame = Frame::default();
                let guesses = table.announce(&mut frame.batch.diagnostics);
                if table.wants_keys()
                    && let Ok(opened) = sources.open_regular(file)
                {
                    table.learn_keys(opened, &section);
                }
                frame.batch.guesses.extend((!guesses.is_empty()).then_some((file, guesses)));
                self.upcoming.push_back(Job::Frame(file, Box::new(frame)));
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
                Ok(Some(part)) if matches!(part.holds, ListPartKind::Letters { .. }) => parts.push(part),
                next => break Some(next),
            }
            if parts.len() == PARTS {
                break None;
            }
        };
        if !parts.is_empty() {
            let part = self.part(file);
            self.upcoming.push_back(Job::Part(part, PartContent::Entries(parts, edition.clone())));
        }
        let broken = match next {
            None => None,
            Some(Ok(Some(frame))) => match frame::read(self.sources, self.part(file), &frame) {
                Ok(mut frame) => {
                    edition = frame.edition.take().map_or(edition, Arc::new);
                    self.upcoming.push_back(Job::Frame(file, Box::new(frame)));
                    None
                }
                Err(diagnostic) => Some(diagnostic),
            },
            Some(Ok(None)) => {
                let mut frame = Frame { people: Some(edition.people.clone()), ..Frame::default() };
                divider.report(&mut frame.batch.diagnostics);
                self.seen = divider.take_seen();
                let end = Job::End(file, Ok(divider.digest()));
                return self.upcoming.extend([Job::Frame(file, Box::new(frame)), end]);
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
        self.upcoming.push_back(Job::End(file, Err(Box::new(diagnostic))));
    }
}
