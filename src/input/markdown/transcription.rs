//! The body of a document: prose in which a mention is a link, and nothing else means anything but itself.

use crate::diagnostic::Code;
use crate::input::markdown::plain::Plain;
use crate::input::markdown::prose::{self, Link, Markup, Note, NoteMark};
use crate::input::reader::Reader;
use crate::input::table::annotations::mention_target;
use crate::model::{Annotation, AnnotationTarget, Concept, ConceptList, Passage, Reference};
use crate::source::Span;
use crate::tree::SourceValue;
use smol_str::format_smolstr;
use std::ops::Range;

/// A stretch of a document that is the passage of a claim.
pub(crate) struct ClaimSpan {
    pub(crate) document: String,
    pub(crate) claim: String,
    pub(crate) passage: Passage,
    pub(crate) span: Span,
}

/// The most bytes of a body.
const BODY_LIMIT: usize = 4 * 1024 * 1024;
/// The most bytes that notes come to again, where several marks belong to one.
const REPEATED_NOTES_LIMIT: usize = 4 * 1024 * 1024;

/// What a body says.
#[derive(Default)]
pub(crate) struct Transcription {
    /// The words, with the marks taken out and everything else as it is.
    pub(crate) plain: String,
    /// The mentions and notes.
    pub(crate) annotations: Vec<Annotation>,
    /// The passages of claims.
    pub(crate) claim_spans: Vec<ClaimSpan>,
}

/// Reads the body that begins at a byte of the source, for the document with this slug.
pub(crate) fn read(reader: &mut Reader<'_>, start: usize, document: &str) -> Transcription {
    let body = &reader.source.text[start..];
    if body.len() > BODY_LIMIT {
        let span = reader.source.span(start..start);
        let message = format!("the text has more than {BODY_LIMIT} bytes");
        reader.report_with_help(Code::FileTooLarge, span, message, "divide the document into parts");
        return Transcription::default();
    }
    let Markup { cuts, links, note_marks, notes, names } = prose::read(body);
    let plain = Plain::new(body, 0..body.len(), cuts);
    let mut transcription = Transcription { plain: plain.text.clone(), ..Transcription::default() };
    let mut writer = Writer { reader, start, document, plain: &plain, transcription: &mut transcription };
    let mut targets = vec![Vec::new(); names.len()];
    for link in links {
        writer.link(&link, &mut targets);
    }
    writer.marks_without_note();
    let is_marked = writer.notes(&note_marks, &notes, &targets);
    writer.notes_without_mark(is_marked, &notes, &names);
    transcription
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

    /// A link in the text is a mention or the passage of a claim; one in a note is a target of the notes of this name.
    fn link(&mut self, link: &Link, note_targets: &mut [Vec<AnnotationTarget>]) {
        let target = self.target_span(link);
        let written = SourceValue { text: link.url.clone(), span: target };
        if let Some(name) = link.url.strip_prefix("claim:") {
            let claim = SourceValue { text: name.to_owned(), span: target };
            let Some(claim) = self.reader.slug(&claim) else { return };
            if link.note.is_some() {
                let message = "a note is no part of the text, so it cannot hold the passage of a claim";
                self.reader.report(Code::RangeOutsideText, target, message);
                return;
            }
            let (document, passage) = (self.document.to_owned(), self.passage(link.words.clone()));
            self.transcription.claim_spans.push(ClaimSpan { document, claim, passage, span: target });
            return;
        }
        if !self.names_a_thing(link, &written) {
            return;
        }
        let Some(target) = mention_target(self.reader, &written) else { return };
        if let Some(name) = link.note {
            note_targets[name].push(target);
            return;
        }
        if link.words.is_empty() {
            let message = "this mention has no words";
            let help = "write the words that mention it between the brackets";
            self.reader.report_with_help(Code::InvalidRange, self.span(link.whole.clone()), message, help);
            return;
        }
        let (certainty, comment) = certainty_and_comment(link.title.as_deref());
        let passage = self.passage(link.words.clone());
        self.push("mention", self.span(link.whole.clone()), passage, vec![target], certainty, comment);
    }

    /// Whether a link's target can be an id; what is an address instead gets its diagnostic.
    fn names_a_thing(&mut self, link: &Link, written: &SourceValue) -> bool {
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
    fn target_span(&self, link: &Link) -> Span {
        let body = &self.reader.source.text[self.start..];
        let after = &body[link.words.end..link.whole.end];
        let opened = after.find("](").map_or(0, |at| at + 2);
        let at = after[opened..].find(&link.url).map_or(link.words.end, |at| link.words.end + opened + at);
        self.span(at..(at + link.url.len()).min(link.whole.end))
    }

    fn push(
        &mut self,
        kind: Concept,
        span: Span,
        passage: Passage,
        targets: Vec<AnnotationTarget>,
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

    /// A note for every mark, the first of its name; which names have a mark, unless the notes become too long.
    fn notes(&mut self, marks: &[NoteMark], notes: &[Note], targets: &[Vec<AnnotationTarget>]) -> Option<Vec<bool>> {
        let mut first = vec![None; targets.len()];
        for note in notes {
            first[note.name].get_or_insert(note);
        }
        let (mut is_marked, mut repeated) = (vec![false; targets.len()], 0);
        for NoteMark { range, name } in marks {
            let Some(note) = first[*name] else { continue };
            let targets = &targets[*name];
            if std::mem::replace(&mut is_marked[*name], true) {
                repeated += note.words.len() + size_of_val(targets.as_slice());
            }
            if repeated > REPEATED_NOTES_LIMIT {
                let message = format!("notes with several marks come to more than {REPEATED_NOTES_LIMIT} bytes");
                let help = "shorten them, or let fewer marks belong to them";
                self.reader.report_with_help(Code::FileTooLarge, self.span(range.clone()), message, help);
                return None;
            }
            let passage = self.passage(range.start..range.start);
            self.push("note", self.span(range.clone()), passage, targets.clone(), None, Some(note.words.clone()));
        }
        Some(is_marked)
    }

    /// Reports the notes that no mark belongs to, and those that have the name of another.
    fn notes_without_mark(&mut self, is_marked: Option<Vec<bool>>, notes: &[Note], names: &[String]) {
        let Some(mut is_marked) = is_marked else { return };
        for note in notes {
            // A mark belongs to the first note of its name.
            if !std::mem::replace(&mut is_marked[note.name], false) {
                let message = format!("no mark [^{}] in the text belongs to this note", names[note.name]);
                self.reader.report(Code::UndefinedNote, self.span(note.start..note.start + 1), message);
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

/// The certainty and the remark of a link's title, as in `likely; identified by the hand`.
fn certainty_and_comment(title: Option<&str>) -> (Option<Concept>, Option<String>) {
    let Some(title) = title else { return (None, None) };
    let (word, rest) = title.split_once(';').unwrap_or((title, ""));
    let rest = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
    match ConceptList::CERTAINTY.value(word.trim()) {
        Some(certainty) => (Some(certainty), rest),
        None => (None, Some(title.trim().to_owned())),
    }
}
