//! Letter tables: one letter a row, in a CSV or TSV file of any length, or in a workbook.

mod dating;
mod layout;
mod rows;

pub(crate) use rows::{RowReader, Rows};

use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::naming::letter_slugs::{slug_of_key, slug_of_number};
use crate::input::naming::name_index::fits;
use crate::input::naming::names::{Name, is_placeholder, slug_of_address};
use crate::input::naming::things::Rank;
use crate::input::table::text_rows::TextRow;
use crate::input::tei::correspondence::{self, CorrespondentNames, empty_action};
use crate::model::{Action, Concept, Document, Id, Kind, Label, Letter, Party, Reference, Scheme};
use crate::project::{Role, language_tag};
use crate::source::{Span, forbidden, is_forbidden};
use layout::{Layout, not_utf_8, shown};
use rows::{LetterRow, ROW};

/// A row while a letter is made of it.
struct LetterCells<'r> {
    layout: &'r Layout,
    number: u32,
    cells: Vec<&'r str>,
    span: Span,
}

impl<'r> LetterCells<'r> {
    fn cell(&self, role: Role) -> &'r str {
        let column = self.layout.column(role).map(|column| self.cells[column].trim());
        column.or_else(|| self.layout.constant(role)).unwrap_or("")
    }

    /// The same as a text of its own; nothing where there is none.
    fn text(&self, role: Role) -> Option<String> {
        Some(self.cell(role).to_owned()).filter(|text| !text.is_empty())
    }

    /// The values of a cell that can hold several.
    fn list(&self, role: Role) -> Vec<&'r str> {
        self.cell(role).split([';', '|']).map(str::trim).collect()
    }
}

