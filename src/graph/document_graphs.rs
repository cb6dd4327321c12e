//! The graphs of single documents.

use crate::error::Result;
use crate::graph::annotation::{self, Passages};
use crate::graph::emitter::Emitter;
use crate::graph::{Iris, Sink, claim, document};
use crate::model::{Annotation, Claim, Document, Letter, Records};
use crate::project::Project;

/// The graphs of single documents: what their own file, their annotations and their claims say.
pub struct DocumentGraphs<'a> {
    project: &'a Project,
    contents: claim::Contents,
}

impl<'a> DocumentGraphs<'a> {
    /// Looks through the claims of a corpus once for all its documents.
    pub fn new(records: &Records, project: &'a Project) -> Self {
        Self { project, contents: claim::Contents::new(records, &Iris::new(&project.base)) }
    }

    /// Sends what belongs to one document to a sink.
    pub fn document(
        &self,
        document: &Document,
        annotations: &[&Annotation],
        claims: &[&Claim],
        sink: &mut dyn Sink,
    ) -> Result<()> {
        let mut emitter = Emitter::new(self.project, sink);
        document::describe(document, &mut emitter);
        let mut passages = Passages::default();
        for annotation in annotations {
            annotation::describe(annotation, &mut passages, &mut emitter);
        }
        claim::describe(claims, &self.contents, &mut passages, &mut emitter);
        passages.describe(&mut emitter);
        emitter.finish()
    }

    /// Sends what belongs to one letter to a sink.
    pub fn letter(&self, letter: &Letter, sink: &mut dyn Sink) -> Result<()> {
        let mut emitter = Emitter::new(self.project, sink);
        describe_letter(letter, &mut emitter);
        emitter.finish()
    }
}

/// Describes a letter, what is marked in it, and its editor's notes.
pub(super) fn describe_letter(letter: &Letter, emitter: &mut Emitter<'_>) {
    document::describe(&letter.document, emitter);
    if let Some(notes) = &letter.notes {
        document::describe_notes(&letter.document, notes, emitter);
    }
    let mut passages = Passages::default();
    for annotation in &letter.annotations {
        annotation::describe(annotation, &mut passages, emitter);
    }
    passages.describe_own(emitter);
}
