//! The reference of the guide: commands and problems are written from the program, keys, columns and values are held to it.

use crate::guide::comment;
use crate::support::{assert_nothing, expect, load, put, regesta, repository, text};
use regesta::diagnostic::{Code, MessageFormat};
use regesta::export::Format;
use regesta::model::{ConceptList, Kind, Mapping};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// A key and a column that nothing has, and that is like none.
const UNKNOWN: &str = "zzzzzzzzzz";
const PROJECT: &str = "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n";

/// Where each list of keys is asked for: the name of the list, a file, and what stands in it, with `?` for the unknown key.
const KEYS: &[(&str, &str, &str)] = &[
    ("regesta.toml", "regesta.toml", "? = 1"),
    ("[sources]", "regesta.toml", "[sources]\n? = 1"),
    ("[columns]", "regesta.toml", "[columns]\n? = 1"),
    ("[columns.persons]", "regesta.toml", "[columns.persons]\n? = 1"),
    ("[columns.organisations]", "regesta.toml", "[columns.organisations]\n? = 1"),
    ("[columns.places]", "regesta.toml", "[columns.places]\n? = 1"),
    ("[tei]", "regesta.toml", "[tei]\n? = 1"),
    ("[policy]", "regesta.toml", "[policy]\n? = 1"),
    ("[dates]", "regesta.toml", "[dates]\n? = 1"),
    ("[names]", "regesta.toml", "[names]\n? = 1"),
    ("[[dataset]]", "regesta.toml", "[[dataset]]\n? = 1"),
    ("[dataset.columns]", "regesta.toml", "[[dataset]]\nname = \"d\"\nfile = \"d.csv\"\n[dataset.columns]\n? = 1"),
    ("[[corpus]]", "regesta.toml", "[[corpus]]\n? = 1"),
    ("front matter", "documents/d.md", "?: 1"),
    ("party", "documents/d.md", "author: {?: 1}"),
    ("original", "documents/d.md", "translation-of: {?: 1}"),
    ("one-of", "documents/d.md", "author: {one-of: [person:a, person:b], ?: 1}"),
    ("date", "documents/d.md", "written: {date: {edtf: 1850, ?: 1}}"),
    ("action", "documents/d.md", "sent: {?: 1}"),
    ("actions", "documents/d.md", "actions: [{?: 1}]"),
    ("source", "documents/d.md", "source: {?: 1}"),
    ("edition", "documents/d.md", "edition: {?: 1}"),
    ("text", "documents/d.md", "text: {sha256: 0, length: 0, ?: 1}"),
    ("text of a part", "documents/d.md", "text: {of: d, start: 0, end: 1, ?: 1}"),
    ("annotations", "annotations/d.csv", "?"),
    ("claims", "claims/d.csv", "?"),
    ("query", "queries/q.rq", "#+ ?: 1\nASK {}"),
    ("check", "queries/check/q.rq", "#+ ?: 1\nASK {}"),
    ("parameter", "queries/q.rq", "#+ params: {p: {?: 1}}\nASK {}"),
    ("mapping file", "links/d.sssom.tsv", "#?: 1\n"),
];

/// What the page calls each list, and what the program has in it.
fn lists() -> BTreeMap<String, Vec<String>> {
    let mut lists: BTreeMap<String, Vec<String>> =
        KEYS.iter().map(|(list, path, text)| (format!("keys of {list}"), known(path, text))).collect();
    // A table of groups has the columns that all tables have, and no others.
    let of_table = |table: &str| known(&format!("authorities/{table}.csv"), "?");
    let common = of_table("groups");
    for table in Kind::ALL.into_iter().filter_map(Kind::table).filter(|table| *table != "groups") {
        let own = of_table(table).into_iter().filter(|column| !common.contains(column));
        lists.insert(format!("keys of {table}"), own.collect());
    }
    lists.insert("keys of every authority table".to_owned(), common);
    let mut add = |name: &str, values: &mut dyn Iterator<Item = &str>| {
        lists.insert(name.to_owned(), values.map(str::to_owned).collect());
    };
    for list in ConceptList::ALL {
        add(&format!("values of {}", list.scheme), &mut list.values.iter().copied());
    }
    add("values of kinds", &mut Kind::ALL.into_iter().map(Kind::name));
    add("values of export", &mut Format::all().map(|format| format.name));
    add("keys of mappings", &mut Mapping::COLUMNS.iter().copied());
    lists.insert("values of format".to_owned(), {
        let unknown = "[[dataset]]\nname = \"d\"\nfile = \"d\"\nlicence = \"https://example.org/l\"\nformat = \"?\"\n";
        known("regesta.toml", unknown)
    });
    lists
}

/// What the program names in the place of something unknown; what it misses has an exclamation mark.
fn known(path: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = text.replace('?', UNKNOWN);
    let text = match path {
        "regesta.toml" if !text.starts_with(UNKNOWN) => format!("{PROJECT}{text}"),
        _ if path.ends_with(".md") => format!("---\n{text}\n---\n"),
        _ => text,
    };
    put(folder.path(), "regesta.toml", PROJECT);
    put(folder.path(), "documents/d.md", "---\nkind: letter\ntitle: T\n---\n");
    put(folder.path(), path, &text);
    let shown = load(folder.path(), None).check().shown(MessageFormat::Json);
    let problems: Vec<Value> =
        shown.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect();
    let said = |problem: &Value| problem["message"].as_str().unwrap_or_default().to_owned();
    let missing = |name: &str| {
        let (key, column) = (format!(" has no \"{name}\""), format!(" has no column \"{name}\""));
        problems.iter().map(said).any(|said| said.ends_with(&key) || said.ends_with(&column))
    };
    let unknown = problems.iter().find(|problem| said(problem).contains(UNKNOWN));
    let help = unknown.unwrap_or_else(|| panic!("{path}: {text}\n{shown}"))["help"].as_str().unwrap_or_default();
    let begins = ["the keys are ", "the columns are ", "they can mean ", "one of "];
    let named = begins.iter().find_map(|begin| help.split_once(begin)).unwrap_or_else(|| panic!("{path}: {help}")).1;
    named.split(", ").map(|name| format!("{name}{}", if missing(name) { "!" } else { "" })).collect()
}

