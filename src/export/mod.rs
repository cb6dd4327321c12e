//! Quads to files, as they come: nothing is held but what a writer needs for the node it is at.

mod json_ld;
mod rdf;
mod record;
mod turtle;

pub use json_ld::{CONTEXT, Context};
pub use record::{Record, Records};

use crate::error::{Error, Result};
use crate::graph::{Sink, Statement};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::{QuadRef, Triple};
use std::collections::HashSet;
use std::io::{self, Write};
use std::path::PathBuf;

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
    pub fn writer<'w, W: Write + 'w>(&self, base: &str, writer: W) -> Result<Box<dyn Export + 'w>> {
        match self.rdf {
            RdfFormat::JsonLd { .. } => Ok(Box::new(json_ld::Writer::new(base, writer)?)),
            RdfFormat::Turtle => Ok(Box::new(turtle::Writer::new(base, false, writer)?)),
            RdfFormat::TriG => Ok(Box::new(turtle::Writer::new(base, true, writer)?)),
            format => Ok(Box::new(rdf::Writer::new(format, writer))),
        }
    }
}

/// A format while it is written.
pub trait Export: Sink {
    /// Writes what is left.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// A writer whose failures name the file.
#[derive(Debug)]
pub struct NamedWriter<W> {
    path: PathBuf,
    inner: W,
}

impl<W: Write> NamedWriter<W> {
    /// A writer to the file at `path`.
    pub fn new(path: impl Into<PathBuf>, inner: W) -> Self {
        Self { path: path.into(), inner }
    }

    fn named(&self, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
    }
}

impl<W: Write> Write for NamedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes).map_err(|error| self.named(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().map_err(|error| self.named(error))
    }
}

/// What several graphs say in the same words, and has been written, for formats that have but one graph.
#[derive(Default)]
struct Shared {
    written: HashSet<Triple>,
}

impl Shared {
    /// Whether a statement about a shared node has come before.
    fn is_known(&mut self, statement: Statement<'_>) -> bool {
        let QuadRef { subject, predicate, object, .. } = statement.quad;
        statement.shared
            && !self.written.insert(Triple::new(subject.into_owned(), predicate.into_owned(), object.into_owned()))
    }
}

/// An IRI relative to the base, where it lies below it and is not read as anything else when relative
/// (RFC 3986, section 4.2); otherwise as it is.
fn relative<'a>(iri: &'a str, base: &str) -> &'a str {
    let below = iri.strip_prefix(base).filter(|below| {
        let first = below.split('/').next().unwrap_or(below);
        !first.is_empty() && !first.starts_with(['#', '?', '.']) && !first.contains(':')
    });
    below.unwrap_or(iri)
}

fn failed(error: io::Error) -> Error {
    Error::Output(error)
}
