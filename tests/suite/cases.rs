//! Every folder of `tests/cases`: what is in `input/` causes exactly `expected.diagnostics`, and, where it is there,
//! becomes exactly `expected.trig`; where `expected.datasets.nq` is there, the datasets say exactly that. Where `arguments`
//! is there, the program itself checks the corpus, or the RDF file that is named first, with these.

use crate::support::{Loaded, assert_nothing, expect, load, put, regesta, repository};
use regesta::diagnostic::Code;
use regesta::export::Format;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let mut cases = Vec::new();
    for group in folders(&repository().join("tests/cases")) {
        cases.extend(folders(&group));
    }
    cases
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the cases are there");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("the cases can be read").path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

fn load_case(case: &Path) -> Loaded {
    let texts = case.join("texts");
    load(&case.join("input"), texts.is_dir().then_some(texts.as_path())).check()
}

/// What the program itself finds wrong with a corpus.
fn checked_by_the_program(corpus: &Path, arguments: &str) -> String {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let is_named = arguments.first().is_some_and(|first| !first.starts_with('-'));
    let checked: &[&str] = if is_named { &["check"] } else { &["check", "."] };
    let output = regesta(corpus, &[checked, &arguments, &["--message-format", "short"]].concat());
    String::from_utf8(output.stderr).expect("diagnostics are UTF-8")
}

#[test]
fn every_case_has_its_diagnostics_and_its_graph() {
    let mut differences = Vec::new();
    let cases = cases();
    assert!(cases.len() > 50, "there are only {} cases", cases.len());
    for case in cases {
        let arguments = case.join("arguments");
        if let Ok(arguments) = fs::read_to_string(arguments) {
            let shown = checked_by_the_program(&case.join("input"), &arguments);
            differences.extend(expect(&case.join("expected.diagnostics"), &shown));
            continue;
        }
        let loaded = load_case(&case);
        differences.extend(expect(&case.join("expected.diagnostics"), &loaded.short()));
        let graph = case.join("expected.trig");
        if graph.exists() && loaded.project.is_some() {
            let format = Format::find("trig").expect("the table has TriG");
            differences.extend(expect(&graph, &loaded.export(format)));
        }
        let datasets = case.join("expected.datasets.nq");
        if datasets.exists() {
            let lines: String = loaded.datasets.iter().map(|quad| format!("{quad} .\n")).collect();
            differences.extend(expect(&datasets, &lines));
        }
    }
    assert_nothing(differences);
}

#[test]
fn every_code_has_a_case_that_causes_it() {
    let mut caused = BTreeSet::new();
    for case in cases() {
        let text = fs::read_to_string(case.join("expected.diagnostics")).unwrap_or_default();
        for line in text.lines() {
            let code = line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(code, _)| code.to_owned());
            caused.extend(code);
        }
    }
    let without: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|name| !caused.contains(*name)).collect();
    // The test below makes files that are too large; one of `reconcile.rs`, names that too many things have. What a check of
    // a corpus's own finds has the name of the check: cases/own-check/rows.
    assert_eq!(without, ["file-too-large", "too-many-candidates", "own-check"], "codes that no case causes");
}

#[test]
fn what_is_too_large_is_refused_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| put(folder.path(), path, text);
    let head = "---\nkind: letter\ntitle: T\n---\n";
    write("regesta.toml", "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n");
    write("documents/brackets.md", &format!("{head}{}", "[".repeat(5000)));
    write("documents/stars.md", &format!("{head}{}", "*a **b ".repeat(2000)));
    write("documents/long.md", &format!("{head}{}", "word ".repeat(1_000_000)));
    write("documents/huge.md", &format!("{head}{}", " ".repeat(17 * 1024 * 1024)));
    write("documents/good.md", &format!("{head}Sir, all is well."));
    let loaded = load(folder.path(), None);
    let short = loaded.short();
    let codes: Vec<&str> = short.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    assert_eq!(codes, ["too-many-marks", "file-too-large", "file-too-large", "too-many-marks"], "{short}");
    assert!(loaded.corpus.documents.iter().any(|document| &*document.id.slug == "good"));
}
