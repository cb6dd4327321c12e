//! The description of a build: VoID, with a part for each class and property; DCAT 3, with a distribution for each file; and
//! what can be asked of it, as a SPARQL service description.

use crate::error::Result;
use crate::graph::catalogue::{say_of_project, terms_of_use};
use crate::graph::emitter::Emitter;
use crate::graph::{Sink, Statistics};
use crate::model::TermsOfUse;
use crate::project::Project;
use crate::source::short_digest;
use crate::vocabulary::{PREFIXES, dct, described, rdf, rdfs, schema, skos, void};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::{BTreeMap, BTreeSet};

/// A file that the whole dataset is in.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// The name of its format.
    pub format: &'static str,
    /// Its own name.
    pub file: String,
    /// Its media type.
    pub media_type: &'static str,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
}

/// What media types are called where they are registered.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";
/// What formats are called in service descriptions: those of SPARQL 1.1 for rows, and of graphs.
const RESULT_FORMATS: [&str; 6] =
    ["SPARQL_Results_CSV", "SPARQL_Results_JSON", "SPARQL_Results_TSV", "SPARQL_Results_XML", "Turtle", "N-Triples"];
const FORMATS: &str = "http://www.w3.org/ns/formats/";

/// Describes a build.
pub(super) fn describe(
    statistics: &Statistics,
    distributions: &[Distribution],
    terms: &BTreeSet<&TermsOfUse>,
    project: &Project,
    emitter: &mut Emitter<'_>,
) {
    emitter.begin_graph(emitter.iris.of_dataset("description"));
    let (classes, properties) = (statistics.classes(), statistics.properties());
    dataset(statistics, distributions, project, emitter);
    partitions("class", described::CLASS, &classes, described::ENTITIES, emitter);
    partitions("property", described::PROPERTY, &properties, described::TRIPLES, emitter);
    for distribution in distributions {
        distribute(distribution, terms, project, emitter);
    }
    service(statistics, emitter);
}

fn dataset(statistics: &Statistics, distributions: &[Distribution], project: &Project, emitter: &mut Emitter<'_>) {
    let (classes, properties) = (statistics.classes(), statistics.properties());
    let mut node = emitter.node(emitter.iris.dataset(), None);
    say_of_project(project, &mut node);
    node.iri(rdf::TYPE, described::SERVED);
    node.words(described::TITLE, &project.title, &project.language);
    node.words(rdfs::COMMENT, "A triple that stands in several graphs is counted in each of them.", "en");
    node.number(described::TRIPLES, statistics.statements());
    node.number(described::CLASSES, classes.len());
    node.number(described::PROPERTIES, properties.len());
    let terms = || classes.keys().chain(properties.keys());
    for (_, namespace) in PREFIXES.iter().filter(|(_, namespace)| terms().any(|term| term.starts_with(namespace))) {
        node.iri(described::VOCABULARY, NamedNodeRef::new_unchecked(namespace));
    }
    let parts =
        [(described::CLASS_PARTITION, "class", &classes), (described::PROPERTY_PARTITION, "property", &properties)];
    for (link, kind, terms) in parts {
        for term in terms.keys() {
            let part = node.iris().of_dataset(&part_of(kind, term));
            node.iri(link, &part);
        }
    }
    for distribution in distributions {
        let iri = node.iris().of_dataset(distribution.format);
        node.iri(described::HAS_DISTRIBUTION, &iri);
    }
    for graph in statistics.graphs.keys() {
        node.iri(described::HAS_NAMED_GRAPH, NamedNodeRef::new_unchecked(graph));
    }
}

/// What the part of a class or property is called: with its prefix, or else after its address.
fn part_of(kind: &str, term: &str) -> String {
    let known = PREFIXES.iter().find_map(|(prefix, namespace)| Some((prefix, term.strip_prefix(namespace)?)));
    match known {
        Some((prefix, name)) => format!("{kind}-{prefix}-{name}"),
        None => format!("{kind}-{}", short_digest(term)),
    }
}

fn partitions(
    kind: &str,
    of: NamedNodeRef<'_>,
    counts: &BTreeMap<&str, usize>,
    counted: NamedNodeRef<'_>,
    emitter: &mut Emitter<'_>,
) {
    for (term, count) in counts {
        let mut node = emitter.node(emitter.iris.of_dataset(&part_of(kind, term)), None);
        node.iri(rdf::TYPE, void::DATASET);
        node.text(skos::PREF_LABEL, &format!("What has the {kind} {term}"));
        node.iri(of, NamedNodeRef::new_unchecked(term));
        node.number(counted, *count);
    }
}

fn distribute(
    distribution: &Distribution,
    terms: &BTreeSet<&TermsOfUse>,
    project: &Project,
    emitter: &mut Emitter<'_>,
) {
    let mut node = emitter.node(emitter.iris.of_dataset(distribution.format), None);
    node.iri(rdf::TYPE, described::DISTRIBUTION);
    node.text(described::TITLE, &distribution.file);
    let media_type = [MEDIA_TYPES, distribution.media_type].concat();
    node.iri(described::MEDIA_TYPE, NamedNodeRef::new_unchecked(&media_type));
    node.typed(described::BYTE_SIZE, &distribution.bytes.to_string(), xsd::NON_NEGATIVE_INTEGER);
    node.text(schema::SHA256, &distribution.digest);
    let of_project = project.licence.clone().map(TermsOfUse::Licence);
    let all: BTreeSet<&TermsOfUse> = terms.iter().copied().chain(&of_project).collect();
    terms_of_use(&all, &mut node);
    if !terms.is_empty() {
        node.words(dct::RIGHTS, "Each graph can be used under the terms that the catalogue states for it.", "en");
    }
}

/// Describes what `regesta query` and any SPARQL server can be asked once the dataset is loaded (SPARQL 1.1 Service
/// Description).
fn service(statistics: &Statistics, emitter: &mut Emitter<'_>) {
    let dataset = emitter.iris.dataset();
    let mut node = emitter.node(emitter.iris.of_dataset("service"), None);
    node.iri(rdf::TYPE, described::SERVICE);
    node.iri(described::SUPPORTED_LANGUAGE, described::SPARQL_11_QUERY);
    node.iri(described::FEATURE, described::UNION_DEFAULT_GRAPH);
    for format in RESULT_FORMATS {
        node.iri(described::RESULT_FORMAT, NamedNodeRef::new_unchecked(&[FORMATS, format].concat()));
    }
    node.iri(described::DEFAULT_DATASET, &dataset);
    for (graph, count) in &statistics.graphs {
        let inner = NamedNode::new_unchecked([graph, "#graph"].concat());
        let mut node = emitter.node(NamedNode::new_unchecked(graph), None);
        node.iri(rdf::TYPE, described::NAMED_GRAPH);
        node.iri(described::NAME, NamedNodeRef::new_unchecked(graph));
        node.iri(described::HAS_GRAPH, &inner);
        let mut node = emitter.node(inner, None);
        node.iri(rdf::TYPE, described::GRAPH);
        node.iri(rdf::TYPE, void::DATASET);
        node.text(skos::PREF_LABEL, &format!("What the graph {graph} holds"));
        node.number(described::TRIPLES, *count);
    }
}

/// Sends the description of a build to a sink: what is in the graphs, counted, and in which files they are; `terms` are those
/// that sources state for themselves.
pub fn describe_build(
    statistics: &Statistics,
    distributions: &[Distribution],
    terms: &BTreeSet<&TermsOfUse>,
    project: &Project,
    sink: &mut dyn Sink,
) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    describe(statistics, distributions, terms, project, &mut emitter);
    emitter.finish()
}
