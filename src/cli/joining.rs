//! What the commands share that join a corpus with its datasets.

use crate::cli::Global;
use crate::cli::workspace::Workspace;
use regesta::diagnostic::Diagnostics;
use regesta::error::{Error, Result};
use regesta::model::{Corpus, Kind};
use regesta::mount::{self, Mount, Tally};
use regesta::project::{self, Dataset, Project};
use regesta::reconcile::{Entities, Gatherer};
use std::mem;
use std::num::NonZero;

/// The datasets of a project, with what reads them.
pub(super) struct Datasets<'w> {
    workspace: &'w Workspace,
    project: &'w Project,
    threads: NonZero<usize>,
}

impl<'w> Datasets<'w> {
    pub(super) fn of(workspace: &'w Workspace, project: &'w Project, global: &Global) -> Self {
        Self { workspace, project, threads: global.threads() }
    }

    /// Those that are named, or all.
    pub(super) fn named(&self, names: &[String]) -> Result<Vec<&'w Dataset>> {
        if names.is_empty() {
            return Ok(self.project.datasets.iter().collect());
        }
        names.iter().map(|name| find(self.project, name)).collect()
    }

    /// What reads a dataset.
    pub(super) fn mount(&self, dataset: &'w Dataset) -> Mount<'w> {
        let at = self.project.datasets.iter().position(|known| known.name == dataset.name);
        let files = at.and_then(|at| self.workspace.files.datasets.get(at)).map_or(&[][..], Vec::as_slice);
        let Self { workspace, project, threads } = self;
        Mount { project, dataset, sources: &workspace.sources, files, threads: *threads }
    }

    /// The things of a dataset, and what of it was read; nothing where it cannot be read to its end.
    pub(super) fn entities(
        &self,
        dataset: &'w Dataset,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<(Entities, Tally)>> {
        let mut gatherer = Gatherer::default();
        let mut found = Diagnostics::default();
        let tally = mount::read(self.mount(dataset), &mut gatherer, &mut found)?;
        let broken = found.has_errors();
        diagnostics.append(found);
        if broken {
            return Ok(None);
        }
        let entities = gatherer.finish();
        entities.circles(&dataset.name, dataset.span).into_iter().for_each(|circle| diagnostics.push(circle));
        Ok(Some((entities, tally)))
    }
}

/// The dataset of a name.
pub(super) fn find<'p>(project: &'p Project, name: &str) -> Result<&'p Dataset> {
    project.datasets.iter().find(|dataset| dataset.name == name).ok_or_else(|| {
        let names: Vec<&str> = project.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
        let corpus =
            name.split_once('/').and_then(|(corpus, _)| project.corpora.iter().find(|known| known.name == corpus));
        let help = match (corpus, names.as_slice()) {
            (Some(corpus), _) => {
                format!("datasets of the corpus \"{}\" are joined there: -C {}", corpus.name, corpus.folder)
            }
            (None, []) => "mount one: add a section [[dataset]] to regesta.toml".to_owned(),
            (None, names) => format!("the datasets are {}", names.join(", ")),
        };
        Error::usage(format!("there is no dataset \"{name}\""), help)
    })
}

/// The things of the corpus of some kinds, the places that they may lie in, and the persons who may decide. Of a joint
/// project, those of all its corpora.
pub(super) fn ours(workspace: &mut Workspace, corpus: &Corpus, kinds: &[Kind], global: &Global) -> Result<Entities> {
    let project = workspace.project.as_ref().expect("what has been read has a project");
    let kinds: Vec<&Kind> = kinds.iter().chain([&Kind::Place, &Kind::Person]).collect();
    let below = |base: &str| kinds.iter().map(|kind| format!("{base}{kind}/")).collect::<Vec<_>>();
    let wanted = project.bases().into_iter().flat_map(below).collect();
    let mut gatherer = Gatherer::of(wanted);
    workspace.write(corpus, global, &mut gatherer)?;
    let mut entities = gatherer.finish();
    if !workspace.members.is_empty() {
        entities.link_both_ways();
    }
    Ok(entities)
}

/// The same of one corpus of a joint project.
pub(super) fn of_corpus(workspace: &mut Workspace, name: &str, kinds: &[Kind], global: &Global) -> Result<Entities> {
    let mut members = workspace.members.iter_mut();
    let member = members.find(|member| member.name == name).expect("it is one of the project's");
    let corpus = member.corpus.take().expect("it was read with the others");
    // What is wrong with it was said when the whole project was written.
    let said = mem::take(&mut member.workspace.diagnostics);
    let entities = ours(&mut member.workspace, &corpus, kinds, global);
    member.workspace.diagnostics = said;
    member.corpus = Some(corpus);
    entities
}

/// What the things of the other corpora of a joint project begin with.
pub(super) fn bases_beside<'p>(project: &'p Project, corpus: &project::Member) -> Vec<&'p str> {
    project.bases().into_iter().filter(|base| *base != corpus.base).collect()
}
