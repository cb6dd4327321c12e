//! The options that every command has, and how a command ends.

use crate::cli::progress_bar::Bar;
use clap::{Args, ValueEnum};
use regesta::corpus::{Corpus, Options};
use regesta::diagnostic::MessageFormat;
use regesta::error::Result;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// Options that every command has.
#[derive(Args)]
pub(super) struct Global {
    /// Corpus folder [default: this folder, or the nearest one above it with a regesta.toml]
    #[arg(short = 'C', long = "corpus", value_name = "DIR", global = true)]
    pub(super) corpus: Option<PathBuf>,
    /// Format of the problems that are reported
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human", global = true)]
    pub(super) message_format: MessageFormatName,
    /// Show each of many problems that have one cause; otherwise the first stands for all
    #[arg(long, global = true)]
    pub(super) all: bool,
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true)]
    color: Color,
    /// Number of threads [default: one per processor]
    #[arg(short = 'j', long, value_name = "NUMBER", global = true)]
    threads: Option<NonZero<usize>>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum MessageFormatName {
    /// The source line, the problem, and how to solve it
    Human,
    /// One line per problem: file:line:column: severity[code]: message
    Short,
    /// One JSON object per line
    Json,
    /// Annotations for a GitHub workflow
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also in files and pipes
    Always,
    /// No colour
    Never,
}

/// How a command ended, when it did what it could.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CommandOutcome {
    Fine,
    /// The sources have errors.
    Problems,
}

/// More threads than this never read faster, and can be more than the system gives.
const MOST_THREADS: NonZero<usize> = NonZero::new(64).expect("64 is not zero");

impl CommandOutcome {
    pub(super) fn of(corpus: &Corpus) -> Self {
        if corpus.has_errors() { Self::Problems } else { Self::Fine }
    }
}

impl Global {
    /// Opens the folder that a command names, or the one that all commands can be told.
    pub(super) fn open(&self, folder: Option<&Path>) -> Result<Corpus> {
        Corpus::open(folder.or(self.corpus.as_deref()))
    }

    pub(super) fn bar(&self) -> Bar {
        Bar::default()
    }

    pub(super) fn options<'a>(&self, bar: &'a Bar) -> Options<'a> {
        Options { threads: self.threads(), progress: bar }
    }

    pub(super) fn message_format(&self) -> MessageFormat {
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

    pub(super) fn threads(&self) -> NonZero<usize> {
        let wanted = self.threads.or_else(|| std::thread::available_parallelism().ok());
        wanted.unwrap_or(NonZero::<usize>::MIN).min(MOST_THREADS)
    }
}
