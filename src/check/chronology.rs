//! What came before what: within documents, between them, and against the lives of those who have to do with them.

use super::days::{Days, Verdict};
use super::facts::{Facts, Reply, Writing, hash};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Authority, Circa, Date, Details, Document, Event, Id, Records, chosen};
use crate::source::Span;
use std::collections::HashMap;

/// A problem that is there, may be there, or is not.
fn report(answer: Verdict, diagnostics: &mut Diagnostics, diagnostic: impl FnOnce(&str) -> Diagnostic) {
    match answer {
        Verdict::Certain => diagnostics.push(diagnostic("")),
        Verdict::Possible => diagnostics.push(diagnostic("perhaps ").only_possible()),
        Verdict::Impossible => {}
    }
}

/// The steps of a document that are in order: each not before the one it follows.
const STEPS: [(&str, &str); 6] = [
    ("written", "sent"),
    ("sent", "received"),
    ("written", "received"),
    ("sent", "delivered"),
    ("written", "delivered"),
    ("written", "published"),
];

/// Steps of a document that are out of order.
pub(super) fn steps(document: &Document, circa: &Circa, diagnostics: &mut Diagnostics) {
    if document.actions.len() < 2 {
        return;
    }
    let days = |kind: &str| {
        let dates = document.actions.iter().filter(|action| action.kind == kind).filter_map(|action| action.date());
        dates.filter_map(|date| Some((Days::of(date, circa)?, date.span.unwrap_or(document.span)))).next()
    };
    let mut reported = Vec::new();
    for (first, then) in STEPS {
        let (Some((earlier, first_span)), Some((later, span))) = (days(first), days(then)) else { continue };
        // What comes of a step that is out of order need not be said again.
        if reported.contains(&first) || reported.contains(&then) {
            continue;
        }
        let answer = later.precedes(earlier);
        reported.extend((answer == Verdict::Certain).then_some(then));
        report(answer, diagnostics, |perhaps| {
            let (later, earlier) = (later.shown(), earlier.shown());
            let message = format!("{perhaps}{then} ({later}) before it was {first} ({earlier})");
            let diagnostic = Diagnostic::new(Code::StepsOutOfOrder, span, message).help("correct one of the dates");
            if first_span == span { diagnostic } else { diagnostic.related(first_span, format!("it was {first} here")) }
        });
    }
}

/// A life: when it began and ended, and where that is said.
struct Life<'a> {
    name: &'a str,
    born: Option<(Days, Span)>,
    died: Option<(Days, Span)>,
}

/// The lives of the persons of which any date is known.
fn lives<'a>(authorities: impl Iterator<Item = &'a Authority>, circa: &Circa) -> HashMap<u64, Life<'a>> {
    let lives = authorities.filter_map(|authority| {
        let Details::Person { born, died } = &authority.details else { return None };
        let days = |dates: &[Date]| {
            let date = chosen(dates)?;
            Some((Days::of(date, circa)?, date.span.unwrap_or(authority.span)))
        };
        let (born, died) = (days(born), days(died));
        let life = Life { name: &authority.label.text, born, died };
        (born.is_some() || died.is_some()).then(|| (hash(&authority.id), life))
    });
    lives.collect()
}

/// Reports what is out of order between documents, lives, memberships and events.
pub(super) fn check(
    records: &Records,
    things: &[Authority],
    facts: &Facts,
    circa: &Circa,
    diagnostics: &mut Diagnostics,
) {
    let lives = lives(records.authorities.iter().chain(things), circa);
    let mut in_order: Vec<&Life<'_>> = lives.values().collect();
    in_order.sort_by_key(|life| life.died.map(|(_, span)| span));
    in_order.into_iter().for_each(|life| of_life(life, diagnostics));
    for writing in &facts.writings {
        if let Some(life) = lives.get(&writing.who) {
            against_life(writing, life, diagnostics);
        }
    }
    replies(facts, diagnostics);
    memberships(records, &lives, circa, diagnostics);
    events(records, circa, diagnostics);
}

fn of_life(life: &Life<'_>, diagnostics: &mut Diagnostics) {
    let Life { name, born: Some((born, born_span)), died: Some((died, span)) } = *life else { return };
    report(died.precedes(born), diagnostics, |perhaps| {
        let message = format!("{name} {perhaps}died ({}) before being born ({})", died.shown(), born.shown());
        let reversed = Diagnostic::new(Code::DeathBeforeBirth, span, message).help("correct one of the dates");
        if span == born_span { reversed } else { reversed.related(born_span, "the date of the birth is here") }
    });
}

