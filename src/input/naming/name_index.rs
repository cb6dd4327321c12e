//! Names of the authorities of a corpus: exactly as they are written, and nearly.

use crate::model::{Authority, Id, Kind};
use foldhash::fast::FixedState;
use std::hash::BuildHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The names of authorities, by hashes: there can be hundreds of thousands, and two names with one hash of 64 bits are not
/// to be expected among a hundred million.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    ids: Vec<Id>,
    /// Hashes of names as they are written, in order, with the numbers of their ids.
    exact: Vec<(u64, u32)>,
    /// Hashes of names without what writers leave out or turn round.
    near: Vec<(u64, u32)>,
}

/// What a name is the name of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NameMatch<'i> {
    /// This, and nothing else.
    One(&'i Id),
    /// Several, and nothing says which.
    Several(Vec<&'i Id>),
    /// Nothing; but these are called nearly so.
    Nearly(Vec<&'i Id>),
    /// Nothing.
    Nothing,
}

impl NameIndex {
    /// The labels and alternative labels of authorities.
    pub(super) fn of(authorities: &[Authority]) -> Self {
        let mut index = Self::default();
        for authority in authorities {
            let number = u32::try_from(index.ids.len()).expect("no corpus has four billion authorities");
            index.ids.push(authority.id.clone());
            for name in [&authority.label].into_iter().chain(&authority.alt_labels) {
                index.exact.push((exact(&name.text), number));
                index.near.extend(near(&name.text).map(|hash| (hash, number)));
            }
        }
        for names in [&mut index.exact, &mut index.near] {
            names.sort_unstable();
            names.dedup();
        }
        index
    }

    /// What of a kind has a name; what of any, where it is only known to be a thing.
    pub(super) fn find(&self, name: &str, kind: Kind) -> NameMatch<'_> {
        if self.ids.is_empty() {
            return NameMatch::Nothing;
        }
        let found = self.of_kind(&self.exact, exact(name), kind);
        match found[..] {
            [] => {}
            [id] => return NameMatch::One(id),
            _ => return NameMatch::Several(found),
        }
        let found = near(name).map_or_else(Vec::new, |hash| self.of_kind(&self.near, hash, kind));
        if found.is_empty() { NameMatch::Nothing } else { NameMatch::Nearly(found) }
    }

    /// Whatever is called exactly so.
    pub(super) fn called(&self, name: &str) -> Vec<&Id> {
        if name.is_empty() { Vec::new() } else { self.of_kind(&self.exact, exact(name), Kind::Thing) }
    }

    fn of_kind(&self, names: &[(u64, u32)], hash: u64, kind: Kind) -> Vec<&Id> {
        let from = names.partition_point(|(known, _)| *known < hash);
        let same = names[from..].iter().take_while(|(known, _)| *known == hash);
        same.map(|(_, number)| &self.ids[*number as usize]).filter(|id| fits(kind, id.kind)).collect()
    }
}

/// Whether something of a kind can be meant where another is wanted.
pub(crate) fn fits(wanted: Kind, kind: Kind) -> bool {
    match wanted {
        Kind::Thing => true,
        Kind::Agent => Kind::AGENTS.contains(&kind),
        _ => wanted == kind,
    }
}

fn hash(name: &str) -> u64 {
    FixedState::default().hash_one(name)
}

/// A name as it is written, whatever its blanks and however its accents are encoded.
pub(super) fn exact(name: &str) -> u64 {
    let is_plain = name.is_ascii() && !name.contains("  ") && name.trim().len() == name.len();
    if is_plain {
        return hash(name);
    }
    hash(&name.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect::<String>())
}

/// A name without capitals, accents, marks and the order of its words; nothing where it has no word.
fn near(name: &str) -> Option<u64> {
    let folded: String =
        name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    (!words.is_empty()).then(|| hash(&words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::{exact, fits, near};
    use crate::model::Kind;

    #[test]
    fn names_are_exactly_or_nearly_the_same() {
        assert_eq!(exact("Wellering,  Johann"), exact("Wellering, Johann"));
        assert_eq!(exact("Mu\u{308}ller"), exact("Müller"));
        assert_ne!(exact("Wellering, Johann"), exact("Johann Wellering"));
        assert_eq!(near("Wellering, Johann"), near("Johann WELLERING"));
        assert_eq!(near("Müller-Roos, A."), near("A Muller Roos"));
        assert_ne!(near("Anna Vos"), near("Anna de Vos"));
        assert_eq!(near("[?]"), None);
    }

    #[test]
    fn who_is_somebody_can_be_any_agent() {
        assert!(fits(Kind::Agent, Kind::Organisation) && fits(Kind::Thing, Kind::Place));
        assert!(!fits(Kind::Person, Kind::Organisation) && !fits(Kind::Agent, Kind::Place));
    }
}
