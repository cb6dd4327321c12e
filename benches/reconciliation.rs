//! How well candidates by name are found: precision and recall at every threshold, over real places and persons whose
//! identifiers are hidden and then compared.
//!
//! ```sh
//! cargo bench --bench reconciliation -- FOLDER
//! ```
//!
//! The places are those of `tests/joins`. The folder holds `csstorage-cmif`, `dehmel`, `cmif-spener` and `cmif-moritz`; it
//! is `../shared/corpora` unless it is named, and without it only the places are compared. The plot is written to
//! `benches/reconciliation.svg`.

mod common;

use oxigraph::model::{Literal, NamedNode, Quad};
use regesta::corpus::{Corpus, Options};
use regesta::diagnostic::Diagnostics;
use regesta::graph::{Sink, Statement};
use regesta::model::Kind;
use regesta::reconcile::{CandidateLimits, CandidateQuestion, Entities, Entity, Gatherer};
use regesta::vocabulary::{rdf, schema, skos};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};

const BASE: &str = "https://example.org/ours/";

fn main() {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let folder = named.map_or_else(|| PathBuf::from("../shared/corpora"), PathBuf::from);
    let mut curves = Vec::new();
    let places = pleiades();
    for (title, names) in
        [("places by the dataset's own titles", &places.titles), ("places by modern names", &places.modern)]
    {
        let (questions, answers) = names;
        curves.push(measure(title, &[(questions.clone(), places.all.clone(), answers.clone())]));
    }
    if !folder.is_dir() {
        println!("there is no folder {}: no editions to compare, and no plot", folder.display());
        return;
    }
    curves.push(measure("correspondents of editions", &editions(&folder)));
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/reconciliation.svg");
    fs::write(&target, plot(&curves)).expect("the plot can be written");
    println!("the plot is {}", target.display());
}

/// Names by a key of a thing, and which keys mean one thing on both sides.
type Names = BTreeMap<String, Vec<String>>;
type Answers = BTreeSet<(String, String)>;
type Case = (Names, Names, Answers);

struct Places {
    all: Names,
    titles: (Names, Answers),
    modern: (Names, Answers),
}

/// The places of Pleiades, and those that have an identifier of GeoNames: by their title, and by the name that the
/// address of GeoNames ends with.
fn pleiades() -> Places {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/joins");
    let project = "title = \"P\"\nbase = \"https://example.org/p/\"\nlanguage = \"en\"\n[[dataset]]\nname = \"pleiades\"\n\
                   file = \"pleiades.json\"\nformat = \"pleiades\"\nlicence = \"https://creativecommons.org/licenses/by/3.0/\"\n";
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("regesta.toml"), project).expect("a file can be written");
    fs::copy(fixture.join("pleiades.json"), folder.path().join("pleiades.json")).expect("it can be copied");
    let mut corpus = Corpus::open(Some(folder.path())).expect("there is a project file");
    let things = corpus.things_of_dataset("pleiades", &Options::default()).expect("memory takes it");
    let things = things.expect("the dataset can be read");
    // The title of a place is the first of its names.
    let names = |entity: &Entity| entity.names.iter().map(ToString::to_string).collect();
    let all: Names = things.list.iter().map(|entity| (entity.iri.to_string(), names(entity))).collect();
    let (mut titles, mut modern) = ((Names::new(), Answers::new()), (Names::new(), Answers::new()));
    for row in csv::Reader::from_path(fixture.join("geonames.csv")).expect("the pairs are there").into_records() {
        let row = row.expect("the pairs are a table");
        let (id, name, place) = (&row[0], &row[1], &row[2]);
        // Two places can share an id, so that the title is asked for each.
        let key = format!("{id}-{}", place.rsplit('/').next().unwrap_or_default());
        titles.0.insert(key.clone(), vec![all[place][0].clone()]);
        titles.1.insert((key, place.to_owned()));
        if !name.is_empty() {
            modern.0.insert(id.to_owned(), vec![name.to_owned()]);
            modern.1.insert((id.to_owned(), place.to_owned()));
        }
    }
    Places { all, titles, modern }
}

