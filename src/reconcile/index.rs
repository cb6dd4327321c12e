//! Which names are worth comparing: those that share rare groups of three letters.

use crate::reconcile::entity::Entity;
use crate::reconcile::name::{CODES, Form};
use std::mem;

/// The names of the things of a dataset, and which of them have which groups of letters.
pub(super) struct NameIndex {
    /// Each thing's names.
    forms: Vec<Form>,
    /// Where the names of each thing begin among them.
    starts: Vec<u32>,
    /// Where the things of each code begin.
    codes: Vec<u32>,
    /// The things of each code, in order.
    things: Vec<u32>,
}

/// What one search needs, kept for the next.
pub(super) struct Search {
    weights: Vec<f32>,
    touched: Vec<u32>,
}

/// The things that a search looks at for one name before it stops at rarer groups.
const LOOK_LIMIT: usize = 300_000;
/// A group that so many things have says nothing alone.
const COMMON: usize = 50_000;
/// How many things are compared with one name.
const COMPARED: usize = 60;

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
        let mut index = Self { forms: all, starts, codes: vec![0; CODES + 1], things: Vec::new() };
        for thing in 0..entities.len() {
            index.codes_of(thing).into_iter().for_each(|code| index.codes[code as usize + 1] += 1);
        }
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
        let mut codes: Vec<u32> = self.forms_of(thing).iter().flat_map(Form::codes).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The names of a thing.
    pub(super) fn forms_of(&self, thing: usize) -> &[Form] {
        &self.forms[self.starts[thing] as usize..self.starts[thing + 1] as usize]
    }

    fn having(&self, code: u32) -> &[u32] {
        &self.things[self.codes[code as usize] as usize..self.codes[code as usize + 1] as usize]
    }

    pub(super) fn search(&self) -> Search {
        Search { weights: vec![0.0; self.starts.len() - 1], touched: Vec::new() }
    }

    /// The things whose names are worth comparing with this one, in order; nothing where all that the name is made of is
    /// so common that it says nothing.
    pub(super) fn like(&self, form: &Form, search: &mut Search) -> Option<Vec<usize>> {
        let mut codes: Vec<&[u32]> = form.codes().into_iter().map(|code| self.having(code)).collect();
        codes.retain(|things| !things.is_empty());
        codes.sort_by_key(|things| things.len());
        if codes.first().is_some_and(|rarest| rarest.len() > COMMON) {
            return None;
        }
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
        let mut best: Vec<(f32, u32)> =
            search.touched.drain(..).map(|thing| (mem::take(&mut search.weights[thing as usize]), thing)).collect();
        let by_weight = |left: &(f32, u32), right: &(f32, u32)| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1));
        if best.len() > COMPARED {
            best.select_nth_unstable_by(COMPARED, by_weight);
            best.truncate(COMPARED);
        }
        let mut things: Vec<usize> = best.into_iter().map(|(_, thing)| thing as usize).collect();
        things.sort_unstable();
        Some(things)
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a dataset has fewer than 2^32 names")
}
