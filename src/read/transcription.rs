//! The body of a document: prose in which a mention is a link, and nothing else means anything but itself.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Annotation, Concept, ConceptList, Passage, Reference, Target};
use crate::read::annotations::mention_target;
use crate::read::document::ClaimSpan;
use crate::read::reader::Reader;
use crate::source::Span;
use crate::tree::Written;
use markdown::mdast::{FootnoteDefinition, Link, Node};
use markdown::{Constructs, ParseOptions};
use std::collections::BTreeMap;
use std::ops::Range;

/// The most bytes of a body.
const BODY_LIMIT: usize = 4 * 1024 * 1024;
/// The most square brackets, and the most stars and underscores, of one paragraph. The Markdown parser takes time
/// that grows with the square of the brackets that stand open, and stack that grows with nested emphasis.
const MARKS_LIMIT: usize = 2000;

/// What a body says.
#[derive(Default)]
pub(super) struct Transcription {
    /// The words, with the marks taken out and everything else as it is.
    pub(super) plain: String,
    /// The mentions and notes.
    pub(super) annotations: Vec<Annotation>,
    /// The passages of claims.
    pub(super) claim_spans: Vec<ClaimSpan>,
}

/// Reads the body that begins at a byte of the source, for the document with this slug.
pub(super) fn read(reader: &mut Reader<'_>, start: usize, document: &str) -> Transcription {
    let body = &reader.source.text[start..];
    if body.len() > BODY_LIMIT {
        let span = reader.source.span(start..start);
        let message = format!("the text has more than {BODY_LIMIT} bytes");
        reader.report_with_help(Code::FileTooLarge, span, message, "divide the document into parts");
        return Transcription::default();
    }
    if let Some(at) = overmarked(body) {
        let span = reader.source.span(start + at..start + at);
        let message = format!("this paragraph has more than {MARKS_LIMIT} brackets, or stars and underscores");
        reader.report_with_help(Code::TooManyMarks, span, message, "divide the paragraph");
        return Transcription::default();
    }
    let tree = markdown::to_mdast(body, &options()).expect("only MDX, which is off, can fail");
    let mut scan = Scan { body, cuts: Vec::new(), links: Vec::new(), marks: Vec::new(), notes: BTreeMap::new() };
    scan.node(&tree, None);
    let plain = Plain::new(body, scan.cuts);
    let mut transcription = Transcription { plain: plain.text.clone(), ..Transcription::default() };
    let mut writer = Writer { reader, start, document, plain: &plain, transcription: &mut transcription };
    let mut notes: BTreeMap<String, (Note, Vec<Target>)> =
        scan.notes.into_iter().map(|(name, note)| (name, (note, Vec::new()))).collect();
    for link in scan.links {
        writer.link(link, &mut notes);
    }
    writer.notes(scan.marks, notes);
    transcription
}

/// Where a paragraph begins that has more marks than the parser should be given.
fn overmarked(body: &str) -> Option<usize> {
    let (mut brackets, mut stars, mut paragraph, mut at) = (0, 0, 0, 0);
    for line in body.split_inclusive('\n') {
        if line.trim().is_empty() {
            (brackets, stars, paragraph) = (0, 0, at + line.len());
        }
        brackets += line.matches('[').count();
        stars += line.matches(['*', '_']).count();
        if brackets > MARKS_LIMIT || stars > MARKS_LIMIT {
            return Some(paragraph);
        }
        at += line.len();
    }
    None
}

/// Links, emphasis, headings, notes and backslashes mean something; all else is prose.
fn options() -> ParseOptions {
    let constructs = Constructs {
        attention: true,
        autolink: false,
        block_quote: false,
        character_escape: true,
        character_reference: false,
        code_indented: false,
        code_fenced: false,
        code_text: false,
        definition: false,
        gfm_footnote_definition: true,
        gfm_label_start_footnote: true,
        hard_break_escape: false,
        hard_break_trailing: false,
        heading_atx: true,
        heading_setext: false,
        html_flow: false,
        html_text: false,
        label_start_image: false,
        label_start_link: true,
        label_end: true,
        list_item: false,
        thematic_break: false,
        ..Constructs::default()
    };
    ParseOptions { constructs, ..ParseOptions::default() }
}

/// A link as it stands in the body; ranges are of bytes.
struct FoundLink {
    whole: Range<usize>,
    words: Range<usize>,
    url: String,
    title: Option<String>,
    note: Option<String>,
}

/// A note as it stands in the body.
struct Note {
    at: usize,
    words: String,
}

/// What is found on a walk over the Markdown tree.
struct Scan<'a> {
    body: &'a str,
    cuts: Vec<Range<usize>>,
    links: Vec<FoundLink>,
    marks: Vec<(usize, String)>,
    notes: BTreeMap<String, Note>,
}

