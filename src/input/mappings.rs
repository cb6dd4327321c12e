//! Mapping files, row by row: what is linked to what, who says so, and what has become of it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::input::reader::Reader;
use crate::input::table::hand_written::{Need, Table, TableRow};
use crate::model::{Id, Mapping, NO_TERM, Relation, ReviewState, Scheme};
use crate::project::absolute_iri;
use crate::source::{SourceText, Sources};
use crate::sssom::{MappingHead, SEPARATOR, day, without_head};
use crate::tree::SourceValue;
use crate::vocabulary::{owl, semapv, skos};
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
    if !MappingHead::is_there(&reader.source.text) {
        let help = "begin the file with lines such as\n#mapping_set_id: https://example.org/letters/links/geonames\n\
                    #license: https://creativecommons.org/publicdomain/zero/1.0/";
        let message = "the metadata of the mappings are missing at the head of the file";
        reader.report_with_help(Code::MappingHead, Sources::whole(reader.source.file), message, help);
        return Vec::new();
    }
    let Some(head) = MappingHead::read(reader.source, reader.diagnostics) else { return Vec::new() };
    reader.licence = head.licence.clone();
    let source = SourceText::new(reader.source.file, without_head(&reader.source.text));
    let table = {
        let Reader { project, path, .. } = *reader;
        let (references, defined) = (Vec::new(), Vec::new());
        let mut of_table = Reader {
            project,
            source: &source,
            path,
            diagnostics: &mut *reader.diagnostics,
            references,
            defined,
            licence: None,
        };
        Table::read_with(&mut of_table, &columns(), Some(SEPARATOR), Code::UnusedColumn)
    };
    let Some(table) = table else { return Vec::new() };
    table.rows(&source).filter_map(|row| MappingCells { row, head: &head }.mapping(reader)).collect()
}

/// A row with what its cells are read by.
struct MappingCells<'a> {
    row: TableRow<'a>,
    head: &'a MappingHead,
}

/// One side of a mapping, as it is written and as the IRI that this stands for.
type Side = (SourceValue, String);

/// The two sides of a mapping, by whose they are.
struct Sides {
    id: Id,
    ours: Side,
    theirs: Side,
    /// Whether the thing of the corpus is the object.
    is_turned: bool,
}

