//! Letter tables: one letter a row, in a CSV or TSV file of any length, or in a workbook.

mod cells;
mod dating;
mod layout;
mod rows;

pub(crate) use rows::{RowReader, Rows};

use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::naming::letter_slugs::{slug_of_key, slug_of_number};
use crate::input::naming::name_index::fits;
use crate::input::naming::names::{Name, WrittenReference, is_placeholder, slug_of_address};
use crate::input::naming::things::Rank;
use crate::input::table::any_rows::{column_name, fault, not_utf_8};
use crate::input::tei::correspondence::{self, CorrespondentNames, empty_action};
use crate::model::{Action, Concept, Document, Id, Kind, Label, Letter, Party, Reference, Scheme};
use crate::project::Role;
use crate::source::Span;
use layout::{Layout, shown};
use rows::{LetterRow, ROW};
use std::collections::HashSet;

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
        self.layout.divide(role, self.cell(role))
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
            if let Some(fault) = fault(written, layout.headings.len(), layout.is_workbook, span) {
                self.diagnostics.push(fault);
                continue;
            }
            self.count_unused(layout, &cells, span);
            // What several columns say stands behind them, as if it had a column of its own.
            let joined = layout.joined(&cells);
            cells.truncate(layout.headings.len());
            cells.extend(joined.iter().map(|joined| joined.words.as_str()));
            let cells = LetterCells { layout, number: written.number, cells, span };
            joined.iter().filter(|joined| joined.is_uneven).for_each(|joined| self.report_uneven(&cells, joined.role));
            let accepted = cells.cell(Role::Accept);
            if !accepted.is_empty() {
                self.diagnostics.accept(accepted, span, &(span.line..=span.line));
            }
            self.row(row, &cells, &rows.keys);
        }
        Ok(())
    }

    fn count_unused(&mut self, layout: &Layout, cells: &[&str], span: Span) {
        for (column, cell) in cells.iter().enumerate() {
            if !cell.is_empty() && !layout.is_used(column) {
                self.coverage.count(&column_name(&layout.headings, column), None, || span);
            }
        }
    }

    fn row(&mut self, row: &LetterRow, cells: &LetterCells<'_>, keys: &HashSet<u64>) {
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
        document.language = self.language(cells, &mut notes);
        let address = |written: &str| Scheme::SAME_AS.identify(written).map(|url| url.iri);
        document.urls.extend(self.value(
            cells,
            Role::Url,
            "address, such as https://example.org/1",
            &mut notes,
            address,
        ));
        document.enclosures = self.enclosures(cells, &document.id, keys, &mut notes);
        document.summary = cells.text(Role::Summary);
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
            let [sent, received] = [0, 1].map(|at| &document.actions[at]);
            let names = CorrespondentNames::new(
                self.names_in_title(cells, Role::Sender, sent),
                self.names_in_title(cells, Role::Recipient, received),
            );
            document.title.text = names.title(&document);
        }
        let letter = Letter { document, annotations: Vec::new(), notes: None };
        correspondence::count(&letter, &mut self.coverage);
        self.letters.push(letter);
    }

    /// The names of correspondents as the row has them, or, where it has only ids, as the tables of their things have them.
    fn names_in_title(&self, cells: &LetterCells<'_>, role: Role, action: &Action) -> Vec<String> {
        let names = cells.list(role).into_iter().filter(|name| !is_placeholder(name)).map(str::to_owned);
        let names: Vec<String> = names.collect();
        if !names.is_empty() {
            return names;
        }
        let known = action.by.iter().filter_map(|party| self.naming.index.label_of(&party.who.id));
        known.map(str::to_owned).collect()
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
        self.hint_at_two_persons(cells, who);
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
            let words = names.get(at).copied().filter(|_| id != Some(words)).unwrap_or("");
            // What stands under a heading that names an authority file is an identifier of that file, or meant as one.
            let reference = WrittenReference { scheme, ..WrittenReference::id(written) };
            let name = Name { kind, words, reference, rank: Rank::Name, span: cells.span };
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
        let (code, why) = match Id::parse(written) {
            Ok(id) if fits(wanted, id.kind) => return Some(Some(id)),
            Ok(id) => (Code::WrongKind, format!("{} cannot stand here", id.kind.with_article())),
            Err(_) => (Code::InvalidId, format!("\"{}\" cannot be an id", shown(written))),
        };
        let message = format!("row {}: {why}", cells.number);
        let kinds = match wanted {
            Kind::Agent => "a person, an organisation or a group".to_owned(),
            kind => kind.with_article(),
        };
        let help = format!("write the id of {kinds} of the corpus, or an identifier of an authority file");
        self.diagnostics.push(Diagnostic::new(code, cells.span, message).help(help));
        Some(None)
    }
}
