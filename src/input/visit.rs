//! The way of all records, from the first source to the last, to whoever visits them.

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::input::letters::ordered::{LettersRead, visit_letters};
use crate::input::letters::sources::LetterSources;
use crate::input::naming::authority_index::AuthorityIndex;
use crate::input::naming::things::Things;
use crate::model::{Authority, Coverage, RecordOrigin, RecordVisitor, Records, SourceFile, SourceRecords};
use crate::progress::Progress;
use crate::project::{Project, SourceFiles};
use crate::source::{FileId, Sources};
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::Arc;

/// What records are read from, and how.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The project.
    pub project: &'a Project,
    /// The source files.
    pub sources: &'a Sources,
    /// Which of them are what.
    pub files: &'a SourceFiles,
    /// What was read whole.
    pub records: &'a Records,
    /// How many threads read letters.
    pub threads: NonZero<usize>,
    /// Takes a step for each file of letters.
    pub progress: &'a dyn Progress,
}

/// What is known of the sources when all records have been visited.
#[derive(Debug, Default)]
pub struct ReadSummary {
    /// The files that records came from.
    pub sources: Vec<SourceFile>,
    /// What letters name, and no authority table or register has.
    pub things: Things,
    /// How many letters there are, and what was not used.
    pub coverage: Coverage,
    /// The files that were left out.
    pub left_out: Vec<FileId>,
    /// What the columns of letter tables are taken to mean without being told.
    pub guesses: Vec<(FileId, Vec<String>)>,
}

/// How many of the things that letters name are visited at once.
const THINGS: usize = 1000;

/// Sends the records of all sources to a visitor: first what was read whole, then the letters, source by source, then
/// what these name. What is wrong with the letters goes into `diagnostics`.
pub fn visit<V: RecordVisitor>(
    reading: Reading<'_>,
    visitor: &mut V,
    diagnostics: &mut Diagnostics,
) -> Result<ReadSummary> {
    let Reading { project, sources, files, records, threads, progress } = reading;
    for records in SourceRecords::by_source(records) {
        visitor.visit(&records, diagnostics)?;
    }
    let index = AuthorityIndex::of(&records.authorities, files, sources);
    let mut letters = LetterSources::new(project, sources, files, &index, threads);
    let LettersRead { sources: of_letters, left_out, mut batch } =
        visit_letters(&mut letters, visitor, threads, progress)?;
    diagnostics.append(std::mem::take(&mut batch.diagnostics));
    batch.report(&letters, &left_out, diagnostics);
    visit_things(&batch.things, visitor, diagnostics)?;
    let sources = each_once(records.sources.iter().cloned().chain(of_letters));
    visitor.end(&sources, !batch.things.is_empty(), diagnostics)?;
    let mut coverage = records.coverage.clone();
    coverage.append(batch.coverage);
    let guesses = records.guesses.iter().cloned().chain(batch.guesses).collect();
    Ok(ReadSummary { sources, things: batch.things, coverage, left_out, guesses })
}

/// The files, each once: a workbook can have letters in one sheet and persons in another.
fn each_once(files: impl Iterator<Item = SourceFile>) -> Vec<SourceFile> {
    let mut sources: Vec<SourceFile> = Vec::new();
    let mut places: HashMap<Arc<str>, usize> = HashMap::new();
    for file in files {
        match places.get(&file.path) {
            Some(at) => {
                let known = &mut sources[*at];
                known.has_letters |= file.has_letters;
                file.terms.into_iter().for_each(|terms| known.add_terms(terms));
            }
            None => {
                places.insert(file.path.clone(), sources.len());
                sources.push(file);
            }
        }
    }
    sources
}

/// Sends what letters name, and no file describes, to a visitor.
fn visit_things<V: RecordVisitor>(things: &Things, visitor: &mut V, diagnostics: &mut Diagnostics) -> Result<()> {
    let mut things = things.authorities();
    loop {
        let some: Vec<Authority> = things.by_ref().take(THINGS).collect();
        if some.is_empty() {
            return Ok(());
        }
        let mut records = SourceRecords::new(RecordOrigin::Letters);
        records.authorities = some.iter().collect();
        visitor.visit(&records, diagnostics)?;
    }
}
