//! `regesta export`: the graph of a corpus in one format.

use crate::cli::global::{Global, Outcome};
use crate::cli::print::print_problems;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use regesta::corpus::Export;
use regesta::error::{Error, Result};
use regesta::export::{Format, NamedWriter};
use regesta::output::temporary_file;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

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
    let value = |format: &Format| PossibleValue::new(format.name).alias(format.extension).help(format.description);
    PossibleValuesParser::new(Format::all().map(value))
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut corpus = global.open(None)?;
    let format = Format::find(&arguments.format).expect("the names are the table's");
    let triple_terms = arguments.rdf == RdfVersion::OneTwo;
    let export = Export { format, triple_terms, dataset: arguments.dataset.as_deref() };
    let place = Place::of(&arguments.output);
    let mut file = temporary_file(&place.folder())?;
    let writer = NamedWriter::new(&arguments.output, BufWriter::new(file.as_file_mut()));
    let is_whole = corpus.export(export, writer, &global.options(&global.bar()))?;
    print_problems(&corpus, global)?;
    if !is_whole {
        return Ok(Outcome::Problems);
    }
    place.fill(file)?;
    Ok(Outcome::of(&corpus))
}

/// Where an export goes. It is written beside its place first, so that a file that is there stays whole until the new one
/// is; what is no regular file, a pipe or a device, gets nothing until the gate has seen every quad.
enum Place<'a> {
    StandardOutput,
    Special(&'a Path),
    File(&'a Path),
}

impl<'a> Place<'a> {
    fn of(path: &'a Path) -> Self {
        match path {
            path if path == Path::new("-") => Self::StandardOutput,
            path if path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file()) => Self::Special(path),
            path => Self::File(path),
        }
    }

    fn folder(&self) -> PathBuf {
        match self {
            Self::StandardOutput | Self::Special(_) => std::env::temp_dir(),
            Self::File(path) => match path.parent() {
                Some(parent) if parent != Path::new("") => parent.to_owned(),
                _ => PathBuf::from("."),
            },
        }
    }

    fn fill(&self, file: NamedTempFile) -> Result<()> {
        match *self {
            Self::File(path) => {
                file.persist(path).map_err(|error| Error::file("write", path, error.error))?;
            }
            Self::Special(path) => {
                let failed = |error| Error::file("write", path, error);
                let mut written = file.reopen().map_err(failed)?;
                let mut target = OpenOptions::new().write(true).truncate(true).open(path).map_err(failed)?;
                io::copy(&mut written, &mut target).map_err(failed)?;
            }
            Self::StandardOutput => {
                let mut written = file.reopen().map_err(|error| Error::file("read", file.path(), error))?;
                let mut output = io::stdout().lock();
                io::copy(&mut written, &mut output).and_then(|_| output.flush()).map_err(Error::Output)?;
            }
        }
        Ok(())
    }
}
