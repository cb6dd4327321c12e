//! Who and what letters name: from the words and references of a source to the ids of the corpus.

pub(super) mod letter_slugs;
pub(super) mod name_cache;
pub(super) mod names;
pub(super) mod things;
