//! What was read, or could have been, and was not used.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Coverage;
use crate::project::SourceFiles;
use crate::source::Sources;

/// Reports what nothing was made of: elements, attributes and columns, each with the first place; and files that lie where
/// sources are and match no pattern.
pub(super) fn check(coverage: &Coverage, files: &SourceFiles, diagnostics: &mut Diagnostics) {
    for (name, unused) in &coverage.unused {
        let times = if unused.count == 1 { "once".to_owned() } else { format!("{} times", unused.count) };
        let message = format!("{name} is not used; it stands in the sources {times}");
        let help = "it stays in its file, and nothing in the graph comes of it";
        diagnostics.push(Diagnostic::new(Code::NotUsed, unused.example, message).help(help));
    }
    for file in &files.unmatched {
        let message = "this file matches no pattern, so it is not read";
        let help = "name it under [sources] in regesta.toml, or put it elsewhere";
        diagnostics.push(Diagnostic::new(Code::FileNotUsed, Sources::whole(*file), message).help(help));
    }
}
