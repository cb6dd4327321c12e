//! Every folder of `tests/cases`: what is in `input/` causes exactly `expected.diagnostics`, and, where it is there,
//! becomes exactly `expected.trig`; where `expected.datasets.nq` is there, the datasets say exactly that. Where `command` is
//! there, the program is called with it.

use crate::support::{Loaded, assert_nothing, copy, expect, load, put, regesta, repository};
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

/// What the program itself finds wrong when it is called like this, in a copy of the corpus.
fn called(corpus: &Path, command: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(corpus, folder.path());
    let words: Vec<&str> = command.split_whitespace().chain(["--message-format", "short"]).collect();
    let output = regesta(folder.path(), &words);
    String::from_utf8(output.stderr).expect("diagnostics are UTF-8")
}

#[test]
fn every_case_has_its_diagnostics_and_its_graph() {
    let mut differences = Vec::new();
    let cases = cases();
    assert!(cases.len() > 50, "there are only {} cases", cases.len());
    for case in cases {
        if let Ok(command) = fs::read_to_string(case.join("command")) {
            let shown = called(&case.join("input"), &command);
            differences.extend(expect(&case.join("expected.diagnostics"), &shown));
            continue;
        }
        let loaded = load_case(&case);
        differences.extend(expect(&case.join("expected.diagnostics"), &loaded.short()));
        let graph = case.join("expected.trig");
        if graph.exists() && loaded.corpus.project().is_some() {
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
    // What a check of a corpus's own finds has the name of the check: cases/own-check/rows.
    assert_eq!(without, ["own-check"], "codes that no case causes");
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
    assert!(loaded.corpus.records().documents.iter().any(|document| &*document.id.slug == "good"));
}
