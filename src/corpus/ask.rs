//! Asking: a stored query over the graph of a corpus, from its last build where that is still true of the sources.

use crate::corpus::{Corpus, Options};
use crate::datasets;
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::graph;
use crate::input;
use crate::model::Id;
use crate::output::{BUILD_FOLDER, DATASET, Marker};
use crate::progress::Silent;
use crate::project::{Project, SourceFiles};
use crate::query::{self, AnswerFormat, Base, BoundQuery, Catalogue, Purpose, StoredQuery, TEXT_LIMIT, on_large_stack};
use crate::source::{SourceText, Sources, file_digest};
use crate::store::Store;
use oxigraph::model::NamedNode;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

/// A question that is ready to be answered.
pub struct Question<'a> {
    query: BoundQuery<'a>,
    graph: LoadedGraph,
}

/// A graph in memory, ready for any number of questions.
pub struct LoadedGraph {
    store: Store,
    names: Names,
}

/// What the things, datasets and members of a corpus are called in a question.
struct Names {
    project: Project,
    /// The name and the graph of each dataset, and of each member of a joint project, which is asked as a dataset is.
    datasets: Vec<(String, NamedNode)>,
}

impl Corpus {
    /// Prepares the answer to a stored query with these parameters: binds them, then loads the graph and the datasets that
    /// are asked about. Nothing where an error in the sources stands in the way.
    ///
    /// # Errors
    ///
    /// If a parameter is missing, unknown, or no value of its type; this is said before the sources are read.
    pub fn ask<'a>(
        &mut self,
        stored: &'a StoredQuery,
        parameters: Vec<(String, String)>,
        options: &Options<'_>,
    ) -> Result<Option<Question<'a>>> {
        let Some(names) = self.names() else { return Ok(None) };
        let query = names.bind(stored, parameters)?;
        let wanted = query.wanted_datasets(&names.datasets)?;
        let Some(mut store) = self.store(options)? else { return Ok(None) };
        if !stored.datasets.is_empty() {
            let wanted = wanted.into_iter().map(|at| &*names.datasets[at].0).collect();
            let Some(joined) = self.load_datasets(&wanted, store, options)? else { return Ok(None) };
            store = joined;
        }
        Ok(Some(Question { query, graph: LoadedGraph { store, names } }))
    }

    /// The graph of this corpus in a store that holds it, to be asked. Nothing where the project file cannot be read.
    pub fn graph_in(&self, store: Store) -> Option<LoadedGraph> {
        Some(LoadedGraph { store, names: self.names()? })
    }

    fn names(&self) -> Option<Names> {
        let project = self.project.clone()?;
        let mut datasets = self.datasets();
        let members = project.corpora.iter();
        datasets.extend(members.map(|member| (member.name.clone(), graph::Iris::new(&member.base).dataset())));
        Some(Names { project, datasets })
    }

    /// The graph in a store: from the last build if it was made from these very sources, otherwise from the sources. Nothing
    /// where an error stands in the way.
    pub fn store(&mut self, options: &Options<'_>) -> Result<Option<Store>> {
        let built = self.root.join(BUILD_FOLDER);
        if let Some(marker) = Marker::read(&built) {
            let dataset = built.join(DATASET);
            let regular = dataset.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
            let same = regular && marker == self.marker(marker.dataset.clone());
            if same && file_digest(&dataset).is_ok_and(|digest| digest == marker.dataset) {
                // What cannot be read after all is made anew from the sources.
                if let Ok(store) = Store::load_nquads(&dataset) {
                    return Ok(Some(store));
                }
            }
        }
        if !self.read(options) || self.stops() {
            return Ok(None);
        }
        let mut store = Store::new()?;
        self.send(&mut store, options)?;
        if self.stops() { Ok(None) } else { store.finish().map(Some) }
    }

    /// Loads datasets of these names into a store that has the graph, and the candidates of links: each in its own graph.
    /// Nothing where one cannot be read.
    pub fn load_datasets(
        &mut self,
        wanted: &BTreeSet<&str>,
        mut store: Store,
        options: &Options<'_>,
    ) -> Result<Option<Store>> {
        store.set_apart()?;
        let mut whole = self.load_own_datasets("", wanted, &mut store, options)?;
        for member in &mut self.members {
            let before = format!("{}/", member.name);
            whole &= member.corpus.load_own_datasets(&before, wanted, &mut store, options)?;
        }
        if whole { store.finish().map(Some) } else { Ok(None) }
    }

    /// The same of this corpus alone: `before` stands before the names of its datasets.
    fn load_own_datasets(
        &mut self,
        before: &str,
        wanted: &BTreeSet<&str>,
        store: &mut Store,
        options: &Options<'_>,
    ) -> Result<bool> {
        let Some(project) = &self.project else { return Ok(true) };
        let mut diagnostics = Diagnostics::default();
        datasets::check_pins(project, &self.sources, &self.files, &mut diagnostics);
        for dataset in &project.datasets {
            if wanted.contains(&*format!("{before}{}", dataset.name)) {
                datasets::read(self.mount(project, dataset, options), store, &mut diagnostics)?;
            }
        }
        let links = SourceFiles { links: self.files.links.clone(), ..SourceFiles::default() };
        // What is wrong with them was said when the whole corpus was read.
        let unsaid = &mut Diagnostics::default();
        let records = input::read(project, &self.sources, &links, options.threads, &Silent, unsaid);
        graph::candidates(&records.mappings, project, store)?;
        let whole = !diagnostics.has_errors();
        self.diagnostics.append(diagnostics);
        Ok(whole)
    }
}

