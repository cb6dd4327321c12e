//! What the fuzz targets share: a corpus of one hostile file, read and written as the program does it.

use oxigraph::io::{RdfFormat, RdfParser};
use regesta::diagnostic::Diagnostics;
use regesta::export::{Exports, Format};
use regesta::graph::KeptQuads;
use regesta::line::{self, Line};
use regesta::datasets::{self, MountedDataset};
use regesta::project::Project;
use regesta::input::{self, AuthorityIndex};
use regesta::reconcile::Gatherer;
use regesta::source::Sources;
use std::fs;
use std::num::NonZero;
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
    line(folder.path());
}

fn line(folder: &Path) {
    let mut sources = Sources::new(folder);
    let mut diagnostics = Diagnostics::default();
    let project = Project::read(&mut sources, &mut diagnostics).expect("the project file can be read");
    let files = project.find_files(&mut sources, &mut diagnostics);
    let threads = NonZero::new(1).expect("one is positive");
    let corpus = read::read(&project, &sources, &files, threads, &|| {}, &mut diagnostics);
    let index = AuthorityIndex::of(&corpus.authorities, &sources);
    let line = Line {
        is_checked: true,
        project: &project,
        sources: &sources,
        files: &files,
        corpus: &corpus,
        index: &index,
        threads,
        progress: &|| {},
    };
    let mut outputs = vec![Vec::new(); SYNTAXES.len()];
    let mut exports = Exports::new(&project.base);
    for ((name, _), output) in SYNTAXES.iter().zip(&mut outputs) {
        exports.add(Format::find(name).expect("the table has it"), output).expect("memory takes it");
    }
    line::write(line, &mut exports, &mut diagnostics).expect("memory takes it");
    exports.finish().expect("memory takes it");
    for ((name, format), output) in SYNTAXES.iter().zip(&outputs) {
        for quad in RdfParser::from_format(*format).for_slice(output) {
            if let Err(error) = quad {
                panic!("what was written as {name} cannot be read: {error}\n{}", String::from_utf8_lossy(output));
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
    let mut sources = Sources::new(folder.path());
    let mut diagnostics = Diagnostics::default();
    let project = Project::read(&mut sources, &mut diagnostics).expect("the project file can be read");
    let files = project.find_files(&mut sources, &mut diagnostics);
    let threads = NonZero::new(1).expect("one is positive");
    let dataset = &project.datasets[0];
    let mount = MountedDataset { project: &project, dataset, sources: &sources, files: &files.datasets[0], threads };
    let mut gatherer = Gatherer::default();
    datasets::read(mount, &mut gatherer, &mut diagnostics).expect("memory takes it");
    let things = gatherer.finish();
    things.circles("d", dataset.span);
    things.list.iter().for_each(|thing| drop(things.summary(thing)));
    let mut kept = KeptQuads::new(|_| true);
    datasets::read(mount, &mut kept, &mut Diagnostics::default()).expect("memory takes it");
    for quad in kept.into_quads() {
        let line = format!("{quad} .");
        for read in RdfParser::from_format(RdfFormat::NQuads).for_slice(&line) {
            assert!(read.is_ok(), "what was read cannot be written: {line}");
        }
    }
}
