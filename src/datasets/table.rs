//! Tables of things, one a row: with the columns that the project file names, or those of LP-TSV.

use crate::datasets::linked_places::{aat, address, feature_classes, interval, padded};
use crate::datasets::problems::{PROBLEM_LIMIT, not_listed};
use crate::datasets::writer::{DatasetWriter, Thing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::input::{TextRow, TextRows};
use crate::model::{Kind, Scheme};
use crate::project::Columns;
use crate::source::{FileId, Sources, Span, is_forbidden};
use std::collections::BTreeMap;

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
/// The most bytes that are read for one row.
const ROW_LIMIT: usize = 8 << 20;

/// Reads a table whose columns the project file names.
pub(super) fn read(
    columns: &Columns,
    sources: &Sources,
    file: FileId,
    writer: &mut DatasetWriter<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let find = |headings: &[&str], diagnostics: &mut Diagnostics| {
        let mut found = BTreeMap::new();
        for (meaning, heading) in &columns.headings {
            match headings.iter().position(|known| *known == heading.text) {
                Some(at) => drop(found.insert(meaning.clone(), at)),
                None => {
                    let message = format!("{} has no column \"{}\"", sources.path(file), heading.text);
                    let help = nearest(&heading.text, headings.iter().copied()).map_or_else(
                        || format!("its columns are {}", headings.join(", ")),
                        |name| format!("did you mean \"{name}\"?"),
                    );
                    diagnostics.push(Diagnostic::new(Code::MissingColumn, heading.span, message).help(help));
                }
            }
        }
        found
    };
    rows(sources, file, writer, diagnostics, columns.kind, &find)
}

/// Reads a table in LP-TSV.
pub(super) fn read_linked_places(
    sources: &Sources,
    file: FileId,
    writer: &mut DatasetWriter<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let find = |headings: &[&str], diagnostics: &mut Diagnostics| {
        let at = |heading: &str| headings.iter().position(|known| known.eq_ignore_ascii_case(heading));
        let found: BTreeMap<String, usize> =
            LINKED_PLACES.iter().filter_map(|(heading, meaning)| Some(((*meaning).to_owned(), at(heading)?))).collect();
        for needed in ["id", "name"] {
            if !found.contains_key(needed) {
                let heading = if needed == "name" { "title" } else { needed };
                let message = format!("this table of places has no column \"{heading}\"");
                diagnostics.push(Diagnostic::new(Code::MissingColumn, Sources::whole(file), message));
            }
        }
        found
    };
    rows(sources, file, writer, diagnostics, Some(Kind::Place), &find)
}

/// Where the columns of each meaning are among the headings.
type Find<'f> = &'f dyn Fn(&[&str], &mut Diagnostics) -> BTreeMap<String, usize>;

fn rows(
    sources: &Sources,
    file: FileId,
    writer: &mut DatasetWriter<'_>,
    diagnostics: &mut Diagnostics,
    kind: Option<Kind>,
    find: Find<'_>,
) -> Result<(), Diagnostic> {
    let mut rows = TextRows::new(file, sources.open_stream(file)?, ROW_LIMIT)?;
    let first = loop {
        match rows.next()? {
            Some(row) if row.is_blank() => {}
            Some(row) => break row,
            None => {
                let message = "the table has no row of column names";
                return Err(Diagnostic::new(Code::MissingColumn, Sources::whole(file), message));
            }
        }
    };
    let headings = cells(&first, None, file)?;
    let mut found = Diagnostics::default();
    let columns = find(&headings, &mut found);
    let incomplete = found.has_errors();
    diagnostics.append(found);
    if incomplete {
        return Ok(());
    }
    let used: Vec<usize> = columns.values().copied().collect();
    headings.iter().enumerate().filter(|(at, _)| !used.contains(at)).for_each(|(_, heading)| writer.unused(heading));
    let mut problems = 0;
    while let Some(row) = rows.next()? {
        if row.is_blank() {
            continue;
        }
        let thing = cells(&row, Some(headings.len()), file).and_then(|cells| {
            DatasetRow { cells: &cells, columns: &columns, span: row.span(file) }.thing(kind, writer)
        });
        match thing {
            Ok(thing) => writer.thing(&thing),
            Err(problem) => {
                problems += 1;
                if problems <= PROBLEM_LIMIT {
                    diagnostics.push(problem);
                }
            }
        }
        if problems > PROBLEM_LIMIT {
            return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), not_listed()));
        }
        if writer.has_failed() {
            return Ok(());
        }
    }
    Ok(())
}

