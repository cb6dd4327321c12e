//! A corpus folder as the commands find it.

use crate::cli::Global;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use oxigraph::model::NamedNode;
use regesta::check::{self, Checked, Forms};
use regesta::diagnostic::{self, Code, Diagnostic, Diagnostics, Severity};
use regesta::error::{Error, Result};
use regesta::graph::Target;
use regesta::line::{self, Line, Written};
use regesta::model::{self, Corpus, Id, Kind, Review};
use regesta::mount;
use regesta::output::Marker;
use regesta::project::{self, LOCK_FILE, PROJECT_FILE, Project, SourceFiles};
use regesta::query::{Catalogue, on_large_stack};
use regesta::read::{self, Index};
use regesta::source::{Sources, sha256};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A corpus folder: its project file, its source files, and what is wrong with them.
pub(super) struct Workspace {
    pub(super) root: PathBuf,
    pub(super) project: Option<Project>,
    pub(super) sources: Sources,
    pub(super) files: SourceFiles,
    pub(super) diagnostics: Diagnostics,
    /// The corpora of a joint project.
    pub(super) members: Vec<Member>,
}

/// One corpus of a joint project, with what was read and written of it.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) workspace: Workspace,
    pub(super) corpus: Option<Corpus>,
    pub(super) written: Written,
}

impl Workspace {
    /// Opens the folder that is named, or the nearest one above the current folder.
    pub(super) fn open(named: Option<&Path>, global: &Global) -> Result<Self> {
        let root = match named.or(global.corpus.as_deref()) {
            Some(folder) if folder.join(PROJECT_FILE).symlink_metadata().is_ok() => folder.to_owned(),
            Some(folder) => {
                let message = format!("there is no {PROJECT_FILE} in {}", folder.display());
                return Err(Error::usage(message, "make a corpus with: regesta init my-letters".to_owned()));
            }
            None => project::find(Path::new("."))?,
        };
        let mut workspace = Self::of(Sources::new(&root));
        for member in workspace.project.iter().flat_map(|project| &project.corpora) {
            workspace.members.push(Member {
                name: member.name.clone(),
                workspace: Self::of(Sources::within(&root, &member.folder)),
                corpus: None,
                written: Written::default(),
            });
        }
        Ok(workspace)
    }

    fn of(mut sources: Sources) -> Self {
        let mut diagnostics = Diagnostics::default();
        let project = Project::read(&mut sources, &mut diagnostics);
        let files = match &project {
            Some(project) => project.find_files(&mut sources, &mut diagnostics),
            None => SourceFiles::default(),
        };
        Self { root: sources.root().to_owned(), project, sources, files, diagnostics, members: Vec::new() }
    }

    /// The one of these that has a name in a joint project; this one has none.
    fn named(&mut self, name: &str) -> &mut Self {
        match self.members.iter().position(|member| member.name == name) {
            Some(at) => &mut self.members[at].workspace,
            None => self,
        }
    }

    /// The problems of a corpus.
    pub(super) fn diagnostics_of(&mut self, name: &str) -> &mut Diagnostics {
        &mut self.named(name).diagnostics
    }

    /// The files of a corpus, and its problems.
    pub(super) fn parts_of(&mut self, name: &str) -> (&Sources, &mut Diagnostics) {
        let Self { sources, diagnostics, .. } = self.named(name);
        (sources, diagnostics)
    }

    /// The base of a corpus that has been read, and its files.
    pub(super) fn base_and_sources_of(&mut self, name: &str) -> (&str, &Sources) {
        let Self { project, sources, .. } = self.named(name);
        (&project.as_ref().expect("what has been read has a project").base, sources)
    }

    /// This corpus, and those of a joint project.
    fn all(&self) -> impl Iterator<Item = &Self> {
        [self].into_iter().chain(self.members.iter().map(|member| &member.workspace))
    }

    /// Whether an error stands in the way of writing anything.
    pub(super) fn stops(&self) -> bool {
        self.all().any(|workspace| workspace.diagnostics.stop())
    }

    /// Whether there is any error.
    pub(super) fn has_errors(&self) -> bool {
        self.all().any(|workspace| workspace.diagnostics.has_errors())
    }

