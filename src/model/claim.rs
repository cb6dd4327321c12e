//! Claims: who says what, in which document and at which passage. What is said is never a statement of ours.

use crate::model::{Concept, Date, Label, Passage, Reference, ScopedName};
use crate::source::{FileId, Span};

/// One agent's utterance in one document.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its name.
    pub id: ScopedName,
    /// The table's file.
    pub file: FileId,
    /// Its first row.
    pub span: Span,
    /// The document in which it is made.
    pub document: Reference,
    /// The passage that shows it.
    pub passage: Option<Passage>,
    /// Whose claim it is.
    pub claimant: Reference,
    /// On whose word it is known; nobody where it is first hand.
    pub reported_by: Option<Reference>,
    /// The claimant's attitude.
    pub stance: Concept,
    /// What kind of utterance it is.
    pub speech_act: Concept,
    /// How sure the claimant presents it.
    pub hedge: Option<Concept>,
    /// How sure the editor is of this record.
    pub certainty: Option<Concept>,
    /// A neutral paraphrase in the editor's words.
    pub text: Label,
    /// What else there is to say.
    pub comment: Option<String>,
    /// What is claimed, as far as it can be coded.
    pub contents: Vec<Content>,
}

/// One statement that a claim is about; it is never made by the graph.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its row.
    pub span: Span,
    /// What it is about.
    pub subject: Reference,
    /// The IRI of the property.
    pub predicate: String,
    /// The value.
    pub object: ContentObject,
    /// The contents that cannot hold together with this one.
    pub incompatible_with: Vec<ContentReference>,
}

/// The value of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentObject {
    /// A thing of the corpus.
    Reference(Reference),
    /// A date.
    Date(Date),
    /// Words in a language.
    Words(Label),
    /// A literal of a datatype, given by its IRI.
    Literal(String, String),
    /// Something outside the corpus.
    Iri(String),
}

/// A content as another row names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentReference {
    /// The claim.
    pub claim: ScopedName,
    /// Which of its contents, from 1; nothing where it has only one.
    pub number: Option<usize>,
    /// Where it is named.
    pub span: Span,
}
