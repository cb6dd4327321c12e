//! The words that stand where a name, an id or a value is wanted and say nothing, in the eight languages whose headings are
//! known: in small letters, without accents, blanks and the marks at the ends.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What stands for no value at all, whatever the column: what programs write, and what says that nothing is said. In small
/// letters, without accents, blanks and the marks at the ends.
const NOTHING: &[&str] = &[
    "none",
    "null",
    "nil",
    "undefined",
    "nan",
    "n/a",
    "na",
    "n.a",
    "k.a",
    "o.a",
    "keineangabe",
    "keineangaben",
    "ohneangabe",
    "ohneangaben",
    "noconsta",
    "brak",
    "brakdanych",
    "blank",
    "tbd",
    "todo",
    "xxx",
    "xxxx",
];
/// What spreadsheet programs write into a cell that cannot be calculated.
pub(super) const CELL_ERRORS: &[&str] =
    &["#n/a", "#nv", "#ref!", "#bezug!", "#value!", "#wert!", "#name?", "#div/0!", "#null!", "#num!", "#zahl!"];
/// What stands for nobody, and is no word of its own.
const NOBODY: &[&str] = &[
    "o.o",
    "notknown",
    "notidentified",
    "notgiven",
    "notstated",
    "noname",
    "nichtidentifiziert",
    "nichtermittelt",
    "nichtbekannt",
    "nonidentifie",
    "nonidentifiee",
    "nonidentificato",
    "nonidentificata",
    "noidentificado",
    "noidentificada",
    "nietgeidentificeerd",
    "nietbekend",
    "sinenomine",
    "etal",
    "others",
    "various",
    "diverse",
    "noauthorityfileid",
    "keinegnd",
    "http://correspsearch.net/unknown",
    "http://www.correspsearch.net/unknown",
    "https://correspsearch.net/unknown",
    "https://www.correspsearch.net/unknown",
];
/// Words that say that somebody or something is not known; each may stand beside others of them, and beside `WHO`.
const UNKNOWN: &[&str] = &[
    "unknown",
    "unidentified",
    "unbekannt",
    "unbekannte",
    "unbekannter",
    "unbekannten",
    "unbekanntes",
    "unbek",
    "ungenannt",
    "ungenannte",
    "ungenannter",
    "inconnu",
    "inconnue",
    "inconnus",
    "onbekend",
    "onbekende",
    "onbekenden",
    "ukendt",
    "sconosciuto",
    "sconosciuta",
    "sconosciuti",
    "ignoto",
    "ignota",
    "ignoti",
    "ignotus",
    "incertus",
    "incerta",
    "desconocido",
    "desconocida",
    "desconocidos",
    "nieznany",
    "nieznana",
    "nieznane",
    "nieznani",
    "anon",
    "anonym",
    "anonyme",
    "anonymer",
    "anonymous",
    "anonymus",
    "anonymi",
    "anonimo",
    "anonima",
    "anonimi",
    "anonimos",
    "anoniem",
    "anonim",
    "nn",
    "n.n",
    "s.n",
];
/// What is said not to be known.
const WHO: &[&str] = &[
    "person",
    "sender",
    "author",
    "writer",
    "recipient",
    "addressee",
    "receiver",
    "correspondent",
    "place",
    "absender",
    "absenderin",
    "verfasser",
    "verfasserin",
    "schreiber",
    "schreiberin",
    "empfanger",
    "empfangerin",
    "adressat",
    "adressatin",
    "korrespondent",
    "korrespondentin",
    "ort",
    "personne",
    "expediteur",
    "auteur",
    "destinataire",
    "correspondant",
    "lieu",
    "persona",
    "mittente",
    "autore",
    "destinatario",
    "destinataria",
    "corrispondente",
    "luogo",
    "persoon",
    "afzender",
    "schrijver",
    "ontvanger",
    "geadresseerde",
    "plaats",
    "remitente",
    "autor",
    "lugar",
    "osoba",
    "nadawca",
    "adresat",
    "odbiorca",
    "miejsce",
];
/// What stands for no place, and could be the initials of a person; also what says that a letter has no date, which stands
/// beside it.
const NOWHERE: &[&str] = &[
    "s.l",
    "s.l.n.d",
    "s.l.s.d",
    "s.l.e.d",
    "s.l.e.a",
    "s.l.et.a",
    "s.l.ets.d",
    "s.l.&d",
    "s.d",
    "s.a",
    "s.f",
    "b.m",
    "b.m.d",
    "b.m.id",
    "b.m.r",
    "b.m.ir",
    "b.d",
    "z.p",
    "z.pl",
    "z.p.enj",
    "z.p.z.j",
    "z.j",
    "z.d",
    "n.p",
    "n.pl",
    "n.p.n.d",
    "n.d",
    "o.o.u.d",
    "o.o.undd",
    "o.o.o.d",
    "o.o.u.j",
    "o.o.o.j",
    "o.o.,o.d",
    "o.o.,o.j",
    "o.d",
    "o.j",
    "noplace",
    "noplacegiven",
    "noplacestated",
    "noplacenamed",
    "placenotgiven",
    "undated",
    "sineloco",
    "sinelocoetanno",
    "sinlugar",
    "senzaluogo",
    "sanslieu",
    "ohneort",
    "ohneortsangabe",
    "ohnedatum",
    "zonderplaats",
    "bezmiejsca",
];
/// Titles of address, after which a name is wanted. None that is a name of its own or an initial, as `Don` and `M.` are.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mister",
    "sir",
    "madam",
    "lady",
    "lord",
    "dr",
    "doctor",
    "prof",
    "professor",
    "rev",
    "reverend",
    "herr",
    "herrn",
    "hr",
    "hrn",
    "frau",
    "fraulein",
    "frl",
    "doktor",
    "monsieur",
    "messieurs",
    "madame",
    "mesdames",
    "mademoiselle",
    "mme",
    "mlle",
    "docteur",
    "professeur",
    "signor",
    "signore",
    "signora",
    "signorina",
    "sig",
    "sig.ra",
    "sig.na",
    "dottor",
    "dottore",
    "dottoressa",
    "dott",
    "professore",
    "heer",
    "mijnheer",
    "meneer",
    "dhr",
    "mevrouw",
    "mevr",
    "mw",
    "juffrouw",
    "mejuffrouw",
    "mej",
    "dominus",
    "domina",
    "senor",
    "senora",
    "senorita",
    "sr",
    "sra",
    "srta",
    "profesor",
    "profesora",
    "pan",
    "pani",
    "panna",
];
/// What can stand before a title, between two, and behind one.
const BESIDE_TITLES: &[&str] = &[
    "the", "and", "der", "die", "dem", "den", "und", "von", "de", "du", "le", "la", "et", "il", "di", "della", "van",
    "en", "el", "del", "y", "i",
];
/// Words that programs and templates leave at the end of an id where there was none to write.
pub(super) const PLACEHOLDER_ENDS: &[&str] = &[
    "none",
    "null",
    "undefined",
    "nan",
    "unknown",
    "unidentified",
    "unbekannt",
    "inconnu",
    "inconnue",
    "onbekend",
    "sconosciuto",
    "desconocido",
    "desconocida",
    "nieznany",
    "nieznana",
    "n/a",
    "xxx",
    "xxxx",
    "todo",
    "tbd",
];

