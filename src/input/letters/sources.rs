//! The files of letters, what all threads read them with, and the letters that pointers into files lead to.

use crate::diagnostic::Diagnostic;
use crate::input::naming::authority_index::AuthorityIndex;
use crate::input::naming::letter_slugs::{FileSlugs, LetterNames, members};
use crate::input::naming::name_cache::{NameCache, SeenNames};
use crate::input::xml::{TextOrigin, Tree, decode};
use crate::project::{Project, SourceFiles};
use crate::source::{FileId, Sources};
use smol_str::SmolStr;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The most bytes that a TEI file may have; a list of letters may have any number.
pub(crate) const XML_FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// The files of letters, and what all threads read them with.
pub(crate) struct LetterSources<'a> {
    pub(crate) project: &'a Project,
    pub(crate) sources: &'a Sources,
    pub(crate) files: &'a SourceFiles,
    pub(crate) index: &'a AuthorityIndex,
    pub(crate) seen_names: SeenNames,
    pub(crate) slugs: FileSlugs,
    /// What threads remember that do no job now.
    caches: Mutex<Vec<NameCache>>,
    /// Of files that letters of others point into.
    letter_names: Mutex<HashMap<FileId, Arc<OnceLock<LetterNames>>>>,
}

impl<'a> LetterSources<'a> {
    /// Prepares the reading of the letters of a corpus.
    pub(crate) fn new(
        project: &'a Project,
        sources: &'a Sources,
        files: &'a SourceFiles,
        index: &'a AuthorityIndex,
    ) -> Self {
        let (seen_names, slugs) = (SeenNames::default(), FileSlugs::new(sources, files));
        let (caches, letter_names) = (Mutex::default(), Mutex::default());
        Self { project, sources, files, index, seen_names, slugs, caches, letter_names }
    }

    /// What a thread that does no job now has remembered.
    pub(crate) fn take_cache(&self) -> NameCache {
        self.caches.lock().expect("no thread panics while it holds the lock").pop().unwrap_or_default()
    }

    /// Keeps what a thread remembers until one does a job again.
    pub(crate) fn put_back(&self, cache: NameCache) {
        self.caches.lock().expect("no thread panics while it holds the lock").push(cache);
    }

    /// The letter of a file that pointers give this id.
    pub(crate) fn letter_of(&self, file: FileId, id: &str) -> Option<SmolStr> {
        let mut known = self.letter_names.lock().expect("no thread panics while it holds the lock");
        let names = known.entry(file).or_default().clone();
        drop(known);
        // Several threads can want the names of one file: it is read by the first.
        let names = names.get_or_init(|| {
            let is_document = self.files.documents.binary_search(&file).is_ok();
            let only = LetterNames { only: Some(self.slugs.of(file).clone()), by_id: HashMap::new() };
            if is_document { only } else { self.names_in(file).unwrap_or_default() }
        });
        names.only.as_ref().or_else(|| names.by_id.get(id)).cloned()
    }

    fn names_in(&self, file: FileId) -> Result<LetterNames, Diagnostic> {
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, TextOrigin::whole(file), None)?, TextOrigin::whole(file))?;
        let has_profile = self.project.profile.has_paths();
        Ok(LetterNames::of(&members(tree.root(), self.slugs.of(file), &self.slugs, has_profile)))
    }
}
