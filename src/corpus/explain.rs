//! What the codes of diagnostics mean.

use crate::corpus::Corpus;
use crate::diagnostic::{Code, nearest};
use crate::error::{Error, Result};

/// All codes, each on a line with what it says in a few words.
pub fn list_codes() -> String {
    Code::ALL.iter().map(|code| format!("{:26} {}\n", code.name(), code.summary())).collect()
}

/// What a code means; that of a custom check of the corpus, what this says of itself.
///
/// # Errors
///
/// If there is no such code.
pub fn explain(code: &str, corpus: Option<&mut Corpus>) -> Result<String> {
    let checks = corpus.map(Corpus::custom_checks).unwrap_or_default();
    if let Some((_, check)) = checks.iter().find(|(_, check)| check.own.name == code) {
        let description = check.description().map_or_else(String::new, |words| format!("\n{}\n", words.trim_end()));
        return Ok(format!("{}[{code}]: {}\n{description}", check.own.severity.name(), check.summary()));
    }
    let known = Code::find(code).ok_or_else(|| {
        let alike = nearest(code, Code::ALL.iter().map(|code| code.name()));
        let help = alike.map_or_else(
            || "the codes are listed by: regesta explain".to_owned(),
            |name| format!("did you mean {name}?"),
        );
        Error::usage(format!("there is no code \"{code}\""), help)
    })?;
    Ok(format!("{}[{code}]: {}\n\n{}\n", known.severity().name(), known.summary(), known.explanation()))
}
