//! Patterns that stand behind an OPTIONAL, which are evaluated alone, over the whole graph, and compared afterwards.

use super::algebra::{AlgebraPart, parts, variables_of};
use crate::vocabulary::shortened;
use oxigraph::model::Variable;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// A pattern behind an OPTIONAL.
pub(super) struct LatePattern {
    /// How it can be recognised: its first triple.
    pub(super) pattern: String,
    /// The variable that only the OPTIONAL has, where the pattern needs it.
    pub(super) needs: Option<String>,
}

/// The patterns of a query that stand behind an OPTIONAL of the same group.
pub(super) fn late_patterns(query: &Query) -> Vec<LatePattern> {
    let joins = parts(query).filter_map(|part| match part {
        AlgebraPart::Pattern(GraphPattern::Join { left, right }) => Some((left, right)),
        _ => None,
    });
    joins.filter_map(|(left, right)| late_pattern(left, right)).collect()
}

/// What stands behind the OPTIONALs of a group; nothing where the group has none.
fn late_pattern(group: &GraphPattern, behind: &GraphPattern) -> Option<LatePattern> {
    let mut optionals = Vec::new();
    add_optionals(group, &mut optionals);
    if optionals.is_empty() {
        return None;
    }
    let needed = variables_of(behind);
    let needs = optionals.iter().find_map(|(before, optional)| {
        let (known, of_optional) = (variables_of(before), variables_of(optional));
        of_optional.into_iter().find(|variable| needed.contains(variable) && !known.contains(variable))
    });
    let pattern = first_triple(behind, needs)?;
    Some(LatePattern { pattern, needs: needs.map(ToString::to_string) })
}

/// The OPTIONALs of a group, each with what stands before it.
fn add_optionals<'q>(pattern: &'q GraphPattern, optionals: &mut Vec<(&'q GraphPattern, &'q GraphPattern)>) {
    let mut left = vec![pattern];
    while let Some(pattern) = left.pop() {
        match pattern {
            GraphPattern::LeftJoin { left: before, right: optional, .. } => {
                optionals.push((before, optional));
                left.push(before);
            }
            GraphPattern::Join { left: one, right: other } => left.extend([&**one, other]),
            GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } => left.push(inner),
            _ => {}
        }
    }
}

/// The first triple of a pattern that finds something in the graph by itself; of those with a variable, if one is named.
fn first_triple(pattern: &GraphPattern, variable: Option<&Variable>) -> Option<String> {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            let has = |one: &&TriplePattern| {
                variable
                    .is_none_or(|variable| [&one.subject, &one.object].contains(&&TermPattern::from(variable.clone())))
            };
            patterns.iter().find(has).or(patterns.first()).map(triple)
        }
        GraphPattern::Path { subject, object, .. } => Some(format!("{} … {}", term(subject), term(object))),
        GraphPattern::Graph { inner, .. } => first_triple(inner, variable),
        _ => None,
    }
}

fn triple(TriplePattern { subject, predicate, object }: &TriplePattern) -> String {
    let predicate = match predicate {
        NamedNodePattern::NamedNode(name) => shortened(name.as_str()).unwrap_or_else(|| name.to_string()),
        NamedNodePattern::Variable(variable) => variable.to_string(),
    };
    format!("{} {predicate} {}", term(subject), term(object))
}

fn term(term: &TermPattern) -> String {
    match term {
        TermPattern::NamedNode(name) => shortened(name.as_str()).unwrap_or_else(|| name.to_string()),
        other => other.to_string(),
    }
}
