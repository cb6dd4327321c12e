//! The custom checks of a corpus. A query can need more time or memory than there is, and cannot be stopped from within:
//! so somebody else can ask them, whom this module tells what to ask, and who says what becomes of each.

use crate::check::{CustomCheck, PlacedStore};
use crate::corpus::{Corpus, Options};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::query::on_large_stack;
use crate::source::{Sources, Span};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};

/// What whoever asks custom checks says, one after the other.
#[derive(Debug, Serialize, Deserialize)]
pub enum CheckEvent {
    /// A check begins: its corpus of a joint project, and its name.
    Begin(String, String),
    /// It has found something.
    Found(Finding),
    /// It could not be asked.
    Failed(String),
    /// It has come to its end.
    End,
}

/// Something that a check has found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Finding {
    /// Whether it is a fault of the check.
    of_check: bool,
    /// The path of the file, the line, the column and the length.
    place: Option<(String, u32, u32, u32)>,
    message: String,
}

/// Where custom checks are asked under limits.
pub trait Isolation {
    /// Begins to ask all checks of the corpus but for those that are done, by their [keys](Corpus::check_events).
    fn start(&self, done: &[String]) -> Result<Box<dyn CheckRun>>;
}

/// Custom checks while they are asked.
pub trait CheckRun {
    /// What happens next. While a check is asked, no longer is waited than it may take; `is_asked` says whether one is.
    fn next(&mut self, is_asked: bool) -> NextEvent;

    /// Ends it, in whatever state it is; whether it had come to its end.
    fn finish(&mut self) -> bool;
}

/// What happens next while custom checks are asked.
pub enum NextEvent {
    /// Something is said.
    Event(CheckEvent),
    /// Nothing more will be said, because a limit was met: which one.
    Limit(String),
    /// Nothing more will be said.
    Closed,
}

/// A check, and the corpus of a joint project that it is of; that of the project itself has no name.
type NamedCheck = (String, CustomCheck);

fn key(corpus: &str, name: &str) -> String {
    format!("{corpus}/{name}")
}

fn find<'c>(checks: &'c [NamedCheck], wanted: &str) -> Option<&'c NamedCheck> {
    checks.iter().find(|(corpus, check)| key(corpus, &check.own.name) == wanted)
}

impl Corpus {
    /// The custom checks of the corpus and of those of a joint project, each with its name there.
    pub fn custom_checks(&mut self) -> Vec<(String, CustomCheck)> {
        let names = self.members.iter().map(|member| member.name.clone());
        let names: Vec<String> = [String::new()].into_iter().chain(names).collect();
        let mut checks = Vec::new();
        for name in names {
            let Self { sources, files, diagnostics, .. } = self.named(&name);
            let of_corpus = on_large_stack(|| CustomCheck::read_all(sources, &files.checks, diagnostics));
            checks.extend(of_corpus.into_iter().map(|check| (name.clone(), check)));
        }
        checks
    }

    /// Has all checks asked, and reports what they find.
    pub(super) fn ask_custom_checks(&mut self, isolation: Option<&dyn Isolation>, options: &Options<'_>) -> Result<()> {
        let checks = self.custom_checks();
        match isolation {
            _ if checks.is_empty() => Ok(()),
            Some(isolation) => self.ask_isolated(&checks, isolation),
            None => self.ask_here(checks, options),
        }
    }

    fn ask_here(&mut self, checks: Vec<NamedCheck>, options: &Options<'_>) -> Result<()> {
        let mut current = None;
        let events = CheckEvents::new(self, checks.clone(), options).collect::<Result<Vec<CheckEvent>>>()?;
        for event in events {
            match event {
                CheckEvent::Begin(corpus, name) => current = find(&checks, &key(&corpus, &name)),
                CheckEvent::End => current = None,
                event => self.report(current.expect("a check has begun"), event),
            }
        }
        Ok(())
    }

