//! `regesta check`: everything that `build` would refuse, and whatever else is not as it should be, without writing
//! anything.

use crate::cli::coverage::Coverage;
use crate::cli::own_checks::{self, Limits};
use crate::cli::workspace::{Inventory, Workspace, number};
use crate::cli::{Global, Outcome};
use clap::Args;
use regesta::check;
use regesta::diagnostic::{self, Diagnostics};
use regesta::error::{Error, Result};
use regesta::model::Corpus;
use regesta::query::on_large_stack;
use regesta::read::{self, Verification};
use regesta::source::Sources;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(before_help = "Example:  regesta check data/exchange-2017 --texts ../texts")]
pub(super) struct Arguments {
    /// The corpus folder; or an RDF file (.ttl, .trig, .nt, .nq), to hold it against the shapes
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// A folder with the texts that the corpus only names: they are found by their digest, and every range is verified
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    #[command(flatten)]
    limits: Limits,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let is_meant_as_file = |path: &&Path| path.is_file() || path.extension().is_some() && !path.exists();
    if let Some(file) = arguments.folder.as_deref().filter(is_meant_as_file) {
        return check_file(file, global);
    }
    let mut workspace = Workspace::open(arguments.folder.as_deref(), global)?;
    if own_checks::is_second_process() {
        return own_checks::in_process(&mut workspace, &arguments.limits, global);
    }
    let corpus = workspace.read(global);
    workspace.catalogue();
    let mut lines = Vec::new();
    if let Some(corpus) = &corpus {
        let verification = verify(&mut workspace, corpus, arguments.texts.as_deref())?;
        let written = workspace.write_checked(corpus, global)?;
        lines = Inventory::of_all(&workspace, corpus, &written).lines();
        lines.extend(Coverage::of(&written, &workspace.sources).lines());
        for member in &workspace.members {
            let coverage = Coverage::of(&member.written, &member.workspace.sources);
            lines.extend(of_member(&member.name, &coverage));
        }
        lines.extend(verified(verification, arguments.texts.is_some()));
        own_checks::run(&mut workspace, &arguments.limits)?;
        workspace.report_unused_acceptances();
    }
    lines.extend(workspace.silenced());
    workspace.show_diagnostics(global)?;
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)?;
    Ok(if workspace.has_errors() { Outcome::Problems } else { Outcome::Fine })
}

/// Holds an RDF file against the shapes.
fn check_file(path: &Path, global: &Global) -> Result<Outcome> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut sources = Sources::new(folder);
    let file = sources.add(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let mut diagnostics = Diagnostics::default();
    on_large_stack(|| check::check_file(path, file, &mut diagnostics))?;
    let mut shown = Vec::new();
    diagnostic::print(&diagnostics, &sources, global.message_format(), &mut shown).map_err(Error::Output)?;
    // Nobody may be there to read it; how the command ends still says that there are problems.
    let _ = io::stderr().lock().write_all(&shown);
    if diagnostics.sorted(&sources).is_empty() {
        let line = format!("{} has the form of the shapes\n", path.display());
        io::stdout().lock().write_all(line.as_bytes()).map_err(Error::Output)?;
    }
    Ok(if diagnostics.has_errors() { Outcome::Problems } else { Outcome::Fine })
}

/// What is said about the letters of a corpus of a joint project, with its name.
pub(super) fn of_member(name: &str, coverage: &Coverage<'_>) -> Vec<String> {
    coverage.lines().into_iter().map(|line| format!("{name}: {line}")).collect()
}

/// Verifies the ranges of texts that are outside the folder, those of the corpora of a joint project too.
pub(super) fn verify(workspace: &mut Workspace, corpus: &Corpus, texts: Option<&Path>) -> Result<Verification> {
    let mut verification = read::verify(corpus, texts, &mut workspace.diagnostics)?;
    for member in &mut workspace.members {
        let Some(corpus) = &member.corpus else { continue };
        let of_member = read::verify(corpus, texts, &mut member.workspace.diagnostics)?;
        verification.verified += of_member.verified;
        verification.unverified += of_member.unverified;
    }
    Ok(verification)
}

/// What is said about the ranges of texts that are outside the folder.
pub(super) fn verified(verification: Verification, looked: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if verification.verified > 0 {
        lines.push(format!("{} of texts outside the folder verified", number(verification.verified, "range")));
    }
    if verification.unverified > 0 {
        let ranges = number(verification.unverified, "range");
        let why = if looked { "their texts were not found" } else { "name their folder with --texts" };
        lines.push(format!("{ranges} of texts outside the folder not verified: {why}"));
    }
    lines
}
