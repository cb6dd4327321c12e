//! `regesta duplicates`: letters that may stand in two of the corpora and datasets of a project.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{number, print, print_problems};
use crate::cli::review;
use crate::cli::summary::rows_in;
use clap::Args;
use regesta::error::Result;

#[derive(Args)]
#[command(before_help = "Example:  regesta duplicates --review --reviewer \"Greta Lam\"")]
pub(super) struct Arguments {
    /// Review the candidates one by one, with one key per decision
    #[arg(long)]
    review: bool,
    /// Who decides: a name, an id such as person:lam, or an address such as an ORCID
    #[arg(long, value_name = "WHO", required_if_eq("review", "true"))]
    reviewer: Option<String>,
    /// Date to record with the decisions
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let mut corpus = global.open(None)?;
    let found = corpus.find_duplicates(&global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    let Some(found) = found else { return Ok(CommandOutcome::Problems) };
    let duplicates = found.write(&corpus)?;
    print(&format!(
        "{} that may stand in two editions, {} of them new{}\n",
        number(duplicates.found, "pair"),
        duplicates.new,
        rows_in(duplicates.rows(), duplicates.path())
    ))?;
    if arguments.review {
        let who = arguments.reviewer.as_deref().expect("clap demands a reviewer");
        review::run(duplicates.review(who, arguments.date.as_deref())?)?;
    }
    Ok(CommandOutcome::Fine)
}
