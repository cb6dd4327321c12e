//! What the tests share: a corpus read by the library, the program, and expected files.

use oxigraph::model::{GraphName, NamedNodeRef, Quad};
use regesta::check::{self, Check, Checked, Forms, PlacedStore};
use regesta::diagnostic::{self, Diagnostics, MessageFormat};
use regesta::error::Result;
use regesta::export::{Exports, Format};
use regesta::graph::{self, Maker, Sink, Statement, Target};
use regesta::line::{self, Line, Written};
use regesta::model::Corpus;
use regesta::mount::{self, Mount};
use regesta::project::{Project, SourceFiles};
use regesta::query::{Catalogue, StoredQuery, on_large_stack};
use regesta::read::{self, Index};
use regesta::reconcile::Gatherer;
use regesta::source::Sources;
use regesta::store::Store;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

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

/// A corpus as the library reads it.
pub(crate) struct Loaded {
    pub(crate) project: Option<Project>,
    pub(crate) sources: Sources,
    pub(crate) files: SourceFiles,
    pub(crate) corpus: Corpus,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) written: Option<Written>,
    pub(crate) quads: Vec<Quad>,
    /// What the datasets say that it is joined with.
    pub(crate) datasets: Vec<Quad>,
}

/// Our stored queries, read once for all tests.
static EMBEDDED: OnceLock<Catalogue> = OnceLock::new();

/// Takes every quad.
#[derive(Default)]
pub(crate) struct Quads(pub(crate) Vec<Quad>, Option<GraphName>);

impl Sink for Quads {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.0.push(statement.quad.into_owned());
        Ok(())
    }
}

/// Reads a corpus, its queries and, where a folder of texts is given, its absent texts.
pub(crate) fn load(folder: &Path, texts: Option<&Path>) -> Loaded {
    let mut sources = Sources::new(folder);
    let mut diagnostics = Diagnostics::default();
    let project = Project::read(&mut sources, &mut diagnostics);
    let Some(known) = &project else {
        let (files, corpus) = (SourceFiles::default(), Corpus::default());
        let (quads, datasets) = (Vec::new(), Vec::new());
        let written = None;
        return Loaded { project, sources, files, corpus, diagnostics, quads, datasets, written };
    };
    let files = known.find_files(&mut sources, &mut diagnostics);
    mount::check(known, &sources, &files, &mut diagnostics);
    let datasets = read_datasets(known, &sources, &files, &mut diagnostics);
    let two = NonZero::new(2).expect("two is not zero");
    let corpus = read::read(known, &sources, &files, two, &|| {}, &mut diagnostics);
    on_large_stack(|| {
        let mut catalogue = EMBEDDED.get_or_init(Catalogue::embedded).clone();
        catalogue.read(&sources, &files.queries, &mut diagnostics);
    });
    read::verify(&corpus, texts, &mut diagnostics).expect("the folder of texts can be read");
    let mut quads = Quads::default();
    let written = write(known, &sources, &files, &corpus, &mut quads, &mut diagnostics);
    let (quads, written) = (quads.0, Some(written));
    Loaded { project, sources, files, corpus, diagnostics, quads, datasets, written }
}

/// The statements of every dataset, with what is wrong with it.
fn read_datasets(
    project: &Project,
    sources: &Sources,
    files: &SourceFiles,
    diagnostics: &mut Diagnostics,
) -> Vec<Quad> {
    let mut all = Vec::new();
    for (dataset, files) in project.datasets.iter().zip(&files.datasets) {
        let (mut quads, mut gatherer) = (Quads::default(), Gatherer::default());
        let mount = Mount { project, dataset, sources, files, threads: NonZero::<usize>::MIN };
        mount::read(mount, &mut quads, diagnostics).expect("memory takes it");
        for quad in &quads.0 {
            let statement = Statement { quad: quad.as_ref(), span: None, shared: false };
            gatherer.statement(statement).expect("memory takes it");
        }
        gatherer.finish().circles(&dataset.name, dataset.span).into_iter().for_each(|circle| diagnostics.push(circle));
        all.append(&mut quads.0);
    }
    all
}

impl Maker for Quads {
    type Piece = Vec<Quad>;

    fn make(&mut self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Vec<Quad>> {
        let mut quads = Self::default();
        write(&mut quads)?;
        Ok(quads.0)
    }
}

impl Target for Quads {
    type Maker = Self;

    fn maker(&self) -> Self {
        Self::default()
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.1 = Some(graph.into());
        Ok(())
    }

