//! The mapping profile `[tei]`: where an edition says who wrote to whom, when it does not say it in `correspAction`,
//! and what its own words for kinds of things mean.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Kind;
use crate::tree::{Fields, Node, Value, Written};
use std::collections::BTreeMap;

/// How an edition departs from common use.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Where those stand who sent a letter, if not in its action of sending.
    pub senders: Vec<ElementPath>,
    /// Where those stand who received it.
    pub recipients: Vec<ElementPath>,
    /// Where the places stand that it was sent from.
    pub sent_places: Vec<ElementPath>,
    /// Where the date stands at which it was sent.
    pub sent_dates: Vec<ElementPath>,
    /// What the words of `@type` mean: `person`, `place` and the other kinds.
    pub kinds: BTreeMap<String, Kind>,
}

/// A path to elements below the header: `particDesc//person[@role='sender']/persName`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementPath {
    /// The steps from the header down; there is at least one.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whether the element can be at any depth.
    pub anywhere: bool,
    /// The element's name.
    pub name: String,
    /// An attribute that it must have, and the value that this must have.
    pub attribute: Option<(String, Option<String>)>,
}

impl Profile {
    /// Reads the section `[tei]`.
    pub(super) fn read(node: Option<Node>, diagnostics: &mut Diagnostics) -> Self {
        let Some(node) = node else { return Self::default() };
        let mut fields = Fields::of(node, "the section [tei]", diagnostics);
        let mut paths = |key: &'static str, diagnostics: &mut Diagnostics| -> Vec<ElementPath> {
            let written = fields.texts(key, diagnostics);
            written.iter().filter_map(|path| element_path(path, diagnostics)).collect()
        };
        let (senders, recipients) = (paths("senders", diagnostics), paths("recipients", diagnostics));
        let (sent_places, sent_dates) = (paths("sent-places", diagnostics), paths("sent-dates", diagnostics));
        let kinds = kinds(fields.take("kinds"), diagnostics);
        fields.finish(diagnostics);
        Self { senders, recipients, sent_places, sent_dates, kinds }
    }

    /// What a word of `@type` means.
    pub fn kind(&self, word: &str) -> Option<Kind> {
        self.kinds.get(word).copied()
    }
}

fn element_path(written: &Written, diagnostics: &mut Diagnostics) -> Option<ElementPath> {
    let path = steps(&written.text).map(|steps| ElementPath { steps });
    if path.is_none() {
        let message = format!("\"{}\" is not a path of elements", written.text);
        let help = "write names with / or // between them, each with at most one condition: \
                    particDesc//person[@role='sender']/persName";
        diagnostics.push(Diagnostic::new(Code::InvalidPattern, written.span, message).help(help));
    }
    path
}

fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path.trim();
    loop {
        let anywhere = rest.starts_with("//");
        rest = rest.trim_start_matches('/');
        let end = rest.find(['/', '[']).unwrap_or(rest.len());
        let name = &rest[..end];
        let is_name = |text: &str| {
            !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'))
        };
        if !is_name(name) {
            return None;
        }
        rest = &rest[end..];
        let mut attribute = None;
        if let Some(condition) = rest.strip_prefix("[@") {
            let (condition, after) = condition.split_once(']')?;
            let (name, value) = match condition.split_once('=') {
                None => (condition.trim(), None),
                Some((name, value)) => {
                    let value = value.trim();
                    let quote = value.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
                    (name.trim(), Some(value.strip_prefix(quote)?.strip_suffix(quote)?.to_owned()))
                }
            };
            attribute = Some((is_name(name).then(|| name.to_owned())?, value));
            rest = after;
        }
        steps.push(Step { anywhere, name: name.to_owned(), attribute });
        match rest {
            "" => return Some(steps),
            rest if rest.starts_with('/') => {}
            _ => return None,
        }
    }
}

fn kinds(node: Option<Node>, diagnostics: &mut Diagnostics) -> BTreeMap<String, Kind> {
    let mut kinds = BTreeMap::new();
    let Some(node) = node else { return kinds };
    let Value::Map(entries) = node.value else {
        let message = "words and the kinds that they mean are expected here";
        let help = "write, below a line [tei.kinds], lines such as exhibition = \"event\"";
        diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message).help(help));
        return kinds;
    };
    for entry in entries {
        let Some(word) = entry.node.text(diagnostics) else { continue };
        match Kind::parse(&word.text).filter(|kind| *kind != Kind::Document) {
            Some(kind) => {
                kinds.insert(entry.key.text, kind);
            }
            None => {
                let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
                let message = format!("\"{}\" is no kind of thing", word.text);
                let help = format!("the kinds are {}", names.join(", "));
                diagnostics.push(Diagnostic::new(Code::UnknownKind, word.span, message).help(help));
            }
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn a_path_has_steps_with_or_without_conditions() {
        let step = |anywhere, name: &str, attribute: Option<(&str, Option<&str>)>| Step {
            anywhere,
            name: name.to_owned(),
            attribute: attribute.map(|(name, value)| (name.to_owned(), value.map(str::to_owned))),
        };
        assert_eq!(
            steps("particDesc//person[@role='sender']/persName[@ref]"),
            Some(vec![
                step(false, "particDesc", None),
                step(true, "person", Some(("role", Some("sender")))),
                step(false, "persName", Some(("ref", None))),
            ])
        );
        assert_eq!(steps("//author"), Some(vec![step(true, "author", None)]));
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["", "/", "a b", "a[", "a[b]", "a[@b=c]", "a[@b='c']d", "a/", "a//", "*"] {
            assert_eq!(steps(path), None, "{path}");
        }
    }
}
