//! A text that was parsed, and the report of what nothing was made of.

use super::nodes::{Attribute, NodeContent, Space, XmlNode};
use super::place::{Places, TextOrigin};
use super::{full_parser, simple_parser};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Coverage;
use memchr::memmem;

/// A text that was parsed.
#[derive(Debug)]
pub(in crate::input) struct Tree<'t> {
    text: &'t str,
    pub(super) places: Places<'t>,
    pub(super) nodes: Vec<XmlNode<'t>>,
    pub(super) attributes: Vec<Attribute<'t>>,
}

/// The target of the processing instructions that accept a problem in the element that they lie in.
const ACCEPT: &str = "regesta-accept";

impl<'t> Tree<'t> {
    /// Parses a text; what is not well formed, or goes beyond a limit, is a diagnostic.
    pub(in crate::input) fn parse(text: &'t str, origin: TextOrigin) -> Result<Self, Diagnostic> {
        let places = Places::new(text, origin);
        let nodes = simple_parser::parse(text).map_or_else(|| full_parser::parse(text, &places), Ok)?;
        Ok(Self { text, places, nodes: nodes.nodes, attributes: nodes.attributes })
    }

    /// Takes note of the problems that the text accepts.
    fn acceptances(&self, diagnostics: &mut Diagnostics) {
        // Next to no text has any, and none is parsed again for it.
        if memmem::find(self.text.as_bytes(), ACCEPT.as_bytes()).is_none() {
            return;
        }
        for (written, range, around) in full_parser::instructions(self.text, ACCEPT) {
            let (first, last) =
                (self.places.span(around.start..around.start + 1), self.places.span(around.end - 1..around.end));
            diagnostics.accept(&written, self.places.span(range), &(first.line..=last.line));
        }
    }

    /// Whether an element has words outside the elements in it.
    pub(super) fn has_own_words(&self, number: usize) -> bool {
        self.nodes[number + 1..self.nodes[number].end].iter().any(|node| match &node.content {
            NodeContent::Words(words) => node.parent == number && !words.trim().is_empty(),
            NodeContent::Element { .. } => false,
        })
    }

    /// Counts every element and attribute that nothing was made of, and takes note of what is accepted.
    pub(in crate::input) fn report(&self, coverage: &mut Coverage, diagnostics: &mut Diagnostics) {
        self.acceptances(diagnostics);
        for (number, node) in self.nodes.iter().enumerate().filter(|(_, node)| self.places.is_of_file(node.start)) {
            let NodeContent::Element { name, attributes, used, .. } = &node.content else { continue };
            let says_nothing = || is_framework(name) && !self.has_own_words(number);
            if !used.get() && !says_nothing() {
                coverage.count(name, None, || self.places.span(node.start..node.start + 1 + name.len()));
            }
            for attribute in &self.attributes[attributes.clone()] {
                if !attribute.used.get() {
                    let xml = attribute.space == Space::Xml;
                    coverage.count(name, Some((xml, attribute.name)), || self.places.span(attribute.range.clone()));
                }
            }
        }
    }
}

/// Whether TEI wants an element of this name around others; where no words are in it, nothing is lost with it.
fn is_framework(name: &str) -> bool {
    matches!(name, "TEI" | "teiCorpus" | "teiHeader" | "fileDesc" | "titleStmt" | "publicationStmt" | "sourceDesc")
        || matches!(name, "profileDesc" | "text" | "body" | "div" | "p")
}

/// Whether a text is well-formed XML within the limits; for the benchmark of the parsers.
pub fn is_well_formed(text: &str) -> bool {
    let file = crate::source::Sources::new("").add("a.xml");
    Tree::parse(text, TextOrigin::whole(file)).is_ok()
}
