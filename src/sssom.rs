//! Mapping files: SSSOM/TSV with its metadata at the head (SSSOM 1.1, "The SSSOM/TSV serialisation format"). Whatever
//! was there before stays as it was.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::{Error, Result};
use crate::model::{Date, Mapping, Scheme};
use crate::project::{Project, absolute_iri};
use crate::source::{SourceText, Sources};
use crate::tree::{self, Fields, SourceValue, Value};
use crate::vocabulary::{XSD, owl, rdf, rdfs, semapv, skos, sssom};
use csv::Terminator;
use iri_string::types::IriStr;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// A mapping file: its head as it is written, its columns, and its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingFile {
    head: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Whether the lines of the table end with a carriage return too.
    has_returns: bool,
    /// What prefixes stand for.
    prefixes: BTreeMap<String, String>,
}

/// The columns of a file that is made anew.
const COLUMNS: &[&str] = &[
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "confidence",
    "comment",
];

impl MappingFile {
    /// A file without rows, about the things of a project's corpora and, it may be, those of a dataset, which is named by
    /// its graph.
    pub fn new(set_id: &str, project: &Project, dataset: Option<&str>) -> Self {
        // What SSSOM has for a set without a licence.
        let licence = project.licence.as_deref().unwrap_or("https://w3id.org/sssom/license/unspecified");
        let base = &project.base;
        let mut head = format!("#sssom_version: \"1.1\"\n#mapping_set_id: {set_id}\n#license: {licence}\n");
        if let Some(dataset) = dataset {
            head.push_str(&format!(
                "#object_source: {OUR}:{}\n",
                dataset.strip_prefix(base.as_str()).unwrap_or(dataset)
            ));
        }
        head.push_str(&format!("#mapping_tool: regesta\n#curie_map:\n#  {OUR}: {base}\n"));
        let columns = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        let mut prefixes = known_prefixes();
        prefixes.insert(OUR.to_owned(), base.to_owned());
        let mut file = Self { head, columns, rows: Vec::new(), has_returns: false, prefixes };
        for member in project.corpora.iter().filter(|member| member.name != OUR && !is_known(&member.name)) {
            file.declare(&member.name, &member.base);
        }
        file
    }

