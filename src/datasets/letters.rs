//! Lists of letters in CMIF, and TEI registers: read as those of a corpus are, into the graph of the dataset.

use crate::datasets::MountedDataset;
use crate::datasets::writer::DatasetWriter;
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::graph::{GraphTarget, GraphVisitor, Iris, QuadList, Sink, Statement};
use crate::input::{self, Reading};
use crate::progress::Silent;
use crate::project::{ColumnSections, DatasetForm, Profile, Project, SourceFiles};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, QuadRef};

/// Reads all files of the dataset.
pub(super) fn read(
    mount: MountedDataset<'_>,
    writer: &mut DatasetWriter<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<()> {
    let MountedDataset { project, dataset, sources, files, threads } = mount;
    let Some(first) = files.first() else { return Ok(()) };
    writer.begin(*first);
    let language = dataset.language.clone().unwrap_or_else(|| project.language.clone());
    // What the project file says of our own sources does not hold of others.
    let project = Project {
        base: writer.own.clone(),
        language,
        profile: Profile::default(),
        columns: ColumnSections::default(),
        loaded_terms: Vec::new(),
        datasets: Vec::new(),
        corpora: Vec::new(),
        ..project.clone()
    };
    let mut of_dataset = SourceFiles::default();
    match dataset.form {
        DatasetForm::Registers => of_dataset.registers = files.to_vec(),
        _ => of_dataset.cmif = files.to_vec(),
    }
    let records = input::read(&project, sources, &of_dataset, threads, &Silent, diagnostics);
    let (records, progress) = (&records, &Silent);
    let reading = Reading { project: &project, sources, files: &of_dataset, records, threads, progress };
    let mut target = OneGraph { writer: &mut *writer, catalogue: Iris::new(&project.base).catalogue() };
    let summary = input::visit(reading, &mut GraphVisitor::new(&project, records, &mut target), diagnostics)?;
    for (name, unused) in summary.coverage.unused {
        writer.unused_times(&name, unused.count);
    }
    Ok(())
}

/// Puts the graphs of all files into one, without the catalogue of the files. Nothing is taken back: a dataset of which
/// one file cannot be read is not used.
struct OneGraph<'p, 'a> {
    writer: &'p mut DatasetWriter<'a>,
    catalogue: NamedNode,
}

impl Sink for OneGraph<'_, '_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let QuadRef { subject, predicate, object, graph_name } = statement.quad;
        if let NamedOrBlankNodeRef::NamedNode(subject) = subject
            && graph_name != self.catalogue.as_ref().into()
        {
            self.writer.statement(subject, predicate, object);
        }
        Ok(())
    }
}

impl GraphTarget for OneGraph<'_, '_> {
    type Part = QuadList;

    fn begin_part(&mut self) -> QuadList {
        QuadList::all()
    }

    fn begin(&mut self, _: NamedNodeRef<'_>) -> Result<()> {
        Ok(())
    }

    fn append(&mut self, part: QuadList) -> Result<()> {
        let mut quads = part.quads.iter();
        quads.try_for_each(|quad| self.statement(Statement { quad: quad.as_ref(), span: None, shared: false }))
    }

    fn take_back(&mut self) -> Result<()> {
        Ok(())
    }
}
