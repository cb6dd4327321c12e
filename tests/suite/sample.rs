//! The sample: what an editor says about the exchange of November 2017, held against facts counted by hand.

use crate::support::{load, regesta, repository, text};
use oxigraph::model::{NamedNodeRef, Term};
use regesta::model::{AnnotationTarget, Details, Kind, Text};
use std::collections::BTreeMap;
use std::fs;

fn sample() -> crate::support::Loaded {
    let loaded = load(&repository().join("data/exchange-2017"), None);
    assert_eq!(loaded.short(), "", "the sample has no problems");
    loaded
}

#[test]
fn the_corpus_has_what_was_counted() {
    let loaded = sample();
    let corpus = loaded.corpus.records();
    let mut authorities: BTreeMap<Kind, usize> = BTreeMap::new();
    for authority in &corpus.authorities {
        *authorities.entry(authority.id.kind).or_default() += 1;
    }
    let count = |kind| authorities.get(&kind).copied().unwrap_or(0);
    assert_eq!(corpus.documents.len(), 5, "the page, two framing paragraphs, two letters");
    assert_eq!(count(Kind::Quantity), 11);
    assert_eq!(count(Kind::Post), 4);
    assert_eq!(corpus.claims.len(), 58);
    let coded: usize = corpus.claims.iter().map(|claim| claim.contents.len()).sum();
    let text_only = corpus.claims.iter().filter(|claim| claim.contents.is_empty()).count();
    assert_eq!(coded + text_only, 73, "the claims' table has 73 rows");
    let of_kind = |kind: &str| corpus.annotations.iter().filter(|annotation| annotation.kind == kind).count();
    assert_eq!(of_kind("mention"), 151, "every occurrence of every listed agent and place");
    assert_eq!(of_kind("insertion") + of_kind("gloss") + of_kind("sic") + of_kind("note"), 11);
    assert_eq!(of_kind("quotation") + of_kind("unmarked-quotation") + of_kind("variant-wording"), 6);
}

#[test]
fn every_claim_is_in_a_document_and_every_annotation_in_one() {
    let loaded = sample();
    for annotation in &loaded.corpus.records().annotations {
        assert!(annotation.document.is_some(), "{:?} lies in no document", annotation.id);
    }
    for claim in &loaded.corpus.records().claims {
        assert!(claim.passage.is_some(), "{:?} has no passage", claim.id);
    }
}

/// Two wordings of one sentence: the publisher's and the letter's stand beside each other, linked.
#[test]
fn the_two_wordings_of_one_sentence_are_both_kept() {
    let loaded = sample();
    let variant = loaded.corpus.records().annotations.iter().find(|annotation| annotation.kind == "variant-wording");
    let variant = variant.expect("the publisher's wording is marked as a variant");
    assert_eq!(variant.document.as_ref().map(|id| &*id.slug), Some("ks2017-frame1"));
    assert!(matches!(&variant.targets[..], [AnnotationTarget::Known(target)] if &*target.id.slug == "ks2017-k"));
    assert!(matches!(&variant.source, Some(regesta::model::Basis::Range(range, _)) if range.start == 1755));
}

/// Two dates: the page is of 22 November, the reply of 21 November, the other letter has none of its own.
#[test]
fn the_dates_are_kept_apart_and_none_is_made_up() {
    let loaded = sample();
    let date = |slug: &str, kind: &str| {
        let document =
            loaded.corpus.records().documents.iter().find(|document| *document.id.slug == *slug).expect("it is there");
        let action = document.actions.iter().find(|action| action.kind == kind)?;
        Some((action.date()?.edtf.clone(), action.date()?.certainty))
    };
    assert_eq!(date("ks2017", "published"), Some((Some("2017-11-22".to_owned()), Some("medium"))));
    assert_eq!(date("ks2017-k", "written"), Some((Some("2017-11-21".to_owned()), None)));
    assert_eq!(date("ks2017-s", "written"), None);
    let (sent, _) = date("ks2017-s", "sent").expect("the page says when it was sent");
    assert_eq!(sent.as_deref(), Some("[2017-11-21,2017-11-22]"));
}

