//! Mapping files, row by row: what is linked to what, who says so, and what has become of it.

use crate::diagnostic::{Code, nearest};
use crate::model::{Date, Id, Mapping, Relation, Review, Scheme};
use crate::project::absolute_iri;
use crate::read::reader::Reader;
use crate::read::table::{Need, Row, Table};
use crate::source::{SourceText, Sources};
use crate::sssom::{Head, SEPARATOR, without_head};
use crate::tree::Written;
use crate::vocabulary::{owl, semapv, skos, sssom};
use Need::{Optional, Required};
use std::collections::BTreeMap;

/// The columns that the standard has, with those that a row cannot do without.
fn columns() -> Vec<(&'static str, Need)> {
    let need = |name: &&'static str| match *name {
        "subject_id" | "predicate_id" | "object_id" | "mapping_justification" => Required,
        _ => Optional,
    };
    Mapping::COLUMNS.iter().map(|name| (*name, need(name))).collect()
}

/// What a mapping can be justified by (slot `mapping_justification`).
const JUSTIFICATIONS: &[&str] = &[
    "MappingReview",
    "ManualMappingCuration",
    "LogicalReasoning",
    "LexicalMatching",
    "CompositeMatching",
    "UnspecifiedMatching",
    "SemanticSimilarityThresholdMatching",
    "LexicalSimilarityThresholdMatching",
    "MappingChaining",
    "MappingInversion",
    "StructuralMatching",
    "InstanceBasedMatching",
    "BackgroundKnowledgeBasedMatching",
];

/// Reads one mapping file.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<Mapping> {
    if !Head::is_there(&reader.source.text) {
        let help = "begin the file with lines such as\n#mapping_set_id: https://example.org/letters/links/geonames\n\
                    #license: https://creativecommons.org/publicdomain/zero/1.0/";
        let message = "the metadata of the mappings are missing at the head of the file";
        reader.report_with_help(Code::MappingHead, Sources::whole(reader.source.file), message, help);
        return Vec::new();
    }
    let Some(head) = Head::read(reader.source, reader.diagnostics) else { return Vec::new() };
    let source = SourceText::new(reader.source.file, without_head(&reader.source.text));
    let table = {
        let Reader { project, path, .. } = *reader;
        let (references, defined) = (Vec::new(), Vec::new());
        let mut of_table =
            Reader { project, source: &source, path, diagnostics: &mut *reader.diagnostics, references, defined };
        Table::read_with(&mut of_table, &columns(), Some(SEPARATOR), Code::UnusedColumn)
    };
    let Some(table) = table else { return Vec::new() };
    table
        .rows(&source)
        .filter_map(|row| Cells { row, prefixes: &head.prefixes, dataset: head.object_source.as_ref() }.mapping(reader))
        .collect()
}

/// A row with what its cells are read by.
struct Cells<'a> {
    row: Row<'a>,
    prefixes: &'a BTreeMap<String, String>,
    dataset: Option<&'a String>,
}

