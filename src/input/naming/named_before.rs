//! What the letters of TEI and CMIF files name, for letter tables, which are read after them: a table does not say whether
//! somebody is a human being or a body, and a TEI or CMIF file mostly does.

use crate::input::naming::authority_index::may_be_meant;
use crate::input::naming::slugs::slug_of_identifier;
use crate::input::naming::things::Things;
use crate::model::{Id, Kind};
use smol_str::SmolStr;
use std::collections::HashMap;

/// The things that letters have named, by what each of their identifiers and names comes to as a slug.
#[derive(Debug, Default)]
pub(crate) struct NamedBefore(HashMap<SmolStr, Vec<Id>>);

impl NamedBefore {
    /// What has been named so far.
    pub(crate) fn of(things: &Things) -> Self {
        let mut by_slug: HashMap<SmolStr, Vec<Id>> = HashMap::new();
        for (id, identifiers) in things.identified() {
            let others = identifiers.iter().map(|identifier| slug_of_identifier(identifier).into());
            for slug in [id.slug.clone()].into_iter().chain(others) {
                let ids = by_slug.entry(slug).or_default();
                if !ids.contains(id) {
                    ids.push(id.clone());
                }
            }
        }
        Self(by_slug)
    }

    /// The things that somebody or something can be who would else get this id: those of its kind, if there are any; where
    /// it is not said what is meant, those of which a file says it.
    pub(super) fn find(&self, id: &Id) -> Vec<&Id> {
        let found = self.0.get(&id.slug).into_iter().flatten();
        let mut found: Vec<&Id> = found.filter(|known| may_be_meant(id.kind, known.kind)).collect();
        let is_open = |kind| matches!(kind, Kind::Agent | Kind::Thing);
        let is_better = |known: &&Id| if is_open(id.kind) { !is_open(known.kind) } else { known.kind == id.kind };
        if found.iter().any(is_better) {
            found.retain(is_better);
        }
        found
    }
}
