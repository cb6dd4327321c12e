//! What is too large is refused, and nothing else for its sake.

use crate::support::{load, put};

#[test]
fn a_table_of_persons_that_is_too_large_is_left_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let project =
        "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n[sources]\npersons = [\"p.csv\"]\n";
    put(folder.path(), "regesta.toml", project);
    put(folder.path(), "documents/good.md", "---\nkind: letter\ntitle: T\n---\nSir, all is well.");
    put(folder.path(), "p.csv", "id,name\n1,Anna Vos\n");
    let table = std::fs::OpenOptions::new().write(true).open(folder.path().join("p.csv")).expect("it was written");
    // Nothing is written to make it so long, and nothing of it is read.
    table.set_len(64 * 1024 * 1024 + 1).expect("a file can be longer than what is in it");
    let short = load(folder.path(), None).short();
    let codes: Vec<&str> = short.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    assert_eq!(codes, ["file-too-large"], "{short}");
}

#[test]
fn what_is_too_large_is_refused_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| put(folder.path(), path, text);
    let head = "---\nkind: letter\ntitle: T\n---\n";
    write("regesta.toml", "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n");
    write("documents/notes.md", &format!("{head}{}\n\n[^a]: {}", "[^a]\n".repeat(1000), "word ".repeat(1000)));
    write("documents/long.md", &format!("{head}{}", "word ".repeat(1_000_000)));
    write("documents/huge.md", &format!("{head}{}", " ".repeat(17 * 1024 * 1024)));
    write("documents/good.md", &format!("{head}Sir, all is well."));
    let loaded = load(folder.path(), None);
    let short = loaded.short();
    let codes: Vec<&str> = short.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    assert_eq!(codes, ["file-too-large"; 3], "{short}");
    assert!(loaded.corpus.records().documents.iter().any(|document| &*document.id.slug == "good"));
}
