//! The closed lists of `ontology/concepts.ttl` that sources choose from.

/// A value of one of the lists: the slug of a concept of the ontology.
pub type Concept = &'static str;

/// A closed list of concepts.
#[derive(Clone, Copy, Debug)]
pub struct ConceptList {
    /// What a diagnostic calls a value of the list.
    pub name: &'static str,
    /// The slug of its concept scheme.
    pub scheme: &'static str,
    /// The values, as sources write them and as the concepts' IRIs end.
    pub values: &'static [Concept],
    /// Other words for some values.
    pub synonyms: &'static [(&'static str, Concept)],
}

impl ConceptList {
    /// The kinds of document that one party sends to another.
    pub const MESSAGES: &'static [Concept] = &["letter", "open-letter", "dispatch", "telegram", "e-mail", "petition"];
    /// The kinds of annotation that say where words are taken from.
    pub const QUOTATIONS: &'static [Concept] = &["quotation", "unmarked-quotation", "variant-wording"];
    /// The kinds of document.
    pub const DOCUMENT_KIND: Self = Self::new(
        "kind of document",
        "document-kind",
        &[
            "letter",
            "open-letter",
            "dispatch",
            "telegram",
            "e-mail",
            "petition",
            "publication",
            "web-page",
            "framing",
            "section",
            "enclosure",
            "memorandum",
            "treaty",
            "newspaper-article",
        ],
    );
    /// What is done with a document.
    pub const ACTION_TYPE: Self = Self::new(
        "type of action",
        "action-type",
        &[
            "written",
            "sent",
            "received",
            "transmitted",
            "forwarded",
            "redirected",
            "delivered",
            "read",
            "published",
            "other-action",
        ],
    );
    /// What an annotation says about its passage.
    pub const ANNOTATION_KIND: Self = Self::new(
        "kind of annotation",
        "annotation-kind",
        &[
            "mention",
            "mention-in-note",
            "unidentified-name",
            "date-in-text",
            "insertion",
            "gloss",
            "note",
            "sic",
            "quotation",
            "unmarked-quotation",
            "variant-wording",
        ],
    );
    /// The claimant's attitude to a content.
    pub const STANCE: Self = Self::new("stance", "stance", &["affirmed", "denied", "doubted", "asked"]);
    /// What kind of utterance a claim is.
    pub const SPEECH_ACT: Self = Self::new(
        "speech act",
        "speech-act",
        &["assertion", "evaluation", "prediction", "directive", "declaration", "expressive"],
    );
    /// How sure the claimant presents a claim.
    pub const HEDGE: Self =
        Self::new("hedge", "hedge", &["surely", "certainly", "approximately", "estimated", "hearsay"]);
    /// How sure the editor is.
    pub const CERTAINTY: Self = Self {
        name: "certainty",
        scheme: "certainty",
        values: &["high", "medium", "low", "unknown"],
        synonyms: &[("certain", "high"), ("likely", "medium"), ("possible", "low")],
    };
    /// The editor's standing of an event.
    pub const ATTESTATION: Self = Self::new("attestation", "attestation", &["documented", "claimed-only", "disputed"]);

    /// The calendar that a date is written in.
    pub const CALENDAR: Self = Self::new("calendar", "calendar", &["julian", "old-style", "republican"]);

    /// Every list.
    pub const ALL: [Self; 9] = [
        Self::DOCUMENT_KIND,
        Self::ACTION_TYPE,
        Self::ANNOTATION_KIND,
        Self::STANCE,
        Self::SPEECH_ACT,
        Self::HEDGE,
        Self::CERTAINTY,
        Self::ATTESTATION,
        Self::CALENDAR,
    ];

    const fn new(name: &'static str, scheme: &'static str, values: &'static [Concept]) -> Self {
        Self { name, scheme, values, synonyms: &[] }
    }

    /// The value that a word stands for.
    pub fn value(&self, word: &str) -> Option<Concept> {
        let named = self.values.iter().find(|value| **value == word).copied();
        named.or_else(|| self.synonyms.iter().find(|(synonym, _)| *synonym == word).map(|(_, value)| *value))
    }
}
/// The weaker of two certainties; who says nothing weakens nothing.
pub fn weakest(one: Option<Concept>, other: Option<Concept>) -> Option<Concept> {
    let weakness = |certainty: &Concept| ConceptList::CERTAINTY.values.iter().position(|value| value == certainty);
    [one, other].into_iter().flatten().max_by_key(weakness)
}
