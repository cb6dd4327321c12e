//! Joining with datasets: what is proposed, what is decided, and that nothing is asked twice.

use crate::support::{copy, put, regesta, repository, text};
use oxigraph::model::{Literal, NamedNode, Quad};
use regesta::diagnostic::{Code, Diagnostics};
use regesta::graph::{Sink, Statement};
use regesta::model::Kind;
use regesta::reconcile::{CandidateLimits, CandidateQuestion, Entities, Gatherer, Ground};
use regesta::source::Sources;
use regesta::vocabulary::{rdf, schema, skos};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = regesta(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// The program, with keys typed one after the other.
fn answer(folder: &Path, arguments: &[&str], keys: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_regesta"));
    let command = command.current_dir(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
    child.stdin.take().expect("it has an input").write_all(keys.as_bytes()).expect("the keys are read");
    child.wait_with_output().expect("the program ends")
}

/// The rows of a mapping file, each as its cells by column.
fn rows(path: &Path) -> Vec<Vec<(String, String)>> {
    let text = fs::read_to_string(path).expect("the mapping file is there");
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().expect("a row of columns").split('\t').collect();
    let row =
        |line: &str| columns.iter().map(|name| (*name).to_owned()).zip(line.split('\t').map(str::to_owned)).collect();
    lines.map(row).collect()
}

fn cell<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
    row.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text)
}

/// A corpus with three places, and a dataset of places with a locked state.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| put(folder.path(), path, text);
    write(
        "regesta.toml",
        "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n\n[[dataset]]\nname = \"gazetteer\"\n\
         file = \"gazetteer.ttl\"\nlicence = \"https://creativecommons.org/publicdomain/zero/1.0/\"\n",
    );
    write("documents/a.md", "---\nkind: letter\ntitle: A\n---\nText\n");
    write(
        "authorities/places.csv",
        "id,label,geonames\nantwerp,Antwerp,2803138\nghent,Ghent,\nbruges,Bruges,\nnowhere,Nowhere,\n",
    );
    write("authorities/persons.csv", "id,label\nlam,\"Lam, Greta\"\n");
    write("gazetteer.ttl", GAZETTEER);
    run(folder.path(), &["lock"]);
    folder
}

const GAZETTEER: &str = "@prefix schema: <http://schema.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
    @prefix g: <https://g.example/place/> .\n\
    g:1 a schema:Place ; skos:prefLabel \"Antwerpen\" ; skos:exactMatch <https://sws.geonames.org/2803138/> .\n\
    g:2 a schema:Place ; skos:prefLabel \"Gent\" ; skos:altLabel \"Ghent\" .\n\
    g:3 a schema:Place ; skos:prefLabel \"Bruges\" .\n\
    g:4 a schema:Person ; skos:prefLabel \"Ghent\" .\n";

#[test]
fn candidates_are_decided_once_and_only_what_is_accepted_is_linked() {
    let folder = corpus();
    let folder = folder.path();
    let links = folder.join("links/gazetteer.sssom.tsv");
    let search = ["reconcile", "places", "--with", "gazetteer"];
    assert!(run(folder, &search).starts_with("1 candidate by identifier, 2 by name: 0 accepted, 3 rows"));
    let proposed = rows(&links);
    let pairs: Vec<(&str, &str)> =
        proposed.iter().map(|row| (cell(row, "subject_id"), cell(row, "object_id"))).collect();
    let expected = [
        ("our:place/antwerp#it", "gazetteer:1"),
        ("our:place/bruges#it", "gazetteer:3"),
        ("our:place/ghent#it", "gazetteer:2"),
    ];
    assert_eq!(pairs, expected);
    // Nothing is proposed twice, and the file stays as it is.
    let before = fs::read(&links).expect("the mapping file is there");
    assert!(run(folder, &search).starts_with("0 candidates by identifier, 0 by name"));
    assert_eq!(before, fs::read(&links).expect("the mapping file is there"));
    assert!(!run(folder, &["export", "turtle"]).contains("g.example"), "a candidate is no link");
    // The review stops, and goes on with what is left.
    let review =
        ["reconcile", "places", "--with", "gazetteer", "--review", "--reviewer", "person:lam", "--date", "2026-01-02"];
    let output = answer(folder, &review, "nq");
    assert!(text(&output.stdout).contains("1 decided; the others are asked about when you go on"));
    let output = answer(folder, &review, "xcu");
    assert!(text(&output.stdout).contains("1 of 2") && text(&output.stdout).contains("2 decided"));
    let decided: Vec<(String, String)> = rows(&links)
        .iter()
        .map(|row| (cell(row, "reviewer_agreement").to_owned(), cell(row, "predicate_id").to_owned()))
        .collect();
    let pair = |agreement: &str, predicate: &str| (agreement.to_owned(), predicate.to_owned());
    assert_eq!(
        decided,
        [pair("-1.0", "skos:exactMatch"), pair("1.0", "skos:closeMatch"), pair("0.0", "skos:exactMatch")]
    );
    assert!(text(&answer(folder, &review, "").stdout).contains("0 to decide"));
    let turtle = run(folder, &["export", "turtle"]);
    assert!(turtle.contains("skos:closeMatch <https://g.example/place/3>"));
    assert!(!turtle.contains("https://g.example/place/1") && !turtle.contains("https://g.example/place/2"));
    assert!(!turtle.contains("sameAs"));
    let first = &rows(&links)[1];
    assert_eq!(cell(first, "reviewer_id"), "our:person/lam#it");
    assert_eq!((cell(first, "reviewer_label"), cell(first, "review_date")), ("Lam, Greta", "2026-01-02"));
}

#[test]
fn only_what_shares_an_identifier_is_accepted_without_asking() {
    let folder = corpus();
    let folder = folder.path();
    let accept = ["reconcile", "places", "--with", "gazetteer", "--accept-above", "0.5", "--reviewer", "Greta Lam"];
    assert!(run(folder, &accept).starts_with("1 candidate by identifier, 2 by name: 1 accepted"));
    let accepted: Vec<String> = rows(&folder.join("links/gazetteer.sssom.tsv"))
        .iter()
        .filter(|row| cell(row, "reviewer_agreement") == "1.0")
        .map(|row| cell(row, "subject_id").to_owned())
        .collect();
    assert_eq!(accepted, ["our:place/antwerp#it"]);
    let nobody = regesta(folder, &["reconcile", "places", "--with", "gazetteer", "--accept-above", "0.5"]);
    assert_eq!(nobody.status.code(), Some(2), "somebody has to answer for it");
}

