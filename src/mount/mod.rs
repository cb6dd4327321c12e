//! Datasets of others, as they are mounted: from whatever they are written in to the statements of one graph.
//!
//! RDF is passed on as it is, but for two things: blank nodes get IRIs in the order in which they come, and IRIs of
//! known authority files come to their one form. What is not RDF is put into the terms that gazetteers and libraries
//! use. Nothing of it becomes a statement of the corpus.

mod json;
mod letters;
mod linked_places;
mod pen;
mod pleiades;
mod rdf;
mod table;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Result;
use crate::graph::{Iris, Sink};
use crate::project::{Dataset, Form, LOCK_FILE, Project, SourceFiles};
use crate::source::{Digest, FileId, Sources, sha256};
use pen::Pen;
use std::collections::BTreeMap;
use std::num::NonZero;

/// The most problems of one file that are reported.
const PROBLEM_LIMIT: usize = 100;

/// What is said where there are more.
fn not_listed() -> String {
    format!("there are more than {PROBLEM_LIMIT} such problems in this file; the others are not listed")
}

/// A dataset that is to be read.
#[derive(Clone, Copy)]
pub struct Mount<'a> {
    /// The project that declares it.
    pub project: &'a Project,
    /// What the project says of it.
    pub dataset: &'a Dataset,
    /// The source files.
    pub sources: &'a Sources,
    /// Those of the dataset, in order of path.
    pub files: &'a [FileId],
    /// How many threads read letters.
    pub threads: NonZero<usize>,
}

/// What was read of a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many statements there are.
    pub statements: usize,
    /// How many blank nodes were given an IRI.
    pub blank_nodes: usize,
    /// Keys and columns that are not used, and how often they were met.
    pub unused: BTreeMap<String, usize>,
}

/// Sends the statements of a dataset to a sink, in the graph of the dataset. Where `diagnostics` has errors after that,
/// what was sent is not the whole dataset and is not to be used.
pub fn read(mount: Mount<'_>, sink: &mut dyn Sink, diagnostics: &mut Diagnostics) -> Result<Tally> {
    let Mount { project, dataset, sources, files, .. } = mount;
    let mut pen = Pen::new(project, dataset, sink);
    match &dataset.form {
        Form::Cmif | Form::Registers => letters::read(mount, &mut pen, diagnostics)?,
        form => {
            for &file in files {
                pen.begin(file);
                let read = match form {
                    Form::Rdf => rdf::read(sources, file, &mut pen),
                    Form::LinkedPlaces => linked_places::read(sources, file, &mut pen, diagnostics),
                    Form::Pleiades => pleiades::read(sources, file, &mut pen, diagnostics),
                    Form::LinkedPlacesTable => table::read_linked_places(sources, file, &mut pen, diagnostics),
                    Form::Table(columns) => table::read(columns, sources, file, &mut pen, diagnostics),
                    Form::Cmif | Form::Registers => unreachable!("the arm before this one takes them"),
                };
                diagnostics.take(read);
            }
        }
    }
    pen.finish(dataset, diagnostics)
}

/// The digest that a dataset is pinned with: the SHA-256 of its file; of several files, that of their digests and
/// paths, a line each, as `sha256sum` writes them. Nothing where a file cannot be read.
pub fn digest(sources: &Sources, files: &[FileId], diagnostics: &mut Diagnostics) -> Option<String> {
    let digests = files.iter().filter_map(|file| Some((*file, diagnostics.take(sources.digest(*file))?)));
    let digests: Vec<(FileId, Digest)> = digests.collect();
    match digests.as_slice() {
        some if some.len() < files.len() => None,
        [(_, digest)] => Some(digest.to_string()),
        several => {
            let line = |(file, digest): &(FileId, Digest)| format!("{digest}  {}\n", sources.path(*file));
            Some(sha256(several.iter().map(line).collect::<String>().as_bytes()))
        }
    }
}

/// Reports datasets that are not pinned, or whose files are not what was pinned.
pub fn check(project: &Project, sources: &Sources, files: &SourceFiles, diagnostics: &mut Diagnostics) {
    for (dataset, files) in project.datasets.iter().zip(&files.datasets).filter(|(_, files)| !files.is_empty()) {
        let Some(digest) = digest(sources, files, diagnostics) else { continue };
        let name = &dataset.name;
        // A corpus of a joint project has a lock file of its own.
        let place = sources.folder().map_or_else(String::new, |folder| format!(" -C {folder}"));
        let diagnostic = match project.lock.pins.get(name) {
            Some(pin) if pin.sha256 == digest => continue,
            Some(_) => {
                let message = format!("the dataset \"{name}\" is no longer the one that the corpus was joined with");
                let help = format!(
                    "put the old file back; or, if the new one is meant, see what it changes with: regesta lock {name}{place}"
                );
                Diagnostic::new(Code::DatasetChanged, dataset.span, message).help(help)
            }
            None => {
                let message = format!("the dataset \"{name}\" is not pinned in {LOCK_FILE}");
                Diagnostic::new(Code::DatasetNotLocked, dataset.span, message)
                    .help(format!("run: regesta lock {name}{place}"))
            }
        };
        diagnostics.push(diagnostic);
    }
}

/// The IRI of the graph that a dataset is mounted as.
pub fn graph(project: &Project, dataset: &Dataset) -> oxigraph::model::NamedNode {
    Iris::new(&project.base).mounted(&dataset.name)
}
