//! Short texts.

/// A short text in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The words.
    pub text: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
}