#[test]
fn a_changed_dataset_is_refused_until_somebody_has_looked_at_it() {
    let folder = corpus();
    let folder = folder.path();
    let accept = ["reconcile", "places", "--with", "gazetteer", "--accept-above", "0.5", "--reviewer", "Greta Lam"];
    run(folder, &accept);
    run(folder, &["lock"]);
    let changed = GAZETTEER.replace(
        "g:1 a schema:Place ; skos:prefLabel \"Antwerpen\"",
        "g:1 <http://purl.org/dc/terms/isReplacedBy> g:9 ; skos:altLabel \"Antwerpen\"",
    );
    fs::write(folder.join("gazetteer.ttl"), changed).expect("a file can be written");
    for arguments in [&["build"][..], &["joins"], &accept, &["export", "turtle"], &["query", "coverage-of-joins"]] {
        let output = regesta(folder, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(text(&output.stderr).contains("error[dataset-changed]"), "{arguments:?}: {}", text(&output.stderr));
    }
    let locked = run(folder, &["lock", "gazetteer"]);
    let merged =
        "place:antwerp is linked to https://g.example/place/1, which has been merged into https://g.example/place/9";
    assert!(locked.contains("has changed") && locked.contains(merged), "{locked}");
    fs::write(folder.join("gazetteer.ttl"), GAZETTEER.replace("g:1 ", "g:7 ")).expect("a file can be written");
    assert!(
        run(folder, &["lock"])
            .contains("which is no longer described, though it was when the dataset was locked before")
    );
    let json: Value = serde_json::from_str(&run(folder, &["joins", "--format", "json"])).expect("it is JSON");
    let gone = &json[0]["gone"][0];
    assert_eq!(
        (gone["theirs"].as_str(), gone["was_described"].as_bool()),
        (Some("https://g.example/place/1"), Some(true))
    );
    let places = &json[0]["kinds"]["place"];
    assert_eq!(
        (places["things"].as_u64(), places["joined"].as_u64(), places["waiting"].as_u64()),
        (Some(4), Some(0), Some(2))
    );
}

/// Things that have a name and nothing else.
fn named(base: &str, names: impl Iterator<Item = String>) -> Entities {
    let mut gatherer = Gatherer::default();
    for (number, name) in names.enumerate() {
        let subject = NamedNode::new_unchecked(format!("{base}place/{number:06}#it"));
        let graph = NamedNode::new_unchecked(base);
        for quad in [
            Quad::new(subject.clone(), rdf::TYPE, schema::PLACE, graph.clone()),
            Quad::new(subject.clone(), skos::PREF_LABEL, Literal::new_simple_literal(name), graph),
        ] {
            gatherer.statement(Statement { quad: quad.as_ref(), span: None, shared: false }).expect("memory takes it");
        }
    }
    gatherer.finish()
}

#[test]
fn a_name_that_too_many_things_have_is_reported_and_costs_nothing() {
    let ours = named("https://example.org/t/", ["San José", "Santa Cruz de la Laguna"].map(str::to_owned).into_iter());
    let many = (0..120_000)
        .map(|number| if number == 7 { "Santa Cruz de la Laguna".to_owned() } else { "San José".to_owned() });
    let theirs = named("https://g.example/", many);
    let question = CandidateQuestion {
        ours: &ours,
        kinds: &[Kind::Place],
        bases: &["https://example.org/t/"],
        theirs: &theirs,
        proposed: &BTreeSet::new(),
        rejected: &BTreeSet::new(),
        limits: CandidateLimits::of(&[Kind::Place]),
        threads: NonZero::new(2).expect("two is not zero"),
    };
    let mut diagnostics = Diagnostics::default();
    let candidates = question.candidates(&mut diagnostics).candidates;
    assert_eq!(candidates.len(), 1);
    assert_eq!(&*candidates[0].theirs, "https://g.example/place/000007#it");
    let sources = Sources::new("");
    let codes: Vec<Code> = diagnostics.sorted(&sources).iter().map(|(_, diagnostic)| diagnostic.code).collect();
    assert_eq!(codes, [Code::TooManyCandidates]);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&repository().join("data/practice"), folder.path());
    let links = folder.path().join("links/handbook.sssom.tsv");
    let found: Vec<Vec<u8>> = ["1", "2", "5"]
        .into_iter()
        .map(|threads| {
            fs::remove_file(&links).expect("the file is there");
            run(folder.path(), &["-j", threads, "reconcile", "places", "--with", "handbook", "--threshold", "0.4"]);
            fs::read(&links).expect("the mapping file is there")
        })
        .collect();
    assert!(found.windows(2).all(|two| two[0] == two[1]));
}

#[test]
fn a_gzip_bomb_is_refused_and_what_is_packed_is_read() {
    let folder = corpus();
    let folder = folder.path();
    let pack = |bytes: &mut dyn std::io::Read| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::copy(bytes, &mut packed).expect("memory takes it");
        packed.finish().expect("memory takes it")
    };
    let project = fs::read_to_string(folder.join("regesta.toml")).expect("the project file is there");
    fs::write(folder.join("regesta.toml"), project.replace("gazetteer.ttl", "gazetteer.ttl.gz"))
        .expect("it can be written");
    fs::write(folder.join("gazetteer.ttl.gz"), pack(&mut GAZETTEER.as_bytes())).expect("it can be written");
    assert!(run(folder, &["lock"]).contains("4 things"));
    let bomb = pack(&mut std::io::Read::take(std::io::repeat(b' '), 200 << 20));
    fs::write(folder.join("gazetteer.ttl.gz"), bomb).expect("it can be written");
    let output = regesta(folder, &["lock"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("unpacks to more than 200 times its size"), "{}", text(&output.stderr));
}

