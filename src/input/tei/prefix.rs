//! Prefixes of addresses that a TEI file declares: TEI P5 Guidelines, section 16.2.3, `prefixDef`.

use crate::input::xml::Element;
use regex::{Captures, Regex, RegexBuilder};
use std::collections::HashMap;

/// The most bytes that a compiled pattern may take.
const PATTERN_LIMIT: usize = 1 << 18;
/// The most patterns that are remembered, and that a file can have.
const PATTERNS: usize = 100;

/// What the prefixes of a file stand for, in the order in which it declares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prefixes(Vec<Prefix>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Prefix {
    ident: String,
    /// The regular expression that all of what follows the prefix matches.
    pattern: String,
    /// What it stands for, with `$1` and so on for the groups of the pattern.
    replacement: String,
}

/// Patterns that were compiled; nothing where one cannot be.
#[derive(Debug, Default)]
pub(crate) struct Patterns(HashMap<String, Option<Regex>>);

/// What a reference comes to.
pub(crate) enum Expanded {
    /// It has no prefix of the file's.
    Plain,
    /// This.
    To(String),
    /// No pattern of its prefix fits it.
    Unclear,
}

impl Prefixes {
    /// The prefixes that are declared below an element.
    pub(crate) fn of(element: Element<'_>) -> Self {
        let definitions = element.descendants().filter(|element| element.name() == "prefixDef");
        let prefix = |definition: Element<'_>| {
            let definition = definition.mark_parents_used();
            let pattern = definition.value("matchPattern").unwrap_or("(.+)");
            Some(Prefix {
                ident: definition.value("ident")?.to_owned(),
                pattern: pattern.to_owned(),
                replacement: definition.value("replacementPattern")?.to_owned(),
            })
        };
        Self(definitions.take(PATTERNS).filter_map(prefix).collect())
    }

    /// These, and after them others.
    pub(crate) fn with(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self.0.truncate(PATTERNS);
        self
    }

    /// What a reference stands for: by the first definition of its prefix whose pattern fits.
    pub(crate) fn expand(&self, token: &str, patterns: &mut Patterns) -> Expanded {
        let Some((prefix, local)) = token.split_once(':') else { return Expanded::Plain };
        let mut known = false;
        for Prefix { pattern, replacement, .. } in self.0.iter().filter(|known| known.ident == prefix) {
            known = true;
            if let Some(found) = patterns.compiled(pattern).and_then(|pattern| pattern.captures(local)) {
                return Expanded::To(replace(replacement, &found));
            }
        }
        if known { Expanded::Unclear } else { Expanded::Plain }
    }
}

impl Patterns {
    fn compiled(&mut self, pattern: &str) -> Option<&Regex> {
        if self.0.len() == PATTERNS && !self.0.contains_key(pattern) {
            self.0.clear();
        }
        let compile = || RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(PATTERN_LIMIT).build().ok();
        self.0.entry(pattern.to_owned()).or_insert_with(compile).as_ref()
    }
}

/// A replacement with the groups of a match in place of `$1` to `$9`.
fn replace(replacement: &str, found: &Captures<'_>) -> String {
    let mut parts = replacement.split('$');
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let group = part.chars().next().and_then(|digit| digit.to_digit(10));
        match group.and_then(|group| found.get(group as usize)) {
            Some(group) => replaced.extend([group.as_str(), &part[1..]]),
            None => replaced.extend(["$", part]),
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::{Expanded, Patterns, Prefix, Prefixes};

    #[test]
    fn the_first_pattern_that_fits_says_what_a_reference_is() {
        let prefix = |ident: &str, pattern: &str, replacement: &str| Prefix {
            ident: ident.to_owned(),
            pattern: pattern.to_owned(),
            replacement: replacement.to_owned(),
        };
        let prefixes = Prefixes(vec![
            prefix("m", "p([0-9]+)", "https://d-nb.info/gnd/$1"),
            prefix("m", "([a-z]+)_([0-9]+)", "https://e.org/$2/$1?$9"),
            prefix("x", "(", "never"),
        ]);
        let expand = |token| match prefixes.expand(token, &mut Patterns::default()) {
            Expanded::To(address) => address,
            Expanded::Plain => "plain".to_owned(),
            Expanded::Unclear => "unclear".to_owned(),
        };
        assert_eq!(expand("m:p118540238"), "https://d-nb.info/gnd/118540238");
        assert_eq!(expand("m:abc_12"), "https://e.org/12/abc?$9");
        assert_eq!(expand("m:abc"), "unclear");
        assert_eq!(expand("x:("), "unclear");
        assert_eq!(expand("n:p1"), "plain");
        assert_eq!(expand("p1"), "plain");
    }
}
