//! `regesta export`: the graph of a corpus in one format.

use crate::cli::file::temporary;
use crate::cli::joining::{self, Datasets};
use crate::cli::workspace::Workspace;
use crate::cli::{Global, Outcome};
use clap::Args;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use regesta::diagnostic::Diagnostics;
use regesta::error::{Error, Result};
use regesta::export::{Exports, Format, NamedWriter, TripleTerms};
use regesta::mount;
use std::fs::OpenOptions;
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
    /// 1.2 writes the contents of claims as triple terms, in turtle, trig, ntriples and nquads
    #[arg(long, value_name = "VERSION", value_enum, default_value = "1.1")]
    rdf: RdfVersion,
    /// Write what a dataset says that the corpus is joined with, instead of the corpus
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
    let values = Format::ALL
        .iter()
        .map(|format| clap::builder::PossibleValue::new(format.name).alias(format.extension).help(format.description));
    PossibleValuesParser::new(values)
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut workspace = Workspace::open(None, global)?;
    let format = Format::find(&arguments.format).expect("the names are the table's");
    if arguments.rdf == RdfVersion::OneTwo && !format.holds_triple_terms() {
        let message = format!("{} has no form for the triple terms of RDF 1.2", format.name);
        let help = "the formats that have one are turtle, trig, ntriples and nquads; or leave out --rdf 1.2".to_owned();
        return Err(Error::usage(message, help));
    }
    let Some(corpus) = workspace.read_or_show(global)? else { return Ok(Outcome::Problems) };
    let project = workspace.project.clone().expect("what has been read has a project");
    // Beside its place first, so that a file that is there stays whole until the new one is; what is no regular file,
    // a pipe or a device, gets nothing until the gate has seen every quad.
    let to_pipe = arguments.output == Path::new("-");
    let special = !to_pipe && arguments.output.symlink_metadata().is_ok_and(|metadata| !metadata.is_file());
    let folder = match arguments.output.parent() {
        _ if to_pipe || special => std::env::temp_dir(),
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut file = temporary(&folder).map_err(|error| Error::file("write to", &folder, error.kind().into()))?;
    let mut exports = Exports::new(&project.base);
    exports.add(format, NamedWriter::new(&arguments.output, BufWriter::new(file.as_file_mut())))?;
    let mut broken = false;
    match &arguments.dataset {
        None if arguments.rdf == RdfVersion::OneTwo => {
            let mut terms = TripleTerms::new(exports);
            workspace.write(&corpus, global, &mut terms)?;
            exports = terms.into_inner();
        }
        None => drop(workspace.write(&corpus, global, &mut exports)?),
        Some(name) => {
            let mut diagnostics = Diagnostics::default();
            let mount = Datasets::of(&workspace, &project, global).mount(joining::find(&project, name)?);
            mount::read(mount, &mut exports, &mut diagnostics)?;
            broken = diagnostics.has_errors();
            workspace.diagnostics.append(diagnostics);
        }
    }
    exports.finish()?;
    workspace.show_diagnostics(global)?;
    if broken || workspace.stops() {
        return Ok(Outcome::Problems);
    }
    if special {
        let failed = |error| Error::file("write", &arguments.output, error);
        let mut written = file.reopen().map_err(failed)?;
        let mut target = OpenOptions::new().write(true).truncate(true).open(&arguments.output).map_err(failed)?;
        io::copy(&mut written, &mut target).map_err(failed)?;
    } else if to_pipe {
        let mut written = file.reopen().map_err(|error| Error::file("read", file.path(), error))?;
        io::copy(&mut written, &mut io::stdout().lock()).map_err(Error::Output)?;
        io::stdout().lock().flush().map_err(Error::Output)?;
    } else {
        file.persist(&arguments.output).map_err(|error| Error::file("write", &arguments.output, error.error))?;
    }
    Ok(if workspace.has_errors() { Outcome::Problems } else { Outcome::Fine })
}
