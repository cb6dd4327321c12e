//! Letters in the formats of others, in files of many parts: what is made of them does not depend on the parts, on the
//! threads, or on a file that turns out broken at its end.

use crate::support::{load, regesta, text};
use oxigraph::model::Quad;
use regesta::diagnostic::MessageFormat;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The formats of `regesta export`.
const FORMATS: [&str; 6] = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"];

fn project(folder: &Path, sources: &str) {
    let head = "title = \"Letters\"\nbase = \"https://example.org/l/\"\nlanguage = \"en\"\n\n[sources]\n";
    fs::write(folder.join("regesta.toml"), format!("{head}{sources}\n")).expect("a file can be written");
}

/// A list of letters, long enough to be read in many parts; `end` stands before the end of the last.
fn list(letters: usize, end: &str) -> String {
    let mut list = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc>\
         <titleStmt><title>L</title></titleStmt><publicationStmt><availability><licence \
         target=\"https://creativecommons.org/licenses/by/4.0/\"/></availability></publicationStmt><sourceDesc>\
         <bibl xml:id=\"b\">A book</bibl></sourceDesc></fileDesc><profileDesc>\n",
    );
    for number in 1..=letters {
        list.push_str(&format!(
            "<correspDesc key=\"{number}\" source=\"#b\">\n  <correspAction type=\"sent\"><persName ref=\"https://viaf.org/viaf/1{}\">\
             Ärger, {}</persName><date when=\"18{:02}\"/></correspAction>\n  <correspAction type=\"received\"><persName>Somebody \
             {}</persName></correspAction>{}\n</correspDesc>\n",
            number % 7,
            number % 5,
            number % 100,
            number % 11,
            if number == letters { end } else { "" },
        ));
    }
    list.push_str("</profileDesc></teiHeader><text><body><p/></body></text></TEI>\n");
    list
}

fn export(folder: &Path, format: &str, threads: &str) -> Vec<u8> {
    let output = regesta(folder, &["export", format, "-j", threads]);
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", text(&output.stderr));
    output.stdout
}

#[test]
fn a_list_in_many_parts_is_one_list() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "cmif = [\"list.xml\"]");
    fs::write(folder.path().join("list.xml"), list(3000, "")).expect("a file can be written");
    let loaded = load(folder.path(), None);
    assert_eq!(loaded.short(), "");
    let subjects = |wanted: &dyn Fn(&Quad) -> bool| -> BTreeSet<String> {
        loaded.quads.iter().filter(|quad| wanted(quad)).map(|quad| quad.subject.to_string()).collect()
    };
    let letters = subjects(&|quad| quad.object.to_string().ends_with("concept/letter>"));
    assert_eq!(letters.len(), 3000);
    for property in ["isPartOf", "license", "sender", "recipient"] {
        let with = subjects(&|quad| quad.predicate.as_str().ends_with(property));
        assert!(letters.is_subset(&with), "letters without {property}");
    }
    assert!(letters.contains("<https://example.org/l/document/list-b-3000#it>"));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "cmif = [\"*.xml\"]");
    for name in ["one", "two"] {
        fs::write(folder.path().join(format!("{name}.xml")), list(1500, "")).expect("a file can be written");
    }
    for format in FORMATS {
        let one = export(folder.path(), format, "1");
        for threads in ["2", "5"] {
            assert!(export(folder.path(), format, threads) == one, "{format} with {threads} threads");
        }
    }
}

/// A letter as editions have them: the same persons by other names, prefixes and lists of its own, elements that nobody
/// reads.
fn letter(number: usize) -> String {
    let (prefix, list) = match number % 3 {
        0 => (
            "gnd",
            format!(
                "<standOff><listPerson><person xml:id=\"p1\"><persName>Own {number}</persName></person></listPerson></standOff>"
            ),
        ),
        1 => ("viaf", String::new()),
        _ => ("none", format!("<facsimile><surface n=\"{number}\"/></facsimile>")),
    };
    let address = if prefix == "viaf" { "https://viaf.org/viaf/$1" } else { "http://www.wikidata.org/entity/Q$1" };
    let end = if number % 25 == 24 { "<unclosed>" } else { "" };
    format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>L</title></titleStmt></fileDesc>\
         <encodingDesc><listPrefixDef><prefixDef ident=\"x\" matchPattern=\"(.+)\" replacementPattern=\"{address}\"/>\
         </listPrefixDef></encodingDesc><profileDesc><correspDesc><correspAction type=\"sent\"><persName \
         ref=\"x:11854023{}\">Name {}</persName></correspAction><correspAction type=\"received\"><persName \
         ref=\"http://www.wikidata.org/entity/Q11854023{}\">Other {}</persName></correspAction></correspDesc></profileDesc></teiHeader>\
         {list}<text><body><p>To <persName ref=\"#p1\">her</persName> and <rs ref=\"x:11854023{}\">him</rs>{end}\
         </p></body></text></TEI>",
        number % 4,
        number % 7,
        number % 5,
        number % 11,
        number % 3,
    )
}

