//! The published shapes (`ontology/shapes.ttl`), as far as they use SHACL: node and property shapes of SHACL Core with the
//! constraints below, and constraints in SPARQL (SHACL, sections 4 and 5).

use crate::diagnostic::Severity;
use crate::vocabulary::rdf;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef, Triple};
use regex::Regex;
use std::sync::OnceLock;

const SHAPES: &str = include_str!("../../ontology/shapes.ttl");

/// Terms of SHACL.
mod sh {
    use oxigraph::model::NamedNodeRef;

    macro_rules! sh {
        ($($constant:ident $name:literal)+) => {
            $(pub(super) const $constant: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!("http://www.w3.org/ns/shacl#", $name));)+
        };
    }
    sh! {
        NODE_SHAPE "NodeShape" TARGET_CLASS "targetClass" TARGET_SUBJECTS_OF "targetSubjectsOf" SEVERITY "severity"
        WARNING "Warning" INFO "Info" MESSAGE "message" NODE_KIND "nodeKind" PROPERTY "property" PATH "path"
        INVERSE_PATH "inversePath" MIN_COUNT "minCount" MAX_COUNT "maxCount" UNIQUE_LANG "uniqueLang" CLASS "class"
        DATATYPE "datatype" IN "in" HAS_VALUE "hasValue" PATTERN "pattern" LESS_THAN_OR_EQUALS "lessThanOrEquals"
        SPARQL "sparql" SELECT "select" DECLARE "declare" PREFIX "prefix" NAMESPACE "namespace"
    }
}

/// The words that literals of a datatype of XML Schema can have; nothing for datatypes that the shapes do not ask for. XML
/// Schema 1.1, Part 2, section 3.3.
fn lexical_form(datatype: &NamedNode) -> Option<Regex> {
    const DECIMAL: &str = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)";
    let form = match datatype.as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#")? {
        "boolean" => "true|false|1|0".to_owned(),
        "integer" => "[+-]?[0-9]+".to_owned(),
        "decimal" => DECIMAL.to_owned(),
        "double" => format!("{DECIMAL}([eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
        _ => return None,
    };
    Some(Regex::new(&format!("^({form})$")).expect("the forms are well formed"))
}

/// Lists of RDF.
mod list {
    use oxigraph::model::NamedNodeRef;

    pub(super) const FIRST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#first");
    pub(super) const REST: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest");
}

/// A node shape.
#[derive(Debug)]
pub(super) struct Shape {
    /// Its name: what its IRI ends with.
    pub(super) name: String,
    /// The classes whose things it is about.
    pub(super) classes: Vec<NamedNode>,
    /// The properties whose subjects it is about.
    pub(super) properties_of_subjects: Vec<NamedNode>,
    pub(super) severity: Severity,
    /// Whether what it is about has an IRI.
    pub(super) is_iri: bool,
    pub(super) properties: Vec<PropertyShape>,
    pub(super) queries: Vec<QueryConstraint>,
}

/// What a property of a thing is like.
#[derive(Debug)]
pub(super) struct PropertyShape {
    /// What its IRI ends with, if it has one.
    pub(super) name: Option<String>,
    pub(super) path: NamedNode,
    /// Whether the property leads to the thing.
    pub(super) is_inverse: bool,
    pub(super) severity: Option<Severity>,
    pub(super) message: String,
    pub(super) minimum: Option<usize>,
    pub(super) maximum: Option<usize>,
    pub(super) unique_languages: bool,
    pub(super) is_iri: bool,
    pub(super) class: Option<NamedNode>,
    pub(super) datatype: Option<NamedNode>,
    pub(super) values: Option<Vec<Term>>,
    pub(super) has_value: Option<Term>,
    /// The words that values of the datatype can have, for a literal of other words does not conform: SHACL, section 4.1.2.
    pub(super) lexical_form: Option<Regex>,
    pub(super) pattern: Option<Regex>,
    pub(super) at_most: Option<NamedNode>,
}

/// A query whose rows are faults.
#[derive(Debug)]
pub(super) struct QueryConstraint {
    pub(super) message: String,
    /// The text, with its prefixes, and with `?this` for what the shape is about.
    pub(super) text: String,
}

