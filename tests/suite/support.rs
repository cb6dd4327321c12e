//! What the tests share: a corpus read by the library, the program, and expected files.

#![allow(dead_code, reason = "every target of the tests uses a part of it")]

use oxigraph::model::Quad;
use regesta::corpus::{Catalogue, Corpus, LoadedGraph, Options, StoredQuery, embedded_queries};
use regesta::diagnostic::{self, MessageFormat};
use regesta::export::Format;
use regesta::graph::{KeptQuads, Sink, Statement};
use regesta::progress::Silent;
use regesta::store::Store;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// Two threads, and nobody who is told how far it has come.
pub(crate) const OPTIONS: Options<'static> =
    Options { threads: NonZero::new(2).expect("two is not zero"), progress: &Silent };

/// The folder of the repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sample corpus and the practice corpus.
pub(crate) fn corpora() -> [PathBuf; 2] {
    [repository().join("data/exchange-2017"), repository().join("data/practice")]
}

/// Writes a file, and makes the folder that it is in.
pub(crate) fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

/// A corpus that was read, with its graph.
pub(crate) struct Loaded {
    pub(crate) corpus: Corpus,
    /// The stored queries, its own among them.
    pub(crate) catalogue: Catalogue,
    pub(crate) quads: Vec<Quad>,
    /// What the datasets say that it is joined with.
    pub(crate) datasets: Vec<Quad>,
    texts: Option<PathBuf>,
}

/// Reads a corpus, its queries and, where a folder of texts is given, its absent texts.
pub(crate) fn load(folder: &Path, texts: Option<&Path>) -> Loaded {
    let mut corpus = Corpus::open(Some(folder)).expect("there is a project file");
    let texts = texts.map(Path::to_owned);
    if !corpus.read(&OPTIONS) {
        return Loaded { corpus, catalogue: embedded_queries(), quads: Vec::new(), datasets: Vec::new(), texts };
    }
    let catalogue = corpus.catalogue();
    corpus.verify(texts.as_deref()).expect("the folder of texts can be read");
    let datasets = read_datasets(&mut corpus);
    let mut kept = KeptQuads::new(|_| true);
    corpus.send(&mut kept, &OPTIONS).expect("memory takes it");
    Loaded { corpus, catalogue, quads: kept.into_quads(), datasets, texts }
}

/// The statements of every dataset of a corpus.
fn read_datasets(corpus: &mut Corpus) -> Vec<Quad> {
    let project = corpus.project().expect("the project file is read");
    let names: Vec<String> = project.datasets.iter().map(|dataset| dataset.name.clone()).collect();
    let mut kept = KeptQuads::new(|_| true);
    for name in names {
        corpus.send_dataset(&name, &mut kept, &OPTIONS).expect("memory takes it");
        corpus.things_of_dataset(&name, &OPTIONS).expect("memory takes it");
    }
    kept.into_quads()
}

impl Loaded {
    /// The same, checked, custom checks included.
    pub(crate) fn check(self) -> Self {
        let mut corpus = Corpus::open(Some(self.corpus.root())).expect("there is a project file");
        if corpus.project().is_some() {
            read_datasets(&mut corpus);
        }
        corpus.check(self.texts.as_deref(), None, &OPTIONS).expect("memory takes it");
        Self { corpus, ..self }
    }

    /// The diagnostics as `--message-format short` shows them.
    pub(crate) fn short(&self) -> String {
        self.shown(MessageFormat::Short)
    }

    /// The diagnostics as a format shows them.
    pub(crate) fn shown(&self, format: MessageFormat) -> String {
        let mut text = Vec::new();
        diagnostic::print(self.corpus.diagnostics(), self.corpus.sources(), format, false, &mut text)
            .expect("memory takes it");
        String::from_utf8(text).expect("diagnostics are UTF-8")
    }

    /// The base IRI.
    pub(crate) fn base(&self) -> &str {
        &self.corpus.project().expect("the project file is read").base
    }

