//! Words that stand where a name, an id or a value is wanted and say nothing, in the eight languages whose headings are
//! known.
//!
//! Only what is nothing but such words counts: `Na` is a placeholder, and `Na, Kim` a name. Of a place `Na` is the name.

use crate::input::naming::placeholder_words::{CELL_ERRORS, Lists, PLACEHOLDER_ENDS};
use crate::model::Kind;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many bytes the longest text has that can be a placeholder.
const LONGEST: usize = 60;

/// Whether a text stands for nobody and nothing, wherever a name or an id is wanted.
pub(crate) fn is_placeholder(text: &str) -> bool {
    names_nobody(text, Kind::Thing)
}

/// Whether the words in the place of a name of a kind stand for none of it.
pub(crate) fn names_nobody(words: &str, kind: Kind) -> bool {
    let plain = words.trim_matches(is_mark);
    if plain.is_empty() {
        return true;
    }
    if plain.len() > LONGEST {
        return false;
    }
    // Of addresses, one that stands for nobody is known as it is.
    if plain.contains(':') && plain.contains("://") {
        return Lists::with(plain).nobody;
    }
    let folded = folded(plain);
    // What is written in a form of its own can be nothing but marks.
    let folded = folded.trim_matches(is_mark);
    if folded.is_empty() {
        return true;
    }
    let Lists { nothing, nobody, unknown, nowhere, .. } = Lists::with(folded);
    // A number tells unknown persons apart within one letter, and not those of several.
    nobody
        || unknown
        || nothing && !is_name_like_nothing(folded, kind)
        || kind == Kind::Place && nowhere
        || is_cell_error(words.trim_matches(is_empty))
        || are_unknown(folded)
        || without_number(folded).is_some_and(|rest| Lists::with(rest).unknown || are_unknown(rest))
        || kind != Kind::Place && is_nobody_with_title(words)
}

/// A woman can be called Nan, and programs do not write it so.
const NAME_LIKE_NOTHING: &str = "Nan";
/// The same of places.
const PLACES_LIKE_NOTHING: [&str; 2] = ["Na", "Nil"];

/// Whether a word that says nothing in other capitals is, as it is written, the name of a thing of a kind.
pub(crate) fn is_name_like_nothing(word: &str, kind: Kind) -> bool {
    word == NAME_LIKE_NOTHING || kind == Kind::Place && PLACES_LIKE_NOTHING.contains(&word)
}

/// Whether a cell of free text has nothing to say; a question mark says something, and so does "unknown".
pub(crate) fn is_nothing(text: &str) -> bool {
    let is_empty_mark = |letter: char| is_mark(letter) && !matches!(letter, '?' | '…' | '#');
    let text = text.trim_matches(is_empty);
    let plain = text.trim_matches(is_empty_mark);
    if plain.is_empty() {
        return true;
    }
    if plain.len() > LONGEST || plain == NAME_LIKE_NOTHING {
        return false;
    }
    Lists::with(plain).nothing || is_cell_error(text)
}

fn is_cell_error(text: &str) -> bool {
    text.starts_with('#') && CELL_ERRORS.iter().any(|known| text.eq_ignore_ascii_case(known))
}

fn is_empty(letter: char) -> bool {
    letter.is_whitespace() || is_invisible(letter)
}

/// Whether an id ends in a word that stands for nobody, as in `person-None`.
pub(super) fn ends_in_placeholder(id: &str) -> bool {
    let lower = id.trim_end().to_ascii_lowercase();
    PLACEHOLDER_ENDS
        .iter()
        .any(|end| lower.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with(MARKS_BEFORE_END)))
}

/// What can stand before a word that ends an id.
const MARKS_BEFORE_END: [char; 7] = ['-', '_', '.', ':', '#', '/', ' '];

/// Whether all words say that somebody is not known, or who that is.
fn are_unknown(folded: &str) -> bool {
    let divides = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '/' | ';');
    let mut words = folded.split(divides).map(|word| word.trim_matches(is_mark)).filter(|word| !word.is_empty());
    let mut is_said = false;
    words.all(|word| {
        let Lists { unknown, who, .. } = Lists::with(word);
        is_said |= unknown;
        unknown || who
    }) && is_said
}

