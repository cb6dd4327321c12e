//! What is wrong in the sources: each problem with a stable code, its place, and what to do about it.

mod code;
mod print;

pub use code::Code;
pub use print::{MessageFormat, print, visible};

use crate::source::{FileId, Sources, Span};
use serde::Serialize;
use std::cmp::Ordering;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The sources say something that cannot stand; nothing is built.
    Error,
    /// The sources say something that is probably not meant.
    Warning,
}

/// One problem in the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What sort of problem it is.
    pub code: Code,
    /// Where it is; nothing where it has no place in a file.
    pub span: Option<Span>,
    /// One plain sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that has to do with it, and how.
    pub related: Option<(Span, String)>,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span: Some(span), message: message.into(), help: None, related: None }
    }

    /// A problem that has no place in a file.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        Self { code, span: None, message: message.into(), help: None, related: None }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with another place that has to do with it.
    #[must_use]
    pub fn related(mut self, span: Span, how: impl Into<String>) -> Self {
        self.related = Some((span, how.into()));
        self
    }
}

/// The problems of a run.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    left_out: Vec<FileId>,
}

impl Diagnostics {
    /// Notes a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// The value of a success; of a failure, nothing, and the problem is noted.
    pub fn take<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|diagnostic| self.push(diagnostic)).ok()
    }

    /// Notes why a file is left out while the rest is built.
    pub fn leave_out(&mut self, file: FileId, diagnostic: Diagnostic) {
        self.left_out.push(file);
        self.list.push(diagnostic);
    }

    /// Notes that a file is left out while the rest is built, for the problems with it that are noted here.
    pub fn leave_out_for(&mut self, file: FileId, problems: Self) {
        self.append(problems);
        self.left_out.push(file);
    }

    /// The files that are left out.
    pub fn left_out(&self) -> &[FileId] {
        &self.left_out
    }

    /// Takes up the problems of a part of the run.
    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
        self.left_out.extend(other.left_out);
    }

    /// How many different problems of a severity there are.
    pub fn count(&self, severity: Severity, sources: &Sources) -> usize {
        self.sorted(sources).iter().filter(|diagnostic| diagnostic.code.severity() == severity).count()
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }

    /// Whether there is an error that lets nothing be built: one that is not in a file that is left out.
    pub fn stop(&self) -> bool {
        let elsewhere =
            |diagnostic: &&Diagnostic| diagnostic.span.is_none_or(|span| !self.left_out.contains(&span.file));
        self.list.iter().filter(elsewhere).any(|diagnostic| diagnostic.code.severity() == Severity::Error)
    }

    /// The problems in order of file, line, column and code, each once.
    pub fn sorted(&self, sources: &Sources) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.list.iter().collect();
        sorted.sort_by(|left, right| by_place(left, right, sources));
        sorted.dedup();
        sorted
    }
}

fn by_place(left: &Diagnostic, right: &Diagnostic, sources: &Sources) -> Ordering {
    fn key<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> (Option<(&'a str, u32, u32)>, &'a str, &'a str) {
        let place = diagnostic.span.map(|span| (sources.path(span.file), span.line, span.column));
        (place, diagnostic.code.name(), &diagnostic.message)
    }
    key(left, sources).cmp(&key(right, sources))
}

/// The name that is most like `written`, when one is alike enough to be what was meant.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(&written, &name.to_lowercase()), name));
    scored.filter(|(score, _)| *score > 0.84).max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, name)| name)
}
