//! `regesta joins`: how far the corpus is joined with its datasets.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{number, print, print_problems};
use clap::{Args, ValueEnum};
use regesta::corpus::{Corpus, Gone, Joins, OfKind};
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
        ReportFormat::Text => reports.iter().map(|report| visible(&text(report, &corpus))).collect(),
    })?;
    Ok(CommandOutcome::of(&corpus))
}

/// The report of one dataset for people.
fn text(report: &Joins, corpus: &Corpus) -> String {
    let mut text = format!("{}: {}\n", report.dataset, number(report.things, "thing"));
    // Letters are joined with a list of others only.
    let is_worth_a_line = |kind: &&str, count: &OfKind| *kind != "document" || count.joined + count.waiting > 0;
    for (kind, count) in report.kinds.iter().filter(|(kind, count)| is_worth_a_line(kind, count)) {
        let grounds: Vec<String> =
            count.grounds.iter().map(|(ground, count)| format!("{count} by {}", spoken(ground))).collect();
        let links: usize = count.grounds.values().sum();
        // A thing can be linked to several of one dataset.
        let links = if links > count.joined { format!("{}: ", number(links, "link")) } else { String::new() };
        let grounds = if grounds.is_empty() { String::new() } else { format!(" ({links}{})", grounds.join(", ")) };
        let undecided = if count.undecided == 0 { String::new() } else { format!(", {} undecided", count.undecided) };
        text.push_str(&format!(
            "  {}: {} joined{grounds}, {} waiting with {}{undecided}, {} unjoined\n",
            number(count.things, kind),
            count.joined,
            count.waiting,
            number(count.candidates, "candidate"),
            count.unjoined
        ));
    }
    gone(&report.gone, corpus).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text
}

/// What the grounds of a link are called: justifications by the names that they have in the Semantic Mapping Vocabulary.
const GROUNDS: &[(&str, &str)] = &[
    ("BackgroundKnowledgeBasedMatching", "shared identifier"),
    ("LexicalMatching", "name"),
    ("CompositeMatching", "name and more"),
    ("ManualMappingCuration", "hand"),
    ("MappingReview", "hand"),
];

fn spoken(ground: &str) -> &str {
    GROUNDS.iter().find(|(known, _)| *known == ground).map_or(ground, |(_, words)| words)
}

/// What the corpus is linked to and is no longer there as it was.
pub(super) fn gone(gone: &[Gone], corpus: &Corpus) -> Vec<String> {
    let line = |gone: &Gone| {
        let what = match (&gone.merged_into, gone.was_described) {
            (Some(into), _) => format!("has been merged into {into}"),
            (None, true) => "is no longer described, though it was when the dataset was locked before".to_owned(),
            (None, false) => "is not described".to_owned(),
        };
        format!("  {} is linked to {}, which {what}", corpus.id_of(&gone.ours), gone.theirs)
    };
    gone.iter().map(line).collect()
}
