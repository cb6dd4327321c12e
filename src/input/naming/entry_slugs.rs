//! Slugs of the entries of one register: from their ids there, which can differ in capitals and marks alone.

use crate::input::naming::slugs::{slug_of_id, with_digest};
use crate::model::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// The slugs of ids of a register.
#[derive(Debug)]
pub(crate) struct EntrySlugs<'r> {
    /// What stands before the ids, where they mean nothing elsewhere.
    scope: Option<&'r str>,
    /// Those of ids of which another comes to the same slug and keeps it.
    apart: BTreeMap<(Kind, String), String>,
}

impl<'r> EntrySlugs<'r> {
    /// Of the ids of a register. Where several come to one slug, the one that is written so keeps it, or else the first in
    /// the order of letters: the order of the entries does not matter.
    pub(crate) fn of<'e>(scope: Option<&'r str>, ids: impl Iterator<Item = (Kind, &'e str)>) -> Self {
        let mut known: BTreeMap<(Kind, String), BTreeSet<&str>> = BTreeMap::new();
        for (kind, id) in ids {
            known.entry((kind, slug_of_id(scope, id))).or_default().insert(id);
        }
        let mut apart = BTreeMap::new();
        for ((kind, slug), ids) in known.into_iter().filter(|(_, ids)| ids.len() > 1) {
            let keeps = ids.iter().copied().find(|id| slug_of_id(None, id) == *id).or(ids.first().copied());
            for id in ids.iter().filter(|id| Some(**id) != keeps) {
                apart.insert((kind, (*id).to_owned()), with_digest(&slug, id, "id"));
            }
        }
        Self { scope, apart }
    }

    /// The slug of an id.
    pub(crate) fn of_id(&self, kind: Kind, id: &str) -> String {
        let apart = if self.apart.is_empty() { None } else { self.apart.get(&(kind, id.to_owned())) };
        apart.cloned().unwrap_or_else(|| slug_of_id(self.scope, id))
    }
}

#[cfg(test)]
mod tests {
    use super::EntrySlugs;
    use crate::model::Kind;

    #[test]
    fn ids_that_differ_in_capitals_or_marks_get_a_slug_each() {
        let ids = ["P1", "p1", "q.1", "Q_1", "r1"];
        let of = |ids: &mut dyn Iterator<Item = &&'static str>| {
            let slugs = EntrySlugs::of(None, ids.map(|id| (Kind::Person, *id)));
            ["p1", "P1", "Q_1", "q.1", "r1"].map(|id| slugs.of_id(Kind::Person, id))
        };
        let slugs = of(&mut ids.iter());
        assert_eq!(slugs, of(&mut ids.iter().rev()));
        assert_eq!([&slugs[0], &slugs[2], &slugs[4]], ["p1", "q-1", "r1"]);
        assert!(slugs[1].starts_with("p1-") && slugs[3].starts_with("q-1-"), "{slugs:?}");
    }
}
