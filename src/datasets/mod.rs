//! Datasets of others, as they are mounted: from whatever they are written in to the statements of one graph.
//!
//! RDF is passed on as it is, but for two things: blank nodes get IRIs in the order in which they come, and IRIs of
//! known authority files come to their one form. What is not RDF is put into the terms that gazetteers and libraries
//! use. Nothing of it becomes a statement of the corpus.

mod json;
mod letters;
mod linked_places;
mod mounted;
mod pins;
mod pleiades;
mod problems;
mod rdf;
mod read;
mod table;
mod writer;

pub use mounted::{DatasetSummary, MountedDataset};
pub use pins::{check_pins, digest};
pub use read::{graph, read};
