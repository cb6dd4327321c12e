//! What an entry of a register is known by: its ids there, its identifiers in authority files, and codes of its own.

use crate::diagnostic::Diagnostics;
use crate::input::naming::names::is_placeholder;
use crate::input::naming::written_ids::{WrittenId, faulty_identifier, written_id};
use crate::input::tei::prefix::{Expanded, Patterns, Prefixes};
use crate::input::xml::Element;
use crate::model::{Fault, Identifier, Scheme};
use crate::project::Profile;

/// What an entry is known by.
#[derive(Debug, Default)]
pub(super) struct EntryIds {
    /// Its id in the register.
    pub(super) own: Option<String>,
    /// Other ids that lead to it: its number and key, and those of its names.
    pub(super) others: Vec<String>,
    /// Its identifiers in authority files, and other addresses.
    pub(super) identifiers: Vec<Identifier>,
    /// Its identifiers that are of no authority file.
    pub(super) codes: Vec<String>,
}

/// Reads what an entry is known by; `prefixes` are those that hold in it.
pub(super) fn read(
    element: Element<'_>,
    profile: &Profile,
    prefixes: &Prefixes,
    patterns: &mut Patterns,
    diagnostics: &mut Diagnostics,
) -> EntryIds {
    let mut ids = EntryIds { own: element.xml_attribute("id").map(str::to_owned), ..EntryIds::default() };
    // An address in the place of an id is that of the thing.
    if let Some(WrittenId::Identifier(identifier)) = ids.own.as_deref().map(written_id) {
        ids.identifiers.push(identifier);
    }
    let attributes = ["n", "key"].into_iter().chain(profile.entry_ids.iter().map(String::as_str));
    for written in attributes.filter_map(|name| element.value(name)) {
        ids.add(written, None, element, diagnostics);
    }
    for idno in element.children_named("idno") {
        let value = idno.mark_used().plain_words();
        let scheme = ["type", "subtype"].into_iter().find_map(|name| Scheme::named(idno.value(name)?));
        if ids.add(&value, scheme, idno, diagnostics) {
            ids.codes.push(value);
        }
    }
    let names = || element.children().filter(|child| child.name().ends_with("Name"));
    for name in names() {
        ids.others.extend(name.xml_attribute("id").map(str::to_owned));
    }
    for named in std::iter::once(element).chain(names()) {
        let tokens = ["ref", "sameAs"].into_iter().filter_map(|name| named.value(name)).flat_map(str::split_whitespace);
        for token in tokens {
            match prefixes.expand(token, patterns) {
                Expanded::To(address) => ids.reference(&address, named, diagnostics),
                Expanded::Plain => ids.reference(token, named, diagnostics),
                Expanded::Unclear => {}
            }
        }
    }
    ids
}

impl EntryIds {
    /// Takes up an id of whatever sort, which may be said to be of an authority file; whether it is of none.
    fn add(
        &mut self,
        written: &str,
        scheme: Option<&'static Scheme>,
        element: Element<'_>,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if is_placeholder(written) {
            return false;
        }
        let read = match scheme.map(|scheme| (scheme, scheme.read(written))) {
            Some((_, Ok(identifier))) => WrittenId::Identifier(identifier),
            // A number with a wrong check digit is meant as one of this file; other forms can be anything.
            Some((scheme, Err(fault @ Fault::CheckDigit))) => WrittenId::Faulty(scheme, fault),
            Some(_) | None => written_id(written),
        };
        match read {
            WrittenId::Identifier(identifier) => self.identifier(identifier),
            WrittenId::Faulty(scheme, fault) => {
                diagnostics.push(faulty_identifier(written, scheme, fault, element.span()));
                return fault != Fault::Missing;
            }
            WrittenId::Id(id) => {
                self.others.push(id.to_owned());
                return true;
            }
        }
        false
    }

    /// Takes up what an entry or one of its names refers to, where that is an address.
    fn reference(&mut self, written: &str, element: Element<'_>, diagnostics: &mut Diagnostics) {
        match written_id(written) {
            WrittenId::Identifier(identifier) => self.identifier(identifier),
            WrittenId::Faulty(scheme, fault) => {
                diagnostics.push(faulty_identifier(written, scheme, fault, element.span()));
                self.codes.extend((fault != Fault::Missing).then(|| written.to_owned()));
            }
            WrittenId::Id(_) => {}
        }
    }

    fn identifier(&mut self, identifier: Identifier) {
        if !self.identifiers.iter().any(|known| known.iri == identifier.iri) {
            self.identifiers.push(identifier);
        }
    }
}
