//! How sources write the id of a thing: ids that differ only in capitals and marks come to one.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::slugs::slug_of_id;
use crate::model::Id;
use crate::source::Span;

/// How the id of a thing is written where it was first met, and the first place where it is written otherwise.
#[derive(Clone, Debug)]
pub(crate) struct IdSpellings {
    written: String,
    span: Span,
    other: Option<(String, Span)>,
}

impl IdSpellings {
    /// Of an id as it is written.
    pub(crate) fn new(written: String, span: Span) -> Self {
        Self { written, span, other: None }
    }

    /// Takes up those of a later part of the sources.
    pub(crate) fn append(&mut self, later: Self) {
        if self.other.is_some() {
            return;
        }
        // What is one thing for another reason, as by an identifier, can have ids that are nothing alike.
        let is_other =
            |written: &str| self.written != written && slug_of_id(None, &self.written) == slug_of_id(None, written);
        let later_ones = [Some((later.written, later.span)), later.other];
        self.other = later_ones.into_iter().flatten().find(|(written, _)| is_other(written));
    }

    /// Reports an id that is written in two ways.
    pub(crate) fn report(&self, id: &Id, diagnostics: &mut Diagnostics) {
        let Some((other, span)) = &self.other else { return };
        let message = format!(
            "\"{other}\" and \"{}\" are taken for one, {id}: they differ only in capitals, blanks or marks",
            self.written
        );
        let help = "write it in one way; or, if they are two, give them ids that differ in more";
        let diagnostic = Diagnostic::new(Code::LooseId, *span, message).help(help);
        diagnostics.push(diagnostic.related(self.span, "where it is written otherwise"));
    }
}
