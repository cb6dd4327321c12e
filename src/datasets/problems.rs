//! What is wrong with the things of one file, up to a number that can be read.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources};

/// The most problems of one file that are reported.
pub(super) const PROBLEM_LIMIT: usize = 100;

/// What is said where there are more.
pub(super) fn not_listed() -> String {
    format!("there are more than {PROBLEM_LIMIT} such problems in this file; the others are not listed")
}

/// What is wrong with the things of one file, up to a number that can be read.
#[derive(Default)]
pub(super) struct Problems(usize);

impl Problems {
    pub(super) fn add(&mut self, message: String, file: FileId, diagnostics: &mut Diagnostics) {
        self.0 += 1;
        let message = match self.0 {
            count if count <= PROBLEM_LIMIT => message,
            count if count == PROBLEM_LIMIT + 1 => not_listed(),
            _ => return,
        };
        diagnostics.push(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message));
    }
}
