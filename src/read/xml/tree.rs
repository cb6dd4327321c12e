//! A text that was parsed, as a list of nodes in the order in which they begin.

use super::{Origin, common, count, strict};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Coverage;
use crate::source::Span;
use memchr::{memchr, memchr_iter, memmem};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::ops::Range;

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
    used: Cell<bool>,
}

impl<'t> Attribute<'t> {
    pub(super) fn new(name: &'t str, space: Space, value: Cow<'t, str>, range: Range<usize>) -> Self {
        Self { name, space, value, range, used: Cell::new(false) }
    }
}

/// An element or words.
#[derive(Debug)]
struct Node<'t> {
    /// The byte that it begins with.
    start: usize,
    /// The number of the element that it lies in; the outermost lies in itself.
    parent: usize,
    /// The number of the first node after all that lies in it.
    end: usize,
    content: Content<'t>,
}

impl Node<'_> {
    fn mark_used(&self) {
        if let Content::Element { used, .. } = &self.content {
            used.set(true);
        }
    }
}

#[derive(Debug)]
enum Content<'t> {
    Element { name: &'t str, space: Space, attributes: Range<usize>, used: Cell<bool> },
    Words(Cow<'t, str>),
}

/// The nodes of a text, while it is parsed.
#[derive(Debug)]
pub(super) struct Nodes<'t> {
    nodes: Vec<Node<'t>>,
    attributes: Vec<Attribute<'t>>,
    /// The elements that are open.
    open: Vec<usize>,
}

impl<'t> Nodes<'t> {
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
        let content = Content::Element { name, space, attributes, used: Cell::new(false) };
        self.nodes.push(Node { start, parent: self.open.last().copied().unwrap_or(number), end: number + 1, content });
        self.open.push(number);
    }

    /// Adds words.
    pub(super) fn words(&mut self, words: Cow<'t, str>, start: usize) {
        let parent = *self.open.last().expect("words lie in an element");
        let end = self.nodes.len() + 1;
        self.nodes.push(Node { start, parent, end, content: Content::Words(words) });
    }

    /// Ends the element that was begun last.
    pub(super) fn leave(&mut self) {
        let number = self.open.pop().expect("an element is open");
        self.nodes[number].end = self.nodes.len();
    }
}

/// A text that was parsed.
#[derive(Debug)]
pub(in crate::read) struct Tree<'t> {
    text: &'t str,
    origin: Origin,
    nodes: Vec<Node<'t>>,
    attributes: Vec<Attribute<'t>>,
    lines: OnceCell<Vec<usize>>,
    /// How many characters stand before each mark.
    characters_before: OnceCell<Vec<usize>>,
}

/// The target of the processing instructions that accept a problem in the element that they lie in.
const ACCEPT: &str = "regesta-accept";

/// How many bytes lie between two marks.
const MARK: usize = 4096;

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

impl<'t> Tree<'t> {
    /// Parses a text; what is not well formed, or goes beyond a limit, is a diagnostic.
    pub(in crate::read) fn parse(text: &'t str, origin: Origin) -> Result<Self, Diagnostic> {
        let nodes = common::parse(text).map_or_else(|| strict::parse(text, origin), Ok)?;
        Ok(Self {
            text,
            origin,
            nodes: nodes.nodes,
            attributes: nodes.attributes,
            lines: OnceCell::new(),
            characters_before: OnceCell::new(),
        })
    }

