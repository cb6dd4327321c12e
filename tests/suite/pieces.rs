//! Exports that are made of pieces, and taken back, have the bytes of those that are written in one go; and every
//! format holds what is hard to write.

use crate::support::{corpora, load};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{BaseDirection, BlankNode, GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use regesta::error::Error;
use regesta::export::{Export, Format, NamedWriter, Pieces};
use regesta::graph::{Sink, Statement};
use std::fs;
use std::io::BufWriter;

const BASE: &str = "https://example.org/corpus/";

/// The bytes of each format since the last call.
fn take(pieces: &mut Pieces) -> Vec<Vec<u8>> {
    let bytes = pieces.end().map(<[u8]>::to_vec).collect();
    pieces.clear();
    bytes
}

fn say(sink: &mut (impl Sink + ?Sized), quads: &[Quad], shared: bool) {
    for quad in quads {
        sink.statement(Statement { quad: quad.as_ref(), span: None, shared }).expect("memory takes it");
    }
}

fn written(format: &Format, base: &str, write: impl FnOnce(&mut dyn Export)) -> String {
    let mut bytes = Vec::new();
    let mut export = format.writer(base, &mut bytes).expect("memory takes it");
    write(export.as_mut());
    export.finish().expect("memory takes it");
    String::from_utf8(bytes).expect("exports are UTF-8")
}

fn graph_of(quad: &Quad) -> NamedNodeRef<'_> {
    let GraphName::NamedNode(graph) = &quad.graph_name else { panic!("{quad} is in no named graph") };
    graph.as_ref()
}

/// Appends a graph in pieces of so many nodes each.
fn append(export: &mut dyn Export, format: &'static Format, base: &str, graph: &[Quad], nodes: usize) {
    let mut pieces = Pieces::new(&[format], base);
    export.begin_graph(graph_of(&graph[0])).expect("memory takes it");
    for (at, node) in graph.chunk_by(|left, right| left.subject == right.subject).enumerate() {
        if at > 0 && at % nodes == 0 {
            export.append(&take(&mut pieces)[0]).expect("memory takes it");
        }
        say(&mut pieces, node, false);
    }
    export.append(&take(&mut pieces)[0]).expect("memory takes it");
}

fn graphs(quads: &[Quad]) -> Vec<&[Quad]> {
    quads.chunk_by(|left, right| left.graph_name == right.graph_name).collect()
}

fn quad(subject: &str, predicate: &str, object: impl Into<Term>, graph: &str) -> Quad {
    let node = |name: &str| NamedNode::new_unchecked(format!("{BASE}{name}"));
    let predicate = NamedNode::new_unchecked(predicate);
    Quad::new(node(subject), predicate, object, GraphName::from(node(graph)))
}

const LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";

/// Wherever a graph is cut between two nodes, and whether its neighbours come in pieces or not.
#[test]
fn pieces_make_the_same_bytes() {
    for corpus in corpora() {
        let loaded = load(&corpus, None);
        for format in Format::RDF {
            let whole = written(format, loaded.base(), |export| say(export, &loaded.quads, false));
            for nodes in [1, 2, 7, 1000] {
                let parts = written(format, loaded.base(), |export| {
                    for graph in graphs(&loaded.quads) {
                        append(export, format, loaded.base(), graph, nodes);
                    }
                });
                assert!(whole == parts, "{} in pieces of {nodes} nodes", format.name);
            }
            let mixed = written(format, loaded.base(), |export| {
                for (at, graph) in graphs(&loaded.quads).into_iter().enumerate() {
                    match at % 2 {
                        0 => say(export, graph, false),
                        _ => append(export, format, loaded.base(), graph, 3),
                    }
                }
            });
            assert!(whole == mixed, "{} half in pieces", format.name);
        }
    }
}

/// One thread makes the bytes for every format, and several calls give what one gives, joined.
#[test]
fn pieces_for_several_formats_can_be_joined() {
    let loaded = load(&corpora()[1], None);
    let formats: Vec<&'static Format> = Format::RDF.iter().collect();
    let mut pieces = Pieces::new(&formats, loaded.base());
    let graph = graphs(&loaded.quads).into_iter().max_by_key(|graph| graph.len()).expect("there are graphs");
    let mut joined = vec![Vec::new(); formats.len()];
    for node in graph.chunk_by(|left, right| left.subject == right.subject) {
        say(&mut pieces, node, false);
        joined.iter_mut().zip(take(&mut pieces)).for_each(|(all, piece)| all.extend(piece));
    }
    for (format, joined) in formats.into_iter().zip(joined) {
        let whole = written(format, loaded.base(), |export| say(export, graph, false));
        let parts = written(format, loaded.base(), |export| {
            export.begin_graph(graph_of(&graph[0])).expect("memory takes it");
            export.append(&joined).expect("memory takes it");
        });
        assert!(whole == parts, "{}", format.name);
    }
    fn is_sent<T: Send>(_: &T) {}
    is_sent(&pieces);
}

