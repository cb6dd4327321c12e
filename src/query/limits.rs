//! What a query may ask for: checked before it is parsed, and again before it is evaluated.
//!
//! A parser or planner that runs out of stack ends the whole program, and planning takes time that grows much faster
//! than the number of triple patterns; so both are bounded here.

use super::algebra::{AlgebraPart, parts};
use spargebra::Query;
use spargebra::algebra::{GraphPattern, PropertyPathExpression};

/// The most bytes of a query.
pub const TEXT_LIMIT: usize = 64 * 1024;
/// The most brackets that stand open at once.
pub const NESTING_LIMIT: usize = 64;
/// The most triple patterns of one group.
const GROUP_LIMIT: usize = 64;
/// The most triple patterns and paths in all.
const PATTERN_LIMIT: usize = 256;
/// The most UNIONs.
const UNION_LIMIT: usize = 512;
/// The most OPTIONALs.
const OPTIONAL_LIMIT: usize = 128;
/// The most rows of all VALUES together.
const VALUES_LIMIT: usize = 10_000;
/// The most parts of any kind that a query is planned from.
const NODE_LIMIT: usize = 2048;
/// The most operators and function calls.
const EXPRESSION_LIMIT: usize = 4096;

/// Why a text is not even parsed.
pub(super) struct Refusal {
    pub(super) at: usize,
    pub(super) message: String,
}

/// Checks the length of a query and how deeply its brackets stand in each other.
pub(super) fn check_text(text: &str) -> Result<(), Refusal> {
    if text.len() > TEXT_LIMIT {
        return Err(Refusal {
            at: 0,
            message: format!("a query has at most {TEXT_LIMIT} bytes, this one has {}", text.len()),
        });
    }
    let mut open = 0_usize;
    for at in code_positions(text) {
        match text.as_bytes()[at] {
            b'{' | b'(' | b'[' => open += 1,
            b'}' | b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > NESTING_LIMIT {
            return Err(Refusal {
                at,
                message: format!("brackets stand more than {NESTING_LIMIT} deep in each other here"),
            });
        }
    }
    Ok(())
}

/// The places of a query's characters outside strings, IRIs and comments (SPARQL 1.1, section 19.8).
///
/// A sign that only looks like the beginning of an IRI, as in `?a < ?b`, leaves more text to be looked at, never less.
pub(super) fn code_positions(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let here = at;
            at = match bytes[here] {
                b'#' => end_of_line(bytes, here),
                b'<' => end_of_iri(bytes, here),
                b'"' | b'\'' => end_of_string(bytes, here),
                _ => here + 1,
            };
            let code = !matches!(bytes[here], b'#' | b'<' | b'"' | b'\'') && text.is_char_boundary(here);
            if code {
                return Some(here);
            }
        }
        None
    })
}

fn end_of_line(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |length| start + length)
}

fn end_of_iri(bytes: &[u8], start: usize) -> usize {
    let stops = |byte: &u8| *byte <= b' ' || b"<\"{}|^`\\".contains(byte);
    let rest = &bytes[start + 1..];
    match rest.iter().position(|byte| *byte == b'>' || stops(byte)) {
        Some(length) if rest[length] == b'>' => start + length + 2,
        _ => start + 1,
    }
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let long = bytes[start..].starts_with(&[quote; 3]);
    let close = if long { 3 } else { 1 };
    let mut at = start + close;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' | b'\r' if !long => return at,
            _ if bytes[at..].starts_with(&[quote; 3][..close]) => return at + close,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The words of a query outside strings, IRIs and comments, each with its place.
fn code_words(text: &str) -> Vec<(usize, &str)> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-:.?$".contains(&byte);
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut last = None;
    for at in code_positions(text).filter(|at| is_word(text.as_bytes()[*at])) {
        match words.last_mut() {
            Some((start, word)) if last == Some(at.wrapping_sub(1)) => *word = &text[*start..=at],
            _ => words.push((at, &text[at..=at])),
        }
        last = Some(at);
    }
    words
}