impl LetterReader<'_> {
    /// Reads rows; what cannot be decoded breaks off the whole file.
    pub(crate) fn rows(&mut self, rows: &Rows) -> Result<(), Diagnostic> {
        let layout = &*rows.layout;
        for row in &rows.rows {
            let written = &row.written;
            let span = written.span(self.naming.part.file);
            let mut cells = Vec::with_capacity(written.cells.len());
            for cell in &written.cells {
                cells.push(std::str::from_utf8(cell).map_err(|_| not_utf_8(written.number, span))?);
            }
            let cells = LetterCells { layout, number: written.number, cells, span };
            if let Some(fault) = fault(written, &cells) {
                self.diagnostics.push(fault);
                continue;
            }
            self.count_unused(&cells);
            let accepted = cells.cell(Role::Accept);
            if !accepted.is_empty() {
                self.diagnostics.accept(accepted, span, &(span.line..=span.line));
            }
            self.row(row, &cells);
        }
        Ok(())
    }

    fn count_unused(&mut self, cells: &LetterCells<'_>) {
        for (column, cell) in cells.cells.iter().enumerate() {
            if !cell.is_empty() && !cells.layout.is_used(column) {
                let heading = &cells.layout.headings[column];
                let name =
                    if heading.is_empty() { format!("column {}", column + 1) } else { format!("column {heading}") };
                self.coverage.count(&name, None, || cells.span);
            }
        }
    }

    fn row(&mut self, row: &LetterRow, cells: &LetterCells<'_>) {
        let key = cells.cell(Role::Key);
        let slug = if key.is_empty() || row.repeated {
            slug_of_number(self.slug, ROW, row.written.number)
        } else {
            slug_of_key(self.slug, ROW, key)
        };
        let slug = self.slugs.apart(self.slug, slug);
        let language = self.naming.project.language.clone();
        let title = Label { text: cells.cell(Role::Title).to_owned(), language };
        let mut document =
            Document::new(Id::new(Kind::Document, slug), self.naming.part.file, cells.span, "letter", title);
        document.identifier = cells.text(Role::Key);
        let mut notes: Vec<String> = cells.text(Role::Note).into_iter().collect();
        document.language =
            self.value(cells, Role::Language, "language tag, such as en or de", &mut notes, language_tag);
        let address = |written: &str| Scheme::SAME_AS.identify(written).map(|url| url.iri);
        document.urls.extend(self.value(
            cells,
            Role::Url,
            "address, such as https://example.org/1",
            &mut notes,
            address,
        ));
        document.note = Some(notes.join("; ")).filter(|note| !note.is_empty());
        (document.shelfmark, document.citation) = (cells.text(Role::Shelfmark), cells.text(Role::Edition));
        document.repository = self.names(cells, Kind::Organisation, Role::Repository, None).into_iter().next();
        document.mentions = self.names(cells, Kind::Thing, Role::Mentions, Some(Role::Mentions));
        document.found_by_name = std::mem::take(&mut self.naming.found_by_name);
        document.replies_to = self.reply(cells, &document.id).into_iter().collect();
        let sent = self.action_of_row(cells, "sent");
        let received = self.action_of_row(cells, "received");
        document.recipients.clone_from(&received.by);
        document.actions = vec![sent, received];
        if document.title.text.is_empty() {
            let words =
                |role| cells.list(role).into_iter().filter(|name| !is_placeholder(name)).map(str::to_owned).collect();
            document.title.text = CorrespondentNames::new(words(Role::Sender), words(Role::Recipient)).title(&document);
        }
        let letter = Letter { document, annotations: Vec::new(), notes: None };
        correspondence::count(&letter, &mut self.coverage);
        self.letters.push(letter);
    }

    /// The value that a cell has; where it has another, that is a warning, and goes into the letter's note.
    fn value(
        &mut self,
        cells: &LetterCells<'_>,
        role: Role,
        what: &str,
        notes: &mut Vec<String>,
        read: impl Fn(&str) -> Option<String>,
    ) -> Option<String> {
        let written = cells.cell(role);
        let value = read(written);
        // What is said of all rows was looked at before the first.
        if value.is_none() && !is_placeholder(written) && cells.layout.column(role).is_some() {
            let heading = cells.layout.name(role);
            let message = format!("row {}, column \"{heading}\": \"{}\" is no {what}", cells.number, shown(written));
            let help = "the letter has the words in its note";
            self.diagnostics.push(Diagnostic::new(Code::UnusableCell, cells.span, message).help(help));
            notes.push(format!("{heading}: {written}"));
        }
        value
    }

    /// The letter that a letter answers.
    fn reply(&mut self, cells: &LetterCells<'_>, letter: &Id) -> Option<Reference> {
        let answered = cells.text(Role::ReplyTo).filter(|answered| !is_placeholder(answered))?;
        let slug = match answered.contains("://") {
            true => slug_of_address(&answered),
            false => self.slugs.apart(self.slug, slug_of_key(self.slug, ROW, &answered)),
        };
        let reference = Reference { id: Id::new(Kind::Document, slug), span: cells.span };
        if reference.id == *letter {
            let message = format!("row {}: the letter is said to answer itself", cells.number);
            let help = "the link is left out; write the key of the letter that it answers";
            self.diagnostics.push(Diagnostic::new(Code::ReplyToItself, cells.span, message).help(help));
            return None;
        }
        Some(reference)
    }

    fn action_of_row(&mut self, cells: &LetterCells<'_>, kind: Concept) -> Action {
        let sent = kind == "sent";
        let (who, id) = if sent { (Role::Sender, Role::SenderId) } else { (Role::Recipient, Role::RecipientId) };
        let (place, place_id) = if sent {
            (Role::SenderPlace, Role::SenderPlaceId)
        } else {
            (Role::RecipientPlace, Role::RecipientPlaceId)
        };
        let parties = self.names(cells, Kind::Agent, who, Some(id)).into_iter();
        let mut action = Action {
            by: parties.map(Party::plain).collect(),
            places: self.names(cells, Kind::Place, place, Some(place_id)),
            dates: self.date(cells, sent).into_iter().collect(),
            ..empty_action(kind, None)
        };
        action.set_found_by_name(std::mem::take(&mut self.naming.found_by_name));
        action
    }

    /// Whom or what the cells of a name and of its id name: the first name goes with the first id.
    fn names(&mut self, cells: &LetterCells<'_>, kind: Kind, words: Role, id: Option<Role>) -> Vec<Reference> {
        let names = cells.list(words);
        let ids = id.map_or_else(Vec::new, |id| cells.list(id));
        let scheme = id.and_then(|id| cells.layout.column(id)).and_then(|column| {
            let heading = cells.layout.headings[column].to_lowercase();
            Scheme::ALL.iter().find(|scheme| {
                heading.contains(scheme.column) || (heading.contains("geo") && scheme.column == "geonames")
            })
        });
        let mut references = Vec::new();
        for at in 0..names.len().max(ids.len()) {
            let written = ids.get(at).copied().unwrap_or("");
            if let Some(id) = self.own_id(cells, kind, written) {
                references.extend(id.map(|id| self.naming.own_id(id, cells.span)));
                continue;
            }
            // A bare number under a heading that names an authority file is an identifier of that file, or meant as one.
            let bare = scheme.filter(|_| !written.contains(':') && !is_placeholder(written));
            let bare = bare.map(|scheme| format!("{}:{written}", scheme.column));
            let reference = bare.as_deref().unwrap_or(written);
            let words = names.get(at).copied().filter(|_| id != Some(words)).unwrap_or("");
            let name = Name { kind, words, reference, whole: true, rank: Rank::Name, span: cells.span };
            references.extend(self.naming.references(name));
        }
        references
    }
}

