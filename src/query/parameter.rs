//! Parameters: variables with a name that says what may stand in their place, as grlc and BASIL spell them.
//!
//! `?_person_iri` is a required IRI, `?__from_xsd_date` an optional date, `?_name_en` words in English.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::Iris;
use crate::model::{Date, Id, Kind, Precision};
use crate::project::language_tag;
use crate::query::algebra::variables;
use crate::query::head::Declaration;
use crate::source::{SourceText, Sources, Span};
use crate::vocabulary::{self, XSD};
use iri_string::types::{IriAbsoluteStr, IriReferenceStr, IriStr};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Variable};
use spargebra::Query;
use std::fmt;

/// What a query needs to be told.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name by which it is given.
    pub name: String,
    /// The variable that it takes the place of.
    pub variable: Variable,
    /// What may stand there.
    pub kind: ParameterType,
    /// The kinds of thing whose ids may stand there.
    pub entity: Vec<Kind>,
    /// Whether it is the graph of a dataset, which is given by its name.
    pub of_dataset: bool,
    /// What it is.
    pub description: Option<String>,
    /// A value that works with the sample or the practice corpus.
    pub example: Option<String>,
    /// Whether the query cannot do without.
    pub required: bool,
}

/// The word that stands for a dataset where kinds of things are named.
const DATASET: &str = "dataset";

/// What may stand in a parameter's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// An IRI, or an id of the corpus.
    Iri,
    /// Words without a language.
    Literal,
    /// A whole number.
    Integer,
    /// A decimal number.
    Number,
    /// A literal of a datatype, given by its IRI.
    Datatype(String),
    /// Words in a language.
    Language(String),
}

impl ParameterType {
    /// The type that a suffix of a variable stands for.
    fn of_suffix(suffix: &str) -> Option<Self> {
        Some(match suffix {
            "" | "literal" => Self::Literal,
            "iri" => Self::Iri,
            "integer" => Self::Integer,
            "number" => Self::Number,
            other => match other.split_once('_') {
                Some((prefix, name)) => Self::Datatype(vocabulary::expand(&format!("{prefix}:{name}"))?),
                None => Self::Language(language_tag(other)?),
            },
        })
    }

    /// The word for it in a head.
    pub fn name(&self) -> String {
        match self {
            Self::Iri => "iri".to_owned(),
            Self::Literal => "literal".to_owned(),
            Self::Integer => "integer".to_owned(),
            Self::Number => "number".to_owned(),
            Self::Datatype(iri) => iri.strip_prefix(XSD).map_or_else(|| iri.clone(), |name| format!("xsd:{name}")),
            Self::Language(tag) => tag.clone(),
        }
    }
}

/// What stands in a parameter's place.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Iri(NamedNode),
    Literal(Literal),
}

impl Value {
    pub(super) fn iri(&self) -> Option<&NamedNode> {
        match self {
            Self::Iri(iri) => Some(iri),
            Self::Literal(_) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iri(iri) => iri.fmt(formatter),
            Self::Literal(literal) => literal.fmt(formatter),
        }
    }
}

impl Parameter {
    /// The value that a text stands for; why it stands for none.
    pub(super) fn value(&self, text: &str, base: &str) -> Result<Value, String> {
        match &self.kind {
            ParameterType::Iri => self.iri(text, base).map(Value::Iri),
            ParameterType::Literal => Ok(Value::Literal(Literal::new_simple_literal(text))),
            ParameterType::Integer => {
                let number: i64 = text.parse().map_err(|_| "this is not a whole number".to_owned())?;
                Ok(Value::Literal(number.into()))
            }
            ParameterType::Number => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                let decimal = digits.split_once('.').unwrap_or((digits, "0"));
                let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
                if digits(decimal.0) && digits(decimal.1) {
                    Ok(Value::Literal(Literal::new_typed_literal(text, xsd::DECIMAL)))
                } else {
                    Err("this is not a number".to_owned())
                }
            }
            ParameterType::Datatype(datatype) => typed(text, datatype).map(Value::Literal),
            ParameterType::Language(tag) => {
                Ok(Value::Literal(Literal::new_language_tagged_literal_unchecked(text, tag)))
            }
        }
    }

    /// An id of the corpus, a name with a known prefix, or a full IRI.
    fn iri(&self, text: &str, base: &str) -> Result<NamedNode, String> {
        let iris = Iris::new(base);
        let written = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
        if let Ok(id) = Id::parse(written) {
            return match self.entity.as_slice() {
                kinds if kinds.is_empty() || kinds.contains(&id.kind) => Ok(iris.thing(&id)),
                kinds => Err(format!("an id of the kind {} cannot stand here; use {}", id.kind, kind_names(kinds))),
            };
        }
        // As tables show it: dataset:handbook.
        let name = written.strip_prefix("dataset:").unwrap_or(written);
        if self.of_dataset && crate::model::slug_problem(name).is_none() {
            return Ok(iris.mounted(name));
        }
        if let [kind] = self.entity.as_slice()
            && crate::model::slug_problem(written).is_none()
        {
            return Ok(iris.thing(&Id::new(*kind, written)));
        }
        if let Some((table, name)) = written.strip_prefix("claim:").and_then(|claim| claim.split_once('/')) {
            return Ok(iris.claim(&(table.into(), name.into())));
        }
        if let Some(iri) = vocabulary::expand(written) {
            return Ok(NamedNode::new_unchecked(iri));
        }
        let full = IriStr::new(written).ok().filter(|iri| matches!(iri.scheme_str(), "http" | "https" | "urn"));
        match full {
            Some(iri) => Ok(NamedNode::new_unchecked(iri.as_str())),
            None if written.contains('/') && !written.contains(':') => relative(written, base),
            None if self.entity.is_empty() => Err("this is neither an id (person:maria) nor a full address".to_owned()),
            None => Err(format!("write an id of the kind {}, or a full address", kind_names(&self.entity))),
        }
    }
}

