//! Quads to files, as they come: nothing is held but what a writer needs for the node it is at.
//!
//! Several threads can make the bytes of a file in pieces, which one export appends; and what an export has written
//! since a mark can be taken back.

mod context;
mod exports;
mod json_ld;
mod line;
mod output;
mod piece;
mod rdf_xml;
mod record;
mod syntax;
mod triple_terms;
mod turtle;
mod writer;

pub use context::{CONTEXT, Context};
pub use exports::Exports;
pub use output::{NamedWriter, Output};
pub use piece::Pieces;
pub use record::{DocumentRecord, DocumentRecords};
pub use triple_terms::{TripleTerms, reified};

use crate::error::{Error, Result};
use crate::graph::Sink;
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::NamedNodeRef;
use std::io;

/// A format that the whole dataset can be written in. Adding one is a row in [`Format::ALL`].
#[derive(Debug)]
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// The ending of file names; also accepted as a name.
    pub extension: &'static str,
    /// The media type.
    pub media_type: &'static str,
    /// What it is, for a list.
    pub description: &'static str,
    /// How Oxigraph names it.
    pub rdf: RdfFormat,
}

impl Format {
    /// Every format, in the order in which lists show them.
    pub const ALL: &'static [Self] = &[
        Self {
            name: "turtle",
            extension: "ttl",
            media_type: "text/turtle",
            description: "Turtle: one graph, made for reading",
            rdf: RdfFormat::Turtle,
        },
        Self {
            name: "trig",
            extension: "trig",
            media_type: "application/trig",
            description: "TriG: every source file's graph, made for reading",
            rdf: RdfFormat::TriG,
        },
        Self {
            name: "ntriples",
            extension: "nt",
            media_type: "application/n-triples",
            description: "N-Triples: one graph, one triple a line",
            rdf: RdfFormat::NTriples,
        },
        Self {
            name: "nquads",
            extension: "nq",
            media_type: "application/n-quads",
            description: "N-Quads: every source file's graph, one quad a line",
            rdf: RdfFormat::NQuads,
        },
        Self {
            name: "rdfxml",
            extension: "rdf",
            media_type: "application/rdf+xml",
            description: "RDF/XML: one graph, for older programs",
            rdf: RdfFormat::RdfXml,
        },
        Self {
            name: "jsonld",
            extension: "jsonld",
            media_type: "application/ld+json",
            description: "JSON-LD 1.1: every source file's graph, with our context",
            rdf: RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        },
    ];

    /// The format of a name, an ending or a media type.
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = name.to_ascii_lowercase();
        Self::ALL.iter().find(|format| [format.name, format.extension, format.media_type].contains(&name.as_str()))
    }

    /// Whether it can hold several graphs.
    pub fn holds_graphs(&self) -> bool {
        self.rdf.supports_datasets()
    }

    /// Begins to write a corpus with this base IRI.
    pub fn writer<'o, O: Output + 'o>(&self, base: &str, output: O) -> Result<Box<dyn Export + 'o>> {
        Ok(Box::new(writer::Writer::new(self.syntax(base), self.holds_graphs(), output)?))
    }

    /// Begins pieces of a corpus with this base IRI, in several formats at once.
    pub fn pieces(formats: &[&'static Self], base: &str) -> Pieces {
        Pieces::new(formats, base)
    }

    fn syntax(&self, base: &str) -> Box<dyn syntax::Syntax> {
        match self.rdf {
            RdfFormat::JsonLd { .. } => Box::new(json_ld::JsonLd::new(base)),
            RdfFormat::Turtle | RdfFormat::TriG => Box::new(turtle::Turtle::new(base)),
            RdfFormat::NTriples | RdfFormat::NQuads => Box::new(line::Lines::new()),
            RdfFormat::RdfXml => Box::new(rdf_xml::RdfXml),
            _ => unreachable!("the table has no other format"),
        }
    }
}

/// A format while it is written.
pub trait Export: Sink {
    /// Ends the graph that is open, so that pieces of this one can be appended. A graph that gets neither a statement
    /// nor a piece is not written; a format with but one graph only ends the node.
    fn begin_graph(&mut self, graph: NamedNodeRef<'_>) -> Result<()>;

    /// Writes what [`Pieces`] of the graph that was begun have made for this format; the node that is open is ended.
    fn append(&mut self, piece: &[u8]) -> Result<()>;

    /// Ends the graph that is open, and remembers this place instead of an earlier one.
    fn mark(&mut self) -> Result<()>;

    /// Takes back all that came after the mark, as if it had never come; the mark is used up.
    ///
    /// # Panics
    ///
    /// If there is no mark.
    fn take_back(&mut self) -> Result<()>;

    /// Writes what is left.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// An IRI relative to the base, where it lies below it and is not read as anything else when relative
/// (RFC 3986, section 4.2); otherwise as it is.
fn relative<'a>(iri: &'a str, base: &str) -> &'a str {
    let below = iri.strip_prefix(base).filter(|below| {
        let first = below.split('/').next().unwrap_or(below);
        // Dots as steps of the path would be taken out by whoever reads it.
        let path = below.split(['?', '#']).next().unwrap_or(below);
        let has_steps = path.split('/').any(|step| matches!(step, "." | ".."));
        // In JSON-LD these are keywords, or the names that our context has for two of them.
        let is_keyword = first.starts_with('@') || matches!(*below, "id" | "type");
        !first.is_empty() && !first.starts_with(['#', '?', '.']) && !first.contains(':') && !has_steps && !is_keyword
    });
    below.unwrap_or(iri)
}

fn failed(error: io::Error) -> Error {
    Error::Output(error)
}
