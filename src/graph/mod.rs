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
mod kept;
mod mapping;
mod statement;
mod statistics;
mod visitor;

pub use authority::class;
pub use description::{Distribution, describe_build};
pub use document_graphs::DocumentGraphs;
pub use gate::{Gate, Guard};
pub use iri::Iris;
pub use kept::{Kept, QuadList};
pub use mapping::candidates;
pub use statement::{Sink, Statement, Target};
pub use statistics::{Counted, Statistics};
pub use visitor::{GraphPart, GraphVisitor};
