//! Mapping files as they are written: SSSOM/TSV, in which whatever was there before stays as it was.

use crate::error::{Error, Result};
use crate::model::{Mapping, Scheme};
use crate::project::Project;
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
        let mut file =
            Self { head, columns, rows: Vec::new(), prefixes: BTreeMap::from([(OUR.to_owned(), base.to_owned())]) };
        project.corpora.iter().for_each(|member| file.declare(&member.name, &member.base));
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
        let head: String = text.split_inclusive('\n').take_while(|line| line.starts_with('#')).collect();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b'\t')
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.as_bytes()[head.len()..]);
        let mut records =
            reader.records().map_while(std::result::Result::ok).map(|row| row.iter().map(str::to_owned).collect());
        let columns = records.next().unwrap_or_default();
        let rows = records.collect();
        let prefixes = prefixes(&head);
        Self { head, columns, rows, prefixes }
    }

    /// The file as a text.
    pub fn to_text(&self) -> String {
        let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
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
        let at = self.columns.iter().position(|name| name == column)?;
        self.rows[row].get(at).map(String::as_str).filter(|cell| !cell.is_empty())
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
        let at = self.columns.iter().position(|name| name == column);
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

    fn add_column(&mut self, column: &str) -> usize {
        let place = |name: &str| Mapping::COLUMNS.iter().position(|known| *known == name);
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

    fn declare(&mut self, prefix: &str, namespace: &str) {
        self.prefixes.insert(prefix.to_owned(), namespace.to_owned());
        let line = format!("#  {prefix}: {namespace}\n");
        match self.head.find("#curie_map:").and_then(|at| Some(at + self.head[at..].find('\n')? + 1)) {
            Some(after) => self.head.insert_str(after, &line),
            None => self.head.push_str(&format!("#curie_map:\n{line}")),
        }
    }
}

/// The prefix that stands for the corpus's base in files that we make.
const OUR: &str = "our";

/// The prefixes that a head declares.
fn prefixes(head: &str) -> BTreeMap<String, String> {
    let known = [
        ("owl", "http://www.w3.org/2002/07/owl#"),
        ("semapv", crate::vocabulary::semapv::NAMESPACE),
        ("skos", crate::vocabulary::skos::NAMESPACE),
        ("sssom", crate::vocabulary::sssom::NAMESPACE),
    ];
    let lines = head.lines().map(|line| &line[1..]).skip_while(|line| line.trim() != "curie_map:");
    let declared = lines.skip(1).take_while(|line| line.starts_with([' ', '\t'])).filter_map(|line| {
        let (prefix, namespace) = line.trim().split_once(':')?;
        let plain = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
        Some((plain(prefix), plain(namespace)))
    });
    known.into_iter().map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned())).chain(declared).collect()
}

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
    use super::MappingFile;

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
}
