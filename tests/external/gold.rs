//! Real letters against counts that others have made of them with XPath: what is read equals them, or the difference
//! stands in the table below with its reason.

use crate::support::{Loaded, copy, load};
use crate::with_folder;
use libtest_mimic::{Failed, Trial};
use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use regesta::model::{Date, Kind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A corpus: its name in the counts, its folder, and its project file below the first lines.
struct Corpus<'a> {
    name: &'static str,
    folder: &'static str,
    project: &'a str,
    /// What differs from the counts: where, what they have, what is read, and why.
    differences: &'static [(&'static str, i64, i64, &'static str)],
}

const CORPORA: &[Corpus<'_>] = &[
    Corpus {
        name: "schnitzler-briefe",
        folder: "schnitzler-briefe",
        project: "tei = [\"data/editions/*.xml\"]\nregisters = [\"data/indices/*.xml\"]",
        differences: &[
            ("mention_elements", 3602, 3635, "33 elements ref lead to letters of the edition: they mention these"),
            ("mentions of document", 0, 33, "the same"),
            ("dates that their words doubt", 0, 50, "the counts have the attributes alone"),
        ],
    },
    Corpus {
        name: "dahn_pec",
        folder: "dahn/Correspondence/Paul_d_Estournelles_de_Constant",
        project: "tei = [\"Corpus/*.xml\"]\nregisters = [\"Indexes/*.xml\"]\n\n[tei.kinds]\npec_person = \"person\"",
        differences: &[
            (
                "mention_elements",
                3129,
                3235,
                "106 elements title have a reference: they mention works, and are not counted",
            ),
            ("mentions of work", 0, 106, "the same"),
            ("mentions of thing", 10, 0, "the register says what the ten rs of the type pec are: persons"),
            ("mentions of person", 1100, 1109, "the same, and one persName has the id of a place"),
            ("mentions of annotation", 0, 1, "that persName: it is joined with nothing"),
        ],
    },
    Corpus {
        name: "dahn_pec_cmif",
        folder: "dahn/Correspondence/Paul_d_Estournelles_de_Constant",
        project: "cmif = [\"cmif_pec.xml\"]",
        differences: &[],
    },
    Corpus {
        name: "cmif-spener",
        folder: "cmif-spener",
        project: "cmif = [\"letters.xml\"]",
        differences: &[
            ("dates that their words doubt", 0, 25, "the counts have the attributes alone"),
            ("dates less exact in words", 0, 1, "16 and 18 April, of which the attributes have one"),
            ("distinct_recipients", 555, 548, "a sign of doubt behind a name makes nobody else of it"),
            ("distinct_correspondents", 560, 553, "the same"),
        ],
    },
    Corpus {
        name: "dehmel_cmif",
        folder: "dehmel",
        project: "cmif = [\"cmif.xml\"]",
        differences: &[
            ("distinct_senders", 126, 119, "the word for unknown is no sender, with a number behind it or not"),
            ("sender_refs", 2655, 2640, "the same"),
            ("distinct_recipients", 30, 29, "the letters for \"not stated\" are no recipient"),
            ("recipient_refs", 2503, 2501, "the same, twice"),
            ("distinct_correspondents", 136, 128, "both"),
        ],
    },
    Corpus {
        name: "csstorage-dev",
        folder: "csstorage-cmif",
        project: "cmif = [\"**/*.xml\"]",
        differences: &[
            ("distinct_senders", 312, 311, "the word for unknown is no sender"),
            ("sender_refs", 6886, 6885, "the same"),
            (
                "recipient_refs",
                6875,
                6872,
                "the same word, and once with the address that correspSearch has for unknown",
            ),
            ("distinct_recipients", 491, 493, "behind that address the counts see one person, where five are named"),
            ("distinct_correspondents", 661, 663, "the same"),
            ("dates that their words doubt", 0, 153, "the counts have the attributes alone"),
            ("dates less exact in words", 0, 3, "words that name several days, of which the attributes have one"),
        ],
    },
    Corpus {
        name: "mondriaan",
        folder: "mondriaan",
        project: "tei = [\"tei/*/proeftuin/*.xml\"]\nregisters = [\"tei/*/backmatter/*.xml\"]\n\n[tei.kinds]\nexhibition = \"event\"",
        differences: &[
            ("mention_elements", 39, 144, "of the notes in standOff, the counts have nothing"),
            ("mentions of person", 37, 107, "the same, and two rs name two persons each: blanks divide ref"),
            ("mentions of document", 0, 17, "the notes name letters"),
            ("mentions of event", 2, 8, "the notes"),
            ("mentions of thing", 0, 16, "the notes"),
            ("dates that their words doubt", 0, 1, "the counts have the attributes alone"),
            ("dates less exact in words", 0, 2, "days of which the attributes have one"),
        ],
    },
];

