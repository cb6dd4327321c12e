//! How far a corpus is joined with a dataset: what is linked and on what grounds, what waits, what is left, and what of
//! the dataset is no longer there.

use crate::model::{Id, Kind, Mapping, ReviewState};
use crate::project::Pin;
use crate::reconcile::Entities;
use crate::reconcile::entity::Likeness;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of things that are joined with those of datasets.
pub const KINDS: &[Kind] =
    &[Kind::Person, Kind::Organisation, Kind::Group, Kind::Agent, Kind::Place, Kind::Event, Kind::Work, Kind::Document];

/// How far a corpus is joined with one dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Joins {
    /// The dataset's name.
    pub dataset: String,
    /// How many things it describes.
    pub things: usize,
    /// By kind of thing of the corpus.
    pub kinds: BTreeMap<&'static str, OfKind>,
    /// What the corpus is linked to, and the dataset does not describe or says to be something else now.
    pub gone: Vec<Gone>,
}

/// How far things of one kind are joined.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OfKind {
    /// How many the corpus has.
    pub things: usize,
    /// How many are linked to a thing of the dataset.
    pub joined: usize,
    /// How many links there are on each ground: an identifier of the corpus, or the justification of a mapping.
    pub grounds: BTreeMap<String, usize>,
    /// How many are not linked and have candidates that nobody has decided about.
    pub waiting: usize,
    /// How many candidates that are.
    pub candidates: usize,
    /// How many are not linked and have candidates of which whoever looked at them could tell nothing.
    pub undecided: usize,
    /// How many are neither linked nor have a candidate.
    pub unjoined: usize,
}

/// A thing of the dataset that the corpus is linked to, and that is not there as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Gone {
    /// The thing of the corpus.
    pub ours: String,
    /// Its link.
    pub theirs: String,
    /// What the dataset says that it has become.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<String>,
    /// Whether it was described in a state of the dataset that was locked before.
    pub was_described: bool,
}

/// The IRIs of what a corpus is linked to in a dataset.
pub fn linked(ours: &Entities, theirs: &Entities) -> BTreeSet<String> {
    let links = ours.list.iter().flat_map(|entity| &entity.same).filter(|(_, likeness)| *likeness > Likeness::Related);
    links.filter(|(iri, _)| theirs.describes(iri)).map(|(iri, _)| iri.to_string()).collect()
}

/// Counts how far a corpus is joined with a dataset, which has this name and this graph. `mappings` are those of the
/// corpus, `pin` is what was locked.
pub fn joins(
    (name, graph): (&str, &str),
    bases: &[&str],
    ours: &Entities,
    theirs: &Entities,
    mappings: &[Mapping],
    pin: Option<&Pin>,
) -> Joins {
    let mut kinds: BTreeMap<&'static str, OfKind> = BTreeMap::new();
    let mut candidates: BTreeMap<String, usize> = BTreeMap::new();
    let mut undecided: BTreeSet<&str> = BTreeSet::new();
    let mut grounds: BTreeMap<(String, &str), &str> = BTreeMap::new();
    for mapping in mappings.iter().filter(|mapping| theirs.describes(&mapping.theirs)) {
        match mapping.review {
            ReviewState::Candidate if mapping.is_reviewed() => drop(undecided.insert(&mapping.ours)),
            ReviewState::Candidate => *candidates.entry(mapping.ours.clone()).or_default() += 1,
            ReviewState::Accepted => {
                grounds.insert((mapping.ours.clone(), &mapping.theirs), &mapping.justification);
            }
            ReviewState::Rejected => {}
        }
    }
    let of_dataset =
        |mapping: &&Mapping| mapping.review == ReviewState::Accepted && mapping.dataset.as_deref() == Some(graph);
    let meant: BTreeSet<&str> = mappings.iter().filter(of_dataset).map(|mapping| &*mapping.theirs).collect();
    let known: BTreeSet<&str> = pin.iter().flat_map(|pin| &pin.linked).map(String::as_str).collect();
    let mut gone = BTreeSet::new();
    for entity in &ours.list {
        let Some(id) = Id::of_iri_below(&entity.iri, bases).filter(|id| KINDS.contains(&id.kind)) else { continue };
        let of_kind = kinds.entry(id.kind.name()).or_default();
        of_kind.things += 1;
        let links: BTreeSet<&str> =
            entity.same.iter().filter(|(_, likeness)| *likeness > Likeness::Related).map(|(iri, _)| &**iri).collect();
        let (there, not_there): (Vec<&str>, Vec<&str>) = links.into_iter().partition(|iri| theirs.describes(iri));
        let iri = entity.iri.to_string();
        for link in &there {
            let ground = grounds.get(&(iri.clone(), *link)).copied().unwrap_or("identifier of the corpus");
            *of_kind.grounds.entry(ground.to_owned()).or_default() += 1;
        }
        let is_gone =
            |link: &&&str| known.contains(**link) || meant.contains(**link) || theirs.replacement(link).is_some();
        let lost = not_there.iter().filter(is_gone);
        let merged = there.iter().filter(|link| theirs.replacement(link).is_some());
        for link in lost.chain(merged) {
            gone.insert(Gone {
                ours: iri.clone(),
                theirs: (*link).to_owned(),
                merged_into: theirs.replacement(link).map(str::to_owned),
                was_described: known.contains(link),
            });
        }
        let waiting = candidates.get(&iri).copied().unwrap_or(0);
        match (there.is_empty(), waiting) {
            (false, _) => of_kind.joined += 1,
            (true, 0) if undecided.contains(&*iri) => of_kind.undecided += 1,
            (true, 0) => of_kind.unjoined += 1,
            (true, count) => {
                of_kind.waiting += 1;
                of_kind.candidates += count;
            }
        }
    }
    Joins { dataset: name.to_owned(), things: theirs.described(), kinds, gone: gone.into_iter().collect() }
}
