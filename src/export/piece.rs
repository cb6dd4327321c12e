//! Quads to the bytes of several formats, apart from any output: what a thread hands over for the export to append.

use crate::error::Result;
use crate::export::Format;
use crate::export::syntax::Syntax;
use crate::export::truncatable::failed;
use crate::export::writer::name_of;
use crate::graph::{Sink, Statement};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, QuadRef};
use std::mem;

/// Bytes of whole nodes of one graph, in several formats at once.
///
/// Nothing is left out because it has been said before: a triple that several graphs share stands in a format that has
/// but one graph as often as it is said. RDF is a set, so it means the same.
pub struct Pieces {
    pieces: Vec<Piece>,
    graph: GraphName,
    /// The node that is open, if one is.
    subject: Option<NamedOrBlankNode>,
    /// A subject that is no longer needed, for the space that its name takes.
    spare: String,
}

/// The most bytes of space that are kept for the statements to come.
const SPACE_LIMIT: usize = 1 << 22;

struct Piece {
    syntax: Box<dyn Syntax>,
    holds_graphs: bool,
    bytes: Vec<u8>,
}

impl Pieces {
    /// Begins pieces of a corpus with this base IRI, in several formats at once.
    ///
    /// # Panics
    ///
    /// If a format is no syntax of RDF, which [`Format::writer`] refuses.
    pub fn new(formats: &[&'static Format], base: &str) -> Self {
        let pieces = formats.iter().map(|format| Piece {
            syntax: format.syntax(base).expect("pieces are of syntaxes of RDF"),
            holds_graphs: format.holds_graphs(),
            bytes: Vec::new(),
        });
        Self { pieces: pieces.collect(), graph: GraphName::DefaultGraph, subject: None, spare: String::new() }
    }

    /// Ends the node that is open; the bytes of each format, in the order in which they were named, of all statements
    /// since the last call of [`clear`](Self::clear).
    ///
    /// They are for [`Export::append`](crate::export::Export::append), each on its own or several joined.
    pub fn end(&mut self) -> impl Iterator<Item = &[u8]> {
        self.end_node();
        self.pieces.iter().map(|piece| piece.bytes.as_slice())
    }

    /// Forgets what was written, so that statements of another graph may follow.
    pub fn clear(&mut self) {
        for piece in &mut self.pieces {
            piece.bytes.clear();
            piece.bytes.shrink_to(SPACE_LIMIT);
        }
    }

    fn end_node(&mut self) {
        if let Some(ended) = self.subject.take() {
            if let NamedOrBlankNode::NamedNode(ended) = ended {
                self.spare = ended.into_string();
            }
            for piece in &mut self.pieces {
                piece.syntax.end_node(&mut piece.bytes);
            }
        }
    }

    /// Turns to another graph. What begins and ends graphs is left to the export.
    fn enter(&mut self, graph: GraphName) {
        for piece in self.pieces.iter_mut().filter(|piece| piece.holds_graphs) {
            assert!(piece.bytes.is_empty(), "pieces are cleared before the next graph begins");
            if !self.graph.is_default_graph() {
                piece.syntax.end_graph(&mut piece.bytes);
            }
            if let Some(name) = name_of(graph.as_ref()) {
                piece.syntax.begin_graph(name, &mut piece.bytes);
            }
            piece.bytes.clear();
        }
        self.graph = graph;
    }
}

impl Sink for Pieces {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let QuadRef { subject, predicate, object, graph_name } = statement.quad;
        if self.graph.as_ref() != graph_name {
            self.end_node();
            self.enter(graph_name.into_owned());
        }
        let begins = self.subject.as_ref().map(NamedOrBlankNode::as_ref) != Some(subject);
        if begins {
            self.end_node();
            self.subject = Some(match subject {
                NamedOrBlankNodeRef::NamedNode(node) => {
                    let mut name = mem::take(&mut self.spare);
                    name.clear();
                    name.push_str(node.as_str());
                    NamedNode::new_unchecked(name).into()
                }
                NamedOrBlankNodeRef::BlankNode(node) => node.into_owned().into(),
            });
        }
        for Piece { syntax, bytes, .. } in &mut self.pieces {
            if begins {
                bytes.extend_from_slice(syntax.separator());
                syntax.begin_node(subject, bytes);
            }
            syntax.statement(predicate, object, bytes).map_err(failed)?;
        }
        Ok(())
    }
}
