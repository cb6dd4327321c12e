//! Whose words are whose: what is certain when there are several candidates, and words that take sides.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Action, Annotation, Authority, Claim, Concept, Date, Details, Document, Opinion, Records};
use crate::project::{Project, SourceFiles};
use crate::source::Span;

/// Reports what is said of several candidates without saying how sure it is, and loaded terms in the labels of registers
/// and lists.
pub(super) fn check(
    records: &Records,
    things: &[Authority],
    project: &Project,
    files: &SourceFiles,
    diagnostics: &mut Diagnostics,
) {
    annotations(&records.annotations, diagnostics);
    records.claims.iter().for_each(|claim| reporter(claim, diagnostics));
    for authority in &records.authorities {
        let dates: [&[Date]; 2] = match &authority.details {
            Details::Person { born, died } => [born, died],
            Details::Membership { dates, .. } | Details::Work { dates, .. } => [dates, &[]],
            Details::Event(event) => [&event.dates, &[]],
            _ => [&[], &[]],
        };
        dates.into_iter().flatten().for_each(|date| of_date(date, authority.span, diagnostics));
    }
    // Those of tables were looked at when they were read.
    let of_registers = records.authorities.iter().filter(|authority| !files.authorities.contains(&authority.file));
    for authority in of_registers.chain(things) {
        if let Some(term) = project.loaded_term(&authority.label.text) {
            let message = format!("\"{}\" holds the loaded term \"{term}\"", authority.label.text);
            let help = "preferred labels stay neutral; correct it in the register, or accept it";
            diagnostics.push(Diagnostic::new(Code::LoadedTerm, authority.span, message).help(help));
        }
    }
}

/// Who reports a claim is not the one who makes it.
fn reporter(claim: &Claim, diagnostics: &mut Diagnostics) {
    let Some(reporter) = claim.reported_by.as_ref().filter(|reporter| reporter.id == claim.claimant.id) else { return };
    let message = format!("\"{}\" is both the claimant and the reporter of this claim", reporter.id);
    let help = "leave reported_by empty where the claimant speaks in person; otherwise correct one of the two";
    diagnostics.push(Diagnostic::new(Code::ReportedByClaimant, reporter.span, message).help(help));
}

/// Passages of which another annotation says that they mean something else. Several things in one annotation are no doubt:
/// all of them are meant.
pub(super) fn annotations(annotations: &[Annotation], diagnostics: &mut Diagnostics) {
    for annotation in annotations.iter().filter(|one| one.certainty.is_none() && one.chosen.is_some()) {
        unsaid(annotation.span, "another annotation says that something else is meant here".to_owned(), diagnostics);
    }
}

/// Answers that stand side by side in a document.
pub(super) fn answers(document: &Document, diagnostics: &mut Diagnostics) {
    let Document { authors, recipients, publishers, translators, actions, .. } = document;
    let of_actions = actions.iter().flat_map(|action: &Action| &action.by);
    let parties = [authors, recipients, publishers, translators].into_iter().flatten().chain(of_actions);
    for party in parties {
        of_answer(party.certainty, party.opinion.as_deref(), party.who.span, diagnostics);
    }
    for date in actions.iter().flat_map(|action| &action.dates) {
        of_date(date, document.span, diagnostics);
    }
}

fn of_date(date: &Date, span: Span, diagnostics: &mut Diagnostics) {
    of_answer(date.certainty, date.opinion.as_deref(), date.span.unwrap_or(span), diagnostics);
}

fn of_answer(certainty: Option<Concept>, opinion: Option<&Opinion>, span: Span, diagnostics: &mut Diagnostics) {
    if certainty.is_none() && opinion.is_some_and(|opinion| opinion.chosen.is_some()) {
        unsaid(span, "this is one of several answers, and how sure it is stays unsaid".to_owned(), diagnostics);
    }
}

fn unsaid(span: Span, message: String, diagnostics: &mut Diagnostics) {
    let help = "say it: certainty high, medium, low or unknown";
    diagnostics.push(Diagnostic::new(Code::CertaintyUnsaid, span, message).help(help));
}
