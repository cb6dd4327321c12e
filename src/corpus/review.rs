//! Deciding about candidates: mapping files, the rows of them that nobody has decided about, and who decides.

use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::graph::Iris;
use crate::input::MAPPING_LIMIT;
use crate::model::{Date, Id, Kind, ReviewState, Scheme};
use crate::output::replace_file;
use crate::project::Project;
use crate::reconcile::Entities;
use crate::sssom::MappingFile;
use iri_string::types::IriStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A mapping file, and where it is or will be.
pub(super) struct MappingPath {
    pub(super) path: PathBuf,
    pub(super) file: MappingFile,
}

impl Corpus {
    /// The mapping file of a name. `dataset` is the graph of the dataset that it is about.
    pub(super) fn mapping_file(&self, name: &str, dataset: Option<&str>) -> Result<MappingPath> {
        let project = self.project.as_ref().expect("what has been read has a project");
        let name = format!("{name}.sssom.tsv");
        let mut known = self.files.links.iter().map(|file| self.sources.path(*file));
        let below = known
            .find(|path| path.rsplit('/').next() == Some(&name))
            .map_or_else(|| format!("links/{name}"), str::to_owned);
        if !project.patterns.would_read_links(&below) {
            let message = format!("{below} is none of the mapping files that the project file names");
            let help = format!("add \"{below}\" to links in the section [sources], or take links out there");
            return Err(Error::usage(message, help));
        }
        let path = self.root.join(&below);
        refuse_links(&path, &self.root)?;
        let set = Iris::new(&project.base).source(&below);
        let file = MappingFile::open(&path)?.unwrap_or_else(|| MappingFile::new(set.as_str(), project, dataset));
        Ok(MappingPath { path, file })
    }

    /// The mapping files of the corpus besides that at `path`: there can be candidates in them that others have made.
    pub(super) fn other_mapping_files(&self, path: &Path) -> Result<Vec<MappingPath>> {
        let paths = self.files.links.iter().map(|file| self.root.join(self.sources.path(*file)));
        let mut files = Vec::new();
        for path in paths.filter(|other| other != path) {
            if let Some(file) = MappingFile::open(&path)? {
                files.push(MappingPath { path, file });
            }
        }
        Ok(files)
    }
}

/// Refuses a path that links lead out of the corpus folder.
fn refuse_links(path: &Path, root: &Path) -> Result<()> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut step = root.to_owned();
    for part in below.components() {
        step.push(part);
        if step.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
            let help = "links are not followed; put the folder or the file itself there".to_owned();
            return Err(Error::usage(format!("{} is a link, and nothing is written through it", step.display()), help));
        }
    }
    Ok(())
}

/// Writes a mapping file, unless it would be too large to be read again.
pub(super) fn write_mappings(path: &Path, file: &MappingFile) -> Result<()> {
    let text = file.to_text();
    if text.len() as u64 > MAPPING_LIMIT {
        let message = format!("{} would have more than {} MiB", path.display(), MAPPING_LIMIT >> 20);
        let help = "propose less: raise --threshold, lower --most, or reconcile one kind of thing after the other";
        return Err(Error::Limit { message, help: Some(help.to_owned()) });
    }
    replace_file(path, text.as_bytes())
}

/// Who decides, and when.
#[derive(Clone, Debug)]
pub(super) struct Reviewer {
    iri: Option<String>,
    label: Option<String>,
    date: Option<String>,
}

