//! What was read of a part of the sources besides its letters.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::letters::repeated::CellFindings;
use crate::input::naming::register_addresses::RegisterAddresses;
use crate::input::naming::things::Things;
use crate::model::{Coverage, TermsOfUse};
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What was read of a part of a file, besides its letters.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Whom and what they name.
    pub(crate) things: Things,
    /// What of the part was not used.
    pub(crate) coverage: Coverage,
    /// What is wrong with it.
    pub(crate) diagnostics: Diagnostics,
    /// What the columns of a letter table are taken to mean without being told.
    pub(crate) guesses: Vec<(FileId, Vec<String>)>,
    /// Addresses of what may be registers of the corpus.
    pub(crate) register_addresses: RegisterAddresses,
    /// What was found in cells of letter tables, to be told once for all rows.
    pub(crate) findings: CellFindings,
    /// Under which terms the letters can be used.
    pub(crate) terms: BTreeSet<TermsOfUse>,
    /// The files that are pointed to as if each were one letter, and where first.
    pub(crate) pointed_to: BTreeMap<FileId, Span>,
    /// The files that are read whole and hold no letter, or several, and how many.
    pub(crate) not_one: BTreeMap<FileId, usize>,
}

impl Batch {
    /// Takes up what was read of a later part of the sources.
    pub(crate) fn append(&mut self, later: Self) {
        self.things.append(later.things);
        self.coverage.append(later.coverage);
        self.diagnostics.append(later.diagnostics);
        self.guesses.extend(later.guesses);
        self.register_addresses.append(later.register_addresses);
        self.findings.append(later.findings);
        self.terms.extend(later.terms);
        for (file, span) in later.pointed_to {
            self.pointed_to.entry(file).or_insert(span);
        }
        self.not_one.extend(later.not_one);
    }

    /// Reports what can be said of names and pointers when everything has been read.
    pub(crate) fn report(&self, sources: &Sources, left_out: &[FileId], diagnostics: &mut Diagnostics) {
        self.things.report(diagnostics);
        self.register_addresses.report(diagnostics);
        let left_out: HashSet<&FileId> = left_out.iter().collect();
        for (file, span) in &self.pointed_to {
            let path = sources.path(*file);
            let (message, help) = match self.not_one.get(file) {
                Some(0) => (format!("{path} holds no letter"), "correct the link"),
                Some(_) => (
                    format!("{path} holds several letters, so that it is not clear which is meant"),
                    "write # and the xml:id of the letter behind the name of the file",
                ),
                None if left_out.contains(file) => (format!("{path} was left out"), "correct that file"),
                None => continue,
            };
            let help = format!("the link leads to a letter of which nothing is known; {help}");
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
    }
}
