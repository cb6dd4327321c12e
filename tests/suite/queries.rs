//! Stored queries: each has an answer over one of the corpora, and works with every choice of its parameters.

use crate::support::{assert_nothing, corpora, expect, load, put, repository};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Literal, NamedNode, Quad};
use oxigraph::sparql::results::QueryResultsFormat;
use regesta::corpus::LoadedGraph;
use regesta::diagnostic::Diagnostics;
use regesta::error::Error;
use regesta::graph::{Sink, Statement};
use regesta::query::{AnswerFormat, Base, Catalogue, Purpose, StoredQuery, on_large_stack, run};
use regesta::source::{SourceText, Sources};
use regesta::store::Store;
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

type Parameters = Vec<(String, String)>;

/// The answer as CSV; nothing where the graph does not have what the parameters name, as examples of another corpus.
fn answer(query: &StoredQuery, parameters: &Parameters, graph: &LoadedGraph) -> String {
    let mut bytes = Vec::new();
    let format = AnswerFormat::Rows(QueryResultsFormat::Csv);
    match graph.ask(query, parameters.clone(), format, &mut bytes) {
        Err(Error::Query { message, .. }) if is_absent(&message) => String::new(),
        answered => {
            answered.unwrap_or_else(|error| panic!("{} {parameters:?}: {error}", query.name));
            String::from_utf8(bytes).expect("CSV is UTF-8").replace("\r\n", "\n")
        }
    }
}

fn is_absent(message: &str) -> bool {
    ["nothing in the corpus is called", "no dataset is mounted as"].iter().any(|absent| message.starts_with(absent))
}

fn examples(query: &StoredQuery) -> Parameters {
    let given =
        query.parameters.iter().filter_map(|parameter| Some((parameter.name.clone(), parameter.example.clone()?)));
    given.collect()
}

/// A query of a text that is not stored.
fn read(text: &str) -> Result<StoredQuery, String> {
    let mut sources = Sources::new("");
    let source = SourceText::new(sources.add("query.rq"), text.to_owned());
    let mut diagnostics = Diagnostics::default();
    let query = StoredQuery::read("query", &source, Purpose::Once, &mut diagnostics);
    query.ok_or_else(|| format!("{:?}", diagnostics.sorted(&sources)))
}

fn expected_file(corpus: &str, query: &str) -> PathBuf {
    repository().join("tests/queries").join(corpus).join(format!("{query}.csv"))
}

fn name_of(corpus: &std::path::Path) -> String {
    corpus.file_name().expect("a corpus has a name").to_string_lossy().into_owned()
}

#[test]
fn every_file_of_the_folder_is_embedded_and_its_head_is_complete() {
    on_large_stack(|| {
        let catalogue = Catalogue::embedded();
        let mut files: Vec<String> = fs::read_dir(repository().join("queries"))
            .expect("the folder is there")
            .map(|entry| entry.expect("it can be read").file_name().into_string().expect("UTF-8"))
            .filter_map(|name| name.strip_suffix(".rq").map(str::to_owned))
            .collect();
        files.sort();
        let embedded: Vec<&str> = catalogue.iter().map(|query| query.name.as_str()).collect();
        assert_eq!(embedded, files);
        for query in catalogue.iter() {
            assert!(!query.summary.is_empty(), "{} has no summary", query.name);
            assert!(query.description.is_some(), "{} has no description", query.name);
            assert!(!query.tags.is_empty(), "{} has no tags", query.name);
            for parameter in &query.parameters {
                assert!(parameter.description.is_some(), "{} does not describe {}", query.name, parameter.name);
                assert!(parameter.example.is_some(), "{} has no example of {}", query.name, parameter.name);
            }
        }
        let asked: Vec<String> = (1..=24).map(|number| format!("cq{number:02}")).collect();
        for question in asked {
            let answered = catalogue.iter().filter(|query| query.tags.contains(&question)).count();
            assert_eq!(answered, 1, "competency question {question}");
        }
    });
}

