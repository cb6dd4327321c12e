//! `regesta build`: the graph of a corpus in every format, and one record for each document.

use crate::cli::check::{self, verify};
use crate::cli::coverage::Coverage;
use crate::cli::workspace::{Inventory, Workspace, number, shown};
use crate::cli::{Global, Outcome};
use clap::Args;
use oxigraph::model::NamedNodeRef;
use regesta::diagnostic::Severity;
use regesta::error::{Error, Result};
use regesta::export::{Exports, Format, NamedWriter, PieceMaker, Records};
use regesta::graph::{self, Maker, Sink, Statement, Target};
use regesta::line::Written;
use regesta::model::Corpus;
use regesta::output::OutputFolder;
use regesta::project::Project;
use regesta::source::{Sources, hexadecimal, sha256};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(before_help = "Example:  regesta build data/exchange-2017 -o graph")]
pub(super) struct Arguments {
    /// The corpus folder
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Where the result goes [default: the folder build in the corpus]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// The folder in a corpus that a build goes to, unless told otherwise.
pub(super) const BUILD_FOLDER: &str = "build";
/// The file in it that queries are answered from.
pub(super) const DATASET: &str = "dataset.nq";

/// `report.json`: what was read and written.
#[derive(Serialize)]
struct Report<'a> {
    regesta: &'static str,
    title: &'a str,
    base: &'a str,
    #[serde(flatten)]
    inventory: Inventory,
    coverage: Coverage<'a>,
    ranges_not_verified: usize,
    warnings: usize,
    quads: usize,
    graphs: Vec<GraphReport>,
    /// The corpora of a joint project.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corpora: Vec<CorpusReport<'a>>,
    files: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct CorpusReport<'a> {
    name: &'a str,
    base: &'a str,
    coverage: Coverage<'a>,
}

#[derive(Serialize)]
struct GraphReport {
    source: String,
    sha256: String,
    quads: usize,
}

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut workspace = Workspace::open(arguments.folder.as_deref(), global)?;
    let corpus = workspace.read(global);
    workspace.catalogue();
    let ready = workspace.project.clone().zip(corpus).filter(|_| !workspace.stops());
    let Some((project, corpus)) = ready else { return refuse(&workspace, global) };
    let target = arguments.output.clone().unwrap_or_else(|| workspace.root.join(BUILD_FOLDER));
    let folder = OutputFolder::begin(&target)?;
    let (counts, written) = write_dataset(&corpus, &project, &folder, &mut workspace, global)?;
    if workspace.stops() {
        return refuse(&workspace, global);
    }
    let mut files = BTreeMap::new();
    let mut records = write_records(&corpus, &project, "documents", &folder, &mut files)?;
    for member in &workspace.members {
        if let (Some(corpus), Some(project)) = (&member.corpus, &member.workspace.project) {
            let below = format!("{}/documents", member.name);
            records += write_records(corpus, project, &below, &folder, &mut files)?;
        }
    }
    for format in Format::ALL {
        let name = dataset_name(format);
        files.insert(name.clone(), digest_of(&folder.path(&name))?);
    }
    let verification = verify(&mut workspace, &corpus, None)?;
    let dataset = files[DATASET].clone();
    let report = Report {
        regesta: env!("CARGO_PKG_VERSION"),
        title: &project.title,
        base: &project.base,
        inventory: Inventory::of_all(&workspace, &corpus, &written),
        coverage: Coverage::of(&written, &workspace.sources),
        ranges_not_verified: verification.unverified,
        warnings: workspace.count(Severity::Warning),
        quads: counts.values().sum(),
        graphs: graphs(&counts, &written, &project, &workspace),
        corpora: corpora(&workspace),
        files,
    };
    let mut json = serde_json::to_vec_pretty(&report).expect("a report has only texts and numbers");
    json.push(b'\n');
    folder.write("report.json", &json)?;
    let quads = counts.values().sum();
    folder.finish(&workspace.marker(dataset))?;
    workspace.show_diagnostics(global)?;
    let mut lines = report.inventory.lines();
    lines.extend(report.coverage.lines());
    report.corpora.iter().for_each(|corpus| lines.extend(check::of_member(corpus.name, &corpus.coverage)));
    lines.extend(check::verified(verification, false));
    lines.extend(workspace.silenced());
    lines.push(format!(
        "wrote {} with {}, in {}, and {}",
        shown(&target).display(),
        number(quads, "quad"),
        number(Format::ALL.len(), "format"),
        number(records, "record")
    ));
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)?;
    Ok(if workspace.has_errors() { Outcome::Problems } else { Outcome::Fine })
}

fn refuse(workspace: &Workspace, global: &Global) -> Result<Outcome> {
    workspace.show_diagnostics(global)?;
    // Nobody may be there to read it.
    let _ = writeln!(io::stderr(), "nothing was written");
    Ok(Outcome::Problems)
}

