//! The whole line: what was read whole, then letters part by part, to wherever the graph goes.

use crate::check::Facts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Result;
use crate::graph::{self, Gate, Guard, Iris, Maker, Target};
use crate::model::{Corpus, Coverage, Document, Id, Kind, Mapping, Reference, Review, SourceRecord, TermsOfUse};
use crate::project::{Project, SourceFiles};
use crate::read::{Batch, Index, Make, ReadPart, Reading, Step, Things};
use crate::source::{FileId, Sources};
use std::collections::BTreeSet;
use std::mem;
use std::num::NonZero;

/// What was read and written besides the corpus that was read whole.
#[derive(Debug, Default)]
pub struct Written {
    /// The files that letters were read from.
    pub sources: Vec<SourceRecord>,
    /// What letters name, and no authority table or register has.
    pub things: Things,
    /// How many letters there are, and what was not used.
    pub coverage: Coverage,
    /// The files that were left out.
    pub left_out: Vec<FileId>,
    /// What the columns of letter tables are taken to mean without being told.
    pub guesses: Vec<(FileId, Vec<String>)>,
    /// What is remembered of documents, where they are to be checked.
    pub facts: Facts,
}

/// What everything is written with.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The project.
    pub project: &'a Project,
    /// The source files.
    pub sources: &'a Sources,
    /// Which of them are what.
    pub files: &'a SourceFiles,
    /// What was read whole.
    pub corpus: &'a Corpus,
    /// Where letters find their persons and places.
    pub index: &'a Index,
    /// Whether documents are to be checked.
    pub is_checked: bool,
    /// How many threads read letters.
    pub threads: NonZero<usize>,
    /// Called for each file of letters.
    pub progress: &'a (dyn Fn() + Sync),
}

/// Sends the whole graph to a target, past the gate, and reports what can be said at its end only.
pub fn write<T: Target>(line: Line<'_>, target: &mut T, diagnostics: &mut Diagnostics) -> Result<Written> {
    let written = write_statements(line, target, diagnostics)?;
    unmatched(line.project, &written.coverage, diagnostics);
    unknown(line, &written.things, diagnostics);
    nobody(&written.coverage, line.files, diagnostics);
    Ok(written)
}

/// Sends the whole graph to a target, past the gate.
pub fn write_statements<T: Target>(line: Line<'_>, target: &mut T, diagnostics: &mut Diagnostics) -> Result<Written> {
    let guard = Guard::new(line.corpus, &line.project.base);
    graph::graph(line.corpus, line.project, &mut Gate::new(&guard, &mut *target, diagnostics))?;
    let mut facts = Facts::default();
    for document in line.corpus.documents.iter().filter(|_| line.is_checked) {
        facts.document(document, &line.project.circa, diagnostics);
    }
    let mut written = letters(line, &guard, target, diagnostics)?;
    facts.append(mem::take(&mut written.facts));
    written.facts = facts;
    let mut coverage = line.corpus.coverage.clone();
    coverage.append(mem::take(&mut written.coverage));
    written.coverage = coverage;
    if !written.things.is_empty() {
        graph::things(written.things.authorities(), line.project, &mut Gate::new(&guard, &mut *target, diagnostics))?;
    }
    let mut sources = line.corpus.sources.clone();
    sources.append(&mut written.sources);
    graph::catalogue(
        &sources,
        !written.things.is_empty(),
        line.project,
        &mut Gate::new(&guard, &mut *target, diagnostics),
    )?;
    written.sources = sources;
    Ok(written)
}

/// Sends the letters to a target, file by file, in the order of the files.
fn letters<T: Target>(line: Line<'_>, guard: &Guard, target: &mut T, diagnostics: &mut Diagnostics) -> Result<Written> {
    let Line { sources, files, threads, project, .. } = line;
    let iris = Iris::new(&project.base);
    let make = |_| -> Box<Make<'_, _>> {
        let mut maker = target.maker();
        Box::new(move |file, read: &mut ReadPart<'_>| make(&mut maker, file, line, guard, read))
    };
    // One for each thread, and one for what is said around the letters of a file.
    let makes: Vec<_> = (0..=threads.get()).map(make).collect();
    let is_table = |file| files.tables.contains(&file);
    let (mut written, mut all, mut of_file) = (Written::default(), Batch::default(), Batch::default());
    let (mut facts_of_file, mut found_in_file, mut terms_of_file) =
        (Facts::default(), Diagnostics::default(), BTreeSet::new());
    let mut take = |step: Step<Made<_>>| -> Result<()> {
        match step {
            Step::Begin(file) => {
                (of_file, facts_of_file) = (Batch::default(), Facts::default());
                (found_in_file, terms_of_file) = (Diagnostics::default(), BTreeSet::new());
                return target.begin(iris.source(sources.path(file)).as_ref());
            }
            Step::Part(Made { piece, leaks, found, facts, terms }, batch) => {
                batch.into_iter().for_each(|batch| of_file.append(*batch));
                of_file.diagnostics.append(leaks);
                facts_of_file.append(facts);
                found_in_file.append(found);
                terms_of_file.extend(terms);
                return target.append(piece?);
            }
            // A row that cannot be read would be missing from the table: it is left out whole.
            Step::End(record) if is_table(record.file) && of_file.diagnostics.has_errors() => {
                all.diagnostics.leave_out_for(record.file, mem::take(&mut of_file.diagnostics));
                written.left_out.push(record.file);
                target.take_back()?;
            }
            Step::Whole(batch) => {
                all.append(*batch);
                return Ok(());
            }
            Step::End(mut record) => {
                record.terms = mem::take(&mut terms_of_file).into_iter().collect();
                record.has_letters = true;
                all.append(mem::take(&mut of_file));
                written.facts.append(mem::take(&mut facts_of_file));
                all.diagnostics.append(mem::take(&mut found_in_file));
                written.sources.push(record);
            }
            Step::LeftOut(file, diagnostic) => {
                // Of a table, what is wrong with its other rows is said too.
                if is_table(file) {
                    all.diagnostics.append(mem::take(&mut of_file.diagnostics));
                }
                all.diagnostics.leave_out(file, diagnostic);
                written.left_out.push(file);
                target.take_back()?;
            }
        }
        (line.progress)();
        Ok(())
    };
    Reading::new(project, sources, files, line.index).read(makes, &mut take)?;
    diagnostics.append(mem::take(&mut all.diagnostics));
    all.report(sources, &written.left_out, diagnostics);
    (written.things, written.coverage, written.guesses) = (all.things, all.coverage, all.guesses);
    Ok(written)
}