    /// Reads the sources, with a bar on a terminal; nothing where the project file cannot be used. Datasets that are not
    /// as they were locked are reported.
    pub(super) fn read(&mut self, global: &Global) -> Option<Corpus> {
        if let Some(project) = &self.project {
            mount::check(project, &self.sources, &self.files, &mut self.diagnostics);
        }
        for member in &mut self.members {
            member.corpus = member.workspace.read(global);
        }
        self.read_own(global)
    }

    /// The same for a command that goes on only where nothing stands in its way; otherwise what does is shown.
    pub(super) fn read_or_show(&mut self, global: &Global) -> Result<Option<Corpus>> {
        let corpus = self.read(global).filter(|_| !self.stops());
        if corpus.is_none() {
            self.show_diagnostics(global)?;
        }
        Ok(corpus)
    }

    /// The same as [`Self::read`], whatever state the datasets are in.
    pub(super) fn read_unlocked(&mut self, global: &Global) -> Option<Corpus> {
        for member in &mut self.members {
            member.corpus = member.workspace.read_own(global);
        }
        self.read_own(global)
    }

    fn read_own(&mut self, global: &Global) -> Option<Corpus> {
        let project = self.project.as_ref()?;
        let bar = bar(self.files.documents.len(), "documents");
        let tick = || bar.inc(1);
        let corpus = read::read(project, &self.sources, &self.files, global.threads(), &tick, &mut self.diagnostics);
        bar.finish_and_clear();
        Some(corpus)
    }

    /// Sends the whole graph to a target, letters included, with a bar on a terminal.
    pub(super) fn write<T: Target>(&mut self, corpus: &Corpus, global: &Global, target: &mut T) -> Result<Written> {
        let written = self.write_own(corpus, global, target, false)?;
        for member in &mut self.members {
            if let Some(corpus) = &member.corpus {
                member.written = member.workspace.write_own(corpus, global, target, false)?;
            }
        }
        self.check_mappings(corpus);
        Ok(written)
    }

    /// Sends the whole graph nowhere, and checks what was read and what comes of it.
    pub(super) fn write_checked(&mut self, corpus: &Corpus, global: &Global) -> Result<Written> {
        let written = self.check_own(corpus, global)?;
        for member in &mut self.members {
            if let Some(corpus) = &member.corpus {
                member.written = member.workspace.check_own(corpus, global)?;
            }
        }
        self.check_mappings(corpus);
        Ok(written)
    }

    fn check_own(&mut self, corpus: &Corpus, global: &Global) -> Result<Written> {
        let mut forms = Forms::default();
        let written = self.write_own(corpus, global, &mut forms, true)?;
        let Some(project) = &self.project else { return Ok(written) };
        let Written { things, facts, coverage, .. } = &written;
        let (sources, files) = (&self.sources, &self.files);
        let checked = Checked { project, sources, files, corpus, things, facts, coverage };
        check::check(checked, forms, &mut self.diagnostics);
        Ok(written)
    }

    /// Reports accepted mappings of what a corpus of a joint project does not have.
    fn check_mappings(&mut self, corpus: &Corpus) {
        for mapping in corpus.mappings.iter().filter(|mapping| mapping.review == Review::Accepted) {
            for iri in [&mapping.ours, &mapping.theirs] {
                let base = |member: &Member| member.workspace.project.as_ref().map(|project| project.base.clone());
                let id = |member: &Member| base(member).and_then(|base| Id::of_iri(iri, &base));
                let Some((member, id)) = self.members.iter().find_map(|member| Some((member, id(member)?))) else {
                    continue;
                };
                let files = &member.workspace.files;
                let letters = [&files.tei, &files.cmif, &files.tables];
                let is_letter = id.kind == Kind::Document && letters.iter().any(|files| !files.is_empty());
                let known = member.corpus.as_ref().is_none_or(|corpus| corpus.ids().contains_key(&id));
                if !is_letter && !known && !member.written.things.contains(&id) {
                    let message = format!("nothing in the corpus \"{}\" is called \"{id}\"", member.name);
                    let unknown = Diagnostic::new(Code::UnknownId, mapping.ours_span, message);
                    self.diagnostics.push(unknown.help("correct the id, or take the row out"));
                }
            }
        }
    }

