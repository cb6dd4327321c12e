//! Reconciling: candidates for links between the corpus and a dataset, proposed as rows of a mapping file.

use crate::corpus::join::{bases_beside, find_dataset};
use crate::corpus::review::{MappingPath, ReviewSession, Reviewer, waiting, write_mappings};
use crate::corpus::{Corpus, Options};
use crate::datasets;
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::model::{Kind, Mapping, NO_TERM, ReviewState};
use crate::project::Project;
use crate::reconcile::{Candidate, CandidateLimits, CandidateList, CandidateQuestion, Entities, Ground};
use crate::sssom::MappingFile;
use oxigraph::model::NamedNode;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What is to be proposed.
#[derive(Clone, Debug)]
pub struct ProposalRequest<'a> {
    /// What is searched for.
    pub kinds: Vec<Kind>,
    /// The dataset that it is searched for in; in a joint project, or the corpus.
    pub with: &'a str,
    /// The least score of what is proposed by its name, from 0 to 1.
    pub threshold: Option<f64>,
    /// How many candidates of one thing are proposed at most.
    pub most: Option<usize>,
    /// Whether everything is proposed as a close match only.
    pub only_close: bool,
    /// Accept what shares an identifier and scores at least so much.
    pub accept_above: Option<f64>,
    /// Who decides: a name, an id, or an address.
    pub reviewer: Option<&'a str>,
    /// The day of the decisions.
    pub date: Option<&'a str>,
}

/// Candidates that have been found and not been written.
pub struct CandidateSearch<'a> {
    request: ProposalRequest<'a>,
    bases: Vec<String>,
    graph: Option<NamedNode>,
    reviewer: Option<Reviewer>,
    limits: CandidateLimits,
    found: CandidateList,
    ours: Entities,
    theirs: Entities,
}

/// What was proposed, and where it is.
pub struct Proposals {
    /// How many candidates share an identifier.
    pub by_identifier: usize,
    /// How many were found by their names.
    pub by_name: usize,
    /// How many were accepted without asking.
    pub accepted: usize,
    /// How many things have none, though something is a little like them, or several things equally.
    pub unclear: usize,
    /// How many candidates are not among them because their thing has as many as are wanted.
    pub beyond: usize,
    /// How many a thing may have.
    pub most: usize,
    /// The mapping file.
    pub path: PathBuf,
    /// How many rows it has.
    pub rows: usize,
    /// What can be decided now, where somebody was named who decides.
    pub review: Option<ReviewSession>,
}

impl Corpus {
    /// Searches a dataset for things of the corpus. Nothing where an error in the sources or the dataset stands in the way.
    ///
    /// # Errors
    ///
    /// If there is no such dataset, or the reviewer is none.
    pub fn search<'a>(
        &mut self,
        request: ProposalRequest<'a>,
        options: &Options<'_>,
    ) -> Result<Option<CandidateSearch<'a>>> {
        if !self.read(options) || self.stops() {
            return Ok(None);
        }
        let kinds = request.kinds.as_slice();
        let ours = self.entities(kinds, options)?;
        let project = self.project.clone().expect("what has been read has a project");
        let reviewer = request.reviewer.map(|who| Reviewer::parse(who, request.date, &project, &ours)).transpose()?;
        let mut diagnostics = Diagnostics::default();
        let With { theirs, bases, graph } = self.with(request.with, &project, kinds, options, &mut diagnostics)?;
        let Some(theirs) = theirs.filter(|_| !self.stops()) else {
            self.diagnostics.append(diagnostics);
            return Ok(None);
        };
        let (rejected, proposed) = decided(&self.records.mappings, graph.as_ref().map(NamedNode::as_str));
        let usual = CandidateLimits::of(kinds);
        let limits = CandidateLimits {
            threshold: request.threshold.unwrap_or(usual.threshold),
            most: request.most.unwrap_or(usual.most),
        };
        let question = CandidateQuestion {
            ours: &ours,
            kinds,
            bases: &bases,
            theirs: &theirs,
            proposed: &proposed,
            rejected: &rejected,
            limits,
            threads: options.threads,
        };
        let found = question.candidates(&mut diagnostics);
        self.diagnostics.append(diagnostics);
        let bases = bases.into_iter().map(str::to_owned).collect();
        Ok(Some(CandidateSearch { request, bases, graph, reviewer, limits, found, ours, theirs }))
    }

    /// The dataset, or the corpus of a joint project, of this name.
    fn with<'p>(
        &mut self,
        name: &str,
        project: &'p Project,
        kinds: &[Kind],
        options: &Options<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Result<With<'p>> {
        if let Some(corpus) = project.corpora.iter().find(|corpus| corpus.name == name) {
            let theirs = self.entities_of_member(name, kinds, options)?;
            return Ok(With { theirs: Some(theirs), bases: bases_beside(project, corpus), graph: None });
        }
        let dataset = find_dataset(project, name)?;
        let theirs = self.entities_of_dataset(project, dataset, options, diagnostics)?;
        let graph = Some(datasets::graph(project, dataset));
        Ok(With { theirs: theirs.map(|(theirs, _)| theirs), bases: project.bases(), graph })
    }
}

/// What things are searched for in.
struct With<'p> {
    /// What there is; nothing where it cannot be read to its end.
    theirs: Option<Entities>,
    /// What the IRIs of the things begin with that are searched for.
    bases: Vec<&'p str>,
    /// The graph of the dataset, where it is one.
    graph: Option<NamedNode>,
}

