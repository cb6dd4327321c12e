//! JSON-LD 1.1, compacted by `ontology/context.jsonld` while the quads come: one object a node, one list a graph.

use crate::export::{Syntax, relative};
use crate::vocabulary::rdf;
use oxigraph::model::{GraphNameRef, LiteralRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io;

/// The text of the context, as every export carries it.
pub const CONTEXT: &str = include_str!("../../ontology/context.jsonld");

/// What the context says about the names of properties and classes.
#[derive(Debug)]
pub struct Context {
    properties: BTreeMap<String, Property>,
    reverse: BTreeMap<String, String>,
    classes: BTreeMap<String, String>,
    prefixes: Vec<(String, String)>,
    json: Value,
}

/// How the values of one property are written.
#[derive(Debug)]
struct Property {
    name: String,
    coercion: Coercion,
    language_map: bool,
    set: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Coercion {
    None,
    Id,
    Vocabulary,
    Datatype(String),
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "@context")]
    context: BTreeMap<String, Definition>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Definition {
    Iri(String),
    Expanded {
        #[serde(rename = "@id")]
        id: Option<String>,
        #[serde(rename = "@reverse")]
        reverse: Option<String>,
        #[serde(rename = "@type")]
        coercion: Option<String>,
        #[serde(rename = "@container", default)]
        container: Container,
        #[serde(rename = "@prefix", default)]
        prefix: bool,
    },
    Version(serde::de::IgnoredAny),
}

#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Container {
    #[default]
    None,
    One(String),
    Several(Vec<String>),
}

impl Container {
    fn has(&self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::One(one) => one == name,
            Self::Several(several) => several.iter().any(|one| one == name),
        }
    }
}

impl Context {
    /// Our context.
    pub fn ours() -> Self {
        let file: File = serde_json::from_str(CONTEXT).expect("the context in ontology/ is read by a test");
        let json: Value = serde_json::from_str(CONTEXT).expect("the context in ontology/ is JSON");
        let mut context = Self {
            properties: BTreeMap::new(),
            reverse: BTreeMap::new(),
            classes: BTreeMap::new(),
            prefixes: Vec::new(),
            json: json["@context"].clone(),
        };
        for (name, definition) in &file.context {
            match definition {
                Definition::Iri(iri) if iri.ends_with(['/', '#']) => context.prefixes.push((name.clone(), iri.clone())),
                Definition::Expanded { id: Some(iri), prefix: true, .. } => {
                    context.prefixes.push((name.clone(), iri.clone()));
                }
                _ => {}
            }
        }
        for (name, definition) in file.context {
            context.define(name, definition);
        }
        context
    }

    fn define(&mut self, name: String, definition: Definition) {
        let is_class = name.starts_with(|first: char| first.is_ascii_uppercase());
        match definition {
            Definition::Iri(iri) if !iri.starts_with('@') && !iri.ends_with(['/', '#']) => {
                let iri = self.expand(&iri);
                if is_class {
                    self.classes.insert(iri, name);
                } else {
                    let plain = Property { name, coercion: Coercion::None, language_map: false, set: false };
                    self.properties.insert(iri, plain);
                }
            }
            Definition::Expanded { reverse: Some(iri), .. } => {
                self.reverse.insert(self.expand(&iri), name);
            }
            Definition::Expanded { id: Some(iri), coercion, container, prefix: false, .. } => {
                let coercion = match coercion.as_deref() {
                    None => Coercion::None,
                    Some("@id") => Coercion::Id,
                    Some("@vocab") => Coercion::Vocabulary,
                    Some(datatype) => Coercion::Datatype(self.expand(datatype)),
                };
                let language_map = container.has("@language");
                let set = container.has("@set");
                self.properties.insert(self.expand(&iri), Property { name, coercion, language_map, set });
            }
            Definition::Version(_) | Definition::Iri(_) | Definition::Expanded { .. } => {}
        }
    }

    fn expand(&self, name: &str) -> String {
        let expanded = name.split_once(':').and_then(|(prefix, local)| {
            let (_, namespace) = self.prefixes.iter().find(|(known, _)| known == prefix)?;
            Some(format!("{namespace}{local}"))
        });
        expanded.unwrap_or_else(|| name.to_owned())
    }