    /// The file at a path, which was read before and has no errors; nothing where there is none.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Some(Self::parse(&text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::file("read", path, error)),
        }
    }

    /// A text that was read before and has no errors.
    fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('\u{FEFF}');
        let head: String = head_lines(text).collect();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(SEPARATOR)
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.as_bytes()[head.len()..]);
        let mut records =
            reader.records().map_while(std::result::Result::ok).map(|row| row.iter().map(str::to_owned).collect());
        let columns = records.next().unwrap_or_default();
        let rows = records.collect();
        let first_line = text[head.len()..].split_inclusive('\n').next().unwrap_or_default();
        let has_returns = first_line.ends_with("\r\n");
        let source = SourceText::new(Sources::new("").add(""), text.to_owned());
        let prefixes =
            MappingHead::read(&source, &mut Diagnostics::default()).map_or_else(known_prefixes, |head| head.prefixes);
        Self { head, columns, rows, has_returns, prefixes }
    }

    /// The file as a text.
    pub fn to_text(&self) -> String {
        let end = if self.has_returns { Terminator::CRLF } else { Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new();
        let writer = writer.delimiter(SEPARATOR).flexible(true).terminator(end);
        let mut writer = writer.from_writer(Vec::new());
        let rows = [&self.columns].into_iter().chain(&self.rows);
        let written: std::result::Result<(), csv::Error> =
            rows.into_iter().try_for_each(|row| writer.write_record(row));
        written.expect("memory takes it");
        let table =
            writer.into_inner().map_err(|error| io::Error::from(error.error().kind())).expect("memory takes it");
        self.head.clone() + &String::from_utf8(table).expect("what was text is text")
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A cell of a row; nothing where it is empty.
    pub fn cell(&self, row: usize, column: &str) -> Option<&str> {
        let at = self.column(column)?;
        self.rows[row].get(at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The IRI that a cell of a row stands for.
    pub fn iri(&self, row: usize, column: &str) -> Option<String> {
        let cell = self.cell(row, column)?;
        if cell.starts_with("http://") || cell.starts_with("https://") {
            return Some(cell.to_owned());
        }
        let (prefix, local) = cell.split_once(':')?;
        Some([self.prefixes.get(prefix)?, local].concat())
    }

    /// Adds a row of cells by their columns.
    pub fn add(&mut self, cells: &[(&str, &str)]) {
        self.rows.push(vec![String::new(); self.columns.len()]);
        let row = self.rows.len() - 1;
        cells.iter().for_each(|(column, text)| self.set(row, column, text));
    }

    /// Puts a text into a cell; a column that is missing is added in its place in the standard's order.
    pub fn set(&mut self, row: usize, column: &str, text: &str) {
        let at = self.column(column);
        if text.is_empty() && at.is_none() {
            return;
        }
        let at = at.unwrap_or_else(|| self.add_column(column));
        let cells = &mut self.rows[row];
        if cells.len() <= at {
            cells.resize(at + 1, String::new());
        }
        text.clone_into(&mut cells[at]);
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.trim() == name)
    }

    fn add_column(&mut self, column: &str) -> usize {
        let place = |name: &str| Mapping::COLUMNS.iter().position(|known| *known == name.trim());
        // Columns that the standard does not have come last.
        let later = |name: &String| place(name).is_none_or(|known| Some(known) > place(column));
        let at = self.columns.iter().position(later).unwrap_or(self.columns.len());
        let width = self.columns.len();
        self.columns.insert(at, column.to_owned());
        for row in &mut self.rows {
            row.resize(width.max(row.len()), String::new());
            row.insert(at, String::new());
        }
        at
    }

    /// Declares a prefix for what the IRIs of a dataset begin with, if they begin alike and it is not declared yet.
    pub fn declare_dataset<'i>(&mut self, name: &str, iris: impl Iterator<Item = &'i str>) {
        let common = iris.map(str::to_owned).reduce(|common, iri| {
            let alike = common.bytes().zip(iri.bytes()).take_while(|(left, right)| left == right).count();
            common.get(..alike).unwrap_or_default().to_owned()
        });
        let Some(common) = common else { return };
        let Some(end) = common.rfind(['/', '#']) else { return };
        let namespace = &common[..=end];
        let says_something = namespace.len() > "https://".len() && namespace.matches('/').count() > 2;
        let is_new = !self.prefixes.contains_key(name) && !self.prefixes.values().any(|known| known == namespace);
        if says_something && is_new && name.bytes().next().is_some_and(|first| first.is_ascii_lowercase()) {
            self.declare(name, namespace);
        }
    }

    /// An IRI as the standard wants it, shortened; a prefix that is missing is declared.
    pub fn shortened(&mut self, iri: &str) -> String {
        let fits = |(prefix, namespace): (&String, &String)| {
            let local = iri.strip_prefix(namespace.as_str()).filter(|local| !local.is_empty())?;
            Some((namespace.len(), format!("{prefix}:{local}")))
        };
        if let Some((_, shortened)) = self.prefixes.iter().filter_map(fits).max_by_key(|(length, _)| *length) {
            return shortened;
        }
        let (prefix, namespace) = namespace_of(iri);
        let prefix = match prefix.filter(|prefix| !self.prefixes.contains_key(*prefix)) {
            Some(prefix) => prefix.to_owned(),
            None => (1..)
                .map(|number| format!("ns{number}"))
                .find(|name| !self.prefixes.contains_key(name))
                .expect("numbers do not end"),
        };
        self.declare(&prefix, namespace);
        format!("{prefix}:{}", &iri[namespace.len()..])
    }

    /// Declares a prefix: below the line of the others, in the way in which these are written; where they are written in
    /// another way, they are all written anew.
    fn declare(&mut self, prefix: &str, namespace: &str) {
        self.prefixes.insert(prefix.to_owned(), namespace.to_owned());
        let lines: Vec<&str> = self.head.split_inclusive('\n').collect();
        let content = |line: &str| line[1..].trim().to_owned();
        let at = lines.iter().position(|line| content(line).starts_with("curie_map:"));
        let indent = |line: &str| line.len() - 1 - line[1..].trim_start().len();
        let (before, after) = match at {
            Some(at) if content(lines[at]) == "curie_map:" => lines.split_at(at + 1),
            Some(at) => {
                // What goes on below, deeper than the key, belongs to it.
                let deeper = |line: &&&str| indent(line) > indent(lines[at]) || line[1..].trim_start().starts_with('}');
                let end = at + 1 + lines[at + 1..].iter().take_while(deeper).count();
                let all = self.prefixes.iter().filter(|(prefix, _)| !is_known(prefix));
                let key = &lines[at][1..=indent(lines[at])];
                let map: String = all.map(|(prefix, namespace)| format!("#{key}  {prefix}: {namespace}\n")).collect();
                self.head = [&lines[..at].concat(), "#", key, "curie_map:\n", &map, &lines[end..].concat()].concat();
                return;
            }
            None => (&lines[..], &[][..]),
        };
        let blanks = match after.first().filter(|_| at.is_some()) {
            Some(first) if indent(first) > indent(before[before.len() - 1]) => indent(first),
            _ => before.last().map_or(0, |line| if at.is_some() { indent(line) } else { 0 }) + 2,
        };
        let key = if at.is_none() { "#curie_map:\n" } else { "" };
        let line = format!("#{}{prefix}: {namespace}\n", " ".repeat(blanks));
        self.head = [&before.concat(), key, &line, &after.concat()].concat();
    }
}

/// What stands between the cells.
pub const SEPARATOR: u8 = b'\t';

/// The prefixes that need no declaration.
const KNOWN_PREFIXES: &[(&str, &str)] = &[
    ("owl", owl::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("semapv", semapv::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("sssom", sssom::NAMESPACE),
    ("xsd", XSD),
];

fn is_known(prefix: &str) -> bool {
    KNOWN_PREFIXES.iter().any(|(known, _)| *known == prefix)
}

fn known_prefixes() -> BTreeMap<String, String> {
    KNOWN_PREFIXES.iter().map(|(prefix, namespace)| ((*prefix).to_owned(), (*namespace).to_owned())).collect()
}

/// The keys that the head can have and that nothing here depends on (class MappingSet).
const HEAD: &[&str] = &[
    "mapping_set_version",
    "mapping_set_source",
    "mapping_set_title",
    "mapping_set_description",
    "mapping_set_confidence",
    "creator_id",
    "creator_label",
    "subject_type",
    "subject_source_version",
    "object_type",
    "object_source_version",
    "predicate_type",
    "mapping_provider",
    "cardinality_scope",
    "mapping_tool",
    "mapping_tool_id",
    "mapping_tool_version",
    "publication_date",
    "subject_match_field",
    "object_match_field",
    "subject_preprocessing",
    "object_preprocessing",
    "similarity_measure",
    "curation_rule",
    "curation_rule_text",
    "see_also",
    "issue_tracker",
    "other",
    "comment",
    "extension_definitions",
];

/// The head of a mapping file: what is said of all its rows.
#[derive(Debug)]
pub struct MappingHead {
    /// What prefixes stand for, those that need no declaration among them.
    pub prefixes: BTreeMap<String, String>,
    /// Whether a bar within a value has a backslash before it, as since version 1.1.
    has_escapes: bool,
    /// The licence of the mappings.
    pub licence: Option<String>,
    /// The IRI of the dataset that the subjects are of, where a row does not say otherwise.
    pub subject_source: Option<String>,
    /// The IRI of the dataset that the objects are of, where a row does not say otherwise.
    pub object_source: Option<String>,
    /// The day on which the mappings were made, where a row does not say otherwise.
    pub mapping_date: Option<String>,
}

impl MappingHead {
    /// Whether a file has a head.
    pub fn is_there(text: &str) -> bool {
        head_lines(text).next().is_some()
    }

    /// Reads the head of a file; nothing where it cannot be read.
    pub fn read(source: &SourceText, diagnostics: &mut Diagnostics) -> Option<Self> {
        let masked = SourceText::new(source.file, head_alone(&source.text));
        let mut prefixes = known_prefixes();
        let tree = tree::yaml(&masked, 0..masked.text.len(), diagnostics)?;
        let mut fields = Fields::of(tree, "the head of a mapping file", diagnostics);
        let [_, licence] = ["mapping_set_id", "license"].map(|key| {
            let written = fields.required(key, diagnostics);
            written.and_then(|written| absolute_iri(&written, diagnostics))
        });
        let sources = ["subject_source", "object_source"].map(|key| fields.text(key, diagnostics));
        let has_escapes = fields.text("sssom_version", diagnostics).is_some_and(|version| has_escapes(&version.text));
        let mapping_date = fields.text("mapping_date", diagnostics).and_then(|date| day(&date, diagnostics));
        for key in HEAD {
            fields.take(key);
        }
        let declared = fields.take("curie_map");
        fields.finish(diagnostics);
        let entries = match declared.map(|node| (node.span, node.value)) {
            Some((_, Value::Map(entries))) => entries,
            Some((span, _)) => {
                let message = "prefixes and what they stand for are expected here";
                diagnostics.push(Diagnostic::new(Code::WrongShape, span, message));
                Vec::new()
            }
            None => Vec::new(),
        };
        for entry in entries {
            let Some(namespace) = entry.node.text(diagnostics) else { continue };
            if IriStr::new(&namespace.text).is_ok() {
                prefixes.insert(entry.key.text, namespace.text);
            } else {
                let message = format!("\"{}\" is no address that a prefix can stand for", namespace.text);
                diagnostics.push(Diagnostic::new(Code::InvalidIri, namespace.span, message));
            }
        }
        let expanded = |name: &str| {
            let (prefix, local) = name.split_once(':')?;
            prefixes.get(prefix).map(|namespace| [namespace.as_str(), local].concat())
        };
        let [subject_source, object_source] =
            sources.map(|source| source.map(|source| expanded(&source.text).unwrap_or(source.text)));
        Some(Self { prefixes, has_escapes, licence, subject_source, object_source, mapping_date })
    }

    /// The values of a cell that can have several, which bars divide.
    pub fn values(&self, cell: &str) -> Vec<String> {
        let mut values = vec![String::new()];
        let mut characters = cell.chars().peekable();
        while let Some(character) = characters.next() {
            let value = values.last_mut().expect("there is always one");
            match character {
                // A backslash before anything else is itself.
                '\\' if self.has_escapes && characters.next_if_eq(&'|').is_some() => value.push('|'),
                '|' => values.push(String::new()),
                other => value.push(other),
            }
        }
        let trimmed = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
        trimmed.map(str::to_owned).collect()
    }
}

/// Whether a version of the standard is 1.1 or a later one. A file that names none is of 1.0.
fn has_escapes(version: &str) -> bool {
    let numbers: Option<Vec<u32>> = version.split('.').map(|number| number.parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.as_slice() >= &[1, 1][..])
}

/// A day as ISO 8601 has it; of anything else, nothing and a diagnostic.
pub fn day(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<String> {
    let parsed = Date::parse(&written.text).ok();
    let is_day =
        parsed.is_some_and(|date| date.earliest.as_ref() == Some(&written.text) && date.earliest == date.latest);
    if !is_day {
        let message = format!("\"{}\" is no day", written.text);
        let help = "write year, month and day: 2026-02-11";
        diagnostics.push(Diagnostic::new(Code::InvalidDate, written.span, message).help(help));
    }
    is_day.then(|| written.text.clone())
}

fn head_lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_start_matches('\u{FEFF}').split_inclusive('\n').take_while(|line| line.starts_with('#'))
}

/// The head with a blank for every mark of a comment, and nothing of the table, so that places stay what they are.
fn head_alone(text: &str) -> String {
    head_lines(text).map(|line| format!(" {}", &line[1..])).collect()
}

/// The table with an empty line for every line of the head.
pub fn without_head(text: &str) -> String {
    let (lines, length) = head_lines(text).fold((0, 0), |(lines, length), line| (lines + 1, length + line.len()));
    "\n".repeat(lines) + &text.trim_start_matches('\u{FEFF}')[length..]
}

/// The prefix that stands for the corpus's base in files that we make.
const OUR: &str = "our";

/// The prefix that an authority file is known by, if the IRI is of one, and what its IRIs begin with; otherwise what
/// stands before the last part of the IRI.
fn namespace_of(iri: &str) -> (Option<&'static str>, &str) {
    if let Some(scheme) = Scheme::ALL.iter().find(|scheme| iri.starts_with(scheme.beginning())) {
        return (Some(scheme.column), &iri[..scheme.beginning().len()]);
    }
    let plain = iri.trim_end_matches(['/', '#']);
    let at = plain.rfind(['/', '#', '=']).map_or(plain.len().min(iri.len()), |at| at + 1);
    (None, &iri[..at])
}

#[cfg(test)]
mod tests {
    use super::{MappingFile, MappingHead};
    use crate::diagnostic::Diagnostics;
    use crate::source::{SourceText, Sources};

    #[test]
    fn what_a_file_has_stays_as_it_is() {
        let text = "#mapping_set_id: https://example.org/s\n#license: https://example.org/l\n#curie_map:\n#  a: https://a.example/\n\
                    #comment: \"of ours\"\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\tcolour\n\
                    a:1\tskos:exactMatch\ta:2\tsemapv:LexicalMatching\t\"red\tor \"\"blue\"\"\"\n";
        let mut file = MappingFile::parse(text);
        assert_eq!(file.to_text(), text);
        assert_eq!(file.iri(0, "object_id").as_deref(), Some("https://a.example/2"));
        file.set(0, "reviewer_label", "Greta Lam");
        let object = file.shortened("https://sws.geonames.org/12/");
        file.add(&[("subject_id", "a:3"), ("object_id", &object), ("confidence", "0.5")]);
        assert_eq!(file.shortened("https://b.example/x/y#it"), "ns1:it");
        let expected = "#mapping_set_id: https://example.org/s\n#license: https://example.org/l\n#curie_map:\n#  ns1: https://b.example/x/y#\n\
                        #  geonames: https://sws.geonames.org/\n#  a: https://a.example/\n#comment: \"of ours\"\n\
                        subject_id\tpredicate_id\tobject_id\tmapping_justification\treviewer_label\tconfidence\tcolour\n\
                        a:1\tskos:exactMatch\ta:2\tsemapv:LexicalMatching\tGreta Lam\t\t\"red\tor \"\"blue\"\"\"\n\
                        a:3\t\tgeonames:12/\t\t\t0.5\t\n";
        assert_eq!(file.to_text(), expected);
    }

    /// However the head is written, a prefix can be declared, and what was there can still be read.
    #[test]
    fn a_prefix_can_be_declared_in_every_head() {
        let needed = "mapping_set_id: https://example.org/s\n#license: https://example.org/l\n";
        let spaced = needed.replace('#', "# ");
        for head in [
            format!("#{needed}#curie_map:\n#  a: https://a.example/\n#comment: c\n"),
            format!("# {spaced}# curie_map:\n#   a: https://a.example/\n# comment: c\n"),
            format!("# {spaced}# curie_map:\n#     a: \"https://a.example/\"\n"),
            format!("#{needed}#curie_map: {{a: https://a.example/}}\n#comment: c\n"),
            format!("#{needed}#curie_map: {{\n#  a: https://a.example/\n#}}\n#comment: c\n"),
            format!("#{needed}#curie_map:\r\n#  a: https://a.example/\r\n"),
        ] {
            let text = format!(
                "{head}subject_id \tpredicate_id\tobject_id\tmapping_justification\na:1\tskos:exactMatch\ta:2\tsemapv:LexicalMatching\n"
            );
            let mut file = MappingFile::parse(&text);
            assert_eq!(file.iri(0, "subject_id").as_deref(), Some("https://a.example/1"), "{head}");
            assert_eq!(file.shortened("https://sws.geonames.org/12/"), "geonames:12/");
            file.set(0, "subject_id", "a:3");
            let written = file.to_text();
            let source = SourceText::new(Sources::new("").add("f"), written.clone());
            let mut diagnostics = Diagnostics::default();
            let read = MappingHead::read(&source, &mut diagnostics).expect("the head can be read");
            assert!(!diagnostics.has_errors(), "{written}");
            for (prefix, namespace) in [("a", "https://a.example/"), ("geonames", "https://sws.geonames.org/")] {
                assert_eq!(read.prefixes.get(prefix).map(String::as_str), Some(namespace), "{written}");
            }
            assert_eq!(MappingFile::parse(&written).iri(0, "subject_id").as_deref(), Some("https://a.example/3"));
        }
    }
}
