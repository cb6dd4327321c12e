//! The names of an entry of a register, the one first by which it is known.

use crate::input::xml::Element;
use crate::model::Label;
use crate::project::language_tag;

/// The elements around names of an entry that say which of its parts they name.
const PARTS: [&str; 3] = ["monogr", "analytic", "objectIdentifier"];

/// Of the elements that can name an entry the first that does.
pub(super) fn element(entry: Element<'_>, names: &'static [&'static str]) -> Option<&'static str> {
    let names_it = |name: &&&str| direct(entry).any(|child| child.name() == **name && !child.is_empty());
    names.iter().find(names_it).or_else(|| names.iter().find(|name| lower(entry, name).is_some())).copied()
}

/// The names of an entry by the elements that name it; and of the names those that are addresses.
pub(super) fn read(entry: Element<'_>, called: Option<&str>, language: &str) -> (Vec<Label>, Vec<String>) {
    let mut found: Vec<(bool, Label)> = Vec::new();
    let mut addresses = Vec::new();
    let mut names: Vec<Element<'_>> = direct(entry).filter(|child| Some(child.name()) == called).collect();
    if names.is_empty() {
        names.extend(called.and_then(|called| lower(entry, called)));
    }
    for name in without_hosts(names) {
        if let Some(around) = name.parent().filter(|around| around.name() == "objectIdentifier") {
            around.mark_used();
        }
        let text = words(name.mark_parents_used());
        if text.is_empty() || found.iter().any(|(_, known)| known.text == text) {
            continue;
        }
        if is_address(&text) {
            addresses.push(text);
            continue;
        }
        let main = matches!(name.value("type"), Some("main" | "pref" | "reg" | "preferred"));
        let own = name.xml_attribute("lang").and_then(language_tag);
        found.push((main, Label { text, language: own.unwrap_or_else(|| language.to_owned()) }));
    }
    if found.is_empty() && matches!(entry.name(), "bibl" | "item" | "event") {
        let text = entry.words();
        let language = language.to_owned();
        found.extend((!text.is_empty()).then_some((true, Label { text, language })));
    }
    // Stable: among equals the order of the source.
    found.sort_by_key(|(main, _)| !main);
    (found.into_iter().map(|(_, label)| label).collect(), addresses)
}

fn direct(entry: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let parts = entry.children().filter(|child| PARTS.contains(&child.name()));
    entry.children().chain(parts.flat_map(Element::children))
}

/// The one name of an entry that stands in a paragraph of it. Of several, others than the entry may be named.
fn lower<'t>(entry: Element<'t>, name: &str) -> Option<Element<'t>> {
    if !matches!(entry.name(), "person" | "personGrp" | "org" | "place") {
        return None;
    }
    let is_paragraph = |element: &Element<'_>| matches!(element.name(), "p" | "ab");
    let paragraphs = entry.children().filter(is_paragraph);
    let mut names = paragraphs.flat_map(Element::children).filter(|child| child.name() == name && !child.is_empty());
    names.next().filter(|_| names.next().is_none())
}

/// How far what a title is that of is from the work itself, by its level; nothing where it does not say: TEI P5,
/// `title/@level`.
fn distance(title: Element<'_>) -> Option<u8> {
    match title.value("level")? {
        "a" => Some(0),
        "m" | "u" => Some(1),
        "j" => Some(2),
        "s" => Some(3),
        _ => None,
    }
}

/// The names without the titles of what a work is printed in: of titles in `monogr` beside those in `analytic`, and of those
/// whose level says that something else here is nearer to the work.
fn without_hosts(names: Vec<Element<'_>>) -> Vec<Element<'_>> {
    let is_in = |name: Element<'_>, part: &str| name.parent().is_some_and(|parent| parent.name() == part);
    let has_analytic = names.iter().any(|name| is_in(*name, "analytic"));
    let titles = || names.iter().filter(|name| name.name() == "title");
    let nearest = titles().filter_map(|title| distance(*title)).min();
    let has_untold = titles().any(|title| distance(*title).is_none());
    let is_host = |name: Element<'_>| match distance(name) {
        _ if name.name() != "title" => false,
        _ if has_analytic => is_in(name, "monogr"),
        None => false,
        // A title that does not say its level is none of a journal or series.
        own => own > nearest || own >= Some(2) && has_untold,
    };
    names.iter().filter(|name| !is_host(**name)).copied().collect()
}

fn is_address(text: &str) -> bool {
    let is_web = ["http://", "https://"].iter().any(|start| text.starts_with(start));
    is_web && !text.contains(char::is_whitespace)
}

/// A name in words; where its parts are marked, the surname first.
fn words(name: Element<'_>) -> String {
    let part = |wanted: &str| {
        let parts: Vec<String> =
            name.children_named(wanted).map(Element::words).filter(|words| !words.is_empty()).collect();
        parts.join(" ")
    };
    let (surname, forename) = (part("surname"), part("forename"));
    let marked = name.children().all(|child| matches!(child.name(), "surname" | "forename" | "idno"));
    if marked && !surname.is_empty() && !forename.is_empty() { format!("{surname}, {forename}") } else { name.words() }
}
