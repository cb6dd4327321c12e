//! Hand-annotated documents: YAML front matter, then the text.

use crate::diagnostic::Code;
use crate::input::markdown::transcription::{self, ClaimSpan};
use crate::input::reader::Reader;
use crate::model::{
    Action, Annotation, Answer, ConceptList, Date, Document, Id, Kind, Opinion, Party, Reference, Text, choose,
};
use crate::project::{absolute_iri, language};
use crate::source::{Sources, Span, sha256};
use crate::tree::{self, Fields, MapEntry, Node, SourceValue, Value};
use std::ops::Range;

/// What one document file says.
pub(crate) struct ReadDocument {
    pub(crate) document: Document,
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) claim_spans: Vec<ClaimSpan>,
}

/// The key of answers that stand side by side.
const ONE_OF: &str = "one-of";

/// Reads one document; nothing where it has no front matter to speak of.
pub(crate) fn read(reader: &mut Reader<'_>) -> Option<ReadDocument> {
    let slug = reader.slug_of_stem();
    let (front_matter, body) = divide(reader)?;
    let tree = tree::yaml(reader.source, front_matter, reader.diagnostics)?;
    let span = tree.span;
    let mut fields = Fields::of(tree, "the front matter", reader.diagnostics);
    let document = document(reader, &mut fields, slug.clone(), span);
    let stand_off = fields.take("text");
    let accepted = fields.take("accept");
    acceptances(reader, accepted);
    fields.finish(reader.diagnostics);
    let slug = slug?;
    reader.check_loaded(&SourceValue { text: slug.clone(), span: Sources::whole(reader.source.file) });
    let blank = reader.source.text[body..].trim().is_empty();
    let transcription =
        if blank { transcription::Transcription::default() } else { transcription::read(reader, body, &slug) };
    let text = text(reader, stand_off, &transcription.plain, blank);
    let document = Document { text, ..document? };
    reader.licence.clone_from(&document.licence);
    Some(ReadDocument { document, annotations: transcription.annotations, claim_spans: transcription.claim_spans })
}

/// The problems that a document accepts, each with the reason.
fn acceptances(reader: &mut Reader<'_>, node: Option<Node>) {
    let Some(node) = node else { return };
    let Value::Map(entries) = node.value else {
        let message = "what is accepted is written as codes and reasons";
        let help = "write accept: {outside-life: copied by his heirs}";
        reader.report_with_help(Code::WrongShape, node.span, message, help);
        return;
    };
    for MapEntry { key, node } in entries {
        let reason = node.text(reader.diagnostics).map(|reason| reason.text).unwrap_or_default();
        reader.diagnostics.accept_in_file(&key.text, &reason, key.span);
    }
}

/// The bytes of the front matter, and the first byte of the text.
fn divide(reader: &mut Reader<'_>) -> Option<(Range<usize>, usize)> {
    let text = &reader.source.text;
    let start = text.strip_prefix('\u{FEFF}').map_or(0, |rest| text.len() - rest.len());
    let mut at = start;
    let mut begin = None;
    for line in text[start..].split_inclusive('\n') {
        let mark = line.trim_end() == "---";
        match begin {
            None if mark => begin = Some(at + line.len()),
            None => break,
            Some(begin) if mark => return Some((begin..at, at + line.len())),
            Some(_) => {}
        }
        at += line.len();
    }
    let first = reader.source.span(start..text[start..].find('\n').map_or(text.len(), |end| start + end));
    if begin.is_some() {
        let help = "put a line --- between the keys and the text";
        reader.report_with_help(
            Code::FrontMatterNotClosed,
            first,
            "the front matter that begins here never ends",
            help,
        );
    } else {
        let help = "begin the file with a line ---, then kind: and title:, then a line ---";
        reader.report_with_help(Code::FrontMatterMissing, first, "the document does not begin with front matter", help);
    }
    None
}

