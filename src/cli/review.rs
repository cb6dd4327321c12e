//! Asking about candidates: one key for each decision, each of which is on record before the next question.

use crate::cli::file;
use console::{Key, Term};
use iri_string::types::IriStr;
use regesta::diagnostic::visible;
use regesta::error::{Error, Result};
use regesta::graph::Iris;
use regesta::model::{Date, Id, Kind, Review, Scheme};
use regesta::project::Project;
use regesta::reconcile::Entities;
use regesta::sssom::MappingFile;
use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;

/// Who decides, and when.
pub(super) struct Reviewer {
    iri: Option<String>,
    label: Option<String>,
    date: Option<String>,
}

impl Reviewer {
    /// Reads what was typed: a name, an id of the corpus, or an address.
    pub(super) fn parse(who: &str, date: Option<&str>, project: &Project, ours: &Entities) -> Result<Self> {
        let day = date.map(|date| match Date::parse(date) {
            Ok(parsed) if parsed.earliest.as_deref() == Some(date) && parsed.latest == parsed.earliest => {
                Ok(date.to_owned())
            }
            _ => Err(Error::usage(format!("\"{date}\" is no day"), "write it as in 2026-02-11".to_owned())),
        });
        let date = day.transpose()?;
        let refuse = |why: &str| {
            let help =
                "name a person, an id of the corpus as in person:lam, or an address as that of an ORCID".to_owned();
            Err(Error::usage(format!("\"{who}\" cannot be who decides: {why}"), help))
        };
        if who.trim().is_empty() || who.contains(['|', '\t', '\n', '\r']) {
            return refuse("it is no name");
        }
        if who.starts_with("http") && IriStr::new(who).is_err() {
            return refuse("it is no address");
        }
        if who.starts_with("https://") || who.starts_with("http://") {
            return Ok(Self { iri: Some(who.to_owned()), label: None, date });
        }
        if let Ok(id) = Id::parse(who) {
            let iri = Iris::new(&project.base).thing(&id).into_string();
            let Some(person) = ours.get(&iri).filter(|_| id.kind == Kind::Person) else {
                return refuse("the corpus has no such person");
            };
            let label = person.names.first().map(ToString::to_string);
            return Ok(Self { iri: Some(iri), label, date });
        }
        Ok(Self { iri: None, label: Some(who.to_owned()), date })
    }

    /// Puts the decision on record.
    pub(super) fn sign(&self, links: &mut MappingFile, row: usize, agreement: &str) {
        if let Some(iri) = &self.iri {
            let short = links.shortened(iri);
            links.set(row, "reviewer_id", &short);
        }
        for (column, text) in [("reviewer_label", &self.label), ("review_date", &self.date)] {
            if let Some(text) = text {
                links.set(row, column, text);
            }
        }
        links.set(row, "reviewer_agreement", agreement);
    }
}

/// A mapping file, and where it is.
pub(super) struct Links {
    pub(super) path: PathBuf,
    pub(super) file: MappingFile,
}

/// Asks about every candidate of the kinds that nobody has decided about, in one file after the other, until there is
/// none or the answer is to stop.
pub(super) fn run(
    links: &mut [Links],
    reviewer: &Reviewer,
    kinds: &[Kind],
    bases: &[&str],
    (ours, theirs): (&Entities, &Entities),
) -> Result<()> {
    let of_file = |(at, links): (usize, &Links)| -> Vec<(usize, usize)> {
        waiting(&links.file, kinds, bases, theirs).into_iter().map(|row| (at, row)).collect()
    };
    let waiting: Vec<(usize, usize)> = links.iter().enumerate().flat_map(of_file).collect();
    let mut written: Vec<Vec<u8>> = links.iter().map(|links| fs::read(&links.path).unwrap_or_default()).collect();
    let mut keys = Keys::new();
    let count = waiting.len();
    let mut decided = 0;
    say(&format!(
        "{count} to decide: y accept, c accept as a close match, n reject, u cannot tell, s later, q stop\n"
    ))?;
    for (number, (at, row)) in waiting.into_iter().enumerate() {
        let Links { path, file: links } = &mut links[at];
        say(&question(links, row, (ours, theirs), bases, &format!("{} of {count}", number + 1)))?;
        let agreement = loop {
            match keys.next()? {
                Some('y') => break Some("1.0"),
                Some('c') => {
                    links.set(row, "predicate_id", "skos:closeMatch");
                    break Some("1.0");
                }
                Some('n') => break Some("-1.0"),
                Some('u') => break Some("0.0"),
                Some('s') => break None,
                Some('q') | None => {
                    return say(&format!("\n{decided} decided; the others are asked about when you go on\n"));
                }
                Some(_) => {}
            }
        };
        if let Some(agreement) = agreement {
            reviewer.sign(links, row, agreement);
            // Somebody else may have decided something meanwhile.
            if !fs::read(&*path).is_ok_and(|bytes| bytes == written[at]) {
                let message =
                    format!("{} was changed by somebody else; this decision is not on record", path.display());
                return Err(Error::usage(message, "go on with the same command: it reads the file anew".to_owned()));
            }
            written[at] = links.to_text().into_bytes();
            file::replace(path, &written[at])?;
            decided += 1;
        }
    }
    say(&format!("{decided} decided\n"))
}

