//! IRIs relative to a base.

/// An IRI relative to the base, where it lies below it and is not read as anything else when relative
/// (RFC 3986, section 4.2); otherwise as it is.
pub(super) fn relative<'a>(iri: &'a str, base: &str) -> &'a str {
    let below = iri.strip_prefix(base).filter(|below| {
        let first = below.split('/').next().unwrap_or(below);
        // Dots as steps of the path would be taken out by whoever reads it.
        let path = below.split(['?', '#']).next().unwrap_or(below);
        let has_steps = path.split('/').any(|step| matches!(step, "." | ".."));
        // In JSON-LD these are keywords, or the names that our context has for two of them.
        let is_keyword = first.starts_with('@') || matches!(*below, "id" | "type");
        !first.is_empty() && !first.starts_with(['#', '?', '.']) && !first.contains(':') && !has_steps && !is_keyword
    });
    below.unwrap_or(iri)
}
