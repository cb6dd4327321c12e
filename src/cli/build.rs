//! `regesta build`: the graph of a corpus in every format, and one record for each document.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{number, print_aside, print_lines, print_problems, shown};
use crate::cli::summary::{coverage, inventory, silenced, verified};
use clap::{Args, ValueEnum};
use regesta::corpus::{Format, WantedRecords};
use regesta::error::Result;
use std::path::PathBuf;

#[derive(Args)]
#[command(before_help = "Example:  regesta build data/exchange-2017 -o graph")]
pub(super) struct Arguments {
    /// Corpus folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Output folder [default: build, in the corpus folder]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Which documents get a JSON-LD record
    #[arg(long, value_enum, value_name = "WHICH", default_value = "documents")]
    records: RecordsName,
}

#[derive(Clone, Copy, ValueEnum)]
enum RecordsName {
    /// Documents in Markdown, one file each
    Documents,
    /// Also letters in TEI, CMIF and tables: one per line, in letters.jsonl
    All,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let mut corpus = global.open(arguments.folder.as_deref())?;
    let wanted = match arguments.records {
        RecordsName::Documents => WantedRecords::OfDocuments,
        RecordsName::All => WantedRecords::All,
    };
    let build = corpus.build(arguments.output.as_deref(), wanted, &global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    let Some(build) = build else {
        print_aside("nothing was written\n");
        return Ok(CommandOutcome::Problems);
    };
    let mut lines = inventory(&build.inventory);
    lines.extend(coverage(&build.coverage));
    lines.extend(verified(build.verification, false));
    lines.extend(silenced(&corpus));
    lines.push(format!(
        "wrote {} with {}, in {}, and {}",
        shown(&build.folder).display(),
        number(build.quads, "quad"),
        number(Format::RDF.len(), "format"),
        number(build.records, "record")
    ));
    print_lines(&lines)?;
    Ok(CommandOutcome::of(&corpus))
}