    /// The outermost element.
    pub(in crate::read) fn root(&'t self) -> Element<'t> {
        Element { tree: self, number: 0 }
    }

    /// The place of a range of bytes; a range over several lines is cut at the end of the first.
    pub(in crate::read) fn span(&self, range: Range<usize>) -> Span {
        let bytes = self.text.as_bytes();
        // What is named after a prefix beyond ASCII can end within a letter.
        let end = (range.end..bytes.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(bytes.len());
        let range = range.start..end;
        let lines = self.lines.get_or_init(|| {
            let mut lines = Vec::with_capacity(memchr_iter(b'\n', bytes).count() + 1);
            lines.push(0);
            lines.extend(memchr_iter(b'\n', bytes).map(|at| at + 1));
            lines
        });
        let line = lines.partition_point(|at| *at <= range.start) - 1;
        let start = if line == 0 { self.origin.before.min(range.start) } else { lines[line] };
        let end = memchr(b'\n', &bytes[range.start..range.end]).map_or(range.end, |at| range.start + at);
        let column = count(self.characters(start..range.start) + 1);
        let column = column + if line == 0 { self.origin.column } else { 0 };
        let length = self.text[range.start..end].trim_end_matches('\r').chars().count().max(1);
        let line = self.origin.line + count(line);
        Span { file: self.origin.file, line, column, length: count(length) }
    }

    /// How many characters a range of bytes has. A file can be one line: what stands between two marks is counted once.
    fn characters(&self, range: Range<usize>) -> usize {
        let within = |range: Range<usize>| characters(&self.text.as_bytes()[range]);
        if range.len() < 2 * MARK {
            return within(range);
        }
        let before = self.characters_before.get_or_init(|| {
            let mut before = vec![0];
            for block in self.text.as_bytes().chunks(MARK) {
                before.push(before[before.len() - 1] + characters(block));
            }
            before
        });
        let up_to = |at: usize| before[at / MARK] + within(at / MARK * MARK..at);
        up_to(range.end) - up_to(range.start)
    }

    /// Takes note of the problems that the text accepts.
    fn acceptances(&self, diagnostics: &mut Diagnostics) {
        // Next to no text has any, and none is parsed again for it.
        if memmem::find(self.text.as_bytes(), ACCEPT.as_bytes()).is_none() {
            return;
        }
        for (written, range, around) in strict::instructions(self.text, ACCEPT) {
            let (first, last) = (self.span(around.start..around.start + 1), self.span(around.end - 1..around.end));
            diagnostics.accept(&written, self.span(range), &(first.line..=last.line));
        }
    }

    fn has_own_words(&self, number: usize) -> bool {
        self.nodes[number + 1..self.nodes[number].end].iter().any(|node| match &node.content {
            Content::Words(words) => node.parent == number && !words.trim().is_empty(),
            Content::Element { .. } => false,
        })
    }

    /// Counts every element and attribute that nothing was made of, and takes note of what is accepted.
    pub(in crate::read) fn report(&self, coverage: &mut Coverage, diagnostics: &mut Diagnostics) {
        self.acceptances(diagnostics);
        for (number, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.start >= self.origin.before) {
            let Content::Element { name, attributes, used, .. } = &node.content else { continue };
            let says_nothing = || FRAMEWORK.contains(name) && !self.has_own_words(number);
            if !used.get() && !says_nothing() {
                coverage.count(name, None, || self.span(node.start..node.start + 1 + name.len()));
            }
            for attribute in &self.attributes[attributes.clone()] {
                if !attribute.used.get() {
                    let xml = attribute.space == Space::Xml;
                    coverage.count(name, Some((xml, attribute.name)), || self.span(attribute.range.clone()));
                }
            }
        }
    }
}

/// Elements that TEI wants around others; where no words are in them, nothing is lost with them.
const FRAMEWORK: [&str; 12] = [
    "TEI",
    "teiCorpus",
    "teiHeader",
    "fileDesc",
    "titleStmt",
    "publicationStmt",
    "sourceDesc",
    "profileDesc",
    "text",
    "body",
    "div",
    "p",
];

/// An element of a tree.
#[derive(Clone, Copy)]
pub(in crate::read) struct Element<'t> {
    tree: &'t Tree<'t>,
    number: usize,
}

/// A step of a walk through an element.
#[derive(Clone, Copy)]
pub(in crate::read) enum Step<'t> {
    /// An element begins.
    Enter(Element<'t>),
    /// Words, with entities and character references replaced.
    Words(&'t str),
    /// An element ends.
    Leave(Element<'t>),
}

impl<'t> Element<'t> {
    fn node(self) -> &'t Node<'t> {
        &self.tree.nodes[self.number]
    }

    /// The element of this number, where the node is one.
    fn at(self, number: usize) -> Option<Self> {
        let element = Self { tree: self.tree, number };
        matches!(element.node().content, Content::Element { .. }).then_some(element)
    }

    fn attributes(self) -> &'t [Attribute<'t>] {
        match &self.node().content {
            Content::Element { attributes, .. } => &self.tree.attributes[attributes.clone()],
            Content::Words(_) => &[],
        }
    }

    /// The name, where the element is of TEI or of no namespace; otherwise nothing.
    pub(in crate::read) fn name(self) -> &'t str {
        match self.node().content {
            Content::Element { name, space: Space::None | Space::Tei, .. } => name,
            _ => "",
        }
    }

    /// The name as it is written, whatever its namespace.
    pub(in crate::read) fn tag(self) -> &'t str {
        match self.node().content {
            Content::Element { name, .. } => name,
            Content::Words(_) => "",
        }
    }