fn against_life(writing: &Writing, life: &Life<'_>, diagnostics: &mut Diagnostics) {
    let Writing { days, span, is_sent, by_others, .. } = *writing;
    let done = if is_sent { "sent" } else { "written" };
    let name = life.name;
    let outside = |when: &str, end: Days, end_span: Span, word: &str| {
        let message = format!("{word}{done} ({}) {when} {name} ({})", days.shown(), end.shown());
        let help = "correct one of the dates, or the person; if it is so, accept it with the reason";
        Diagnostic::new(Code::OutsideLife, span, message).help(help).related(end_span, "the date of the life is here")
    };
    if let Some((born, born_span)) = life.born {
        let answer = days.precedes(born);
        report(answer, diagnostics, |perhaps| outside("before the birth of", born, born_span, perhaps));
    }
    if let Some((died, died_span)) = life.died.filter(|_| !by_others) {
        let answer = died.precedes(days);
        report(answer, diagnostics, |perhaps| outside("after the death of", died, died_span, perhaps));
    }
}

fn replies(facts: &Facts, diagnostics: &mut Diagnostics) {
    if facts.replies.is_empty() {
        return;
    }
    let documents: HashMap<u64, Days> = facts.documents.iter().copied().collect();
    for Reply { days, answered, span } in &facts.replies {
        let Some(answered) = documents.get(answered) else { continue };
        report(days.precedes(*answered), diagnostics, |perhaps| {
            let (reply, answered) = (days.shown(), answered.shown());
            let message = format!("{perhaps}written ({reply}) before the document that it answers ({answered})");
            Diagnostic::new(Code::ReplyBeforeLetter, *span, message).help("correct one of the dates, or the link")
        });
    }
}

fn memberships(records: &Records, lives: &HashMap<u64, Life<'_>>, circa: &Circa, diagnostics: &mut Diagnostics) {
    for authority in &records.authorities {
        let Details::Membership { member: Some(member), dates, .. } = &authority.details else { continue };
        let Some((life, date)) = lives.get(&hash(&member.id)).zip(chosen(dates)) else { continue };
        let Some((begins, ends)) = Days::ends(date, circa) else { continue };
        let span = date.span.unwrap_or(authority.span);
        let outside = |verb: &str, at: Days, when: &str, (end, end_span): (Days, Span), perhaps: &str| {
            let message = format!("{perhaps}{verb} ({}) {when} {} ({})", at.shown(), life.name, end.shown());
            let diagnostic = Diagnostic::new(Code::MembershipOutsideLife, span, message);
            diagnostic.help("correct one of the dates").related(end_span, "the date of the life is here")
        };
        if let Some(born) = life.born {
            let answer = begins.precedes(born.0);
            report(answer, diagnostics, |perhaps| outside("begins", begins, "before the birth of", born, perhaps));
        }
        if let Some(died) = life.died {
            let answer = died.0.precedes(ends);
            report(answer, diagnostics, |perhaps| outside("ends", ends, "after the death of", died, perhaps));
        }
    }
}

fn events(records: &Records, circa: &Circa, diagnostics: &mut Diagnostics) {
    let events = records.authorities.iter().filter_map(|authority| match &authority.details {
        Details::Event(event) => Some((&authority.id, (authority, &**event))),
        _ => None,
    });
    let events: HashMap<&Id, _> = events.collect();
    let days = |(authority, event): &(&Authority, &Event)| {
        let date = chosen(&event.dates)?;
        Some((Days::ends(date, circa)?, date.span.unwrap_or(authority.span)))
    };
    for authority in &records.authorities {
        let Details::Event(event) = &authority.details else { continue };
        let Some(whole) = event.part_of.as_ref().and_then(|whole| events.get(&whole.id)) else { continue };
        let (Some(((begins, ends), span)), Some(((whole_begins, whole_ends), whole_span))) =
            (days(&(authority, &**event)), days(whole))
        else {
            continue;
        };
        let name = &whole.0.label.text;
        let outside = |what: &str, of: Days, end: &str, whole: Days, perhaps: &str| {
            let (of, whole) = (of.shown(), whole.shown());
            let message = format!("{perhaps}{what} ({of}) {end} of \"{name}\" ({whole}), of which it is a part");
            let diagnostic = Diagnostic::new(Code::EventBeforePart, span, message);
            diagnostic
                .help("correct one of the dates, or the link")
                .related(whole_span, "the date of the whole is here")
        };
        report(whole_ends.precedes(begins), diagnostics, |perhaps| {
            outside("begins", begins, "after the end", whole_ends, perhaps)
        });
        report(ends.precedes(whole_begins), diagnostics, |perhaps| {
            outside("ends", ends, "before the beginning", whole_begins, perhaps)
        });
    }
}
