//! Tables of persons, organisations and places that letter tables refer to by ids of their own: to the entries of a
//! register.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::letters::repeated::{CellFinding, CellFindings};
use crate::input::letters::sources::XML_FILE_LIMIT;
use crate::input::naming::entry_slugs::EntrySlugs;
use crate::input::naming::names::{is_name_like_nothing, is_nothing, is_placeholder, slug_of_id, slug_of_identifier};
use crate::input::naming::written_ids::{why_faulty, written_id_in};
use crate::input::table::any_rows::{AnyRows, column_name, comma_in_cell, fault, not_utf_8};
use crate::input::table::authorities::is_decimal;
use crate::input::table::dividing::{divide, divide_at_marks};
use crate::input::table::left_out::LeftOut;
use crate::input::table::register_headings::{self, RegisterColumns};
use crate::input::table::text_rows::TextRow;
use crate::input::table::workbook::Sheets;
use crate::input::written_date::{self, Manner, Refusal, WrittenDate};
use crate::model::{
    Authority, Coverage, Date, DateOrder, Details, Id, Identifier, Kind, Label, Point, Reference, Scheme,
};
use crate::project::Project;
use crate::source::{Digest, FileId, Sources, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of an entry where a cell cannot be used.
const LEFT_OUT: &str = "the entry is read without it";

/// What becomes of a date that cannot be read.
const WRITE_MEANT: &str = "nothing is guessed: the graph has the words, and no days to compare; write the EDTF that is meant, \
                           as in 1672-07-03";

/// What was read of a table.
pub(crate) struct RegisterTable {
    pub(crate) entries: Vec<Authority>,
    pub(crate) digest: Digest,
    /// What the headings are taken to mean without being told.
    pub(crate) guesses: Vec<String>,
}

/// Reads a table of things of a kind; one with a row that cannot be read is left out as a whole.
pub(crate) fn read(
    project: &Project,
    sources: &Sources,
    (file, kind): (FileId, Kind),
    coverage: &mut Coverage,
    diagnostics: &mut Diagnostics,
) -> Result<RegisterTable, Diagnostic> {
    let section = project.columns.of_register(kind);
    let wanted = section.sheet.as_deref();
    // Whoever says which sheet has the persons knows of the others; those of a workbook with letters are told with these.
    let sheets = Sheets { wanted, named: project.columns.sheets(), others_are_told: wanted.is_some() };
    let mut unread = Vec::new();
    let mut rows = AnyRows::new(file, sources.open_regular_up_to(file, XML_FILE_LIMIT)?, &sheets, &mut unread)?;
    let is_workbook = rows.is_workbook();
    let (headings, span, mut pending) = rows.headings_or_numbers(file, section.has_headings.unwrap_or(true))?;
    let mut left_out = LeftOut::new(&headings, &section, span);
    unread.into_iter().for_each(|unread| diagnostics.push(unread));
    let columns = register_headings::columns(&headings, kind, &section, span)?;
    let guesses = columns.guesses(&headings, &section);
    let mut reader = RegisterReader {
        project,
        file,
        kind,
        headings,
        columns,
        alternatives: section.alternatives,
        separators: section.separators,
        date_order: section.date_order,
        findings: CellFindings::default(),
    };
    let (mut entries, mut within) = (Vec::new(), Vec::new());
    while let Some(row) = pending.take().map_or_else(|| rows.next(), |row| Ok(Some(row)))? {
        if row.is_blank() || left_out.take(&row) {
            continue;
        }
        if let Some(fault) = fault(&row, reader.headings.len(), is_workbook, row.span(file)) {
            return Err(fault);
        }
        comma_in_cell(&row, row.span(file)).into_iter().for_each(|hint| diagnostics.push(hint));
        let cells = Cells::of(&row, file)?;
        reader.count_unused(&cells, coverage);
        if let Some(entry) = reader.entry(&cells) {
            within.extend(reader.outer(&cells).map(|outer| (entries.len(), cells.number, outer)));
            entries.push(entry);
        }
    }
    reader.tell_apart(&mut entries, within);
    reader.findings.report(diagnostics);
    left_out.conclude(diagnostics);
    Ok(RegisterTable { entries, digest: rows.digest(), guesses })
}

/// What a cell says, in small letters, where the thing of its row is a body and no human being.
const BODY: &[&str] = &[
    "1",
    "y",
    "yes",
    "true",
    "x",
    "j",
    "ja",
    "oui",
    "sí",
    "tak",
    "organisation",
    "organization",
    "corporate body",
    "body",
    "institution",
    "körperschaft",
    "collectivité",
    "ente",
    "instelling",
    "institutio",
    "organización",
    "institución",
    "instytucja",
    "organizacja",
];
/// Where it is a group without organisation.
const GROUP: &[&str] = &["group", "gruppe", "groupe", "gruppo", "groep", "grupo", "grupa"];
/// And where it is a human being.
const HUMAN: &[&str] = &[
    "0", "n", "no", "false", "nein", "nee", "non", "nie", "person", "personne", "persona", "persoon", "osoba", "human",
];

/// The cells of a row.
struct Cells<'r> {
    number: u32,
    cells: Vec<&'r str>,
    span: Span,
}