impl Cells<'_> {
    /// The row as a mapping of a thing of the corpus; nothing where it is none, which is reported.
    fn mapping(&self, reader: &mut Reader<'_>) -> Option<Mapping> {
        let subject = self.required_iri("subject_id", reader);
        let predicate = self.required_iri("predicate_id", reader);
        let object = self.required_iri("object_id", reader);
        let justification = self.required_iri("mapping_justification", reader);
        let relation = predicate.as_ref().and_then(|(written, iri)| relation(written, iri, reader));
        let justification = justification.and_then(|(written, iri)| justified(&written, &iri, reader));
        let confidence = self.number("confidence", 0.0, reader);
        self.number("similarity_score", 0.0, reader);
        let agreement = self.number("reviewer_agreement", -1.0, reader);
        let negated = self.negated(reader);
        let (authors, reviewers) = (self.iris("author_id", reader), self.iris("reviewer_id", reader));
        let reviewer_labels = self.list("reviewer_label");
        let (date, review_date) = (self.date("mapping_date", reader), self.date("review_date", reader));
        let ((subject_cell, subject), (object_cell, object)) = (subject?, object?);
        // A row that says that nothing was found is kept in its file, and links nothing.
        if [&subject, &object].iter().any(|iri| iri.strip_prefix(sssom::NAMESPACE) == Some("NoTermFound")) {
            return None;
        }
        if subject == object {
            let message = "this mapping maps a thing to itself";
            let help = "put the other thing into one of the two cells, or delete the row";
            reader.report_with_help(Code::MappingToItself, self.row.span(), message, help);
            return None;
        }
        let (base, bases) = (&reader.project.base, reader.project.bases());
        let of_ours = |iri: &str| bases.iter().find_map(|base| Id::of_iri(iri, base));
        let (id, ours, ours_span, theirs, relation) = match (of_ours(&subject), of_ours(&object)) {
            (Some(id), _) => (id, subject, subject_cell.span, object, relation?),
            (None, Some(id)) => (id, object, object_cell.span, subject, relation?.inverse()),
            (None, None) => {
                let message = "neither side of this mapping is a thing of the corpus";
                let help = format!("things of the corpus are written {base}kind/id#it, or shorter with a prefix");
                reader.report_with_help(Code::MappingOfOthers, self.row.span(), message, help);
                return None;
            }
        };
        let justification = justification?;
        let reviewed = !reviewers.is_empty() || !reviewer_labels.is_empty();
        let by_hand = matches!(justification.as_str(), "ManualMappingCuration" | "MappingReview");
        let agreement = agreement.and_then(|number| number.parse().ok());
        Some(Mapping {
            file: reader.source.file,
            span: self.row.span(),
            ours,
            id,
            ours_span,
            theirs,
            dataset: self.dataset.cloned(),
            relation,
            review: Review::of(reviewed, agreement, by_hand, negated),
            justification,
            confidence,
            authors,
            author_labels: self.list("author_label"),
            reviewers,
            reviewer_labels,
            review_date,
            date,
            comment: self.row.cell("comment").map(|cell| cell.text),
        })
    }

    fn required_iri(&self, column: &'static str, reader: &mut Reader<'_>) -> Option<(Written, String)> {
        let cell = self.row.required(column, reader)?;
        let iri = self.iri(&cell, reader)?;
        Some((cell, iri))
    }

    /// The IRI that a cell stands for: a name with a prefix, or the IRI itself.
    fn iri(&self, cell: &Written, reader: &mut Reader<'_>) -> Option<String> {
        if cell.text.starts_with("http://") || cell.text.starts_with("https://") {
            return usual(absolute_iri(cell, reader.diagnostics));
        }
        let (prefix, local) = cell.text.split_once(':').unwrap_or(("", &cell.text));
        let Some(namespace) = self.prefixes.get(prefix) else {
            let message = format!("the prefix of \"{}\" is not declared", cell.text);
            let known = self.prefixes.keys().map(String::as_str);
            let meant = nearest(prefix, known).map(|name| format!("did you mean {name}:? "));
            let help = format!("{}prefixes are declared at the head, below #curie_map:", meant.unwrap_or_default());
            reader.report_with_help(Code::UnknownPrefix, cell.span, message, help);
            return None;
        };
        let whole = Written { text: [namespace.as_str(), local].concat(), span: cell.span };
        usual(absolute_iri(&whole, reader.diagnostics))
    }

    /// The values of a cell that can have several, which upright bars divide.
    fn parts(&self, column: &str) -> Vec<Written> {
        let Some(cell) = self.row.cell(column) else { return Vec::new() };
        let parts = cell.text.split('|').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| Written { text: part.to_owned(), span: cell.span }).collect()
    }

    fn list(&self, column: &str) -> Vec<String> {
        self.parts(column).into_iter().map(|part| part.text).collect()
    }

    fn iris(&self, column: &str, reader: &mut Reader<'_>) -> Vec<String> {
        self.parts(column).iter().filter_map(|part| self.iri(part, reader)).collect()
    }

    /// A number from a least one to 1, as it is written.
    fn number(&self, column: &str, least: f64, reader: &mut Reader<'_>) -> Option<String> {
        let cell = self.row.cell(column)?;
        let fits = cell.text.parse().is_ok_and(|number: f64| (least..=1.0).contains(&number));
        if !fits {
            let message = format!("\"{}\" cannot be a {}", cell.text, column.replace('_', " "));
            let help = format!("write a number from {least} to 1, as in 0.95");
            reader.report_with_help(Code::InvalidNumber, cell.span, message, help);
        }
        fits.then_some(cell.text)
    }

    fn negated(&self, reader: &mut Reader<'_>) -> bool {
        let Some(cell) = self.row.cell("predicate_modifier") else { return false };
        if cell.text != "Not" {
            let message = format!("\"{}\" is no modifier of a relation", cell.text);
            reader.report_with_help(Code::UnknownValue, cell.span, message, "write Not, or leave the cell empty");
        }
        true
    }

    /// A day.
    fn date(&self, column: &str, reader: &mut Reader<'_>) -> Option<String> {
        let cell = self.row.cell(column)?;
        let is_day = Date::parse(&cell.text)
            .is_ok_and(|date| date.earliest.as_ref() == Some(&cell.text) && date.earliest == date.latest);
        if !is_day {
            let message = format!("\"{}\" is no day", cell.text);
            reader.report_with_help(Code::InvalidDate, cell.span, message, "write year, month and day: 2026-02-11");
            return None;
        }
        Some(cell.text)
    }
}

/// The form in which the IRI stands in datasets and in the graph.
fn usual(iri: Option<String>) -> Option<String> {
    iri.map(|iri| Scheme::usual_iri(&iri).unwrap_or(iri))
}

/// The relation that a predicate stands for.
fn relation(written: &Written, iri: &str, reader: &mut Reader<'_>) -> Option<Relation> {
    let name = iri.strip_prefix(skos::NAMESPACE);
    let relation = Relation::ALL.iter().find(|(known, _)| Some(*known) == name).map(|(_, relation)| *relation);
    if relation.is_none() {
        let names = Relation::ALL.map(|(name, _)| format!("skos:{name}"));
        let message = format!("\"{}\" is no relation of a mapping", written.text);
        let help = match iri.strip_prefix(owl::NAMESPACE) {
            Some("sameAs") => {
                "write skos:exactMatch: owl:sameAs would make every statement about either one about both".to_owned()
            }
            _ => format!("write one of {}", names.join(", ")),
        };
        reader.report_with_help(Code::UnknownPredicate, written.span, message, help);
    }
    relation
}

/// The name of a justification.
fn justified(written: &Written, iri: &str, reader: &mut Reader<'_>) -> Option<String> {
    let name = iri.strip_prefix(semapv::NAMESPACE).filter(|name| JUSTIFICATIONS.contains(name));
    if name.is_none() {
        let local = written.text.rsplit(':').next().unwrap_or_default();
        let help = nearest(local, JUSTIFICATIONS.iter().copied()).map_or_else(
            || format!("write semapv: and one of {}", JUSTIFICATIONS.join(", ")),
            |name| format!("did you mean semapv:{name}?"),
        );
        let message = format!("\"{}\" is no justification of a mapping", written.text);
        reader.report_with_help(Code::UnknownValue, written.span, message, help);
    }
    name.map(str::to_owned)
}
