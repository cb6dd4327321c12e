//! Sources to records: every file is read to its end, and all that is wrong with it is collected.

mod annotations;
mod authorities;
mod batch;
mod certainty;
mod claims;
mod cmif;
mod correspondence;
mod dating;
mod document;
mod frame;
mod free_date;
mod heading;
mod identifications;
mod jobs;
mod letter_reader;
mod letter_slugs;
mod letter_sources;
mod letter_table;
mod letters;
mod link;
mod mappings;
mod memory;
mod naming;
mod ordered;
mod plain;
mod prefix;
mod prose;
mod reader;
mod register;
mod row;
mod table;
mod tei;
mod tei_header;
mod tei_text;
mod text_rows;
mod texts;
mod things;
mod transcription;
mod unmatched;
mod visit;
mod whole;
mod workbook;
mod xml;

pub use naming::Index;
pub(crate) use text_rows::{TextRow, TextRows};
pub use texts::{Verification, verify};
pub use things::Things;
pub use unmatched::report_unmatched;
pub use visit::{ReadSummary, Reading, visit};
pub use whole::{MAPPING_LIMIT, read};
#[cfg(fuzzing)]
pub use xml::agrees as parsers_agree;
#[doc(hidden)]
pub use xml::is_well_formed as is_well_formed_xml;
