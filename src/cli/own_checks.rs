//! Checks of a corpus's own. A query can need more time or memory than there is, and cannot be stopped from within: so a
//! second process asks them, one after the other, and this one says what became of each.

use crate::cli::process::limit_memory;
use crate::cli::workspace::{Member, Workspace};
use crate::cli::{Global, Outcome};
use clap::Args;
use regesta::check::{Check, PlacedStore};
use regesta::diagnostic::{Diagnostic, Diagnostics};
use regesta::error::{Error, Result};
use regesta::model::Corpus;
use regesta::query::on_large_stack;
use regesta::source::{Sources, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

#[derive(Args)]
pub(super) struct Limits {
    /// Give up on a check of the corpus's own after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// Give up on it when it needs more memory than so many MiB
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(64..))]
    memory: u64,
}

/// The variable by which a process knows that it is the one that asks: the checks that it leaves out.
const LEFT_OUT: &str = "REGESTA_CHECKS_LEFT_OUT";

/// What the second process says, one to a line.
#[derive(Serialize, Deserialize)]
enum Said {
    /// A check begins: its corpus of a joint project, and its name.
    Begin(String, String),
    /// It has found something.
    Found(Found),
    /// It could not be asked.
    Failed(String),
    /// It has come to its end.
    End,
}

#[derive(Serialize, Deserialize)]
struct Found {
    /// Whether it is a fault of the check.
    of_check: bool,
    place: Option<(String, u32, u32, u32)>,
    message: String,
}

/// Whether this is the second process.
pub(super) fn is_second_process() -> bool {
    env::var_os(LEFT_OUT).is_some()
}

/// Reads the checks of a corpus and of those of a joint project, each with its name there.
pub(super) fn read(workspace: &mut Workspace) -> Vec<(String, Check)> {
    let of = |sources: &Sources, files: &[_], diagnostics: &mut Diagnostics| {
        on_large_stack(|| Check::read_all(sources, files, diagnostics))
    };
    let Workspace { sources, files, diagnostics, members, .. } = workspace;
    let own = of(sources, &files.checks, diagnostics).into_iter().map(|check| (String::new(), check));
    let mut checks: Vec<(String, Check)> = own.collect();
    for Member { name, workspace: Workspace { sources, files, diagnostics, .. }, .. } in members {
        let of_member = of(sources, &files.checks, diagnostics);
        checks.extend(of_member.into_iter().map(|check| (name.clone(), check)));
    }
    checks
}

/// Has a second process ask all checks, and reports what they find.
pub(super) fn run(workspace: &mut Workspace, limits: &Limits) -> Result<()> {
    let checks = read(workspace);
    let mut left: BTreeSet<String> = checks.iter().map(|(corpus, check)| key(corpus, &check.own.name)).collect();
    let mut done: Vec<String> = Vec::new();
    while !left.is_empty() {
        let (mut child, said) = start(&done)?;
        let mut current: Option<String> = None;
        let end = loop {
            // Reading the corpus has no limit; a check has.
            let next = match current {
                None => said.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => said.recv_timeout(Duration::from_secs(limits.timeout)),
            };
            match next {
                Ok(Said::Begin(corpus, name)) => {
                    let key = key(&corpus, &name);
                    left.remove(&key);
                    done.push(key.clone());
                    current = Some(key);
                }
                Ok(Said::End) => current = None,
                Ok(said) => {
                    let found = current.as_ref().and_then(|current| find(&checks, current));
                    if let Some((corpus, check)) = found {
                        report(workspace, corpus, check, said);
                    }
                }
                Err(end) => break end,
            }
        };
        let is_late = end == RecvTimeoutError::Timeout;
        if is_late {
            let _ = child.kill();
        }
        let ended_well = child.wait().is_ok_and(|status| status.success());
        if ended_well || left.is_empty() && current.is_none() {
            return Ok(());
        }
        let Some((corpus, check)) = current.as_ref().and_then(|current| find(&checks, current)) else {
            let message = "the graph cannot be loaded for the checks of the corpus's own";
            let help = "it may need more memory: raise the limit with --memory".to_owned();
            return Err(Error::Limit { message: message.to_owned(), help: Some(help) });
        };
        let why = if is_late {
            format!("it took more than {} seconds", limits.timeout)
        } else {
            format!("it needed more than {} MiB of memory", limits.memory)
        };
        check.report_unfinished(&why, workspace.diagnostics_of(corpus));
    }
    Ok(())
}

