//! `regesta explain`: what a code means.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::print;
use clap::Args;
use regesta::corpus::{explain, list_codes};
use regesta::error::Result;

#[derive(Args)]
#[command(before_help = "Example:  regesta explain unknown-id")]
pub(super) struct Arguments {
    /// Code to explain; without one, all codes are listed
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    // Where there is a corpus here, its custom checks have codes of their own.
    print(&match &arguments.code {
        None => list_codes(),
        Some(code) => explain(code, global.open(None).ok().as_mut())?,
    })?;
    Ok(CommandOutcome::Fine)
}
