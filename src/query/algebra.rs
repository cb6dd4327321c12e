//! What stands in the algebra of a query, one part after the other.

use oxigraph::model::{NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;
use std::iter;

/// What a query is made of.
#[derive(Clone, Copy)]
pub(super) enum AlgebraPart<'q> {
    Pattern(&'q GraphPattern),
    Expression(&'q Expression),
    Triple(&'q TriplePattern),
    Variable(&'q Variable),
}

/// Every part of a query, those inside others too.
pub(super) fn parts(query: &Query) -> impl Iterator<Item = AlgebraPart<'_>> {
    let (pattern, template) = match query {
        Query::Construct { pattern, template, .. } => (pattern, template.as_slice()),
        Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Describe { pattern, .. } => {
            (pattern, &[][..])
        }
    };
    parts_from(template.iter().map(AlgebraPart::Triple).chain([AlgebraPart::Pattern(pattern)]).collect())
}

/// The variables of a part of a query.
pub(super) fn variables_of(pattern: &GraphPattern) -> BTreeSet<&Variable> {
    parts_from(vec![AlgebraPart::Pattern(pattern)]).filter_map(variable).collect()
}

fn variable(part: AlgebraPart<'_>) -> Option<&Variable> {
    match part {
        AlgebraPart::Variable(variable) => Some(variable),
        _ => None,
    }
}

/// These parts of a query and every part inside them.
fn parts_from(mut left: Vec<AlgebraPart<'_>>) -> impl Iterator<Item = AlgebraPart<'_>> {
    iter::from_fn(move || {
        let part = left.pop()?;
        match part {
            AlgebraPart::Pattern(pattern) => add_parts_of_pattern(pattern, &mut left),
            AlgebraPart::Expression(expression) => add_parts_of_expression(expression, &mut left),
            AlgebraPart::Triple(TriplePattern { subject, predicate, object }) => {
                left.extend([in_term(subject), in_name(predicate), in_term(object)].into_iter().flatten());
            }
            AlgebraPart::Variable(_) => {}
        }
        Some(part)
    })
}

/// The graphs that a query asks by their names.
pub(super) fn named_graphs(query: &Query) -> BTreeSet<&NamedNode> {
    let graphs = parts(query).filter_map(|part| match part {
        AlgebraPart::Pattern(GraphPattern::Graph { name: NamedNodePattern::NamedNode(graph), .. }) => Some(graph),
        _ => None,
    });
    graphs.collect()
}

/// Every variable that a query names, wherever it stands.
pub(super) fn variables(query: &Query) -> BTreeSet<&Variable> {
    parts(query).filter_map(variable).collect()
}

fn add_parts_of_pattern<'q>(pattern: &'q GraphPattern, parts: &mut Vec<AlgebraPart<'q>>) {
    use GraphPattern as P;
    match pattern {
        P::Bgp { patterns } => parts.extend(patterns.iter().map(AlgebraPart::Triple)),
        P::Path { subject, object, .. } => parts.extend([subject, object].into_iter().filter_map(in_term)),
        P::Values { variables, .. } => parts.extend(variables.iter().map(AlgebraPart::Variable)),
        P::Join { left, right } | P::Lateral { left, right } | P::Union { left, right } | P::Minus { left, right } => {
            parts.extend([AlgebraPart::Pattern(left), AlgebraPart::Pattern(right)]);
        }
        P::LeftJoin { left, right, expression } => {
            parts.extend([AlgebraPart::Pattern(left), AlgebraPart::Pattern(right)]);
            parts.extend(expression.as_ref().map(AlgebraPart::Expression));
        }
        P::Filter { expr, inner } => parts.extend([AlgebraPart::Pattern(inner), AlgebraPart::Expression(expr)]),
        P::Extend { inner, variable, expression } => {
            parts.extend([
                AlgebraPart::Pattern(inner),
                AlgebraPart::Variable(variable),
                AlgebraPart::Expression(expression),
            ]);
        }
        P::OrderBy { inner, expression } => {
            parts.push(AlgebraPart::Pattern(inner));
            let keys = expression.iter().map(|(OrderExpression::Asc(key) | OrderExpression::Desc(key))| key);
            parts.extend(keys.map(AlgebraPart::Expression));
        }
        P::Group { inner, variables, aggregates } => {
            parts.push(AlgebraPart::Pattern(inner));
            parts.extend(variables.iter().map(AlgebraPart::Variable));
            for (variable, aggregate) in aggregates {
                parts.push(AlgebraPart::Variable(variable));
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    parts.push(AlgebraPart::Expression(expr));
                }
            }
        }
        P::Project { inner, variables } => {
            parts.push(AlgebraPart::Pattern(inner));
            parts.extend(variables.iter().map(AlgebraPart::Variable));
        }
        P::Graph { name, inner } | P::Service { name, inner, .. } => {
            parts.push(AlgebraPart::Pattern(inner));
            parts.extend(in_name(name));
        }
        P::Distinct { inner } | P::Reduced { inner } | P::Slice { inner, .. } => {
            parts.push(AlgebraPart::Pattern(inner));
        }
    }
}

fn add_parts_of_expression<'q>(expression: &'q Expression, parts: &mut Vec<AlgebraPart<'q>>) {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) => {}
        E::Variable(variable) | E::Bound(variable) => parts.push(AlgebraPart::Variable(variable)),
        E::Or(left, right)
        | E::And(left, right)
        | E::Equal(left, right)
        | E::SameTerm(left, right)
        | E::Greater(left, right)
        | E::GreaterOrEqual(left, right)
        | E::Less(left, right)
        | E::LessOrEqual(left, right)
        | E::Add(left, right)
        | E::Subtract(left, right)
        | E::Multiply(left, right)
        | E::Divide(left, right) => parts.extend([AlgebraPart::Expression(left), AlgebraPart::Expression(right)]),
        E::UnaryPlus(inner) | E::UnaryMinus(inner) | E::Not(inner) => parts.push(AlgebraPart::Expression(inner)),
        E::In(inner, list) => parts.extend(iter::once(&**inner).chain(list).map(AlgebraPart::Expression)),
        E::If(condition, then, otherwise) => {
            parts.extend([condition, then, otherwise].map(|inner| AlgebraPart::Expression(inner)));
        }
        E::Coalesce(list) | E::FunctionCall(_, list) => parts.extend(list.iter().map(AlgebraPart::Expression)),
        E::Exists(pattern) => parts.push(AlgebraPart::Pattern(pattern)),
    }
}

fn in_term(term: &TermPattern) -> Option<AlgebraPart<'_>> {
    match term {
        TermPattern::Variable(variable) => Some(AlgebraPart::Variable(variable)),
        TermPattern::Triple(triple) => Some(AlgebraPart::Triple(triple)),
        TermPattern::NamedNode(_) | TermPattern::BlankNode(_) | TermPattern::Literal(_) => None,
    }
}

fn in_name(name: &NamedNodePattern) -> Option<AlgebraPart<'_>> {
    match name {
        NamedNodePattern::Variable(variable) => Some(AlgebraPart::Variable(variable)),
        NamedNodePattern::NamedNode(_) => None,
    }
}
