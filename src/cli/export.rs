//! `regesta export`: the graph of a corpus in one format.

use crate::cli::workspace::Workspace;
use crate::cli::{Global, Outcome};
use clap::Args;
use clap::builder::PossibleValuesParser;
use regesta::error::{Error, Result};
use regesta::export::{Format, NamedWriter};
use regesta::graph::{self, Gate};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(before_help = "Example:  regesta export turtle -o letters.ttl")]
pub(super) struct Arguments {
    /// The format; file endings are accepted too
    #[arg(value_parser = format_names(), ignore_case = true, hide_possible_values = false)]
    format: String,
    /// The file to write; - stands for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

fn format_names() -> PossibleValuesParser {
    let values = Format::ALL
        .iter()
        .map(|format| clap::builder::PossibleValue::new(format.name).alias(format.extension).help(format.description));
    PossibleValuesParser::new(values)
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut workspace = Workspace::open(None, global)?;
    let corpus = workspace.read(global);
    let format = Format::find(&arguments.format).expect("the names are the table's");
    let ready = workspace.project.clone().zip(corpus).filter(|_| !workspace.diagnostics.has_errors());
    let Some((project, corpus)) = ready else {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    // Beside its place first, so that a file that is there stays whole until the new one is; a pipe gets nothing
    // until the gate has seen every quad.
    let to_pipe = arguments.output == Path::new("-");
    let folder = match arguments.output.parent() {
        Some(parent) if !to_pipe && parent != Path::new("") => parent.to_owned(),
        _ if to_pipe => std::env::temp_dir(),
        _ => PathBuf::from("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(&folder)
        .map_err(|error| Error::file("write to", &folder, error.kind().into()))?;
    let writer = NamedWriter::new(&arguments.output, BufWriter::with_capacity(1 << 16, file.as_file_mut()));
    let mut export = format.writer(&project.base, writer)?;
    let mut gate = Gate::new(&corpus, &project.base, export.as_mut(), &mut workspace.diagnostics);
    graph::graph(&corpus, &project, &mut gate)?;
    export.finish()?;
    workspace.show_diagnostics(global)?;
    if workspace.diagnostics.has_errors() {
        return Ok(Outcome::Problems);
    }
    if to_pipe {
        let mut written = file.reopen().map_err(|error| Error::file("read", file.path(), error))?;
        io::copy(&mut written, &mut io::stdout().lock()).map_err(Error::Output)?;
        io::stdout().lock().flush().map_err(Error::Output)?;
    } else {
        file.persist(&arguments.output).map_err(|error| Error::file("write", &arguments.output, error.error))?;
    }
    Ok(Outcome::Fine)
}
