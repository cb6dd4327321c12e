//! The form of a graph: what the published shapes say, held against a graph on its way, and against an RDF file.

use super::shapes::{PropertyShape, Shape, published};
use crate::diagnostic::{CheckOrigin, Code, Diagnostic, Diagnostics, Severity};
use crate::error::{Error, Result};
use crate::export::{Format, reified};
use crate::graph::{GraphTarget, Sink, Statement};
use crate::source::{FileId, Sources, Span};
use crate::vocabulary::rdf;
use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term, TermRef};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use regex::Regex;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::BufReader;
use std::mem;
use std::path::Path;
use std::sync::OnceLock;

/// What is said of a node, in the order in which it comes.
type Statements = Vec<(NamedNode, Term)>;

/// A fault: the shape, the name of the property's shape where it has one, how grave it is, and what is meant.
struct ShapeFault<'s> {
    shape: &'s str,
    of_property: Option<&'s str>,
    severity: Severity,
    message: &'s str,
}

impl ShapeFault<'_> {
    fn report(&self, focus: NamedOrBlankNodeRef<'_>, span: Option<Span>) -> Diagnostic {
        let Self { shape, severity, message, .. } = self;
        let message = format!("{focus}: {message} (shape {shape})");
        let code = Code::ShapeViolated;
        let check = Box::new(CheckOrigin { name: code.name().into(), severity: *severity });
        let diagnostic = match span {
            Some(span) => Diagnostic::new(code, span, message),
            None => Diagnostic::general(code, message),
        };
        Diagnostic { check: Some(check), ..diagnostic }.help("the shapes are those of ontology/shapes.ttl")
    }
}

/// The shapes by what they are about.
struct ShapeIndex {
    of_class: HashMap<&'static str, Vec<&'static Shape>>,
    of_property: HashMap<&'static str, Vec<&'static Shape>>,
}

fn index() -> &'static ShapeIndex {
    static INDEX: OnceLock<ShapeIndex> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = ShapeIndex { of_class: HashMap::new(), of_property: HashMap::new() };
        for shape in published().iter().filter(|shape| shape.is_iri || !shape.properties.is_empty()) {
            for class in &shape.classes {
                index.of_class.entry(class.as_str()).or_default().push(shape);
            }
            for property in &shape.properties_of_subjects {
                index.of_property.entry(property.as_str()).or_default().push(shape);
            }
        }
        index
    })
}

/// The shapes that a node is held against, each once.
fn shapes_of(statements: &Statements) -> Vec<&'static Shape> {
    let index = index();
    let mut shapes: Vec<&'static Shape> = Vec::new();
    for (property, object) in statements {
        let class = match object {
            Term::NamedNode(class) if *property == rdf::TYPE => index.of_class.get(class.as_str()),
            _ => None,
        };
        for shape in class.into_iter().chain(index.of_property.get(property.as_str())).flatten() {
            if !shapes.iter().any(|known| std::ptr::eq(*known, *shape)) {
                shapes.push(shape);
            }
        }
    }
    shapes
}

/// What is wrong with a node, as far as what is said of itself tells.
fn faults(focus: NamedOrBlankNodeRef<'_>, statements: &Statements, found: &mut Vec<ShapeFault<'static>>) {
    for shape in shapes_of(statements) {
        if shape.is_iri && focus.is_blank_node() {
            let message = "a node has an IRI";
            found.push(ShapeFault { shape: &shape.name, of_property: None, severity: shape.severity, message });
        }
        let properties = shape.properties.iter().filter(|property| !property.is_inverse && !fits(property, statements));
        found.extend(properties.map(|property| ShapeFault {
            shape: &shape.name,
            of_property: property.name.as_deref(),
            severity: property.severity.unwrap_or(shape.severity),
            message: &property.message,
        }));
    }
}

fn fits(shape: &PropertyShape, statements: &Statements) -> bool {
    let values = || statements.iter().filter(|(property, _)| *property == shape.path).map(|(_, value)| value);
    let count = values().count();
    shape.minimum.is_none_or(|minimum| count >= minimum)
        && shape.maximum.is_none_or(|maximum| count <= maximum)
        && (!shape.unique_languages || has_unique_languages(values()))
        && shape.has_value.as_ref().is_none_or(|wanted| values().any(|value| value == wanted))
        && values().all(|value| fits_value(shape, value, statements))
}

fn fits_value(shape: &PropertyShape, value: &Term, statements: &Statements) -> bool {
    let is_of_datatype = |datatype: &NamedNode| match value {
        Term::Literal(literal) => {
            let is_well_formed = |form: &Regex| form.is_match(literal.value());
            literal.datatype() == *datatype && shape.lexical_form.as_ref().is_none_or(is_well_formed)
        }
        _ => false,
    };
    let words = match value {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str(),
        _ => "",
    };
    (!shape.is_iri || value.is_named_node())
        && shape.datatype.as_ref().is_none_or(is_of_datatype)
        && shape.values.as_ref().is_none_or(|values| values.contains(value))
        && shape.pattern.as_ref().is_none_or(|pattern| pattern.is_match(words))
        && shape.at_most.as_ref().is_none_or(|limit| {
            let mut limits = statements.iter().filter(|(property, _)| property == limit);
            limits.all(|(_, limit)| is_at_most(value, limit))
        })
}

