//! References as sources write them: their parts, and identifiers of authority files.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::naming::placeholder_words::PLACEHOLDER_ENDS;
use crate::input::naming::placeholders::{ends_in_placeholder, is_placeholder};
use crate::model::{Fault, Id, Identifier, Scheme};
use crate::source::Span;

/// What a part of a reference is.
pub(crate) enum WrittenId<'t> {
    /// An identifier of an authority file, or any other address.
    Identifier(Identifier),
    /// Meant as an identifier of this authority file, and none.
    Faulty(&'static Scheme, Fault),
    /// An id of the source.
    Id(&'t str),
}

/// The parts of a reference: blanks divide it, as TEI P5 says of `teidata.pointer`; an id that is written whole can have
/// blanks, as in `@key`.
pub(super) fn tokens(reference: &str, whole: bool) -> Vec<&str> {
    match reference.trim() {
        "" => Vec::new(),
        // Words such as "no authority file ID" are no ids.
        reference if whole || is_placeholder(reference) => vec![reference],
        reference => reference.split_whitespace().collect(),
    }
}

/// Whether a part of a reference names nobody whatever the corpus has: the words beside it are the name of another part.
pub(super) fn refers_to_nobody(token: &str) -> bool {
    is_placeholder(token) || ends_in_placeholder(token) || matches!(written_id(token), WrittenId::Faulty(..))
}

/// Whether an address leads to no one thing: to a site, to a search, or to where the id is missing or stands for nobody.
fn leads_to_nothing(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let (place, query) = match rest.find(['?', '#']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (_, path) = place.split_once('/').unwrap_or((place, ""));
    let path = path.trim_matches('/');
    let last = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_search = matches!(last.split('.').next(), Some("search" | "special:search"));
    let ends_with_nobody = |part: &str| {
        let end = part.rsplit(['/', '#', '=', '?', ':']).next().unwrap_or_default().to_ascii_lowercase();
        PLACEHOLDER_ENDS.contains(&end.as_str())
    };
    let has_query = query.len() > 1;
    match has_query {
        true => query.ends_with('=') || is_search || ends_with_nobody(query),
        false => {
            path.is_empty()
                || path.eq_ignore_ascii_case("wiki")
                || last == "wiki"
                || is_search
                || ends_with_nobody(path)
        }
    }
}

/// What a part of a reference is: an address, or the name of an authority file and the id, as in `gnd:118540238` or
/// `GND 118540238`, or else an id of the source.
pub(crate) fn written_id(token: &str) -> WrittenId<'_> {
    let faulty = |scheme: &'static Scheme, id: &str| match scheme.read(id) {
        Ok(identifier) => WrittenId::Identifier(identifier),
        Err(fault) => WrittenId::Faulty(scheme, if id.trim().is_empty() { Fault::Missing } else { fault }),
    };
    if let Some((scheme, id)) = of_named_scheme(token) {
        return match faulty(scheme, id) {
            // Sources also have ids of locations so.
            WrittenId::Faulty(..) if token.starts_with("loc:") => WrittenId::Id(token),
            found => found,
        };
    }
    if !is_web_address(token) {
        return without_protocol(token).unwrap_or(WrittenId::Id(token));
    }
    if let Some(identifier) = Scheme::identify_address(token) {
        return WrittenId::Identifier(identifier);
    }
    match Scheme::faulty_address(token) {
        Some((scheme, fault)) => WrittenId::Faulty(scheme, fault),
        None if leads_to_nothing(token) => WrittenId::Faulty(Scheme::SAME_AS, Fault::Missing),
        None => Scheme::SAME_AS.identify(token).map_or(WrittenId::Id(token), WrittenId::Identifier),
    }
}

/// An address of an authority file without `https://`, or its name and the identifier as in `gnd/118540238`.
fn without_protocol(token: &str) -> Option<WrittenId<'_>> {
    let (first, id) = token.split_once('/')?;
    if let Some(scheme) = Scheme::named(first) {
        return match scheme.read(id) {
            Ok(identifier) => Some(WrittenId::Identifier(Identifier { written: token.to_owned(), ..identifier })),
            Err(fault @ Fault::CheckDigit) => Some(WrittenId::Faulty(scheme, fault)),
            // It can be a path to a file of any name.
            Err(Fault::Form | Fault::Missing) => None,
        };
    }
    let address = Some(format!("https://{token}")).filter(|_| first.contains('.'))?;
    match Scheme::identify_address(&address) {
        Some(identifier) => Some(WrittenId::Identifier(Identifier { written: token.to_owned(), ..identifier })),
        None => Scheme::faulty_address(&address).map(|(scheme, fault)| WrittenId::Faulty(scheme, fault)),
    }
}

