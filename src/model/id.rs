//! Ids: `kind:slug`, as sources write them and as everything else names things by.

use crate::source::Span;
use smol_str::SmolStr;
use std::fmt;

/// What sort of thing an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being.
    Person,
    /// An organised body: an office, an army, an archive.
    Organisation,
    /// A collectivity without organisation, or one that a document leaves unresolved.
    Group,
    /// An office that exists whoever fills it.
    Post,
    /// One agent's membership in a body, for a time.
    Membership,
    /// A place of any size.
    Place,
    /// A happening as documents refer to it.
    Event,
    /// A work that documents quote or translate.
    Work,
    /// A number or amount that is stated.
    Quantity,
    /// A notion of the corpus's own.
    Concept,
    /// Somebody of whom the source does not say whether it is a human being or a body.
    Agent,
    /// Something of which the source does not say what it is.
    Thing,
    /// A document of the corpus.
    Document,
}

impl Kind {
    /// Every kind, in the order in which the graph has them.
    pub const ALL: [Self; 13] = [
        Self::Person,
        Self::Organisation,
        Self::Group,
        Self::Post,
        Self::Membership,
        Self::Place,
        Self::Event,
        Self::Work,
        Self::Quantity,
        Self::Concept,
        Self::Agent,
        Self::Thing,
        Self::Document,
    ];

    /// Kinds that can act: write, receive, claim, take part.
    pub const AGENTS: &'static [Self] = &[Self::Person, Self::Organisation, Self::Group, Self::Post, Self::Agent];

    /// The word before the colon of an id.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Post => "post",
            Self::Membership => "membership",
            Self::Place => "place",
            Self::Event => "event",
            Self::Work => "work",
            Self::Quantity => "quantity",
            Self::Concept => "concept",
            Self::Agent => "agent",
            Self::Thing => "thing",
            Self::Document => "document",
        }
    }

    /// Its name with the article before it, as in "an event".
    pub fn with_article(self) -> String {
        let name = self.name();
        format!("{} {name}", if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" })
    }

    /// The kind that a word before a colon names.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name of the authority table that holds this kind; documents have a file each, and what a source leaves open has none.
    pub const fn table(self) -> Option<&'static str> {
        match self {
            Self::Person => Some("persons"),
            Self::Organisation => Some("organisations"),
            Self::Group => Some("groups"),
            Self::Post => Some("posts"),
            Self::Membership => Some("memberships"),
            Self::Place => Some("places"),
            Self::Event => Some("events"),
            Self::Work => Some("works"),
            Self::Quantity => Some("quantities"),
            Self::Concept => Some("concepts"),
            Self::Agent | Self::Thing | Self::Document => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name of a claim or an annotation: the table or document that it stands in, and its name there.
pub type ScopedName = (SmolStr, SmolStr);

/// The name of one thing within a corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// What sort of thing it is.
    pub kind: Kind,
    /// The name within its kind: lower-case ASCII letters, digits and hyphens.
    pub slug: SmolStr,
}

impl Id {
    /// The id of this kind and slug; the slug is taken as it is.
    pub fn new(kind: Kind, slug: impl Into<SmolStr>) -> Self {
        Self { kind, slug: slug.into() }
    }

    /// Reads `kind:slug`.
    pub fn parse(text: &str) -> Result<Self, IdProblem> {
        let (kind, slug) = text.split_once(':').ok_or(IdProblem::NoKind)?;
        let kind = Kind::parse(kind).ok_or_else(|| IdProblem::UnknownKind(kind.to_owned()))?;
        match slug_problem(slug) {
            None => Ok(Self::new(kind, slug)),
            Some(problem) => Err(IdProblem::Slug(problem)),
        }
    }

    /// Reads `kind:slug`, where the kind can be in capital letters, as in `Person:roos`; nothing for what is no id.
    pub fn parse_any_case(text: &str) -> Option<Self> {
        let (kind, slug) = text.split_once(':')?;
        let kind = Kind::parse(&kind.to_ascii_lowercase())?;
        slug_problem(slug).is_none().then(|| Self::new(kind, slug))
    }

    /// The id of a thing whose IRI is below one of several bases.
    pub fn of_iri_below(iri: &str, bases: &[&str]) -> Option<Self> {
        bases.iter().find_map(|base| Self::of_iri(iri, base))
    }

    /// The id of a thing whose IRI is `{base}kind/slug#it`; nothing for other IRIs.
    pub fn of_iri(iri: &str, base: &str) -> Option<Self> {
        let (kind, slug) = iri.strip_prefix(base)?.strip_suffix("#it")?.split_once('/')?;
        slug_problem(slug).is_none().then_some(Self::new(Kind::parse(kind)?, slug))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.kind, self.slug)
    }
}

/// Why a text is not an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdProblem {
    /// There is no `kind:` before the slug.
    NoKind,
    /// The word before the colon is no kind.
    UnknownKind(String),
    /// What stands after the colon is no slug, and why.
    Slug(&'static str),
}

/// Why a text cannot be a slug; nothing when it can.
///
/// Slugs become parts of IRIs and of file names, so they hold nothing that either could mistake.
pub fn slug_problem(slug: &str) -> Option<&'static str> {
    let first = slug.bytes().next();
    if first.is_none() {
        Some("it is empty")
    } else if slug.len() > 100 {
        Some("it has more than 100 characters")
    } else if slug.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Some("it has a capital letter")
    } else if !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        Some("it has a character other than a to z, 0 to 9 and the hyphen")
    } else if first == Some(b'-') {
        Some("it begins with a hyphen")
    } else {
        None
    }
}

/// An id as a source points to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The id that is named.
    pub id: Id,
    /// Where it is named.
    pub span: Span,
}