/// What is packed well within the limit can still be one text that never ends.
#[test]
fn what_never_ends_is_refused_before_it_fills_the_memory() {
    let rows = "<x> <y> \"";
    let xml = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"http://x.example/\">\
               <rdf:value>";
    let json = "{\"features\": [{\"@id\": \"";
    let table = "id\ttitle\n1\t\"";
    let place = "{\"features\": [{\"@id\": \"http://x.example/\", \"properties\": {\"title\": \"X\"}}]}";
    for (name, whole, begin, why) in [
        ("d.ttl", "", rows, "Reached the buffer maximal size"),
        ("d.rdf", "", xml, "a text of it has more than 16 MiB"),
        ("d.geojson", place, json, "an entry has more than 8 MiB"),
        ("d.lp.tsv", "id\ttitle\n", table, "this quotation mark is probably not closed"),
    ] {
        let folder = corpus_with(&[], name, whole, "");
        let folder = folder.path();
        let long = format!("{begin}{}", " ".repeat(17 << 20));
        fs::write(folder.join(name), long).expect("a file can be written");
        let output = regesta(folder, &["lock"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(why), "{name}: {}", text(&output.stderr));
    }
}

/// The pairs that are known to be right: an identifier of GeoNames, the name that GeoNames has for it where that is
/// known, and the place of Pleiades.
fn pleiades_pairs() -> Vec<[String; 3]> {
    let mut table = csv::Reader::from_path(repository().join("tests/joins/geonames.csv")).expect("the pairs are there");
    let rows = table.records().map(|row| row.expect("the pairs are a table"));
    rows.map(|row| [0, 1, 2].map(|at| row[at].to_owned())).collect()
}

/// What a table of places is joined with among the places of Pleiades: slugs of ours, and places of theirs.
fn joined_with_pleiades(places: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| put(folder.path(), path, text);
    fs::copy(repository().join("tests/joins/pleiades.json"), folder.path().join("pleiades.json"))
        .expect("it can be copied");
    write(
        "regesta.toml",
        "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n\n[[dataset]]\nname = \"pleiades\"\n\
         file = \"pleiades.json\"\nformat = \"pleiades\"\nlicence = \"https://creativecommons.org/licenses/by/3.0/\"\n",
    );
    write("documents/a.md", "---\nkind: letter\ntitle: A\n---\nText\n");
    write("authorities/places.csv", places);
    run(folder.path(), &["lock"]);
    run(folder.path(), &["reconcile", "places", "--with", "pleiades"]);
    let slug = |iri: &str| iri.trim_start_matches("our:place/").trim_end_matches("#it").to_owned();
    let theirs = |iri: &str| iri.replace("pleiades:", "https://pleiades.stoa.org/places/");
    let found = rows(&folder.path().join("links/pleiades.sssom.tsv"));
    found.iter().map(|row| (slug(cell(row, "subject_id")), theirs(cell(row, "object_id")))).collect()
}

/// The places of Pleiades with the identifiers of GeoNames that a place table has are exactly the pairs that are known
/// to be right.
#[test]
fn places_are_joined_by_the_identifiers_that_they_share() {
    let pairs = pleiades_pairs();
    let pairs: BTreeSet<(String, String)> =
        pairs.iter().map(|[id, _, place]| (format!("g{id}"), place.clone())).collect();
    assert_eq!(pairs.len(), 117);
    let slugs: BTreeSet<&String> = pairs.iter().map(|(slug, _)| slug).collect();
    let table: String = slugs.iter().map(|slug| format!("{slug},Place {slug},{}\n", &slug[1..])).collect();
    let found = joined_with_pleiades(&format!("id,label,geonames\n{table}"));
    assert_eq!(found.len(), pairs.len());
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), pairs);
}

/// By the modern names alone, with the identifiers hidden, nineteen of twenty candidates are right at the default
/// threshold, and most pairs are found.
#[test]
fn places_are_found_by_their_names_alone() {
    let pairs: Vec<[String; 3]> = pleiades_pairs().into_iter().filter(|[_, name, _]| !name.is_empty()).collect();
    let table: String = pairs.iter().enumerate().map(|(at, [_, name, _])| format!("g{at},\"{name}\"\n")).collect();
    let found = joined_with_pleiades(&format!("id,label\n{table}"));
    let right = found.iter().filter(|(slug, place)| {
        let [_, name, _] = &pairs[slug[1..].parse::<usize>().expect("slugs are numbered")];
        pairs.iter().any(|[_, other, theirs]| other == name && theirs == place)
    });
    let right = right.count();
    assert!(right * 20 >= found.len() * 19, "{right} of {} candidates are right", found.len());
    assert!(right * 4 >= pairs.len() * 3, "{right} of {} pairs are found", pairs.len());
}

#[test]
fn the_parts_of_a_score_are_shown() {
    let ours = named("https://example.org/t/", ["Ghent"].map(str::to_owned).into_iter());
    let theirs = named("https://g.example/", ["Ghent", "Ghent"].map(str::to_owned).into_iter());
    let question = CandidateQuestion {
        ours: &ours,
        kinds: &[Kind::Place],
        bases: &["https://example.org/t/"],
        theirs: &theirs,
        proposed: &BTreeSet::new(),
        rejected: &BTreeSet::new(),
        limits: CandidateLimits { threshold: 0.1, ..CandidateLimits::of(&[Kind::Place]) },
        threads: NonZero::<usize>::MIN,
    };
    let candidates = question.candidates(&mut Diagnostics::default()).candidates;
    let shown: Vec<String> = candidates.iter().map(|candidate| candidate.score.to_string()).collect();
    assert_eq!(shown, ["name 1.00 (ghent), as do 1 ×0.50"; 2]);
    assert!(candidates.iter().all(|candidate| matches!(candidate.score.ground, Ground::Names(..))));
}

/// A project of two corpora, each with one letter of its own and one that both have.
fn joint() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| put(folder.path(), path, text);
    write(
        "regesta.toml",
        "title = \"J\"\nbase = \"https://example.org/j/\"\nlanguage = \"en\"\n\n[[corpus]]\nname = \"one\"\nfolder = \"one\"\n\n\
         [[corpus]]\nname = \"two\"\nfolder = \"two\"\n",
    );
    for (name, date) in [("one", "1850-01-02"), ("two", "1850-01-03")] {
        let project = format!("title = \"{name}\"\nbase = \"https://example.org/{name}/\"\nlanguage = \"en\"\n");
        write(&format!("{name}/regesta.toml"), &project);
        let persons = "id,label,gnd\nlam,\"Lam, Greta\",118540238\nvos,Anna Vos,\n";
        write(&format!("{name}/authorities/persons.csv"), persons);
        write(&format!("{name}/authorities/organisations.csv"), "id,label\narchive,Town Archive\n");
        let letter = |sent: &str, more: &str| {
            format!(
                "---\nkind: letter\ntitle: T\nsent: {{by: person:lam, date: {sent}}}\nrecipient: person:vos\n{more}---\nText\n"
            )
        };
        write(&format!("{name}/documents/own.md"), &letter(date, ""));
        write(&format!("{name}/documents/both.md"), &letter("1850-02-01", ""));
        let kept = "source: {repository: archive, shelfmark: \"Vos 1, fol. 2\"}\n";
        write(&format!("{name}/documents/kept.md"), &letter("1850~", kept));
    }
    folder
}