    /// An IRI with a prefix where there is one, as terms that are expanded by the vocabulary are written.
    fn compact(&self, iri: &str) -> String {
        let compacted = self.prefixes.iter().find_map(|(prefix, namespace)| {
            let local = iri.strip_prefix(namespace)?;
            (!local.is_empty() && !local.starts_with("//")).then(|| format!("{prefix}:{local}"))
        });
        compacted.unwrap_or_else(|| iri.to_owned())
    }

    /// The context as an export carries it: ours, and the base that ids are relative to.
    pub fn with_base(&self, base: &str) -> Value {
        json!([self.json, { "@base": base }])
    }

    /// The IRIs of the properties, with the name of each.
    pub fn property_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.properties.iter().map(|(iri, property)| (iri.as_str(), property.name.as_str()))
    }

    /// The IRIs of the classes, with the name of each.
    pub fn class_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.classes.iter().map(|(iri, name)| (iri.as_str(), name.as_str()))
    }

    /// The name under which what points to a node by this property is written below the node.
    pub(super) fn reverse_name(&self, property: &str) -> Option<&str> {
        self.reverse.get(property).map(String::as_str)
    }

    /// The name of a property.
    pub(super) fn name<'a>(&'a self, property: &'a str) -> &'a str {
        self.properties.get(property).map_or(property, |property| &property.name)
    }

    /// Whether the values of a property are always a list.
    pub(super) fn is_set(&self, property: &str) -> bool {
        self.properties.get(property).is_none_or(|property| property.set)
    }

    /// The name of a class.
    pub(super) fn class(&self, iri: &str) -> String {
        self.classes.get(iri).cloned().unwrap_or_else(|| self.compact(iri))
    }

    /// Adds one value of a property to a node.
    pub(super) fn add(&self, node: &mut Map<String, Value>, predicate: &str, object: TermRef<'_>, base: &str) {
        if predicate == rdf::TYPE.as_str() {
            if let TermRef::NamedNode(class) = object {
                let classes = node.entry("type").or_insert_with(|| Value::Array(Vec::new()));
                push(classes, self.class(class.as_str()).into());
            }
            return;
        }
        let Some(property) = self.properties.get(predicate) else {
            let values = node.entry(predicate).or_insert_with(|| Value::Array(Vec::new()));
            return push(values, expanded(object, base));
        };
        if let (true, TermRef::Literal(literal)) = (property.language_map, object) {
            let language = literal.language().unwrap_or("@none").to_owned();
            let map = node.entry(property.name.clone()).or_insert_with(|| Value::Object(Map::new()));
            let words = map.as_object_mut().expect("a language map is an object").entry(language);
            return put(words.or_insert(Value::Null), literal.value().into(), property.set);
        }
        let value = self.value(property, object, base);
        put(node.entry(property.name.clone()).or_insert(Value::Null), value, property.set);
    }

    /// A value as its property writes it; where the property's coercion does not fit, written out.
    fn value(&self, property: &Property, object: TermRef<'_>, base: &str) -> Value {
        match (&property.coercion, object) {
            (Coercion::Id, TermRef::NamedNode(iri)) => relative(iri.as_str(), base).into(),
            (Coercion::Vocabulary, TermRef::NamedNode(iri)) => {
                let compact = self.compact(iri.as_str());
                compact.into()
            }
            (Coercion::Datatype(datatype), TermRef::Literal(literal)) if literal.datatype().as_str() == datatype => {
                literal.value().into()
            }
            (Coercion::None, TermRef::Literal(literal)) if is_plain(literal) => literal.value().into(),
            _ => expanded(object, base),
        }
    }
}

fn is_plain(literal: LiteralRef<'_>) -> bool {
    literal.language().is_none() && literal.datatype() == oxigraph::model::vocab::xsd::STRING
}

/// A value that says itself what it is.
fn expanded(object: TermRef<'_>, base: &str) -> Value {
    match object {
        TermRef::NamedNode(iri) => json!({ "id": relative(iri.as_str(), base) }),
        TermRef::Literal(literal) => match literal.language() {
            Some(language) => json!({ "@value": literal.value(), "@language": language }),
            None if is_plain(literal) => json!({ "@value": literal.value() }),
            None => json!({ "@value": literal.value(), "@type": literal.datatype().as_str() }),
        },
        TermRef::BlankNode(node) => json!({ "id": node.to_string() }),
        TermRef::Triple(_) => unreachable!("the graph and its questions are of RDF 1.1"),
    }
}

