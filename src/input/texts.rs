//! Texts that are outside the corpus folder: found by their digest, and every range verified in them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::{Error, Result};
use crate::input::link::words_differ;
use crate::model::{Passage, Records, Text};
use crate::source::{FILE_LIMIT, sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// How many ranges of absent texts were looked at, and how many could not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Ranges that lie in a text that was found, with their words where any are given.
    pub verified: usize,
    /// Ranges whose text is not at hand.
    pub unverified: usize,
}

/// Verifies every range of an absent text against the files of a folder; without a folder, counts the ranges.
pub fn verify(records: &Records, texts: Option<&Path>, diagnostics: &mut Diagnostics) -> Result<Verification> {
    let found = match texts {
        Some(folder) => by_digest(folder, records)?,
        None => BTreeMap::new(),
    };
    let mut at_hand: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    let mut absent: Vec<&str> = Vec::new();
    for document in &records.documents {
        let Some(Text::Absent { digest, length, span }) = &document.text else { continue };
        absent.push(&document.id.slug);
        match found.get(digest) {
            Some(text) => {
                let characters: Vec<char> = text.chars().collect();
                if characters.len() != *length {
                    let message = format!("the text has {} code points, not {length}", characters.len());
                    diagnostics.push(Diagnostic::new(Code::DigestDiffers, *span, message));
                }
                at_hand.insert(&document.id.slug, characters);
            }
            None if texts.is_some() => {
                let message = format!("no file among the texts has the SHA-256 {digest}");
                diagnostics.push(Diagnostic::new(Code::TextNotFound, *span, message));
            }
            None => {}
        }
    }
    let mut verification = Verification::default();
    for passage in passages(records) {
        if let Some(characters) = at_hand.get(&*passage.text) {
            verification.verified += 1;
            verify_words(passage, characters, diagnostics);
        } else if absent.contains(&&*passage.text) {
            verification.unverified += 1;
        }
    }
    Ok(verification)
}

fn verify_words(passage: &Passage, characters: &[char], diagnostics: &mut Diagnostics) {
    match (characters.get(passage.range.clone()), &passage.words) {
        (None, _) => {
            let message = format!("{} to {} lies outside the text", passage.range.start, passage.range.end);
            diagnostics.push(Diagnostic::new(Code::RangeOutsideText, passage.span, message));
        }
        (Some(there), Some(words)) if !there.iter().copied().eq(words.chars()) => {
            let span = passage.words_span.unwrap_or(passage.span);
            diagnostics.push(words_differ(span, &there.iter().collect::<String>()));
        }
        _ => {}
    }
}

/// Every passage that an annotation or a claim is about.
fn passages(records: &Records) -> impl Iterator<Item = &Passage> {
    let annotations = records.annotations.iter().map(|annotation| &annotation.passage);
    let claims = records.claims.iter().filter_map(|claim| claim.passage.as_ref());
    annotations.chain(claims)
}

/// The corpus's absent texts that a folder holds, by their SHA-256; what is too large or not UTF-8 cannot be one.
fn by_digest(folder: &Path, records: &Records) -> Result<BTreeMap<String, String>> {
    let named = |digest: &String| {
        let mut texts = records.documents.iter().filter_map(|document| document.text.as_ref());
        texts.any(|text| matches!(text, Text::Absent { digest: named, .. } if named == digest))
    };
    let mut texts = BTreeMap::new();
    for entry in WalkDir::new(folder).follow_links(false).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            Error::file("look through the texts in", path, error.into())
        })?;
        let small = entry.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() <= FILE_LIMIT);
        if !small {
            continue;
        }
        let bytes = fs::read(entry.path()).map_err(|error| Error::file("read", entry.path(), error))?;
        let digest = sha256(&bytes);
        if let Some(text) = String::from_utf8(bytes).ok().filter(|_| named(&digest)) {
            texts.insert(digest, text);
        }
    }
    Ok(texts)
}
