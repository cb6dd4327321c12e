//! Visitors of the records of all sources: a count as the example of a new output, and records of letters.

use crate::support::{OPTIONS, put, regesta, text};
use regesta::corpus::Corpus;
use regesta::model::{Accumulated, Accumulator, Action, SourceRecords};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

// docs: a new output
/// How many letters there are of each year.
#[derive(Default)]
struct LettersPerYear(BTreeMap<String, usize>);

impl Accumulator for LettersPerYear {
    fn fresh(&self) -> Self {
        Self::default()
    }

    fn add(&mut self, records: &SourceRecords<'_>) {
        for letter in records.letters {
            let sent = letter.document.actions.iter().find(|action| action.kind == "sent").and_then(Action::date);
            let day = sent.and_then(|date| date.earliest.as_deref()).unwrap_or("no date");
            *self.0.entry(day.split('-').next().unwrap_or(day).to_owned()).or_default() += 1;
        }
    }

    fn merge(&mut self, later: Self) {
        later.0.into_iter().for_each(|(year, count)| *self.0.entry(year).or_default() += count);
    }
}
// end of the example

const PROJECT: &str = "title = \"V\"\nbase = \"https://example.org/v/\"\nlanguage = \"en\"\n\n[sources]\n\
                       tei = [\"tei/*.xml\"]\ncmif = [\"*.cmif.xml\"]\ntables = [\"*.csv\"]\n";

/// A corpus with letters of all formats, of which one list breaks off after its first letters, and a document.
fn corpus() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| put(folder.path(), path, text);
    write("regesta.toml", PROJECT);
    write("documents/note.md", "---\nkind: letter\ntitle: A note\n---\nSir.\n");
    let description = |year: u32| {
        format!(
            "<correspDesc key=\"k{year}\"><correspAction type=\"sent\"><persName \
             ref=\"https://d-nb.info/gnd/118540238\">A</persName><date when=\"{year}\"/></correspAction><correspAction \
             type=\"received\"><persName>B</persName></correspAction></correspDesc>"
        )
    };
    let tei = |header: &str, text: &str| {
        format!(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>\
             </fileDesc><profileDesc>{header}</profileDesc></teiHeader>{text}</TEI>"
        )
    };
    write("tei/one.xml", &tei(&description(1801), "<text><body><p>Sir.</p></body></text>"));
    write("tei/two.xml", &tei(&description(1802), "<text><body><p>Sir.</p></body></text>"));
    let many: String = (0..3).map(|_| description(1803)).collect();
    write("good.cmif.xml", &tei(&many, ""));
    // More than one part, the last of which is not well formed.
    let many: String = (0..500).map(|_| description(1804)).collect();
    write("bad.cmif.xml", &tei(&format!("{many}<correspDesc></wrong></correspDesc>"), ""));
    write("letters.csv", "sender,recipient,date\nA,B,1801-02-03\nA,B,\n");
    folder
}

#[test]
fn a_new_output_counts_letters_per_year() {
    let folder = corpus();
    let mut corpus = Corpus::open(Some(folder.path())).expect("there is a project file");
    corpus.read(&OPTIONS);
    let mut years = Accumulated::new(LettersPerYear::default());
    corpus.visit(&mut years, &OPTIONS).expect("memory takes it");
    let expected = [("1801", 2), ("1802", 1), ("1803", 3), ("no date", 1)];
    assert_eq!(years.finish().0, expected.map(|(year, count)| (year.to_owned(), count)).into());
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn build(folder: &Path, records: &str) -> String {
    let output = regesta(folder, &["build", "--records", records]);
    assert_eq!(output.status.code(), Some(1), "one list is left out: {}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn letters_have_records_where_they_are_asked_for() {
    let folder = corpus();
    let summary = build(folder.path(), "documents");
    assert!(summary.ends_with("and 1 record\n"), "{summary}");
    assert!(!folder.path().join("build/letters.jsonl").exists());
    let dataset = fs::read(folder.path().join("build/dataset.nq")).expect("it was written");
    let summary = build(folder.path(), "all");
    assert!(summary.ends_with("and 8 records\n"), "{summary}");
    assert_eq!(fs::read(folder.path().join("build/dataset.nq")).expect("it was written"), dataset);
    let letters = fs::read_to_string(folder.path().join("build/letters.jsonl")).expect("it was written");
    let letters = lines(&letters);
    assert_eq!(letters.len(), 7);
    assert_eq!(letters[0]["id"], "document/one#it");
    assert_eq!(letters[0]["@context"][1]["@base"], "https://example.org/v/");
    let report = fs::read_to_string(folder.path().join("build/report.json")).expect("it was written");
    assert!(report.contains("\"letters.jsonl\""), "{report}");
}

#[test]
fn records_are_a_format_of_their_own() {
    let folder = corpus();
    let output = regesta(folder.path(), &["export", "records"]);
    let records = lines(&text(&output.stdout));
    let ids: Vec<&str> = records.iter().filter_map(|record| record["id"].as_str()).collect();
    assert_eq!(ids[..3], ["document/note#it", "document/one#it", "document/two#it"]);
    assert_eq!(ids.len(), 8);
    let one = regesta(folder.path(), &["-j", "1", "export", "records"]);
    assert_eq!(one.stdout, output.stdout, "the number of threads makes no difference");
}

#[test]
fn the_example_of_a_new_output_is_the_one_that_is_tested() {
    let here = include_str!("visitor.rs");
    let example =
        here.split_once("// docs: a new output\n").and_then(|(_, rest)| rest.split_once("// end of the example"));
    let (example, _) = example.expect("it is marked");
    assert!(example.trim().lines().count() < 30, "an output is a small thing");
    assert!(include_str!("../../CONTRIBUTING.md").contains(example.trim()), "CONTRIBUTING.md has another example");
}
