//! Oxigraph in memory: the quads of a corpus, held for questions.

use crate::error::{Error, Result};
use crate::graph::{GraphTarget, QuadList, Sink, Statement};
use crate::vocabulary::skos;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad};
use oxigraph::store::{LoaderError, StorageError, Store as Oxigraph};
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
        let inner = Oxigraph::new().map_err(not_filled)?;
        Ok(Self { inner, batch: Vec::with_capacity(BATCH), graph: None, apart: false })
    }

    /// A store with the quads of an N-Quads file that a build wrote.
    pub fn load_nquads(path: &Path) -> Result<Self> {
        let store = Self::new()?;
        let file = File::open(path).map_err(|error| Error::file("open", path, error))?;
        // What our own build wrote, and its digest vouches for, need not be validated term by term again.
        let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
        let loaded = store.inner.load_from_reader(parser, BufReader::with_capacity(1 << 16, file));
        loaded.map_err(|error| match error {
            LoaderError::Storage(error) => not_filled(error),
            error => Error::file("read", path, error.into()),
        })?;
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
        let mut loader = self.inner.bulk_loader();
        for quad in self.inner.quads_for_pattern(None, None, None, None) {
            let Quad { subject, predicate, object, .. } = quad.map_err(not_read)?;
            self.batch.push(Quad { subject, predicate, object, graph_name: GraphName::DefaultGraph });
            if self.batch.len() == BATCH {
                loader.load_quads(mem::take(&mut self.batch)).map_err(not_filled)?;
            }
        }
        loader.load_quads(mem::take(&mut self.batch)).map_err(not_filled)?;
        loader.commit().map_err(not_filled)?;
        self.apart = true;
        Ok(())
    }

    /// Whether the corpus stands in the default graph, apart from other datasets.
    pub fn is_apart(&self) -> bool {
        self.apart
    }

    /// Whether anything is said about a thing.
    pub fn describes(&self, thing: &NamedNode) -> Result<bool> {
        let first = self.inner.quads_for_pattern(Some(thing.as_ref().into()), None, None, None).next();
        Ok(first.transpose().map_err(not_read)?.is_some())
    }

    /// The IRIs of the labelled things whose IRIs begin like this, in order.
    pub fn things_below(&self, beginning: &str) -> Result<Vec<String>> {
        let mut things = Vec::new();
        for quad in self.inner.quads_for_pattern(None, Some(skos::PREF_LABEL), None, None) {
            if let NamedOrBlankNode::NamedNode(subject) = quad.map_err(not_read)?.subject
                && subject.as_str().starts_with(beginning)
            {
                things.push(subject.into_string());
            }
        }
        things.sort();
        Ok(things)
    }

    /// The store as Oxigraph knows it.
    pub fn oxigraph(&self) -> &Oxigraph {
        &self.inner
    }

    fn flush(&mut self) -> Result<()> {
        let batch = mem::take(&mut self.batch);
        self.inner.extend(batch).map_err(not_filled)
    }
}

fn not_filled(error: StorageError) -> Error {
    Error::storage("fill the store", error)
}

fn not_read(error: StorageError) -> Error {
    Error::storage("read the store", error)
}

impl Sink for Store {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.batch.push(statement.quad.into_owned());
        if self.batch.len() == BATCH { self.flush() } else { Ok(()) }
    }
}

impl GraphTarget for Store {
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
        self.inner.extend(part.quads).map_err(not_filled)
    }

    fn take_back(&mut self) -> Result<()> {
        let Some(graph) = self.graph.take() else { return Ok(()) };
        self.flush()?;
        self.inner.remove_named_graph(graph.as_ref()).map_err(not_filled)
    }
}

#[cfg(test)]
mod tests {
    use super::{not_filled, not_read};
    use std::io;

    /// Memory does not fail, so there is no other way to see it.
    #[test]
    fn a_store_that_fails_says_at_what() {
        let broken = || io::Error::other("the disk is full").into();
        assert_eq!(not_filled(broken()).to_string(), "cannot fill the store: the disk is full");
        assert_eq!(not_read(broken()).to_string(), "cannot read the store: the disk is full");
    }
}