#[test]
fn corpora_of_a_joint_project_keep_their_graphs_and_their_bases() {
    let folder = joint();
    let folder = folder.path();
    run(folder, &["build"]);
    let joint = fs::read_to_string(folder.join("build/dataset.nq")).expect("it was built");
    for name in ["one", "two"] {
        run(&folder.join(name), &["build"]);
        let alone = fs::read_to_string(folder.join(name).join("build/dataset.nq")).expect("it was built");
        assert!(alone.lines().all(|line| joint.contains(line)), "{name} says the same alone and in the joint project");
        assert!(folder.join("build").join(name).join("documents/own.jsonld").is_file());
    }
    let own = joint.lines().filter(|line| line.starts_with("<https://example.org/j/")).count();
    let parts = joint.lines().filter(|line| line.contains("isPartOf") && line.contains("j/dataset#it")).count();
    assert_eq!((parts, own > 0), (2, true));
    let asked = ["query", "messages-between", "-p", "a=two/person:lam", "-p", "b=two/person:vos", "--format", "csv"];
    assert!(run(folder, &asked).contains("https://example.org/two/document/own#it"));
    assert!(run(folder, &asked[..6]).contains("two/document:own"));
    let output = regesta(folder, &["query", "messages-between", "-p", "a=two/person:lamm", "-p", "b=two/person:vos"]);
    assert!(text(&output.stderr).contains("did you mean lam?"), "{}", text(&output.stderr));
    fs::write(folder.join("two/documents/own.md"), "---\nkind: poem\n---\n").expect("a file can be written");
    let output = regesta(folder, &["check", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("two/documents/own.md:2:7: error[unknown-kind]"), "{}", text(&output.stderr));
}

#[test]
fn letters_of_two_editions_are_candidates_and_are_never_merged_silently() {
    let folder = joint();
    let folder = folder.path();
    assert!(run(folder, &["duplicates"]).starts_with("2 pairs that may stand in two editions, 2 of them new, 2 rows"));
    assert!(run(folder, &["duplicates"]).starts_with("2 pairs that may stand in two editions, 0 of them new, 2 rows"));
    let links = folder.join("links/duplicates.sssom.tsv");
    let found: Vec<(String, String, String)> = rows(&links)
        .iter()
        .map(|row| ["subject_id", "object_id", "comment"].map(|column| cell(row, column).to_owned()).into())
        .collect();
    let triple = |one: &str, two: &str, why: &str| (one.to_owned(), two.to_owned(), why.to_owned());
    let day = "sent on 1850-02-01 by https://d-nb.info/gnd/118540238 to anna vos";
    assert_eq!(
        found,
        [
            triple("one:document/both#it", "two:document/both#it", day),
            triple("one:document/kept#it", "two:document/kept#it", "shelf mark vos 1 fol 2, town archive"),
        ]
    );
    let count = |text: &str| text.lines().filter(|line| line.contains("Match") && line.contains("/document/")).count();
    assert_eq!(count(&run(folder, &["export", "ntriples"])), 0);
    answer(folder, &["duplicates", "--review", "--reviewer", "Greta Lam"], "yn");
    assert_eq!(count(&run(folder, &["export", "ntriples"])), 1);
}

/// A corpus that was published as RDF and is mounted is an edition like any other.
#[test]
fn letters_of_a_mounted_corpus_are_candidates() {
    let folder = joint();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    put(&one, "two.ttl", &run(&two, &["export", "turtle"]));
    let project = fs::read_to_string(one.join("regesta.toml")).expect("it is there");
    let declared = "\n[[dataset]]\nname = \"two\"\nfile = \"two.ttl\"\nlicence = \"https://example.org/l\"\n";
    put(&one, "regesta.toml", &(project + declared));
    run(&one, &["lock"]);
    assert!(run(&one, &["duplicates"]).starts_with("2 pairs that may stand in two editions, 2 of them new"));
}

#[test]
fn things_of_two_corpora_are_joined_by_a_decision() {
    let folder = joint();
    let folder = folder.path();
    let proposed = run(folder, &["reconcile", "persons", "--with", "two"]);
    assert_eq!(proposed, "1 candidate by identifier, 1 by name: 0 accepted, 2 rows in links/two.sssom.tsv\n");
    let found = rows(&folder.join("links/two.sssom.tsv"));
    let pairs: Vec<[&str; 2]> =
        found.iter().map(|row| ["subject_id", "object_id"].map(|column| cell(row, column))).collect();
    assert_eq!(pairs, [["one:person/lam#it", "two:person/lam#it"], ["one:person/vos#it", "two:person/vos#it"]]);
    answer(folder, &["reconcile", "persons", "--with", "two", "--review", "--reviewer", "Greta Lam"], "yn");
    // What is decided is decided whichever end it is seen from.
    let back = run(folder, &["reconcile", "persons", "--with", "one"]);
    assert_eq!(back, "0 candidates by identifier, 0 by name: 0 accepted\n");
    for name in ["one", "two"] {
        let report = run(folder, &["joins", name]);
        let persons = "  2 persons: 1 joined (1 by shared identifier), 0 waiting with 0 candidates, 1 unjoined\n";
        assert!(report.starts_with(&format!("{name}: ")) && report.contains(persons), "{report}");
    }
    let both = run(folder, &["query", "persons-in-two-corpora", "--format", "csv"]);
    assert!(both.contains("https://example.org/one/person/lam#it"), "{both}");
}

/// The corpora of a joint project stand to each other as datasets do.
#[test]
fn questions_go_across_the_corpora_of_a_joint_project() {
    let folder = joint();
    let folder = folder.path();
    for (name, born, date) in [("one", "1811", "1850-03-01"), ("two", "1812", "1850-03-02")] {
        put(
            folder,
            &format!("{name}/authorities/persons.csv"),
            &format!("id,label,born\nlam,\"Lam, Greta\",{born}\nvos,Anna Vos,\n"),
        );
        put(
            folder,
            &format!("{name}/authorities/events.csv"),
            &format!("id,label,attestation,date,source\nfire,Great Fire,documented,{date},Town book\n"),
        );
    }
    run(folder, &["reconcile", "persons", "--with", "two", "--threshold", "0.3"]);
    run(folder, &["reconcile", "events", "--with", "two"]);
    for kind in ["persons", "events"] {
        answer(folder, &["reconcile", kind, "--with", "two", "--review", "--reviewer", "Greta Lam"], "yy");
    }
    let asked = |query: &str| -> Vec<String> {
        let answer = run(folder, &["query", query, "-p", "dataset=two", "--format", "csv"]);
        answer.lines().skip(1).map(|line| line.replace("https://example.org/", "")).collect()
    };
    assert_eq!(
        asked("letters-elsewhere"),
        [
            "one/document/both#it,T,1850-02-01,,one/person/vos#it,Anna Vos,two/document/both#it,T,1850-02-01,two/dataset#it,two",
            "one/document/own#it,T,1850-01-02,,one/person/vos#it,Anna Vos,two/document/own#it,T,1850-01-03,two/dataset#it,two",
        ]
    );
    assert_eq!(
        asked("coverage-of-joins"),
        [
            "two/dataset#it,two,event,1,1,0,0",
            "two/dataset#it,two,organisation,1,0,0,1",
            "two/dataset#it,two,person,2,2,0,0"
        ]
    );
    let lives = asked("lives-compared");
    assert_eq!(lives.len(), 1, "{lives:?}");
    assert!(
        lives[0].contains("one/person/lam#it") && lives[0].contains(",1811,") && lives[0].contains(",1812,"),
        "{lives:?}"
    );
    let dates = asked("event-dates-compared");
    let ways: Vec<bool> =
        ["1850-03-01,,stated", "1850-03-02,,dataset"].map(|way| dates.iter().any(|line| line.contains(way))).to_vec();
    assert_eq!((ways, dates.len()), (vec![true, true], 2), "{dates:?}");
    assert_eq!(run(folder, &["query", "coverage-of-joins", "--format", "csv"]).lines().count(), 7);
    let as_shown = run(folder, &["query", "coverage-of-joins", "-p", "dataset=two/dataset", "--format", "csv"]);
    assert_eq!(as_shown.lines().count(), 4, "{as_shown}");
}

#[test]
fn datasets_of_the_corpora_of_a_joint_project_are_seen_from_it() {
    let folder = joint();
    let folder = folder.path();
    let declare =
        "\n[[dataset]]\nname = \"handbook\"\nfile = \"handbook.ttl\"\nlicence = \"https://example.org/licence\"\n";
    let project = folder.join("one/regesta.toml");
    let before = fs::read_to_string(&project).expect("it was written before");
    fs::write(&project, before + declare).expect("a file can be written");
    let dataset = "<https://example.org/handbook/lam> a <http://schema.org/Person> ; <http://schema.org/name> \"Lam, Greta\" ; \
                   <http://schema.org/sameAs> <https://d-nb.info/gnd/118540238> .\n";
    fs::write(folder.join("one/handbook.ttl"), dataset).expect("a file can be written");
    let output = regesta(folder, &["joins"]);
    assert!(text(&output.stderr).contains("help: run: regesta lock handbook -C one"), "{}", text(&output.stderr));
    run(folder, &["lock", "handbook", "-C", "one"]);
    let reconcile = ["reconcile", "persons", "--with", "handbook", "--accept-above", "0.9", "--reviewer", "Greta Lam"];
    run(&folder.join("one"), &reconcile);
    let report = run(folder, &["joins", "one/handbook"]);
    assert!(report.contains("  2 persons: 1 joined (1 by shared identifier)"), "{report}");
    let asked = ["query", "coverage-of-joins", "-p", "dataset=one/handbook", "--format", "csv"];
    assert!(run(folder, &asked).contains(",person,2,1,0,1"), "{}", run(folder, &asked));
    let as_shown = ["query", "coverage-of-joins", "-p", "dataset=one/dataset:handbook", "--format", "csv"];
    assert_eq!(run(folder, &as_shown), run(folder, &asked));
    for asked in [["lock", "one/handbook"].as_slice(), &["reconcile", "persons", "--with", "one/handbook"]] {
        let output = regesta(folder, asked);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("are joined there: -C one"), "{}", text(&output.stderr));
    }
}

