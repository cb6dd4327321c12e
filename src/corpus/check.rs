//! Checking a corpus: everything that a build would refuse, and whatever else is not as it should be.

use crate::check::{self, FoundFacts, ShapeValidator};
use crate::corpus::{Corpus, CoverageReport, Inventory, Isolation, Options};
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::graph::GraphVisitor;
use crate::input::{self, ReadSummary, Verification};
use crate::model::Accumulated;
use crate::query::on_large_stack;
use crate::source::Sources;
use std::path::Path;

/// What a check has looked at; what is wrong is in the corpus's diagnostics.
pub struct CheckReport {
    /// What the corpus holds.
    pub inventory: Inventory,
    /// What was read of the letters of the corpus, and of each corpus of a joint project by its name.
    pub coverage: Vec<(Option<String>, CoverageReport)>,
    /// The ranges of texts outside the folder.
    pub verification: Verification,
}

impl Corpus {
    /// Reads and checks everything; nothing where the project file cannot be used. The texts that the corpus only names
    /// are looked for in the folder `texts`. The custom checks are asked where the isolation says, or, without one, here,
    /// without limits.
    pub fn check(
        &mut self,
        texts: Option<&Path>,
        isolation: Option<&dyn Isolation>,
        options: &Options<'_>,
    ) -> Result<Option<CheckReport>> {
        let is_read = self.read(options);
        self.catalogue();
        if !is_read {
            return Ok(None);
        }
        let verification = self.verify(texts)?;
        self.check_own(options)?;
        for member in self.members.iter_mut().filter(|member| member.corpus.project.is_some()) {
            member.corpus.check_own(options)?;
        }
        self.check_mappings();
        let (inventory, coverage) = (Inventory::of(self), CoverageReport::of_all(self));
        self.ask_custom_checks(isolation, options)?;
        self.diagnostics.report_unused_acceptances();
        self.members.iter_mut().for_each(|member| member.corpus.diagnostics.report_unused_acceptances());
        Ok(Some(CheckReport { inventory, coverage, verification }))
    }

    /// Sends the graph nowhere, and checks what was read and what comes of it.
    fn check_own(&mut self, options: &Options<'_>) -> Result<()> {
        let project = self.project.clone().expect("what has been read has a project");
        let (mut forms, mut facts) = (ShapeValidator::default(), Accumulated::new(FoundFacts::new(&project.circa)));
        let mut graph = GraphVisitor::new(&project, &self.records, &mut forms);
        self.visit(&mut (&mut graph, &mut facts), options)?;
        let FoundFacts { facts, problems, .. } = facts.finish();
        self.diagnostics.append(problems);
        let Self { sources, files, records, summary, diagnostics, .. } = self;
        let ReadSummary { things, coverage, .. } = &*summary;
        let checked = check::CheckInput { project: &project, sources, files, records, things, facts: &facts, coverage };
        check::check(checked, forms, diagnostics);
        Ok(())
    }

    /// Verifies the ranges of texts that are outside the folder, those of the corpora of a joint project too. To be called
    /// after [`read`](Self::read).
    pub fn verify(&mut self, texts: Option<&Path>) -> Result<Verification> {
        let mut verification = input::verify(&self.records, texts, &mut self.diagnostics)?;
        for member in &mut self.members {
            let Corpus { records, diagnostics, .. } = &mut member.corpus;
            let of_member = input::verify(records, texts, diagnostics)?;
            verification.verified += of_member.verified;
            verification.unverified += of_member.unverified;
        }
        Ok(verification)
    }
}

/// Holds an RDF file against the shapes; what is wrong with it, and where it is.
pub fn check_file(path: &Path) -> Result<(Diagnostics, Sources)> {
    let mut sources = Sources::new(path.parent().unwrap_or(Path::new("")));
    let file = sources.add(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let mut diagnostics = Diagnostics::default();
    on_large_stack(|| check::check_file(path, file, &mut diagnostics))?;
    Ok((diagnostics, sources))
}