/// Letter tables of which nobody has counted more than the rows: the folder, the table, and the rest of the project file.
const TABLES: &[(&str, &str, &str)] = &[
    ("cmif-moritz", "letters.csv", ""),
    ("cmif-spener", "letters.csv", ""),
    ("dhintro-csv", "letters.csv", ""),
    ("tolkien-csv", "src/letters.csv", "\n[columns]\nsender = \"=J. R. R. Tolkien\""),
];

const CORPORA_FOLDER: &str = "../shared/corpora";

const BASE: &str = "https://example.org/c/";

pub(crate) fn trials() -> Vec<Trial> {
    let counts = CORPORA.iter().map(|corpus| {
        with_folder(format!("gold/counts/{}", corpus.name), CORPORA_FOLDER, |folder| {
            counts_are_those_of_others(folder, corpus)
        })
    });
    let rows = TABLES.iter().map(|table| {
        with_folder(format!("gold/rows/{}", table.0), CORPORA_FOLDER, |folder| {
            a_table_has_as_many_letters_as_rows(folder, table)
        })
    });
    let entries = with_folder("gold/entries/syriaca-join", CORPORA_FOLDER, registers_have_as_many_entries_as_files);
    counts.chain(rows).chain([entries]).collect()
}

fn read(corpora: &Path, corpus: &Corpus<'_>) -> Loaded {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&corpora.join(corpus.folder), folder.path());
    let head = format!("title = \"C\"\nbase = \"{BASE}\"\nlanguage = \"en\"\n\n[sources]\n{}\n", corpus.project);
    fs::write(folder.path().join("regesta.toml"), head).expect("a file can be written");
    load(folder.path(), None)
}

/// What a letter says of how it was sent: of everybody and everything, the ids that the counts can have.
#[derive(Debug, Default, PartialEq, Eq)]
struct Letter {
    senders: Vec<BTreeSet<String>>,
    recipients: Vec<BTreeSet<String>>,
    places: Vec<BTreeSet<String>>,
    received_at: Vec<BTreeSet<String>>,
    date: Option<String>,
}

/// The graph by subject, and the letters of each source in the order of the source.
struct Graph<'a> {
    nodes: BTreeMap<&'a str, Vec<&'a Quad>>,
    letters: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Graph<'a> {
    fn of(quads: &'a [Quad]) -> Self {
        let mut graph = Self { nodes: BTreeMap::new(), letters: BTreeMap::new() };
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
            graph.nodes.entry(subject.as_str()).or_default().push(quad);
            if quad.predicate.as_str().ends_with("dc/terms/type") && text(&quad.object).ends_with("concept/letter") {
                let source = quad.graph_name.to_string();
                graph.letters.entry(source).or_default().push(subject.as_str());
            }
        }
        graph
    }

    fn objects(&self, subject: &str, property: &str) -> Vec<&'a str> {
        let quads = self.nodes.get(subject).into_iter().flatten();
        quads.filter(|quad| quad.predicate.as_str().ends_with(property)).map(|quad| text(&quad.object)).collect()
    }

    fn ids(&self, subject: &str, property: &str) -> Vec<BTreeSet<String>> {
        self.objects(subject, property).into_iter().map(|thing| self.names(thing)).collect()
    }

    /// The ids of a thing as the counts can have them: an authority file and a number, or what the source writes.
    fn names(&self, thing: &str) -> BTreeSet<String> {
        let slug = thing.strip_prefix(BASE).and_then(|path| path.split(['/', '#']).nth(1)).unwrap_or(thing);
        let addresses = self.objects(thing, "core#exactMatch").into_iter().map(|address| {
            let id = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
            let schemes = [
                ("d-nb.info", "gnd"),
                ("viaf.org", "viaf"),
                ("geonames.org", "geonames"),
                ("wikidata.org", "wikidata"),
            ];
            let scheme = schemes.iter().find(|(host, _)| address.contains(host));
            scheme.map_or_else(|| without_scheme(address), |(_, scheme)| format!("{scheme}:{id}"))
        });
        addresses.chain([slug.to_owned()]).collect()
    }

    fn letter(&self, letter: &str) -> Letter {
        let part = |name: &str| letter.replace("#it", &format!("#{name}"));
        let dates = self.objects(&part("sent-date"), "#value");
        Letter {
            senders: self.ids(letter, "schema.org/sender"),
            recipients: self.ids(letter, "schema.org/recipient"),
            places: self.ids(&part("sent"), "ns#place"),
            received_at: self.ids(&part("received"), "ns#place"),
            date: dates.first().map(|date| (*date).to_owned()),
        }
    }
}

