//! Letter tables: one letter a row, in a CSV or TSV file of any length.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Action, Concept, Coverage, Date, Document, Id, Kind, Label, Letter, Party, Reference, Scheme};
use crate::project::language_tag;
use crate::read::correspondence::{self, Names, empty_action};
use crate::read::free_date::{self, FreeDate};
use crate::read::heading::{self, ROLES, Role};
use crate::read::naming::{Name, Naming, Rank, is_placeholder, slug_of_address, slug_of_id};
use crate::read::row::separator;
use crate::read::workbook::{self, NumberedRow};
use crate::source::{FileId, Sources, Span, forbidden, hexadecimal, is_forbidden};
use csv::{ByteRecord, Reader, ReaderBuilder, Trim};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Read, Seek};
use std::sync::{Arc, Mutex};

/// How many rows a part has.
const PART: usize = 200;
/// The most bytes that a row may have.
const ROW_LIMIT: usize = 1024 * 1024;
/// The most columns that a table may have.
const COLUMN_LIMIT: usize = 512;

/// What the columns of a table mean.
#[derive(Debug)]
pub(super) struct Layout {
    headings: Vec<String>,
    columns: BTreeMap<Role, usize>,
    /// What holds of every row: in the project file, with an equals sign before it.
    constants: BTreeMap<Role, String>,
}

/// Rows of a table.
pub(super) struct Rows {
    pub(super) layout: Arc<Layout>,
    rows: Vec<Row>,
}

/// A row as it is written.
struct Row {
    /// Its number, as spreadsheet programs count: the headings are row 1.
    number: u32,
    line: u32,
    /// Whether an earlier row has its key.
    repeated: bool,
    cells: ByteRecord,
}

/// A table while it is read.
pub(super) struct RowReader {
    file: FileId,
    cells: CellReader,
    layout: Arc<Layout>,
    number: u32,
    line_end: LineEnd,
    seen: HashSet<u64>,
    digest: Arc<Mutex<Sha256>>,
}

/// Where the rows of a table come from.
enum CellReader {
    Text(Box<Reader<Counted>>),
    Workbook(std::vec::IntoIter<NumberedRow>),
}

/// How the lines of a table end, as its first line does; the library that reads it counts line feeds alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEnd {
    Feed,
    /// A row begins, for the library, before the line feed of the row before it.
    ReturnAndFeed,
    /// There is none to count: a row is a line.
    Return,
}

impl LineEnd {
    fn of(first: &[u8]) -> Self {
        match first {
            [.., b'\r', b'\n'] => Self::ReturnAndFeed,
            first if !first.ends_with(b"\n") && first.contains(&b'\r') => Self::Return,
            _ => Self::Feed,
        }
    }

    /// The line that a row begins in.
    fn line(self, counted: u64, row: u32) -> u32 {
        let counted = u32::try_from(counted).unwrap_or(u32::MAX);
        match self {
            Self::Feed => counted,
            Self::ReturnAndFeed => counted.saturating_add(1),
            Self::Return => row,
        }
    }
}

/// Reads on and takes the digest of what was read.
struct Counted {
    inner: std::io::Chain<std::io::Cursor<Vec<u8>>, BufReader<File>>,
    digest: Arc<Mutex<Sha256>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.digest.lock().expect("one thread reads a table").update(&buffer[..count]);
        Ok(count)
    }
}