impl CandidateSearch<'_> {
    /// Writes the candidates into the mapping file of the dataset, and accepts what is to be accepted without asking.
    pub fn write(self, corpus: &Corpus) -> Result<Proposals> {
        let Self { request, bases, graph, reviewer, limits, found, ours, theirs } = self;
        let graph = graph.as_ref().map(NamedNode::as_str);
        let MappingPath { path, mut file } = corpus.mapping_file(request.with, graph)?;
        let described = theirs.list.iter().filter(|entity| !entity.names.is_empty()).map(|entity| &*entity.iri);
        file.declare_dataset(request.with, described);
        add(&mut file, &found.candidates, request.only_close);
        let accepted = match (request.accept_above, &reviewer) {
            (Some(least), Some(reviewer)) => accept(&mut file, least, reviewer, (&request.kinds, &bases), &theirs),
            _ => 0,
        };
        if !found.candidates.is_empty() || accepted > 0 {
            write_mappings(&path, &file)?;
        }
        let by_identifier = found.candidates.iter().filter(|candidate| is_shared(candidate)).count();
        let (by_name, rows) = (found.candidates.len() - by_identifier, file.len());
        let mut files = vec![MappingPath { path: path.clone(), file }];
        let review = match reviewer {
            Some(reviewer) => {
                files.extend(corpus.other_mapping_files(&path)?);
                Some(ReviewSession::new(files, reviewer, request.kinds, bases, (ours, theirs)))
            }
            None => None,
        };
        let CandidateList { unclear, beyond, .. } = found;
        Ok(Proposals { by_identifier, by_name, accepted, unclear, beyond, most: limits.most, path, rows, review })
    }
}

/// The pairs that were rejected, and those that were proposed or accepted; each from either end, for both can be of the
/// project's corpora. That something is nothing elsewhere counts where it is said of the dataset, or of none.
fn decided(mappings: &[Mapping], dataset: Option<&str>) -> (Pairs, Pairs) {
    let concerns = |mapping: &&Mapping| {
        mapping.theirs != NO_TERM || mapping.dataset.as_deref().is_none_or(|of| Some(of) == dataset)
    };
    let pairs = |mapping: &Mapping| {
        let (ours, theirs): (Box<str>, Box<str>) = (mapping.ours.as_str().into(), mapping.theirs.as_str().into());
        [(ours.clone(), theirs.clone()), (theirs, ours)]
    };
    let (rejected, others): (Vec<&Mapping>, Vec<&Mapping>) =
        mappings.iter().filter(concerns).partition(|mapping| mapping.review == ReviewState::Rejected);
    (rejected.into_iter().flat_map(pairs).collect(), others.into_iter().flat_map(pairs).collect())
}

type Pairs = BTreeSet<(Box<str>, Box<str>)>;

/// The kinds that a word stands for. Of some agents the source does not say what they are: they can be any.
///
/// # Errors
///
/// If the word is neither a kind of thing that is joined with others nor the name of its table.
pub fn joinable_kinds(word: &str) -> Result<Vec<Kind>> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == singular || kind.table() == Some(word));
    match kind {
        Some(kind @ (Kind::Person | Kind::Organisation | Kind::Group)) => Ok(vec![kind, Kind::Agent]),
        Some(kind @ (Kind::Place | Kind::Event | Kind::Work | Kind::Document)) => Ok(vec![kind]),
        _ => {
            let help = "the kinds are persons, organisations, groups, places, events, works and documents".to_owned();
            Err(Error::usage(format!("\"{word}\" is no kind of thing that is joined with others"), help))
        }
    }
}

fn is_shared(candidate: &Candidate) -> bool {
    matches!(candidate.score.ground, Ground::Identifier(..))
}

/// Adds a row for each candidate.
fn add(file: &mut MappingFile, candidates: &[Candidate], only_close: bool) {
    for candidate in candidates {
        let (ours, theirs) = (file.shortened(&candidate.ours), file.shortened(&candidate.theirs));
        let close = match &candidate.score.ground {
            Ground::Identifier(_, worth) => *worth < 1.0,
            Ground::Names(..) => false,
        };
        let relation = if only_close || close { "skos:closeMatch" } else { "skos:exactMatch" };
        let justification = match &candidate.score.ground {
            // An address that is only cited says less than a name of its own.
            Ground::Identifier(_, worth) if *worth < Ground::CLOSE => "semapv:CompositeMatching",
            Ground::Identifier(..) => "semapv:BackgroundKnowledgeBasedMatching",
            Ground::Names(..) if candidate.score.parts.is_empty() => "semapv:LexicalMatching",
            Ground::Names(..) => "semapv:CompositeMatching",
        };
        file.add(&[
            ("subject_id", &ours),
            ("subject_label", &candidate.our_name),
            ("predicate_id", relation),
            ("object_id", &theirs),
            ("object_label", &candidate.their_name),
            ("mapping_justification", justification),
            ("author_label", concat!("regesta ", env!("CARGO_PKG_VERSION"))),
            ("confidence", &format!("{:.2}", candidate.score.total)),
            ("comment", &candidate.score.to_string()),
        ]);
    }
}

/// Accepts what shares an identifier and scores at least so much; how many rows that are.
fn accept(
    file: &mut MappingFile,
    least: f64,
    reviewer: &Reviewer,
    (kinds, bases): (&[Kind], &[String]),
    theirs: &Entities,
) -> usize {
    let mut accepted = 0;
    for row in waiting(file, kinds, bases, theirs) {
        let shares =
            file.iri(row, "mapping_justification").is_some_and(|iri| iri.ends_with("BackgroundKnowledgeBasedMatching"));
        let score = file.cell(row, "confidence").and_then(|cell| cell.parse::<f64>().ok());
        if shares && score.is_some_and(|score| score >= least) {
            reviewer.sign(file, row, "1.0");
            file.set(row, "curation_rule_text", &format!("shares an identifier and scores at least {least}"));
            accepted += 1;
        }
    }
    accepted
}