fn has_unique_languages<'t>(values: impl Iterator<Item = &'t Term>) -> bool {
    let mut seen = BTreeSet::new();
    let mut languages = values.filter_map(|value| match value {
        Term::Literal(literal) => literal.language(),
        _ => None,
    });
    languages.all(|language| seen.insert(language.to_ascii_lowercase()))
}

/// Whether one number is not more than another; what is no number is not.
fn is_at_most(one: &Term, two: &Term) -> bool {
    let number = |term: &Term| match term {
        Term::Literal(literal) => literal.value().parse::<f64>().ok(),
        _ => None,
    };
    let (Some(one), Some(two)) = (number(one), number(two)) else { return false };
    one.partial_cmp(&two).is_some_and(|order| order != Ordering::Greater)
}

/// The shape of a property whose faults have a code of their own in sources, [`Code::CertaintyUnsaid`].
const CERTAINTY_OF_ANSWER: &str = "CertaintyOfAnswer";

/// Holds a graph against the shapes as it passes, node by node: what is said of a thing stands together. What needs more
/// than one node is told by readers, by the gate, and by the other checks.
#[derive(Default)]
pub struct ShapeValidator {
    node: Option<(NamedOrBlankNode, GraphName, Option<Span>)>,
    statements: Statements,
    found: Diagnostics,
}

impl ShapeValidator {
    /// What is wrong.
    pub fn finish(mut self) -> Diagnostics {
        self.end_node();
        self.found
    }

    fn end_node(&mut self) {
        let Some((focus, _, span)) = self.node.take() else { return };
        let mut found = Vec::new();
        faults(focus.as_ref(), &self.statements, &mut found);
        self.statements.clear();
        let found = found.iter().filter(|fault| fault.of_property != Some(CERTAINTY_OF_ANSWER));
        found.for_each(|fault| self.found.push(fault.report(focus.as_ref(), span)));
    }
}

impl Sink for ShapeValidator {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let Statement { quad, span, .. } = statement;
        let goes_on = self
            .node
            .as_ref()
            .is_some_and(|(node, graph, _)| node.as_ref() == quad.subject && graph.as_ref() == quad.graph_name);
        if !goes_on {
            self.end_node();
            self.node = Some((quad.subject.into_owned(), quad.graph_name.into_owned(), span));
        }
        self.statements.push((quad.predicate.into_owned(), quad.object.into_owned()));
        Ok(())
    }
}

impl GraphTarget for ShapeValidator {
    type Part = Self;

    fn begin_part(&mut self) -> Self {
        Self::default()
    }

    fn begin(&mut self, _: NamedNodeRef<'_>) -> Result<()> {
        Ok(())
    }

    fn append(&mut self, part: Self) -> Result<()> {
        self.found.append(part.finish());
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        Ok(())
    }
}

/// The formats that need no context and declare no entities.
fn format_of(path: &Path) -> Option<&'static Format> {
    let extension = path.extension()?.to_str()?;
    Format::find(extension).filter(|format| format.holds_triple_terms() && format.extension == extension)
}

/// Holds an RDF file against the shapes, those that need more than one node too; triple terms of RDF 1.2 are read as what
/// they stand for. To be called on a large stack.
pub fn check_file(path: &Path, file: FileId, diagnostics: &mut Diagnostics) -> Result<()> {
    let format = format_of(path).ok_or_else(|| {
        let help = "turtle, trig, ntriples and nquads are read".to_owned();
        Error::usage(format!("{} cannot be held against the shapes", path.display()), help)
    })?;
    let opened = File::open(path).map_err(|error| Error::file("open", path, error))?;
    let store = Store::new().map_err(failed)?;
    let mut batch = Vec::new();
    for quad in RdfParser::from_format(format.rdf().expect("it is a syntax of RDF")).for_reader(BufReader::new(opened))
    {
        match quad {
            Ok(quad) => batch.extend(reified(quad.as_ref()).map_or_else(|| vec![quad.clone()], |quads| quads.to_vec())),
            Err(error) => {
                let message = error.to_string();
                let unreadable = Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message);
                diagnostics.push(unreadable.help("nothing of the file is checked until it can be read to its end"));
                return Ok(());
            }
        }
        if batch.len() > 1 << 16 {
            store.extend(mem::take(&mut batch)).map_err(failed)?;
        }
    }
    store.extend(batch).map_err(failed)?;
    // A fault that several graphs show is shown once.
    let mut found: BTreeSet<(String, &str, &str, Severity)> = BTreeSet::new();
    nodes(&store, &mut found)?;
    for shape in published() {
        across(shape, &store, &mut found)?;
    }
    for (focus, shape, message, severity) in found {
        let fault = ShapeFault { shape, of_property: None, severity, message };
        let node = match focus.strip_prefix("_:") {
            Some(blank) => NamedOrBlankNodeRef::BlankNode(oxigraph::model::BlankNodeRef::new_unchecked(blank)),
            None => NamedOrBlankNodeRef::NamedNode(NamedNodeRef::new_unchecked(&focus)),
        };
        diagnostics.push(fault.report(node, Some(Sources::whole(file))));
    }
    Ok(())
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::storage("hold the file against the shapes", error)
}