/// The keyword by which a text turns out to be an update, and its place.
pub(super) fn update(text: &str) -> Option<(usize, &str)> {
    const UPDATES: [&str; 10] = ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"];
    const QUERIES: [&str; 4] = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
    let is = |word: &str, list: &[&str]| list.iter().any(|keyword| keyword.eq_ignore_ascii_case(word));
    let mut words = code_words(text).into_iter();
    words.find(|(_, word)| is(word, &UPDATES) || is(word, &QUERIES)).filter(|(_, word)| is(word, &UPDATES))
}

/// The first prefix that a query uses and neither declares nor knows, and its place.
pub(super) fn undeclared_prefix(text: &str, known: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
    let words = code_words(text);
    let declared: Vec<&str> = words
        .windows(2)
        .filter(|pair| pair[0].1.eq_ignore_ascii_case("PREFIX"))
        .filter_map(|pair| pair[1].1.split_once(':').map(|(prefix, _)| prefix))
        .collect();
    words.into_iter().find_map(|(at, word)| {
        let (prefix, _) = word.split_once(':')?;
        let name = prefix.starts_with(|first: char| first.is_ascii_alphabetic());
        (name && !declared.contains(&prefix) && !known(prefix)).then_some((at, prefix))
    })
}

/// Counts what a query is made of; why it is refused.
pub(super) fn check_algebra(query: &Query) -> Result<(), String> {
    let count = Count::of(query);
    let limits = [
        (count.largest_group, GROUP_LIMIT, "triple patterns in one group"),
        (count.patterns, PATTERN_LIMIT, "triple patterns"),
        (count.unions, UNION_LIMIT, "UNIONs"),
        (count.optionals, OPTIONAL_LIMIT, "OPTIONALs"),
        (count.rows, VALUES_LIMIT, "rows of VALUES"),
        (count.expressions, EXPRESSION_LIMIT, "operators and function calls"),
        (count.nodes, NODE_LIMIT, "groups, joins and assignments"),
    ];
    for (found, limit, what) in limits {
        if found > limit {
            return Err(format!("a query has at most {limit} {what}, this one has {found}"));
        }
    }
    if count.services > 0 {
        return Err("SERVICE is refused: queries never leave this computer".to_owned());
    }
    Ok(())
}

#[derive(Default)]
struct Count {
    largest_group: usize,
    patterns: usize,
    unions: usize,
    optionals: usize,
    rows: usize,
    services: usize,
    expressions: usize,
    nodes: usize,
}

impl Count {
    fn of(query: &Query) -> Self {
        let mut count = Self::default();
        if let Query::Construct { template, .. } = query {
            count.patterns += template.len();
        }
        for part in parts(query) {
            match part {
                AlgebraPart::Pattern(pattern) => count.pattern(pattern),
                AlgebraPart::Expression(_) => count.expressions += 1,
                AlgebraPart::Triple(_) | AlgebraPart::Variable(_) => {}
            }
        }
        count
    }

    fn pattern(&mut self, pattern: &GraphPattern) {
        use GraphPattern as P;
        self.nodes += 1;
        match pattern {
            P::Bgp { patterns } => {
                self.largest_group = self.largest_group.max(patterns.len());
                self.patterns += patterns.len();
            }
            P::Path { path, .. } => self.path(path),
            P::Union { .. } => self.unions += 1,
            P::LeftJoin { .. } => self.optionals += 1,
            P::Values { bindings, .. } => self.rows += bindings.len(),
            P::Service { .. } => self.services += 1,
            _ => {}
        }
    }

    /// Every element of a path is planned like a triple pattern.
    fn path(&mut self, path: &PropertyPathExpression) {
        use PropertyPathExpression as P;
        match path {
            P::NamedNode(_) => self.patterns += 1,
            P::NegatedPropertySet(properties) => self.patterns += properties.len(),
            P::Reverse(inner) | P::ZeroOrMore(inner) | P::OneOrMore(inner) | P::ZeroOrOne(inner) => self.path(inner),
            P::Sequence(left, right) | P::Alternative(left, right) => {
                self.path(left);
                self.path(right);
            }
        }
    }
}
