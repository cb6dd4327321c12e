//! The commands and their options. Data goes to standard output, everything else to standard error.

mod build;
mod check;
mod child_process;
mod duplicates;
mod explain;
mod export;
mod init;
mod joins;
mod lock;
mod print;
mod progress_bar;
mod query;
mod reconcile;
mod review;

use clap::{Args, Parser, Subcommand, ValueEnum};
use progress_bar::Bar;
use regesta::corpus::{Corpus, Options};
use regesta::diagnostic::MessageFormat;
use regesta::error::{Error, Result};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Turn letters and other documents into a linked-data graph of who wrote to whom, and who claims what.
#[derive(Parser)]
#[command(name = "regesta", version, arg_required_else_help = true, disable_help_subcommand = true)]
#[command(before_help = "Example:  regesta init my-letters && cd my-letters && regesta build && regesta query --list")]
#[command(max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

/// Options that every command has.
#[derive(Args)]
struct Global {
    /// The corpus folder [default: the nearest folder above that holds regesta.toml]
    #[arg(short = 'C', long = "corpus", value_name = "DIR", global = true)]
    corpus: Option<PathBuf>,
    /// How problems in the sources are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human", global = true)]
    message_format: MessageFormatName,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true)]
    color: Color,
    /// How many threads read documents [default: one for each processor]
    #[arg(short = 'j', long, value_name = "NUMBER", global = true)]
    threads: Option<NonZero<usize>>,
}

#[derive(Clone, Copy, ValueEnum)]
enum MessageFormatName {
    /// The line in question, and what to do
    Human,
    /// One line each: file:line:column: severity[code]: message
    Short,
    /// One JSON object a line
    Json,
    /// Annotations of a GitHub workflow
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Even into a file
    Always,
    /// Not at all
    Never,
}

#[derive(Subcommand)]
enum Command {
    /// Write a small practice corpus into a new folder, for you to change
    Init(init::Arguments),
    /// Read the sources and report what is wrong with them; nothing is written
    Check(check::Arguments),
    /// Read the sources, then write the graph in every format
    Build(build::Arguments),
    /// Ask a stored query, or one of your own
    Query(query::Arguments),
    /// Write the graph in one format
    Export(export::Arguments),
    /// Look at the datasets that the corpus is joined with, say what has changed, and pin them
    Lock(lock::Arguments),
    /// Propose which things of a dataset may be things of the corpus, and record what you decide
    Reconcile(reconcile::Arguments),
    /// Report how far the corpus is joined with its datasets
    Joins(joins::Arguments),
    /// List letters that may stand in two of the corpora and datasets, and record what you decide
    Duplicates(duplicates::Arguments),
    /// Explain a code that a problem is shown with
    Explain(explain::Arguments),
    /// Write the completions of a shell to standard output
    #[command(before_help = "Example:  regesta completions bash > ~/.local/share/bash-completion/completions/regesta")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How a command ended, when it did what it could.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// The sources have errors.
    Problems,
}

/// More threads than this never read faster, and can be more than the system gives.
const MOST_THREADS: NonZero<usize> = NonZero::new(64).expect("64 is not zero");

impl Outcome {
    fn of(corpus: &Corpus) -> Self {
        if corpus.has_errors() { Self::Problems } else { Self::Fine }
    }
}

impl Global {
    /// Opens the folder that a command names, or the one that all commands can be told.
    fn open(&self, folder: Option<&Path>) -> Result<Corpus> {
        Corpus::open(folder.or(self.corpus.as_deref()))
    }

    fn bar(&self) -> Bar {
        Bar::default()
    }

    fn options<'a>(&self, bar: &'a Bar) -> Options<'a> {
        Options { threads: self.threads(), progress: bar }
    }

    fn message_format(&self) -> MessageFormat {
        match self.message_format {
            MessageFormatName::Human => MessageFormat::Human { colour: self.colour(&io::stderr()) },
            MessageFormatName::Short => MessageFormat::Short,
            MessageFormatName::Json => MessageFormat::Json,
            MessageFormatName::Github => MessageFormat::GitHub,
        }
    }

    fn colour(&self, stream: &impl IsTerminal) -> bool {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => stream.is_terminal() && !refused && !dumb,
        }
    }

    fn threads(&self) -> NonZero<usize> {
        let wanted = self.threads.or_else(|| std::thread::available_parallelism().ok());
        wanted.unwrap_or(NonZero::<usize>::MIN).min(MOST_THREADS)
    }
}

/// Parses what was typed, does it, and says how it ended:
/// 0 fine, 1 problems in the sources, 2 wrong request, 3 files, disk or limits.
pub(crate) fn run() -> ExitCode {
    let Cli { command, global } = Cli::parse();
    let result = match command {
        Command::Init(arguments) => init::run(&arguments, &global),
        Command::Check(arguments) => check::run(&arguments, &global),
        Command::Build(arguments) => build::run(&arguments, &global),
        Command::Query(arguments) => query::run(&arguments, &global),
        Command::Export(arguments) => export::run(&arguments, &global),
        Command::Lock(arguments) => lock::run(&arguments, &global),
        Command::Reconcile(arguments) => reconcile::run(&arguments, &global),
        Command::Joins(arguments) => joins::run(&arguments, &global),
        Command::Duplicates(arguments) => duplicates::run(&arguments, &global),
        Command::Explain(arguments) => explain::run(&arguments, &global),
        Command::Completions { shell } => completions(shell),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        // The reader has what it wanted and closed the pipe, as head does.
        Err(Error::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let help = error.help().map(|help| format!("  help: {help}\n")).unwrap_or_default();
            // Nobody may be there to read it.
            let _ = write!(io::stderr(), "error: {error}\n{help}");
            match error {
                Error::Usage { .. } | Error::Query { .. } => ExitCode::from(2),
                Error::File { .. } | Error::Limit { .. } | Error::Output(_) => ExitCode::from(3),
            }
        }
    }
}

fn completions(shell: clap_complete::Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut <Cli as clap::CommandFactory>::command(), "regesta", &mut script);
    io::Write::write_all(&mut io::stdout().lock(), &script).map_err(Error::Output)?;
    Ok(Outcome::Fine)
}