impl RowReader {
    /// Opens a table: finds its separator and what its columns mean.
    pub(super) fn new(file: FileId, mut opened: File, said: &BTreeMap<String, String>) -> Result<Self, Diagnostic> {
        let unreadable =
            |error: std::io::Error| Diagnostic::new(Code::UnreadableFile, Sources::whole(file), error.to_string());
        let mut first = Vec::new();
        (&mut opened).take(8).read_to_end(&mut first).map_err(unreadable)?;
        opened.rewind().map_err(unreadable)?;
        if workbook::is_workbook(&first, file)? {
            let digest = digest_of(&mut opened).map_err(unreadable)?;
            let mut rows = workbook::read(opened, file, &mut Vec::new())?.into_iter();
            let (number, headings) = rows.next().unwrap_or_default();
            let layout = Layout::new(&headings, said, file)?;
            return Ok(Self::with(file, CellReader::Workbook(rows), layout, number, LineEnd::Return, digest));
        }
        let mut opened = BufReader::with_capacity(1 << 16, opened);
        let mut first = Vec::new();
        (&mut opened).take(ROW_LIMIT as u64).read_until(b'\n', &mut first).map_err(unreadable)?;
        if first.starts_with(&[0xFE, 0xFF]) || first.starts_with(&[0xFF, 0xFE]) {
            let help = "save the file as UTF-8; spreadsheet programs call it \"CSV UTF-8\"";
            return Err(Diagnostic::new(Code::WrongEncoding, Sources::whole(file), "this file is UTF-16").help(help));
        }
        let line_end = LineEnd::of(&first);
        let separator = separator(&first);
        let digest = Arc::new(Mutex::new(Sha256::new()));
        let inner = std::io::Cursor::new(first).chain(opened);
        let counted = Counted { inner, digest: digest.clone() };
        let mut builder = ReaderBuilder::new();
        let mut reader =
            builder.flexible(true).has_headers(false).trim(Trim::All).delimiter(separator).from_reader(counted);
        let mut record = ByteRecord::new();
        let wrong = |error: csv::Error| unreadable(std::io::Error::other(error));
        reader.read_byte_record(&mut record).map_err(wrong)?;
        let layout = Layout::new(&record, said, file)?;
        Ok(Self::with(file, CellReader::Text(Box::new(reader)), layout, 1, line_end, digest))
    }

    fn with(
        file: FileId,
        cells: CellReader,
        layout: Layout,
        number: u32,
        line_end: LineEnd,
        digest: Arc<Mutex<Sha256>>,
    ) -> Self {
        Self { file, cells, layout: Arc::new(layout), number, line_end, seen: HashSet::new(), digest }
    }

    /// Reads the next row; whether there was one.
    fn next_row(&mut self, row: &mut ByteRecord) -> Result<bool, Diagnostic> {
        match &mut self.cells {
            CellReader::Text(reader) => {
                self.number += 1;
                reader.read_byte_record(row).map_err(|error| {
                    Diagnostic::new(Code::UnreadableFile, Sources::whole(self.file), error.to_string())
                })
            }
            CellReader::Workbook(rows) => {
                let next = rows.next();
                let found = next.is_some();
                if let Some((number, cells)) = next {
                    (self.number, *row) = (number, cells);
                }
                Ok(found)
            }
        }
    }

    /// What the headings are taken to mean, and what of the project file names no column.
    pub(super) fn announce(&self, said: &BTreeMap<String, String>, diagnostics: &mut Diagnostics) -> Vec<String> {
        let span = Span { file: self.file, line: 1, column: 1, length: 1 };
        for (role, heading) in said {
            if !heading.starts_with('=') && !self.layout.headings.contains(heading) {
                let message = format!("no column is called \"{heading}\", as [columns] says of {role}");
                diagnostics.push(Diagnostic::new(Code::MissingColumn, span, message));
            }
        }
        let named = |role| self.layout.columns.contains_key(&role) || self.layout.constants.contains_key(&role);
        if !named(Role::Sender) && !named(Role::SenderId) {
            let message = "no column is known to name the sender";
            let help = format!(
                "say which in regesta.toml, [columns] sender = \"heading\", or who it always is, sender = \"=name\"; the columns are {}",
                self.layout.headings.join(", ")
            );
            diagnostics.push(Diagnostic::new(Code::MissingColumn, span, message).help(help));
        }
        let meant = self.layout.columns.iter().filter(|(role, _)| !said.contains_key(role.name()));
        meant.map(|(role, column)| format!("{} is \"{}\"", role.name(), self.layout.headings[*column])).collect()
    }

    /// The SHA-256 of all bytes, in hexadecimal.
    pub(super) fn digest(&self) -> String {
        hexadecimal(&self.digest.lock().expect("one thread reads a table").clone().finalize())
    }

