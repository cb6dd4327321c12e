//! Quads to files, as they come: nothing is held but what a writer needs for the node it is at.
//!
//! Several threads can make the bytes of a file in pieces, which one export appends; and what an export has written
//! since a mark can be taken back.

mod context;
mod exports;
mod format;
mod iri;
mod json_ld;
mod ntriples;
mod piece;
mod rdf_xml;
mod record;
mod record_lines;
mod syntax;
mod triple_terms;
mod truncatable;
mod turtle;
mod writer;

pub use context::{CONTEXT, Context};
pub use exports::Exports;
pub use format::{Format, FormatKind};
pub use piece::Pieces;
pub use record::{DocumentRecord, DocumentRecords};
pub use record_lines::{LinesOfPart, RecordLines};
pub use triple_terms::{TripleTerms, reified};
pub use truncatable::{NamedWriter, Output};
pub use writer::Export;
