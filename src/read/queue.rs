//! What is to be read of the letters, part by part, from the first file to the last.

use crate::diagnostic::Diagnostic;
use crate::model::Publication;
use crate::read::cmif::{Divider, Holds, Part, Seen};
use crate::read::letter_table::{RowReader, Rows};
use crate::read::letters::{Batch, Reading};
use crate::read::memory::PartOfSources;
use crate::read::naming::People;
use crate::read::tei_header::Edition;
use crate::source::{Digest, FileId};
use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::Arc;

/// How many parts of a list of letters a thread reads at once.
const PARTS: usize = 4;

/// Something to read.
pub(super) enum Job {
    Tei(FileId),
    Letters(PartOfSources, Vec<Part>, Arc<Edition>),
    Rows(PartOfSources, Rows),
}

impl Job {
    pub(super) fn part(&self) -> PartOfSources {
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

/// What comes next, in order, some of it still to be done.
pub(super) enum Slot {
    Begin(FileId),
    Job(Job),
    /// Read already, because what follows depends on it.
    Read(FileId, Box<Frame>),
    Broken(Box<Diagnostic>),
    End(FileId, Option<Digest>),
}

/// What is said around the letters of a file.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) edition: Option<Edition>,
    pub(super) publication: Option<Publication>,
    pub(super) batch: Batch,
    /// Those who are responsible for the file, when all of it has been read.
    pub(super) people: Option<Arc<People>>,
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
    pub(super) fn new(reading: &'q Reading<'a>) -> Self {
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
                match self.reading.sources.open_stream(file) {
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
                let mut frame = Frame { people: Some(edition.people.clone()), ..Frame::default() };
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
