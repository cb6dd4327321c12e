//! Locking: the datasets as they are now, what their change means for the corpus, and the lock file that pins them.

use crate::corpus::join::find_dataset;
use crate::corpus::{Corpus, Options};
use crate::datasets;
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::output::replace_file;
use crate::project::{Dataset, LOCK_FILE, Lock, Pin, Project};
use crate::reconcile::{Entities, Gone, KINDS, joins, linked};
use std::collections::BTreeMap;

/// A dataset that was looked at.
pub struct Locked {
    /// Its name.
    pub dataset: String,
    /// How it is beside what was pinned.
    pub state: PinState,
    /// How many things it describes.
    pub things: usize,
    /// Keys and columns that are not used, and how often they were met.
    pub unused: BTreeMap<String, usize>,
    /// What the corpus is linked to and is no longer there as it was.
    pub gone: Vec<Gone>,
}

/// What came of looking at the datasets.
pub enum LockOutcome {
    /// They are pinned.
    Locked(Vec<Locked>),
    /// An error in the sources stands in the way.
    UnreadableCorpus,
    /// A dataset cannot be read to its end.
    UnreadableDataset,
}

/// How a dataset is beside what was pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinState {
    /// It was not pinned before.
    New,
    /// It is the one that was pinned.
    Same,
    /// It is another one.
    Changed,
}

impl Corpus {
    /// Pins the datasets of these names as they are now, or all, in the lock file. Nothing is written where one cannot be
    /// read.
    ///
    /// # Errors
    ///
    /// If there is no dataset of a name, or the file cannot be written.
    pub fn lock(&mut self, names: &[String], options: &Options<'_>) -> Result<LockOutcome> {
        if !self.read_unlocked(options) {
            return Ok(LockOutcome::UnreadableCorpus);
        }
        let ours = self.entities(KINDS, options)?;
        if self.stops() {
            return Ok(LockOutcome::UnreadableCorpus);
        }
        let project = self.project.clone().expect("what has been read has a project");
        let declared = |name: &String| project.datasets.iter().any(|dataset| dataset.name == *name);
        let known = project.lock.pins.clone().into_iter().filter(|(name, _)| declared(name));
        let mut lock = Lock { pins: known.collect() };
        let (mut diagnostics, mut locked) = (Diagnostics::default(), Vec::new());
        for dataset in datasets(&project, names)? {
            if let Some((of_dataset, pin)) = self.look_at(&project, dataset, &ours, options, &mut diagnostics)? {
                lock.pins.insert(dataset.name.clone(), pin);
                locked.push(of_dataset);
            }
        }
        let broken = diagnostics.has_errors();
        self.diagnostics.append(diagnostics);
        if broken {
            return Ok(LockOutcome::UnreadableDataset);
        }
        replace_file(&self.root.join(LOCK_FILE), lock.to_text().as_bytes())?;
        Ok(LockOutcome::Locked(locked))
    }

    /// What a dataset is now, and what it is to be pinned as; nothing where it cannot be read.
    fn look_at(
        &self,
        project: &Project,
        dataset: &Dataset,
        ours: &Entities,
        options: &Options<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<(Locked, Pin)>> {
        let files = self.mount(project, dataset, options).files;
        let Some(sha256) = datasets::digest(&self.sources, files, diagnostics) else { return Ok(None) };
        let theirs = self.entities_of_dataset(project, dataset, options, diagnostics)?;
        let Some((theirs, tally)) = theirs else { return Ok(None) };
        let before = project.lock.pins.get(&dataset.name);
        let graph = datasets::graph(project, dataset);
        let bases = project.bases();
        let report = joins((&dataset.name, graph.as_str()), &bases, ours, &theirs, &self.records.mappings, before);
        let state = match before {
            None => PinState::New,
            Some(pin) if pin.sha256 == sha256 => PinState::Same,
            Some(_) => PinState::Changed,
        };
        let mut now = linked(ours, &theirs);
        // What has vanished stays on record for as long as the corpus is linked to it.
        let vanished = report.gone.iter().filter(|gone| gone.was_described);
        now.extend(vanished.map(|gone| gone.theirs.clone()));
        let pin = Pin { sha256, linked: now.into_iter().collect() };
        let (dataset, things) = (dataset.name.clone(), theirs.described());
        Ok(Some((Locked { dataset, state, things, unused: tally.unused, gone: report.gone }, pin)))
    }
}

/// The datasets of these names, or all.
fn datasets<'p>(project: &'p Project, names: &[String]) -> Result<Vec<&'p Dataset>> {
    if names.is_empty() {
        return Ok(project.datasets.iter().collect());
    }
    names.iter().map(|name| find_dataset(project, name)).collect()
}
