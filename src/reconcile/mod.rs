//! Which things of a dataset may be things of the corpus: candidates, each with a score whose parts are shown.
//!
//! Identifiers come first: a thing that shares one with a thing of the dataset is not compared by its name. Names are
//! compared only where they share rare groups of letters, so that not all pairs are looked at. Nothing is decided here.

mod entity;
mod gatherer;
mod index;
mod joins;
mod letters;
mod name;
mod property;
mod score;

pub use entity::{Entities, Entity};
pub use gatherer::Gatherer;
pub use joins::{Gone, Joins, KINDS, OfKind, joins, linked};
pub use letters::{Duplicate, concerns_letters, duplicates};
pub use name::{may_be_one, plain_names};
pub use score::{Ground, Score};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, Kind, NO_TERM};
use entity::Likeness;
use index::{NameIndex, NameSearch};
use name::likeness;
use property::Family;
use score::{parts, worth_of};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZero;
use std::thread;

/// What is proposed, and what is not.
#[derive(Clone, Copy, Debug)]
pub struct CandidateLimits {
    /// The least score of a candidate by name.
    pub threshold: f64,
    /// The most candidates of one thing.
    pub most: usize,
}

impl CandidateLimits {
    /// What gives the most right candidates by name of which at least 95 of 100 are right, where that was tried
    /// (`benches/reconciliation.rs`): of places, two that are called alike are both worth a look.
    pub fn of(kinds: &[Kind]) -> Self {
        Self { threshold: if kinds == [Kind::Place] { PLACES } else { OTHERS }, most: 5 }
    }
}

/// The least score of a place by name.
const PLACES: f64 = 0.5;
/// The least score of anything else by name.
const OTHERS: f64 = 0.8;

/// That a thing of the corpus may be a thing of a dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The thing of the corpus.
    pub ours: Box<str>,
    /// What it is called.
    pub our_name: Box<str>,
    /// The thing of the dataset.
    pub theirs: Box<str>,
    /// What that is called.
    pub their_name: Box<str>,
    /// Why, and how surely.
    pub score: Score,
}

/// What a search comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CandidateList {
    /// The candidates, in the order of our IRIs, and of each thing the best first.
    pub candidates: Vec<Candidate>,
    /// How many things have none, though something is a little like them, or several things equally.
    pub unclear: usize,
    /// How many candidates are not among them because their thing has as many as are wanted.
    pub beyond: usize,
}

impl CandidateList {
    fn append(&mut self, other: Self) {
        self.candidates.extend(other.candidates);
        self.unclear += other.unclear;
        self.beyond += other.beyond;
    }
}

/// Decisions that were taken before, and what a search is about.
pub struct CandidateQuestion<'a> {
    /// The corpus.
    pub ours: &'a Entities,
    /// What of it is searched for.
    pub kinds: &'a [Kind],
    /// What the IRIs of the corpus's things begin with.
    pub bases: &'a [&'a str],
    /// The dataset.
    pub theirs: &'a Entities,
    /// Pairs that were proposed before: they are not proposed again, but count beside the others.
    pub proposed: &'a BTreeSet<(Box<str>, Box<str>)>,
    /// Pairs that were rejected: they are out of the question. What was paired with [`NO_TERM`] is nothing in the dataset.
    pub rejected: &'a BTreeSet<(Box<str>, Box<str>)>,
    /// Limits of what is proposed.
    pub limits: CandidateLimits,
    /// How many threads compare.
    pub threads: NonZero<usize>,
}

