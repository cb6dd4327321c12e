//! Joining: the things of a corpus beside those of its datasets, and how far the two are linked.

use crate::corpus::{Corpus, Options};
use crate::datasets::{self, DatasetSummary, MountedDataset};
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::graph::Sink;
use crate::model::{Kind, Mapping};
use crate::project::{self, Dataset, Project};
use crate::reconcile::{Entities, Gatherer, Joins, KINDS, joins};
use std::collections::BTreeSet;
use std::mem;

impl Corpus {
    /// How far the corpus is joined with the datasets of these names, or with all: a report for each dataset, and for each
    /// corpus of a joint project. Nothing where an error in the sources stands in the way.
    ///
    /// # Errors
    ///
    /// If there is no dataset of a name.
    pub fn joins(&mut self, names: &[String], options: &Options<'_>) -> Result<Option<Vec<Joins>>> {
        if !self.read(options) || self.stops() {
            return Ok(None);
        }
        let ours = self.entities(KINDS, options)?;
        if self.stops() {
            return Ok(None);
        }
        let wanted = self.choose(names)?;
        let mappings = self.records.mappings.clone();
        let mut reports = self.joins_with_datasets(("", &wanted), &ours, &mappings, options)?;
        for member in &mut self.members {
            let mut mappings = mappings.clone();
            mappings.extend(member.corpus.records.mappings.iter().cloned());
            let before = format!("{}/", member.name);
            reports.extend(member.corpus.joins_with_datasets((&before, &wanted), &ours, &mappings, options)?);
        }
        reports.extend(self.joins_with_corpora(&wanted, &ours, &mappings, options)?);
        Ok(Some(reports))
    }

    /// How far things are joined with each dataset of this corpus, whose name stands after `before`.
    fn joins_with_datasets(
        &mut self,
        (before, wanted): (&str, &BTreeSet<String>),
        ours: &Entities,
        mappings: &[Mapping],
        options: &Options<'_>,
    ) -> Result<Vec<Joins>> {
        let project = self.project.clone().expect("what has been read has a project");
        let mut diagnostics = Diagnostics::default();
        let mut reports = Vec::new();
        for dataset in &project.datasets {
            let name = format!("{before}{}", dataset.name);
            if !wanted.contains(&name) {
                continue;
            }
            let theirs = self.entities_of_dataset(&project, dataset, options, &mut diagnostics)?;
            let Some((theirs, _)) = theirs else { continue };
            let graph = datasets::graph(&project, dataset);
            let pin = project.lock.pins.get(&dataset.name);
            reports.push(joins((&name, graph.as_str()), &project.bases(), ours, &theirs, mappings, pin));
        }
        self.diagnostics.append(diagnostics);
        Ok(reports)
    }

    /// How far the things of the other corpora of a joint project are joined with those of each.
    fn joins_with_corpora(
        &mut self,
        wanted: &BTreeSet<String>,
        ours: &Entities,
        mappings: &[Mapping],
        options: &Options<'_>,
    ) -> Result<Vec<Joins>> {
        let project = self.project.clone().expect("what has been read has a project");
        let mut reports = Vec::new();
        for corpus in project.corpora.iter().filter(|corpus| wanted.contains(&corpus.name)) {
            let theirs = self.entities_of_member(&corpus.name, KINDS, options)?;
            let bases = bases_beside(&project, corpus);
            let facing: Vec<Mapping> = mappings.iter().map(|mapping| facing(mapping, &corpus.base)).collect();
            reports.push(joins((&corpus.name, &corpus.base), &bases, ours, &theirs, &facing, None));
        }
        Ok(reports)
    }

    /// The names of the reports that are asked for, or of all that there can be: of the datasets, those of the corpora of
    /// a joint project, and these corpora.
    fn choose(&self, asked: &[String]) -> Result<BTreeSet<String>> {
        let datasets = self.datasets().into_iter().map(|(name, _)| name);
        let names: Vec<String> = datasets.chain(self.members.iter().map(|member| member.name.clone())).collect();
        if let Some(unknown) = asked.iter().find(|name| !names.contains(name)) {
            let help = match names.as_slice() {
                [] => "mount one: add a section [[dataset]] to regesta.toml".to_owned(),
                names => format!("the datasets are {}", names.join(", ")),
            };
            return Err(Error::usage(format!("there is no dataset \"{unknown}\""), help));
        }
        Ok(names.into_iter().filter(|name| asked.is_empty() || asked.contains(name)).collect())
    }

