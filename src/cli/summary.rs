//! What a command has found, in words.

use crate::cli::print::{number, shown};
use regesta::corpus::{
    Catalogue, Corpus, CoverageReport, Gone, Inventory, Joins, OfKind, Proposals, StoredQuery, UnusedReport,
    Verification,
};
use std::path::Path;

/// What is said about problems that are not shown.
pub(super) fn silenced(corpus: &Corpus) -> Vec<String> {
    let (accepted, off) = corpus.count_silenced();
    let accepted =
        (accepted > 0).then(|| format!("{} accepted in the sources, with a reason", number(accepted, "problem")));
    let off = (off > 0).then(|| format!("{} of sorts that regesta.toml switches off", number(off, "problem")));
    accepted.into_iter().chain(off).collect()
}

/// What a corpus holds.
pub(super) fn inventory(inventory: &Inventory) -> Vec<String> {
    let mut lines = vec![number(inventory.documents, "document")];
    let authorities: Vec<String> = inventory.kinds().map(|(kind, count)| number(count, kind)).collect();
    let annotations: Vec<String> =
        inventory.annotations.iter().map(|(kind, count)| number(*count, &kind.replace('-', " "))).collect();
    lines.extend([authorities, annotations].into_iter().filter(|list| !list.is_empty()).map(|list| list.join(", ")));
    if inventory.claims > 0 {
        let contents = number(inventory.contents, "coded content");
        lines.push(format!("{} with {contents}", number(inventory.claims, "claim")));
    }
    lines
}

/// The most elements and attributes that are shown; the report of a build has all.
const SHOWN: usize = 12;

/// What was read of the letters of a corpus, and of each corpus of a joint project with its name.
pub(super) fn coverage(reports: &[(Option<String>, CoverageReport)]) -> Vec<String> {
    let lines = reports.iter().flat_map(|(name, report)| {
        let before = name.as_ref().map_or_else(String::new, |name| format!("{name}: "));
        coverage_of(report).into_iter().map(move |line| format!("{before}{line}"))
    });
    lines.collect()
}

fn coverage_of(report: &CoverageReport) -> Vec<String> {
    let by_heading = report.columns_by_heading.iter();
    let mut lines: Vec<String> =
        by_heading.map(|(path, meant)| format!("{path}: by their headings, {}", meant.join(", "))).collect();
    if report.letters > 0 {
        let without = [
            (report.letters_without_sender, "sender"),
            (report.letters_without_recipient, "recipient"),
            (report.letters_without_date, "date"),
            (report.letters_without_place, "place"),
        ];
        let without = without.iter().filter(|(count, _)| *count > 0);
        let without: Vec<String> = without.map(|(count, what)| format!("{count} without {what}")).collect();
        let without = if without.is_empty() { String::new() } else { format!(": {}", without.join(", ")) };
        lines.push(format!("{} in the formats of others{without}", number(report.letters, "letter")));
    }
    if report.dates_in_words > 0 {
        lines.push(format!("{} with words only, no day to compare", number(report.dates_in_words, "date")));
    }
    lines.extend(unused(&report.unused));
    if !report.files_left_out.is_empty() {
        lines.push(format!("{} left out", number(report.files_left_out.len(), "file")));
    }
    lines
}

fn unused(unused: &[UnusedReport]) -> Vec<String> {
    if unused.is_empty() {
        return Vec::new();
    }
    let all: usize = unused.iter().map(|unused| unused.count).sum();
    let mut lines =
        vec![format!("{} of {} met and not used:", number(all, "occurrence"), number(unused.len(), "kind"))];
    let shown = unused.iter().take(SHOWN);
    lines.extend(shown.map(|unused| format!("  {:>7}  {}  ({})", unused.count, unused.name, unused.example)));
    if let Some(more) = unused.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        lines.push(format!("           and {more} more; regesta build lists all in report.json"));
    }
    lines
}

/// What is said about the ranges of texts that are outside the folder.
pub(super) fn verified(verification: Verification, looked: bool) -> Vec<String> {
    let mut lines = Vec::new();
    if verification.verified > 0 {
        lines.push(format!("{} of texts outside the folder verified", number(verification.verified, "range")));
    }
    if verification.unverified > 0 {
        let ranges = number(verification.unverified, "range");
        let why = if looked { "their texts were not found" } else { "name their folder with --texts" };
        lines.push(format!("{ranges} of texts outside the folder not verified: {why}"));
    }
    lines
}

