//! The name that was probably meant.

/// The name that is most like `written`, when one is alike enough to be what was meant.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(&written, &name.to_lowercase()), name));
    scored.filter(|(score, _)| *score > 0.84).max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, name)| name)
}