/// The audits that say nothing while all is well, each with statements in which it finds something: in Turtle, below one base.
const AUDITS: &[(&str, &str)] = &[
    ("audit-claimed-only-events", "<e> rg:attestation rgc:claimed-only ; rg:place <p> ."),
    ("audit-contents-without-claim", "<c> a rg:ClaimContent ; rdf:subject <s> ; rdf:predicate <p> ; rdf:object <o> ."),
    ("audit-graphs", "<x> a schema:Place ."),
    ("audit-labels", "<x> a schema:Person ."),
    ("audit-leaks", "<c> rdf:subject <s> ; rdf:predicate <p> ; rdf:object <o> . <s> <p> <o> ."),
    (
        "audit-passages",
        "<t> schema:encodesCreativeWork <d> ; rg:length 3 . <p> oa:hasSource <t> ; oa:hasSelector <at> . <at> oa:start 1 ; oa:end 4 .",
    ),
];

/// The quads of a Turtle text with the prefixes of exports, in a graph of their own.
fn planted(turtle: &str) -> Vec<Quad> {
    let mut text = "@base <https://example.org/planted/> .\n".to_owned();
    for (prefix, namespace) in regesta::vocabulary::PREFIXES {
        text.push_str(&format!("@prefix {prefix}: <{namespace}> .\n"));
    }
    text.push_str(turtle);
    let graph = NamedNode::new("https://example.org/planted/source/x").expect("an IRI");
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph);
    parser.for_slice(&text).map(|quad| quad.expect("it is Turtle")).collect()
}

#[test]
fn audits_say_nothing_while_all_is_well_and_find_what_is_planted() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        on_large_stack(|| {
            let clean = loaded.graphs(loaded.quads.iter());
            for (name, turtle) in AUDITS {
                let audit = loaded.catalogue.find(name).expect("it is stored");
                let rows = |answer: String| answer.lines().count() - 1;
                assert_eq!(rows(answer(audit, &Vec::new(), clean.of(audit))), 0, "{name} over {}", corpus.display());
                let planted = planted(turtle);
                let faulty = loaded.graphs(loaded.quads.iter().chain(&planted));
                assert_eq!(rows(answer(audit, &Vec::new(), faulty.of(audit))), 1, "{name} with {turtle}");
            }
        });
    }
}

#[test]
fn every_query_has_an_expected_answer_that_is_not_empty() {
    let mut differences = Vec::new();
    let mut answered: Vec<String> = Vec::new();
    let mut all: Vec<String> = Vec::new();
    let bless = std::env::var_os("REGESTA_BLESS").is_some();
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        on_large_stack(|| {
            let graphs = loaded.graphs(loaded.quads.iter());
            for query in loaded.catalogue.iter() {
                all.push(query.name.clone());
                let path = expected_file(&name_of(&corpus), &query.name);
                let actual = answer(query, &examples(query), graphs.of(query));
                let is_empty = actual.lines().count() < 2;
                if path.exists() || (bless && !is_empty) {
                    assert!(!is_empty, "{}: the expected answer over {} is empty", query.name, corpus.display());
                    answered.push(query.name.clone());
                    differences.extend(expect(&path, &actual));
                }
            }
        });
    }
    assert_nothing(differences);
    all.sort();
    all.dedup();
    let is_silent = |name: &str| AUDITS.iter().any(|(audit, _)| *audit == name);
    let without: Vec<_> = all.iter().filter(|name| !answered.contains(name) && !is_silent(name)).collect();
    assert!(without.is_empty(), "queries without an expected answer: {without:?}");
    for corpus in corpora() {
        for entry in fs::read_dir(repository().join("tests/queries").join(name_of(&corpus))).expect("answers are there")
        {
            let name = entry.expect("it can be read").file_name().into_string().expect("UTF-8");
            let query = name.strip_suffix(".csv").expect("answers are CSV").to_owned();
            assert!(all.contains(&query), "{name} is the answer to no query");
        }
    }
}