impl Reviewer {
    /// Reads who decides: a name, an id of the corpus, or an address.
    pub(super) fn parse(who: &str, date: Option<&str>, project: &Project, ours: &Entities) -> Result<Self> {
        let day = date.map(|date| match Date::parse(date) {
            Ok(parsed) if parsed.earliest.as_deref() == Some(date) && parsed.latest == parsed.earliest => {
                Ok(date.to_owned())
            }
            _ => Err(Error::usage(format!("\"{date}\" is no day"), "write it as in 2026-02-11".to_owned())),
        });
        let date = day.transpose()?;
        let refuse = |why: &str| {
            let help =
                "name a person, an id of the corpus as in person:lam, or an address as that of an ORCID".to_owned();
            Err(Error::usage(format!("\"{who}\" cannot be who decides: {why}"), help))
        };
        if who.trim().is_empty() || who.contains(['|', '\t', '\n', '\r']) {
            return refuse("it is no name");
        }
        if who.starts_with("http") && IriStr::new(who).is_err() {
            return refuse("it is no address");
        }
        if who.starts_with("https://") || who.starts_with("http://") {
            return Ok(Self { iri: Some(who.to_owned()), label: None, date });
        }
        if let Ok(id) = Id::parse(who) {
            let iri = Iris::new(&project.base).thing(&id).into_string();
            let Some(person) = ours.get(&iri).filter(|_| id.kind == Kind::Person) else {
                return refuse("the corpus has no such person");
            };
            let label = person.names.first().map(ToString::to_string);
            return Ok(Self { iri: Some(iri), label, date });
        }
        Ok(Self { iri: None, label: Some(who.to_owned()), date })
    }

    /// Puts a decision on record.
    pub(super) fn sign(&self, file: &mut MappingFile, row: usize, agreement: &str) {
        if let Some(iri) = &self.iri {
            let short = file.shortened(iri);
            file.set(row, "reviewer_id", &short);
        }
        for (column, text) in [("reviewer_label", &self.label), ("review_date", &self.date)] {
            if let Some(text) = text {
                file.set(row, column, text);
            }
        }
        file.set(row, "reviewer_agreement", agreement);
    }
}

/// What is decided about a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Accepted as it is proposed.
    Accept,
    /// Accepted as a close match.
    AcceptAsClose,
    /// Rejected.
    Reject,
    /// Whoever looked at it could not tell.
    CannotTell,
    /// Not decided now.
    Later,
}

/// The candidates that nobody has decided about, one after the other; each decision is on record before the next.
pub struct ReviewSession {
    files: Vec<MappingPath>,
    /// The bytes of each file as they are on disk.
    written: Vec<Vec<u8>>,
    reviewer: Reviewer,
    bases: Vec<String>,
    ours: Entities,
    theirs: Entities,
    /// The file and row of each candidate.
    waiting: Vec<(usize, usize)>,
    next: usize,
    decided: usize,
}

/// A candidate that is to be decided about.
#[derive(Debug)]
pub struct ReviewQuestion {
    /// Its number, from 1.
    pub number: usize,
    /// The thing of the corpus.
    pub ours: ReviewSide,
    /// The thing that it may be.
    pub theirs: ReviewSide,
    /// Its score.
    pub confidence: String,
    /// What the score is made of.
    pub comment: String,
}

/// One side of a candidate.
#[derive(Debug)]
pub struct ReviewSide {
    /// What it is called.
    pub name: String,
    /// Its IRI.
    pub iri: String,
    /// What else is known of it.
    pub summary: String,
}

impl ReviewSession {
    /// The candidates of the kinds in these files that nobody has decided about.
    pub(super) fn new(
        files: Vec<MappingPath>,
        reviewer: Reviewer,
        kinds: Vec<Kind>,
        bases: Vec<String>,
        (ours, theirs): (Entities, Entities),
    ) -> Self {
        let of_file = |(at, mappings): (usize, &MappingPath)| -> Vec<(usize, usize)> {
            waiting(&mappings.file, &kinds, &bases, &theirs).into_iter().map(|row| (at, row)).collect()
        };
        let waiting = files.iter().enumerate().flat_map(of_file).collect();
        let written = files.iter().map(|mappings| fs::read(&mappings.path).unwrap_or_default()).collect();
        Self { files, written, reviewer, bases, ours, theirs, waiting, next: 0, decided: 0 }
    }

    /// How many candidates there are to decide about.
    pub fn count(&self) -> usize {
        self.waiting.len()
    }

    /// How many have been decided.
    pub fn decided(&self) -> usize {
        self.decided
    }

