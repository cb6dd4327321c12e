//! The text that the sample is about: it is not part of the repository, and what the sample says of it is true.

use crate::support::{load, repository};
use crate::with_folder;
use libtest_mimic::{Failed, Trial};
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const TEXTS: &str = "../shared/seed";

/// The words in a row that no file of the repository may share with the text: more than the name of one group has.
const LENGTH: usize = 9;

pub(crate) fn trials() -> [Trial; 2] {
    [
        with_folder("sample/every_range_is_verified", TEXTS, every_range_is_verified),
        with_folder("sample/no_sentence_is_in_the_repository", TEXTS, no_sentence_is_in_the_repository),
    ]
}

/// Every range holds its words.
fn every_range_is_verified(texts: &Path) -> Result<(), Failed> {
    let mut loaded = load(&repository().join("data/exchange-2017"), None);
    let ranges = loaded.corpus.records().annotations.len() + loaded.corpus.records().claims.len();
    let with = loaded.corpus.verify(Some(texts)).expect("the folder can be read");
    assert_eq!(loaded.short(), "");
    assert_eq!((with.verified, with.unverified), (ranges, 0));
    Ok(())
}

fn no_sentence_is_in_the_repository(texts: &Path) -> Result<(), Failed> {
    let paths = fs::read_dir(texts).expect("the folder can be read");
    let paths = paths.map(|entry| entry.expect("the folder can be read").path());
    let mut runs: HashSet<Vec<String>> = HashSet::new();
    for path in paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        runs.extend(words(&fs::read_to_string(path).expect("it is UTF-8")).windows(LENGTH).map(<[String]>::to_vec));
    }
    assert!(!runs.is_empty());
    let files = Command::new("git").arg("ls-files").current_dir(repository()).output()?;
    assert!(files.status.success(), "git lists no files: {}", String::from_utf8_lossy(&files.stderr));
    for path in String::from_utf8_lossy(&files.stdout).lines() {
        let Ok(content) = fs::read_to_string(repository().join(path)) else { continue };
        for run in words(&content).windows(LENGTH) {
            assert!(!runs.contains(run), "{path} has words of the text: {}", run.join(" "));
        }
    }
    Ok(())
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
