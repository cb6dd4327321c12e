//! Checks that a corpus brings with it: queries of which each row is a problem.

use crate::diagnostic::{CheckOrigin, Code, Diagnostic, Diagnostics, POSSIBLE, Severity, nearest};
use crate::error::Result;
use crate::graph::{GraphTarget, QuadList, Sink, Statement};
use crate::query::{Purpose, StoredQuery, solutions};
use crate::source::{FileId, Sources, Span};
use crate::store::Store;
use crate::vocabulary::rdf;
use foldhash::fast::FixedState;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, Term};
use std::collections::HashMap;
use std::hash::BuildHasher;

/// The variable of the thing that a row is about.
const FOCUS: &str = "focus";
/// The variable of the words of a row, where the query has them.
const MESSAGE: &str = "message";
/// The most rows of one check that are looked at.
const ROWS: usize = 10_000;

/// A check of a corpus's own.
#[derive(Clone, Debug)]
pub struct CustomCheck {
    query: StoredQuery,
    /// Its name and how much it matters.
    pub own: CheckOrigin,
    file: FileId,
}

impl CustomCheck {
    /// Reads the checks of a corpus; what is wrong with them goes into `diagnostics`. To be called on a large stack.
    pub fn read_all(sources: &Sources, files: &[FileId], diagnostics: &mut Diagnostics) -> Vec<Self> {
        files.iter().filter_map(|file| Self::read(sources, *file, diagnostics)).collect()
    }

    fn read(sources: &Sources, file: FileId, diagnostics: &mut Diagnostics) -> Option<Self> {
        let check = Self::read_file(sources, file, diagnostics);
        diagnostics.note_check(sources.stem(file), check.is_some());
        check
    }

    fn read_file(sources: &Sources, file: FileId, diagnostics: &mut Diagnostics) -> Option<Self> {
        let source = diagnostics.take(sources.open(file))?;
        let (name, whole) = (sources.stem(file), Sources::whole(file));
        if let Some(problem) = crate::model::slug_problem(name) {
            let message = format!("the file name \"{name}\" cannot be the name of a check: {problem}");
            diagnostics.push(Diagnostic::new(Code::InvalidId, whole, message).help("rename the file"));
            return None;
        }
        if Code::find(name).is_some() || name == POSSIBLE {
            let message = format!("\"{name}\" is a code of the program's own");
            diagnostics.push(Diagnostic::new(Code::DuplicateId, whole, message).help("rename the file"));
            return None;
        }
        let query = StoredQuery::read(name, &source, Purpose::Check, diagnostics)?;
        if !query.variables().iter().any(|variable| variable.as_str() == FOCUS) {
            let message = "the query has no ?focus, so nobody could tell what its rows are about";
            diagnostics.push(without_focus(whole, message));
            return None;
        }
        let severity = severity(&query, whole, diagnostics);
        Some(Self { own: CheckOrigin { name: name.into(), severity }, query, file })
    }

    /// What it looks for, in one line.
    pub fn summary(&self) -> &str {
        &self.query.summary
    }

    /// What else there is to say.
    pub fn description(&self) -> Option<&str> {
        self.query.description.as_deref()
    }

    /// Asks a graph; each row is a problem, at the place of what it is about. To be called on a large stack.
    pub fn run(&self, graph: &PlacedStore, base: &str) -> Result<Vec<Diagnostic>> {
        let query = self.query.bind(&[], base)?;
        let mut found = Vec::new();
        let mut has_focus = true;
        for row in solutions(query, &graph.store)? {
            let row = row?;
            if found.len() == ROWS {
                let message = format!("the check has more than {ROWS} rows; the rest was not looked at");
                found.push(self.diagnostic(Diagnostic::new(Code::OwnCheck, Sources::whole(self.file), message)));
                break;
            }
            let Some(Term::NamedNode(focus)) = row.get(FOCUS) else {
                has_focus = false;
                continue;
            };
            let focus = focus.as_str();
            let message = self.message(&row, base);
            found.push(self.diagnostic(match graph.places.get(&hash(focus)) {
                Some(span) => Diagnostic::new(Code::OwnCheck, *span, message),
                None => Diagnostic::general(Code::OwnCheck, format!("{message}: <{focus}>")),
            }));
        }
        if !has_focus {
            let message = "a row of the query has no ?focus that is a thing of the graph";
            found.push(without_focus(Sources::whole(self.file), message));
        }
        Ok(found)
    }

    /// Something that the check has found, or that is wrong with the check.
    pub fn found(&self, span: Option<Span>, message: String, of_check: bool) -> Diagnostic {
        if of_check {
            return without_focus(Sources::whole(self.file), &message);
        }
        self.diagnostic(match span {
            Some(span) => Diagnostic::new(Code::OwnCheck, span, message),
            None => Diagnostic::general(Code::OwnCheck, message),
        })
    }