/// The lists that have a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists {
    /// What stands for no value at all.
    pub(super) nothing: bool,
    /// What stands for nobody, and is no word of its own.
    pub(super) nobody: bool,
    /// Words that say that somebody or something is not known.
    pub(super) unknown: bool,
    /// Words for whom or what they say it of.
    pub(super) who: bool,
    /// What stands for no place.
    pub(super) nowhere: bool,
    /// Titles of address.
    pub(super) title: bool,
    /// What can stand beside these.
    pub(super) beside_title: bool,
}

/// The letters of the longest word of the lists.
const LONGEST: usize = 40;

static KNOWN: LazyLock<HashMap<&'static [u8], Lists, foldhash::fast::FixedState>> = LazyLock::new(|| {
    let mut known: HashMap<&'static [u8], Lists, foldhash::fast::FixedState> = HashMap::default();
    let mut add = |words: &[&'static str], has: fn(&mut Lists)| {
        words.iter().for_each(|word| has(known.entry(word.as_bytes()).or_default()));
    };
    add(NOTHING, |lists| lists.nothing = true);
    add(NOBODY, |lists| lists.nobody = true);
    add(UNKNOWN, |lists| lists.unknown = true);
    add(WHO, |lists| lists.who = true);
    add(NOWHERE, |lists| lists.nowhere = true);
    add(TITLES, |lists| lists.title = true);
    add(BESIDE_TITLES, |lists| lists.beside_title = true);
    known
});

impl Lists {
    /// Those that have a text, whatever its capitals and blanks.
    pub(super) fn with(text: &str) -> Self {
        let (mut letters, mut length) = ([0; LONGEST], 0);
        for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
            if length == LONGEST || !byte.is_ascii() {
                return Self::default();
            }
            letters[length] = byte.to_ascii_lowercase();
            length += 1;
        }
        KNOWN.get(&letters[..length]).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{BESIDE_TITLES, KNOWN, LONGEST, Lists, NOBODY, NOTHING, NOWHERE, TITLES, UNKNOWN, WHO};

    #[test]
    fn every_word_is_found_as_it_is_listed() {
        for word in [NOTHING, NOBODY, UNKNOWN, WHO, NOWHERE, TITLES, BESIDE_TITLES].concat() {
            assert!(word.len() <= LONGEST && word.is_ascii() && *word == word.to_lowercase(), "{word}");
            assert_eq!(Lists::with(&word.to_uppercase()), KNOWN[word.as_bytes()], "{word}");
        }
        assert_eq!(Lists::with("Vos, Anna"), Lists::default());
    }
}
