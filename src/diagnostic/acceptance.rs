//! What is wrong and known: accepted where it stands, with a reason.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// That a sort of problem is accepted in one record of the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The name of a code, or of one of the corpus's own checks.
    name: String,
    /// Where this is said.
    span: Span,
    /// The lines of the record.
    lines: RangeInclusive<u32>,
}

impl Acceptance {
    /// All lines of a file.
    pub const WHOLE_FILE: RangeInclusive<u32> = 0..=u32::MAX;

    /// Reads `CODE: reason`, and what follows it behind a semicolon in the same form; what cannot be accepted, or has no
    /// reason, is a diagnostic. `lines` are those of the record.
    pub(super) fn read(written: &str, span: Span, lines: &RangeInclusive<u32>) -> Vec<Result<Self, Diagnostic>> {
        let read = |written: &str| {
            let (name, reason) = written.split_once(':').unwrap_or((written, ""));
            Self::of(name.trim(), reason, span, lines.clone())
        };
        let mut begin = 0;
        let mut acceptances = Vec::new();
        // A reason can have a semicolon, and what begins with another name is no part of it.
        for (at, _) in written.match_indices(';').filter(|(at, _)| begins_with_name(&written[at + 1..])) {
            acceptances.push(read(&written[begin..at]));
            begin = at + 1;
        }
        acceptances.push(read(&written[begin..]));
        acceptances
    }

    /// The same where the name and the reason stand apart.
    pub(super) fn of(name: &str, reason: &str, span: Span, lines: RangeInclusive<u32>) -> Result<Self, Diagnostic> {
        if reason.trim().is_empty() {
            let message = format!("\"{name}\" is accepted here without a reason");
            let help = format!("write the reason behind it: {name}: copied by his heirs");
            Err(Diagnostic::new(Code::InvalidAcceptance, span, message).help(help))
        } else if Code::find(name).is_some_and(Code::is_fixed) {
            let message = format!("\"{name}\" cannot be accepted");
            let help = "what it is about would be missing in the graph, or false; correct it";
            Err(Diagnostic::new(Code::InvalidAcceptance, span, message).help(help))
        } else {
            Ok(Self { name: name.to_owned(), span, lines })
        }
    }
}

/// Whether a text begins with what can be the name of a code or check, and a colon.
fn begins_with_name(text: &str) -> bool {
    let Some((name, _)) = text.trim_start().split_once(':') else { return false };
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Which acceptance: its file, the name, the first line of the record, and which of those.
type Key<'a> = (FileId, &'a str, u32, usize);

/// All that is accepted in the sources of a run, so kept that a problem finds what accepts it.
#[derive(Debug, Default)]
pub(super) struct Acceptances {
    /// By file and name.
    of_files: BTreeMap<FileId, BTreeMap<String, OfName>>,
}

/// What accepts one sort of problem in one file.
#[derive(Debug, Default)]
struct OfName {
    /// By the first line of the record.
    starts: BTreeMap<u32, Vec<Acceptance>>,
    /// How many lines the longest record has behind its first, but for the whole file.
    longest: u32,
}

impl Acceptances {
    pub(super) fn push(&mut self, acceptance: Acceptance) {
        let of_file = self.of_files.entry(acceptance.span.file).or_default();
        let of_name = of_file.entry(acceptance.name.clone()).or_default();
        if acceptance.lines != Acceptance::WHOLE_FILE {
            of_name.longest = of_name.longest.max(acceptance.lines.end() - acceptance.lines.start());
        }
        of_name.starts.entry(*acceptance.lines.start()).or_default().push(acceptance);
    }

    pub(super) fn append(&mut self, other: Self) {
        let of_names = other.of_files.into_values().flat_map(BTreeMap::into_values);
        let acceptances = of_names.flat_map(|of_name| of_name.starts.into_values()).flatten();
        acceptances.for_each(|acceptance| self.push(acceptance));
    }

    /// What accepts a problem: one of its two places is in the record.
    fn accepting<'a>(&'a self, diagnostic: &'a Diagnostic) -> impl Iterator<Item = Key<'a>> {
        let related = diagnostic.related.as_ref().map(|(span, _)| *span);
        let places = diagnostic.span.into_iter().chain(related).filter(|_| !diagnostic.code.is_fixed());
        places.flat_map(move |place| {
            let name = diagnostic.name();
            let of_name = self.of_files.get(&place.file).and_then(|of_file| of_file.get(name));
            let records = of_name.into_iter().flat_map(move |OfName { starts, longest }| {
                let whole = starts.range(0..1);
                whole.chain(starts.range(place.line.saturating_sub(*longest).max(1)..=place.line.max(1)))
            });
            records.flat_map(move |(start, acceptances)| {
                let holding = acceptances.iter().enumerate().filter(move |(_, one)| one.lines.contains(&place.line));
                holding.map(move |(at, _)| (place.file, name, *start, at))
            })
        })
    }

    pub(super) fn accept(&self, diagnostic: &Diagnostic) -> bool {
        self.accepting(diagnostic).next().is_some()
    }

    /// What accepts none of these problems: that it does. `own` are the names of the corpus's own checks, and whether what
    /// they find is known.
    pub(super) fn unused(&self, problems: &[Diagnostic], own: &BTreeMap<String, bool>) -> Vec<Diagnostic> {
        let used: BTreeSet<Key<'_>> = problems.iter().flat_map(|problem| self.accepting(problem)).collect();
        let mut unused = Vec::new();
        for (file, of_file) in &self.of_files {
            for (name, of_name) in of_file.iter().filter(|(name, _)| own.get(*name) != Some(&false)) {
                for (start, acceptances) in &of_name.starts {
                    let of_start = acceptances.iter().enumerate();
                    let left = of_start.filter(|(at, _)| !used.contains(&(*file, name.as_str(), *start, *at)));
                    unused.extend(left.map(|(_, acceptance)| acceptance.unused(own)));
                }
            }
        }
        unused
    }
}

impl Acceptance {
    /// That nothing was found that it accepts.
    fn unused(&self, own: &BTreeMap<String, bool>) -> Diagnostic {
        let is_known = Code::find(&self.name).is_some() || own.contains_key(&self.name);
        let message = if is_known {
            format!("nothing is wrong here that is called \"{}\"", self.name)
        } else {
            format!("there is no code and no check that is called \"{}\"", self.name)
        };
        let known = Code::ALL.iter().map(|code| code.name()).chain(own.keys().map(String::as_str));
        let alike = nearest(&self.name, known).filter(|_| !is_known);
        let help = alike.map_or_else(|| "take it out".to_owned(), |name| format!("did you mean {name}?"));
        Diagnostic::new(Code::UnusedAcceptance, self.span, message).help(help)
    }
}