/// Whether only a title of address stands before a gap or before what says that nobody is known, as in `Mr. ?`, `Frau N.N.`
/// and `Madame de ***`.
fn is_nobody_with_title(words: &str) -> bool {
    let folded = folded(words);
    let mut rest = folded.trim_start_matches(is_mark);
    let mut has_title = false;
    loop {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '.').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let Lists { title, beside_title, .. } = Lists::with(word.trim_end_matches('.'));
        if !(title || beside_title) {
            break;
        }
        has_title |= title;
        rest = after.trim_start();
    }
    has_title && (is_gap(rest) || rest.strip_prefix(['X', 'x']).is_some_and(is_omission) || is_unknown_name(rest))
}

/// Whether a text has signs of something missing, and no letters.
fn is_gap(text: &str) -> bool {
    text.chars().all(is_mark) && text.contains('?') || is_omission(text)
}

/// Whether a text is nothing but signs for letters that are left out.
fn is_omission(text: &str) -> bool {
    let is_sign = text.contains(['*', '_', '-', '–', '—', '…']) || text.contains("..");
    is_sign && text.chars().all(|letter| letter != '?' && is_mark(letter))
}

/// Whether what stands behind a title says that the name is not known. Initials with points say so only as `N. N.`: others
/// can be those of a name.
fn is_unknown_name(text: &str) -> bool {
    let plain = text.trim_matches(is_mark);
    let says = |text: &str| {
        let Lists { unknown, nobody, .. } = Lists::with(text);
        let are_initials = text.contains('.') && !text.split('.').all(|letter| letter.trim().eq_ignore_ascii_case("n"));
        !are_initials && (unknown || nobody || are_unknown(text))
    };
    says(plain) || without_number(plain).is_some_and(says)
}

/// What stands before a number at the end, as in "unknown (2)"; not before one that belongs to a word, as in `nn12`.
fn without_number(text: &str) -> Option<&str> {
    let rest = text.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_apart = rest.len() < text.len() && rest.ends_with([' ', '(', '[', '#']);
    is_apart.then(|| rest.trim_end_matches(is_mark))
}

/// What can stand around a word.
fn is_mark(letter: char) -> bool {
    let is_sign = |letter| {
        matches!(
            letter,
            '#' | '['
                | ']'
                | '('
                | ')'
                | '{'
                | '}'
                | '<'
                | '>'
                | '⟨'
                | '⟩'
                | '?'
                | '？'
                | '.'
                | ','
                | ';'
                | ':'
                | '-'
                | '–'
                | '—'
                | '_'
                | '…'
                | '*'
        )
    };
    !letter.is_ascii_alphanumeric() && (is_sign(letter) || letter.is_whitespace() || is_invisible(letter))
}

/// Characters that show nothing, and are no blanks either.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A text in plain letters, without accents and what shows nothing.
fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter) && !is_invisible(*letter));
    Cow::Owned(letters.collect())
}

#[cfg(test)]
mod tests {
    use super::{ends_in_placeholder, is_nothing, is_placeholder, names_nobody};
    use crate::model::Kind;

    #[test]
    fn words_that_stand_for_nobody_are_known_in_eight_languages() {
        for words in [
            "s.n.",
            "S. N.",
            "N.A.",
            "NaN",
            "nan",
            "Anon.",
            "anon",
            "Anonimo",
            "Anónimo",
            "Ano\u{301}nimo",
            "Anoniem",
            "Anonim",
            "Unbekannte",
            "Unbekannter",
            "Ungenannt",
            "Onbekende",
            "Onbekend onbekend",
            "desconocida",
            "ignotus",
            "incertus",
            "nieznany",
            "Nieznana",
            "brak",
            "no consta",
            "non identifié",
            "Destinataire inconnu",
            "Unknown sender",
            "unknown recipient",
            "Unbekannter Empfänger",
            "ohne Angabe",
            "keine Angabe",
            "todo",
            "xxx",
            "undefined",
            "nil",
            "[blank]",
            "#REF!",
            "#N/A",
            "#NAME?",
            "？",
            "\u{200b}",
            "unknown\u{200b}",
            "unbekannt (1)",
            "NN 2",
            "N.N. [3]",
            "Unknown, Unknown",
            "unknown/unbekannt",
            "N.N. [unknown]",
            "Ｎ．Ｎ．",
            "[?]",
            "-",
            "",
            "mittente sconosciuto",
            "#none",
            "#null",
            "o. O.",
        ] {
            assert!(is_placeholder(words), "{words}");
        }
    }

