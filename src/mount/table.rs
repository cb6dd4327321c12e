//! Tables of things, one a row: with the columns that the project file names, or those of LP-TSV.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{Kind, Scheme};
use crate::mount::PROBLEM_LIMIT;
use crate::mount::linked_places::{address, is_feature_class, year};
use crate::mount::pen::{Pen, Thing};
use crate::project::Columns;
use crate::read::separator;
use crate::source::{FileId, Sources, Span, is_forbidden};
use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// The columns of LP-TSV that are read, by what they mean.
const LINKED_PLACES: &[(&str, &str)] = &[
    ("id", "id"),
    ("title", "name"),
    ("variants", "other-names"),
    ("fclasses", "feature-classes"),
    ("aat_types", "aat"),
    ("types", "type"),
    ("ccodes", "country"),
    ("matches", "matches"),
    ("parent_id", "within-id"),
    ("parent_name", "within"),
    ("lat", "latitude"),
    ("lon", "longitude"),
    ("start", "start"),
    ("end", "end"),
    ("attestation_year", "attested"),
    ("description", "note"),
];
/// The most characters of a cell: in a longer one a quotation mark was never closed.
const CELL_LIMIT: usize = 1 << 16;
/// The most bytes that are read for one row.
const ROW_LIMIT: usize = 8 << 20;

/// Reads a table whose columns the project file names.
pub(super) fn read(
    columns: &Columns,
    sources: &Sources,
    file: FileId,
    pen: &mut Pen<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let find = |headings: &StringRecord, diagnostics: &mut Diagnostics| {
        let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (meaning, heading) in &columns.headings {
            match headings.iter().position(|known| known == heading.text) {
                Some(at) => found.entry(meaning.clone()).or_default().push(at),
                None => {
                    let message = format!("{} has no column \"{}\"", sources.path(file), heading.text);
                    let help = nearest(&heading.text, headings.iter()).map_or_else(
                        || format!("its columns are {}", headings.iter().collect::<Vec<_>>().join(", ")),
                        |name| format!("did you mean \"{name}\"?"),
                    );
                    diagnostics.push(Diagnostic::new(Code::MissingColumn, heading.span, message).help(help));
                }
            }
        }
        found
    };
    rows(sources, file, pen, diagnostics, columns.kind, &find)
}

/// Reads a table in LP-TSV.
pub(super) fn read_linked_places(
    sources: &Sources,
    file: FileId,
    pen: &mut Pen<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let find = |headings: &StringRecord, diagnostics: &mut Diagnostics| {
        let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (heading, meaning) in LINKED_PLACES {
            let at = headings.iter().position(|known| known.eq_ignore_ascii_case(heading));
            found.entry((*meaning).to_owned()).or_default().extend(at);
        }
        for needed in ["id", "name"] {
            if found.get(needed).is_none_or(Vec::is_empty) {
                let heading = if needed == "name" { "title" } else { needed };
                let message = format!("this table of places has no column \"{heading}\"");
                diagnostics.push(Diagnostic::new(Code::MissingColumn, Sources::whole(file), message));
            }
        }
        found
    };
    rows(sources, file, pen, diagnostics, Some(Kind::Place), &find)
}

type Find<'f> = &'f dyn Fn(&StringRecord, &mut Diagnostics) -> BTreeMap<String, Vec<usize>>;

