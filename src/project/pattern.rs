//! Patterns of paths.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::tree::SourceValue;
use globset::{Glob, GlobBuilder};
use std::path::Path;

/// One pattern of paths.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) glob: Glob,
    /// Where the project file has it; nothing for a default.
    pub(super) span: Option<Span>,
}

/// The pattern that a project file has; nothing where it leads out of the folder, which is reported.
pub(super) fn glob(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<Pattern> {
    let leaves = Path::new(&written.text).components().any(|part| !matches!(part, std::path::Component::Normal(_)));
    let built = GlobBuilder::new(&written.text).literal_separator(true).build();
    match built {
        Ok(glob) if !leaves => Some(Pattern { glob, span: Some(written.span) }),
        _ => {
            let message = format!("\"{}\" is not a pattern of paths below the corpus folder", written.text);
            diagnostics.push(Diagnostic::new(Code::InvalidPattern, written.span, message));
            None
        }
    }
}
