//! Whether datasets are the ones that the corpus was joined with.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::project::{LOCK_FILE, Project, SourceFiles};
use crate::source::{Digest, FileId, Sources, sha256};

/// The digest that a dataset is pinned with: the SHA-256 of its file; of several files, that of their digests and
/// paths, a line each, as `sha256sum` writes them. Nothing where a file cannot be read.
pub fn digest(sources: &Sources, files: &[FileId], diagnostics: &mut Diagnostics) -> Option<String> {
    let digests = files.iter().filter_map(|file| Some((*file, diagnostics.take(sources.digest(*file))?)));
    let digests: Vec<(FileId, Digest)> = digests.collect();
    match digests.as_slice() {
        some if some.len() < files.len() => None,
        [(_, digest)] => Some(digest.to_string()),
        several => {
            let line = |(file, digest): &(FileId, Digest)| format!("{digest}  {}\n", sources.path(*file));
            Some(sha256(several.iter().map(line).collect::<String>().as_bytes()))
        }
    }
}

/// Reports datasets that are not pinned, or whose files are not what was pinned.
pub fn check_pins(project: &Project, sources: &Sources, files: &SourceFiles, diagnostics: &mut Diagnostics) {
    for (dataset, files) in project.datasets.iter().zip(&files.datasets).filter(|(_, files)| !files.is_empty()) {
        let Some(digest) = digest(sources, files, diagnostics) else { continue };
        let name = &dataset.name;
        // A corpus of a joint project has a lock file of its own.
        let place = sources.folder().map_or_else(String::new, |folder| format!(" -C {folder}"));
        let diagnostic = match project.lock.pins.get(name) {
            Some(pin) if pin.sha256 == digest => continue,
            Some(_) => {
                let message = format!("the dataset \"{name}\" is no longer the one that the corpus was joined with");
                let help = format!(
                    "put the old file back; or, if the new one is meant, see what it changes with: regesta lock {name}{place}"
                );
                Diagnostic::new(Code::DatasetChanged, dataset.span, message).help(help)
            }
            None => {
                let message = format!("the dataset \"{name}\" is not pinned in {LOCK_FILE}");
                Diagnostic::new(Code::DatasetNotLocked, dataset.span, message)
                    .help(format!("run: regesta lock {name}{place}"))
            }
        };
        diagnostics.push(diagnostic);
    }
}
