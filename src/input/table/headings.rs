//! What the columns of a letter table mean: said in the project file, or recognised by common headings.

use crate::input::table::known_headings::{HEADINGS, LIKELY, PLACES_BESIDE_EACH_OTHER};
use crate::model::Scheme;
use crate::project::{ColumnSection, Role};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What identifiers are called in headings, beside the names of authority files and the words for whom or what they
/// identify.
const IDENTIFIERS: [&str; 8] = ["geo", "identifier", "uri", "emlo", "ids", "id", "nr", "number"];
/// The roles of identifiers, each with the role of the name that it goes with.
const OF_NAMES: &[(Role, Role)] = &[
    (Role::SenderId, Role::Sender),
    (Role::SenderPlaceId, Role::SenderPlace),
    (Role::RecipientId, Role::Recipient),
    (Role::RecipientPlaceId, Role::RecipientPlace),
];

/// The known headings, plain: what each means, and how early it stands among those of its role.
static KNOWN: LazyLock<HashMap<String, (Role, usize)>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (role, languages) in HEADINGS {
        let headings = languages.iter().flat_map(|(_, headings)| headings.split(", "));
        for (rank, heading) in headings.enumerate() {
            known.entry(plain(heading)).or_insert((*role, rank));
        }
    }
    known
});

/// The columns of a table by what they mean: one for each role, or several whose cells belong together.
pub(crate) fn columns(headings: &[String], section: &ColumnSection) -> BTreeMap<Role, Vec<usize>> {
    let mut columns = BTreeMap::new();
    for role in Role::ALL.iter().filter(|role| is_said(headings, section, **role)) {
        let said = &section.headings[role.name()];
        let found: Vec<usize> =
            said.iter().filter_map(|said| headings.iter().position(|heading| heading == said)).collect();
        if found.len() == said.len() {
            columns.insert(*role, found);
        }
    }
    // What the project file names means that, and nothing else. What is a part of a key says something of its own as well,
    // such as the edition.
    let is_key = |role: &str, said: &[String]| role == Role::Key.name() && said.len() > 1;
    let named = section.headings.iter().filter(|(role, said)| !is_key(role, said)).flat_map(|(_, said)| said);
    let named: Vec<&String> = named.collect();
    let free: Vec<(usize, String)> = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| !named.contains(heading))
        .map(|(at, heading)| (at, plain(heading)))
        .collect();
    for (role, at) in recognised(&free) {
        if !is_said(headings, section, role) {
            columns.insert(role, vec![at]);
        }
    }
    columns
}

/// Whether the project file says which column of this table has a role, or what it is in all rows. What it says of all
/// tables holds for one with a section of its own only where the table has the heading.
pub(crate) fn is_said(headings: &[String], section: &ColumnSection, role: Role) -> bool {
    let is_there = |said: &String| said.starts_with('=') || headings.contains(said);
    let said = section.headings.get(role.name());
    said.is_some_and(|said| !section.defaults.contains(role.name()) || said.iter().all(is_there))
}

/// The columns that are recognised by their headings; of several for one role, the one whose heading is listed first.
fn recognised(free: &[(usize, String)]) -> BTreeMap<Role, usize> {
    let mut found: BTreeMap<Role, (usize, usize)> = BTreeMap::new();
    for (at, heading) in free {
        let known = KNOWN.get(heading).copied();
        let (role, rank) = match PLACES_BESIDE_EACH_OTHER.iter().find(|(place, ..)| place == heading) {
            Some((_, role, other)) if free.iter().any(|(_, heading)| heading == other) => (*role, 0),
            _ => match known.or_else(|| identifies(heading).map(|role| (role, usize::MAX))) {
                Some(known) => known,
                None => continue,
            },
        };
        if found.get(&role).is_none_or(|(known, _)| rank < *known) {
            found.insert(role, (rank, *at));
        }
    }
    found.into_iter().map(|(role, (_, at))| (role, at)).collect()
}

/// The role of a heading that is made of a word for identifiers and one for what they identify: `gndabsender`,
/// `recipientviafid`.
fn identifies(heading: &str) -> Option<Role> {
    let rest = without_identifiers(heading);
    let (found, _) = KNOWN.get(rest).filter(|_| rest != heading)?;
    OF_NAMES.iter().find(|(_, name)| name == found).map(|(role, _)| *role)
}

