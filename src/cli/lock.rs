//! `regesta lock`: looks at the datasets as they are now, says what changes for the corpus, and pins them.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::{number, print_aside, print_lines, print_problems};
use crate::cli::summary::gone;
use clap::Args;
use regesta::corpus::{Corpus, LockOutcome, Locked, PinState};
use regesta::diagnostic::visible;
use regesta::error::Result;

#[derive(Args)]
#[command(before_help = "Example:  regesta lock gazetteer")]
pub(super) struct Arguments {
    /// Datasets to pin [default: all]
    #[arg(value_name = "DATASET")]
    datasets: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let mut corpus = global.open(None)?;
    let outcome = corpus.lock(&arguments.datasets, &global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    match outcome {
        LockOutcome::Locked(locked) => {
            let lines = locked.iter().flat_map(|locked| lines(locked, &corpus));
            print_lines(&lines.map(|line| visible(&line)).collect::<Vec<_>>())?;
            Ok(CommandOutcome::Fine)
        }
        LockOutcome::UnreadableCorpus => Ok(CommandOutcome::Problems),
        LockOutcome::UnreadableDataset => {
            print_aside("nothing was written\n");
            Ok(CommandOutcome::Problems)
        }
    }
}

fn lines(locked: &Locked, corpus: &Corpus) -> Vec<String> {
    let state = match locked.state {
        PinState::New => "pinned",
        PinState::Same => "as it was",
        PinState::Changed => "has changed, and is pinned anew",
    };
    let mut lines = vec![format!("{}: {state}; {}", locked.dataset, number(locked.things, "thing"))];
    let unused: Vec<String> = locked.unused.iter().map(|(key, count)| format!("{key} {count}")).collect();
    lines.extend((!unused.is_empty()).then(|| format!("  not used: {}", unused.join(", "))));
    lines.extend(gone(&locked.gone, corpus));
    lines
}