impl Question<'_> {
    /// Writes the answer.
    ///
    /// # Errors
    ///
    /// If a parameter names what the graph does not have, or if the query fails while it runs.
    pub fn write(self, format: AnswerFormat, writer: &mut (dyn Write + Send)) -> Result<()> {
        self.graph.write(self.query, format, writer)
    }
}

impl LoadedGraph {
    /// Writes the answer to a stored query with these parameters.
    ///
    /// # Errors
    ///
    /// If a parameter is missing, unknown, no value of its type, or names what the graph does not have; if the query asks
    /// for a dataset that is not mounted, or fails while it runs.
    pub fn ask(
        &self,
        stored: &StoredQuery,
        parameters: Vec<(String, String)>,
        format: AnswerFormat,
        writer: &mut (dyn Write + Send),
    ) -> Result<()> {
        let query = self.names.bind(stored, parameters)?;
        query.wanted_datasets(&self.names.datasets)?;
        self.write(query, format, writer)
    }

    fn write(&self, query: BoundQuery<'_>, format: AnswerFormat, writer: &mut (dyn Write + Send)) -> Result<()> {
        let bases = Base::all(&self.names.project);
        query.check_ids(&bases, &self.store)?;
        on_large_stack(|| query::run(query, &self.store, &bases, format, writer))
    }
}

impl Names {
    /// A query with values in place of its parameters, given by name as they were typed.
    fn bind<'a>(&self, stored: &'a StoredQuery, mut parameters: Vec<(String, String)>) -> Result<BoundQuery<'a>> {
        for (name, value) in &mut parameters {
            let of_dataset = stored.parameters.iter().any(|known| known.name == *name && known.of_dataset);
            if let Some(iri) = if of_dataset { self.dataset(value) } else { self.thing_of_member(value) } {
                *value = iri.into_string();
            }
        }
        on_large_stack(|| stored.bind(&parameters, &self.project.base))
    }

    /// The graph of a dataset. In a joint project, `corpus/dataset` is one of its corpora's, and `corpus` that corpus.
    fn dataset(&self, written: &str) -> Option<NamedNode> {
        let written = written.replace("dataset:", "");
        // As tables show it, a corpus is corpus/dataset.
        let names = [Some(written.as_str()), written.strip_suffix("/dataset")].into_iter().flatten();
        let mut found = names.filter_map(|wanted| self.datasets.iter().find(|(name, _)| name == wanted));
        found.next().map(|(_, graph)| graph.clone())
    }

    /// The IRI of a thing that is written `corpus/kind:slug`: one of a corpus of a joint project.
    fn thing_of_member(&self, written: &str) -> Option<NamedNode> {
        let (name, id) = written.split_once('/')?;
        let member = self.project.corpora.iter().find(|member| member.name == name)?;
        Some(graph::Iris::new(&member.base).thing(&Id::parse(id).ok()?))
    }
}

/// The stored queries of the program, without those of any corpus.
pub fn embedded_queries() -> Catalogue {
    on_large_stack(Catalogue::embedded)
}

/// A query that is to be asked once, what is wrong with it, and where.
pub type ReadQuery = (Option<StoredQuery>, Diagnostics, Sources);

/// Reads a query from a file.
pub fn read_query_file(path: &Path) -> Result<ReadQuery> {
    let mut file = File::open(path).map_err(|error| Error::file("read", path, error))?;
    read_query(&path.display().to_string(), &mut file)
}

/// Reads a query from a stream; `name` is what messages call it.
pub fn read_query(name: &str, stream: &mut dyn Read) -> Result<ReadQuery> {
    let mut text = String::new();
    let limited = stream.take(TEXT_LIMIT as u64 + 1).read_to_string(&mut text);
    limited.map_err(|error| Error::file("read", name, error))?;
    let (mut sources, mut diagnostics) = (Sources::new(""), Diagnostics::default());
    let source = SourceText::new(sources.add(name), text);
    let query = on_large_stack(|| StoredQuery::read(name, &source, Purpose::Once, &mut diagnostics));
    Ok((query, diagnostics, sources))
}