/// The lists of the page: by the comment above each table, what its first column has, with an exclamation mark where the
/// second begins with "required".
fn documented(page: &str) -> BTreeMap<String, Vec<String>> {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut list = None;
    for line in page.lines() {
        if line.starts_with('#') {
            list = None;
        } else if let Some((what, of)) = comment(line) {
            list = Some(format!("{what} of {of}"));
            lists.entry(format!("{what} of {of}")).or_default();
        } else if let (Some(list), Some((names, meaning))) =
            (&list, line.strip_prefix("| `").and_then(|row| row.split_once(" | ")))
        {
            let mark = if meaning.starts_with("required") { "!" } else { "" };
            let names = names.split(", ").map(|name| format!("{}{mark}", name.trim_matches('`')));
            lists.get_mut(list).expect("it was begun").extend(names);
        }
    }
    lists
}

#[test]
fn every_key_column_and_value_is_in_the_reference() {
    let page = fs::read_to_string(repository().join("docs/reference-files.md")).expect("the page is there");
    let (documented, lists) = (documented(&page), lists());
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort_unstable();
        names
    };
    let mut wrong = Vec::new();
    for name in lists.keys().chain(documented.keys().filter(|name| !lists.contains_key(*name))) {
        let of = |lists: &BTreeMap<String, Vec<String>>| lists.get(name).map(|names| sorted(names));
        let (shown, known) = (of(&documented), of(&lists));
        wrong.extend((shown != known).then(|| format!("{name}\n  the page: {shown:?}\n  the program: {known:?}")));
    }
    assert_nothing(wrong);
}

#[test]
fn the_reference_of_commands_is_what_their_help_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let help = |arguments: &[&str]| text(&regesta(folder.path(), arguments).stdout);
    let general = help(&["--help"]);
    let (before, options) = general.split_once("\nOptions:\n").expect("there are options");
    let (_, names) = before.split_once("\nCommands:\n").expect("there are commands");
    let names =
        names.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()));
    let mut page = format!(
        "# Reference: commands\n\nThis page is written by a test from the help of the program: `regesta COMMAND \
         --help`.\n\n## Options of every command\n\n```text\n{}```\n",
        tidy(options)
    );
    for name in names {
        let help = help(&[name, "--help"]);
        let (own, _) = help.split_once("  -C, --corpus").expect("every command has the general options");
        let (example, own) = own.split_once('\n').expect("it begins with an example");
        let (summary, own) = own.trim_start().split_once('\n').expect("then it says what it does");
        let (usage, own) = own.trim_start().split_once('\n').unwrap_or((own, ""));
        let own = own.trim().trim_end_matches("Options:").trim_end();
        let example = example.trim_start_matches("Example:").trim();
        let usage = usage.trim_start_matches("Usage: ");
        page.push_str(&format!(
            "\n## {name}\n\n{summary}.\n\n```text\n{}\n```\n",
            tidy(&format!("{usage}\n\n{own}")).trim()
        ));
        page.push_str(&format!("\nExample: `{example}`\n"));
    }
    assert_nothing(expect(&repository().join("docs/reference-commands.md"), &page).into_iter().collect());
}

/// Help without blanks at the ends of lines.
fn tidy(help: &str) -> String {
    help.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn the_reference_of_problems_is_what_explain_says() {
    let mut page = "# Reference: problems\n\nEvery problem that `regesta` reports has a code. `regesta explain CODE` shows \
                    what this page says. In `[severity]` you can change how much a problem matters, unless it is *always \
                    an error*: [checking](checking.md) shows how.\n\nThis page is written by a test from the table of \
                    codes.\n\n| code | severity | meaning |\n|---|---|---|\n"
        .to_owned();
    let severity = |code: &Code| if code.is_fixed() { "always an error" } else { code.severity().name() };
    for code in Code::ALL {
        let name = code.name();
        page.push_str(&format!("| [`{name}`](#{name}) | {} | {} |\n", severity(code), escaped(code.summary())));
    }
    for code in Code::ALL {
        let explanation: Vec<String> = code.explanation().split('\n').map(escaped).collect();
        let (summary, explanation) = (escaped(code.summary()), explanation.join("\n"));
        page.push_str(&format!("\n## {}\n\n{summary} ({})\n\n{explanation}\n", code.name(), severity(code)));
    }
    assert_nothing(expect(&repository().join("docs/reference-problems.md"), &page).into_iter().collect());
}

/// A line as Markdown shows it; one that is set in is a block of code and stays as it is.
fn escaped(line: &str) -> String {
    if line.starts_with("    ") {
        return line.to_owned();
    }
    let marked = |letter: char| if "\\`*_<>[]|".contains(letter) { format!("\\{letter}") } else { letter.to_string() };
    line.chars().map(marked).collect()
}
