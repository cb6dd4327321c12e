//! Letter tables: one letter a row, in a CSV or TSV file of any length, or in a workbook.

mod cells;
mod dating;
mod layout;
mod named;
mod orders;
mod reservations;
mod rows;

pub(crate) use rows::{RowReader, Rows};

use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::naming::letter_slugs::{slug_of_key, slug_of_number};
use crate::input::naming::name_words::is_repeated;
use crate::input::naming::names::{is_nothing, is_placeholder, names_nobody, slug_of_address};
use crate::input::table::any_rows::{column_name, comma_in_cell, fault, not_utf_8};
use crate::input::tei::correspondence::{self, CorrespondentNames, empty_action};
use crate::model::{Action, Concept, Document, Id, Kind, Label, Letter, Reference, Scheme};
use crate::project::Role;
use crate::source::{Sources, Span};
use layout::{JoinedCell, Layout};
use orders::{ColumnOrders, TableOrders};
use rows::{LetterRow, ROW};
use std::collections::HashSet;

/// A row while a letter is made of it.
struct LetterCells<'r> {
    layout: &'r Layout,
    number: u32,
    cells: Vec<&'r str>,
    joined: &'r [JoinedCell],
    span: Span,
    orders: &'r TableOrders,
    sources: &'r Sources,
}

impl<'r> LetterCells<'r> {
    /// The column of the table that a row has a role in.
    fn column(&self, role: Role) -> Option<usize> {
        let column = self.layout.column(role)?;
        column.checked_sub(self.layout.headings.len()).map_or(Some(column), |at| self.joined[at].column)
    }

    /// What the cells of the table show of the order of days and months.
    fn orders(&self) -> &'r ColumnOrders {
        self.orders.get(self.sources)
    }

    fn cell(&self, role: Role) -> &'r str {
        let column = self.layout.column(role).map(|column| self.cells[column].trim());
        column.or_else(|| self.layout.constant(role)).unwrap_or("")
    }

    /// The same as a text of its own; nothing where there is none.
    fn text(&self, role: Role) -> Option<String> {
        Some(self.cell(role).to_owned()).filter(|text| !is_nothing(text))
    }

    /// The values of a cell that can hold several; none of an empty one.
    fn list(&self, role: Role) -> Vec<&'r str> {
        match self.cell(role) {
            "" => Vec::new(),
            cell => self.layout.divide(role, cell),
        }
    }
}

impl LetterReader<'_> {
    /// Reads rows; what cannot be decoded breaks off the whole file.
    pub(crate) fn rows(&mut self, rows: &Rows) -> Result<(), Diagnostic> {
        let (layout, sources) = (&*rows.layout, self.sources.sources);
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
            for column in joined.iter().flat_map(|joined| &joined.passed_over) {
                self.coverage.count(&column_name(&layout.headings, *column), None, || span);
            }
            cells.truncate(layout.headings.len());
            cells.extend(joined.iter().map(|joined| joined.words.as_str()));
            comma_in_cell(written, span).into_iter().for_each(|hint| self.diagnostics.push(hint));
            let cells = LetterCells {
                layout,
                number: written.number,
                cells,
                joined: &joined,
                span,
                orders: &rows.orders,
                sources,
            };
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
        let key = cells.text(Role::Key);
        let slug = match &key {
            Some(key) if !row.repeated => slug_of_key(self.slug, ROW, key),
            _ => slug_of_number(self.slug, ROW, row.written.number),
        };
        let slug = self.slugs.apart(self.slug, slug);
        let language = self.naming.project.language.clone();
        let title = Label { text: cells.text(Role::Title).unwrap_or_default(), language };
        let mut document =
            Document::new(Id::new(Kind::Document, slug), self.naming.part.file, cells.span, "letter", title);
        document.identifier = key;
        let mut notes: Vec<String> = cells.text(Role::Note).into_iter().collect();
        let mut languages = self.languages(cells, &mut notes).into_iter();
        (document.language, document.further_languages) = (languages.next(), languages.collect());
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
        document.repository = self.references(cells, Kind::Organisation, Role::Repository, None).into_iter().next();
        document.mentions = self.references(cells, Kind::Thing, Role::Mentions, Some(Role::Mentions));
        document.found_by_name = std::mem::take(&mut self.naming.found_by_name);
        document.replies_to = self.reply(cells, &document.id).into_iter().collect();
        let sent = self.action_of_row(cells, "sent");
        let received = self.action_of_row(cells, "received");
        self.report_empty(cells, [&sent, &received]);
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
        let is_nobody = |name, id| usize::from(cells.layout.is_nobody(name) && cells.layout.column(id).is_none());
        self.coverage.without_known_sender += is_nobody(Role::Sender, Role::SenderId);
        self.coverage.without_known_recipient += is_nobody(Role::Recipient, Role::RecipientId);
        self.letters.push(letter);
    }

    /// The names of correspondents as the row has them, or, where it has only ids, as the tables of their things have them.
    fn names_in_title(&self, cells: &LetterCells<'_>, role: Role, action: &Action) -> Vec<String> {
        let names = cells.list(role).into_iter().filter(|name| !(names_nobody(name, Kind::Agent) || is_repeated(name)));
        let names = names.map(str::to_owned);
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
        self.hint_at_several_persons(cells, who);
        self.report_ids(cells, who, id, Kind::Agent);
        self.report_ids(cells, place, place_id, Kind::Place);
        let mut note = None;
        let by = self.parties(cells, Kind::Agent, (who, id), &mut note);
        let places = self.parties(cells, Kind::Place, (place, place_id), &mut note);
        let mut action = Action {
            by,
            // Of a place alone nobody can say how sure it is.
            certainty: places.iter().find_map(|place| place.certainty),
            places: places.into_iter().map(|place| place.who).collect(),
            dates: self.date(cells, sent).into_iter().collect(),
            note,
            ..empty_action(kind, None)
        };
        self.reserve(cells, &mut action);
        action.set_found_by_name(std::mem::take(&mut self.naming.found_by_name));
        action
    }
}