    fn write_own<T: Target>(
        &mut self,
        corpus: &Corpus,
        global: &Global,
        target: &mut T,
        is_checked: bool,
    ) -> Result<Written> {
        let project = self.project.as_ref().expect("what has been read has a project");
        let files = &self.files;
        let bar = bar(files.tei.len() + files.cmif.len() + files.tables.len(), "files of letters");
        let index = Index::of(&corpus.authorities, &self.sources);
        let (sources, threads, progress) = (&self.sources, global.threads(), &|| bar.inc(1));
        let line = Line { project, sources, files, corpus, index: &index, is_checked, threads, progress };
        let written = line::write(line, target, &mut self.diagnostics);
        bar.finish_and_clear();
        written
    }

    /// The name and the graph of each dataset; those of a corpus of a joint project have its name before theirs.
    pub(super) fn datasets(&self) -> Vec<(String, NamedNode)> {
        let of = |workspace: &Self, before: &str| -> Vec<(String, NamedNode)> {
            let Some(project) = &workspace.project else { return Vec::new() };
            let datasets = project.datasets.iter();
            datasets.map(|dataset| (format!("{before}{}", dataset.name), mount::graph(project, dataset))).collect()
        };
        let members = self.members.iter().flat_map(|member| of(&member.workspace, &format!("{}/", member.name)));
        of(self, "").into_iter().chain(members).collect()
    }

    /// Our stored queries and the corpus's own.
    pub(super) fn catalogue(&mut self) -> Catalogue {
        let (sources, files, diagnostics) = (&self.sources, &self.files.queries, &mut self.diagnostics);
        on_large_stack(|| {
            let mut catalogue = Catalogue::embedded();
            catalogue.read(sources, files, diagnostics);
            catalogue
        })
    }

    /// Shows what is wrong with the sources, and counts it.
    pub(super) fn show_diagnostics(&self, global: &Global) -> Result<()> {
        let mut shown = Vec::new();
        for workspace in self.all() {
            diagnostic::print(&workspace.diagnostics, &workspace.sources, global.message_format(), &mut shown)
                .map_err(Error::Output)?;
        }
        let counts = Severity::ALL.map(|(name, severity)| (self.count(severity), name));
        let found: Vec<String> =
            counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| number(count, name)).collect();
        if !found.is_empty() && matches!(global.message_format, super::MessageFormatName::Human) {
            let help = "more on a code: regesta explain CODE";
            writeln!(shown, "found {}; {help}", listed(&found)).map_err(Error::Output)?;
        }
        // Nobody may be there to read it; how the command ends still says that there are problems.
        let _ = io::stderr().lock().write_all(&shown);
        Ok(())
    }

    /// How many problems of a severity the sources have.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.all().map(|workspace| workspace.diagnostics.count(severity, &workspace.sources)).sum()
    }

    /// What is said about problems that are not shown: those that the sources accept, and those of sorts that the project
    /// does not want to see.
    pub(super) fn silenced(&self) -> Vec<String> {
        let counts = self.all().map(|workspace| workspace.diagnostics.count_silenced(&workspace.sources));
        let (accepted, off) = counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        let mut lines = Vec::new();
        lines.extend(
            (accepted > 0).then(|| format!("{} accepted in the sources, with a reason", number(accepted, "problem"))),
        );
        lines.extend((off > 0).then(|| format!("{} of sorts that regesta.toml switches off", number(off, "problem"))));
        lines
    }

    /// Reports what the sources accept and what was not found.
    pub(super) fn report_unused_acceptances(&mut self) {
        self.diagnostics.report_unused_acceptances();
        self.members.iter_mut().for_each(|member| member.workspace.diagnostics.report_unused_acceptances());
    }

    /// The marker of a build from the sources as they are, without its dataset.
    pub(super) fn marker(&self, dataset: String) -> Marker {
        let mut sources = BTreeMap::new();
        self.all().for_each(|workspace| workspace.digests(&mut sources));
        Marker { regesta: env!("CARGO_PKG_VERSION").to_owned(), sources, dataset }
    }

    fn digests(&self, sources: &mut BTreeMap<String, String>) {
        let files = &self.files;
        let written = [&files.documents, &files.authorities, &files.annotations, &files.claims, &files.links];
        let given = [&files.tei, &files.registers, &files.cmif, &files.tables];
        for &file in written.into_iter().chain(given).flatten() {
            if let Ok(digest) = self.sources.digest(file) {
                sources.insert(self.sources.shown(file).to_owned(), digest.to_string());
            }
        }
        if let Some(project) = &self.project {
            let project_file = self.sources.files().next().map_or(PROJECT_FILE, |file| self.sources.shown(file));
            sources.insert(project_file.to_owned(), project.digest.clone());
            let lock = project_file.replace(PROJECT_FILE, LOCK_FILE);
            sources.insert(lock, sha256(project.lock.to_text().as_bytes()));
        }
    }
}

