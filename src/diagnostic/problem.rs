//! One problem in the sources.

use crate::diagnostic::{Code, Severity};
use crate::source::Span;
use smol_str::SmolStr;

/// A check that a corpus brings with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckOrigin {
    /// Its name, which stands where a code stands.
    pub name: SmolStr,
    /// How much what it finds matters.
    pub severity: Severity,
}

/// One problem in the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What sort of problem it is.
    pub code: Code,
    /// The check that found it, where that is one of the corpus's own.
    pub check: Option<Box<CheckOrigin>>,
    /// Whether it is only possible, and then no more than a hint.
    pub possible: bool,
    /// Where it is; nothing where it has no place in a file.
    pub span: Option<Span>,
    /// One plain sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Another place that has to do with it, and how.
    pub related: Option<(Span, String)>,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::general(code, message) }
    }

    /// A problem that has no place in a file.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, check: None, possible: false, span: None, message, help: None, related: None }
    }

    /// What stands for its sort: the name of its code, or of the corpus's own check.
    pub fn name(&self) -> &str {
        self.check.as_ref().map_or(self.code.name(), |check| &check.name)
    }

    /// The same as something that is only possible: a hint.
    #[must_use]
    pub fn only_possible(mut self) -> Self {
        self.possible = true;
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with another place that has to do with it.
    #[must_use]
    pub fn related(mut self, span: Span, how: impl Into<String>) -> Self {
        self.related = Some((span, how.into()));
        self
    }
}