    fn ask_isolated(&mut self, checks: &[NamedCheck], isolation: &dyn Isolation) -> Result<()> {
        let mut left: BTreeSet<String> = checks.iter().map(|(corpus, check)| key(corpus, &check.own.name)).collect();
        let mut done: Vec<String> = Vec::new();
        while !left.is_empty() {
            let mut run = isolation.start(&done)?;
            let mut current: Option<String> = None;
            let limit = loop {
                match run.next(current.is_some()) {
                    NextEvent::Event(CheckEvent::Begin(corpus, name)) => {
                        let key = key(&corpus, &name);
                        left.remove(&key);
                        done.push(key.clone());
                        current = Some(key);
                    }
                    NextEvent::Event(CheckEvent::End) => current = None,
                    NextEvent::Event(event) => {
                        if let Some(check) = current.as_ref().and_then(|current| find(checks, current)) {
                            self.report(check, event);
                        }
                    }
                    NextEvent::Limit(limit) => break Some(limit),
                    NextEvent::Closed => break None,
                }
            };
            let ended_well = run.finish();
            if ended_well || left.is_empty() && current.is_none() {
                return Ok(());
            }
            let Some((corpus, check)) = current.as_ref().and_then(|current| find(checks, current)) else {
                let message = "the graph cannot be loaded for the checks of the corpus's own".to_owned();
                let help = "it may need more memory: raise the limit with --memory".to_owned();
                return Err(Error::Limit { message, help: Some(help) });
            };
            let why = limit.unwrap_or_else(|| "it was stopped".to_owned());
            check.report_unfinished(&why, &mut self.named(corpus).diagnostics);
        }
        Ok(())
    }

    /// Takes up what a check has found.
    fn report(&mut self, (corpus, check): &NamedCheck, event: CheckEvent) {
        let Self { sources, diagnostics, .. } = self.named(corpus);
        match event {
            CheckEvent::Failed(why) => check.report_unfinished(&why, diagnostics),
            CheckEvent::Found(Finding { of_check, place, message }) => {
                let span = place.and_then(|(path, line, column, length)| {
                    let file = sources.files().find(|file| sources.path(*file) == path)?;
                    Some(Span { file, line, column, length })
                });
                diagnostics.push(check.found(span, message, of_check));
            }
            CheckEvent::Begin(..) | CheckEvent::End => unreachable!("the beginning and the end were taken up before"),
        }
    }

    /// Reads the corpus and asks its checks, but for those that are done: each when its events are taken. A check is
    /// known by the name of its corpus in a joint project, a slash, and its name.
    pub fn check_events<'c>(&'c mut self, done: &BTreeSet<&str>, options: &'c Options<'_>) -> CheckEvents<'c> {
        let mut checks = self.custom_checks();
        checks.retain(|(corpus, check)| !done.contains(&*key(corpus, &check.own.name)));
        if !self.read(options) {
            checks.clear();
        }
        CheckEvents::new(self, checks, options)
    }
}

/// Custom checks that are asked one after the other, in this process and without limits.
pub struct CheckEvents<'c> {
    corpus: &'c mut Corpus,
    options: &'c Options<'c>,
    left: VecDeque<NamedCheck>,
    /// The check that has begun and was not asked yet.
    begun: Option<NamedCheck>,
    /// The graph of the corpus of this name.
    graph: Option<(String, PlacedStore)>,
    events: VecDeque<CheckEvent>,
}

impl<'c> CheckEvents<'c> {
    fn new(corpus: &'c mut Corpus, checks: Vec<NamedCheck>, options: &'c Options<'c>) -> Self {
        Self { corpus, options, left: checks.into(), begun: None, graph: None, events: VecDeque::new() }
    }

    fn ask(&mut self, name: &str, check: &CustomCheck) -> Result<()> {
        if self.graph.as_ref().is_none_or(|(of, _)| of != name) {
            self.graph = None;
            let mut graph = PlacedStore::new()?;
            self.corpus.named(name).send(&mut graph, self.options)?;
            self.graph = Some((name.to_owned(), graph.finish()?));
        }
        let Corpus { project, sources, .. } = self.corpus.named(name);
        let base = &project.as_ref().expect("what has been read has a project").base;
        let (_, graph) = self.graph.as_ref().expect("it was loaded above");
        match on_large_stack(|| check.run(graph, base)) {
            Ok(found) => self.events.extend(found.iter().map(|found| CheckEvent::Found(Finding::of(found, sources)))),
            Err(error) => self.events.push_back(CheckEvent::Failed(error.to_string())),
        }
        self.events.push_back(CheckEvent::End);
        Ok(())
    }
}

impl Iterator for CheckEvents<'_> {
    type Item = Result<CheckEvent>;

    fn next(&mut self) -> Option<Result<CheckEvent>> {
        if let Some((name, check)) = self.begun.take()
            && let Err(error) = self.ask(&name, &check)
        {
            return Some(Err(error));
        }
        if let Some(event) = self.events.pop_front() {
            return Some(Ok(event));
        }
        let (name, check) = self.left.pop_front()?;
        let event = CheckEvent::Begin(name.clone(), check.own.name.to_string());
        self.begun = Some((name, check));
        Some(Ok(event))
    }
}

impl Finding {
    fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let place = diagnostic.span.map(|span| {
            let path = sources.path(span.file).to_owned();
            (path, span.line, span.column, span.length)
        });
        Self { of_check: diagnostic.check.is_none(), place, message: diagnostic.message.clone() }
    }
}
