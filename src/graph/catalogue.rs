//! The catalogue: what the dataset is, and of each graph from which file it was made, by which program, under which licence
//! (PROV-O, DCAT 3).

use crate::graph::Iris;
use crate::graph::emitter::{Emitter, NodeWriter};
use crate::model::{Circa, SourceFile, TermsOfUse};
use crate::project::{Dataset, DatasetOrigin, Project};
use crate::vocabulary::{dcat, dct, edtf, pav, prov, rdf, rg, schema, skos, void};
use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::xsd;
use std::collections::BTreeSet;

/// What stands for a licence where none is stated: that nobody has looked (RightsStatements.org, Copyright Not Evaluated).
const NOT_EVALUATED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://rightsstatements.org/vocab/CNE/1.0/");

/// The parts of the dataset that its making is described by.
const BUILD: &str = "build";
const PROGRAM: &str = "program";

/// Describes the dataset, its graphs and the files that they were made from.
pub(super) fn describe(sources: &[SourceFile], has_things: bool, project: &Project, emitter: &mut Emitter<'_>) {
    emitter.begin_graph(emitter.iris.catalogue());
    dataset(project, emitter);
    making(emitter);
    for source in sources {
        source_graph(source, project, emitter);
    }
    if has_things {
        things(sources, project, emitter);
    }
    for mounted in &project.datasets {
        describe_mounted(mounted, project, emitter);
    }
    let dataset = emitter.iris.dataset();
    for member in &project.corpora {
        emitter.node(Iris::new(&member.base).dataset(), Some(member.span)).iri(dct::IS_PART_OF, &dataset);
    }
}

fn dataset(project: &Project, emitter: &mut Emitter<'_>) {
    let dataset = emitter.iris.dataset();
    let mut node = emitter.node(emitter.iris.catalogue(), None);
    node.iri(rdf::TYPE, dcat::CATALOG);
    node.words(skos::PREF_LABEL, &project.title, &project.language);
    node.iri(dcat::HAS_DATASET, &dataset);
    for mounted in &project.datasets {
        let iri = node.iris().mounted(&mounted.name);
        node.iri(dcat::HAS_DATASET, &iri);
    }
    let mut node = emitter.node(dataset, None);
    say_of_project(project, &mut node);
    let Circa { years, months, days } = project.circa;
    for (reach, unit) in [(years, 'Y'), (months, 'M'), (days, 'D')].into_iter().filter(|(reach, _)| *reach > 0) {
        node.typed(rg::CIRCA_WIDTH, &format!("P{reach}{unit}"), xsd::DURATION);
    }
    for mounted in &project.datasets {
        let iri = node.iris().mounted(&mounted.name);
        node.iri(dct::REFERENCES, &iri);
    }
    let build = node.iris().of_dataset(BUILD);
    node.iri(prov::WAS_GENERATED_BY, &build);
}

/// What the project file says of the dataset.
pub(super) fn say_of_project(project: &Project, node: &mut NodeWriter<'_, '_>) {
    node.iri(rdf::TYPE, void::DATASET);
    node.iri(rdf::TYPE, dcat::DATASET);
    node.words(skos::PREF_LABEL, &project.title, &project.language);
    if let Some(description) = &project.description {
        node.words(dct::DESCRIPTION, description, &project.language);
    }
    if let Some(creator) = &project.creator {
        node.text(dct::CREATOR, creator);
    }
    terms_of_use(&project.licence.clone().map(TermsOfUse::Licence).iter().collect(), node);
    node.text(dct::LANGUAGE, &project.language);
    node.text(void::URI_SPACE, &project.base);
}

/// Describes what made the graphs; when is not said, so that the same sources give the same bytes.
fn making(emitter: &mut Emitter<'_>) {
    let program = emitter.iris.of_dataset(PROGRAM);
    let mut node = emitter.node(emitter.iris.of_dataset(BUILD), None);
    node.iri(rdf::TYPE, prov::ACTIVITY);
    node.words(skos::PREF_LABEL, "Making of the graph", "en");
    node.iri(prov::WAS_ASSOCIATED_WITH, &program);
    let mut node = emitter.node(program, None);
    node.iri(rdf::TYPE, prov::SOFTWARE_AGENT);
    node.text(skos::PREF_LABEL, concat!("regesta ", env!("CARGO_PKG_VERSION")));
    node.text(schema::SOFTWARE_VERSION, env!("CARGO_PKG_VERSION"));
}