impl Scan<'_> {
    fn node(&mut self, node: &Node, note: Option<&str>) {
        match node {
            Node::Text(_) => self.escapes(range(node)),
            Node::Link(link) => self.link(node, link, note),
            Node::Emphasis(_) | Node::Strong(_) | Node::Heading(_) => self.marks_around(node),
            Node::FootnoteReference(reference) => {
                self.cuts.push(range(node));
                self.marks.push((range(node).start, reference.identifier.clone()));
            }
            Node::FootnoteDefinition(definition) => return self.note(node, definition),
            _ => {}
        }
        for child in node.children().into_iter().flatten() {
            self.node(child, note);
        }
    }

    /// Cuts what stands before the first and after the last child: the marks of a node.
    fn marks_around(&mut self, node: &Node) {
        let whole = range(node);
        let inner = inner(node);
        self.cuts.push(whole.start..inner.start);
        self.cuts.push(inner.end..whole.end);
    }

    /// Cuts the backslash before every ASCII punctuation mark (CommonMark 0.31, section 2.4).
    fn escapes(&mut self, text: Range<usize>) {
        let mut characters = self.body[text.clone()].char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let escapes = character == '\\' && characters.peek().is_some_and(|(_, next)| next.is_ascii_punctuation());
            if escapes {
                self.cuts.push(text.start + at..text.start + at + 1);
                characters.next();
            }
        }
    }

    fn link(&mut self, node: &Node, link: &Link, note: Option<&str>) {
        self.marks_around(node);
        self.links.push(FoundLink {
            whole: range(node),
            words: inner(node),
            url: link.url.clone(),
            title: link.title.clone(),
            note: note.map(str::to_owned),
        });
    }

    fn note(&mut self, node: &Node, definition: &FootnoteDefinition) {
        let whole = range(node);
        let first = self.cuts.len();
        for child in &definition.children {
            self.node(child, Some(&definition.identifier));
        }
        // Inside the note its own marks are cut as in the text; in the text the whole note is cut.
        let inner = inner(node);
        let own: Vec<Range<usize>> = self.cuts.drain(first..).collect();
        let words = Plain::new(&self.body[..inner.end], own).text;
        let before = self.body[..inner.start].len();
        let words = words.get(before..).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        self.cuts.push(whole.clone());
        self.notes.entry(definition.identifier.clone()).or_insert(Note { at: whole.start, words });
    }
}

fn range(node: &Node) -> Range<usize> {
    let position = node.position().expect("the parser gives every node a position");
    position.start.offset..position.end.offset
}

/// From the beginning of the first child to the end of the last.
fn inner(node: &Node) -> Range<usize> {
    let children = node.children().map(Vec::as_slice).unwrap_or_default();
    match (children.first(), children.last()) {
        (Some(first), Some(last)) => range(first).start..range(last).end,
        _ => range(node).end..range(node).end,
    }
}

/// The text without its marks, and where each byte of the body has gone.
struct Plain {
    text: String,
    kept: Vec<Stretch>,
}

/// A stretch of the body that is kept.
#[derive(Clone, Copy)]
struct Stretch {
    /// Its first byte in the body.
    body: usize,
    /// The bytes of the text that stand before it.
    bytes: usize,
    /// The code points of the text that stand before it.
    characters: usize,
}

impl Plain {
    fn new(body: &str, mut cuts: Vec<Range<usize>>) -> Self {
        cuts.sort_by_key(|cut| cut.start);
        let mut plain = Self { text: String::with_capacity(body.len()), kept: Vec::new() };
        let (mut at, mut characters) = (0, 0);
        let end = body.len()..body.len();
        for cut in cuts.into_iter().chain(std::iter::once(end)) {
            if cut.start > at {
                plain.kept.push(Stretch { body: at, bytes: plain.text.len(), characters });
                plain.text.push_str(&body[at..cut.start]);
                characters += body[at..cut.start].chars().count();
            }
            at = at.max(cut.end);
        }
        plain.kept.push(Stretch { body: at, bytes: plain.text.len(), characters });
        plain
    }

    /// The byte of the text, and the number of code points before it, that a byte of the body has become.
    fn position(&self, body: &str, byte: usize) -> (usize, usize) {
        let index = self.kept.partition_point(|stretch| stretch.body <= byte);
        let Some(stretch) = index.checked_sub(1).map(|index| self.kept[index]) else { return (0, 0) };
        let next = self.kept.get(index).map_or(self.text.len(), |next| next.bytes);
        let end = (stretch.body + next - stretch.bytes).min(byte);
        let within = &body[stretch.body..end];
        (stretch.bytes + within.len(), stretch.characters + within.chars().count())
    }
}

/// Makes records of what was found.
struct Writer<'a, 'b> {
    reader: &'a mut Reader<'b>,
    start: usize,
    document: &'a str,
    plain: &'a Plain,
    transcription: &'a mut Transcription,
}

impl Writer<'_, '_> {
    fn span(&self, range: Range<usize>) -> Span {
        self.reader.source.span(self.start + range.start..self.start + range.end)
    }

