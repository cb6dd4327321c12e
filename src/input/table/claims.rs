//! Claim tables: who says what, one claim a row, further contents in further rows with its id.

use crate::diagnostic::{Code, nearest};
use crate::input::reader::Reader;
use crate::input::table::authorities::is_decimal;
use crate::input::table::hand_written::{Need, Table, TableRow};
use crate::model::{
    Claim, ConceptList, Content, ContentObject, ContentReference, Date, Kind, Label, Passage, Precision, slug_problem,
};
use crate::project::{absolute_iri, language_tag};
use crate::tree::SourceValue;
use crate::vocabulary;
use Need::{Optional, Required};

const COLUMNS: &[(&str, Need)] = &[
    ("id", Required),
    ("document", Required),
    ("start", Optional),
    ("end", Optional),
    ("claimant", Required),
    ("reported_by", Optional),
    ("stance", Required),
    ("speech_act", Required),
    ("hedge", Optional),
    ("certainty", Optional),
    ("text", Required),
    ("subject", Optional),
    ("predicate", Optional),
    ("object", Optional),
    ("incompatible_with", Optional),
    ("comment", Optional),
];

/// Reads one claim table.
pub(crate) fn read(reader: &mut Reader<'_>) -> Vec<Claim> {
    let Some(table) = Table::read(reader, COLUMNS) else { return Vec::new() };
    let Some(scope) = reader.slug_of_stem() else { return Vec::new() };
    let source = reader.source;
    let mut claims: Vec<Claim> = Vec::new();
    let mut last_id = None;
    for row in table.rows(source) {
        let Some(id) = row.required("id", reader) else { continue };
        let continues = last_id.as_ref() == Some(&id.text) && row.cell("text").is_none();
        if continues {
            let content = further_content(reader, &scope, row);
            let belongs = claims.last_mut().filter(|claim| claim.id.1 == id.text);
            if let (Some(claim), Some(content)) = (belongs, content) {
                claim.contents.push(content);
            }
        } else {
            claims.extend(claim(reader, &scope, &id, row));
        }
        last_id = Some(id.text);
    }
    claims
}

fn further_content(reader: &mut Reader<'_>, scope: &str, row: TableRow<'_>) -> Option<Content> {
    const OF_THE_CONTENT: &[&str] = &["id", "subject", "predicate", "object", "incompatible_with"];
    for (column, _) in COLUMNS {
        let Some(cell) = row.cell(column).filter(|_| !OF_THE_CONTENT.contains(column)) else { continue };
        let message = format!("a further content of a claim has no {column}");
        reader.report_with_help(Code::StrayContent, cell.span, message, "what the claim says stands in its first row");
    }
    let content = content(reader, scope, row);
    if content.is_none() && row.cell("subject").is_none() {
        reader.report(Code::IncompleteContent, row.span(), "this row adds nothing to its claim");
    }
    content
}

