//! The project file `regesta.toml`: what a corpus is called, where its sources are, and its rules.

mod answers;
mod columns;
mod dataset;
mod files;
mod joint;
mod lock;
mod pattern;
mod profile;
mod role;
mod values;

pub(crate) use columns::LEAVE_OUT;
pub use columns::{ColumnSection, ColumnSections};
pub use dataset::{Columns, Dataset, DatasetForm, DatasetOrigin};
pub use files::{PROJECT_FILE, Patterns, SourceFiles};
pub use joint::MemberSettings;
pub use lock::{LOCK_FILE, Lock, Pin};
pub use profile::{ElementPath, PathStep, Profile};
pub use role::Role;
pub use values::language_tag;
pub(crate) use values::{absolute_iri, language};
use values::{base_iri, boolean};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, POSSIBLE, Severities, Severity, nearest};
use crate::error::{Error, Result};
use crate::model::{Circa, Concept, DateOrder, Policy};
use crate::source::{FileId, Sources};
use crate::tree::{self, Fields, Node, SourceValue};
use std::path::{Path, PathBuf};

/// What the project file says.
#[derive(Clone, Debug)]
pub struct Project {
    /// The corpus's title.
    pub title: String,
    /// What every IRI of the corpus begins with; ends in `/`.
    pub base: String,
    /// The licence of the data.
    pub licence: Option<String>,
    /// The language of labels, titles and paraphrases, as a BCP 47 tag.
    pub language: String,
    /// What the corpus is.
    pub description: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// Words that may stand in no slug and in no preferred label.
    pub loaded_terms: Vec<String>,
    /// Which of several answers tables show.
    pub policy: Policy,
    /// How far "about" reaches.
    pub circa: Circa,
    /// The calendar of dates in words and in cells where the source does not say it: "gregorian", or one of the list.
    pub calendar: Option<Concept>,
    /// Whether the day or the month comes first in dates all in figures, where the project says it.
    pub date_order: Option<DateOrder>,
    /// Where the sources are.
    pub patterns: Patterns,
    /// How TEI sources depart from common use.
    pub profile: Profile,
    /// Whether a name without a reference means the authority that is called so.
    pub find_by_name: bool,
    /// What the columns of tables mean.
    pub columns: ColumnSections,
    /// The datasets that it is joined with.
    pub datasets: Vec<Dataset>,
    /// The corpora of a joint project.
    pub corpora: Vec<MemberSettings>,
    /// The states of the datasets that it was joined with.
    pub lock: Lock,
    /// The codes, and the corpus's own checks, that it says how much they matter.
    pub severities: Vec<SourceValue>,
    /// The SHA-256 of the project file's bytes, in hexadecimal.
    pub digest: String,
}

/// The folder that `regesta.toml` is in: `start` or the nearest folder above it.
pub fn find(start: &Path) -> Result<PathBuf> {
    let start = start.canonicalize().map_err(|error| Error::file("open the folder", start, error))?;
    let found = start.ancestors().find(|folder| folder.join(PROJECT_FILE).is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        Error::usage(
            format!("there is no {PROJECT_FILE} in {} or above it", start.display()),
            "go to a corpus folder, name one with -C, or make one with: regesta init my-letters".to_owned(),
        )
    })
}

impl Project {
    /// Reads the project file of `sources`; nothing where it lacks what no corpus can do without.
    pub fn read(sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Self> {
        let file = sources.add(PROJECT_FILE);
        let source = diagnostics.take(sources.open(file))?;
        let mut fields = Fields::of(tree::toml(&source, diagnostics), "the project file", diagnostics);
        let title = fields.required("title", diagnostics);
        let base = fields.required("base", diagnostics).and_then(|base| base_iri(&base, diagnostics));
        let licence = fields.text("licence", diagnostics).and_then(|licence| absolute_iri(&licence, diagnostics));
        let language = fields.required("language", diagnostics).and_then(|tag| language(&tag, diagnostics));
        let description = fields.text("description", diagnostics).map(|words| words.text);
        let creator = fields.text("creator", diagnostics).map(|words| words.text);
        let patterns = Patterns::read(fields.take("sources"), diagnostics);
        let profile = Profile::read(fields.take("tei"), diagnostics);
        let columns = ColumnSections::read(fields.take("columns"), diagnostics);
        let datasets = Dataset::read_all(fields.take("dataset"), diagnostics);
        let corpora = fields.take("corpus");
        let mut policy = section(fields.take("policy"), "the section [policy]", file, diagnostics);
        let loaded_terms = policy.texts("loaded-terms", diagnostics);
        let preferences = policy.take("prefer");
        policy.finish(diagnostics);
        let policy = preferences.map_or_else(Policy::default, |node| answers::policy(node, diagnostics));
        let (circa, calendar, date_order) =
            answers::dates(section(fields.take("dates"), "the section [dates]", file, diagnostics), diagnostics);
        let mut names = section(fields.take("names"), "the section [names]", file, diagnostics);
        let find_by_name = boolean(names.text("match-authorities", diagnostics), true, diagnostics);
        names.finish(diagnostics);
        let (severities, named) = severities(fields.take("severity"), diagnostics);
        diagnostics.set_severities(severities);
        fields.finish(diagnostics);
        let lock = Lock::read(sources, diagnostics);
        let corpora = MemberSettings::read_all(corpora, base.as_deref(), sources, diagnostics);
        for (dataset, corpus) in datasets.iter().flat_map(|dataset| corpora.iter().map(move |corpus| (dataset, corpus)))
        {
            if dataset.name == corpus.name {
                let message = format!("\"{}\" is the name of a dataset and of a corpus", corpus.name);
                let twice = Diagnostic::new(Code::DuplicateId, corpus.span, message);
                diagnostics.push(twice.related(dataset.span, "the dataset is here"));
            }
        }
        Some(Self {
            title: title?.text,
            base: base?,
            licence,
            language: language?,
            description,
            creator,
            loaded_terms: loaded_terms.into_iter().map(|term| term.text.to_lowercase()).collect(),
            policy,
            circa,
            calendar,
            date_order,
            patterns,
            profile,
            find_by_name,
            columns,
            datasets,
            corpora,
            lock,
            severities: named,
            digest: source.digest.to_string(),
        })
    }
}

impl Project {
    /// What the IRIs of its things begin with: its base, and those of the corpora of a joint project.
    pub fn bases(&self) -> Vec<&str> {
        [self.base.as_str()].into_iter().chain(self.corpora.iter().map(|member| member.base.as_str())).collect()
    }

