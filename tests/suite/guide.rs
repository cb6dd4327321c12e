//! The README and the pages of the guide: their commands work and show what comes, and their links lead somewhere.

use crate::support::{copy, repository, text};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a page has a reader do.
#[derive(Debug)]
enum Step {
    /// Go to a folder below that of the page: `<!-- in: FOLDER -->`.
    Go(String),
    /// Write the next block into a file: `<!-- file: PATH -->`.
    Write { path: String, content: String },
    /// Type a command of a block marked `console`, and see what stands below it.
    Run { command: String, shown: String },
}

/// How a command says in the guide that it does not end well.
const STATUS: &str = "# ends with code ";

fn pages() -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(repository().join("docs")).sort_by_file_name().into_iter();
    let paths = walk.map(|entry| entry.expect("the guide can be read").into_path());
    let pages = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    [repository().join("README.md")].into_iter().chain(pages).collect()
}

fn read(page: &Path) -> String {
    fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()))
}

/// Every page in a fresh folder with a copy of `data/`, its commands in order; where it shows output, that is what comes.
#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_and_of_the_guide_work() {
    let pages = pages();
    let failures: Vec<String> = std::thread::scope(|scope| {
        let pages: Vec<_> = pages.iter().map(|page| scope.spawn(|| follow(page).err())).collect();
        pages.into_iter().filter_map(|page| page.join().expect("a page does not panic")).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let commands = |page: &PathBuf| steps(&read(page)).iter().filter(|step| matches!(step, Step::Run { .. })).count();
    assert!(commands(&pages[0]) > 5, "the README shows how to use the program");
    assert!(pages.iter().map(commands).sum::<usize>() > 40, "the guide shows how to use the program");
}

fn follow(page: &Path) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&repository().join("data"), &folder.path().join("data"));
    for corpus in ["exchange-2017", "practice"] {
        // One of the repository's own may be there.
        let _ = fs::remove_dir_all(folder.path().join("data").join(corpus).join("build"));
    }
    let mut current = folder.path().to_owned();
    for step in steps(&read(page)) {
        match step {
            Step::Go(path) => current = folder.path().join(path),
            Step::Write { path, content } => {
                let path = current.join(path);
                fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
                fs::write(path, content).expect("a file can be written");
            }
            Step::Run { command, shown } => {
                run(&command, &shown, folder.path(), &mut current)
                    .map_err(|problem| format!("{}: $ {command}\n{problem}", page.display()))?;
            }
        }
    }
    Ok(())
}

/// Runs a command in a shell; the folder that it ends in is where the next one begins.
fn run(command: &str, shown: &str, folder: &Path, current: &mut PathBuf) -> Result<(), String> {
    let at = folder.join(".pwd");
    let script =
        format!("exec 9>'{}' 2>&1\n{command}\nstatus=$?\nprintf '%s' \"$PWD\" >&9\nexit $status\n", at.display());
    let program = Path::new(env!("CARGO_BIN_EXE_regesta")).parent().expect("it is in a folder").to_owned();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut bash = Command::new("bash");
    bash.args(["-c", &script]).current_dir(&*current).env("PATH", path).env_remove("COLUMNS");
    let output = bash.output().expect("bash is there");
    *current = fs::read_to_string(at).map_or_else(|_| current.clone(), PathBuf::from);
    let found = text(&output.stdout);
    let wanted = command.rsplit_once(STATUS).map_or(0, |(_, code)| code.parse().expect("a code is a number"));
    if output.status.code() != Some(wanted) {
        return Err(format!("ended with {:?}\n{found}", output.status.code()));
    }
    if !shown.is_empty() && !matches(shown, &found) {
        return Err(format!("the page shows:\n{shown}\nfound:\n{found}"));
    }
    Ok(())
}

