//! Datasets in RDF, in whatever syntax.

use crate::datasets::writer::DatasetWriter;
use crate::diagnostic::{Code, Diagnostic};
use crate::export::reified;
use crate::source::{FileId, Sources, Span, is_forbidden};
use oxigraph::io::{LoadedDocument, RdfFormat, RdfParseError, RdfParser, RdfSyntaxError};
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::thread;

/// Contexts of JSON-LD that need not be fetched, by their addresses.
const CONTEXTS: &[(&str, &str)] =
    &[("https://w3id.org/regesta/context.jsonld", include_str!("../../ontology/context.jsonld"))];

/// The most bytes of JSON-LD that are read: the parser follows the terms of a context from one to the next, each some
/// way further down the stack, so that there must not be more than the stack has room for.
const JSON_LD_LIMIT: u64 = 8 * 1024 * 1024;
/// A stack that has room for that; pages of it come when they are used.
const STACK: usize = 1 << 30;

/// Reads one file, on a stack of its own.
pub(super) fn read(sources: &Sources, file: FileId, writer: &mut DatasetWriter<'_>) -> Result<(), Diagnostic> {
    let path = sources.path(file);
    if !path.strip_suffix(".gz").unwrap_or(path).ends_with(".jsonld") {
        return read_here(sources, file, writer);
    }
    let bytes = sources.bytes(file, JSON_LD_LIMIT).map_err(|problem| match problem.code {
        Code::FileTooLarge => {
            let message = "this JSON-LD has more than 8 MiB";
            let help = "save the dataset as N-Quads or Turtle, of which there can be any number of bytes";
            Diagnostic::new(Code::FileTooLarge, Sources::whole(file), message).help(help)
        }
        _ => problem,
    })?;
    let parser = || {
        let format = RdfFormat::from_extension("jsonld").expect("the ending is that of JSON-LD");
        let base = writer.own.clone();
        let parser = RdfParser::from_format(format).with_base_iri(base).expect("the base is an IRI");
        let quads = parser.for_slice(&bytes).with_document_loader(bundled);
        quads.collect::<Result<Vec<Quad>, RdfSyntaxError>>()
    };
    let quads = thread::scope(|scope| {
        let running = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, parser);
        running.map(|running| running.join().expect("the parser does not panic"))
    });
    let refuse = |message: String| Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message);
    let quads = quads.map_err(|error| refuse(error.to_string()))?.map_err(|error| {
        let help = "nothing of the dataset is used until the file can be read to its end";
        refuse(error.to_string()).help(help)
    })?;
    let mut nodes = BlankNodes::default();
    quads.iter().try_for_each(|quad| pass_on(quad, &mut nodes, file, writer))?;
    writer.summary.blank_nodes += nodes.numbers.len();
    Ok(())
}

fn read_here(sources: &Sources, file: FileId, writer: &mut DatasetWriter<'_>) -> Result<(), Diagnostic> {
    let path = sources.path(file);
    let plain = path.strip_suffix(".gz").unwrap_or(path);
    let ending = plain.rsplit('.').next().unwrap_or_default();
    let Some(format) = RdfFormat::from_extension(ending) else {
        let message = format!("the ending \"{ending}\" is that of no syntax of RDF");
        let help = "the endings are .ttl, .nt, .nq, .trig, .rdf and .jsonld, with .gz after them if the file is packed";
        return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message).help(help));
    };
    let stream = sources.open_stream(file)?;
    let base = writer.own.clone();
    let parser = RdfParser::from_format(format).with_base_iri(base).expect("the base is an IRI");
    let mut nodes = BlankNodes::default();
    let mut failure = None;
    let mut read = |quads: &mut dyn Iterator<Item = Result<Quad, RdfParseError>>| {
        for quad in quads {
            match quad {
                Ok(quad) if writer.has_failed() => drop(quad),
                Ok(quad) => failure = pass_on(&quad, &mut nodes, file, writer).err(),
                Err(error) => failure = Some(refused(&error, file)),
            }
            if failure.is_some() {
                break;
            }
        }
    };
    if format == RdfFormat::RdfXml {
        read(&mut parser.for_reader(Guarded::new(stream)));
    } else {
        read(&mut parser.for_reader(stream));
    }
    writer.summary.blank_nodes += nodes.numbers.len();
    failure.map_or(Ok(()), Err)
}

/// A context that is at hand; no other is looked for anywhere.
fn bundled(address: &str) -> Result<LoadedDocument, Box<dyn std::error::Error + Send + Sync>> {
    let found = CONTEXTS.iter().find(|(known, _)| *known == address);
    let (address, text) =
        found.ok_or_else(|| format!("the context {address} is not at hand, and nothing is fetched"))?;
    Ok(LoadedDocument {
        url: (*address).to_owned(),
        content: text.as_bytes().to_vec(),
        format: RdfFormat::from_extension("jsonld").expect("the ending is that of JSON-LD"),
    })
}

/// The nodes of one file that are remembered.
#[derive(Default)]
struct BlankNodes {
    /// The numbers of blank nodes, in the order in which they come.
    numbers: HashMap<BlankNode, usize>,
    /// What reifies a triple term.
    reifiers: HashSet<NamedNode>,
}

impl BlankNodes {
    fn iri(&mut self, node: &BlankNode, writer: &DatasetWriter<'_>) -> NamedNode {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(node.clone()).or_insert(next);
        writer.blank(number)
    }
}