/// A role that is not a name: the claimant is the post, and its holder is only a second reading of the passage.
#[test]
fn a_role_is_not_resolved_to_its_holder() {
    let loaded = sample();
    let claim = loaded.corpus.records().claims.iter().find(|claim| claim.id.1 == "s18").expect("it is there");
    assert_eq!(claim.claimant.id.to_string(), "post:us-president");
    assert_eq!(claim.reported_by.as_ref().map(|who| who.id.to_string()).as_deref(), Some("person:soleimani"));
    let readings: Vec<_> =
        loaded.corpus.records().annotations.iter().filter(|mention| mention.passage.range == (6006..6071)).collect();
    assert_eq!(readings.len(), 2, "the post, and who held it");
    assert!(readings.iter().any(|mention| mention.certainty == Some("medium")));
}

/// An ambiguous claimant: one claim, of low certainty.
#[test]
fn an_ambiguous_claimant_is_one_claim_of_low_certainty() {
    let loaded = sample();
    let claims: Vec<_> = loaded.corpus.records().claims.iter().filter(|claim| claim.id.1 == "s19").collect();
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0].certainty, Some("low"));
}

/// A state as an actor and as a place is two things.
#[test]
fn a_state_is_an_organisation_and_a_place() {
    let loaded = sample();
    let ids: Vec<String> =
        loaded.corpus.records().authorities.iter().map(|authority| authority.id.to_string()).collect();
    assert!(ids.contains(&"place:israel".to_owned()));
    assert!(ids.iter().any(|id| id.starts_with("organisation:") && id.ends_with("israel")), "{ids:?}");
}

#[test]
fn every_event_is_only_claimed_and_has_no_facts() {
    let loaded = sample();
    let events = loaded.corpus.records().authorities.iter().filter_map(|authority| match &authority.details {
        Details::Event(event) => Some(event),
        _ => None,
    });
    for event in events {
        assert_eq!(event.attestation, Some("claimed-only"));
        assert!(event.dates.is_empty() && event.place.is_none() && event.participants.is_empty());
    }
}

/// Only what is certain: the identifiers are these and no others.
#[test]
fn only_certain_identifiers_are_given() {
    let loaded = sample();
    let mut found = Vec::new();
    for authority in &loaded.corpus.records().authorities {
        found.extend(authority.identifiers.iter().map(|identifier| {
            let number = identifier.iri.trim_end_matches('/').rsplit('/').next().expect("an IRI has parts");
            format!("{} {number}", authority.id)
        }));
    }
    found.sort();
    let expected = fs::read_to_string(repository().join("tests/expected/sample-identifiers.txt")).expect("it is there");
    assert_eq!(found, expected.lines().collect::<Vec<_>>());
}

/// No name, date or relation that the text does not give.
#[test]
fn what_is_absent_stays_absent() {
    let loaded = sample();
    for document in &loaded.corpus.records().documents {
        assert!(document.urls.is_empty() && document.licence.is_none() && document.repository.is_none());
        assert!(document.actions.iter().all(|action| action.places.is_empty()), "no place of writing is given");
        assert!(!matches!(&document.text, Some(Text::Here { .. })), "the text is not in the folder");
    }
    let quoted = NamedNodeRef::new_unchecked("http://www.w3.org/ns/oa#exact");
    for quad in loaded.quads.iter().filter(|quad| quad.predicate == quoted) {
        let Term::Literal(words) = &quad.object else { panic!("words are a literal") };
        assert!(words.value().split_whitespace().count() <= 10, "more than a few words: {words}");
    }
}

/// With the text, `tests/external/sample.rs` verifies them.
#[test]
fn without_the_text_every_range_is_counted_as_not_verified() {
    let mut loaded = sample();
    let ranges = loaded.corpus.records().annotations.len() + loaded.corpus.records().claims.len();
    let without = loaded.corpus.verify(None).expect("nothing is read");
    assert_eq!((without.verified, without.unverified), (0, ranges));
}

/// The one date of the second dataset differs from that of a claim: both are answers, each with who gives it, and the
/// corpus states neither.
#[test]
fn the_join_of_the_sample_shows_both_dates() {
    let folder = repository().join("data/exchange-2017");
    let output = regesta(&folder, &["query", "event-dates-compared", "--format", "csv"]);
    let answer = text(&output.stdout);
    let rows: Vec<&str> = answer.lines().skip(1).collect();
    assert_eq!(rows.len(), 2, "{answer}");
    assert!(rows[0].contains(",../2017-11-22,,affirmed,") && rows[0].contains("Qassem Soleimani"), "{answer}");
    assert!(rows[1].contains(",2017-11-19,,dataset,") && rows[1].contains("/dataset/chronicle"), "{answer}");
    let graph = text(&regesta(&folder, &["export", "nquads"]).stdout);
    assert!(!graph.contains("2017-11-19"), "what the dataset says is not in the graph");
}
