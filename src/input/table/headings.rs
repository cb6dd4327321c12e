//! What the columns of a letter table mean: said in the project file, or guessed from common headings.

use crate::model::Scheme;
use crate::project::Role;
use std::collections::BTreeMap;

/// The headings that mean something without being told.
///
/// Headings are compared without capitals, accents, blanks and marks, as they stand here; never by what the cells hold.
const HEADINGS: &[(Role, &str)] = &[
    (
        Role::Key,
        "key id nr no number nummer letterid letternumber identifier lfdnr laufendenummer briefnummer briefnr \
         letterno numero n",
    ),
    (
        Role::Sender,
        "sender from author writer absender verfasser schreiber expediteur auteur afzender mittente remitente \
         sendername sendersname fromname authorname von van de da absenderin absendername namedesabsenders \
         verfasserin briefschreiber briefschreiberin schreiberin autor autorin autore expeditrice \
         nomdelexpediteur auteurdelalettre afzendernaam schrijver briefschrijver naamafzender scrivente \
         nomemittente emisor emisora nombreremitente writtenby sentby",
    ),
    (Role::SenderId, "senderid sendergnd senderviaf fromid authorid authorgnd absenderid absendergnd"),
    (
        Role::SenderPlace,
        "senderplace fromplace origin sourcecity placefrom sentfrom placeofwriting absenderort absendeort \
         schreibort lieuexpedition plaatsafzender ort entstehungsort absendungsort ausstellungsort \
         herkunftsort place placeoforigin placesent placewritten placeofsending placeofdispatch lieu \
         lieudexpedition lieudenvoi lieudecriture plaats plaatsvanverzending plaatsvanafzending verzendplaats \
         luogo luogodispedizione luogodiinvio lugar lugardeenvio lugardeorigen",
    ),
    (Role::SenderPlaceId, "senderplaceid fromgeo fromgeonames fromplaceid absendeortid absenderortid"),
    (
        Role::SentDate,
        "senderdate sentdate date datum when edtf datesent dateiso isodate absendedatum fecha data datierung \
         briefdatum schreibdatum datumdesbriefes datedelalettre datedenvoi datelettre datumbrief \
         datumvandebrief datering dagtekening verzenddatum datewritten datecreated dateofletter dateofwriting \
         dateofsending letterdate datadellalettera datalettera datadiinvio fechadelacarta fechacarta \
         fechadeenvio",
    ),
    (Role::SentNotBefore, "notbefore datenotbefore sentnotbefore senderdateearliest earliest"),
    (Role::SentNotAfter, "notafter datenotafter sentnotafter senderdatelatest latest"),
    (Role::SentDateFrom, "senderdatefrom datefrom"),
    (Role::SentDateTo, "senderdateto dateto"),
    (Role::SentDateText, "senderdatetext datetext datewords datumtext datumstext"),
    (
        Role::Recipient,
        "recipient addressee to receiver empfanger adressat destinataire geadresseerde ontvanger destinatario \
         toname recipientname recipientsname addresseename addresseesname receivername an aan à para \
         empfangerin empfangername namedesempfangers adressatin briefempfanger destinatrice nomdudestinataire \
         ontvangernaam naamontvanger destinataria nomedestinatario receptor nombredestinatario",
    ),
    (
        Role::RecipientId,
        "recipientid recipientgnd recipientviaf addresseeid addresseegnd empfangerid empfangergnd toid",
    ),
    (
        Role::RecipientPlace,
        "recipientplace addresseeplace toplace destination destinationcity placeto sentto empfangsort \
         empfangerort zielort bestimmungsort placeofreceipt placereceived placeofdestination placeofaddressee \
         lieudereception lieudedestination plaatsvanontvangst plaatsvanbestemming bestemming \
         luogodidestinazione luogodiricezione lugardedestino lugarderecepcion",
    ),
    (Role::RecipientPlaceId, "recipientplaceid addresseeplaceid togeo togeonames toplaceid empfangsortid"),
    (Role::ReceivedDate, "receiveddate addresseedate recipientdate datereceived empfangsdatum"),
    (Role::ReceivedDateText, "receiveddatetext addresseedatetext recipientdatetext"),
    (Role::Edition, "edition source published quelle druck"),
    (Role::Url, "url uri link ref permalink"),
    (Role::Language, "language lang sprache langue taal lingua idioma"),
    (Role::Title, "title titel titre label"),
    (Role::Shelfmark, "shelfmark callnumber cote signature signatur segnatura signatuur signatura"),
    (
        Role::Repository,
        "repository archive archiv holdinginstitution institution bibliothek bibliotheque biblioteca archivo \
         archivio bewaarplaats aufbewahrungsort standort lieudeconservation",
    ),
    (Role::Note, "note notes comment remarks anmerkung bemerkung remarque"),
    (Role::ReplyTo, "replyto inreplyto answers antwortauf"),
    (Role::Mentions, "mentions mentioned mentionedids"),
    (Role::Accept, "accept"),
];

