//! Files in which there is no letter or no entry: of several that one pattern matches, one problem instead of one each.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::visit::{ReadSummary, Reading};
use crate::source::Span;
use std::collections::BTreeMap;

/// The files that one pattern matches and that are refused for one reason.
type Refused = BTreeMap<(Span, String), Vec<Diagnostic>>;

/// Sums up the files of a pattern that are refused for one reason, and reports where nothing at all was read.
pub(super) fn report(reading: Reading<'_>, summary: &ReadSummary, diagnostics: &mut Diagnostics) {
    for (code, what) in [(Code::NoLetter, "letter"), (Code::NoEntry, "entry")] {
        sum_up(code, what, reading, diagnostics);
    }
    nothing_read(reading, summary, diagnostics);
    no_entry_read(reading, diagnostics);
}

fn sum_up(code: Code, what: &str, reading: Reading<'_>, diagnostics: &mut Diagnostics) {
    let Reading { project, sources, .. } = reading;
    let found = diagnostics.take_out(code);
    let paths = found.iter().map(|one| one.span.map_or("", |span| sources.path(span.file)));
    let places = project.patterns.places_of(paths);
    let mut refused = Refused::new();
    for (one, place) in found.into_iter().zip(places) {
        match place {
            Some(place) => refused.entry((place, one.message.clone())).or_default().push(one),
            None => diagnostics.push(one),
        }
    }
    for ((place, message), group) in refused {
        diagnostics.push(of_group(place, &message, what, group));
    }
}

/// The only problem of a group, or one for all of them at the pattern.
fn of_group(place: Span, message: &str, what: &str, mut group: Vec<Diagnostic>) -> Diagnostic {
    let count = group.len();
    let first = group.swap_remove(0);
    if count == 1 {
        return first;
    }
    let message = format!("{count} files of this pattern have no {what} in them; of each of them: {message}");
    let mut all = Diagnostic { span: Some(place), message, ..first.clone() };
    all.related = first.span.map(|span| (span, "the first of them is here".to_owned()));
    all
}

/// A corpus that names letters, and of which no letter was read, nor a document. Where every file was left out, it was said
/// why.
fn nothing_read(reading: Reading<'_>, summary: &ReadSummary, diagnostics: &mut Diagnostics) {
    let files = reading.files;
    let named = files.tei.len() + files.cmif.len() + files.tables.len();
    let is_read = summary.coverage.letters > 0 || !files.documents.is_empty();
    if named == 0 || is_read || summary.left_out.len() >= named {
        return;
    }
    let message = match named {
        1 => "no letter was read from the only file of letters".to_owned(),
        _ => format!("no letter was read from any of the {named} files of letters"),
    };
    let help = "say under [sources] in regesta.toml which files are letters, and in [tei] or [columns] where it stands in them \
                who wrote to whom";
    diagnostics.push(Diagnostic::general(Code::NothingToRead, message).help(help));
}

/// A corpus that names nothing but registers, and in which there is no entry at all. Where every file was left out, it was said
/// why.
fn no_entry_read(reading: Reading<'_>, diagnostics: &mut Diagnostics) {
    let Reading { project, files, records, .. } = reading;
    let letters = [&files.documents, &files.tei, &files.cmif, &files.tables];
    let has_others = !project.corpora.is_empty() || letters.iter().any(|files| !files.is_empty());
    let is_read = files.registers.iter().any(|file| records.sources.iter().any(|source| source.file == *file));
    if has_others || !is_read || !records.authorities.is_empty() {
        return;
    }
    let message = match files.registers.len() {
        1 => "no entry was read from the only register".to_owned(),
        number => format!("no entry was read from any of the {number} registers"),
    };
    let help = "say under [sources] in regesta.toml which files are registers; each entry has an xml:id, or entry-ids under [tei] \
                says in which attribute its id stands";
    diagnostics.push(Diagnostic::general(Code::NothingToRead, message).help(help));
}
