//! What is in the graphs, counted as they pass.

use crate::error::Result;
use crate::graph::{GraphTarget, Sink, Statement};
use crate::vocabulary::rdf;
use foldhash::fast::FixedState;
use oxigraph::model::{GraphNameRef, NamedNodeRef, TermRef};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher;
use std::mem;

/// How many statements there are, by graph and by property, and how many things of each class.
#[derive(Debug, Default)]
pub struct Statistics {
    /// By the IRI of the graph.
    pub graphs: BTreeMap<String, usize>,
    properties: HashMap<String, usize>,
    classes: HashMap<String, usize>,
    /// The hashes of the things that several graphs describe, each with a class of it.
    shared: HashSet<u64>,
    /// The graph that was counted last, and how many statements since.
    current: (String, usize),
}

impl Statistics {
    /// Counts a statement.
    pub fn count(&mut self, statement: Statement<'_>) {
        let quad = statement.quad;
        if let GraphNameRef::NamedNode(graph) = quad.graph_name {
            if self.current.0 != graph.as_str() {
                self.settle();
                self.current.0.clear();
                self.current.0.push_str(graph.as_str());
            }
            self.current.1 += 1;
        }
        add(&mut self.properties, quad.predicate.as_str());
        if let TermRef::NamedNode(class) = quad.object
            && quad.predicate == rdf::TYPE
            && (!statement.shared || self.shared.insert(FixedState::default().hash_one((quad.subject, class))))
        {
            add(&mut self.classes, class.as_str());
        }
    }

    fn settle(&mut self) {
        let (graph, count) = &mut self.current;
        if *count > 0 {
            *self.graphs.entry(graph.clone()).or_default() += *count;
            *count = 0;
        }
    }

    /// Takes up what was counted elsewhere.
    pub fn append(&mut self, mut other: Self) {
        self.settle();
        other.settle();
        for (graph, count) in other.graphs {
            *self.graphs.entry(graph).or_default() += count;
        }
        for (all, more) in [(&mut self.properties, other.properties), (&mut self.classes, other.classes)] {
            more.into_iter().for_each(|(name, count)| *all.entry(name).or_default() += count);
        }
        self.shared.extend(other.shared);
    }

    /// How many statements there are.
    pub fn statements(&self) -> usize {
        self.graphs.values().sum::<usize>() + self.current.1
    }

    /// Ends the counting.
    #[must_use]
    pub fn finish(mut self) -> Self {
        self.settle();
        self
    }

    /// How many statements there are with each property, in order of the properties.
    pub fn properties(&self) -> BTreeMap<&str, usize> {
        self.properties.iter().map(|(name, count)| (name.as_str(), *count)).collect()
    }

    /// How many things there are of each class, in order of the classes.
    pub fn classes(&self) -> BTreeMap<&str, usize> {
        self.classes.iter().map(|(name, count)| (name.as_str(), *count)).collect()
    }
}

fn add(counts: &mut HashMap<String, usize>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => _ = counts.insert(name.to_owned(), 1),
    }
}

/// Counts statements on their way to a target, or to a part of one.
pub struct Counted<S> {
    inner: S,
    /// What is in the graphs that stay.
    settled: Statistics,
    /// What is in the graph that may be taken back.
    latest: Statistics,
}

impl<S> Counted<S> {
    /// Nothing counted yet.
    pub fn new(inner: S) -> Self {
        Self { inner, settled: Statistics::default(), latest: Statistics::default() }
    }

    /// Where the statements went, and what was counted.
    pub fn into_parts(mut self) -> (S, Statistics) {
        self.settled.append(self.latest);
        (self.inner, self.settled.finish())
    }
}

impl<S: Sink> Sink for Counted<S> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.settled.count(statement);
        self.inner.statement(statement)
    }
}

impl<T: GraphTarget> GraphTarget for Counted<T> {
    type Part = Counted<T::Part>;

    fn begin_part(&mut self) -> Self::Part {
        Counted::new(self.inner.begin_part())
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.settled.append(mem::take(&mut self.latest));
        self.inner.begin(graph)
    }

    fn append(&mut self, part: Self::Part) -> Result<()> {
        self.latest.append(part.settled);
        self.inner.append(part.inner)
    }

    fn take_back(&mut self) -> Result<()> {
        self.latest = Statistics::default();
        self.inner.take_back()
    }
}