fn text(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        other => panic!("the graph has no {other}"),
    }
}

/// An address of an edition's own register, whatever protocol and capital letters it is written with.
fn without_scheme(address: &str) -> String {
    address.split_once("://").map_or(address, |(_, rest)| rest).to_lowercase()
}

/// Words that the counts take for names and ids, and that name nobody, or one of two; a number behind them tells nobody
/// apart.
const NOBODY: [&str; 9] = [
    "name:unbekannt",
    "name:Unbekannt",
    "name:Unknown",
    "name:k.A.",
    "name:o.O",
    "name:o.D.",
    "name:Laubach oder Utphe",
    "key:No Authority File ID",
    "key:http://correspSearch.net/unknown",
];

/// An id of the counts as it stands in ours.
fn expected_id(gold: &str) -> String {
    let slug = |text: &str| text.to_lowercase().replace(['_', '.'], "-");
    match gold.split_once(':') {
        Some(("name", words)) => {
            let digest = regesta::source::sha256(bare(words).as_bytes());
            format!("*{}", &digest[..10])
        }
        Some(("key", id)) if id.contains("://") => without_scheme(id),
        Some(("local" | "key", id)) => slug(id),
        Some(("file", id)) => slug(&id.replace(".xml#", "-")),
        _ => gold.to_ascii_lowercase(),
    }
}

/// Words as a name without what an editor adds to it: brackets around it, and a sign of doubt.
fn bare(words: &str) -> &str {
    let words = ["[?]", "(?)", "?"].iter().find_map(|sign| words.strip_suffix(sign)).unwrap_or(words).trim_end();
    words.strip_prefix('[').and_then(|words| words.strip_suffix(']')).unwrap_or(words)
}

/// A text without a number in brackets at its end.
fn without_number(text: &str) -> &str {
    let number = |rest: &str| rest.strip_suffix(')').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    text.split_once(" (").filter(|(_, rest)| number(rest)).map_or(text, |(before, _)| before)
}

fn same(ours: &[BTreeSet<String>], gold: &Value) -> bool {
    let written = || gold.as_array().into_iter().flatten().filter_map(Value::as_str).map(without_number);
    let names: BTreeSet<String> = written().filter(|id| !NOBODY.contains(id)).map(expected_id).collect();
    let by_words = |ours: &BTreeSet<String>| ours.iter().any(|id| id.starts_with("name-"));
    let only_words = written().any(|id| id.starts_with("key:") && NOBODY.contains(&id));
    let means = |ours: &BTreeSet<String>, id: &String| match id.strip_prefix('*') {
        Some(digest) => ours.iter().any(|ours| ours.ends_with(digest)),
        None => ours.contains(id),
    };
    ours.iter().all(|ours| names.iter().any(|id| means(ours, id)) || (only_words && by_words(ours)))
        && names.iter().all(|id| ours.iter().any(|ours| means(ours, id)))
}

/// The EDTF expression that the attributes of a date come to.
fn expected_date(date: &Value) -> Option<String> {
    let value = |name: &str| date[name].as_str().or(date[format!("{name}-iso")].as_str()).map(str::trim);
    if let Some(when) = value("when") {
        return Some(when.to_owned());
    }
    match (value("from"), value("to"), value("notBefore"), value("notAfter")) {
        (Some(from), Some(to), ..) => Some(format!("{from}/{to}")),
        (Some(from), None, ..) => Some(format!("{from}/..")),
        (None, Some(to), ..) => Some(format!("../{to}")),
        (None, None, Some(first), Some(last)) if first == last => Some(first.to_owned()),
        (None, None, Some(first), Some(last)) => {
            let day = |text: &str, of_last: bool| {
                let date = Date::parse(text).expect("the counts have only dates here");
                if of_last { date.latest } else { date.earliest }.expect("a date has its days")
            };
            // What ends before it begins is a diagnostic; ends that are not equally exact are days.
            match (day(first, false), day(last, true)) {
                (from, to) if from > to => None,
                (from, to) if first.len() != last.len() => Some(format!("[{from}..{to}]")),
                _ => Some(format!("[{first}..{last}]")),
            }
        }
        (None, None, Some(first), None) => Some(format!("[{first}..]")),
        (None, None, None, Some(last)) => Some(format!("[..{last}]")),
        (None, None, None, None) => None,
    }
}

