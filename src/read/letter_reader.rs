//! What the letters of a part of a source are read with, whatever format they are in.

use crate::diagnostic::Diagnostics;
use crate::model::{Coverage, Letter, Publication};
use crate::read::batch::Batch;
use crate::read::letter_slugs::{FileSlugs, LetterNames};
use crate::read::letter_sources::LetterSources;
use crate::read::memory::{Memory, PartOfSources};
use crate::read::naming::Naming;
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::Arc;

/// Reads letters, and keeps what else is found on the way.
pub(super) struct LetterReader<'a> {
    pub(super) sources: &'a LetterSources<'a>,
    pub(super) naming: Naming<'a>,
    pub(super) diagnostics: Diagnostics,
    pub(super) coverage: Coverage,
    /// The slugs of all files.
    pub(super) slugs: &'a FileSlugs,
    /// The slug of this one.
    pub(super) slug: &'a str,
    /// The files that are pointed to as if each were one letter, and where first.
    pub(super) pointed_to: BTreeMap<FileId, Span>,
    /// What pointers within the file call its letters.
    pub(super) siblings: LetterNames,
    /// The letters that have been read.
    pub(super) letters: Vec<Letter>,
    /// How the file was published.
    pub(super) publication: Option<Publication>,
}

impl<'a> LetterReader<'a> {
    /// A reader of a part of a source, that goes on with what a thread remembers and has found.
    pub(super) fn new(
        sources: &'a LetterSources<'a>,
        part: PartOfSources,
        memory: &mut Memory,
        batch: &mut Batch,
    ) -> Self {
        let slug = sources.slugs.of(part.file).as_str();
        let naming = Naming {
            project: sources.project,
            index: sources.index,
            part,
            path: sources.sources.path(part.file),
            scope: sources.project.profile.own_lists.then_some(slug),
            things: mem::take(&mut batch.things),
            own: HashMap::new(),
            people: Arc::default(),
            memory: mem::take(memory),
            told: &sources.told,
        };
        Self {
            sources,
            naming,
            diagnostics: mem::take(&mut batch.diagnostics),
            coverage: mem::take(&mut batch.coverage),
            slugs: &sources.slugs,
            slug,
            pointed_to: mem::take(&mut batch.pointed_to),
            siblings: LetterNames::default(),
            letters: Vec::new(),
            publication: None,
        }
    }

    /// Gives back what was remembered and found.
    pub(super) fn finish(self, memory: &mut Memory, batch: &mut Batch) -> (Vec<Letter>, Option<Publication>) {
        *memory = self.naming.memory;
        batch.things = self.naming.things;
        batch.diagnostics = self.diagnostics;
        batch.coverage = self.coverage;
        batch.pointed_to = self.pointed_to;
        (self.letters, self.publication)
    }
}