/// `one`, `one and two`, `one, two and three`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

fn bar(length: usize, what: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(&format!("reading {{pos}}/{{len}} {what} {{wide_bar}} {{eta}}"));
    bar.set_style(style.expect("the template is well formed"));
    bar
}

/// A path as it is shortest from here.
pub(super) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let below = here.as_ref().and_then(|here| path.strip_prefix(here).ok()).filter(|below| *below != Path::new(""));
    below.unwrap_or(path).to_owned()
}

/// What a report calls the things of a kind.
fn heading(kind: Kind) -> &'static str {
    kind.table().unwrap_or(kind.name())
}

/// `1 row`, `2 rows`.
pub(super) fn number(count: usize, noun: &str) -> String {
    // It is the first word that changes: mentions in note.
    let (noun, rest) =
        noun.split_once(" in ").map_or((noun, String::new()), |(noun, rest)| (noun, format!(" in {rest}")));
    let plural = match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with('s') => format!("{noun}es"),
        None => format!("{noun}s"),
    };
    let (noun, plural) = (format!("{noun}{rest}"), format!("{plural}{rest}"));
    format!("{count} {}", if count == 1 { &noun } else { &plural })
}

/// What a corpus holds, counted.
#[derive(Debug, Serialize)]
pub(super) struct Inventory {
    documents: usize,
    authorities: BTreeMap<&'static str, usize>,
    annotations: BTreeMap<&'static str, usize>,
    mentions_of_nobody_known: usize,
    claims: usize,
    contents: usize,
}

impl Inventory {
    pub(super) fn of(corpus: &Corpus, written: &Written) -> Self {
        let mut authorities = BTreeMap::new();
        let kinds = corpus.authorities.iter().map(|authority| authority.id.kind);
        for kind in kinds.chain(written.things.kinds()) {
            *authorities.entry(heading(kind)).or_default() += 1;
        }
        let mut annotations = written.coverage.annotations.clone();
        let mut mentions_of_nobody_known = 0;
        for annotation in &corpus.annotations {
            *annotations.entry(annotation.kind).or_default() += 1;
            let unknown = annotation.targets.iter().any(|target| matches!(target, model::Target::Unknown(_)));
            mentions_of_nobody_known += usize::from(unknown);
        }
        let contents: BTreeSet<_> =
            corpus.claims.iter().flat_map(|claim| &claim.contents).map(|content| content.span).collect();
        Self {
            documents: corpus.documents.len() + written.coverage.letters,
            authorities,
            annotations,
            mentions_of_nobody_known,
            claims: corpus.claims.len(),
            contents: contents.len(),
        }
    }

    /// The counts of a workspace, with those of the corpora of a joint project.
    pub(super) fn of_all(workspace: &Workspace, corpus: &Corpus, written: &Written) -> Self {
        let mut inventory = Self::of(corpus, written);
        for member in &workspace.members {
            let Some(corpus) = &member.corpus else { continue };
            let other = Self::of(corpus, &member.written);
            inventory.documents += other.documents;
            inventory.mentions_of_nobody_known += other.mentions_of_nobody_known;
            inventory.claims += other.claims;
            inventory.contents += other.contents;
            other
                .authorities
                .into_iter()
                .for_each(|(kind, count)| *inventory.authorities.entry(kind).or_default() += count);
            other
                .annotations
                .into_iter()
                .for_each(|(kind, count)| *inventory.annotations.entry(kind).or_default() += count);
        }
        inventory
    }

    /// The counts as lines for people.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![number(self.documents, "document")];
        let tables = Kind::ALL.into_iter().filter_map(|kind| Some((kind, *self.authorities.get(heading(kind))?)));
        let authorities: Vec<String> = tables.map(|(kind, count)| number(count, kind.name())).collect();
        let annotations: Vec<String> =
            self.annotations.iter().map(|(kind, count)| number(*count, &kind.replace('-', " "))).collect();
        lines
            .extend([authorities, annotations].into_iter().filter(|list| !list.is_empty()).map(|list| list.join(", ")));
        if self.claims > 0 {
            lines.push(format!("{} with {}", number(self.claims, "claim"), number(self.contents, "coded content")));
        }
        lines
    }
}
