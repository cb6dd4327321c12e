//! Faults that are planted into a clean graph, one for each constraint of the published shapes. `tests/faults/corpus` is clean;
//! each file `SHAPE.faults` has changes to its graph in N-Triples: `@` names one, `-` takes a line out, `+` puts one in, and
//! `!` is what is found then. The cross-check asks pySHACL the same.

use crate::support::{assert_nothing, load, regesta, repository, text};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use regesta::check;
use regesta::diagnostic::Diagnostics;
use regesta::export::Format;
use regesta::query::on_large_stack;
use regesta::source::Sources;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join("tests/faults")).expect("the faults are there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("they can be read").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "faults"));
    files.sort();
    files
}

/// What is found in a graph, a line for each fault.
fn found(triples: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("graph.nt");
    fs::write(&path, triples).expect("it can be written");
    let mut sources = Sources::new(folder.path());
    let file = sources.add("graph.nt");
    let mut diagnostics = Diagnostics::default();
    on_large_stack(|| check::check_file(&path, file, &mut diagnostics)).expect("the file can be read");
    let lines = diagnostics.sorted(&sources).into_iter().map(|(severity, fault)| {
        assert_eq!(fault.name(), "shape-violated", "{}", fault.message);
        // A blank node has another name each time.
        let message = match fault.message.split_once(": ") {
            Some((node, rest)) if node.starts_with("_:") => format!("_:b: {rest}"),
            _ => fault.message.clone(),
        };
        format!("! {} {message}\n", severity.name())
    });
    lines.collect()
}

fn clean() -> String {
    let loaded = load(&repository().join("tests/faults/corpus"), None);
    assert_eq!(loaded.short(), "");
    let graph = loaded.export(Format::find("ntriples").expect("the table has N-Triples"));
    assert_eq!(loaded.check().short(), "", "the corpus is clean");
    graph
}

#[test]
fn clean_graphs_have_no_fault() {
    assert_eq!(found(&clean()), Vec::<String>::new());
    for corpus in crate::support::corpora() {
        let loaded = load(&corpus, None);
        let graph = loaded.export(Format::find("ntriples").expect("the table has N-Triples"));
        assert_eq!(found(&graph), Vec::<String>::new(), "{}", corpus.display());
        assert_eq!(loaded.check().short(), "", "{}", corpus.display());
    }
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let clean = clean();
    let mut differences = Vec::new();
    for path in files() {
        let written = fs::read_to_string(&path).expect("it is UTF-8");
        let mut again = String::new();
        for planted in written.split("\n@ ").map(|planted| planted.trim_start_matches("@ ")) {
            let (name, changes) = planted.split_once('\n').expect("a name and changes");
            let lines = |mark: &str| changes.lines().filter_map(|line| line.strip_prefix(mark)).collect::<Vec<_>>();
            let (out, into) = (lines("- "), lines("+ "));
            let missing = out.iter().find(|line| !clean.lines().any(|known| known == **line));
            assert_eq!(missing, None, "{}: {name}: the clean graph has no such line", path.display());
            let kept = clean.lines().filter(|line| !out.contains(line)).chain(into.iter().copied());
            let found = found(&kept.map(|line| format!("{line}\n")).collect::<String>());
            let shape = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
            let of_shape = found.iter().any(|line| line.contains(&format!("(shape {shape})")));
            assert!(of_shape, "{}: {name}: not found, but {found:?}", path.display());
            let mark =
                |mark: &str, lines: &[&str]| lines.iter().map(|line| format!("{mark}{line}\n")).collect::<String>();
            let before = if again.is_empty() { "" } else { "\n" };
            again.push_str(&format!("{before}@ {name}\n{}{}{}", mark("- ", &out), mark("+ ", &into), found.concat()));
        }
        differences.extend(crate::support::expect(&path, &again));
    }
    assert_nothing(differences);
}

#[test]
fn every_constraint_has_a_planted_fault() {
    let shapes = fs::read(repository().join("ontology/shapes.ttl")).expect("the shapes are there");
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(&shapes).map(|quad| quad.expect("it is Turtle"));
    let messages = quads.filter(|quad| quad.predicate.as_str() == "http://www.w3.org/ns/shacl#message");
    let messages: BTreeSet<String> = messages
        .map(|quad| match quad.object {
            Term::Literal(message) => message.value().to_owned(),
            other => panic!("{other} is no message"),
        })
        .collect();
    let planted: String = files().iter().map(|path| fs::read_to_string(path).expect("it is UTF-8")).collect();
    let without: Vec<&String> =
        messages.iter().filter(|message| !planted.contains(&format!(": {message} ("))).collect();
    assert_eq!(without, Vec::<&String>::new(), "constraints without a fault");
}

/// The command line says the same, and the gate of RDF 1.2 is the same gate.
#[test]
fn the_program_checks_rdf_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let check = |name: &str, written: &str| {
        fs::write(folder.path().join(name), written).expect("it can be written");
        let output = regesta(folder.path(), &["check", name, "--message-format", "short"]);
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, said, _) = check("clean.nt", &clean());
    assert_eq!((code, said.as_str()), (Some(0), "clean.nt has the form of the shapes\n"));
    let leak = "PREFIX rg: <https://w3id.org/regesta/ns#>\nPREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n\
                <https://e.example/c> a rg:ClaimContent ; rdf:reifies <<( <https://e.example/1> rg:place <https://e.example/2> )>> .\n\
                <https://e.example/1> rg:place <https://e.example/2> .\n";
    let (code, _, wrong) = check("leak.ttl", leak);
    assert_eq!(code, Some(1));
    assert!(wrong.contains("what a claim is about is stated as a fact"), "{wrong}");
    let (code, _, wrong) = check("broken.ttl", "<https://e.example/c> a ");
    assert_eq!(code, Some(1));
    assert!(wrong.contains("unreadable-dataset"), "{wrong}");
    assert_eq!(regesta(Path::new("."), &["check", "no-such.ttl"]).status.code(), Some(3));
}
