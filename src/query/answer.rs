//! Evaluating a query, and writing its answer.

use crate::diagnostic::visible;
use crate::error::{Error, Result};
use crate::export::Format;
use crate::graph::Statement;
use crate::query::{Base, BoundQuery, StoredQuery};
use crate::store::Store;
use comfy_table::{Table, presets};
use oxigraph::model::{GraphNameRef, Term, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter, SparqlEvaluator};
use spargebra::Query;
use std::io::Write;
use std::thread;
use unicode_width::UnicodeWidthChar;

/// The stack that queries are parsed, planned, evaluated and dropped on. The system gives it out page by page.
const STACK: usize = 1 << 30;

/// How an answer is written.
#[derive(Clone, Copy, Debug)]
pub enum AnswerFormat {
    /// A table for people: labels and ids, not IRIs.
    Table {
        /// The columns that a line has.
        width: u16,
    },
    /// One of the formats of SPARQL 1.1 for rows and for yes or no.
    Rows(QueryResultsFormat),
    /// A format for graphs.
    Graph(&'static Format),
}

impl AnswerFormat {
    /// The names of the formats for rows, in the order in which lists show them.
    pub const ROWS: [(&'static str, QueryResultsFormat); 4] = [
        ("csv", QueryResultsFormat::Csv),
        ("tsv", QueryResultsFormat::Tsv),
        ("json", QueryResultsFormat::Json),
        ("xml", QueryResultsFormat::Xml),
    ];

    /// The format of a name; a table has so many columns in a line.
    ///
    /// # Errors
    ///
    /// If there is no such format.
    pub fn find(name: &str, width: u16) -> Result<Self> {
        if name == "table" {
            return Ok(Self::Table { width });
        }
        let rows = Self::ROWS.iter().find(|(known, _)| *known == name);
        let rows = rows.map(|(_, format)| Self::Rows(*format));
        rows.or_else(|| Format::find_rdf(name).map(Self::Graph)).ok_or_else(|| {
            let names = Self::ROWS.iter().map(|(name, _)| *name).chain(Format::RDF.iter().map(|format| format.name));
            let help = format!("the formats are table, {}", names.collect::<Vec<_>>().join(", "));
            Error::usage(format!("there is no format \"{name}\""), help)
        })
    }
}

/// Does work with a stack that is large enough for every query that passes the limits.
pub fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        thread
            .expect("address space for a stack can be reserved")
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Evaluates a bound query over a store and writes its answer. To be called on a large stack.
///
/// The query sees the union of all graphs, unless it names graphs itself. `bases` are those of the corpus and of the
/// corpora of a joint project.
pub fn run(
    query: BoundQuery<'_>,
    store: &Store,
    bases: &[Base<'_>],
    format: AnswerFormat,
    writer: &mut dyn Write,
) -> Result<()> {
    let stored = query.stored;
    match evaluate(query, store)? {
        QueryResults::Solutions(solutions) => rows(stored, solutions, bases, format, writer),
        QueryResults::Boolean(answer) => boolean(stored, answer, format, writer),
        QueryResults::Graph(triples) => {
            let triples = triples.collect::<std::result::Result<_, _>>();
            let triples: Vec<Triple> = triples.map_err(|error| failed(&stored.name, error))?;
            graph(stored, triples, bases[0].iri, format, writer)
        }
    }
}

/// The rows of a bound query, one after the other. To be called on a large stack.
pub fn solutions(query: BoundQuery<'_>, store: &Store) -> Result<impl Iterator<Item = Result<QuerySolution>>> {
    let name = query.stored.name.clone();
    let found = match evaluate(query, store)? {
        QueryResults::Solutions(solutions) => Some(solutions),
        QueryResults::Boolean(_) | QueryResults::Graph(_) => None,
    };
    Ok(found.into_iter().flatten().map(move |row| row.map_err(|error| failed(&name, error))))
}

/// Why a query could not be evaluated: where the store failed, that is no fault of the query.
fn failed(name: &str, error: QueryEvaluationError) -> Error {
    match error {
        QueryEvaluationError::Dataset(source) => Error::storage("read the store", source),
        error => Error::Query { name: name.to_owned(), message: error.to_string(), help: None },
    }
}

fn evaluate(BoundQuery { stored, query, .. }: BoundQuery<'_>, store: &Store) -> Result<QueryResults<'static>> {
    known_graphs(stored, &query, store)?;
    let own_dataset = query.dataset().is_some();
    let mut prepared = SparqlEvaluator::new().for_query(query);
    if !own_dataset && !store.is_apart() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    prepared.on_store(store.oxigraph()).execute().map_err(|error| failed(&stored.name, error))
}

/// A query that names a graph which is not there would have an empty answer without a reason.
fn known_graphs(stored: &StoredQuery, query: &Query, store: &Store) -> Result<()> {
    let Some(dataset) = query.dataset() else { return Ok(()) };
    for graph in dataset.default.iter().chain(dataset.named.iter().flatten()) {
        let is_there = store.oxigraph().contains_named_graph(graph);
        if !is_there.map_err(|error| Error::storage("read the store", error))? {
            return Err(Error::Query {
                name: stored.name.clone(),
                message: format!("there is no graph {graph}"),
                help: Some(
                    "the graphs of a folder are listed by: regesta query graphs-in-folder -p folder=documents"
                        .to_owned(),
                ),
            });
        }
    }
    Ok(())
}

fn rows(
    stored: &StoredQuery,
    solutions: QuerySolutionIter<'_>,
    bases: &[Base<'_>],
    format: AnswerFormat,
    writer: &mut dyn Write,
) -> Result<()> {
    let variables = solutions.variables().to_vec();
    let mut solutions = solutions.map(|solution| solution.map_err(|error| failed(&stored.name, error)));
    match format {
        AnswerFormat::Table { width } => {
            let solutions: Vec<QuerySolution> = solutions.collect::<Result<_>>()?;
            write_table(stored, &variables, &solutions, bases, width, writer).map_err(Error::Output)
        }
        AnswerFormat::Rows(QueryResultsFormat::Csv) => write_csv(&variables, solutions, writer),
        AnswerFormat::Rows(format) => {
            let serializer = QueryResultsSerializer::from_format(format);
            let mut rows = serializer.serialize_solutions_to_writer(writer, variables).map_err(Error::Output)?;
            solutions.try_for_each(|solution| rows.serialize(&solution?).map_err(Error::Output))?;
            let writer = rows.finish().map_err(Error::Output)?;
            if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
                writeln!(writer).map_err(Error::Output)?;
            }
            Ok(())
        }
        AnswerFormat::Graph(_) => Err(wrong_format(stored, "rows", "table, csv, tsv, json or xml")),
    }
}

fn boolean(stored: &StoredQuery, answer: bool, format: AnswerFormat, writer: &mut dyn Write) -> Result<()> {
    match format {
        AnswerFormat::Table { .. } => writeln!(writer, "{}", if answer { "yes" } else { "no" }).map_err(Error::Output),
        AnswerFormat::Rows(format) => {
            let serializer = QueryResultsSerializer::from_format(format);
            let writer = serializer.serialize_boolean_to_writer(writer, answer).map_err(Error::Output)?;
            writeln!(writer).map_err(Error::Output)
        }
        AnswerFormat::Graph(_) => Err(wrong_format(stored, "yes or no", "table, csv, tsv, json or xml")),
    }
}

/// Writes the triples in order: the engine has them in none. An answer that the format cannot hold is not begun.
fn graph(
    stored: &StoredQuery,
    mut triples: Vec<Triple>,
    base: &str,
    format: AnswerFormat,
    writer: &mut dyn Write,
) -> Result<()> {
    let format = match format {
        AnswerFormat::Graph(format) => format,
        AnswerFormat::Table { .. } => Format::find("turtle").expect("the table of formats has Turtle"),
        AnswerFormat::Rows(_) => {
            let names: Vec<&str> = Format::RDF.iter().map(|format| format.name).collect();
            return Err(wrong_format(stored, "a graph", &names.join(", ")));
        }
    };
    if triples.iter().any(|triple| matches!(triple.object, Term::Triple(_))) {
        let message = "the answer has triple terms, which are of RDF 1.2".to_owned();
        return Err(Error::Query { name: stored.name.clone(), message, help: None });
    }
    triples.sort_by_cached_key(|triple| {
        let first = usize::from(triple.predicate != oxigraph::model::vocab::rdf::TYPE);
        (triple.subject.to_string(), first, triple.predicate.to_string(), triple.object.to_string())
    });
    triples.dedup();
    let mut bytes = Vec::new();
    let mut export = format.writer(base, &mut bytes)?;
    for triple in &triples {
        let quad = triple.as_ref().in_graph(GraphNameRef::DefaultGraph);
        export.statement(Statement { quad, span: None, shared: false })?;
    }
    export.finish()?;
    writer.write_all(&bytes).map_err(Error::Output)
}

fn wrong_format(stored: &StoredQuery, what: &str, formats: &str) -> Error {
    Error::Query {
        name: stored.name.clone(),
        message: format!("the answer is {what}, which this format cannot hold"),
        help: Some(format!("use --format with one of {formats}")),
    }
}

/// Rows as SPARQL 1.1 has them in CSV (section 3 of its CSV and TSV formats). Oxigraph's writer is not used, because it
/// does not quote an IRI that has a comma in it, as the IRI of a passage has.
fn write_csv(
    variables: &[Variable],
    solutions: impl Iterator<Item = Result<QuerySolution>>,
    writer: &mut dyn Write,
) -> Result<()> {
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::Output(error),
        other => Error::Output(std::io::Error::other(format!("{other:?}"))),
    };
    let mut rows = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(writer);
    rows.write_record(variables.iter().map(Variable::as_str)).map_err(failed)?;
    for solution in solutions {
        let solution = solution?;
        let cells = variables.iter().map(|variable| match solution.get(variable) {
            None => String::new(),
            Some(Term::NamedNode(node)) => node.as_str().to_owned(),
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            Some(other) => other.to_string(),
        });
        rows.write_record(cells).map_err(failed)?;
    }
    rows.flush().map_err(Error::Output)
}

/// Rows as people read them: a thing and its name, or what there is of both, in one cell, and no column that is empty
/// throughout. Where a line
/// is too short for the columns, every row is a block with a line for each of them.
fn write_table(
    stored: &StoredQuery,
    variables: &[Variable],
    solutions: &[QuerySolution],
    bases: &[Base<'_>],
    width: u16,
    writer: &mut dyn Write,
) -> std::io::Result<()> {
    let name_of =
        |variable: &Variable| variables.iter().find(|name| name.as_str() == format!("{}Name", variable.as_str()));
    let is_name = |variable: &Variable| {
        let named = variable.as_str().strip_suffix("Name");
        named.is_some_and(|named| variables.iter().any(|variable| variable.as_str() == named))
    };
    let filled = |variable: &Variable| solutions.iter().any(|solution| solution.get(variable).is_some());
    let says = |variable: &Variable| filled(variable) || name_of(variable).is_some_and(filled);
    let shown: Vec<&Variable> = variables.iter().filter(|variable| !is_name(variable) && says(variable)).collect();
    let headings: Vec<String> = shown.iter().map(|variable| heading(stored, variable)).collect();
    let rows = solutions.iter().map(|solution| {
        let cells = shown.iter().map(|variable| {
            let value = solution.get(*variable).map(|value| cell(value, bases));
            let name = name_of(variable).and_then(|name| solution.get(name)).map(|name| cell(name, bases));
            match (name, value) {
                (Some(name), Some(value)) => format!("{name} ({value})"),
                (name, value) => name.or(value).unwrap_or_default(),
            }
        });
        cells.collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_header(&headings).add_rows(&rows);
    let width_of = |line: &str| line.chars().map(|character| character.width().unwrap_or(0)).sum::<usize>();
    let lines: Vec<String> = table.lines().collect();
    if shown.is_empty() {
        // Only the number of rows is left to say.
    } else if lines.iter().all(|line| width_of(line) <= usize::from(width)) {
        for line in &lines {
            writeln!(writer, "{line}")?;
        }
    } else {
        write_blocks(&headings, &rows, writer)?;
    }
    let noun = if solutions.len() == 1 { "row" } else { "rows" };
    writeln!(writer, "{} {noun}", solutions.len())
}

/// A column's name: that of the head, or the variable's in words.
fn heading(stored: &StoredQuery, variable: &Variable) -> String {
    if let Some(heading) = stored.columns.get(variable.as_str()) {
        return heading.clone();
    }
    let mut words = String::new();
    for character in variable.as_str().trim_start_matches('_').replace('_', " ").chars() {
        if character.is_uppercase() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

/// A block for every row, a line for every cell that holds something.
fn write_blocks(headings: &[String], rows: &[Vec<String>], writer: &mut dyn Write) -> std::io::Result<()> {
    let longest = headings.iter().map(|heading| heading.chars().count()).max().unwrap_or(0);
    for row in rows {
        for (heading, value) in headings.iter().zip(row).filter(|(_, value)| !value.is_empty()) {
            let value = value.replace('\n', &format!("\n{:longest$}  ", ""));
            writeln!(writer, "{heading:longest$}  {value}")?;
        }
        writeln!(writer)?;
    }
    Ok(())
}

/// A term as people read it: an id of the corpus, a name with a prefix, or the words alone.
fn cell(term: &Term, bases: &[Base<'_>]) -> String {
    match term {
        Term::Literal(literal) => visible(literal.value()),
        Term::NamedNode(node) => visible(&readable(node.as_str(), bases)),
        other => other.to_string(),
    }
}

fn readable(iri: &str, bases: &[Base<'_>]) -> String {
    if let Some((base, below)) = bases.iter().find_map(|base| Some((base, iri.strip_prefix(base.iri)?))) {
        let thing = below.strip_suffix("#it").unwrap_or(below);
        return match thing.split_once('/') {
            Some((kind, slug)) => format!("{}{kind}:{slug}", base.before),
            None => format!("{}{thing}", base.before),
        };
    }
    let concept = iri.strip_prefix(crate::vocabulary::CONCEPTS);
    concept
        .map(str::to_owned)
        .or_else(|| {
            crate::vocabulary::PREFIXES.iter().find_map(|(prefix, namespace)| {
                iri.strip_prefix(namespace).filter(|local| !local.is_empty()).map(|local| format!("{prefix}:{local}"))
            })
        })
        .unwrap_or_else(|| iri.to_owned())
}

#[cfg(test)]
mod tests {
    use super::failed;
    use crate::error::Error;
    use oxigraph::sparql::QueryEvaluationError;

    #[test]
    fn only_what_is_wrong_with_the_query_is_its_fault() {
        let broken = failed("query", QueryEvaluationError::Dataset("the disk is full".into()));
        assert!(matches!(broken, Error::Storage { .. }), "{broken:?}");
        assert_eq!(broken.to_string(), "cannot read the store: the disk is full");
        assert!(matches!(failed("query", QueryEvaluationError::UnboundService), Error::Query { .. }));
    }
}