/// The correspondents of each edition, against those of all others together.
fn editions(folder: &Path) -> Vec<Case> {
    let mut files: Vec<PathBuf> = Vec::new();
    for name in ["csstorage-cmif", "dehmel", "cmif-spener", "cmif-moritz"] {
        let walk = walkdir::WalkDir::new(folder.join(name)).sort_by_file_name().into_iter().filter_map(Result::ok);
        let is_list = |path: &Path| path.extension().is_some_and(|ending| ending == "xml" || ending == "csv");
        // The same letters as in the list beside it.
        let again = |path: &Path| path.ends_with("cmif-spener/letters.csv");
        files.extend(
            walk.map(walkdir::DirEntry::into_path).filter(|path| path.is_file() && is_list(path) && !again(path)),
        );
    }
    let registers: Vec<Names> = files.iter().map(|file| register(file)).filter(|names| !names.is_empty()).collect();
    println!("{} editions have correspondents with an identifier of the GND", registers.len());
    let mut cases = Vec::new();
    for (at, ours) in registers.iter().enumerate() {
        let mut theirs = Names::new();
        for (_, others) in registers.iter().enumerate().filter(|(other, _)| *other != at) {
            for (id, names) in others {
                let known = theirs.entry(id.clone()).or_default();
                names
                    .iter()
                    .filter(|name| !known.contains(name))
                    .cloned()
                    .collect::<Vec<_>>()
                    .into_iter()
                    .for_each(|name| known.push(name));
            }
        }
        let answers = ours.keys().filter(|id| theirs.contains_key(*id)).map(|id| (id.clone(), id.clone())).collect();
        cases.push((ours.clone(), theirs, answers));
    }
    cases
}

/// The names of the correspondents of one edition who have an identifier of the GND, by that.
fn register(file: &Path) -> Names {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (kind, name) =
        if file.extension().is_some_and(|ending| ending == "csv") { ("tables", "l.csv") } else { ("cmif", "l.xml") };
    fs::copy(file, folder.path().join(name)).expect("it can be copied");
    let project = format!(
        "title = \"E\"\nbase = \"https://example.org/e/\"\nlanguage = \"de\"\n[sources]\n{kind} = [\"{name}\"]\n"
    );
    fs::write(folder.path().join("regesta.toml"), project).expect("a file can be written");
    let kinds = [Kind::Person, Kind::Agent].map(|kind| format!("https://example.org/e/{kind}/")).to_vec();
    let (gatherer, _) = common::sent(folder.path(), 1, Gatherer::of(kinds));
    let mut names = Names::new();
    for entity in gatherer.finish().list {
        let Some((_, id)) = entity.iri.split_once("/gnd-") else { continue };
        let known = names.entry(id.trim_end_matches("#it").to_owned()).or_default();
        known.extend(entity.names.iter().map(ToString::to_string));
    }
    names
}

/// Things that have a name and nothing else.
fn named(names: &Names, base: &str, kind: Kind) -> Entities {
    let mut gatherer = Gatherer::default();
    let class = if kind == Kind::Place { schema::PLACE } else { schema::PERSON };
    for (number, of_thing) in names.values().enumerate() {
        let subject = NamedNode::new_unchecked(format!("{base}{kind}/{number:06}#it"));
        let graph = NamedNode::new_unchecked(base);
        let mut put = |quad: Quad| {
            gatherer.statement(Statement { quad: quad.as_ref(), span: None, shared: false }).expect("memory takes it");
        };
        put(Quad::new(subject.clone(), rdf::TYPE, class, graph.clone()));
        for (at, name) in of_thing.iter().enumerate() {
            let property = if at == 0 { skos::PREF_LABEL } else { skos::ALT_LABEL };
            put(Quad::new(subject.clone(), property, Literal::new_simple_literal(name), graph.clone()));
        }
    }
    gatherer.finish()
}

/// What was right and what was not at each threshold, in hundredths.
struct Curve {
    title: &'static str,
    points: Vec<(usize, f64, f64)>,
}