/// Describes the graph of a source, and the file.
fn source_graph(source: &SourceFile, project: &Project, emitter: &mut Emitter<'_>) {
    let file = emitter.iris.source_file(&source.path);
    let mut node = emitter.node(emitter.iris.source(&source.path), None);
    graph(&source.path, source.terms.iter().collect(), project, &mut node);
    node.iri(prov::WAS_DERIVED_FROM, &file);
    let mut node = emitter.node(file, None);
    node.iri(rdf::TYPE, prov::ENTITY);
    node.text(skos::PREF_LABEL, &source.path);
    node.text(schema::SHA256, &source.digest.to_string());
}

/// Describes the graph of what letters name.
fn things(sources: &[SourceFile], project: &Project, emitter: &mut Emitter<'_>) {
    let of_letters = || sources.iter().filter(|source| source.has_letters);
    let terms = of_letters().flat_map(|source| &source.terms).collect();
    let mut node = emitter.node(emitter.iris.things(), None);
    graph("What letters name", terms, project, &mut node);
    for source in of_letters() {
        let file = node.iris().source_file(&source.path);
        node.iri(prov::WAS_DERIVED_FROM, &file);
    }
}

fn graph(name: &str, own: BTreeSet<&TermsOfUse>, project: &Project, node: &mut NodeWriter<'_, '_>) {
    let (dataset, build) = (node.iris().dataset(), node.iris().of_dataset(BUILD));
    node.iri(rdf::TYPE, prov::ENTITY);
    node.text(skos::PREF_LABEL, name);
    node.iri(dct::IS_PART_OF, &dataset);
    // Those that the file states, or else that of the corpus.
    let of_project = project.licence.clone().map(TermsOfUse::Licence);
    let terms = if own.is_empty() { of_project.iter().collect() } else { own };
    terms_of_use(&terms, node);
    node.iri(prov::WAS_GENERATED_BY, &build);
}

/// Under which terms something can be used, as far as that is known.
pub(super) fn terms_of_use(terms: &BTreeSet<&TermsOfUse>, node: &mut NodeWriter<'_, '_>) {
    for terms in terms {
        match terms {
            TermsOfUse::Licence(licence) => node.iri(dct::LICENSE, NamedNodeRef::new_unchecked(licence)),
            TermsOfUse::Words(words) => node.text(dct::RIGHTS, words),
        }
    }
    if terms.is_empty() {
        node.iri(dct::RIGHTS, NOT_EVALUATED);
    }
}

/// Describes a dataset of others: what it is, where it is from, and which state of it is meant. Of what it says nothing
/// is here.
fn describe_mounted(dataset: &Dataset, project: &Project, emitter: &mut Emitter<'_>) {
    let mut node = emitter.node(emitter.iris.mounted(&dataset.name), Some(dataset.span));
    node.iri(rdf::TYPE, void::DATASET);
    node.iri(rdf::TYPE, dcat::DATASET);
    match &dataset.title {
        Some(title) => node.words(skos::PREF_LABEL, title, &project.language),
        None => node.text(skos::PREF_LABEL, &dataset.name),
    }
    node.iri(dct::LICENSE, NamedNodeRef::new_unchecked(&dataset.licence));
    match &dataset.source {
        Some(DatasetOrigin::Words(words)) => node.text(dct::BIBLIOGRAPHIC_CITATION, words),
        Some(DatasetOrigin::Address(address)) => node.iri(pav::RETRIEVED_FROM, NamedNodeRef::new_unchecked(address)),
        None => {}
    }
    if let Some(date) = &dataset.date {
        node.typed(pav::RETRIEVED_ON, date, edtf::EDTF);
    }
    if let Some(pin) = project.lock.pins.get(&dataset.name) {
        node.text(schema::SHA256, &pin.sha256);
    }
}