fn claim(reader: &mut Reader<'_>, scope: &str, id: &SourceValue, row: TableRow<'_>) -> Option<Claim> {
    if row.cell("text").is_none() && row.cell("document").is_none() && row.cell("claimant").is_none() {
        let message = format!("no claim \"{}\" stands right above this row", id.text);
        reader.report(Code::StrayContent, row.span(), message);
        return None;
    }
    let document = row.required("document", reader).and_then(|slug| reader.reference_to(Kind::Document, &slug));
    let text = row.required("text", reader);
    let claimant = row.cell("claimant");
    let is_nobody = claimant.as_ref().is_none_or(|who| who.text.ends_with(":?"));
    if is_nobody {
        let span = claimant.as_ref().map_or(row.span(), |who| who.span);
        let help = "name the person, organisation, group or post whose claim it is; of somebody unknown make a group";
        reader.report_with_help(Code::ClaimWithoutClaimant, span, "nobody makes this claim", help);
    }
    let claimant = claimant.filter(|_| !is_nobody).and_then(|who| reader.reference(Kind::AGENTS, &who));
    let reported_by = row.cell("reported_by").and_then(|who| reader.reference(Kind::AGENTS, &who));
    let stance = row.required("stance", reader).and_then(|word| reader.concept(&ConceptList::STANCE, &word));
    let speech_act =
        row.required("speech_act", reader).and_then(|word| reader.concept(&ConceptList::SPEECH_ACT, &word));
    let hedge = row.cell("hedge").and_then(|word| reader.concept(&ConceptList::HEDGE, &word));
    let certainty = row.cell("certainty").and_then(|word| reader.concept(&ConceptList::CERTAINTY, &word));
    let range = match (row.cell("start"), row.cell("end")) {
        (Some(start), Some(end)) => reader.range(&start, &end, false).map(|range| (range, start.span)),
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => {
            reader.report(Code::InvalidRange, one.span, "a passage has both a start and an end");
            None
        }
    };
    let content = content(reader, scope, row);
    let slug = reader.slug(id)?;
    let document = document?;
    Some(Claim {
        id: (scope.into(), slug.into()),
        file: reader.source.file,
        span: id.span,
        passage: range.map(|(range, span)| Passage::new(document.id.slug.clone(), range, span)),
        document,
        claimant: claimant?,
        reported_by,
        stance: stance?,
        speech_act: speech_act?,
        hedge,
        certainty,
        text: reader.label(text?.text),
        comment: row.cell("comment").map(|comment| comment.text),
        contents: content.into_iter().collect(),
    })
}

fn content(reader: &mut Reader<'_>, scope: &str, row: TableRow<'_>) -> Option<Content> {
    let incompatible = row.list("incompatible_with");
    let parts = (row.cell("subject"), row.cell("predicate"), row.cell("object"));
    let (Some(subject), Some(predicate), Some(object)) = &parts else {
        if let Some(part) = parts.0.or(parts.1).or(parts.2).or(incompatible.into_iter().next()) {
            let message = "a content has a subject, a predicate and an object";
            let help = "fill all three, or none where the claim is text only";
            reader.report_with_help(Code::IncompleteContent, part.span, message, help);
        }
        return None;
    };
    let span = subject.span;
    let subject = reader.reference(&[], subject);
    let predicate = self::predicate(reader, predicate);
    let object = self::object(reader, object);
    let incompatible_with =
        incompatible.iter().filter_map(|written| content_reference(reader, scope, written)).collect();
    Some(Content { span, subject: subject?, predicate: predicate?, object: object?, incompatible_with })
}

/// A property: a full IRI in angle brackets, or a name of a vocabulary that we know.
fn predicate(reader: &mut Reader<'_>, written: &SourceValue) -> Option<String> {
    if let Some(iri) = bracketed(written) {
        return absolute_iri(&iri, reader.diagnostics);
    }
    let expanded = vocabulary::expand(&written.text);
    let minted = written.text.strip_prefix("rg:");
    match (expanded, minted) {
        (Some(iri), None) => Some(iri),
        (Some(iri), Some(name)) if vocabulary::properties().contains(&name) => Some(iri),
        _ => {
            let known = vocabulary::properties();
            let help = nearest(minted.unwrap_or(&written.text), known.iter().copied()).map_or_else(
                || format!("the prefixes are {}", vocabulary::PREFIXES.map(|(prefix, _)| prefix).join(", ")),
                |name| format!("did you mean rg:{name}?"),
            );
            let message = format!("\"{}\" is no known property", written.text);
            reader.report_with_help(Code::UnknownPredicate, written.span, message, help);
            None
        }
    }
}

fn bracketed(written: &SourceValue) -> Option<SourceValue> {
    let iri = written.text.strip_prefix('<')?.strip_suffix('>')?;
    Some(SourceValue { text: iri.to_owned(), span: written.span })
}

