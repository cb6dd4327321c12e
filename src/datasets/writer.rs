//! Writes the statements of one mounted dataset.

use crate::datasets::DatasetSummary;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::{Error, Result};
use crate::graph::{Iris, Sink, Statement, class};
use crate::model::{Date, Kind, Scheme};
use crate::project::{Dataset, Project, language_tag};
use crate::source::{FileId, Sources, is_forbidden};
use crate::vocabulary::{dct, edtf, geo, mounted, rdf, schema, skos};
use foldhash::fast::FixedState;
use iri_string::types::{IriRelativeStr, IriStr};
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::hash::BuildHasher;

/// Writes statements into the graph of one dataset.
pub(super) struct DatasetWriter<'a> {
    sink: &'a mut dyn Sink,
    graph: NamedNode,
    /// The bases of the project's corpora: what is below them is ours.
    bases: Vec<&'a str>,
    /// What the things begin with that have no address: below the graph, or as the project says.
    pub(super) own: String,
    file: Option<FileId>,
    /// How many files were begun.
    files: usize,
    /// How many geometries were written.
    geometries: usize,
    /// The first subject that is the corpus's, where it is, and how many there are.
    ours: Option<(FileId, String, usize)>,
    /// The hashes of the IRIs of the things that were described.
    things: HashSet<u64>,
    /// The first thing that was described twice, where, and how often that happened.
    repeated: Option<(FileId, String, usize)>,
    /// The first thing of which a text holds a control character.
    forbidden: Option<(FileId, String)>,
    failure: Option<Error>,
    pub(super) summary: DatasetSummary,
}

/// A thing of a dataset that is not RDF.
#[derive(Debug, Default)]
pub(super) struct Thing {
    /// Its IRI.
    pub(super) iri: String,
    /// What sort of thing it is, as far as the source says.
    pub(super) kind: Option<Kind>,
    /// What it is called.
    pub(super) name: String,
    /// What else it is called, with a language where the source has one.
    pub(super) names: Vec<(String, Option<String>)>,
    /// ISO 3166 codes of countries.
    pub(super) countries: Vec<String>,
    /// What sort of place or person it is, in the source's words or addresses.
    pub(super) types: Vec<String>,
    /// The classes of GeoNames that it belongs to: one letter each.
    pub(super) feature_classes: Vec<String>,
    /// Latitude and longitude.
    pub(super) points: Vec<(f64, f64)>,
    /// What it lies in: addresses, or names.
    pub(super) within: Vec<String>,
    /// Addresses of the same thing elsewhere.
    pub(super) exact: Vec<String>,
    /// Addresses of nearly the same thing elsewhere.
    pub(super) close: Vec<String>,
    /// Addresses that are cited for it, of things in authority files.
    pub(super) see: Vec<String>,
    /// Addresses of other things that have to do with it.
    pub(super) related: Vec<String>,
    /// Days and years, as the source writes them.
    pub(super) born: Option<String>,
    pub(super) died: Option<String>,
    pub(super) date: Option<String>,
    /// When it was called so.
    pub(super) coverage: Vec<String>,
    /// What else there is to say.
    pub(super) descriptions: Vec<(String, Option<String>)>,
}

impl<'a> DatasetWriter<'a> {
    pub(super) fn new(project: &'a Project, dataset: &Dataset, sink: &'a mut dyn Sink) -> Self {
        let graph = Iris::new(&project.base).mounted(&dataset.name);
        let bases = project.bases();
        let own = dataset.base.as_deref().map_or_else(|| format!("{}/", graph.as_str()), str::to_owned);
        let (files, geometries, summary) = (0, 0, DatasetSummary::default());
        let (things, repeated) = (HashSet::new(), None);
        let (ours, forbidden, failure) = (None, None, None);
        Self {
            sink,
            graph,
            bases,
            own,
            file: None,
            files,
            geometries,
            ours,
            things,
            repeated,
            forbidden,
            failure,
            summary,
        }
    }

    /// What follows comes from this file.
    pub(super) fn begin(&mut self, file: FileId) {
        self.file = Some(file);
        self.files += 1;
    }

