//! Terms in the place of parameters, in the parsed algebra: wherever the variable stands, and whether or not it is
//! projected. Nothing is ever pasted into text.

use super::parameter::Value;
use oxigraph::model::Variable;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeMap;

/// The values of parameters, by their variables.
pub(super) type Values<'v> = BTreeMap<&'v Variable, &'v Value>;
type Bound<T> = Result<T, String>;

/// The query with values in place of variables; why that cannot be.
pub(super) fn bind(query: Query, values: &Values<'_>) -> Bound<Query> {
    Ok(match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: pattern_of(pattern, values)?, base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: pattern_of(pattern, values)?, base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: pattern_of(pattern, values)?, base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            let template = template.into_iter().map(|triple| triple_of(triple, values)).collect::<Bound<_>>()?;
            Query::Construct { template, dataset, pattern: pattern_of(pattern, values)?, base_iri }
        }
    })
}

/// The variables that a query shows.
pub(super) fn projected(pattern: &GraphPattern) -> Vec<Variable> {
    match pattern {
        GraphPattern::Project { variables, .. } => variables.clone(),
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. } => projected(inner),
        _ => Vec::new(),
    }
}

fn boxed(pattern: GraphPattern, values: &Values<'_>) -> Bound<Box<GraphPattern>> {
    pattern_of(pattern, values).map(Box::new)
}

fn pattern_of(pattern: GraphPattern, values: &Values<'_>) -> Bound<GraphPattern> {
    use GraphPattern as P;
    Ok(match pattern {
        P::Bgp { patterns } => {
            P::Bgp { patterns: patterns.into_iter().map(|triple| triple_of(triple, values)).collect::<Bound<_>>()? }
        }
        P::Path { subject, path, object } => {
            P::Path { subject: subject_of(subject, values)?, path, object: term_of(object, values)? }
        }
        P::Join { left, right } => P::Join { left: boxed(*left, values)?, right: boxed(*right, values)? },
        P::Lateral { left, right } => P::Lateral { left: boxed(*left, values)?, right: boxed(*right, values)? },
        P::LeftJoin { left, right, expression } => P::LeftJoin {
            left: boxed(*left, values)?,
            right: boxed(*right, values)?,
            expression: expression.map(|expression| expression_of(expression, values)).transpose()?,
        },
        P::Filter { expr, inner } => P::Filter { expr: expression_of(expr, values)?, inner: boxed(*inner, values)? },
        P::Union { left, right } => P::Union { left: boxed(*left, values)?, right: boxed(*right, values)? },
        P::Graph { name, inner } => P::Graph { name: name_of(name, values)?, inner: boxed(*inner, values)? },
        P::Extend { inner, variable, expression } => {
            free(&variable, values)?;
            P::Extend { inner: boxed(*inner, values)?, variable, expression: expression_of(expression, values)? }
        }
        P::Minus { left, right } => P::Minus { left: boxed(*left, values)?, right: boxed(*right, values)? },
        P::Values { variables, bindings } => {
            variables.iter().try_for_each(|variable| free(variable, values))?;
            P::Values { variables, bindings }
        }
        P::OrderBy { inner, expression } => P::OrderBy {
            inner: boxed(*inner, values)?,
            expression: expression.into_iter().map(|order| order_of(order, values)).collect::<Bound<_>>()?,
        },
        P::Project { inner, variables } => {
            let inner = pattern_of(*inner, values)?;
            P::Project { inner: Box::new(shown(inner, &variables, values)), variables }
        }
        P::Distinct { inner } => P::Distinct { inner: boxed(*inner, values)? },
        P::Reduced { inner } => P::Reduced { inner: boxed(*inner, values)? },
        P::Slice { inner, start, length } => P::Slice { inner: boxed(*inner, values)?, start, length },
        P::Group { inner, variables, aggregates } => {
            for (variable, _) in &aggregates {
                free(variable, values)?;
            }
            let aggregates = aggregates
                .into_iter()
                .map(|(variable, aggregate)| Ok((variable, aggregate_of(aggregate, values)?)))
                .collect::<Bound<_>>()?;
            let inner = boxed(*inner, values)?;
            let variables = variables.into_iter().filter(|variable| !values.contains_key(variable)).collect();
            P::Group { inner, variables, aggregates }
        }
        P::Service { name, inner, silent } => {
            P::Service { name: name_of(name, values)?, inner: boxed(*inner, values)?, silent }
        }
    })
}

/// A parameter takes a value from outside, so the query may not give it one.
fn free(variable: &Variable, values: &Values<'_>) -> Bound<()> {
    if values.contains_key(variable) {
        return Err(format!("the query itself assigns {variable}, so it cannot be a parameter"));
    }
    Ok(())
}

/// The pattern with every projected parameter assigned its value, so that it is a column.
fn shown(inner: GraphPattern, projected: &[Variable], values: &Values<'_>) -> GraphPattern {
    let parameters = projected.iter().filter_map(|variable| values.get_key_value(variable));
    parameters.fold(inner, |inner, (variable, value)| GraphPattern::Extend {
        inner: Box::new(inner),
        variable: (*variable).clone(),
        expression: constant(value),
    })
}

