//! Stored queries over letters that are made by a rule: what each must answer follows from the rule, not from the
//! program.

use crate::support::load;
use regesta::corpus::{AnswerFormat, embedded_queries};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How many letters are made.
const LETTERS: usize = 4000;
const BASE: &str = "https://example.org/g/";

/// The sender, the recipient and the place of a letter, by their numbers.
fn parties(number: usize) -> (usize, usize, usize) {
    (number % 7, 10 + number % 11, number % 5)
}

/// The day that a letter was sent on; one in nine is only known by its year.
fn date(number: usize) -> String {
    let year = 1700 + number % 100;
    if number.is_multiple_of(9) {
        year.to_string()
    } else {
        format!("{year}-{:02}-{:02}", 1 + number % 12, 1 + number % 28)
    }
}

/// The letter that a letter answers, where it answers one.
fn answered(number: usize) -> Option<usize> {
    number.is_multiple_of(3).then_some(number / 3)
}

fn write(folder: &Path) {
    fs::write(
        folder.join("regesta.toml"),
        format!("title = \"G\"\nbase = \"{BASE}\"\nlanguage = \"en\"\n\n[sources]\ntables = [\"g.csv\"]\n"),
    )
    .expect("a file can be written");
    let mut table = String::from("key,sender,sender_viaf,from_name,from_geo,date,recipient,recipient_viaf,reply_to\n");
    for number in 1..=LETTERS {
        let (sender, recipient, place) = parties(number);
        let answered = answered(number).map_or_else(String::new, |answered| answered.to_string());
        let second = if number.is_multiple_of(50) { (";S 99", ";10000099") } else { ("", "") };
        writeln!(
            table,
            "{number},S {sender}{},100000{sender:02}{},P {place},{},{},R {recipient},100000{recipient},{answered}",
            second.0,
            second.1,
            2_800_000 + place,
            date(number),
        )
        .expect("memory takes it");
    }
    fs::write(folder.join("g.csv"), table).expect("a file can be written");
}

/// The rows of an answer: of each, the letter's number and one more column.
type Rows = BTreeSet<(usize, String)>;

fn letters(which: impl Fn(usize) -> bool, other: impl Fn(usize) -> String) -> Rows {
    (1..=LETTERS).filter(|number| which(*number)).map(|number| (number, other(number))).collect()
}

/// A query, what it is told, the column that is looked at, and what it must answer.
struct Case {
    name: &'static str,
    parameters: Vec<(String, String)>,
    column: &'static str,
    expected: Rows,
}

fn case(name: &'static str, parameters: &[(&str, &str)], column: &'static str, expected: Rows) -> Case {
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Case { name, parameters, column, expected }
}

fn agent(number: usize) -> String {
    format!("{BASE}agent/viaf-100000{number:02}#it")
}

fn last(number: usize) -> String {
    let date = date(number);
    if date.len() == 4 { format!("{date}-12-31") } else { date }
}

fn first(number: usize) -> String {
    let date = date(number);
    if date.len() == 4 { format!("{date}-01-01") } else { date }
}

fn messages() -> Vec<Case> {
    let (a, b) = (agent(3), agent(14));
    let between = |number: usize| parties(number).0 == 3 && parties(number).1 == 14;
    let within = |number: usize| last(number).as_str() >= "1710-06-01" && first(number).as_str() <= "1740-06-30";
    vec![
        case("messages-between", &[("a", &a), ("b", &b)], "date", letters(between, date)),
        case(
            "messages-between",
            &[("a", &b), ("b", &a), ("from", "1710-06-01"), ("to", "1740-06-30")],
            "date",
            letters(|number| between(number) && within(number), date),
        ),
    ]
}

fn dates() -> Vec<Case> {
    let touches = |number: usize| last(number).as_str() >= "1750-02-01" && first(number).as_str() <= "1751-02-10";
    let standing = |number: usize| {
        let inside = first(number).as_str() >= "1750-02-01" && last(number).as_str() <= "1751-02-10";
        (if inside { "certain" } else { "possible" }).to_owned()
    };
    let period = [("from", "1750-02-01"), ("to", "1751-02-10")];
    vec![
        case("documents-in-period", &period, "fit", letters(touches, standing)),
        case("dates-that-differ", &[], "", Rows::new()),
    ]
}

fn others() -> Vec<Case> {
    let nothing = |_: usize| String::new();
    let answers: BTreeSet<usize> = (1..=LETTERS).filter_map(answered).collect();
    let unanswered = |number: usize| !answers.contains(&number);
    // A chain goes up from the letter to what it answers, and down to what answers it, three steps each.
    let chain = |number: usize| std::iter::successors(Some(number), |number| answered(*number)).take(4);
    let above: BTreeSet<usize> = chain(18).collect();
    let below = |number: usize| chain(number).any(|up| up == 18);
    let letter = format!("{BASE}document/g-18#it");
    let (a, b) = (agent(3), agent(14));
    vec![
        case(
            "unanswered-between",
            &[("sender", &a), ("addressee", &b)],
            "",
            letters(|number| unanswered(number) && parties(number).0 == 3 && parties(number).1 == 14, nothing),
        ),
        case(
            "reply-tree",
            &[("document", &letter)],
            "date",
            letters(|number| above.contains(&number) || below(number), date),
        ),
        case(
            "several-correspondents",
            &[("part", "schema:sender")],
            "number",
            letters(|number| number.is_multiple_of(50), |_| "2".to_owned()),
        ),
        case(
            "route-of-message",
            &[("document", &letter)],
            "step",
            BTreeSet::from([(0, "sent".to_owned()), (0, "received".to_owned())]),
        ),
    ]
}

#[test]
fn stored_queries_answer_what_the_rule_says() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path());
    let loaded = load(folder.path(), None);
    assert_eq!(loaded.short(), "");
    let graph = loaded.graph();
    let catalogue = embedded_queries();
    for Case { name, parameters, column, expected } in messages().into_iter().chain(dates()).chain(others()) {
        let query = catalogue.find(name).expect("the query is stored");
        let mut bytes = Vec::new();
        let format = AnswerFormat::find("csv", 0).expect("it is one");
        graph.ask(query, parameters.clone(), format, &mut bytes).expect("the query can be evaluated");
        let answer = rows(&bytes, column);
        assert_eq!(answer.len(), expected.len(), "{name} {parameters:?}");
        assert_eq!(answer, expected, "{name} {parameters:?}");
    }
}

/// The numbers of the letters of an answer with the values of a column.
fn rows(bytes: &[u8], column: &str) -> Rows {
    let mut reader = csv::Reader::from_reader(bytes);
    let headings = reader.headers().expect("an answer has headings").clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name);
    let rows = reader.records().map(|row| {
        let row = row.expect("an answer is CSV");
        let letter = at("document").map_or("", |at| &row[at]);
        let number = letter.rsplit("/g-").next().and_then(|number| number.strip_suffix("#it"));
        let number = number.and_then(|number| number.parse().ok()).unwrap_or(0);
        (number, at(column).map_or_else(String::new, |at| row[at].to_owned()))
    });
    rows.collect()
}
