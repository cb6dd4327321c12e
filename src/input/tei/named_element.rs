//! What elements that name something say of it: what sort of thing it is, and its reference.

use crate::input::naming::names::{Naming, WrittenReference};
use crate::input::xml::Element;
use crate::model::Kind;
use crate::project::Profile;

/// What sort of thing an element names, by its name and type.
pub(crate) fn kind_of(element: Element<'_>, naming: &Naming<'_>) -> Kind {
    let word = element.value("type").unwrap_or("");
    match element.name() {
        "persName" => Kind::Person,
        "orgName" => Kind::Organisation,
        "placeName" | "geogName" | "settlement" | "country" | "region" | "district" => Kind::Place,
        "eventName" => Kind::Event,
        "bibl" | "title" => Kind::Work,
        _ => naming.project.profile.kind(word).or_else(|| kind_named(word)).unwrap_or(Kind::Thing),
    }
}

/// The kind that a word of a source means, where it is a common one.
pub(crate) fn kind_named(word: &str) -> Option<Kind> {
    let word = word.to_ascii_lowercase();
    Some(match word.as_str() {
        "person" | "pers" | "people" => Kind::Person,
        "place" | "location" | "settlement" | "city" | "country" => Kind::Place,
        "org" | "organisation" | "organization" | "institution" => Kind::Organisation,
        "group" | "persongroup" | "persgrp" => Kind::Group,
        "work" | "bibl" | "book" | "title" => Kind::Work,
        "event" => Kind::Event,
        "letter" | "brief" | "lettre" | "lettera" | "carta" | "letters" => Kind::Document,
        _ => return None,
    })
}

/// The attributes with which TEI says who or what is meant, in the order in which they count.
const REFERENCES: [&str; 4] = ["ref", "key", "sameAs", "corresp"];
/// Those of them, and of others that a profile may name, that are pointers; others are ids with any blanks.
const POINTERS: [&str; 5] = ["ref", "sameAs", "corresp", "target", "nymRef"];

/// The reference of an element: in the first attribute that has one, of those that the profile names or else of the usual.
pub(crate) fn reference_of<'t>(element: Element<'t>, profile: &Profile) -> WrittenReference<'t> {
    let read = |name: &str| Some((element.value_of(name)?, POINTERS.contains(&name), name == "key"));
    let found = match &profile.references[..] {
        [] => REFERENCES.into_iter().find_map(read),
        said => said.iter().find_map(|name| read(name)),
    };
    let Some((text, is_pointer, is_key)) = found else { return WrittenReference::default() };
    let key = if is_key { "" } else { element.value("key").unwrap_or("") };
    WrittenReference { text, whole: !is_pointer, key, scheme: None }
}

/// Whether an element says in one of the usual attributes who or what is meant.
pub(crate) fn has_reference(element: Element<'_>) -> bool {
    REFERENCES.iter().any(|name| element.value(name).is_some())
}