/// What identifiers are called in headings, beside the names of authority files and the words for whom or what they
/// identify.
const IDENTIFIERS: [&str; 5] = ["geo", "identifier", "uri", "id", "nr"];
/// The roles of identifiers, each with the role of the name that it goes with.
const OF_NAMES: &[(Role, Role)] = &[
    (Role::SenderId, Role::Sender),
    (Role::SenderPlaceId, Role::SenderPlace),
    (Role::RecipientId, Role::Recipient),
    (Role::RecipientPlaceId, Role::RecipientPlace),
];
/// How words begin that speak of what letters are found by.
const LIKELY: &[(Role, &[&str])] = &[
    (Role::SentDate, &["date", "dating", "datum", "datier", "datering", "fecha"]),
    (Role::Sender, &["sender", "absender", "author", "verfasser", "expedit", "afzender", "mittente", "remitente"]),
    (
        Role::Recipient,
        &[
            "recipient",
            "addressee",
            "empfanger",
            "adressat",
            "destinatair",
            "destinatari",
            "ontvanger",
            "geadresseerde",
        ],
    ),
];

/// The columns of a table by what they mean; `said` is what the project file says, by the names of roles.
pub(crate) fn columns(headings: &[String], said: &BTreeMap<String, String>) -> BTreeMap<Role, usize> {
    // What the project file names means that, and nothing else.
    let is_said = |heading: &String| said.values().any(|said| said == heading);
    let free: Vec<(usize, String)> = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| !is_said(heading))
        .map(|(at, heading)| (at, plain(heading)))
        .collect();
    let mut columns = BTreeMap::new();
    for (role, known) in HEADINGS {
        let column = match said.get(role.name()) {
            Some(heading) => headings.iter().position(|known| known == heading),
            None => known
                .split(' ')
                .find_map(|known| free.iter().find(|(_, heading)| heading == known))
                .or_else(|| free.iter().find(|(_, heading)| identifies(heading) == Some(*role)))
                .map(|(at, _)| *at),
        };
        if let Some(column) = column {
            columns.insert(*role, column);
        }
    }
    columns
}

/// The role of a heading that is made of a word for identifiers and one for what they identify: `gndabsender`,
/// `recipientviafid`.
fn identifies<'h>(heading: &'h str) -> Option<Role> {
    let shorter = |rest: &'h str| {
        let stripped = |word: &&str| rest.strip_prefix(*word).or_else(|| rest.strip_suffix(*word));
        Scheme::ALL.iter().map(|scheme| &scheme.column).chain(&IDENTIFIERS).find_map(stripped)
    };
    let rest = std::iter::successors(Some(heading), |rest| shorter(rest)).last()?;
    let (found, _) =
        HEADINGS.iter().find(|(_, known)| rest != heading && known.split(' ').any(|known| known == rest))?;
    OF_NAMES.iter().find(|(_, name)| name == found).map(|(role, _)| *role)
}

/// What a column may have to do with, by the words of its heading; nothing where they speak of other things.
pub(crate) fn likely(heading: &str) -> Option<Role> {
    let words = || heading.split(|letter: char| !letter.is_alphabetic()).map(plain);
    let speaks = |beginnings: &[&str]| words().any(|word| beginnings.iter().any(|begin| word.starts_with(begin)));
    LIKELY.iter().find(|(_, beginnings)| speaks(beginnings)).map(|(role, _)| *role)
}

/// A heading without what headings are written with in different ways. The French word for the recipient is nothing
/// without its accent.
fn plain(heading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if heading.nfc().flat_map(char::to_lowercase).eq(['à']) {
        return "à".to_owned();
    }
    heading.nfkd().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{HEADINGS, Role, columns, likely};
    use std::collections::BTreeSet;

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
        let mut seen = BTreeSet::new();
        for heading in HEADINGS.iter().flat_map(|(_, known)| known.split(' ')) {
            assert!(seen.insert(heading), "{heading}");
        }
        assert_eq!(HEADINGS.iter().map(|(role, _)| *role).collect::<Vec<_>>(), Role::ALL);
    }
}