/// The stored queries, each with its parameters and what it asks.
pub(super) fn catalogue(catalogue: &Catalogue) -> String {
    let line = |query: &StoredQuery| {
        let optional = |required| if required { "" } else { "?" };
        let parameters = query.parameters.iter();
        let parameters: String =
            parameters.map(|parameter| format!(" {}{}", parameter.name, optional(parameter.required))).collect();
        format!("{}{parameters}\n    {}\n", query.name, query.summary)
    };
    catalogue.iter().map(line).collect()
}

/// What was proposed, and where it is.
pub(super) fn proposals(proposals: &Proposals) -> String {
    let Proposals { by_identifier, by_name, accepted, unclear, beyond, most, path, rows, .. } = proposals;
    let mut text = format!(
        "{} by identifier, {by_name} by name: {accepted} accepted{}\n",
        number(*by_identifier, "candidate"),
        rows_in(*rows, path)
    );
    if *unclear > 0 {
        let things = number(*unclear, "thing");
        text.push_str(&format!(
            "{things} of a name that several things have, or like others: a lower --threshold shows what they may be\n"
        ));
    }
    if *beyond > 0 {
        let candidates = number(*beyond, "candidate");
        text.push_str(&format!("{candidates} left out, of things that have {most} already: --most proposes more\n"));
    }
    text
}

/// How many rows there are in a mapping file; nothing where there is no file.
pub(super) fn rows_in(rows: usize, path: &Path) -> String {
    if rows == 0 { String::new() } else { format!(", {} in {}", number(rows, "row"), shown(path).display()) }
}

/// The report of one dataset for people.
pub(super) fn joins(report: &Joins, corpus: &Corpus) -> String {
    let mut text = format!("{}: {}\n", report.dataset, number(report.things, "thing"));
    // Letters are joined with a list of others only.
    let is_worth_a_line = |kind: &&str, count: &OfKind| *kind != "document" || count.joined + count.waiting > 0;
    for (kind, count) in report.kinds.iter().filter(|(kind, count)| is_worth_a_line(kind, count)) {
        let grounds: Vec<String> =
            count.grounds.iter().map(|(ground, count)| format!("{count} by {}", spoken(ground))).collect();
        let links: usize = count.grounds.values().sum();
        // A thing can be linked to several of one dataset.
        let links = if links > count.joined { format!("{}: ", number(links, "link")) } else { String::new() };
        let grounds = if grounds.is_empty() { String::new() } else { format!(" ({links}{})", grounds.join(", ")) };
        let undecided = if count.undecided == 0 { String::new() } else { format!(", {} undecided", count.undecided) };
        text.push_str(&format!(
            "  {}: {} joined{grounds}, {} waiting with {}{undecided}, {} unjoined\n",
            number(count.things, kind),
            count.joined,
            count.waiting,
            number(count.candidates, "candidate"),
            count.unjoined
        ));
    }
    gone(&report.gone, corpus).iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text
}

/// What the grounds of a link are called: justifications by the names that they have in the Semantic Mapping Vocabulary.
const GROUNDS: &[(&str, &str)] = &[
    ("BackgroundKnowledgeBasedMatching", "shared identifier"),
    ("LexicalMatching", "name"),
    ("CompositeMatching", "name and more"),
    ("ManualMappingCuration", "hand"),
    ("MappingReview", "hand"),
];

fn spoken(ground: &str) -> &str {
    GROUNDS.iter().find(|(known, _)| *known == ground).map_or(ground, |(_, words)| words)
}

/// What the corpus is linked to and is no longer there as it was.
pub(super) fn gone(gone: &[Gone], corpus: &Corpus) -> Vec<String> {
    let line = |gone: &Gone| {
        let what = match (&gone.merged_into, gone.was_described) {
            (Some(into), _) => format!("has been merged into {into}"),
            (None, true) => "is no longer described, though it was when the dataset was locked before".to_owned(),
            (None, false) => "is not described".to_owned(),
        };
        format!("  {} is linked to {}, which {what}", corpus.id_of(&gone.ours), gone.theirs)
    };
    gone.iter().map(line).collect()
}
