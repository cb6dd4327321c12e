//! The shape of the code: who may use whom, and what the library never does.

use crate::support::repository;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules each module of the library may use; those of the second list may be used by all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("error", &[]),
    ("source", &[]),
    ("tree", &[]),
    ("vocabulary", &[]),
    ("output", &[]),
    ("progress", &[]),
    ("sssom", &["model", "project", "tree", "vocabulary"]),
    ("project", &["model", "tree", "output"]),
    ("model", &[]),
    ("input", &["model", "project", "sssom", "tree", "vocabulary"]),
    ("graph", &["model", "project", "vocabulary"]),
    ("export", &["model", "project", "graph", "vocabulary"]),
    ("check", &["model", "project", "input", "reconcile", "graph", "export", "query", "store", "vocabulary"]),
    ("datasets", &["model", "project", "input", "graph", "export", "vocabulary"]),
    ("reconcile", &["model", "project", "graph", "vocabulary"]),
    ("store", &["graph", "vocabulary"]),
    ("query", &["model", "project", "graph", "export", "store", "tree", "vocabulary"]),
    (
        "corpus",
        &[
            "model",
            "project",
            "input",
            "graph",
            "export",
            "check",
            "datasets",
            "reconcile",
            "sssom",
            "output",
            "store",
            "query",
        ],
    ),
];
const USED_BY_ALL: &[&str] = &["diagnostic", "error", "source", "progress"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = walk.map(|entry| entry.expect("the sources can be read").into_path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// The part of a file that is not its tests, without comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("sources are UTF-8");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let root = repository().join("src");
    for path in sources(&root) {
        let below = path.strip_prefix(&root).expect("the walk stays below").to_string_lossy().into_owned();
        let module = below.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        if ["main", "lib", "cli"].contains(&module.as_str()) {
            continue;
        }
        let (_, allowed) =
            MAY_USE.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("{module} is not in the table"));
        let code = code(&path);
        for (at, _) in code.match_indices("crate::") {
            let used: String = code[at + 7..]
                .chars()
                .take_while(|character| character.is_ascii_lowercase() || *character == '_')
                .collect();
            let fine = used.is_empty()
                || used == module
                || USED_BY_ALL.contains(&used.as_str())
                || allowed.contains(&used.as_str());
            assert!(fine, "{below} uses {used}");
        }
    }
}

/// What of the library the commands use: the use cases, and what is shown.
const USED_BY_COMMANDS: &[&str] = &["corpus", "diagnostic", "error", "progress"];

#[test]
fn commands_use_nothing_behind_the_use_cases() {
    for path in sources(&repository().join("src/cli")) {
        let code = code(&path);
        for (at, _) in code.match_indices("regesta::") {
            let used: String = code[at + 9..].chars().take_while(char::is_ascii_lowercase).collect();
            assert!(USED_BY_COMMANDS.contains(&used.as_str()), "{} uses {used}", path.display());
        }
    }
}

#[test]
fn the_library_prints_nothing_and_reads_no_clock_and_no_environment() {
    let root = repository().join("src");
    for path in sources(&root).into_iter().filter(|path| !path.starts_with(root.join("cli"))) {
        let code = code(&path);
        for never in [
            "println!",
            "eprintln!",
            "print!(",
            "std::env",
            "SystemTime",
            "Instant::now",
            "std::net",
            "todo!",
            "unimplemented!",
            "dbg!",
        ] {
            assert!(!code.contains(never), "{} has {never}", path.display());
        }
    }
}

#[test]
fn every_file_says_at_its_top_what_it_is_for() {
    for path in sources(&repository().join("src")).into_iter().chain(sources(&repository().join("tests"))) {
        let text = fs::read_to_string(&path).expect("sources are UTF-8");
        assert!(text.starts_with("//! "), "{} has no first line that says what it is for", path.display());
    }
}

#[test]
fn the_store_is_built_without_a_network_client() {
    let lock = fs::read_to_string(repository().join("Cargo.lock")).expect("the lock file is there");
    let packages: BTreeSet<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    for never in ["reqwest", "hyper", "ureq", "oxhttp", "rustls", "oxrocksdb-sys"] {
        assert!(!packages.contains(never), "{never} is in the tree");
    }
}
