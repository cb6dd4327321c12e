//! The headings of letter tables that mean something without being told: by what they mean and by language.

mod correspondents;
mod dates;
mod letters;
mod reservations;

use crate::project::Role;

pub(crate) use reservations::RESERVATIONS;

/// What columns are called: of each role, by language, divided by commas. Headings are compared without capitals, accents, blanks and marks; never by what the cells
/// hold. Of two columns for one role, the one whose heading comes first here is taken. What is called the same in two
/// languages means the same in both; what could mean two things is not here.
pub(crate) fn all() -> impl Iterator<Item = &'static (Role, &'static [(&'static str, &'static str)])> {
    [correspondents::HEADINGS, dates::HEADINGS, letters::HEADINGS, reservations::HEADINGS].into_iter().flatten()
}

/// The headings of the known ones that are prepositions, plain: beside another column for the sender or the recipient
/// they may as well speak of places or of dates.
pub(crate) const PREPOSITIONS: &[(Role, &[&str])] = &[
    (Role::Sender, &["from", "von", "de", "da", "van", "od"]),
    (Role::Recipient, &["to", "an", "à", "aan", "do", "ad", "para", "sentto"]),
];

/// Headings that mean something only beside another, plain: what means it, its role, and the other.
pub(crate) const BESIDE_EACH_OTHER: &[(&str, Role, &str)] = &[
    ("source", Role::SenderPlace, "destination"),
    ("source", Role::SenderPlace, "destinationcity"),
    ("source", Role::SenderPlace, "destinationplace"),
    ("source", Role::SenderPlace, "destinationname"),
    ("source", Role::Sender, "target"),
    ("target", Role::Recipient, "source"),
];

/// Headings that mean places only beside other columns for the sender and the recipient, plain.
pub(crate) const PLACES_BESIDE_PERSONS: &[(&str, Role)] =
    &[("sentfrom", Role::SenderPlace), ("sentto", Role::RecipientPlace)];

/// How the headings of two columns differ from that of a name which they have in two parts, plain: the given name and
/// the surname, as in `author_fn` and `author_ln`.
pub(crate) const PARTS_OF_NAMES: &[(&str, &str)] = &[
    ("fn", "ln"),
    ("firstname", "lastname"),
    ("first", "last"),
    ("forename", "surname"),
    ("forenames", "surname"),
    ("givenname", "surname"),
    ("givenname", "familyname"),
    ("vorname", "nachname"),
    ("vorname", "name"),
    ("prenom", "nom"),
    ("nome", "cognome"),
    ("voornaam", "achternaam"),
    ("nombre", "apellido"),
    ("nombre", "apellidos"),
    ("imie", "nazwisko"),
];

/// The words for a year, a month and a day in the headings of their columns, plain.
pub(crate) const PARTS_OF_DATES: &[[&str; 3]] = &[
    ["year", "month", "day"],
    ["jahr", "monat", "tag"],
    ["annee", "mois", "jour"],
    ["anno", "mese", "giorno"],
    ["jaar", "maand", "dag"],
    ["annus", "mensis", "dies"],
    ["ano", "mes", "dia"],
    ["rok", "miesiac", "dzien"],
];

/// What stands before or behind these words, plain, by what the columns say together. The second date of a letter is the
/// end of a stretch in exports and forms of EMLO.
pub(crate) const AROUND_PARTS_OF_DATES: &[(Role, &[&str])] = &[
    (
        Role::SentDate,
        &[
            "",
            "date",
            "sent",
            "sentdate",
            "sender",
            "senderdate",
            "letter",
            "ofletter",
            "written",
            "dateofworkstd",
            "datum",
        ],
    ),
    (Role::ReceivedDate, &["received", "receipt", "ofreceipt", "datereceived", "receiveddate", "empfangs"]),
    (Role::SentDateTo, &["to", "end", "date2", "date2ifrange", "dateofwork2std", "dateto", "bis"]),
];