fn push(values: &mut Value, value: Value) {
    values.as_array_mut().expect("the list was made a list").push(value);
}

/// Puts a value where none, one or several can be.
pub(super) fn put(place: &mut Value, value: Value, set: bool) {
    match place {
        Value::Null if set => *place = Value::Array(vec![value]),
        Value::Null => *place = value,
        Value::Array(values) => values.push(value),
        one => *one = Value::Array(vec![one.take(), value]),
    }
}

/// The format while it is written.
pub(super) struct JsonLd {
    context: Context,
    base: String,
    node: Vec<Quad>,
    /// Whether nothing stands yet in the list of graphs, and in that of nodes.
    first: [bool; 2],
    in_graph: bool,
    /// Whether the graph that was begun last was the first.
    first_graph: bool,
}

impl JsonLd {
    pub(super) fn new(base: &str) -> Self {
        Self {
            context: Context::ours(),
            base: base.to_owned(),
            node: Vec::new(),
            first: [true, true],
            in_graph: false,
            first_graph: true,
        }
    }

    /// The object of a node.
    fn object(&self, first: &Quad) -> Map<String, Value> {
        let mut node = Map::new();
        let id = match first.subject.as_ref() {
            NamedOrBlankNodeRef::NamedNode(subject) => relative(subject.as_str(), &self.base).to_owned(),
            NamedOrBlankNodeRef::BlankNode(subject) => subject.to_string(),
        };
        node.insert("id".to_owned(), id.into());
        for quad in &self.node {
            self.context.add(&mut node, quad.predicate.as_str(), quad.object.as_ref(), &self.base);
        }
        node
    }
}

impl Syntax for JsonLd {
    fn head(&mut self, out: &mut Vec<u8>) {
        let context = self.context.with_base(&self.base);
        out.extend_from_slice(format!("{{\n\"@context\": {context},\n\"@graph\": [").as_bytes());
    }

    fn begin_graph(&mut self, graph: GraphNameRef<'_>, out: &mut Vec<u8>) {
        self.in_graph = !graph.is_default_graph();
        if let GraphNameRef::NamedNode(graph) = graph {
            out.extend_from_slice(if self.first[0] { b"\n" } else { b",\n" });
            let graph = Value::from(relative(graph.as_str(), &self.base));
            out.extend_from_slice(format!("{{\"id\": {graph}, \"@graph\": [").as_bytes());
            self.first_graph = self.first[0];
            self.first = [false, true];
        }
    }

    fn inside_graph(&mut self, graph: GraphNameRef<'_>) {
        self.in_graph = !graph.is_default_graph();
        self.first = [false, false];
    }

    fn statement(&mut self, quad: QuadRef<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        if self.node.first().is_some_and(|first| first.subject.as_ref() != quad.subject) {
            self.end_node(out);
        }
        self.node.push(quad.into_owned());
        Ok(())
    }

    fn end_node(&mut self, out: &mut Vec<u8>) {
        let Some(first) = self.node.first() else { return };
        let object = self.object(first);
        let list = usize::from(self.in_graph);
        out.extend_from_slice(if self.first[list] { b"\n" } else { b",\n" });
        self.first[list] = false;
        serde_json::to_writer(&mut *out, &object).expect("memory takes an object of texts");
        self.node.clear();
    }

    /// The comma before the first node is left out where it is the first of its graph.
    fn append(&mut self, nodes: &[u8], out: &mut Vec<u8>) {
        let list = usize::from(self.in_graph);
        let nodes = if self.first[list] { nodes.strip_prefix(b",").unwrap_or(nodes) } else { nodes };
        self.first[list] &= nodes.is_empty();
        out.extend_from_slice(nodes);
    }

    fn take_back(&mut self) {
        self.first[0] = self.first_graph;
    }

    fn end_graph(&mut self, out: &mut Vec<u8>) {
        if self.in_graph {
            out.extend_from_slice(b"\n]}");
        }
    }

    fn foot(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]\n}\n");
    }
}
