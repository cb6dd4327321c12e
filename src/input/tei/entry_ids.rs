//! What an entry of a register is known by: its ids there, its identifiers in authority files, and codes of its own.

use crate::diagnostic::Diagnostics;
use crate::input::naming::names::is_placeholder;
use crate::input::naming::written_ids::{WrittenId, faulty_identifier, is_web_address, written_id};
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
    let attributes = profile.entry_ids.iter().map(String::as_str).chain(["n", "key"]);
    for written in attributes.filter_map(|name| element.value_of(name)) {
        ids.add(written, None, element, diagnostics);
    }
    let names = || element.children().filter(|child| child.name().ends_with("Name"));
    let in_names = names().flat_map(|name| name.children_named("idno"));
    for idno in element.children_named("idno").chain(in_names) {
        ids.idno(idno, diagnostics);
    }
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

/// What an `idno` is besides an id.
enum Use {
    /// The number or address of the entry.
    Identifier,
    /// An address at which something of it is found: no identity is stated with it.
    Address,
    /// A picture.
    Picture,
}

impl Use {
    fn of(idno: Element<'_>) -> Self {
        let kinds: Vec<String> =
            ["type", "subtype"].into_iter().filter_map(|name| Some(idno.unmarked(name)?.to_lowercase())).collect();
        let is_one_of = |words: &[&str]| kinds.iter().any(|kind| words.contains(&kind.as_str()));
        if is_one_of(&["portrait", "image", "img", "picture", "photo", "bild", "facsimile"]) {
            return Self::Picture;
        }
        let addresses = ["url", "homepage", "website", "web", "link"];
        // A second word says whose address it is, as in type="URL" subtype="pmb".
        let is_address = !kinds.is_empty() && kinds.iter().all(|kind| addresses.contains(&kind.as_str()));
        if is_address { Self::Address } else { Self::Identifier }
    }
}

impl EntryIds {
    /// Takes up what an `idno` says.
    fn idno(&mut self, idno: Element<'_>, diagnostics: &mut Diagnostics) {
        let value = idno.plain_words();
        match Use::of(idno) {
            Use::Picture => return,
            Use::Address if is_web_address(&value) && Scheme::identify_address(&value).is_none() => {
                self.codes.push(value);
            }
            Use::Address | Use::Identifier => {
                // Sources also have ids of locations so.
                let types = ["type", "subtype"].into_iter().filter_map(|name| idno.value(name));
                let scheme = types.filter(|word| !word.eq_ignore_ascii_case("loc")).find_map(Scheme::named);
                if self.add(&value, scheme, idno, diagnostics) {
                    self.codes.push(value);
                }
            }
        }
        ["type", "subtype"].into_iter().for_each(|name| _ = idno.value(name));
        idno.mark_used();
    }

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
            Some((scheme, Err(fault))) => match written_id(written) {
                // Entries can be pointed to by it all the same.
                WrittenId::Id(id) if fault == Fault::Form => {
                    diagnostics.push(faulty_identifier(written, scheme, fault, element.span()));
                    WrittenId::Id(id)
                }
                WrittenId::Id(_) => WrittenId::Faulty(scheme, fault),
                read => read,
            },
            None => written_id(written),
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
