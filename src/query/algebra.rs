//! What stands in the algebra of a query, one part after the other.

use oxigraph::model::{NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;
use std::iter;

/// What a query is made of.
#[derive(Clone, Copy)]
pub(super) enum Part<'q> {
    Pattern(&'q GraphPattern),
    Expression(&'q Expression),
    Triple(&'q TriplePattern),
    Variable(&'q Variable),
}

/// Every part of a query, those inside others too.
pub(super) fn parts(query: &Query) -> impl Iterator<Item = Part<'_>> {
    let (pattern, template) = match query {
        Query::Construct { pattern, template, .. } => (pattern, template.as_slice()),
        Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Describe { pattern, .. } => {
            (pattern, &[][..])
        }
    };
    let mut left: Vec<Part<'_>> = template.iter().map(Part::Triple).chain([Part::Pattern(pattern)]).collect();
    iter::from_fn(move || {
        let part = left.pop()?;
        match part {
            Part::Pattern(pattern) => add_parts_of_pattern(pattern, &mut left),
            Part::Expression(expression) => add_parts_of_expression(expression, &mut left),
            Part::Triple(TriplePattern { subject, predicate, object }) => {
                left.extend([in_term(subject), in_name(predicate), in_term(object)].into_iter().flatten());
            }
            Part::Variable(_) => {}
        }
        Some(part)
    })
}

/// The graphs that a query asks by their names.
pub(super) fn named_graphs(query: &Query) -> BTreeSet<&NamedNode> {
    let graphs = parts(query).filter_map(|part| match part {
        Part::Pattern(GraphPattern::Graph { name: NamedNodePattern::NamedNode(graph), .. }) => Some(graph),
        _ => None,
    });
    graphs.collect()
}

/// Every variable that a query names, wherever it stands.
pub(super) fn variables(query: &Query) -> BTreeSet<&Variable> {
    let variables = parts(query).filter_map(|part| match part {
        Part::Variable(variable) => Some(variable),
        _ => None,
    });
    variables.collect()
}

fn add_parts_of_pattern<'q>(pattern: &'q GraphPattern, parts: &mut Vec<Part<'q>>) {
    use GraphPattern as P;
    match pattern {
        P::Bgp { patterns } => parts.extend(patterns.iter().map(Part::Triple)),
        P::Path { subject, object, .. } => parts.extend([subject, object].into_iter().filter_map(in_term)),
        P::Values { variables, .. } => parts.extend(variables.iter().map(Part::Variable)),
        P::Join { left, right } | P::Lateral { left, right } | P::Union { left, right } | P::Minus { left, right } => {
            parts.extend([Part::Pattern(left), Part::Pattern(right)]);
        }
        P::LeftJoin { left, right, expression } => {
            parts.extend([Part::Pattern(left), Part::Pattern(right)]);
            parts.extend(expression.as_ref().map(Part::Expression));
        }
        P::Filter { expr, inner } => parts.extend([Part::Pattern(inner), Part::Expression(expr)]),
        P::Extend { inner, variable, expression } => {
            parts.extend([Part::Pattern(inner), Part::Variable(variable), Part::Expression(expression)]);
        }
        P::OrderBy { inner, expression } => {
            parts.push(Part::Pattern(inner));
            let keys = expression.iter().map(|(OrderExpression::Asc(key) | OrderExpression::Desc(key))| key);
            parts.extend(keys.map(Part::Expression));
        }
        P::Group { inner, variables, aggregates } => {
            parts.push(Part::Pattern(inner));
            parts.extend(variables.iter().map(Part::Variable));
            for (variable, aggregate) in aggregates {
                parts.push(Part::Variable(variable));
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    parts.push(Part::Expression(expr));
                }
            }
        }
        P::Project { inner, variables } => {
            parts.push(Part::Pattern(inner));
            parts.extend(variables.iter().map(Part::Variable));
        }
        P::Graph { name, inner } | P::Service { name, inner, .. } => {
            parts.push(Part::Pattern(inner));
            parts.extend(in_name(name));
        }
        P::Distinct { inner } | P::Reduced { inner } | P::Slice { inner, .. } => parts.push(Part::Pattern(inner)),
    }
}

fn add_parts_of_expression<'q>(expression: &'q Expression, parts: &mut Vec<Part<'q>>) {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) => {}
        E::Variable(variable) | E::Bound(variable) => parts.push(Part::Variable(variable)),
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
        | E::Divide(left, right) => parts.extend([Part::Expression(left), Part::Expression(right)]),
        E::UnaryPlus(inner) | E::UnaryMinus(inner) | E::Not(inner) => parts.push(Part::Expression(inner)),
        E::In(inner, list) => parts.extend(iter::once(&**inner).chain(list).map(Part::Expression)),
        E::If(condition, then, otherwise) => {
            parts.extend([condition, then, otherwise].map(|inner| Part::Expression(inner)));
        }
        E::Coalesce(list) | E::FunctionCall(_, list) => parts.extend(list.iter().map(Part::Expression)),
        E::Exists(pattern) => parts.push(Part::Pattern(pattern)),
    }
}

fn in_term(term: &TermPattern) -> Option<Part<'_>> {
    match term {
        TermPattern::Variable(variable) => Some(Part::Variable(variable)),
        TermPattern::Triple(triple) => Some(Part::Triple(triple)),
        TermPattern::NamedNode(_) | TermPattern::BlankNode(_) | TermPattern::Literal(_) => None,
    }
}

fn in_name(name: &NamedNodePattern) -> Option<Part<'_>> {
    match name {
        NamedNodePattern::Variable(variable) => Some(Part::Variable(variable)),
        NamedNodePattern::NamedNode(_) => None,
    }
}
