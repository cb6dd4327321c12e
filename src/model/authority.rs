//! Authorities: the persons, places, events and other things that documents point into.

use crate::model::{Basis, Concept, Date, Id, Identifier, Label, Reference};
use crate::source::{FileId, Span};

/// One thing of an authority table.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Its id.
    pub id: Id,
    /// The table it stands in.
    pub file: FileId,
    /// Its row, or its entry.
    pub span: Span,
    /// Its id in the register that it stands in, as a slug; nothing where that is its id here.
    pub entry: Option<String>,
    /// Its id as the register has it; nothing where that is the slug.
    pub written: Option<String>,
    /// What else its register calls it, so that it can be pointed to: its number there, its key, the ids of its names.
    pub other_ids: Vec<String>,
    /// Identifiers that its sources give it, and that are of no authority file.
    pub codes: Vec<String>,
    /// The name that editors and readers call it by.
    pub label: Label,
    /// Other names.
    pub alt_labels: Vec<Label>,
    /// What else there is to say.
    pub note: Option<String>,
    /// What the entry rests on.
    pub source: Option<Basis>,
    /// How sure the editor is of it.
    pub certainty: Option<Concept>,
    /// Who says so.
    pub responsible: Vec<Reference>,
    /// What somebody does or did for a living, in words.
    pub occupations: Vec<String>,
    /// Its identifiers elsewhere.
    pub identifiers: Vec<Identifier>,
    /// What only its kind has.
    pub details: Details,
}

impl Authority {
    /// A thing of which nothing is known but what it is called.
    pub fn new(id: Id, file: FileId, span: Span, label: Label, details: Details) -> Self {
        Self {
            id,
            file,
            span,
            entry: None,
            written: None,
            other_ids: Vec::new(),
            codes: Vec::new(),
            label,
            alt_labels: Vec::new(),
            note: None,
            source: None,
            certainty: None,
            responsible: Vec::new(),
            occupations: Vec::new(),
            identifiers: Vec::new(),
            details,
        }
    }

    /// Takes from another entry of the same thing what this one does not say.
    pub fn fill(&mut self, other: Self) {
        self.note = self.note.take().or(other.note);
        self.source = self.source.take().or(other.source);
        self.certainty = self.certainty.or(other.certainty);
        if self.occupations.is_empty() {
            self.occupations = other.occupations;
        }
        match (&mut self.details, other.details) {
            (Details::Person { born, died }, Details::Person { born: other_born, died: other_died }) => {
                or(born, other_born);
                or(died, other_died);
            }
            (Details::Place { within, point }, Details::Place { within: other_within, point: other_point }) => {
                *within = within.take().or(other_within);
                *point = point.take().or(other_point);
            }
            (Details::Work { dates, .. }, Details::Work { dates: other, .. }) => or(dates, other),
            (Details::Event(event), Details::Event(other)) => or(&mut event.dates, other.dates),
            _ => {}
        }
    }
}

/// Takes the dates of another entry where there are none.
fn or(dates: &mut Vec<Date>, others: Vec<Date>) {
    if dates.is_empty() {
        *dates = others;
    }
}

/// What only one kind of authority has. Of dates there are several where there are several answers.
#[derive(Clone, Debug)]
pub enum Details {
    /// A human being.
    Person {
        /// When born.
        born: Vec<Date>,
        /// When died.
        died: Vec<Date>,
    },
    /// An organised body.
    Organisation {
        /// The body it is part of.
        part_of: Option<Reference>,
        /// Where it has its seat.
        place: Option<Reference>,
    },
    /// A collectivity.
    Group,
    /// Nothing that only its kind has.
    Other,
    /// An office.
    Post {
        /// The body it belongs to.
        organisation: Option<Reference>,
    },
    /// One agent's membership in a body.
    Membership {
        /// Who.
        member: Option<Reference>,
        /// In what.
        organisation: Option<Reference>,
        /// In which office.
        post: Option<Reference>,
        /// When.
        dates: Vec<Date>,
    },
    /// A place.
    Place {
        /// The place it lies in.
        within: Option<Reference>,
        /// Where it is.
        point: Option<Point>,
    },
    /// A happening.
    Event(Box<Event>),
    /// A work.
    Work {
        /// Who composed it.
        authors: Vec<Reference>,
        /// Its language as a BCP 47 tag.
        language: Option<String>,
        /// When it was composed.
        dates: Vec<Date>,
    },
    /// A number or amount.
    Quantity(Box<Quantity>),
    /// A notion of the corpus's own.
    Concept {
        /// What is meant.
        definition: Option<Label>,
        /// The wider notion.
        broader: Option<Reference>,
    },
}

impl Details {
    /// Every date of it.
    pub fn dates(&self) -> impl Iterator<Item = &Date> {
        let (one, other): (&[Date], &[Date]) = match self {
            Self::Person { born, died } => (born, died),
            Self::Membership { dates, .. } | Self::Work { dates, .. } => (dates, &[]),
            Self::Event(event) => (&event.dates, &[]),
            _ => (&[], &[]),
        };
        one.iter().chain(other)
    }
}

/// A position on the globe in WGS 84, in degrees, as the source writes the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Degrees north.
    pub latitude: String,
    /// Degrees east.
    pub longitude: String,
}

/// A happening as documents refer to it; that it is here does not say that it happened.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// The editor's standing of it; nothing where the source does not say.
    pub attestation: Option<Concept>,
    /// When.
    pub dates: Vec<Date>,
    /// Where.
    pub place: Option<Reference>,
    /// Who took part.
    pub participants: Vec<Reference>,
    /// Who acted.
    pub carried_out_by: Vec<Reference>,
    /// Who or what was acted upon.
    pub affected: Vec<Reference>,
    /// The larger happening.
    pub part_of: Option<Reference>,
    /// Its size.
    pub extent: Option<Reference>,
}

/// A number or amount with its unit; numbers as the source writes them.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The words of the source.
    pub words: Option<String>,
    /// The number.
    pub value: Option<String>,
    /// The least it can be.
    pub minimum: Option<String>,
    /// The most it can be.
    pub maximum: Option<String>,
    /// The unit in words.
    pub unit: Option<String>,
    /// The unit's UN/CEFACT code.
    pub unit_code: Option<String>,
}
