//! The files that records come from, and the terms that they state for themselves.

use crate::source::{Digest, FileId};
use std::sync::Arc;

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