#[test]
fn the_number_of_threads_changes_nothing_in_many_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    let rows: String =
        (0..900).map(|row| format!("Name {},Other {},wikidata:Q11854023{}\n", row % 7, row % 11, row % 4)).collect();
    write("table.csv", &format!("sender,recipient,colour\n{rows}"));
    write("list.xml", &list(900, ""));
    fs::create_dir(folder.path().join("letters")).expect("a folder can be made");
    for number in 0..200 {
        write(&format!("letters/l{number}.xml"), &letter(number));
    }
    for profile in ["", "\n[tei]\nown-lists = true"] {
        let sources = "tei = [\"letters/*.xml\"]\ncmif = [\"list.xml\"]\ntables = [\"table.csv\"]";
        project(folder.path(), &format!("{sources}{profile}"));
        let build = |threads| {
            let output = regesta(folder.path(), &["build", "-j", threads]);
            assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
            let file = |name: &str| fs::read(folder.path().join("build").join(name)).expect("a result can be read");
            (file("dataset.nq"), file("report.json"), output.stderr)
        };
        let one = build("1");
        for threads in ["2", "5"] {
            assert!(build(threads) == one, "{threads} threads");
        }
    }
}

#[test]
fn a_file_that_is_broken_at_its_end_is_taken_back_whole() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    write("a.xml", &list(700, ""));
    write("c.xml", &list(700, ""));
    for files in ["\"a.xml\", \"b.xml\", \"c.xml\"", "\"b.xml\", \"c.xml\"", "\"a.xml\", \"b.xml\""] {
        for format in FORMATS {
            project(
                folder.path(),
                &format!("cmif = [{}]", files.replace("\"b.xml\", ", "").replace(", \"b.xml\"", "")),
            );
            let without = export(folder.path(), format, "2");
            project(folder.path(), &format!("cmif = [{files}]"));
            write("b.xml", &list(1500, "<note>"));
            assert!(export(folder.path(), format, "2") == without, "{format} of {files}");
        }
    }
    let output = regesta(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error[xml-syntax]"), "{}", text(&output.stderr));
    assert!(folder.path().join("build/dataset.nq").is_file(), "the rest is built");
    let answer = regesta(folder.path(), &["query", "--query-file", "-"]);
    assert_ne!(answer.status.code(), Some(3), "{}", text(&answer.stderr));
}

#[test]
fn hints_take_no_room_from_errors() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "tables = [\"letters.csv\"]");
    let perhaps: String = (0..30).map(|number| format!("{number},A,B,1700~,last\n")).collect();
    let table = format!("key,sender,recipient,date,reply_to\n{perhaps}wrong,A,B,1699,last\nlast,A,B,1700-12-01,\n");
    fs::write(folder.path().join("letters.csv"), table).expect("a file can be written");
    let loaded = load(folder.path(), None).check();
    let shown = loaded.shown(MessageFormat::Human { colour: false });
    assert!(shown.contains("error[reply-before-letter]"), "{shown}");
    assert!(shown.contains("and 29 more like this, as at letters.csv:3:1"), "{shown}");
}

