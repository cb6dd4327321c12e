//! What the columns of tables of persons, organisations and places mean: said in the project file, or recognised by
//! common headings.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::input::table::headings::{plain, position, without_identifiers};
use crate::input::table::known_headings;
use crate::model::{Kind, Scheme};
use crate::project::{ColumnSection, ColumnSections, Role};
use crate::source::Span;
use std::collections::BTreeMap;

/// The headings that mean something without being told, as those of letter tables.
const HEADINGS: &[(&str, &str)] = &[
    (
        "id",
        "id, key, nr, no, number, person id, people id, iperson_id, EMLO person ID, place id, location_id, organisation id, \
         institution_id, repository id, identifier, Nummer, Personen-ID, Orts-ID, lfd. Nr., identifiant, numéro, identificativo, \
         numero, identyfikator, numer, numerus",
    ),
    (
        "name",
        "name, label, full name, display name, primary_name, person primary name in EMLO, place name, location_name, foaf_name, \
         preferred name, institution_name, repository name, names, Ansetzungsform, Personenname, Ortsname, vollständiger Name, \
         nom complet, nom du lieu, nome completo, naam, nomen, nombre completo, imię i nazwisko, place, nom, nome, nombre",
    ),
    (NAME_OF_PLACE, "Ort, lieu, luogo, plaats, plaatsnaam, lugar, locus, miejscowość, miejsce, nazwa"),
    (
        "other-names",
        "other names, alternative names, alternative_names, alt labels, synonyms, variants, name variants, aliases, place name synonyms, \
         location_synonyms, Namensvarianten, Namensformen, andere Namen, variantes, autres noms, altri nomi, naamvarianten, \
         nomina varia, otros nombres, inne nazwy",
    ),
    (
        "born",
        "born, birth, date of birth, birth date, birth year, year of birth, geboren, Geburtsdatum, Geburtsjahr, naissance, \
         date de naissance, né, nascita, data di nascita, geboortedatum, geboortejaar, natus, nacimiento, fecha de nacimiento, \
         urodzony, data urodzenia",
    ),
    (
        "died",
        "died, death, date of death, death date, death year, year of death, gestorben, Todesdatum, Sterbedatum, Todesjahr, \
         Sterbejahr, mort, décès, date de décès, date de mort, morte, data di morte, overleden, sterfdatum, sterfjaar, mortuus, \
         obiit, muerte, fallecimiento, fecha de muerte, zmarły, data śmierci",
    ),
    (
        "latitude",
        "latitude, lat, coordinates: latitude, Breite, Breitengrad, latitudine, breedtegraad, latitud, szerokość",
    ),
    (
        "longitude",
        "longitude, long, lon, lng, coordinates: longitude, Länge, Längengrad, longitudine, lengtegraad, longitud, długość",
    ),
    ("within", "within, part of, region, province, county, county state or province, Gebiet, région, regione, región"),
    ("within-id", "within id, part of id, parent id, region id"),
    ("country", "country, Land, Staat, pays, paese, país, kraj, modern country"),
    (
        "is-body",
        "is organisation, is organization, is an organisation, is an organization, is corporate body, is body, \
         organisation (0=No; 1=Yes), organization (0=No; 1=Yes), person or organisation, person or organization, person or group, \
         person or body, Person oder Körperschaft, ist Körperschaft",
    ),
    // Besides those of the notes of letters.
    ("note", "general notes on person, general notes on place"),
];

/// What stands for the names of places, which in a table of persons are those of others.
const NAME_OF_PLACE: &str = "name of a place";

/// Two columns that are one name together: the given name and the surname.
const NAMES_IN_TWO: &[(&str, &str)] = &[
    ("given name", "surname"),
    ("forename", "surname"),
    ("first name", "last name"),
    ("given name", "family name"),
    ("forenames", "surname"),
    ("Vorname", "Nachname"),
    ("Vorname", "Name"),
    ("Vorname", "Familienname"),
    ("prénom", "nom"),
    ("nome", "cognome"),
    ("voornaam", "achternaam"),
    ("praenomen", "nomen"),
    ("nombre", "apellido"),
    ("nombre", "apellidos"),
    ("imię", "nazwisko"),
];

/// The columns of a table by what they mean.
pub(crate) struct RegisterColumns(BTreeMap<String, Vec<usize>>);

impl RegisterColumns {
    /// The columns of a meaning.
    pub(crate) fn of(&self, meaning: &str) -> &[usize] {
        self.0.get(meaning).map_or(&[], Vec::as_slice)
    }

    /// Whether a column means anything.
    pub(crate) fn is_used(&self, column: usize) -> bool {
        self.0.values().flatten().any(|used| *used == column)
    }

