//! What a column may have to do with that is not known by its heading: by the words of that.

use crate::input::table::headings::plain;
use crate::project::Role;

/// How words begin that speak of what letters are found by.
const LIKELY: &[(Role, &[&str])] = &[
    (Role::SentDate, &["date", "dating", "datum", "datier", "datering", "fecha"]),
    (
        Role::Sender,
        &[
            "sender",
            "absender",
            "author",
            "verfasser",
            "expedit",
            "afzender",
            "mittente",
            "remitente",
            "sentfrom",
            "nadawc",
            "auteur",
            "auctor",
        ],
    ),
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
            "sentto",
            "adresat",
            "odbiorc",
        ],
    ),
    (Role::RecipientPlace, &["destination", "destinazione", "bestemming", "zielort", "empfangsort", "destino"]),
    (
        Role::SenderPlace,
        &[
            "place",
            "origin",
            "location",
            "city",
            "schreibort",
            "absendeort",
            "lieu",
            "luogo",
            "plaats",
            "lugar",
            "miejsc",
        ],
    ),
];

/// Words of a heading that say of a date that it is one of receiving.
const OF_RECEIVING: &[&str] = &["rec", "recd", "received", "receipt", "receiving", "empfang", "eingang"];

/// Words of a heading that do not change what it speaks of, and ends of such words.
const NEUTRAL_WORDS: &[&str] = &[
    "name",
    "names",
    "nom",
    "nome",
    "naam",
    "nombre",
    "of",
    "the",
    "on",
    "in",
    "a",
    "an",
    "der",
    "des",
    "die",
    "das",
    "de",
    "du",
    "la",
    "le",
    "l",
    "del",
    "della",
    "dello",
    "van",
    "letter",
    "letters",
    "brief",
    "briefs",
    "briefes",
    "lettre",
    "lettera",
    "carta",
    "list",
    "listu",
    "full",
    "neu",
    "new",
    "s",
    "iso",
    "edtf",
    "standard",
    "standardised",
    "standardized",
    "normalised",
    "normalized",
    "sent",
    "written",
    "writing",
    "sending",
    "original",
    "e",
    "es",
    "en",
    "er",
    "in",
    "innen",
    "re",
    "rice",
    "o",
    "i",
    "a",
    "y",
    "ka",
    "eur",
    "or",
    "ung",
    "ungen",
    "d",
    "ed",
];

/// What a column may have to do with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Likely {
    pub(crate) role: Role,
    /// Whether the heading speaks of nothing else, so that it can be said to mean this.
    pub(crate) alone: bool,
}

/// What a column may have to do with, by the words of its heading; nothing where they speak of other things.
pub(crate) fn likely(heading: &str) -> Option<Likely> {
    let words: Vec<String> = words(heading);
    let speaks = |beginnings: &[&str]| words.iter().any(|word| beginnings.iter().any(|begin| word.starts_with(begin)));
    let (role, beginnings) = LIKELY.iter().find(|(_, beginnings)| speaks(beginnings))?;
    let is_of_receiving = |word: &String| *role == Role::SentDate && OF_RECEIVING.contains(&word.as_str());
    let is_neutral = |word: &str| word.is_empty() || NEUTRAL_WORDS.contains(&word);
    let is_of_role = |word: &str| beginnings.iter().any(|begin| word.strip_prefix(begin).is_some_and(is_neutral));
    let alone = words.iter().all(|word| is_neutral(word) || is_of_role(word) || is_of_receiving(word));
    let role = if words.iter().any(is_of_receiving) { Role::ReceivedDate } else { *role };
    Some(Likely { role, alone })
}

/// The words of a heading, plain; a capital after a small letter begins one.
fn words(heading: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_small = false;
    for letter in heading.chars() {
        if !letter.is_alphabetic() || (is_small && letter.is_uppercase()) {
            words.push(String::new());
        }
        if letter.is_alphabetic() {
            words.last_mut().expect("there is a first").push(letter);
        }
        is_small = letter.is_lowercase();
    }
    words.iter().map(|word| plain(word)).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Likely, likely};
    use crate::project::Role;

    #[test]
    fn headings_that_speak_of_dates_persons_or_places_are_likely() {
        let alone = |role| Some(Likely { role, alone: true });
        assert_eq!(likely("Datum (neu)"), alone(Role::SentDate));
        assert_eq!(likely("name of Addressee"), alone(Role::Recipient));
        assert_eq!(likely("Empfängername"), alone(Role::Recipient));
        assert_eq!(likely("rec_date"), alone(Role::ReceivedDate));
        assert_eq!(likely("last update"), None);
        assert_eq!(likely("metadata"), None);
    }

    #[test]
    fn headings_that_speak_of_other_things_too_mean_no_role_alone() {
        let not_alone = |role| Some(Likely { role, alone: false });
        assert_eq!(likely("resp_date"), not_alone(Role::SentDate));
        assert_eq!(likely("Author uncertain (0=No; 1=Yes)"), not_alone(Role::Sender));
        assert_eq!(likely("Recipient_Addr_Latitude"), not_alone(Role::Recipient));
        assert_eq!(likely("recipientAddressLatitude"), not_alone(Role::Recipient));
    }
}
