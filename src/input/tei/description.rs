//! What a letter is about, and what the thing is like that it was written on: keywords, abstracts, `physDesc`.

use crate::input::tei::divisions::{Division, Divisions};
use crate::input::tei::notes::notes_of;
use crate::input::xml::Element;
use crate::model::Document;
use std::collections::HashSet;

/// Reads the keywords and abstracts of a header, and how it describes the manuscript.
pub(super) fn header(header: Element<'_>, document: &mut Document) {
    let profile = || header.children_named("profileDesc");
    let mut known: HashSet<String> = document.keywords.iter().cloned().collect();
    for list in profile().flat_map(|profile| profile.children_named("textClass")) {
        for keywords in list.children_named("keywords") {
            let is_term = |element: &Element<'_>| matches!(element.name(), "term" | "item") && !holds_term(*element);
            for term in keywords.descendants().filter(is_term) {
                let words = term.mark_parents_used().words();
                if !words.is_empty() && known.insert(words.clone()) {
                    document.keywords.push(words);
                }
            }
        }
    }
    for summary in profile().flat_map(|profile| profile.children_named("abstract")) {
        add_summary(document, summary);
    }
    let Some(file) = header.children_named("fileDesc").next() else { return };
    for notes in file.children_named("notesStmt") {
        notes_of(notes).filter(|note| is_summary(*note)).for_each(|note| add_summary(document, note));
    }
    for source in file.children_named("sourceDesc") {
        source.descendants().filter(|part| part.name() == "summary").for_each(|summary| add_summary(document, summary));
        let physical = source.descendants().find(|part| part.name() == "physDesc");
        document.physical = document.physical.take().or(physical.and_then(physical_description));
    }
}

/// Reads the summaries that the editor puts before, after or beside the text.
pub(super) fn text(text: Element<'_>, document: &mut Document) {
    let mut divisions = Divisions::default();
    let parts = text.descendants().filter(|part| divisions.of(*part) == Division::Summary);
    parts.for_each(|part| add_summary(document, part));
}

/// Whether a note or a part of a text sums up the letter, by the word of its type.
pub(super) fn is_summary(element: Element<'_>) -> bool {
    let word = element.unmarked("type").unwrap_or_default().to_lowercase();
    ["summary", "abstract", "regest", "synopsis"].iter().any(|first| word.starts_with(first))
}

/// The most bytes of summaries that another is looked for in: no editor sums up a letter so often, and each is compared with
/// all before.
const COMPARED: usize = 1 << 14;

/// Adds a summary to what a document has, unless that has it already.
pub(super) fn add_summary(document: &mut Document, element: Element<'_>) {
    let words = element.mark_parents_used().words();
    element.value("type");
    match &mut document.summary {
        _ if words.is_empty() => {}
        Some(summary) if summary.len() <= COMPARED && summary.contains(&words) => {}
        Some(summary) => {
            summary.push('\n');
            summary.push_str(&words);
        }
        None => document.summary = Some(words),
    }
}

fn holds_term(element: Element<'_>) -> bool {
    element.descendants().any(|inner| inner.name() == "term")
}

/// A physical description in words, its parts one after the other.
fn physical_description(element: Element<'_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut add = |part: Element<'_>| {
        let words = words_and_measures(part);
        if !words.is_empty() {
            parts.push(words);
            part.mark_parents_used();
        }
    };
    for part in element.children() {
        match part.name() {
            "objectDesc" => {
                for part in part.children() {
                    if part.name() == "supportDesc" && !part.has_own_words() {
                        part.children().for_each(&mut add);
                    } else {
                        add(part);
                    }
                }
            }
            _ => add(part),
        }
    }
    let form = element
        .descendants()
        .filter(|part| part.name() == "objectDesc")
        .find_map(|part| part.value("form").inspect(|_| _ = part.mark_parents_used()));
    let parts: Vec<String> = form.map(str::to_owned).into_iter().chain(parts).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The words of an element; of measures without words, their numbers and units.
fn words_and_measures(element: Element<'_>) -> String {
    let is_measure = |part: &Element<'_>| part.name() == "measure" && part.is_empty();
    let measures = element.descendants().filter(is_measure).filter_map(|measure| {
        let (quantity, unit) = (measure.value("quantity")?, measure.value("unit").unwrap_or_default());
        measure.mark_used();
        Some(format!("{quantity} {unit}").trim_end().to_owned())
    });
    let words = Some(element.words()).filter(|words| !words.is_empty());
    words.into_iter().chain(measures).collect::<Vec<_>>().join(", ")
}