/// An IRI below the base of the corpus, as in `text/letter#char=0,12` (RFC 3986, section 5.2).
fn relative(written: &str, base: &str) -> Result<NamedNode, String> {
    let reference = IriReferenceStr::new(written).map_err(|_| "this is not an address".to_owned())?;
    let base = IriAbsoluteStr::new(base).map_err(|_| "the corpus has no base to resolve this against".to_owned())?;
    let resolved = reference.resolve_against(base).to_string();
    if !resolved.starts_with(base.as_str()) {
        return Err("this leads out of the corpus".to_owned());
    }
    Ok(NamedNode::new_unchecked(resolved))
}

fn kind_names(kinds: &[Kind]) -> String {
    kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" or ")
}

fn typed(text: &str, datatype: &str) -> Result<Literal, String> {
    let wanted = match datatype.strip_prefix(XSD) {
        Some("date") => Some((Precision::Day, "a day, as in 1672-07-03")),
        Some("gYearMonth") => Some((Precision::Month, "a month, as in 1672-07")),
        Some("gYear") => Some((Precision::Year, "a year, as in 1672")),
        _ => None,
    };
    if let Some((precision, form)) = wanted
        && Date::parse(text).ok().and_then(|date| date.precision) != Some(precision)
    {
        return Err(format!("this is not {form}"));
    }
    Ok(Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)))
}

/// The parameters of a query: its variables that are spelt as such, and what its head says of them.
pub(super) fn of_query(
    query: &Query,
    declarations: Vec<Declaration>,
    source: &SourceText,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Parameter>> {
    let found = variables(query).into_iter().filter(|variable| variable.as_str().starts_with('_'));
    let mut undeclared: Vec<Variable> = found.cloned().collect();
    let mut sound = true;
    let mut problem = |span, message: String| {
        diagnostics.push(Diagnostic::new(Code::QueryHead, span, message));
        sound = false;
    };
    let mut parameters = Vec::new();
    for declaration in declarations {
        let span = declaration.name.span;
        let name = &declaration.name.text;
        let at = undeclared.iter().position(|variable| spelling(variable).1 == name);
        let Some(variable) = at.map(|at| undeclared.remove(at)) else {
            problem(span, format!("no variable ?_{name}_… belongs to the parameter \"{name}\""));
            continue;
        };
        match parameter(variable, Some(&declaration)) {
            Ok(parameter) => parameters.push(parameter),
            Err((place, message)) => problem(place.unwrap_or(span), message),
        }
    }
    for variable in undeclared {
        match parameter(variable, None) {
            Ok(parameter) => parameters.push(parameter),
            Err((_, message)) => problem(Sources::whole(source.file), message),
        }
    }
    sound.then_some(parameters)
}

/// Whether a variable is required, the parameter's name, and its type's suffix.
fn spelling(variable: &Variable) -> (bool, &str, &str) {
    let name = variable.as_str();
    let (required, rest) = match name.strip_prefix("__") {
        Some(rest) => (false, rest),
        None => (true, name.strip_prefix('_').unwrap_or(name)),
    };
    let (name, suffix) = rest.split_once('_').unwrap_or((rest, ""));
    (required, name, suffix)
}

/// The parameter that a variable is; why it is none, and the place in the head where that is said.
fn parameter(variable: Variable, declaration: Option<&Declaration>) -> Result<Parameter, (Option<Span>, String)> {
    let (required, name, suffix) = spelling(&variable);
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let message = format!("{variable} is spelt as a parameter, but its name is not made of letters and digits");
        return Err((None, message));
    }
    let kind = ParameterType::of_suffix(suffix)
        .ok_or_else(|| (None, format!("{variable} has no known type behind its name")))?;
    let (mut entity, mut of_dataset) = (Vec::new(), false);
    if let Some(declaration) = declaration {
        if let Some(declared) = declaration.kind.as_ref().filter(|declared| declared.text != kind.name()) {
            let message = format!("the head gives \"{name}\" another type than {variable}, which is {}", kind.name());
            return Err((Some(declared.span), message));
        }
        if let Some(declared) = declaration.required.as_ref().filter(|declared| declared.text != required.to_string()) {
            let message = format!("{variable} is {}", if required { "required" } else { "optional" });
            return Err((Some(declared.span), message));
        }
        for word in &declaration.entity {
            let kind = Kind::parse(&word.text);
            if word.text == DATASET {
                of_dataset = true;
                continue;
            }
            entity.push(kind.ok_or_else(|| (Some(word.span), format!("\"{}\" is no kind of thing", word.text)))?);
        }
    }
    Ok(Parameter {
        name: name.to_owned(),
        kind,
        entity,
        of_dataset,
        description: declaration.and_then(|declaration| declaration.description.clone()),
        example: declaration.and_then(|declaration| declaration.example.clone()),
        required,
        variable,
    })
}
