//! Tests of what headings mean.

use super::{Role, columns, plain};
use crate::input::table::known_headings::{PREPOSITIONS, all};
use crate::project::ColumnSection;
use std::collections::BTreeMap;

fn found(headings: &[&str], said: &[(&str, &str)]) -> Vec<(Role, usize)> {
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let said = said.iter().map(|(role, heading)| ((*role).to_owned(), vec![(*heading).to_owned()])).collect();
    let section = ColumnSection { headings: said, ..ColumnSection::default() };
    columns(&headings, &section).columns.into_iter().map(|(role, columns)| (role, columns.all()[0])).collect()
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
fn what_is_said_goes_before_what_is_guessed() {
    let said = [("sender", "Von"), ("recipient", "Sender")];
    assert_eq!(found(&["Sender", "Von"], &said), [(Role::Sender, 1), (Role::Recipient, 0)]);
    assert_eq!(found(&["Sender"], &[("sender", "Wer")]), []);
}

#[test]
fn no_heading_means_two_things() {
    let mut seen: BTreeMap<String, Role> = BTreeMap::new();
    for (role, languages) in all() {
        for (_, headings) in *languages {
            for heading in headings.split(", ") {
                let known = *seen.entry(plain(heading)).or_insert(*role);
                assert_eq!(known, *role, "{heading}");
            }
        }
    }
    let mut known: Vec<Role> = all().map(|(role, _)| *role).collect();
    known.sort_unstable();
    assert_eq!(known, Role::ALL);
    for (role, prepositions) in PREPOSITIONS {
        assert!(prepositions.iter().all(|known| seen.get(*known) == Some(role)), "{}", role.name());
    }
}

#[test]
fn every_language_has_the_headings_without_which_a_letter_cannot_be_found() {
    let needed = [Role::Sender, Role::Recipient, Role::SentDate, Role::SenderPlace, Role::RecipientPlace];
    for (role, languages) in all().filter(|(role, _)| needed.contains(role)) {
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
    let persons = [(Role::Sender, 0), (Role::Recipient, 1)];
    assert_eq!(found(&["From (Person)", "To (Person)"], &[]), persons);
    let with_places = [(Role::Sender, 0), (Role::SenderPlace, 2), (Role::Recipient, 1), (Role::RecipientPlace, 3)];
    assert_eq!(found(&["From (Person)", "To (Person)", "Sent From", "Sent To"], &[]), with_places);
}

#[test]
fn prepositions_mean_persons_only_where_no_other_column_does() {
    let persons = [(Role::Sender, 0), (Role::Recipient, 1)];
    assert_eq!(found(&["From", "To"], &[]), persons);
    assert_eq!(found(&["Author", "Addressee", "From", "To"], &[]), persons);
    assert_eq!(found(&["Author", "To"], &[]), persons);
    assert_eq!(found(&["Author", "From", "To"], &[]), [(Role::Sender, 0)]);
    assert_eq!(found(&["Who", "From", "To"], &[("sender", "Who")]), [(Role::Sender, 0)]);
    assert_eq!(found(&["To"], &[("sender", "=Anna Vos")]), [(Role::Recipient, 0)]);
    assert_eq!(found(&["Source", "Target"], &[]), persons);
}

#[test]
fn a_name_can_stand_in_two_columns() {
    for headings in [["author_ln", "author_fn"], ["Absender Name", "Absender Vorname"]] {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let found = columns(&headings, &ColumnSection::default()).columns;
        assert_eq!(found[&Role::Sender].all(), [1, 0]);
    }
}

#[test]
fn ids_go_with_the_column_of_their_names() {
    let ids = |headings: &[&str], said| {
        found(headings, said).into_iter().find(|(role, _)| *role == Role::RecipientId).map(|(_, column)| column)
    };
    assert_eq!(ids(&["addressee", "addresseeID", "addresseeOrg"], &[]), Some(1));
    assert_eq!(ids(&["addressee", "addresseeID", "body"], &[("recipient", "body")]), None);
    assert_eq!(ids(&["addressee", "addresseeID", "body", "body ID"], &[("recipient", "body")]), Some(3));
    assert_eq!(ids(&["body", "addresseeID"], &[("recipient", "body")]), Some(1));
    assert_eq!(ids(&["recipient", "addressee", "addresseeID"], &[]), None);
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
