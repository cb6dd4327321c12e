//! What is counted over all letters, to be reported once for each cause when all have been read.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::letter_ids::NamedLetter;
use crate::input::tei::action_type::{UnknownWord, meant};
use crate::model::ConceptList;
use crate::source::{FileId, Sources, Span};
use std::collections::{BTreeMap, HashSet};

/// The most pointers with one beginning that are reported one by one.
const FEW: usize = 3;

/// What is counted over all letters.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The files that are pointed to as if each were one letter, and where first.
    pub(crate) pointed_to: BTreeMap<FileId, Span>,
    /// The files of which a letter is pointed to by its own id, and where first.
    pointed_into: BTreeMap<FileId, Span>,
    /// Pointers to no letter, by what they begin with.
    nowhere: BTreeMap<String, Nowhere>,
    /// Ids that two letters have, where they are pointed to first, and the letters.
    twofold: BTreeMap<String, (Span, [Span; 2])>,
    /// Ids that are the name of a file, and that the letter of another file calls itself by.
    named_as_file: BTreeMap<String, (Span, Span)>,
    /// Words of `correspAction` that are not known.
    words: BTreeMap<UnknownWord, (usize, Span)>,
    /// How many letters the profile was used for, and how many it fits.
    profile: ProfileFit,
}

/// Pointers to no letter that begin alike.
#[derive(Debug, Default)]
struct Nowhere {
    count: usize,
    first: Vec<(String, Span)>,
}

/// How many letters a profile was used for.
#[derive(Debug, Default)]
struct ProfileFit {
    letters: usize,
    fitting: usize,
    /// The first letter that it does not fit, and the first whose sender or recipient it does not find.
    example: Option<(Span, &'static str)>,
}

impl Tally {
    /// Counts a pointer that leads to no letter.
    pub(crate) fn leads_nowhere(&mut self, target: &str, span: Span) {
        let nowhere = self.nowhere.entry(beginning(target).to_owned()).or_default();
        nowhere.count += 1;
        if nowhere.first.len() < FEW {
            nowhere.first.push((target.to_owned(), span));
        }
    }

    /// Takes note of a pointer to a letter by an id of its own.
    pub(crate) fn leads_into(&mut self, file: FileId, span: Span) {
        self.pointed_into.entry(file).or_insert(span);
    }

    /// Takes note of a pointer by an id that two letters have.
    pub(crate) fn is_twofold(&mut self, id: &str, span: Span, letters: [Span; 2]) {
        self.twofold.entry(id.to_owned()).or_insert((span, letters));
    }

    /// Takes note of a pointer by an id that is the name of another letter's file.
    pub(crate) fn is_name_of_file(&mut self, id: &str, span: Span, letter: &NamedLetter) {
        self.named_as_file.entry(id.to_owned()).or_insert((span, letter.span));
    }

    /// Counts a word that is not known.
    pub(crate) fn unknown_word(&mut self, word: UnknownWord, span: Span) {
        self.words.entry(word).or_insert((0, span)).0 += 1;
    }

    /// Counts a letter that a profile was used for; `missing` says whom it did not find.
    pub(crate) fn profile_used(&mut self, missing: Option<&'static str>, span: Span) {
        self.profile.letters += 1;
        match missing {
            None => self.profile.fitting += 1,
            Some(missing) => _ = self.profile.example.get_or_insert((span, missing)),
        }
    }

    /// Takes up what was counted in a later part of the sources.
    pub(crate) fn append(&mut self, later: Self) {
        append_first(&mut self.pointed_to, later.pointed_to);
        append_first(&mut self.pointed_into, later.pointed_into);
        append_first(&mut self.twofold, later.twofold);
        append_first(&mut self.named_as_file, later.named_as_file);
        for (beginning, found) in later.nowhere {
            let known = self.nowhere.entry(beginning).or_default();
            known.count += found.count;
            let free = FEW - known.first.len();
            known.first.extend(found.first.into_iter().take(free));
        }
        for (word, (count, span)) in later.words {
            self.words.entry(word).or_insert((0, span)).0 += count;
        }
        self.profile.letters += later.profile.letters;
        self.profile.fitting += later.profile.fitting;
        self.profile.example = self.profile.example.or(later.profile.example);
    }

