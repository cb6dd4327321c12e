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
mod keys;
mod lock;
mod print;
mod progress_bar;
mod query;
mod query_input;
mod query_list;
mod reconcile;
mod review;
mod summary;

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
    /// Create a practice corpus in a new folder
    Init(init::Arguments),
    /// Check the sources and report problems, without writing anything
    Check(check::Arguments),
    /// Build the graph, in every format
    Build(build::Arguments),
    /// Run a stored query, or one of your own
    Query(query::Arguments),
    /// Export the graph or the records in one format
    Export(export::Arguments),
    /// Pin the datasets that the corpus is joined with, and report what has changed
    Lock(lock::Arguments),
    /// Propose links between the corpus and a dataset, and record your decisions
    Reconcile(reconcile::Arguments),
    /// Report how much of the corpus is linked to each dataset
    Joins(joins::Arguments),
    /// List letters that may be in two corpora or datasets, and record your decisions
    Duplicates(duplicates::Arguments),
    /// Explain a diagnostic code, or list all codes
    Explain(explain::Arguments),
    /// Print the completion script for a shell
    #[command(before_help = "Example:  regesta completions bash > ~/.local/share/bash-completion/completions/regesta")]
    Completions {
        /// Shell to complete for
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