/// With each of its optional parameters given or left out, in every combination.
#[test]
fn every_query_works_with_every_choice_of_optional_parameters() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        on_large_stack(|| {
            let graphs = loaded.graphs(loaded.quads.iter());
            for query in loaded.catalogue.iter() {
                let optional: Vec<_> = query.parameters.iter().filter(|parameter| !parameter.required).collect();
                for choice in 0..1_usize << optional.len() {
                    let left_out = |name: &str| {
                        optional
                            .iter()
                            .position(|parameter| parameter.name == name)
                            .is_some_and(|at| choice & (1 << at) == 0)
                    };
                    let given: Parameters = examples(query).into_iter().filter(|(name, _)| !left_out(name)).collect();
                    answer(query, &given, graphs.of(query));
                }
            }
        });
    }
}

/// What rests on words alone has no source that could be any thing of the graph.
#[test]
fn a_source_in_words_stays_words() {
    let loaded = load(&repository().join("data/practice"), None);
    on_large_stack(|| {
        let graphs = loaded.graphs(loaded.quads.iter());
        let query = loaded.catalogue.find("timeline-of-event").expect("it is stored");
        let given = vec![("event".to_owned(), "event:storm".to_owned())];
        let rows = answer(query, &given, graphs.of(query));
        let rows: Vec<&str> = rows.lines().skip(1).collect();
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert!(rows[0].ends_with(",\"Tide book of Korvendam, not in this corpus\""), "{rows:?}");
    });
}

/// Who had a copy of a letter, or only may have received it, is no correspondent.
#[test]
fn messages_between_two_are_addressed_to_one_of_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| put(folder.path(), name, text);
    write(
        "regesta.toml",
        "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n\n[sources]\ntei = [\"letters/*.xml\"]\n",
    );
    write("authorities/persons.csv", "id,label\nvos,Vos\nroos,Roos\nbol,Bol\n");
    let letter = |name: &str, received: &str| {
        let text = format!(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>L</title></titleStmt></fileDesc>\
             <profileDesc><correspDesc><correspAction type=\"sent\"><persName key=\"vos\">Vos</persName></correspAction>\
             {received}</correspDesc></profileDesc></teiHeader><text><body><p>Sir.</p></body></text></TEI>"
        );
        write(&format!("letters/{name}.xml"), &text);
    };
    letter("plain", "<correspAction type=\"received\"><persName key=\"roos\">Roos</persName></correspAction>");
    letter(
        "copied",
        "<correspAction type=\"received\"><persName key=\"bol\">Bol</persName></correspAction><correspAction \
         type=\"received\" subtype=\"cc\"><persName key=\"roos\">Roos</persName></correspAction>",
    );
    letter(
        "doubted",
        "<correspAction type=\"received\"><persName xml:id=\"a\" key=\"roos\" exclude=\"#b\">Roos</persName><persName \
         xml:id=\"b\" key=\"bol\" exclude=\"#a\">Bol</persName></correspAction>",
    );
    let loaded = load(folder.path(), None);
    on_large_stack(|| {
        let graphs = loaded.graphs(loaded.quads.iter());
        let query = loaded.catalogue.find("messages-between").expect("it is stored");
        let given = [("a", "person:vos"), ("b", "person:roos")];
        let given: Parameters = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let rows = answer(query, &given, graphs.of(query));
        let documents: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
        assert_eq!(documents, ["https://example.org/t/document/plain#it"]);
    });
}

