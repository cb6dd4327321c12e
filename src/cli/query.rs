//! `regesta query`: questions to the graph.
//!
//! A query can need more memory than there is, and running out of it ends a process. So the question is put by a
//! second process with a limit, and this one says what happened to it.

use crate::cli::build::{BUILD_FOLDER, DATASET, digest_of};
use crate::cli::joining::Datasets;
use crate::cli::process::limit_memory;
use crate::cli::workspace::Workspace;
use crate::cli::{Global, Outcome};
use clap::Args;
use oxigraph::model::NamedNode;
use regesta::diagnostic::{self, Diagnostics};
use regesta::error::{Error, Result};
use regesta::export::Format;
use regesta::graph;
use regesta::model::Id;
use regesta::mount;
use regesta::output::Marker;
use regesta::project::{Project, SourceFiles};
use regesta::query::{
    AnswerFormat, Base, Catalogue, Purpose, StoredQuery, TEXT_LIMIT, on_large_stack, run as evaluate,
};
use regesta::read;
use regesta::source::{SourceText, Sources};
use regesta::store::Store;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

#[derive(Args)]
#[command(before_help = "Example:  regesta query claims-about -p entity=person:block-cornelis --format csv")]
pub(super) struct Arguments {
    /// The stored query's name
    #[arg(conflicts_with_all = ["query_file", "list"])]
    name: Option<String>,
    /// List the stored queries
    #[arg(long, conflicts_with_all = ["query_file", "parameters"])]
    list: bool,
    /// Ask the query in a file instead; - stands for standard input
    #[arg(long = "query-file", alias = "query", value_name = "FILE")]
    query_file: Option<PathBuf>,
    /// A parameter's value: an id of the corpus, an address, a date, a number, words
    #[arg(short = 'p', long = "parameter", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// How the answer is written: table, csv, tsv, json, xml; for graphs turtle, ntriples, jsonld, rdfxml, trig, nquads
    #[arg(long, alias = "results", value_name = "FORMAT", default_value = "table")]
    format: String,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
    /// Give up when the query needs more memory than so many MiB
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(64..))]
    memory: u64,
}

/// The columns of a table that does not go to a terminal.
const TABLE_WIDTH: u16 = 120;

/// The variable by which a process knows that it is the one that puts the question.
const IN_PROCESS: &str = "REGESTA_QUERY_PROCESS";

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    if arguments.name.is_none() && arguments.query_file.is_none() && !arguments.list {
        let help = "list the stored queries with: regesta query --list".to_owned();
        return Err(Error::usage("name a stored query, or a file with --query-file", help));
    }
    if arguments.list {
        return list(global);
    }
    if std::env::var_os(IN_PROCESS).is_some() {
        limit_memory(arguments.memory);
        return in_process(arguments, global);
    }
    supervise(arguments)
}

fn supervise(arguments: &Arguments) -> Result<Outcome> {
    let failed = |error| Error::file("start", "the query's process", error);
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = Command::new(program);
    let mut child = command.args(std::env::args_os().skip(1)).env(IN_PROCESS, "1").spawn().map_err(failed)?;
    let deadline = arguments.timeout.and_then(|seconds| Instant::now().checked_add(Duration::from_secs(seconds)));
    let mut pause = Duration::from_micros(500);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            child.kill().and_then(|()| child.wait()).map_err(failed)?;
            return Err(Error::Limit {
                message: format!("the query took more than {} seconds", arguments.timeout.unwrap_or_default()),
                help: Some("ask for less, or raise the limit with --timeout".to_owned()),
            });
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    };
    outcome(status, arguments)
}

/// What the other process ended with is what this one ends with.
fn outcome(status: ExitStatus, arguments: &Arguments) -> Result<Outcome> {
    match status.code() {
        Some(0) => Ok(Outcome::Fine),
        Some(1) => Ok(Outcome::Problems),
        // The other process has said what was wrong.
        Some(code) => std::process::exit(code),
        None => Err(Error::Limit {
            message: format!(
                "the query needed more than {} MiB of memory, or was stopped from outside",
                arguments.memory
            ),
            help: Some("ask for less, or raise the limit with --memory".to_owned()),
        }),
    }
}

