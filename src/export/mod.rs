//! Quads to files, as they come: nothing is held but what a writer needs for the node it is at.

mod json_ld;
mod lines;
mod rdf_xml;
mod record;
mod turtle;

pub use json_ld::{CONTEXT, Context};
pub use record::{Record, Records};

use crate::error::{Error, Result};
use crate::graph::{Maker, Sink, Statement, Target};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::{GraphName, GraphNameRef, NamedNodeRef, QuadRef, Triple};
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

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
    pub fn writer<'w, W: Output + 'w>(&self, base: &str, writer: W) -> Result<Box<dyn Export + 'w>> {
        let mut syntax = self.syntax(base);
        let mut buffer = Vec::with_capacity(2 * BUFFER);
        syntax.head(&mut buffer);
        let shared = (!self.holds_graphs()).then(Shared::default);
        let mut writer = Writer { syntax, shared, writer, buffer, graph: None, written: 0, mark: 0 };
        writer.flush()?;
        Ok(Box::new(writer))
    }

    fn syntax(&self, base: &str) -> Box<dyn Syntax> {
        match self.rdf {
            RdfFormat::JsonLd { .. } => Box::new(json_ld::JsonLd::new(base)),
            RdfFormat::Turtle => Box::new(turtle::Turtle::new(base, false)),
            RdfFormat::TriG => Box::new(turtle::Turtle::new(base, true)),
            RdfFormat::RdfXml => Box::new(rdf_xml::RdfXml::default()),
            _ => Box::new(lines::Lines::new(self.holds_graphs())),
        }
    }
}

/// The bytes that are collected before they are written.
const BUFFER: usize = 1 << 16;

/// How a format writes. Between two nodes it remembers nothing but whether a list has begun, so that nodes can be
/// written by several threads, and put together.
trait Syntax: Send {
    /// Writes what stands before all graphs.
    fn head(&mut self, out: &mut Vec<u8>);

    /// Begins a graph; formats that hold but one are given the default graph.
    fn begin_graph(&mut self, graph: GraphNameRef<'_>, out: &mut Vec<u8>);

    /// Writes one statement. Those of one node come one after the other.
    fn statement(&mut self, quad: QuadRef<'_>, out: &mut Vec<u8>) -> io::Result<()>;

    /// Ends the node, so that the bytes so far stand alone.
    fn end_node(&mut self, out: &mut Vec<u8>);

    /// Adds nodes that another syntax of the same kind has written after [`inside_graph`](Self::inside_graph).
    fn append(&mut self, nodes: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(nodes);
    }

    /// Writes from here on as if a graph had begun and had nodes already.
    fn inside_graph(&mut self, graph: GraphNameRef<'_>);

    /// Takes note that the graph which was begun last has been taken back.
    fn take_back(&mut self) {}

    /// Ends the graph.
    fn end_graph(&mut self, out: &mut Vec<u8>);

    /// Writes what stands after all graphs.
    fn foot(&mut self, out: &mut Vec<u8>);
}

/// Where an export goes, and from where it can be taken back.
pub trait Output: Write {
    /// Cuts off what was written after the first `length` bytes.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Output for Vec<u8> {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(())
    }
}

impl Output for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::Start(length)).map(drop)
    }
}

impl<O: Output + ?Sized> Output for &mut O {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        (**self).cut(length)
    }
}

impl<O: Output> Output for NamedWriter<O> {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.inner.cut(length).map_err(|error| self.named(error))
    }
}

/// Takes what is never taken back: an answer, or an export of what was read whole.
#[derive(Debug)]
pub struct Final<W>(pub W);

impl<W: Write> Write for Final<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write> Output for Final<W> {
    fn cut(&mut self, _: u64) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "what has been written cannot be taken back"))
    }
}

/// A format while it is written.
pub trait Export: Sink {
    /// Begins a graph that may have to be taken back.
    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()>;

    /// Adds nodes to the graph that was begun, as [`Pieces`] has made them.
    fn append(&mut self, nodes: &[u8]) -> Result<()>;

    /// Takes back the graph that was begun last, whatever it has.
    fn take_back(&mut self) -> Result<()>;

