//! What can be done with a corpus: open it, read it, check it, build its graph, ask it, join it with other datasets.
//!
//! A [`Corpus`] is a folder with a project file. Whatever is done with it, its [`diagnostics`](Corpus::parts) say what is
//! wrong with its sources; who shows them, and how, is left to the caller.

mod ask;
mod build;
mod check;
mod custom_checks;
mod duplicates;
mod explain;
mod export;
mod join;
mod lock;
mod practice;
mod reconcile;
mod report;
mod review;
mod send;
mod unused_order;

pub use crate::export::Format;
pub use crate::input::Verification;
pub use crate::output::Destination;
pub use crate::query::{AnswerFormat, Catalogue, StoredQuery};
pub use crate::reconcile::{Gone, Joins, OfKind};
pub use crate::source::Sources;
pub use ask::{LoadedGraph, Question, ReadQuery, embedded_queries, read_query, read_query_file};
pub use build::{Build, WantedRecords};
pub use check::{CheckReport, check_file};
pub use custom_checks::{CheckEvent, CheckEvents, CheckRun, Finding, Isolation, NextEvent};
pub use duplicates::{Duplicates, FoundDuplicates};
pub use explain::{explain, list_codes};
pub use export::ExportRequest;
pub use lock::{LockOutcome, Locked, PinState};
pub use practice::write_practice_corpus;
pub use reconcile::{CandidateSearch, ProposalRequest, Proposals, joinable_kinds};
pub use report::{CoverageReport, Inventory, UnusedReport};
pub use review::{Decision, ReviewQuestion, ReviewSession, ReviewSide};

use crate::datasets;
use crate::diagnostic::{Diagnostics, Severity};
use crate::error::{Error, Result};
use crate::input::{self, ReadSummary};
use crate::model::Records;
use crate::output::Marker;
use crate::progress::{Progress, Silent};
use crate::project::{self, LOCK_FILE, PROJECT_FILE, Project, SourceFiles};
use crate::query::on_large_stack;
use crate::source::sha256;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// How work is done, which changes nothing of what comes of it.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// How many threads read.
    pub threads: NonZero<usize>,
    /// Is told how far reading has come.
    pub progress: &'a dyn Progress,
}

/// A corpus folder: its project file, its source files, and what is wrong with them.
pub struct Corpus {
    root: PathBuf,
    project: Option<Project>,
    sources: Sources,
    files: SourceFiles,
    diagnostics: Diagnostics,
    /// What was read whole.
    records: Records,
    /// What is known of the sources since their records were last visited.
    summary: ReadSummary,
    members: Vec<Member>,
}

/// One corpus of a joint project.
pub struct Member {
    /// What the joint project calls it.
    pub name: String,
    /// The corpus.
    pub corpus: Corpus,
}

impl Default for Options<'_> {
    /// One thread, and nobody who is told.
    fn default() -> Self {
        Self { threads: NonZero::<usize>::MIN, progress: &Silent }
    }
}

impl Corpus {
    /// Opens the folder that is named, or the nearest one with a project file: the current folder or one above it.
    ///
    /// # Errors
    ///
    /// If there is no project file. What is wrong in it is a diagnostic.
    pub fn open(folder: Option<&Path>) -> Result<Self> {
        let root = match folder {
            Some(folder) if folder.join(PROJECT_FILE).symlink_metadata().is_ok() => folder.to_owned(),
            Some(folder) => {
                let message = format!("there is no {PROJECT_FILE} in {}", folder.display());
                return Err(Error::usage(message, "make a corpus with: regesta init my-letters".to_owned()));
            }
            None => project::find(Path::new("."))?,
        };
        let mut corpus = Self::of(Sources::new(&root));
        for member in corpus.project.iter().flat_map(|project| &project.corpora) {
            let member_corpus = Self::of(Sources::within(&root, &member.folder));
            corpus.members.push(Member { name: member.name.clone(), corpus: member_corpus });
        }
        Ok(corpus)
    }

