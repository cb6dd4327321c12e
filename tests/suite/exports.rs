//! Every export, read back by Oxigraph and by sophia, is the graph that went in.

use crate::support::{Loaded, corpora, load, regesta, text};
use oxigraph::io::RdfParser;
use oxigraph::model::{Dataset, GraphName, Literal, NamedNode, Quad, Term};
use regesta::export::{DocumentRecords, Format, reified};
use regesta::vocabulary::rdf;
use serde_json::Value;
use sophia::api::prelude::{
    Dataset as _, Graph as _, QuadParser as _, QuadSource as _, TripleParser as _, TripleSource as _,
};
use sophia::api::term::{Term as SophiaTerm, TermKind};
use sophia::inmem::dataset::LightDataset;
use sophia::inmem::graph::LightGraph;
use std::collections::{BTreeMap, BTreeSet};

/// The quads of a text as Oxigraph reads it.
fn by_oxigraph(format: &Format, text: &str) -> Vec<Quad> {
    let parser = RdfParser::from_format(format.rdf().expect("it is a syntax of RDF")).for_slice(text);
    parser.map(|quad| quad.unwrap_or_else(|error| panic!("{}: {error}", format.name))).collect()
}

/// The quads of a text as sophia reads it.
fn by_sophia(format: &Format, text: &str) -> Vec<Quad> {
    let graph = |graph: LightGraph| -> Vec<Quad> {
        let triples = graph.triples().map(|triple| triple.expect("a graph in memory is read"));
        triples
            .map(|[subject, predicate, object]| {
                quad(subject, predicate, object, None::<sophia::api::term::SimpleTerm<'_>>)
            })
            .collect()
    };
    let dataset = |dataset: LightDataset| -> Vec<Quad> {
        let quads = dataset.quads().map(|quad| quad.expect("a dataset in memory is read"));
        quads.map(|(name, [subject, predicate, object])| quad(subject, predicate, object, name)).collect()
    };
    match format.name {
        "turtle" => {
            graph(sophia::turtle::parser::turtle::parse_str(text).collect_triples().expect("sophia reads Turtle"))
        }
        "ntriples" => {
            graph(sophia::turtle::parser::nt::parse_str(text).collect_triples().expect("sophia reads N-Triples"))
        }
        "trig" => dataset(sophia::turtle::parser::trig::parse_str(text).collect_quads().expect("sophia reads TriG")),
        "nquads" => dataset(sophia::turtle::parser::nq::parse_str(text).collect_quads().expect("sophia reads N-Quads")),
        "rdfxml" => {
            let parser = sophia::xml::parser::RdfXmlParser { base: None };
            graph(parser.parse_str(text).collect_triples().expect("sophia reads RDF/XML"))
        }
        "jsonld" => {
            let parser = sophia::jsonld::JsonLdParser::new();
            dataset(parser.parse_str(text).collect_quads().expect("sophia reads JSON-LD"))
        }
        other => panic!("no reader of sophia is named for {other}"),
    }
}

fn quad(
    subject: impl SophiaTerm,
    predicate: impl SophiaTerm,
    object: impl SophiaTerm,
    graph: Option<impl SophiaTerm>,
) -> Quad {
    let graph = graph.map_or(GraphName::DefaultGraph, |graph| named(graph).into());
    Quad::new(named(subject), named(predicate), term(object), graph)
}

fn named(node: impl SophiaTerm) -> NamedNode {
    NamedNode::new(node.iri().expect("the graph has no blank nodes").as_str()).expect("sophia gives whole IRIs")
}

fn term(object: impl SophiaTerm) -> Term {
    match object.kind() {
        TermKind::Iri => named(object).into(),
        TermKind::Literal => {
            let value = object.lexical_form().expect("a literal has a form").to_string();
            match object.language_tag() {
                Some(tag) => Literal::new_language_tagged_literal(value, tag.as_str()).expect("a tag").into(),
                None => {
                    let datatype = object.datatype().expect("a literal has a datatype");
                    Literal::new_typed_literal(value, NamedNode::new(datatype.as_str()).expect("an IRI")).into()
                }
            }
        }
        other => panic!("the graph has no {other:?}"),
    }
}

/// Quads as lines, without their graphs where the format holds but one; duplicates stay.
fn lines(quads: &[Quad], format: &Format) -> Vec<String> {
    let mut lines: Vec<String> = quads
        .iter()
        .map(|quad| {
            if format.holds_graphs() {
                quad.to_string()
            } else {
                format!("{} {} {}", quad.subject, quad.predicate, quad.object)
            }
        })
        .collect();
    lines.sort();
    lines
}

/// What two lists of quads differ in, if they differ.
fn difference(expected: &[String], found: &[String]) -> Option<String> {
    let (left, right): (BTreeSet<_>, BTreeSet<_>) = (expected.iter().collect(), found.iter().collect());
    let missing = left.difference(&right).next().map(|line| format!("missing: {line}"));
    let added = right.difference(&left).next().map(|line| format!("added: {line}"));
    let count = (expected.len() != found.len()).then(|| format!("{} instead of {}", found.len(), expected.len()));
    missing.or(added).or(count)
}

/// The graph as the format should hold it: each triple once where there is but one graph.
fn expected(loaded: &Loaded, format: &Format) -> Vec<String> {
    let mut lines = lines(&loaded.quads, format);
    lines.dedup();
    lines
}

#[test]
fn every_export_reads_back_to_the_same_quads() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        assert_eq!(loaded.short(), "");
        for format in Format::RDF {
            let text = loaded.export(format);
            let expected = expected(&loaded, format);
            assert!(expected.len() > 1000, "the corpus has a graph");
            for (reader, quads) in [("oxigraph", by_oxigraph(format, &text)), ("sophia", by_sophia(format, &text))] {
                let found = lines(&quads, format);
                if let Some(difference) = difference(&expected, &found) {
                    panic!("{} by {reader}: {difference}", format.name);
                }
            }
        }
    }
}

