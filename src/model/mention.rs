//! Annotations: what an editor says about a passage of a text.

use crate::model::{Basis, Concept, Date, Id, Kind, Reference, ScopedName};
use crate::source::{FileId, Span};
use smol_str::SmolStr;
use std::ops::Range;

/// A stretch of a text, in code points from 0; the end is the first that no longer belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The slug of the document whose text it is.
    pub text: SmolStr,
    /// The code points.
    pub range: Range<usize>,
    /// Where the source gives it.
    pub span: Span,
    /// Its words, where they are known.
    pub words: Option<String>,
    /// Where the source gives the words.
    pub words_span: Option<Span>,
}

impl Passage {
    /// A passage of which no words are known.
    pub fn new(text: impl Into<SmolStr>, range: Range<usize>, span: Span) -> Self {
        Self { text: text.into(), range, span, words: None, words_span: None }
    }
}

/// What an annotation's passage refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnotationTarget {
    /// Something of the corpus.
    Known(Reference),
    /// Something of this kind of which nobody knows, or says, which it is.
    Unknown(Kind),
    /// A time.
    Date(Box<Date>),
}

/// What an editor says about one passage: a mention, an insertion, a note, a quotation.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// Its name.
    pub id: ScopedName,
    /// The file it stands in.
    pub file: FileId,
    /// Where it stands.
    pub span: Span,
    /// What it says about the passage.
    pub kind: Concept,
    /// The passage.
    pub passage: Passage,
    /// The document that the passage belongs to, found from its place in the text.
    pub document: Option<Id>,
    /// What the passage refers to.
    pub targets: Vec<AnnotationTarget>,
    /// The quoted words, where `source` is a stretch of the target's text.
    pub quoted: Option<Passage>,
    /// What the identification rests on; for a quotation, the place in its target.
    pub source: Option<Basis>,
    /// How sure the editor is.
    pub certainty: Option<Concept>,
    /// Who says so.
    pub responsible: Vec<Reference>,
    /// Of several answers to whom or what the passage names, whether it is the one that tables show.
    pub chosen: Option<bool>,
    /// What else there is to say; for a note, its text.
    pub comment: Option<String>,
}