    /// The graph in a format.
    pub(crate) fn export(&self, format: &'static Format) -> String {
        let mut corpus = Corpus::open(Some(self.corpus.root())).expect("there is a project file");
        let mut bytes = Vec::new();
        corpus.read(&OPTIONS);
        corpus.write_graph(format, false, &mut bytes, &OPTIONS).expect("memory takes it");
        String::from_utf8(bytes).expect("exports are UTF-8")
    }

    /// The graph, to be asked.
    pub(crate) fn graph(&self) -> LoadedGraph {
        self.corpus.graph_in(filled(self.quads.iter())).expect("the project file is read")
    }

    /// The graphs with and without the datasets, filled with these quads of the corpus.
    pub(crate) fn graphs<'q>(&self, quads: impl Iterator<Item = &'q Quad> + Clone) -> Graphs {
        let mut corpus = Corpus::open(Some(self.corpus.root())).expect("there is a project file");
        let names: Vec<String> = corpus.datasets().into_iter().map(|(name, _)| name).collect();
        let wanted = names.iter().map(String::as_str).collect();
        let joined = corpus.load_datasets(&wanted, filled(quads.clone()), &OPTIONS).expect("memory takes it");
        let graph = |store| corpus.graph_in(store).expect("the project file is read");
        Graphs { corpus: graph(filled(quads)), joined: graph(joined.expect("the datasets can be read")) }
    }
}

fn filled<'q>(quads: impl Iterator<Item = &'q Quad>) -> Store {
    let mut store = Store::new().expect("a store in memory");
    for quad in quads {
        let statement = Statement { quad: quad.as_ref(), span: None, shared: false };
        store.statement(statement).expect("memory takes it");
    }
    store.finish().expect("memory takes it")
}

/// The graphs that the stored queries of a corpus are put to.
pub(crate) struct Graphs {
    corpus: LoadedGraph,
    joined: LoadedGraph,
}

impl Graphs {
    /// The graph that a query is put to: with the datasets, if it asks about any.
    pub(crate) fn of(&self, query: &StoredQuery) -> &LoadedGraph {
        if query.datasets.is_empty() { &self.corpus } else { &self.joined }
    }
}

/// The program, in a folder.
pub(crate) fn regesta(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_regesta"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR").env_remove("COLUMNS");
    command.output().expect("the program starts")
}

/// What a program wrote, as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// A temporary folder with a copy of the case `tests/cases/GROUP/NAME`; if its `input/` has no project file, it gets the
/// usual one.
pub(crate) fn copy_case(case: &str) -> TempDir {
    let cases = repository().join("tests/cases");
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&cases.join(case), folder.path());
    let project = folder.path().join("input/regesta.toml");
    if project.symlink_metadata().is_err() {
        fs::copy(cases.join("regesta.toml"), project).expect("the usual project file can be copied");
    }
    folder
}

/// Copies a folder; what is a link stays one.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("the walk stays below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
        } else if entry.file_type().is_file() {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        } else if entry.path_is_symlink() {
            let aim = fs::read_link(entry.path()).expect("the link can be read");
            std::os::unix::fs::symlink(aim, &target).expect("a link can be made");
        }
    }
}

/// Compares a text with an expected file; with `REGESTA_BLESS=1` in the environment, writes the file instead.
/// Returns what differs.
pub(crate) fn expect(path: &Path, actual: &str) -> Option<String> {
    let expected = fs::read_to_string(path).ok();
    if expected.as_deref() == Some(actual) {
        return None;
    }
    if std::env::var_os("REGESTA_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("an expected file is in a folder")).expect("a folder can be made");
        fs::write(path, actual).expect("an expected file can be written");
        return None;
    }
    let name = path.strip_prefix(repository()).unwrap_or(path).display();
    let Some(expected) = expected else {
        return Some(format!("{name} cannot be read; REGESTA_BLESS=1 writes it"));
    };
    let first = expected.lines().zip(actual.lines()).position(|(left, right)| left != right);
    let line = first.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
    Some(format!(
        "{name}:{}\n  expected: {}\n  actual:   {}\n",
        line + 1,
        expected.lines().nth(line).unwrap_or("(nothing more)"),
        actual.lines().nth(line).unwrap_or("(nothing more)")
    ))
}

/// Fails with everything that differs.
pub(crate) fn assert_nothing(differences: Vec<String>) {
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}