fn document(reader: &mut Reader<'_>, fields: &mut Fields, slug: Option<String>, span: Span) -> Option<Document> {
    let kind = fields.required("kind", reader.diagnostics);
    let kind = kind.and_then(|word| reader.concept(&ConceptList::DOCUMENT_KIND, &word));
    let title = fields.required("title", reader.diagnostics);
    title.iter().for_each(|title| reader.check_loaded(title));
    let language = fields.text("language", reader.diagnostics).and_then(|tag| language(&tag, reader.diagnostics));
    let mut authors = parties(reader, fields.take("author"), Kind::AGENTS);
    let mut recipients = parties(reader, fields.take("recipient"), Kind::AGENTS);
    let mut publishers = parties(reader, fields.take("publisher"), Kind::AGENTS);
    let translators = parties(reader, fields.take("translator"), Kind::AGENTS);
    let actions = actions(reader, fields);
    let by =
        |kind| actions.iter().filter(move |action: &&Action| action.kind == kind).flat_map(|action| action.by.clone());
    let message = kind.is_some_and(|kind| ConceptList::MESSAGES.contains(&kind));
    if authors.is_empty() && message {
        authors = by("sent").collect();
    }
    if recipients.is_empty() {
        recipients = by("received").collect();
    }
    if publishers.is_empty() {
        publishers = by("published").collect();
    }
    let replies_to = references(reader, fields, "reply-to", Kind::Document);
    let enclosures = references(reader, fields, "enclosures", Kind::Document);
    let part_of = reference(reader, fields, "part-of", Kind::Document);
    let translation_of = fields.take("translation-of").and_then(|node| original(reader, node));
    let mut urls = Vec::new();
    let (repository, shelfmark) = source(reader, fields.take("source"), &mut urls);
    let (editors, licence, citation) = edition(reader, fields.take("edition"), &mut urls);
    let rights = fields.text("rights", reader.diagnostics).map(|words| words.text);
    let note = fields.text("note", reader.diagnostics).map(|words| words.text);
    Some(Document {
        language,
        authors,
        recipients,
        publishers,
        translators,
        actions,
        replies_to,
        enclosures,
        part_of,
        translation_of,
        repository,
        shelfmark,
        urls,
        editors,
        licence,
        citation,
        rights,
        note,
        ..Document::new(Id::new(Kind::Document, slug?), reader.source.file, span, kind?, reader.label(title?.text))
    })
}

fn reference(reader: &mut Reader<'_>, fields: &mut Fields, key: &'static str, kind: Kind) -> Option<Reference> {
    let written = fields.text(key, reader.diagnostics)?;
    reader.reference_to(kind, &written)
}

fn references(reader: &mut Reader<'_>, fields: &mut Fields, key: &'static str, kind: Kind) -> Vec<Reference> {
    let written = fields.texts(key, reader.diagnostics);
    written.iter().filter_map(|written| reader.reference_to(kind, written)).collect()
}

/// One or several agents, each an id or `{who, certainty, note}`.
fn parties(reader: &mut Reader<'_>, node: Option<Node>, kinds: &[Kind]) -> Vec<Party> {
    let mut parties = Vec::new();
    for node in node.map(Node::into_list).unwrap_or_default() {
        parties.extend(answers(reader, node, |reader, node| party(reader, node, "who", kinds)));
    }
    parties
}

