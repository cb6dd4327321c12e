//! The records of a corpus on their way to a visitor, and its graph on the way to a target.

use crate::corpus::{Corpus, Member, Options};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Result;
use crate::export::{DocumentRecords, Output, RecordLines};
use crate::graph::{GraphTarget, GraphVisitor, KeptQuads};
use crate::input::{self, ReadSummary, Reading};
use crate::model::{Id, Kind, RecordVisitor, ReviewState};
use crate::project::SourceFiles;

impl Corpus {
    /// Sends the records of this corpus to a visitor, letters included. To be called after [`read`](Self::read).
    ///
    /// # Panics
    ///
    /// If the project file cannot be used.
    pub fn visit<V: RecordVisitor>(&mut self, visitor: &mut V, options: &Options<'_>) -> Result<()> {
        let Self { project, sources, files, records, diagnostics, .. } = &mut *self;
        let project = project.as_ref().expect("what has been read has a project");
        let Options { threads, progress } = *options;
        let reading = Reading { project, sources, files, records, threads, progress };
        self.summary = visit(reading, visitor, diagnostics)?;
        Ok(())
    }

    /// Writes a record of each letter of this corpus to an output, and sends its graph to a target; how many records there
    /// are.
    pub(super) fn send_with_letter_records<T: GraphTarget, O: Output>(
        &mut self,
        target: &mut T,
        output: O,
        options: &Options<'_>,
    ) -> Result<usize> {
        let Self { project, sources, files, records, diagnostics, .. } = &mut *self;
        let project = project.as_ref().expect("what has been read has a project");
        let documents = DocumentRecords::new(records, project);
        let mut lines = RecordLines::of_letters(&documents, output);
        let mut visitor = (GraphVisitor::new(project, records, target), &mut lines);
        let Options { threads, progress } = *options;
        let reading = Reading { project, sources, files, records, threads, progress };
        let summary = visit(reading, &mut visitor, diagnostics)?;
        let count = lines.finish()?;
        self.summary = summary;
        Ok(count)
    }

    /// Writes a record of each document and letter of this corpus, and of the corpora of a joint project, to an output.
    pub(super) fn write_records<O: Output>(&mut self, mut output: O, options: &Options<'_>) -> Result<()> {
        self.write_own_records(&mut output, options)?;
        let members = self.members.iter_mut().map(|member| &mut member.corpus);
        members
            .filter(|corpus| corpus.project.is_some())
            .try_for_each(|corpus| corpus.write_own_records(&mut output, options))
    }

    fn write_own_records<O: Output>(&mut self, output: O, options: &Options<'_>) -> Result<()> {
        let Self { project, sources, files, records, diagnostics, .. } = &mut *self;
        let project = project.as_ref().expect("what has been read has a project");
        let documents = DocumentRecords::new(records, project);
        let mut lines = RecordLines::new(&documents, output);
        let Options { threads, progress } = *options;
        let reading = Reading { project, sources, files, records, threads, progress };
        // The graph goes nowhere, but past the gate.
        let mut nowhere = KeptQuads::new(|_| false);
        let mut visitor = (GraphVisitor::new(project, records, &mut nowhere), &mut lines);
        let summary = visit(reading, &mut visitor, diagnostics)?;
        lines.finish()?;
        self.summary = summary;
        Ok(())
    }

    /// Sends the whole graph to a target, letters and the corpora of a joint project included. To be called after
    /// [`read`](Self::read).
    ///
    /// # Panics
    ///
    /// If the project file cannot be used.
    pub fn send<T: GraphTarget>(&mut self, target: &mut T, options: &Options<'_>) -> Result<()> {
        self.send_own(target, options)?;
        for Member { corpus, .. } in &mut self.members {
            if corpus.project.is_some() {
                corpus.send_own(target, options)?;
            }
        }
        self.check_mappings();
        Ok(())
    }

    /// The same of this corpus alone.
    pub(super) fn send_own<T: GraphTarget>(&mut self, target: &mut T, options: &Options<'_>) -> Result<()> {
        // The project and the records are taken out while their graph is sent.
        let project = self.project.clone().expect("what has been read has a project");
        let mut visitor = GraphVisitor::new(&project, &self.records, target);
        self.visit(&mut visitor, options)
    }

    /// Reports accepted mappings of what a corpus of a joint project does not have.
    pub(super) fn check_mappings(&mut self) {
        for mapping in self.records.mappings.iter().filter(|mapping| mapping.review == ReviewState::Accepted) {
            for iri in [&mapping.ours, &mapping.theirs] {
                let id = |member: &Member| Id::of_iri(iri, &member.corpus.project.as_ref()?.base);
                let Some((member, id)) = self.members.iter().find_map(|member| Some((member, id(member)?))) else {
                    continue;
                };
                let Corpus { files, records, summary, .. } = &member.corpus;
                let letters = [&files.tei, &files.cmif, &files.tables];
                let is_letter = id.kind == Kind::Document && letters.iter().any(|files| !files.is_empty());
                if !is_letter && !records.ids().contains_key(&id) && !summary.things.contains(&id) {
                    let message = format!("nothing in the corpus \"{}\" is called \"{id}\"", member.name);
                    let unknown = Diagnostic::new(Code::UnknownId, mapping.ours_span, message);
                    self.diagnostics.push(unknown.help("correct the id, or take the row out"));
                }
            }
        }
    }
}

/// Sends records to a visitor, and reports what was named and never met.
fn visit<V: RecordVisitor>(reading: Reading<'_>, visitor: &mut V, problems: &mut Diagnostics) -> Result<ReadSummary> {
    let SourceFiles { tei, cmif, tables, .. } = reading.files;
    reading.progress.begin("files of letters", tei.len() + cmif.len() + tables.len());
    let summary = input::visit(reading, visitor, problems);
    reading.progress.end();
    let summary = summary?;
    input::report_unmatched(reading, &summary, problems);
    Ok(summary)
}
