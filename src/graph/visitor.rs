//! The graph as one visitor of the records among others: what they say as quads, past the gate, to a target.

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::graph::annotation::{self, Passages};
use crate::graph::claim::Contents;
use crate::graph::document_graphs::describe_letter;
use crate::graph::emitter::Emitter;
use crate::graph::{Gate, GraphTarget, Guard, Iris, Sink, authority, catalogue, claim, document, mapping};
use crate::model::{Publication, RecordOrigin, RecordVisitor, Records, SourceFile, SourceRecords};
use crate::project::Project;
use crate::vocabulary::{dct, schema};
use std::sync::Arc;

/// Sends the quads of all records to a target: one named graph for each source, then the catalogue of the graphs.
pub struct GraphVisitor<'a, T> {
    project: &'a Project,
    claims: Arc<Claims>,
    target: &'a mut T,
}

/// What the claims of a corpus are about, which every part must know.
struct Claims {
    guard: Guard,
    contents: Contents,
}

/// The quads of a part of a source.
pub struct GraphPart<'a, P> {
    project: &'a Project,
    claims: Arc<Claims>,
    quads: P,
}

impl<'a, T: GraphTarget> GraphVisitor<'a, T> {
    /// The graph of a corpus on its way to a target. The corpus is what was read whole: its claims are known before the
    /// first quad passes the gate.
    pub fn new(project: &'a Project, records: &Records, target: &'a mut T) -> Self {
        let guard = Guard::new(records, &project.base);
        let contents = Contents::new(records, &Iris::new(&project.base));
        Self { project, claims: Arc::new(Claims { guard, contents }), target }
    }
}

impl<'a, T: GraphTarget> RecordVisitor for GraphVisitor<'a, T> {
    type Part = GraphPart<'a, T::Part>;

    fn begin_part(&mut self) -> Self::Part {
        GraphPart { project: self.project, claims: Arc::clone(&self.claims), quads: self.target.begin_part() }
    }

    fn visit_part(part: &mut Self::Part, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()> {
        let GraphPart { project, claims, quads } = part;
        describe(records, project, &claims.contents, &mut Gate::new(&claims.guard, quads, problems))
    }

    fn append(&mut self, part: Self::Part) -> Result<()> {
        self.target.append(part.quads)
    }

    fn visit(&mut self, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()> {
        let mut gate = Gate::new(&self.claims.guard, &mut *self.target, problems);
        describe(records, self.project, &self.claims.contents, &mut gate)
    }

    fn begin_source(&mut self, path: &str) -> Result<()> {
        self.target.begin(Iris::new(&self.project.base).source(path).as_ref())
    }

    fn take_back_source(&mut self) -> Result<()> {
        self.target.take_back()
    }

    fn end(&mut self, sources: &[SourceFile], names_things: bool, problems: &mut Diagnostics) -> Result<()> {
        let mut gate = Gate::new(&self.claims.guard, &mut *self.target, problems);
        let mut emitter = Emitter::new(self.project, &mut gate);
        catalogue::describe(sources, names_things, self.project, &mut emitter);
        emitter.finish()
    }
}

/// Sends the quads of the records of a source to a sink.
fn describe(records: &SourceRecords<'_>, project: &Project, contents: &Contents, sink: &mut dyn Sink) -> Result<()> {
    let mut emitter = Emitter::new(project, sink);
    let graph = match &records.origin {
        RecordOrigin::File(path) => emitter.iris.source(path),
        RecordOrigin::Letters => emitter.iris.things(),
    };
    emitter.begin_graph(graph.clone());
    records.authorities.iter().for_each(|authority| authority::describe(authority, &mut emitter));
    if records.authorities.iter().any(|authority| authority::is_concept(authority)) {
        authority::describe_scheme(project, &mut emitter);
    }
    records.documents.iter().for_each(|document| document::describe(document, &mut emitter));
    records.letters.iter().for_each(|letter| describe_letter(letter, &mut emitter));
    let mut passages = Passages::default();
    for annotation in &records.annotations {
        annotation::describe(annotation, &mut passages, &mut emitter);
    }
    claim::describe(&records.claims, contents, &mut passages, &mut emitter);
    passages.describe(&mut emitter);
    if let RecordOrigin::File(path) = &records.origin {
        mapping::describe(&records.mappings, path, &mut emitter);
    }
    if let Some(Publication { publishers, places, dates }) = records.publication {
        let mut node = emitter.node(graph, None);
        publishers.iter().for_each(|publisher| node.text(dct::PUBLISHER, publisher));
        places.iter().for_each(|place| node.text(schema::LOCATION_CREATED, place));
        dates.iter().for_each(|date| node.text(dct::ISSUED, date));
    }
    emitter.finish()
}
