//! What the letters of a corpus call themselves: by these ids others point to them, whatever their files are called.

use crate::source::{FileId, Span};
use foldhash::fast::RandomState;
use smol_str::SmolStr;
use std::collections::HashMap;

/// A letter that calls itself by an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedLetter {
    pub(crate) slug: SmolStr,
    pub(crate) file: FileId,
    /// Where it says so.
    pub(crate) span: Span,
    /// Whether the id is an `xml:id`: of other ids, such as numbers, less is expected.
    pub(crate) is_xml_id: bool,
}

/// The letters by the ids that they call themselves by.
#[derive(Debug, Default)]
pub(crate) struct LetterIds {
    of: HashMap<SmolStr, IdOwner, RandomState>,
}

#[derive(Debug)]
struct IdOwner {
    first: NamedLetter,
    /// Another letter with the same id.
    other: Option<Box<NamedLetter>>,
}

/// The letter of an id.
#[derive(Debug)]
pub(crate) enum IdMeans<'a> {
    Nothing,
    Letter(&'a NamedLetter),
    /// Two letters have the id.
    Two(&'a NamedLetter, &'a NamedLetter),
}

impl LetterIds {
    /// Adds the id of a letter; an address counts as the same with and without what varies in addresses.
    pub(crate) fn add(&mut self, id: &str, letter: NamedLetter) {
        match self.of.get_mut(plain(id)) {
            None => {
                self.of.insert(plain(id).into(), IdOwner { first: letter, other: None });
            }
            Some(owner) if owner.first.slug == letter.slug => owner.first.is_xml_id |= letter.is_xml_id,
            Some(owner) => {
                owner.other.get_or_insert_with(|| Box::new(letter));
            }
        }
    }

    /// The letter that has an id.
    pub(crate) fn find(&self, id: &str) -> IdMeans<'_> {
        match self.of.get(plain(id)) {
            None => IdMeans::Nothing,
            Some(IdOwner { first, other: None }) => IdMeans::Letter(first),
            Some(IdOwner { first, other: Some(other) }) => IdMeans::Two(first, other),
        }
    }
}

/// An address without scheme and without a slash at its end; any other id as it is.
fn plain(id: &str) -> &str {
    let address = id.strip_prefix("https://").or_else(|| id.strip_prefix("http://"));
    address.map_or(id, |address| address.trim_end_matches('/'))
}
