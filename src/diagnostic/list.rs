//! The problems of a run: how much each matters here, and which of them are shown.

use crate::diagnostic::acceptance::Acceptances;
use crate::diagnostic::{Acceptance, Code, Diagnostic, POSSIBLE, Severities, Severity};
use crate::source::{FileId, Sources, Span};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::mem;
use std::ops::RangeInclusive;

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

    /// Takes out the problems of a sort, but for those that the sources accept.
    pub fn take_out(&mut self, code: Code) -> Vec<Diagnostic> {
        let is_wanted = |one: &Diagnostic| one.code == code && !self.acceptances.accept(one);
        let (taken, left) = mem::take(&mut self.list).into_iter().partition(is_wanted);
        self.list = left;
        taken
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

    /// Takes note of the problems that a record of the sources accepts: `CODE: reason`, several with semicolons between
    /// them. `lines` are those of the record.
    pub fn accept(&mut self, written: &str, span: Span, lines: &RangeInclusive<u32>) {
        for acceptance in Acceptance::read(written, span, lines) {
            let acceptance = self.take(acceptance);
            acceptance.into_iter().for_each(|acceptance| self.acceptances.push(acceptance));
        }
    }

    /// The same of a whole file, of one problem whose name and reason stand apart.
    pub fn accept_in_file(&mut self, name: &str, reason: &str, span: Span) {
        let acceptance = self.take(Acceptance::of(name, reason, span, Acceptance::WHOLE_FILE));
        acceptance.into_iter().for_each(|acceptance| self.acceptances.push(acceptance));
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

    /// The problems, each once, with how much each matters: the gravest first; among these, what others may follow from
    /// first and what mostly follows from others last; then in order of file, line, column and code.
    pub fn sorted(&self, sources: &Sources) -> Vec<(Severity, &Diagnostic)> {
        let shown = |diagnostic| Some((self.severity(diagnostic)?, diagnostic));
        let mut sorted: Vec<_> = self.all_sorted(sources).into_iter().filter_map(shown).collect();
        // Stable: among equals in order of place.
        sorted.sort_by_key(|(severity, one)| (*severity, !one.code.is_unreadable(), one.code.is_consequence()));
        sorted
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
