//! Problems of one cause, which are shown as one where they are many.

use crate::diagnostic::{Code, Diagnostic, Severity};
use std::collections::BTreeMap;

/// The most problems of one cause that are shown one by one.
const SHOWN: usize = 20;
/// The same of what mostly follows from a file that cannot be read, where there is one.
const SHOWN_OF_CONSEQUENCES: usize = 3;

/// A problem that is shown, and others of the same cause that are not.
pub(super) struct Group<'a> {
    pub(super) severity: Severity,
    pub(super) first: &'a Diagnostic,
    /// The others, in order.
    pub(super) others: Vec<&'a Diagnostic>,
}

/// What problems have in common that have one cause: how much they matter, what sort they are of, and what their message
/// says apart from names and numbers.
type Cause<'a> = (Severity, &'a str, String);

/// Problems in their order, each for itself; where more than a few have one cause, or where they follow from a file that
/// cannot be read, the first of them stands for all.
pub(super) fn groups<'a>(problems: &[(Severity, &'a Diagnostic)]) -> Vec<Group<'a>> {
    let is_unread = problems.iter().any(|(_, one)| one.code.is_unreadable());
    let most = |one: &Diagnostic| if is_unread && one.code.is_consequence() { SHOWN_OF_CONSEQUENCES } else { SHOWN };
    let mut counts: BTreeMap<Cause<'_>, usize> = BTreeMap::new();
    for (severity, one) in problems {
        *counts.entry(cause(*severity, one)).or_default() += 1;
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<Cause<'_>, usize> = BTreeMap::new();
    for (severity, one) in problems {
        let cause = cause(*severity, one);
        if counts[&cause] > most(one) {
            if let Some(at) = known.get(&cause) {
                groups[*at].others.push(one);
                continue;
            }
            known.insert(cause, groups.len());
        }
        groups.push(Group { severity: *severity, first: one, others: Vec::new() });
    }
    groups
}

/// Each problem for itself.
pub(super) fn each<'a>(problems: &[(Severity, &'a Diagnostic)]) -> Vec<Group<'a>> {
    problems.iter().map(|(severity, first)| Group { severity: *severity, first, others: Vec::new() }).collect()
}

fn cause(severity: Severity, one: &Diagnostic) -> Cause<'_> {
    // The name of what is not used stands without quotation marks.
    let words = if one.code == Code::NotUsed { String::new() } else { without_names(&one.message) };
    (severity, one.name(), words)
}

/// A message without what stands in quotation marks, brackets and angle brackets, and without numbers.
fn without_names(message: &str) -> String {
    let mut words = String::with_capacity(message.len());
    let mut until = None;
    for character in message.chars() {
        match (until, character) {
            (Some(end), _) if character == end => until = None,
            (Some(_), _) | (None, '0'..='9') => {}
            (None, '"') => until = Some('"'),
            (None, '(') => until = Some(')'),
            (None, '<') => until = Some('>'),
            (None, _) => words.push(character),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::without_names;

    #[test]
    fn a_message_without_names_says_what_is_wrong() {
        let one = without_names("\"person:roos\" and \"person:vos\" have one identifier, <https://example.org/12>");
        assert_eq!(one, without_names("\"place:a\" and \"place:b\" have one identifier, <https://example.org/3>"));
        assert_eq!(without_names("letter 12 was sent before letter 3"), "letter  was sent before letter ");
        assert_ne!(without_names("\"a\" is late"), without_names("\"a\" is early"));
    }
}
