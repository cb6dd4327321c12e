//! How much problems matter.

use serde::Serialize;
use std::collections::BTreeMap;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The sources say something that cannot stand; nothing is built.
    Error,
    /// The sources say something that is probably not meant.
    Warning,
    /// The sources say something that may be worth a look.
    Hint,
}

impl Severity {
    /// Every severity by its name, the gravest first.
    pub const ALL: [(&'static str, Self); 3] =
        [("error", Self::Error), ("warning", Self::Warning), ("hint", Self::Hint)];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, severity)| *severity == self).map_or("", |(name, _)| name)
    }
}

/// What stands in the place of a code for all that is only possible.
pub const POSSIBLE: &str = "possible";

/// What a project says of sorts of problems: by the name of each, how much it matters; nothing where it is not shown.
pub type Severities = BTreeMap<String, Option<Severity>>;