impl CandidateQuestion<'_> {
    /// What is found; things that cannot be told apart by what they have are reported.
    pub fn candidates(&self, diagnostics: &mut Diagnostics) -> CandidateList {
        let asked: Vec<&Entity> = self.ours.list.iter().filter(|entity| self.is_asked(entity)).collect();
        let identifiers = self.identifiers();
        let names = NameIndex::new(&self.theirs.list);
        let share = asked.len().div_ceil(self.threads.get()).max(1);
        let found: Vec<(CandidateList, Vec<Diagnostic>)> = thread::scope(|scope| {
            let (names, identifiers) = (&names, &identifiers);
            let of_share = move |share: &[&Entity]| {
                let mut search = names.search();
                let (mut problems, mut found) = (Vec::new(), CandidateList::default());
                for ours in share {
                    found.append(self.of(ours, identifiers, names, &mut search, &mut problems));
                }
                (found, problems)
            };
            let running: Vec<_> = asked.chunks(share).map(|share| scope.spawn(move || of_share(share))).collect();
            running.into_iter().map(|share| share.join().expect("a comparison does not panic")).collect()
        });
        let mut all = CandidateList::default();
        for (of_share, problems) in found {
            all.append(of_share);
            problems.into_iter().for_each(|problem| diagnostics.push(problem));
        }
        all
    }

    /// Whether a thing is of the corpus and of the kinds, is linked to nothing in the dataset, and may be something there.
    fn is_asked(&self, entity: &Entity) -> bool {
        let of_kind = Id::of_iri_below(&entity.iri, self.bases).is_some_and(|id| self.kinds.contains(&id.kind));
        let is_none = || self.rejected.contains(&(entity.iri.clone(), NO_TERM.into()));
        of_kind && !entity.names.is_empty() && !self.is_linked(entity) && !is_none()
    }

    fn is_linked(&self, entity: &Entity) -> bool {
        let linked = entity.same.iter().filter(|(_, likeness)| *likeness > Likeness::Related);
        linked.into_iter().any(|(iri, _)| self.theirs.describes(iri))
    }

    /// By identifier, the things of the dataset that have it.
    fn identifiers(&self) -> HashMap<&str, Vec<(usize, Likeness)>> {
        let mut identifiers: HashMap<&str, Vec<(usize, Likeness)>> = HashMap::new();
        for (at, entity) in self.theirs.list.iter().enumerate() {
            for (iri, likeness) in &entity.same {
                let things = identifiers.entry(iri).or_default();
                match things.last_mut() {
                    Some((last, known)) if *last == at => *known = (*known).max(*likeness),
                    _ => things.push((at, *likeness)),
                }
            }
        }
        identifiers
    }

    /// The candidates of one thing.
    fn of(
        &self,
        ours: &Entity,
        identifiers: &HashMap<&str, Vec<(usize, Likeness)>>,
        names: &NameIndex,
        search: &mut NameSearch,
        problems: &mut Vec<Diagnostic>,
    ) -> CandidateList {
        let is_open = |at: &usize| {
            let theirs = &self.theirs.list[*at].iri;
            self.rejected.is_empty() || !self.rejected.contains(&(ours.iri.clone(), theirs.clone()))
        };
        let mut grounds: BTreeMap<usize, Ground> = BTreeMap::new();
        let mut is_identified = false;
        for (iri, likeness) in &ours.same {
            let things = identifiers.get(&**iri).map_or(&[][..], Vec::as_slice);
            if things.len() > SHARED {
                problems.extend((*likeness > Likeness::Related).then(|| too_many(iri, ours, things.len())));
                continue;
            }
            for (at, theirs) in things.iter().filter(|(at, _)| is_open(at)) {
                is_identified |= likeness.min(theirs) > &Likeness::Related;
                let ground = Ground::Identifier(iri.to_string(), worth_of(*likeness, *theirs));
                if grounds.get(at).is_none_or(|known| known.worth() < ground.worth()) {
                    grounds.insert(*at, ground);
                }
            }
        }
        // What an identifier only has to do with can be something else.
        if !is_identified {
            for (at, ground) in self.by_name(ours, names, search, problems) {
                if is_open(&at) {
                    grounds.entry(at).or_insert(ground);
                }
            }
        }
        let shared = |ground: &Ground| matches!(ground, Ground::Identifier(..));
        let mut scored: Vec<(f64, usize, Score)> = Vec::new();
        for (at, ground) in grounds {
            let theirs = &self.theirs.list[at];
            let kinds_fit =
                families(ours, self.bases).is_none_or(|ours| theirs.family.is_none_or(|theirs| ours == theirs));
            if !kinds_fit && !shared(&ground) {
                continue;
            }
            let mut parts = parts(ours, theirs, self.shares_whole(ours, at, search));
            if !kinds_fit {
                parts.push(("another kind of thing".to_owned(), 0.5));
            }
            let total = parts.iter().fold(ground.worth(), |total, (_, factor)| total * factor);
            scored.push((total, at, Score { total, ground, parts }));
        }
        self.rank(ours, scored)
    }

    /// The best of what was scored. Where several things fit equally well, each of them is less likely, and so is what
    /// fits less well than another.
    fn rank(&self, ours: &Entity, mut scored: Vec<(f64, usize, Score)>) -> CandidateList {
        scored.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        let best = scored.first().map_or(0.0, |(total, ..)| *total);
        let rivals = scored.iter().filter(|(total, ..)| *total >= best - RIVAL).count();
        let (mut candidates, mut is_unclear) = (Vec::new(), false);
        for (total, at, mut score) in scored {
            let by_name = matches!(score.ground, Ground::Names(..));
            let (why, factor) = match total >= best - RIVAL {
                false => ("another fits better".to_owned(), if by_name { SECOND } else { 0.9 }),
                true if rivals == 1 => (String::new(), 1.0),
                true => (format!("as do {}", rivals - 1), if by_name { 1.0 / rivals as f64 } else { 0.9 }),
            };
            if factor < 1.0 {
                score.parts.push((why, factor));
                score.total *= factor;
            }
            let theirs = &self.theirs.list[at];
            let pair = (ours.iri.clone(), theirs.iri.clone());
            is_unclear |= total >= UNCLEAR && score.total < self.limits.threshold;
            // No name makes certain.
            score.total = score.total.min(if by_name { 0.99 } else { 1.0 });
            // What shares an identifier is always worth a look.
            if by_name && score.total < self.limits.threshold || self.proposed.contains(&pair) {
                continue;
            }
            let (ours, theirs) = pair;
            let name = |names: &[Box<str>]| names.first().cloned().unwrap_or_default();
            let (our_name, their_name) =
                (name(&self.ours.get(&ours).expect("it is asked for").names), name(&self.theirs.list[at].names));
            candidates.push(Candidate { ours, our_name, theirs, their_name, score });
        }
        candidates.sort_by(|left, right| right.score.total.total_cmp(&left.score.total));
        let earlier =
            self.proposed.range((ours.iri.clone(), Box::default())..).take_while(|(known, _)| *known == ours.iri);
        let earlier = earlier.count();
        let room = self.limits.most.saturating_sub(earlier);
        let beyond = candidates.len().saturating_sub(room);
        candidates.truncate(room);
        let unclear = usize::from(is_unclear && candidates.is_empty() && earlier == 0);
        CandidateList { candidates, unclear, beyond }
    }

    /// The things of the dataset whose names are like those of ours.
    fn by_name(
        &self,
        ours: &Entity,
        names: &NameIndex,
        search: &mut NameSearch,
        problems: &mut Vec<Diagnostic>,
    ) -> BTreeMap<usize, Ground> {
        let is_person = families(ours, self.bases) == Some(Family::Person);
        let mut grounds: BTreeMap<usize, Ground> = BTreeMap::new();
        for form in &ours.forms() {
            let name = || form.words.join(" ");
            let Some(things) = names.like(form, search) else {
                let message =
                    format!("the name \"{}\" of <{}> is like those of too many things to compare", name(), ours.iri);
                let help = "nothing is proposed by this name; give the thing an identifier, or a longer name";
                problems.push(Diagnostic::general(Code::TooManyCandidates, message).help(help));
                continue;
            };
            for at in things {
                for other in names.forms_of(at) {
                    let single = is_person && (form.is_single() || other.is_single());
                    let is_other = form.other || other.other;
                    let worth =
                        likeness(form, other) * if single { SINGLE } else { 1.0 } * if is_other { OTHER } else { 1.0 };
                    if worth >= LEAST && grounds.get(&at).is_none_or(|known| known.worth() < worth) {
                        grounds.insert(at, Ground::Names(name(), other.words.join(" "), worth));
                    }
                }
            }
        }
        grounds
    }

    /// Whether both lie in something of one name; nothing where one of them is not said to lie anywhere.
    fn shares_whole(&self, ours: &Entity, at: usize, search: &mut NameSearch) -> Option<bool> {
        let theirs = &self.theirs.list[at];
        if !ours.countries.is_empty() && !theirs.countries.is_empty() {
            return Some(ours.countries.iter().any(|code| theirs.countries.contains(code)));
        }
        if ours.within.is_empty() || theirs.within.is_empty() {
            return None;
        }
        let shares = search.shares_whole((self.ours, ours), (self.theirs, theirs));
        // That two gazetteers divide the world in different ways says nothing.
        shares.then_some(true)
    }
}