/// A day lies certainly in a stretch of time where that is so whatever the ends of the stretch mean.
#[test]
fn a_day_is_certainly_within_a_tenure_whatever_its_ends_mean() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    write("regesta.toml", "title = \"T\"\nbase = \"https://example.org/t/\"\nlanguage = \"en\"\n");
    write("documents/first.md", "---\nkind: letter\ntitle: First\n---\nSir.\n");
    write("authorities/persons.csv", "id,label\nroos,Roos\n");
    write("authorities/organisations.csv", "id,label\nboard,Board\n");
    let tenures = ["1846/1851", "1846/..", "1846?/1851", "1848", "1848-06-01"];
    let rows =
        tenures.iter().enumerate().map(|(at, date)| format!("m{at},M{at},person:roos,organisation:board,{date}\n"));
    write("authorities/memberships.csv", &format!("id,label,member,organisation,date\n{}", rows.collect::<String>()));
    let loaded = load(folder.path(), None);
    on_large_stack(|| {
        let graphs = loaded.graphs(loaded.quads.iter());
        let query = loaded.catalogue.find("members-at-date").expect("it is stored");
        let fits = |day: &str| -> Vec<String> {
            let given = [("organisation", "organisation:board"), ("date", day)];
            let given: Parameters = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            let rows = answer(query, &given, graphs.of(query));
            let rows = rows.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
            rows.map(|row| format!("{} {}", row[6], row[8])).collect()
        };
        assert_eq!(fits("1846-06-01"), ["1846/1851 possible", "1846/.. possible", "1846?/1851 possible"]);
        assert_eq!(fits("1847-01-01"), ["1846/1851 certain", "1846/.. certain", "1846?/1851 possible"]);
        assert_eq!(fits("1851-01-02"), ["1846/1851 possible", "1846/.. certain", "1846?/1851 possible"]);
        let middle = fits("1848-06-01");
        assert_eq!(middle[3..], ["1848 possible", "1848-06-01 certain"]);
    });
}

/// A parameter that is left out asks for more, never for less.
#[test]
fn leaving_out_an_optional_parameter_never_takes_rows_away() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        on_large_stack(|| {
            let graphs = loaded.graphs(loaded.quads.iter());
            for query in loaded.catalogue.iter() {
                let rows = |given: &Parameters| answer(query, given, graphs.of(query)).lines().count();
                let all = examples(query);
                let few = rows(&all);
                for parameter in query.parameters.iter().filter(|parameter| !parameter.required) {
                    let without: Parameters = all.iter().filter(|(name, _)| *name != parameter.name).cloned().collect();
                    assert!(rows(&without) >= few, "{} without {}", query.name, parameter.name);
                }
            }
        });
    }
}

/// The order of rows does not hang on the order in which the store was filled.
#[test]
fn every_select_is_fully_ordered() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        on_large_stack(|| {
            let forwards = loaded.graphs(loaded.quads.iter());
            let backwards = loaded.graphs(loaded.quads.iter().rev());
            for query in loaded.catalogue.iter() {
                let parsed = SparqlParser::new().parse_query(&query.text).expect("it was read before");
                if let Query::Select { pattern, .. } = &parsed {
                    assert!(is_ordered(pattern), "{} has no ORDER BY", query.name);
                }
                let given = examples(query);
                let first = answer(query, &given, forwards.of(query));
                let second = answer(query, &given, backwards.of(query));
                assert_eq!(first, second, "{}", query.name);
            }
        });
    }
}

fn is_ordered(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::OrderBy { .. } => true,
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => is_ordered(inner),
        _ => false,
    }
}

/// A small graph: two letters by two people, with years.
fn letters() -> Store {
    let mut store = Store::new().expect("a store in memory");
    let iri = |name: &str| NamedNode::new(format!("https://example.org/t/{name}")).expect("an IRI");
    for (letter, author, year) in [("l1", "a", 1672), ("l2", "b", 1680), ("l3", "a", 1690)] {
        for (property, object) in
            [("author", oxigraph::model::Term::from(iri(author))), ("year", Literal::from(year).into())]
        {
            let quad = oxigraph::model::Quad::new(iri(letter), iri(property), object, iri("graph"));
            store.statement(Statement { quad: quad.as_ref(), span: None, shared: false }).expect("memory takes it");
        }
    }
    store.finish().expect("memory takes it")
}