    /// The next candidate; nothing where there is none left.
    pub fn question(&self) -> Option<ReviewQuestion> {
        let (at, row) = *self.waiting.get(self.next)?;
        let file = &self.files[at].file;
        let side = |column: &str, entities: &Entities| {
            let iri = file.iri(row, column).unwrap_or_default();
            let entity = entities.get(&iri);
            let name = entity.and_then(|entity| entity.names.first()).map(ToString::to_string).unwrap_or_default();
            ReviewSide { name, summary: entity.map(|entity| entities.summary(entity)).unwrap_or_default(), iri }
        };
        let (one, two) = match side_of_ours(file, row, &self.bases) {
            Some(("object_id", _)) => ("object_id", "subject_id"),
            _ => ("subject_id", "object_id"),
        };
        let cell = |column| file.cell(row, column).unwrap_or("?").to_owned();
        let (ours, theirs) = (side(one, &self.ours), side(two, &self.theirs));
        let (confidence, comment) = (cell("confidence"), cell("comment"));
        Some(ReviewQuestion { number: self.next + 1, ours, theirs, confidence, comment })
    }

    /// Decides about the next candidate, and writes its file.
    ///
    /// # Errors
    ///
    /// If somebody else has changed the file meanwhile: then nothing is written.
    pub fn decide(&mut self, decision: Decision) -> Result<()> {
        let Some(&(at, row)) = self.waiting.get(self.next) else { return Ok(()) };
        self.next += 1;
        let MappingPath { path, file } = &mut self.files[at];
        let agreement = match decision {
            Decision::Accept | Decision::AcceptAsClose => "1.0",
            Decision::Reject => "-1.0",
            Decision::CannotTell => "0.0",
            Decision::Later => return Ok(()),
        };
        if decision == Decision::AcceptAsClose {
            file.set(row, "predicate_id", "skos:closeMatch");
        }
        self.reviewer.sign(file, row, agreement);
        if !fs::read(&*path).is_ok_and(|bytes| bytes == self.written[at]) {
            let message = format!("{} was changed by somebody else; this decision is not on record", path.display());
            return Err(Error::usage(message, "go on with the same command: it reads the file anew".to_owned()));
        }
        self.written[at] = file.to_text().into_bytes();
        replace_file(path, &self.written[at])?;
        self.decided += 1;
        Ok(())
    }
}

/// The rows that nobody has looked at and that are about things of these kinds and things of the dataset. What a reviewer
/// could not tell is on record, and is not asked again.
pub(super) fn waiting(file: &MappingFile, kinds: &[Kind], bases: &[String], theirs: &Entities) -> Vec<usize> {
    let is_waiting = |row: &usize| {
        let reviewed = file.cell(*row, "reviewer_id").or(file.cell(*row, "reviewer_label")).is_some();
        let by_hand = file
            .iri(*row, "mapping_justification")
            .is_some_and(|iri| iri.ends_with("ManualMappingCuration") || iri.ends_with("MappingReview"));
        let negated = file.cell(*row, "predicate_modifier").is_some();
        let is_new = !reviewed && ReviewState::of(false, None, by_hand, negated) == ReviewState::Candidate;
        let Some((ours, id)) = side_of_ours(file, *row, bases).filter(|_| is_new) else { return false };
        let other = if ours == "subject_id" { "object_id" } else { "subject_id" };
        let is_theirs = |iri: String| theirs.describes(&Scheme::usual_iri(&iri).unwrap_or(iri));
        kinds.contains(&id.kind) && file.iri(*row, other).is_some_and(is_theirs)
    };
    (0..file.len()).filter(is_waiting).collect()
}

/// The column that has the thing of the corpus, and its id.
fn side_of_ours(file: &MappingFile, row: usize, bases: &[String]) -> Option<(&'static str, Id)> {
    ["subject_id", "object_id"].into_iter().find_map(|column| {
        let iri = file.iri(row, column)?;
        let id = bases.iter().find_map(|base| Id::of_iri(&iri, base))?;
        Some((column, id))
    })
}
