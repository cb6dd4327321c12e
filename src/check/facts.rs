//! What is remembered of letters that are read one by one, to be compared at the end: days and ids, no words.

use super::days::Days;
use crate::model::{Circa, Document, Id};
use crate::source::Span;
use foldhash::fast::FixedState;
use std::collections::HashSet;
use std::hash::BuildHasher;

/// What documents say of when they were written, by whom, and what they answer.
#[derive(Debug, Default)]
pub struct Facts {
    /// When each document was written or sent: the hash of its id, and the days.
    pub(super) documents: Vec<(u64, Days)>,
    pub(super) writings: Vec<Writing>,
    pub(super) replies: Vec<Reply>,
}

/// That somebody wrote or sent something.
#[derive(Debug)]
pub(super) struct Writing {
    /// The hash of the id of who did.
    pub(super) who: u64,
    pub(super) days: Days,
    /// Where the date is, or else the document.
    pub(super) span: Span,
    /// Whether it was sent, and when it was written is not said.
    pub(super) is_sent: bool,
    /// Whether it may have been done by others after his death.
    pub(super) by_others: bool,
}

/// That a document answers another one.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) days: Days,
    /// The hash of the id of the document that is answered.
    pub(super) answered: u64,
    pub(super) span: Span,
}

/// An id as one number.
pub(super) fn hash(id: &Id) -> u64 {
    FixedState::default().hash_one(id)
}

impl Facts {
    /// Remembers a document.
    pub(super) fn document(&mut self, document: &Document, circa: &Circa) {
        let dated = |kind: &str| {
            let mut actions = document.actions.iter().filter(|action| action.kind == kind);
            actions.find_map(|action| Some((action, action.date()?)))
        };
        let Some((action, date)) = dated("written").or_else(|| dated("sent")) else { return };
        let Some(days) = Days::of(date, circa) else { return };
        let span = date.span.unwrap_or(document.span);
        self.documents.push((hash(&document.id), days));
        let replies = document.replies_to.iter();
        self.replies.extend(replies.map(|answered| Reply { days, answered: hash(&answered.id), span }));
        let senders: HashSet<&Id> = action.by.iter().map(|party| &party.who.id).collect();
        for who in document.authors.iter().chain(&action.by).filter(|party| !party.is_alternative()) {
            let is_sent = action.kind == "sent";
            let by_others = is_sent && !senders.is_empty() && !senders.contains(&who.who.id);
            let days = if matches!(who.certainty, None | Some("high")) { days } else { days.doubted() };
            self.writings.push(Writing { who: hash(&who.who.id), days, span, is_sent, by_others });
        }
    }

    /// Takes up what a later part of the sources says.
    pub fn append(&mut self, later: Self) {
        self.documents.extend(later.documents);
        self.writings.extend(later.writings);
        self.replies.extend(later.replies);
    }
}
