//! The project file `regesta.toml`: what a corpus is called, where its sources are, and its rules.

mod dataset;
mod joint;
mod lock;
mod profile;

pub use dataset::{Columns, Dataset, Form, Origin};
pub use joint::Member;
pub use lock::{LOCK_FILE, Lock, Pin};
pub use profile::{ElementPath, Profile, Step};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::error::{Error, Result};
use crate::source::{FileId, Sources, Span};
use crate::tree::{self, Fields, Node, Written};
use globset::{Candidate, Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use iri_string::types::{IriAbsoluteStr, IriStr};
use oxilangtag::LanguageTag;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The name of the project file.
pub const PROJECT_FILE: &str = "regesta.toml";

/// What a column of a letter table can mean.
pub const MEANINGS: &[&str] = &[
    "key",
    "sender",
    "sender-id",
    "sender-place",
    "sender-place-id",
    "sent-date",
    "sent-not-before",
    "sent-not-after",
    "sent-date-from",
    "sent-date-to",
    "sent-date-text",
    "recipient",
    "recipient-id",
    "recipient-place",
    "recipient-place-id",
    "received-date",
    "received-date-text",
    "edition",
    "url",
    "language",
    "title",
    "shelfmark",
    "repository",
    "note",
    "reply-to",
    "mentions",
];

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
    /// Where the sources are.
    pub patterns: Patterns,
    /// How TEI sources depart from common use.
    pub profile: Profile,
    /// What columns of letter tables mean: headings by meaning.
    pub columns: BTreeMap<String, String>,
    /// The datasets that it is joined with.
    pub datasets: Vec<Dataset>,
    /// The corpora of a joint project.
    pub corpora: Vec<Member>,
    /// The states of the datasets that it was joined with.
    pub lock: Lock,
    /// The SHA-256 of the project file's bytes, in hexadecimal.
    pub digest: String,
}

/// Patterns of paths below the corpus folder, one list for each kind of source.
#[derive(Clone, Debug)]
pub struct Patterns {
    documents: Vec<Pattern>,
    tei: Vec<Pattern>,
    registers: Vec<Pattern>,
    cmif: Vec<Pattern>,
    tables: Vec<Pattern>,
    authorities: Vec<Pattern>,
    annotations: Vec<Pattern>,
    claims: Vec<Pattern>,
    links: Vec<Pattern>,
    queries: Vec<Pattern>,
}

/// One pattern of paths.
#[derive(Clone, Debug)]
struct Pattern {
    glob: Glob,
    /// Where the project file has it; nothing for a default.
    span: Option<Span>,
}

/// The source files of a corpus, each list in order of path.
#[derive(Clone, Debug, Default)]
pub struct SourceFiles {
    /// Hand-annotated documents.
    pub documents: Vec<FileId>,
    /// TEI letters.
    pub tei: Vec<FileId>,
    /// TEI registers of persons, places and other things.
    pub registers: Vec<FileId>,
    /// Lists of letters in CMIF.
    pub cmif: Vec<FileId>,
    /// Letter tables.
    pub tables: Vec<FileId>,
    /// Authority tables.
    pub authorities: Vec<FileId>,
    /// Annotation tables.
    pub annotations: Vec<FileId>,
    /// Claim tables.
    pub claims: Vec<FileId>,
    /// Mappings to other datasets.
    pub links: Vec<FileId>,
    /// Stored queries.
    pub queries: Vec<FileId>,
    /// The files of each dataset, in the order of the project file.
    pub datasets: Vec<Vec<FileId>>,
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
        let columns = columns(fields.take("columns"), diagnostics);
        let datasets = Dataset::read_all(fields.take("dataset"), diagnostics);
        let corpora = fields.take("corpus");
        let mut policy = section(fields.take("policy"), "the section [policy]", file, diagnostics);
        let loaded_terms = policy.texts("loaded-terms", diagnostics);
        policy.finish(diagnostics);
        fields.finish(diagnostics);
        let lock = Lock::read(sources, diagnostics);
        let corpora = Member::read_all(corpora, base.as_deref(), sources, diagnostics);
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
            patterns,
            profile,
            columns,
            datasets,
            corpora,
            lock,
            digest: source.digest.to_string(),
        })
    }
}