    /// The next rows; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Rows>, Diagnostic> {
        let mut rows = Vec::with_capacity(PART);
        while rows.len() < PART {
            let mut cells = ByteRecord::new();
            if !self.next_row(&mut cells)? {
                break;
            }
            let line = self.line_end.line(cells.position().map_or(0, csv::Position::line), self.number);
            if cells.as_slice().len() > ROW_LIMIT {
                let message = format!(
                    "row {} has more than {ROW_LIMIT} bytes: a quotation mark is probably not closed",
                    self.number
                );
                return Err(Diagnostic::new(
                    Code::TableSyntax,
                    Span { file: self.file, line, column: 1, length: 1 },
                    message,
                ));
            }
            let key =
                self.layout.columns.get(&Role::Key).and_then(|column| cells.get(*column)).filter(|key| !key.is_empty());
            let repeated = key.is_some_and(|key| {
                let mut hash = DefaultHasher::new();
                slug_of_id(None, &String::from_utf8_lossy(key)).hash(&mut hash);
                !self.seen.insert(hash.finish())
            });
            rows.push(Row { number: self.number, line, repeated, cells });
        }
        Ok((!rows.is_empty()).then(|| Rows { layout: self.layout.clone(), rows }))
    }
}

impl Layout {
    /// What the headings of a table mean, or are said to.
    fn new(headings: &ByteRecord, said: &BTreeMap<String, String>, file: FileId) -> Result<Self, Diagnostic> {
        if headings.is_empty() {
            let message = "the table has no row of column names";
            return Err(Diagnostic::new(Code::MissingColumn, Sources::whole(file), message));
        }
        if headings.len() > COLUMN_LIMIT {
            let message = format!("the table has more than {COLUMN_LIMIT} columns");
            return Err(Diagnostic::new(Code::TableSyntax, Sources::whole(file), message));
        }
        let plain = |cell| String::from_utf8_lossy(cell).trim_start_matches('\u{FEFF}').trim().to_owned();
        let headings: Vec<String> = headings.iter().map(plain).collect();
        let columns = heading::columns(&headings, said);
        let constants = ROLES.iter().filter_map(|(role, name, _)| {
            let constant = said.get(*name)?.strip_prefix('=')?;
            Some((*role, constant.trim().to_owned()))
        });
        let constants = constants.collect();
        Ok(Self { headings, columns, constants })
    }
}

/// Takes the digest of a whole file and goes back to its beginning.
fn digest_of(opened: &mut File) -> std::io::Result<Arc<Mutex<Sha256>>> {
    let digest = Arc::new(Mutex::new(Sha256::new()));
    let mut block = vec![0; 1 << 16];
    loop {
        match opened.read(&mut block)? {
            0 => break,
            count => digest.lock().expect("one thread reads a table").update(&block[..count]),
        }
    }
    opened.rewind()?;
    Ok(digest)
}

/// What rows are read with.
pub(super) struct TableLetters<'n, 'a> {
    pub(super) naming: &'n mut Naming<'a>,
    pub(super) diagnostics: &'n mut Diagnostics,
    pub(super) coverage: &'n mut Coverage,
    pub(super) slug: &'a str,
    pub(super) letters: Vec<Letter>,
}

/// A row while a letter is made of it.
struct Cells<'r> {
    layout: &'r Layout,
    cells: Vec<&'r str>,
    span: Span,
}

impl<'r> Cells<'r> {
    fn cell(&self, role: Role) -> &'r str {
        let column = self.layout.columns.get(&role).map(|column| self.cells[*column].trim());
        column.or_else(|| self.layout.constants.get(&role).map(String::as_str)).unwrap_or("")
    }

    /// The values of a cell that can hold several.
    fn list(&self, role: Role) -> Vec<&'r str> {
        self.cell(role).split([';', '|']).map(str::trim).collect()
    }
}

