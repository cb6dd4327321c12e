//! What is wrong in the sources: each problem with a stable code, its place, and what to do about it.

mod acceptance;
mod code;
mod code_groups;
mod group;
mod list;
mod nearest;
mod print;
mod problem;
mod severity;

pub use acceptance::Acceptance;
pub use code::Code;
pub use list::Diagnostics;
pub use nearest::nearest;
pub use print::{MessageFormat, print, visible};
pub use problem::{CheckOrigin, Diagnostic};
pub use severity::{POSSIBLE, Severities, Severity};
