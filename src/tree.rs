//! Keys and values of TOML and YAML as trees in which every key and value knows its place.
//!
//! Every scalar stays the text that the source has: `no`, `1672` and `1.10` mean nothing else here. All that is
//! wrong with a tree is collected, where decoding into a type would stop at the first fault.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{SourceText, Span, forbidden, is_forbidden};
use granit_parser::{Event, Parser};
use std::collections::HashSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How deeply lists and maps may stand in each other.
const DEPTH_LIMIT: usize = 32;

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing is written where a value could stand.
    Empty,
    /// A scalar, as the source has it.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and their values, in the order of the source.
    Map(Vec<MapEntry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct MapEntry {
    /// The key.
    pub key: SourceValue,
    /// The value.
    pub node: Node,
}

/// A text as a source has it, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceValue {
    /// The text, without blanks around it.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// The entries of one map while they are taken out by name.
#[derive(Debug)]
pub struct Fields {
    what: &'static str,
    span: Span,
    /// Whether it is no map at all, so that nothing more is missing in it.
    broken: bool,
    entries: Vec<MapEntry>,
    asked: Vec<&'static str>,
}

impl Fields {
    /// The entries of a map; of anything else, nothing and a diagnostic. `what` names the map in diagnostics.
    pub fn of(node: Node, what: &'static str, diagnostics: &mut Diagnostics) -> Self {
        let span = node.span;
        let mut broken = false;
        let entries = match node.value {
            Value::Map(entries) => entries,
            Value::Empty => Vec::new(),
            Value::Scalar(_) | Value::List(_) => {
                diagnostics.push(Diagnostic::new(
                    Code::WrongShape,
                    span,
                    format!("{what} is written as keys and values"),
                ));
                broken = true;
                Vec::new()
            }
        };
        Self { what, span, broken, entries, asked: Vec::new() }
    }

    /// The place of the map.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Takes the value of a key; an empty one counts as absent.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key.text == key)?;
        let node = self.entries.remove(at).node;
        (!matches!(node.value, Value::Empty)).then_some(node)
    }

    /// Takes a scalar.
    pub fn text(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<SourceValue> {
        self.take(key)?.text(diagnostics)
    }

    /// Takes a scalar that must be there.
    pub fn required(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<SourceValue> {
        let node = self.take(key).filter(|node| !node.is_blank());
        if node.is_none() && !self.broken {
            let message = format!("{} has no \"{key}\"", self.what);
            diagnostics.push(
                Diagnostic::new(Code::MissingKey, self.span, message).help(format!("add the key {key} and its value")),
            );
        }
        node?.text(diagnostics)
    }

    /// Takes a list of scalars; one scalar counts as a list of one.
    pub fn texts(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Vec<SourceValue> {
        let nodes = self.take(key).map(Node::into_list).unwrap_or_default();
        nodes.into_iter().filter_map(|node| node.text(diagnostics)).collect()
    }

    /// Reports the keys that nobody took: each is unknown here.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        for entry in self.entries {
            let message = format!("{} has no key \"{}\"", self.what, entry.key.text);
            let known = format!("the keys are {}", self.asked.join(", "));
            let help = nearest(&entry.key.text, self.asked.iter().copied())
                .map_or(known, |name| format!("did you mean \"{name}\"?"));
            diagnostics.push(Diagnostic::new(Code::UnknownKey, entry.key.span, message).help(help));
        }
    }
}

impl Node {
    /// The scalar; of anything else, nothing and a diagnostic.
    pub fn text(self, diagnostics: &mut Diagnostics) -> Option<SourceValue> {
        match self.value {
            Value::Scalar(text) if text.contains(is_forbidden) => {
                diagnostics.push(forbidden(text.chars().find(|character| is_forbidden(*character)), self.span));
                None
            }
            Value::Scalar(text) if text.trim().is_empty() => None,
            Value::Scalar(text) => Some(SourceValue { text: text.trim().to_owned(), span: self.span }),
            Value::Empty => None,
            Value::List(_) | Value::Map(_) => {
                let message = "one value is expected here, not several";
                diagnostics.push(Diagnostic::new(Code::WrongShape, self.span, message));
                None
            }
        }
    }

    /// The items of a list; anything else is a list of one.
    pub fn into_list(self) -> Vec<Self> {
        match self.value {
            Value::List(nodes) => nodes,
            Value::Empty => Vec::new(),
            Value::Scalar(_) | Value::Map(_) => vec![self],
        }
    }

    /// Whether it is a scalar of blanks.
    fn is_blank(&self) -> bool {
        matches!(&self.value, Value::Scalar(text) if text.trim().is_empty())
    }

    /// Whether it has keys.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }
}

/// Reads a TOML file.
pub fn toml(source: &SourceText, diagnostics: &mut Diagnostics) -> Node {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let span = source.span(range.clone());
        diagnostics.push(match (error.message(), source.text.get(range)) {
            // The parser's own words.
            ("duplicate key", Some(key)) => {
                Diagnostic::new(Code::DuplicateKey, span, format!("the key \"{key}\" stands twice"))
            }
            (message, _) => Diagnostic::new(Code::TomlSyntax, span, message.to_owned()),
        });
    }
    Node { span: crate::source::Sources::whole(source.file), value: toml_table(table.into_inner(), source) }
}