fn key(corpus: &str, name: &str) -> String {
    format!("{corpus}/{name}")
}

fn find<'c>(checks: &'c [(String, Check)], wanted: &str) -> Option<(&'c str, &'c Check)> {
    let found = checks.iter().find(|(corpus, check)| key(corpus, &check.own.name) == wanted);
    found.map(|(corpus, check)| (corpus.as_str(), check))
}

fn start(done: &[String]) -> Result<(Child, Receiver<Said>)> {
    let failed = |error| Error::file("start", "the process of the checks", error);
    let mut command = Command::new(env::current_exe().map_err(failed)?);
    command.args(env::args_os().skip(1)).env(LEFT_OUT, done.join("\n"));
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
    let output = child.stdout.take().expect("it was asked for");
    let (sender, said) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(io::Result::ok) {
            let Ok(said) = serde_json::from_str(&line) else { return };
            if sender.send(said).is_err() {
                return;
            }
        }
    });
    Ok((child, said))
}

/// Takes up what a check has found.
fn report(workspace: &mut Workspace, corpus: &str, check: &Check, said: Said) {
    let (sources, diagnostics) = workspace.parts_of(corpus);
    match said {
        Said::Failed(why) => check.report_unfinished(&why, diagnostics),
        Said::Found(Found { of_check, place, message }) => {
            let span = place.and_then(|(path, line, column, length)| {
                let file = sources.files().find(|file| sources.path(*file) == path)?;
                Some(Span { file, line, column, length })
            });
            diagnostics.push(check.found(span, message, of_check));
        }
        Said::Begin(..) | Said::End => unreachable!("the beginning and the end of a check were taken up before"),
    }
}

/// The second process: asks the checks that are left, and says what they find.
pub(super) fn in_process(workspace: &mut Workspace, limits: &Limits, global: &Global) -> Result<Outcome> {
    limit_memory(limits.memory);
    let left_out = env::var(LEFT_OUT).unwrap_or_default();
    let left_out: BTreeSet<&str> = left_out.lines().collect();
    let mut checks = read(workspace);
    checks.retain(|(corpus, check)| !left_out.contains(&*key(corpus, &check.own.name)));
    let Some(corpus) = workspace.read(global) else { return Ok(Outcome::Problems) };
    let corpora: BTreeSet<String> = checks.iter().map(|(corpus, _)| corpus.clone()).collect();
    for name in corpora {
        let graph = graph_of(&name, workspace, &corpus, global)?;
        let (base, sources) = workspace.base_and_sources_of(&name);
        for (_, check) in checks.iter().filter(|(corpus, _)| *corpus == name) {
            say(&Said::Begin(name.clone(), check.own.name.to_string()))?;
            match on_large_stack(|| check.run(&graph, base)) {
                Ok(found) => found.iter().try_for_each(|found| say(&Said::Found(Found::of(found, sources))))?,
                Err(error) => say(&Said::Failed(error.to_string()))?,
            }
            say(&Said::End)?;
        }
    }
    Ok(Outcome::Fine)
}

fn graph_of(name: &str, workspace: &mut Workspace, corpus: &Corpus, global: &Global) -> Result<PlacedStore> {
    let mut graph = PlacedStore::new()?;
    match workspace.members.iter_mut().find(|member| member.name == name) {
        Some(Member { workspace, corpus: Some(corpus), .. }) => drop(workspace.write(corpus, global, &mut graph)?),
        _ => drop(workspace.write(corpus, global, &mut graph)?),
    }
    graph.finish()
}

fn say(said: &Said) -> Result<()> {
    let mut line = serde_json::to_string(said).expect("it has only texts and numbers");
    line.push('\n');
    io::stdout().lock().write_all(line.as_bytes()).map_err(Error::Output)
}

impl Found {
    fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let place = diagnostic.span.map(|span| {
            let path = sources.path(span.file).to_owned();
            (path, span.line, span.column, span.length)
        });
        Self { of_check: diagnostic.check.is_none(), place, message: diagnostic.message.clone() }
    }
}