/// At the beginning, in the middle and at the end; with statements and with pieces.
#[test]
fn a_graph_that_is_taken_back_leaves_nothing() {
    let loaded = load(&corpora()[1], None);
    let graphs = graphs(&loaded.quads);
    let lost = [quad("lost", LABEL, Literal::new_simple_literal("lost"), "lost.xml")];
    for format in Format::RDF {
        let whole = written(format, loaded.base(), |export| say(export, &loaded.quads, false));
        for before in [0, 1, graphs.len() / 2, graphs.len()] {
            for in_pieces in [false, true] {
                let left = written(format, loaded.base(), |export| {
                    graphs[..before].iter().for_each(|graph| say(export, graph, false));
                    export.mark().expect("memory can be marked");
                    if in_pieces {
                        append(export, format, loaded.base(), &lost, 1);
                    } else {
                        say(export, &lost, true);
                    }
                    export.take_back().expect("memory can be cut");
                    graphs[before..].iter().for_each(|graph| say(export, graph, false));
                });
                assert!(whole == left, "{} after {before} graphs", format.name);
            }
        }
    }
}

/// Files are cut too, with what is still in a buffer, and more than fits into one.
#[test]
fn a_graph_is_taken_back_from_a_file() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let loaded = load(&corpora()[1], None);
    let graphs = graphs(&loaded.quads);
    for format in Format::RDF {
        let path = folder.path().join(format.name);
        let file = fs::File::create(&path).expect("a file can be made");
        let writer = NamedWriter::new(&path, BufWriter::with_capacity(1 << 10, file));
        let mut export = format.writer(loaded.base(), writer).expect("the file takes it");
        for graph in &graphs {
            export.mark().expect("a file can be marked");
            say(export.as_mut(), &loaded.quads, false);
            export.take_back().expect("a file can be cut");
            say(export.as_mut(), graph, false);
        }
        export.finish().expect("the file takes it");
        let whole = written(format, loaded.base(), |export| say(export, &loaded.quads, false));
        assert!(fs::read_to_string(&path).expect("the file is there") == whole, "{}", format.name);
    }
}

/// What was said only in the graph that is taken back counts as not said.
#[test]
fn what_is_shared_is_forgotten_with_the_graph() {
    let label = |graph| [quad("shared", LABEL, Literal::new_simple_literal("shared"), graph)];
    for format in Format::RDF.iter().filter(|format| !format.holds_graphs()) {
        let once = written(format, BASE, |export| say(export, &label("a"), true));
        let said = written(format, BASE, |export| {
            export.mark().expect("memory can be marked");
            say(export, &label("a"), true);
            export.take_back().expect("memory can be cut");
            say(export, &label("b"), true);
            export.mark().expect("memory can be marked");
            say(export, &label("c"), true);
            export.take_back().expect("memory can be cut");
            say(export, &label("d"), true);
        });
        assert_eq!(once, said, "{}", format.name);
    }
}

#[test]
fn a_graph_without_nodes_is_not_written() {
    let label = [quad("a", LABEL, Literal::new_simple_literal("a"), "a")];
    for format in Format::RDF {
        let whole = written(format, BASE, |export| say(export, &label, false));
        let left = written(format, BASE, |export| {
            let nothing = NamedNode::new_unchecked(format!("{BASE}nothing"));
            export.begin_graph(nothing.as_ref()).expect("memory takes it");
            export.append(&[]).expect("memory takes it");
            export.begin_graph(graph_of(&label[0])).expect("memory takes it");
            say(export, &label, false);
            export.begin_graph(nothing.as_ref()).expect("memory takes it");
        });
        assert_eq!(whole, left);
    }
}