    /// Takes note that something was made of the element.
    pub(in crate::read) fn mark_used(self) -> Self {
        self.node().mark_used();
        self
    }

    /// Takes note that something was made of the element and of those around it.
    pub(in crate::read) fn mark_parents_used(self) -> Self {
        self.ancestors().for_each(|element| _ = element.mark_used());
        self
    }

    /// The element and those around it.
    pub(in crate::read) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |element| element.parent())
    }

    /// Whether the element begins in the text itself, not in what was put before it.
    pub(in crate::read) fn is_own(self) -> bool {
        self.node().start >= self.tree.origin.before
    }

    fn attribute_of(self, name: &str, space: Space) -> Option<&'t str> {
        let attribute = self.attributes().iter().find(|known| known.name == name && known.space == space)?;
        attribute.used.set(true);
        Some(&attribute.value)
    }

    /// The value of an attribute of no namespace, as it is written; it counts as used.
    pub(in crate::read) fn attribute(self, name: &str) -> Option<&'t str> {
        self.attribute_of(name, Space::None)
    }

    /// The value of an attribute, without white space around it, where anything is left.
    pub(in crate::read) fn value(self, name: &str) -> Option<&'t str> {
        self.attribute(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The value of an attribute of the namespace of XML itself; it counts as used.
    pub(in crate::read) fn xml_attribute(self, name: &str) -> Option<&'t str> {
        self.attribute_of(name, Space::Xml).map(str::trim)
    }

    /// The language that holds here, as it is written.
    pub(in crate::read) fn language(self) -> Option<&'t str> {
        self.ancestors().find_map(|element| element.xml_attribute("lang"))
    }

    /// The element that this one lies in.
    pub(in crate::read) fn parent(self) -> Option<Self> {
        let parent = self.node().parent;
        (parent != self.number).then_some(Self { tree: self.tree, number: parent })
    }

    /// The elements in this one.
    pub(in crate::read) fn children(self) -> impl Iterator<Item = Self> {
        let (mut next, end) = (self.number + 1, self.node().end);
        std::iter::from_fn(move || {
            while next < end {
                let node = next;
                next = self.tree.nodes[node].end;
                if let Some(element) = self.at(node) {
                    return Some(element);
                }
            }
            None
        })
    }

    /// The elements of a name in this one.
    pub(in crate::read) fn children_named(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element of a name in this one; it counts as used.
    pub(in crate::read) fn child(self, name: &str) -> Option<Self> {
        self.children_named(name).next().map(Self::mark_used)
    }

    /// All elements below this one, in order.
    pub(in crate::read) fn descendants(self) -> impl Iterator<Item = Self> {
        (self.number + 1..self.node().end).filter_map(move |number| self.at(number))
    }

    /// A walk through all that lies in this one, in order.
    pub(in crate::read) fn walk(self) -> impl Iterator<Item = Step<'t>> {
        let end = self.node().end;
        // The next node, and the element that it, or the end of the walk, lies in.
        let (mut next, mut around) = (self.number + 1, self);
        std::iter::from_fn(move || {
            if around.number != self.number && next == around.node().end {
                let left = around;
                around = left.parent().expect("an element that lies in another has a parent");
                return Some(Step::Leave(left));
            }
            if next == end {
                return None;
            }
            let number = next;
            next += 1;
            match &self.tree.nodes[number].content {
                Content::Words(words) => Some(Step::Words(words)),
                Content::Element { .. } => {
                    around = Self { tree: self.tree, number };
                    Some(Step::Enter(around))
                }
            }
        })
    }

    /// The words in the element and below it, with single blanks between them; all of it counts as used.
    ///
    /// They are what one reads: without notes and what is deleted, of alternatives the one that stands on the page.
    /// Elements that follow each other without white space are words apart.
    pub(in crate::read) fn words(self) -> String {
        let mut words = String::new();
        let (mut next, end) = (self.number, self.node().end);
        while next < end {
            let node = &self.tree.nodes[next];
            next += 1;
            match &node.content {
                Content::Element { used, .. } => {
                    used.set(true);
                    let element = Self { tree: self.tree, number: next - 1 };
                    if element.number != self.number && !element.is_read() {
                        self.tree.nodes[next..node.end].iter().for_each(Node::mark_used);
                        next = node.end;
                    } else if element.stands_apart() && !words.is_empty() && !words.ends_with(' ') {
                        words.push(' ');
                    }
                }
                Content::Words(text) if words.is_empty() && has_single_blanks(text) => words.push_str(text),
                Content::Words(text) => add_words(text, &mut words),
            }
        }
        words.truncate(words.trim_end().len());
        words
    }

    /// The words in the element and below it as they are; nothing counts as used.
    pub(in crate::read) fn plain_words(self) -> String {
        let mut words = String::new();
        for node in &self.tree.nodes[self.number..self.node().end] {
            if let Content::Words(text) = &node.content {
                words.reserve(text.len());
                add_words(text, &mut words);
            }
        }
        words.truncate(words.trim_end().len());
        if words.starts_with(char::is_whitespace) { words.trim_start().to_owned() } else { words }
    }

    /// How many bytes the texts in the element have.
    pub(in crate::read) fn length_of_texts(self) -> usize {
        let texts = self.tree.nodes[self.number..self.node().end].iter().map(|node| match &node.content {
            Content::Words(text) => text.len(),
            Content::Element { .. } => 0,
        });
        texts.sum()
    }

    /// Whether one reads the element: it is no note, not deleted, and not the other of two alternatives.
    pub(in crate::read) fn is_read(self) -> bool {
        let alternative = |parent: Self, wanted: &[&str]| {
            // Nobody has more of them, and each looks at all.
            let all = || parent.children().take(64);
            let by_name = wanted.iter().find_map(|name| all().find(|child| child.name() == *name));
            by_name.or_else(|| all().next()).is_some_and(|kept| kept.number == self.number)
        };
        match (self.name(), self.parent()) {
            ("del", parent) => parent.is_some_and(|parent| parent.name() == "restore"),
            ("note" | "fw" | "figDesc" | "metamark" | "certainty" | "index", _) => false,
            (_, Some(parent)) if parent.name() == "choice" => alternative(parent, &["sic", "orig", "abbr"]),
            (_, Some(parent)) if parent.name() == "app" => alternative(parent, &["lem", "rdg"]),
            (_, parent) => parent.is_none_or(|parent| parent.name() != "gap"),
        }
    }

    /// Whether the element follows another right after its end, as parts of a name or of an address do, or divides a
    /// line.
    fn stands_apart(self) -> bool {
        let parent = self.node().parent;
        let before = &self.tree.nodes[self.number.saturating_sub(1)];
        let is_first = parent + 1 >= self.number;
        let follows = !(is_first || before.parent == parent && matches!(before.content, Content::Words(_)));
        match self.name() {
            "lb" | "pb" | "cb" => self.attribute("break") != Some("no"),
            "p" | "ab" | "head" | "item" | "cell" | "addrLine" => true,
            "hi" | "c" | "g" | "pc" | "seg" | "w" | "ex" | "am" | "supplied" | "unclear" | "choice" | "add" | "sic"
            | "corr" | "orig" | "reg" | "abbr" | "expan" | "anchor" | "emph" | "foreign" | "subst" | "gap" => false,
            _ => follows,
        }
    }

    /// Whether the element lies in one of a name, whatever its namespace.
    pub(in crate::read) fn is_in(self, tag: &str) -> bool {
        self.ancestors().skip(1).any(|element| element.tag() == tag)
    }

    /// Whether another element lies in this one.
    pub(in crate::read) fn holds(self, other: Self) -> bool {
        (self.number + 1..self.node().end).contains(&other.number)
    }

    /// Whether the element has words outside the elements in it.
    pub(in crate::read) fn has_own_words(self) -> bool {
        self.tree.nodes[self.number..self.node().end].iter().any(|node| {
            node.parent == self.number && matches!(&node.content, Content::Words(words) if !words.trim().is_empty())
        })
    }

    /// Whether the element holds nothing.
    pub(in crate::read) fn is_empty(self) -> bool {
        self.node().end == self.number + 1
    }

    /// The place of the element's start tag.
    pub(in crate::read) fn span(self) -> Span {
        let start = self.node().start;
        self.tree.span(start..start + 1 + self.tag().len())
    }

    /// The place of an attribute; of the element where it has none of the name.
    pub(in crate::read) fn attribute_span(self, name: &str) -> Span {
        let attribute = self.attributes().iter().find(|known| known.name == name);
        attribute.map_or_else(|| self.span(), |attribute| self.tree.span(attribute.range.clone()))
    }

    /// The element's number in its tree.
    pub(in crate::read) fn number(self) -> usize {
        self.number
    }
}

