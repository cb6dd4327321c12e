//! Which names are worth comparing: those that share rare groups of three letters.

use crate::reconcile::entity::{Entities, Entity, WholeOf};
use crate::reconcile::name::{CODES, NameForm};
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::mem;

/// The names of the things of a dataset, and which of them have which groups of letters.
pub(super) struct NameIndex {
    /// Each thing's names.
    forms: Vec<NameForm>,
    /// Where the names of each thing begin among them.
    starts: Vec<u32>,
    /// Where the things of each code begin.
    codes: Vec<u32>,
    /// The things of each code, in order.
    things: Vec<u32>,
    /// How many codes the shortest name of each thing has.
    sizes: Vec<u16>,
    /// The things of each name, by a hash of its words, in order.
    equal: Vec<(u64, u32)>,
}

/// What one search needs, kept for the next.
pub(super) struct NameSearch {
    weights: Vec<f32>,
    touched: Vec<u32>,
    /// The names of what things of the dataset lie in.
    wholes: HashMap<u32, Vec<u64>>,
    /// The thing of the corpus that was asked about last, and the names of what it lies in.
    ours: (Box<str>, HashSet<u64>),
}

impl NameSearch {
    /// Whether a thing of the corpus and one of the dataset lie in something of one name.
    pub(super) fn shares_whole(
        &mut self,
        (ours, one): (&Entities, &Entity),
        (theirs, two): (&Entities, &Entity),
    ) -> bool {
        if self.ours.0 != one.iri {
            self.ours = (one.iri.clone(), ours.wholes(one).iter().flat_map(WholeOf::hashes).collect());
        }
        let ours = &self.ours.1;
        let wholes = &mut self.wholes;
        theirs.wholes(two).into_iter().any(|whole| match whole {
            WholeOf::Known(at, _) => {
                wholes.entry(at).or_insert_with(|| whole.hashes()).iter().any(|name| ours.contains(name))
            }
            WholeOf::Named(_) => whole.hashes().iter().any(|name| ours.contains(name)),
        })
    }
}

/// The things that a search looks at for one name before it stops at rarer groups.
const LOOK_LIMIT: usize = 300_000;
/// How many things are compared with one name, beside those that have it.
const COMPARED: usize = 60;
/// How many things can have a name that is still worth comparing.
const EQUAL: usize = 1000;

impl NameIndex {
    pub(super) fn new(entities: &[Entity]) -> Self {
        let mut all = Vec::new();
        let mut starts = Vec::with_capacity(entities.len() + 1);
        for entity in entities {
            starts.push(number(all.len()));
            let mut of_thing = entity.forms();
            of_thing.sort_unstable_by(|left, right| (&left.words, left.other).cmp(&(&right.words, right.other)));
            of_thing.dedup_by(|later, first| later.words == first.words);
            all.append(&mut of_thing);
        }
        starts.push(number(all.len()));
        all.shrink_to_fit();
        let (codes, things, sizes, equal) = (vec![0; CODES + 1], Vec::new(), Vec::new(), Vec::new());
        let mut index = Self { forms: all, starts, codes, things, sizes, equal };
        for thing in 0..entities.len() {
            index.codes_of(thing).into_iter().for_each(|code| index.codes[code as usize + 1] += 1);
            let shortest = index.forms_of(thing).iter().map(|form| form.codes().len()).min().unwrap_or(0);
            index.sizes.push(u16::try_from(shortest).unwrap_or(u16::MAX));
            let hashes = index.forms_of(thing).iter().map(|form| (hash(form), number(thing)));
            let hashes: Vec<(u64, u32)> = hashes.collect();
            index.equal.extend(hashes);
        }
        index.equal.sort_unstable();
        for code in 0..CODES {
            index.codes[code + 1] += index.codes[code];
        }
        let mut next = index.codes.clone();
        let mut things = vec![0; index.codes[CODES] as usize];
        for thing in 0..entities.len() {
            for code in index.codes_of(thing) {
                let at = &mut next[code as usize];
                things[*at as usize] = number(thing);
                *at += 1;
            }
        }
        index.things = things;
        index
    }

    fn codes_of(&self, thing: usize) -> Vec<u32> {
        let mut codes: Vec<u32> = self.forms_of(thing).iter().flat_map(NameForm::codes).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The names of a thing.
    pub(super) fn forms_of(&self, thing: usize) -> &[NameForm] {
        &self.forms[self.starts[thing] as usize..self.starts[thing + 1] as usize]
    }

    fn having(&self, code: u32) -> &[u32] {
        &self.things[self.codes[code as usize] as usize..self.codes[code as usize + 1] as usize]
    }

    pub(super) fn search(&self) -> NameSearch {
        let (wholes, ours) = (HashMap::new(), (Box::default(), HashSet::new()));
        NameSearch { weights: vec![0.0; self.starts.len() - 1], touched: Vec::new(), wholes, ours }
    }

    /// The things that have a name of just these words.
    fn equal(&self, form: &NameForm) -> &[(u64, u32)] {
        let wanted = hash(form);
        let start = self.equal.partition_point(|(known, _)| *known < wanted);
        let end = start + self.equal[start..].partition_point(|(known, _)| *known == wanted);
        &self.equal[start..end]
    }

    /// The things whose names are worth comparing with this one, in order: those of the same words, and those that share
    /// the weightiest groups of letters. Nothing where more have the very name than can be told apart.
    pub(super) fn like(&self, form: &NameForm, search: &mut NameSearch) -> Option<Vec<usize>> {
        let equal = self.equal(form);
        if equal.len() > EQUAL {
            return None;
        }
        let mut codes: Vec<&[u32]> = form.codes().into_iter().map(|code| self.having(code)).collect();
        codes.retain(|things| !things.is_empty());
        codes.sort_by_key(|things| things.len());
        let mut looked = 0;
        for things in codes {
            looked += things.len();
            if looked > LOOK_LIMIT {
                break;
            }
            // A rare group says more than a common one.
            let weight = (self.starts.len() as f32 / things.len() as f32).ln() + 0.1;
            for thing in things {
                let sum = &mut search.weights[*thing as usize];
                if *sum == 0.0 {
                    search.touched.push(*thing);
                }
                *sum += weight;
            }
        }
        // Of two that share as much, the shorter name is more like.
        let of = |thing: u32, weight: f32| (weight / f32::from(self.sizes[thing as usize].max(1)).sqrt(), thing);
        let touched = search.touched.drain(..);
        let mut best: Vec<(f32, u32)> =
            touched.map(|thing| of(thing, mem::take(&mut search.weights[thing as usize]))).collect();
        let by_weight = |left: &(f32, u32), right: &(f32, u32)| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1));
        if best.len() > COMPARED {
            best.select_nth_unstable_by(COMPARED, by_weight);
            best.truncate(COMPARED);
        }
        let alike = best.into_iter().map(|(_, thing)| thing as usize);
        let mut things: Vec<usize> = alike.chain(equal.iter().map(|(_, thing)| *thing as usize)).collect();
        things.sort_unstable();
        things.dedup();
        Some(things)
    }
}

fn hash(form: &NameForm) -> u64 {
    FixedState::default().hash_one(&form.words)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a dataset has fewer than 2^32 names")
}
