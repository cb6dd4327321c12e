//! Slugs of what letters name: from identifiers, addresses, ids of sources, and words.

use crate::input::reader::suggestion;
use crate::model::{Identifier, Scheme, slug_problem};
use crate::source::short_digest;

/// The most characters of a name that its id shows.
pub(super) const NAME_IN_SLUG: usize = 60;

/// The slug of an identifier: the authority file and the number, or the end of an address and a digest of the whole.
pub(crate) fn slug_of_identifier(identifier: &Identifier) -> String {
    let last = identifier.iri.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if identifier.scheme != Scheme::SAME_AS {
        let slug = format!("{}-{}", identifier.scheme.column, last.to_ascii_lowercase());
        if slug_problem(&slug).is_none() {
            return slug;
        }
    }
    slug_of_address(&identifier.iri)
}

/// A slug for an address: its last part, and a digest of the whole.
pub(crate) fn slug_of_address(iri: &str) -> String {
    let path = iri.split(['?', '#']).next().unwrap_or(iri).trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".xml");
    with_digest(last, iri, "iri")
}

/// What can be shown of a text in a slug, and a digest of the whole.
pub(crate) fn with_digest(shown: &str, whole: &str, otherwise: &str) -> String {
    let digest = short_digest(whole);
    if shown.len() <= NAME_IN_SLUG && slug_problem(shown).is_none() {
        return [shown, "-", &digest].concat();
    }
    let shown: String = suggestion(shown).unwrap_or_default().chars().take(NAME_IN_SLUG).collect();
    let shown = shown.trim_matches('-');
    [if shown.is_empty() { otherwise } else { shown }, "-", &digest].concat()
}

/// A slug for an id of a source: the id in small letters; with a digest, where that does not show all of it.
pub(crate) fn slug_of_id(register: Option<&str>, id: &str) -> String {
    let written = register.map_or_else(|| id.to_owned(), |register| format!("{register}-{id}"));
    let plain: String = written
        .chars()
        .map(|letter| if matches!(letter, '_' | '.' | '-') { '-' } else { letter.to_ascii_lowercase() })
        .collect();
    if slug_problem(&plain).is_none() {
        return plain;
    }
    with_digest(&written, &written, "id")
}
