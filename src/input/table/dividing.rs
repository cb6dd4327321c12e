//! How a cell of names is divided, and whether what is one name may be those of two persons.

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
    if separator.is_empty() || !cell[at..].starts_with(separator) {
        return false;
    }
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let begins_word = is_letter(separator.chars().next()) && is_letter(cell[..at].chars().next_back());
    let ends_word = is_letter(separator.chars().next_back()) && is_letter(cell[at + separator.len()..].chars().next());
    !begins_word && !ends_word
}

/// Whether a name has the form of the names of two persons: "Brandt, Karl und Luise", "Karl und Luise Brandt". Firms and
/// bodies are called so too ("Boussod & Valadon"), so that of two single words nothing is said.
pub(crate) fn may_be_two_persons(name: &str) -> bool {
    let is_and = |word: &str| word.len() <= LONGEST_AND && AND.contains(&word);
    // Of most names there is nothing to keep.
    let Some(and) = name.split_whitespace().position(is_and) else { return false };
    let words: Vec<&str> = name.split_whitespace().collect();
    let (left, right) = (&words[..and], &words[and + 1..]);
    let is_body = |word: &&str| OF_BODIES.contains(&format!(" {} ", word.trim_end_matches(',').to_lowercase()));
    if left.is_empty() || right.is_empty() || words.iter().any(is_body) {
        return false;
    }
    let is_given = |words: &[&str]| (1..=2).contains(&words.len()) && words.iter().all(|word| is_capital(word));
    if let Some(comma) = left.iter().position(|word| word.ends_with(',')) {
        // A surname, a given name of one, and that of the other.
        let is_surname = left[..comma].iter().all(|word| PARTICLES.contains(word)) && is_capital(left[comma]);
        let mut others = left[comma + 1..].iter().chain(right);
        return is_surname
            && is_given(&left[comma + 1..])
            && is_given(right)
            && !others.any(|word| word.ends_with(','));
    }
    let is_name = |words: &[&str]| {
        let parts = words.len() <= 4 && words.iter().all(|word| PARTICLES.contains(word) || is_capital(word));
        parts && is_capital(words[0]) && !words.iter().any(|word| word.ends_with(','))
    };
    // Signs stand in the names of firms more often than in those of couples.
    let is_sign = matches!(words[and], "&" | "+");
    is_name(left) && is_name(right) && right.len() > 1 && (!is_sign || left.len() > 1)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::{divide, may_be_two_persons};

    #[test]
    fn names_are_divided_at_what_is_said() {
        let separators = [";", "und", "&"].map(str::to_owned);
        assert_eq!(divide("Karl und Luise; Gundula & Anna", &separators), ["Karl", "Luise", "Gundula", "Anna"]);
        assert_eq!(divide("Rolf Und Söhne", &separators), ["Rolf Und Söhne"]);
        assert_eq!(divide("", &separators), [""]);
        assert_eq!(divide("a;b", &[]), ["a;b"]);
    }

    #[test]
    fn two_persons_are_told_by_the_form_of_their_names() {
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
        ] {
            assert!(may_be_two_persons(name), "{name}");
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
            "Anna Vos",
            "Anna Vos and others",
            "und",
            "Gundula Vos",
            "Ramon y Cajal",
            "Ramon y Cajal, Jan",
            "",
        ] {
            assert!(!may_be_two_persons(name), "{name}");
        }
    }
}
