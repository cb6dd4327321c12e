//! The mapping profile `[tei]`: where an edition says who wrote to whom, when it does not say it in `correspAction`,
//! and what its own words for kinds of things mean.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Concept, ConceptList, Kind};
use crate::source::Span;
use crate::tree::{Fields, Node, SourceValue, Value};
use std::collections::BTreeMap;

/// How an edition departs from common use.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Which elements of a file are letters, where it is not the whole file; the other paths begin in each of them then.
    pub letters: Vec<ElementPath>,
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
    /// What the words of `correspAction/@type` mean: `sent`, `received` and the other types of action.
    pub actions: BTreeMap<String, Concept>,
    /// The attributes of names that say who or what is meant, in the order in which they count; none where they are the usual.
    pub references: Vec<String>,
    /// The attributes of entries of registers that have ids of theirs, besides the usual.
    pub entry_ids: Vec<String>,
    /// Whether the lists of persons and places in a letter are its own, so that their ids mean nothing elsewhere.
    pub own_lists: bool,
}

/// A path to elements below the header: `particDesc//person[@role='sender']/persName`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementPath {
    /// The steps from the header down; there is at least one.
    pub steps: Vec<PathStep>,
    /// Where the profile has it.
    pub span: Span,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathStep {
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
        let letters = paths("letters", diagnostics);
        let (senders, recipients) = (paths("senders", diagnostics), paths("recipients", diagnostics));
        let (sent_places, sent_dates) = (paths("sent-places", diagnostics), paths("sent-dates", diagnostics));
        let kinds = kinds(fields.take("kinds"), diagnostics);
        let actions = actions(fields.take("actions"), diagnostics);
        let references = attributes(fields.texts("references", diagnostics), diagnostics);
        let entry_ids = attributes(fields.texts("entry-ids", diagnostics), diagnostics);
        let own_lists = own_lists(fields.text("own-lists", diagnostics), diagnostics);
        fields.finish(diagnostics);
        Self { letters, senders, recipients, sent_places, sent_dates, kinds, actions, references, entry_ids, own_lists }
    }

    /// What a word of `correspAction/@type` means.
    pub fn action(&self, word: &str) -> Option<Concept> {
        self.actions.get(word).copied()
    }

    /// All paths.
    pub fn paths(&self) -> impl Iterator<Item = &ElementPath> {
        self.letters.iter().chain(self.paths_in_letters())
    }

    /// The paths that begin in each letter.
    pub fn paths_in_letters(&self) -> impl Iterator<Item = &ElementPath> {
        [&self.senders, &self.recipients, &self.sent_places, &self.sent_dates].into_iter().flatten()
    }

    /// Whether there is any path that begins in a letter, so that a letter can do without a `correspDesc`.
    pub fn has_paths(&self) -> bool {
        self.paths_in_letters().next().is_some()
    }

    /// What a word of `@type` means.
    pub fn kind(&self, word: &str) -> Option<Kind> {
        self.kinds.get(word).copied()
    }
}

fn element_path(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<ElementPath> {
    let path = steps(&written.text).map(|steps| ElementPath { steps, span: written.span });
    if path.is_none() {
        let message = format!("\"{}\" is not a path of elements", written.text);
        let help = "write names with / or // between them, each with at most one condition: \
                    particDesc//person[@role='sender']/persName";
        diagnostics.push(Diagnostic::new(Code::InvalidPattern, written.span, message).help(help));
    }
    path
}

fn steps(path: &str) -> Option<Vec<PathStep>> {
    let mut steps = Vec::new();
    let mut rest = path.trim();
    loop {
        let anywhere = rest.starts_with("//");
        rest = rest.trim_start_matches('/');
        let end = rest.find(['/', '[']).unwrap_or(rest.len());
        let name = &rest[..end];
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
        steps.push(PathStep { anywhere, name: name.to_owned(), attribute });
        match rest {
            "" => return Some(steps),
            rest if rest.starts_with('/') => {}
            _ => return None,
        }
    }
}

/// Names of attributes.
fn attributes(written: Vec<SourceValue>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let read = written.into_iter().filter_map(|name| {
        let plain = name.text.trim_start_matches('@');
        if is_name(plain.strip_prefix("xml:").unwrap_or(plain)) {
            return Some(plain.to_owned());
        }
        let message = format!("\"{}\" is not the name of an attribute", name.text);
        let help = "write names as in references = [\"key\", \"ref\"]; those of XML's own attributes begin with xml:, as in \
                    entry-ids = [\"xml:base\"]";
        diagnostics.push(Diagnostic::new(Code::InvalidPattern, name.span, message).help(help));
        None
    });
    read.collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.'))
}

fn kinds(node: Option<Node>, diagnostics: &mut Diagnostics) -> BTreeMap<String, Kind> {
    let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
    let help = "write, below a line [tei.kinds], lines such as exhibition = \"event\"";
    meanings(node, help, (Code::UnknownKind, "kind of thing", &names), Kind::parse, diagnostics)
}

fn actions(node: Option<Node>, diagnostics: &mut Diagnostics) -> BTreeMap<String, Concept> {
    let list = ConceptList::ACTION_TYPE;
    let help = "write, below a line [tei.actions], lines such as sentBy = \"sent\"";
    meanings(node, help, (Code::UnknownValue, list.name, list.values), |word| list.value(word), diagnostics)
}

/// Words of an edition, and what they mean.
fn meanings<T>(
    node: Option<Node>,
    how: &str,
    (code, what, values): (Code, &str, &[&str]),
    means: impl Fn(&str) -> Option<T>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, T> {
    let mut found = BTreeMap::new();
    let Some(node) = node else { return found };
    let Value::Map(entries) = node.value else {
        let message = "words and what they mean are expected here";
        diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message).help(how));
        return found;
    };
    for entry in entries {
        let Some(word) = entry.node.text(diagnostics) else { continue };
        match means(&word.text) {
            Some(value) => {
                found.insert(entry.key.text, value);
            }
            None => {
                let message = format!("\"{}\" is no {what}", word.text);
                let help = format!("there are {}", values.join(", "));
                diagnostics.push(Diagnostic::new(code, word.span, message).help(help));
            }
        }
    }
    found
}

fn own_lists(written: Option<SourceValue>, diagnostics: &mut Diagnostics) -> bool {
    let Some(written) = written else { return false };
    if !matches!(written.text.as_str(), "true" | "false") {
        let diagnostic = Diagnostic::new(Code::WrongShape, written.span, "true or false is expected here");
        diagnostics.push(
            diagnostic.help("write own-lists = true where an id in the list of one letter means nothing in another"),
        );
    }
    written.text == "true"
}

#[cfg(test)]
mod tests {
    use super::{PathStep, steps};

    #[test]
    fn a_path_has_steps_with_or_without_conditions() {
        let step = |anywhere, name: &str, attribute: Option<(&str, Option<&str>)>| PathStep {
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
