//! TEI letters and registers: headers, descriptions of correspondence, texts.

pub(super) mod certainty;
pub(super) mod correspondence;
pub(super) mod dating;
mod entry_ids;
pub(super) mod header;
pub(super) mod letter;
pub(super) mod prefix;
pub(super) mod register;
pub(super) mod text;
