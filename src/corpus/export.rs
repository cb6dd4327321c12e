//! Exporting: the graph of a corpus, or what a dataset says, in one format.

use crate::corpus::{Corpus, Options};
use crate::error::{Error, Result};
use crate::export::{Exports, Format, FormatKind, NamedWriter, Output, TripleTerms};
use crate::output::Destination;
use std::io::BufWriter;
use std::path::Path;

/// What is exported, and how.
#[derive(Clone, Copy)]
pub struct ExportRequest<'a> {
    /// The format.
    pub format: &'static Format,
    /// Whether the contents of claims are written as triple terms of RDF 1.2.
    pub triple_terms: bool,
    /// The dataset that is written instead of the corpus.
    pub dataset: Option<&'a str>,
}

impl Corpus {
    /// Reads the sources and writes the graph to a destination, which is left as it is where an error stands in the way;
    /// whether it was written. `elsewhere` is a folder for what cannot be drafted beside its place.
    ///
    /// # Errors
    ///
    /// If the format has no form for what is wanted, there is no such dataset, or the destination cannot be written.
    pub fn export(
        &mut self,
        export: ExportRequest<'_>,
        destination: Destination<'_>,
        elsewhere: &Path,
        options: &Options<'_>,
    ) -> Result<bool> {
        let mut draft = destination.draft(elsewhere)?;
        let writer = NamedWriter::new(destination.path(), BufWriter::new(draft.as_file_mut()));
        let is_whole = self.write(export, writer, options)?;
        if is_whole {
            destination.fill(draft)?;
        }
        Ok(is_whole)
    }

    /// Writes to an output; whether it is whole.
    fn write<O: Output>(&mut self, export: ExportRequest<'_>, output: O, options: &Options<'_>) -> Result<bool> {
        let ExportRequest { format, triple_terms, dataset } = export;
        if triple_terms && !format.holds_triple_terms() {
            let message = format!("{} has no form for the triple terms of RDF 1.2", format.name);
            let help = "the formats that have one are turtle, trig, ntriples and nquads; or leave out --rdf 1.2";
            return Err(Error::usage(message, help.to_owned()));
        }
        if !self.read(options) || self.stops() {
            return Ok(false);
        }
        let is_whole = match dataset {
            None if format.content == FormatKind::Records => {
                self.write_records(output, options)?;
                true
            }
            None => {
                self.write_graph(format, triple_terms, output, options)?;
                true
            }
            Some(name) => {
                let base = &self.project.as_ref().expect("what has been read has a project").base;
                let mut exports = Exports::new(base);
                exports.add(format, output)?;
                let is_whole = self.send_dataset(name, &mut exports, options)?;
                exports.finish()?;
                is_whole
            }
        };
        Ok(is_whole && !self.stops())
    }

    /// Writes the whole graph in a format. To be called after [`read`](Self::read).
    ///
    /// # Errors
    ///
    /// If the format is no syntax of RDF, or the output cannot be written.
    ///
    /// # Panics
    ///
    /// If the project file cannot be used.
    pub fn write_graph<O: Output>(
        &mut self,
        format: &'static Format,
        triple_terms: bool,
        output: O,
        options: &Options<'_>,
    ) -> Result<()> {
        let base = &self.project.as_ref().expect("what has been read has a project").base;
        let mut exports = Exports::new(base);
        exports.add(format, output)?;
        if triple_terms {
            let mut terms = TripleTerms::new(exports);
            self.send(&mut terms, options)?;
            exports = terms.into_inner();
        } else {
            self.send(&mut exports, options)?;
        }
        exports.finish()
    }
}
