//! Mapping files: SSSOM/TSV with its metadata at the head (SSSOM 1.1, "The SSSOM/TSV serialisation format").

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Date, Id, Mapping, Relation, Review};
use crate::project::absolute_iri;
use crate::read::reader::Reader;
use crate::read::table::{Need, Row, Table};
use crate::source::{SourceText, Sources};
use crate::tree::{self, Fields, Value, Written};
use crate::vocabulary::{owl, rdf, rdfs, semapv, skos, sssom};
use Need::{Optional, Required};
use iri_string::types::IriStr;
use std::collections::HashMap;

/// The columns that the standard has, with those that a row cannot do without.
fn columns() -> Vec<(&'static str, Need)> {
    let need = |name: &&'static str| match *name {
        "subject_id" | "predicate_id" | "object_id" | "mapping_justification" => Required,
        _ => Optional,
    };
    Mapping::COLUMNS.iter().map(|name| (*name, need(name))).collect()
}

/// The keys that the head can have besides the two that it must have (class MappingSet).
const HEAD: &[&str] = &[
    "sssom_version",
    "mapping_set_version",
    "mapping_set_source",
    "mapping_set_title",
    "mapping_set_description",
    "mapping_set_confidence",
    "creator_id",
    "creator_label",
    "subject_type",
    "subject_source",
    "subject_source_version",
    "object_type",
    "object_source",
    "object_source_version",
    "predicate_type",
    "mapping_provider",
    "cardinality_scope",
    "mapping_tool",
    "mapping_tool_id",
    "mapping_tool_version",
    "mapping_date",
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

/// The prefixes that need no declaration.
const KNOWN_PREFIXES: &[(&str, &str)] = &[
    ("owl", owl::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("semapv", semapv::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("sssom", sssom::NAMESPACE),
    ("xsd", crate::vocabulary::XSD),
];

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
    let Some(prefixes) = head(reader) else { return Vec::new() };
    let source = SourceText::new(reader.source.file, without_head(&reader.source.text));
    let table = {
        let Reader { project, path, .. } = *reader;
        let (references, defined) = (Vec::new(), Vec::new());
        let mut of_table =
            Reader { project, source: &source, path, diagnostics: &mut *reader.diagnostics, references, defined };
        Table::read_with(&mut of_table, &columns(), Code::UnusedColumn)
    };
    let Some(table) = table else { return Vec::new() };
    table.rows(&source).filter_map(|row| Cells { row, prefixes: &prefixes }.mapping(reader)).collect()
}

/// The prefixes that the head declares, and those that need no declaration; nothing where there is no head.
fn head(reader: &mut Reader<'_>) -> Option<HashMap<String, String>> {
    let text = &reader.source.text;
    if !text.trim_start_matches('\u{FEFF}').starts_with('#') {
        let help = "begin the file with lines such as\n#mapping_set_id: https://example.org/letters/links/geonames\n\
                    #license: https://creativecommons.org/publicdomain/zero/1.0/";
        let message = "the metadata of the mappings are missing at the head of the file";
        reader.report_with_help(Code::MappingHead, Sources::whole(reader.source.file), message, help);
        return None;
    }
    let masked = SourceText::new(reader.source.file, head_alone(text));
    let tree = tree::yaml(&masked, 0..masked.text.len(), reader.diagnostics)?;
    let mut fields = Fields::of(tree, "the head of a mapping file", reader.diagnostics);
    for key in ["mapping_set_id", "license"] {
        let written = fields.required(key, reader.diagnostics);
        written.and_then(|written| absolute_iri(&written, reader.diagnostics));
    }
    for key in HEAD {
        fields.take(key);
    }
    let declared = fields.take("curie_map");
    fields.finish(reader.diagnostics);
    let known = KNOWN_PREFIXES.iter().map(|(prefix, namespace)| ((*prefix).to_owned(), (*namespace).to_owned()));
    let mut prefixes: HashMap<String, String> = known.collect();
    if let Some(node) = declared {
        let Value::Map(entries) = node.value else {
            let message = "prefixes and what they stand for are expected here";
            reader.diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message));
            return Some(prefixes);
        };
        for entry in entries {
            let Some(namespace) = entry.node.text(reader.diagnostics) else { continue };
            if IriStr::new(&namespace.text).is_ok() {
                prefixes.insert(entry.key.text, namespace.text);
            } else {
                let message = format!("\"{}\" is no address that a prefix can stand for", namespace.text);
                reader.report(Code::InvalidIri, namespace.span, message);
            }
        }
    }
    Some(prefixes)
}

/// The head with a blank for every mark of a comment, and nothing of the table, so that places stay what they are.
fn head_alone(text: &str) -> String {
    let text = text.trim_start_matches('\u{FEFF}');
    let lines = text.split_inclusive('\n').take_while(|line| line.starts_with('#'));
    lines.map(|line| format!(" {}", &line[1..])).collect()
}

/// The table with an empty line for every line of the head.
fn without_head(text: &str) -> String {
    let head = text.trim_start_matches('\u{FEFF}').split_inclusive('\n').take_while(|line| line.starts_with('#'));
    let (lines, length) = head.fold((0, 0), |(lines, length), line| (lines + 1, length + line.len()));
    "\n".repeat(lines) + &text.trim_start_matches('\u{FEFF}')[length..]
}

/// A row with what its cells are read by.
struct Cells<'a> {
    row: Row<'a>,
    prefixes: &'a HashMap<String, String>,
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
        let base = &reader.project.base;
        let members = reader.project.corpora.iter().map(|member| &member.base);
        let bases: Vec<&String> = [base].into_iter().chain(members).collect();
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
            return absolute_iri(cell, reader.diagnostics);
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
        absolute_iri(&whole, reader.diagnostics)
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
