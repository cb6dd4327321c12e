//! What the machine, the configuration or a query did wrong. What is wrong in the sources is a
//! [`Diagnostic`](crate::diagnostic::Diagnostic), never an `Error`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A failure that stops what was asked for.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be used; `act` says what was tried, as in "read".
    File {
        /// What was tried, in words that read well before the path.
        act: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// What was asked for cannot be done as asked: wrong option, wrong parameter, no such thing.
    Usage {
        /// One sentence that says what is wrong.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// A query that cannot be run, or that failed while it ran.
    Query {
        /// The query's name, or where its text came from.
        name: String,
        /// One sentence that says what is wrong.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// A limit of time or memory was met.
    Limit {
        /// One sentence that says which limit, and what met it.
        message: String,
        /// How to raise it, or how to need less.
        help: Option<String>,
    },
    /// The store of quads failed; `act` says what was tried, as in "fill the store".
    Storage {
        /// What was tried.
        act: &'static str,
        /// What the store answered.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Writing the output failed, as when the reader of a pipe is gone.
    Output(io::Error),
}

impl Error {
    /// A failure of the file system at `path`.
    pub fn file(act: &'static str, path: impl AsRef<Path>, source: io::Error) -> Self {
        Self::File { act, path: path.as_ref().to_owned(), source }
    }

    /// A wrong request, with what to do about it.
    pub fn usage(message: impl Into<String>, help: impl Into<Option<String>>) -> Self {
        Self::Usage { message: message.into(), help: help.into() }
    }

    /// A failure of the store.
    pub fn storage(act: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Storage { act, source: source.into() }
    }

    /// What to do about it, where there is something to say.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Usage { help, .. } | Self::Query { help, .. } | Self::Limit { help, .. } => help.as_deref(),
            Self::File { .. } | Self::Storage { .. } | Self::Output(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { act, path, source } => write!(formatter, "cannot {act} {}: {source}", path.display()),
            Self::Storage { act, source } => write!(formatter, "cannot {act}: {source}"),
            Self::Usage { message, .. } | Self::Limit { message, .. } => formatter.write_str(message),
            Self::Query { name, message, .. } => write!(formatter, "query {name}: {message}"),
            Self::Output(source) => write!(formatter, "cannot write the output: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } | Self::Output(source) => Some(source),
            Self::Storage { source, .. } => Some(&**source),
            Self::Usage { .. } | Self::Query { .. } | Self::Limit { .. } => None,
        }
    }
}

/// The result of what can fail for reasons outside the sources.
pub type Result<T> = std::result::Result<T, Error>;