/// The published shapes, in order of their names.
pub(super) fn published() -> &'static [Shape] {
    static PUBLISHED: OnceLock<Vec<Shape>> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(SHAPES);
        let triples = parser.map(|quad| Triple::from(quad.expect("the shapes are Turtle; a test reads them")));
        let graph: Graph = triples.collect();
        let shapes = Shapes { prefixes: prefixes(&graph), graph };
        let named = shapes.graph.subjects_for_predicate_object(rdf::TYPE, sh::NODE_SHAPE);
        let mut found: Vec<Shape> = named.map(|node| shapes.shape(node)).collect();
        found.sort_by(|left, right| left.name.cmp(&right.name));
        found
    })
}

struct Shapes {
    graph: Graph,
    /// The prefixes of queries, as SPARQL declares them.
    prefixes: String,
}

fn prefixes(graph: &Graph) -> String {
    let declared = graph.triples_for_predicate(sh::DECLARE).filter_map(|triple| match triple.object {
        TermRef::BlankNode(node) => {
            let prefix = text(graph.object_for_subject_predicate(node, sh::PREFIX)?);
            let namespace = text(graph.object_for_subject_predicate(node, sh::NAMESPACE)?);
            Some(format!("PREFIX {prefix}: <{namespace}>\n"))
        }
        _ => None,
    });
    let mut declared: Vec<String> = declared.collect();
    declared.sort();
    declared.concat()
}

fn text(term: TermRef<'_>) -> String {
    match term {
        TermRef::Literal(literal) => literal.value().to_owned(),
        TermRef::NamedNode(node) => node.as_str().to_owned(),
        other => panic!("{other} is no text; a test reads the shapes"),
    }
}

fn node(term: TermRef<'_>) -> NamedNode {
    match term {
        TermRef::NamedNode(node) => node.into_owned(),
        other => panic!("{other} has no name; a test reads the shapes"),
    }
}

/// What the IRI of a shape ends with.
fn local_name(shape: NamedNodeRef<'_>) -> String {
    shape.as_str().rsplit('#').next().unwrap_or_default().to_owned()
}

impl Shapes {
    fn all(&self, subject: NamedOrBlankNodeRef<'_>, property: NamedNodeRef<'_>) -> Vec<Term> {
        self.graph.objects_for_subject_predicate(subject, property).map(TermRef::into_owned).collect()
    }

    fn one(&self, subject: NamedOrBlankNodeRef<'_>, property: NamedNodeRef<'_>) -> Option<Term> {
        self.graph.object_for_subject_predicate(subject, property).map(TermRef::into_owned)
    }

    fn severity(&self, subject: NamedOrBlankNodeRef<'_>) -> Option<Severity> {
        self.one(subject, sh::SEVERITY).map(|severity| match node(severity.as_ref()).as_ref() {
            sh::WARNING => Severity::Warning,
            sh::INFO => Severity::Hint,
            _ => Severity::Error,
        })
    }

    fn message(&self, subject: NamedOrBlankNodeRef<'_>) -> String {
        text(self.one(subject, sh::MESSAGE).expect("every constraint says what is meant").as_ref())
    }

    fn shape(&self, shape: NamedOrBlankNodeRef<'_>) -> Shape {
        let NamedOrBlankNodeRef::NamedNode(name) = shape else { panic!("every node shape has a name") };
        let names = |property| self.all(shape, property).iter().map(|term| node(term.as_ref())).collect();
        let parts = |property| self.all(shape, property).into_iter().map(as_node).collect::<Vec<_>>();
        let properties = parts(sh::PROPERTY).iter().map(|part| self.property(part.as_ref())).collect();
        let queries = parts(sh::SPARQL).iter().map(|part| self.query(part.as_ref())).collect();
        let mut shape = Shape {
            name: local_name(name),
            classes: names(sh::TARGET_CLASS),
            properties_of_subjects: names(sh::TARGET_SUBJECTS_OF),
            severity: self.severity(shape).unwrap_or(Severity::Error),
            is_iri: self.one(shape, sh::NODE_KIND).is_some(),
            properties,
            queries,
        };
        shape.properties.sort_by(|left, right| left.message.cmp(&right.message));
        shape.queries.sort_by(|left, right| left.message.cmp(&right.message));
        shape
    }

