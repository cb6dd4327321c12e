//! Records to quads, in a fixed order: the same records give the same quads in the same order.
//!
//! All statements of a file about a thing stand together, where it is described with its types and its label first.
//! There are no blank nodes.

mod annotation;
mod authority;
mod catalogue;
mod claim;
mod description;
mod document;
mod document_graphs;
mod emitter;
mod gate;
mod iri;
mod mapping;
mod quad_list;
mod statement;
mod statistics;
mod visitor;

pub use authority::class;
pub use description::{Distribution, describe_build};
pub use document_graphs::DocumentGraphs;
pub use gate::{Gate, Guard};
pub use iri::Iris;
pub use mapping::candidates;
pub use quad_list::{KeptQuads, QuadList};
pub use statement::{GraphTarget, Sink, Statement};
pub use statistics::{Counted, Statistics};
pub use visitor::{GraphPart, GraphVisitor};