    /// Writes a statement.
    pub(super) fn statement(&mut self, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>, object: TermRef<'_>) {
        if self.failure.is_some() {
            return;
        }
        let is_ours = self.bases.iter().any(|base| subject.as_str().starts_with(base));
        let below_graph = subject.as_str().strip_prefix(self.graph.as_str());
        if is_ours && !below_graph.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#'])) {
            let file = self.file.expect("a statement comes from a file");
            self.ours.get_or_insert_with(|| (file, subject.as_str().to_owned(), 0)).2 += 1;
        }
        let usual = |iri: NamedNodeRef<'_>| usual(iri.as_str()).map(NamedNode::new_unchecked);
        let usual_subject = usual(subject);
        let usual_object = match object {
            TermRef::NamedNode(iri) => usual(iri),
            _ => None,
        };
        let subject = usual_subject.as_ref().map_or(subject, NamedNode::as_ref);
        let object = usual_object.as_ref().map_or(object, |iri| iri.as_ref().into());
        let usual_predicate = usual(predicate);
        let predicate = usual_predicate.as_ref().map_or(predicate, NamedNode::as_ref);
        let quad = QuadRef::new(subject, predicate, object, self.graph.as_ref());
        self.summary.statements += 1;
        self.failure = self.sink.statement(Statement { quad, span: None, shared: false }).err();
    }

    /// An IRI for something without one: the graph's, with a fragment.
    fn fragment(&self, name: &str) -> NamedNode {
        NamedNode::new_unchecked([self.graph.as_str(), "#", name].concat())
    }

    /// An IRI for a blank node of the file that was begun last, by its number there.
    pub(super) fn blank(&self, number: usize) -> NamedNode {
        self.fragment(&format!("blank-{}-{number}", self.files))
    }

    /// The IRI of a thing: an address, or an id below what the dataset's ids begin with.
    pub(super) fn iri_of(&self, id: &str) -> Option<String> {
        if id.starts_with("http://") || id.starts_with("https://") {
            return IriStr::new(id).is_ok().then(|| id.to_owned());
        }
        let plain = !id.is_empty() && !id.contains(':') && IriRelativeStr::new(id).is_ok();
        plain.then(|| [self.own.as_str(), id].concat())
    }

    /// Whether the sink has refused a statement: what follows need not be read.
    pub(super) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Counts a key or a column that is not used.
    pub(super) fn unused(&mut self, key: &str) {
        self.unused_times(key, 1);
    }

    /// Counts one that was met so many times.
    pub(super) fn unused_times(&mut self, key: &str, times: usize) {
        let is_beyond = !self.summary.unused.contains_key(key) && self.summary.unused.len() >= MOST_UNUSED;
        let key = if is_beyond { "others" } else { key };
        *self.summary.unused.entry(key.to_owned()).or_default() += times;
    }

    /// Counts the keys of a part of a thing that are not read.
    pub(super) fn unused_of(&mut self, part: &Map<String, Value>, name: &str, read: &[&str]) {
        for key in part.keys().filter(|key| !read.contains(&key.as_str())) {
            self.unused(&format!("{name}.{key}"));
        }
    }

    /// Describes a thing.
    pub(super) fn thing(&mut self, thing: &Thing) {
        if !self.things.insert(FixedState::default().hash_one(&thing.iri)) {
            let file = self.file.expect("a thing comes from a file");
            self.repeated.get_or_insert_with(|| (file, thing.iri.clone(), 0)).2 += 1;
        }
        let subject = NamedNodeRef::new_unchecked(&thing.iri);
        if let Some(kind) = thing.kind {
            self.statement(subject, rdf::TYPE, class(kind).into());
        }
        self.text(subject, skos::PREF_LABEL, &thing.name, None);
        for (name, language) in &thing.names {
            self.text(subject, skos::ALT_LABEL, name, language.as_deref());
        }
        for country in &thing.countries {
            if country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                self.text(subject, mounted::COUNTRY_CODE, &country.to_ascii_uppercase(), None);
            } else {
                self.unused("country that is no code of two letters");
            }
        }
        for class in &thing.feature_classes {
            let iri = ["http://www.geonames.org/ontology#", class].concat();
            self.statement(subject, mounted::FEATURE_CLASS, NamedNodeRef::new_unchecked(&iri).into());
        }
        thing.types.iter().for_each(|value| self.address_or_text(subject, dct::TYPE, value));
        for (latitude, longitude) in &thing.points {
            self.geometries += 1;
            let geometry = self.fragment(&format!("geometry-{}", self.geometries));
            self.statement(subject, geo::HAS_GEOMETRY, geometry.as_ref().into());
            self.statement(geometry.as_ref(), rdf::TYPE, geo::GEOMETRY.into());
            let text = format!("POINT({longitude} {latitude})");
            let literal = LiteralRef::new_typed_literal(&text, geo::WKT_LITERAL);
            self.statement(geometry.as_ref(), geo::AS_WKT, literal.into());
        }
        thing.within.iter().for_each(|value| self.address_or_text(subject, schema::CONTAINED_IN_PLACE, value));
        let links = [
            (skos::EXACT_MATCH, &thing.exact),
            (skos::CLOSE_MATCH, &thing.close),
            (mounted::SEE_ALSO, &thing.see),
            (dct::RELATION, &thing.related),
        ];
        for (predicate, addresses) in links {
            for address in addresses {
                self.statement(subject, predicate, NamedNodeRef::new_unchecked(address).into());
            }
        }
        let dates =
            [(mounted::BIRTH_DATE, &thing.born), (mounted::DEATH_DATE, &thing.died), (mounted::DATE, &thing.date)];
        for (predicate, date) in dates {
            date.iter().for_each(|date| self.date(subject, predicate, date));
        }
        thing.coverage.iter().for_each(|date| self.date(subject, mounted::TEMPORAL_COVERAGE, date));
        for (words, language) in &thing.descriptions {
            self.text(subject, dct::DESCRIPTION, words, language.as_deref());
        }
    }

    /// A date of EDTF, or the words where it is none.
    fn date(&mut self, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>, date: &str) {
        let literal = if Date::parse(date).is_ok() {
            LiteralRef::new_typed_literal(date, edtf::EDTF)
        } else {
            self.unused("date that is kept as words");
            LiteralRef::new_simple_literal(date)
        };
        self.statement(subject, predicate, literal.into());
    }

    fn address_or_text(&mut self, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>, value: &str) {
        let address = value.starts_with("http://") || value.starts_with("https://");
        if address && IriStr::new(value).is_ok() {
            self.statement(subject, predicate, NamedNodeRef::new_unchecked(value).into());
        } else {
            self.text(subject, predicate, value, None);
        }
    }

    fn text(&mut self, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>, text: &str, language: Option<&str>) {
        if text.contains(is_forbidden) {
            let file = self.file.expect("a statement comes from a file");
            self.forbidden.get_or_insert_with(|| (file, subject.as_str().to_owned()));
        }
        let tag = language.and_then(language_tag);
        if tag.is_none() && language.is_some() {
            self.unused("language that is no tag of BCP 47");
        }
        let literal = match &tag {
            Some(tag) => LiteralRef::new_language_tagged_literal_unchecked(text, tag),
            None => LiteralRef::new_simple_literal(text),
        };
        self.statement(subject, predicate, literal.into());
    }

    /// Says what is wrong with the dataset as a whole; the sink's failure, if it failed.
    pub(super) fn finish(self, dataset: &Dataset, diagnostics: &mut Diagnostics) -> Result<DatasetSummary> {
        if let Some((file, subject, count)) = self.ours {
            let message = format!(
                "the dataset \"{}\" describes things of the corpus, {count} times, the first of them <{subject}>",
                dataset.name
            );
            let help = "what the corpus says is said by its own sources; take these statements out, or give the corpus \
                        or the dataset another base";
            diagnostics.push(Diagnostic::new(Code::DatasetUsesBase, Sources::whole(file), message).help(help));
        }
        if let Some((file, subject, count)) = self.repeated {
            let often = if count == 1 { String::new() } else { format!("{count} times, the first time ") };
            let message = format!("in the dataset \"{}\" an id comes again: {often}<{subject}>", dataset.name);
            let help = "nothing is lost; but what has one id is one thing, with all that is said of either";
            diagnostics.push(Diagnostic::new(Code::DatasetRepeatedId, Sources::whole(file), message).help(help));
        }
        if let Some((file, subject)) = self.forbidden {
            let message = format!("a text of <{subject}> holds a control character");
            diagnostics.push(Diagnostic::new(Code::ControlCharacter, Sources::whole(file), message));
        }
        if self.summary.blank_nodes > 0 {
            let message = format!(
                "the dataset \"{}\" has {} blank nodes, which are numbered in the order in which they come",
                dataset.name, self.summary.blank_nodes
            );
            let help =
                "nothing is lost; but they have other numbers in another version of the file, so link to none of them";
            diagnostics.push(Diagnostic::new(Code::DatasetBlankNodes, dataset.span, message).help(help));
        }
        self.failure.map_or(Ok(self.summary), Err)
    }
}

/// The form of an IRI in which it can be joined: of known authority files their one form, and of schema.org, whose terms
/// are written in two ways, the one that it still gives in its own files.
fn usual(iri: &str) -> Option<String> {
    let term = iri.strip_prefix("https://schema.org/").map(|term| ["http://schema.org/", term].concat());
    term.or_else(|| Scheme::usual_iri(iri))
}

/// The most keys that are not used of which it is counted how often each comes; the others are counted together.
const MOST_UNUSED: usize = 1000;
