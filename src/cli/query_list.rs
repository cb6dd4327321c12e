//! `regesta query --list`: the stored queries.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{print, print_problems};
use crate::cli::summary;
use regesta::corpus::embedded_queries;
use regesta::error::Result;

/// Lists our queries, and those of the corpus where there is one.
pub(super) fn run(global: &Global) -> Result<CommandOutcome> {
    let catalogue = match global.open(None) {
        Ok(mut corpus) => {
            let catalogue = corpus.catalogue();
            print_problems(&corpus, global)?;
            catalogue
        }
        Err(_) if global.corpus.is_none() => embedded_queries(),
        Err(error) => return Err(error),
    };
    print(&summary::catalogue(&catalogue))?;
    Ok(CommandOutcome::Fine)
}
