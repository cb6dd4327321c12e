//! Stars and underscores to the marks of emphasis (CommonMark 0.31, section 6.2).

use super::steps::step;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A run of stars or of underscores that can open or close emphasis.
#[derive(Debug)]
pub(crate) struct Run {
    range: Range<usize>,
    is_star: bool,
    opens: bool,
    closes: bool,
}

impl Run {
    /// The run that begins here; where it ends, and nothing if it can neither open nor close.
    pub(super) fn read(text: &str, start: usize) -> (Option<Self>, usize) {
        let bytes = text.as_bytes();
        let marks = bytes[start..].iter().take_while(|&&byte| byte == bytes[start]).count();
        let end = start + marks;
        let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
        let is_mark = |character| matches!(character, Some('*' | '_'));
        let (left, right) = (Class::of(before), Class::of(after));
        let opens = right == Class::Word || (right == Class::Punctuation && left != Class::Word) || is_mark(after);
        let closes = left == Class::Word || (left == Class::Punctuation && right != Class::Word) || is_mark(before);
        let is_star = bytes[start] == b'*';
        let run = Self {
            range: start..end,
            is_star,
            opens: opens && (is_star || left != Class::Word || !closes),
            closes: closes && (is_star || right != Class::Word || !opens),
        };
        ((run.opens || run.closes).then_some(run), end)
    }

    /// What decides which openers a run can close: runs of one class are refused by the same.
    fn class(&self) -> usize {
        self.range.len() % 3 * 4 + usize::from(self.opens) * 2 + usize::from(self.is_star)
    }

    /// Whether this run closes what another has opened. In words, lengths that come to a multiple of three are not
    /// of one emphasis.
    fn can_close(&self, opener: &Self) -> bool {
        let (length, opener_length) = (self.range.len(), opener.range.len());
        let is_refused = (opener.closes || self.opens) && length % 3 != 0 && (opener_length + length) % 3 == 0;
        self.is_star == opener.is_star && !is_refused
    }
}

/// What a run stands beside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Punctuation,
    Word,
}

impl Class {
    fn of(character: Option<char>) -> Self {
        static PUNCTUATION: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"[\p{P}\p{S}]").expect("the pattern is a constant"));
        match character {
            None => Self::Blank,
            Some(character) if character.is_whitespace() => Self::Blank,
            Some(character) if character.is_ascii_punctuation() => Self::Punctuation,
            Some(character) if character.is_ascii() => Self::Word,
            Some(character) if PUNCTUATION.is_match(character.encode_utf8(&mut [0; 4])) => Self::Punctuation,
            Some(_) => Self::Word,
        }
    }
}

/// A run that has opened nothing yet, or not with all its marks.
struct Opener {
    run: Run,
    end: usize,
}

/// The runs that can still open emphasis, and where they have used marks.
struct Openers<'a> {
    open: Vec<Opener>,
    /// For each class of closers, below which opener there is none for it.
    searched: [usize; 12],
    cuts: &'a mut Vec<Range<usize>>,
}

impl Openers<'_> {
    /// The innermost opener for a closer. None is looked at twice for one class of closers, unless its length changes.
    fn find(&mut self, closer: &Run) -> Option<usize> {
        let searched = &mut self.searched[closer.class()];
        let mut candidates = (*searched..self.open.len()).rev();
        let found = candidates.find(|&at| {
            step();
            closer.can_close(&self.open[at].run)
        });
        if found.is_none() {
            *searched = self.open.len();
        }
        found
    }

    /// Forgets the last openers, and cuts what they have opened with.
    fn truncate(&mut self, length: usize) {
        for opener in self.open.drain(length..) {
            step();
            let used = opener.run.range.end..opener.end;
            if !used.is_empty() {
                self.cuts.push(used);
            }
        }
    }

    /// Closes emphasis with the marks at the beginning of a run, as often as it can.
    fn close(&mut self, run: &mut Run) {
        let start = run.range.start;
        while !run.range.is_empty() {
            step();
            let Some(at) = self.find(run) else { break };
            // What stands between the two cannot open anything any more.
            self.truncate(at + 1);
            let opener = &mut self.open[at].run.range;
            let marks = if opener.len() > 1 && run.range.len() > 1 { 2 } else { 1 };
            opener.end -= marks;
            run.range.start += marks;
            let is_used = opener.start == opener.end;
            self.truncate(at + usize::from(!is_used));
            self.searched = self.searched.map(|searched| searched.min(at));
        }
        if run.range.start > start {
            self.cuts.push(start..run.range.start);
        }
    }
}

/// Cuts the marks of the emphasis in some runs that stand in one text.
pub(crate) fn cut(runs: impl Iterator<Item = Run>, cuts: &mut Vec<Range<usize>>) {
    let mut openers = Openers { open: Vec::new(), searched: [0; 12], cuts };
    for mut run in runs {
        if run.closes {
            openers.close(&mut run);
        }
        if run.opens && !run.range.is_empty() {
            let end = run.range.end;
            openers.open.push(Opener { run, end });
        }
    }
    openers.truncate(0);
}
