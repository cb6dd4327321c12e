//! The head of a stored query: the lines that begin with `#+` are one YAML document, as grlc has it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceText;
use crate::tree::{self, Fields, Node, SourceValue, Value};
use std::collections::BTreeMap;

/// What a query is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be kept: it declares its prefixes, so that it runs anywhere, and its head says what it asks.
    Stored,
    /// To find faults: as one that is kept, and its head can say how much they matter.
    Check,
    /// To be asked once: it needs no summary, and knows the prefixes of [`PREFIXES`](crate::vocabulary::PREFIXES).
    Once,
}

/// What the head says.
#[derive(Default)]
pub(super) struct QueryHead {
    pub(super) summary: String,
    pub(super) description: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) columns: BTreeMap<String, String>,
    pub(super) parameters: Vec<Declaration>,
    /// The datasets that it asks about besides the corpus: names, or `all`.
    pub(super) datasets: Vec<SourceValue>,
    pub(super) severity: Option<String>,
}

/// What the head says of one parameter.
pub(super) struct Declaration {
    pub(super) name: SourceValue,
    pub(super) kind: Option<SourceValue>,
    pub(super) entity: Vec<SourceValue>,
    pub(super) description: Option<String>,
    pub(super) example: Option<String>,
    pub(super) required: Option<SourceValue>,
}

/// Keys that grlc gives a meaning, and that mean nothing here.
const OF_GRLC: [&str; 9] = [
    "defaults",
    "enumerate",
    "endpoint",
    "endpoint_in_url",
    "endpoint-method",
    "method",
    "mime",
    "pagination",
    "transform",
];

impl QueryHead {
    pub(super) fn read(source: &SourceText, purpose: Purpose, diagnostics: &mut Diagnostics) -> Self {
        let Some(masked) = masked(&source.text) else { return Self::default() };
        let masked = SourceText::new(source.file, masked);
        let length = masked.text.len();
        let Some(tree) = tree::yaml(&masked, 0..length, diagnostics) else { return Self::default() };
        let mut fields = Fields::of(tree, "the head of a query", diagnostics);
        let summary = match purpose {
            Purpose::Stored | Purpose::Check => fields.required("summary", diagnostics),
            Purpose::Once => fields.text("summary", diagnostics),
        };
        let description = fields.text("description", diagnostics);
        let tags = fields.texts("tags", diagnostics);
        let columns = entries(fields.take("columns"), "the key columns", diagnostics);
        let columns = columns.into_iter().filter_map(|(name, node)| Some((name.text, node.text(diagnostics)?.text)));
        let columns = columns.collect();
        let parameters = entries(fields.take("params"), "the key params", diagnostics);
        let parameters = parameters.into_iter().map(|(name, node)| declaration(name, node, diagnostics)).collect();
        let datasets = fields.texts("datasets", diagnostics);
        let severity = match purpose {
            Purpose::Check => fields.text("severity", diagnostics).map(|word| word.text),
            Purpose::Stored | Purpose::Once => None,
        };
        for key in OF_GRLC {
            fields.take(key);
        }
        fields.finish(diagnostics);
        Self {
            summary: summary.map(|words| words.text).unwrap_or_default(),
            description: description.map(|words| words.text),
            tags: tags.into_iter().map(|tag| tag.text).collect(),
            columns,
            parameters,
            datasets,
            severity,
        }
    }
}

/// The text with blanks in place of everything but the lines of the head, so that places stay what they are.
fn masked(text: &str) -> Option<String> {
    let mut any = false;
    let mut masked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("#+") {
            Some(rest) => {
                any = true;
                masked.push_str("  ");
                masked.push_str(rest);
            }
            None => masked.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' })),
        }
    }
    any.then_some(masked)
}

fn entries(node: Option<Node>, what: &'static str, diagnostics: &mut Diagnostics) -> Vec<(SourceValue, Node)> {
    let Some(node) = node else { return Vec::new() };
    match node.value {
        Value::Map(entries) => entries.into_iter().map(|entry| (entry.key, entry.node)).collect(),
        _ => {
            let message = format!("{what} has a name and a value for each");
            diagnostics.push(Diagnostic::new(Code::QueryHead, node.span, message));
            Vec::new()
        }
    }
}

fn declaration(name: SourceValue, node: Node, diagnostics: &mut Diagnostics) -> Declaration {
    let mut fields = Fields::of(node, "a parameter", diagnostics);
    let declaration = Declaration {
        name,
        kind: fields.text("type", diagnostics),
        entity: fields.texts("entity", diagnostics),
        description: fields.text("description", diagnostics).map(|words| words.text),
        example: fields.text("example", diagnostics).map(|words| words.text),
        required: fields.text("required", diagnostics),
    };
    fields.finish(diagnostics);
    declaration
}
