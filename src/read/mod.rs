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

/// Whether a text is well-formed XML within the limits; for the benchmark of the parsers.
#[doc(hidden)]
pub fn is_well_formed_xml(text: &str) -> bool {
    let file = Sources::new("").add("a.xml");
    Tree::parse(text, Origin::whole(file)).is_ok()
}

/// For the fuzz target of XML: whether what the simple parser reads, the full parser reads alike.
#[cfg(fuzzing)]
pub fn parsers_agree(text: &str) -> Result<(), String> {
    xml::agrees(text)
}
