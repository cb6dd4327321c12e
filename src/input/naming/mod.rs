//! Who and what letters name: from the words and references of a source to the ids of the corpus.

pub(super) mod authority_index;
pub(super) mod called_names;
pub(super) mod entry_links;
mod entry_references;
pub(super) mod entry_slugs;
mod id_spellings;
pub(super) mod key_uses;
pub(super) mod letter_ids;
pub(super) mod letter_slugs;
pub(super) mod name_cache;
pub(super) mod name_index;
pub(super) mod name_words;
pub(super) mod named_before;
pub(super) mod names;
pub(super) mod people;
mod placeholder_words;
pub(super) mod placeholders;
pub(super) mod register_addresses;
mod responsible;
mod slugs;
pub(super) mod things;
pub(super) mod written_ids;
