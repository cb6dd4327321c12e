//! JSON-LD 1.1, compacted by `ontology/context.jsonld` while the quads come: one object a node, one list a graph.

use crate::error::Result;
use crate::export::{Export, failed, relative};
use crate::graph::{Sink, Statement};
use crate::vocabulary::rdf;
use oxigraph::model::{GraphName, GraphNameRef, LiteralRef, NamedOrBlankNodeRef, Quad, TermRef};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;

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

/// The dataset while it is written.
pub(super) struct Writer<W> {
    writer: W,
    context: Context,
    base: String,
    graph: Option<GraphName>,
    node: Vec<Quad>,
    first: bool,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(base: &str, mut writer: W) -> Result<Self> {
        let context = Context::ours();
        write!(writer, "{{\n\"@context\": {},\n\"@graph\": [", context.with_base(base)).map_err(failed)?;
        Ok(Self { writer, context, base: base.to_owned(), graph: None, node: Vec::new(), first: true })
    }

    /// Writes the node that is complete.
    fn write_node(&mut self) -> std::io::Result<()> {
        let Some(first) = self.node.first() else { return Ok(()) };
        if self.graph.as_ref() != Some(&first.graph_name) {
            if self.graph.is_some() {
                self.writer.write_all(b"\n]},")?;
            }
            if let GraphName::NamedNode(graph) = &first.graph_name {
                let graph = relative(graph.as_str(), &self.base);
                write!(self.writer, "\n{{\"id\": {}, \"@graph\": [", Value::from(graph))?;
            }
            self.graph = Some(first.graph_name.clone());
            self.first = true;
        }
        let mut node = Map::new();
        let id = match first.subject.as_ref() {
            NamedOrBlankNodeRef::NamedNode(subject) => relative(subject.as_str(), &self.base).to_owned(),
            NamedOrBlankNodeRef::BlankNode(subject) => subject.to_string(),
        };
        node.insert("id".to_owned(), id.into());
        for quad in &self.node {
            self.context.add(&mut node, quad.predicate.as_str(), quad.object.as_ref(), &self.base);
        }
        self.writer.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer(&mut self.writer, &node)?;
        self.node.clear();
        Ok(())
    }
}

impl<W: Write> Sink for Writer<W> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let quad = statement.quad;
        let same = self.node.first().is_none_or(|first| {
            first.subject.as_ref() == quad.subject && GraphNameRef::from(&first.graph_name) == quad.graph_name
        });
        if !same {
            self.write_node().map_err(failed)?;
        }
        self.node.push(quad.into_owned());
        Ok(())
    }
}

impl<W: Write> Export for Writer<W> {
    fn finish(mut self: Box<Self>) -> Result<()> {
        self.write_node().map_err(failed)?;
        let end: &[u8] = match self.graph {
            Some(GraphName::NamedNode(_)) => b"\n]}\n]\n}\n",
            _ => b"\n]\n}\n",
        };
        self.writer.write_all(end).and_then(|()| self.writer.flush()).map_err(failed)
    }
}
