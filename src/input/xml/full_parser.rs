//! Any XML, parsed by the library that decides what is well formed.

use super::limits::check_limits;
use super::nodes::{Attribute, Space, TEI, XML, XmlNodes};
use super::place::Places;
use crate::diagnostic::{Code, Diagnostic};
use roxmltree::{Document, ParsingOptions, StringStorage};
use std::borrow::Cow;
use std::ops::Range;

/// The nodes of a text; what is not well formed, or goes beyond a limit, is a diagnostic.
pub(super) fn parse<'t>(text: &'t str, places: &Places<'_>) -> Result<XmlNodes<'t>, Diagnostic> {
    check_limits(text, places)?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| syntax(places, &error))?;
    Ok(nodes(text, &document))
}

/// The processing instructions of a target: what they say, where they are, and the element that they lie in, in bytes.
pub(super) fn instructions(text: &str, target: &str) -> Vec<(String, Range<usize>, Range<usize>)> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(text, options) else { return Vec::new() };
    let found = document.descendants().filter_map(|node| {
        let instruction = node.pi().filter(|instruction| instruction.target == target)?;
        let around = node.parent_element().map_or(0..text.len(), |parent| parent.range());
        Some((instruction.value.unwrap_or_default().to_owned(), node.range(), around))
    });
    found.collect()
}

fn nodes<'t>(text: &'t str, document: &Document<'t>) -> XmlNodes<'t> {
    let mut nodes = XmlNodes::of(text.len());
    let mut open = Vec::new();
    for node in document.root_element().descendants() {
        let parent = node.parent().map(|parent| parent.id());
        while open.last().is_some_and(|last| Some(*last) != parent) {
            open.pop();
            nodes.leave();
        }
        if node.is_element() {
            let first = nodes.attributes();
            for attribute in node.attributes() {
                let space = match attribute.namespace() {
                    None => Space::None,
                    Some(XML) => Space::Xml,
                    Some(_) => Space::Other,
                };
                let value = owned_or_not(attribute.value_storage());
                nodes.attribute(Attribute::new(attribute.name(), space, value, attribute.range()));
            }
            let name = node.tag_name();
            let space = match name.namespace() {
                None | Some("") => Space::None,
                Some(TEI) => Space::Tei,
                Some(_) => Space::Other,
            };
            nodes.enter(name.name(), space, node.range().start, first);
            open.push(node.id());
        } else if let Some(words) = node.text_storage().filter(|_| node.is_text()) {
            nodes.words(owned_or_not(words), node.range().start);
        }
    }
    open.iter().for_each(|_| nodes.leave());
    nodes
}

fn owned_or_not<'t>(text: &StringStorage<'t>) -> Cow<'t, str> {
    match text {
        StringStorage::Borrowed(text) => Cow::Borrowed(text),
        StringStorage::Owned(text) => Cow::Owned(text.as_ref().to_owned()),
    }
}

fn syntax(places: &Places<'_>, error: &roxmltree::Error) -> Diagnostic {
    let position = error.pos();
    let message = format!("this is not well-formed XML: {}", sentence(error));
    Diagnostic::new(Code::XmlSyntax, places.position(position.row, position.col), message)
        .help("mend the file; until then it is left out as a whole")
}

/// The parser's words without its place and without its capital letter.
fn sentence(error: &roxmltree::Error) -> String {
    let words = error.to_string().replace(&format!(" at {}", error.pos()), "");
    let words = words.trim_end_matches('.');
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
