//! What is wrong in the sources: each problem with a stable code, its place, and what to do about it.

mod acceptance;
mod code;
mod print;

use acceptance::Acceptances;

pub use acceptance::Acceptance;
pub use code::Code;
pub use print::{MessageFormat, print, visible};

use crate::source::{FileId, Sources, Span};
use serde::Serialize;
use smol_str::SmolStr;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The sources say something that cannot stand; nothing is built.
    Error,
    /// The sources say something that is probably not meant.
    Warning,
    /// The sources say something that may be worth a look.
    Hint,
}

impl Severity {
    /// Every severity by its name, the gravest first.
    pub const ALL: [(&'static str, Self); 3] =
        [("error", Self::Error), ("warning", Self::Warning), ("hint", Self::Hint)];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, severity)| *severity == self).map_or("", |(name, _)| name)
    }
}

/// A check that a corpus brings with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCheck {
    /// Its name, which stands where a code stands.
    pub name: SmolStr,
    /// How much what it finds matters.
    pub severity: Severity,
}

/// One problem in the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What sort of problem it is.
    pub code: Code,
    /// The check that found it, where that is one of the corpus's own.
    pub check: Option<Box<OwnCheck>>,
    /// Whether it is only possible, and then no more than a hint.
    pub possible: bool,
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
        Self { span: Some(span), ..Self::general(code, message) }
    }

    /// A problem that has no place in a file.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, check: None, possible: false, span: None, message, help: None, related: None }
    }

    /// What stands for its sort: the name of its code, or of the corpus's own check.
    pub fn name(&self) -> &str {
        self.check.as_ref().map_or(self.code.name(), |check| &check.name)
    }

    /// The same as something that is only possible: a hint.
    #[must_use]
    pub fn only_possible(mut self) -> Self {
        self.possible = true;
        self
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

/// What stands in the place of a code for all that is only possible.
pub const POSSIBLE: &str = "possible";

/// What a project says of sorts of problems: by the name of each, how much it matters; nothing where it is not shown.
pub type Severities = BTreeMap<String, Option<Severity>>;

/// The problems of a run.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    left_out: Vec<FileId>,
    severities: Severities,
    acceptances: Acceptances,
    /// The checks that the corpus brings with it, and whether what each finds is known.
    own_checks: BTreeMap<String, bool>,
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
        self.acceptances.append(other.acceptances);
        other.own_checks.into_iter().for_each(|(name, is_known)| self.note_check(name, is_known));
    }

    /// Takes what the project says of sorts of problems.
    pub fn set_severities(&mut self, severities: Severities) {
        self.severities = severities;
    }

    /// Takes note that the sources accept a problem, and why.
    pub fn accept(&mut self, acceptance: Acceptance) {
        self.acceptances.push(acceptance);
    }

    /// Takes note that the corpus brings a check with it, and whether what it finds is known.
    pub fn note_check(&mut self, name: impl Into<String>, is_known: bool) {
        *self.own_checks.entry(name.into()).or_insert(true) &= is_known;
    }

    /// How much a problem matters, here; nothing where the project does not want to see it, or its place accepts it.
    pub fn severity(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        if self.acceptances.accept(diagnostic) { None } else { self.severity_for_project(diagnostic) }
    }

    fn severity_for_project(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        let own = diagnostic.check.as_ref().map_or(diagnostic.code.severity(), |check| check.severity);
        let severity = self.severities.get(diagnostic.name()).copied().unwrap_or(Some(own))?;
        if diagnostic.possible {
            return self.severities.get(POSSIBLE).copied().unwrap_or(Some(Severity::Hint));
        }
        Some(severity)
    }

    /// How many different problems of a severity there are.
    pub fn count(&self, severity: Severity, sources: &Sources) -> usize {
        self.sorted(sources).iter().filter(|(found, _)| *found == severity).count()
    }

    /// How many different problems are accepted where they are, and how many are of sorts that the project does not want
    /// to see.
    pub fn count_silenced(&self, sources: &Sources) -> (usize, usize) {
        let all = self.all_sorted(sources);
        let accepted = all.iter().filter(|diagnostic| self.acceptances.accept(diagnostic)).count();
        (accepted, all.len() - accepted - self.sorted(sources).len())
    }

    /// Reports what is accepted and was not found, but for what could not be looked for.
    pub fn report_unused_acceptances(&mut self) {
        let unused = self.acceptances.unused(&self.list, &self.own_checks);
        self.list.extend(unused);
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| self.severity(diagnostic) == Some(Severity::Error))
    }

    /// Whether there is an error that lets nothing be built: one that is not in a file that is left out.
    pub fn stop(&self) -> bool {
        let elsewhere =
            |diagnostic: &&Diagnostic| diagnostic.span.is_none_or(|span| !self.left_out.contains(&span.file));
        self.list.iter().filter(elsewhere).any(|diagnostic| self.severity(diagnostic) == Some(Severity::Error))
    }

    /// The problems in order of file, line, column and code, each once, with how much each matters.
    pub fn sorted(&self, sources: &Sources) -> Vec<(Severity, &Diagnostic)> {
        let shown = |diagnostic| Some((self.severity(diagnostic)?, diagnostic));
        self.all_sorted(sources).into_iter().filter_map(shown).collect()
    }

    fn all_sorted(&self, sources: &Sources) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.list.iter().collect();
        sorted.sort_by(|left, right| by_place(left, right, sources));
        sorted.dedup();
        sorted
    }
}

fn by_place(left: &Diagnostic, right: &Diagnostic, sources: &Sources) -> Ordering {
    fn key<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> (Option<(&'a str, u32, u32)>, &'a str, &'a str) {
        let place = diagnostic.span.map(|span| (sources.path(span.file), span.line, span.column));
        (place, diagnostic.name(), &diagnostic.message)
    }
    key(left, sources).cmp(&key(right, sources))
}

/// The name that is most like `written`, when one is alike enough to be what was meant.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(&written, &name.to_lowercase()), name));
    scored.filter(|(score, _)| *score > 0.84).max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, name)| name)
}
