//! `regesta explain`: what a code means.

use crate::cli::global::{CommandOutcome, Global};
use crate::cli::print::print;
use clap::Args;
use regesta::diagnostic::{Code, nearest};
use regesta::error::{Error, Result};

#[derive(Args)]
#[command(before_help = "Example:  regesta explain unknown-id")]
pub(super) struct Arguments {
    /// Code to explain; without one, all codes are listed
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<CommandOutcome> {
    let text = match &arguments.code {
        None => Code::ALL.iter().map(|code| format!("{:26} {}\n", code.name(), code.summary())).collect(),
        Some(name) => match custom_check(name, global) {
            Some(text) => text,
            None => explanation(name)?,
        },
    };
    print(&text)?;
    Ok(CommandOutcome::Fine)
}

/// What a check of the corpus's own says of itself, where there is a corpus here that has one of this name.
fn custom_check(name: &str, global: &Global) -> Option<String> {
    let checks = global.open(None).ok()?.custom_checks();
    let (_, check) = checks.iter().find(|(_, check)| check.own.name == name)?;
    let description = check.description().map_or_else(String::new, |words| format!("\n{}\n", words.trim_end()));
    Some(format!("{}[{name}]: {}\n{description}", check.own.severity.name(), check.summary()))
}

fn explanation(name: &str) -> Result<String> {
    let code = Code::find(name).ok_or_else(|| {
        let alike = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help = alike.map_or_else(
            || "the codes are listed by: regesta explain".to_owned(),
            |name| format!("did you mean {name}?"),
        );
        Error::usage(format!("there is no code \"{name}\""), help)
    })?;
    let severity = code.severity().name();
    Ok(format!("{severity}[{}]: {}\n\n{}\n", code.name(), code.summary(), code.explanation()))
}
