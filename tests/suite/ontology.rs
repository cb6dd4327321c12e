//! The ontology, the vocabulary of the code, the JSON-LD context, the alignment, the queries and the data are in step.

use crate::support::{copy_case, corpora, load, repository};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNodeRef, Quad, Term};
use regesta::export::Context;
use regesta::model::ConceptList;
use regesta::vocabulary::{self as terms, CONCEPTS, rdf, rg};
use std::collections::BTreeSet;
use std::fs;

const RG: &str = rg::NAMESPACE;
/// Terms that are never data: they say something about the ontology itself.
const OF_THE_ONTOLOGY: &[&str] = &["claimOnly"];

fn read(name: &str) -> Vec<Quad> {
    let text = fs::read_to_string(repository().join("ontology").join(name)).expect("the file is there");
    let parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(&text);
    parser.map(|quad| quad.unwrap_or_else(|error| panic!("{name}: {error}"))).collect()
}

fn subjects(quads: &[Quad], namespace: &str) -> BTreeSet<String> {
    let subjects = quads.iter().map(|quad| quad.subject.to_string());
    let local = subjects
        .filter_map(|subject| Some(subject.strip_prefix('<')?.strip_prefix(namespace)?.strip_suffix('>')?.to_owned()));
    local.filter(|name| !name.is_empty() && !name.contains('/')).collect()
}

fn minted() -> BTreeSet<String> {
    rg::ALL.iter().map(|term| term.as_str()[RG.len()..].to_owned()).collect()
}

/// Every term of every vocabulary that the code can write.
fn all_terms() -> Vec<NamedNodeRef<'static>> {
    let vocabularies = [
        rg::ALL,
        terms::crm::ALL,
        terms::dcat::ALL,
        terms::dct::ALL,
        terms::foaf::ALL,
        terms::geo::ALL,
        terms::oa::ALL,
        terms::org::ALL,
        terms::owl::ALL,
        terms::pav::ALL,
        terms::prov::ALL,
        rdf::ALL,
        terms::rdfs::ALL,
        terms::rico::ALL,
        terms::schema::ALL,
        terms::skos::ALL,
        terms::sssom::ALL,
        terms::void::ALL,
    ];
    vocabularies.into_iter().flatten().copied().collect()
}

#[test]
fn the_terms_of_the_ontology_are_those_of_the_code() {
    let defined = subjects(&read("regesta.ttl"), RG);
    let mut expected = minted();
    expected.extend(OF_THE_ONTOLOGY.iter().map(|name| (*name).to_owned()));
    assert_eq!(defined, expected);
}

#[test]
fn every_term_is_labelled_defined_and_shown_by_an_example() {
    let quads = read("regesta.ttl");
    for term in subjects(&quads, RG) {
        let iri = format!("<{RG}{term}>");
        for property in [
            "http://www.w3.org/2000/01/rdf-schema#label",
            "http://www.w3.org/2004/02/skos/core#definition",
            "http://www.w3.org/2004/02/skos/core#example",
        ] {
            let said = quads.iter().any(|quad| quad.subject.to_string() == iri && quad.predicate.as_str() == property);
            assert!(said, "rg:{term} has no {property}");
        }
    }
}

/// What FOOPS! and WIDOCO ask the header of an ontology for.
#[test]
fn the_header_has_its_metadata() {
    let quads = read("regesta.ttl");
    let ontology =
        quads.iter().find(|quad| quad.predicate == rdf::TYPE && quad.object.to_string().ends_with("owl#Ontology>"));
    let header = ontology.expect("there is a header").subject.clone();
    let said: BTreeSet<&str> =
        quads.iter().filter(|quad| quad.subject == header).map(|quad| quad.predicate.as_str()).collect();
    for property in [
        "http://purl.org/dc/terms/title",
        "http://purl.org/dc/terms/abstract",
        "http://purl.org/dc/terms/description",
        "http://purl.org/dc/terms/creator",
        "http://purl.org/dc/terms/license",
        "http://purl.org/dc/terms/created",
        "http://purl.org/dc/terms/modified",
        "http://purl.org/vocab/vann/preferredNamespacePrefix",
        "http://purl.org/vocab/vann/preferredNamespaceUri",
        "http://www.w3.org/2002/07/owl#versionIRI",
        "http://www.w3.org/2002/07/owl#versionInfo",
    ] {
        assert!(said.contains(property), "the header has no {property}");
    }
}

#[test]
fn the_concepts_are_those_that_sources_can_choose() {
    let quads = read("concepts.ttl");
    for list in ConceptList::ALL {
        let scheme = format!("<{CONCEPTS}scheme/{}>", list.scheme);
        let is_concept = |subject: &oxigraph::model::NamedOrBlankNode| {
            quads.iter().any(|quad| {
                quad.subject == *subject && quad.predicate == rdf::TYPE && quad.object == terms::skos::CONCEPT.into()
            })
        };
        let in_scheme = quads.iter().filter(|quad| {
            quad.predicate == terms::skos::IN_SCHEME && quad.object.to_string() == scheme && is_concept(&quad.subject)
        });
        let mut found: Vec<String> =
            in_scheme.map(|quad| quad.subject.to_string().trim_matches(['<', '>']).replace(CONCEPTS, "")).collect();
        found.sort();
        let mut expected = list.values.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{}", list.scheme);
    }
    for value in subjects(&quads, CONCEPTS) {
        let iri = format!("<{CONCEPTS}{value}>");
        let defined = quads
            .iter()
            .any(|quad| quad.subject.to_string() == iri && (quad.predicate.as_str().ends_with("core#definition")));
        assert!(defined, "rgc:{value} has no definition");
    }
    let messages = quads.iter().filter(|quad| quad.predicate.as_str().ends_with("core#member"));
    let messages: BTreeSet<String> =
        messages.map(|quad| quad.object.to_string().trim_matches(['<', '>']).replace(CONCEPTS, "")).collect();
    assert_eq!(messages, ConceptList::MESSAGES.iter().map(|kind| (*kind).to_owned()).collect());
}

