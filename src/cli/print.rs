//! What is shown: problems on standard error, results on standard output, counts in words.

use crate::cli::global::{Global, MessageFormatName};
use regesta::corpus::{Corpus, Sources};
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
    diagnostic::print(diagnostics, sources, global.message_format(), global.all, &mut shown).map_err(Error::Output)?;
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
