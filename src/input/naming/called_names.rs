//! What letters call those whom tables and registers describe.

use crate::model::Id;
use crate::source::Span;
use std::collections::BTreeMap;

/// The most names of one id that are kept.
const NAMES: usize = 50;

/// The names by which letters call entries of tables and registers, each with the first place.
#[derive(Clone, Debug, Default)]
pub(crate) struct CalledNames(BTreeMap<Id, Vec<(String, Span)>>);

impl CalledNames {
    /// Takes note of a name.
    pub(crate) fn add(&mut self, id: &Id, name: &str, span: Span) {
        let names = match self.0.get_mut(id) {
            Some(names) => names,
            None => self.0.entry(id.clone()).or_default(),
        };
        if names.len() < NAMES && names.iter().all(|(known, _)| known != name) {
            names.push((name.to_owned(), span));
        }
    }

    /// Takes up the names of a later part of the sources.
    pub(crate) fn append(&mut self, later: Self) {
        for (id, names) in later.0 {
            names.into_iter().for_each(|(name, span)| self.add(&id, &name, span));
        }
    }

    /// The names of an id.
    pub(crate) fn of(&self, id: &Id) -> impl Iterator<Item = (&str, Span)> {
        self.0.get(id).into_iter().flatten().map(|(name, span)| (name.as_str(), *span))
    }
}
