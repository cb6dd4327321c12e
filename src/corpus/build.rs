//! Building: the graph of a corpus in every format, and one record for each document, in a folder that takes the place of
//! an earlier one in one step.

use crate::corpus::{Corpus, CoverageReport, Inventory, Member, Options};
use crate::diagnostic::Severity;
use crate::error::{Error, Result};
use crate::export::{DocumentRecords, Exports, Format, NamedWriter};
use crate::graph::{self, Counted, Distribution, GraphTarget, Iris, Statistics};
use crate::input::Verification;
use crate::model::{Records, TermsOfUse};
use crate::output::{BUILD_FOLDER, DATASET, OutputFolder};
use crate::project::Project;
use crate::source::{file_digest, sha256};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// The file in it that says what is in the graphs.
const DESCRIPTION: &str = "description.ttl";

/// The file of a build that has the records of letters, where they are wanted.
const LETTER_RECORDS: &str = "letters.jsonl";

/// Of which documents a build writes records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantedRecords {
    /// Of hand-written documents, a file for each.
    OfDocuments,
    /// Of letters of other people's making too, in one file of JSON lines.
    All,
}

/// The records of letters that were written, and the digests of their files.
#[derive(Default)]
struct LetterRecords {
    count: usize,
    files: BTreeMap<String, String>,
}

impl LetterRecords {
    /// Writes the records of the letters of a corpus into a file, and sends the graph of the corpus to a target.
    fn write<T: GraphTarget>(
        &mut self,
        corpus: &mut Corpus,
        file: String,
        folder: &OutputFolder,
        target: &mut T,
        options: &Options<'_>,
    ) -> Result<()> {
        let path = folder.path(&file);
        let writer = NamedWriter::new(&path, BufWriter::new(folder.create(&file)?));
        self.count += corpus.send_with_letter_records(target, writer, options)?;
        self.files.insert(file, file_digest(&path)?);
        Ok(())
    }
}

/// What was built.
pub struct Build {
    /// The folder.
    pub folder: PathBuf,
    /// What the corpus holds.
    pub inventory: Inventory,
    /// What was read of the letters of the corpus, and of each corpus of a joint project by its name.
    pub coverage: Vec<(Option<String>, CoverageReport)>,
    /// The ranges of texts outside the folder.
    pub verification: Verification,
    /// How many quads there are.
    pub quads: usize,
    /// How many records of documents were written.
    pub records: usize,
}

/// `report.json`: what was read and written.
#[derive(Serialize)]
struct Report<'a> {
    regesta: &'static str,
    title: &'a str,
    base: &'a str,
    #[serde(flatten)]
    inventory: &'a Inventory,
    coverage: &'a CoverageReport,
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
    coverage: &'a CoverageReport,
}

#[derive(Serialize)]
struct GraphReport {
    source: String,
    sha256: String,
    quads: usize,
}

impl Corpus {
    /// Reads the sources and writes the graph into a folder, which is that of [`BUILD_FOLDER`] unless it is named.
    /// Nothing is written, and nothing returned, where an error stands in the way.
    ///
    /// # Errors
    ///
    /// If the folder is somebody else's, is being written by another build, or cannot be written.
    pub fn build(
        &mut self,
        target: Option<&Path>,
        wanted: WantedRecords,
        options: &Options<'_>,
    ) -> Result<Option<Build>> {
        let is_read = self.read(options);
        self.catalogue();
        let Some(project) = self.project.clone().filter(|_| is_read && !self.stops()) else { return Ok(None) };
        let target = target.map_or_else(|| self.root.join(BUILD_FOLDER), Path::to_owned);
        let folder = OutputFolder::begin(&target)?;
        let (statistics, letters) = self.write_dataset(&project, &folder, wanted, options)?;
        if self.stops() {
            return Ok(None);
        }
        let mut files = letters.files;
        let records = letters.count + self.write_document_records(&folder, &mut files)?;
        let distributions = distributions(&folder)?;
        files.extend(distributions.iter().map(|file| (file.file.clone(), file.digest.clone())));
        let described = description(&statistics, &distributions, &self.terms_of_use(), &project)?;
        folder.write(DESCRIPTION, &described)?;
        files.insert(DESCRIPTION.to_owned(), sha256(&described));
        let verification = self.verify(None)?;
        let (inventory, coverage) = (Inventory::of(self), CoverageReport::of_all(self));
        let (dataset, quads) = (files[DATASET].clone(), statistics.statements());
        let report = Report {
            regesta: env!("CARGO_PKG_VERSION"),
            title: &project.title,
            base: &project.base,
            inventory: &inventory,
            coverage: &coverage[0].1,
            ranges_not_verified: verification.unverified,
            warnings: self.count(Severity::Warning),
            quads,
            graphs: self.graphs(&statistics),
            corpora: self.corpora(&coverage),
            files,
        };
        let mut json = serde_json::to_vec_pretty(&report).expect("a report has only texts and numbers");
        json.push(b'\n');
        folder.write("report.json", &json)?;
        folder.finish(&self.marker(dataset))?;
        Ok(Some(Build { folder: target, inventory, coverage, verification, quads, records }))
    }

