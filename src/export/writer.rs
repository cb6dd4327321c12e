//! One export while it is written: quads and pieces in, the bytes of a format out.

use crate::error::Result;
use crate::export::Output;
use crate::export::syntax::Syntax;
use crate::export::truncatable::failed;
use crate::graph::{Sink, Statement};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef};
use oxigraph::model::{QuadRef, Triple};
use std::collections::HashSet;
use std::mem;

/// A format while it is written.
pub trait Export: Sink {
    /// Ends the graph that is open, so that pieces of this one can be appended. A graph that gets neither a statement
    /// nor a piece is not written; a format with but one graph only ends the node.
    fn begin_graph(&mut self, graph: NamedNodeRef<'_>) -> Result<()>;

    /// Writes what [`Pieces`](crate::export::Pieces) of the graph that was begun have made for this format; the node that is open is ended.
    fn append(&mut self, piece: &[u8]) -> Result<()>;

    /// Ends the graph that is open, and remembers this place instead of an earlier one.
    fn mark(&mut self) -> Result<()>;

    /// Takes back all that came after the mark, as if it had never come; the mark is used up.
    ///
    /// # Panics
    ///
    /// If there is no mark.
    fn take_back(&mut self) -> Result<()>;

    /// Writes what is left.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// How many bytes are gathered before they are handed on.
const ENOUGH: usize = 1 << 16;

/// A format and where it goes.
pub(super) struct Writer<O> {
    output: O,
    bytes: Vec<u8>,
    syntax: Box<dyn Syntax>,
    /// Nothing where graphs are kept apart.
    shared: Option<Shared>,
    /// The graph that is open; that without a name needs no beginning.
    graph: GraphName,
    /// A graph that begins with the first of its nodes.
    announced: Option<NamedNode>,
    subject: Option<NamedOrBlankNode>,
    /// Whether the list that is open has no member yet.
    empty: bool,
    mark: Option<Mark>,
}

/// A place to which an export can be taken back.
struct Mark {
    length: u64,
    empty: bool,
}

/// What several graphs say in the same words, and has been written, for formats that have but one graph.
#[derive(Default)]
struct Shared {
    written: HashSet<Triple>,
    /// What came since the mark, where there is one.
    since: Option<Vec<Triple>>,
}

impl Shared {
    /// Whether a statement about a shared node has come before.
    fn is_known(&mut self, statement: Statement<'_>) -> bool {
        if !statement.shared {
            return false;
        }
        let QuadRef { subject, predicate, object, .. } = statement.quad;
        let triple = Triple::new(subject.into_owned(), predicate.into_owned(), object.into_owned());
        if self.written.contains(&triple) {
            return true;
        }
        if let Some(since) = &mut self.since {
            since.push(triple.clone());
        }
        self.written.insert(triple);
        false
    }

    fn take_back(&mut self) {
        for triple in self.since.take().into_iter().flatten() {
            self.written.remove(&triple);
        }
    }
}

impl<O: Output> Writer<O> {
    pub(super) fn new(syntax: Box<dyn Syntax>, holds_graphs: bool, output: O) -> Result<Self> {
        let mut bytes = Vec::new();
        syntax.head(&mut bytes);
        let mut writer = Self {
            output,
            bytes,
            syntax,
            shared: (!holds_graphs).then(Shared::default),
            graph: GraphName::DefaultGraph,
            announced: None,
            subject: None,
            empty: true,
            mark: None,
        };
        writer.hand_on()?;
        Ok(writer)
    }

    /// Sees to it that what follows is in this graph.
    fn enter(&mut self, graph: GraphNameRef<'_>) {
        if self.graph.as_ref() == graph {
            return;
        }
        self.end_graph();
        if let Some(name) = name_of(graph) {
            self.separate();
            self.syntax.begin_graph(name, &mut self.bytes);
            self.graph = graph.into_owned();
            self.empty = true;
        }
    }

    fn end_graph(&mut self) {
        self.end_node();
        self.announced = None;
        if mem::take(&mut self.graph) != GraphName::DefaultGraph {
            self.syntax.end_graph(&mut self.bytes);
            self.empty = false;
        }
    }

    fn end_node(&mut self) {
        if self.subject.take().is_some() {
            self.syntax.end_node(&mut self.bytes);
        }
    }

    /// Writes what stands before the next member of a list.
    fn separate(&mut self) {
        if !mem::take(&mut self.empty) {
            self.bytes.extend_from_slice(self.syntax.separator());
        }
    }

    fn hand_on(&mut self) -> Result<()> {
        self.output.write_all(&self.bytes).map_err(failed)?;
        self.bytes.clear();
        Ok(())
    }
}

/// The name of a graph that has one.
pub(super) fn name_of(graph: GraphNameRef<'_>) -> Option<NamedOrBlankNodeRef<'_>> {
    match graph {
        GraphNameRef::NamedNode(node) => Some(node.into()),
        GraphNameRef::BlankNode(node) => Some(node.into()),
        GraphNameRef::DefaultGraph => None,
    }
}

impl<O: Output> Sink for Writer<O> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let QuadRef { subject, predicate, object, graph_name } = statement.quad;
        match &mut self.shared {
            None => self.enter(graph_name),
            Some(shared) => {
                if shared.is_known(statement) {
                    return Ok(());
                }
            }
        }
        if self.subject.as_ref().map(NamedOrBlankNode::as_ref) != Some(subject) {
            self.end_node();
            if self.bytes.len() >= ENOUGH {
                self.hand_on()?;
            }
            self.separate();
            self.syntax.begin_node(subject, &mut self.bytes);
            self.subject = Some(subject.into_owned());
        }
        self.syntax.statement(predicate, object, &mut self.bytes).map_err(failed)
    }
}

impl<O: Output> Export for Writer<O> {
    fn begin_graph(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.end_graph();
        self.announced = self.shared.is_none().then(|| graph.into_owned());
        Ok(())
    }

    fn append(&mut self, piece: &[u8]) -> Result<()> {
        if piece.is_empty() {
            return Ok(());
        }
        self.end_node();
        if let Some(graph) = self.announced.take() {
            self.enter(graph.as_ref().into());
        }
        let first = mem::take(&mut self.empty);
        let separated = first.then(|| piece.strip_prefix(self.syntax.separator())).flatten();
        self.hand_on()?;
        self.output.write_all(separated.unwrap_or(piece)).map_err(failed)
    }

    fn mark(&mut self) -> Result<()> {
        self.end_graph();
        self.hand_on()?;
        self.output.flush().map_err(failed)?;
        let length = self.output.length().map_err(failed)?;
        self.mark = Some(Mark { length, empty: self.empty });
        if let Some(shared) = &mut self.shared {
            shared.since = Some(Vec::new());
        }
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        let mark = self.mark.take().expect("an export is taken back to a mark, and to each mark once");
        self.end_graph();
        self.bytes.clear();
        self.empty = mark.empty;
        if let Some(shared) = &mut self.shared {
            shared.take_back();
        }
        self.output.cut(mark.length).map_err(failed)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.end_graph();
        self.syntax.foot(&mut self.bytes);
        self.hand_on()?;
        self.output.flush().map_err(failed)
    }
}