fn rows(
    sources: &Sources,
    file: FileId,
    pen: &mut Pen<'_>,
    diagnostics: &mut Diagnostics,
    kind: Option<Kind>,
    find: Find<'_>,
) -> Result<(), Diagnostic> {
    let failed = |error: std::io::Error| Diagnostic::new(Code::UnreadableFile, Sources::whole(file), error.to_string());
    let mut stream = BufReader::with_capacity(1 << 16, sources.open_stream(file)?);
    let start = stream.fill_buf().map_err(failed)?;
    let mark = if start.starts_with("\u{FEFF}".as_bytes()) { "\u{FEFF}".len() } else { 0 };
    let separator = separator(&start[mark..]);
    stream.consume(mark);
    let left = Rc::new(Cell::new(ROW_LIMIT));
    let stream = Bounded { inner: stream, left: left.clone() };
    let mut reader = ReaderBuilder::new().delimiter(separator).trim(Trim::All).from_reader(stream);
    let headings = reader.headers().map_err(|error| problem(&error, file))?.clone();
    let mut found = Diagnostics::default();
    let columns = find(&headings, &mut found);
    let incomplete = found.has_errors();
    diagnostics.append(found);
    if incomplete {
        return Ok(());
    }
    let used: Vec<usize> = columns.values().flatten().copied().collect();
    headings.iter().enumerate().filter(|(at, _)| !used.contains(at)).for_each(|(_, heading)| pen.unused(heading));
    let mut record = StringRecord::new();
    let mut problems = 0;
    loop {
        let line = reader.position().line();
        left.set(ROW_LIMIT);
        let read = match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                Row { record: &record, columns: &columns, line, file }.thing(kind, pen).map(|thing| pen.thing(&thing))
            }
            Err(error) if matches!(error.kind(), ErrorKind::UnequalLengths { .. }) => Err(problem(&error, file)),
            Err(error) => return Err(problem(&error, file)),
        };
        if let Err(problem) = read {
            diagnostics.push(problem);
            problems += 1;
            if problems == PROBLEM_LIMIT {
                return Ok(());
            }
        }
    }
}

/// Gives no more than so many bytes until it is allowed to go on: a row that never ends must not fill the memory.
struct Bounded<R> {
    inner: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left.get().checked_sub(count);
        self.left.set(left.ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "a row never ends; a quotation mark was opened and not closed")
        })?);
        Ok(count)
    }
}

fn place(file: FileId, line: u64) -> Span {
    Span { file, line: u32::try_from(line).unwrap_or(u32::MAX), column: 1, length: 1 }
}

fn problem(error: &csv::Error, file: FileId) -> Diagnostic {
    let span = error.position().map_or(Sources::whole(file), |position| place(file, position.line()));
    match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let message = format!("this row has {len} cells, the table has {expected_len} columns");
            let help = "put a cell that holds a separator into quotation marks";
            Diagnostic::new(Code::RaggedRow, span, message).help(help)
        }
        ErrorKind::Utf8 { .. } => Diagnostic::new(Code::WrongEncoding, span, "this row is not UTF-8"),
        _ => Diagnostic::new(Code::UnreadableFile, span, error.to_string()),
    }
}

/// One row, and what its columns mean.
struct Row<'a> {
    record: &'a StringRecord,
    columns: &'a BTreeMap<String, Vec<usize>>,
    line: u64,
    file: FileId,
}

