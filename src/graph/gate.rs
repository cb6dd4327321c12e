//! The gate: no quad may state what a claim is about, and an event that is only claimed has no facts.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Result;
use crate::graph::{Iris, Sink, Statement, claim};
use crate::model::{ContentObject, Date, Details, Label, Records};
use crate::source::Span;
use crate::vocabulary::{rdf, rg};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use std::collections::BTreeMap;

/// What may not be said of an event that is only claimed.
const FACTS: [NamedNodeRef<'static>; 7] =
    [rg::TIME_SPAN, rg::PLACE, rg::PARTICIPANT, rg::CARRIED_OUT_BY, rg::AFFECTED, rg::SUB_EVENT_OF, rg::HAS_EXTENT];

/// What a gate knows of a corpus; gates of several threads share it.
#[derive(Debug, Default)]
pub struct Guard {
    /// By subject and predicate: what is claimed, and where.
    contents: BTreeMap<String, Vec<Claimed>>,
    /// The events that are only claimed, and where they are defined.
    claimed_only: BTreeMap<String, Span>,
}

/// Looks at every quad that passes on its way to a sink.
pub struct Gate<'a> {
    guard: &'a Guard,
    sink: &'a mut dyn Sink,
    diagnostics: &'a mut Diagnostics,
    /// Spans of time that are stated where a date is claimed: they may turn out to be that date.
    dates: BTreeMap<String, Vec<(String, Span)>>,
}

#[derive(Debug)]
struct Claimed {
    predicate: String,
    object: Term,
    /// The date in EDTF's preferred form, where the object is one.
    date: Option<String>,
    span: Span,
}

impl Guard {
    /// What the claims of a corpus are about.
    pub fn new(records: &Records, base: &str) -> Self {
        let iris = Iris::new(base);
        let mut gate = Self::default();
        for content in records.claims.iter().flat_map(|claim| &claim.contents) {
            // Whatever a claimed date is written as, a stated one that means the same is caught.
            let date = match &content.object {
                ContentObject::Date(date) => date.canonical(),
                ContentObject::Literal(text, _) | ContentObject::Words(Label { text, .. }) => {
                    Date::parse(text).ok().and_then(|date| date.canonical())
                }
                ContentObject::Reference(_) | ContentObject::Iri(_) => None,
            };
            let (predicate, object) = (content.predicate.to_string(), claim::term(&content.object, &iris));
            let claimed = Claimed { predicate, object, date, span: content.span };
            let subject = iris.thing(&content.subject.id).into_string();
            gate.contents.entry(subject).or_default().push(claimed);
        }
        for authority in &records.authorities {
            if matches!(&authority.details, Details::Event(event) if event.attestation == Some("claimed-only")) {
                gate.claimed_only.insert(iris.thing(&authority.id).into_string(), authority.span);
            }
        }
        gate
    }
}

impl<'a> Gate<'a> {
    /// A gate on the way to a sink.
    pub fn new(guard: &'a Guard, sink: &'a mut dyn Sink, diagnostics: &'a mut Diagnostics) -> Self {
        Self { guard, sink, diagnostics, dates: BTreeMap::new() }
    }

    fn check_contents(&mut self, subject: NamedNodeRef<'_>, statement: Statement<'_>) {
        let quad = statement.quad;
        let same_property = |claimed: &&Claimed| claimed.predicate == quad.predicate.as_str();
        let Some(claims) = self.guard.contents.get(subject.as_str()) else { return };
        for claimed in claims.iter().filter(same_property) {
            match (&claimed.date, quad.object) {
                (Some(date), TermRef::NamedNode(node)) => {
                    let pending = self.dates.entry(node.as_str().to_owned()).or_default();
                    pending.push((date.clone(), claimed.span));
                }
                (Some(date), TermRef::Literal(stated)) if canonical(stated.value()) == *date => {
                    self.diagnostics.push(leak(statement.span, claimed.span));
                }
                _ if claimed.object.as_ref() == quad.object || same_number(&claimed.object, quad.object) => {
                    self.diagnostics.push(leak(statement.span, claimed.span));
                }
                _ => {}
            }
        }
    }

    /// Whether a span of time that stands where a date is claimed is that very date.
    fn check_dates(&mut self, subject: NamedNodeRef<'_>, statement: Statement<'_>) {
        let (rdf::VALUE, TermRef::Literal(value)) = (statement.quad.predicate, statement.quad.object) else { return };
        let Some(pending) = self.dates.remove(subject.as_str()) else { return };
        let stated = canonical(value.value());
        for (_, span) in pending.into_iter().filter(|(claimed, _)| *claimed == stated) {
            self.diagnostics.push(leak(statement.span, span));
        }
    }

    fn check_events(&mut self, subject: NamedNodeRef<'_>, statement: Statement<'_>) {
        let quad = statement.quad;
        if !FACTS.contains(&quad.predicate) {
            return;
        }
        let part = match quad.object {
            TermRef::NamedNode(whole) if quad.predicate == rg::SUB_EVENT_OF => {
                self.guard.claimed_only.get(whole.as_str())
            }
            _ => None,
        };
        if let Some(defined) = self.guard.claimed_only.get(subject.as_str()).or(part) {
            let message = "this states a fact about an event that is only claimed";
            let diagnostic = match statement.span {
                Some(span) => Diagnostic::new(Code::ClaimedOnlyEvent, span, message),
                None => Diagnostic::general(Code::ClaimedOnlyEvent, message),
            };
            let help = "make it a content of the claim that says so, or change the attestation";
            self.diagnostics.push(diagnostic.help(help).related(*defined, "the event is defined here"));
        }
    }
}

/// Whether two literals are one number, spelt with more or fewer zeros or as another numeric datatype.
fn same_number(claimed: &Term, stated: TermRef<'_>) -> bool {
    let number = |term: TermRef<'_>| match term {
        TermRef::Literal(literal) => {
            let digits = literal.value().trim_start_matches('+');
            let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
            let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
            let all_digits = format!("{whole}{fraction}").bytes().all(|byte| byte.is_ascii_digit());
            let some = !whole.is_empty() || !fraction.is_empty();
            (all_digits && some)
                .then(|| format!("{sign}{}.{}", whole.trim_start_matches('0'), fraction.trim_end_matches('0')))
        }
        _ => None,
    };
    number(claimed.as_ref()).is_some_and(|claimed| Some(claimed) == number(stated))
}

/// A date in EDTF's preferred form; what is no date stays as it is.
fn canonical(date: &str) -> String {
    Date::parse(date).ok().and_then(|date| date.canonical()).unwrap_or_else(|| date.to_owned())
}

fn leak(stated: Option<Span>, claimed: Span) -> Diagnostic {
    let message = "this states as a fact what is recorded as a claim";
    let diagnostic = match stated {
        Some(span) => Diagnostic::new(Code::ClaimAsserted, span, message),
        None => Diagnostic::general(Code::ClaimAsserted, message),
    };
    let help = "take the statement out here, or leave the claim's subject, predicate and object empty";
    diagnostic.help(help).related(claimed, "it is claimed here")
}

impl Sink for Gate<'_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        if let NamedOrBlankNodeRef::NamedNode(subject) = statement.quad.subject {
            if !self.guard.contents.is_empty() {
                self.check_contents(subject, statement);
                self.check_dates(subject, statement);
            }
            if !self.guard.claimed_only.is_empty() {
                self.check_events(subject, statement);
            }
        }
        self.sink.statement(statement)
    }
}