/// Places where a parameter can stand: unprojected, projected, in FILTER, OPTIONAL, sub-SELECT, aggregates, paths …
const SHAPES: &[&str] = &[
    "SELECT ?l WHERE { ?l :author ?_who_iri } ORDER BY ?l",
    "SELECT ?l ?_who_iri WHERE { ?l :author ?_who_iri } ORDER BY ?l",
    "SELECT ?l ?x WHERE { ?l :author ?x FILTER(?x = ?_who_iri) } ORDER BY ?l",
    "SELECT ?l ?x WHERE { ?l :year ?y OPTIONAL { ?l :author ?x FILTER(?x = ?_who_iri) } } ORDER BY ?l",
    "SELECT ?l WHERE { ?l :year ?y { SELECT ?l WHERE { ?l :author ?_who_iri } } } ORDER BY ?l",
    "SELECT ?l WHERE { { SELECT ?l ?_who_iri WHERE { ?l :author ?_who_iri } } } ORDER BY ?l",
    "SELECT (COUNT(?l) AS ?n) WHERE { ?l :author ?_who_iri }",
    "SELECT ?_who_iri (COUNT(?l) AS ?n) WHERE { ?l :author ?_who_iri } GROUP BY ?_who_iri",
    "SELECT (COUNT(?l) AS ?n) WHERE { ?l :author ?_who_iri } GROUP BY ?_who_iri",
    "SELECT ?x (SUM(IF(?x = ?_who_iri, 1, 0)) AS ?n) WHERE { ?l :author ?x } GROUP BY ?x \
     HAVING (SUM(IF(?x = ?_who_iri, 1, 0)) > 0) ORDER BY ?x",
    "SELECT ?l WHERE { ?l :year ?y FILTER NOT EXISTS { ?l :author ?_who_iri } } ORDER BY ?l",
    "SELECT ?l WHERE { ?l :year ?y MINUS { ?l :author ?_who_iri } } ORDER BY ?l",
    "SELECT ?l WHERE { { ?l :author ?_who_iri } UNION { ?l :year 1680 } } ORDER BY ?l",
    "SELECT ?l (STR(?_who_iri) AS ?s) WHERE { ?l :author ?_who_iri } ORDER BY ?l",
    "SELECT ?m WHERE { ?_who_iri ^:author/:year ?m } ORDER BY ?m",
    "SELECT ?l WHERE { GRAPH ?g { ?l :author ?_who_iri } } ORDER BY ?l",
    "SELECT ?l WHERE { ?l :author ?x } ORDER BY (?x = ?_who_iri) ?l",
    "SELECT ?l WHERE { ?l :author ?x FILTER(?x IN (?_who_iri, :nobody)) } ORDER BY ?l",
    "SELECT ?l WHERE { ?l :author ?x FILTER(COALESCE(?nothing, ?_who_iri) = ?x && BOUND(?_who_iri)) } ORDER BY ?l",
    "ASK { ?l :author ?_who_iri }",
    "CONSTRUCT { ?_who_iri :wrote ?l } WHERE { ?l :author ?_who_iri }",
];

/// A shape with the term written where the parameter stands, in the forms that SPARQL has for a term there.
fn written_out(shape: &str, term: &str) -> String {
    let shape = shape
        .replace("SELECT ?l ?_who_iri WHERE", "SELECT ?l (TERM AS ?who_iri) WHERE")
        .replace("SELECT ?_who_iri (COUNT", "SELECT (TERM AS ?who_iri) (COUNT")
        .replace("} GROUP BY ?_who_iri", "}")
        .replace("BOUND(?_who_iri)", "true");
    shape.replace("?_who_iri", term).replace("TERM", term)
}

/// The answer of a query as text, with the parameter's column under one name.
fn asked(text: &str, given: &[(String, String)], store: &Store) -> String {
    let base = "https://example.org/t/";
    let query = read(&format!("PREFIX : <{base}>\n{text}")).unwrap_or_else(|why| panic!("{text}: {why}"));
    let format = if query.answers_with_graph() {
        AnswerFormat::Graph(regesta::export::Format::find("nt").expect("the table has it"))
    } else {
        AnswerFormat::Rows(QueryResultsFormat::Csv)
    };
    let bound = query.bind(given, base).unwrap_or_else(|why| panic!("{text}: {why}"));
    let mut bytes = Vec::new();
    run(bound, store, &[Base::of("")], format, &mut bytes).unwrap_or_else(|why| panic!("{text}: {why}"));
    String::from_utf8(bytes).expect("UTF-8").replace("_who_iri", "who_iri")
}

