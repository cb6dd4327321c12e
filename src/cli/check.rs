//! `regesta check`: everything that `build` would refuse, and whatever else is not as it should be, without writing
//! anything.

use crate::cli::child_process::{CheckProcesses, ProcessLimits, ask_checks, asks_checks};
use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{print, print_aside, print_lines, print_problems, problems};
use crate::cli::summary::{coverage, inventory, silenced, verified};
use clap::Args;
use regesta::corpus;
use regesta::error::Result;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(before_help = "Example:  regesta check data/exchange-2017 --texts ../texts")]
pub(super) struct Arguments {
    /// Corpus folder, or an RDF file (.ttl, .trig, .nt, .nq) to validate against the shapes
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Folder of texts that are not in the corpus: they are found by their SHA-256, and every passage is verified
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Time limit of each custom check, in seconds; 0 for none
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// Memory limit of each custom check, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(64..))]
    memory: u64,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let is_meant_as_file = |path: &&Path| path.is_file() || path.extension().is_some() && !path.exists();
    if let Some(file) = arguments.folder.as_deref().filter(is_meant_as_file) {
        return check_file(file, global);
    }
    let mut corpus = global.open(arguments.folder.as_deref())?;
    let limits = ProcessLimits::new(arguments.timeout, arguments.memory);
    if asks_checks() {
        return ask_checks(&mut corpus, limits, global);
    }
    let texts = arguments.texts.as_deref();
    let checked = corpus.check(texts, Some(&CheckProcesses(limits)), &global.options(&global.bar()))?;
    let mut lines = Vec::new();
    if let Some(checked) = checked {
        lines = inventory(&checked.inventory);
        lines.extend(coverage(&checked.coverage));
        lines.extend(verified(checked.verification, texts.is_some()));
    }
    lines.extend(silenced(&corpus));
    print_problems(&corpus, global)?;
    print_lines(&lines)?;
    Ok(CommandOutcome::of(&corpus))
}

/// Holds an RDF file against the shapes.
fn check_file(path: &Path, global: &Global) -> Result<CommandOutcome> {
    let (diagnostics, sources) = corpus::check_file(path)?;
    print_aside(&problems(&diagnostics, &sources, global)?);
    if diagnostics.sorted(&sources).is_empty() {
        print(&format!("{} has the form of the shapes\n", path.display()))?;
    }
    Ok(if diagnostics.has_errors() { CommandOutcome::Problems } else { CommandOutcome::Fine })
}