impl Project {
    /// What the IRIs of its things begin with: its base, and those of the corpora of a joint project.
    pub fn bases(&self) -> Vec<&str> {
        [self.base.as_str()].into_iter().chain(self.corpora.iter().map(|member| member.base.as_str())).collect()
    }

    /// The source files, in order of path; what cannot be used is a diagnostic.
    pub fn find_files(&self, sources: &mut Sources, diagnostics: &mut Diagnostics) -> SourceFiles {
        self.patterns.find(&self.datasets, sources, diagnostics)
    }
}

/// The section `[columns]`: by what a column of a letter table means, its heading.
fn columns(node: Option<Node>, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let mut columns = BTreeMap::new();
    let Some(node) = node else { return columns };
    let tree::Value::Map(entries) = node.value else {
        let message = "meanings of columns and their headings are expected here";
        let help = "write, below a line [columns], lines such as sender = \"Absender\"";
        diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message).help(help));
        return columns;
    };
    for entry in entries {
        if !MEANINGS.contains(&entry.key.text.as_str()) {
            let help = nearest(&entry.key.text, MEANINGS.iter().copied()).map_or_else(
                || format!("they can mean {}", MEANINGS.join(", ")),
                |name| format!("did you mean {name}?"),
            );
            let message = format!("no column of a letter table means \"{}\"", entry.key.text);
            diagnostics.push(Diagnostic::new(Code::UnknownKey, entry.key.span, message).help(help));
        } else if let Some(heading) = entry.node.text(diagnostics) {
            columns.insert(entry.key.text, heading.text);
        }
    }
    columns
}

fn section(node: Option<Node>, what: &'static str, file: FileId, diagnostics: &mut Diagnostics) -> Fields {
    let empty = Node { span: Sources::whole(file), value: tree::Value::Empty };
    Fields::of(node.unwrap_or(empty), what, diagnostics)
}

/// The normal form of a base IRI: absolute, with an authority, without query or fragment, ending in `/`.
fn base_iri(written: &Written, diagnostics: &mut Diagnostics) -> Option<String> {
    let base = IriAbsoluteStr::new(&written.text).ok().filter(|iri| {
        let host = |parts: &iri_string::components::AuthorityComponents<'_>| {
            parts.userinfo().is_none() && !parts.host().is_empty()
        };
        matches!(iri.scheme_str().to_ascii_lowercase().as_str(), "http" | "https")
            && iri.authority_components().as_ref().is_some_and(host)
            && iri.query_str().is_none()
            && iri.path_str().ends_with('/')
    });
    if base.is_none() {
        diagnostics.push(
            Diagnostic::new(Code::InvalidIri, written.span, format!("\"{}\" cannot be a base", written.text))
                .help("a base is a full address that ends in a slash, as in https://example.org/letters/"),
        );
    }
    Some(base?.normalize().to_string())
}

/// A full IRI, as RFC 3987 has it.
pub fn absolute_iri(written: &Written, diagnostics: &mut Diagnostics) -> Option<String> {
    let harmless = |iri: &&IriStr| {
        let password = iri.authority_components().is_some_and(|authority| authority.userinfo().is_some());
        let host = iri.authority_components().is_some_and(|authority| !authority.host().is_empty());
        (iri.scheme_str() == "urn" || (matches!(iri.scheme_str(), "http" | "https") && host)) && !password
    };
    let iri = IriStr::new(&written.text).ok().filter(harmless);
    if iri.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::InvalidIri,
                written.span,
                format!("\"{}\" is no address that can be used", written.text),
            )
            .help("write the full address, as in https://creativecommons.org/licenses/by/4.0/"),
        );
    }
    iri.map(|iri| iri.as_str().to_owned())
}

