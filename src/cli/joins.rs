//! `regesta joins`: how far the corpus is joined with its datasets.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{print, print_problems};
use crate::cli::summary;
use clap::{Args, ValueEnum};
use regesta::diagnostic::visible;
use regesta::error::Result;

#[derive(Args)]
#[command(before_help = "Example:  regesta joins --format json")]
pub(super) struct Arguments {
    /// Datasets to report on; in a joint project also corpora, and their datasets as CORPUS/DATASET [default: all]
    #[arg(value_name = "DATASET")]
    datasets: Vec<String>,
    /// Format of the report
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: ReportFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// Plain text
    Text,
    /// A list with one object per dataset
    Json,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let mut corpus = global.open(None)?;
    let reports = corpus.joins(&arguments.datasets, &global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    let Some(reports) = reports else { return Ok(CommandOutcome::Problems) };
    print(&match arguments.format {
        ReportFormat::Json => {
            let json = serde_json::to_string_pretty(&reports).expect("a report has only texts and numbers");
            format!("{json}\n")
        }
        ReportFormat::Text if reports.is_empty() => {
            "the corpus has no dataset to be joined with; add a section [[dataset]] to regesta.toml\n".to_owned()
        }
        ReportFormat::Text => reports.iter().map(|report| visible(&summary::joins(report, &corpus))).collect(),
    })?;
    Ok(CommandOutcome::of(&corpus))
}
