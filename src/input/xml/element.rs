//! The elements of a tree, as readers walk through them: names, values, words, and what counts as used.

use super::nodes::{Attribute, NodeContent, Space, XmlNode};
use super::tree::Tree;
use crate::source::Span;

impl<'t> Tree<'t> {
    /// The outermost element.
    pub(in crate::input) fn root(&'t self) -> Element<'t> {
        Element { tree: self, number: 0 }
    }
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(in crate::input) struct Element<'t> {
    tree: &'t Tree<'t>,
    number: usize,
}

/// A step of a walk through an element.
#[derive(Clone, Copy)]
pub(in crate::input) enum Step<'t> {
    /// An element begins.
    Enter(Element<'t>),
    /// Words, with entities and character references replaced.
    Words(&'t str),
    /// An element ends.
    Leave(Element<'t>),
}

impl<'t> Element<'t> {
    fn node(self) -> &'t XmlNode<'t> {
        &self.tree.nodes[self.number]
    }

    /// The element of this number, where the node is one.
    fn at(self, number: usize) -> Option<Self> {
        let element = Self { tree: self.tree, number };
        matches!(element.node().content, NodeContent::Element { .. }).then_some(element)
    }

    fn attributes(self) -> &'t [Attribute<'t>] {
        match &self.node().content {
            NodeContent::Element { attributes, .. } => &self.tree.attributes[attributes.clone()],
            NodeContent::Words(_) => &[],
        }
    }

    /// The name, where the element is of TEI or of no namespace; otherwise nothing.
    pub(in crate::input) fn name(self) -> &'t str {
        match self.node().content {
            NodeContent::Element { name, space: Space::None | Space::Tei, .. } => name,
            _ => "",
        }
    }

    /// The name as it is written, whatever its namespace.
    pub(in crate::input) fn tag(self) -> &'t str {
        match self.node().content {
            NodeContent::Element { name, .. } => name,
            NodeContent::Words(_) => "",
        }
    }

    /// Takes note that something was made of the element.
    pub(in crate::input) fn mark_used(self) -> Self {
        self.node().mark_used();
        self
    }

    /// Takes note that something was made of the element and of those around it.
    pub(in crate::input) fn mark_parents_used(self) -> Self {
        self.ancestors().for_each(|element| _ = element.mark_used());
        self
    }

