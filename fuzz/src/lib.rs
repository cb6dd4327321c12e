//! What the fuzz targets share: a corpus of one hostile file, read and written as the program does it.

use oxigraph::io::{RdfFormat, RdfParser};
use regesta::line::{self, Line};
use regesta::diagnostic::Diagnostics;
use regesta::export::{Exports, Format};
use regesta::project::Project;
use regesta::read::{self, Index};
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
    let index = Index::of(&corpus.authorities, &sources);
    let line = Line {
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
