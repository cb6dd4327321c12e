//! Letters that may stand in two editions: of one shelf mark, or from and to the same on one day.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Scheme;
use crate::reconcile::name::forms;
use crate::vocabulary::{crm, dct, rg, schema, skos};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// That two documents may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Duplicate {
    /// The two documents, each with its title; the one whose IRI comes first is the first.
    pub documents: [(String, String); 2],
    /// How well they fit, from 0 to 1.
    pub score: f64,
    /// What they have in common, in words.
    pub grounds: Vec<String>,
}

/// What a letter that shares its shelf mark with another is worth.
const SHELFMARK: f64 = 0.95;
/// What one is worth that has the same correspondents, known by identifiers, on the same day.
const CORRESPONDENTS: f64 = 0.9;
/// The same, where they are known by their names alone.
const NAMES: f64 = 0.8;
/// A mark or a day that more letters have says nothing.
const MOST: usize = 200;

/// Whether a statement says something that letters are compared by.
pub fn concerns_letters(quad: QuadRef<'_>) -> bool {
    const ASKED: [NamedNodeRef<'static>; 13] = [
        schema::AUTHOR,
        schema::SENDER,
        schema::RECIPIENT,
        schema::ITEM_LOCATION,
        schema::HOLDING_ARCHIVE,
        rg::OF_DOCUMENT,
        rg::TIME_SPAN,
        dct::TYPE,
        crm::EARLIEST,
        crm::LATEST,
        skos::PREF_LABEL,
        skos::EXACT_MATCH,
        skos::CLOSE_MATCH,
    ];
    ASKED.contains(&quad.predicate)
}

/// What is said of each subject, by property.
type Said<'q> = HashMap<&'q str, Vec<(NamedNodeRef<'q>, TermRef<'q>)>>;

/// One document as it is compared.
struct LetterFacts<'q> {
    iri: &'q str,
    source: usize,
    senders: BTreeSet<String>,
    recipients: BTreeSet<String>,
    marks: BTreeSet<String>,
    days: BTreeSet<&'q str>,
}

/// Pairs of documents of different sources that may be one, in the order of their IRIs. Each source is the statements of
/// one corpus or dataset for which [`concerns_letters`] holds.
pub fn duplicates(sources: &[Vec<Quad>], diagnostics: &mut Diagnostics) -> Vec<Duplicate> {
    let mut said: Said<'_> = HashMap::new();
    let mut of_source: HashMap<&str, usize> = HashMap::new();
    for (number, quads) in sources.iter().enumerate() {
        for quad in quads {
            if let NamedOrBlankNodeRef::NamedNode(subject) = quad.subject.as_ref() {
                said.entry(subject.as_str()).or_default().push((quad.predicate.as_ref(), quad.object.as_ref()));
                of_source.entry(subject.as_str()).or_insert(number);
            }
        }
    }
    let mut letters: Vec<LetterFacts<'_>> = Vec::new();
    let days = days(&said);
    let mut iris: Vec<&str> = said.keys().copied().collect();
    iris.sort_unstable();
    for iri in iris {
        let statements = &said[iri];
        let senders = agents(statements, &[schema::SENDER, schema::AUTHOR], &said);
        let recipients = agents(statements, &[schema::RECIPIENT], &said);
        let marks = marks(statements, &said);
        if senders.is_empty() && recipients.is_empty() && marks.is_empty() {
            continue;
        }
        let days = days.get(iri).cloned().unwrap_or_default();
        letters.push(LetterFacts { iri, source: of_source[iri], senders, recipients, marks, days });
    }
    let mut found: BTreeMap<(usize, usize), Grounds> = BTreeMap::new();
    by(&letters, |letter| letter.marks.iter().cloned().collect(), diagnostics, &mut |pair, mark| {
        found.entry(pair).or_default().marks.insert(format!("shelf mark {mark}"), SHELFMARK);
    });
    let day_and_sender = |letter: &LetterFacts<'_>| {
        letter.days.iter().flat_map(|day| letter.senders.iter().map(move |sender| format!("{day} {sender}"))).collect()
    };
    by(&letters, day_and_sender, diagnostics, &mut |(one, two), key| {
        let Some(recipient) = letters[one].recipients.intersection(&letters[two].recipients).next() else { return };
        let (day, sender) = key.split_once(' ').expect("a day, a blank and a sender");
        let by_name = sender.starts_with(NAMED) || recipient.starts_with(NAMED);
        let plain = |agent: &str| agent.trim_start_matches(NAMED).to_owned();
        let ground = format!("sent on {day} by {} to {}", plain(sender), plain(recipient));
        let worth = if by_name { NAMES } else { CORRESPONDENTS };
        // One ground of this sort is enough, the surest.
        let sent = &mut found.entry((one, two)).or_default().sent;
        if sent.as_ref().is_none_or(|(_, known)| *known < worth) {
            *sent = Some((ground, worth));
        }
    });
    let title = |iri: &str| title(&said[iri]);
    let duplicate = |((one, two), Grounds { sent, marks }): ((usize, usize), Grounds)| {
        let documents = [one, two].map(|at| (letters[at].iri.to_owned(), title(letters[at].iri)));
        let (grounds, worths): (Vec<String>, Vec<f64>) = sent.into_iter().chain(marks).unzip();
        // What two grounds leave in doubt is what both leave.
        let doubt: f64 = worths.iter().map(|worth| 1.0 - worth).product();
        Duplicate { documents, score: (1.0 - doubt).min(0.99), grounds }
    };
    found.into_iter().map(duplicate).collect()
}