    /// The element and those around it.
    pub(in crate::input) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |element| element.parent())
    }

    /// Whether the element begins in the file itself, not in what was put before it.
    pub(in crate::input) fn is_own(self) -> bool {
        self.tree.places.is_of_file(self.node().start)
    }

    fn attribute_of(self, name: &str, space: Space) -> Option<&'t str> {
        let attribute = self.attributes().iter().find(|known| known.name == name && known.space == space)?;
        attribute.used.set(true);
        Some(&attribute.value)
    }

    /// The value of an attribute of no namespace, as it is written; it counts as used.
    pub(in crate::input) fn attribute(self, name: &str) -> Option<&'t str> {
        self.attribute_of(name, Space::None)
    }

    /// The value of an attribute, without white space around it, where anything is left.
    pub(in crate::input) fn value(self, name: &str) -> Option<&'t str> {
        self.attribute(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The same; it does not count as used.
    pub(in crate::input) fn unmarked(self, name: &str) -> Option<&'t str> {
        let attribute = self.attributes().iter().find(|known| known.name == name && known.space == Space::None)?;
        Some(attribute.value.trim()).filter(|value| !value.is_empty())
    }

    /// The value of an attribute of the namespace of XML itself; it counts as used.
    pub(in crate::input) fn xml_attribute(self, name: &str) -> Option<&'t str> {
        self.attribute_of(name, Space::Xml).map(str::trim)
    }

    /// The value of an attribute by its name, which begins with `xml:` where it is one of XML itself, where anything is left.
    pub(in crate::input) fn value_of(self, name: &str) -> Option<&'t str> {
        match name.strip_prefix("xml:") {
            Some(name) => self.xml_attribute(name).filter(|value| !value.is_empty()),
            None => self.value(name),
        }
    }

    /// The id of the element; it does not count as used.
    pub(in crate::input) fn id(self) -> Option<&'t str> {
        let id = self.attributes().iter().find(|known| known.name == "id" && known.space == Space::Xml)?;
        Some(id.value.trim())
    }

    /// The language that holds here, as it is written.
    pub(in crate::input) fn language(self) -> Option<&'t str> {
        self.ancestors().find_map(|element| element.xml_attribute("lang"))
    }

    /// The element that this one lies in.
    pub(in crate::input) fn parent(self) -> Option<Self> {
        let parent = self.node().parent;
        (parent != self.number).then_some(Self { tree: self.tree, number: parent })
    }

    /// The elements in this one.
    pub(in crate::input) fn children(self) -> impl Iterator<Item = Self> {
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
    pub(in crate::input) fn children_named(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element of a name in this one; it counts as used.
    pub(in crate::input) fn child(self, name: &str) -> Option<Self> {
        self.children_named(name).next().map(Self::mark_used)
    }

    /// All elements below this one, in order.
    pub(in crate::input) fn descendants(self) -> impl Iterator<Item = Self> {
        (self.number + 1..self.node().end).filter_map(move |number| self.at(number))
    }

    /// A walk through all that lies in this one, in order.
    pub(in crate::input) fn walk(self) -> impl Iterator<Item = Step<'t>> {
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
                NodeContent::Words(words) => Some(Step::Words(words)),
                NodeContent::Element { .. } => {
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
    pub(in crate::input) fn words(self) -> String {
        let mut words = String::new();
        let (mut next, end) = (self.number, self.node().end);
        while next < end {
            let node = &self.tree.nodes[next];
            next += 1;
            match &node.content {
                NodeContent::Element { used, .. } => {
                    let element = Self { tree: self.tree, number: next - 1 };
                    // An identifier in a name is none of its words; whoever wants it marks it.
                    if element.number != self.number && element.identifies_name() {
                        next = node.end;
                        continue;
                    }
                    used.set(true);
                    if element.number != self.number && !element.is_read() {
                        self.tree.nodes[next..node.end].iter().for_each(XmlNode::mark_used);
                        next = node.end;
                    } else if element.stands_apart() && !words.is_empty() && !words.ends_with(' ') {
                        words.push(' ');
                    }
                }
                NodeContent::Words(text) if words.is_empty() && has_single_blanks(text) => words.push_str(text),
                NodeContent::Words(text) => add_words(text, &mut words),
            }
        }
        words.truncate(words.trim_end().len());
        words
    }

    /// The texts in the element and below it.
    fn texts(self) -> impl Iterator<Item = &'t str> {
        self.tree.nodes[self.number..self.node().end].iter().filter_map(|node| match &node.content {
            NodeContent::Words(text) => Some(&**text),
            NodeContent::Element { .. } => None,
        })
    }

    /// The words in the element and below it as they are; nothing counts as used.
    pub(in crate::input) fn plain_words(self) -> String {
        let mut words = String::new();
        for text in self.texts() {
            words.reserve(text.len());
            add_words(text, &mut words);
        }
        words.truncate(words.trim_end().len());
        if words.starts_with(char::is_whitespace) { words.trim_start().to_owned() } else { words }
    }

    /// The words in the element that are in none of those in it, as they are.
    pub(in crate::input) fn own_words(self) -> String {
        let mut words = String::new();
        for node in &self.tree.nodes[self.number..self.node().end] {
            match &node.content {
                NodeContent::Words(text) if node.parent == self.number => add_words(text, &mut words),
                _ => {}
            }
        }
        words.trim().to_owned()
    }

    /// How many bytes the texts in the element have.
    pub(in crate::input) fn length_of_texts(self) -> usize {
        self.texts().map(str::len).sum()
    }

    /// Whether one reads the element: it is no note, not deleted, and not the other of two alternatives.
    pub(in crate::input) fn is_read(self) -> bool {
        let alternative = |parent: Self, wanted: &[&str]| {
            // Nobody has more of them, and each looks at all.
            let all = || parent.children().take(64);
            let by_name = wanted.iter().find_map(|name| all().find(|child| child.name() == *name));
            by_name.or_else(|| all().next()).is_some_and(|kept| kept.number == self.number)
        };
        match (self.name(), self.parent()) {
            ("del", parent) => parent.is_some_and(|parent| parent.name() == "restore"),
            ("note" | "witDetail" | "fw" | "figDesc" | "metamark" | "certainty" | "index", _) => false,
            (_, Some(parent)) if parent.name() == "choice" => alternative(parent, &["sic", "orig", "abbr"]),
            (_, Some(parent)) if parent.name() == "app" => alternative(parent, &["lem", "rdg"]),
            (_, parent) => parent.is_none_or(|parent| parent.name() != "gap"),
        }
    }

    /// Whether the element is an identifier in a name.
    fn identifies_name(self) -> bool {
        self.name() == "idno" && self.parent().is_some_and(|parent| parent.name().ends_with("Name"))
    }

    /// Whether the element follows another right after its end, as parts of a name or of an address do, or divides a
    /// line.
    fn stands_apart(self) -> bool {
        let parent = self.node().parent;
        let before = &self.tree.nodes[self.number.saturating_sub(1)];
        let is_first = parent + 1 >= self.number;
        let follows = !(is_first || before.parent == parent && matches!(before.content, NodeContent::Words(_)));
        match self.name() {
            "lb" | "pb" | "cb" => self.attribute("break") != Some("no"),
            "p" | "ab" | "head" | "item" | "cell" | "addrLine" => true,
            "hi" | "c" | "g" | "pc" | "seg" | "w" | "ex" | "am" | "supplied" | "unclear" | "choice" | "add" | "sic"
            | "corr" | "orig" | "reg" | "abbr" | "expan" | "anchor" | "emph" | "foreign" | "subst" | "gap" => false,
            _ => follows,
        }
    }

    /// Whether the element lies in one of a name, whatever its namespace.
    pub(in crate::input) fn is_in(self, tag: &str) -> bool {
        self.ancestors().skip(1).any(|element| element.tag() == tag)
    }

    /// Whether another element lies in this one.
    pub(in crate::input) fn holds(self, other: Self) -> bool {
        (self.number + 1..self.node().end).contains(&other.number)
    }

    /// Whether the element has words outside the elements in it.
    pub(in crate::input) fn has_own_words(self) -> bool {
        self.tree.has_own_words(self.number)
    }

    /// Whether the element holds nothing.
    pub(in crate::input) fn is_empty(self) -> bool {
        self.node().end == self.number + 1
    }

    /// A number that is larger the later the element begins.
    pub(in crate::input) fn order(self) -> usize {
        self.number
    }

    /// The place of the element's start tag.
    pub(in crate::input) fn span(self) -> Span {
        let start = self.node().start;
        self.tree.places.span(start..start + 1 + self.tag().len())
    }

    /// The place of an attribute; of the element where it has none of the name.
    pub(in crate::input) fn attribute_span(self, name: &str) -> Span {
        let attribute = self.attributes().iter().find(|known| known.name == name);
        attribute.map_or_else(|| self.span(), |attribute| self.tree.places.span(attribute.range.clone()))
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.number == other.number
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
