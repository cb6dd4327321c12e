//! The body of a document: prose in which a mention is a link, and nothing else means anything but itself.

use crate::diagnostic::Code;
use crate::model::{Annotation, Concept, ConceptList, Passage, Reference, Target};
use crate::read::annotations::mention_target;
use crate::read::document::ClaimSpan;
use crate::read::plain::Plain;
use crate::read::prose::{MARKS_LIMIT, overmarked, tree, unreadable_paragraph};
use crate::read::reader::Reader;
use crate::source::Span;
use crate::tree::Written;
use markdown::mdast::{FootnoteDefinition, Link, Node};
use smol_str::format_smolstr;
use std::ops::Range;

/// The most bytes of a body.
const BODY_LIMIT: usize = 4 * 1024 * 1024;
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
        let message = format!(
            "this paragraph has more than {MARKS_LIMIT} brackets, or stars and underscores, or a note far from the margin"
        );
        reader.report_with_help(Code::TooManyMarks, span, message, "divide the paragraph");
        return Transcription::default();
    }
    let Some(tree) = tree(body) else {
        let at = unreadable_paragraph(body);
        let span = reader.source.span(start + at..start + at);
        let message = "the Markdown of this paragraph cannot be read";
        let help =
            "mostly it has a link whose words or title end with a blank at the end of a line; take that blank out";
        reader.report_with_help(Code::UnreadableMarkdown, span, message.to_owned(), help);
        return Transcription::default();
    };
    let mut scan = Scan { body, cuts: Vec::new(), links: Vec::new(), marks: Vec::new(), notes: Vec::new() };
    scan.node(&tree, None);
    let plain = Plain::new(body, 0..body.len(), scan.cuts);
    let mut transcription = Transcription { plain: plain.text.clone(), ..Transcription::default() };
    let mut writer = Writer { reader, start, document, plain: &plain, transcription: &mut transcription };
    let mut notes = scan.notes;
    for link in scan.links {
        writer.link(link, &mut notes);
    }
    writer.marks_without_note();
    writer.notes(scan.marks, notes);
    transcription
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
    name: String,
    at: usize,
    words: String,
    targets: Vec<Target>,
}

/// What is found on a walk over the Markdown tree.
struct Scan<'a> {
    body: &'a str,
    cuts: Vec<Range<usize>>,
    links: Vec<FoundLink>,
    marks: Vec<(Range<usize>, String)>,
    notes: Vec<Note>,
}

impl Scan<'_> {
    fn node(&mut self, node: &Node, note: Option<&str>) {
        match node {
            Node::Link(link) => self.link(node, link, note),
            Node::Emphasis(_) | Node::Strong(_) | Node::Heading(_) => self.marks_around(node),
            Node::FootnoteReference(reference) => {
                self.cuts.push(range(node));
                self.marks.push((range(node), reference.identifier.clone()));
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

    fn link(&mut self, node: &Node, link: &Link, note: Option<&str>) {
        // An image is prose; but an exclamation mark can stand right before a mention.
        let image = self.body[..range(node).start].ends_with('!') && !link.url.contains(':');
        if image {
            return;
        }
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
        let own: Vec<Range<usize>> = self.cuts.drain(first..).collect();
        let words = Plain::new(self.body, inner(node), own).text;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.cuts.push(whole.clone());
        self.notes.push(Note { name: definition.identifier.clone(), at: whole.start, words, targets: Vec::new() });
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
        let span = self.span(range);
        Passage { words: Some(words), ..Passage::new(self.document, start.1..end.1, span) }
    }

    fn link(&mut self, link: FoundLink, notes: &mut [Note]) {
        let target = self.target_span(&link);
        let written = Written { text: link.url.clone(), span: target };
        let note = link.note.as_ref().and_then(|name| notes.iter_mut().find(|note| note.name == *name));
        if let Some(name) = link.url.strip_prefix("claim:") {
            let claim = Written { text: name.to_owned(), span: target };
            let Some(claim) = self.reader.slug(&claim) else { return };
            if link.note.is_some() {
                let message = "a note is no part of the text, so it cannot hold the passage of a claim";
                self.reader.report(Code::RangeOutsideText, target, message);
                return;
            }
            let (document, passage) = (self.document.to_owned(), self.passage(link.words));
            self.transcription.claim_spans.push(ClaimSpan { document, claim, passage, span: target });
            return;
        }
        if !self.names_a_thing(&link, &written) {
            return;
        }
        let Some(target) = mention_target(self.reader, &written) else { return };
        if let Some(note) = note {
            note.targets.push(target);
            return;
        }
        if link.words.is_empty() {
            let message = "this mention has no words";
            let help = "write the words that mention it between the brackets";
            self.reader.report_with_help(Code::InvalidRange, self.span(link.whole), message, help);
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
            "" => {
                let message = match link.url.as_str() {
                    "" => "this link has no target".to_owned(),
                    url => format!("\"{url}\" does not say what kind of thing it is"),
                };
                let help = "write the kind and the id, as in person:maria";
                self.reader.report_with_help(Code::InvalidId, written.span, message, help);
                false
            }
            _ => true,
        }
    }

    /// Where a link's target stands: after the bracket that closes its words.
    fn target_span(&self, link: &FoundLink) -> Span {
        let body = &self.reader.source.text[self.start..];
        let after = &body[link.words.end..link.whole.end];
        let opened = after.find("](").map_or(0, |at| at + 2);
        let at = after[opened..].find(&link.url).map_or(link.words.end, |at| link.words.end + opened + at);
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
            id: (self.document.into(), format_smolstr!("inline-{number}")),
            file: self.reader.source.file,
            span,
            kind,
            passage,
            document: None,
            targets,
            quoted: None,
            source: None,
            certainty,
            responsible: Vec::<Reference>::new(),
            chosen: None,
            comment,
        });
    }

    /// A note for every mark; a note that no mark belongs to is a diagnostic.
    fn notes(&mut self, marks: Vec<(Range<usize>, String)>, notes: Vec<Note>) {
        for (mark, name) in &marks {
            let Some(note) = notes.iter().find(|note| note.name == *name) else { continue };
            let (words, targets) = (note.words.clone(), note.targets.clone());
            let passage = self.passage(mark.start..mark.start);
            self.push("note", self.span(mark.clone()), passage, targets, None, Some(words));
        }
        for (index, note) in notes.iter().enumerate() {
            let again = notes[..index].iter().any(|earlier| earlier.name == note.name);
            if again || marks.iter().all(|(_, name)| *name != note.name) {
                let message = format!("no mark [^{}] in the text belongs to this note", note.name);
                self.reader.report(Code::UndefinedNote, self.span(note.at..note.at + 1), message);
            }
        }
    }

    /// Reports the marks that no note belongs to: the parser takes them for prose.
    fn marks_without_note(&mut self) {
        let body = &self.reader.source.text[self.start..];
        for (at, _) in body.match_indices("[^") {
            let name: String = body[at + 2..].chars().take_while(|character| character.is_alphanumeric()).collect();
            let is_mark =
                !name.is_empty() && body[at + 2 + name.len()..].starts_with(']') && !body[..at].ends_with('\\');
            if !is_mark {
                continue;
            }
            let whole = at..at + 2 + name.len() + 1;
            let (before, after) = (self.plain.position(body, at), self.plain.position(body, whole.end));
            if after.0 - before.0 == whole.len() {
                let message = format!("the note \"{name}\" is not at the end of the document");
                self.reader.report(Code::UndefinedNote, self.span(whole), message);
            }
        }
    }
}
