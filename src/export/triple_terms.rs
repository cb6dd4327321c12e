//! The contents of claims as triple terms: `rdf:reifies <<( subject predicate object )>>` (RDF 1.2 Concepts, section 3.1).
//!
//! A triple term states as little as the four statements of RDF 1.1 that it stands for, and holds the same: one can be made
//! of the other, both ways.

use crate::error::Result;
use crate::export::Format;
use crate::graph::{GraphTarget, Sink, Statement};
use crate::source::Span;
use crate::vocabulary::{REIFIES, rdf};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, QuadRef, Term, TermRef, Triple};

impl Format {
    /// Whether triple terms can be written in it; JSON-LD and RDF/XML have no form for them yet.
    pub fn holds_triple_terms(&self) -> bool {
        matches!(self.name, "turtle" | "trig" | "ntriples" | "nquads")
    }
}

/// Writes contents as triple terms to a target.
pub struct TripleTerms<T> {
    target: T,
    content: Option<PartialContent>,
}

/// A content of which not everything has come yet.
struct PartialContent {
    node: NamedOrBlankNode,
    graph: GraphName,
    span: Option<Span>,
    shared: bool,
    subject: Option<NamedOrBlankNode>,
    predicate: Option<NamedNode>,
    object: Option<Term>,
}

impl<T: GraphTarget> TripleTerms<T> {
    /// Nothing yet.
    pub fn new(target: T) -> Self {
        Self { target, content: None }
    }

    /// The target, with everything written.
    pub fn into_inner(self) -> T {
        assert!(self.content.is_none(), "the graph describes every content whole");
        self.target
    }

    /// Takes up a part of a content; when it is the last, the content is written.
    fn part(&mut self, statement: Statement<'_>) -> Result<()> {
        let Statement { quad, span, shared } = statement;
        let content = self.content.get_or_insert_with(|| PartialContent {
            node: quad.subject.into_owned(),
            graph: quad.graph_name.into_owned(),
            span,
            shared,
            subject: None,
            predicate: None,
            object: None,
        });
        assert!(content.node.as_ref() == quad.subject, "all statements about a content stand together");
        match (quad.predicate, quad.object) {
            (rdf::SUBJECT, TermRef::NamedNode(subject)) => content.subject = Some(subject.into_owned().into()),
            (rdf::PREDICATE, TermRef::NamedNode(predicate)) => content.predicate = Some(predicate.into_owned()),
            (_, object) => content.object = Some(object.into_owned()),
        }
        match self.content.take() {
            Some(PartialContent {
                node,
                graph,
                span,
                shared,
                subject: Some(subject),
                predicate: Some(predicate),
                object: Some(object),
            }) => {
                let term = Term::from(Triple::new(subject, predicate, object));
                let quad = QuadRef::new(&node, REIFIES, &term, &graph);
                self.target.statement(Statement { quad, span, shared })
            }
            unfinished => {
                self.content = unfinished;
                Ok(())
            }
        }
    }
}

impl<T: GraphTarget> Sink for TripleTerms<T> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let QuadRef { predicate, object, .. } = statement.quad;
        match predicate {
            rdf::SUBJECT | rdf::PREDICATE | rdf::OBJECT => self.part(statement),
            // What reifies a triple is a statement about it.
            rdf::TYPE if object == TermRef::from(rdf::STATEMENT) => Ok(()),
            _ => self.target.statement(statement),
        }
    }
}

/// Only claims have contents, and claims are never read in parts of files.
impl<T: GraphTarget> GraphTarget for TripleTerms<T> {
    type Part = T::Part;

    fn begin_part(&mut self) -> T::Part {
        self.target.begin_part()
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.target.begin(graph)
    }

    fn append(&mut self, part: T::Part) -> Result<()> {
        self.target.append(part)
    }

    fn take_back(&mut self) -> Result<()> {
        self.target.take_back()
    }
}

/// The four statements of RDF 1.1 that a triple term stands for; nothing where a quad has none, or has one that is not
/// reified.
pub fn reified(quad: QuadRef<'_>) -> Option<[Quad; 4]> {
    let TermRef::Triple(triple) = quad.object else { return None };
    if quad.predicate != REIFIES || matches!(triple.object, Term::Triple(_)) {
        return None;
    }
    let subject: Term = triple.subject.clone().into();
    let say = |predicate: NamedNodeRef<'_>, object: Term| {
        Quad::new(quad.subject.into_owned(), predicate, object, quad.graph_name.into_owned())
    };
    Some([
        say(rdf::TYPE, rdf::STATEMENT.into_owned().into()),
        say(rdf::SUBJECT, subject),
        say(rdf::PREDICATE, triple.predicate.clone().into()),
        say(rdf::OBJECT, triple.object.clone()),
    ])
}

#[cfg(test)]
mod tests {
    use super::reified;
    use crate::vocabulary::{REIFIES, rdf, rg};
    use oxigraph::model::{GraphNameRef, NamedNodeRef, QuadRef, Term, Triple};

    #[test]
    fn only_what_is_reified_is_four_statements() {
        let node = NamedNodeRef::new_unchecked("https://example.org/t/content/1#it");
        let triple = Term::from(Triple::new(node, rg::CAUSED, node));
        let quad = |predicate| QuadRef::new(node, predicate, &triple, GraphNameRef::DefaultGraph);
        assert_eq!(reified(quad(REIFIES)).map(|quads| quads.len()), Some(4));
        assert_eq!(reified(quad(rdf::OBJECT)), None);
        assert_eq!(reified(QuadRef::new(node, REIFIES, node, GraphNameRef::DefaultGraph)), None);
    }
}
