//! `regesta` turns a folder of documents (letters, open letters, dispatches) and authority files into a linked-data
//! knowledge graph: who wrote to whom, when and where, about which persons, places and events, and who claims what.
//!
//! The graph records who says what, where and how certainly; it never asserts what a document claims.
//!
//! Data flows one way:
//!
//! ```text
//! sources ─▶ read ─▶ model ─▶ graph ─┬─▶ export   Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD
//!                                    └─▶ store ─▶ query
//! ```
//!
//! 1. [`project`] says what the corpus is called and where its sources are.
//! 2. [`read`] turns source files into the plain records of [`model`] and collects [`diagnostic`]s.
//! 3. [`graph`] turns records into quads, in a fixed order, past the gate that no claim's content passes.
//! 4. [`export`] writes quads as they come; [`store`] holds them for the questions of [`query`].
//!
//! The library has no network code, reads no clock and no environment, and prints nothing.

pub mod check;
pub mod corpus;
pub mod datasets;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod graph;
pub mod model;
pub mod output;
pub mod progress;
pub mod project;
pub mod query;
pub mod read;
pub mod reconcile;
pub mod source;
pub mod sssom;
pub mod store;
pub mod tree;
pub mod vocabulary;