/// A corpus whose things have names and, it may be, identifiers, and a dataset of one file.
fn corpus_with(tables: &[(&str, &str)], name: &str, dataset: &str, more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| put(folder.path(), path, text);
    let project = format!(
        "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n\n[[dataset]]\nname = \"d\"\nfile = \"{name}\"\n\
         licence = \"https://creativecommons.org/publicdomain/zero/1.0/\"\n{more}"
    );
    write("regesta.toml", &project);
    write("documents/a.md", "---\nkind: letter\ntitle: A\n---\nText\n");
    tables.iter().for_each(|(name, rows)| write(&format!("authorities/{name}.csv"), rows));
    write(name, dataset);
    run(folder.path(), &["lock"]);
    folder
}

#[test]
fn what_of_a_dataset_is_not_used_is_listed() {
    let place = r#"{"@id":"https://g.example/1","properties":{"title":"One","src":"s"},"depictions":[],
        "names":[{"toponym":"One","citations":[]}],"links":[{"type":"closeMatch","identifier":"dbp:One"}],
        "relations":[{"relationType":"gvp:broaderPartitive","relationTo":"https://g.example/2","when":{}}],
        "geometry":{"type":"Point","coordinates":[4.4,51.2],"certainty":"certain"},"when":{"periods":[]}}"#;
    // Of the right key, but not in the form that it has.
    let odd = r#"{"@id":"https://g.example/2","properties":{"title":"Two","ccodes":[32],"fclasses":["city"]},
        "names":["Deux",{"toponym":2},{"toponym":"Zwei","lang":"german"}],"types":[{"identifier":"aat:town"}],"links":[{}],
        "relations":[{"relationType":"gvp:broaderPartitive","relationTo":"no address"}],
        "geometry":{"type":"MultiPoint","coordinates":[[4.4,51.2],[4.4,151.2]]},
        "when":{"timespans":[{"start":{"in":"1600","latest":"1610"},"end":{"in":false}}]}}"#;
    assert_eq!(
        unused("d.geojson", &format!("{{\"features\":[{place},{odd}]}}"), ""),
        "ccodes that is no text 1, depictions 1, end.in 1, feature class that is no capital letter 1, \
         geometry Point without a position 1, geometry.certainty 1, language that is no tag of BCP 47 1, link dbp 1, \
         links without an identifier 1, names that is no object 1, names without a toponym 1, names.citations 1, \
         properties.src 1, relation to what is no address 1, relations.when 1, start.latest 1, \
         toponym that is no text 1, when.periods 1"
    );
    let pleiades = r#"{"uri":"https://pleiades.stoa.org/places/1","title":"One","reprPoint":[200,0],"names":[{"romanized":"Eins",
        "start":"old","references":[{"accessURI":"https://www.zotero.org/groups/pleiades"}]}],"locations":"none"}"#;
    assert_eq!(
        unused("d.json", pleiades, "format = \"pleiades\"\n"),
        "locations that is no object 1, reference outside authority files 1, reprPoint that is no position 1, \
         start that is no year 1"
    );
    let table =
        "id\ttitle\tfclasses\taat_types\tparent_id\tparent_name\tcolour\n1\tOne\tP;city\ttown\t2;a b\tTwo\tred\n";
    assert_eq!(
        unused("d.lp.tsv", table, ""),
        "colour 1, feature class that is no capital letter 1, id of what a thing lies in that is no address 1, \
         name of what a thing lies in, beside its id 1, type of the Art & Architecture Thesaurus that is no number 1"
    );
    let table = "id,name,land,when\n1,One,Germany,long ago\n2,Two,de,1850\n";
    let columns =
        "kind = \"event\"\n[dataset.columns]\nid = \"id\"\nname = \"name\"\ncountry = \"land\"\ndate = \"when\"\n";
    assert_eq!(
        unused("d.csv", table, columns),
        "country that is no code of two letters 1, date that is kept as words 1"
    );
    let register = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><listPerson><person xml:id=\"p1\">\
                    <persName>Lam, Greta</persName><nationality>Dutch</nationality></person></listPerson></body></text></TEI>";
    assert_eq!(unused("d.xml", register, "format = \"registers\"\n"), "nationality 1");
    let graphs = "<https://g.example/g> { <https://g.example/1> <http://schema.org/name> \"One\" }";
    assert_eq!(unused("d.trig", graphs, ""), "name of a graph 1");
}

