//! What was read of a part of the sources besides its letters.

use crate::diagnostic::Diagnostics;
use crate::input::letters::repeated::CellFindings;
use crate::input::letters::sources::LetterSources;
use crate::input::letters::tally::{Surroundings, Tally};
use crate::input::naming::key_uses::KeyUses;
use crate::input::naming::register_addresses::RegisterAddresses;
use crate::input::naming::things::Things;
use crate::model::{Coverage, TermsOfUse};
use crate::source::FileId;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The keys that stand beside identifiers.
    pub(crate) keys: KeyUses,
    /// Addresses of what may be registers of the corpus.
    pub(crate) register_addresses: RegisterAddresses,
    /// What was found in cells of letter tables, to be told once for all rows.
    pub(crate) findings: CellFindings,
    /// Under which terms the letters can be used.
    pub(crate) terms: BTreeSet<TermsOfUse>,
    /// What is counted over all letters.
    pub(crate) tally: Tally,
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
        self.keys.append(later.keys);
        self.register_addresses.append(later.register_addresses);
        self.findings.append(later.findings);
        self.terms.extend(later.terms);
        self.tally.append(later.tally);
        self.not_one.extend(later.not_one);
    }

    /// Reports what can be said of names and pointers when everything has been read.
    pub(crate) fn report(&self, letters: &LetterSources<'_>, left_out: &[FileId], diagnostics: &mut Diagnostics) {
        self.things.report(diagnostics);
        self.keys.report(diagnostics);
        self.register_addresses.report(diagnostics);
        let LetterSources { sources, project, .. } = letters;
        let profile = project.profile.paths_in_letters().next().map(|path| path.span);
        let called = letters.example();
        let around = Surroundings { sources, not_one: &self.not_one, left_out, called, profile };
        self.tally.report(around, diagnostics);
    }
}