/// The context names every class and property that the code writes, and nothing that does not exist.
#[test]
fn the_context_names_what_the_code_writes() {
    let context = Context::ours();
    let known: BTreeSet<&str> = all_terms().into_iter().map(NamedNodeRef::as_str).collect();
    let named: BTreeSet<&str> = context.property_names().chain(context.class_names()).map(|(iri, _)| iri).collect();
    // The code writes these as values only, or under the keywords of JSON-LD.
    let values: BTreeSet<&str> = [
        terms::oa::CLASSIFYING,
        terms::oa::COMMENTING,
        terms::oa::EDITING,
        terms::oa::IDENTIFYING,
        terms::geo::WKT_LITERAL,
        rdf::TYPE,
    ]
    .into_iter()
    .map(NamedNodeRef::as_str)
    .collect();
    let missing: Vec<_> = known.difference(&named).filter(|iri| !values.contains(*iri)).collect();
    assert!(missing.is_empty(), "the context does not name {missing:?}");
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(unknown.is_empty(), "the context names what nothing writes: {unknown:?}");
}

#[test]
fn the_alignment_speaks_of_terms_that_exist() {
    let minted = minted();
    for term in subjects(&read("alignment.ttl"), RG) {
        assert!(minted.contains(&term), "rg:{term} is aligned but not defined");
    }
}

/// The names with a prefix that a text uses.
fn used(text: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices(prefix) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|character| character.is_alphanumeric() || character == '_') {
            continue;
        }
        let name: String = text[at + prefix.len()..]
            .chars()
            .take_while(|character| character.is_ascii_alphanumeric() || *character == '-')
            .collect();
        found.insert(name);
    }
    found
}

#[test]
fn the_queries_use_terms_that_exist_and_every_term_is_asked_for() {
    let minted = minted();
    let concepts = subjects(&read("concepts.ttl"), CONCEPTS);
    let mut asked = BTreeSet::new();
    for entry in fs::read_dir(repository().join("queries")).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let text = fs::read_to_string(&path).expect("it is UTF-8");
        for term in used(&text, "rg:").into_iter().filter(|name| !name.is_empty()) {
            assert!(minted.contains(&term), "{}: rg:{term} does not exist", path.display());
            asked.insert(term);
        }
        for concept in used(&text, "rgc:").into_iter().filter(|name| !name.is_empty()) {
            assert!(concepts.contains(&concept), "{}: rgc:{concept} does not exist", path.display());
        }
    }
    // A claim-only property stands in contents as a value; the queries reach it through rdf:predicate.
    let claim_only = ["caused", "supports", "characterizedAs"];
    let forgotten: Vec<_> =
        minted.iter().filter(|term| !asked.contains(*term) && !claim_only.contains(&term.as_str())).collect();
    assert!(forgotten.is_empty(), "no query asks for {forgotten:?}");
}

/// Every term is used by the sample or the practice corpus, as a statement or as what a claim is about.
#[test]
fn the_corpora_use_every_term() {
    let mut found = BTreeSet::new();
    // What only letters in the formats of others have stands in the cases of these formats.
    let cases = [
        "cmif/context-and-mentions",
        "cmif/several-senders-and-bodies",
        "names/table-meets-authorities",
        "tei/action-subtypes",
        "tei/description-in-full",
        "tei/header-in-full",
        "tei/text-before-and-after-the-body",
        "tei/text-with-mentions-and-register",
    ];
    let cases = cases.map(copy_case);
    for corpus in corpora().into_iter().chain(cases.iter().map(|case| case.path().join("input"))) {
        for quad in load(&corpus, None).quads {
            found.insert(quad.predicate.as_str().to_owned());
            match &quad.object {
                Term::NamedNode(object) => found.insert(object.as_str().to_owned()),
                Term::Literal(literal) => found.insert(literal.datatype().as_str().to_owned()),
                other => panic!("the graph has no {other}"),
            };
        }
    }
    let unused: Vec<&str> =
        all_terms().into_iter().map(NamedNodeRef::as_str).filter(|iri| !found.contains(*iri)).collect();
    assert_eq!(unused, Vec::<&str>::new(), "terms that no corpus uses");
    let mut values: Vec<&&str> = Vec::new();
    // The kinds of document are as many as archives have; two small corpora cannot have one of each.
    for list in ConceptList::ALL.into_iter().filter(|list| list.scheme != ConceptList::DOCUMENT_KIND.scheme) {
        values.extend(list.values.iter().filter(|value| !found.contains(&format!("{CONCEPTS}{value}"))));
    }
    assert_eq!(values, Vec::<&&str>::new(), "concepts that no corpus uses");
}