/// Whether a text has surely nothing but single blanks between its words, and none around them.
fn has_single_blanks(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The bytes that white space beyond ASCII begins with: U+0085, U+00A0, U+1680, U+2000 to U+205F, U+3000.
    let other = |byte: u8| byte < b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3);
    let (mut plain, mut blank) = (true, true);
    for byte in bytes {
        plain &= !(other(*byte) || blank && *byte == b' ');
        blank = *byte == b' ';
    }
    plain && !blank
}

/// Adds the words of a text that may begin, end or go on with any white space.
fn add_words(text: &str, words: &mut String) {
    for (at, part) in text.split_whitespace().enumerate() {
        let apart = at > 0 || text.starts_with(char::is_whitespace);
        if apart && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
        words.push_str(part);
    }
    if text.ends_with(char::is_whitespace) && !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::{MARK, Tree};
    use crate::read::xml::Origin;
    use crate::source::Sources;

    #[test]
    fn columns_of_a_long_line_are_counted_in_characters() {
        let file = Sources::new("").add("a.xml");
        let many = format!("<a>{}</a>\n<b/>", "ä<c/>".repeat(MARK));
        let text = format!("<r>{many}</r>");
        let tree = Tree::parse(&text, Origin::whole(file)).expect("the text is well formed");
        for (at, _) in text.match_indices('<').step_by(97).chain([(text.len(), "")]) {
            let before = text[..at].rsplit('\n').next().expect("there is a line");
            let span = tree.span(at..at);
            assert_eq!(span.column as usize, before.chars().count() + 1, "byte {at}");
            assert_eq!(span.line as usize, text[..at].matches('\n').count() + 1, "byte {at}");
        }
    }
}