fn counts(graph: &Graph<'_>, loaded: &Loaded) -> BTreeMap<String, i64> {
    let letters: Vec<&str> = graph.letters.values().flatten().copied().collect();
    let all = |property: &str| -> BTreeSet<&str> {
        letters.iter().flat_map(|letter| graph.objects(letter, property)).collect()
    };
    let (senders, recipients) = (all("schema.org/sender"), all("schema.org/recipient"));
    let number = |length: usize| i64::try_from(length).expect("a count is small");
    let refs = |property: &str| number(letters.iter().map(|letter| graph.objects(letter, property).len()).sum());
    let mut counts = BTreeMap::from([
        ("letters".to_owned(), number(letters.len())),
        ("distinct_senders".to_owned(), number(senders.len())),
        ("distinct_recipients".to_owned(), number(recipients.len())),
        ("distinct_correspondents".to_owned(), number(senders.union(&recipients).count())),
        ("sender_refs".to_owned(), refs("schema.org/sender")),
        ("recipient_refs".to_owned(), refs("schema.org/recipient")),
        ("malformed".to_owned(), number(loaded.corpus.diagnostics().left_out().len())),
    ]);
    let mut mentions = 0;
    for quads in graph.nodes.values() {
        if quads.iter().any(|quad| text(&quad.object).contains("concept/mention")) {
            mentions += 1;
            for quad in quads.iter().filter(|quad| quad.predicate.as_str().ends_with("oa#hasBody")) {
                let kind = text(&quad.object).strip_prefix(BASE).and_then(|path| path.split('/').next());
                *counts.entry(format!("mentions of {}", kind.unwrap_or("?"))).or_default() += 1;
            }
        }
    }
    counts.insert("mention_elements".to_owned(), mentions);
    counts
}

/// The counts of one corpus under the names used here.
fn expected(gold: &Value, corpus: &Corpus<'_>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for name in [
        "letters",
        "distinct_senders",
        "distinct_recipients",
        "distinct_correspondents",
        "sender_refs",
        "recipient_refs",
    ] {
        counts.insert(name.to_owned(), gold[name].as_i64().expect("a number"));
    }
    counts.insert("mention_elements".to_owned(), gold["mention_elements"].as_i64().unwrap_or(0));
    counts.insert(
        "malformed".to_owned(),
        i64::try_from(gold["malformed"].as_array().map_or(0, Vec::len)).expect("small"),
    );
    for (element, count) in gold["mention_refs_by_element"].as_object().into_iter().flatten() {
        let kind = match element.as_str() {
            "persName" | "rs@person" | "rs@pec_person" => "person",
            "placeName" | "rs@place" => "place",
            "orgName" | "rs@org" => "organisation",
            "rs@work" => "work",
            "rs@event" | "rs@exhibition" => "event",
            _ => "thing",
        };
        *counts.entry(format!("mentions of {kind}")).or_default() += count.as_i64().expect("a number");
    }
    for (name, theirs, ours, why) in corpus.differences {
        assert!(!why.is_empty());
        let count = counts.entry((*name).to_owned()).or_default();
        assert_eq!(count, theirs, "{}: the table says that the counts have {theirs} for {name}", corpus.name);
        *count = *ours;
    }
    counts.retain(|_, count| *count != 0);
    counts
}

fn counts_are_those_of_others(folder: &Path, corpus: &Corpus<'_>) -> Result<(), Failed> {
    let gold: Value = serde_json::from_slice(&fs::read(folder.join("gold_dev.json"))?)?;
    let loaded = read(folder, corpus);
    let graph = Graph::of(&loaded.quads);
    let mut ours = counts(&graph, &loaded);
    ours.retain(|_, count| *count != 0);
    let theirs = expected(&gold[corpus.name], corpus);
    let (of_letters, said) = letter_by_letter(folder, corpus, &graph);
    ours.extend(said);
    let mut wrong = Vec::new();
    for name in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
        let (ours, theirs) = (ours.get(name).unwrap_or(&0), theirs.get(name).unwrap_or(&0));
        if ours != theirs {
            wrong.push(format!("{name}: {ours} read, {theirs} expected"));
        }
    }
    wrong.extend(of_letters);
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} differ:\n{}", wrong.len(), wrong.join("\n")).into()) }
}

/// Numbers that the sources have and that identify nobody: one is too short, one too long. Those who have them are known by
/// their names.
const FAULTY: [&str; 2] = ["gnd:1187590", "geonames:29554715471"];