fn object(reader: &mut Reader<'_>, written: &SourceValue) -> Option<ContentObject> {
    if let Some(iri) = bracketed(written) {
        return absolute_iri(&iri, reader.diagnostics).map(ContentObject::Iri);
    }
    if let Some(edtf) = written.text.strip_prefix("edtf:") {
        let date = SourceValue { text: edtf.to_owned(), span: written.span };
        return reader.edtf(&date).map(canonical_date);
    }
    if written.text.starts_with('"') {
        let literal = literal(reader, &written.text);
        if literal.is_none() {
            let message = format!("{} is no literal", written.text);
            let help = "write \"words\"@en or \"6\"^^xsd:integer; inside a table cell each quotation mark stands twice";
            reader.report_with_help(Code::InvalidObject, written.span, message, help);
        }
        return literal;
    }
    if !written.text.contains(':') {
        let message = format!("\"{}\" is no object of a content", written.text);
        let help = "write an id (person:maria), a date (edtf:1672~), <an address>, or words in quotation marks, which \
                    stand doubled inside a table cell: \"\"\"words\"\"@en\"";
        reader.report_with_help(Code::InvalidObject, written.span, message, help);
        return None;
    }
    reader.reference(&[], written).map(ContentObject::Reference)
}

/// `"words"`, `"words"@language` or `"words"^^prefix:datatype`.
fn literal(reader: &Reader<'_>, text: &str) -> Option<ContentObject> {
    let (words, rest) = text.strip_prefix('"')?.rsplit_once('"')?;
    if let Some(tag) = rest.strip_prefix('@') {
        let language = language_tag(tag)?;
        return Some(ContentObject::Words(Label { text: words.to_owned(), language }));
    }
    if let Some(datatype) = rest.strip_prefix("^^") {
        let datatype = vocabulary::expand(datatype)?;
        if datatype == vocabulary::edtf::EDTF.as_str() {
            return Date::parse(words).ok().map(canonical_date);
        }
        return is_valid(words, &datatype).then(|| ContentObject::Literal(words.to_owned(), datatype));
    }
    rest.is_empty().then(|| ContentObject::Words(reader.label(words.to_owned())))
}

/// A date as the object of a content: one content is one content however its date is spelt.
fn canonical_date(date: Date) -> ContentObject {
    let canonical = date.canonical().unwrap_or_default();
    ContentObject::Date(Date { words: canonical.clone(), edtf: Some(canonical), ..date })
}

/// Whether a text is a literal of a datatype, as far as XML Schema's common ones go (XSD 1.1, part 2).
fn is_valid(text: &str, datatype: &str) -> bool {
    let precision = || Date::parse(text).ok().and_then(|date| date.precision);
    match datatype.strip_prefix(vocabulary::XSD) {
        Some("integer") => text.parse::<i128>().is_ok(),
        Some("decimal") => is_decimal(text),
        Some("double" | "float") => matches!(text, "INF" | "-INF" | "NaN") || text.split(['e', 'E']).all(is_decimal),
        Some("boolean") => matches!(text, "true" | "false" | "1" | "0"),
        Some("date") => precision() == Some(Precision::Day),
        Some("gYearMonth") => precision() == Some(Precision::Month),
        Some("gYear") => precision() == Some(Precision::Year),
        _ => true,
    }
}

/// `c2`, `c2.2` for the second content of a claim, `table/c2` for a claim of another table.
fn content_reference(reader: &mut Reader<'_>, scope: &str, written: &SourceValue) -> Option<ContentReference> {
    let (table, rest) = written.text.split_once('/').unwrap_or((scope, &written.text));
    let (name, number) = match rest.split_once('.') {
        Some((name, number)) => (name, Some(number.parse::<usize>().ok().filter(|number| *number > 0))),
        None => (rest, None),
    };
    if slug_problem(table).or(slug_problem(name)).is_some() || number == Some(None) {
        let message = format!("\"{}\" names no content", written.text);
        let help = "write the claim's id, as in c2, or c2.2 for its second content";
        reader.report_with_help(Code::UnknownContent, written.span, message, help);
        return None;
    }
    let claim = (table.into(), name.into());
    Some(ContentReference { claim, number: number.flatten(), span: written.span })
}
