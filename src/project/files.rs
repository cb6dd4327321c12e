//! Which files are sources: the section `[sources]` and the files that its patterns match.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Kind;
use crate::project::Dataset;
use crate::project::pattern::{Pattern, glob};
use crate::source::{FileId, Sources, Span};
use crate::tree::{Fields, Node, SourceValue, Value};
use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};
use std::collections::HashSet;
use walkdir::WalkDir;

/// Patterns of paths below the corpus folder, one list for each kind of source.
#[derive(Clone, Debug)]
pub struct Patterns {
    documents: Vec<Pattern>,
    tei: Vec<Pattern>,
    registers: Vec<Pattern>,
    cmif: Vec<Pattern>,
    tables: Vec<Pattern>,
    persons: Vec<Pattern>,
    organisations: Vec<Pattern>,
    places: Vec<Pattern>,
    authorities: Vec<Pattern>,
    annotations: Vec<Pattern>,
    claims: Vec<Pattern>,
    links: Vec<Pattern>,
    queries: Vec<Pattern>,
    checks: Vec<Pattern>,
    register_addresses: Vec<RegisterAddress>,
}

/// The address under which a register of the corpus is published.
#[derive(Clone, Debug)]
struct RegisterAddress {
    address: String,
    path: SourceValue,
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
    /// Tables of persons that letters name by ids of their own.
    pub persons: Vec<FileId>,
    /// The same of organisations.
    pub organisations: Vec<FileId>,
    /// The same of places.
    pub places: Vec<FileId>,
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
    /// The corpus's own checks.
    pub checks: Vec<FileId>,
    /// The files that lie in a folder that a pattern looks into, and match none.
    pub unmatched: Vec<FileId>,
    /// The files of each dataset, in the order of the project file.
    pub datasets: Vec<Vec<FileId>>,
}

impl SourceFiles {
    /// The tables of things that letters name by ids of their own, by the kind of thing.
    pub fn register_tables(&self) -> [(Kind, &Vec<FileId>); 3] {
        [(Kind::Person, &self.persons), (Kind::Organisation, &self.organisations), (Kind::Place, &self.places)]
    }
}

