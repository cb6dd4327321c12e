//! What stands in the round brackets of a link: its target, and perhaps a title (CommonMark 0.31, section 6.3).

use super::steps::step;
use std::ops::Range;

/// The most round brackets of a target in each other.
const BRACKET_LIMIT: usize = 32;

/// The target of a link.
pub(crate) struct Resource {
    pub(super) url: String,
    pub(super) title: Option<String>,
    /// The first byte behind it.
    pub(super) end: usize,
}

/// Reads the targets of the links of one text.
pub(crate) struct Resources<'a> {
    text: &'a str,
    /// For each mark that ends titles, where it was last looked for, and where it was found or the text ended.
    searched: [Range<usize>; 3],
}

impl<'a> Resources<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, searched: [0..0, 0..0, 0..0] }
    }

    /// The target that begins here with a bracket, if one does.
    pub(super) fn read(&mut self, start: usize) -> Option<Resource> {
        let bytes = self.text.as_bytes();
        if bytes.get(start) != Some(&b'(') {
            return None;
        }
        let mut at = self.blanks(start + 1);
        let (mut url, mut title) = (0..0, None);
        if bytes.get(at) != Some(&b')') {
            (url, at) = self.target(at)?;
            let behind = self.blanks(at);
            let is_title = behind > at && matches!(bytes.get(behind), Some(b'"' | b'\'' | b'('));
            at = behind;
            if is_title {
                let end = self.title(behind)?;
                title = Some(behind + 1..end).filter(|title| !title.is_empty());
                at = self.blanks(end + 1);
            }
        }
        (bytes.get(at) == Some(&b')')).then(|| Resource {
            url: unescaped(&self.text[url]),
            title: title.map(|title| lines(&self.text[title])),
            end: at + 1,
        })
    }

    /// Where a target is, and the first byte behind it.
    fn target(&self, start: usize) -> Option<(Range<usize>, usize)> {
        let bytes = self.text.as_bytes();
        if bytes.get(start) == Some(&b'<') {
            return self.enclosed(start + 1);
        }
        let (mut at, mut depth) = (start, 0);
        loop {
            step();
            match bytes.get(at) {
                None | Some(b' ' | b'\t' | b'\n' | b'\r' | b')') if depth == 0 => break,
                Some(b')') => depth -= 1,
                Some(b'(') if depth < BRACKET_LIMIT => depth += 1,
                None | Some(b'(' | ..=b' ' | b'\x7F') => return None,
                Some(b'\\') if matches!(bytes.get(at + 1), Some(b'(' | b')' | b'\\')) => at += 1,
                Some(_) => {}
            }
            at += 1;
        }
        (at > start).then_some((start..at, at))
    }

    /// The same for a target in angle brackets.
    fn enclosed(&self, start: usize) -> Option<(Range<usize>, usize)> {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            step();
            match bytes.get(at)? {
                b'>' => return Some((start..at, at + 1)),
                b'\n' | b'\r' | b'<' => return None,
                b'\\' if matches!(bytes.get(at + 1), Some(b'<' | b'>' | b'\\')) => at += 2,
                _ => at += 1,
            }
        }
    }

    /// Where a title ends that begins here.
    fn title(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (kind, mark) = match bytes[start] {
            b'"' => (0, b'"'),
            b'\'' => (1, b'\''),
            _ => (2, b')'),
        };
        let mut at = start + 1;
        // Titles of one text can begin one behind the other and end in one place: it is looked for once.
        if !(self.searched[kind].start..=self.searched[kind].end).contains(&at) {
            while bytes.get(at).is_some_and(|&byte| byte != mark) {
                step();
                let is_escape = bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation);
                at += 1 + usize::from(is_escape);
            }
            self.searched[kind] = start + 1..at.min(bytes.len());
        }
        let end = self.searched[kind].end;
        (end < bytes.len()).then_some(end)
    }

    /// The first byte that is no blank.
    fn blanks(&self, start: usize) -> usize {
        let blanks = self.text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_whitespace());
        start + blanks.inspect(|_| step()).count()
    }
}

/// The lines of a title without the blanks around their ends.
fn lines(title: &str) -> String {
    let mut lines = String::new();
    let mut rest = title;
    while let Some(end) = rest.find(['\n', '\r']) {
        let (line, next) = rest.split_at(end);
        lines.push_str(line.trim_end_matches([' ', '\t']));
        rest = next.trim_start_matches(['\n', '\r']);
        lines.push_str(&next[..next.len() - rest.len()]);
        rest = rest.trim_start_matches([' ', '\t']);
    }
    lines.push_str(rest);
    unescaped(&lines)
}

/// A text without the backslashes that stand before ASCII punctuation.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.next_if(|next| character == '\\' && next.is_ascii_punctuation());
        plain.push(escaped.unwrap_or(character));
    }
    plain
}