/// What is said of a dataset not to be used.
fn unused(name: &str, dataset: &str, more: &str) -> String {
    let folder = corpus_with(&[], name, dataset, more);
    let report = run(folder.path(), &["lock"]);
    let (_, unused) = report.split_once("  not used: ").unwrap_or_else(|| panic!("{report}"));
    unused.trim_end().to_owned()
}

/// The pairs that are proposed, each with its score.
fn proposed(folder: &Path, kind: &str, more: &[&str]) -> Vec<(String, String, String)> {
    let arguments: Vec<&str> = ["reconcile", kind, "--with", "d"].iter().chain(more).copied().collect();
    run(folder, &arguments);
    let links = folder.join("links/d.sssom.tsv");
    if !links.is_file() {
        return Vec::new();
    }
    let cells = |row: &Vec<(String, String)>| {
        ["subject_id", "object_id", "comment"].map(|column| cell(row, column).to_owned()).into()
    };
    rows(&links).iter().map(cells).collect()
}

/// What Wikidata, GeoNames, the GND and VIAF say is understood in their own terms.
#[test]
fn datasets_are_compared_in_the_vocabularies_that_they_have() {
    let persons =
        "id,label,born,died,gnd\nroos,\"Roos, Neeltje\",1811,1890,\ngoethe,\"Goethe\",1749-08-28,,118540238\n";
    let places = "id,label,latitude,longitude,geonames\nkorvendam,Korvendam,52.1,4.4,\nparis,Paris,,,2988507\n";
    let tables = [("persons", persons), ("places", places)];
    let wikidata = "@prefix wd: <http://www.wikidata.org/entity/> .\n@prefix wdt: <http://www.wikidata.org/prop/direct/> .\n\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\
        @prefix geo: <http://www.opengis.net/ont/geosparql#> .\n\
        wd:Q1 wdt:P31 wd:Q5 ; rdfs:label \"Neeltje Roos\"@nl ; wdt:P569 \"1811-05-01T00:00:00Z\"^^xsd:dateTime .\n\
        wd:Q2 wdt:P31 wd:Q5 ; rdfs:label \"Johann Wolfgang von Goethe\"@de ; wdt:P227 \"118540238\" .\n\
        wd:Q3 wdt:P31 wd:Q515 ; rdfs:label \"Korvendam\"@nl ; wdt:P625 \"Point(4.41 52.09)\"^^geo:wktLiteral .\n\
        wd:Q4 rdfs:label \"Paris\"@fr ; wdt:P1566 \"2988507\" .\n";
    let geonames = "@prefix gn: <http://www.geonames.org/ontology#> .\n@prefix pos: <http://www.w3.org/2003/01/geo/wgs84_pos#> .\n\
        <https://sws.geonames.org/7/> a gn:Feature ; gn:name \"Korvendam\" ; pos:lat \"52.1\" ; pos:long \"4.4\" .\n\
        <http://sws.geonames.org/2988507/> a gn:Feature ; gn:name \"Paris\" ; gn:countryCode \"FR\" .\n";
    let gnd = "@prefix gndo: <https://d-nb.info/standards/elementset/gnd#> .\n\
        <https://d-nb.info/gnd/1> a gndo:DifferentiatedPerson ; gndo:preferredNameForThePerson \"Roos, Neeltje\" ; gndo:dateOfBirth \"1811\" .\n";
    let viaf = "@prefix schema: <https://schema.org/> .\n<http://viaf.org/viaf/5> a schema:Person ; schema:name \"Neeltje Roos\" ; \
        schema:deathDate \"1890\" ; schema:sameAs <https://d-nb.info/gnd/5> .\n";
    for (text, persons, places) in [
        (
            wikidata,
            &[("roos", "birth agrees"), ("goethe", "identifier")][..],
            &[("korvendam", "1 km"), ("paris", "identifier")][..],
        ),
        (geonames, &[], &[("korvendam", "0 km")]),
        (gnd, &[("roos", "birth agrees")], &[]),
        (viaf, &[("roos", "death agrees")], &[]),
    ] {
        let folder = corpus_with(&tables, "d.ttl", text, "");
        let mut found = proposed(folder.path(), "persons", &[]);
        assert_eq!(found.len(), persons.len(), "{found:?}");
        found.extend(proposed(folder.path(), "places", &[]).into_iter().skip(persons.len()));
        for (id, why) in persons.iter().chain(places) {
            let row = found.iter().find(|(ours, ..)| ours.contains(&format!("/{id}#it")));
            assert!(row.is_some_and(|(.., comment)| comment.contains(why)), "{id}: {found:?}");
        }
        assert_eq!(found.len(), persons.len() + places.len(), "{found:?}");
    }
}

#[test]
fn a_name_is_found_among_many_longer_ones() {
    let many: String = (0..500)
        .map(|number| format!("g:a{number} a schema:Place ; skos:prefLabel \"Paris Plage {number}\" .\n"))
        .collect();
    let text = format!(
        "@prefix schema: <http://schema.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix g: <https://g.example/> .\n\
         {many}g:z a schema:Place ; skos:prefLabel \"Paris\" .\n"
    );
    let folder = corpus_with(&[("places", "id,label\nparis,Paris\n")], "d.ttl", &text, "");
    let found = proposed(folder.path(), "places", &[]);
    assert_eq!(found.iter().map(|(_, theirs, _)| theirs.as_str()).collect::<Vec<_>>(), ["d:z"]);
}