impl<'a> Row<'a> {
    fn cell(&self, meaning: &str) -> Option<&'a str> {
        let cells = self.columns.get(meaning)?.iter().filter_map(|at| self.record.get(*at));
        cells.into_iter().find(|cell| !cell.is_empty())
    }

    fn list(&self, meaning: &str) -> impl Iterator<Item = &'a str> {
        let parts = self.cell(meaning).into_iter().flat_map(|cell| cell.split([';', '|']));
        parts.map(str::trim).filter(|part| !part.is_empty())
    }

    fn refuse(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, place(self.file, self.line), message)
    }

    fn thing(&self, kind: Option<Kind>, pen: &mut Pen<'_>) -> Result<Thing, Diagnostic> {
        if self.record.iter().any(|cell| cell.len() > CELL_LIMIT) {
            let message = "a cell of this row never ends";
            return Err(self.refuse(Code::TableSyntax, message).help("close the quotation mark that it begins with"));
        }
        if self.record.iter().any(|cell| cell.contains(is_forbidden)) {
            return Err(self.refuse(Code::ControlCharacter, "a cell of this row holds a control character"));
        }
        let id = self.cell("id").ok_or_else(|| self.refuse(Code::MissingValue, "the row has no id"))?;
        let iri = pen.iri_of(id).ok_or_else(|| {
            let message = format!("\"{id}\" can be no id: it is no address, nor a part of one");
            self.refuse(Code::InvalidIri, message).help("an id has no blanks and no colon")
        })?;
        let name = self.cell("name").ok_or_else(|| self.refuse(Code::MissingValue, "the row has no name"))?;
        let text = |meaning| self.cell(meaning).map(str::to_owned);
        let mut thing = Thing { iri, name: name.to_owned(), kind, ..Thing::default() };
        thing.names = self.list("other-names").map(tagged).collect();
        thing.countries = self.list("country").map(str::to_owned).collect();
        thing.types = self.list("type").map(str::to_owned).collect();
        thing.types.extend(self.list("aat").map(|id| format!("http://vocab.getty.edu/aat/{id}")));
        let classes = self.list("feature-classes").filter(|class| is_feature_class(class));
        thing.feature_classes = classes.map(str::to_owned).collect();
        thing.within = self.list("within-id").filter_map(|id| pen.iri_of(id)).collect();
        if thing.within.is_empty() {
            thing.within = self.list("within").map(str::to_owned).collect();
        }
        for written in self.list("matches") {
            match address(written) {
                Some(address) => thing.close.push(address),
                None => pen.unused(&format!("match {}", written.split(':').next().unwrap_or_default())),
            }
        }
        (thing.born, thing.died, thing.date) = (text("born"), text("died"), text("date"));
        thing.coverage = self.coverage();
        thing.descriptions = text("note").map(|words| (words, None)).into_iter().collect();
        thing.points = self.point()?.into_iter().collect();
        for scheme in Scheme::ALL.iter().chain([Scheme::SAME_AS]) {
            for written in self.list(scheme.column) {
                let identifier = scheme.identify(written).ok_or_else(|| {
                    let message = format!("\"{written}\" is no identifier for the column {}", scheme.column);
                    self.refuse(Code::InvalidIdentifier, message).help(format!("write {}", scheme.form))
                })?;
                thing.exact.push(identifier.iri);
            }
        }
        Ok(thing)
    }

    fn coverage(&self) -> Vec<String> {
        let padded = |date: &str| date.parse().map_or_else(|_| date.to_owned(), year);
        let (start, end) = (self.cell("start").map(padded), self.cell("end").map(padded));
        let stretch = || format!("{}/{}", start.as_deref().unwrap_or(".."), end.as_deref().unwrap_or(".."));
        let stretch = (start.is_some() || end.is_some()).then(stretch);
        stretch.into_iter().chain(self.cell("attested").map(padded)).collect()
    }

    fn point(&self) -> Result<Option<(f64, f64)>, Diagnostic> {
        let (latitude, longitude) = (self.cell("latitude"), self.cell("longitude"));
        let degrees = |cell: Option<&str>, most: f64| {
            cell.and_then(|cell| cell.parse().ok()).filter(|degrees: &f64| degrees.abs() <= most)
        };
        match (latitude, longitude) {
            (None, None) => Ok(None),
            _ => match (degrees(latitude, 90.0), degrees(longitude, 180.0)) {
                (Some(latitude), Some(longitude)) => Ok(Some((latitude, longitude))),
                _ => {
                    let message = "the row has no latitude and longitude in degrees";
                    Err(self.refuse(Code::InvalidNumber, message).help("write both, as in 48.8566 and 2.3522"))
                }
            },
        }
    }
}

/// A name that may have a language behind an at sign.
fn tagged(name: &str) -> (String, Option<String>) {
    let tagged =
        name.rsplit_once('@').filter(|(text, tag)| !text.is_empty() && crate::project::language_tag(tag).is_some());
    tagged.map_or_else(|| (name.to_owned(), None), |(text, tag)| (text.to_owned(), Some(tag.to_owned())))
}
