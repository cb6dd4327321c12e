//! Dates in answers: what is doubted is never certain, and dates of datasets are as exact as they say.

use crate::support::{put, regesta, text};
use std::path::Path;

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = regesta(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// The answer to a stored query as CSV, without its heading.
fn rows(folder: &Path, query: &[&str]) -> Vec<String> {
    let answer = run(folder, &[&["query", "--format", "csv"], query].concat());
    answer.replace("\r\n", "\n").lines().skip(1).map(str::to_owned).collect()
}

fn project(folder: &Path, more: &str) {
    put(
        folder,
        "regesta.toml",
        &format!("title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n\n{more}"),
    );
}

fn letter(folder: &Path, name: &str, date: &str) {
    let head = format!("kind: letter\ntitle: Letter\nsent: {{by: person:vos, date: {date}}}");
    put(folder, &format!("documents/{name}.md"), &format!("---\n{head}\n---\nSir.\n"));
}

/// Of each letter, by the name of its file, how it fits.
fn fits(folder: &Path, query: &[&str]) -> Vec<String> {
    let rows = rows(folder, query).into_iter().map(|row| {
        let name =
            row.split("/document/").nth(1).and_then(|rest| rest.split('#').next()).unwrap_or_default().to_owned();
        let fit = ["certain", "possible", "impossible"].into_iter().find(|fit| row.split(',').any(|cell| cell == *fit));
        format!("{name} {}", fit.unwrap_or_default())
    });
    let mut fits: Vec<String> = rows.collect();
    fits.sort();
    fits
}

#[test]
fn what_is_doubted_is_never_certain() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    project(folder, "");
    put(folder, "authorities/persons.csv", "id,label,born,died\nvos,\"Vos, Anna\",1650,1700\n");
    put(
        folder,
        "authorities/events.csv",
        "id,label,date,attestation,source\nflood,Flood,1680-01-01,documented,a book\n",
    );
    for (name, date) in [
        ("day", "1672-10-12"),
        ("about", "1672-10-12~"),
        ("perhaps", "1672-10-12?"),
        ("part", "1672-10-?12"),
        ("julian", "{original: 1672-10-02~, calendar: julian}"),
        ("likely", "{edtf: 1672-10-12, certainty: likely}"),
        ("sure", "{edtf: 1672-10-12, certainty: certain}"),
    ] {
        letter(folder, name, date);
    }
    let expected = |other: &str| {
        ["about", "day", "julian", "likely", "part", "perhaps", "sure"]
            .map(|name| format!("{name} {}", if matches!(name, "day" | "sure") { "certain" } else { other }))
    };
    let period = ["documents-in-period", "-p", "from=1672-10-12", "-p", "to=1672-10-12"];
    assert_eq!(fits(folder, &period), expected("possible"));
    assert_eq!(fits(folder, &["documents-before-event", "-p", "event=event:flood"]), expected("possible"));
    // An audit says nothing of days within a life, doubted or not.
    assert_eq!(fits(folder, &["audit-lifetimes"]), [""; 0]);
    for (name, date) in [("edge", "1700-05"), ("after", "1701-02?"), ("outside", "1702")] {
        letter(folder, name, date);
    }
    let faults = ["after possible", "edge possible", "outside impossible"];
    assert_eq!(fits(folder, &["audit-lifetimes"]), faults);
    // Where a project says how far "about" reaches, the days that it reaches count.
    project(folder, "[dates]\ncirca-days = 2\n");
    let narrow = fits(folder, &period);
    assert!(narrow.contains(&"about possible".to_owned()), "{narrow:?}");
    let wide = fits(folder, &["documents-in-period", "-p", "from=1672-10-10", "-p", "to=1672-10-14"]);
    assert!(wide.contains(&"about certain".to_owned()) && wide.contains(&"perhaps possible".to_owned()), "{wide:?}");
}

