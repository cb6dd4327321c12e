//! Letters of TEI files, CMIF files and tables: jobs that several threads do, whose results come in order.

pub(super) mod batch;
pub(super) mod jobs;
pub(super) mod ordered;
pub(super) mod reader;
pub(super) mod repeated;
pub(super) mod sources;
pub(super) mod tally;
pub(super) mod work;