type Found = BTreeSet<(String, &'static str, &'static str, Severity)>;

fn name_of(node: NamedOrBlankNodeRef<'_>) -> String {
    match node {
        NamedOrBlankNodeRef::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNodeRef::BlankNode(node) => format!("_:{}", node.as_str()),
    }
}

/// What can be told of each node by itself.
fn nodes(store: &Store, found: &mut Found) -> Result<()> {
    let mut subjects: BTreeMap<String, NamedOrBlankNode> = BTreeMap::new();
    for quad in store.quads_for_pattern(None, None, None, None) {
        let subject = quad.map_err(failed)?.subject;
        subjects.entry(name_of(subject.as_ref())).or_insert(subject);
    }
    for (name, subject) in subjects {
        let quads = store.quads_for_pattern(Some(subject.as_ref()), None, None, None);
        let mut statements = Statements::new();
        let mut known = HashSet::new();
        for quad in quads {
            let Quad { predicate, object, .. } = quad.map_err(failed)?;
            if known.insert((predicate.clone(), object.clone())) {
                statements.push((predicate, object));
            }
        }
        let mut faults_of_node = Vec::new();
        faults(subject.as_ref(), &statements, &mut faults_of_node);
        let faults = faults_of_node.into_iter();
        found.extend(faults.map(|fault| (name.clone(), fault.shape, fault.message, fault.severity)));
    }
    Ok(())
}

/// What takes more than one node: classes of values, properties that lead to a node, and queries.
fn across(shape: &'static Shape, store: &Store, found: &mut Found) -> Result<()> {
    let mut targets: BTreeMap<String, NamedOrBlankNode> = BTreeMap::new();
    let of_classes = shape.classes.iter().map(|class| (rdf::TYPE, Some(TermRef::from(class))));
    let of_properties = shape.properties_of_subjects.iter().map(|property| (property.as_ref(), None));
    for (property, object) in of_classes.chain(of_properties) {
        for quad in store.quads_for_pattern(None, Some(property), object, None) {
            let subject = quad.map_err(failed)?.subject;
            targets.insert(name_of(subject.as_ref()), subject);
        }
    }
    for property in &shape.properties {
        let severity = property.severity.unwrap_or(shape.severity);
        for (name, target) in &targets {
            if !fits_across(property, target, store)? {
                found.insert((name.clone(), &shape.name, &property.message, severity));
            }
        }
    }
    for query in &shape.queries {
        let parsed = SparqlEvaluator::new().parse_query(&query.text);
        let mut prepared = parsed.expect("the queries of the shapes are SPARQL; a test asks them");
        prepared.dataset_mut().set_default_graph_as_union();
        let QueryResults::Solutions(rows) = prepared.on_store(store).execute().map_err(failed)? else { continue };
        let mut seen = HashSet::new();
        for row in rows {
            let row = row.map_err(failed)?;
            let name = match row.get("this") {
                Some(Term::NamedNode(node)) => node.as_str().to_owned(),
                Some(Term::BlankNode(node)) => format!("_:{}", node.as_str()),
                _ => continue,
            };
            if targets.contains_key(&name) && seen.insert(name.clone()) {
                found.insert((name, &shape.name, &query.message, shape.severity));
            }
        }
    }
    Ok(())
}

fn fits_across(property: &PropertyShape, target: &NamedOrBlankNode, store: &Store) -> Result<bool> {
    if property.is_inverse {
        let leads: Term = target.clone().into();
        let mut quads = store.quads_for_pattern(None, Some(property.path.as_ref()), Some(leads.as_ref()), None);
        return Ok(property.minimum.is_none_or(|minimum| minimum == 0) || quads.next().is_some());
    }
    let Some(class) = &property.class else { return Ok(true) };
    for quad in store.quads_for_pattern(Some(target.as_ref()), Some(property.path.as_ref()), None, None) {
        let value: NamedOrBlankNode = match quad.map_err(failed)?.object {
            Term::NamedNode(node) => node.into(),
            Term::BlankNode(node) => node.into(),
            _ => return Ok(false),
        };
        let mut types =
            store.quads_for_pattern(Some(value.as_ref()), Some(rdf::TYPE), Some(class.as_ref().into()), None);
        if types.next().is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{CERTAINTY_OF_ANSWER, published};

    #[test]
    fn the_shape_that_sources_are_not_held_against_is_published() {
        let names = published().iter().flat_map(|shape| &shape.properties).filter_map(|shape| shape.name.as_deref());
        assert_eq!(names.collect::<Vec<_>>(), [CERTAINTY_OF_ANSWER]);
    }
}
