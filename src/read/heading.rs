//! What the columns of a letter table mean: said in the project file, or guessed from common headings.

use std::collections::BTreeMap;

/// What a column can mean: its name in `regesta.toml`, and headings that mean it without being told.
///
/// Headings are compared without capitals, blanks, hyphens and underscores; never by what the cells hold.
pub(super) const ROLES: &[(Role, &str, &[&str])] = &[
    (
        Role::Key,
        "key",
        &["key", "id", "nr", "no", "number", "nummer", "letterid", "letternumber", "identifier", "signatur"],
    ),
    (
        Role::Sender,
        "sender",
        &[
            "sender",
            "from",
            "author",
            "writer",
            "absender",
            "verfasser",
            "schreiber",
            "expediteur",
            "auteur",
            "afzender",
            "mittente",
            "remitente",
        ],
    ),
    (
        Role::SenderId,
        "sender-id",
        &["senderid", "sendergnd", "senderviaf", "fromid", "authorid", "authorgnd", "absenderid", "absendergnd"],
    ),
    (
        Role::SenderPlace,
        "sender-place",
        &[
            "senderplace",
            "fromplace",
            "fromname",
            "origin",
            "sourcecity",
            "placefrom",
            "sentfrom",
            "placeofwriting",
            "absenderort",
            "absendeort",
            "schreibort",
            "lieuexpedition",
            "plaatsafzender",
        ],
    ),
    (
        Role::SenderPlaceId,
        "sender-place-id",
        &["senderplaceid", "fromgeo", "fromgeonames", "fromplaceid", "absendeortid", "absenderortid"],
    ),
    (
        Role::SentDate,
        "sent-date",
        &[
            "senderdate",
            "sentdate",
            "date",
            "datum",
            "when",
            "edtf",
            "datesent",
            "dateiso",
            "isodate",
            "absendedatum",
            "fecha",
            "data",
        ],
    ),
    (
        Role::SentNotBefore,
        "sent-not-before",
        &["notbefore", "datenotbefore", "sentnotbefore", "senderdateearliest", "earliest"],
    ),
    (Role::SentNotAfter, "sent-not-after", &["notafter", "datenotafter", "sentnotafter", "senderdatelatest", "latest"]),
    (Role::SentDateFrom, "sent-date-from", &["senderdatefrom", "datefrom"]),
    (Role::SentDateTo, "sent-date-to", &["senderdateto", "dateto"]),
    (Role::SentDateText, "sent-date-text", &["senderdatetext", "datetext", "datewords", "datumtext", "datumstext"]),
    (
        Role::Recipient,
        "recipient",
        &[
            "recipient",
            "addressee",
            "to",
            "receiver",
            "empfanger",
            "adressat",
            "destinataire",
            "geadresseerde",
            "ontvanger",
            "destinatario",
        ],
    ),
    (
        Role::RecipientId,
        "recipient-id",
        &[
            "recipientid",
            "recipientgnd",
            "recipientviaf",
            "addresseeid",
            "addresseegnd",
            "empfangerid",
            "empfangergnd",
            "toid",
        ],
    ),
    (
        Role::RecipientPlace,
        "recipient-place",
        &[
            "recipientplace",
            "addresseeplace",
            "toplace",
            "toname",
            "destination",
            "destinationcity",
            "placeto",
            "sentto",
            "empfangsort",
            "empfangerort",
            "zielort",
        ],
    ),
    (
        Role::RecipientPlaceId,
        "recipient-place-id",
        &["recipientplaceid", "addresseeplaceid", "togeo", "togeonames", "toplaceid", "empfangsortid"],
    ),
    (
        Role::ReceivedDate,
        "received-date",
        &["receiveddate", "addresseedate", "recipientdate", "datereceived", "empfangsdatum"],
    ),
    (Role::ReceivedDateText, "received-date-text", &["receiveddatetext", "addresseedatetext", "recipientdatetext"]),
    (Role::Edition, "edition", &["edition", "source", "published", "quelle", "druck"]),
    (Role::Url, "url", &["url", "uri", "link", "ref", "permalink", "address"]),
    (Role::Language, "language", &["language", "lang", "sprache", "langue", "taal", "lingua"]),
    (Role::Title, "title", &["title", "titel", "titre", "label"]),
    (Role::Shelfmark, "shelfmark", &["shelfmark", "callnumber", "cote", "signature"]),
    (
        Role::Repository,
        "repository",
        &["repository", "archive", "archiv", "holdinginstitution", "institution", "bibliothek"],
    ),
    (Role::Note, "note", &["note", "notes", "comment", "remarks", "anmerkung", "bemerkung", "remarque"]),
    (Role::ReplyTo, "reply-to", &["replyto", "inreplyto", "answers", "antwortauf"]),
    (Role::Mentions, "mentions", &["mentions", "mentioned", "mentionedids"]),
];

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Key,
    Sender,
    SenderId,
    SenderPlace,
    SenderPlaceId,
    SentDate,
    SentNotBefore,
    SentNotAfter,
    SentDateFrom,
    SentDateTo,
    SentDateText,
    Recipient,
    RecipientId,
    RecipientPlace,
    RecipientPlaceId,
    ReceivedDate,
    ReceivedDateText,
    Edition,
    Url,
    Language,
    Title,
    Shelfmark,
    Repository,
    Note,
    ReplyTo,
    Mentions,
}