/// Wherever a parameter stands, binding it gives what writing the term there gives.
#[test]
fn a_parameter_is_bound_wherever_it_stands() {
    on_large_stack(|| {
        let store = letters();
        let mut answers = Vec::new();
        for who in ["a", "b", "nobody"] {
            let value = format!("https://example.org/t/{who}");
            let given = [("who".to_owned(), value.clone())];
            for shape in SHAPES {
                let bound = asked(shape, &given, &store);
                let written = asked(&written_out(shape, &format!("<{value}>")), &[], &store);
                assert_eq!(bound, written, "{shape} with {who}");
                answers.push(bound);
            }
            let all = asked("SELECT * WHERE { ?l :author ?_who_iri } ORDER BY ?l", &given, &store);
            assert!(all.lines().next().is_some_and(|header| header.contains("who_iri")), "SELECT * shows it: {all}");
            let query = read("ASK { ?l ?p <<( ?s ?q <<( ?_who_iri ?r ?o )>> )>> }").expect("it can be read");
            let bound = query.bind(&given, "").expect("it is an IRI").query().to_string();
            assert!(bound.contains(&format!("<<( <{value}> ?r ?o )>>")), "in triple terms too: {bound}");
        }
        assert_ne!(answers[..SHAPES.len()], answers[SHAPES.len()..2 * SHAPES.len()], "another value, other answers");
    });
}

/// A value is one term, whatever is in it: no text can add to the query.
#[test]
fn no_value_changes_the_shape_of_a_query() {
    let hostile = [
        "",
        "\" } UNION { ?s ?p ?o } #",
        "a\\u0022b",
        "line\nbreak",
        "}",
        "?x",
        "'''",
        "\u{202E}",
        "\u{1F4DC}",
        &"x".repeat(100_000),
    ];
    on_large_stack(|| {
        let store = letters();
        let query = read("SELECT ?l WHERE { ?l ?p ?_words_literal }").expect("it can be read");
        let shape = |bound: &Query| {
            let Query::Select { pattern: GraphPattern::Project { inner, .. }, .. } = bound else { panic!("a SELECT") };
            let GraphPattern::Bgp { patterns } = inner.as_ref() else { panic!("one group") };
            patterns.len()
        };
        for value in hostile {
            let bound = query.bind(&[("words".to_owned(), value.to_owned())], "").expect("words can be anything");
            assert_eq!(shape(bound.query()), 1);
            let mut bytes = Vec::new();
            run(bound, &store, &[Base::of("")], AnswerFormat::Rows(QueryResultsFormat::Csv), &mut bytes)
                .expect("it works");
            assert_eq!(String::from_utf8(bytes).expect("UTF-8").lines().count(), 1, "{value:?} finds nothing");
        }
        let query = read("SELECT ?l WHERE { ?l ?p ?_who_iri }").expect("it can be read");
        for value in [
            "",
            "javascript:alert(1)",
            "https://a b",
            "<https://example.org/> <x",
            "person",
            "person:../x",
            "file:///etc/passwd",
            "x:y:z",
        ] {
            let refused = query.bind(&[("who".to_owned(), value.to_owned())], "https://example.org/t/");
            assert!(refused.is_err(), "{value:?} is taken for an IRI");
        }
    });
}

/// Only a graph is asked for by its name: words that look like it are words.
#[test]
fn a_dataset_whose_graph_is_asked_is_named_in_the_head() {
    let graph = "https://example.org/t/dataset/places";
    let mounted = [("places".to_owned(), NamedNode::new_unchecked(graph))];
    on_large_stack(|| {
        let wanted = |text: String| {
            let query = read(&text).expect("it can be read");
            let bound = query.bind(&[], "").expect("it has no parameters");
            bound.wanted_datasets(&mounted).map_err(|error| error.to_string())
        };
        let inner = format!("GRAPH <{graph}> {{ ?s ?p ?o }}");
        for asks in [format!("ASK {{ {inner} }}"), format!("ASK {{ ?s ?p ?o FILTER(!EXISTS {{ {inner} }}) }}")] {
            let why = wanted(asks.clone()).expect_err("its head names nothing");
            assert!(why.contains("the graph of the dataset \"places\" is asked"), "{why}");
            assert_eq!(wanted(format!("#+ datasets: [places]\n{asks}")), Ok(vec![0]));
        }
        assert_eq!(wanted(format!("ASK {{ ?s ?p \"{inner}\" }}")), Ok(vec![]));
    });
}