/// Characters with escapes, white space alone, names in no namespace of ours, blank nodes.
fn hard() -> Vec<Quad> {
    let words = "a \"b\" \\ & < > ' ]]> \t \r \n \r\n é 𝄞 \u{85} \u{2028} \u{7F} \u{FFFD} ﬀ";
    let mut quads = vec![
        quad("1", LABEL, Literal::new_language_tagged_literal_unchecked(words, "de-ch"), "g"),
        quad("1", LABEL, Literal::new_language_tagged_literal_unchecked("zwei", "de-ch"), "g"),
        quad("1", LABEL, NamedNode::new_unchecked("https://example.org/?a=b&c='d'"), "g"),
        quad("1", LABEL, Literal::new_language_tagged_literal_unchecked("drei", "it"), "g"),
        quad("1", "https://example.org/a/1b.c-d", Literal::new_simple_literal(" \n "), "g"),
        quad("1", "https://example.org/é?x&y=z", Literal::new_typed_literal(words, xsd::TOKEN), "g"),
        quad("2", "http://schema.org/1a", Literal::new_typed_literal("-07", xsd::INTEGER), "g"),
        quad("2", "http://schema.org/name", Literal::new_typed_literal("seven", xsd::INTEGER), "g"),
        quad("2", "http://schema.org/name", NamedNode::new_unchecked("http://schema.org/"), "h"),
        quad("2", "http://schema.org/-a", NamedNode::new_unchecked("http://schema.org/-a"), "h"),
        quad("2", "http://schema.org/url", Literal::new_simple_literal(""), "h"),
    ];
    let blank = BlankNode::new_unchecked("b0");
    quads.push(quad("3", "http://schema.org/url", blank.clone(), "h"));
    quads.push(Quad { subject: blank.into(), ..quads[0].clone() });
    quads
}

#[test]
fn lines_are_those_of_oxigraph() {
    let mut quads = hard();
    let control = "\u{0}\u{8}\u{B}\u{C}\u{1F}\u{FFFE}\u{FFFF}";
    let direction = Literal::new_directional_language_tagged_literal_unchecked("a", "he", BaseDirection::Rtl);
    quads.extend([quad("4", LABEL, Literal::new_simple_literal(control), "g"), quad("4", LABEL, direction, "g")]);
    for corpus in corpora() {
        quads.extend(load(&corpus, None).quads);
    }
    quads.extend(hard().into_iter().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad }));
    for format in [RdfFormat::NQuads, RdfFormat::NTriples] {
        let ours = Format::RDF.iter().find(|row| row.rdf() == Some(format)).expect("the table has it");
        let mut theirs = RdfSerializer::from_format(format).for_writer(Vec::new());
        for quad in &quads {
            let mut quad = quad.as_ref();
            if format == RdfFormat::NTriples {
                quad.graph_name = oxigraph::model::GraphNameRef::DefaultGraph;
            }
            theirs.serialize_quad(quad).expect("memory takes it");
        }
        let theirs = String::from_utf8(theirs.finish().expect("memory takes it")).expect("UTF-8");
        assert!(written(ours, BASE, |export| say(export, &quads, false)) == theirs, "{}", ours.name);
    }
}

#[test]
fn what_is_hard_to_write_reads_back() {
    for format in Format::RDF {
        let text = written(format, BASE, |export| say(export, &hard(), false));
        let parser = RdfParser::from_format(format.rdf().expect("it is a syntax of RDF")).for_slice(&text);
        let lines = |quads: Vec<Quad>| {
            let mut lines: Vec<String> = quads
                .into_iter()
                .map(|quad| {
                    if format.holds_graphs() {
                        quad.to_string()
                    } else {
                        Quad { graph_name: GraphName::DefaultGraph, ..quad }.to_string()
                    }
                })
                // Readers name blank nodes anew.
                .map(|line| {
                    line.split(' ')
                        .map(|word| if word.starts_with("_:") { "_:" } else { word })
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            lines.sort();
            lines
        };
        let found = parser.map(|quad| quad.unwrap_or_else(|error| panic!("{}: {error}\n{text}", format.name)));
        assert_eq!(lines(found.collect()), lines(hard()), "{}", format.name);
    }
}

#[test]
fn rdf_xml_refuses_what_it_cannot_hold() {
    let format = Format::find("rdfxml").expect("the table has RDF/XML");
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    let fine = Literal::new_simple_literal("fine");
    let refused = [
        quad("1", "https://example.org/12", fine.clone(), "g"),
        quad("1", "https://example.org/a/", fine.clone(), "g"),
        quad("1", &format!("{rdf}li"), fine.clone(), "g"),
        quad("1", "http://www.w3.org/2000/xmlns/a", fine, "g"),
        quad("1", LABEL, Literal::new_simple_literal("\u{1}"), "g"),
    ];
    for quad in refused {
        let mut export = format.writer(BASE, Vec::new()).expect("memory takes it");
        let failure = export.statement(Statement { quad: quad.as_ref(), span: None, shared: false });
        let Err(Error::Output(error)) = failure else { panic!("{quad} is written") };
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidData, "{quad}");
    }
}