    fn passage(&self, range: Range<usize>) -> Passage {
        let body = &self.reader.source.text[self.start..];
        let (start, end) = (self.plain.position(body, range.start), self.plain.position(body, range.end));
        let words = self.plain.text[start.0..end.0].to_owned();
        Passage { text: self.document.to_owned(), range: start.1..end.1, words: Some(words) }
    }

    fn link(&mut self, link: FoundLink, notes: &mut BTreeMap<String, (Note, Vec<Target>)>) {
        let target = self.target_span(&link);
        let written = Written { text: link.url.clone(), span: target };
        if let Some(name) = link.url.strip_prefix("claim:") {
            let claim = Written { text: name.to_owned(), span: target };
            let Some(claim) = self.reader.slug(&claim) else { return };
            let passage = self.passage(link.words);
            self.transcription.claim_spans.push(ClaimSpan {
                document: self.document.to_owned(),
                claim,
                passage,
                span: target,
            });
            return;
        }
        if !self.names_a_thing(&link, &written) {
            return;
        }
        let Some(target) = mention_target(self.reader, &written) else { return };
        if let Some((_, targets)) = link.note.as_ref().and_then(|name| notes.get_mut(name)) {
            targets.push(target);
            return;
        }
        let (certainty, comment) = self.title(&link);
        let passage = self.passage(link.words.clone());
        self.push("mention", self.span(link.whole), passage, vec![target], certainty, comment);
    }

    /// Whether a link's target can be an id; what is an address instead gets its diagnostic.
    fn names_a_thing(&mut self, link: &FoundLink, written: &Written) -> bool {
        let scheme = link.url.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        match scheme.as_str() {
            "http" | "https" | "mailto" => {
                let message = "this link leads to the web and mentions nothing of the corpus";
                let help = "name the thing by its id, as in person:maria, and put the address into the column same_as";
                self.reader.report_with_help(Code::LinkWithoutMention, written.span, message, help);
                false
            }
            "javascript" | "data" | "vbscript" | "file" | "blob" => {
                let message = format!("a link may not point to {scheme}:");
                let help = "put a backslash before the bracket if this belongs to the text";
                self.reader.report_with_help(Code::UnsafeLink, written.span, message, help);
                false
            }
            _ => true,
        }
    }

    /// Where a link's target stands: after the bracket that closes its words.
    fn target_span(&self, link: &FoundLink) -> Span {
        let body = &self.reader.source.text[self.start..];
        let after = &body[link.words.end..link.whole.end];
        let at = after.find(&link.url).map_or(link.words.end, |at| link.words.end + at);
        self.span(at..(at + link.url.len()).min(link.whole.end))
    }

    /// The certainty and the remark of a link's title, as in `likely; identified by the hand`.
    fn title(&mut self, link: &FoundLink) -> (Option<Concept>, Option<String>) {
        let Some(title) = &link.title else { return (None, None) };
        let (word, rest) = title.split_once(';').unwrap_or((title, ""));
        let rest = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
        match ConceptList::CERTAINTY.value(word.trim()) {
            Some(certainty) => (Some(certainty), rest),
            None => (None, Some(title.trim().to_owned())),
        }
    }

    fn push(
        &mut self,
        kind: Concept,
        span: Span,
        passage: Passage,
        targets: Vec<Target>,
        certainty: Option<Concept>,
        comment: Option<String>,
    ) {
        let number = self.transcription.annotations.len() + 1;
        self.transcription.annotations.push(Annotation {
            id: (self.document.to_owned(), format!("inline-{number}")),
            file: self.reader.source.file,
            span,
            kind,
            passage,
            document: None,
            targets,
            quoted_text: None,
            source: None,
            certainty,
            responsible: Vec::<Reference>::new(),
            comment,
        });
    }

    /// A note for every mark that has one; a mark or a note alone is a diagnostic.
    fn notes(&mut self, marks: Vec<(usize, String)>, mut notes: BTreeMap<String, (Note, Vec<Target>)>) {
        let mut used = Vec::new();
        for (at, name) in marks {
            let Some((note, targets)) = notes.get_mut(&name) else {
                // The parser reads a mark only where its note is defined, so this one is defined inside another note.
                self.reader.diagnostics.push(Diagnostic::new(
                    Code::UndefinedNote,
                    self.span(at..at + 1),
                    format!("the note \"{name}\" is not at the end of the document"),
                ));
                continue;
            };
            let (words, targets) = (note.words.clone(), std::mem::take(targets));
            let passage = self.passage(at..at);
            self.push("note", self.span(at..at + 1), passage, targets, None, Some(words));
            used.push(name);
        }
        for (name, (note, _)) in notes {
            if !used.contains(&name) {
                let span = self.span(note.at..note.at + 1);
                let message = format!("no mark [^{name}] in the text belongs to this note");
                self.reader.report(Code::UndefinedNote, span, message);
            }
        }
    }
}