/// Says that an identifier tells nothing.
fn too_many(iri: &str, ours: &Entity, count: usize) -> Diagnostic {
    let message = format!("the identifier <{iri}> of <{}> is that of {count} things of the dataset", ours.iri);
    let help = "nothing is proposed by this identifier; the dataset gives it to too many things to mean one of them";
    Diagnostic::general(Code::TooManyCandidates, message).help(help)
}

/// The most things of a dataset that one identifier leads to.
const SHARED: usize = 20;
/// The least score, before rivals are counted, that is worth saying that there is something.
const UNCLEAR: f64 = 0.3;
/// How near two scores are to be rivals.
const RIVAL: f64 = 0.02;
/// What a candidate is worth when another fits better.
const SECOND: f64 = 0.7;
/// What a name is worth that is not the one that a thing goes by.
const OTHER: f64 = 0.97;
/// The least likeness of names that is scored.
const LEAST: f64 = 0.7;
/// What a person's name of one word is worth.
const SINGLE: f64 = 0.8;

/// The family of a thing of the corpus: what it is said to be, or what its id says.
fn families(ours: &Entity, bases: &[&str]) -> Option<Family> {
    ours.family.or_else(|| match Id::of_iri_below(&ours.iri, bases)?.kind {
        Kind::Person => Some(Family::Person),
        Kind::Organisation | Kind::Group => Some(Family::Body),
        Kind::Place => Some(Family::Place),
        Kind::Event => Some(Family::Event),
        Kind::Work | Kind::Document => Some(Family::Work),
        _ => None,
    })
}
