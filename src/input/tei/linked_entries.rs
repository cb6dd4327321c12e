//! The other entries that an entry of a register points to: the larger places that it lies in, its authors.

use crate::input::naming::entry_links::{EntryLink, EntryPointer, Relation};
use crate::input::naming::names::is_placeholder;
use crate::input::naming::written_ids::{WrittenId, written_id};
use crate::input::tei::prefix::{Expanded, Patterns, Prefixes};
use crate::input::xml::Element;
use crate::model::Kind;
use crate::project::Project;

/// The elements that name places, and how large these are, as far as the name says: TEI P5, section 14.2.3.
const PLACES: [(&str, Option<u8>); 8] = [
    ("placeName", None),
    ("geogName", None),
    ("place", None),
    ("settlement", Some(1)),
    ("district", Some(2)),
    ("region", Some(3)),
    ("country", Some(4)),
    ("bloc", Some(5)),
];

/// Reads pointers in a register.
pub(super) struct LinkReader<'r> {
    pub(super) project: &'r Project,
    pub(super) prefixes: &'r Prefixes,
    pub(super) patterns: &'r mut Patterns,
}

impl LinkReader<'_> {
    /// What an entry points to; `named_by` is the element that names it.
    pub(super) fn links(&mut self, element: Element<'_>, kind: Kind, named_by: Option<&str>) -> Vec<EntryLink> {
        match kind {
            Kind::Place | Kind::Organisation => self.larger_places(element, kind, named_by),
            Kind::Work => authors(element).filter_map(|name| self.link(name, Relation::Author, None)).collect(),
            _ => Vec::new(),
        }
    }

    fn larger_places(&mut self, element: Element<'_>, kind: Kind, named_by: Option<&str>) -> Vec<EntryLink> {
        let own = named_by.and_then(size).unwrap_or_default();
        // A placeName in a place is its own name, one in a body is where that is.
        let is_larger = |part: &Element<'_>| kind != Kind::Place || size(part.name()).is_some_and(|size| size > own);
        let direct = element.children().filter(|part| part.name() != "place").filter(is_larger);
        let located = element.children_named("location").flat_map(Element::children);
        let mut links = Vec::new();
        for part in direct.chain(located).filter(|part| is_place(*part) && !is_itself(*part, element)) {
            let named =
                if part.name() == "place" { part.children_named("placeName").next().unwrap_or(part) } else { part };
            links.extend(self.link(named, Relation::Within, size(part.name())));
        }
        let outer = element.ancestors().skip(1).find(|outer| outer.name() == "place");
        if let Some(id) = outer.and_then(|outer| outer.xml_attribute("id")).filter(|_| kind == Kind::Place) {
            let pointer = EntryPointer::Entry { register: None, entry: id.to_owned() };
            let (relation, element, span) = (Relation::Within, "place".to_owned(), element.span());
            links.push(EntryLink { relation, pointer, size: None, element, attribute: "xml:id", span });
        }
        links
    }

    /// What an element points to, if to one entry.
    fn link(&mut self, element: Element<'_>, relation: Relation, size: Option<u8>) -> Option<EntryLink> {
        let (attribute, written) = reference(element)?;
        let pointer = self.pointer(written)?;
        element.value(attribute);
        element.mark_parents_used();
        Some(EntryLink { relation, pointer, size, element: element.name().to_owned(), attribute, span: element.span() })
    }

    fn pointer(&mut self, written: &str) -> Option<EntryPointer> {
        let expanded = self.prefixes.expand(written, self.patterns);
        let token = if let Expanded::To(address) = &expanded { address } else { written };
        let entry = |register: Option<&str>, entry: &str| EntryPointer::Entry {
            register: register.map(str::to_owned),
            entry: entry.to_owned(),
        };
        if let Some((register, id)) = self.project.patterns.register_address(token) {
            return Some(entry(Some(register), id));
        }
        match written_id(token) {
            WrittenId::Identifier(identifier) => Some(EntryPointer::Identifier(identifier.iri)),
            WrittenId::Faulty(..) => None,
            WrittenId::Id(id) => Some(match id.split_once('#') {
                Some(("", id)) => entry(None, id),
                Some((file, id)) if !file.contains(':') => entry(file.rsplit('/').next(), id),
                _ => entry(None, id),
            }),
        }
    }
}

/// Whether a location is that of another place, in which the entry lies.
pub(super) fn is_of_another(location: Element<'_>, entry: Element<'_>) -> bool {
    let names_another = |part: Element<'_>| {
        let named = if part.name() == "place" { part.children_named("placeName").next().unwrap_or(part) } else { part };
        is_place(part) && reference(named).is_some() && !is_itself(part, entry)
    };
    location.children().any(names_another)
}

fn is_place(element: Element<'_>) -> bool {
    PLACES.iter().any(|(name, _)| *name == element.name())
}

fn size(name: &str) -> Option<u8> {
    PLACES.iter().find(|(known, _)| *known == name).and_then(|(_, size)| *size)
}

/// Whether what names a place points to the entry that it stands in.
fn is_itself(part: Element<'_>, entry: Element<'_>) -> bool {
    let named = if part.name() == "place" { part.children_named("placeName").next().unwrap_or(part) } else { part };
    reference(named).is_some_and(|(_, written)| entry.id() == Some(written.trim_start_matches('#')))
}

/// The one reference of an element, and its attribute.
fn reference(element: Element<'_>) -> Option<(&'static str, &str)> {
    let read = |name: &'static str| Some((name, element.unmarked(name).filter(|written| !is_placeholder(written))?));
    let (name, written) = ["ref", "key"].into_iter().find_map(read)?;
    (name == "key" || !written.contains(char::is_whitespace)).then_some((name, written))
}

/// The elements that point to the authors of a work: of a part of something else, to its own.
fn authors(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let part = |name| element.children_named(name).next();
    let around = part("analytic").or_else(|| part("monogr")).unwrap_or(element);
    around.children_named("author").flat_map(|author| {
        let is_name = |child: &Element<'_>| matches!(child.name(), "persName" | "orgName" | "name");
        let names = author.children().filter(move |child| reference(author).is_none() && is_name(child));
        reference(author).map(|_| author).into_iter().chain(names)
    })
}
