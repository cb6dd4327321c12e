//! Second processes, for what can need more time or memory than there is: the question of `query`, the custom checks of
//! `check`. Each is this program again, with the same arguments and a variable by which it knows what it is.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::print;
use regesta::corpus::{CheckEvent, CheckRun, Corpus, Isolation, NextEvent};
use regesta::error::{Error, Result};
use std::collections::BTreeSet;
use std::env;
use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// The variable of a process that puts the question of a query.
const QUERY: &str = "REGESTA_QUERY_PROCESS";
/// The variable of a process that asks custom checks: those that it leaves out.
const CHECKS_LEFT_OUT: &str = "REGESTA_CHECKS_LEFT_OUT";

/// Limits of a second process.
#[derive(Clone, Copy)]
pub(super) struct ProcessLimits {
    pub(super) seconds: Option<u64>,
    pub(super) mebibytes: u64,
}

impl ProcessLimits {
    /// Limits as they are typed: 0 seconds stand for no limit.
    pub(super) fn new(seconds: u64, mebibytes: u64) -> Self {
        Self { seconds: (seconds > 0).then_some(seconds), mebibytes }
    }
}

fn this_program(act: &'static str) -> Result<Command> {
    let program = env::current_exe().map_err(|error| Error::file("start", act, error))?;
    let mut command = Command::new(program);
    command.args(env::args_os().skip(1));
    Ok(command)
}

/// Whether this is the process that puts the question; then its memory is limited from here on.
pub(super) fn puts_the_question(limits: ProcessLimits) -> bool {
    let is_second = env::var_os(QUERY).is_some();
    if is_second {
        limit_memory(limits.mebibytes);
    }
    is_second
}

/// Has a second process put the question, and says what became of it.
pub(super) fn have_question_put(limits: ProcessLimits) -> Result<CommandOutcome> {
    let failed = |error| Error::file("start", "the query's process", error);
    let mut child = this_program("the query's process")?.env(QUERY, "1").spawn().map_err(failed)?;
    let deadline = limits.seconds.and_then(|seconds| Instant::now().checked_add(Duration::from_secs(seconds)));
    let mut pause = Duration::from_micros(500);
    loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            return outcome(status, limits);
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            child.kill().and_then(|()| child.wait()).map_err(failed)?;
            return Err(Error::Limit {
                message: format!("the query took more than {} seconds", limits.seconds.unwrap_or_default()),
                help: Some("ask for less, or raise the limit with --timeout; --timeout 0 is no limit".to_owned()),
            });
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// What the other process ended with is what this one ends with.
fn outcome(status: ExitStatus, limits: ProcessLimits) -> Result<CommandOutcome> {
    match status.code() {
        Some(0) => Ok(CommandOutcome::Fine),
        Some(1) => Ok(CommandOutcome::Problems),
        // The other process has said what was wrong.
        Some(code) => std::process::exit(code),
        None => Err(Error::Limit {
            message: format!(
                "the query needed more than {} MiB of memory, or was stopped from outside",
                limits.mebibytes
            ),
            help: Some("ask for less, or raise the limit with --memory".to_owned()),
        }),
    }
}

/// Asks custom checks in second processes.
pub(super) struct CheckProcesses(pub(super) ProcessLimits);

/// A process that asks custom checks.
struct CheckProcess {
    child: Child,
    events: Receiver<CheckEvent>,
    limits: ProcessLimits,
}

impl Isolation for CheckProcesses {
    fn start(&self, done: &[String]) -> Result<Box<dyn CheckRun>> {
        let failed = |error| Error::file("start", "the process of the checks", error);
        let mut command = this_program("the process of the checks")?;
        command.env(CHECKS_LEFT_OUT, done.join("\n"));
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
        let output = child.stdout.take().expect("it was asked for");
        let (sender, events) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(io::Result::ok) {
                let Ok(event) = serde_json::from_str(&line) else { return };
                if sender.send(event).is_err() {
                    return;
                }
            }
        });
        Ok(Box::new(CheckProcess { child, events, limits: self.0 }))
    }
}

impl CheckRun for CheckProcess {
    fn next(&mut self, is_asked: bool) -> NextEvent {
        let ProcessLimits { seconds, mebibytes } = self.limits;
        // Reading the corpus has no limit; a check has.
        let next = match seconds.filter(|_| is_asked) {
            None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(seconds) => self.events.recv_timeout(Duration::from_secs(seconds)),
        };
        match next {
            Ok(event) => NextEvent::Event(event),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                NextEvent::Limit(format!("it took more than {} seconds", seconds.unwrap_or_default()))
            }
            Err(RecvTimeoutError::Disconnected) => {
                NextEvent::Limit(format!("it needed more than {mebibytes} MiB of memory"))
            }
        }
    }

    fn finish(&mut self) -> bool {
        self.child.wait().is_ok_and(|status| status.success())
    }
}

/// Whether this is a process that asks custom checks.
pub(super) fn asks_checks() -> bool {
    env::var_os(CHECKS_LEFT_OUT).is_some()
}

/// Asks the checks that are left, and says what they find.
pub(super) fn ask_checks(corpus: &mut Corpus, limits: ProcessLimits, global: &Global) -> Result<CommandOutcome> {
    limit_memory(limits.mebibytes);
    let left_out = env::var(CHECKS_LEFT_OUT).unwrap_or_default();
    let left_out: BTreeSet<&str> = left_out.lines().collect();
    let bar = global.bar();
    for event in corpus.check_events(&left_out, &global.options(&bar)) {
        let line = serde_json::to_string(&event?).expect("it has only texts and numbers");
        print(&format!("{line}\n"))?;
    }
    Ok(if corpus.project().is_some() { CommandOutcome::Fine } else { CommandOutcome::Problems })
}

/// Address space that is set aside for the stacks of the query and of a dataset's parser, and counts as memory though
/// hardly any of it is used.
#[cfg(unix)]
const STACK: u64 = 2 << 30;

/// Limits the memory of this process, and has it end when the one that started it ends.
#[cfg(unix)]
fn limit_memory(mebibytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = mebibytes.saturating_mul(1 << 20).saturating_add(STACK);
    let Rlimit { maximum, .. } = getrlimit(Resource::As);
    let current = maximum.map_or(limit, |maximum| maximum.min(limit));
    // Without a limit the query is answered all the same.
    let _ = setrlimit(Resource::As, Rlimit { current: Some(current), maximum });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(not(unix))]
fn limit_memory(_: u64) {}