impl<'r> Cells<'r> {
    fn of(row: &'r TextRow, file: FileId) -> Result<Self, Diagnostic> {
        let span = row.span(file);
        let cells = row.cells.iter().map(|cell| std::str::from_utf8(cell).map(str::trim));
        let cells = cells.collect::<Result<_, _>>().map_err(|_| not_utf_8(row.number, span))?;
        Ok(Self { number: row.number, cells, span })
    }
}

struct RegisterReader<'p> {
    project: &'p Project,
    file: FileId,
    kind: Kind,
    headings: Vec<String>,
    columns: RegisterColumns,
    alternatives: BTreeSet<String>,
    separators: Option<Vec<String>>,
    /// Whether the day or the month comes first in its dates, where that is said of it.
    date_order: Option<DateOrder>,
    findings: CellFindings,
}

impl RegisterReader<'_> {
    fn count_unused(&self, cells: &Cells<'_>, coverage: &mut Coverage) {
        for (column, cell) in cells.cells.iter().enumerate() {
            if !cell.is_empty() && !self.columns.is_used(column) {
                coverage.count(&column_name(&self.headings, column), None, || cells.span);
            }
        }
    }

    /// What the columns of a meaning say together; nothing where that is nothing.
    fn cell(&self, cells: &Cells<'_>, meaning: &str) -> Option<String> {
        let says = |cell: &&str| !is_nothing(cell) || self.is_name(meaning, cell);
        let mut filled = self.columns.of(meaning).iter().map(|column| cells.cells[*column]).filter(says);
        if self.alternatives.contains(meaning) {
            return filled.next().map(str::to_owned);
        }
        let mark = if meaning == "note" { "; " } else { " " };
        Some(filled.collect::<Vec<_>>().join(mark)).filter(|text| !text.is_empty())
    }

    /// The parts of a cell that can hold several. What stands between names, the project can say.
    fn list(&self, cells: &Cells<'_>, meaning: &str) -> Vec<String> {
        let cell = self.cell(cells, meaning).unwrap_or_default();
        let parts = match &self.separators {
            Some(separators) if meaning == "other-names" => divide(&cell, separators),
            _ => divide_at_marks(&cell),
        };
        let says = |part: &&str| !is_placeholder(part) || self.is_name(meaning, part);
        parts.into_iter().filter(says).map(str::to_owned).collect()
    }

    /// Whether a word that says nothing elsewhere is a name where the columns of a meaning have it.
    fn is_name(&self, meaning: &str, word: &str) -> bool {
        matches!(meaning, "name" | "other-names") && is_name_like_nothing(word.trim(), self.kind)
    }

    fn find(&mut self, cells: &Cells<'_>, meaning: &str, code: Code, says: String, help: &'static str) {
        let column = self.columns.of(meaning).first().map_or(meaning, |column| &self.headings[*column]).to_owned();
        self.findings.add(
            CellFinding { file: self.file, code, column, says, help: help.into() },
            cells.number,
            cells.span,
        );
    }

    /// The entry of a row, by its id, or, where it has none, by its first identifier.
    fn entry(&mut self, cells: &Cells<'_>) -> Option<Authority> {
        let (identifiers, codes) = self.identifiers(cells);
        let id = self.cell(cells, "id").filter(|id| !is_placeholder(id));
        let entry = match (&id, identifiers.first()) {
            (Some(id), _) => slug_of_id(None, id),
            (None, Some(identifier)) => slug_of_identifier(identifier),
            (None, None) => {
                let help = "nothing can refer to such a row, and nothing comes of it; give it an id";
                self.find(cells, "id", Code::UnusableCell, "the id is empty".to_owned(), help);
                return None;
            }
        };
        let kind = self.kind(cells);
        let language = self.project.language.clone();
        let label = |text: String| Label { text, language: language.clone() };
        let name = self.cell(cells, "name").or_else(|| id.clone()).unwrap_or_else(|| entry.clone());
        let mut alt_labels: Vec<Label> = self.list(cells, "other-names").into_iter().map(label).collect();
        alt_labels.retain(|other| other.text != name);
        Some(Authority {
            id: Id::new(kind, entry.as_str()),
            file: self.file,
            span: cells.span,
            entry: Some(entry),
            written: id.clone(),
            other_ids: Vec::new(),
            codes,
            occupations: Vec::new(),
            label: label(name),
            alt_labels,
            note: self.note(cells, kind),
            source: None,
            certainty: None,
            responsible: Vec::new(),
            identifiers,
            details: self.details(cells, kind),
        })
    }

    /// The kind of the thing of a row: a table of persons can have bodies too, where a column says which these are.
    fn kind(&mut self, cells: &Cells<'_>) -> Kind {
        let said = self.cell(cells, "is-body").map(|said| said.to_lowercase());
        let said = said.filter(|said| !HUMAN.contains(&said.as_str()) && !is_placeholder(said));
        match said {
            Some(said) if BODY.contains(&said.as_str()) => Kind::Organisation,
            Some(said) if GROUP.contains(&said.as_str()) => Kind::Group,
            Some(said) => {
                let says = format!("\"{said}\" says neither that it is a body nor that it is a person");
                self.find(cells, "is-body", Code::UnusableCell, says, "it is read as a person; write 1 or 0");
                self.kind
            }
            None => self.kind,
        }
    }

    /// The note; the larger place and the country in words are kept in it, for no id says which they are, and so are the days
    /// that a body was founded and dissolved.
    fn note(&self, cells: &Cells<'_>, kind: Kind) -> Option<String> {
        let mut notes: Vec<String> = self.cell(cells, "note").into_iter().collect();
        let days: &[&str] = if kind == Kind::Person { &[] } else { &["born", "died"] };
        for meaning in ["within", "country"].iter().chain(days) {
            for column in self.columns.of(meaning) {
                let cell = cells.cells[*column];
                notes.extend((!is_nothing(cell)).then(|| format!("{}: {cell}", self.headings[*column])));
            }
        }
        Some(notes.join("; ")).filter(|note| !note.is_empty())
    }

    /// The identifiers of a row, and what is meant as one and identifies nobody.
    fn identifiers(&mut self, cells: &Cells<'_>) -> (Vec<Identifier>, Vec<String>) {
        let mut identifiers: Vec<Identifier> = Vec::new();
        let mut codes = Vec::new();
        for scheme in Scheme::with_columns() {
            for written in self.list(cells, scheme.column) {
                match written_id_in(scheme, &written) {
                    Ok(found) if identifiers.iter().any(|known| known.iri == found.iri) => {}
                    Ok(found) => identifiers.push(found),
                    Err((meant, fault)) => {
                        let says = why_faulty(&written, meant, fault);
                        let help = "correct it, or leave the cell empty; until then it is kept as it is written";
                        self.find(cells, scheme.column, Code::FaultyIdentifier, says, help);
                        codes.push(written);
                    }
                }
            }
        }
        (identifiers, codes)
    }

    fn details(&mut self, cells: &Cells<'_>, kind: Kind) -> Details {
        match kind {
            Kind::Person => Details::Person { born: self.date(cells, "born"), died: self.date(cells, "died") },
            Kind::Organisation => Details::Organisation { part_of: None, place: None },
            Kind::Place => Details::Place { within: None, point: self.point(cells) },
            _ => Details::Other,
        }
    }

    /// A date; one that cannot be read is kept in words.
    fn date(&mut self, cells: &Cells<'_>, meaning: &str) -> Vec<Date> {
        let Some(written) = self.cell(cells, meaning) else { return Vec::new() };
        let project = Manner::from(self.project);
        let manner = Manner { order: self.date_order.or(project.order), ..project };
        let found = written_date::read_in(&written, manner);
        if let Some(refusal) = Refusal::of(&written, &written, &found, manner) {
            // A message that says the date is told apart from those of other values by it.
            let meant = refusal.meant.first().filter(|_| refusal.meant.len() == 1);
            let says = meant
                .map_or_else(|| refusal.message.clone(), |edtf| format!("{}; {edtf} may be meant", refusal.message));
            self.find(cells, meaning, Code::DateUnreadable, says, WRITE_MEANT);
        }
        let mut date = match found {
            WrittenDate::Absent => return Vec::new(),
            WrittenDate::Date(date) => *date,
            WrittenDate::Several(_) | WrittenDate::Words(_) => Date::in_words(written.as_str()),
        };
        date.span = Some(cells.span);
        if date.has_last_year() {
            let says = format!("\"{written}\" is of the year 9999, which databases write for a date that is not known");
            self.find(cells, meaning, Code::PlaceholderDate, says, "if nothing is known of the date, leave it out");
        }
        date = date.without_last_year();
        date.words = written;
        vec![date]
    }

    /// A position, with decimal points or commas.
    fn point(&mut self, cells: &Cells<'_>) -> Option<Point> {
        let degrees = |meaning, limit: f64| {
            let written = self.cell(cells, meaning).map(|written| written.replace(',', "."))?;
            let is_within = is_decimal(&written) && written.parse::<f64>().is_ok_and(|number| number.abs() <= limit);
            Some((written, is_within))
        };
        match (degrees("latitude", 90.0), degrees("longitude", 180.0)) {
            (Some((latitude, true)), Some((longitude, true))) => Some(Point { latitude, longitude }),
            (None, None) => None,
            (latitude, longitude) => {
                let words =
                    |part: Option<(String, bool)>| part.map_or_else(|| "nothing".to_owned(), |(words, _)| words);
                let says = format!("{} and {} are not a latitude and a longitude", words(latitude), words(longitude));
                self.find(cells, "latitude", Code::PositionUnreadable, says, LEFT_OUT);
                None
            }
        }
    }

    /// The id of the larger place, and where that is said.
    fn outer(&self, cells: &Cells<'_>) -> Option<(String, Span)> {
        let written = self.cell(cells, "within-id").filter(|written| !is_placeholder(written))?;
        Some((written, cells.span))
    }

    /// Tells entries apart whose ids differ in capitals and marks alone, and puts places into the larger places that their
    /// rows name by id.
    fn tell_apart(&mut self, entries: &mut [Authority], outer: Vec<(usize, u32, (String, Span))>) {
        let written: Vec<Option<String>> = entries.iter().map(|entry| entry.written.clone()).collect();
        let ids = entries.iter().zip(&written).filter_map(|(entry, id)| Some((entry.id.kind, id.as_deref()?)));
        let slugs = EntrySlugs::of(None, ids);
        for (entry, written) in entries.iter_mut().zip(&written) {
            let slug = written.as_ref().map(|id| slugs.of_id(entry.id.kind, id));
            if let Some(slug) = slug.filter(|slug| *slug != entry.id.slug) {
                entry.id.slug = slug.as_str().into();
                entry.entry = Some(slug);
            }
        }
        let outer = outer.into_iter().map(|(at, number, (written, span))| {
            (at, number, Reference { id: Id::new(Kind::Place, slugs.of_id(Kind::Place, &written)), span })
        });
        self.place_within(entries, outer.collect());
    }

    /// Puts places into the larger places that their rows name.
    fn place_within(&mut self, entries: &mut [Authority], outer: Vec<(usize, u32, Reference)>) {
        let known: BTreeSet<Id> = entries.iter().map(|entry| entry.id.clone()).collect();
        let mut missing = BTreeMap::new();
        for (at, number, reference) in outer {
            if !known.contains(&reference.id) || entries[at].id == reference.id {
                missing.entry(reference.id.slug.to_string()).or_insert((number, reference.span));
            } else if let Details::Place { within, .. } = &mut entries[at].details {
                *within = Some(reference);
            }
        }
        for (slug, (number, span)) in missing {
            let says = format!("no row has the id \"{slug}\"");
            let cells = Cells { number, cells: Vec::new(), span };
            self.find(&cells, "within-id", Code::MissingEntry, says, "the place is read without the larger one");
        }
    }
}