fn dataset_name(format: &Format) -> String {
    format!("dataset.{}", format.extension)
}

/// Counts quads by graph on their way to the files.
struct Counts<'a> {
    exports: Exports<'a>,
    by_graph: BTreeMap<String, usize>,
    graph: String,
}

/// Counts quads on their way to pieces.
struct CountedPieces(PieceMaker);

/// Passes on and counts.
struct Counted<'s> {
    sink: &'s mut dyn Sink,
    count: usize,
}

impl Sink for Counted<'_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.count += 1;
        self.sink.statement(statement)
    }
}

impl Maker for CountedPieces {
    type Piece = (usize, <PieceMaker as Maker>::Piece);

    fn make(&mut self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Self::Piece> {
        let mut count = 0;
        let pieces = self.0.make(&mut |sink| {
            let mut counted = Counted { sink, count: 0 };
            let written = write(&mut counted);
            count = counted.count;
            written
        })?;
        Ok((count, pieces))
    }
}

impl Sink for Counts<'_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        *self.by_graph.entry(statement.quad.graph_name.to_string()).or_default() += 1;
        self.exports.statement(statement)
    }
}

impl Target for Counts<'_> {
    type Maker = CountedPieces;

    fn maker(&self) -> CountedPieces {
        CountedPieces(self.exports.maker())
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.graph = graph.to_string();
        self.exports.begin(graph)
    }

    fn append(&mut self, (count, pieces): <CountedPieces as Maker>::Piece) -> Result<()> {
        *self.by_graph.entry(self.graph.clone()).or_default() += count;
        self.exports.append(pieces)
    }

    fn take_back(&mut self) -> Result<()> {
        self.by_graph.remove(&self.graph);
        self.exports.take_back()
    }
}

/// The graphs of the source files, with those of the corpora of a joint project.
fn graphs(
    counts: &BTreeMap<String, usize>,
    written: &Written,
    project: &Project,
    workspace: &Workspace,
) -> Vec<GraphReport> {
    let of = |written: &Written, base: &str, sources: &Sources| -> Vec<GraphReport> {
        let iris = graph::Iris::new(base);
        let report = written.sources.iter().map(|source| GraphReport {
            source: sources.shown(source.file).to_owned(),
            sha256: source.digest.to_string(),
            quads: counts.get(&iris.source(&source.path).to_string()).copied().unwrap_or(0),
        });
        report.collect()
    };
    let mut reports = of(written, &project.base, &workspace.sources);
    for member in &workspace.members {
        if let Some(project) = &member.workspace.project {
            reports.extend(of(&member.written, &project.base, &member.workspace.sources));
        }
    }
    reports
}

fn corpora(workspace: &Workspace) -> Vec<CorpusReport<'_>> {
    let report = workspace.members.iter().filter_map(|member| {
        let base = &member.workspace.project.as_ref()?.base;
        let coverage = Coverage::of(&member.written, &member.workspace.sources);
        Some(CorpusReport { name: &member.name, base, coverage })
    });
    report.collect()
}

/// Writes the whole graph in every format, past the gate.
fn write_dataset(
    corpus: &Corpus,
    project: &Project,
    folder: &OutputFolder,
    workspace: &mut Workspace,
    global: &Global,
) -> Result<(BTreeMap<String, usize>, Written)> {
    let mut exports = Exports::new(&project.base);
    for format in Format::ALL {
        let name = dataset_name(format);
        exports.add(format, NamedWriter::new(folder.path(&name), BufWriter::new(folder.create(&name)?)))?;
    }
    let mut counts = Counts { exports, by_graph: BTreeMap::new(), graph: String::new() };
    let written = workspace.write(corpus, global, &mut counts)?;
    counts.exports.finish()?;
    Ok((counts.by_graph, written))
}

/// Writes one record for each document; how many. The digests go into `files`.
fn write_records(
    corpus: &Corpus,
    project: &Project,
    below: &str,
    folder: &OutputFolder,
    files: &mut BTreeMap<String, String>,
) -> Result<usize> {
    let records = Records::new(corpus, project);
    for document in &corpus.documents {
        let name = format!("{below}/{}.jsonld", document.id.slug);
        let json = records.record(document)?.to_json();
        folder.write(&name, &json)?;
        files.insert(name, sha256(&json));
    }
    Ok(corpus.documents.len())
}

/// The SHA-256 of a file, in hexadecimal.
pub(super) fn digest_of(path: &Path) -> Result<String> {
    let failed = |error| Error::file("read", path, error);
    let mut reader = BufReader::new(File::open(path).map_err(failed)?);
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer).map_err(failed)? {
            0 => return Ok(hexadecimal(&digest.finalize())),
            count => digest.update(&buffer[..count]),
        }
    }
}
