//! What the sources say, as plain records: no RDF, no input or output.

mod authority;
mod calendar;
mod circa;
mod claim;
mod concept;
mod coverage;
mod date;
mod document;
mod id;
mod identifier;
mod identifier_form;
mod label;
mod mapping;
mod mention;
mod opinion;
mod records;
mod republican;
mod source_file;
mod visitor;

pub use authority::{Authority, Details, Event, Point, Quantity};
pub use circa::Circa;
pub use claim::{Claim, Content, ContentObject, ContentReference};
pub use concept::{Concept, ConceptList, weakest};
pub use coverage::{Coverage, Unused};
pub use date::{Date, DateOrder, DateProblem, Original, Precision};
pub use document::{Action, Document, FOUND_BY_NAME, Letter, Party, Publication, Text, chosen};
pub use id::{Id, IdProblem, Kind, Reference, ScopedName, slug_problem};
pub use identifier::{Identifier, Scheme};
pub use identifier_form::Fault;
pub use label::Label;
pub use mapping::{Mapping, NO_TERM, Relation, ReviewState};
pub use mention::{Annotation, AnnotationTarget, Passage};
pub use opinion::{Answer, Basis, Opinion, Policy, Preference, choose};
pub use records::Records;
pub use source_file::{SourceFile, TermsOfUse};
pub use visitor::{Accumulated, Accumulator, RecordOrigin, RecordVisitor, SourceRecords};