/// An identifier that the dataset gives to many things is reported; candidates beyond those that are wanted are counted.
#[test]
fn what_is_not_proposed_is_said() {
    let text = |count: usize| -> String {
        let many = (0..count).map(|number| {
            format!("g:a{number} a schema:Place ; skos:prefLabel \"P{number}\" ; skos:exactMatch <https://sws.geonames.org/2988507/> .\n")
        });
        let prefixes = "@prefix schema: <http://schema.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
                        @prefix g: <https://g.example/> .\n";
        prefixes.to_owned() + &many.collect::<String>()
    };
    let places = [("places", "id,label,geonames\nparis,Paris,2988507\n")];
    let few = corpus_with(&places, "d.ttl", &text(8), "");
    let report = run(few.path(), &["reconcile", "places", "--with", "d"]);
    assert!(report.starts_with("5 candidates by identifier, 0 by name"), "{report}");
    assert!(
        report.contains("3 candidates left out, of things that have 5 already: --most proposes more\n"),
        "{report}"
    );
    let report = run(few.path(), &["reconcile", "places", "--with", "d", "--most", "8"]);
    assert!(report.starts_with("3 candidates by identifier") && !report.contains("left out"), "{report}");
    let many = corpus_with(&places, "d.ttl", &text(21), "");
    let output = regesta(many.path(), &["reconcile", "places", "--with", "d"]);
    let said = "warning[too-many-candidates]: the identifier <https://sws.geonames.org/2988507/> of \
                <https://example.org/t/place/paris#it> is that of 21 things of the dataset";
    assert!(text_of(&output).contains(said), "{}", text_of(&output));
}

/// Namesakes are none of them proposed, however many there are, and that they are there is said.
#[test]
fn namesakes_are_counted() {
    for count in [2, 4, 200] {
        let same: String = (0..count)
            .map(|number| format!("<https://g.example/{number}> a <http://schema.org/Person> ; <http://schema.org/name> \"Anna Vos\" .\n"))
            .collect();
        let folder = corpus_with(&[("persons", "id,label\nvos,Anna Vos\n")], "d.ttl", &same, "");
        let report = run(folder.path(), &["reconcile", "persons", "--with", "d"]);
        assert!(report.contains("1 thing of a name that several things have"), "{count}: {report}");
    }
}

/// Of a thing that is said to be nothing in the dataset nothing is proposed; by whom nobody has looked at, it is.
#[test]
fn what_is_said_not_to_be_there_is_not_searched_for() {
    let dataset = "<https://g.example/1> a <http://schema.org/Place> ; <http://schema.org/name> \"Ghent\" .\n";
    let folder = corpus_with(&[("places", "id,label\nghent,Ghent\n")], "d.ttl", dataset, "");
    let row = |justification: &str| {
        format!(
            "#mapping_set_id: https://example.org/s\n#license: https://example.org/l\n#object_source: https://example.org/t/dataset/d\n\
             subject_id\tpredicate_id\tobject_id\tmapping_justification\n\
             https://example.org/t/place/ghent#it\tskos:exactMatch\tsssom:NoTermFound\tsemapv:{justification}\n"
        )
    };
    put(folder.path(), "links/nothing.sssom.tsv", &row("ManualMappingCuration"));
    let search = ["reconcile", "places", "--with", "d"];
    assert_eq!(run(folder.path(), &search), "0 candidates by identifier, 0 by name: 0 accepted\n");
    assert!(!run(folder.path(), &["export", "turtle"]).contains("NoTermFound"));
    put(folder.path(), "links/nothing.sssom.tsv", &row("LexicalMatching"));
    assert!(run(folder.path(), &search).starts_with("0 candidates by identifier, 1 by name"));
}

/// Links that lead nowhere are not pinned as if they had led somewhere; several of one thing are counted as links.
#[test]
fn reports_tell_links_from_things_and_errors_from_losses() {
    let dataset = "@prefix schema: <http://schema.org/> .\n<https://g.example/1> a schema:Place ; schema:name \"Gent\" .\n\
                   <https://g.example/2> a schema:Place ; schema:name \"Gand\" .\n";
    let folder = corpus_with(&[("places", "id,label\nghent,Ghent\nparis,Paris\n")], "d.ttl", dataset, "");
    let folder = folder.path();
    let head = "#mapping_set_id: https://example.org/s\n#license: https://example.org/l\n#object_source: https://example.org/t/dataset/d\n\
                subject_id\tpredicate_id\tobject_id\tmapping_justification\treviewer_label\treviewer_agreement\n";
    let row = |ours: &str, theirs: &str, rest: &str| {
        format!("https://example.org/t/place/{ours}#it\tskos:exactMatch\thttps://g.example/{theirs}\tsemapv:{rest}\n")
    };
    let by_hand = "ManualMappingCuration\t\t";
    let rows = [
        row("ghent", "1", by_hand),
        row("ghent", "2", by_hand),
        row("ghent", "typo", by_hand),
        row("paris", "2", "LexicalMatching\tGreta Lam\t0.0"),
    ];
    put(folder, "links/d.sssom.tsv", &(head.to_owned() + &rows.concat()));
    let gone = "  place:ghent is linked to https://g.example/typo, which is not described\n";
    assert!(run(folder, &["lock"]).ends_with(gone));
    let lock = fs::read_to_string(folder.join("regesta.lock")).expect("it is locked");
    assert!(lock.contains("g.example/2") && !lock.contains("typo"), "{lock}");
    let places = "  2 places: 1 joined (2 links: 2 by hand), 0 waiting with 0 candidates, 1 undecided, 0 unjoined\n";
    assert!(run(folder, &["joins"]).ends_with(&format!("{places}{gone}")), "{}", run(folder, &["joins"]));
    put(folder, "links/d.sssom.tsv", &(head.to_owned() + &row("nobody", "1", by_hand)));
    let output = regesta(folder, &["joins"]);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""));
}