    fn of(mut sources: Sources) -> Self {
        let mut diagnostics = Diagnostics::default();
        let project = Project::read(&mut sources, &mut diagnostics);
        let files = match &project {
            Some(project) => project.find_files(&mut sources, &mut diagnostics),
            None => SourceFiles::default(),
        };
        let (records, summary) = (Records::default(), ReadSummary::default());
        let root = sources.root().to_owned();
        Self { root, project, sources, files, diagnostics, records, summary, members: Vec::new() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the project file says; nothing where it cannot be used.
    pub fn project(&self) -> Option<&Project> {
        self.project.as_ref()
    }

    /// The source files.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Which of the source files are what.
    pub fn files(&self) -> &SourceFiles {
        &self.files
    }

    /// The id of the thing of the corpus that has this IRI, as it is written in source files; the IRI of anything else.
    pub fn id_of(&self, iri: &str) -> String {
        let bases = self.project().map(Project::bases).unwrap_or_default();
        let name = bases.iter().find_map(|base| iri.strip_prefix(*base));
        name.map_or_else(|| iri.to_owned(), |name| name.trim_end_matches("#it").replace('/', ":"))
    }

    /// What is wrong with the sources of this corpus, without those of a joint project.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// What was read whole.
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// What is known of the sources since their records were last visited.
    pub fn summary(&self) -> &ReadSummary {
        &self.summary
    }

    /// The corpora of a joint project.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// This corpus, and those of a joint project.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        [self].into_iter().chain(self.members.iter().map(|member| &member.corpus))
    }

    /// The problems of this corpus and of those of a joint project, with the files that they are in.
    pub fn parts(&self) -> impl Iterator<Item = (&Diagnostics, &Sources)> {
        self.all().map(|corpus| (&corpus.diagnostics, &corpus.sources))
    }

    /// The one of these that has a name in a joint project; this one has none.
    fn named(&mut self, name: &str) -> &mut Self {
        match self.members.iter().position(|member| member.name == name) {
            Some(at) => &mut self.members[at].corpus,
            None => self,
        }
    }

    /// Whether an error stands in the way of writing anything.
    pub fn stops(&self) -> bool {
        self.all().any(|corpus| corpus.diagnostics.stop())
    }

    /// Whether there is any error.
    pub fn has_errors(&self) -> bool {
        self.all().any(|corpus| corpus.diagnostics.has_errors())
    }

    /// How many problems of a severity the sources have.
    pub fn count(&self, severity: Severity) -> usize {
        self.parts().map(|(diagnostics, sources)| diagnostics.count(severity, sources)).sum()
    }

    /// How many problems are not shown: those that the sources accept, and those of sorts that the project file switches
    /// off.
    pub fn count_silenced(&self) -> (usize, usize) {
        let counts = self.parts().map(|(diagnostics, sources)| diagnostics.count_silenced(sources));
        counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1))
    }

    /// Reads the sources that are read whole; whether the project file could be used. Datasets that are not as they were
    /// locked are reported.
    pub fn read(&mut self, options: &Options<'_>) -> bool {
        if let Some(project) = &self.project {
            datasets::check_pins(project, &self.sources, &self.files, &mut self.diagnostics);
        }
        for member in &mut self.members {
            member.corpus.read(options);
        }
        self.read_own(options)
    }

    /// The same as [`read`](Self::read), whatever state the datasets are in.
    fn read_unlocked(&mut self, options: &Options<'_>) -> bool {
        for member in &mut self.members {
            member.corpus.read_own(options);
        }
        self.read_own(options)
    }

    fn read_own(&mut self, options: &Options<'_>) -> bool {
        let Some(project) = &self.project else { return false };
        let Options { threads, progress } = *options;
        progress.begin("documents", self.files.documents.len());
        self.records = input::read(project, &self.sources, &self.files, threads, progress, &mut self.diagnostics);
        progress.end();
        true
    }

    /// The stored queries of the program and the corpus's own.
    pub fn catalogue(&mut self) -> Catalogue {
        let (sources, files, diagnostics) = (&self.sources, &self.files.queries, &mut self.diagnostics);
        on_large_stack(|| {
            let mut catalogue = Catalogue::embedded();
            catalogue.read(sources, files, diagnostics);
            catalogue
        })
    }

    /// The name and the graph of each dataset; those of a corpus of a joint project have its name before theirs.
    pub fn datasets(&self) -> Vec<(String, NamedNode)> {
        let of = |corpus: &Self, before: &str| -> Vec<(String, NamedNode)> {
            let Some(project) = &corpus.project else { return Vec::new() };
            let datasets = project.datasets.iter();
            datasets.map(|dataset| (format!("{before}{}", dataset.name), datasets::graph(project, dataset))).collect()
        };
        let members = self.members.iter().flat_map(|member| of(&member.corpus, &format!("{}/", member.name)));
        of(self, "").into_iter().chain(members).collect()
    }

    /// The marker of a build from the sources as they are, without its dataset.
    fn marker(&self, dataset: String) -> Marker {
        let mut sources = BTreeMap::new();
        self.all().for_each(|corpus| corpus.digests(&mut sources));
        Marker { regesta: env!("CARGO_PKG_VERSION").to_owned(), sources, dataset }
    }

    fn digests(&self, digests: &mut BTreeMap<String, String>) {
        let files = &self.files;
        let written = [&files.documents, &files.authorities, &files.annotations, &files.claims, &files.links];
        let given = [&files.tei, &files.registers, &files.cmif, &files.tables];
        let of_tables = [&files.persons, &files.organisations, &files.places];
        for &file in written.into_iter().chain(given).chain(of_tables).flatten() {
            if let Ok(digest) = self.sources.digest(file) {
                digests.insert(self.sources.shown(file).to_owned(), digest.to_string());
            }
        }
        if let Some(project) = &self.project {
            let project_file = self.sources.files().next().map_or(PROJECT_FILE, |file| self.sources.shown(file));
            digests.insert(project_file.to_owned(), project.digest.clone());
            let lock = project_file.replace(PROJECT_FILE, LOCK_FILE);
            digests.insert(lock, sha256(project.lock.to_text().as_bytes()));
        }
    }
}
