//! Oxigraph in memory: the quads of a corpus, held for questions.

use crate::error::{Error, Result};
use crate::graph::{QuadList, Sink, Statement, Target};
use crate::vocabulary::skos;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad};
use oxigraph::store::Store as Oxigraph;
use std::fs::File;
use std::io::BufReader;
use std::mem;
use std::path::Path;

/// How many quads are handed over to Oxigraph at once.
const BATCH: usize = 1 << 16;

/// A store that is filled from the graph and then asked.
pub struct Store {
    inner: Oxigraph,
    batch: Vec<Quad>,
    /// The graph that was begun last.
    graph: Option<NamedNode>,
    /// Whether the corpus stands in the default graph, apart from other datasets.
    apart: bool,
}

impl Store {
    /// An empty store.
    pub fn new() -> Result<Self> {
        let inner = Oxigraph::new().map_err(|error| Error::usage(error.to_string(), None))?;
        Ok(Self { inner, batch: Vec::with_capacity(BATCH), graph: None, apart: false })
    }

    /// A store with the quads of an N-Quads file that a build wrote.
    pub fn load_nquads(path: &Path) -> Result<Self> {
        let store = Self::new()?;
        let file = File::open(path).map_err(|error| Error::file("open", path, error))?;
        // What our own build wrote, and its digest vouches for, need not be validated term by term again.
        let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
        store
            .inner
            .load_from_reader(parser, BufReader::with_capacity(1 << 16, file))
            .map_err(|error| Error::file("read", path, std::io::Error::other(error)))?;
        Ok(store)
    }

    /// Hands over what is left; from here on the store can be asked.
    pub fn finish(mut self) -> Result<Self> {
        self.flush()?;
        Ok(self)
    }

    /// Puts what is in the store into the default graph too, where each statement stands once. What is loaded from here on
    /// stays in its own graphs alone: a query sees the corpus, and the others only where it names their graphs.
    pub fn set_apart(&mut self) -> Result<()> {
        self.flush()?;
        let failed = |error: oxigraph::store::StorageError| Error::usage(error.to_string(), None);
        let mut loader = self.inner.bulk_loader();
        for quad in self.inner.quads_for_pattern(None, None, None, None) {
            let Quad { subject, predicate, object, .. } = quad.map_err(failed)?;
            self.batch.push(Quad { subject, predicate, object, graph_name: GraphName::DefaultGraph });
            if self.batch.len() == BATCH {
                loader.load_quads(mem::take(&mut self.batch)).map_err(failed)?;
            }
        }
        loader.load_quads(mem::take(&mut self.batch)).map_err(failed)?;
        loader.commit().map_err(failed)?;
        self.apart = true;
        Ok(())
    }

    /// Whether the corpus stands in the default graph, apart from other datasets.
    pub fn is_apart(&self) -> bool {
        self.apart
    }

    /// Whether anything is said about a thing.
    pub fn describes(&self, thing: &NamedNode) -> bool {
        self.inner.quads_for_pattern(Some(thing.as_ref().into()), None, None, None).next().is_some()
    }

    /// The IRIs of the labelled things whose IRIs begin like this, in order.
    pub fn things_below(&self, beginning: &str) -> Vec<String> {
        let labels = self.inner.quads_for_pattern(None, Some(skos::PREF_LABEL), None, None);
        let subjects = labels.filter_map(|quad| match quad.ok()?.subject {
            NamedOrBlankNode::NamedNode(subject) => Some(subject.into_string()),
            NamedOrBlankNode::BlankNode(_) => None,
        });
        let mut things: Vec<String> = subjects.filter(|subject| subject.starts_with(beginning)).collect();
        things.sort();
        things
    }

    /// The store as Oxigraph knows it.
    pub fn oxigraph(&self) -> &Oxigraph {
        &self.inner
    }

    fn flush(&mut self) -> Result<()> {
        let batch = mem::take(&mut self.batch);
        self.inner.extend(batch).map_err(|error| Error::usage(error.to_string(), None))
    }
}

impl Sink for Store {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.batch.push(statement.quad.into_owned());
        if self.batch.len() == BATCH { self.flush() } else { Ok(()) }
    }
}

impl Target for Store {
    type Part = QuadList;

    fn begin_part(&mut self) -> QuadList {
        QuadList::all()
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.graph = Some(graph.into_owned());
        Ok(())
    }

    fn append(&mut self, part: QuadList) -> Result<()> {
        self.flush()?;
        self.inner.extend(part.quads).map_err(|error| Error::usage(error.to_string(), None))
    }

    fn take_back(&mut self) -> Result<()> {
        let Some(graph) = self.graph.take() else { return Ok(()) };
        self.flush()?;
        self.inner.remove_named_graph(graph.as_ref()).map_err(|error| Error::usage(error.to_string(), None))
    }
}