fn pass_on(
    quad: &Quad,
    nodes: &mut BlankNodes,
    file: FileId,
    writer: &mut DatasetWriter<'_>,
) -> Result<(), Diagnostic> {
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(iri) => iri.clone(),
        NamedOrBlankNode::BlankNode(node) => nodes.iri(node, writer),
    };
    let named;
    let object = match &quad.object {
        Term::BlankNode(node) => {
            named = nodes.iri(node, writer);
            named.as_ref().into()
        }
        Term::Triple(_) => {
            let why = match reified(quad.as_ref()) {
                Some(quads) if nodes.reifiers.insert(subject.clone()) => {
                    return quads.iter().try_for_each(|quad| pass_on(quad, nodes, file, writer));
                }
                Some(_) => "reifies a second triple term, which the statements of RDF 1.1 cannot tell from the first",
                None => "has a triple term that is not reified, or within another one, which is not read",
            };
            let message = format!("<{}> {why}", subject.as_str());
            let help = "what reifies one triple term (rdf:reifies) is read as the four statements of RDF 1.1";
            return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message).help(help));
        }
        Term::Literal(literal) if literal.value().contains(is_forbidden) => {
            let message = format!("a text of <{}> holds a control character", subject.as_str());
            return Err(Diagnostic::new(Code::ControlCharacter, Sources::whole(file), message));
        }
        object => object.as_ref(),
    };
    if !quad.graph_name.is_default_graph() {
        writer.unused("name of a graph");
    }
    writer.statement(subject.as_ref(), quad.predicate.as_ref(), object);
    Ok(())
}

/// The parser's message with its place.
fn refused(error: &RdfParseError, file: FileId) -> Diagnostic {
    match error {
        RdfParseError::Io(error) => Diagnostic::new(Code::UnreadableFile, Sources::whole(file), error.to_string()),
        RdfParseError::Syntax(error) => {
            let span = error.location().map_or(Sources::whole(file), |place| Span {
                file,
                line: u32::try_from(place.start.line + 1).unwrap_or(u32::MAX),
                column: u32::try_from(place.start.column + 1).unwrap_or(u32::MAX),
                length: 1,
            });
            let help = "nothing of the dataset is used until the file can be read to its end";
            Diagnostic::new(Code::UnreadableDataset, span, error.to_string()).help(help)
        }
    }
}

/// Passes XML on until it declares an entity, or has more in each other than any dataset: a few lines of either can cost
/// gigabytes and hours.
struct Guarded<R> {
    inner: R,
    place: XmlState,
    /// How many elements are open.
    depth: usize,
    /// The last bytes, the latest last.
    last: [u8; 9],
    /// How many bytes there are since a tag began or ended.
    length: usize,
}

/// Where in XML a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum XmlState {
    Text,
    /// After an opening angle bracket.
    Opened,
    /// In a tag, which begins or ends an element; in quotation marks, within them.
    Tag {
        begins: bool,
        quote: Option<u8>,
    },
    Comment,
    CharacterData,
    Instruction,
    Declaration,
}

/// The elements in each other, and the bytes of a tag, as of the XML of letters.
const DEPTH_LIMIT: usize = 256;
const TAG_LIMIT: usize = 64 * 1024;
/// The bytes between two tags, as of a literal in Turtle.
const TEXT_LIMIT: usize = 16 << 20;

impl<R> Guarded<R> {
    fn new(inner: R) -> Self {
        Self { inner, place: XmlState::Text, depth: 0, last: [0; 9], length: 0 }
    }

    fn step(&mut self, byte: u8) -> io::Result<()> {
        let refuse = |message: &str| Err(io::Error::new(io::ErrorKind::InvalidData, message.to_owned()));
        self.last.rotate_left(1);
        self.last[8] = byte;
        self.length += 1;
        if self.length > TEXT_LIMIT {
            return refuse("a text of it has more than 16 MiB");
        }
        let ends = |end: &[u8]| self.last.ends_with(end);
        self.place = match self.place {
            XmlState::Text if byte == b'<' => XmlState::Opened,
            XmlState::Text => XmlState::Text,
            XmlState::Opened if byte == b'?' => XmlState::Instruction,
            XmlState::Opened if byte == b'!' => XmlState::Declaration,
            XmlState::Opened => {
                self.length = 0;
                XmlState::Tag { begins: byte != b'/', quote: None }
            }
            XmlState::Instruction if ends(b"?>") => XmlState::Text,
            XmlState::Comment if ends(b"-->") => XmlState::Text,
            XmlState::CharacterData if ends(b"]]>") => XmlState::Text,
            XmlState::Declaration if ends(b"<!--") => XmlState::Comment,
            XmlState::Declaration if ends(b"<![CDATA[") => XmlState::CharacterData,
            XmlState::Declaration if ends(b"<!ENTITY") => {
                return refuse(
                    "it declares an entity of XML, with which a few lines can stand for gigabytes; save it with the entities \
                     written out, or as Turtle",
                );
            }
            XmlState::Declaration if byte == b'>' => XmlState::Text,
            XmlState::Tag { begins, quote: Some(quote) } if byte == quote => XmlState::Tag { begins, quote: None },
            XmlState::Tag { begins, quote: None } if matches!(byte, b'"' | b'\'') => {
                XmlState::Tag { begins, quote: Some(byte) }
            }
            XmlState::Tag { begins, quote: None } if byte == b'>' => {
                match (begins, ends(b"/>")) {
                    (true, false) => self.depth += 1,
                    (true, true) => {}
                    (false, _) => self.depth = self.depth.saturating_sub(1),
                }
                if self.depth > DEPTH_LIMIT {
                    return refuse("more than 256 of its elements lie in each other; save it as Turtle");
                }
                self.length = 0;
                XmlState::Text
            }
            XmlState::Tag { .. } if self.length > TAG_LIMIT => {
                return refuse("a tag of it has more than 64 KiB; save it as Turtle");
            }
            other => other,
        };
        Ok(())
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        buffer[..count].iter().try_for_each(|byte| self.step(*byte))?;
        Ok(count)
    }
}
