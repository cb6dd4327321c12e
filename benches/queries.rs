//! The cost of loading letters into the store, beside Oxigraph's own loading of the same quads, and of every stored
//! query over them.
//!
//! `cargo bench --bench queries [LETTERS]`. Processor time of one thread; loading is not counted among the queries.

mod common;

use common::{BASE, cmif, gnd, least, processor_time, project, sent};
use oxigraph::model::{NamedNode, Quad};
use oxigraph::store::Store as Oxigraph;
use regesta::corpus::{AnswerFormat, Corpus, LoadedGraph, Options, StoredQuery, embedded_queries};
use regesta::graph::{GraphTarget, QuadList, Sink, Statement};
use regesta::model::Kind;
use regesta::store::Store;
use regesta::vocabulary::dct;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The most that a query may cost, in seconds.
const GOAL: f64 = 0.5;

fn main() {
    let letters = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "cmif = [\"letters.xml\"]");
    cmif(folder.path(), letters);
    load(folder.path());
    let (store, corpus) = sent(folder.path(), 1, Store::new().expect("memory takes it"));
    let store = store.finish().expect("memory takes it");
    let letters = store.things_below(&format!("{BASE}document/")).expect("memory can be read");
    let letter = letters.first().expect("there are letters").trim_start_matches(BASE);
    let letter = letter.trim_end_matches("#it").replacen('/', ":", 1);
    let graph = corpus.graph_in(store).expect("the project file is read");
    let (joined, _) = sent(folder.path(), 1, Store::new().expect("memory takes it"));
    ask(&graph, &join(joined, folder.path()), &letter);
}

/// Loads pieces of quads as the line does, and the same quads as Oxigraph does it itself.
fn load(folder: &std::path::Path) {
    let (Parts(parts), _) = sent(folder, 1, Parts::default());
    let quads: usize = parts.iter().map(Vec::len).sum();
    let list = |quads: &Vec<Quad>| QuadList::of(quads.clone());
    let mut copies: Vec<Vec<QuadList>> = (0..common::RUNS).map(|_| parts.iter().map(list).collect()).collect();
    let ours = least(|| {
        let mut store = Store::new().expect("memory takes it");
        let parts = copies.pop().expect("there is a copy for each run");
        parts.into_iter().for_each(|part| store.append(part).expect("memory takes it"));
        drop(store.finish());
    });
    let mut copies: Vec<Vec<Quad>> = (0..common::RUNS).map(|_| parts.concat()).collect();
    let theirs = least(|| {
        let store = Oxigraph::new().expect("memory takes it");
        let mut loader = store.bulk_loader();
        loader.load_quads(copies.pop().expect("there is a copy for each run")).expect("memory takes it");
        loader.commit().expect("memory takes it");
    });
    let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
    println!("loading {quads} quads: {ours:.2} s, Oxigraph's own {theirs:.2} s, ratio {:.2}", ours / theirs);
}

/// Quads in the parts that they come in.
#[derive(Default)]
struct Parts(Vec<Vec<Quad>>);

impl Sink for Parts {
    fn statement(&mut self, statement: Statement<'_>) -> regesta::error::Result<()> {
        self.0.push(vec![statement.quad.into_owned()]);
        Ok(())
    }
}

impl GraphTarget for Parts {
    type Part = QuadList;

    fn begin_part(&mut self) -> QuadList {
        QuadList::all()
    }

    fn begin(&mut self, _: oxigraph::model::NamedNodeRef<'_>) -> regesta::error::Result<()> {
        Ok(())
    }

    fn append(&mut self, part: QuadList) -> regesta::error::Result<()> {
        self.0.push(part.quads);
        Ok(())
    }

    fn take_back(&mut self) -> regesta::error::Result<()> {
        unreachable!("nothing of the input is broken")
    }
}

