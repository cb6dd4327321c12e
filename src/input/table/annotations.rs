//! Annotation tables: what editors say about passages of a text, by ranges of code points.

use crate::diagnostic::Code;
use crate::input::reader::Reader;
use crate::input::table::hand_written::{Need, Table, TableRow};
use crate::model::{Annotation, AnnotationTarget, Basis, Concept, ConceptList, Id, Kind, Passage};
use crate::source::Sources;
use crate::tree::SourceValue;
use Need::{Optional, Required};

const COLUMNS: &[(&str, Need)] = &[
    ("id", Required),
    ("kind", Required),
    ("text", Optional),
    ("start", Required),
    ("end", Required),
    ("target", Optional),
    ("words", Optional),
    ("source", Optional),
    ("certainty", Optional),
    ("responsible", Optional),
    ("comment", Optional),
];

/// Reads one annotation table; its name is the document whose text it is about.
pub(crate) fn read(reader: &mut Reader<'_>) -> Vec<Annotation> {
    let Some(table) = Table::read(reader, COLUMNS) else { return Vec::new() };
    let Some(scope) = reader.slug_of_stem() else { return Vec::new() };
    let source = reader.source;
    if table.rows(source).any(|row| row.cell("text").is_none()) {
        reader.refer(Id::new(Kind::Document, scope.as_str()), Sources::whole(source.file));
    }
    table.rows(source).filter_map(|row| annotation(reader, &scope, row)).collect()
}

fn annotation(reader: &mut Reader<'_>, scope: &str, row: TableRow<'_>) -> Option<Annotation> {
    let id = row.required("id", reader);
    let kind = row.required("kind", reader).and_then(|word| reader.concept(&ConceptList::ANNOTATION_KIND, &word));
    let (start, end) = (row.required("start", reader), row.required("end", reader));
    let between = matches!(kind, Some("note" | "insertion"));
    let range = start.as_ref().zip(end).and_then(|(start, end)| reader.range(start, &end, between));
    let text = match row.cell("text") {
        Some(written) => reader.reference_to(Kind::Document, &written).map(|text| text.id.slug),
        None => Some(scope.into()),
    };
    let targets = row.list("target").iter().filter_map(|written| target(reader, kind?, written)).collect();
    let source = row.cell("source").and_then(|written| source(reader, &written));
    let certainty = row.cell("certainty").and_then(|word| reader.concept(&ConceptList::CERTAINTY, &word));
    let responsible = row.list("responsible").iter().filter_map(|who| reader.reference(Kind::AGENTS, who)).collect();
    if kind == Some("mention") && row.cell("target").is_none() {
        reader.report(Code::MissingValue, row.span(), "a mention has no target; write person:? where nobody is known");
    }
    let words = row.cell("words");
    let passage = Passage {
        text: text?,
        range: range?,
        span: start?.span,
        words_span: words.as_ref().map(|words| words.span),
        words: words.map(|words| words.text),
    };
    let id = id?;
    Some(Annotation {
        id: (scope.into(), reader.slug(&id)?.into()),
        file: reader.source.file,
        span: id.span,
        kind: kind?,
        passage,
        document: None,
        targets,
        quoted: None,
        source,
        certainty,
        responsible,
        chosen: None,
        comment: row.cell("comment").map(|comment| comment.text),
    })
}

fn target(reader: &mut Reader<'_>, kind: Concept, written: &SourceValue) -> Option<AnnotationTarget> {
    if ConceptList::QUOTATIONS.contains(&kind) {
        return reader.reference(&[Kind::Work, Kind::Document], written).map(AnnotationTarget::Known);
    }
    mention_target(reader, written)
}

/// What a mention names: an id, or `kind:?` where nobody knows which.
pub(crate) fn mention_target(reader: &mut Reader<'_>, written: &SourceValue) -> Option<AnnotationTarget> {
    let unknown = written.text.strip_suffix(":?").and_then(Kind::parse);
    match unknown {
        Some(kind) => Some(AnnotationTarget::Unknown(kind)),
        None => reader.reference(&[], written).map(AnnotationTarget::Known),
    }
}

/// What an annotation rests on; `char=START,END` (RFC 5147) is a stretch of the target's text.
fn source(reader: &mut Reader<'_>, written: &SourceValue) -> Option<Basis> {
    let Some(range) = written.text.strip_prefix("char=") else { return reader.basis(written) };
    let (start, end) = range.split_once(',').unwrap_or((range, ""));
    let part = |text: &str| SourceValue { text: text.trim().to_owned(), span: written.span };
    reader.range(&part(start), &part(end), false).map(|range| Basis::Range(range, written.span))
}