/// Every letter of a corpus against its line in the counts: what is wrong, and how often words of dates say more.
fn letter_by_letter(folder: &Path, corpus: &Corpus<'_>, graph: &Graph<'_>) -> (Vec<String>, BTreeMap<String, i64>) {
    let path = folder.join(format!("gold_letters/{}.jsonl.gz", corpus.name));
    let output = Command::new("gzip").arg("-dc").arg(&path).output().expect("gzip unpacks the letters");
    let text = String::from_utf8(output.stdout).expect("the letters are UTF-8");
    let (mut wrong, mut said) = (Vec::new(), BTreeMap::new());
    for line in text.lines() {
        let gold: Value = serde_json::from_str(line).expect("a line is JSON");
        let file = gold["file"].as_str().expect("a file");
        let file = file.strip_prefix(&format!("{}/", corpus.folder)).unwrap_or(file);
        let number = usize::try_from(gold["n"].as_u64().expect("a number")).expect("small");
        let source = format!("<{BASE}source/{file}>");
        let Some(letter) = graph.letters.get(&source).and_then(|letters| letters.get(number)) else {
            wrong.push(format!("{file} {number}: no such letter"));
            continue;
        };
        let ours = graph.letter(letter);
        for (what, ours, gold) in [
            ("senders", &ours.senders, &gold["s"]),
            ("recipients", &ours.recipients, &gold["r"]),
            ("places", &ours.places, &gold["p"]),
            ("received at", &ours.received_at, &gold["rp"]),
        ] {
            let is_faulty = |id: &Value| id.as_str().is_some_and(|id| FAULTY.contains(&id));
            let is_named = gold.as_array().is_some_and(|ids| ids.iter().any(is_faulty));
            if !same(ours, gold) && !is_named {
                wrong.push(format!("{file} {number}: {what}: {ours:?} read, {gold} expected"));
            }
        }
        let date = expected_date(&gold["date"]);
        // The counts have the attributes of dates only; what is read from their words is more.
        match words_say(ours.date.as_deref(), date.as_deref()) {
            _ if gold["form"] == "TEXTONLY" => {}
            Some("nothing else") => {}
            Some(more) => *said.entry(more.to_owned()).or_default() += 1,
            None => wrong.push(format!("{file} {number}: date: {:?} read, {date:?} expected", ours.date)),
        }
    }
    (wrong, said)
}

/// What the words of a date say beyond its attributes; nothing where the date is not that of the attributes.
fn words_say(ours: Option<&str>, attributes: Option<&str>) -> Option<&'static str> {
    let (Some(ours), Some(attributes)) = (ours, attributes) else {
        return (ours == attributes).then_some("nothing else");
    };
    if ours == attributes {
        return Some("nothing else");
    }
    if ours.replace(['?', '~', '%'], "") == attributes {
        return Some("dates that their words doubt");
    }
    let (read, of_attributes) = (Date::parse(ours).ok()?, Date::parse(attributes).ok()?);
    (read.holds(&of_attributes) && !of_attributes.holds(&read)).then_some("dates less exact in words")
}

/// Registers with a person or place in each file, and ids that are addresses.
fn registers_have_as_many_entries_as_files(folder: &Path) -> Result<(), Failed> {
    let project = "registers = [\"data/**/*.xml\"]";
    let corpus = Corpus { name: "syriaca-join", folder: "syriaca-join", project, differences: &[] };
    let loaded = read(folder, &corpus);
    for (kind, files) in [(Kind::Person, "data/persons/tei"), (Kind::Place, "data/places/tei")] {
        let files = fs::read_dir(folder.join(corpus.folder).join(files))?.count();
        let entries = loaded.corpus.records().authorities.iter().filter(|authority| authority.id.kind == kind).count();
        assert_eq!(entries, files, "{kind}");
    }
    assert!(!loaded.corpus.diagnostics().has_errors(), "{}", loaded.short());
    Ok(())
}

fn a_table_has_as_many_letters_as_rows(corpora: &Path, table: &(&'static str, &str, &str)) -> Result<(), Failed> {
    let (folder, file, rest) = *table;
    let project = &format!("tables = [\"{file}\"]\n{rest}");
    let loaded = read(corpora, &Corpus { name: folder, folder, project, differences: &[] });
    let letters: usize = Graph::of(&loaded.quads).letters.values().map(Vec::len).sum();
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_path(corpora.join(folder).join(file))?;
    let rows = rows.records().filter(|row| row.as_ref().expect("a row is UTF-8").iter().any(|cell| !cell.is_empty()));
    assert_eq!(letters, rows.count());
    assert!(!loaded.corpus.diagnostics().has_errors(), "{}", loaded.short());
    Ok(())
}
