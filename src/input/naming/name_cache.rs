//! What threads remember of names while they read, so that the same is found and told once.

use crate::input::tei::prefix::{Patterns, Prefixes};
use crate::model::Id;
use crate::source::FileId;
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};
use std::num::NonZero;
use std::sync::Mutex;

/// The most names that a thread remembers as met of late, and as met before.
const RECENT_LIMIT: usize = 64_000;

/// What a thread remembers from one part of the sources to the next. Nothing depends on it but how often the same is
/// found and told again.
#[derive(Debug, Default)]
pub(crate) struct NameCache {
    /// What was read last.
    part: Option<PartOfSources>,
    /// A number of the file, and of the entries of its own lists that have come so far.
    pub(crate) surroundings: u64,
    /// What the prefixes of its addresses stand for.
    pub(crate) prefixes: Prefixes,
    /// What was found for names.
    pub(crate) known: RecentNames,
    /// The patterns of prefixes.
    pub(crate) patterns: Patterns,
    /// Names that say nothing besides.
    pub(crate) plain_names: PlainNames,
}

/// Names that were met of late and say nothing besides, with the kind of what they name.
#[derive(Debug, Default)]
pub(crate) struct PlainNames(HashSet<NameHashes, RandomState>);

impl PlainNames {
    pub(crate) fn has(&self, hashes: NameHashes) -> bool {
        self.0.contains(&hashes)
    }

    pub(crate) fn insert(&mut self, hashes: NameHashes) {
        if self.0.len() == RECENT_LIMIT {
            self.0.clear();
        }
        self.0.insert(hashes);
    }
}

/// What threads remember that do no job now.
#[derive(Debug, Default)]
pub(crate) struct IdleCaches(Mutex<Vec<NameCache>>);

impl IdleCaches {
    /// What is remembered of parts before this one: what a later part has told, an earlier one has to tell again, for whoever
    /// tells it first counts.
    pub(crate) fn take(&self, part: PartOfSources) -> NameCache {
        let mut caches = self.0.lock().expect("no thread panics while it holds the lock");
        let is_before = |cache: &NameCache| cache.part.is_none_or(|last| last <= part);
        let at = caches.iter().rposition(is_before);
        at.map(|at| caches.swap_remove(at)).unwrap_or_default()
    }

    /// Keeps what a thread remembers until one does a job again.
    pub(crate) fn put_back(&self, cache: NameCache) {
        self.0.lock().expect("no thread panics while it holds the lock").push(cache);
    }
}

/// Which part of the sources something is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PartOfSources {
    pub(crate) file: FileId,
    /// Which part of it; nothing where it is read whole.
    pub(crate) number: Option<NonZero<u32>>,
}

/// The hashes of what was told of things, and the first part that has told it: those after it need not tell it again,
/// whatever thread reads them.
#[derive(Debug, Default)]
pub(crate) struct SeenNames(Mutex<HashMap<u64, PartOfSources, RandomState>>);

impl SeenNames {
    /// Whether something is new in a part of a file. What another file has told is not to be relied on by a file that
    /// is read in parts: that other one can still turn out to be broken.
    pub(crate) fn is_new(&self, hash: u64, part: PartOfSources) -> bool {
        let mut seen_names = self.0.lock().expect("no thread panics while it holds the lock");
        let is_known = |first: &PartOfSources| *first <= part && (first.file == part.file || part.number.is_none());
        let is_new = !seen_names.get(&hash).is_some_and(is_known);
        if is_new {
            seen_names.insert(hash, part);
        }
        is_new
    }
}

/// What was found for names that were met of late: what has not been met for long is forgotten.
///
/// There are too many names for the nearest memory of a processor, and every way from one place to another costs more
/// than to hash a name twice: so there is one place for each, with two hashes instead of the name.
#[derive(Debug, Default)]
pub(crate) struct RecentNames {
    late: HashMap<NameHashes, FoundIds, RandomState>,
    before: HashMap<NameHashes, FoundIds, RandomState>,
}

/// Two hashes of a name by different functions. Two names that have both in common are not to be expected: among a
/// hundred million names with a chance of one in 10^22.
pub(crate) type NameHashes = (u64, u64);

/// What was found for a name.
#[derive(Debug)]
pub(crate) struct FoundIds {
    pub(crate) ids: Ids,
    /// The surroundings that it holds in, if it does not hold in all.
    pub(crate) surroundings: Option<u64>,
    /// Whether the one id was found by the name alone.
    pub(crate) by_name: bool,
}

/// Mostly one id, which then is no way from the name.
#[derive(Debug)]
pub(crate) enum Ids {
    One(Id),
    Several(Box<[Id]>),
}

impl Ids {
    pub(crate) fn of(mut ids: Vec<Id>) -> Self {
        match ids.pop() {
            Some(id) if ids.is_empty() => Self::One(id),
            last => {
                ids.extend(last);
                Self::Several(ids.into())
            }
        }
    }
}

impl std::ops::Deref for Ids {
    type Target = [Id];

    fn deref(&self) -> &[Id] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }
}

impl RecentNames {
    /// What was found for a name that stands in these surroundings.
    pub(crate) fn find(&mut self, name: NameHashes, surroundings: u64) -> Option<&FoundIds> {
        if !self.late.contains_key(&name)
            && let Some(found) = self.before.remove(&name)
        {
            self.insert(name, found);
        }
        let found = self.late.get(&name)?;
        found.surroundings.is_none_or(|of| of == surroundings).then_some(found)
    }

    pub(crate) fn insert(&mut self, name: NameHashes, found: FoundIds) {
        // To forget them all the time costs more than to remember them: the allocator is left with holes.
        if self.late.len() == RECENT_LIMIT {
            self.before = std::mem::take(&mut self.late);
        }
        self.late.insert(name, found);
    }

    pub(crate) fn clear(&mut self) {
        self.late.clear();
        self.before.clear();
    }
}

impl NameCache {
    /// Prepares for a part of the sources.
    pub(crate) fn turn_to(&mut self, part: PartOfSources) {
        let before = self.part.replace(part);
        if before.is_none_or(|before| before.file != part.file) {
            self.surroundings += 1;
        }
        let is_whole = |part: PartOfSources| part.number.is_none();
        let both_whole = is_whole(part) && before.is_some_and(is_whole);
        if before.is_none_or(|before| before.file != part.file) && !both_whole {
            // What is known is not told again, and a file that is read in parts can still turn out to be broken.
            self.known.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{IdleCaches, NameCache, PartOfSources};
    use crate::source::Sources;

    #[test]
    fn what_a_later_part_has_told_is_not_known_to_an_earlier_one() {
        let mut sources = Sources::new("");
        let [first, second] = ["a.xml", "b.xml"].map(|path| PartOfSources { file: sources.add(path), number: None });
        let caches = IdleCaches::default();
        let mut cache = NameCache::default();
        cache.turn_to(second);
        caches.put_back(cache);
        assert_eq!(caches.take(first).part, None);
        assert_eq!(caches.take(second).part, Some(second));
    }
}
