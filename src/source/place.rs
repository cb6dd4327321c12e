//! Places in source files.

/// Which of the [`Sources`](crate::source::Sources) a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(super) u32);

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The line, from 1; 0 stands for the file as a whole.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// How many code points of the line are meant.
    pub length: u32,
}
