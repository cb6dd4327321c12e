//! What a corpus holds and what of its letters was not read, in numbers.

use crate::corpus::Corpus;
use crate::corpus::unused_order::lateness;
use crate::model::{AnnotationTarget, Kind};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a corpus holds, with the corpora of a joint project, counted.
#[derive(Debug, Default, Serialize)]
pub struct Inventory {
    /// Documents and letters.
    pub documents: usize,
    /// The things of each kind, by the name of its table.
    pub authorities: BTreeMap<&'static str, usize>,
    /// Annotations by kind.
    pub annotations: BTreeMap<&'static str, usize>,
    /// Mentions that say that nobody knows who is meant.
    pub mentions_of_nobody_known: usize,
    /// Claims.
    pub claims: usize,
    /// What the claims are about, each once.
    pub contents: usize,
}

impl Inventory {
    /// Counts what a corpus holds whose records have been visited.
    pub(super) fn of(corpus: &Corpus) -> Self {
        let mut inventory = Self::default();
        corpus.all().for_each(|corpus| inventory.add(corpus));
        inventory
    }

    fn add(&mut self, corpus: &Corpus) {
        let Corpus { records, summary, .. } = corpus;
        self.documents += records.documents.len() + summary.coverage.letters;
        let kinds = records.authorities.iter().map(|authority| authority.id.kind);
        for kind in kinds.chain(summary.things.kinds()) {
            *self.authorities.entry(heading(kind)).or_default() += 1;
        }
        for (kind, count) in &summary.coverage.annotations {
            *self.annotations.entry(kind).or_default() += count;
        }
        for annotation in &records.annotations {
            *self.annotations.entry(annotation.kind).or_default() += 1;
            let unknown = annotation.targets.iter().any(|target| matches!(target, AnnotationTarget::Unknown(_)));
            self.mentions_of_nobody_known += usize::from(unknown);
        }
        self.claims += records.claims.len();
        let contents = records.claims.iter().flat_map(|claim| &claim.contents);
        self.contents += contents.map(|content| content.span).collect::<BTreeSet<_>>().len();
    }

    /// The kinds of things that there are, and how many of each, in the order of the kinds.
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let count = |kind: Kind| Some((kind.name(), *self.authorities.get(heading(kind))?));
        Kind::ALL.into_iter().filter_map(count)
    }
}

/// What the things of a kind are counted under.
fn heading(kind: Kind) -> &'static str {
    kind.table().unwrap_or(kind.name())
}

/// What was read of letters, and what of them was not.
#[derive(Debug, Serialize)]
pub struct CoverageReport {
    /// How many letters there are.
    pub letters: usize,
    /// Of these, those that nobody is said to have sent.
    pub letters_without_sender: usize,
    /// Those that nobody is said to have received.
    pub letters_without_recipient: usize,
    /// Those without any date.
    pub letters_without_date: usize,
    /// Those without a date that can be compared.
    pub letters_without_a_date_to_compare: usize,
    /// The dates, of letters and of the things of registers and tables, of which there are only words.
    pub dates_in_words: usize,
    /// Those without a place of sending.
    pub letters_without_place: usize,
    /// The files that were left out.
    pub files_left_out: Vec<String>,
    /// By table: what its columns are taken to mean without being told.
    pub columns_by_heading: Vec<(String, Vec<String>)>,
    /// What was met and not used: what a reader would miss first, among equals the most frequent.
    pub unused: Vec<UnusedReport>,
}

/// An element, an attribute or a column of which nothing was made.
#[derive(Debug, Serialize)]
pub struct UnusedReport {
    /// Its name.
    pub name: String,
    /// How often it was met.
    pub count: usize,
    /// The first place: file, line and column.
    pub example: String,
}

impl CoverageReport {
    /// What was read of the letters of a corpus whose records have been visited.
    pub(super) fn of(corpus: &Corpus) -> Self {
        let Corpus { summary, sources, records, .. } = corpus;
        let coverage = &summary.coverage;
        let unused = coverage.unused.iter().map(|(name, unused)| {
            let place = unused.example;
            let example = format!("{}:{}:{}", sources.path(place.file), place.line, place.column);
            UnusedReport { name: name.clone(), count: unused.count, example }
        });
        let mut unused: Vec<UnusedReport> = unused.collect();
        // Stable: among equals in order of name.
        unused.sort_by_key(|unused| (lateness(&unused.name), Reverse(unused.count)));
        let path = |file| sources.path(file).to_owned();
        Self {
            letters: coverage.letters,
            letters_without_sender: coverage.without_sender,
            letters_without_recipient: coverage.without_recipient,
            letters_without_date: coverage.without_date,
            letters_without_a_date_to_compare: coverage.without_readable_date,
            dates_in_words: coverage.dates_in_words
                + records
                    .authorities
                    .iter()
                    .flat_map(|authority| authority.details.dates())
                    .filter(|date| date.edtf.is_none())
                    .count(),
            letters_without_place: coverage.without_place,
            files_left_out: summary.left_out.iter().map(|file| path(*file)).collect(),
            columns_by_heading: summary.guesses.iter().map(|(file, meant)| (path(*file), meant.clone())).collect(),
            unused,
        }
    }

    /// The same of the corpus, and of each corpus of a joint project by its name.
    pub(super) fn of_all(corpus: &Corpus) -> Vec<(Option<String>, Self)> {
        let members = corpus.members.iter().map(|member| (Some(member.name.clone()), Self::of(&member.corpus)));
        [(None, Self::of(corpus))].into_iter().chain(members).collect()
    }
}