#[test]
fn values_of_the_wrong_type_are_refused_with_an_example() {
    on_large_stack(|| {
        let head = "#+ summary: S\n#+ params:\n#+   from: {type: 'xsd:date', example: 1672-07-03}\n#+   count: {type: integer, example: 3}\n";
        let text = "SELECT ?l WHERE { ?l ?p ?y FILTER(?y > ?_from_xsd_date && ?y < ?__count_integer) }";
        let query = read(&format!("{head}{text}")).expect("it can be read");
        let bind = |given: &[(&str, &str)]| {
            let given: Parameters =
                given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            query
                .bind(&given, "https://example.org/t/")
                .map(|_| ())
                .map_err(|error| (error.to_string(), error.help().map(str::to_owned)))
        };
        assert!(bind(&[("from", "1672-07-03")]).is_ok());
        for (given, why) in [
            (vec![], "\"from\" is missing"),
            (vec![("from", "1672")], "not a day"),
            (vec![("from", "1672-02-30")], "not a day"),
            (vec![("from", "1672-07-03"), ("count", "three")], "not a whole number"),
            (vec![("from", "1672-07-03"), ("form", "x")], "there is no parameter \"form\"; did you mean \"from\"?"),
            (vec![("from", "1672-07-03"), ("from", "1672-07-04")], "twice"),
        ] {
            let (message, help) = bind(&given).expect_err("it is wrong");
            assert!(message.contains(why), "{message}");
            assert_eq!(help.as_deref(), Some("for example: regesta query query -p from=1672-07-03 -p count=3"));
        }
        let assigned = read("SELECT ?_x_literal WHERE { BIND(1 AS ?_x_literal) }").expect("it can be read");
        assert!(assigned.bind(&[("x".to_owned(), "1".to_owned())], "").is_err(), "the query assigns it itself");
        let accented = read("SELECT ?s WHERE { ?s ?p ?_cafe\u{301}_iri }").expect_err("its name has an accent");
        assert!(accented.contains("not made of letters and digits"), "{accented}");
        let subject = read("SELECT ?p WHERE { ?_x_literal ?p ?o }").expect("it can be read");
        assert!(subject.bind(&[("x".to_owned(), "1".to_owned())], "").is_err(), "a literal is no subject");
    });
}