    /// The loaded term that words hold, if they hold one.
    pub fn loaded_term(&self, words: &str) -> Option<&str> {
        if self.loaded_terms.is_empty() {
            return None;
        }
        let text = words.to_lowercase();
        let words: Vec<&str> = text.split(|character: char| !character.is_alphanumeric()).collect();
        let is_phrase = |term: &str| term.contains(|character: char| !character.is_alphanumeric());
        let mut terms = self.loaded_terms.iter().map(String::as_str);
        terms.find(|term| words.contains(term) || (is_phrase(term) && text.contains(term)))
    }

    /// The source files, in order of path; what cannot be used is a diagnostic.
    pub fn find_files(&self, sources: &mut Sources, diagnostics: &mut Diagnostics) -> SourceFiles {
        let files = self.patterns.find(&self.datasets, sources, diagnostics);
        self.columns.check(&files.tables, sources, diagnostics);
        let checks: Vec<&str> = files.checks.iter().map(|file| sources.stem(*file)).collect();
        let known = || Code::ALL.iter().map(|code| code.name()).chain(checks.iter().copied()).chain([POSSIBLE]);
        for name in self.severities.iter().filter(|name| known().all(|known| known != name.text)) {
            let message = format!("\"{}\" is no code, and no check of the corpus's own", name.text);
            let help = nearest(&name.text, known()).map_or_else(
                || "the codes are listed by: regesta explain".to_owned(),
                |name| format!("did you mean {name}?"),
            );
            diagnostics.push(Diagnostic::new(Code::InvalidSeverity, name.span, message).help(help));
        }
        files
    }
}

/// The section `[severity]`: how much sorts of problems matter in this corpus.
fn severities(node: Option<Node>, diagnostics: &mut Diagnostics) -> (Severities, Vec<SourceValue>) {
    let (mut severities, mut named) = (Severities::new(), Vec::new());
    let Some(node) = node else { return (severities, named) };
    let tree::Value::Map(entries) = node.value else {
        let message = "codes and how much they matter are expected here";
        let help = "write, below a line [severity], lines such as look-alike = \"off\"";
        diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message).help(help));
        return (severities, named);
    };
    for entry in entries {
        let Some(word) = entry.node.text(diagnostics) else { continue };
        let known = Severity::ALL.into_iter().find(|(name, _)| *name == word.text).map(|(_, severity)| Some(severity));
        let severity = known.or((word.text == "off").then_some(None));
        let code = Code::find(&entry.key.text);
        let problem = match (severity, code) {
            (None, _) => Some((word.span, format!("\"{}\" is none of error, warning, hint and off", word.text))),
            (Some(severity), Some(code)) if code.is_fixed() && severity != Some(Severity::Error) => {
                let message =
                    format!("\"{}\" is always an error: what it is about would be missing, or false", code.name());
                Some((entry.key.span, message))
            }
            (Some(Some(Severity::Error | Severity::Warning)), _) if entry.key.text == POSSIBLE => {
                Some((word.span, "what is only possible is a hint, or off".to_owned()))
            }
            _ => None,
        };
        match problem {
            Some((span, message)) => diagnostics.push(Diagnostic::new(Code::InvalidSeverity, span, message)),
            None => {
                severities.insert(entry.key.text.clone(), severity.flatten());
                named.push(entry.key);
            }
        }
    }
    (severities, named)
}

fn section(node: Option<Node>, what: &'static str, file: FileId, diagnostics: &mut Diagnostics) -> Fields {
    let empty = Node { span: Sources::whole(file), value: tree::Value::Empty };
    Fields::of(node.unwrap_or(empty), what, diagnostics)
}
