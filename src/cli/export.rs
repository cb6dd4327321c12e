//! `regesta export`: the graph of a corpus in one format.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::print_problems;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use regesta::corpus::{Destination, ExportRequest, Format};
use regesta::error::Result;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(before_help = "Example:  regesta export turtle -o letters.ttl")]
pub(super) struct Arguments {
    /// Format; file extensions are accepted too
    #[arg(value_parser = format_names(), ignore_case = true, hide_possible_values = false)]
    format: String,
    /// Output file; - is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// RDF version; 1.2 writes the contents of claims as triple terms, in turtle, trig, ntriples and nquads
    #[arg(long, value_name = "VERSION", value_enum, default_value = "1.1")]
    rdf: RdfVersion,
    /// Export this dataset instead of the corpus
    #[arg(long, value_name = "DATASET", conflicts_with = "rdf")]
    dataset: Option<String>,
}

/// A version of RDF.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RdfVersion {
    #[value(name = "1.1")]
    OneOne,
    #[value(name = "1.2")]
    OneTwo,
}

fn format_names() -> PossibleValuesParser {
    let value = |format: &Format| PossibleValue::new(format.name).alias(format.extension).help(format.description);
    PossibleValuesParser::new(Format::all().map(value))
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let mut corpus = global.open(None)?;
    let format = Format::find(&arguments.format).expect("the names are the table's");
    let triple_terms = arguments.rdf == RdfVersion::OneTwo;
    let export = ExportRequest { format, triple_terms, dataset: arguments.dataset.as_deref() };
    let mut output = io::stdout();
    let destination = match arguments.output.as_path() {
        path if path == Path::new("-") => Destination::Stream(&mut output),
        path => Destination::of(path),
    };
    let is_whole = corpus.export(export, destination, &std::env::temp_dir(), &global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    Ok(if is_whole { CommandOutcome::of(&corpus) } else { CommandOutcome::Problems })
}
