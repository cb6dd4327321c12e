//! Hand-written documents: YAML front matter, then prose in which a mention is a link.

pub(super) mod document;
pub(super) mod plain;
pub(super) mod prose;
pub(super) mod transcription;
