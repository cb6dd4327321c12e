//! The marks within a stretch of prose: links, the marks of notes, emphasis and backslashes.

use super::emphasis::{self, Run};
use super::markup::{Link, Markup, NoteMark, note_name};
use super::resource::{Resource, Resources};
use super::steps::step;
use std::collections::HashMap;
use std::ops::Range;

/// Reads one stretch of prose.
pub(crate) struct Inline<'a> {
    /// The body up to the end of the stretch.
    text: &'a str,
    at: usize,
    names: &'a HashMap<String, usize>,
    markup: &'a mut Markup,
    /// The brackets that stand open.
    brackets: Vec<Bracket>,
    /// How many of these have a link or the mark of a note in them, so that they cannot be one themselves.
    around_links: usize,
    /// Where the last bracket was opened.
    last_opened: usize,
    runs: Vec<Run>,
    resources: Resources<'a>,
}

/// A bracket that stands open.
struct Bracket {
    start: usize,
    /// Whether a `^` follows it.
    is_note: bool,
    /// How many runs of stars and underscores stand before it.
    runs: usize,
}

impl<'a> Inline<'a> {
    pub(super) fn new(
        body: &'a str,
        range: Range<usize>,
        names: &'a HashMap<String, usize>,
        markup: &'a mut Markup,
    ) -> Self {
        let text = &body[..range.end];
        Self {
            text,
            at: range.start,
            names,
            markup,
            brackets: Vec::new(),
            around_links: 0,
            last_opened: 0,
            runs: Vec::new(),
            resources: Resources::new(text),
        }
    }

    /// Reads the stretch, which may stand in a note.
    pub(super) fn read(mut self, note: Option<usize>) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            step();
            let next = bytes.get(self.at + 1);
            match byte {
                b'\\' if next.is_some_and(u8::is_ascii_punctuation) => self.at += 2,
                b'*' | b'_' => {
                    let (run, end) = Run::read(self.text, self.at);
                    self.runs.extend(run);
                    self.at = end;
                }
                b'[' => {
                    let is_note = next == Some(&b'^');
                    self.brackets.push(Bracket { start: self.at, is_note, runs: self.runs.len() });
                    self.last_opened = self.at;
                    self.at += 1 + usize::from(is_note);
                }
                b']' => self.close(note),
                _ => self.at += 1,
            }
        }
        emphasis::cut(self.runs.drain(..), &mut self.markup.cuts);
    }

    /// Closes the bracket that was opened last.
    fn close(&mut self, note: Option<usize>) {
        let end = self.at;
        self.at += 1;
        let Some(bracket) = self.brackets.pop() else { return };
        let is_around_link = self.brackets.len() < self.around_links;
        self.around_links = self.around_links.min(self.brackets.len());
        if is_around_link {
            return;
        }
        if let Some(name) = self.note(&bracket, end) {
            let range = bracket.start..end + 1;
            self.runs.truncate(bracket.runs);
            self.markup.cut(range.clone());
            self.markup.note_marks.push(NoteMark { range, name });
            self.around_links = self.brackets.len();
        } else if let Some(resource) = self.resources.read(end + 1) {
            self.at = resource.end;
            self.around_links = self.brackets.len();
            self.link(&bracket, end, resource, note);
        }
    }

    /// The note that a bracket is the mark of; its label has no bracket in it.
    fn note(&self, bracket: &Bracket, end: usize) -> Option<usize> {
        if !bracket.is_note || self.last_opened != bracket.start || self.names.is_empty() {
            return None;
        }
        self.names.get(&note_name(&self.text[bracket.start + 2..end])).copied()
    }

    fn link(&mut self, bracket: &Bracket, end: usize, resource: Resource, note: Option<usize>) {
        emphasis::cut(self.runs.drain(bracket.runs..), &mut self.markup.cuts);
        let Resource { url, title, end: behind } = resource;
        // An image is prose; but an exclamation mark can stand right before a mention.
        if self.text[..bracket.start].ends_with('!') && !url.contains(':') {
            return;
        }
        let whole = bracket.start..behind;
        let label = bracket.start + 1..end;
        let words = if label.is_empty() { behind..behind } else { self.words(label) };
        self.markup.cut(whole.start..words.start);
        self.markup.cut(words.end..whole.end);
        self.markup.links.push(Link { whole, words, url, title, note });
    }

    /// A label without the blanks before its first line end and behind its last, if there is nothing else there.
    fn words(&self, label: Range<usize>) -> Range<usize> {
        let words = &self.text[label.clone()];
        let is_end = |character| matches!(character, '\n' | '\r');
        let from_end = words.trim_start_matches([' ', '\t']);
        let to_end = words.trim_end_matches([' ', '\t']);
        let start = if from_end.starts_with(is_end) { label.end - from_end.len() } else { label.start };
        let end = if to_end.ends_with(is_end) { label.start + to_end.len() } else { label.end };
        start..end
    }
}
