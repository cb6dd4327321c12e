//! `regesta query`: questions to the graph.
//!
//! A query can need more memory than there is, and running out of it ends a process. So the question is put by a
//! second process with a limit, and this one says what happened to it.

use crate::cli::child_process::{ProcessLimits, have_question_put, puts_the_question};
use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::print_problems;
use crate::cli::{query_input, query_list};
use clap::Args;
use regesta::corpus::AnswerFormat;
use regesta::error::{Error, Result};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

#[derive(Args)]
#[command(before_help = "Example:  regesta query claims-about -p entity=person:block-cornelis --format csv")]
pub(super) struct Arguments {
    /// Name of a stored query
    #[arg(conflicts_with_all = ["query_file", "list"])]
    name: Option<String>,
    /// List the stored queries
    #[arg(long, conflicts_with_all = ["query_file", "parameters"])]
    list: bool,
    /// Run the query in this file instead; - is standard input
    #[arg(long = "query-file", alias = "query", value_name = "FILE")]
    query_file: Option<PathBuf>,
    /// Value of a parameter: an id, an address, a date, a number or words
    #[arg(short = 'p', long = "parameter", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// Format of the answer: table, csv, tsv, json, xml; of a graph turtle, ntriples, jsonld, rdfxml, trig, nquads
    #[arg(long, alias = "results", value_name = "FORMAT", default_value = "table")]
    format: String,
    /// Time limit, in seconds, reading included; 0 for none
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    /// Memory limit, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(64..))]
    memory: u64,
}

/// The columns of a table that does not go to a terminal.
const TABLE_WIDTH: u16 = 120;

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    if arguments.list {
        return query_list::run(global);
    }
    if arguments.name.is_none() && arguments.query_file.is_none() {
        let help = "list the stored queries with: regesta query --list".to_owned();
        return Err(Error::usage("name a stored query, or a file with --query-file", help));
    }
    let limits = ProcessLimits::new(arguments.timeout, arguments.memory);
    if puts_the_question(limits) { ask(arguments, global) } else { have_question_put(limits) }
}

fn ask(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let mut corpus = global.open(None)?;
    let catalogue = corpus.catalogue();
    let own;
    let stored = match (&arguments.name, &arguments.query_file) {
        (Some(name), _) => catalogue.find(name)?,
        (None, path) => {
            own = query_input::query(path.as_deref().expect("one of the two was demanded before"), global)?;
            &own
        }
    };
    let terminal = io::stdout().is_terminal().then(|| comfy_table::Table::new().width()).flatten();
    let format = AnswerFormat::find(&arguments.format, terminal.unwrap_or(TABLE_WIDTH).max(40))?;
    let parameters =
        arguments.parameters.iter().map(|written| query_input::parameter(written)).collect::<Result<_>>()?;
    let question = corpus.ask(stored, parameters, &global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    let Some(question) = question else { return Ok(CommandOutcome::Problems) };
    let mut writer = BufWriter::new(io::stdout());
    question.write(format, &mut writer)?;
    writer.flush().map_err(Error::Output)?;
    Ok(CommandOutcome::Fine)
}
