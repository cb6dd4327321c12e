//! Sources that are read whole: authority tables, registers, hand-written documents, annotations, claims, mapping files.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::letters::sources::XML_FILE_LIMIT;
use crate::input::link::{self, KnownIds};
use crate::input::markdown::document;
use crate::input::naming::authority_index::AuthorityIndex;
use crate::input::naming::entry_links::{self, EntryLink, EntryPointer};
use crate::input::naming::names;
use crate::input::reader::Reader;
use crate::input::table::{annotations, authorities, claims, register_table};
use crate::input::tei::nothing_read::no_entry;
use crate::input::tei::prefix::Prefixes;
use crate::input::tei::{header, register};
use crate::input::xml::{TextOrigin, Tree, decode};
use crate::input::{identifications, mappings};
use crate::model::{Authority, Id, Kind, Records, SourceFile, TermsOfUse};
use crate::progress::Progress;
use crate::project::{Project, SourceFiles};
use crate::source::{Digest, FILE_LIMIT, FileId, SourceText, Sources, Span, short_digest};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::thread;

/// The most bytes that a mapping file may have: a quarter of a million rows.
pub const MAPPING_LIMIT: u64 = 64 * 1024 * 1024;

/// Reads the sources of a corpus; what is wrong with them goes into `diagnostics`.
///
/// Documents are read by several threads; records and diagnostics are the same whatever their number. Each is a step of
/// `progress`.
pub fn read(
    project: &Project,
    sources: &Sources,
    files: &SourceFiles,
    threads: NonZero<usize>,
    progress: &dyn Progress,
    diagnostics: &mut Diagnostics,
) -> Records {
    let mut records = Records::default();
    let mut names = KnownIds::default();
    for &file in &files.authorities {
        let found = read_file(project, sources, file, &mut records, &mut names, diagnostics, authorities::read);
        records.authorities.extend(found.unwrap_or_default());
    }
    let mut taken = records.authorities.iter().map(|authority| (authority.id.clone(), authority.file)).collect();
    let mut links = Vec::new();
    for &file in &files.registers {
        links.extend(register_file(project, sources, file, &mut taken, &mut records, diagnostics));
    }
    for (kind, files) in files.register_tables() {
        for &file in files {
            register_table_file(project, sources, (file, kind), &mut taken, &mut records, diagnostics);
        }
    }
    if !links.is_empty() {
        let index = AuthorityIndex::of(&records.authorities, files, sources);
        let find = |file, pointer: &EntryPointer, kind| index.linked(pointer, kind, sources.path(file)).cloned();
        entry_links::settle(&mut records.authorities, links, find, &mut records.coverage, diagnostics);
    }
    let found = in_parallel(&files.documents, threads, |&file| {
        let (mut part, mut names, mut problems) = (Records::default(), KnownIds::default(), Diagnostics::default());
        let found = read_file(project, sources, file, &mut part, &mut names, &mut problems, document::read).flatten();
        progress.step();
        (found, part.sources, names, problems)
    });
    let mut spans = Vec::new();
    for (found, files, found_names, problems) in found {
        diagnostics.append(problems);
        records.sources.extend(files);
        names.append(found_names);
        let Some(found) = found else { continue };
        records.documents.push(found.document);
        records.annotations.extend(found.annotations);
        spans.extend(found.claim_spans);
    }
    for &file in &files.annotations {
        let found = read_file(project, sources, file, &mut records, &mut names, diagnostics, annotations::read);
        records.annotations.extend(found.unwrap_or_default());
    }
    for &file in &files.claims {
        let found = read_file(project, sources, file, &mut records, &mut names, diagnostics, claims::read);
        records.claims.extend(found.unwrap_or_default());
    }
    for &file in &files.links {
        let found = read_file(project, sources, file, &mut records, &mut names, diagnostics, mappings::read);
        records.mappings.extend(found.unwrap_or_default());
    }
    let given = [&files.tei, &files.cmif, &files.tables, &files.registers];
    let is_joint = !project.corpora.is_empty();
    if !is_joint && files.documents.is_empty() && given.iter().all(|files| files.is_empty()) {
        let help = "put one into the folder documents/, or name your files under [sources] in regesta.toml";
        diagnostics.push(Diagnostic::general(Code::NothingToRead, "there is no document to read").help(help));
    }
    link::case_collisions(&files.documents, sources, diagnostics);
    link::link(&mut records, spans, &names, diagnostics);
    identifications::settle(&mut records.annotations, &project.policy);
    records
}

