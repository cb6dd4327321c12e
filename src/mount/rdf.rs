//! Datasets in RDF, in whatever syntax.

use crate::diagnostic::{Code, Diagnostic};
use crate::mount::pen::Pen;
use crate::source::{FileId, Sources, Span, is_forbidden};
use memchr::memmem::Finder;
use oxigraph::io::{LoadedDocument, RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::HashMap;
use std::io::{self, Read};

/// Contexts of JSON-LD that need not be fetched, by their addresses.
const CONTEXTS: &[(&str, &str)] =
    &[("https://w3id.org/regesta/context.jsonld", include_str!("../../ontology/context.jsonld"))];

/// Reads one file.
pub(super) fn read(sources: &Sources, file: FileId, pen: &mut Pen<'_>) -> Result<(), Diagnostic> {
    let path = sources.path(file);
    let plain = path.strip_suffix(".gz").unwrap_or(path);
    let ending = plain.rsplit('.').next().unwrap_or_default();
    let Some(format) = RdfFormat::from_extension(ending) else {
        let message = format!("the ending \"{ending}\" is that of no syntax of RDF");
        let help = "the endings are .ttl, .nt, .nq, .trig, .rdf and .jsonld, with .gz after them if the file is packed";
        return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message).help(help));
    };
    let stream = sources.open_stream(file)?;
    let base = pen.own.clone();
    let parser = RdfParser::from_format(format).with_base_iri(base).expect("the base is an IRI");
    let mut blank = BlankNodes::default();
    let mut failure = None;
    let mut read = |quads: &mut dyn Iterator<Item = Result<Quad, RdfParseError>>| {
        for quad in quads {
            match quad {
                Ok(quad) if pen.has_failed() => drop(quad),
                Ok(quad) => failure = pass_on(&quad, &mut blank, file, pen).err(),
                Err(error) => failure = Some(refused(&error, file)),
            }
            if failure.is_some() {
                break;
            }
        }
    };
    if format == RdfFormat::RdfXml {
        read(&mut parser.for_reader(WithoutEntities::new(stream)));
    } else {
        read(&mut parser.for_reader(stream).with_document_loader(bundled));
    }
    pen.tally.blank_nodes += blank.numbers.len();
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

/// The numbers of the blank nodes of one file, in the order in which they come.
#[derive(Default)]
struct BlankNodes {
    numbers: HashMap<BlankNode, usize>,
}

impl BlankNodes {
    fn iri(&mut self, node: &BlankNode, pen: &Pen<'_>) -> NamedNode {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(node.clone()).or_insert(next);
        pen.blank(number)
    }
}

fn pass_on(quad: &Quad, blank: &mut BlankNodes, file: FileId, pen: &mut Pen<'_>) -> Result<(), Diagnostic> {
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(iri) => iri.clone(),
        NamedOrBlankNode::BlankNode(node) => blank.iri(node, pen),
    };
    let named;
    let object = match &quad.object {
        Term::BlankNode(node) => {
            named = blank.iri(node, pen);
            named.as_ref().into()
        }
        Term::Triple(_) => {
            let message = format!("<{}> has a triple term, which is not read", subject.as_str());
            let help = "save the dataset without RDF 1.2, as reified statements";
            return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message).help(help));
        }
        Term::Literal(literal) if literal.value().contains(is_forbidden) => {
            let message = format!("a text of <{}> holds a control character", subject.as_str());
            return Err(Diagnostic::new(Code::ControlCharacter, Sources::whole(file), message));
        }
        object => object.as_ref(),
    };
    pen.statement(subject.as_ref(), quad.predicate.as_ref(), object);
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

/// Passes XML on until it declares an entity: a few lines of them can stand for gigabytes.
struct WithoutEntities<R> {
    inner: R,
    finder: Finder<'static>,
    /// The last bytes that were read, in which a declaration may have begun.
    tail: Vec<u8>,
}

const ENTITY: &[u8] = b"<!ENTITY";

impl<R> WithoutEntities<R> {
    fn new(inner: R) -> Self {
        Self { inner, finder: Finder::new(ENTITY), tail: Vec::new() }
    }
}

impl<R: Read> Read for WithoutEntities<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let new = &buffer[..count];
        self.tail.extend_from_slice(&new[..new.len().min(ENTITY.len())]);
        if self.finder.find(new).is_some() || self.finder.find(&self.tail).is_some() {
            let message = "it declares an entity of XML, with which a few lines can stand for gigabytes; save it with the \
                           entities written out, or as Turtle";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let kept = (ENTITY.len() - 1).min(new.len());
        if new.len() >= ENTITY.len() {
            self.tail.clear();
            self.tail.extend_from_slice(&new[new.len() - kept..]);
        } else {
            let excess = self.tail.len().saturating_sub(ENTITY.len() - 1);
            self.tail.drain(..excess);
        }
        Ok(count)
    }
}