impl TableLetters<'_, '_> {
    /// Reads rows; what cannot be decoded breaks off the whole file.
    pub(super) fn rows(&mut self, rows: &Rows) -> Result<(), Diagnostic> {
        let layout = &*rows.layout;
        for row in &rows.rows {
            let span = Span { file: self.naming.file, line: row.line, column: 1, length: 1 };
            let mut cells = Vec::with_capacity(row.cells.len());
            for cell in &row.cells {
                cells.push(std::str::from_utf8(cell).map_err(|_| {
                    let message = format!("row {} is not UTF-8", row.number);
                    let help = "save the file as UTF-8; spreadsheet programs call it \"CSV UTF-8\"";
                    Diagnostic::new(Code::WrongEncoding, span, message).help(help)
                })?);
            }
            if cells.iter().all(|cell| cell.is_empty()) {
                continue;
            }
            if cells.len() != layout.headings.len() {
                let (has, wants) = (cells.len(), layout.headings.len());
                let cells = if has == 1 { "1 cell".to_owned() } else { format!("{has} cells") };
                let message = format!("row {} has {cells}, the table has {wants} columns", row.number);
                let help =
                    "put a cell that holds a separator into quotation marks; write the separators of empty cells";
                self.diagnostics.push(Diagnostic::new(Code::RaggedRow, span, message).help(help));
                continue;
            }
            // One look at all bytes of the row finds what the closer look at its letters may then refuse.
            let rare = |byte: &u8| *byte < b' ' || *byte == 0xEF;
            let letters = || cells.iter().flat_map(|cell| cell.chars());
            if row.cells.as_slice().iter().any(rare)
                && let Some(letter) = letters().find(|letter| is_forbidden(*letter))
            {
                self.diagnostics.push(forbidden(Some(letter), span));
                continue;
            }
            self.count_unused(layout, &cells, span);
            self.row(row, &Cells { layout, cells, span });
        }
        Ok(())
    }

    fn count_unused(&mut self, layout: &Layout, cells: &[&str], span: Span) {
        for (column, cell) in cells.iter().enumerate() {
            if !cell.is_empty() && !layout.columns.values().any(|used| *used == column) {
                let heading = &layout.headings[column];
                let name =
                    if heading.is_empty() { format!("column {}", column + 1) } else { format!("column {heading}") };
                self.coverage.count(&name, None, || span);
            }
        }
    }

    fn row(&mut self, row: &Row, cells: &Cells<'_>) {
        let key = cells.cell(Role::Key);
        let slug = if key.is_empty() || row.repeated {
            format!("{}-n{}", self.slug, row.number)
        } else {
            slug_of_id(Some(self.slug), key)
        };
        let language = self.naming.project.language.clone();
        let title = Label { text: cells.cell(Role::Title).to_owned(), language };
        let mut document = Document::new(Id::new(Kind::Document, slug), self.naming.file, cells.span, "letter", title);
        document.identifier = (!key.is_empty()).then(|| key.to_owned());
        document.language = language_tag(cells.cell(Role::Language));
        let url = Scheme::SAME_AS.identify(cells.cell(Role::Url));
        document.urls.extend(url.map(|url| url.iri));
        let text = |role| Some(cells.cell(role).to_owned()).filter(|text| !text.is_empty());
        (document.shelfmark, document.note, document.citation) =
            (text(Role::Shelfmark), text(Role::Note), text(Role::Edition));
        document.repository = self.names(cells, Kind::Organisation, Role::Repository, None).into_iter().next();
        document.mentions = self.names(cells, Kind::Thing, Role::Mentions, Some(Role::Mentions));
        if cells.cell(Role::ReplyTo).contains("://") {
            let id = Id::new(Kind::Document, slug_of_address(cells.cell(Role::ReplyTo)));
            document.replies_to.push(Reference { id, span: cells.span });
        } else if let Some(answered) = text(Role::ReplyTo) {
            let id = Id::new(Kind::Document, slug_of_id(Some(self.slug), &answered));
            document.replies_to.push(Reference { id, span: cells.span });
        }
        let sent = self.action(row, cells, "sent");
        let received = self.action(row, cells, "received");
        document.recipients.clone_from(&received.by);
        document.actions = vec![sent, received];
        if document.title.text.is_empty() {
            let words =
                |role| cells.list(role).into_iter().filter(|name| !is_placeholder(name)).map(str::to_owned).collect();
            document.title.text = Names::new(words(Role::Sender), words(Role::Recipient)).title(&document);
        }
        correspondence::count(&document, self.coverage);
        self.letters.push(Letter { document, annotations: Vec::new(), notes: None });
    }