fn steps(page: &str) -> Vec<Step> {
    let (mut steps, mut file, mut block) = (Vec::new(), None, None);
    for event in Parser::new(page) {
        match event {
            Event::Html(html) => match comment(&html) {
                Some(("in", folder)) => steps.push(Step::Go(folder.to_owned())),
                Some(("file", path)) => file = Some(path.to_owned()),
                _ => {}
            },
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => block = Some((language, String::new())),
            Event::Text(text) => block.iter_mut().for_each(|(_, block)| block.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => {
                let Some((language, content)) = block.take() else { continue };
                match file.take() {
                    Some(path) => steps.push(Step::Write { path, content }),
                    None if &*language == "console" => steps.extend(commands(&content)),
                    None => {}
                }
            }
            _ => {}
        }
    }
    assert!(file.is_none(), "a block follows <!-- file: … -->");
    steps
}

/// The parts of `<!-- what: value -->`.
pub(crate) fn comment(html: &str) -> Option<(&str, &str)> {
    html.trim().strip_prefix("<!-- ")?.strip_suffix(" -->")?.split_once(": ")
}

/// The commands of a block, each with the output shown below it.
fn commands(block: &str) -> Vec<Step> {
    let mut found = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push(Step::Run { command: command.to_owned(), shown: String::new() }),
            (None, Some(Step::Run { command, shown })) if command.ends_with('\\') && shown.is_empty() => {
                command.push('\n');
                command.push_str(line);
            }
            (None, Some(Step::Run { shown, .. })) => shown.push_str(&format!("{line}\n")),
            (None, _) => panic!("a block begins with a command: {line}"),
        }
    }
    found
}

/// Whether lines are as expected; a line of three dots stands for any lines.
fn matches(expected: &str, found: &str) -> bool {
    fn from(expected: &[&str], found: &[&str]) -> bool {
        match expected {
            [] => found.iter().all(|line| line.trim().is_empty()),
            ["..."] => true,
            ["...", rest @ ..] => (0..=found.len()).any(|skipped| from(rest, &found[skipped..])),
            [line, rest @ ..] => {
                found.first().is_some_and(|first| first.trim_end() == line.trim_end()) && from(rest, &found[1..])
            }
        }
    }
    from(&expected.lines().collect::<Vec<_>>(), &found.lines().collect::<Vec<_>>())
}

/// What the README calls the tests is what must hold before a change is taken.
#[test]
fn the_command_of_the_readme_that_runs_the_tests_is_run_by_ci() {
    let readme = read(&repository().join("README.md"));
    let command = readme.lines().find(|line| line.starts_with("cargo test")).expect("the README says how to test");
    assert!(read(&repository().join(".ci/run")).lines().any(|line| line == command), "{command}");
}

/// Links between the documents of the repository, with their anchors.
#[test]
fn no_link_between_documents_is_dead() {
    let others =
        ["CHANGELOG.md", "CONTRIBUTING.md", "DESIGN.md", "SECURITY.md", "ontology/README.md", "tests/README.md"];
    let documents = pages().into_iter().chain(others.iter().map(|path| repository().join(path)));
    let (mut dead, mut count) = (Vec::new(), 0);
    for document in documents {
        let folder = document.parent().expect("a document is in a folder");
        for link in links(&read(&document)) {
            let (path, anchor) = link.split_once('#').map_or((&*link, None), |(path, anchor)| (path, Some(anchor)));
            let target = if path.is_empty() { document.clone() } else { folder.join(path) };
            let is_there = target.exists() && anchor.is_none_or(|anchor| anchors(&read(&target)).contains(anchor));
            count += 1;
            dead.extend((!is_there).then(|| format!("{}: {link}", document.display())));
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
    assert!(count > 50, "the documents point to each other");
}

/// Every page of the guide is listed in its index.
#[test]
fn the_index_of_the_guide_has_every_page() {
    let docs = repository().join("docs");
    let listed: BTreeSet<PathBuf> =
        links(&read(&docs.join("README.md"))).into_iter().map(|link| docs.join(link)).collect();
    for page in pages().iter().skip(1).filter(|page| !page.ends_with("README.md")) {
        assert!(listed.contains(page), "docs/README.md does not list {}", page.display());
    }
}

/// The links and pictures of a document that do not lead to the web.
fn links(document: &str) -> Vec<String> {
    let targets = Parser::new_ext(document, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    targets.filter(|target| !target.contains("://")).collect()
}

/// The anchors of a document's headings, as GitHub makes them.
fn anchors(document: &str) -> BTreeSet<String> {
    let (mut anchors, mut seen, mut heading) = (BTreeSet::new(), BTreeMap::new(), None);
    for event in Parser::new_ext(document, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap_or_default().to_lowercase().replace(' ', "-");
                let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
                let anchor: String = words.chars().filter(kept).collect();
                let before: &mut usize = seen.entry(anchor.clone()).or_default();
                anchors.insert(if *before == 0 { anchor } else { format!("{anchor}-{before}") });
                *before += 1;
            }
            _ => {}
        }
    }
    anchors
}