    #[test]
    fn names_and_ids_stand_for_somebody() {
        for words in [
            "Na, Kim",
            "Nil Roos",
            "Nan",
            "nn12",
            "xxx1",
            "na1",
            "Anonymus Korvendamensis",
            "Unknown Roos",
            "Person",
            "Absender",
            "None Vos",
            "Ort",
            "Todor",
            "s.l.",
            "b.m.",
            "S. L.",
            "NA 12",
            "unknown-2",
            "n.n.o",
            "Ø",
            "anone",
        ] {
            assert!(!is_placeholder(words), "{words}");
        }
    }

    #[test]
    fn a_title_before_a_placeholder_names_nobody() {
        for words in [
            "Mr. ?",
            "Mr.?",
            "Mrs [?]",
            "Miss –",
            "Lady ***",
            "Dr. …",
            "Mr. and Mrs. ?",
            "The Reverend Dr. Unknown",
            "Herr N.N.",
            "Herrn N. N.",
            "Frau NN",
            "[Frau NN]",
            "[Frau] NN",
            "Frau NN (2)",
            "Fräulein N. N.?",
            "Der Herr Unbekannt",
            "Madame X***",
            "Madame X—",
            "Madame de ***",
            "Monsieur inconnu",
            "Mlle ***",
            "Signor N.N.",
            "Sig.ra ?",
            "Signora sconosciuta",
            "De heer N.N.",
            "Mevrouw onbekend",
            "Dominus N. N.",
            "Señor N. N.",
            "Sra. desconocida",
            "Pani N.N.",
            "Pan nieznany",
        ] {
            assert!(names_nobody(words, Kind::Person) && names_nobody(words, Kind::Agent), "{words}");
        }
    }

    #[test]
    fn a_title_before_a_name_or_initials_names_somebody() {
        for words in [
            "Mr. X. Vos",
            "Mr. X",
            "Mr. ? Vos",
            "Mr. Vos?",
            "Mr. V***",
            "Herr N. N. Roos",
            "Herr N.",
            "Herr O. O.",
            "Herr S. N.",
            "Herr NN12",
            "Frau Na",
            "Frau Nil",
            "Madame X. de V.",
            "Madame de V***",
            "Madame",
            "[Herr]",
            "Mr.",
            "De ?",
            "Don ?",
            "M. ?",
            "Panna Unbekannt Roos",
            "Anna ?",
        ] {
            assert!(!names_nobody(words, Kind::Person), "{words}");
        }
        assert!(!names_nobody("Pan ?", Kind::Place));
    }

    #[test]
    fn initials_stand_for_no_place_where_a_place_is_wanted() {
        for words in [
            "s.l.",
            "[s.l.]",
            "s. l.",
            "S.L.",
            "b.m.",
            "z.p.",
            "n.p.",
            "no place",
            "no place given",
            "sine loco",
            "sin lugar",
            "senza luogo",
            "sans lieu",
            "ohne Ort",
            "o.O.",
            "o.O.u.D.",
            "o. O. u. D.",
            "o.D.",
            "unbekannter Ort",
            "lieu inconnu",
            "s.l.n.d.",
            "place unknown",
        ] {
            assert!(names_nobody(words, Kind::Place), "{words}");
            assert!(!names_nobody("Sl", Kind::Place) && !names_nobody("Ort", Kind::Place));
        }
        assert!(!names_nobody("S.L.", Kind::Person) && !names_nobody("B. M.", Kind::Agent));
    }

    #[test]
    fn places_are_told_from_placeholders_by_their_capitals() {
        for words in ["Na", "Nil", "Nan", "[Na]", "Na?"] {
            assert!(!names_nobody(words, Kind::Place), "{words}");
        }
        for words in ["NA", "na", "N.a.", "n/a", "N/A", "nil", "NIL", "NaN", "None", "Null", "Brak"] {
            assert!(names_nobody(words, Kind::Place), "{words}");
        }
        assert!(names_nobody("Na", Kind::Person) && names_nobody("Nil", Kind::Agent));
    }

    #[test]
    fn a_note_that_somebody_is_unknown_says_something() {
        for words in ["-", "—", "n/a", "N/A", "NA", "NaN", "null", "None", "keine Angabe", "#REF!", "", "[-]"] {
            assert!(is_nothing(words), "{words}");
        }
        for words in ["?", "unknown", "anonymous", "N. N.", "…", "Nan", "na ja", "s.l."] {
            assert!(!is_nothing(words), "{words}");
        }
    }

    #[test]
    fn an_id_can_end_in_a_placeholder() {
        assert!(ends_in_placeholder("person-None") && ends_in_placeholder("pers_n/a"));
        assert!(ends_in_placeholder("none") && !ends_in_placeholder("anone"));
    }
}
