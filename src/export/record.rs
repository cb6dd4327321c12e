//! One JSON-LD tree for each document: the document at the root, with its actions, text, annotations and claims below
//! it, and every person, place or thing it names embedded once with type and label.

use crate::error::Result;
use crate::export::context::{Context, put};
use crate::export::iri::relative;
use crate::graph::{self, DocumentGraphs, Iris, Sink, Statement};
use crate::model::{Annotation, Claim, ConceptList, Document, Id, Kind, Label, Letter, Records};
use crate::project::Project;
use crate::vocabulary::{rdf, rg, schema, skos};
use oxigraph::model::{NamedOrBlankNode, Quad, Term, TermRef};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The properties by which a part points to the document it belongs to, in the order in which the tree shows them.
const OWNED_BY: [&str; 4] = [
    rg::OF_DOCUMENT.as_str(),
    schema::ENCODES_CREATIVE_WORK.as_str(),
    schema::IS_PART_OF.as_str(),
    schema::APPEARANCE.as_str(),
];

/// The records of a corpus.
pub struct DocumentRecords<'a> {
    project: &'a Project,
    graphs: DocumentGraphs<'a>,
    context: Context,
    annotations: BTreeMap<&'a Id, Vec<&'a Annotation>>,
    claims: BTreeMap<&'a Id, Vec<&'a Claim>>,
    briefs: BTreeMap<String, Brief<'a>>,
}

/// One document's tree.
#[derive(Debug)]
pub struct DocumentRecord(Value);

impl DocumentRecord {
    /// The tree as indented JSON.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(&self.0).expect("a tree of texts is JSON");
        json.push(b'\n');
        json
    }

    /// The tree as JSON on one line.
    pub fn to_line(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(&self.0).expect("a tree of texts is JSON");
        json.push(b'\n');
        json
    }
}

/// What is embedded of something that a document names.
struct Brief<'a> {
    class: &'static str,
    label: &'a Label,
}

impl<'a> DocumentRecords<'a> {
    /// Sorts the annotations and claims of a corpus by document.
    pub fn new(records: &'a Records, project: &'a Project) -> Self {
        let iris = Iris::new(&project.base);
        let mut trees = Self {
            project,
            graphs: DocumentGraphs::new(records, project),
            context: Context::ours(),
            annotations: BTreeMap::new(),
            claims: BTreeMap::new(),
            briefs: BTreeMap::new(),
        };
        for annotation in &records.annotations {
            let Some(document) = &annotation.document else { continue };
            trees.annotations.entry(document).or_default().push(annotation);
        }
        for claim in &records.claims {
            trees.claims.entry(&claim.document.id).or_default().push(claim);
        }
        for authority in &records.authorities {
            let brief = Brief { class: graph::class(authority.id.kind).as_str(), label: &authority.label };
            trees.briefs.insert(iris.thing(&authority.id).into_string(), brief);
        }
        for document in &records.documents {
            let message = ConceptList::MESSAGES.contains(&document.kind);
            let class = if message { schema::MESSAGE } else { graph::class(Kind::Document) };
            let brief = Brief { class: class.as_str(), label: &document.title };
            trees.briefs.insert(iris.thing(&document.id).into_string(), brief);
        }
        trees
    }

    /// The tree of one document.
    pub fn record(&self, document: &Document) -> Result<DocumentRecord> {
        let mut nodes = DocumentNodes::default();
        let annotations = self.annotations.get(&document.id).map(Vec::as_slice).unwrap_or_default();
        let claims = self.claims.get(&document.id).map(Vec::as_slice).unwrap_or_default();
        self.graphs.document(document, annotations, claims, &mut nodes)?;
        Ok(self.tree(&document.id, &nodes))
    }

    /// The tree of one letter. What it names is embedded where an authority table or a register describes it.
    pub fn letter(&self, letter: &Letter) -> Result<DocumentRecord> {
        let mut nodes = DocumentNodes::default();
        self.graphs.letter(letter, &mut nodes)?;
        Ok(self.tree(&letter.document.id, &nodes))
    }

    fn tree(&self, document: &Id, nodes: &DocumentNodes) -> DocumentRecord {
        let parts = nodes.parts();
        let root = Iris::new(&self.project.base).thing(document).into_string();
        let mut tree = TreeBuilder { trees: self, nodes, parts: &parts, embedded: BTreeSet::new() };
        let mut record = Map::new();
        record.insert("@context".to_owned(), self.context.with_base(&self.project.base));
        record.extend(tree.node(&root, None));
        DocumentRecord(Value::Object(record))
    }
}

