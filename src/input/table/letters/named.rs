//! Whom and what the cells of a letter table name: by ids, and by words, which can say more than a name.

use super::LetterCells;
use super::layout::shown;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::letters::reader::LetterReader;
use crate::input::naming::name_index::fits;
use crate::input::naming::name_words::NameWords;
use crate::input::naming::names::{Name, WrittenReference};
use crate::input::naming::things::Rank;
use crate::input::table::dividing::between_persons;
use crate::input::tei::correspondence::add_note;
use crate::model::{Id, Kind, Party, Reference};
use crate::project::Role;

impl LetterReader<'_> {
    /// Whom or what the cells of a name and of its id name, and how sure that is: the first name goes with the first id.
    /// What words say besides, and no party can say, goes into a note.
    pub(super) fn parties(
        &mut self,
        cells: &LetterCells<'_>,
        kind: Kind,
        (words, id): (Role, Role),
        note: &mut Option<String>,
    ) -> Vec<Party> {
        let names = cells.list(words);
        let ids = cells.list(id);
        let mut parties = Vec::new();
        for at in 0..names.len().max(ids.len()) {
            let written = names.get(at).copied().unwrap_or("");
            let id = (id, ids.get(at).copied().unwrap_or(""));
            let read = self.naming.read_words(written, kind);
            let found = match &read.names[..] {
                [name] => self.identified(cells, kind, name, id),
                names => {
                    let found = self.identified(cells, kind, "", id);
                    let is_known = !found.is_empty();
                    let others = names.iter().filter(|_| !is_known);
                    let others: Vec<_> =
                        others.flat_map(|name| self.identified(cells, kind, name, (id.0, ""))).collect();
                    [found, others].concat()
                }
            };
            let is_open = read.is_one_of_several && found.len() > 1;
            self.report_words(cells, words, written, &read, found.is_empty() || is_open);
            let certainty = if is_open { Some("unknown") } else { read.certainty() };
            let is_of_place = kind == Kind::Place;
            let said = || format!("{}: {written}", cells.layout.name(words));
            if read.says_more && (found.is_empty() || certainty.is_none() || is_of_place) {
                add_note(note, &said());
            }
            let own = certainty.filter(|_| !is_of_place).map(|_| said());
            let party = |who| Party { certainty, note: own.clone(), unsettled: is_open, ..Party::plain(who) };
            // No place can be stated as one that may be meant.
            parties.extend(found.into_iter().filter(|_| !(is_of_place && is_open)).map(party));
        }
        parties
    }

    /// Whom or what cells name of which nothing is doubted.
    pub(super) fn references(
        &mut self,
        cells: &LetterCells<'_>,
        kind: Kind,
        words: Role,
        id: Option<Role>,
    ) -> Vec<Reference> {
        let written = cells.list(words).into_iter();
        let found = written.map(|written| match id {
            Some(id) => self.identified(cells, kind, "", (id, written)),
            None => self.identified(cells, kind, written, (words, "")),
        });
        found.collect::<Vec<_>>().concat()
    }

    /// Whom or what an id and a name name.
    fn identified(
        &mut self,
        cells: &LetterCells<'_>,
        kind: Kind,
        words: &str,
        (role, id): (Role, &str),
    ) -> Vec<Reference> {
        if let Some(id) = self.own_id(cells, kind, id) {
            return id.map(|id| self.naming.own_id(id, cells.span)).into_iter().collect();
        }
        let id = if self.are_several_ids(cells, kind, (role, id)) { "" } else { id };
        // What stands under a heading that names an authority file is an identifier of that file, or meant as one.
        let scheme = cells.column(role).filter(|_| !id.is_empty()).and_then(|column| cells.layout.scheme(column));
        let reference = WrittenReference { scheme, ..WrittenReference::id(id) };
        self.naming.references(Name { kind, words, reference, rank: Rank::Name, span: cells.span })
    }

    /// Whether what is read as one id is several with commas between them, which is told.
    fn are_several_ids(&mut self, cells: &LetterCells<'_>, kind: Kind, (role, written): (Role, &str)) -> bool {
        if !written.contains(',') || self.naming.has_entry(written, kind) {
            return false;
        }
        let parts: Vec<&str> = written.split(',').map(str::trim).collect();
        let are_ids =
            parts.iter().all(|part| has_form_of_id(part)) || parts.iter().all(|part| self.naming.has_entry(part, kind));
        if are_ids {
            let says = format!("\"{}\" is several ids, and no mark divides them", shown(written));
            let help = "nothing is named by it until semicolons stand between the ids; if no name of the table has a comma, \
                        say that commas divide them: [columns] separators = [\";\", \",\"]";
            self.find(cells, role, Code::SeveralIds, says, help);
        }
        are_ids
    }

    /// Reports words in the place of a name by which nobody is stated to be meant.
    fn report_words(
        &mut self,
        cells: &LetterCells<'_>,
        role: Role,
        written: &str,
        read: &NameWords<'_>,
        is_unsaid: bool,
    ) {
        if read.is_repeated && is_unsaid {
            let says = format!("\"{}\" means what another cell says", shown(written));
            let help = "nothing is named by it, since rows can be put in another order; write the name itself";
            self.find(cells, role, Code::RepeatsAnother, says, help);
        }
        if read.is_one_of_several && is_unsaid {
            let says = format!("\"{}\" is several names, of which one is meant", shown(written));
            let help =
                "none of them is stated, and the words are kept; write the name that is meant, or an id beside it";
            self.find(cells, role, Code::AlternativeNames, says, help);
        }
    }

    /// A hint where what is read as one name has the form of those of several persons.
    pub(super) fn hint_at_several_persons(&mut self, cells: &LetterCells<'_>, role: Role) {
        if cells.layout.column(role).is_none() {
            return;
        }
        for name in cells.list(role) {
            let Some(between) = between_persons(name) else { continue };
            if self.naming.read_words(name, Kind::Agent).is_one_of_several {
                continue;
            }
            let says = format!("\"{}\" is read as one name, and may be those of several persons", shown(name));
            let help = match between {
                // A comma also stands in one name.
                "," => "if it is, write semicolons between the names".to_owned(),
                word => format!(
                    "if it is, write a semicolon between the names, or say in regesta.toml what stands between them: \
                     [columns] separators = [\";\", \"{word}\"]"
                ),
            };
            self.find(cells, role, Code::SeveralNames, says, help);
        }
    }

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

/// Whether a text has the form of an id, and not that of a word: it has no blank, and a digit, an underscore, a colon or a
/// capital behind a small letter.
fn has_form_of_id(text: &str) -> bool {
    let is_turn = |(before, letter): (char, char)| before.is_lowercase() && letter.is_uppercase();
    !text.is_empty()
        && !text.contains(char::is_whitespace)
        && (text.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '_' | ':'))
            || text.chars().zip(text.chars().skip(1)).any(is_turn))
}