    /// Reports all of it. `not_one` are the files that hold no letter, or several, and how many; `called` is how the
    /// first letters are called; `profile` is where the profile begins.
    pub(crate) fn report(&self, around: Surroundings<'_>, diagnostics: &mut Diagnostics) {
        self.report_files(around, diagnostics);
        self.report_nowhere(around.called, diagnostics);
        self.report_ids(around.sources, diagnostics);
        self.report_words(diagnostics);
        self.report_profile(around.profile, diagnostics);
    }

    fn report_files(&self, around: Surroundings<'_>, diagnostics: &mut Diagnostics) {
        let Surroundings { sources, not_one, left_out, .. } = around;
        let left_out: HashSet<&FileId> = left_out.iter().collect();
        for (file, span) in &self.pointed_to {
            let path = sources.path(*file);
            let (message, help) = match not_one.get(file) {
                Some(0) => (format!("{path} holds no letter"), "correct the link"),
                Some(_) => (
                    format!("{path} holds several letters, so that it is not clear which is meant"),
                    "write # and the xml:id of the letter behind the name of the file",
                ),
                None if left_out.contains(file) => (format!("{path} was left out"), "correct that file"),
                None => continue,
            };
            let help = format!("the link leads to a letter of which nothing is known; {help}");
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
        for (file, span) in self.pointed_into.iter().filter(|(file, _)| left_out.contains(file)) {
            let message = format!("{} was left out", sources.path(*file));
            let help = "the link leads to a letter of which nothing is known; correct that file";
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
    }

    fn report_nowhere(&self, called: Option<&str>, diagnostics: &mut Diagnostics) {
        let all: usize = self.nowhere.values().map(|nowhere| nowhere.count).sum();
        for (beginning, Nowhere { count, first }) in &self.nowhere {
            if *count <= FEW {
                for (target, span) in first {
                    let message = format!("no letter of the corpus is called \"{target}\"");
                    let help = "the link is left out; a letter is called by its xml:id or as its file is, in a file of several \
                                FILE.xml#ID, or by its address";
                    diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
                }
                continue;
            }
            let (example, span) = &first[0];
            // Where the letters of the corpus begin so too, the others are mostly not in it.
            let called = called.filter(|called| !called.starts_with(beginning.as_str()) || beginning.is_empty());
            let begin = if beginning.is_empty() { "a digit".to_owned() } else { format!("\"{beginning}\"") };
            let message = format!(
                "{count} of {all} pointers to no letter begin with {begin}, as \"{example}\" does{}",
                called.map_or_else(String::new, |called| format!("; letters are called as \"{called}\" is"))
            );
            let help = "these links are left out; if the letters are not in the corpus, nothing is wrong; if they are, they \
                        have another id: write the one of pointers as their xml:id";
            diagnostics.push(Diagnostic::new(Code::MissingLetter, *span, message).help(help));
        }
    }

    fn report_ids(&self, sources: &Sources, diagnostics: &mut Diagnostics) {
        let place = |span: &Span| format!("{}:{}", sources.path(span.file), span.line);
        for (id, (span, [first, second])) in &self.twofold {
            let (one, other) = (place(first), place(second));
            let message =
                format!("two letters are called \"{id}\", so that it is not clear which is meant: {one} and {other}");
            let help = "the link is left out; give one of them another id, or point to it by its file: FILE.xml";
            let diagnostic = Diagnostic::new(Code::LetterIdTwice, *span, message).help(help);
            diagnostics.push(diagnostic.related(*second, "the other letter"));
        }
        for (id, (span, letter)) in &self.named_as_file {
            let message = format!("\"{id}\" is the xml:id of one letter, and another letter's file is called so");
            let help = "the link leads to the letter with the xml:id; write the ending .xml if the file is meant";
            let diagnostic = Diagnostic::new(Code::LetterIdTwice, *span, message).help(help);
            diagnostics.push(diagnostic.related(*letter, "the letter with this xml:id"));
        }
    }

    fn report_words(&self, diagnostics: &mut Diagnostics) {
        let times = |count: usize| if count == 1 { String::new() } else { format!("; it stands there {count} times") };
        for (word, (count, span)) in &self.words {
            let times = times(*count);
            let diagnostic = match word {
                UnknownWord::Type(word) if word.is_empty() => {
                    let message = format!("this correspAction does not say what was done{times}");
                    let help = "write type=\"sent\" or type=\"received\"; until then nobody has sent or received the letter by it";
                    Diagnostic::new(Code::UnknownAction, *span, message).help(help)
                }
                UnknownWord::Type(word) => {
                    let message = format!("the type \"{word}\" of a correspAction is not known{times}");
                    let meant = meant(word);
                    let help = meant.map_or_else(
                        || format!("there are {}", ConceptList::ACTION_TYPE.values.join(", ")),
                        |meant| format!("most likely {meant} is meant"),
                    );
                    let meant = meant.unwrap_or("other-action");
                    let help = format!(
                        "{help}; correct it, or write {} = \"{meant}\" into the section [tei.actions] of regesta.toml; \
                         until then nobody has sent or received the letter by it",
                        key(word)
                    );
                    Diagnostic::new(Code::UnknownAction, *span, message).help(help)
                }
                UnknownWord::Subtype(word) => {
                    let message = format!("the subtype \"{word}\" of a correspAction is not known{times}");
                    let key = key(word);
                    let help = format!(
                        "nobody is taken to have sent or received the letter by it; say what it means in the section \
                         [tei.actions] of regesta.toml: {key} = \"sent\" if it makes no difference to who sent the letter, \
                         or {key} = \"forwarded\""
                    );
                    Diagnostic::new(Code::UnknownQualifier, *span, message).help(help)
                }
            };
            diagnostics.push(diagnostic);
        }
    }

    fn report_profile(&self, profile: Option<Span>, diagnostics: &mut Diagnostics) {
        let ProfileFit { letters, fitting, example } = &self.profile;
        let (Some((span, missing)), Some(profile)) = (example, profile.filter(|_| *fitting > 0)) else { return };
        let message = format!("the profile fits {fitting} of {letters} letters");
        let help = "in the others it does not find who sent or received them, and nothing else is taken for that: look \
                    whether they say it in another way, and add a path to the list";
        let diagnostic = Diagnostic::new(Code::ProfileFitsSome, profile, message).help(help);
        diagnostics.push(diagnostic.related(*span, format!("this letter has no {missing}")));
    }
}

/// What the report needs to know of the sources.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) sources: &'a Sources,
    /// The files that hold no letter, or several, and how many.
    pub(crate) not_one: &'a BTreeMap<FileId, usize>,
    pub(crate) left_out: &'a [FileId],
    /// What a letter is called, as an example.
    pub(crate) called: Option<&'a str>,
    /// Where the project file has the first path of the profile.
    pub(crate) profile: Option<Span>,
}

/// A word as a key of TOML.
fn key(word: &str) -> String {
    let is_bare = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare { word.to_owned() } else { format!("{word:?}") }
}

/// What a pointer begins with: what stands before the first digit behind its last slash.
fn beginning(target: &str) -> &str {
    let last = target.rsplit('/').next().unwrap_or(target).trim_start_matches('#');
    &last[..last.find(|letter: char| letter.is_ascii_digit()).unwrap_or(last.len())]
}

fn append_first<K: Ord, V>(known: &mut BTreeMap<K, V>, later: BTreeMap<K, V>) {
    for (key, value) in later {
        known.entry(key).or_insert(value);
    }
}