/// The same of what stands where an identifier of an authority file is wanted: an id of the source is faulty there.
pub(super) fn written_id_of<'t>(scheme: &'static Scheme, written: &'t str) -> WrittenId<'t> {
    match written_id_in(scheme, written) {
        Ok(identifier) => WrittenId::Identifier(identifier),
        Err((scheme, fault)) => WrittenId::Faulty(scheme, fault),
    }
}

/// The identifier that a cell of a column for an authority file has, of that file or of another; or else the file that
/// it is meant for, and why it identifies nobody.
pub(crate) fn written_id_in(scheme: &'static Scheme, written: &str) -> Result<Identifier, (&'static Scheme, Fault)> {
    match (scheme.read(written), written_id(written)) {
        (Ok(_), WrittenId::Faulty(other, fault)) if scheme == Scheme::SAME_AS => Err((other, fault)),
        (Ok(identifier), _) => Ok(identifier),
        (Err(Fault::CheckDigit), _) => Err((scheme, Fault::CheckDigit)),
        (Err(_), WrittenId::Identifier(identifier)) => Ok(identifier),
        (Err(_), WrittenId::Faulty(other, fault)) => Err((other, fault)),
        (Err(fault), WrittenId::Id(_)) => Err((scheme, fault)),
    }
}

/// The authority file that stands before an id, and the id.
fn of_named_scheme(token: &str) -> Option<(&'static Scheme, &str)> {
    // The code of the GND in library records: MARC organisation codes.
    if let Some(id) = token.strip_prefix("(DE-588)") {
        return Some((Scheme::named("gnd")?, id));
    }
    if let Some(id) = token.strip_prefix("info:isil/") {
        return Some((Scheme::named("isil")?, id));
    }
    let (scheme, id) = token.split_once([':', ' '])?;
    Some((Scheme::named(scheme)?, id.trim()))
}

/// The identifier of an authority file, or any other address, that a text is.
pub(crate) fn identify(token: &str) -> Option<Identifier> {
    match of_named_scheme(token) {
        Some((scheme, id)) => scheme.identify(id),
        None if is_web_address(token) => Scheme::identify_address(token).or_else(|| Scheme::SAME_AS.identify(token)),
        None => None,
    }
}

pub(crate) fn is_web_address(token: &str) -> bool {
    let scheme = token.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)))
}

/// Why an identifier identifies nobody, in a sentence.
pub(crate) fn why_faulty(written: &str, scheme: &Scheme, fault: Fault) -> String {
    let name = scheme.column;
    match fault {
        Fault::Missing if *scheme == *Scheme::SAME_AS => {
            format!("\"{written}\" is an address of no one thing, so it identifies nobody")
        }
        Fault::Missing => {
            format!("\"{written}\" is an address of {name} without an identifier, so it identifies nobody")
        }
        Fault::Form => format!("\"{written}\" is no identifier of {name}, so it identifies nobody"),
        Fault::CheckDigit => format!("\"{written}\" has a check digit that is wrong, so it identifies nobody"),
    }
}

/// The warning for an identifier that identifies nobody.
pub(crate) fn faulty_identifier(written: &str, scheme: &Scheme, fault: Fault, span: Span) -> Diagnostic {
    let message = why_faulty(written, scheme, fault);
    let help = format!("write {}; until then only the name counts", scheme.form);
    Diagnostic::new(Code::FaultyIdentifier, span, message).help(help)
}

/// The same, where the name beside it may be that of a known thing: then the graph has nothing of what is written.
pub(super) fn faulty_beside_name(
    written: &str,
    scheme: &Scheme,
    fault: Fault,
    span: Span,
    known: Option<&Id>,
) -> Diagnostic {
    let Some(id) = known else { return faulty_identifier(written, scheme, fault, span) };
    let help = format!("write {}; it is left out, and {id} is found by the name", scheme.form);
    Diagnostic::new(Code::FaultyIdentifier, span, why_faulty(written, scheme, fault)).help(help)
}
