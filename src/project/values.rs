//! Values of the project file that several of its sections have.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::tree::SourceValue;
use iri_string::types::{IriAbsoluteStr, IriStr};
use oxilangtag::LanguageTag;

/// The normal form of a base IRI: absolute, with an authority, without query or fragment, ending in `/`.
pub(super) fn base_iri(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<String> {
    let base = IriAbsoluteStr::new(&written.text).ok().filter(|iri| {
        let host = |parts: &iri_string::components::AuthorityComponents<'_>| {
            parts.userinfo().is_none() && !parts.host().is_empty()
        };
        matches!(iri.scheme_str().to_ascii_lowercase().as_str(), "http" | "https")
            && iri.authority_components().as_ref().is_some_and(host)
            && iri.query_str().is_none()
            && iri.path_str().ends_with('/')
    });
    if base.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::InvalidIri, written.span, format!("\"{}\" cannot be a base", written.text))
                .help("a base is a full address that ends in a slash, as in https://example.org/letters/"),
        );
    }
    Some(base?.normalize().to_string())
}

/// A full IRI, as RFC 3987 has it.
pub(crate) fn absolute_iri(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<String> {
    let harmless = |iri: &&IriStr| {
        let password = iri.authority_components().is_some_and(|authority| authority.userinfo().is_some());
        let host = iri.authority_components().is_some_and(|authority| !authority.host().is_empty());
        (iri.scheme_str() == "urn" || (matches!(iri.scheme_str(), "http" | "https") && host)) && !password
    };
    let iri = IriStr::new(&written.text).ok().filter(harmless);
    if iri.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::InvalidIri,
                written.span,
                format!("\"{}\" is no address that can be used", written.text),
            )
            .help("write the full address, as in https://creativecommons.org/licenses/by/4.0/"),
        );
    }
    iri.map(|iri| iri.as_str().to_owned())
}

/// A BCP 47 language tag in its usual case.
pub(crate) fn language(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<String> {
    match language_tag(&written.text) {
        Some(tag) => Some(tag),
        None => {
            let message = format!("\"{}\" is not a language tag", written.text);
            let help = "use a BCP 47 tag, as in en, de, nl, ar, fa, zh-Hant";
            diagnostics.push(Diagnostic::new(Code::InvalidLanguage, written.span, message).help(help));
            None
        }
    }
}

/// A language tag in its usual case. BCP 47 keeps first parts of four letters and more for the future: what has them
/// is a word, as in `english`.
pub fn language_tag(text: &str) -> Option<String> {
    let tag = LanguageTag::parse_and_normalize(text).ok()?;
    (tag.primary_language().len() <= 3).then(|| tag.into_inner())
}

/// `true` or `false`; what is not said is as `usual` has it.
pub(super) fn boolean(written: Option<SourceValue>, usual: bool, diagnostics: &mut Diagnostics) -> bool {
    let Some(written) = written else { return usual };
    if !matches!(written.text.as_str(), "true" | "false") {
        diagnostics.push(Diagnostic::new(Code::WrongShape, written.span, "true or false is expected here"));
    }
    written.text == "true"
}
