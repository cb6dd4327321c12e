//! What is wrong and known: accepted where it stands, with a reason.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{FileId, Span};
use std::ops::RangeInclusive;

/// That a sort of problem is accepted in one record of the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The name of a code, or of one of the corpus's own checks.
    name: String,
    /// Where this is said.
    span: Span,
    /// The lines of the record.
    lines: RangeInclusive<u32>,
}

impl Acceptance {
    /// All lines of a file.
    pub const WHOLE_FILE: RangeInclusive<u32> = 0..=u32::MAX;

    /// Reads `CODE: reason`; what cannot be accepted, or has no reason, is a diagnostic. `lines` are those of the record.
    pub fn read(written: &str, span: Span, lines: RangeInclusive<u32>, diagnostics: &mut Diagnostics) {
        let (name, reason) = written.split_once(':').unwrap_or((written, ""));
        Self::of(name.trim(), reason, span, lines, diagnostics);
    }

    /// The same where the name and the reason stand apart.
    pub fn of(name: &str, reason: &str, span: Span, lines: RangeInclusive<u32>, diagnostics: &mut Diagnostics) {
        if reason.trim().is_empty() {
            let message = format!("\"{name}\" is accepted here without a reason");
            let help = format!("write the reason behind it: {name}: copied by his heirs");
            diagnostics.push(Diagnostic::new(Code::InvalidAcceptance, span, message).help(help));
        } else if Code::find(name).is_some_and(Code::is_fixed) {
            let message = format!("\"{name}\" cannot be accepted");
            let help = "what it is about would be missing in the graph, or false; correct it";
            diagnostics.push(Diagnostic::new(Code::InvalidAcceptance, span, message).help(help));
        } else {
            diagnostics.accept(Self { name: name.to_owned(), span, lines });
        }
    }

    fn holds_at(&self, span: Span) -> bool {
        span.file == self.span.file && self.lines.contains(&span.line)
    }

    /// Whether a problem is accepted by this: one of its two places is in the record.
    pub(super) fn accepts(&self, diagnostic: &Diagnostic) -> bool {
        let related = diagnostic.related.as_ref().map(|(span, _)| *span);
        diagnostic.name() == self.name
            && !diagnostic.code.is_fixed()
            && diagnostic.span.into_iter().chain(related).any(|span| self.holds_at(span))
    }

    /// That nothing was found that it accepts.
    pub(super) fn unused(&self) -> Diagnostic {
        let message = format!("nothing is wrong here that is called \"{}\"", self.name);
        let alike = nearest(&self.name, Code::ALL.iter().map(|code| code.name())).filter(|name| *name != self.name);
        let help = alike.map_or_else(|| "take it out".to_owned(), |name| format!("did you mean {name}?"));
        Diagnostic::new(Code::UnusedAcceptance, self.span, message).help(help)
    }

    /// The file in which it is accepted.
    pub(super) fn file(&self) -> FileId {
        self.span.file
    }
}
