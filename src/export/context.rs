//! `ontology/context.jsonld`: the names by which JSON-LD writes properties and classes, and the forms of their values.

use crate::export::iri::relative;
use crate::vocabulary::rdf;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{LiteralRef, TermRef};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;

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
    fn compact<'a>(&self, iri: &'a str) -> Cow<'a, str> {
        let compacted = self.prefixes.iter().find_map(|(prefix, namespace)| {
            let local = iri.strip_prefix(namespace)?;
            (!local.is_empty() && !local.starts_with("//")).then(|| format!("{prefix}:{local}"))
        });
        compacted.map_or(Cow::Borrowed(iri), Cow::Owned)
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
    pub(super) fn class<'a>(&'a self, iri: &'a str) -> Cow<'a, str> {
        self.classes.get(iri).map_or_else(|| self.compact(iri), |name| Cow::Borrowed(name))
    }

    /// Adds one value of a property to a node.
    pub(super) fn add(&self, node: &mut Map<String, Value>, predicate: &str, object: TermRef<'_>, base: &str) {
        let Some(ContextTerm { name, language, set, value }) = self.entry(predicate, object, base) else { return };
        let value = serde_json::to_value(value).expect("texts are JSON");
        let place = node.entry(name).or_insert(Value::Null);
        let Some(language) = language else { return put(place, value, set) };
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        let words = place.as_object_mut().expect("a property with languages has no other values");
        put(words.entry(language).or_insert(Value::Null), value, set);
    }

    /// Where and how a value of a property is written. A type that is no class has no place.
    pub(super) fn entry<'a>(&'a self, predicate: &'a str, object: TermRef<'a>, base: &str) -> Option<ContextTerm<'a>> {
        if predicate == rdf::TYPE.as_str() {
            let TermRef::NamedNode(class) = object else { return None };
            let value = CompactValue::Text(self.class(class.as_str()));
            return Some(ContextTerm { name: "type", language: None, set: true, value });
        }
        let entry = match (self.properties.get(predicate), object) {
            // Below a name with languages there is no place for other values.
            (Some(Property { name, language_map: true, set, .. }), TermRef::Literal(literal)) => ContextTerm {
                name,
                language: Some(literal.language().unwrap_or("@none")),
                set: *set,
                value: CompactValue::Text(literal.value().into()),
            },
            (Some(property), _) if !property.language_map => {
                let value = self.value(property, object, base);
                ContextTerm { name: &property.name, language: None, set: property.set, value }
            }
            _ => ContextTerm { name: predicate, language: None, set: true, value: expanded(object, base) },
        };
        Some(entry)
    }

    /// A value as its property writes it; where the property's coercion does not fit, written out.
    fn value<'a>(&self, property: &Property, object: TermRef<'a>, base: &str) -> CompactValue<'a> {
        match (&property.coercion, object) {
            (Coercion::Id, TermRef::NamedNode(iri)) => CompactValue::Text(relative(iri.as_str(), base).into()),
            (Coercion::Vocabulary, TermRef::NamedNode(iri)) => CompactValue::Text(self.compact(iri.as_str())),
            (Coercion::Datatype(datatype), TermRef::Literal(literal)) if literal.datatype().as_str() == datatype => {
                CompactValue::Text(literal.value().into())
            }
            (Coercion::None, TermRef::Literal(literal)) if is_plain(literal) => {
                CompactValue::Text(literal.value().into())
            }
            _ => expanded(object, base),
        }
    }
}

/// A value and its place in a node.
pub(super) struct ContextTerm<'a> {
    pub(super) name: &'a str,
    /// The key below the name, where values stand by their languages.
    pub(super) language: Option<&'a str>,
    /// Whether even a single value is a list.
    pub(super) set: bool,
    pub(super) value: CompactValue<'a>,
}

/// The forms of a value.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum CompactValue<'a> {
    Text(Cow<'a, str>),
    Node {
        id: Cow<'a, str>,
    },
    Literal {
        #[serde(rename = "@value")]
        value: &'a str,
        #[serde(rename = "@language", skip_serializing_if = "Option::is_none")]
        language: Option<&'a str>,
        #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
        datatype: Option<&'a str>,
    },
}

fn is_plain(literal: LiteralRef<'_>) -> bool {
    literal.language().is_none() && literal.datatype() == xsd::STRING
}

/// A value that says itself what it is.
fn expanded<'a>(object: TermRef<'a>, base: &str) -> CompactValue<'a> {
    match object {
        TermRef::NamedNode(iri) => CompactValue::Node { id: relative(iri.as_str(), base).into() },
        TermRef::Literal(literal) => {
            let language = literal.language();
            let typed = language.is_none() && !is_plain(literal);
            let datatype = typed.then(|| literal.datatype().as_str());
            CompactValue::Literal { value: literal.value(), language, datatype }
        }
        TermRef::BlankNode(node) => CompactValue::Node { id: node.to_string().into() },
        TermRef::Triple(_) => unreachable!("the graph and its questions are of RDF 1.1"),
    }
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
