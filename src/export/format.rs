//! The formats that a whole dataset can be written in. Adding one is a row in the table, and a syntax.

use crate::error::{Error, Result};
use crate::export::json_ld::JsonLd;
use crate::export::ntriples::NTriples;
use crate::export::rdf_xml::RdfXml;
use crate::export::syntax::Syntax;
use crate::export::turtle::Turtle;
use crate::export::writer::Writer;
use crate::export::{Export, Output};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};

/// A format that the whole dataset can be written in. Adding one is a row in [`Format::RDF`].
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
    /// What it holds.
    pub content: FormatKind,
}

/// What a format holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatKind {
    /// The graph, in a syntax of RDF.
    Rdf(RdfFormat),
    /// A record of each document and letter.
    Records,
}

impl Format {
    /// The formats for the graph, in the order in which lists show them.
    pub const RDF: &'static [Self] = &[
        Self {
            name: "turtle",
            extension: "ttl",
            media_type: "text/turtle",
            description: "Turtle: one graph, made for reading",
            content: FormatKind::Rdf(RdfFormat::Turtle),
        },
        Self {
            name: "trig",
            extension: "trig",
            media_type: "application/trig",
            description: "TriG: every source file's graph, made for reading",
            content: FormatKind::Rdf(RdfFormat::TriG),
        },
        Self {
            name: "ntriples",
            extension: "nt",
            media_type: "application/n-triples",
            description: "N-Triples: one graph, one triple a line",
            content: FormatKind::Rdf(RdfFormat::NTriples),
        },
        Self {
            name: "nquads",
            extension: "nq",
            media_type: "application/n-quads",
            description: "N-Quads: every source file's graph, one quad a line",
            content: FormatKind::Rdf(RdfFormat::NQuads),
        },
        Self {
            name: "rdfxml",
            extension: "rdf",
            media_type: "application/rdf+xml",
            description: "RDF/XML: one graph, for older programs",
            content: FormatKind::Rdf(RdfFormat::RdfXml),
        },
        Self {
            name: "jsonld",
            extension: "jsonld",
            media_type: "application/ld+json",
            description: "JSON-LD 1.1: every source file's graph, with our context",
            content: FormatKind::Rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        },
    ];

    /// The formats for what is not the graph.
    pub const OTHERS: &'static [Self] = &[Self {
        name: "records",
        extension: "jsonl",
        media_type: "application/jsonl",
        description: "JSON lines: a JSON-LD record of each document and letter",
        content: FormatKind::Records,
    }];

    /// Every format, in the order in which lists show them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        Self::RDF.iter().chain(Self::OTHERS)
    }

    /// The format of a name, an ending or a media type.
    pub fn find(name: &str) -> Option<&'static Self> {
        Self::all().find(|format| format.is_called(name))
    }

    /// The same among those for the graph.
    pub fn find_rdf(name: &str) -> Option<&'static Self> {
        Self::RDF.iter().find(|format| format.is_called(name))
    }

    fn is_called(&self, name: &str) -> bool {
        [self.name, self.extension, self.media_type].iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// How Oxigraph names it, where it is a syntax of RDF.
    pub fn rdf(&self) -> Option<RdfFormat> {
        match self.content {
            FormatKind::Rdf(format) => Some(format),
            FormatKind::Records => None,
        }
    }

    /// Whether it can hold several graphs.
    pub fn holds_graphs(&self) -> bool {
        self.rdf().is_some_and(|format| format.supports_datasets())
    }

    /// Begins to write a corpus with this base IRI.
    ///
    /// # Errors
    ///
    /// If it is no syntax of RDF, or the output cannot be written.
    pub fn writer<'o, O: Output + 'o>(&self, base: &str, output: O) -> Result<Box<dyn Export + 'o>> {
        Ok(Box::new(Writer::new(self.syntax(base)?, self.holds_graphs(), output)?))
    }

    pub(super) fn syntax(&self, base: &str) -> Result<Box<dyn Syntax>> {
        match self.rdf() {
            Some(RdfFormat::JsonLd { .. }) => Ok(Box::new(JsonLd::new(base))),
            Some(RdfFormat::Turtle | RdfFormat::TriG) => Ok(Box::new(Turtle::new(base))),
            Some(RdfFormat::NTriples | RdfFormat::NQuads) => Ok(Box::new(NTriples::new())),
            Some(RdfFormat::RdfXml) => Ok(Box::new(RdfXml)),
            _ => {
                let names: Vec<&str> = Self::RDF.iter().map(|format| format.name).collect();
                let message = format!("{} is no syntax of RDF", self.name);
                Err(Error::usage(message, format!("the syntaxes of RDF are {}", names.join(", "))))
            }
        }
    }
}
