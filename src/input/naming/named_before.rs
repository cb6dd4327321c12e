//! What the letters of TEI and CMIF files name, for letter tables, which are read after them: a table does not say whether
//! somebody is a human being or a body, and a TEI or CMIF file mostly does.

use crate::input::naming::authority_index::may_be_meant;
use crate::input::naming::name_index::exact;
use crate::input::naming::slugs::slug_of_identifier;
use crate::input::naming::things::Things;
use crate::model::{Id, Kind};
use smol_str::SmolStr;
use std::collections::HashMap;

/// The things that letters have named.
#[derive(Debug, Default)]
pub(crate) struct NamedBefore {
    /// By what each of their identifiers comes to as a slug.
    by_identifier: HashMap<SmolStr, Vec<Id>>,
    /// By hashes of their names.
    by_name: HashMap<u64, Vec<Id>>,
}

impl NamedBefore {
    /// What has been named so far.
    pub(crate) fn of(things: &Things) -> Self {
        let mut before = Self::default();
        for (id, identifiers) in things.identified() {
            for identifier in identifiers {
                add_once(before.by_identifier.entry(slug_of_identifier(identifier).into()).or_default(), id);
            }
        }
        for (id, names) in things.names() {
            names.for_each(|(name, _)| add_once(before.by_name.entry(exact(name)).or_default(), id));
        }
        before
    }

    /// Who or what has the identifier of an id: of several, the one with this very slug, if all are of one kind. Nothing
    /// where they are of several kinds, or where nobody is known.
    pub(super) fn identified(&self, id: &Id) -> Option<&Id> {
        let found = said(id.kind, self.by_identifier.get(&id.slug));
        let first = found.first().filter(|first| found.iter().all(|known| known.kind == first.kind))?;
        match found[..] {
            [only] => Some(only),
            _ => found.iter().copied().find(|known| known.slug == id.slug).filter(|known| known.kind == first.kind),
        }
    }

    /// The things that are called so, of those that can be meant where it is not said what somebody or something is.
    pub(super) fn called(&self, name: &str, wanted: Kind) -> Vec<&Id> {
        if is_open(wanted) { said(wanted, self.by_name.get(&exact(name))) } else { Vec::new() }
    }
}

/// Of things that can be meant, those of the kind that is wanted; or, where that is open, those of which a file says it.
fn said(wanted: Kind, found: Option<&Vec<Id>>) -> Vec<&Id> {
    let mut found: Vec<&Id> = found.into_iter().flatten().filter(|known| may_be_meant(wanted, known.kind)).collect();
    let is_better = |known: &&Id| if is_open(wanted) { !is_open(known.kind) } else { known.kind == wanted };
    if found.iter().any(is_better) {
        found.retain(is_better);
    }
    found
}

/// Whether a kind leaves open what something is.
fn is_open(kind: Kind) -> bool {
    matches!(kind, Kind::Agent | Kind::Thing)
}

fn add_once(ids: &mut Vec<Id>, id: &Id) {
    if ids.last() != Some(id) {
        ids.push(id.clone());
    }
}
