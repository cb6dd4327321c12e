//! How a cell of names is divided, and whether what is one name may be those of several persons.

use std::ops::RangeInclusive;

/// The words that stand between the names of two persons, in the languages whose headings are known.
const AND: &[&str] = &["und", "u.", "and", "et", "e", "ed", "y", "i", "en", "&", "+"];
/// How many bytes the longest of them has.
const LONGEST_AND: usize = 3;
/// What stands in the names of firms, bodies and offices, and in those of no person; in small letters.
const OF_BODIES: &str = " co co. cie cie. comp comp. company compagnie ltd ltd. inc inc. gmbh sons son sohn söhne fils frères \
    brothers gebrüder zoon zonen figli fratelli hijos hermanos bruder verlag society societas gesellschaft société società \
    sociedad verein akademie academy académie accademia academia university universität université institut institute \
    ministry ministerium ministère committee kommission commission department council rat räte räten bürgermeister schöffen \
    kapitel domkapitel stift dean chapter prior konvent convent church kirche stadt städte city club library bibliothek \
    museum press office king queen könig königin kaiser emperor duke herzog doge senate senat senatus board college school \
    statthalter befehlshaber oberste obristen ritter ritterschaft untertanen senior stände landstände regenten gesandte \
    verordnete grafen fürsten herren hauptleute kanzler amtleute bürger gemeinde domherren landschaft ratsherren \
    prediger pfarrer superintendent superintendenten professoren doktoren rektor dekan magistrat magistrate mayor aldermen \
    burgemeester burgemeesters schepenen raad staten échevins maire consuls governor governors commissioners deputies \
    gouverneur adel gf. gff. ältere älteste innung zunft ratsmannen innungsmeister bgm. gesandten abgeordnete städte ";
/// What stands between the parts of one person's name, in small letters.
const PARTICLES: &[&str] =
    &["von", "van", "de", "der", "den", "da", "di", "del", "della", "du", "la", "le", "ter", "ten", "af"];

/// What stands before the title or the office of one person, in small letters.
const TITLES: &[&str] = &[
    "graf",
    "gräfin",
    "freiherr",
    "freifrau",
    "fürst",
    "fürstin",
    "herzogin",
    "baron",
    "baronne",
    "baroness",
    "comte",
    "comtesse",
    "conte",
    "contessa",
    "conde",
    "condesa",
    "marquis",
    "marquise",
    "marchese",
    "marqués",
    "duc",
    "duchesse",
    "duque",
    "earl",
    "count",
    "countess",
    "lord",
    "lady",
    "sir",
    "bishop",
    "bp",
    "bischof",
    "évêque",
    "vescovo",
    "obispo",
    "seigneur",
    "sieur",
    "heer",
    "vrouwe",
    "graaf",
    "hrabia",
    "książę",
    "prince",
    "princess",
    "prinz",
    "prinzessin",
    "kurfürst",
    "abbé",
    "abbot",
    "abt",
    "jr",
    "sr",
    "junior",
    "senior",
    "dr",
];

/// The parts of a cell that can hold several, between semicolons or upright bars.
pub(crate) fn divide_at_marks(cell: &str) -> Vec<&str> {
    let (mut parts, mut begin) = (Vec::new(), 0);
    for (at, mark) in cell.match_indices([';', '|']) {
        if mark == "|" || !ends_entity(&cell[..at]) {
            parts.push(cell[begin..at].trim());
            begin = at + mark.len();
        }
    }
    parts.push(cell[begin..].trim());
    parts
}

/// Whether a semicolon behind a text ends a character that is written as in HTML: `&amp;`, `&#233;`.
fn ends_entity(text: &str) -> bool {
    const NAMES: &[&str] = &["amp", "lt", "gt", "quot", "apos", "nbsp", "szlig", "ndash", "mdash", "rsquo", "lsquo"];
    const ENDS: &[&str] =
        &["uml", "acute", "grave", "circ", "cedil", "tilde", "ring", "slash", "caron", "stroke", "Elig", "elig"];
    // The longest name that is meant has 7 letters.
    let Some(at) = text.bytes().rev().take(10).position(|byte| byte == b'&') else { return false };
    let name = &text[text.len() - at..];
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name.strip_prefix('#') {
        Some(number) => is_number(number.trim_start_matches(['x', 'X'])),
        None => NAMES.contains(&name) || ENDS.iter().any(|end| name.len() > end.len() && name.ends_with(end)),
    }
}