    fn action(&mut self, row: &Row, cells: &Cells<'_>, kind: Concept) -> Action {
        let sent = kind == "sent";
        let (who, id) = if sent { (Role::Sender, Role::SenderId) } else { (Role::Recipient, Role::RecipientId) };
        let (place, place_id) = if sent {
            (Role::SenderPlace, Role::SenderPlaceId)
        } else {
            (Role::RecipientPlace, Role::RecipientPlaceId)
        };
        let parties = self.names(cells, Kind::Agent, who, Some(id)).into_iter();
        Action {
            by: parties.map(|who| Party { who, certainty: None, note: None }).collect(),
            places: self.names(cells, Kind::Place, place, Some(place_id)),
            date: self.date(row, cells, sent),
            ..empty_action(kind, None)
        }
    }

    /// Whom or what the cells of a name and of its id name: the first name goes with the first id.
    fn names(&mut self, cells: &Cells<'_>, kind: Kind, words: Role, id: Option<Role>) -> Vec<Reference> {
        let names = cells.list(words);
        let ids = id.map_or_else(Vec::new, |id| cells.list(id));
        let scheme = id.and_then(|id| cells.layout.columns.get(&id)).and_then(|column| {
            let heading = cells.layout.headings[*column].to_lowercase();
            Scheme::ALL.iter().find(|scheme| {
                heading.contains(scheme.column) || (heading.contains("geo") && scheme.column == "geonames")
            })
        });
        let mut references = Vec::new();
        for at in 0..names.len().max(ids.len()) {
            let written = ids.get(at).copied().unwrap_or("");
            // A bare number under a heading that names an authority file is an identifier of that file.
            let bare = scheme.filter(|scheme| !written.contains(':') && scheme.identify(written).is_some());
            let bare = bare.map(|scheme| format!("{}:{written}", scheme.column));
            let reference = bare.as_deref().unwrap_or(written);
            let words = names.get(at).copied().filter(|_| id != Some(words)).unwrap_or("");
            let name = Name { kind, words, reference, whole: true, rank: Rank::Name, span: cells.span };
            references.extend(self.naming.references(name));
        }
        references
    }

    fn date(&mut self, row: &Row, cells: &Cells<'_>, sent: bool) -> Option<Date> {
        let (date, text) =
            if sent { (Role::SentDate, Role::SentDateText) } else { (Role::ReceivedDate, Role::ReceivedDateText) };
        let words = cells.cell(text);
        let written = cells.cell(date);
        let (first, last) = (cells.cell(Role::SentNotBefore), cells.cell(Role::SentNotAfter));
        let (from, to) = (cells.cell(Role::SentDateFrom), cells.cell(Role::SentDateTo));
        let edtf = match free_date::read(written) {
            FreeDate::Edtf(edtf) => Some(edtf),
            FreeDate::Absent if sent && !(from.is_empty() && to.is_empty()) => {
                let open = |end: &str| if end.is_empty() { "..".to_owned() } else { end.to_owned() };
                Some(format!("{}/{}", open(from), open(to)))
            }
            FreeDate::Absent if sent && !(first.is_empty() && last.is_empty()) => Some(format!("[{first}..{last}]")),
            FreeDate::Absent => None,
            FreeDate::Words => {
                let message = format!("row {}: \"{written}\" is not a date", row.number);
                let help =
                    "nothing is guessed: the graph has the words, and no days to compare; write EDTF, as in 1672-07-03";
                self.diagnostics.push(Diagnostic::new(Code::DateUnreadable, cells.span, message).help(help));
                None
            }
        };
        let all_words = if words.is_empty() { written } else { words };
        let parsed = edtf.and_then(|edtf| match Date::parse(&edtf) {
            Ok(date) => Some(date),
            Err(_) => {
                let message = format!("row {}: \"{edtf}\" is not a date", row.number);
                self.diagnostics.push(Diagnostic::new(Code::DateUnreadable, cells.span, message));
                None
            }
        });
        let absent = all_words.is_empty() || free_date::read(all_words) == FreeDate::Absent;
        let mut date = match parsed {
            Some(date) => date,
            None if absent => return None,
            None => Date::in_words(all_words),
        };
        if !absent {
            all_words.clone_into(&mut date.words);
        }
        date.span = Some(cells.span);
        Some(date)
    }
}