/// A BCP 47 language tag in its usual case.
pub fn language(written: &Written, diagnostics: &mut Diagnostics) -> Option<String> {
    match language_tag(&written.text) {
        Some(tag) => Some(tag),
        None => {
            let message = format!("\"{}\" is not a language tag", written.text);
            let help = "use a BCP 47 tag, as in en, de, nl, ar, fa, zh-Hant";
            diagnostics.push(Diagnostic::new(Code::InvalidLanguage, written.span, message).help(help));
            None
        }
    }
}

/// A language tag in its usual case. BCP 47 keeps first parts of four letters and more for the future: what has them
/// is a word, as in `english`.
pub fn language_tag(text: &str) -> Option<String> {
    let tag = LanguageTag::parse_and_normalize(text).ok()?;
    (tag.primary_language().len() <= 3).then(|| tag.into_inner())
}

impl Patterns {
    fn read(node: Option<Node>, diagnostics: &mut Diagnostics) -> Self {
        let mut fields = node.map(|node| Fields::of(node, "the section [sources]", diagnostics));
        let mut list = |key: &'static str, default: Option<&str>, diagnostics: &mut Diagnostics| {
            let node = fields.as_mut().and_then(|fields| fields.take(key));
            let given = node.is_some();
            let nodes = node.map(Node::into_list).unwrap_or_default();
            let written: Vec<Written> = nodes.into_iter().filter_map(|node| node.text(diagnostics)).collect();
            if !given {
                let Some(default) = default else { return Vec::new() };
                let glob = GlobBuilder::new(default).literal_separator(true).build();
                return vec![Pattern { glob: glob.expect("the default patterns are well formed"), span: None }];
            }
            written.into_iter().filter_map(|pattern| glob(&pattern, diagnostics)).collect()
        };
        let patterns = Self {
            documents: list("documents", Some("documents/**/*.md"), diagnostics),
            tei: list("tei", None, diagnostics),
            registers: list("registers", None, diagnostics),
            cmif: list("cmif", None, diagnostics),
            tables: list("tables", None, diagnostics),
            authorities: list("authorities", Some("authorities/*.csv"), diagnostics),
            annotations: list("annotations", Some("annotations/*.csv"), diagnostics),
            claims: list("claims", Some("claims/*.csv"), diagnostics),
            links: list("links", Some("links/*.sssom.tsv"), diagnostics),
            queries: list("queries", Some("queries/**/*.rq"), diagnostics),
        };
        if let Some(fields) = fields {
            fields.finish(diagnostics);
        }
        patterns
    }

    /// Whether a file at a path would be read as a mapping file.
    pub fn would_read_links(&self, path: &str) -> bool {
        set_of(&self.links).is_match(path)
    }

    /// Whether a pattern names something below a folder.
    fn would_look_into(&self, folder: &str) -> bool {
        let documents = [&self.documents, &self.tei, &self.registers, &self.cmif, &self.tables];
        let tables = [&self.authorities, &self.annotations, &self.claims, &self.links, &self.queries];
        documents
            .into_iter()
            .chain(tables)
            .collect::<Vec<_>>()
            .into_iter()
            .flatten()
            .any(|pattern| pattern.glob.glob().starts_with(&format!("{folder}/")))
    }

    /// The files that the patterns match, in order of path; what cannot be used is a diagnostic.
    fn find(&self, datasets: &[Dataset], sources: &mut Sources, diagnostics: &mut Diagnostics) -> SourceFiles {
        let (paths, linked) = paths_below(sources, diagnostics);
        for path in linked.into_iter().filter(|path| self.would_look_into(path)) {
            let file = sources.add(path);
            let message = "this is a link to a folder";
            let help = "links, pipes and devices are not followed; put the folder itself here";
            diagnostics.push(Diagnostic::new(Code::UnreadableFile, Sources::whole(file), message).help(help));
        }
        let candidates: Vec<Candidate<'_>> = paths.iter().map(Candidate::new).collect();
        let mut files = |patterns: &[Pattern]| -> Vec<FileId> {
            for pattern in patterns {
                let Some(span) = pattern.span else { continue };
                let matcher = pattern.glob.compile_matcher();
                if !candidates.iter().any(|path| matcher.is_match_candidate(path)) {
                    let message = format!("no file matches \"{}\"", pattern.glob.glob());
                    let help = "patterns are paths from the corpus folder; ** stands for any folders between";
                    diagnostics.push(Diagnostic::new(Code::PatternMatchesNothing, span, message).help(help));
                }
            }
            let set = set_of(patterns);
            let matching = paths.iter().zip(&candidates).filter(|(_, candidate)| set.is_match_candidate(candidate));
            matching.map(|(path, _)| sources.add(path.as_str())).collect()
        };
        let found = SourceFiles {
            documents: files(&self.documents),
            tei: files(&self.tei),
            registers: files(&self.registers),
            cmif: files(&self.cmif),
            tables: files(&self.tables),
            authorities: files(&self.authorities),
            annotations: files(&self.annotations),
            claims: files(&self.claims),
            links: files(&self.links),
            queries: files(&self.queries),
            datasets: datasets.iter().map(|dataset| files(std::slice::from_ref(&dataset.pattern))).collect(),
        };
        let letters: HashSet<&str> = found.tei.iter().map(|file| sources.path(*file)).collect();
        for file in found.cmif.iter().filter(|file| letters.contains(sources.path(**file))) {
            let message = "this file is named under tei and under cmif, so that its letters would be read twice";
            let help =
                "write the patterns so that they match different files; cmif is for lists of letters without texts";
            diagnostics.push(Diagnostic::new(Code::FileNamedTwice, Sources::whole(*file), message).help(help));
        }
        found
    }
}