#[test]
fn a_letter_table_beyond_its_limits_is_left_out_and_said_in_few_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    let long = "ä".repeat(3 * 1024 * 1024);
    project(folder.path(), "tables = [\"*.csv\"]");
    write("good.csv", "sender,recipient\nA,B\n");
    write("long-cell.csv", &format!("sender,recipient\nA,B\nB,{long}\nB,A\n"));
    write("long-heading.csv", &format!("sender,{long}\nA,B\n"));
    write("many-headings.csv", &format!("sender{}\nA,B\n", ",h".repeat(600)));
    write("shown.csv", &format!("x,{}{}\nA,B\n", &long[..2000], ",h".repeat(500)));
    write("open.csv", &format!("sender,recipient\nA\n\"A,B\n{}", "A,B\n".repeat(400_000)));
    write("ragged.csv", &format!("sender,recipient\n{}", "A\n".repeat(100_000)));
    let loaded = load(folder.path(), None);
    let short = loaded.short();
    let problems = [
        "long-cell.csv:3:1: error[table-syntax]: row 3 has more than 1048576 bytes",
        "long-heading.csv:1:1: error[table-syntax]: row 1 has more than 1048576 bytes",
        "many-headings.csv: error[table-syntax]: the table has more than 512 columns",
        "open.csv:2:1: error[ragged-row]: row 2 has 1 cell",
        "open.csv:3:1: error[table-syntax]: row 3 has more than 1048576 bytes",
        "shown.csv:1:1: error[missing-column]: no column is known to name the sender",
    ];
    for problem in problems {
        assert!(short.contains(problem), "{problem}\n{short}");
    }
    assert!(short.lines().all(|line| line.chars().count() < 500), "{short}");
    let shown = loaded.shown(MessageFormat::Human { colour: false });
    assert!(shown.contains(" more like this in 2 files, as at ragged.csv:2:1"), "{shown}");
    assert_eq!(loaded.corpus.diagnostics().left_out().len(), 6);
    assert!(!loaded.corpus.diagnostics().stop(), "the rest is built");
    assert!(loaded.quads.iter().any(|quad| quad.graph_name.to_string().contains("good.csv")));
}

#[test]
fn a_letter_table_is_read_as_it_is_written_wherever_its_parts_end() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "tables = [\"*.csv\"]");
    let mut table = String::from("\u{FEFF}\"key\",sender,recipient,note\r\n");
    for number in 0..5000 {
        table.push_str(&format!("k{number},\"Ä\"\"r, {number}\",B,\"one{}\r\ntwo\"\r\n", "é".repeat(number % 50)));
    }
    table.push_str("last,A,B,x\",y");
    fs::write(folder.path().join("a.csv"), &table).expect("a file can be written");
    let loaded = load(folder.path(), None);
    assert_eq!(loaded.short().lines().count(), 1, "{}", loaded.short());
    assert!(loaded.short().starts_with("a.csv:10002:1: error[ragged-row]: row 5002 has 5 cells"), "{}", loaded.short());
    fs::write(folder.path().join("a.csv"), table.trim_end_matches(",y")).expect("a file can be written");
    let loaded = load(folder.path(), None);
    assert_eq!(loaded.short(), "");
    let objects: BTreeSet<String> = loaded.quads.iter().map(|quad| quad.object.to_string()).collect();
    let letters = loaded.quads.iter().filter(|quad| quad.object.to_string().ends_with("concept/letter>")).count();
    assert_eq!(letters, 5001);
    assert!(objects.contains("\"x\\\"\"") && objects.contains("\"Ä\\\"r, 4999\"@en"));
    assert!((0..50).all(|count| objects.contains(&format!("\"one{}\\r\\ntwo\"", "é".repeat(count)))));
}

#[test]
fn what_is_met_and_not_used_is_reported_with_its_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "cmif = [\"list.xml\"]");
    fs::write(folder.path().join("list.xml"), list(900, "\n  <seal colour=\"red\"/>\n <note colour=\"red\">x</note>"))
        .expect("a file can be written");
    assert_eq!(regesta(folder.path(), &["build"]).status.code(), Some(0));
    let report = fs::read(folder.path().join("build/report.json")).expect("the report is there");
    let report: serde_json::Value = serde_json::from_slice(&report).expect("the report is JSON");
    let unused = report["coverage"]["unused"].as_array().expect("a list");
    let found = |name: &str| {
        unused.iter().find(|unused| unused["name"] == name).unwrap_or_else(|| panic!("no {name}: {unused:?}"))
    };
    let last = 3 + 899 * 4;
    assert_eq!(found("seal")["count"], 1);
    assert_eq!(found("seal")["example"], format!("list.xml:{}:3", last + 3));
    assert_eq!(found("seal/@colour")["example"], format!("list.xml:{}:9", last + 3));
    assert_eq!(found("note/@colour")["count"], 1);
    assert_eq!(report["coverage"]["letters"], 900);
    assert_eq!(report["coverage"]["letters_without_place"], 900);
    assert_eq!(report["coverage"]["letters_without_sender"], 0);
}