    fn diagnostic(&self, diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic { check: Some(Box::new(self.own.clone())), ..diagnostic }
    }

    /// The words of a row: its own, or those of the head, with what the other columns have.
    fn message(&self, row: &oxigraph::sparql::QuerySolution, base: &str) -> String {
        let words = |term: &Term| match term {
            Term::NamedNode(iri) => iri.as_str().strip_prefix(base).unwrap_or(iri.as_str()).to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        let message = row.get(MESSAGE).map(words).filter(|message| !message.trim().is_empty());
        if let Some(message) = message {
            return message;
        }
        let others = row.iter().filter(|(variable, _)| ![FOCUS, MESSAGE].contains(&variable.as_str()));
        let others: Vec<String> =
            others.map(|(variable, term)| format!("{} {}", variable.as_str(), words(term))).collect();
        let summary = match self.query.summary.trim_end_matches('.') {
            "" => "the check has found this",
            summary => summary,
        };
        if others.is_empty() { summary.to_owned() } else { format!("{summary} ({})", others.join(", ")) }
    }

    /// Reports that the check could not be brought to its end, and why.
    pub fn report_unfinished(&self, why: &str, diagnostics: &mut Diagnostics) {
        diagnostics.note_check(self.own.name.as_str(), false);
        let message = format!("the check did not come to its end: {why}");
        let help = "ask for less, so that the graph is not searched again for every row; see: regesta explain own-check-unfinished";
        diagnostics.push(Diagnostic::new(Code::OwnCheckUnfinished, Sources::whole(self.file), message).help(help));
    }
}

fn without_focus(span: Span, message: &str) -> Diagnostic {
    let help = "select the thing that is at fault as ?focus: its place in the sources is shown";
    Diagnostic::new(Code::OwnCheckWithoutFocus, span, message).help(help)
}

fn severity(query: &StoredQuery, whole: Span, diagnostics: &mut Diagnostics) -> Severity {
    let Some(word) = &query.severity else { return Severity::Warning };
    let known = Severity::ALL.into_iter().find(|(name, _)| name == word).map(|(_, severity)| severity);
    if known.is_none() {
        let names = Severity::ALL.map(|(name, _)| name);
        let help = nearest(word, names)
            .map_or_else(|| "use one of error, warning, hint".to_owned(), |name| format!("did you mean {name}?"));
        let message = format!("\"{word}\" is no severity");
        diagnostics.push(Diagnostic::new(Code::QueryHead, whole, message).help(help));
    }
    known.unwrap_or(Severity::Warning)
}

fn hash(iri: &str) -> u64 {
    FixedState::default().hash_one(iri)
}

/// A store that knows where in the sources each thing is described.
pub struct PlacedStore {
    store: Store,
    places: HashMap<u64, Span>,
}

/// The place of a thing, by the hash of its IRI.
type Place = (u64, Span);

impl PlacedStore {
    /// Nothing yet.
    pub fn new() -> Result<Self> {
        Ok(Self { store: Store::new()?, places: HashMap::new() })
    }

    /// Hands over what is left; from here on the store can be asked.
    pub fn finish(self) -> Result<Self> {
        Ok(Self { store: self.store.finish()?, ..self })
    }
}

/// Where a statement describes its subject, if it does.
fn place(statement: Statement<'_>) -> Option<Place> {
    match (statement.quad.subject, statement.span) {
        (NamedOrBlankNodeRef::NamedNode(subject), Some(span)) if statement.quad.predicate == rdf::TYPE => {
            Some((hash(subject.as_str()), span))
        }
        _ => None,
    }
}

impl Sink for PlacedStore {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        if let Some((subject, span)) = place(statement) {
            self.places.entry(subject).or_insert(span);
        }
        self.store.statement(statement)
    }
}

/// The quads and places of a part of a source.
pub struct PlacedQuads {
    list: QuadList,
    places: Vec<Place>,
}

impl Sink for PlacedQuads {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.places.extend(place(statement));
        self.list.statement(statement)
    }
}

impl GraphTarget for PlacedStore {
    type Part = PlacedQuads;

    fn begin_part(&mut self) -> PlacedQuads {
        PlacedQuads { list: self.store.begin_part(), places: Vec::new() }
    }

    fn begin(&mut self, graph: NamedNodeRef<'_>) -> Result<()> {
        self.store.begin(graph)
    }

    fn append(&mut self, part: PlacedQuads) -> Result<()> {
        for (subject, span) in part.places {
            self.places.entry(subject).or_insert(span);
        }
        self.store.append(part.list)
    }

    fn take_back(&mut self) -> Result<()> {
        self.store.take_back()
    }
}
