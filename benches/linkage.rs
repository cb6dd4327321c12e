//! Ten thousand local names against a million candidates: time, memory, and how many are found and right.
//!
//! ```sh
//! cargo bench --bench linkage [-- FOLDER]
//! ```
//!
//! The data are made: persons with names of syllables, of whom most have years of birth and death; four in five of the
//! local ones are among the candidates, half of these spelt otherwise. They are left in `FOLDER` as two tables, if it is
//! named, for `benches/linkage.py`, which does the same with Splink. The kernel tells the memory, so this works on Linux.

mod common;

use common::processor_time;
use regesta::corpus::{Corpus, Options};
use regesta::diagnostic::Diagnostics;
use regesta::model::Kind;
use regesta::reconcile::{Candidate, CandidateLimits, CandidateQuestion};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::Instant;

const CANDIDATES: usize = 1_000_000;
const NAMES: usize = 10_000;
const BASE: &str = "https://example.org/b/";

fn main() {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = named.map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    fs::create_dir_all(&folder).expect("a folder can be made");
    let truth = write_data(&folder);
    let (before, clock) = (processor_time(), Instant::now());
    let ours = entities(&folder, "ours");
    let theirs = entities(&folder, "theirs");
    let read = processor_time();
    let question = CandidateQuestion {
        ours: &ours,
        kinds: &[Kind::Person],
        bases: &[BASE],
        theirs: &theirs,
        proposed: &BTreeSet::new(),
        rejected: &BTreeSet::new(),
        limits: CandidateLimits::of(&[Kind::Person]),
        threads: NonZero::new(2).expect("two is not zero"),
    };
    let candidates = question.candidates(&mut Diagnostics::default()).candidates;
    let after = processor_time();
    println!("{NAMES} names, {} candidates", theirs.list.len());
    println!(
        "processor time {:.1} s: {:.1} to read, {:.1} to compare",
        seconds(after - before),
        seconds(read - before),
        seconds(after - read)
    );
    println!("on the clock {:.1} s with two threads, at most {} MiB", clock.elapsed().as_secs_f64(), peak());
    println!("\n| threshold | proposed | right | precision | recall |\n|---|---|---|---|---|");
    for hundredths in [80, 85, 90, 95] {
        let above = |candidate: &&Candidate| candidate.score.total * 100.0 >= f64::from(hundredths) - 1e-9;
        let number = |iri: &str| iri.chars().filter(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
        let right =
            |candidate: &&Candidate| number(&candidate.ours).and_then(|ours| truth[ours]) == number(&candidate.theirs);
        let all = candidates.iter().filter(above).count();
        let right = candidates.iter().filter(above).filter(right).count();
        let wanted = truth.iter().flatten().count();
        let (precision, recall) = (right as f64 / all as f64, right as f64 / wanted as f64);
        println!("| 0.{hundredths} | {all} | {right} | {precision:.3} | {recall:.3} |");
    }
}

fn seconds(time: std::time::Duration) -> f64 {
    time.as_secs_f64()
}

/// The most memory that this process has had, in MiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("this is Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel tells the peak");
    peak.trim().trim_end_matches(" kB").parse::<u64>().expect("it is a number") / 1024
}

/// The things of one of the tables, mounted as a dataset.
fn entities(folder: &Path, table: &str) -> regesta::reconcile::Entities {
    let project = format!(
        // The local things are below the corpus's base, which a dataset's are not: here they are of another corpus.
        "title = \"B\"\nbase = \"https://example.org/other/\"\nlanguage = \"en\"\n[[dataset]]\nname = \"{table}\"\nfile = \"{table}.csv\"\n\
         licence = \"https://creativecommons.org/publicdomain/zero/1.0/\"\nkind = \"person\"\nbase = \"{}\"\n[dataset.columns]\n\
         id = \"id\"\nname = \"name\"\nother-names = \"other\"\nborn = \"born\"\ndied = \"died\"\n",
        if table == "ours" { format!("{BASE}person/") } else { "https://theirs.example/person/".to_owned() }
    );
    fs::write(folder.join("regesta.toml"), project).expect("a file can be written");
    let mut corpus = Corpus::open(Some(folder)).expect("there is a project file");
    let things = corpus.things_of_dataset(table, &Options::default()).expect("memory takes it");
    assert!(!corpus.has_errors(), "{:?}", corpus.diagnostics().sorted(corpus.sources()));
    things.expect("the dataset can be read")
}

