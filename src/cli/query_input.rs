//! What was typed to ask a question: a query of one's own, and values of parameters.

use crate::cli::global::Global;
use crate::cli::print::{print_aside, problems};
use regesta::corpus::{self, StoredQuery};
use regesta::error::{Error, Result};
use std::io;
use std::path::Path;

/// Reads a query from a file; - is standard input.
pub(super) fn query(path: &Path, global: &Global) -> Result<StoredQuery> {
    let is_input = path == Path::new("-");
    let read =
        if is_input { corpus::read_query("standard input", &mut io::stdin()) } else { corpus::read_query_file(path) };
    let (query, diagnostics, sources) = read?;
    print_aside(&problems(&diagnostics, &sources, global)?);
    let name = if is_input { "standard input".to_owned() } else { path.display().to_string() };
    query
        .filter(|_| !diagnostics.has_errors())
        .ok_or_else(|| Error::usage(format!("the query in {name} cannot be used"), None))
}

/// Reads NAME=VALUE.
pub(super) fn parameter(written: &str) -> Result<(String, String)> {
    let (name, value) = written
        .split_once('=')
        .ok_or_else(|| Error::usage(format!("\"{written}\" is no parameter"), "write -p name=value".to_owned()))?;
    Ok((name.trim().to_owned(), value.to_owned()))
}
