//! XML within limits: what is well formed becomes a tree whose parts know whether they were used; what is not is a
//! diagnostic with its place.

mod element;
mod encoding;
mod full_parser;
mod limits;
mod markup;
mod nodes;
mod place;
mod simple_parser;
mod tree;

pub(super) use element::{Element, Step};
pub(super) use encoding::{declared_encoding, decode};
pub(super) use limits::DEPTH_LIMIT;
pub(super) use markup::{MarkupKind, Obstacle, markup};
pub(super) use place::TextOrigin;
pub(super) use tree::Tree;
pub use tree::is_well_formed;

/// For the fuzz target of XML: whether what the simple parser reads, the full parser reads alike.
#[cfg(fuzzing)]
pub fn agrees(text: &str) -> Result<(), String> {
    simple_parser::agrees(text)
}