    fn append(&mut self, piece: Vec<Quad>) -> Result<()> {
        self.0.extend(piece);
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        self.0.retain(|quad| Some(&quad.graph_name) != self.1.as_ref());
        Ok(())
    }
}

/// Asks the checks of a corpus's own, without the limits that the program sets.
fn own_checks(
    project: &Project,
    sources: &Sources,
    files: &SourceFiles,
    corpus: &Corpus,
    diagnostics: &mut Diagnostics,
) {
    let checks = on_large_stack(|| Check::read_all(sources, &files.checks, diagnostics));
    if checks.is_empty() {
        return;
    }
    let mut graph = PlacedStore::new().expect("a store in memory");
    write(project, sources, files, corpus, &mut graph, &mut Diagnostics::default());
    let graph = graph.finish().expect("memory takes it");
    for check in &checks {
        match on_large_stack(|| check.run(&graph, &project.base)) {
            Ok(found) => found.into_iter().for_each(|found| diagnostics.push(found)),
            Err(error) => check.report_unfinished(&error.to_string(), diagnostics),
        }
    }
}

/// Sends the graph of a corpus to a target.
pub(crate) fn write<T: Target>(
    project: &Project,
    sources: &Sources,
    files: &SourceFiles,
    corpus: &Corpus,
    target: &mut T,
    diagnostics: &mut Diagnostics,
) -> Written {
    let index = Index::of(&corpus.authorities, sources);
    let threads = NonZero::new(2).expect("two is not zero");
    let line = Line { project, sources, files, corpus, index: &index, is_checked: true, threads, progress: &|| {} };
    line::write(line, target, diagnostics).expect("the target takes everything")
}

impl Loaded {
    /// Checks what was read, and asks the checks of the corpus's own.
    pub(crate) fn check(mut self) -> Self {
        let Self { project: Some(project), sources, files, corpus, written: Some(written), diagnostics, .. } =
            &mut self
        else {
            return self;
        };
        let Written { things, facts, coverage, .. } = &*written;
        let mut forms = Forms::default();
        self::write(project, sources, files, corpus, &mut forms, &mut Diagnostics::default());
        check::check(Checked { project, sources, files, corpus, things, facts, coverage }, forms, diagnostics);
        own_checks(project, sources, files, corpus, diagnostics);
        diagnostics.report_unused_acceptances();
        self
    }

    /// The diagnostics as `--message-format short` shows them.
    pub(crate) fn short(&self) -> String {
        self.shown(MessageFormat::Short)
    }

    /// The diagnostics as a format shows them.
    pub(crate) fn shown(&self, format: MessageFormat) -> String {
        let mut text = Vec::new();
        diagnostic::print(&self.diagnostics, &self.sources, format, &mut text).expect("memory takes it");
        String::from_utf8(text).expect("diagnostics are UTF-8")
    }

    /// The base IRI.
    pub(crate) fn base(&self) -> &str {
        &self.project.as_ref().expect("the project file is read").base
    }

    /// The graph in a format.
    pub(crate) fn export(&self, format: &'static Format) -> String {
        let project = self.project.as_ref().expect("the project file is read");
        let mut bytes = Vec::new();
        let mut exports = Exports::new(&project.base);
        exports.add(format, &mut bytes).expect("memory takes it");
        write(project, &self.sources, &self.files, &self.corpus, &mut exports, &mut Diagnostics::default());
        exports.finish().expect("memory takes it");
        String::from_utf8(bytes).expect("exports are UTF-8")
    }

    /// A store with the graph.
    pub(crate) fn store(&self) -> Store {
        let project = self.project.as_ref().expect("the project file is read");
        let mut store = Store::new().expect("a store in memory");
        write(project, &self.sources, &self.files, &self.corpus, &mut store, &mut Diagnostics::default());
        store.finish().expect("the store takes every quad")
    }

    /// The stores with and without the datasets, filled with these quads of the corpus.
    pub(crate) fn stores<'q>(&self, quads: impl Iterator<Item = &'q Quad> + Clone) -> Stores {
        let filled = || {
            let mut store = Store::new().expect("a store in memory");
            for quad in quads.clone() {
                let statement = Statement { quad: quad.as_ref(), span: None, shared: false };
                store.statement(statement).expect("memory takes it");
            }
            store.finish().expect("memory takes it")
        };
        let (corpus, mut joined) = (filled(), filled());
        let project = self.project.as_ref().expect("the project file is read");
        let mut diagnostics = Diagnostics::default();
        joined.set_apart().expect("memory takes it");
        for (dataset, files) in project.datasets.iter().zip(&self.files.datasets) {
            let threads = NonZero::<usize>::MIN;
            let mount = Mount { project, dataset, sources: &self.sources, files, threads };
            mount::read(mount, &mut joined, &mut diagnostics).expect("memory takes it");
        }
        graph::candidates(&self.corpus.mappings, project, &mut joined).expect("memory takes it");
        assert!(!diagnostics.has_errors(), "{:?}", diagnostics.sorted(&self.sources));
        Stores { corpus, joined: joined.finish().expect("memory takes it") }
    }
}

/// The stores that the stored queries of a corpus are put to.
pub(crate) struct Stores {
    corpus: Store,
    joined: Store,
}

impl Stores {
    /// The store that a query is put to: with the datasets, if it asks about any.
    pub(crate) fn of(&self, query: &StoredQuery) -> &Store {
        if query.datasets.is_empty() { &self.corpus } else { &self.joined }
    }
}

/// The program, in a folder.
pub(crate) fn regesta(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_regesta"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command.output().expect("the program starts")
}

/// What a program wrote, as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("the walk stays below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
        } else if entry.file_type().is_file() {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

/// Compares a text with an expected file; with `REGESTA_BLESS=1` in the environment, writes the file instead.
/// Returns what differs.
pub(crate) fn expect(path: &Path, actual: &str) -> Option<String> {
    if std::env::var_os("REGESTA_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("an expected file is in a folder")).expect("a folder can be made");
        fs::write(path, actual).expect("an expected file can be written");
        return None;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == actual {
        return None;
    }
    let name = path.strip_prefix(repository()).unwrap_or(path).display();
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