/// The quads of one document, by subject, in the order in which they came.
#[derive(Default)]
struct DocumentNodes {
    order: Vec<String>,
    quads: BTreeMap<String, Vec<Quad>>,
}

impl Sink for DocumentNodes {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        let quad = statement.quad.into_owned();
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            let quads = self.quads.entry(subject.as_str().to_owned()).or_insert_with(|| {
                self.order.push(subject.as_str().to_owned());
                Vec::new()
            });
            quads.push(quad);
        }
        Ok(())
    }
}

impl DocumentNodes {
    /// By owner and property: what belongs to it, in the order in which it came.
    fn parts(&self) -> BTreeMap<(&str, &str), Vec<&str>> {
        let mut parts: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for part in &self.order {
            if let Some((property, owner)) = self.owner(part) {
                parts.entry((owner, property)).or_default().push(part);
            }
        }
        parts
    }

    /// The property by which a node says that it belongs to another one of these nodes.
    fn owner(&self, iri: &str) -> Option<(&'static str, &str)> {
        let quads = self.quads.get(iri)?;
        OWNED_BY.into_iter().find_map(|property| {
            let owner = quads.iter().find_map(|quad| match &quad.object {
                Term::NamedNode(owner) if quad.predicate.as_str() == property => Some(owner.as_str()),
                _ => None,
            })?;
            self.quads.contains_key(owner).then_some((property, owner))
        })
    }
}

/// The tree while it grows; every node is embedded once.
struct TreeBuilder<'a, 'r> {
    trees: &'a DocumentRecords<'r>,
    nodes: &'a DocumentNodes,
    parts: &'a BTreeMap<(&'a str, &'a str), Vec<&'a str>>,
    embedded: BTreeSet<String>,
}

impl TreeBuilder<'_, '_> {
    /// A node with what it points to, and below that what belongs to it. `owned_by` is the property that the tree
    /// itself shows.
    fn node(&mut self, iri: &str, owned_by: Option<&str>) -> Map<String, Value> {
        self.embedded.insert(iri.to_owned());
        let context = &self.trees.context;
        let base = &self.trees.project.base;
        let mut node = Map::new();
        node.insert("id".to_owned(), relative(iri, base).into());
        for quad in &self.nodes.quads[iri] {
            let property = quad.predicate.as_str();
            if owned_by == Some(property) {
                continue;
            }
            match quad.object.as_ref() {
                TermRef::NamedNode(object) if self.embeds(property, object.as_str()) => {
                    let value = Value::Object(self.embed(object.as_str()));
                    let place = node.entry(context.name(property).to_owned()).or_insert(Value::Null);
                    put(place, value, context.is_set(property));
                }
                object => context.add(&mut node, property, object, base),
            }
        }
        for property in OWNED_BY {
            let Some(parts) = self.parts.get(&(iri, property)) else { continue };
            let parts = parts.iter().map(|part| Value::Object(self.node(part, Some(property)))).collect();
            let name = context.reverse_name(property).expect("a test keeps these properties in the context");
            node.insert(name.to_owned(), Value::Array(parts));
        }
        node
    }

    /// Whether what a property points to is embedded there.
    fn embeds(&self, property: &str, object: &str) -> bool {
        if self.embedded.contains(object) || property == rdf::TYPE.as_str() {
            return false;
        }
        if self.nodes.quads.contains_key(object) {
            return property != rg::INCOMPATIBLE_WITH.as_str() && self.nodes.owner(object).is_none();
        }
        self.trees.briefs.contains_key(object)
    }

    fn embed(&mut self, iri: &str) -> Map<String, Value> {
        if self.nodes.quads.contains_key(iri) {
            return self.node(iri, None);
        }
        self.embedded.insert(iri.to_owned());
        let context = &self.trees.context;
        let brief = &self.trees.briefs[iri];
        let mut node = Map::new();
        node.insert("id".to_owned(), relative(iri, &self.trees.project.base).into());
        node.insert("type".to_owned(), Value::Array(vec![context.class(brief.class).into()]));
        let label = Map::from_iter([(brief.label.language.clone(), brief.label.text.clone().into())]);
        node.insert(context.name(skos::PREF_LABEL.as_str()).to_owned(), Value::Object(label));
        node
    }
}
