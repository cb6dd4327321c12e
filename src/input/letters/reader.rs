//! What the letters of a part of a source are read with, whatever format they are in.

use crate::diagnostic::Diagnostics;
use crate::input::letters::batch::Batch;
use crate::input::letters::repeated::CellFindings;
use crate::input::letters::sources::LetterSources;
use crate::input::letters::tally::Tally;
use crate::input::naming::letter_slugs::{FileSlugs, LetterNames};
use crate::input::naming::name_cache::{NameCache, PartOfSources};
use crate::input::naming::names::Naming;
use crate::model::{Coverage, Letter, Publication};
use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;

/// Reads letters, and keeps what else is found on the way.
pub(crate) struct LetterReader<'a> {
    pub(crate) sources: &'a LetterSources<'a>,
    pub(crate) naming: Naming<'a>,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) coverage: Coverage,
    pub(crate) findings: CellFindings,
    /// The slugs of all files.
    pub(crate) slugs: &'a FileSlugs,
    /// The slug of this one.
    pub(crate) slug: &'a str,
    /// What is counted over all letters.
    pub(crate) tally: Tally,
    /// What pointers within the file call its letters.
    pub(crate) siblings: LetterNames,
    /// The letters that have been read.
    pub(crate) letters: Vec<Letter>,
    /// How the file was published.
    pub(crate) publication: Option<Publication>,
}

impl<'a> LetterReader<'a> {
    /// A reader of a part of a source, that goes on with what a thread remembers and has found.
    pub(crate) fn new(
        sources: &'a LetterSources<'a>,
        part: PartOfSources,
        cache: &mut NameCache,
        batch: &mut Batch,
    ) -> Self {
        let slug = sources.slugs.of(part.file).as_str();
        let naming = Naming {
            project: sources.project,
            index: sources.index,
            named_before: &sources.named_before,
            part,
            path: sources.sources.path(part.file),
            is_table: sources.files.tables.contains(&part.file),
            scope: sources.project.profile.own_lists.then_some(slug),
            things: mem::take(&mut batch.things),
            own: HashMap::new(),
            people: Arc::default(),
            cache: mem::take(cache),
            seen_names: &sources.seen_names,
            found_by_name: Vec::new(),
            parts_of_text: HashSet::new(),
            keys: mem::take(&mut batch.keys),
            register_addresses: mem::take(&mut batch.register_addresses),
            diagnostics: Diagnostics::default(),
            reported: HashSet::new(),
        };
        Self {
            sources,
            naming,
            diagnostics: mem::take(&mut batch.diagnostics),
            coverage: mem::take(&mut batch.coverage),
            findings: mem::take(&mut batch.findings),
            slugs: &sources.slugs,
            slug,
            tally: mem::take(&mut batch.tally),
            siblings: LetterNames::default(),
            letters: Vec::new(),
            publication: None,
        }
    }

    /// Gives back what was remembered and found.
    pub(crate) fn finish(self, cache: &mut NameCache, batch: &mut Batch) -> (Vec<Letter>, Option<Publication>) {
        *cache = self.naming.cache;
        batch.things = self.naming.things;
        batch.keys = self.naming.keys;
        batch.register_addresses = self.naming.register_addresses;
        batch.diagnostics = self.diagnostics;
        batch.diagnostics.append(self.naming.diagnostics);
        batch.coverage = self.coverage;
        batch.findings = self.findings;
        batch.tally = self.tally;
        (self.letters, self.publication)
    }
}
