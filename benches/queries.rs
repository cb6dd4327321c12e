//! The cost of loading letters into the store, beside Oxigraph's own loading of the same quads, and of every stored
//! query over them.
//!
//! `cargo bench --bench queries [LETTERS]`. Processor time of one thread; loading is not counted among the queries.

mod common;

use common::{BASE, cmif, least, line, processor_time, project};
use oxigraph::model::Quad;
use oxigraph::sparql::results::QueryResultsFormat;
use oxigraph::store::Store as Oxigraph;
use regesta::graph::{Maker, Sink, Statement, Target};
use regesta::model::Kind;
use regesta::query::{AnswerFormat, Catalogue, StoredQuery, on_large_stack, run};
use regesta::store::Store;

/// The most that a query may cost, in seconds.
const GOAL: f64 = 0.5;

fn main() {
    let letters = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "cmif = [\"letters.xml\"]");
    cmif(folder.path(), letters);
    load(folder.path());
    let (store, _) = line(folder.path(), 1, |_| Store::new().expect("memory takes it"));
    let store = store.finish().expect("memory takes it");
    on_large_stack(|| ask(&store));
}

/// Loads pieces of quads as the line does, and the same quads as Oxigraph does it itself.
fn load(folder: &std::path::Path) {
    let (Pieces(pieces), _) = line(folder, 1, |_| Pieces::default());
    let quads: usize = pieces.iter().map(Vec::len).sum();
    let mut copies: Vec<Vec<Vec<Quad>>> = (0..common::RUNS).map(|_| pieces.clone()).collect();
    let ours = least(|| {
        let mut store = Store::new().expect("memory takes it");
        let pieces = copies.pop().expect("there is a copy for each run");
        pieces.into_iter().for_each(|piece| store.append(piece).expect("memory takes it"));
        drop(store.finish());
    });
    let mut copies: Vec<Vec<Quad>> = (0..common::RUNS).map(|_| pieces.concat()).collect();
    let theirs = least(|| {
        let store = Oxigraph::new().expect("memory takes it");
        let mut loader = store.bulk_loader();
        loader.load_quads(copies.pop().expect("there is a copy for each run")).expect("memory takes it");
        loader.commit().expect("memory takes it");
    });
    let (ours, theirs) = (ours.as_secs_f64(), theirs.as_secs_f64());
    println!("loading {quads} quads: {ours:.2} s, Oxigraph's own {theirs:.2} s, ratio {:.2}", ours / theirs);
}

/// Quads in the pieces that the line makes.
#[derive(Default)]
struct Pieces(Vec<Vec<Quad>>);

impl Sink for Pieces {
    fn statement(&mut self, statement: Statement<'_>) -> regesta::error::Result<()> {
        self.0.push(vec![statement.quad.into_owned()]);
        Ok(())
    }
}

impl Target for Pieces {
    type Maker = regesta::graph::Quads;

    fn maker(&self) -> Self::Maker {
        regesta::graph::Quads
    }

    fn begin(&mut self, _: oxigraph::model::NamedNodeRef<'_>) -> regesta::error::Result<()> {
        Ok(())
    }

    fn append(&mut self, piece: <Self::Maker as Maker>::Piece) -> regesta::error::Result<()> {
        self.0.push(piece);
        Ok(())
    }

    fn take_back(&mut self) -> regesta::error::Result<()> {
        unreachable!("nothing of the input is broken")
    }
}

/// Asks every stored query, with what it requires and, where it takes more, with all it takes.
fn ask(store: &Store) {
    println!("{:40} {:>8} {:>9}", "query", "rows", "seconds");
    let mut slow = 0;
    for query in Catalogue::embedded().iter() {
        for all in [false, true] {
            let asked = query.parameters.iter().filter(|parameter| parameter.required || all);
            let written: Vec<(String, String)> =
                asked.map(|parameter| (parameter.name.clone(), value(query, &parameter.name, store))).collect();
            if all && query.parameters.iter().all(|parameter| parameter.required) {
                continue;
            }
            let before = processor_time();
            let bound = query.bind(&written, BASE).expect("the values are of the right types");
            let mut bytes = Vec::new();
            let format = AnswerFormat::Rows(QueryResultsFormat::Tsv);
            run(query, bound, store, BASE, format, &mut bytes).expect("the query can be evaluated");
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
fn value(query: &StoredQuery, parameter: &str, store: &Store) -> String {
    let parameter = query.parameters.iter().find(|known| known.name == parameter).expect("it is one of the query's");
    let takes = |kind: Kind| parameter.entity.contains(&kind);
    let document = || {
        let first = store.things_below(&format!("{BASE}document/")).into_iter().next().expect("there are letters");
        first.trim_start_matches(BASE).trim_end_matches("#it").replacen('/', ":", 1)
    };
    match parameter.name.as_str() {
        "b" => "person:gnd-100000001".to_owned(),
        "from" => "1800-01-01".to_owned(),
        "to" => "1800-12-31".to_owned(),
        _ if takes(Kind::Person) => "person:gnd-100000000".to_owned(),
        _ if takes(Kind::Place) => "place:geonames-2800000".to_owned(),
        _ if takes(Kind::Document) => document(),
        _ => parameter.example.clone().expect("every parameter has an example"),
    }
}
