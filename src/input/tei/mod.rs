//! TEI letters and registers: headers, descriptions of correspondence, texts.

pub(super) mod action_type;
pub(super) mod certainty;
pub(super) mod correspondence;
mod date_words;
pub(super) mod dating;
mod description;
mod divisions;
mod entry_ids;
pub(super) mod header;
pub(super) mod letter;
mod letter_links;
mod letter_mentions;
pub(super) mod letter_pointers;
pub(super) mod named_element;
mod note_places;
pub(super) mod notes;
mod notes_apart;
pub(super) mod nothing_read;
mod one_time;
pub(super) mod prefix;
pub(super) mod profile_paths;
mod profile_roles;
pub(super) mod register;
mod role_claims;
pub(super) mod text;
pub(super) mod text_elements;
