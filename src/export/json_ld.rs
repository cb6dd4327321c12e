//! JSON-LD 1.1, compacted by `ontology/context.jsonld` while the quads come: one object a node, one list a graph.

use crate::export::context::{Context, ContextTerm};
use crate::export::iri::relative;
use crate::export::syntax::{Syntax, push};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use serde::Serialize;
use std::io;
use std::sync::LazyLock;

/// Our context, read once: every piece begins the format anew.
static OURS: LazyLock<Context> = LazyLock::new(Context::ours);

/// The format, and the node while its values are gathered by their names.
pub(super) struct JsonLd {
    context: &'static Context,
    base: String,
    /// What the node has, in order; those behind are left of earlier nodes, for their memory.
    fields: Vec<Field>,
    used: usize,
}

/// The values of one name, or of one language below a name.
#[derive(Default)]
struct Field {
    name: String,
    language: Option<String>,
    /// Whether even a single value is a list.
    set: bool,
    count: usize,
    /// The values with commas between them.
    values: Vec<u8>,
}

impl JsonLd {
    pub(super) fn new(base: &str) -> Self {
        Self { context: &OURS, base: base.to_owned(), fields: Vec::new(), used: 0 }
    }

    fn push_id(&self, node: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
        match node {
            NamedOrBlankNodeRef::NamedNode(node) => push_json(relative(node.as_str(), &self.base), bytes),
            NamedOrBlankNodeRef::BlankNode(node) => push_json(&node.to_string(), bytes),
        }
    }
}

impl Syntax for JsonLd {
    fn head(&self, bytes: &mut Vec<u8>) {
        push(bytes, ["{\n\"@context\": "]);
        push_json(&self.context.with_base(&self.base), bytes);
        push(bytes, [",\n\"@graph\": ["]);
    }

    fn separator(&self) -> &'static [u8] {
        b","
    }

    fn begin_graph(&mut self, graph: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
        push(bytes, ["\n{\"id\": "]);
        self.push_id(graph, bytes);
        push(bytes, [", \"@graph\": ["]);
    }

    fn begin_node(&mut self, subject: NamedOrBlankNodeRef<'_>, bytes: &mut Vec<u8>) {
        push(bytes, ["\n{\"id\":"]);
        self.push_id(subject, bytes);
    }

    fn statement(&mut self, predicate: NamedNodeRef<'_>, object: TermRef<'_>, _: &mut Vec<u8>) -> io::Result<()> {
        let entry = self.context.entry(predicate.as_str(), object, &self.base);
        let Some(entry) = entry else { return Ok(()) };
        let known = self.fields[..self.used].iter().rposition(|field| field.holds(&entry));
        let place = known.unwrap_or(self.used);
        if known.is_none() {
            self.used += 1;
            if self.fields.len() < self.used {
                self.fields.push(Field::default());
            }
            self.fields[place].begin(&entry);
        }
        self.fields[place].add(&entry);
        Ok(())
    }

    fn end_node(&mut self, bytes: &mut Vec<u8>) {
        let fields = &self.fields[..self.used];
        for (at, field) in fields.iter().enumerate() {
            let same = |other: &&Field| other.name == field.name;
            if field.language.is_some() && fields[..at].iter().any(|other| same(&other)) {
                continue;
            }
            bytes.push(b',');
            push_json(&field.name, bytes);
            bytes.push(b':');
            if field.language.is_none() {
                field.push_values(bytes);
                continue;
            }
            let mut before = b'{';
            for words in fields[at..].iter().filter(same) {
                bytes.push(before);
                push_json(&words.language, bytes);
                bytes.push(b':');
                words.push_values(bytes);
                before = b',';
            }
            bytes.push(b'}');
        }
        bytes.push(b'}');
        self.used = 0;
    }

    fn end_graph(&mut self, bytes: &mut Vec<u8>) {
        push(bytes, ["\n]}"]);
    }

    fn foot(&self, bytes: &mut Vec<u8>) {
        push(bytes, ["\n]\n}\n"]);
    }
}

impl Field {
    fn holds(&self, entry: &ContextTerm<'_>) -> bool {
        self.name == entry.name && self.language.as_deref() == entry.language
    }

    fn begin(&mut self, entry: &ContextTerm<'_>) {
        self.name.clear();
        self.name.push_str(entry.name);
        self.language = entry.language.map(str::to_owned);
        self.set = entry.set;
        self.count = 0;
        self.values.clear();
    }

    fn add(&mut self, entry: &ContextTerm<'_>) {
        if self.count > 0 {
            self.values.push(b',');
        }
        push_json(&entry.value, &mut self.values);
        self.count += 1;
    }

    fn push_values(&self, bytes: &mut Vec<u8>) {
        let list = self.set || self.count > 1;
        bytes.extend_from_slice(if list { b"[" } else { b"" });
        bytes.extend_from_slice(&self.values);
        bytes.extend_from_slice(if list { b"]" } else { b"" });
    }
}

fn push_json<T: Serialize + ?Sized>(value: &T, bytes: &mut Vec<u8>) {
    serde_json::to_writer(bytes, value).expect("memory takes texts as JSON");
}