impl LetterReader<'_> {
    /// The id of the corpus that a cell has, with its kind, as in `person:roos`; nothing inside where it cannot stand there.
    fn own_id(&mut self, cells: &LetterCells<'_>, wanted: Kind, written: &str) -> Option<Option<Id>> {
        let (kind, _) = written.split_once(':')?;
        Kind::parse(kind)?;
        let problem = match Id::parse(written) {
            Ok(id) if fits(wanted, id.kind) => return Some(Some(id)),
            Ok(id) => (Code::WrongKind, format!("a {} cannot stand here", id.kind)),
            Err(_) => (Code::InvalidId, format!("\"{}\" cannot be an id", shown(written))),
        };
        let (code, why) = problem;
        let message = format!("row {}: {why}", cells.number);
        let kinds = match wanted {
            Kind::Agent => "person, an organisation or a group".to_owned(),
            kind => kind.to_string(),
        };
        let help = format!("write the id of a {kinds} of the corpus, or an identifier of an authority file");
        self.diagnostics.push(Diagnostic::new(code, cells.span, message).help(help));
        Some(None)
    }
}

/// Why a row is no letter.
fn fault(row: &TextRow, cells: &LetterCells<'_>) -> Option<Diagnostic> {
    if let Some(fault) = row.fault() {
        return Some(fault);
    }
    let (has, wants) = (cells.cells.len(), cells.layout.headings.len());
    if has != wants {
        let number =
            |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
        let (has, wants) = (number(has, "cell"), number(wants, "column"));
        let message = format!("row {} has {has}, the table has {wants}", row.number);
        let help = match cells.layout.is_workbook {
            true => "empty the cells beside the table, or give their columns headings",
            false => "put a cell that holds a separator into quotation marks; write the separators of empty cells",
        };
        return Some(Diagnostic::new(Code::RaggedRow, cells.span, message).help(help));
    }
    // One look at all bytes of the row finds what the closer look at its letters may then refuse.
    let rare = |byte: &u8| *byte < b' ' || *byte == 0xEF;
    if !row.cells.as_slice().iter().any(rare) {
        return None;
    }
    let letter = cells.cells.iter().flat_map(|cell| cell.chars()).find(|letter| is_forbidden(*letter))?;
    Some(forbidden(Some(letter), cells.span))
}