/// What would end the program, or never end, is refused before it is planned; quickly.
#[test]
fn queries_beyond_the_limits_are_refused() {
    let nested = |open: &str, middle: &str, close: &str, depth: usize| {
        format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
    };
    let refused: Vec<(String, &str)> = vec![
        (format!("ASK {}", nested("{", "", "}", 1000)), "deep"),
        (format!("ASK {}", nested("{", "", "}", 30_000)), "deep"),
        (format!("ASK {{ FILTER({}) }}", nested("(", "1", ")", 1000)), "deep"),
        (format!("ASK {{ {} }}", nested("OPTIONAL {", "?s ?p ?o", "}", 500)), "deep"),
        (format!("ASK {{ ?s ?p {} }}", nested("[ ?p ", "1", "]", 100)), "deep"),
        (format!("ASK {{ ?s ?p {} }}", nested("( ", "1", ")", 100)), "deep"),
        (format!("ASK {{ ?s ?p ({}) }}", "1 ".repeat(100)), "triple patterns in one group"),
        (format!("ASK {{ {} }}", "{ ?s ?p ?o } ".repeat(300)), "triple patterns"),
        (format!("ASK {{ {{}} {} }}", "UNION {}".repeat(7000)), "UNION"),
        (format!("ASK {{ FILTER(?x = 0 {}) }}", "|| ?x = 1".repeat(5000)), "operators"),
        (format!("ASK {{ {} }}", "OPTIONAL { ?s ?p ?o } ".repeat(200)), "OPTIONAL"),
        (format!("ASK {{ VALUES ?x {{ {} }} }}", "1 ".repeat(20_000)), "VALUES"),
        (format!("ASK {{ ?s ?p \"{}\" }}", "x".repeat(70_000)), "bytes"),
        ("ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }".to_owned(), "SERVICE"),
        ("ASK { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }".to_owned(), "SERVICE"),
        ("DELETE WHERE { ?s ?p ?o }".to_owned(), "changes a graph"),
        ("LOAD <http://127.0.0.1/>".to_owned(), "changes a graph"),
    ];
    for (query, why) in refused {
        let before = Instant::now();
        let message = on_large_stack(|| read(&query).err())
            .unwrap_or_else(|| panic!("not refused: {}", &query[..60.min(query.len())]));
        assert!(message.contains(why), "{why}: {message}");
        assert!(before.elapsed().as_secs() < 20, "it took long to refuse {}", &query[..60.min(query.len())]);
    }
    let accepted = [
        format!("ASK {}", nested("{", "", "}", 64)),
        "ASK { ?s ?p \"((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((\" }".to_owned(),
        "ASK { ?s ?p ?o } # ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((".to_owned(),
        "ASK { ?s <http://example.org/((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((> ?o }"
            .to_owned(),
        "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }".to_owned(),
    ];
    for query in accepted {
        assert!(on_large_stack(|| read(&query)).is_ok(), "{query}");
    }
}

/// A graph that is not there is an error, not an empty answer.
#[test]
fn a_graph_that_is_not_there_is_an_error() {
    on_large_stack(|| {
        let store = letters();
        let ask = |text: &str| {
            let query = read(text).expect("it can be read");
            let bound = query.bind(&[], "").expect("it has no parameters");
            run(bound, &store, &[Base::of("")], AnswerFormat::Rows(QueryResultsFormat::Csv), &mut Vec::new())
        };
        assert!(ask("SELECT ?s FROM <https://example.org/t/graph> WHERE { ?s ?p ?o }").is_ok());
        assert!(ask("SELECT ?s FROM <file:///etc/passwd> WHERE { ?s ?p ?o }").is_err());
    });
}

/// What is loaded after the corpus was set apart is seen in its own graph alone, however many graphs the corpus has.
#[test]
fn the_default_graph_is_the_corpus() {
    for graphs in [3, 100] {
        let mut store = Store::new().expect("a store in memory");
        let put = |store: &mut Store, number: usize, graph: &str| {
            let iri = |text: String| NamedNode::new_unchecked(text);
            let (subject, graph) = (iri(format!("https://example.org/{number}")), iri(graph.to_owned()));
            let quad = oxigraph::model::Quad::new(subject.clone(), subject.clone(), subject, graph);
            let statement = Statement { quad: quad.as_ref(), span: None, shared: false };
            store.statement(statement).expect("memory takes it");
        };
        (0..graphs).for_each(|number| put(&mut store, number, &format!("https://example.org/graph/{number}")));
        store.set_apart().expect("memory takes it");
        put(&mut store, 1000, "https://example.org/dataset");
        let store = store.finish().expect("memory takes it");
        on_large_stack(|| {
            let count = |pattern: &str| {
                let text = format!("SELECT (COUNT(*) AS ?count) WHERE {{ {pattern} }} ORDER BY ?count");
                asked(&text, &[], &store).lines().nth(1).expect("one row").to_owned()
            };
            assert!(count("?s ?p ?o").contains(&format!("{graphs}")), "{}", count("?s ?p ?o"));
            assert!(count("GRAPH <https://example.org/dataset> { ?s ?p ?o }").contains('1'));
            assert!(count("GRAPH <https://example.org/graph/1> { ?s ?p ?o }").contains('1'));
        });
    }
}
