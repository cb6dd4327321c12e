//! What both parsers make of a text: a list of nodes in the order in which they begin.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// The namespace of TEI P5.
pub(super) const TEI: &str = "http://www.tei-c.org/ns/1.0";
/// The namespace of `xml:id`, `xml:lang` and `xml:space`.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A namespace, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// None.
    None,
    /// That of TEI P5.
    Tei,
    /// That of XML itself.
    Xml,
    /// Any other.
    Other,
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute<'t> {
    /// Its name without a prefix.
    pub(super) name: &'t str,
    pub(super) space: Space,
    pub(super) value: Cow<'t, str>,
    /// Where it is written, in bytes.
    pub(super) range: Range<usize>,
    pub(super) used: Cell<bool>,
}

impl<'t> Attribute<'t> {
    pub(super) fn new(name: &'t str, space: Space, value: Cow<'t, str>, range: Range<usize>) -> Self {
        Self { name, space, value, range, used: Cell::new(false) }
    }
}

/// An element or words.
#[derive(Debug)]
pub(super) struct XmlNode<'t> {
    /// The byte that it begins with.
    pub(super) start: usize,
    /// The number of the element that it lies in; the outermost lies in itself.
    pub(super) parent: usize,
    /// The number of the first node after all that lies in it.
    pub(super) end: usize,
    pub(super) content: NodeContent<'t>,
}

impl XmlNode<'_> {
    /// Takes note that something was made of the node.
    pub(super) fn mark_used(&self) {
        if let NodeContent::Element { used, .. } = &self.content {
            used.set(true);
        }
    }
}

/// What a node is.
#[derive(Debug)]
pub(super) enum NodeContent<'t> {
    Element { name: &'t str, space: Space, attributes: Range<usize>, used: Cell<bool> },
    Words(Cow<'t, str>),
}

/// The nodes of a text, which both parsers make in one way.
#[derive(Debug)]
pub(super) struct XmlNodes<'t> {
    pub(super) nodes: Vec<XmlNode<'t>>,
    pub(super) attributes: Vec<Attribute<'t>>,
    /// The elements that are open.
    open: Vec<usize>,
}

impl<'t> XmlNodes<'t> {
    /// No nodes yet, of a text of so many bytes.
    pub(super) fn of(bytes: usize) -> Self {
        // What letters have on average; another number is slower and no less right.
        let (nodes, attributes) = (Vec::with_capacity(bytes / 32), Vec::with_capacity(bytes / 64));
        Self { nodes, attributes, open: Vec::new() }
    }

    /// The attributes that were added since there were so many.
    pub(super) fn attributes_since(&mut self, first: usize) -> &mut [Attribute<'t>] {
        &mut self.attributes[first..]
    }

    /// How many attributes there are.
    pub(super) fn attributes(&self) -> usize {
        self.attributes.len()
    }

    /// Adds an attribute of the element that is entered next.
    pub(super) fn attribute(&mut self, attribute: Attribute<'t>) {
        self.attributes.push(attribute);
    }

    /// Begins an element that has all attributes since there were so many.
    pub(super) fn enter(&mut self, name: &'t str, space: Space, start: usize, first_attribute: usize) {
        let number = self.nodes.len();
        let attributes = first_attribute..self.attributes.len();
        let content = NodeContent::Element { name, space, attributes, used: Cell::new(false) };
        self.nodes.push(XmlNode {
            start,
            parent: self.open.last().copied().unwrap_or(number),
            end: number + 1,
            content,
        });
        self.open.push(number);
    }

    /// Adds words.
    pub(super) fn words(&mut self, words: Cow<'t, str>, start: usize) {
        let parent = *self.open.last().expect("words lie in an element");
        let end = self.nodes.len() + 1;
        self.nodes.push(XmlNode { start, parent, end, content: NodeContent::Words(words) });
    }

    /// Ends the element that was begun last.
    pub(super) fn leave(&mut self) {
        let number = self.open.pop().expect("an element is open");
        self.nodes[number].end = self.nodes.len();
    }
}
