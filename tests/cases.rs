//! One test for each folder `tests/cases/GROUP/NAME`, called `GROUP/NAME`; `tests/README.md` says what is in such a
//! folder.

#[path = "suite/support.rs"]
mod support;

use libtest_mimic::{Arguments, Failed, Trial};
use regesta::diagnostic::Code;
use regesta::export::Format;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::{copy_case, expect, load, regesta, repository, text};

/// What may be in the folder of a case.
const CASE_ENTRIES: &[&str] = &[
    "input",
    "texts",
    "outside",
    "outside.md",
    "outside.toml",
    "command",
    "expected.diagnostics",
    "expected.trig",
    "expected.datasets.nq",
];

/// What is in the folder of the cases beside the groups.
const FILES_BESIDE_GROUPS: &[&str] = &[".gitattributes", "regesta.toml"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = find_cases();
    let mut trials: Vec<Trial> = cases.iter().map(|case| trial(case.clone())).collect();
    trials.push(Trial::test("every_group_is_in_the_readme", every_group_is_in_the_readme));
    trials.push(Trial::test("every_folder_of_a_group_is_a_case", every_folder_of_a_group_is_a_case));
    trials.push(Trial::test("every_code_has_a_case_that_causes_it", move || every_code_has_a_case(&cases)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The folders of all cases, as `GROUP/NAME`.
fn find_cases() -> Vec<String> {
    let names = |folder: &Path| entries(folder).into_iter().filter(|path| path.is_dir()).map(|path| name(&path));
    let root = repository().join("tests/cases");
    let groups = names(&root);
    groups.flat_map(|group| names(&root.join(&group)).map(move |case| format!("{group}/{case}"))).collect()
}

/// What is in a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
    entries.sort();
    entries
}

fn name(path: &Path) -> String {
    path.file_name().expect("an entry has a name").to_string_lossy().into_owned()
}

fn trial(case: String) -> Trial {
    Trial::test(case.clone(), move || {
        let differences = run(&case)?;
        if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
    })
}

/// What of a case differs from its expected files.
fn run(case: &str) -> Result<Vec<String>, Failed> {
    let folder = repository().join("tests/cases").join(case);
    check_entries(&folder)?;
    let copy = copy_case(case);
    let input = copy.path().join("input");
    if let Ok(command) = fs::read_to_string(folder.join("command")) {
        let words: Vec<&str> = command.split_whitespace().chain(["--message-format", "short"]).collect();
        let shown = text(&regesta(&input, &words).stderr);
        return Ok(expect(&folder.join("expected.diagnostics"), &shown).into_iter().collect());
    }
    let texts = copy.path().join("texts");
    let loaded = load(&input, texts.is_dir().then_some(texts.as_path())).check();
    let mut differences = Vec::from_iter(expect(&folder.join("expected.diagnostics"), &loaded.short()));
    let graph = folder.join("expected.trig");
    if graph.exists() {
        let format = Format::find("trig").expect("the table has TriG");
        differences.extend(expect(&graph, &loaded.export(format)));
    }
    let datasets = folder.join("expected.datasets.nq");
    if datasets.exists() {
        let lines: String = loaded.datasets.iter().map(|quad| format!("{quad} .\n")).collect();
        differences.extend(expect(&datasets, &lines));
    }
    Ok(differences)
}

/// Refuses a folder that has files of other names, files that are not compared, or no input.
fn check_entries(folder: &Path) -> Result<(), Failed> {
    let names: Vec<String> = entries(folder).iter().map(|path| name(path)).collect();
    if let Some(stray) = names.iter().find(|name| !CASE_ENTRIES.contains(&name.as_str())) {
        return Err(format!("a case has no {stray}; it may have {}", CASE_ENTRIES.join(", ")).into());
    }
    let input = folder.join("input");
    if !input.is_dir() || entries(&input).is_empty() {
        return Err("a case has a folder input, which is not empty".into());
    }
    let unused = ["texts", "expected.trig", "expected.datasets.nq"].into_iter().find(|name| folder.join(name).exists());
    match unused {
        Some(name) if folder.join("command").exists() => Err(format!("{name} is not used beside command").into()),
        _ => Ok(()),
    }
}

fn every_folder_of_a_group_is_a_case() -> Result<(), Failed> {
    let mut strays = Vec::new();
    for group in entries(&repository().join("tests/cases")) {
        if !group.is_dir() {
            strays.extend((!FILES_BESIDE_GROUPS.contains(&name(&group).as_str())).then_some(group));
            continue;
        }
        let cases = entries(&group);
        strays.extend(cases.is_empty().then_some(group));
        strays.extend(cases.into_iter().filter(|case| !case.is_dir()));
    }
    if strays.is_empty() { Ok(()) } else { Err(format!("neither a case nor a group of cases: {strays:?}").into()) }
}

fn every_group_is_in_the_readme() -> Result<(), Failed> {
    let readme = fs::read_to_string(repository().join("tests/README.md"))?;
    let lines = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let described: BTreeSet<&str> = lines.map(|(group, _)| group).collect();
    let groups = entries(&repository().join("tests/cases")).into_iter().filter(|path| path.is_dir());
    let missing: Vec<String> =
        groups.map(|path| name(&path)).filter(|name| !described.contains(name.as_str())).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("tests/README.md has no line for {missing:?}").into()) }
}

fn every_code_has_a_case(cases: &[String]) -> Result<(), Failed> {
    let mut caused = BTreeSet::new();
    for case in cases {
        let path = repository().join("tests/cases").join(case).join("expected.diagnostics");
        let text = fs::read_to_string(path).unwrap_or_default();
        let codes = text.lines().filter_map(|line| line.split_once('[')?.1.split_once(']'));
        caused.extend(codes.map(|(code, _)| code.to_owned()));
    }
    let without: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|name| !caused.contains(*name)).collect();
    // What a check of a corpus's own finds has the name of the check: check/own-check-rows.
    if without == ["own-check"] { Ok(()) } else { Err(format!("codes that no case causes: {without:?}").into()) }
}