/// A plain heading without the words for identifiers that it begins or ends with.
pub(crate) fn without_identifiers(heading: &str) -> &str {
    fn shorter(rest: &str) -> Option<&str> {
        let stripped = |word: &&str| rest.strip_prefix(*word).or_else(|| rest.strip_suffix(*word));
        Scheme::ALL.iter().map(|scheme| &scheme.column).chain(&IDENTIFIERS).find_map(stripped)
    }
    std::iter::successors(Some(heading), |rest| shorter(rest)).last().unwrap_or(heading)
}

/// What a column may have to do with, by the words of its heading; nothing where they speak of other things.
pub(crate) fn likely(heading: &str) -> Option<Role> {
    let words = || heading.split(|letter: char| !letter.is_alphabetic()).map(plain);
    let speaks = |beginnings: &[&str]| words().any(|word| beginnings.iter().any(|begin| word.starts_with(begin)));
    LIKELY.iter().find(|(_, beginnings)| speaks(beginnings)).map(|(role, _)| *role)
}

/// A heading without what headings are written with in different ways. The French word for the recipient is nothing
/// without its accent.
pub(crate) fn plain(heading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if heading.nfc().flat_map(char::to_lowercase).eq(['à']) {
        return "à".to_owned();
    }
    // These letters are no others with a mark, as those are that the normal form takes apart.
    let letter = |letter: char| match letter {
        'ł' | 'Ł' => 'l',
        'ø' | 'Ø' => 'o',
        other => other,
    };
    heading.nfkd().map(letter).filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{HEADINGS, Role, columns, likely, plain};
    use crate::project::ColumnSection;
    use std::collections::BTreeMap;

    fn found(headings: &[&str], said: &[(&str, &str)]) -> Vec<(Role, usize)> {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let said = said.iter().map(|(role, heading)| ((*role).to_owned(), vec![(*heading).to_owned()])).collect();
        let section = ColumnSection { headings: said, ..ColumnSection::default() };
        columns(&headings, &section).into_iter().map(|(role, columns)| (role, columns[0])).collect()
    }

    #[test]
    fn common_headings_are_known_however_they_are_written() {
        assert_eq!(
            found(&["ID", "Author", "Recipient", "Destination_City", "Source_City", "Date", "x"], &[]),
            [
                (Role::Key, 0),
                (Role::Sender, 1),
                (Role::SenderPlace, 4),
                (Role::SentDate, 5),
                (Role::Recipient, 2),
                (Role::RecipientPlace, 3)
            ]
        );
        assert_eq!(found(&["Empfänger", "not before", ""], &[]), [(Role::SentNotBefore, 1), (Role::Recipient, 0)]);
    }

    #[test]
    fn headings_are_known_in_several_languages() {
        let roles = |headings: &[&str]| found(headings, &[]).into_iter().map(|(role, _)| role).collect::<Vec<_>>();
        let letter = [Role::Sender, Role::SentDate, Role::Recipient];
        for headings in [
            ["From Name", "To Name", "Date written"],
            ["Sender's name", "Recipient's name", "Date sent"],
            ["Von", "An", "Datierung"],
            ["Absender/in", "Empfänger/in", "Briefdatum"],
            ["De", "À", "Date de la lettre"],
            ["Van", "Aan", "Datum brief"],
            ["Mittente", "Destinatario", "Data"],
            ["De", "Para", "Fecha"],
        ] {
            assert_eq!(roles(&headings), letter, "{headings:?}");
        }
        assert_eq!(roles(&["a", "Address", "", "ID of entry"]), []);
        assert_eq!(found(&["Signatur", "Nr."], &[]), [(Role::Key, 1), (Role::Shelfmark, 0)]);
        for heading in ["GND Absender", "From (VIAF)", "Sender GND ID", "Sender ISNI", "Sender ORCID"] {
            assert_eq!(roles(&[heading]), [Role::SenderId], "{heading}");
        }
        assert_eq!(roles(&["Recipient VIAF ID", "Absendeort (GeoNames)"]), [Role::SenderPlaceId, Role::RecipientId]);
        for place in
            ["Entstehungsort", "Place of origin", "Lieu d’expédition", "Plaats van verzending", "Luogo di spedizione"]
        {
            assert_eq!(roles(&[place]), [Role::SenderPlace], "{place}");
        }
    }

    #[test]
    fn headings_that_speak_of_dates_or_persons_are_likely() {
        assert_eq!(likely("Datum (neu)"), Some(Role::SentDate));
        assert_eq!(likely("name of Addressee"), Some(Role::Recipient));
        assert_eq!(likely("last update"), None);
        assert_eq!(likely("metadata"), None);
    }

    #[test]
    fn what_is_said_goes_before_what_is_guessed() {
        let said = [("sender", "Von"), ("recipient", "Sender")];
        assert_eq!(found(&["Sender", "Von"], &said), [(Role::Sender, 1), (Role::Recipient, 0)]);
        assert_eq!(found(&["Sender"], &[("sender", "Wer")]), []);
    }

    #[test]
    fn no_heading_means_two_things() {
        let mut seen: BTreeMap<String, Role> = BTreeMap::new();
        for (role, languages) in HEADINGS {
            for (_, headings) in *languages {
                for heading in headings.split(", ") {
                    let known = *seen.entry(plain(heading)).or_insert(*role);
                    assert_eq!(known, *role, "{heading}");
                }
            }
        }
        assert_eq!(HEADINGS.iter().map(|(role, _)| *role).collect::<Vec<_>>(), Role::ALL);
    }

    #[test]
    fn every_language_has_the_headings_without_which_a_letter_cannot_be_found() {
        let needed = [Role::Sender, Role::Recipient, Role::SentDate, Role::SenderPlace, Role::RecipientPlace];
        for (role, languages) in HEADINGS.iter().filter(|(role, _)| needed.contains(role)) {
            let known: Vec<&str> = languages.iter().map(|(language, _)| *language).collect();
            assert_eq!(known, ["en", "de", "fr", "it", "nl", "la", "es", "pl"], "{}", role.name());
        }
    }

    #[test]
    fn a_source_is_a_place_beside_a_destination_only() {
        assert_eq!(found(&["source", "destination"], &[]), [(Role::SenderPlace, 0), (Role::RecipientPlace, 1)]);
        assert_eq!(found(&["source", "place"], &[]), [(Role::SenderPlace, 1), (Role::Edition, 0)]);
    }

    #[test]
    fn to_whom_a_letter_was_sent_is_no_place() {
        assert_eq!(found(&["SentTo"], &[]), [(Role::Recipient, 0)]);
        assert_eq!(found(&["SentFrom"], &[]), []);
    }

    #[test]
    fn exports_of_catalogues_are_known() {
        let headings = [
            "EMLO Letter ID Number",
            "Standard gregorian date",
            "Date as marked on letter",
            "Author",
            "Author EMLO ID",
            "Recipient",
            "Recipient EMLO ID",
            "Origin name",
            "Origin EMLO ID",
            "Destination name",
            "Destination EMLO ID",
            "Abstract",
            "Language(s)",
        ];
        let roles: Vec<Role> = found(&headings, &[]).into_iter().map(|(role, _)| role).collect();
        let expected = [
            Role::Key,
            Role::Sender,
            Role::SenderId,
            Role::SenderPlace,
            Role::SenderPlaceId,
            Role::SentDateText,
            Role::Recipient,
            Role::RecipientId,
            Role::RecipientPlace,
            Role::RecipientPlaceId,
            Role::Language,
            Role::Summary,
        ];
        assert_eq!(roles, expected);
    }

    #[test]
    fn headings_with_marks_are_known() {
        assert_eq!(
            found(&["date_envoi", "lieu_envoi", "auteur_id", "destinataire", "pièce jointe", "réponse à"], &[]),
            [
                (Role::SenderId, 2),
                (Role::SenderPlace, 1),
                (Role::SentDate, 0),
                (Role::Recipient, 3),
                (Role::ReplyTo, 5),
                (Role::Enclosures, 4)
            ]
        );
        assert_eq!(plain("Załącznik"), "zalacznik");
    }
}
