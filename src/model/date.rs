//! Dates: the words of the source, the EDTF expression, and the days it can mean at the earliest and the latest.
//!
//! EDTF is the Extended Date/Time Format of ISO 8601-2:2019, Annex A, levels 0 to 2.

use crate::model::Concept;
use crate::source::Span;
use edtf_core::{Bound, Edtf};

/// A date, however vague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// The words of the source; where none are given, the expression as the editor wrote it.
    pub words: String,
    /// The EDTF expression, as written; nothing where the source has only words.
    pub edtf: Option<String>,
    /// The first day it can mean, as `xsd:date` writes it; nothing where it is open or unknown.
    pub earliest: Option<String>,
    /// The last day it can mean, as `xsd:date` writes it; nothing where it is open or unknown.
    pub latest: Option<String>,
    /// How exact it is, when it is one certain year, month or day.
    pub precision: Option<Precision>,
    /// How sure the editor is of it.
    pub certainty: Option<Concept>,
    /// The editor's note on it.
    pub note: Option<String>,
    /// Where the source has it; nothing where it was not read from one.
    pub span: Option<Span>,
}

/// How exact an unqualified date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// One year.
    Year,
    /// One month.
    Month,
    /// One day.
    Day,
}

/// Why an expression is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// It is not EDTF, or a day that no calendar has: what is wrong, and at which byte.
    Invalid(&'static str, usize),
    /// It ends before it begins.
    Inverted,
}

impl Date {
    /// A date of which only words are known.
    pub fn in_words(words: impl Into<String>) -> Self {
        let (words, edtf, earliest, latest, precision) = (words.into(), None, None, None, None);
        Self { words, edtf, earliest, latest, precision, certainty: None, note: None, span: None }
    }

    /// The expression in EDTF's preferred form: two expressions that mean the same are alike here.
    pub fn canonical(&self) -> Option<String> {
        Edtf::parse(self.edtf.as_deref()?).ok().map(|parsed| parsed.to_string())
    }

    /// Reads an EDTF expression; nothing is repaired.
    pub fn parse(edtf: &str) -> Result<Self, DateProblem> {
        let parsed = Edtf::parse(edtf).map_err(|error| match error.message {
            // The parser's own words for the two forms that have two ends.
            "interval end precedes interval start" | "set range end precedes range start" => DateProblem::Inverted,
            message => DateProblem::Invalid(message, error.offset),
        })?;
        let bounds = parsed.bounds();
        if let (Bound::Date(earliest), Bound::Date(latest)) = (bounds.earliest, bounds.latest)
            && earliest > latest
        {
            return Err(DateProblem::Inverted);
        }
        Ok(Self {
            words: edtf.to_owned(),
            edtf: Some(edtf.to_owned()),
            earliest: day(bounds.earliest),
            latest: day(bounds.latest),
            precision: precision(&parsed),
            certainty: None,
            note: None,
            span: None,
        })
    }
}

fn day(bound: Bound) -> Option<String> {
    match bound {
        Bound::Date(day) => Some(day.to_string()),
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
    }
}

fn precision(parsed: &Edtf) -> Option<Precision> {
    let Edtf::Date(date) = parsed else { return None };
    if date.is_uncertain() || date.is_approximate() || date.has_unspecified() || date.year.significant_digits.is_some()
    {
        return None;
    }
    if !matches!(date.year.kind, edtf_core::YearKind::Standard { .. }) {
        return None;
    }
    match date.precision() {
        edtf_core::Precision::Year => Some(Precision::Year),
        edtf_core::Precision::Month => Some(Precision::Month),
        edtf_core::Precision::Day => Some(Precision::Day),
        _ => None,
    }
}
