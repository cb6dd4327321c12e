//! Sources to records: every file is read to its end, and all that is wrong with it is collected.

mod cmif;
mod identifications;
mod letters;
mod link;
mod mappings;
mod markdown;
mod naming;
mod reader;
mod refused;
mod table;
mod tei;
mod texts;
mod unmatched;
mod visit;
mod whole;
mod written_date;
mod xml;

pub use naming::authority_index::AuthorityIndex;
pub use naming::things::Things;
#[doc(hidden)]
pub use table::text_rows::count_rows;
pub(crate) use table::text_rows::{TextRow, TextRows};
pub use texts::{Verification, verify};
pub use unmatched::report_unmatched;
pub use visit::{ReadSummary, Reading, visit};
pub use whole::{MAPPING_LIMIT, read};
#[cfg(fuzzing)]
pub use xml::agrees as parsers_agree;
#[doc(hidden)]
pub use xml::is_well_formed as is_well_formed_xml;