/// An answer, or several side by side: `{one-of: [...]}`, of which the project's policy chooses one.
fn answers<A: Answer>(
    reader: &mut Reader<'_>,
    node: Node,
    mut read: impl FnMut(&mut Reader<'_>, Node) -> Option<A>,
) -> Vec<A> {
    let Value::Map(entries) = &node.value else { return read(reader, node).into_iter().collect() };
    if !entries.iter().any(|entry| entry.key.text == ONE_OF) {
        return read(reader, node).into_iter().collect();
    }
    let mut fields = Fields::of(node, "a choice", reader.diagnostics);
    let nodes = fields.take(ONE_OF).map(Node::into_list).unwrap_or_default();
    let span = fields.span();
    fields.finish(reader.diagnostics);
    let several = nodes.len() > 1;
    let mut answers: Vec<A> = nodes.into_iter().filter_map(|node| read(reader, node)).collect();
    if several {
        choose(&reader.project.policy, &mut answers);
    } else {
        reader.report(Code::WrongShape, span, "one-of has at least two answers");
    }
    answers
}

fn party(reader: &mut Reader<'_>, node: Node, key: &'static str, kinds: &[Kind]) -> Option<Party> {
    if !node.is_map() {
        let who = node.text(reader.diagnostics)?;
        return Some(Party::plain(reader.reference(kinds, &who)?));
    }
    let mut fields = Fields::of(node, "a person or thing", reader.diagnostics);
    let who = fields.required(key, reader.diagnostics).and_then(|who| reader.reference(kinds, &who));
    let certainty = certainty(reader, &mut fields);
    let note = fields.text("note", reader.diagnostics).map(|words| words.text);
    let opinion = opinion(reader, &mut fields);
    fields.finish(reader.diagnostics);
    Some(Party { certainty, note, opinion, ..Party::plain(who?) })
}

fn certainty(reader: &mut Reader<'_>, fields: &mut Fields) -> Option<&'static str> {
    let word = fields.text("certainty", reader.diagnostics)?;
    reader.concept(&ConceptList::CERTAINTY, &word)
}

/// Whose answer something is, and what it rests on.
fn opinion(reader: &mut Reader<'_>, fields: &mut Fields) -> Option<Box<Opinion>> {
    let responsible = fields.texts("responsible", reader.diagnostics);
    let responsible = responsible.iter().filter_map(|who| reader.reference(Kind::AGENTS, who)).collect();
    let source = fields.text("source", reader.diagnostics).and_then(|source| reader.basis(&source));
    Opinion { responsible, source, chosen: None }.boxed()
}

/// The original of a translation: `document:…` or `work:…`, or `{what, certainty, note}`.
fn original(reader: &mut Reader<'_>, node: Node) -> Option<Party> {
    party(reader, node, "what", &[Kind::Document, Kind::Work])
}

/// What was done with the document: the keys that name an action, then the list `actions`.
fn actions(reader: &mut Reader<'_>, fields: &mut Fields) -> Vec<Action> {
    let mut actions = Vec::new();
    for kind in ["written", "sent", "received", "published"] {
        for node in fields.take(kind).map(Node::into_list).unwrap_or_default() {
            actions.extend(action(reader, node, Some(kind)));
        }
    }
    for node in fields.take("actions").map(Node::into_list).unwrap_or_default() {
        actions.extend(action(reader, node, None));
    }
    actions
}

fn action(reader: &mut Reader<'_>, node: Node, kind: Option<&'static str>) -> Option<Action> {
    if let Some(kind) = kind.filter(|_| !node.is_map()) {
        return Some(Action { dates: vec![date(reader, node)?], ..Action::new(kind) });
    }
    let mut fields = Fields::of(node, "an action", reader.diagnostics);
    let kind = kind.or_else(|| {
        let word = fields.required("type", reader.diagnostics)?;
        reader.concept(&ConceptList::ACTION_TYPE, &word)
    });
    let by = parties(reader, fields.take("by"), Kind::AGENTS);
    let place = reference(reader, &mut fields, "place", Kind::Place);
    let dates = fields.take("date").map(|node| answers(reader, node, date)).unwrap_or_default();
    let certainty = certainty(reader, &mut fields);
    let note = fields.text("note", reader.diagnostics).map(|words| words.text);
    fields.finish(reader.diagnostics);
    Some(Action { by, places: place.into_iter().collect(), dates, certainty, note, ..Action::new(kind?) })
}

/// A date: an EDTF expression, or `{edtf, words, certainty, note, responsible, source}`; or `{original, calendar}`.
fn date(reader: &mut Reader<'_>, node: Node) -> Option<Date> {
    if let Value::List(items) = &node.value {
        let items: Vec<&str> = items
            .iter()
            .filter_map(|item| if let Value::Scalar(text) = &item.value { Some(text.as_str()) } else { None })
            .collect();
        let help = format!("brackets make a list of YAML; put EDTF into quotation marks: \"[{}]\"", items.join(","));
        reader.report_with_help(Code::WrongShape, node.span, "one date is expected here, not a list", help);
        return None;
    }
    if !node.is_map() {
        let written = node.text(reader.diagnostics)?;
        return reader.date(&written, None);
    }
    let mut fields = Fields::of(node, "a date", reader.diagnostics);
    let original = fields.text("original", reader.diagnostics);
    let calendar = fields.text("calendar", reader.diagnostics);
    let edtf = match original.is_some() || calendar.is_some() {
        true => fields.text("edtf", reader.diagnostics),
        false => Some(fields.required("edtf", reader.diagnostics)?),
    };
    let words = fields.text("words", reader.diagnostics).map(|words| words.text);
    let certainty = certainty(reader, &mut fields);
    let note = fields.text("note", reader.diagnostics).map(|words| words.text);
    let opinion = opinion(reader, &mut fields);
    fields.finish(reader.diagnostics);
    let date = reader.date_in(edtf, original, calendar, words)?;
    Some(Date { certainty, note, opinion, ..date })
}

fn source(reader: &mut Reader<'_>, node: Option<Node>, urls: &mut Vec<String>) -> (Option<Reference>, Option<String>) {
    let Some(node) = node else { return (None, None) };
    let mut fields = Fields::of(node, "the key source", reader.diagnostics);
    let repository = reference(reader, &mut fields, "repository", Kind::Organisation);
    let shelfmark = fields.text("shelfmark", reader.diagnostics).map(|words| words.text);
    url(reader, &mut fields, urls);
    fields.finish(reader.diagnostics);
    (repository, shelfmark)
}

type Edition = (Vec<Reference>, Option<String>, Option<String>);

fn edition(reader: &mut Reader<'_>, node: Option<Node>, urls: &mut Vec<String>) -> Edition {
    let Some(node) = node else { return (Vec::new(), None, None) };
    let mut fields = Fields::of(node, "the key edition", reader.diagnostics);
    let editors = fields.texts("editor", reader.diagnostics);
    let editors = editors.iter().filter_map(|who| reader.reference(Kind::AGENTS, who)).collect();
    let licence = fields.text("licence", reader.diagnostics).and_then(|iri| absolute_iri(&iri, reader.diagnostics));
    let citation = fields.text("citation", reader.diagnostics).map(|words| words.text);
    url(reader, &mut fields, urls);
    fields.finish(reader.diagnostics);
    (editors, licence, citation)
}

fn url(reader: &mut Reader<'_>, fields: &mut Fields, urls: &mut Vec<String>) {
    let written = fields.text("url", reader.diagnostics);
    urls.extend(written.and_then(|iri| absolute_iri(&iri, reader.diagnostics)));
}

/// Where the text is: in the file, outside the folder, or a stretch of another document's text.
fn text(reader: &mut Reader<'_>, node: Option<Node>, plain: &str, blank: bool) -> Option<Text> {
    let here = (!blank).then(|| Text::Here { plain: plain.to_owned(), digest: sha256(plain.as_bytes()) });
    let Some(node) = node else { return here };
    let mut fields = Fields::of(node, "the key text", reader.diagnostics);
    let span = fields.span();
    let of = fields.text("of", reader.diagnostics);
    let stand_off = match of {
        Some(of) => {
            let of = reader.reference_to(Kind::Document, &of);
            let start = fields.required("start", reader.diagnostics);
            let end = fields.required("end", reader.diagnostics);
            let range = start.zip(end).and_then(|(start, end)| reader.range(&start, &end, false));
            of.zip(range).map(|(of, range)| Text::Part { of, range, span })
        }
        None => absent(reader, &mut fields, span),
    };
    fields.finish(reader.diagnostics);
    match (here, stand_off) {
        (None, stand_off) => stand_off,
        (Some(here), None) => Some(here),
        (Some(Text::Here { plain, digest }), Some(Text::Absent { digest: named, length, .. })) => {
            let found = plain.chars().count();
            if digest == named && length != found {
                let message = format!("the text has {found} code points, not {length}");
                reader.report(Code::DigestDiffers, span, message);
            }
            if digest != named {
                let message = "the text in this file is not the one that the front matter names";
                let help = format!("its SHA-256 is {digest}, its length {found} code points");
                reader.report_with_help(Code::DigestDiffers, span, message, help);
            }
            Some(Text::Here { plain, digest })
        }
        (Some(here), Some(_)) => {
            reader.report(Code::WrongShape, span, "a part of another document's text has no text of its own below it");
            Some(here)
        }
    }
}

fn absent(reader: &mut Reader<'_>, fields: &mut Fields, span: Span) -> Option<Text> {
    let digest = fields.required("sha256", reader.diagnostics)?;
    let length = fields.required("length", reader.diagnostics)?;
    let hexadecimal = digest.text.len() == 64 && digest.text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let length_in_code_points = length.text.parse::<usize>().ok();
    if !hexadecimal {
        let message = "a SHA-256 has 64 digits of 0 to 9 and a to f";
        reader.report(Code::InvalidNumber, digest.span, message);
    }
    if length_in_code_points.is_none() {
        reader.report(Code::InvalidNumber, length.span, "the length is a number of code points");
    }
    Some(Text::Absent {
        digest: digest.text.to_ascii_lowercase(),
        length: length_in_code_points.filter(|_| hexadecimal)?,
        span,
    })
}