/// Reads a TEI register; one that is not well formed is left out as a whole. Its links are those of the entries with these
/// numbers.
fn register_file(
    project: &Project,
    sources: &Sources,
    file: FileId,
    taken: &mut BTreeMap<Id, FileId>,
    records: &mut Records,
    diagnostics: &mut Diagnostics,
) -> Vec<(usize, EntryLink)> {
    let origin = TextOrigin::whole(file);
    let mut read = || -> Result<Vec<(usize, EntryLink)>, Diagnostic> {
        let bytes = sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, origin, None)?, origin)?;
        let root = tree.root().mark_used();
        let terms = header::terms_of_use(root);
        let entries = register::read(root, project, file, None, &Prefixes::default(), diagnostics);
        if entries.is_empty() {
            let (message, help) = no_entry(root);
            diagnostics.push(Diagnostic::new(Code::NoEntry, root.span(), message).help(help));
        }
        let mut links: BTreeMap<Span, Vec<EntryLink>> = BTreeMap::new();
        let first = records.authorities.len();
        let mut authorities = Vec::new();
        for entry in entries {
            links.insert(entry.authority.span, entry.links);
            authorities.push(entry.authority);
        }
        take_up(authorities, sources, file, taken, records, diagnostics);
        let taken_up = records.authorities.iter().enumerate().skip(first);
        let links = taken_up.flat_map(|(at, entry)| {
            links.remove(&entry.span).unwrap_or_default().into_iter().map(move |link| (at, link))
        });
        let links = links.collect();
        tree.report(&mut records.coverage, diagnostics);
        let path = sources.shared_path(file);
        let mut record = SourceFile::new(file, path, Digest::of(&bytes));
        record.terms.extend(terms);
        records.sources.push(record);
        Ok(links)
    };
    read().unwrap_or_else(|diagnostic| {
        diagnostics.leave_out(file, diagnostic);
        Vec::new()
    })
}

/// Reads a table of persons or other things; one that cannot be read is left out as a whole.
fn register_table_file(
    project: &Project,
    sources: &Sources,
    (file, kind): (FileId, Kind),
    taken: &mut BTreeMap<Id, FileId>,
    records: &mut Records,
    diagnostics: &mut Diagnostics,
) {
    match register_table::read(project, sources, (file, kind), &mut records.coverage, diagnostics) {
        Ok(table) => {
            if table.entries.is_empty() {
                let message = "this table has no entry";
                let help = "a table of persons, organisations or places has one in each row below its headings";
                diagnostics.push(Diagnostic::new(Code::NoEntry, Sources::whole(file), message).help(help));
            }
            take_up(table.entries, sources, file, taken, records, diagnostics);
            records.guesses.extend((!table.guesses.is_empty()).then_some((file, table.guesses)));
            records.sources.push(SourceFile::new(file, sources.shared_path(file), table.digest));
        }
        Err(diagnostic) => diagnostics.leave_out(file, diagnostic),
    }
}

/// Takes up the entries of a register. Registers are made apart from each other: an id that an earlier one has too gets
/// the register's folder before it, or folder and name.
fn take_up(
    entries: Vec<Authority>,
    sources: &Sources,
    file: FileId,
    taken: &mut BTreeMap<Id, FileId>,
    records: &mut Records,
    diagnostics: &mut Diagnostics,
) {
    let path = sources.path(file);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let scopes = [folder, path.rsplit_once('.').map_or(path, |(path, _)| path)].map(|scope| scope.replace('/', "-"));
    let mut own = BTreeSet::new();
    for mut entry in entries {
        let is_repeated = !own.insert(entry.id.clone());
        match taken.get(&entry.id) {
            _ if is_repeated => {
                let message = format!("\"{}\" is the id of an earlier entry too", entry.id.slug);
                let help = "this entry is left out; give it an id of its own";
                diagnostics.push(Diagnostic::new(Code::RepeatedEntry, entry.span, message).help(help));
                continue;
            }
            Some(other) => {
                let scoped =
                    |scope: &String| Id::new(entry.id.kind, names::slug_of_id(Some(scope.as_str()), &entry.id.slug));
                let free = scopes.iter().map(scoped).find(|id| !taken.contains_key(id));
                let digest = || format!("{}-{}", entry.id.slug, short_digest(path));
                let id = free.unwrap_or_else(|| Id::new(entry.id.kind, digest()));
                if sources.path(*other).rsplit_once('/').map_or("", |(folder, _)| folder) == folder {
                    let message =
                        format!("\"{}\" is the id of an entry of {} too", entry.id.slug, sources.path(*other));
                    let help = "an id alone means neither of them, unless the name beside it is that of one; letters can say \
                                which they mean by the register's name: register.xml#id";
                    diagnostics.push(Diagnostic::new(Code::RepeatedEntry, entry.span, message).help(help));
                }
                entry.entry = Some(std::mem::replace(&mut entry.id, id).slug.to_string());
            }
            None => {}
        }
        taken.insert(entry.id.clone(), file);
        records.authorities.push(entry);
    }
}

/// Opens one file and has it read; nothing where it cannot be opened.
fn read_file<T>(
    project: &Project,
    sources: &Sources,
    file: FileId,
    records: &mut Records,
    names: &mut KnownIds,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&mut Reader<'_>) -> T,
) -> Option<T> {
    let path = sources.path(file);
    // A document that cannot be read is there all the same for those that point to it.
    names.add_file(path);
    let limit = if path.ends_with(".tsv") { MAPPING_LIMIT } else { FILE_LIMIT };
    let source: SourceText = diagnostics.take(sources.open_up_to(file, limit))?;
    records.sources.push(SourceFile::new(file, sources.shared_path(file), source.digest));
    let (references, defined) = (Vec::new(), Vec::new());
    let mut reader = Reader { project, source: &source, path, diagnostics, references, defined, licence: None };
    let found = read(&mut reader);
    names.add(reader.references, reader.defined);
    if let (Some(licence), Some(record)) = (reader.licence, records.sources.last_mut()) {
        record.add_terms(TermsOfUse::Licence(licence));
    }
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