fn toml_table(table: DeTable<'_>, source: &SourceText) -> Value {
    let mut entries: Vec<(usize, MapEntry)> = table
        .into_iter()
        .map(|(key, value)| {
            let key_span = key.span();
            let written = SourceValue { text: key.into_inner().into_owned(), span: source.span(key_span.clone()) };
            (key_span.start, MapEntry { key: written, node: toml_value(value, source) })
        })
        .collect();
    entries.sort_by_key(|(at, _)| *at);
    Value::Map(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn toml_value(value: Spanned<DeValue<'_>>, source: &SourceText) -> Node {
    let range = value.span();
    let span = source.span(range.clone());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Scalar(text.into_owned()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|item| toml_value(item, source)).collect()),
        DeValue::Table(table) => toml_table(table, source),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Value::Scalar(source.text[range].to_owned())
        }
    };
    Node { span, value }
}

/// Reads the YAML that stands in `range` of a source; nothing and a diagnostic where it cannot be read.
pub fn yaml(source: &SourceText, range: Range<usize>, diagnostics: &mut Diagnostics) -> Option<Node> {
    let base = range.start;
    let tree = Yaml { source, base, open: Vec::new(), root: None, problems: Vec::new() };
    tree.read(&source.text[range], diagnostics)
}

/// A YAML tree while it is built from events, without recursion.
struct Yaml<'a> {
    source: &'a SourceText,
    base: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// What is wrong without keeping the rest from being read.
    problems: Vec<Diagnostic>,
}

/// A list or map that has begun and not ended.
enum Open {
    List(Span, Vec<Node>),
    Map { span: Span, entries: Vec<MapEntry>, seen: HashSet<String>, key: Option<SourceValue> },
}

impl Yaml<'_> {
    fn read(mut self, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
        let options = granit_parser::options! { emit_unresolved_aliases: true, };
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let at = self.base + error.marker().byte_offset().unwrap_or(0);
                    let help = "a value that holds a colon and a blank, or begins with a sign, stands in quotes: title: \"Anna: a reply\"";
                    let broken = Diagnostic::new(Code::YamlSyntax, self.source.span(at..at), error.info());
                    diagnostics.push(broken.help(help));
                    return None;
                }
            };
            let range = span.byte_range().unwrap_or(0..0);
            let place = self.source.span(self.base + range.start..self.base + range.end);
            if let Err(diagnostic) = self.event(event, place) {
                diagnostics.push(diagnostic);
                return None;
            }
        }
        self.problems.into_iter().for_each(|problem| diagnostics.push(problem));
        Some(self.root.unwrap_or(Node { span: self.source.span(self.base..self.base), value: Value::Empty }))
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        if event.tag().is_some() || event.anchor_id().is_some() {
            return Err(Diagnostic::new(Code::YamlAlias, span, "tags and anchors are not read here"));
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let empty = text.is_empty() && style == granit_parser::ScalarStyle::Plain;
                let null = style == granit_parser::ScalarStyle::Plain && text == "~";
                let value = if empty || null { Value::Empty } else { Value::Scalar(text.into_owned()) };
                self.put(Node { span, value })
            }
            Event::SequenceStart(..) => self.begin(Open::List(span, Vec::new()), span),
            Event::MappingStart(..) => {
                self.begin(Open::Map { span, entries: Vec::new(), seen: HashSet::new(), key: None }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop() {
                    Some(Open::List(span, items)) => Node { span, value: Value::List(items) },
                    Some(Open::Map { span, entries, .. }) => Node { span, value: Value::Map(entries) },
                    None => return Ok(()),
                };
                self.put(node)
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                Err(Diagnostic::new(Code::YamlAlias, span, "aliases are not read here")
                    .help("write the value out, or put it in quotes if the asterisk belongs to it"))
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(Diagnostic::new(Code::YamlSyntax, span, "a second YAML document begins here"))
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open, span: Span) -> Result<(), Diagnostic> {
        if self.open.len() == DEPTH_LIMIT {
            let message = format!("lists and maps stand more than {DEPTH_LIMIT} deep in each other here");
            return Err(Diagnostic::new(Code::YamlSyntax, span, message));
        }
        self.open.push(open);
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map { seen, key: key @ None, .. }) => {
                let Value::Scalar(text) = node.value else {
                    return Err(Diagnostic::new(Code::YamlSyntax, node.span, "a key is one word here"));
                };
                if seen.contains(&text) {
                    let message = format!("the key \"{text}\" stands twice");
                    self.problems.push(Diagnostic::new(Code::DuplicateKey, node.span, message));
                }
                *key = Some(SourceValue { text, span: node.span });
            }
            Some(Open::Map { entries, seen, key, .. }) => {
                let key = key.take().expect("the arm before this one takes the maps without a key");
                if seen.insert(key.text.clone()) {
                    entries.push(MapEntry { key, node });
                }
            }
        }
        Ok(())
    }
}
