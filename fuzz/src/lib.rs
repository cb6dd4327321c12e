//! What the fuzz targets share: a corpus of one hostile file, read and written as the program does it.

use oxigraph::io::{RdfFormat, RdfParser};
use regesta::corpus::{Corpus, Format, Options};
use regesta::graph::KeptQuads;
use std::fs;
use std::path::Path;

/// The syntaxes that are written, and read again with the strict parser of another library.
const SYNTAXES: [(&str, RdfFormat); 3] =
    [("nquads", RdfFormat::NQuads), ("trig", RdfFormat::TriG), ("rdfxml", RdfFormat::RdfXml)];

/// Reads a corpus of one file and writes its graph; what was written can be read.
pub fn read_and_write(sources: &str, name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let project =
        format!("title = \"F\"\nbase = \"https://example.org/f/\"\nlanguage = \"en\"\n\n[sources]\n{sources}\n");
    fs::write(folder.path().join("regesta.toml"), project).expect("a file can be written");
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
    write(folder.path());
}

fn write(folder: &Path) {
    let mut corpus = Corpus::open(Some(folder)).expect("there is a project file");
    let options = Options::default();
    // Checks would read every stored query, which takes most of the time and has nothing to do with the file.
    corpus.read(&options);
    for (name, format) in SYNTAXES {
        let mut output = Vec::new();
        let syntax = Format::find(name).expect("the table has it");
        corpus.write_graph(syntax, false, &mut output, &options).expect("memory takes it");
        for quad in RdfParser::from_format(format).for_slice(&output) {
            if let Err(error) = quad {
                panic!("what was written as {name} cannot be read: {error}\n{}", String::from_utf8_lossy(&output));
            }
        }
    }
}

/// The files of datasets that a first byte chooses from, and what the project file says of them.
const DATASETS: [(&str, &str); 9] = [
    ("d.ttl", ""),
    ("d.trig", ""),
    ("d.rdf", ""),
    ("d.jsonld", ""),
    ("d.nt.gz", ""),
    ("d.geojson", ""),
    ("d.json", "format = \"pleiades\""),
    ("d.lp.tsv", ""),
    ("d.csv", "kind = \"place\"\n[dataset.columns]\nid = \"a\"\nname = \"b\"\nwithin = \"c\"\nlatitude = \"d\"\nlongitude = \"e\""),
];

/// Mounts a dataset of one file: what is said of its things can be compared, and what was read can be written.
pub fn mount_and_compare(choice: u8, bytes: &[u8]) {
    let (name, more) = DATASETS[usize::from(choice) % DATASETS.len()];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let project = format!(
        "title = \"F\"\nbase = \"https://example.org/f/\"\nlanguage = \"en\"\n\n[[dataset]]\nname = \"d\"\nfile = \"{name}\"\n\
         licence = \"https://example.org/l\"\n{more}\n"
    );
    fs::write(folder.path().join("regesta.toml"), project).expect("a file can be written");
    fs::write(folder.path().join(name), bytes).expect("a file can be written");
    let mut corpus = Corpus::open(Some(folder.path())).expect("there is a project file");
    let options = Options::default();
    let things = corpus.things_of_dataset("d", &options).expect("memory takes it");
    things.iter().flat_map(|things| things.list.iter().map(|thing| things.summary(thing))).for_each(drop);
    let mut kept = KeptQuads::new(|_| true);
    corpus.send_dataset("d", &mut kept, &options).expect("memory takes it");
    for quad in kept.into_quads() {
        let line = format!("{quad} .");
        for read in RdfParser::from_format(RdfFormat::NQuads).for_slice(&line) {
            assert!(read.is_ok(), "what was read cannot be written: {line}");
        }
    }
}
