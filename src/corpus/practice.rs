//! The practice corpus: a folder of invented documents for a newcomer to change.

use crate::error::{Error, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

macro_rules! files {
    ($($path:literal)+) => {
        /// The files of `data/practice/`. A test keeps the list and the folder equal.
        const FILES: &[(&str, &[u8])] = &[$(($path, include_bytes!(concat!("../../data/practice/", $path))),)+];
    };
}

files! {
    ".gitattributes"
    "SOURCES.md"
    "annotations/book.csv"
    "authorities/concepts.csv"
    "authorities/events.csv"
    "authorities/groups.csv"
    "authorities/memberships.csv"
    "authorities/organisations.csv"
    "authorities/persons.csv"
    "authorities/places.csv"
    "authorities/posts.csv"
    "authorities/quantities.csv"
    "authorities/works.csv"
    "claims/answer.csv"
    "claims/book.csv"
    "claims/dispatch.csv"
    "claims/gazette.csv"
    "claims/list-of-cracks.csv"
    "claims/open-letter.csv"
    "claims/petition.csv"
    "claims/second-warning.csv"
    "claims/telegram.csv"
    "claims/warning.csv"
    "datasets/handbook.ttl"
    "datasets/ministry-letters.xml"
    "documents/answer.md"
    "documents/book-letter.md"
    "documents/book-translation.md"
    "documents/book.md"
    "documents/dispatch.md"
    "documents/gazette.md"
    "documents/list-of-cracks.md"
    "documents/open-letter.md"
    "documents/petition.md"
    "documents/second-warning.md"
    "documents/telegram.md"
    "documents/warning.md"
    "links/handbook.sssom.tsv"
    "links/ministry.sssom.tsv"
    "queries/letters-from-place.rq"
    "regesta.lock"
    "regesta.toml"
}

/// Writes the practice corpus into a folder; how many files it has.
///
/// # Errors
///
/// If the folder is not empty, or cannot be read or written.
pub fn write_practice_corpus(folder: &Path) -> Result<usize> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => {
            let message = format!("{} is not empty, so nothing was written", folder.display());
            return Err(Error::usage(message, "name a new folder".to_owned()));
        }
        Ok(false) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Error::file("look into", folder, error)),
    }
    for (path, bytes) in FILES {
        write(&folder.join(path), bytes)?;
    }
    Ok(FILES.len())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| Error::file("create the folder", parent, error))?;
    }
    fs::write(path, bytes).map_err(|error| Error::file("write", path, error))
}
