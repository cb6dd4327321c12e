//! Source files: their bytes, their lines, and the places in them that diagnostics point to.

mod digest;
mod files;
mod open;
mod place;
mod stream;
mod text;

pub use digest::{Digest, file_digest, hexadecimal, sha256, short_digest};
pub use files::Sources;
pub use open::{FILE_LIMIT, Lines, forbidden, is_forbidden};
pub use place::{FileId, Span};
pub use stream::{Stream, Unpacked};
pub use text::SourceText;
