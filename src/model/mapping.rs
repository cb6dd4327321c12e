//! Mappings: that a thing of the corpus is, or is not, a thing of another dataset; who says so, and on what grounds.

use crate::model::Id;
use crate::source::{FileId, Span};

/// What stands for a thing that is not there (SSSOM 1.1, "Representing the absence of a match").
pub const NO_TERM: &str = "https://w3id.org/sssom/NoTermFound";

/// One row of a mapping file (SSSOM 1.1, class Mapping).
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The file it stands in.
    pub file: FileId,
    /// Its row.
    pub span: Span,
    /// The IRI of the thing of the corpus.
    pub ours: String,
    /// Its id.
    pub id: Id,
    /// Where that thing is named.
    pub ours_span: Span,
    /// The IRI of the thing of the other dataset.
    pub theirs: String,
    /// The dataset that this is of, where the file says so.
    pub dataset: Option<String>,
    /// How the two relate, read from ours to theirs.
    pub relation: Relation,
    /// What has become of it.
    pub review: ReviewState,
    /// The name of the justification in the Semantic Mapping Vocabulary, without its prefix.
    pub justification: String,
    /// How sure its author is, from 0 to 1.
    pub confidence: Option<String>,
    /// The IRIs of who made it.
    pub authors: Vec<String>,
    /// The names of who made it.
    pub author_labels: Vec<String>,
    /// The IRIs of who looked at it.
    pub reviewers: Vec<String>,
    /// The names of who looked at it.
    pub reviewer_labels: Vec<String>,
    /// The day on which it was looked at, as ISO 8601 has it.
    pub review_date: Option<String>,
    /// The day on which it was made, as ISO 8601 has it.
    pub date: Option<String>,
    /// What else there is to say.
    pub comment: Option<String>,
}

impl Mapping {
    /// Whether somebody has looked at it.
    pub fn is_reviewed(&self) -> bool {
        !self.reviewers.is_empty() || !self.reviewer_labels.is_empty()
    }

    /// The columns that the standard has for a mapping, in its order (SSSOM 1.1, class Mapping).
    pub const COLUMNS: &'static [&'static str] = &[
        "record_id",
        "subject_id",
        "subject_label",
        "subject_category",
        "predicate_id",
        "predicate_label",
        "predicate_modifier",
        "object_id",
        "object_label",
        "object_category",
        "mapping_justification",
        "author_id",
        "author_label",
        "reviewer_id",
        "reviewer_label",
        "creator_id",
        "creator_label",
        "license",
        "subject_type",
        "subject_source",
        "subject_source_version",
        "object_type",
        "object_source",
        "object_source_version",
        "predicate_type",
        "mapping_provider",
        "mapping_source",
        "mapping_cardinality",
        "cardinality_scope",
        "mapping_tool",
        "mapping_tool_id",
        "mapping_tool_version",
        "mapping_date",
        "publication_date",
        "review_date",
        "confidence",
        "reviewer_agreement",
        "curation_rule",
        "curation_rule_text",
        "subject_match_field",
        "object_match_field",
        "match_string",
        "subject_preprocessing",
        "object_preprocessing",
        "similarity_score",
        "similarity_measure",
        "see_also",
        "issue_tracker_item",
        "other",
        "comment",
    ];
}

/// How two things of two datasets relate (SKOS, section 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// They are one thing.
    Exact,
    /// They are nearly one thing.
    Close,
    /// The other is wider.
    Broad,
    /// The other is narrower.
    Narrow,
    /// They have to do with each other.
    Related,
}

impl Relation {
    /// Every relation, by the name of its property in SKOS.
    pub const ALL: [(&'static str, Self); 5] = [
        ("exactMatch", Self::Exact),
        ("closeMatch", Self::Close),
        ("broadMatch", Self::Broad),
        ("narrowMatch", Self::Narrow),
        ("relatedMatch", Self::Related),
    ];

    /// The same relation read from the other end.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Broad => Self::Narrow,
            Self::Narrow => Self::Broad,
            same => same,
        }
    }
}

/// What has become of a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewState {
    /// Somebody made it by hand, or looked at it and agreed.
    Accepted,
    /// Nobody has looked at it yet, or whoever did could not tell.
    Candidate,
    /// Somebody looked at it and disagreed, or says that the two do not so relate.
    Rejected,
}

impl ReviewState {
    /// What the cells of a row say. A row is accepted if a reviewer agrees with it, and a reviewer agrees unless
    /// `reviewer_agreement` says otherwise (SSSOM 1.1); without a reviewer, if it was made by hand. What is accepted
    /// with the modifier `Not` is a rejection of the relation.
    pub fn of(reviewed: bool, agreement: Option<f64>, by_hand: bool, negated: bool) -> Self {
        let accepted = if reviewed { agreement.unwrap_or(1.0) } else { f64::from(by_hand) };
        match () {
            () if accepted < 0.0 => Self::Rejected,
            () if accepted == 0.0 => Self::Candidate,
            () if negated => Self::Rejected,
            () => Self::Accepted,
        }
    }
}
