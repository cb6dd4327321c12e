//! What the sources say, as plain records: no RDF, no input or output.

mod authority;
mod calendar;
mod circa;
mod claim;
mod concept;
mod coverage;
mod date;
mod document;
mod id;
mod identifier;
mod mapping;
mod mention;
mod opinion;
mod visitor;

pub use authority::{Authority, Details, Event, Point, Quantity};
pub use calendar::Original;
pub use circa::Circa;
pub use claim::{Claim, Content, ContentReference, Object};
pub use concept::{Concept, ConceptList};
pub use coverage::{Coverage, Unused};
pub use date::{Date, DateProblem, Precision};
pub use document::{Action, Document, Letter, Party, Publication, Text, chosen};
pub use id::{Id, IdProblem, Kind, Reference, ScopedName, slug_problem};
pub use identifier::{Identifier, Scheme};
pub use mapping::{Mapping, NO_TERM, Relation, Review};
pub use mention::{Annotation, Basis, Passage, Target};
pub use opinion::{Answer, Opinion, Policy, Preference, choose};
pub use visitor::{Origin, RecordVisitor, SourceRecords};

use crate::source::{Digest, FileId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A short text in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
}

/// Under which terms something can be used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermsOfUse {
    /// A licence, by its address.
    Licence(String),
    /// What is said in words.
    Words(String),
}

/// A file that records came from.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The file.
    pub file: FileId,
    /// Its path below the corpus folder, with `/` between the parts.
    pub path: Arc<str>,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// Under which terms the file itself says that it can be used, each once.
    pub terms: Vec<TermsOfUse>,
    /// Whether it has letters that were not written for this program.
    pub has_letters: bool,
}

impl SourceFile {
    /// A file, of which no licence is known yet.
    pub fn new(file: FileId, path: Arc<str>, digest: Digest) -> Self {
        Self { file, path, digest, terms: Vec::new(), has_letters: false }
    }

    /// Takes note of terms that the file states.
    pub fn add_terms(&mut self, terms: TermsOfUse) {
        if !self.terms.contains(&terms) {
            self.terms.push(terms);
        }
    }
}

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