impl MappingCells<'_> {
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
        let sides = self.sides(subject?, object?, reader)?;
        let relation = relation.map(|relation| if sides.is_turned { relation.inverse() } else { relation });
        let dataset = self.source(if sides.is_turned { "subject_source" } else { "object_source" }, reader);
        let relation = relation?;
        let justification = justification?;
        let reviewed = !reviewers.is_empty() || !reviewer_labels.is_empty();
        let by_hand = matches!(justification.as_str(), "ManualMappingCuration" | "MappingReview");
        let agreement = agreement.and_then(|number| number.parse().ok());
        let review = ReviewState::of(reviewed, agreement, by_hand, negated);
        // That nothing was found is decided, or else says nothing.
        let is_nothing = sides.theirs.1 == NO_TERM;
        let review =
            if is_nothing { Some(ReviewState::Rejected).filter(|_| review == ReviewState::Accepted)? } else { review };
        Some(Mapping {
            file: reader.source.file,
            span: self.row.span(),
            ours: sides.ours.1,
            id: sides.id,
            ours_span: sides.ours.0.span,
            theirs: sides.theirs.1,
            dataset,
            relation,
            review,
            justification,
            confidence,
            authors,
            author_labels: self.list("author_label"),
            reviewers,
            reviewer_labels,
            review_date,
            date: date.or_else(|| self.head.mapping_date.clone()),
            comment: self.row.cell("comment").map(|cell| cell.text),
        })
    }

    /// Which side is the thing of the corpus; nothing where that cannot be used, which is reported.
    fn sides(&self, subject: Side, object: Side, reader: &mut Reader<'_>) -> Option<Sides> {
        if subject.1 == object.1 {
            let message = "this mapping maps a thing to itself";
            let help = "put the other thing into one of the two cells, or delete the row";
            reader.report_with_help(Code::MappingToItself, self.row.span(), message, help);
            return None;
        }
        let bases = reader.project.bases();
        let of_ours = |side: &Side| Id::of_iri_below(&side.1, &bases);
        match (of_ours(&subject), of_ours(&object)) {
            (Some(id), _) => Some(Sides { id, ours: subject, theirs: object, is_turned: false }),
            (None, Some(id)) => Some(Sides { id, ours: object, theirs: subject, is_turned: true }),
            (None, None) => {
                let message = "neither side of this mapping is a thing of the corpus";
                let base = &reader.project.base;
                let help = format!("things of the corpus are written {base}kind/id#it, or shorter with a prefix");
                reader.report_with_help(Code::MappingOfOthers, self.row.span(), message, help);
                None
            }
        }
    }

    /// The dataset that a side is of: as the row has it, or the head.
    fn source(&self, column: &str, reader: &mut Reader<'_>) -> Option<String> {
        let of_head = match column {
            "subject_source" => &self.head.subject_source,
            _ => &self.head.object_source,
        };
        self.row.cell(column).and_then(|cell| self.iri(&cell, reader)).or_else(|| of_head.clone())
    }

    fn required_iri(&self, column: &'static str, reader: &mut Reader<'_>) -> Option<Side> {
        let cell = self.row.required(column, reader)?;
        let iri = self.iri(&cell, reader)?;
        Some((cell, iri))
    }

    /// The IRI that a cell stands for: a name with a prefix, or the IRI itself.
    fn iri(&self, cell: &SourceValue, reader: &mut Reader<'_>) -> Option<String> {
        if cell.text.starts_with("http://") || cell.text.starts_with("https://") {
            return usual(absolute_iri(cell, reader.diagnostics));
        }
        let (prefix, local) = cell.text.split_once(':').unwrap_or(("", &cell.text));
        let Some(namespace) = self.head.prefixes.get(prefix) else {
            let message = format!("the prefix of \"{}\" is not declared", cell.text);
            let known = self.head.prefixes.keys().map(String::as_str);
            let meant = nearest(prefix, known).map(|name| format!("did you mean {name}:? "));
            let help = format!("{}prefixes are declared at the head, below #curie_map:", meant.unwrap_or_default());
            reader.report_with_help(Code::UnknownPrefix, cell.span, message, help);
            return None;
        };
        let whole = SourceValue { text: [namespace.as_str(), local].concat(), span: cell.span };
        usual(absolute_iri(&whole, reader.diagnostics))
    }

    /// The values of a cell that can have several.
    fn parts(&self, column: &str) -> Vec<SourceValue> {
        let Some(cell) = self.row.cell(column) else { return Vec::new() };
        self.head.values(&cell.text).into_iter().map(|text| SourceValue { text, span: cell.span }).collect()
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

    fn date(&self, column: &str, reader: &mut Reader<'_>) -> Option<String> {
        self.row.cell(column).and_then(|cell| day(&cell, reader.diagnostics))
    }
}

/// The form in which the IRI stands in datasets and in the graph.
fn usual(iri: Option<String>) -> Option<String> {
    iri.map(|iri| Scheme::usual_iri(&iri).unwrap_or(iri))
}

/// The relation that a predicate stands for.
fn relation(written: &SourceValue, iri: &str, reader: &mut Reader<'_>) -> Option<Relation> {
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
fn justified(written: &SourceValue, iri: &str, reader: &mut Reader<'_>) -> Option<String> {
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

/// Reports relations that are accepted in one row and rejected in another.
pub(super) fn contradictions(mappings: &[Mapping], diagnostics: &mut Diagnostics) {
    // Where both sides are of one project, a row can name them in either order.
    let said = |mapping: &'_ Mapping| {
        let Mapping { ours, theirs, relation, .. } = mapping;
        if ours <= theirs {
            (ours.clone(), theirs.clone(), *relation)
        } else {
            (theirs.clone(), ours.clone(), relation.inverse())
        }
    };
    let mut accepted = BTreeMap::new();
    let of_review = |review| mappings.iter().filter(move |mapping| mapping.review == review);
    for mapping in of_review(ReviewState::Accepted) {
        accepted.entry(said(mapping)).or_insert(mapping.span);
    }
    for mapping in of_review(ReviewState::Rejected) {
        let Some(elsewhere) = accepted.get(&said(mapping)) else { continue };
        let message = format!("\"{}\" is mapped to this thing in one row, and not in this one", mapping.id);
        let help = "take out the row that is wrong";
        let contradiction = Diagnostic::new(Code::MappingContradiction, mapping.span, message).help(help);
        diagnostics.push(contradiction.related(*elsewhere, "it is accepted here"));
    }
}
