//! What a corpus is checked for after it has been read: that what it says can be so, and that nothing is left unsaid.
//!
//! What a reader refuses is reported by the reader; what the graph may never state is reported by the gate. Here is what
//! needs more than one record, or is no fault of the record: who is who, what came before what, whose an answer is, what
//! was not used.

mod attribution;
mod chronology;
mod correspondents;
mod coverage;
mod custom;
mod days;
mod facts;
mod found_facts;
mod identity;
mod shape_validator;
mod shapes;

pub use custom::{CustomCheck, PlacedQuads, PlacedStore};
pub use facts::Facts;
pub use found_facts::FoundFacts;
pub use shape_validator::{ShapeValidator, check_file};

use crate::diagnostic::Diagnostics;
use crate::input::Things;
use crate::model::{Authority, Coverage, Records};
use crate::project::{Project, SourceFiles};
use crate::source::Sources;

/// What was read of a corpus.
#[derive(Clone, Copy)]
pub struct CheckInput<'a> {
    /// The project.
    pub project: &'a Project,
    /// The files of the run.
    pub sources: &'a Sources,
    /// Which of them are what.
    pub files: &'a SourceFiles,
    /// What was read whole.
    pub records: &'a Records,
    /// What letters name, and no file describes.
    pub things: &'a Things,
    /// What was remembered of letters.
    pub facts: &'a Facts,
    /// What was not used.
    pub coverage: &'a Coverage,
}

/// Reports all that can be told by comparing what was read, and what the graph of it has against the form.
pub fn check(checked: CheckInput<'_>, forms: ShapeValidator, diagnostics: &mut Diagnostics) {
    let CheckInput { project, sources, files, records, things, facts, coverage } = checked;
    correspondents::unlike_names(records, things, diagnostics);
    let things: Vec<Authority> = things.authorities().collect();
    // The graph of what readers have refused is not what was meant.
    if !diagnostics.stop() {
        diagnostics.append(forms.finish());
    }
    identity::check(records, &things, &project.circa, diagnostics);
    identity::shared_ids(records, sources, diagnostics);
    chronology::check(records, &things, facts, &project.circa, diagnostics);
    attribution::check(records, &things, project, files, diagnostics);
    coverage::check(coverage, files, diagnostics);
}
