//! `regesta.lock`: which state of each dataset the corpus was joined with.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Sources;
use crate::tree::{self, Fields, Node};
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of the lock file.
pub const LOCK_FILE: &str = "regesta.lock";

/// What is pinned, by the names of datasets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Each dataset's state.
    pub pins: BTreeMap<String, Pin>,
}

/// The state of one dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pin {
    /// The digest of its files.
    pub sha256: String,
    /// What the corpus is linked to in it and was found there when it was locked, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<String>,
}

/// The lock as it is written.
#[derive(Serialize)]
struct Written<'l> {
    dataset: Vec<Named<'l>>,
}

#[derive(Serialize)]
struct Named<'l> {
    name: &'l str,
    #[serde(flatten)]
    pin: &'l Pin,
}

impl Lock {
    /// Reads the lock file; an empty lock where there is none.
    pub(super) fn read(sources: &mut Sources, diagnostics: &mut Diagnostics) -> Self {
        if sources.root().join(LOCK_FILE).symlink_metadata().is_err() {
            return Self::default();
        }
        let file = sources.add(LOCK_FILE);
        let Some(source) = diagnostics.take(sources.open(file)) else { return Self::default() };
        let mut found = Diagnostics::default();
        let tree = tree::toml(&source, &mut found);
        if found.has_errors() {
            let message = "the lock file cannot be read";
            let help = "put it back as it was; or take it away and pin what is there now: regesta lock";
            found.push(Diagnostic::new(Code::DatasetNotLocked, Sources::whole(file), message).help(help));
            diagnostics.append(found);
            return Self::default();
        }
        let mut fields = Fields::of(tree, "the lock file", diagnostics);
        let mut pins = BTreeMap::new();
        for node in fields.take("dataset").map(Node::into_list).unwrap_or_default() {
            let mut fields = Fields::of(node, "a pinned dataset", diagnostics);
            let name = fields.required("name", diagnostics);
            let sha256 = fields.required("sha256", diagnostics);
            let linked = fields.texts("linked", diagnostics).into_iter().map(|iri| iri.text).collect();
            fields.finish(diagnostics);
            if let (Some(name), Some(sha256)) = (name, sha256) {
                pins.insert(name.text, Pin { sha256: sha256.text, linked });
            }
        }
        fields.finish(diagnostics);
        Self { pins }
    }

    /// The lock as a text.
    pub fn to_text(&self) -> String {
        let dataset = self.pins.iter().map(|(name, pin)| Named { name, pin }).collect();
        let toml = toml::to_string_pretty(&Written { dataset }).expect("a lock has only texts");
        format!("# Written by `regesta lock`. It belongs to the corpus: keep it with the other files.\n\n{toml}")
    }
}
