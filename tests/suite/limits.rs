//! What is too large is refused, and nothing else for its sake.

use crate::support::{load, put};

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
