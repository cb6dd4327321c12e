//! The cost of reading letters and writing them as N-Quads, beside a reference measured in the same run: tokenising
//! the same input once with its attributes, and serialising the same quads from memory with Oxigraph's writer.
//!
//! `cargo bench --bench letters [LETTERS]`. Processor time of one thread; the output goes nowhere.

mod common;

use common::{Input, Nowhere, RUNS, cmif, least, project, table, tei, written};
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::fs;
use std::io::BufWriter;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    let letters = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(50_000);
    println!("{:28} {:>9} {:>9} {:>9} {:>7} {:>11}", "input", "regesta", "tokenise", "serialise", "ratio", "2 threads");
    let inputs = [("TEI", letters / 10, tei as Input), ("table", letters, table), ("CMIF", letters, cmif)];
    for (name, number, write) in inputs {
        let small = measure(name, number, write);
        if name == "CMIF" {
            let large = measure(name, number * 10, write);
            println!("ten times the letters: {:.1} times the time", large.as_secs_f64() / small.as_secs_f64());
        }
    }
}

fn measure(name: &str, number: usize, write: Input) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sources = match name {
        "CMIF" => "cmif = [\"letters.xml\"]",
        "table" => "tables = [\"letters.csv\"]",
        _ => "tei = [\"*.xml\"]",
    };
    project(folder.path(), sources);
    write(folder.path(), number);
    let ours = least(|| export(folder.path(), 1));
    let tokenise = least(|| tokenise(folder.path()));
    let quads = quads(folder.path());
    let serialise = least(|| serialise(&quads));
    drop(quads);
    let wall = |threads| {
        let times = (0..RUNS).map(|_| {
            let before = Instant::now();
            export(folder.path(), threads);
            before.elapsed()
        });
        times.min().unwrap_or_default()
    };
    let (one, two) = (wall(1), wall(2));
    let ratio = ours.as_secs_f64() / (tokenise + serialise).as_secs_f64();
    let gain = one.as_secs_f64() / two.as_secs_f64();
    let seconds = |time: Duration| format!("{:.3} s", time.as_secs_f64());
    println!(
        "{:28} {:>9} {:>9} {:>9} {ratio:>7.2} {gain:>10.2}x",
        format!("{name}, {number} letters"),
        seconds(ours),
        seconds(tokenise),
        seconds(serialise)
    );
    ours
}

/// All letters, as N-Quads, to nowhere.
fn export(folder: &Path, threads: usize) {
    written(folder, threads, "nquads", Nowhere);
}

/// The quads of all letters.
fn quads(folder: &Path) -> Vec<Quad> {
    let mut bytes = Vec::new();
    written(folder, 1, "nquads", &mut bytes);
    let parser = oxigraph::io::RdfParser::from_format(RdfFormat::NQuads).lenient();
    parser.for_slice(&bytes).map(|quad| quad.expect("our own quads can be read")).collect()
}

/// Tokenises every source file once, with its attributes or cells.
fn tokenise(folder: &Path) {
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("xml") => {
                let text = fs::read_to_string(&path).expect("the file can be read");
                let mut reader = Reader::from_str(&text);
                loop {
                    match reader.read_event().expect("the file is well formed") {
                        Event::Eof => break,
                        Event::Start(tag) | Event::Empty(tag) => {
                            for attribute in tag.attributes() {
                                seen += attribute.expect("the attributes are well formed").value.len();
                            }
                        }
                        _ => {}
                    }
                }
            }
            Some("csv") => {
                let mut reader = csv::Reader::from_path(&path).expect("the file can be read");
                let mut record = csv::ByteRecord::new();
                while reader.read_byte_record(&mut record).expect("the rows are well formed") {
                    seen += record.as_slice().len();
                }
            }
            _ => {}
        }
    }
    assert!(std::hint::black_box(seen) > 0);
}

fn serialise(quads: &[Quad]) {
    let mut serializer =
        RdfSerializer::from_format(RdfFormat::NQuads).for_writer(BufWriter::with_capacity(1 << 16, Nowhere));
    for quad in quads {
        serializer.serialize_quad(quad).expect("nothing is written");
    }
    serializer.finish().expect("nothing is written");
}