fn glob(written: &Written, diagnostics: &mut Diagnostics) -> Option<Pattern> {
    let leaves = Path::new(&written.text).components().any(|part| !matches!(part, std::path::Component::Normal(_)));
    let built = GlobBuilder::new(&written.text).literal_separator(true).build();
    match built {
        Ok(glob) if !leaves => Some(Pattern { glob, span: Some(written.span) }),
        _ => {
            let message = format!("\"{}\" is not a pattern of paths below the corpus folder", written.text);
            diagnostics.push(Diagnostic::new(Code::InvalidPattern, written.span, message));
            None
        }
    }
}

fn set_of(patterns: &[Pattern]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(pattern.glob.clone());
    }
    set.build().expect("each pattern was built before")
}

/// The paths of the files below the root, in order, and of the links to folders, which are not followed; hidden folders
/// and build folders are passed over.
fn paths_below(sources: &Sources, diagnostics: &mut Diagnostics) -> (Vec<String>, Vec<String>) {
    let (mut paths, mut linked, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let walk = WalkDir::new(sources.root()).follow_links(false).into_iter();
    let kept = walk.filter_entry(|entry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let built = entry.file_type().is_dir() && crate::output::is_ours(entry.path());
        !hidden && !built
    });
    for entry in kept {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let below = entry.path().strip_prefix(sources.root()).expect("the walk stays below its root");
                match below.to_str().map(|path| path.replace(std::path::MAIN_SEPARATOR, "/")) {
                    Some(path) if entry.path_is_symlink() && entry.path().is_dir() => linked.push(path),
                    Some(path) => paths.push(path),
                    None => problems.push(format!("the name of \"{}\" is not UTF-8", below.display())),
                }
            }
            Err(error) => problems.push(error.to_string()),
        }
    }
    [&mut paths, &mut linked, &mut problems].into_iter().for_each(|found| found.sort_unstable());
    problems.into_iter().for_each(|problem| diagnostics.push(Diagnostic::general(Code::UnreadableFile, problem)));
    (paths, linked)
}
