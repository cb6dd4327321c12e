//! Sources to records: every file is read to its end, and all that is wrong with it is collected.

mod annotations;
mod authorities;
mod claims;
mod cmif;
mod correspondence;
mod coverage;
mod dating;
mod document;
mod letters;
mod link;
mod naming;
mod plain;
mod reader;
mod table;
mod tei;
mod texts;
mod transcription;
mod xml;

pub use coverage::{Coverage, Unused};
pub use letters::{Batch, Reading, Step};
pub use naming::{Index, Things};
pub use texts::{Verification, verify};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Corpus, SourceRecord};
use crate::project::{Project, SourceFiles};
use crate::source::{FileId, SourceText, Sources};
use link::Names;
use reader::Reader;
use std::num::NonZero;
use std::thread;

/// Reads the sources of a corpus; what is wrong with them goes into `diagnostics`.
///
/// Documents are read by several threads; records and diagnostics are the same whatever their number. `progress` is
/// called once for every document.
pub fn read(
    project: &Project,
    sources: &Sources,
    files: &SourceFiles,
    threads: NonZero<usize>,
    progress: &(dyn Fn() + Sync),
    diagnostics: &mut Diagnostics,
) -> Corpus {
    let mut corpus = Corpus::default();
    let mut names = Names::default();
    for &file in &files.authorities {
        let found = read_file(project, sources, file, &mut corpus, &mut names, diagnostics, authorities::read);
        corpus.authorities.extend(found.unwrap_or_default());
    }
    let found = in_parallel(&files.documents, threads, |&file| {
        let (mut part, mut names, mut problems) = (Corpus::default(), Names::default(), Diagnostics::default());
        let found = read_file(project, sources, file, &mut part, &mut names, &mut problems, document::read).flatten();
        progress();
        (found, part.sources, names, problems)
    });
    let mut spans = Vec::new();
    for (found, records, found_names, problems) in found {
        diagnostics.append(problems);
        corpus.sources.extend(records);
        names.append(found_names);
        let Some(found) = found else { continue };
        corpus.documents.push(found.document);
        corpus.annotations.extend(found.annotations);
        spans.extend(found.claim_spans);
    }
    for &file in &files.annotations {
        let found = read_file(project, sources, file, &mut corpus, &mut names, diagnostics, annotations::read);
        corpus.annotations.extend(found.unwrap_or_default());
    }
    for &file in &files.claims {
        let found = read_file(project, sources, file, &mut corpus, &mut names, diagnostics, claims::read);
        corpus.claims.extend(found.unwrap_or_default());
    }
    let letters = files.tei.len() + files.cmif.len();
    if files.documents.is_empty() && letters == 0 {
        let help = "put one into the folder documents/, or name your files under [sources] in regesta.toml";
        diagnostics.push(Diagnostic::general(Code::NothingToRead, "there is no document to read").help(help));
    }
    link::case_collisions(&files.documents, sources, diagnostics);
    link::link(&mut corpus, spans, &names, diagnostics);
    corpus
}

/// Opens one file and has it read; nothing where it cannot be opened.
fn read_file<T>(
    project: &Project,
    sources: &Sources,
    file: FileId,
    corpus: &mut Corpus,
    names: &mut Names,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&mut Reader<'_>) -> T,
) -> Option<T> {
    let path = sources.path(file);
    // A document that cannot be read is there all the same for those that point to it.
    names.add_file(path);
    let source: SourceText = diagnostics.take(sources.open(file))?;
    corpus.sources.push(SourceRecord { file, path: path.to_owned(), digest: source.digest.clone() });
    let (references, defined) = (Vec::new(), Vec::new());
    let mut reader = Reader { project, source: &source, path, diagnostics, references, defined };
    let found = read(&mut reader);
    names.add(reader.references, reader.defined);
    Some(found)
}

/// Applies a function to every item, in several threads; the results are in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], threads: NonZero<usize>, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let share = items.len().div_ceil(threads.get()).max(1);
    if share >= items.len() {
        return items.iter().map(work).collect();
    }
    thread::scope(|scope| {
        let work = &work;
        let shares = items.chunks(share);
        let running: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<R>>())).collect();
        running.into_iter().flat_map(|share| share.join().expect("a reader does not panic")).collect()
    })
}
