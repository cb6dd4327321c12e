//! The same sources give the same bytes, whatever the number of threads and the order in which files were made.

use crate::support::{copy, corpora, regesta};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("the folder can be read");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("the walk stays below").to_owned();
            files.insert(path, fs::read(entry.path()).expect("the file can be read"));
        }
    }
    files
}

/// Copies the files of a folder one by one, the last first.
fn copy_backwards(from: &Path, to: &Path) {
    for (path, bytes) in tree(from).into_iter().rev() {
        let target = to.join(path);
        fs::create_dir_all(target.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(target, bytes).expect("a file can be written");
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    for corpus in corpora() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (first, second) = (folder.path().join("first"), folder.path().join("a folder with another name/second"));
        copy(&corpus, &first);
        copy_backwards(&corpus, &second);
        let mut results = Vec::new();
        for (root, threads) in [(&first, "1"), (&first, "4"), (&second, "1"), (&second, "7")] {
            let output = regesta(root, &["build", "-j", threads]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            results.push(tree(&root.join("build")));
        }
        assert!(results[0].len() > 10, "a build writes files");
        for result in &results[1..] {
            for (path, bytes) in &results[0] {
                assert!(result.get(path) == Some(bytes), "{} differs", path.display());
            }
            assert_eq!(result.len(), results[0].len());
        }
    }
}
