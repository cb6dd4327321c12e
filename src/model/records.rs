//! What was read of the sources that are read whole.

use crate::model::{Annotation, Authority, Claim, Coverage, Document, Id, Mapping, SourceFile};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// Everything that the sources say, each list in the order of its files and rows.
#[derive(Debug, Default)]
pub struct Records {
    /// The files that were read.
    pub sources: Vec<SourceFile>,
    /// What documents point into: persons, places, events and the like.
    pub authorities: Vec<Authority>,
    /// The documents.
    pub documents: Vec<Document>,
    /// Mentions, insertions, notes and quotations.
    pub annotations: Vec<Annotation>,
    /// The claims, each with its contents.
    pub claims: Vec<Claim>,
    /// What links the corpus to other datasets.
    pub mappings: Vec<Mapping>,
    /// What the columns of tables of things are taken to mean without being told.
    pub guesses: Vec<(FileId, Vec<String>)>,
    /// What of registers was not used.
    pub coverage: Coverage,
}

impl Records {
    /// Where every id is defined; of an id defined twice, the first place.
    pub fn ids(&self) -> BTreeMap<&Id, Span> {
        let mut ids = BTreeMap::new();
        let authorities = self.authorities.iter().map(|authority| (&authority.id, authority.span));
        let documents = self.documents.iter().map(|document| (&document.id, document.span));
        for (id, span) in authorities.chain(documents) {
            ids.entry(id).or_insert(span);
        }
        ids
    }
}