impl Patterns {
    pub(super) fn read(node: Option<Node>, diagnostics: &mut Diagnostics) -> Self {
        let mut fields = node.map(|node| Fields::of(node, "the section [sources]", diagnostics));
        let mut list = |key: &'static str, default: Option<&str>, diagnostics: &mut Diagnostics| {
            let node = fields.as_mut().and_then(|fields| fields.take(key));
            let given = node.is_some();
            let nodes = node.map(Node::into_list).unwrap_or_default();
            let written: Vec<SourceValue> = nodes.into_iter().filter_map(|node| node.text(diagnostics)).collect();
            if !given {
                let Some(default) = default else { return Vec::new() };
                let glob = GlobBuilder::new(default).literal_separator(true).build();
                return vec![Pattern { glob: glob.expect("the default patterns are well formed"), span: None }];
            }
            written.into_iter().filter_map(|pattern| glob(&pattern, diagnostics)).collect()
        };
        let mut patterns = Self {
            documents: list("documents", Some("documents/**/*.md"), diagnostics),
            tei: list("tei", None, diagnostics),
            registers: list("registers", None, diagnostics),
            cmif: list("cmif", None, diagnostics),
            tables: list("tables", None, diagnostics),
            persons: list("persons", None, diagnostics),
            organisations: list("organisations", None, diagnostics),
            places: list("places", None, diagnostics),
            authorities: list("authorities", Some("authorities/*.csv"), diagnostics),
            annotations: list("annotations", Some("annotations/*.csv"), diagnostics),
            claims: list("claims", Some("claims/*.csv"), diagnostics),
            links: list("links", Some("links/*.sssom.tsv"), diagnostics),
            queries: list("queries", Some("queries/**/*.rq"), diagnostics),
            checks: list("checks", Some("queries/check/*.rq"), diagnostics),
            register_addresses: Vec::new(),
        };
        if let Some(mut fields) = fields {
            patterns.register_addresses = register_addresses(fields.take("register-addresses"), diagnostics);
            fields.finish(diagnostics);
        }
        patterns
    }

    /// Whether a file at a path would be read as a mapping file.
    pub fn would_read_links(&self, path: &str) -> bool {
        set_of(&self.links).is_match(path)
    }

    /// The path of the register that an address leads into, and the id of the entry there.
    pub fn register_address<'t>(&self, address: &'t str) -> Option<(&str, &'t str)> {
        if self.register_addresses.is_empty() {
            return None;
        }
        let (before, entry) = address.split_once('#')?;
        let found = self.register_addresses.iter().find(|known| known.address == before)?;
        Some((&found.path.text, entry))
    }

    /// Of each path, where the project file has the pattern of letters or registers that matches it.
    pub fn places_of<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Vec<Option<Span>> {
        let patterns = [&self.tei, &self.registers, &self.cmif, &self.tables].into_iter().flatten();
        let matchers: Vec<_> =
            patterns.filter_map(|pattern| Some((pattern.glob.compile_matcher(), pattern.span?))).collect();
        let place = |path| matchers.iter().find(|(matcher, _)| matcher.is_match(path)).map(|(_, span)| *span);
        paths.map(place).collect()
    }

    fn all(&self) -> Vec<&Pattern> {
        let documents = [&self.documents, &self.tei, &self.registers, &self.cmif, &self.tables];
        let registers = [&self.persons, &self.organisations, &self.places];
        let tables = [&self.authorities, &self.annotations, &self.claims, &self.links, &self.queries, &self.checks];
        documents.into_iter().chain(registers).chain(tables).flatten().collect()
    }

    /// Whether a pattern names something below a folder.
    fn would_look_into(&self, folder: &str) -> bool {
        self.all().into_iter().any(|pattern| pattern.glob.glob().starts_with(&format!("{folder}/")))
    }

    /// The files that the patterns match, in order of path; what cannot be used is a diagnostic.
    pub(super) fn find(
        &self,
        datasets: &[Dataset],
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> SourceFiles {
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
        let mut found = SourceFiles {
            documents: files(&self.documents),
            tei: files(&self.tei),
            registers: files(&self.registers),
            cmif: files(&self.cmif),
            tables: files(&self.tables),
            persons: files(&self.persons),
            organisations: files(&self.organisations),
            places: files(&self.places),
            authorities: files(&self.authorities),
            annotations: files(&self.annotations),
            claims: files(&self.claims),
            links: files(&self.links),
            queries: files(&self.queries),
            checks: files(&self.checks),
            datasets: datasets.iter().map(|dataset| files(std::slice::from_ref(&dataset.pattern))).collect(),
            unmatched: Vec::new(),
        };
        let all = self.all().into_iter().chain(datasets.iter().map(|dataset| &dataset.pattern));
        found.unmatched = unmatched(all, &paths).into_iter().map(|path| sources.add(path)).collect();
        let checks: HashSet<&str> = found.checks.iter().map(|file| sources.path(*file)).collect();
        found.queries.retain(|file| !checks.contains(sources.path(*file)));
        let registers: HashSet<&str> = found.registers.iter().map(|file| sources.path(*file)).collect();
        for RegisterAddress { path, .. } in &self.register_addresses {
            if !registers.contains(path.text.as_str()) {
                let message = format!("\"{}\" is no register of the corpus", path.text);
                let help = "write the path of a file that registers names, as in registers/persons.xml";
                diagnostics.push(Diagnostic::new(Code::PatternMatchesNothing, path.span, message).help(help));
            }
        }
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

fn register_addresses(node: Option<Node>, diagnostics: &mut Diagnostics) -> Vec<RegisterAddress> {
    let Some(node) = node else { return Vec::new() };
    let Value::Map(entries) = node.value else {
        let message = "addresses of registers and their paths are expected here";
        let help = "write, below a line [sources.register-addresses], lines such as \"https://example.org/persons.xml\" = \
                    \"registers/persons.xml\"";
        diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message).help(help));
        return Vec::new();
    };
    let read = entries.into_iter().filter_map(|entry| {
        let path = entry.node.text(diagnostics)?;
        Some(RegisterAddress { address: entry.key.text, path })
    });
    read.collect()
}

/// The paths that match no pattern, in folders that a pattern names files of. What is kept beside them on purpose is hidden,
/// or in a folder of its own.
fn unmatched<'p>(patterns: impl Iterator<Item = &'p Pattern>, paths: &'p [String]) -> Vec<&'p str> {
    let (mut folders, mut set) = (HashSet::new(), GlobSetBuilder::new());
    for pattern in patterns {
        let glob = pattern.glob.glob();
        let fixed = glob.find(['*', '?', '[', '{']).map_or(glob, |end| &glob[..end]);
        folders.extend(fixed.rsplit_once('/').map(|(folder, _)| folder));
        set.add(pattern.glob.clone());
    }
    let set = set.build().expect("each pattern was built before");
    let is_looked_into = |path: &str| path.rsplit_once('/').is_some_and(|(folder, _)| folders.contains(folder));
    paths.iter().map(String::as_str).filter(|path| is_looked_into(path) && !set.is_match(path)).collect()
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

/// The name of the project file.
pub const PROJECT_FILE: &str = "regesta.toml";