/// With the contents of claims as triple terms of RDF 1.2 it is the same graph: whatever is made into a triple term can be
/// made into the four statements of RDF 1.1 again, and nothing else has changed.
#[test]
fn contents_as_triple_terms_and_back_are_the_same_graph() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        let contents = loaded.quads.iter().filter(|quad| quad.predicate == rdf::SUBJECT).count();
        for format in Format::RDF.iter().filter(|format| format.holds_triple_terms()) {
            let output = regesta(&corpus, &["export", format.name, "--rdf", "1.2"]);
            let written = by_oxigraph(format, &text(&output.stdout));
            let expected = expected(&loaded, format);
            let terms = written.iter().filter(|quad| matches!(quad.object, Term::Triple(_))).count();
            assert!(terms > 20 && terms <= contents, "{}: {terms} of {contents}", format.name);
            let described =
                |quad: &&Quad| [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].contains(&quad.predicate.as_ref());
            assert_eq!(written.iter().filter(described).count(), 0, "{}", format.name);
            let back = written.iter().flat_map(|quad| match reified(quad.as_ref()) {
                Some(quads) => quads.to_vec(),
                None => vec![quad.clone()],
            });
            let found = lines(&back.collect::<Vec<_>>(), format);
            assert_eq!(difference(&expected, &found), None, "{}", format.name);
        }
    }
}

/// The graph itself says nothing twice, so that counting lines counts triples.
#[test]
fn no_quad_is_written_twice() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        let mut seen = BTreeSet::new();
        for quad in &loaded.quads {
            assert!(seen.insert(quad.to_string()), "twice: {quad}");
        }
    }
}

/// A reader of XML changes the line ends that it sees; so RDF/XML has none of the text's own.
#[test]
fn rdf_xml_keeps_carriage_returns() {
    let loaded = load(&corpora()[1], None);
    let text = loaded.export(Format::find("rdfxml").expect("the table has RDF/XML"));
    assert!(text.contains("&#xD;\n") && !text.contains('\r'));
}

