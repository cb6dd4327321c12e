//! Tables: of authorities, annotations and claims, which are written by hand, and of letters, in text files or workbooks.

pub(super) mod annotations;
pub(super) mod any_rows;
pub(super) mod authorities;
pub(super) mod claims;
pub(super) mod dividing;
pub(super) mod hand_written;
pub(super) mod headings;
pub(super) mod known_headings;
pub(super) mod languages;
pub(super) mod left_out;
pub(super) mod letters;
pub(super) mod likely_headings;
pub(super) mod register_headings;
pub(super) mod register_table;
pub(super) mod row;
pub(super) mod text_rows;
pub(super) mod workbook;