impl Role {
    /// The name in `regesta.toml`.
    pub(super) fn name(self) -> &'static str {
        ROLES.iter().find(|(role, ..)| *role == self).map_or("", |(_, name, _)| name)
    }
}

/// The columns of a table by what they mean; `said` is what the project file says, by the names of roles.
pub(super) fn columns(headings: &[String], said: &BTreeMap<String, String>) -> BTreeMap<Role, usize> {
    let mut columns = BTreeMap::new();
    for (role, name, known) in ROLES {
        let column = match said.get(*name) {
            Some(heading) => headings.iter().position(|known| known.trim() == heading),
            None => known.iter().find_map(|known| {
                let free = |(at, heading): (usize, &String)| {
                    let said = said.values().any(|said| said == heading.trim());
                    (plain(heading) == *known && !said).then_some(at)
                };
                headings.iter().enumerate().find_map(free)
            }),
        };
        if let Some(column) = column {
            columns.insert(*role, column);
        }
    }
    columns
}

/// A heading without what headings are written with in different ways.
fn plain(heading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    heading.nfkd().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{ROLES, Role, columns};
    use std::collections::{BTreeMap, BTreeSet};

    fn found(headings: &[&str], said: &[(&str, &str)]) -> Vec<(Role, usize)> {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let said = said.iter().map(|(role, heading)| ((*role).to_owned(), (*heading).to_owned())).collect();
        columns(&headings, &said).into_iter().collect()
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
    fn what_is_said_goes_before_what_is_guessed() {
        let said = [("sender", "Von"), ("recipient", "Sender")];
        assert_eq!(found(&["Sender", "Von"], &said), [(Role::Sender, 1), (Role::Recipient, 0)]);
        assert_eq!(found(&["Sender"], &[("sender", "Wer")]), []);
    }

    #[test]
    fn no_heading_means_two_things() {
        let mut seen = BTreeSet::new();
        for heading in ROLES.iter().flat_map(|(_, _, known)| *known) {
            assert!(seen.insert(heading), "{heading}");
        }
        assert_eq!(ROLES.iter().map(|(_, name, _)| *name).collect::<Vec<_>>(), crate::project::MEANINGS);
        let names: BTreeMap<&str, Role> = ROLES.iter().map(|(role, name, _)| (*name, *role)).collect();
        assert!(names.iter().all(|(name, role)| role.name() == *name));
    }
}