/// Two implementations of RFC 3987 take every IRI of the graph for one: the graph makes them without asking.
#[test]
fn every_iri_is_one() {
    for corpus in corpora() {
        for quad in load(&corpus, None).quads {
            let mut iris = vec![quad.subject.to_string(), quad.predicate.to_string(), quad.graph_name.to_string()];
            if quad.object.is_named_node() {
                iris.push(quad.object.to_string());
            }
            for iri in iris {
                let iri = iri.trim_start_matches('<').trim_end_matches('>');
                assert!(NamedNode::new(iri).is_ok(), "{iri}");
                assert!(iri_string::types::IriStr::new(iri).is_ok(), "{iri}");
            }
        }
    }
}

/// A comparison that finds nothing would prove nothing: one quad is dropped, swapped and retyped.
#[test]
fn the_comparison_finds_a_dropped_a_swapped_and_a_retyped_quad() {
    let loaded = load(&corpora()[1], None);
    let format = Format::find("nquads").expect("the table has N-Quads");
    let expected = expected(&loaded, format);
    assert_eq!(difference(&expected, &lines(&loaded.quads, format)), None);
    let with = |change: &dyn Fn(&mut Vec<Quad>)| {
        let mut quads = loaded.quads.clone();
        change(&mut quads);
        difference(&expected, &lines(&quads, format))
    };
    let middle = loaded.quads.len() / 2;
    let dropped = with(&|quads| drop(quads.remove(middle)));
    assert!(dropped.is_some_and(|difference| difference.starts_with("missing")));
    let swapped = with(&|quads| {
        let quad = quads.iter_mut().find(|quad| quad.object.is_named_node()).expect("there is one");
        let Term::NamedNode(object) = quad.object.clone() else { unreachable!("it was looked for") };
        let oxigraph::model::NamedOrBlankNode::NamedNode(subject) = quad.subject.clone() else {
            panic!("no blank nodes")
        };
        (quad.subject, quad.object) = (object.into(), subject.into());
    });
    assert!(swapped.is_some());
    let retyped = with(&|quads| {
        let quad = quads.iter_mut().find(|quad| quad.object.is_literal()).expect("there is one");
        let Term::Literal(literal) = &quad.object else { unreachable!("it was looked for") };
        quad.object = Literal::new_typed_literal(literal.value(), oxigraph::model::vocab::xsd::TOKEN).into();
    });
    assert!(retyped.is_some());
}

/// TriG and N-Quads as sophia reads them are isomorphic, and have the digest that Oxigraph's canonical form has.
#[test]
fn the_canonical_digests_of_two_implementations_agree() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        let read = |name: &str| -> LightDataset {
            let text = loaded.export(Format::find(name).expect("the table has it"));
            match name {
                "trig" => sophia::turtle::parser::trig::parse_str(&text).collect_quads().expect("sophia reads TriG"),
                _ => sophia::turtle::parser::nq::parse_str(&text).collect_quads().expect("sophia reads N-Quads"),
            }
        };
        let (trig, nquads) = (read("trig"), read("nquads"));
        assert!(sophia::isomorphism::isomorphic_datasets(&trig, &nquads).expect("datasets in memory are read"));
        let mut canonical = Vec::new();
        sophia::c14n::rdfc10::normalize(&trig, &mut canonical).expect("there are no blank nodes to label");
        let dataset: Dataset = loaded.quads.iter().collect();
        // Without blank nodes the canonical form is the sorted lines (RDFC-1.0, section 4.5).
        let mut ours: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
        ours.sort();
        let theirs: BTreeSet<String> =
            String::from_utf8(canonical).expect("UTF-8").lines().map(|line| format!("{line}\n")).collect();
        assert_eq!(ours.len(), theirs.len());
        let fewer =
            sophia::turtle::parser::nq::parse_str(&ours[1..].concat()).collect_quads::<LightDataset>().expect("lines");
        assert!(!sophia::isomorphism::isomorphic_datasets(&fewer, &nquads).expect("datasets in memory are read"));
    }
}

