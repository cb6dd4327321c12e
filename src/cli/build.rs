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
use regesta::graph::{self, Distribution, Maker, Sink, Statement, Statistics, Target};
use regesta::line::Written;
use regesta::model::{Corpus, TermsOfUse};
use regesta::output::OutputFolder;
use regesta::project::Project;
use regesta::source::{Sources, hexadecimal, sha256};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::mem;
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
/// The file in it that says what is in the graphs.
const DESCRIPTION: &str = "description.ttl";

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
    let (statistics, written) = write_dataset(&corpus, &project, &folder, &mut workspace, global)?;
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
    let distributions = distributions(&folder)?;
    files.extend(distributions.iter().map(|file| (file.file.clone(), file.digest.clone())));
    let described = description(&statistics, &distributions, &terms_of_use(&corpus, &written, &workspace), &project)?;
    folder.write(DESCRIPTION, &described)?;
    files.insert(DESCRIPTION.to_owned(), sha256(&described));
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
        quads: statistics.statements(),
        graphs: graphs(&statistics, &written, &project, &workspace),
        corpora: corpora(&workspace),
        files,
    };
    let mut json = serde_json::to_vec_pretty(&report).expect("a report has only texts and numbers");
    json.push(b'\n');
    folder.write("report.json", &json)?;
    let quads = statistics.statements();
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

/// Counts what is in the graphs on their way to the files.
struct Counts<'a> {
    exports: Exports<'a>,
    /// What is in the graphs that stay.
    settled: Statistics,
    /// What is in the graph that may be taken back.
    latest: Statistics,
}

/// Counts quads on their way to pieces.
struct CountedPieces(PieceMaker);

/// Passes on and counts.
struct Counted<'s> {
    sink: &'s mut dyn Sink,
    statistics: &'s mut Statistics,
}

impl Sink for Counted<'_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.statistics.count(statement);
        self.sink.statement(statement)
    }
}

impl Maker for CountedPieces {
    type Piece = (Statistics, <PieceMaker as Maker>::Piece);

    fn make(&mut self, write: &mut dyn FnMut(&mut dyn Sink) -> Result<()>) -> Result<Self::Piece> {
        let mut statistics = Statistics::default();
        let pieces = self.0.make(&mut |sink| write(&mut Counted { sink, statistics: &mut statistics }))?;
        Ok((statistics, pieces))
    }
}

impl Sink for Counts<'_> {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.settled.count(statement);
        self.exports.statement(statement)
    }
}

impl Target for Counts<'_> {
    type Maker = CountedPieces;

    fn maker(&self) -> CountedPieces {
        CountedPieces(self.exports.maker())
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.settled.append(mem::take(&mut self.latest));
        self.exports.begin(graph)
    }

    fn append(&mut self, (statistics, pieces): <CountedPieces as Maker>::Piece) -> Result<()> {
        self.latest.append(statistics);
        self.exports.append(pieces)
    }

    fn take_back(&mut self) -> Result<()> {
        self.latest = Statistics::default();
        self.exports.take_back()
    }
}

/// The graphs of the source files, with those of the corpora of a joint project.
fn graphs(statistics: &Statistics, written: &Written, project: &Project, workspace: &Workspace) -> Vec<GraphReport> {
    let of = |written: &Written, base: &str, sources: &Sources| -> Vec<GraphReport> {
        let iris = graph::Iris::new(base);
        let report = written.sources.iter().map(|source| GraphReport {
            source: sources.shown(source.file).to_owned(),
            sha256: source.digest.to_string(),
            quads: statistics.graphs.get(iris.source(&source.path).as_str()).copied().unwrap_or(0),
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
) -> Result<(Statistics, Written)> {
    let mut exports = Exports::new(&project.base);
    for format in Format::ALL {
        let name = dataset_name(format);
        exports.add(format, NamedWriter::new(folder.path(&name), BufWriter::new(folder.create(&name)?)))?;
    }
    let (settled, latest) = (Statistics::default(), Statistics::default());
    let mut counts = Counts { exports, settled, latest };
    let written = workspace.write(corpus, global, &mut counts)?;
    counts.exports.finish()?;
    counts.settled.append(counts.latest);
    Ok((counts.settled.finish(), written))
}

/// The files that the whole dataset is in.
fn distributions(folder: &OutputFolder) -> Result<Vec<Distribution>> {
    let distributions = Format::ALL.iter().map(|format| {
        let file = dataset_name(format);
        let path = folder.path(&file);
        let bytes = path.metadata().map_err(|error| Error::file("read", &path, error))?.len();
        let digest = digest_of(&path)?;
        Ok(Distribution { format: format.name, file, media_type: format.media_type, bytes, digest })
    });
    distributions.collect()
}

/// The terms that source files state for themselves.
fn terms_of_use<'a>(corpus: &'a Corpus, written: &'a Written, workspace: &'a Workspace) -> BTreeSet<&'a TermsOfUse> {
    let of_members = workspace.members.iter().flat_map(|member| {
        let whole = member.corpus.iter().flat_map(|corpus| &corpus.sources);
        whole.chain(&member.written.sources)
    });
    let sources = corpus.sources.iter().chain(&written.sources).chain(of_members);
    sources.flat_map(|source| &source.terms).collect()
}

/// What is in the graphs, and in which files they are, as Turtle.
fn description(
    statistics: &Statistics,
    distributions: &[Distribution],
    terms: &BTreeSet<&TermsOfUse>,
    project: &Project,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let turtle = Format::find("turtle").expect("the table has Turtle");
    let mut exports = Exports::new(&project.base);
    exports.add(turtle, &mut bytes)?;
    graph::description(statistics, distributions, terms, project, &mut exports)?;
    exports.finish()?;
    Ok(bytes)
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