/// Numbers that look like chance and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// The small ones far more often: few names are the names of many.
    fn uneven(&mut self, limit: usize) -> usize {
        let chance = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((limit as f64) * chance * chance) as usize
    }
}

const SYLLABLES: [&str; 40] = [
    "al", "bar", "ber", "bran", "dal", "den", "dorf", "eck", "ell", "fal", "fen", "gar", "ger", "hal", "hem", "hol",
    "kam", "ker", "land", "len", "lin", "mar", "mer", "nau", "nor", "ost", "pel", "quist", "ran", "ros", "sal", "sen",
    "stein", "tal", "ten", "ul", "ven", "wal", "wen", "zel",
];

/// A word that a number stands for.
fn word(number: usize, syllables: usize) -> String {
    let mut rest = number;
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word[..1].to_uppercase() + &word[1..]
}

struct Person {
    family: String,
    given: String,
    born: Option<usize>,
    died: Option<usize>,
}

impl Person {
    fn made(numbers: &mut Numbers) -> Self {
        let family = word(numbers.uneven(64_000), 3);
        let first = word(numbers.uneven(400), 2);
        let given = if numbers.below(2) == 0 { first } else { format!("{first} {}", word(numbers.uneven(400), 2)) };
        let year = 1500 + numbers.below(400);
        let (born, died) = (numbers.below(10) < 7, numbers.below(10) < 6);
        Self { family, given, born: born.then_some(year), died: died.then_some(year + 20 + numbers.below(65)) }
    }

    fn row(&self, number: usize, name: &str) -> String {
        let year = |year: Option<usize>| year.map_or_else(String::new, |year| year.to_string());
        format!("{number},\"{name}\",,{},{}\n", year(self.born), year(self.died))
    }

    fn name(&self) -> String {
        format!("{}, {}", self.family, self.given)
    }

    /// The name as another edition has it.
    fn other_name(&self, numbers: &mut Numbers) -> String {
        match numbers.below(10) {
            0..=4 => self.name(),
            5 => format!("{} {}", self.given, self.family),
            6 => {
                let initials: Vec<String> = self.given.split(' ').map(|name| format!("{}.", &name[..1])).collect();
                format!("{}, {}", self.family, initials.join(" "))
            }
            7 => {
                let at = 1 + numbers.below(self.family.len() - 1);
                format!("{}{}, {}", &self.family[..at], &self.family[at + 1..], self.given)
            }
            8 => {
                let at = 1 + numbers.below(self.family.len() - 1);
                format!(
                    "{}{}{}, {}",
                    &self.family[..at],
                    ["a", "e", "h", "n"][numbers.below(4)],
                    &self.family[at..],
                    self.given
                )
            }
            _ => format!("{}, {}", self.family, self.given.split(' ').next().unwrap_or_default()),
        }
    }
}

/// Writes both tables; for each local name, the candidate that is meant.
fn write_data(folder: &Path) -> Vec<Option<usize>> {
    let mut numbers = Numbers(5);
    let persons: Vec<Person> = (0..CANDIDATES).map(|_| Person::made(&mut numbers)).collect();
    let mut table = String::from("id,name,other,born,died\n");
    persons.iter().enumerate().for_each(|(number, person)| table.push_str(&person.row(number, &person.name())));
    fs::write(folder.join("theirs.csv"), &table).expect("a file can be written");
    let mut truth = Vec::new();
    table.truncate("id,name,other,born,died\n".len());
    for number in 0..NAMES {
        let meant = (numbers.below(5) > 0).then(|| numbers.below(CANDIDATES));
        let stranger = Person::made(&mut numbers);
        let person = meant.map_or(&stranger, |meant| &persons[meant]);
        let (born, died) = (numbers.below(10) < 8, numbers.below(10) < 8);
        let known = Person {
            family: person.family.clone(),
            given: person.given.clone(),
            born: person.born.filter(|_| born),
            died: person.died.filter(|_| died),
        };
        // As an id of the corpus ends.
        let name = person.other_name(&mut numbers);
        let row = known.row(number, &name);
        let row = row.split_once(',').map(|(_, rest)| rest).unwrap_or_default();
        write!(table, "{number}#it,{row}").expect("memory takes it");
        truth.push(meant);
    }
    fs::write(folder.join("ours.csv"), table).expect("a file can be written");
    let pairs: String =
        truth.iter().enumerate().filter_map(|(ours, theirs)| Some(format!("{ours}#it,{}\n", (*theirs)?))).collect();
    fs::write(folder.join("truth.csv"), format!("ours,theirs\n{pairs}")).expect("a file can be written");
    truth
}
