//! What is shown: problems on standard error, results on standard output, counts in words.

use crate::cli::global::{Global, MessageFormatName};
use regesta::corpus::{Corpus, CoverageReport, Inventory, Sources, UnusedReport, Verification};
use regesta::diagnostic::{self, Diagnostics, Severity};
use regesta::error::{Error, Result};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes text to standard output.
pub(super) fn print(text: &str) -> Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(Error::Output)
}

/// Writes lines to standard output.
pub(super) fn print_lines(lines: &[String]) -> Result<()> {
    print(&lines.iter().map(|line| format!("{line}\n")).collect::<String>())
}

/// Writes text to standard error, where nobody may be there to read it: how the command ends still says what matters.
pub(super) fn print_aside(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Shows what is wrong with the sources of a corpus, and counts it.
pub(super) fn print_problems(corpus: &Corpus, global: &Global) -> Result<()> {
    let mut shown = String::new();
    for (diagnostics, sources) in corpus.parts() {
        shown.push_str(&problems(diagnostics, sources, global)?);
    }
    let counts = Severity::ALL.map(|(name, severity)| (corpus.count(severity), name));
    let found: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| number(count, name)).collect();
    if !found.is_empty() && matches!(global.message_format, MessageFormatName::Human) {
        shown.push_str(&format!("found {}; more on a code: regesta explain CODE\n", listed(&found)));
    }
    print_aside(&shown);
    Ok(())
}

/// The problems of some files as they are shown.
pub(super) fn problems(diagnostics: &Diagnostics, sources: &Sources, global: &Global) -> Result<String> {
    let mut shown = Vec::new();
    diagnostic::print(diagnostics, sources, global.message_format(), &mut shown).map_err(Error::Output)?;
    Ok(String::from_utf8(shown).expect("problems are shown in UTF-8"))
}

/// A path as it is shortest from here.
pub(super) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let below = here.as_ref().and_then(|here| path.strip_prefix(here).ok()).filter(|below| *below != Path::new(""));
    below.unwrap_or(path).to_owned()
}

/// `one`, `one and two`, `one, two and three`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

/// `1 row`, `2 rows`.
pub(super) fn number(count: usize, noun: &str) -> String {
    // It is the first word that changes: mentions in note.
    let (noun, rest) =
        noun.split_once(" in ").map_or((noun, String::new()), |(noun, rest)| (noun, format!(" in {rest}")));
    let plural = match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with('s') => format!("{noun}es"),
        None => format!("{noun}s"),
    };
    let (noun, plural) = (format!("{noun}{rest}"), format!("{plural}{rest}"));
    format!("{count} {}", if count == 1 { &noun } else { &plural })
}

/// What is said about problems that are not shown.
pub(super) fn silenced(corpus: &Corpus) -> Vec<String> {
    let (accepted, off) = corpus.count_silenced();
    let accepted =
        (accepted > 0).then(|| format!("{} accepted in the sources, with a reason", number(accepted, "problem")));
    let off = (off > 0).then(|| format!("{} of sorts that regesta.toml switches off", number(off, "problem")));
    accepted.into_iter().chain(off).collect()
}

/// What a corpus holds.
pub(super) fn inventory(inventory: &Inventory) -> Vec<String> {
    let mut lines = vec![number(inventory.documents, "document")];
    let authorities: Vec<String> = inventory.kinds().map(|(kind, count)| number(count, kind)).collect();
    let annotations: Vec<String> =
        inventory.annotations.iter().map(|(kind, count)| number(*count, &kind.replace('-', " "))).collect();
    lines.extend([authorities, annotations].into_iter().filter(|list| !list.is_empty()).map(|list| list.join(", ")));
    if inventory.claims > 0 {
        let contents = number(inventory.contents, "coded content");
        lines.push(format!("{} with {contents}", number(inventory.claims, "claim")));
    }
    lines
}

/// The most elements and attributes that are shown; the report of a build has all.
const SHOWN: usize = 12;

/// Attributes that only say how something looks, or what it is called.
const FORM: &[&str] =
    &["rend", "rendition", "style", "n", "facs", "unit", "xml:id", "xml:space", "ed", "hand", "change", "part"];

/// Whether something only says how something looks, or what it is called.
fn is_of_form(unused: &UnusedReport) -> bool {
    let attribute = unused.name.split_once("/@").map(|(_, attribute)| attribute);
    attribute.is_some_and(|name| FORM.contains(&name))
}

/// What was read of the letters of a corpus, and of each corpus of a joint project with its name.
pub(super) fn coverage(reports: &[(Option<String>, CoverageReport)]) -> Vec<String> {
    let lines = reports.iter().flat_map(|(name, report)| {
        let before = name.as_ref().map_or_else(String::new, |name| format!("{name}: "));
        coverage_of(report).into_iter().map(move |line| format!("{before}{line}"))
    });
    lines.collect()
}

fn coverage_of(report: &CoverageReport) -> Vec<String> {
    let by_heading = report.columns_by_heading.iter();
    let mut lines: Vec<String> =
        by_heading.map(|(path, meant)| format!("{path}: by their headings, {}", meant.join(", "))).collect();
    if report.letters > 0 {
        let without = [
            (report.letters_without_sender, "sender"),
            (report.letters_without_recipient, "recipient"),
            (report.letters_without_date, "date"),
            (report.letters_without_place, "place"),
        ];
        let without = without.iter().filter(|(count, _)| *count > 0);
        let without: Vec<String> = without.map(|(count, what)| format!("{count} without {what}")).collect();
        let without = if without.is_empty() { String::new() } else { format!(": {}", without.join(", ")) };
        lines.push(format!("{} in the formats of others{without}", number(report.letters, "letter")));
    }
    lines.extend(unused(&report.unused));
    if !report.files_left_out.is_empty() {
        lines.push(format!("{} left out", number(report.files_left_out.len(), "file")));
    }
    lines
}

fn unused(unused: &[UnusedReport]) -> Vec<String> {
    if unused.is_empty() {
        return Vec::new();
    }
    let all: usize = unused.iter().map(|unused| unused.count).sum();
    let mut lines =
        vec![format!("{} of {} met and not used:", number(all, "occurrence"), number(unused.len(), "kind"))];
    // Stable: what only says how something looks, or what it is called, comes after what says something.
    let mut sorted: Vec<&UnusedReport> = unused.iter().collect();
    sorted.sort_by_key(|unused| is_of_form(unused));
    let shown = sorted.into_iter().take(SHOWN);
    lines.extend(shown.map(|unused| format!("  {:>7}  {}  ({})", unused.count, unused.name, unused.example)));
    if let Some(more) = unused.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.push(format!("           and {more} more; regesta build lists all in report.json"));
    }
    lines
}

/// What is said about the ranges of texts that are outside the folder.
pub(super) fn verified(verification: Verification, looked: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if verification.verified > 0 {
        lines.push(format!("{} of texts outside the folder verified", number(verification.verified, "range")));
    }
    if verification.unverified > 0 {
        let ranges = number(verification.unverified, "range");
        let why = if looked { "their texts were not found" } else { "name their folder with --texts" };
        lines.push(format!("{ranges} of texts outside the folder not verified: {why}"));
    }
    lines
}
