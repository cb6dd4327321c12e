//! What elements that name something say of it: what sort of thing it is, and its reference.

use crate::input::naming::names::Naming;
use crate::input::xml::Element;
use crate::model::Kind;

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

/// The reference of an element, and whether it is one id whatever blanks it has.
pub(crate) fn reference_of(element: Element<'_>) -> (&str, bool) {
    if let Some(reference) = element.value("ref") {
        return (reference, false);
    }
    if let Some(key) = element.value("key") {
        return (key, true);
    }
    let other = || element.value("sameAs").or_else(|| element.value("corresp"));
    (other().unwrap_or(""), false)
}
