//! `regesta` turns a folder of documents (letters, open letters, dispatches) and authority files into a linked-data
//! knowledge graph: who wrote to whom, when and where, about which persons, places and events, and who claims what.
//!
//! The graph records who says what, where and how certainly; it never asserts what a document claims.
//!
//! Whatever can be done with a corpus is a call of [`corpus::Corpus`]:
//!
//! ```
//! use regesta::corpus::{Corpus, Options, WantedRecords};
//! use regesta::query::AnswerFormat;
//! use std::path::Path;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let options = Options::default();
//! let mut corpus = Corpus::open(Some(Path::new("data/practice")))?;
//!
//! // Write the graph in every format, and a record of each document.
//! let folder = tempfile::tempdir()?;
//! let build = corpus.build(Some(&folder.path().join("build")), WantedRecords::OfDocuments, &options)?;
//! assert_eq!(build.expect("the corpus has no errors").records, 12);
//!
//! // Ask a stored query: what was sent in what?
//! let catalogue = corpus.catalogue();
//! let question = corpus.ask(catalogue.find("enclosures")?, Vec::new(), &options)?;
//! let mut answer = Vec::new();
//! question.expect("the corpus has no errors").write(AnswerFormat::find("csv", 0)?, &mut answer)?;
//! assert!(String::from_utf8(answer)?.contains("document/list-of-cracks#it"));
//! # Ok(())
//! # }
//! ```
//!
//! Data flows one way:
//!
//! ```text
//! sources ─▶ input ─▶ records ─┬─▶ graph ─▶ gate ─┬─▶ export   Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD
//!                              │                  └─▶ store ─▶ query
//!                              └─▶ export   records, and whatever else visits them
//! ```
//!
//! 1. [`project`] says what the corpus is called and where its sources are.
//! 2. [`input`] turns source files into the plain records of [`model`] and collects [`diagnostic`]s.
//! 3. A [`RecordVisitor`](model::RecordVisitor) takes the records of all sources. [`graph`] is one: it turns them into
//!    quads, in a fixed order, past the gate that no claim's content passes.
//! 4. [`export`] writes quads and records as they come; [`store`] holds quads for the questions of [`query`].
//! 5. [`datasets`] mounts what others say, [`reconcile`] compares it, [`check`] looks for what cannot be.
//!
//! The library has no network code, reads no clock and no environment, and prints nothing.

pub mod check;
pub mod corpus;
pub mod datasets;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod graph;
pub mod input;
pub mod model;
pub mod output;
pub mod progress;
pub mod project;
pub mod query;
pub mod reconcile;
pub mod source;
pub mod sssom;
pub mod store;
pub mod tree;
pub mod vocabulary;