    /// What reads a dataset.
    pub(super) fn mount<'m>(
        &'m self,
        project: &'m Project,
        dataset: &'m Dataset,
        options: &Options<'_>,
    ) -> MountedDataset<'m> {
        let at = project.datasets.iter().position(|known| known.name == dataset.name);
        let files = at.and_then(|at| self.files.datasets.get(at)).map_or(&[][..], Vec::as_slice);
        MountedDataset { project, dataset, sources: &self.sources, files, threads: options.threads }
    }

    /// Sends the statements of the dataset of a name to a sink. Whether it could be read to its end: what was sent otherwise
    /// is not to be used.
    ///
    /// # Errors
    ///
    /// If there is no such dataset.
    pub fn send_dataset(&mut self, name: &str, sink: &mut dyn Sink, options: &Options<'_>) -> Result<bool> {
        let project = self.project.clone().expect("what has been read has a project");
        let mut found = Diagnostics::default();
        datasets::read(self.mount(&project, find_dataset(&project, name)?, options), sink, &mut found)?;
        let is_whole = !found.has_errors();
        self.diagnostics.append(found);
        Ok(is_whole)
    }

    /// The things of the dataset of a name; nothing where it cannot be read to its end.
    ///
    /// # Errors
    ///
    /// If there is no such dataset.
    pub fn things_of_dataset(&mut self, name: &str, options: &Options<'_>) -> Result<Option<Entities>> {
        let project = self.project.clone().expect("what has been read has a project");
        let mut found = Diagnostics::default();
        let things = self.entities_of_dataset(&project, find_dataset(&project, name)?, options, &mut found)?;
        self.diagnostics.append(found);
        Ok(things.map(|(things, _)| things))
    }

    /// The things of a dataset, and what of it was read; nothing where it cannot be read to its end.
    pub(super) fn entities_of_dataset(
        &self,
        project: &Project,
        dataset: &Dataset,
        options: &Options<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<(Entities, DatasetSummary)>> {
        let (mut gatherer, mut found) = (Gatherer::default(), Diagnostics::default());
        let tally = datasets::read(self.mount(project, dataset, options), &mut gatherer, &mut found)?;
        let broken = found.has_errors();
        diagnostics.append(found);
        if broken {
            return Ok(None);
        }
        let entities = gatherer.finish();
        entities.circles(&dataset.name, dataset.span).into_iter().for_each(|circle| diagnostics.push(circle));
        Ok(Some((entities, tally)))
    }

    /// The things of some kinds, the places that they may lie in, and the persons who may decide. Of a joint project, those
    /// of all its corpora.
    pub(super) fn entities(&mut self, kinds: &[Kind], options: &Options<'_>) -> Result<Entities> {
        let project = self.project.as_ref().expect("what has been read has a project");
        let kinds: Vec<&Kind> = kinds.iter().chain([&Kind::Place, &Kind::Person]).collect();
        let below = |base: &str| kinds.iter().map(|kind| format!("{base}{kind}/")).collect::<Vec<_>>();
        let mut gatherer = Gatherer::of(project.bases().into_iter().flat_map(below).collect());
        self.send(&mut gatherer, options)?;
        let mut entities = gatherer.finish();
        if !self.members.is_empty() {
            entities.link_both_ways();
        }
        Ok(entities)
    }

    /// The same of one corpus of a joint project.
    pub(super) fn entities_of_member(&mut self, name: &str, kinds: &[Kind], options: &Options<'_>) -> Result<Entities> {
        let corpus = self.named(name);
        // What is wrong with it was said when the whole project was visited.
        let said = mem::take(&mut corpus.diagnostics);
        let entities = corpus.entities(kinds, options);
        corpus.diagnostics = said;
        entities
    }
}

/// A mapping turned so that what is of a corpus is the other side of it.
fn facing(mapping: &Mapping, base: &str) -> Mapping {
    let mut mapping = mapping.clone();
    if mapping.ours.starts_with(base) {
        mem::swap(&mut mapping.ours, &mut mapping.theirs);
        mapping.relation = mapping.relation.inverse();
    }
    mapping
}

/// What the things of the other corpora of a joint project begin with.
pub(super) fn bases_beside<'p>(project: &'p Project, corpus: &project::MemberSettings) -> Vec<&'p str> {
    project.bases().into_iter().filter(|base| *base != corpus.base).collect()
}

/// The dataset of a name.
pub(super) fn find_dataset<'p>(project: &'p Project, name: &str) -> Result<&'p Dataset> {
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
