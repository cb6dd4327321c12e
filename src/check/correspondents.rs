//! Who corresponds: letters from somebody to the same, and one id under names that cannot be of one person.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::Things;
use crate::model::{Document, Id, Kind, Party, Records};
use crate::reconcile::may_be_one;
use crate::source::Span;

/// Whom an id is compared with: bodies and places have names that differ with the language and the time.
const PERSONS: [Kind; 2] = [Kind::Person, Kind::Agent];

/// Reports a document whose sender is its recipient.
pub(super) fn to_oneself(document: &Document, diagnostics: &mut Diagnostics) {
    let senders = parties(document, "sent", &document.authors);
    let recipients = parties(document, "received", &document.recipients);
    let of = |sender: &Party| recipients.iter().find(|recipient| recipient.who.id == sender.who.id);
    let mut both = senders.iter().filter_map(|sender| Some((sender, of(sender)?)));
    let same = both.next();
    // What several exchange among themselves is from all of them and to all of them.
    let same = same.filter(|_| both.next().is_none());
    let Some((sender, recipient)) = same else { return };
    let message = format!("\"{}\" is both the sender and the recipient of this letter", sender.who.id);
    let to_oneself = Diagnostic::new(Code::SenderIsRecipient, sender.who.span, message);
    let to_oneself = to_oneself.related(recipient.who.span, "the recipient is here");
    diagnostics.push(
        to_oneself.help("correct the id or the identifier of one of them; if it is a note to oneself, accept it"),
    );
}

/// The persons who did something with a document, or else others; without those that only may have done it. Who was found by
/// name is meant, though not as surely as who was identified.
fn parties<'d>(document: &'d Document, kind: &str, otherwise: &'d [Party]) -> Vec<&'d Party> {
    let actions = || document.actions.iter().filter(|action| action.kind == kind && !action.by.is_empty());
    let of_actions = actions().flat_map(|action| {
        action.by.iter().filter(|party| is_meant(party) || action.found_by_name.contains(&party.who.id))
    });
    let is_said = actions().next().is_some();
    let others = otherwise.iter().filter(|party| !is_said && is_meant(party));
    of_actions.chain(others).filter(|party| PERSONS.contains(&party.who.id.kind)).collect()
}

/// Whether nothing says that somebody else may be meant.
fn is_meant(party: &Party) -> bool {
    party.opinion.is_none() && party.certainty.is_none()
}

/// The most names of one id that are compared with each other.
const NAMES: usize = 50;

/// Reports ids that stand beside names of which one has nothing in common with any other.
pub(super) fn unlike_names(records: &Records, things: &Things, diagnostics: &mut Diagnostics) {
    for (id, names) in things.names().filter(|(id, _)| PERSONS.contains(&id.kind)) {
        let mut names: Vec<_> = names.take(NAMES).collect();
        names.extend(things.called(id));
        report_unlike(id, &names, diagnostics);
    }
    for entry in records.authorities.iter().filter(|entry| PERSONS.contains(&entry.id.kind)) {
        let mut called = things.called(&entry.id).peekable();
        if called.peek().is_some() {
            let own = std::iter::once(&entry.label).chain(&entry.alt_labels).take(NAMES);
            let names: Vec<_> = own.map(|name| (&*name.text, entry.span)).chain(called).collect();
            report_unlike(&entry.id, &names, diagnostics);
        }
    }
}

/// Reports the first of an id's names that has nothing in common with any before it.
fn report_unlike(id: &Id, names: &[(&str, Span)], diagnostics: &mut Diagnostics) {
    // Most things have one name.
    let Some(((first, first_span), others)) = names.split_first().filter(|(_, others)| !others.is_empty()) else {
        return;
    };
    // What one entry of a list says is one's other name is that.
    let is_alone = |at: &usize| {
        let (name, span) = names[*at];
        names[..*at].iter().all(|(known, place)| *place != span && !may_be_one(known, name))
    };
    let Some(at) = (1..=others.len()).find(is_alone) else { return };
    let (name, span) = names[at];
    let message =
        format!("\"{id}\" is called \"{name}\" here and \"{first}\" elsewhere, names without a word in common");
    let unlike = Diagnostic::new(Code::UnlikeNames, span, message).related(*first_span, "the other name is here");
    let help = "an id or an identifier stands for one person: correct the one that is wrong; if both names are of one, accept it";
    diagnostics.push(unlike.help(help));
}