/// A year is shown as that year.
#[test]
fn dates_are_shown_as_they_are() {
    let dataset = "<https://g.example/1> a <http://schema.org/Person> ; <http://schema.org/name> \"Vos, Anna\" ; \
                   <http://schema.org/birthDate> \"1799\" ; <http://schema.org/deathDate> \"1870/1872\" .\n";
    let folder = corpus_with(&[("persons", "id,label\nvos,Anna Vos\n")], "d.ttl", dataset, "");
    let review = ["reconcile", "persons", "--with", "d", "--review", "--reviewer", "Greta Lam"];
    let asked = text(&answer(folder.path(), &review, "q").stdout);
    assert!(asked.contains("born 1799; died 1870/1872"), "{asked}");
}

/// What was rejected is no rival, and what shared an identifier with it no longer keeps names from being compared.
#[test]
fn what_was_rejected_is_out_of_the_question() {
    let text = "@prefix schema: <http://schema.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix g: <https://g.example/> .\n\
        g:1 a schema:Place ; skos:prefLabel \"Antverpia\" ; skos:exactMatch <https://sws.geonames.org/2803138/> .\n\
        g:2 a schema:Place ; skos:prefLabel \"Antwerp\" .\n";
    let folder = corpus_with(&[("places", "id,label,geonames\nantwerp,Antwerp,2803138\n")], "d.ttl", text, "");
    assert_eq!(proposed(folder.path(), "places", &[]).len(), 1);
    answer(folder.path(), &["reconcile", "places", "--with", "d", "--review", "--reviewer", "Greta Lam"], "n");
    let found = proposed(folder.path(), "places", &[]);
    assert_eq!(found.iter().map(|(_, theirs, _)| theirs.as_str()).collect::<Vec<_>>(), ["d:1", "d:2"]);
}

/// Candidates that somebody else has put into a file of their own are asked about, and decided there.
#[test]
fn candidates_in_other_files_are_asked_about() {
    let folder = corpus();
    let folder = folder.path();
    let head = "#mapping_set_id: https://example.org/s\n#license: https://example.org/l\n#curie_map:\n#  we: https://example.org/t/\n\
                #  g: https://g.example/place/\n";
    let table = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n\
                 we:place/nowhere#it\tskos:exactMatch\tg:3\tsemapv:LexicalMatching\n\
                 we:place/nowhere#it\tskos:exactMatch\tg:99\tsemapv:LexicalMatching\n";
    let theirs = folder.join("links/theirs.sssom.tsv");
    put(folder, "links/theirs.sssom.tsv", &format!("{head}{table}"));
    let review = ["reconcile", "places", "--with", "gazetteer", "--review", "--reviewer", "Greta Lam"];
    let output = answer(folder, &review, "sssn");
    assert!(text(&output.stdout).contains("4 of 4"), "{}", text(&output.stdout));
    let decided: Vec<(String, String)> = rows(&theirs)
        .iter()
        .map(|row| (cell(row, "object_id").to_owned(), cell(row, "reviewer_agreement").to_owned()))
        .collect();
    // The other is of no dataset that is asked about.
    assert_eq!(decided, [("g:3".to_owned(), "-1.0".to_owned()), ("g:99".to_owned(), String::new())]);
}

#[test]
fn a_mapping_file_of_others_stays_what_it_is() {
    let text = "@prefix schema: <http://schema.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix g: <https://g.example/> .\n\
        g:1 a schema:Place ; skos:prefLabel \"Ghent\" .\n";
    let folder = corpus_with(&[("places", "id,label\nghent,Ghent\nbruges,Bruges\n")], "d.ttl", text, "");
    let head = "# mapping_set_id: https://example.org/s\r\n# license: https://example.org/l\r\n# curie_map:\r\n#   we: https://example.org/t/\r\n\
                #   wd: http://www.wikidata.org/entity/\r\n";
    let table = "subject_id \tpredicate_id\tobject_id\tmapping_justification\treviewer_label\treviewer_agreement\tcomment\tcolour\r\n\
                 we:place/bruges#it\tskos:exactMatch\twd:Q12994\tsemapv:LexicalMatching\tLam\t-1\t\"two\nlines\"\tred\r\n";
    put(folder.path(), "links/d.sssom.tsv", &format!("{head}{table}"));
    run(folder.path(), &["reconcile", "places", "--with", "d"]);
    let written = fs::read_to_string(folder.path().join("links/d.sssom.tsv")).expect("the mapping file is there");
    assert!(
        written.contains("\"two\nlines\"") && written.contains("\tred\r\n") && written.contains("\t-1\t"),
        "{written}"
    );
    assert!(written.contains("we:place/ghent#it") && written.contains("https://g.example/"), "{written}");
    let output = regesta(folder.path(), &["check", "--message-format", "short"]);
    assert_eq!(output.status.code(), Some(0), "{}{written}", text_of(&output));
    assert_eq!(text_of(&output).lines().filter(|line| line.contains("unused-column")).count(), 1);
}

fn text_of(output: &Output) -> String {
    text(&output.stderr)
}

/// Half a dataset is no dataset.
#[test]
fn nothing_is_answered_from_a_dataset_of_which_a_file_is_broken() {
    let letter = |number: usize| {
        format!(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><profileDesc><correspDesc key=\"{number}\"><correspAction \
             type=\"sent\"><persName>Vos</persName></correspAction></correspDesc></profileDesc></teiHeader></TEI>"
        )
    };
    let folder = corpus_with(&[("persons", "id,label\nvos,Vos\n")], "d1.xml", &letter(1), "format = \"cmif\"\n");
    let project = fs::read_to_string(folder.path().join("regesta.toml")).expect("it is there");
    fs::write(folder.path().join("regesta.toml"), project.replace("d1.xml", "d*.xml")).expect("it can be written");
    fs::write(folder.path().join("d2.xml"), letter(2)).expect("it can be written");
    run(folder.path(), &["lock"]);
    fs::write(folder.path().join("d2.xml"), "<TEI").expect("it can be written");
    assert_eq!(regesta(folder.path(), &["lock"]).status.code(), Some(1));
    let pinned = fs::read_to_string(folder.path().join("regesta.lock")).expect("it is there");
    let digests: String = ["d1.xml", "d2.xml"]
        .map(|name| {
            format!("{}  {name}\n", regesta::source::sha256(&fs::read(folder.path().join(name)).expect("it is there")))
        })
        .concat();
    let digest = regesta::source::sha256(digests.as_bytes());
    let old = pinned.split("sha256 = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("a digest").to_owned();
    fs::write(folder.path().join("regesta.lock"), pinned.replace(&old, &digest)).expect("it can be written");
    for arguments in
        [&["query", "persons-in-two-corpora"][..], &["export", "nquads", "--dataset", "d"], &["duplicates"]]
    {
        let output = regesta(folder.path(), arguments);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""), "{arguments:?}");
    }
}