    fn property(&self, shape: NamedOrBlankNodeRef<'_>) -> PropertyShape {
        let path = self.one(shape, sh::PATH).expect("a property shape has a path");
        let (path, is_inverse) = match path {
            Term::NamedNode(path) => (path, false),
            other => {
                let inverse =
                    self.one(as_node(other).as_ref(), sh::INVERSE_PATH).expect("paths are steps, there or back");
                (node(inverse.as_ref()), true)
            }
        };
        let number = |property| {
            self.one(shape, property).map(|count| text(count.as_ref()).parse().expect("counts are whole numbers"))
        };
        let named = |property| self.one(shape, property).map(|term| node(term.as_ref()));
        let name = match shape {
            NamedOrBlankNodeRef::NamedNode(name) => Some(local_name(name)),
            NamedOrBlankNodeRef::BlankNode(_) => None,
        };
        PropertyShape {
            name,
            path,
            is_inverse,
            severity: self.severity(shape),
            message: self.message(shape),
            minimum: number(sh::MIN_COUNT),
            maximum: number(sh::MAX_COUNT),
            unique_languages: self.one(shape, sh::UNIQUE_LANG).is_some(),
            is_iri: self.one(shape, sh::NODE_KIND).is_some(),
            class: named(sh::CLASS),
            lexical_form: named(sh::DATATYPE).and_then(|datatype| lexical_form(&datatype)),
            datatype: named(sh::DATATYPE),
            values: self.one(shape, sh::IN).map(|list| self.list(list)),
            has_value: self.one(shape, sh::HAS_VALUE),
            pattern: self
                .one(shape, sh::PATTERN)
                .map(|pattern| Regex::new(&text(pattern.as_ref())).expect("the patterns are well formed")),
            at_most: named(sh::LESS_THAN_OR_EQUALS),
        }
    }

    fn list(&self, mut list: Term) -> Vec<Term> {
        let mut items = Vec::new();
        while let Term::BlankNode(cell) = &list {
            items.extend(self.one(cell.into(), list::FIRST));
            let Some(rest) = self.one(cell.into(), list::REST) else { break };
            list = rest;
        }
        items
    }

    fn query(&self, constraint: NamedOrBlankNodeRef<'_>) -> QueryConstraint {
        let select = text(self.one(constraint, sh::SELECT).expect("a constraint in SPARQL has a query").as_ref());
        let text = format!("{}{}", self.prefixes, select.replace("$this", "?this"));
        QueryConstraint { message: self.message(constraint), text }
    }
}

fn as_node(term: Term) -> NamedOrBlankNode {
    match term {
        Term::NamedNode(node) => node.into(),
        Term::BlankNode(node) => node.into(),
        other => panic!("{other} is no node; a test reads the shapes"),
    }
}

#[cfg(test)]
mod tests {
    use super::{SHAPES, published, sh};
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::NamedNode;
    use std::collections::BTreeSet;

    /// What the shapes use and is not read here would never be checked.
    #[test]
    fn the_shapes_use_nothing_that_is_not_read() {
        let iri = NamedNode::new_unchecked("http://www.w3.org/ns/shacl#IRI");
        let known = "targetClass targetSubjectsOf severity message nodeKind property path inversePath minCount maxCount \
                     uniqueLang class datatype in hasValue pattern lessThanOrEquals sparql select prefixes declare prefix \
                     namespace";
        let known: BTreeSet<&str> = known.split(' ').collect();
        let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(SHAPES).map(|quad| quad.expect("it is Turtle"));
        let mut unknown = BTreeSet::new();
        for quad in quads {
            let name = quad.predicate.as_str().strip_prefix("http://www.w3.org/ns/shacl#").map(str::to_owned);
            unknown.extend(name.filter(|name| !known.contains(name.as_str())));
            assert!(quad.predicate != sh::NODE_KIND || quad.object == iri.clone().into(), "only IRIs are asked for");
        }
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(published().len() > 30);
    }
}