/// Why two letters may be one, each ground with what it is worth.
#[derive(Default)]
struct Grounds {
    /// That both were sent on one day by one person to another.
    sent: Option<(String, f64)>,
    /// The shelf marks that both have.
    marks: BTreeMap<String, f64>,
}

/// What a document is called.
fn title(statements: &[(NamedNodeRef<'_>, TermRef<'_>)]) -> String {
    let label = statements.iter().find(|(property, _)| *property == skos::PREF_LABEL);
    label.and_then(|(_, label)| text(*label)).unwrap_or_default().to_owned()
}

/// What stands before the name of an agent who is known by that alone.
const NAMED: &str = "named ";

fn text<'q>(term: TermRef<'q>) -> Option<&'q str> {
    match term {
        TermRef::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

fn iri<'q>(term: TermRef<'q>) -> Option<&'q str> {
    match term {
        TermRef::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

/// The days on which documents were sent or written, where they are known to the day.
fn days<'q>(said: &Said<'q>) -> HashMap<&'q str, BTreeSet<&'q str>> {
    let mut days: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    let mut subjects: Vec<&str> = said.keys().copied().collect();
    subjects.sort_unstable();
    for statements in subjects.into_iter().map(|subject| &said[subject]) {
        let of = |property: NamedNodeRef<'_>| {
            statements.iter().find(move |(known, _)| *known == property).map(|(_, object)| *object)
        };
        let kind = of(dct::TYPE).and_then(iri).unwrap_or_default();
        if !["sent", "written"].iter().any(|step| kind.ends_with(&format!("concept/{step}"))) {
            continue;
        }
        let (Some(document), Some(span)) = (of(rg::OF_DOCUMENT).and_then(iri), of(rg::TIME_SPAN).and_then(iri)) else {
            continue;
        };
        let Some(span) = said.get(span) else { continue };
        let bound = |property: NamedNodeRef<'_>| {
            span.iter().find(|(known, _)| *known == property).and_then(|(_, object)| text(*object))
        };
        if let (Some(earliest), Some(latest)) = (bound(crm::EARLIEST), bound(crm::LATEST))
            && earliest == latest
        {
            days.entry(document).or_default().insert(earliest);
        }
    }
    days
}

/// Who is named by some properties: by every address that they are known to be, and by name where there is none in an
/// authority file.
fn agents(
    statements: &[(NamedNodeRef<'_>, TermRef<'_>)],
    properties: &[NamedNodeRef<'static>],
    said: &Said<'_>,
) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (_, agent) in statements.iter().filter(|(property, _)| properties.contains(property)) {
        let Some(agent) = iri(*agent) else { continue };
        keys.insert(agent.to_owned());
        let mut is_identified = false;
        for (property, object) in said.get(agent).into_iter().flatten() {
            if [skos::EXACT_MATCH, skos::CLOSE_MATCH].contains(property) {
                let same = iri(*object).unwrap_or_default();
                let usual = Scheme::identify_address(same).map(|known| known.iri);
                is_identified |= usual.is_some();
                keys.insert(usual.unwrap_or_else(|| same.to_owned()));
            }
        }
        let labels = said.get(agent).into_iter().flatten().filter(|(property, _)| *property == skos::PREF_LABEL);
        if !is_identified {
            keys.extend(labels.filter_map(|(_, label)| named(text(*label)?)));
        }
    }
    keys
}

/// A name in any order of its words.
fn named(name: &str) -> Option<String> {
    let mut words: Vec<Box<str>> = forms(name, false).into_iter().next()?.words;
    words.sort_unstable();
    // A single word is the name of many.
    (words.len() > 1).then(|| format!("{NAMED}{}", words.join(" ")))
}

/// Shelf marks, each with the archive or library that keeps it.
fn marks(statements: &[(NamedNodeRef<'_>, TermRef<'_>)], said: &Said<'_>) -> BTreeSet<String> {
    let of = |property: NamedNodeRef<'static>| statements.iter().filter(move |(known, _)| *known == property);
    let plain = |words: &str| -> String {
        let letters = words.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' });
        letters.flat_map(char::to_lowercase).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let archives: Vec<String> = of(schema::HOLDING_ARCHIVE)
        .filter_map(|(_, archive)| iri(*archive))
        .filter_map(|archive| said.get(archive)?.iter().find(|(property, _)| *property == skos::PREF_LABEL))
        .filter_map(|(_, name)| text(*name))
        .map(plain)
        .collect();
    let marks =
        of(schema::ITEM_LOCATION).filter_map(|(_, mark)| text(*mark)).map(plain).filter(|mark| !mark.is_empty());
    marks.flat_map(|mark| archives.iter().map(move |archive| format!("{mark}, {archive}"))).collect()
}

/// Calls `each` for all pairs of letters of different sources that share a key.
fn by(
    letters: &[LetterFacts<'_>],
    keys: impl Fn(&LetterFacts<'_>) -> Vec<String>,
    diagnostics: &mut Diagnostics,
    each: &mut dyn FnMut((usize, usize), &str),
) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, letter) in letters.iter().enumerate() {
        for key in keys(letter) {
            groups.entry(key).or_default().push(at);
        }
    }
    for (key, group) in groups {
        if group.len() > MOST {
            let message = format!("{} documents have in common: {key}", group.len());
            let help = "what so many have says nothing; they are not compared by it";
            diagnostics.push(Diagnostic::general(Code::TooManyCandidates, message).help(help));
            continue;
        }
        for (number, one) in group.iter().enumerate() {
            for two in group[number + 1..].iter().filter(|two| letters[**two].source != letters[*one].source) {
                each((*one, *two), &key);
            }
        }
    }
}