/// A dataset that describes the agents and places of the letters by the identifiers that these have, and letters of its
/// own.
fn join(mut store: Store, folder: &Path) -> LoadedGraph {
    let mut text = String::new();
    let schema = "http://schema.org";
    for number in 0..10_000 {
        let person = format!("<https://d-nb.info/gnd/{}>", gnd(number));
        let _ = writeln!(text, "{person} <{schema}/birthDate> \"{}\" .", 1700 + number % 100);
        let _ = writeln!(text, "<https://others.example/letter/{number}> <{schema}/recipient> {person} .");
    }
    for number in 0..2_000 {
        let place = format!("<https://sws.geonames.org/{}/>", 2_800_000 + number);
        let _ =
            writeln!(text, "{place} <http://www.geonames.org/ontology#countryCode> \"{}\" .", ["DE", "NL"][number % 2]);
        let _ = writeln!(text, "{place} <{schema}/containedInPlace> <https://others.example/region/{}> .", number % 20);
    }
    fs::write(folder.join("others.nt"), text).expect("a file can be written");
    let project = fs::read_to_string(folder.join("regesta.toml")).expect("it was written before");
    let mounted =
        "[[dataset]]\nname = \"others\"\nfile = \"others.nt\"\nlicence = \"https://others.example/licence\"\n";
    fs::write(folder.join("regesta.toml"), format!("{project}\n{mounted}")).expect("a file can be written");
    let mut corpus = Corpus::open(Some(folder)).expect("there is a project file");
    // The catalogue of the letters does not know the dataset, which was made after them.
    let statement = Quad::new(
        NamedNode::new_unchecked(format!("{BASE}dataset#it")),
        dct::REFERENCES,
        corpus.datasets()[0].1.clone(),
        NamedNode::new_unchecked(format!("{BASE}catalogue")),
    );
    store.statement(Statement { quad: statement.as_ref(), span: None, shared: false }).expect("memory takes it");
    let before = processor_time();
    let wanted = ["others"].into_iter().collect();
    let joined = corpus.load_datasets(&wanted, store, &Options::default()).expect("memory takes it");
    println!("setting the corpus apart and loading the dataset: {:.2} s", (processor_time() - before).as_secs_f64());
    corpus.graph_in(joined.expect("the dataset can be read")).expect("the project file is read")
}

/// Asks every stored query, with what it requires and, where it takes more, with all it takes.
fn ask(corpus: &LoadedGraph, joined: &LoadedGraph, letter: &str) {
    println!("{:40} {:>8} {:>9}", "query", "rows", "seconds");
    let mut slow = 0;
    for query in embedded_queries().iter() {
        let graph = if query.datasets.is_empty() { corpus } else { joined };
        for all in [false, true] {
            let asked = query.parameters.iter().filter(|parameter| parameter.required || all);
            let written: Vec<(String, String)> =
                asked.map(|parameter| (parameter.name.clone(), value(query, &parameter.name, letter))).collect();
            if all && query.parameters.iter().all(|parameter| parameter.required) {
                continue;
            }
            let before = processor_time();
            let mut bytes = Vec::new();
            let format = AnswerFormat::find("tsv", 0).expect("it is one");
            graph.ask(query, written, format, &mut bytes).expect("the query can be evaluated");
            let seconds = (processor_time() - before).as_secs_f64();
            let rows = bytes.iter().filter(|byte| **byte == b'\n').count().saturating_sub(1);
            let mark = if seconds > GOAL { " *" } else { "" };
            slow += usize::from(seconds > GOAL);
            let name = if all { format!("{} …", query.name) } else { query.name.clone() };
            println!("{name:40} {rows:>8} {seconds:>9.3}{mark}");
        }
    }
    println!("{slow} above {GOAL} s");
}

/// A value that the letters have much of.
fn value(query: &StoredQuery, parameter: &str, letter: &str) -> String {
    let parameter = query.parameters.iter().find(|known| known.name == parameter).expect("it is one of the query's");
    let takes = |kind: Kind| parameter.entity.contains(&kind);
    match parameter.name.as_str() {
        "dataset" => "others".to_owned(),
        "country" => "DE".to_owned(),
        "b" => format!("person:gnd-{}", gnd(1).to_lowercase()),
        "from" => "1800-01-01".to_owned(),
        "to" => "1800-12-31".to_owned(),
        _ if takes(Kind::Person) => format!("person:gnd-{}", gnd(0).to_lowercase()),
        _ if takes(Kind::Place) => "place:geonames-2800000".to_owned(),
        _ if takes(Kind::Document) => letter.to_owned(),
        _ => parameter.example.clone().expect("every parameter has an example"),
    }
}
