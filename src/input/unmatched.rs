//! What can be said of a corpus only when all of its letters have been read: what was named and was never met.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::things::Things;
use crate::input::refused;
use crate::input::visit::{ReadSummary, Reading};
use crate::model::{Coverage, Id, Kind, Mapping, Reference, ReviewState};
use crate::project::{Project, SourceFiles};

/// Reports what the project file and the mappings name and no source has.
pub fn report_unmatched(reading: Reading<'_>, summary: &ReadSummary, diagnostics: &mut Diagnostics) {
    unmatched(reading.project, &summary.coverage, diagnostics);
    unknown(reading, &summary.things, diagnostics);
    nobody(&summary.coverage, reading.files, diagnostics);
    refused::report(reading, summary, diagnostics);
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
fn unknown(reading: Reading<'_>, things: &Things, diagnostics: &mut Diagnostics) {
    let ids = reading.records.ids();
    let SourceFiles { tei, cmif, tables, .. } = reading.files;
    let has_letters = [tei, cmif, tables].iter().any(|files| !files.is_empty());
    let unknown = |mapping: &&Mapping| {
        let id = &mapping.id;
        let of_member = !mapping.ours.starts_with(&reading.project.base);
        let is_letter = id.kind == Kind::Document && has_letters;
        mapping.review == ReviewState::Accepted
            && !of_member
            && !is_letter
            && !ids.contains_key(id)
            && !things.contains(id)
    };
    for mapping in reading.records.mappings.iter().filter(unknown) {
        let message = format!("nothing in the corpus is called \"{}\"", mapping.id);
        let help = "correct the id, or take the row out";
        diagnostics.push(Diagnostic::new(Code::UnknownId, mapping.ours_span, message).help(help));
    }
    let is_known = |id: &Id| ids.contains_key(id) || things.contains(id) || (id.kind == Kind::Document && has_letters);
    for Reference { id, span } in reading.project.policy.references().into_iter().filter(|named| !is_known(&named.id)) {
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
    let without = [
        (coverage.without_sender, coverage.without_known_sender, "sender"),
        (coverage.without_recipient, coverage.without_known_recipient, "recipient"),
    ];
    for (without, known, who) in without {
        // Of a table that names nobody, the project file says so.
        let (letters, without) = (coverage.letters - known, without.saturating_sub(known));
        if letters > 0 && without == letters {
            let message = format!("no letter of the corpus has a {who}");
            let none = match files.tables.is_empty() {
                true => String::new(),
                false => format!(", or, if a table names no {who}s, {who} = \"=\""),
            };
            let help = format!("{help}{none}; see: regesta explain no-senders");
            diagnostics.push(Diagnostic::general(Code::NoSenders, message).help(help));
        }
    }
}
