//! The commands and their options. Data goes to standard output, everything else to standard error.

mod build;
mod check;
mod child_process;
mod duplicates;
mod explain;
mod export;
mod global;
mod init;
mod joins;
mod lock;
mod print;
mod progress_bar;
mod query;
mod reconcile;
mod review;

use clap::{Parser, Subcommand};
use global::{CommandOutcome, Global};
use regesta::error::{Error, Result};
use std::io::{self, ErrorKind, Write};
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

/// Parses what was typed, does it, and says how it ended:
/// 0 fine, 1 problems in the sources, 2 wrong request, 3 files, disk, store or limits.
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
        Ok(CommandOutcome::Fine) => ExitCode::SUCCESS,
        Ok(CommandOutcome::Problems) => ExitCode::from(1),
        // The reader has what it wanted and closed the pipe, as head does.
        Err(Error::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let help = error.help().map(|help| format!("  help: {help}\n")).unwrap_or_default();
            // Nobody may be there to read it.
            let _ = write!(io::stderr(), "error: {error}\n{help}");
            exit_code(&error)
        }
    }
}

fn exit_code(error: &Error) -> ExitCode {
    match error {
        Error::Usage { .. } | Error::Query { .. } => ExitCode::from(2),
        Error::File { .. } | Error::Storage { .. } | Error::Limit { .. } | Error::Output(_) => ExitCode::from(3),
    }
}

fn completions(shell: clap_complete::Shell) -> Result<CommandOutcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut <Cli as clap::CommandFactory>::command(), "regesta", &mut script);
    io::Write::write_all(&mut io::stdout().lock(), &script).map_err(Error::Output)?;
    Ok(CommandOutcome::Fine)
}

#[cfg(test)]
mod tests {
    use super::exit_code;
    use regesta::error::Error;
    use std::process::ExitCode;

    #[test]
    fn a_store_that_fails_is_no_wrong_request() {
        assert_eq!(exit_code(&Error::storage("fill the store", "the disk is full")), ExitCode::from(3));
        assert_eq!(exit_code(&Error::usage("no such thing", None)), ExitCode::from(2));
    }
}