fn in_process(arguments: &Arguments, global: &Global) -> Result<Outcome> {
    let mut workspace = Workspace::open(None, global)?;
    let catalogue = workspace.catalogue();
    let own;
    let stored = match (&arguments.name, &arguments.query_file) {
        (Some(name), _) => catalogue.find(name)?,
        (None, Some(path)) => {
            own = on_large_stack(|| read_query(path, global))?;
            &own
        }
        (None, None) => unreachable!("one of the two was demanded before"),
    };
    let format = answer_format(&arguments.format)?;
    let mut parameters = parameters(&arguments.parameters)?;
    let Some(project) = workspace.project.clone() else {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    let mut mounted = workspace.datasets();
    // The corpora of a joint project are loaded with it, and can be asked for as datasets are.
    mounted
        .extend(project.corpora.iter().map(|member| (member.name.clone(), graph::Iris::new(&member.base).dataset())));
    for (name, value) in &mut parameters {
        let of_dataset = stored.parameters.iter().any(|known| known.name == *name && known.of_dataset);
        of_member(value, of_dataset, &project, &mounted);
    }
    // What is wrong with the question is said before the sources are read.
    let query = on_large_stack(|| stored.bind(&parameters, &project.base))?;
    let wanted = stored.wanted_datasets(&parameters, &project.base, &mounted)?;
    let Some(mut store) = store(&mut workspace, global)? else {
        workspace.show_diagnostics(global)?;
        return Ok(Outcome::Problems);
    };
    if !stored.datasets.is_empty() {
        let wanted = wanted.into_iter().map(|at| &*mounted[at].0).collect();
        let (with_datasets, whole) = load(&wanted, store, &mut workspace, global)?;
        store = with_datasets;
        if !whole {
            workspace.show_diagnostics(global)?;
            return Ok(Outcome::Problems);
        }
    }
    workspace.show_diagnostics(global)?;
    stored.check_ids(&parameters, &Base::all(&project), &store)?;
    on_large_stack(move || {
        let mut writer = BufWriter::new(io::stdout().lock());
        evaluate(stored, query, &store, &Base::all(&project), format, &mut writer)?;
        writer.flush().map_err(Error::Output)
    })?;
    Ok(Outcome::Fine)
}

/// Lists our queries, and those of the corpus where there is one.
fn list(global: &Global) -> Result<Outcome> {
    let mut text = String::new();
    let catalogue = match Workspace::open(None, global) {
        Ok(mut workspace) => {
            let catalogue = workspace.catalogue();
            workspace.show_diagnostics(global)?;
            catalogue
        }
        Err(_) if global.corpus.is_none() => on_large_stack(Catalogue::embedded),
        Err(error) => return Err(error),
    };
    for query in catalogue.iter() {
        let parameters = query.parameters.iter().map(|parameter| {
            let optional = if parameter.required { "" } else { "?" };
            format!(" {}{optional}", parameter.name)
        });
        text.push_str(&format!("{}{}\n    {}\n", query.name, parameters.collect::<String>(), query.summary));
    }
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::Output)?;
    Ok(Outcome::Fine)
}

fn read_query(path: &Path, global: &Global) -> Result<StoredQuery> {
    let mut text = String::new();
    let limit = TEXT_LIMIT as u64 + 1;
    let failed = |error| Error::file("read", path, error);
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_string(&mut text).map_err(failed)?;
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_string(&mut text)).map_err(failed)?;
    }
    let mut sources = Sources::new("");
    let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let source = SourceText::new(sources.add(name.as_str()), text);
    let mut diagnostics = Diagnostics::default();
    let query = StoredQuery::read(&name, &source, Purpose::Once, &mut diagnostics);
    diagnostic::print(&diagnostics, &sources, global.message_format(), &mut io::stderr().lock())
        .map_err(Error::Output)?;
    query
        .filter(|_| !diagnostics.has_errors())
        .ok_or_else(|| Error::usage(format!("the query in {name} cannot be used"), None))
}

fn answer_format(name: &str) -> Result<AnswerFormat> {
    if name == "table" {
        let terminal = io::stdout().is_terminal().then(|| comfy_table::Table::new().width()).flatten();
        let width = terminal.unwrap_or(TABLE_WIDTH).max(40);
        return Ok(AnswerFormat::Table { width });
    }
    let rows = AnswerFormat::ROWS.iter().find(|(known, _)| *known == name);
    let rows = rows.map(|(_, format)| AnswerFormat::Rows(*format));
    rows.or_else(|| Format::find(name).map(AnswerFormat::Graph)).ok_or_else(|| {
        let names =
            AnswerFormat::ROWS.iter().map(|(name, _)| *name).chain(Format::ALL.iter().map(|format| format.name));
        let help = format!("the formats are table, {}", names.collect::<Vec<_>>().join(", "));
        Error::usage(format!("there is no format \"{name}\""), help)
    })
}