    /// Writes what is left.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// A format on its way to an output.
struct Writer<W> {
    syntax: Box<dyn Syntax>,
    /// Nothing where graphs are kept apart.
    shared: Option<Shared>,
    writer: W,
    buffer: Vec<u8>,
    graph: Option<GraphName>,
    written: u64,
    /// How much was written when the graph began that can be taken back.
    mark: u64,
}

impl<W: Output> Writer<W> {
    fn flush(&mut self) -> Result<()> {
        self.writer.write_all(&self.buffer).map_err(failed)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    fn enter(&mut self, graph: GraphNameRef<'_>) {
        let graph = if self.shared.is_some() { GraphNameRef::DefaultGraph } else { graph };
        if self.graph.as_ref().map(GraphName::as_ref) != Some(graph) {
            self.leave();
            self.syntax.begin_graph(graph, &mut self.buffer);
            self.graph = Some(graph.into_owned());
        }
    }

    fn leave(&mut self) {
        if self.graph.take().is_some() {
            self.syntax.end_node(&mut self.buffer);
            self.syntax.end_graph(&mut self.buffer);
        }
    }
}

impl<W: Output> Sink for Writer<W> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        if self.shared.as_mut().is_some_and(|shared| shared.is_known(statement)) {
            return Ok(());
        }
        self.enter(statement.quad.graph_name);
        self.syntax.statement(statement.quad, &mut self.buffer).map_err(failed)?;
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }
}

impl<W: Output> Export for Writer<W> {
    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.leave();
        self.flush()?;
        self.mark = self.written;
        self.enter(graph.into());
        Ok(())
    }

    fn append(&mut self, nodes: &[u8]) -> Result<()> {
        self.syntax.end_node(&mut self.buffer);
        self.syntax.append(nodes, &mut self.buffer);
        self.flush()
    }

    fn take_back(&mut self) -> Result<()> {
        self.leave();
        self.flush()?;
        self.writer.flush().and_then(|()| self.writer.cut(self.mark)).map_err(failed)?;
        self.written = self.mark;
        self.syntax.take_back();
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.leave();
        self.syntax.foot(&mut self.buffer);
        self.flush()?;
        self.writer.flush().map_err(failed)
    }
}

/// Several exports that are written side by side.
pub struct Exports<'a> {
    base: String,
    formats: Vec<&'static Format>,
    exports: Vec<Box<dyn Export + 'a>>,
}

impl<'a> Exports<'a> {
    /// Exports of a corpus with this base IRI.
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), formats: Vec::new(), exports: Vec::new() }
    }

    /// Adds one.
    pub fn add<W: Output + 'a>(&mut self, format: &'static Format, writer: W) -> Result<()> {
        self.formats.push(format);
        self.exports.push(format.writer(&self.base, writer)?);
        Ok(())
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<()> {
        self.exports.into_iter().try_for_each(Export::finish)
    }
}

impl Sink for Exports<'_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| export.statement(statement))
    }
}

/// Writes the nodes of a part of a graph in several formats. What a format with one graph would leave out, because
/// another graph has it in the same words, is not left out here: RDF is a set.
#[derive(Debug)]
pub struct Pieces {
    base: String,
    formats: Vec<&'static Format>,
    /// How long the longest piece was that one of the threads has made: about what the next will need.
    longest: AtomicUsize,
}

impl Maker for Pieces {
    type Piece = Vec<Vec<u8>>;

    fn make(&self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Vec<Vec<u8>>> {
        let parts = self.formats.iter().map(|format| {
            (format.syntax(&self.base), Vec::with_capacity(self.longest.load(Relaxed)), format.holds_graphs())
        });
        let mut nodes = Nodes { parts: parts.collect(), begun: false };
        write(&mut nodes)?;
        let ended = nodes.parts.into_iter().map(|(mut syntax, mut bytes, _)| {
            syntax.end_node(&mut bytes);
            bytes
        });
        let pieces: Vec<Vec<u8>> = ended.collect();
        self.longest.fetch_max(pieces.iter().map(Vec::len).max().unwrap_or(0), Relaxed);
        Ok(pieces)
    }
}

/// The nodes of one graph while they are written.
struct Nodes {
    parts: Vec<(Box<dyn Syntax>, Vec<u8>, bool)>,
    begun: bool,
}

impl Sink for Nodes {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        for (syntax, bytes, holds_graphs) in &mut self.parts {
            if !self.begun {
                syntax.inside_graph(if *holds_graphs { statement.quad.graph_name } else { GraphNameRef::DefaultGraph });
            }
            syntax.statement(statement.quad, bytes).map_err(failed)?;
        }
        self.begun = true;
        Ok(())
    }
}

impl Target for Exports<'_> {
    type Maker = Pieces;

    fn maker(&self) -> Pieces {
        Pieces { base: self.base.clone(), formats: self.formats.clone(), longest: AtomicUsize::new(0) }
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| export.begin(graph))
    }

    fn append(&mut self, piece: Vec<Vec<u8>>) -> Result<()> {
        self.exports.iter_mut().zip(piece).try_for_each(|(export, nodes)| export.append(&nodes))
    }

    fn take_back(&mut self) -> Result<()> {
        self.exports.iter_mut().try_for_each(|export| export.take_back())
    }
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
