//! The files of a run, by their paths.

use crate::source::{FileId, Span};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of a run, in the order in which they are read.
#[derive(Clone, Debug)]
pub struct Sources {
    pub(super) root: PathBuf,
    paths: Vec<Arc<str>>,
    /// The folder that a corpus of a joint project is in, and the paths with it.
    within: Option<(String, Vec<Arc<str>>)>,
}

impl Sources {
    /// No files yet, below the folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), paths: Vec::new(), within: None }
    }

    /// No files yet, below a folder of a joint project that is at `root`; `folder` is shown before their paths.
    pub fn within(root: &Path, folder: &str) -> Self {
        Self { root: root.join(folder), paths: Vec::new(), within: Some((folder.to_owned(), Vec::new())) }
    }

    /// Takes up a file by its path below the root, with `/` between its parts.
    pub fn add(&mut self, path: impl Into<Arc<str>>) -> FileId {
        let path = path.into();
        if let Some((folder, shown)) = &mut self.within {
            shown.push(format!("{folder}/{path}").into());
        }
        self.paths.push(path);
        FileId(u32::try_from(self.paths.len() - 1).expect("a corpus has fewer than 2^32 files"))
    }

    /// The file's path below the root, with `/` between its parts.
    pub fn path(&self, file: FileId) -> &str {
        &self.paths[file.0 as usize]
    }

    /// The file's name without its folder and ending.
    pub fn stem(&self, file: FileId) -> &str {
        let path = self.path(file);
        let name = path.rsplit('/').next().unwrap_or(path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The file's path as it is shown: in a joint project with the folder of its corpus.
    pub fn shown(&self, file: FileId) -> &str {
        self.within.as_ref().map_or_else(|| self.path(file), |(_, shown)| &shown[file.0 as usize])
    }

    /// The folder of a joint project that they are below.
    pub fn folder(&self) -> Option<&str> {
        self.within.as_ref().map(|(folder, _)| folder.as_str())
    }

    /// The same path without that, to be kept.
    pub fn shared_path(&self, file: FileId) -> Arc<str> {
        self.paths[file.0 as usize].clone()
    }

    /// The folder that all paths are below.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.paths.len()).expect("a corpus has fewer than 2^32 files")).map(FileId)
    }

    /// The place of a file as a whole.
    pub fn whole(file: FileId) -> Span {
        Span { file, line: 0, column: 0, length: 0 }
    }
}
