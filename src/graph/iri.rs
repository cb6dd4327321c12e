//! The IRIs of a corpus, made from its base and its ids.

use crate::model::{Concept, Id, Passage, ScopedName};
use crate::vocabulary::CONCEPTS;
use iri_string::percent_encode::PercentEncoded;
use iri_string::spec::IriSpec;
use oxigraph::model::NamedNode;
use smol_str::{SmolStr, ToSmolStr, format_smolstr};
use std::cell::RefCell;
use std::fmt::Write;
use std::ops::Range;

/// Makes IRIs below one base. The base is valid and slugs have only letters, digits and hyphens, so that whatever is
/// put together here is valid too.
#[derive(Clone, Debug)]
pub struct Iris {
    base: String,
    /// IRIs that are no longer needed, for the space that they take.
    spare: RefCell<Vec<String>>,
}

/// The most IRIs that are kept for their space.
const SPARE_LIMIT: usize = 16;

impl Iris {
    /// IRIs below a base that ends in `/`.
    pub fn new(base: &str) -> Self {
        Self { base: base.to_owned(), spare: RefCell::default() }
    }

    fn below(&self, path: &str) -> NamedNode {
        self.joined(&[path])
    }

    fn joined(&self, parts: &[&str]) -> NamedNode {
        let mut iri = self.spare.borrow_mut().pop().unwrap_or_default();
        iri.clear();
        iri.reserve(self.base.len() + parts.iter().map(|part| part.len()).sum::<usize>());
        iri.push_str(&self.base);
        parts.iter().for_each(|part| iri.push_str(part));
        NamedNode::new_unchecked(iri)
    }

    /// Takes an IRI that is no longer needed.
    pub(super) fn take_back(&self, iri: NamedNode) {
        let mut spare = self.spare.borrow_mut();
        if spare.len() < SPARE_LIMIT {
            spare.push(iri.into_string());
        }
    }

    /// A thing of the corpus.
    pub fn thing(&self, id: &Id) -> NamedNode {
        self.part(id, "it")
    }

    /// Puts the IRI of a thing into a text.
    pub(super) fn write_thing(&self, id: &Id, text: &mut String) {
        text.clear();
        [&self.base, id.kind.name(), "/", &id.slug, "#it"].iter().for_each(|part| text.push_str(part));
    }

    /// A part of a thing that has no id of its own: a date, an action, a geometry.
    pub fn part(&self, id: &Id, part: &str) -> NamedNode {
        self.joined(&[id.kind.name(), "/", &id.slug, "#", part])
    }

    /// A concept of the ontology.
    pub fn concept(concept: Concept) -> NamedNode {
        NamedNode::new_unchecked([CONCEPTS, concept].concat())
    }

    /// A claim, by its table and its name there.
    pub fn claim(&self, (table, name): &ScopedName) -> NamedNode {
        self.joined(&["claim/", table, "/", name, "#it"])
    }

    /// An annotation, by its table and its name there.
    pub fn annotation(&self, (table, name): &ScopedName) -> NamedNode {
        self.joined(&["annotation/", table, "/", name, "#it"])
    }

    /// What an annotation is about when that has no name of its own.
    pub fn unknown(&self, (table, name): &ScopedName, number: usize) -> NamedNode {
        self.joined(&["annotation/", table, "/", name, "#", &Self::numbered("body", number)])
    }

    /// The fragments of an owner that several of a kind share a name in: `sent`, `sent-2`, `sent-3`.
    pub fn numbered(name: &str, number: usize) -> SmolStr {
        if number == 1 { name.into() } else { format_smolstr!("{name}-{number}") }
    }

    /// A content, by its hash.
    pub fn content(&self, hash: &str) -> NamedNode {
        self.joined(&["content/", hash, "#it"])
    }

    /// The date that a content has as its object.
    pub fn content_date(&self, hash: &str) -> NamedNode {
        self.joined(&["content/", hash, "#date"])
    }

    /// One version of a text.
    pub fn text(&self, document: &str) -> NamedNode {
        self.joined(&["text/", document])
    }

    /// The words of the editor's notes on a document.
    pub fn notes(&self, document: &str) -> NamedNode {
        self.joined(&["text/", document, "/notes"])
    }

    /// A passage: RFC 5147, section 2.2.
    pub fn passage(&self, passage: &Passage) -> NamedNode {
        self.fragment(&passage.text, "char", &passage.range)
    }

    /// A fragment of a text that is named after a range.
    pub fn fragment(&self, text: &str, name: &str, range: &Range<usize>) -> NamedNode {
        let (start, end) = (range.start.to_smolstr(), range.end.to_smolstr());
        self.joined(&["text/", text, "#", name, "=", &start, ",", &end])
    }

    /// A mapping, by the hash of its file and of what it says.
    pub fn mapping(&self, hash: &str) -> NamedNode {
        self.joined(&["mapping/", hash, "#it"])
    }

    /// The scheme of the corpus's own concepts.
    pub fn concepts(&self) -> NamedNode {
        self.below("concepts")
    }

    /// The graph of what letters name and no file describes.
    pub fn things(&self) -> NamedNode {
        self.below("things")
    }

    /// The corpus as a dataset.
    pub fn dataset(&self) -> NamedNode {
        self.below("dataset#it")
    }

    /// The graph of the candidates of links.
    pub fn candidates(&self) -> NamedNode {
        self.below("candidates")
    }

    /// The graph of a dataset of others that the corpus is joined with.
    pub fn mounted(&self, name: &str) -> NamedNode {
        self.joined(&["dataset/", name])
    }

    /// A part of the dataset, or of its making, that has no id of its own.
    pub fn of_dataset(&self, name: &str) -> NamedNode {
        self.joined(&["dataset#", name])
    }

    /// The graph that describes the dataset and its other graphs.
    pub fn catalogue(&self) -> NamedNode {
        self.below("catalogue")
    }

    /// The file that the graph of a source was made from.
    pub fn source_file(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked([self.source(path).as_str(), "#file"].concat())
    }

    /// The graph of a source file. A path can hold any character: those that RFC 3987, section 2.2 does not call
    /// unreserved are encoded.
    pub fn source(&self, path: &str) -> NamedNode {
        let mut iri = String::with_capacity(self.base.len() + "source/".len() + path.len());
        iri.extend([&self.base, "source"]);
        for part in path.split('/') {
            write!(iri, "/{}", PercentEncoded::<_, IriSpec>::unreserve(part)).expect("memory takes it");
        }
        NamedNode::new_unchecked(iri)
    }
}
