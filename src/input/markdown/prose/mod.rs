//! The Markdown of hand-written prose: links, emphasis, `#` headings, notes and backslashes mean something, all else
//! is prose. Time and memory grow with the length of the text, whatever is in it.

mod block;
mod emphasis;
mod inline;
mod markup;
mod resource;
mod steps;
#[cfg(test)]
mod tests;

use crate::input::markdown::plain::Plain;
use block::{Block, Blocks};
use inline::Inline;
use markup::note_name;
pub(crate) use markup::{Link, Markup, Note, NoteMark};
use std::collections::HashMap;

/// A note whose end has not come.
struct OpenNote {
    name: usize,
    start: usize,
    words: usize,
    /// How many cuts there were before it.
    cuts: usize,
}

/// Reads a body: once for the names of its notes, which stand at its end, and once for everything.
pub(crate) fn read(body: &str) -> Markup {
    let mut markup = Markup::default();
    let names = name_notes(body, &mut markup);
    let mut open: Vec<OpenNote> = Vec::new();
    for block in Blocks::new(body) {
        match block {
            Block::Note { start, label, words } => {
                let name = names[&note_name(&body[label])];
                open.push(OpenNote { name, start, words, cuts: markup.cuts.len() });
            }
            Block::EndOfNote(end) => {
                let note = open.pop().expect("a note ends after it has begun");
                end_note(body, note, end, &mut markup);
            }
            Block::Heading { whole, text } => {
                markup.cut(whole.start..text.start);
                markup.cut(text.end..whole.end);
                Inline::new(body, text, &names, &mut markup).read(open.last().map(|note| note.name));
            }
            Block::Paragraph(text) => {
                Inline::new(body, text, &names, &mut markup).read(open.last().map(|note| note.name));
            }
        }
    }
    markup
}

/// The names of all notes, with their indices.
fn name_notes(body: &str, markup: &mut Markup) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    for block in Blocks::new(body) {
        let Block::Note { label, .. } = block else { continue };
        let name = note_name(&body[label]);
        if !names.contains_key(&name) {
            names.insert(name.clone(), markup.names.len());
            markup.names.push(name);
        }
    }
    names
}

/// Inside a note its own marks are cut as in the text; in the text the whole note is cut.
fn end_note(body: &str, note: OpenNote, end: usize, markup: &mut Markup) {
    let cuts = markup.cuts.split_off(note.cuts);
    let plain = Plain::new(body, note.words..end, cuts);
    let mut words = String::new();
    for word in plain.text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    markup.cut(note.start..end);
    markup.notes.push(Note { name: note.name, start: note.start, words });
}