fn parameters(written: &[String]) -> Result<Vec<(String, String)>> {
    let split = written.iter().map(|parameter| {
        let (name, value) = parameter.split_once('=').ok_or_else(|| {
            Error::usage(format!("\"{parameter}\" is no parameter"), "write -p name=value".to_owned())
        })?;
        Ok((name.trim().to_owned(), value.to_owned()))
    });
    split.collect()
}

/// In a joint project, `corpus/kind:slug` is the IRI of a thing of one of its corpora; where a dataset is asked for,
/// `corpus/dataset` is one of theirs, and `corpus` the corpus itself.
fn of_member(value: &mut String, of_dataset: bool, project: &Project, mounted: &[(String, NamedNode)]) {
    let iri = if of_dataset {
        let written = value.replace("dataset:", "");
        // As tables show it, a corpus is corpus/dataset.
        let names = [Some(written.as_str()), written.strip_suffix("/dataset")].into_iter().flatten();
        let mut found = names.filter_map(|wanted| mounted.iter().find(|(name, _)| name == wanted));
        found.next().map(|(_, graph)| graph.clone())
    } else {
        value.split_once('/').and_then(|(name, id)| {
            let member = project.corpora.iter().find(|member| member.name == name)?;
            Some(graph::Iris::new(&member.base).thing(&Id::parse(id).ok()?))
        })
    };
    if let Some(iri) = iri {
        *value = iri.into_string();
    }
}

/// The graph in a store: from the last build if it was made from these very sources, otherwise from the sources.
fn store(workspace: &mut Workspace, global: &Global) -> Result<Option<Store>> {
    let built = workspace.root.join(BUILD_FOLDER);
    if let Some(marker) = Marker::read(&built) {
        let dataset = built.join(DATASET);
        let regular = dataset.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let same = regular && marker == workspace.marker(marker.dataset.clone());
        if same && digest_of(&dataset).is_ok_and(|digest| digest == marker.dataset) {
            // What cannot be read after all is made anew from the sources.
            if let Ok(store) = Store::load_nquads(&dataset) {
                return Ok(Some(store));
            }
        }
    }
    let Some(corpus) = workspace.read(global) else { return Ok(None) };
    if workspace.stops() {
        return Ok(None);
    }
    let mut store = Store::new()?;
    workspace.write(&corpus, global, &mut store)?;
    if workspace.stops() { Ok(None) } else { store.finish().map(Some) }
}

/// Loads datasets into the store, and the candidates of links: each in its own graph. Whether all could be read.
fn load(
    wanted: &BTreeSet<&str>,
    mut store: Store,
    workspace: &mut Workspace,
    global: &Global,
) -> Result<(Store, bool)> {
    store.set_apart()?;
    let mut whole = load_of("", wanted, &mut store, workspace, global)?;
    for member in &mut workspace.members {
        let before = format!("{}/", member.name);
        whole &= load_of(&before, wanted, &mut store, &mut member.workspace, global)?;
    }
    Ok((store.finish()?, whole))
}

/// The same of one project, which can be one of a joint project: `before` stands before the names of its datasets.
fn load_of(
    before: &str,
    wanted: &BTreeSet<&str>,
    store: &mut Store,
    workspace: &mut Workspace,
    global: &Global,
) -> Result<bool> {
    let Some(project) = &workspace.project else { return Ok(true) };
    let mut diagnostics = Diagnostics::default();
    mount::check(project, &workspace.sources, &workspace.files, &mut diagnostics);
    let datasets = Datasets::of(workspace, project, global);
    for dataset in &project.datasets {
        if wanted.contains(&*format!("{before}{}", dataset.name)) {
            mount::read(datasets.mount(dataset), store, &mut diagnostics)?;
        }
    }
    let links = SourceFiles { links: workspace.files.links.clone(), ..SourceFiles::default() };
    // What is wrong with them was said when the whole corpus was read.
    let corpus = read::read(project, &workspace.sources, &links, global.threads(), &|| {}, &mut Diagnostics::default());
    graph::candidates(&corpus.mappings, project, store)?;
    let whole = !diagnostics.has_errors();
    workspace.diagnostics.append(diagnostics);
    Ok(whole)
}