/// What is made of a part of a file.
struct Made<P> {
    piece: Result<P>,
    /// What the gate has reported.
    leaks: Diagnostics,
    /// What is out of order in the letters, which is no reason to leave out their file.
    found: Diagnostics,
    facts: Facts,
    /// Under which terms the letters can be used.
    terms: BTreeSet<TermsOfUse>,
}

/// Makes a piece of what is read.
fn make<M: Maker>(
    maker: &mut M,
    file: FileId,
    line: Line<'_>,
    guard: &Guard,
    read: &mut ReadPart<'_>,
) -> Made<M::Piece> {
    let Line { project, sources, is_checked, .. } = line;
    let (mut leaks, mut found, mut facts) = (Diagnostics::default(), Diagnostics::default(), Facts::default());
    let mut terms: BTreeSet<TermsOfUse> = BTreeSet::new();
    let piece = maker.make(&mut |sink| {
        let mut gate = Gate::new(guard, sink, &mut leaks);
        let mut graph = graph::Letters::new(sources.path(file), project, &mut gate);
        let publication = read(&mut |letter| {
            graph.letter(&letter);
            let Document { licence, rights, .. } = &letter.document;
            let stated = licence.clone().map(TermsOfUse::Licence).or_else(|| rights.clone().map(TermsOfUse::Words));
            terms.extend(stated);
            if is_checked {
                facts.letter(&letter, &project.circa, &mut found);
            }
        });
        publication.iter().for_each(|publication| graph.publication(publication));
        graph.finish()
    });
    Made { piece, leaks, found, facts, terms }
}

/// Paths of the profile that lead nowhere in any letter.
fn unmatched(project: &Project, coverage: &Coverage, diagnostics: &mut Diagnostics) {
    for path in project.profile.paths().filter(|path| !coverage.paths.contains(&path.span)) {
        let message = "this path leads to nothing in any letter";
        let help = "a path begins anywhere in the header, or in the text; its steps are names of elements";
        diagnostics.push(Diagnostic::new(Code::UnmatchedPath, path.span, message).help(help));
    }
}

/// Accepted mappings of what the corpus does not have, and the same of its policy. Which letters of others it has is not kept.
fn unknown(line: Line<'_>, things: &Things, diagnostics: &mut Diagnostics) {
    let ids = line.corpus.ids();
    let SourceFiles { tei, cmif, tables, .. } = line.files;
    let has_letters = [tei, cmif, tables].iter().any(|files| !files.is_empty());
    let unknown = |mapping: &&Mapping| {
        let id = &mapping.id;
        let of_member = !mapping.ours.starts_with(&line.project.base);
        let is_letter = id.kind == Kind::Document && has_letters;
        mapping.review == Review::Accepted && !of_member && !is_letter && !ids.contains_key(id) && !things.contains(id)
    };
    for mapping in line.corpus.mappings.iter().filter(unknown) {
        let message = format!("nothing in the corpus is called \"{}\"", mapping.id);
        let help = "correct the id, or take the row out";
        diagnostics.push(Diagnostic::new(Code::UnknownId, mapping.ours_span, message).help(help));
    }
    let is_known = |id: &Id| ids.contains_key(id) || things.contains(id) || (id.kind == Kind::Document && has_letters);
    for Reference { id, span } in line.project.policy.references().into_iter().filter(|named| !is_known(&named.id)) {
        let message = format!("nothing in the corpus is called \"{id}\"");
        let help = "answers are preferred for whose they are, or what they rest on; correct the id, or take it out";
        diagnostics.push(Diagnostic::new(Code::UnknownId, span, message).help(help));
    }
}

/// Letters of which none has a sender, or none a recipient, were not understood.
fn nobody(coverage: &Coverage, files: &SourceFiles, diagnostics: &mut Diagnostics) {
    let help = match (files.tei.is_empty() && files.cmif.is_empty(), files.tables.is_empty()) {
        (true, _) => "say in the section [columns] of regesta.toml which column names them",
        (false, true) => "say in the section [tei] of regesta.toml where the edition names them",
        (false, false) => "say in the sections [tei] and [columns] of regesta.toml where they are named",
    };
    for (without, who) in [(coverage.without_sender, "sender"), (coverage.without_recipient, "recipient")] {
        if coverage.letters > 0 && without == coverage.letters {
            let message = format!("no letter of the corpus has a {who}");
            let help = format!("{help}; see: regesta explain no-senders");
            diagnostics.push(Diagnostic::general(Code::NoSenders, message).help(help));
        }
    }
}
