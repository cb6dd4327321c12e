//! A stored query: its text, parsed, and what its head says of it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Error;
use crate::query::head::QueryHead;
use crate::query::order::LatePattern;
use crate::query::{Parameter, Purpose, bind, limits, order, parameter};
use crate::source::{SourceText, Sources};
use oxigraph::model::Variable;
use spargebra::{Query, SparqlParser};
use std::collections::BTreeMap;

/// A query that is kept under a name.
#[derive(Clone, Debug)]
pub struct StoredQuery {
    /// Its name: that of its file without the ending.
    pub name: String,
    /// What it asks, in one line.
    pub summary: String,
    /// What else there is to say.
    pub description: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What it needs to be told, in the order of the head.
    pub parameters: Vec<Parameter>,
    /// Headings for columns, by variable.
    pub columns: BTreeMap<String, String>,
    /// The names of the datasets that it asks about besides the corpus; `all` stands for all of them.
    pub datasets: Vec<String>,
    /// Of a check, how much what it finds matters, as it is written.
    pub severity: Option<String>,
    /// The file's text.
    pub text: String,
    pub(super) query: Query,
}

impl StoredQuery {
    /// Reads a query; what is wrong with it goes into `diagnostics`. To be called on a large stack.
    pub fn read(name: &str, source: &SourceText, purpose: Purpose, diagnostics: &mut Diagnostics) -> Option<Self> {
        let without_mark = source.text.strip_prefix('\u{FEFF}');
        let without_mark = without_mark.map(|text| SourceText::new(source.file, text.to_owned()));
        let source = without_mark.as_ref().unwrap_or(source);
        if let Err(refusal) = limits::check_text(&source.text) {
            let span = source.span(refusal.at..refusal.at + 1);
            diagnostics.push(Diagnostic::new(Code::QueryRefused, span, refusal.message));
            return None;
        }
        let head = QueryHead::read(source, purpose, diagnostics);
        let mut parser = SparqlParser::new();
        if purpose == Purpose::Once {
            for (prefix, namespace) in crate::vocabulary::PREFIXES.into_iter().chain([("xsd", crate::vocabulary::XSD)])
            {
                parser = parser.with_prefix(prefix, namespace).expect("the namespaces are IRIs");
            }
        }
        let query = match parser.parse_query(&source.text) {
            Ok(query) => query,
            Err(error) => {
                diagnostics.push(syntax_error(source, &error.to_string(), purpose));
                return None;
            }
        };
        if let Err(message) = limits::check_algebra(&query) {
            let whole = Sources::whole(source.file);
            diagnostics.push(Diagnostic::new(Code::QueryRefused, whole, message));
            return None;
        }
        if purpose == Purpose::Once {
            order::late_patterns(&query).iter().for_each(|late| diagnostics.push(late_pattern(late, source)));
        }
        let parameters = parameter::of_query(&query, head.parameters, source, diagnostics)?;
        if purpose == Purpose::Check && !parameters.is_empty() {
            let whole = Sources::whole(source.file);
            diagnostics.push(Diagnostic::new(Code::QueryHead, whole, "a check has no parameters"));
            return None;
        }
        Some(Self {
            name: name.to_owned(),
            summary: head.summary,
            description: head.description,
            tags: head.tags,
            parameters,
            columns: head.columns,
            datasets: head.datasets.into_iter().map(|name| name.text).collect(),
            severity: head.severity,
            text: source.text.clone(),
            query,
        })
    }

    /// A call of the query that works, as it is typed.
    pub fn example(&self) -> String {
        let parameters = self.parameters.iter().filter_map(|parameter| {
            let example = parameter.example.as_deref()?;
            let blank = example.contains(|character: char| character.is_whitespace() || "<>&;|".contains(character));
            Some(if blank {
                format!(" -p '{}={example}'", parameter.name)
            } else {
                format!(" -p {}={example}", parameter.name)
            })
        });
        format!("regesta query {}{}", self.name, parameters.collect::<String>())
    }

    /// The variables of its rows; none where it has no rows.
    pub fn variables(&self) -> Vec<Variable> {
        match &self.query {
            Query::Select { pattern, .. } => bind::projected(pattern),
            _ => Vec::new(),
        }
    }

    /// Whether the answer is a graph, not rows.
    pub fn answers_with_graph(&self) -> bool {
        matches!(self.query, Query::Construct { .. } | Query::Describe { .. })
    }

    pub(super) fn error(&self, message: String) -> Error {
        let stored = crate::model::slug_problem(&self.name).is_none();
        let help = stored.then(|| format!("for example: {}", self.example()));
        Error::Query { name: self.name.clone(), message, help }
    }
}

/// That a pattern stands behind an OPTIONAL.
fn late_pattern(late: &LatePattern, source: &SourceText) -> Diagnostic {
    let LatePattern { pattern, needs } = late;
    let message =
        format!("the pattern {pattern} stands behind an OPTIONAL, so it is evaluated alone, over the whole graph");
    let help = match needs {
        None => "put it before the OPTIONAL".to_owned(),
        Some(variable) => {
            format!("{variable} may be without a value here: put the pattern into the OPTIONAL that gives it one")
        }
    };
    Diagnostic::new(Code::PatternBehindOptional, Sources::whole(source.file), message).help(help)
}

/// The parser's message with its place, which it gives in words: "error at 3:2: expected …".
fn syntax_error(source: &SourceText, message: &str, purpose: Purpose) -> Diagnostic {
    let placed = message.strip_prefix("error at ").and_then(|rest| {
        let (place, why) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, why))
    });
    if let Some((at, word)) = limits::update(&source.text) {
        let message = format!("{word} changes a graph; queries only read it");
        return Diagnostic::new(Code::QueryRefused, source.span(at..at + word.len()), message);
    }
    let known = |prefix: &str| purpose == Purpose::Once && crate::vocabulary::expand(&format!("{prefix}:x")).is_some();
    if let Some((at, prefix)) = limits::undeclared_prefix(&source.text, known) {
        let message = format!("the prefix \"{prefix}:\" is not declared");
        let undeclared = Diagnostic::new(Code::QuerySyntax, source.span(at..at + prefix.len() + 1), message);
        return undeclared.help(format!("add a line PREFIX {prefix}: <…> at the top"));
    }
    match placed {
        Some((line, column, why)) => Diagnostic::new(Code::QuerySyntax, source.place(line, column), why),
        None => Diagnostic::new(Code::QuerySyntax, Sources::whole(source.file), message),
    }
}
