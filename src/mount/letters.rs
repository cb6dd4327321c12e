//! Lists of letters in CMIF, and TEI registers: read as those of a corpus are, into the graph of the dataset.

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::graph::{Iris, Quads, Sink, Statement, Target};
use crate::line::{self, Line};
use crate::mount::Mount;
use crate::mount::pen::Pen;
use crate::project::{Form, Profile, Project, SourceFiles};
use crate::read::{self, Index};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef};
use std::collections::BTreeMap;

/// Reads all files of the dataset.
pub(super) fn read(mount: Mount<'_>, pen: &mut Pen<'_>, diagnostics: &mut Diagnostics) -> Result<()> {
    let Mount { project, dataset, sources, files, threads } = mount;
    let Some(first) = files.first() else { return Ok(()) };
    pen.begin(*first);
    let language = dataset.language.clone().unwrap_or_else(|| project.language.clone());
    // What the project file says of our own sources does not hold of others.
    let project = Project {
        base: pen.own.clone(),
        language,
        profile: Profile::default(),
        columns: BTreeMap::new(),
        loaded_terms: Vec::new(),
        datasets: Vec::new(),
        corpora: Vec::new(),
        ..project.clone()
    };
    let mut of_dataset = SourceFiles::default();
    match dataset.form {
        Form::Registers => of_dataset.registers = files.to_vec(),
        _ => of_dataset.cmif = files.to_vec(),
    }
    let corpus = read::read(&project, sources, &of_dataset, threads, &|| {}, diagnostics);
    let index = Index::of(&corpus.authorities, sources);
    let line = Line {
        is_checked: false,
        project: &project,
        sources,
        files: &of_dataset,
        corpus: &corpus,
        index: &index,
        threads,
        progress: &|| {},
    };
    let mut target = OneGraph { pen: &mut *pen, catalogue: Iris::new(&project.base).catalogue() };
    let written = line::write_statements(line, &mut target, diagnostics)?;
    for (name, unused) in written.coverage.unused {
        pen.unused_times(&name, unused.count);
    }
    Ok(())
}

/// Puts the graphs of all files into one, without the catalogue of the files. Nothing is taken back: a dataset of which
/// one file cannot be read is not used.
struct OneGraph<'p, 'a> {
    pen: &'p mut Pen<'a>,
    catalogue: NamedNode,
}

impl Sink for OneGraph<'_, '_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let QuadRef { subject, predicate, object, graph_name } = statement.quad;
        if let NamedOrBlankNodeRef::NamedNode(subject) = subject
            && graph_name != self.catalogue.as_ref().into()
        {
            self.pen.statement(subject, predicate, object);
        }
        Ok(())
    }
}

impl Target for OneGraph<'_, '_> {
    type Maker = Quads;

    fn maker(&self) -> Quads {
        Quads::all()
    }

    fn begin(&mut self, _: NamedNodeRef<'_>) -> Result<()> {
        Ok(())
    }

    fn append(&mut self, piece: Vec<Quad>) -> Result<()> {
        piece.iter().try_for_each(|quad| self.statement(Statement { quad: quad.as_ref(), span: None, shared: false }))
    }

    fn take_back(&mut self) -> Result<()> {
        Ok(())
    }
}
