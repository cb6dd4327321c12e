//! N-Triples, N-Quads and RDF/XML, by Oxigraph's streaming writers.

use crate::error::Result;
use crate::export::{Export, Shared, failed};
use crate::graph::{Sink, Statement};
use crate::vocabulary::{PREFIXES, XSD};
use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{QuadRef, TripleRef};
use std::io::{self, Write};

/// One of the formats while it is written.
pub(super) struct Writer<W: Write> {
    inner: WriterQuadSerializer<KeepReturns<W>>,
    /// Nothing where graphs are kept apart.
    shared: Option<Shared>,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(format: RdfFormat, writer: W) -> Self {
        let mut serializer = RdfSerializer::from_format(format);
        if format == RdfFormat::RdfXml {
            for (prefix, namespace) in PREFIXES.into_iter().chain([("xsd", XSD)]) {
                serializer = serializer.with_prefix(prefix, namespace).expect("the namespaces are IRIs");
            }
        }
        let shared = (!format.supports_datasets()).then(Shared::default);
        let returns = format == RdfFormat::RdfXml;
        Self { inner: serializer.for_writer(KeepReturns { inner: writer, escaped: returns }), shared }
    }
}

/// Writes carriage returns as character references where a reader of XML would take them for line ends and change them
/// (XML 1.0, section 2.11). Oxigraph's writer leaves them as they are.
struct KeepReturns<W> {
    inner: W,
    escaped: bool,
}

impl<W: Write> Write for KeepReturns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.escaped {
            return self.inner.write(bytes);
        }
        for (at, part) in bytes.split(|byte| *byte == b'\r').enumerate() {
            if at > 0 {
                self.inner.write_all(b"&#xD;")?;
            }
            self.inner.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W: Write> Sink for Writer<W> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let QuadRef { subject, predicate, object, .. } = statement.quad;
        let written = match &mut self.shared {
            None => self.inner.serialize_quad(statement.quad),
            Some(shared) => {
                if shared.is_known(statement) {
                    return Ok(());
                }
                self.inner.serialize_triple(TripleRef { subject, predicate, object })
            }
        };
        written.map_err(failed)
    }
}

impl<W: Write> Export for Writer<W> {
    fn finish(self: Box<Self>) -> Result<()> {
        self.inner.finish().and_then(|mut writer| writer.flush()).map_err(failed)
    }
}
