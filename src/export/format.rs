//! The formats that a whole dataset can be written in. Adding one is a row in the table, and a syntax.

use crate::error::Result;
use crate::export::json_ld::JsonLd;
use crate::export::line::Lines;
use crate::export::rdf_xml::RdfXml;
use crate::export::syntax::Syntax;
use crate::export::turtle::Turtle;
use crate::export::writer::Writer;
use crate::export::{Export, Output};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};

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
        Ok(Box::new(Writer::new(self.syntax(base), self.holds_graphs(), output)?))
    }

    pub(super) fn syntax(&self, base: &str) -> Box<dyn Syntax> {
        match self.rdf {
            RdfFormat::JsonLd { .. } => Box::new(JsonLd::new(base)),
            RdfFormat::Turtle | RdfFormat::TriG => Box::new(Turtle::new(base)),
            RdfFormat::NTriples | RdfFormat::NQuads => Box::new(Lines::new()),
            RdfFormat::RdfXml => Box::new(RdfXml),
            _ => unreachable!("the table has no other format"),
        }
    }
}
