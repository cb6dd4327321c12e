//! `regesta init`: the practice corpus, for a newcomer to change.

use crate::cli::global::{CommandOutcome, Global};
use clap::Args;
use regesta::corpus::write_practice_corpus;
use regesta::error::{Error, Result};
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Args)]
#[command(before_help = "Example:  regesta init my-letters")]
pub(super) struct Arguments {
    /// Folder to create; if it exists, it must be empty
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let named = arguments.folder.as_ref().or(global.corpus.as_ref());
    let folder = named.ok_or_else(|| Error::usage("name the folder to make", "regesta init my-letters".to_owned()))?;
    let count = write_practice_corpus(folder)?;
    let text = format!(
        "wrote a practice corpus of {count} files into {folder}\nnow try:  regesta build {folder}\n          \
         regesta -C {folder} query --list\n",
        folder = folder.display()
    );
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)?;
    Ok(CommandOutcome::Fine)
}