const PREFIXES: &str = "@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> .
@prefix s: <http://www.wikidata.org/entity/statement/> .
@prefix v: <http://www.wikidata.org/value/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// A person of Wikidata who was born then: of each statement the day, how exact it is, and its rank.
fn born(number: u32, name: &str, statements: &[(&str, u8, &str)]) -> String {
    let mut text =
        format!("wd:Q{number} rdfs:label \"{name}\"@en ; wdt:P31 wd:Q5 ; wdt:P569 {} .\n", time(statements[0].0));
    for (at, (day, precision, rank)) in statements.iter().enumerate() {
        text.push_str(&format!(
            "wd:Q{number} p:P569 s:q{number}-{at} .\ns:q{number}-{at} psv:P569 v:q{number}-{at} ; wikibase:rank wikibase:{rank}Rank .\n\
             v:q{number}-{at} wikibase:timeValue {} ; wikibase:timePrecision {precision} .\n",
            time(day)
        ));
    }
    text
}

fn time(day: &str) -> String {
    format!("\"{day}T00:00:00Z\"^^xsd:dateTime")
}

#[test]
fn dates_of_wikidata_are_as_exact_as_they_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let data = [
        PREFIXES.to_owned(),
        born(1_000_001, "Anna Vos", &[("1883-01-01", 9, "Normal")]),
        born(1_000_002, "Karel Blom", &[("1601-01-01", 7, "Normal")]),
        born(1_000_003, "Jan Roos", &[("1640-05-01", 10, "Preferred"), ("1640-05-03", 11, "Normal")]),
        born(1_000_004, "Greta Lam", &[("1640-01-01", 8, "Normal"), ("1700-01-01", 11, "Deprecated")]),
        format!("wd:Q1000005 rdfs:label \"Pieter Haag\"@en ; wdt:P31 wd:Q5 ; wdt:P569 {} .\n", time("1650-01-01")),
        format!("wd:Q1000006 rdfs:label \"Joris Bol\"@en ; wdt:P31 wd:Q5 ; wdt:P569 {} .\n", time("1650-01-02")),
    ];
    put(folder, "wd.ttl", &data.concat());
    let dataset = "[[dataset]]\nname = \"wd\"\nfile = \"wd.ttl\"\nlicence = \"https://creativecommons.org/publicdomain/zero/1.0/\"\n";
    project(folder, dataset);
    let people = [
        ("vos", "Vos, Anna", "1883-05-02"),
        ("blom", "Blom, Karel", "1650"),
        ("roos", "Roos, Jan", "1640-05-30"),
        ("lam", "Lam, Greta", "1648"),
        ("haag", "Haag, Pieter", "1650-06-01"),
        ("bol", "Bol, Joris", "1650-06-01"),
    ];
    let table = |ids: bool| {
        let rows = people.iter().zip(1_000_001..).map(|((id, name, born), number)| {
            let wikidata = if ids { format!("Q{number}") } else { String::new() };
            format!("{id},\"{name}\",{born},{wikidata}\n")
        });
        format!("id,label,born,wikidata\n{}", rows.collect::<String>())
    };
    put(folder, "documents/a.md", "---\nkind: letter\ntitle: Letter\n---\nSir.\n");
    put(folder, "authorities/persons.csv", &table(true));
    run(folder, &["lock"]);
    let compared = rows(folder, &["lives-compared"]);
    let there: Vec<&str> = compared.iter().filter_map(|row| row.trim_end_matches(',').rsplit(',').next()).collect();
    assert_eq!(there, ["1601-01-01/1700-12-31", "1650-01-02", "1650", "164X", "1640-05", "1883"], "{compared:?}");
    // By their names alone they are candidates, and their dates speak for it.
    put(folder, "authorities/persons.csv", &table(false));
    run(folder, &["reconcile", "persons", "--with", "wd"]);
    let found = std::fs::read_to_string(folder.join("links/wd.sssom.tsv")).expect("candidates are found");
    for name in ["vos", "blom", "roos", "lam", "haag"] {
        let row = found.lines().find(|line| line.contains(&format!("person/{name}#")));
        assert!(row.is_some_and(|row| row.contains("birth agrees")), "{name}: {found}");
    }
    assert!(!found.lines().any(|line| line.contains("person/bol#") && line.contains("birth agrees")), "{found}");
}