    /// What the headings are taken to mean without being told.
    pub(crate) fn guesses(&self, headings: &[String], section: &ColumnSection) -> Vec<String> {
        let guessed = self.0.iter().filter(|(meaning, _)| !section.headings.contains_key(*meaning));
        let quoted = |columns: &[usize]| {
            let names: Vec<&str> = columns.iter().map(|column| headings[*column].as_str()).collect();
            names.join(" + ")
        };
        guessed.map(|(meaning, columns)| format!("{meaning} is \"{}\"", quoted(columns))).collect()
    }
}

/// The columns of a table of things of a kind; without ids and names there is none.
pub(crate) fn columns(
    headings: &[String],
    kind: Kind,
    section: &ColumnSection,
    span: Span,
) -> Result<RegisterColumns, Diagnostic> {
    let mut columns = said(headings, section, span)?;
    let named: Vec<usize> = columns.values().flatten().copied().collect();
    let free = headings.iter().enumerate().filter(|(at, _)| !named.contains(at));
    let free: Vec<(usize, String)> = free.map(|(at, heading)| (at, plain(heading))).collect();
    recognise(&mut columns, &free, kind);
    let has_identifier = Scheme::with_columns().any(|scheme| columns.contains_key(scheme.column));
    for needed in ["id", "name"] {
        if columns.contains_key(needed) || (needed == "id" && has_identifier) {
            continue;
        }
        let message = format!("no column is known to have the {needed} of the things in this table");
        let table = kind.table().unwrap_or_default();
        let help = format!(
            "say which in regesta.toml, [columns.{table}] {needed} = \"heading\"; of a workbook, sheet = \"name\" says which \
             sheet; {}",
            list(headings)
        );
        return Err(Diagnostic::new(Code::MissingColumn, span, message).help(help));
    }
    Ok(RegisterColumns(columns))
}

/// The columns that the project file names.
fn said(headings: &[String], section: &ColumnSection, span: Span) -> Result<BTreeMap<String, Vec<usize>>, Diagnostic> {
    let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (meaning, said) in
        section.headings.iter().flat_map(|(meaning, all)| all.iter().map(move |said| (meaning, said)))
    {
        let Some(at) = position(headings, said) else {
            let message = format!("no column is called \"{said}\", as [columns] says of {meaning}");
            let help = nearest(said, headings.iter().map(String::as_str))
                .map_or_else(|| list(headings), |heading| format!("did you mean \"{heading}\"?"));
            return Err(Diagnostic::new(Code::MissingColumn, span, message).help(help));
        };
        columns.entry(meaning.clone()).or_default().push(at);
    }
    Ok(columns)
}

/// Adds the columns that are recognised by their headings, for meanings that have none.
fn recognise(columns: &mut BTreeMap<String, Vec<usize>>, free: &[(usize, String)], kind: Kind) {
    let at = |name: &str| free.iter().find(|(_, heading)| *heading == plain(name)).map(|(at, _)| *at);
    if kind == Kind::Person
        && !columns.contains_key("name")
        && let Some(parts) = NAMES_IN_TWO.iter().find_map(|(given, family)| Some(vec![at(given)?, at(family)?]))
    {
        columns.insert("name".to_owned(), parts);
    }
    for meaning in ColumnSections::meanings(kind) {
        let is_known =
            |known: &str| known == *meaning || (known, *meaning, kind) == (NAME_OF_PLACE, "name", Kind::Place);
        let known = HEADINGS.iter().filter(|(known, _)| is_known(known)).map(|(_, headings)| *headings);
        let of_notes = known_headings::all().filter(|(role, _)| *role == Role::Note && *meaning == "note");
        let of_notes = of_notes.flat_map(|(_, languages)| languages.iter().map(|(_, headings)| *headings));
        let known = known.chain(of_notes).flat_map(|headings| headings.split(", "));
        if let Some(at) = known.filter_map(at).find(|at| !columns.values().flatten().any(|used| used == at)) {
            columns.entry((*meaning).to_owned()).or_insert_with(|| vec![at]);
        }
    }
    for scheme in Scheme::with_columns() {
        let column = scheme.column.replace('_', "");
        let names =
            |heading: &str| heading == column || (heading.contains(&column) && without_identifiers(heading).is_empty());
        if let Some((at, _)) = free.iter().find(|(_, heading)| names(heading)) {
            columns.entry(scheme.column.to_owned()).or_insert_with(|| vec![*at]);
        }
    }
}

fn list(headings: &[String]) -> String {
    let shown: Vec<&str> = headings.iter().take(30).map(String::as_str).collect();
    format!("the columns are {}", shown.join(", "))
}