    /// Writes the whole graph in every format, past the gate.
    fn write_dataset(
        &mut self,
        project: &Project,
        folder: &OutputFolder,
        wanted: WantedRecords,
        options: &Options<'_>,
    ) -> Result<(Statistics, LetterRecords)> {
        let mut exports = Exports::new(&project.base);
        for format in Format::RDF {
            let name = dataset_name(format);
            exports.add(format, NamedWriter::new(folder.path(&name), BufWriter::new(folder.create(&name)?)))?;
        }
        let (mut counted, mut letters) = (Counted::new(exports), LetterRecords::default());
        match wanted {
            WantedRecords::OfDocuments => self.send(&mut counted, options)?,
            WantedRecords::All => {
                letters.write(self, LETTER_RECORDS.to_owned(), folder, &mut counted, options)?;
                for Member { name, corpus } in &mut self.members {
                    if corpus.project.is_some() {
                        let file = format!("{name}/{LETTER_RECORDS}");
                        letters.write(corpus, file, folder, &mut counted, options)?;
                    }
                }
                self.check_mappings();
            }
        }
        let (exports, statistics) = counted.into_parts();
        exports.finish()?;
        Ok((statistics, letters))
    }

    /// Writes one record for each hand-written document; how many. The digests go into `files`.
    fn write_document_records(&self, folder: &OutputFolder, files: &mut BTreeMap<String, String>) -> Result<usize> {
        let Some(project) = &self.project else { return Ok(0) };
        let mut count = write_records(&self.records, project, "documents", folder, files)?;
        for member in &self.members {
            if let Some(project) = &member.corpus.project {
                let below = format!("{}/documents", member.name);
                count += write_records(&member.corpus.records, project, &below, folder, files)?;
            }
        }
        Ok(count)
    }

    /// The graphs of the source files, with those of the corpora of a joint project.
    fn graphs(&self, statistics: &Statistics) -> Vec<GraphReport> {
        let with_projects = self.all().filter_map(|corpus| Some((corpus, Iris::new(&corpus.project.as_ref()?.base))));
        let reports = with_projects.flat_map(|(corpus, iris)| {
            corpus.summary.sources.iter().map(move |source| GraphReport {
                source: corpus.sources.shown(source.file).to_owned(),
                sha256: source.digest.to_string(),
                quads: statistics.graphs.get(iris.source(&source.path).as_str()).copied().unwrap_or(0),
            })
        });
        reports.collect()
    }

    fn corpora<'a>(&'a self, coverage: &'a [(Option<String>, CoverageReport)]) -> Vec<CorpusReport<'a>> {
        let reports = self.members.iter().zip(&coverage[1..]).filter_map(|(member, (_, coverage))| {
            let base = &member.corpus.project.as_ref()?.base;
            Some(CorpusReport { name: &member.name, base, coverage })
        });
        reports.collect()
    }

    /// The terms that source files state for themselves.
    fn terms_of_use(&self) -> BTreeSet<&TermsOfUse> {
        self.all().flat_map(|corpus| &corpus.summary.sources).flat_map(|source| &source.terms).collect()
    }
}

fn dataset_name(format: &Format) -> String {
    format!("dataset.{}", format.extension)
}

/// The files that the whole dataset is in.
fn distributions(folder: &OutputFolder) -> Result<Vec<Distribution>> {
    let distributions = Format::RDF.iter().map(|format| {
        let file = dataset_name(format);
        let path = folder.path(&file);
        let bytes = path.metadata().map_err(|error| Error::file("read", &path, error))?.len();
        let digest = file_digest(&path)?;
        Ok(Distribution { format: format.name, file, media_type: format.media_type, bytes, digest })
    });
    distributions.collect()
}

/// What is in the graphs, and in which files they are, as Turtle.
fn description(
    statistics: &Statistics,
    distributions: &[Distribution],
    terms: &BTreeSet<&TermsOfUse>,
    project: &Project,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let turtle = Format::find_rdf("turtle").expect("the table has Turtle");
    let mut exports = Exports::new(&project.base);
    exports.add(turtle, &mut bytes)?;
    graph::describe_build(statistics, distributions, terms, project, &mut exports)?;
    exports.finish()?;
    Ok(bytes)
}

fn write_records(
    records: &Records,
    project: &Project,
    below: &str,
    folder: &OutputFolder,
    files: &mut BTreeMap<String, String>,
) -> Result<usize> {
    let trees = DocumentRecords::new(records, project);
    for document in &records.documents {
        let name = format!("{below}/{}.jsonld", document.id.slug);
        let json = trees.record(document)?.to_json();
        folder.write(&name, &json)?;
        files.insert(name, sha256(&json));
    }
    Ok(records.documents.len())
}