/// Each thing is one block: no subject comes back after another one, in the one graph that Turtle has.
#[test]
fn turtle_has_one_block_for_each_thing_type_and_label_first() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        let text = loaded.export(Format::find("turtle").expect("the table has Turtle"));
        let (mut seen, mut linked) = (BTreeSet::new(), Vec::new());
        for block in text.split("\n\n").skip(1) {
            let mut lines = block.lines();
            let subject = lines.next().expect("a block has a subject");
            // What a mapping file links has its type and its label where it is described.
            if block.lines().skip(1).all(|line| line.contains("Match <")) {
                linked.push(subject.to_owned());
                let blocks = linked.iter().filter(|known| **known == subject).count();
                assert!(
                    blocks <= loaded.corpus.files().links.len(),
                    "{subject} has more blocks of links than there are files"
                );
                continue;
            }
            assert!(seen.insert(subject.to_owned()), "{subject} has two blocks");
            assert!(
                lines.next().is_some_and(|line| line.trim_start().starts_with("a ")),
                "{subject} begins with its type"
            );
            let label = block.lines().position(|line| line.trim_start().starts_with("skos:prefLabel"));
            assert!(label.is_none_or(|at| at == 2), "{subject} has its label after its type");
        }
    }
}

/// Every key of a JSON tree.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(key, _)| *key != "@context") {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

/// The record of a document expands to a part of the graph, has everything that belongs to the document, names what
/// it names with type and label, and never has a claimed predicate as a key.
#[test]
fn records_expand_to_a_part_of_the_graph() {
    let jsonld = Format::find("jsonld").expect("the table has JSON-LD");
    let turtle = Format::find("turtle").expect("the table has Turtle");
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        let project = loaded.corpus.project().expect("the project file is read");
        let all: BTreeSet<String> = expected(&loaded, turtle).into_iter().collect();
        let records = DocumentRecords::new(loaded.corpus.records(), project);
        let mut annotated = 0;
        for document in &loaded.corpus.records().documents {
            let json = String::from_utf8(records.record(document).expect("memory takes it").to_json()).expect("UTF-8");
            for quads in [by_oxigraph(jsonld, &json), by_sophia(jsonld, &json)] {
                let found = lines(&quads, turtle);
                let foreign: Vec<_> = found.iter().filter(|line| !all.contains(*line)).collect();
                assert!(foreign.is_empty(), "{}: not in the graph: {foreign:?}", document.id);
                let unique: BTreeSet<_> = found.iter().collect();
                assert_eq!(unique.len(), found.len(), "{}: something is embedded twice", document.id);
                for (what, property) in
                    [("claims", "appearance"), ("annotations", "isPartOf"), ("actions", "ofDocument")]
                {
                    let iri = format!("{property}> <{}document/{}#it>", project.base, document.id.slug);
                    // A document that is part of this one has a record of its own.
                    let is_document = |line: &str| {
                        line.split(' ')
                            .next()
                            .is_some_and(|subject| subject.contains("/document/") && subject.ends_with("#it>"))
                    };
                    let belongs = |line: &&String| line.contains(&iri) && !is_document(line);
                    let (of_graph, of_record) =
                        (all.iter().filter(belongs).count(), found.iter().filter(belongs).count());
                    assert_eq!(of_record, of_graph, "{}: {what}", document.id);
                    annotated += of_record;
                }
            }
            let mut found = BTreeSet::new();
            keys(&serde_json::from_str(&json).expect("it is JSON"), &mut found);
            for claimed in ["characterizedAs", "caused", "supports", "founder", "rg:characterizedAs", "schema:founder"]
            {
                assert!(!found.contains(claimed), "{}: \"{claimed}\" is a key", document.id);
            }
        }
        assert!(annotated > 50);
    }
}

/// In the dataset's JSON-LD too, the predicate of a content is a value, never a key.
#[test]
fn no_claimed_predicate_is_a_key() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        let json: Value = serde_json::from_str(&loaded.export(Format::find("jsonld").expect("the table has it")))
            .expect("it is JSON");
        let mut found = BTreeSet::new();
        keys(&json, &mut found);
        let only_claimed: BTreeMap<&str, &str> =
            [("characterizedAs", "rg:characterizedAs"), ("founder", "schema:founder")].into();
        for (term, iri) in only_claimed {
            assert!(!found.contains(term) && !found.contains(iri), "{term} is a key");
        }
        assert!(found.contains("predicate"));
    }
}
