//! The parser of Markdown, with what it is told to look for, and within what it can bear.

use markdown::mdast::Node;
use markdown::{Constructs, ParseOptions};
use std::panic::{self, PanicHookInfo};

/// The most square brackets, and the most stars and underscores, of one paragraph. The Markdown parser takes time
/// that grows with the square of the brackets that stand open, and stack that grows with nested emphasis.
pub(super) const MARKS_LIMIT: usize = 2000;
/// The most blanks before a note, which are as many as it takes for one note to stand in four others.
const INDENTATION_LIMIT: usize = 16;

/// The tree of a text; nothing where the parser gives up. It panics on some links over several lines:
/// <https://github.com/wooorm/markdown-rs/pull/79>.
pub(super) fn tree(body: &str) -> Option<Node> {
    let parsed = panic::catch_unwind(|| markdown::to_mdast(body, &options())).ok()?;
    Some(parsed.expect("only MDX, which is off, can fail"))
}

/// Whether a panic is one of the parser of Markdown, which is caught and becomes a diagnostic: it need not be shown.
pub fn is_caught(panic: &PanicHookInfo<'_>) -> bool {
    panic.location().is_some_and(|location| location.file().contains("markdown-"))
}

/// Where the first paragraph begins that the parser gives up on; the text, where it gives up on none alone.
pub(super) fn unreadable_paragraph(body: &str) -> usize {
    let (mut start, mut end) = (0, 0);
    for line in body.split_inclusive('\n').chain([""]) {
        end += line.len();
        if line.trim().is_empty() {
            if tree(&body[start..end]).is_none() {
                return start;
            }
            start = end;
        }
    }
    0
}

/// Where a paragraph begins that has more marks than the parser should be given.
pub(super) fn overmarked(body: &str) -> Option<usize> {
    let (mut brackets, mut stars, mut paragraph, mut at) = (0, 0, 0, 0);
    for line in body.split_inclusive('\n') {
        if line.trim().is_empty() {
            (brackets, stars, paragraph) = (0, 0, at + line.len());
        }
        // Notes stand in each other by their indentation, over any number of paragraphs.
        let indented = line.trim_start().starts_with("[^") && line.len() - line.trim_start().len() > INDENTATION_LIMIT;
        if indented {
            return Some(at);
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