/// The parts of a cell between separators, each at its first place. One that begins or ends with a letter is a word.
pub(crate) fn divide<'c>(cell: &'c str, separators: &[String]) -> Vec<&'c str> {
    let mut parts = Vec::new();
    let (mut begin, mut at) = (0, 0);
    while at < cell.len() {
        let found = separators.iter().filter(|separator| stands_at(cell, at, separator)).map(String::len).max();
        match found {
            Some(length) => {
                parts.push(cell[begin..at].trim());
                at += length;
                begin = at;
            }
            None => at += cell[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    parts.push(cell[begin..].trim());
    parts
}

/// Whether a separator stands at a place of a cell, and is no part of a longer word there.
fn stands_at(cell: &str, at: usize, separator: &str) -> bool {
    if separator.is_empty() || !cell[at..].starts_with(separator) || separator == ";" && ends_entity(&cell[..at]) {
        return false;
    }
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let begins_word = is_letter(separator.chars().next()) && is_letter(cell[..at].chars().next_back());
    let ends_word = is_letter(separator.chars().next_back()) && is_letter(cell[at + separator.len()..].chars().next());
    !begins_word && !ends_word
}

/// What stands between the names of several persons, where a name has the form of these: "Brandt, Karl und Luise", "Karl
/// und Luise Brandt", "Karl Brandt, Luise Vos, Anna Roos". Firms and bodies are called so too ("Boussod & Valadon"), so
/// that of two single words with a sign between them nothing is said.
pub(crate) fn between_persons(name: &str) -> Option<&str> {
    let is_and = |word: &str| word.len() <= LONGEST_AND && AND.iter().any(|and| is_same_word(and, word));
    let and = name.split_whitespace().position(is_and);
    // Of most names there is nothing to keep.
    if and.is_none() && name.bytes().filter(|byte| *byte == b',').count() < 2 {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.iter().any(|word| is_of_body(word)) {
        return None;
    }
    let Some(and) = and else { return are_listed(name).then_some(",") };
    let (left, right) = (&words[..and], &words[and + 1..]);
    if left.is_empty() || right.is_empty() {
        return None;
    }
    are_two(left, words[and], right).then_some(words[and])
}

/// Whether a word stands in the names of firms and bodies.
pub(crate) fn is_of_body(word: &str) -> bool {
    !word.is_empty() && OF_BODIES.contains(&format!(" {} ", word.trim_end_matches(',').to_lowercase()))
}

/// A word as it is listed, or all in capitals, as in headlines.
fn is_same_word(known: &str, word: &str) -> bool {
    known == word || known.len() > 1 && word.starts_with(char::is_uppercase) && known.to_uppercase() == word
}

fn are_two(left: &[&str], and: &str, right: &[&str]) -> bool {
    let has_comma = |words: &[&str]| words.iter().any(|word| word.ends_with(','));
    let is_given = |words: &[&str]| (1..=2).contains(&words.len()) && words.iter().all(|word| is_capital(word));
    let is_name = |words: &[&str]| {
        words.len() <= 4
            && words.iter().all(|word| PARTICLES.contains(word) || is_capital(word))
            && is_capital(words[0])
            && !has_comma(words)
    };
    // The comma before the word itself divides nothing.
    let last = left.len() - 1;
    if let Some(comma) = left[..last].iter().position(|word| word.ends_with(',')) {
        // A surname, a given name of one, and that of the other, or the whole name of the other.
        let is_surname = left[..comma].iter().all(|word| PARTICLES.contains(word)) && is_capital(left[comma]);
        let is_first = is_surname && is_given(&left[comma + 1..]) && !has_comma(&left[comma + 1..last]);
        let is_turned = right.len() > 1 && right[0].ends_with(',') && is_capital(right[0]) && is_given(&right[1..]);
        return is_first && (is_turned || is_name(right)) && !has_comma(&right[1..]);
    }
    // Signs stand in the names of firms more often than in those of couples, and two surnames of one person have "y"
    // between them.
    let is_mark = matches!(and, "&" | "+" | "y" | "e" | "i");
    let are_single = left.len() == 1 && right.len() == 1;
    is_name(left)
        && is_name(right)
        && (right.len() > 1 || are_single && !is_mark)
        && (left.len() > 1 || !matches!(and, "&" | "+"))
}

/// Whether the parts between commas are three names or more, each in the order of speech or each turned round.
fn are_listed(name: &str) -> bool {
    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
    let has_form = |part: &str, lengths: RangeInclusive<usize>| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let is_title = |word: &&str| TITLES.contains(&word.to_lowercase().trim_end_matches('.'));
        lengths.contains(&words.len())
            && is_capital(words[0])
            && words.iter().all(|word| PARTICLES.contains(word) || is_capital(word))
            && !words.iter().any(is_title)
    };
    let in_order = parts.len() >= 3 && parts.iter().all(|part| has_form(part, 2..=4));
    let turned = parts.len() >= 4
        && parts.len().is_multiple_of(2)
        && parts.chunks(2).all(|pair| has_form(pair[0], 1..=1) && has_form(pair[1], 1..=3));
    in_order || turned
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::{between_persons, divide, divide_at_marks};

    #[test]
    fn names_are_divided_at_what_is_said() {
        let separators = [";", "und", "&"].map(str::to_owned);
        assert_eq!(divide("Karl und Luise; Gundula & Anna", &separators), ["Karl", "Luise", "Gundula", "Anna"]);
        assert_eq!(divide("Rolf Und Söhne", &separators), ["Rolf Und Söhne"]);
        assert_eq!(divide("", &separators), [""]);
        assert_eq!(divide("a;b", &[]), ["a;b"]);
        assert_eq!(divide("Roos &amp; Vos; Blom", &separators[..1]), ["Roos &amp; Vos", "Blom"]);
        assert_eq!(divide_at_marks("Roos &amp; Vos; M&#252;l|Blom"), ["Roos &amp; Vos", "M&#252;l", "Blom"]);
        assert_eq!(divide_at_marks("AT&T; Vos; & Roos; &c; M&uuml;l"), ["AT&T", "Vos", "& Roos", "&c", "M&uuml;l"]);
    }

    #[test]
    fn several_persons_are_told_by_the_form_of_their_names() {
        for name in [
            "Brandt, Karl und Luise",
            "Karl und Luise Brandt",
            "Anna Vos and Jan Roos",
            "Vos, Anna et Jan",
            "Anna Vos & Jan Roos",
            "Vos, Anna & Jan",
            "Jan y Ana Roos",
            "Anna en Jan van Roos",
            "Vos, Anna u. Jan",
            "van Roos, Karl und Luise",
            "Mr. and Mrs. Jan Roos",
            "MR. AND MRS. JAN ROOS",
            "Roos and Vos",
            "Roos, E., & T. Vos",
            "Brom, Ada and Eck, Ben",
            "Jan de Roos, Piet de Vos, Karl Blom",
            "Roos, Jane,Vos, Ellen Anna",
        ] {
            assert!(between_persons(name).is_some(), "{name}");
        }
        for name in [
            "Boussod & Valadon",
            "Society for Letters and Sciences",
            "Roos und Sohn",
            "Bürgermeister und Rat",
            "Statthalter und Räte zu Korvendam",
            "Dean and Chapter of Korvendam",
            "Roos, Duke of Vos and Korvendam",
            "Jan von Roos, Vos und Korvendam",
            "Roos, Jan, Vos und Korvendam",
            "Vos & Roos Ltd",
            "de Roos, Karel Jan",
            "Roos, Jan, Korvendam",
            "Jan de Roos, Graf von Vos, Freiherr von Blom",
            "Jan Roos, mayor of Vos, Korvendam",
            "Korvendam, Holland",
            "Roos y Vos",
            "Anna Vos",
            "Anna Vos and others",
            "und",
            "Gundula Vos",
            "Ramon y Cajal",
            "Ramon y Cajal, Jan",
            "",
        ] {
            assert!(between_persons(name).is_none(), "{name}");
        }
    }
}
