//! N-Triples, N-Quads and RDF/XML, by Oxigraph's streaming writers.

use crate::error::Result;
use crate::export::{Export, Shared, failed};
use crate::graph::{Sink, Statement};
use crate::vocabulary::{PREFIXES, XSD};
use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{QuadRef, TripleRef};
use std::io::Write;

/// One of the formats while it is written.
pub(super) struct Writer<W: Write> {
    inner: WriterQuadSerializer<W>,
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
        Self { inner: serializer.for_writer(writer), shared }
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