fn say(text: &str) -> Result<()> {
    let mut output = io::stdout().lock();
    // Names are as others have written them.
    output.write_all(visible(text).as_bytes()).and_then(|()| output.flush()).map_err(Error::Output)
}

/// The rows that nobody has looked at and that are about things of these kinds and things of the dataset. What a reviewer
/// could not tell is on record, and is not asked again.
pub(super) fn waiting(links: &MappingFile, kinds: &[Kind], bases: &[&str], theirs: &Entities) -> Vec<usize> {
    let is_waiting = |row: &usize| {
        let reviewed = links.cell(*row, "reviewer_id").or(links.cell(*row, "reviewer_label")).is_some();
        let by_hand = links
            .iri(*row, "mapping_justification")
            .is_some_and(|iri| iri.ends_with("ManualMappingCuration") || iri.ends_with("MappingReview"));
        let negated = links.cell(*row, "predicate_modifier").is_some();
        let is_new = !reviewed && Review::of(false, None, by_hand, negated) == Review::Candidate;
        let Some((ours, id)) = side_of_ours(links, *row, bases).filter(|_| is_new) else { return false };
        let other = if ours == "subject_id" { "object_id" } else { "subject_id" };
        let is_theirs = |iri: String| theirs.describes(&Scheme::usual_iri(&iri).unwrap_or(iri));
        kinds.contains(&id.kind) && links.iri(*row, other).is_some_and(is_theirs)
    };
    (0..links.len()).filter(is_waiting).collect()
}

/// The column that has the thing of the corpus, and its id.
fn side_of_ours(links: &MappingFile, row: usize, bases: &[&str]) -> Option<(&'static str, Id)> {
    ["subject_id", "object_id"].into_iter().find_map(|column| {
        let iri = links.iri(row, column)?;
        let id = bases.iter().find_map(|base| Id::of_iri(&iri, base))?;
        Some((column, id))
    })
}

fn question(
    links: &MappingFile,
    row: usize,
    (ours, theirs): (&Entities, &Entities),
    bases: &[&str],
    number: &str,
) -> String {
    let side = |column: &str, entities: &Entities| {
        let iri = links.iri(row, column).unwrap_or_default();
        let entity = entities.get(&iri);
        let name = entity.and_then(|entity| entity.names.first()).map(|name| plain(name)).unwrap_or_default();
        let summary = entity.map(|entity| entities.summary(entity)).filter(|summary| !summary.is_empty());
        let summary = summary.map(|summary| format!("\n      {}", plain(&summary))).unwrap_or_default();
        format!("  {name}  <{iri}>{summary}\n")
    };
    let cell = |column| plain(links.cell(row, column).unwrap_or("?"));
    let why = format!("{} = {}", cell("confidence"), cell("comment"));
    let (one, two) = match side_of_ours(links, row, bases) {
        Some(("object_id", _)) => ("object_id", "subject_id"),
        _ => ("subject_id", "object_id"),
    };
    format!("\n{number}\n{}{}  {why}\n", side(one, ours), side(two, theirs))
}

/// A text of others on one line, and not without end.
fn plain(text: &str) -> String {
    let one_line = text.split(|letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}'));
    let one_line = one_line.collect::<Vec<_>>().join(" ");
    one_line.char_indices().nth(SHOWN).map_or(one_line.clone(), |(at, _)| format!("{}…", &one_line[..at]))
}

/// The most characters of a text that are shown.
const SHOWN: usize = 400;

/// Where answers come from: the keys of a terminal, or the letters of whatever else is at standard input.
enum Keys {
    Terminal(Term),
    Input(io::Stdin),
}

impl Keys {
    fn new() -> Self {
        let terminal = Term::stdout();
        let is_terminal = io::IsTerminal::is_terminal(&io::stdin()) && terminal.is_term();
        if is_terminal { Self::Terminal(terminal) } else { Self::Input(io::stdin()) }
    }

    /// The next letter; nothing where there is no more, or where the answer is to stop.
    fn next(&mut self) -> Result<Option<char>> {
        match self {
            Self::Terminal(terminal) => match terminal.read_key() {
                Ok(Key::Char(letter)) => Ok(Some(letter.to_ascii_lowercase())),
                Ok(Key::Escape | Key::CtrlC) => Ok(None),
                Ok(_) => Ok(Some(' ')),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
                Err(error) => Err(Error::file("read a key from", "the terminal", error)),
            },
            Self::Input(input) => {
                let mut byte = [0];
                let read = input.lock().read(&mut byte);
                let count = read.map_err(|error| Error::file("read", "standard input", error))?;
                Ok((count == 1).then(|| char::from(byte[0]).to_ascii_lowercase()))
            }
        }
    }
}
