//! Sources to records: every file is read to its end, and all that is wrong with it is collected.

mod annotations;
mod authorities;
mod claims;
mod cmif;
mod correspondence;
mod coverage;
mod dating;
mod document;
mod free_date;
mod heading;
mod letter_table;
mod letters;
mod link;
mod naming;
mod plain;
mod reader;
mod register;
mod table;
mod tei;
mod tei_text;
mod texts;
mod transcription;
mod workbook;
mod xml;

pub use coverage::{Coverage, Unused};
pub use letters::{Batch, Reading, Step};
pub use naming::{Index, Things};
pub use texts::{Verification, verify};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Corpus, Id, SourceRecord};
use crate::project::{Project, SourceFiles};
use crate::source::{FileId, SourceText, Sources, sha256};
use letters::XML_FILE_LIMIT;
use link::Names;
use reader::Reader;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread;
use xml::{Origin, Tree, decode};

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
    for &file in &files.registers {
        registers(project, sources, file, &mut corpus, diagnostics);
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
    let letters = files.tei.len() + files.cmif.len() + files.tables.len();
    if files.documents.is_empty() && letters == 0 {
        let help = "put one into the folder documents/, or name your files under [sources] in regesta.toml";
        diagnostics.push(Diagnostic::general(Code::NothingToRead, "there is no document to read").help(help));
    }
    link::case_collisions(&files.documents, sources, diagnostics);
    link::link(&mut corpus, spans, &names, diagnostics);
    corpus
}

/// Reads a TEI register; one that is not well formed is left out as a whole.
fn registers(project: &Project, sources: &Sources, file: FileId, corpus: &mut Corpus, diagnostics: &mut Diagnostics) {
    let origin = Origin::whole(file);
    let mut read = || -> Result<(), Diagnostic> {
        let bytes = sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, origin, None)?, origin)?;
        let path = sources.path(file);
        let entries = register::read(tree.root(), project, file, diagnostics);
        if entries.is_empty() {
            let message = "this register has no entry";
            let help = "an entry is a person, org, place, event or bibl with an xml:id in a listPerson, listOrg, listPlace, \
                        listEvent or listBibl";
            diagnostics.push(Diagnostic::new(Code::NoEntry, tree.root().span(), message).help(help));
        }
        let mut taken: BTreeMap<Id, FileId> =
            corpus.authorities.iter().map(|authority| (authority.id.clone(), authority.file)).collect();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).replace('/', "-");
        for (_, mut entry) in entries {
            match taken.get(&entry.id) {
                Some(first) if *first == file => {
                    let message = format!("\"{}\" is the id of an earlier entry too", entry.id.slug);
                    let help = "this entry is left out; give it an id of its own";
                    diagnostics.push(Diagnostic::new(Code::RepeatedEntry, entry.span, message).help(help));
                    continue;
                }
                // Registers are made apart from each other: one id can be two things in two of them.
                Some(_) => {
                    let slug = naming::slug_of_id(Some(&folder), &entry.id.slug);
                    entry.entry = Some(std::mem::replace(&mut entry.id.slug, slug.into()).to_string());
                }
                None => {}
            }
            taken.insert(entry.id.clone(), file);
            corpus.authorities.push(entry);
        }
        corpus.sources.push(SourceRecord { file, path: path.to_owned(), digest: sha256(&bytes) });
        Ok(())
    };
    if let Err(diagnostic) = read() {
        diagnostics.leave_out(file, diagnostic);
    }
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

/// For the fuzz target of XML: whether what the parser of common XML reads, the strict parser reads alike.
#[cfg(fuzzing)]
pub fn parsers_agree(text: &str) -> Result<(), String> {
    xml::agrees(text)
}