fn constant(value: &Value) -> Expression {
    match value {
        Value::Iri(iri) => Expression::NamedNode(iri.clone()),
        Value::Literal(literal) => Expression::Literal(literal.clone()),
    }
}

fn triple_of(triple: TriplePattern, values: &Values<'_>) -> Bound<TriplePattern> {
    Ok(TriplePattern {
        subject: subject_of(triple.subject, values)?,
        predicate: name_of(triple.predicate, values)?,
        object: term_of(triple.object, values)?,
    })
}

fn term_of(term: TermPattern, values: &Values<'_>) -> Bound<TermPattern> {
    Ok(match term {
        TermPattern::Variable(variable) => match values.get(&variable) {
            Some(Value::Iri(iri)) => TermPattern::NamedNode(iri.clone()),
            Some(Value::Literal(literal)) => TermPattern::Literal(literal.clone()),
            None => TermPattern::Variable(variable),
        },
        TermPattern::Triple(triple) => TermPattern::Triple(Box::new(triple_of(*triple, values)?)),
        other => other,
    })
}

fn subject_of(term: TermPattern, values: &Values<'_>) -> Bound<TermPattern> {
    let variable = term.to_string();
    match term_of(term, values)? {
        TermPattern::Literal(literal) => Err(format!("{literal} cannot stand in the place of {variable}, a subject")),
        term => Ok(term),
    }
}

fn name_of(name: NamedNodePattern, values: &Values<'_>) -> Bound<NamedNodePattern> {
    let NamedNodePattern::Variable(variable) = &name else { return Ok(name) };
    match values.get(variable) {
        Some(Value::Iri(iri)) => Ok(NamedNodePattern::NamedNode(iri.clone())),
        Some(other) => Err(format!("{other} cannot stand in the place of {variable}, which must be an IRI")),
        None => Ok(name),
    }
}

fn order_of(order: OrderExpression, values: &Values<'_>) -> Bound<OrderExpression> {
    Ok(match order {
        OrderExpression::Asc(expression) => OrderExpression::Asc(expression_of(expression, values)?),
        OrderExpression::Desc(expression) => OrderExpression::Desc(expression_of(expression, values)?),
    })
}

fn aggregate_of(aggregate: AggregateExpression, values: &Values<'_>) -> Bound<AggregateExpression> {
    Ok(match aggregate {
        AggregateExpression::CountSolutions { distinct } => AggregateExpression::CountSolutions { distinct },
        AggregateExpression::FunctionCall { name, expr, distinct } => {
            AggregateExpression::FunctionCall { name, expr: expression_of(expr, values)?, distinct }
        }
    })
}

fn expression_of(expression: Expression, values: &Values<'_>) -> Bound<Expression> {
    use Expression as E;
    let one = |inner: Box<Expression>| expression_of(*inner, values).map(Box::new);
    let several =
        |list: Vec<Expression>| list.into_iter().map(|inner| expression_of(inner, values)).collect::<Bound<Vec<_>>>();
    Ok(match expression {
        E::Variable(variable) => match values.get(&variable) {
            Some(value) => constant(value),
            None => E::Variable(variable),
        },
        E::Bound(variable) if values.contains_key(&variable) => E::Literal(true.into()),
        E::NamedNode(_) | E::Literal(_) | E::Bound(_) => expression,
        E::Or(left, right) => E::Or(one(left)?, one(right)?),
        E::And(left, right) => E::And(one(left)?, one(right)?),
        E::Equal(left, right) => E::Equal(one(left)?, one(right)?),
        E::SameTerm(left, right) => E::SameTerm(one(left)?, one(right)?),
        E::Greater(left, right) => E::Greater(one(left)?, one(right)?),
        E::GreaterOrEqual(left, right) => E::GreaterOrEqual(one(left)?, one(right)?),
        E::Less(left, right) => E::Less(one(left)?, one(right)?),
        E::LessOrEqual(left, right) => E::LessOrEqual(one(left)?, one(right)?),
        E::Add(left, right) => E::Add(one(left)?, one(right)?),
        E::Subtract(left, right) => E::Subtract(one(left)?, one(right)?),
        E::Multiply(left, right) => E::Multiply(one(left)?, one(right)?),
        E::Divide(left, right) => E::Divide(one(left)?, one(right)?),
        E::UnaryPlus(inner) => E::UnaryPlus(one(inner)?),
        E::UnaryMinus(inner) => E::UnaryMinus(one(inner)?),
        E::Not(inner) => E::Not(one(inner)?),
        E::In(inner, list) => E::In(one(inner)?, several(list)?),
        E::If(condition, then, otherwise) => E::If(one(condition)?, one(then)?, one(otherwise)?),
        E::Coalesce(list) => E::Coalesce(several(list)?),
        E::FunctionCall(function, list) => E::FunctionCall(function, several(list)?),
        E::Exists(pattern) => E::Exists(boxed(*pattern, values)?),
    })
}