fn measure(title: &'static str, cases: &[Case]) -> Curve {
    let mut scored: Vec<(f64, bool)> = Vec::new();
    let mut wanted = 0;
    let show = std::env::var_os("SHOW").is_some();
    for (ours, theirs, answers) in cases {
        let names = (ours, theirs);
        let kind = if title.starts_with("places") { Kind::Place } else { Kind::Person };
        let (our_keys, their_keys): (Vec<&String>, Vec<&String>) = (ours.keys().collect(), theirs.keys().collect());
        let (ours, theirs) = (named(ours, BASE, kind), named(theirs, "https://example.org/theirs/", kind));
        let limits = CandidateLimits { threshold: 0.3, ..CandidateLimits::of(&[kind]) };
        let question = CandidateQuestion {
            ours: &ours,
            kinds: &[kind],
            bases: &[BASE],
            theirs: &theirs,
            proposed: &BTreeSet::new(),
            rejected: &BTreeSet::new(),
            limits,
            threads: NonZero::<usize>::MIN,
        };
        let key = |keys: &[&String], iri: &str| {
            let number: String = iri.chars().filter(char::is_ascii_digit).collect();
            keys[number.parse::<usize>().expect("IRIs are numbered")].clone()
        };
        wanted += answers.len();
        let mut missed = answers.clone();
        for candidate in question.candidates(&mut Diagnostics::default()).candidates {
            let pair = (key(&our_keys, &candidate.ours), key(&their_keys, &candidate.theirs));
            let right = answers.contains(&pair);
            missed.remove(&pair);
            if show && ((candidate.score.total > 0.6 && candidate.score.total < 0.85) || !right) {
                println!(
                    "{} {:.3} {} = {}: {}",
                    if right { "right" } else { "WRONG" },
                    candidate.score.total,
                    candidate.our_name,
                    candidate.their_name,
                    candidate.score
                );
            }
            scored.push((candidate.score.total, right));
        }
        if show {
            for (our, their) in &missed {
                println!("missed {our} {:?} = {:?}", names.0.get(our), names.1.get(their));
            }
        }
    }
    println!(
        "\n{title}: {wanted} true pairs\n\n| threshold | candidates | right | precision | recall |\n|---|---|---|---|---|"
    );
    let mut points = Vec::new();
    for hundredths in (50..=98).step_by(2).chain([85, 95, 99]).collect::<BTreeSet<_>>() {
        let above = || scored.iter().filter(|(score, _)| *score * 100.0 >= hundredths as f64 - 1e-9);
        let (all, right) = (above().count(), above().filter(|(_, right)| *right).count());
        let (precision, recall) = (right as f64 / (all.max(1)) as f64, right as f64 / wanted as f64);
        println!("| 0.{hundredths} | {all} | {right} | {precision:.3} | {recall:.3} |");
        points.push((hundredths, precision, recall));
    }
    Curve { title, points }
}

/// Precision and recall over the threshold, one panel a set.
fn plot(curves: &[Curve]) -> String {
    const WIDTH: f64 = 260.0;
    const HEIGHT: f64 = 180.0;
    const GAP: f64 = 50.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"260\" font-family=\"sans-serif\" font-size=\"11\">\n",
        curves.len() as f64 * (WIDTH + GAP) + GAP
    );
    for (number, curve) in curves.iter().enumerate() {
        let left = GAP + number as f64 * (WIDTH + GAP);
        let place = |hundredths: usize, value: f64| {
            (left + (hundredths as f64 - 50.0) / 49.0 * WIDTH, 30.0 + (1.0 - value) * HEIGHT)
        };
        let _ = writeln!(svg, "<text x=\"{left}\" y=\"18\">{}</text>", curve.title);
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"30\" width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"none\" stroke=\"#999\"/>"
        );
        for tenth in 0..=4 {
            let value = f64::from(tenth) / 4.0;
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{value:.2}</text>",
                left - 4.0,
                place(50, value).1 + 4.0
            );
        }
        for hundredths in [50, 60, 70, 80, 90, 99] {
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">0.{hundredths}</text>",
                place(hundredths, 0.0).0,
                30.0 + HEIGHT + 15.0
            );
        }
        for (colour, name, of) in [("#1b6ca8", "precision", 0), ("#b5541c", "recall", 1)] {
            let line: Vec<String> = curve
                .points
                .iter()
                .map(|(hundredths, precision, recall)| {
                    let (x, y) = place(*hundredths, if of == 0 { *precision } else { *recall });
                    format!("{x:.1},{y:.1}")
                })
                .collect();
            let _ = writeln!(
                svg,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                line.join(" ")
            );
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" fill=\"{colour}\">{name}</text>",
                left + 8.0,
                30.0 + HEIGHT - 24.0 + 14.0 * f64::from(of)
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}