/// The cells of a row as texts; it has so many of them, where that is known.
fn cells(row: &TextRow, count: Option<usize>, file: FileId) -> Result<Vec<&str>, Diagnostic> {
    if let Some(fault) = row.fault() {
        return Err(fault);
    }
    let wanted = count.unwrap_or(row.cells.len());
    if row.cells.len() != wanted {
        let message = format!("this row has {} cells, the table has {wanted} columns", row.cells.len());
        let help = "put a cell that holds a separator into quotation marks";
        return Err(Diagnostic::new(Code::RaggedRow, row.span(file), message).help(help));
    }
    let texts: Result<Vec<&str>, _> = row.cells.iter().map(std::str::from_utf8).collect();
    texts.map_err(|_| Diagnostic::new(Code::WrongEncoding, row.span(file), "this row is not UTF-8"))
}

/// One row, and what its columns mean.
struct DatasetRow<'a> {
    cells: &'a [&'a str],
    columns: &'a BTreeMap<String, usize>,
    span: Span,
}

impl<'a> DatasetRow<'a> {
    fn cell(&self, meaning: &str) -> Option<&'a str> {
        let cell = self.cells.get(*self.columns.get(meaning)?).copied()?;
        (!cell.is_empty()).then_some(cell)
    }

    fn list(&self, meaning: &str) -> impl Iterator<Item = &'a str> {
        let parts = self.cell(meaning).into_iter().flat_map(|cell| cell.split([';', '|']));
        parts.map(str::trim).filter(|part| !part.is_empty())
    }

    fn refuse(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.span, message)
    }

    fn thing(&self, kind: Option<Kind>, writer: &mut DatasetWriter<'_>) -> Result<Thing, Diagnostic> {
        if self.cells.iter().any(|cell| cell.contains(is_forbidden)) {
            return Err(self.refuse(Code::ControlCharacter, "a cell of this row holds a control character"));
        }
        let id = self.cell("id").ok_or_else(|| self.refuse(Code::MissingValue, "the row has no id"))?;
        let iri = writer.iri_of(id).ok_or_else(|| {
            let message = format!("\"{id}\" can be no id: it is no address, nor a part of one");
            self.refuse(Code::InvalidIri, message).help("an id has no blanks, no colon and no brackets")
        })?;
        let name = self.cell("name").ok_or_else(|| self.refuse(Code::MissingValue, "the row has no name"))?;
        let text = |meaning| self.cell(meaning).map(str::to_owned);
        let mut thing = Thing { iri, name: name.to_owned(), kind, ..Thing::default() };
        thing.names = self.list("other-names").map(tagged).collect();
        thing.countries = self.list("country").map(str::to_owned).collect();
        thing.types = self.list("type").map(str::to_owned).collect();
        for id in self.list("aat") {
            match aat(id) {
                Some(address) => thing.types.push(address),
                None => writer.unused("type of the Art & Architecture Thesaurus that is no number"),
            }
        }
        thing.feature_classes = feature_classes(self.list("feature-classes"), writer);
        for id in self.list("within-id") {
            match writer.iri_of(id) {
                Some(iri) => thing.within.push(iri),
                None => writer.unused("id of what a thing lies in that is no address"),
            }
        }
        let named: Vec<String> = self.list("within").map(str::to_owned).collect();
        if thing.within.is_empty() {
            thing.within = named;
        } else {
            named.iter().for_each(|_| writer.unused("name of what a thing lies in, beside its id"));
        }
        for written in self.list("matches") {
            match address(written) {
                Some(address) => thing.close.push(address),
                None => writer.unused(&format!("match {}", written.split(':').next().unwrap_or_default())),
            }
        }
        (thing.born, thing.died, thing.date) = (text("born"), text("died"), text("date"));
        thing.coverage = self.coverage();
        thing.descriptions = text("note").map(|words| (words, None)).into_iter().collect();
        thing.points = self.point()?.into_iter().collect();
        for scheme in Scheme::with_columns() {
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
        let (start, end) = (self.cell("start").map(padded), self.cell("end").map(padded));
        let stretch = (start.is_some() || end.is_some()).then(|| interval(start, end));
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
