//! What the words in the place of a name say besides a name: doubt, brackets of an editor, others who are not named,
//! several of whom one is meant, and that another cell says who is meant.

use crate::input::naming::placeholders::names_nobody;
use crate::input::table::dividing::is_of_body;
use crate::model::{Concept, Kind};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words before a name that say that it is in doubt, in small letters.
const DOUBT: &[&str] = &[
    "vermutlich",
    "vermutl",
    "vmtl",
    "wahrscheinlich",
    "wahrsch",
    "vielleicht",
    "möglicherweise",
    "mutmaßlich",
    "mutmasslich",
    "probably",
    "prob",
    "perhaps",
    "possibly",
    "poss",
    "presumably",
    "maybe",
    "peut-être",
    "probablement",
    "vraisemblablement",
    "sans doute",
    "probabilmente",
    "waarschijnlijk",
    "wschl",
    "vermoedelijk",
    "misschien",
    "mogelijk",
    "fortasse",
    "forsan",
    "quizá",
    "quizás",
    "tal vez",
    "probablemente",
    "posiblemente",
    "prawdopodobnie",
    "być może",
    "zapewne",
    "przypuszczalnie",
];
/// The same, of words that are surnames with a capital.
const DOUBT_IN_SMALL: &[&str] = &["wohl", "forse", "wellicht", "acaso", "może", "chyba", "evtl"];
/// What stands behind a name for others who are not named.
const OTHERS: &[&str] = &[
    "and others",
    "& others",
    "and several others",
    "et al",
    "et alii",
    "und andere",
    "und anderen",
    "u. andere",
    "und weitere",
    "et autres",
    "et d'autres",
    "e altri",
    "ed altri",
    "e altre",
    "y otros",
    "y otras",
    "en anderen",
    "i inni",
    "i inne",
];
/// The same in letters that can be the initials of a name when they are capitals.
const OTHERS_IN_SMALL: &[&str] = &["u.a", "u. a", "u.A", "u. A", "e.a", "e. a", "i in"];
/// What stands before and behind a number of others, as in "and 3 others".
const AND: &[&str] = &["and", "&", "+", "und", "u.", "et", "e", "ed", "y", "en", "i"];
const MORE: &[&str] =
    &["others", "other", "more", "andere", "weitere", "autres", "altri", "otros", "anderen", "innych"];
/// What stands between names of which one is meant; with a capital they are parts of names.
const OR: &[&str] = &["oder", "or", "ou", "oppure", "o", "lub", "albo", "vel", "aut", "bzw."];
/// Words that mean what another cell or element says, in small letters; points count, for without one some are names.
const REPEATS: &[&str] = &[
    "le même",
    "la même",
    "les mêmes",
    "au même",
    "à la même",
    "le meme",
    "la meme",
    "idem",
    "id.",
    "iid.",
    "eidem",
    "eadem",
    "ders.",
    "derselbe",
    "dies.",
    "dieselbe",
    "dieselben",
    "dems.",
    "demselben",
    "dens.",
    "denselben",
    "an dens.",
    "an denselben",
    "an dies.",
    "an dieselbe",
    "tenże",
    "taż",
    "tegoż",
    "tejże",
    "do tegoż",
    "tamże",
    "ditto",
    "dito",
    "do.",
    "same",
    "the same",
    "to the same",
    "from the same",
    "same to same",
    "lo stesso",
    "la stessa",
    "allo stesso",
    "il medesimo",
    "la medesima",
    "al medesimo",
    "el mismo",
    "la misma",
    "al mismo",
    "a la misma",
    "dezelfde",
    "denzelfde",
    "aan dezelfde",
    "ibidem",
    "ibid.",
    "ebd.",
    "ebenda",
];

/// Whether a mark repeats what stands above it.
const fn is_ditto(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '„' | '“' | '”' | '‟' | '‚' | '‘' | '’' | '″' | '〃' | '«' | '»')
}

/// The longest text that words of these lists are compared with, in bytes.
const LONGEST: usize = 40;

static DOUBTS: LazyLock<HashSet<&str>> = LazyLock::new(|| DOUBT.iter().copied().collect());
static REPEATED: LazyLock<HashSet<&str>> = LazyLock::new(|| REPEATS.iter().copied().collect());

/// Whether a set has a text, whatever its capitals.
fn has(set: &HashSet<&str>, text: &str) -> bool {
    text.len() <= LONGEST && set.contains(text.to_lowercase().as_str())
}

/// What the words in the place of a name say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct NameWords<'w> {
    /// The name; the names of which one is meant; none where nobody is named, or not so that one name is seen to end.
    pub(crate) names: Vec<Cow<'w, str>>,
    /// Whether the name is in doubt.
    pub(crate) is_doubted: bool,
    /// Whether one of several is meant.
    pub(crate) is_one_of_several: bool,
    /// Whether they mean what another cell or element says.
    pub(crate) is_repeated: bool,
    /// Whether they say more than the name.
    pub(crate) says_more: bool,
}

impl NameWords<'_> {
    /// How sure it is at most that whoever is found is meant.
    pub(crate) fn certainty(&self) -> Option<Concept> {
        (self.is_doubted || self.is_one_of_several).then_some("medium")
    }
}

/// The longest words that are looked at, in bytes: signs are taken off one by one, and no name is so long.
const LONGEST_NAME: usize = 1000;

/// What the words in the place of a name say, whatever is known of names.
pub(super) fn read(words: &str, kind: Kind) -> NameWords<'_> {
    if words.len() > LONGEST_NAME {
        return NameWords { names: vec![Cow::Borrowed(words)], ..NameWords::default() };
    }
    if is_repeated(words) {
        return NameWords { is_repeated: true, ..NameWords::default() };
    }
    let (name, is_doubted) = bare(words, kind);
    let nobody = |name: &str| names_nobody(name, kind);
    // Without its sign of doubt, as in `Mr. ?`, what names nobody can look like a name.
    if nobody(&name) || nobody(words) {
        return NameWords { names: vec![Cow::Borrowed(words)], ..NameWords::default() };
    }
    let says_more = *name != *words;
    let Some(parts) = alternatives(&name, kind) else {
        return NameWords { names: vec![name], is_doubted, says_more, ..NameWords::default() };
    };
    let names = parts.into_iter().map(|part| Cow::Owned(bare(part, kind).0.into_owned()));
    let names = names.filter(|name| !nobody(name)).collect();
    NameWords { names, is_doubted, is_one_of_several: true, says_more: true, is_repeated: false }
}

/// Whether words mean what another cell says.
pub(crate) fn is_repeated(words: &str) -> bool {
    let is_around = |letter: char| matches!(letter, '[' | ']' | '(' | ')') || letter.is_whitespace();
    let plain = words.trim_matches(is_around);
    let is_mark = |letter: char| is_ditto(letter) || letter.is_whitespace() || matches!(letter, '-' | '–' | '—');
    if plain.contains(is_ditto) && plain.chars().all(is_mark) {
        return true;
    }
    has(&REPEATED, plain)
}

/// A name without signs of doubt, brackets and others who are not named, and whether it is in doubt.
fn bare(words: &str, kind: Kind) -> (Cow<'_, str>, bool) {
    let (mut name, mut is_doubted) = (words.trim(), false);
    loop {
        let before = name;
        name = without_brackets(name);
        if let Some(rest) = without_doubt(name) {
            (name, is_doubted) = (rest, true);
        }
        if kind != Kind::Place {
            name = without_others(name).unwrap_or(name);
        }
        if name == before {
            break;
        }
    }
    match within(name) {
        Some(rest) => (Cow::Owned(rest), true),
        None => (Cow::Borrowed(name), is_doubted),
    }
}

/// What stands in brackets that are around the whole.
fn without_brackets(name: &str) -> &str {
    for (opening, closing) in [('[', ']'), ('<', '>'), ('⟨', '⟩'), ('‹', '›')] {
        let inner = name.strip_prefix(opening).and_then(|rest| rest.strip_suffix(closing));
        if let Some(inner) = inner.filter(|inner| !inner.contains([opening, closing])) {
            return inner.trim();
        }
    }
    name
}

/// What stands before or behind a sign of doubt.
fn without_doubt(name: &str) -> Option<&str> {
    let rest = name.strip_suffix(['?', '？']).or_else(|| name.strip_prefix(['?', '？', '¿']));
    if let Some(rest) = rest {
        return Some(rest.trim());
    }
    if let Some((rest, inner)) = bracket_at_the_end(name)
        && !rest.is_empty()
        && (inner.chars().all(|letter| matches!(letter, '?' | '？')) || is_doubt(inner))
    {
        return Some(rest);
    }
    if let Some(rest) = after_doubt(name) {
        return Some(rest);
    }
    let (rest, last) = name.rsplit_once(',')?;
    is_doubt(last.trim()).then(|| rest.trim())
}

/// What stands behind one or two words of doubt.
fn after_doubt(name: &str) -> Option<&str> {
    let (first, rest) = name.split_once(char::is_whitespace)?;
    let rest = match is_doubt(first) {
        true => rest,
        false => {
            let (second, rest) = rest.split_once(char::is_whitespace)?;
            is_doubt(&name[..=first.len() + second.len()]).then_some(rest)?
        }
    };
    rest.contains(char::is_uppercase).then(|| rest.trim())
}

fn is_doubt(words: &str) -> bool {
    let words = words.trim_end_matches(['.', ':']);
    DOUBT_IN_SMALL.contains(&words) || has(&DOUBTS, words)
}

/// What stands before others who are not named.
fn without_others(name: &str) -> Option<&str> {
    let trimmed = |rest: &str| {
        let length = rest.trim_end_matches([' ', ',', ';']).len();
        (length > 0).then_some(length)
    };
    if let Some((rest, inner)) = bracket_at_the_end(name)
        && is_others(inner)
    {
        return trimmed(rest).map(|length| &name[..length]);
    }
    // The phrases have three words at most.
    let mut at = name.len();
    for _ in 0..3 {
        at = name[..at].trim_end().rfind(char::is_whitespace)?;
        if is_others(name[at..].trim()) {
            return trimmed(&name[..at]).map(|length| &name[..length]);
        }
    }
    None
}

fn is_others(words: &str) -> bool {
    let plain = words.trim_end_matches('.');
    if OTHERS_IN_SMALL.contains(&plain) || OTHERS.iter().any(|known| known.eq_ignore_ascii_case(plain)) {
        return true;
    }
    let mut words = plain.split_whitespace();
    let parts = (words.next(), words.next(), words.next(), words.next());
    let (Some(and), Some(number), Some(more), None) = parts else { return false };
    AND.contains(&and) && number.bytes().all(|byte| byte.is_ascii_digit()) && MORE.contains(&more)
}

/// What stands before a bracket at the end, and in it.
fn bracket_at_the_end(name: &str) -> Option<(&str, &str)> {
    let (opening, inner) = match name.strip_suffix(']') {
        Some(inner) => ('[', inner),
        None => ('(', name.strip_suffix(')')?),
    };
    let at = inner.rfind(opening)?;
    Some((inner[..at].trim(), inner[at + 1..].trim()))
}

/// A name without signs of doubt between its parts; nothing where there are none.
fn within(name: &str) -> Option<String> {
    const SIGNS: [(&str, &str); 3] = [("(?)", " "), ("[?]", " "), ("?,", ",")];
    if !SIGNS.iter().any(|(sign, _)| name.contains(sign)) {
        return None;
    }
    let mut rest = name.to_owned();
    for (sign, instead) in SIGNS {
        rest = rest.replace(sign, instead);
    }
    Some(rest.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ","))
}

/// The names of which one is meant; nothing where one is.
fn alternatives(name: &str, kind: Kind) -> Option<Vec<&str>> {
    let is_name = |part: &str| part.contains(char::is_uppercase) || !part.is_empty() && names_nobody(part, kind);
    if name.split_whitespace().any(|word| OR.contains(&word)) {
        let mut parts = Vec::new();
        let (mut begin, mut at) = (0, 0);
        for word in name.split_inclusive(char::is_whitespace) {
            let end = at + word.len();
            if OR.contains(&word.trim()) {
                parts.push(name[begin..at].trim_matches([' ', ',']));
                begin = end;
            }
            at = end;
        }
        parts.push(name[begin..].trim_matches([' ', ',']));
        return parts.iter().all(|part| is_name(part)).then_some(parts);
    }
    // Places and bodies are called so: "Biel/Bienne".
    let is_person = matches!(kind, Kind::Person | Kind::Agent);
    if !is_person || !name.contains('/') || name.contains("://") || name.split([' ', '/']).any(is_of_body) {
        return None;
    }
    let parts: Vec<&str> = name.split('/').map(str::trim).collect();
    // "Bank/Börse" and "Post-/Telegrafenamt" are one.
    let is_whole = |part: &&str| part.contains([' ', ',']) && part.starts_with(char::is_uppercase);
    parts.iter().all(is_whole).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::{NameWords, read};
    use crate::model::Kind;

    fn names(words: &str, kind: Kind) -> String {
        let NameWords { names, is_doubted, is_one_of_several, is_repeated, .. } = read(words, kind);
        let mut shown = names.join(" | ");
        for (is_so, mark) in [(is_doubted, " ?"), (is_one_of_several, " /"), (is_repeated, "=")] {
            shown.push_str(if is_so { mark } else { "" });
        }
        shown
    }

    #[test]
    fn names_are_found_in_what_is_written() {
        for (words, expected) in [
            ("Cor Dalen?", "Cor Dalen ?"),
            ("Cor Dalen (?)", "Cor Dalen ?"),
            ("? [Cor Dalen]", "Cor Dalen ?"),
            ("[Vos, Johannes von?]", "Vos, Johannes von ?"),
            ("vermutlich Cor Dalen", "Cor Dalen ?"),
            ("Peut-être Cor Dalen", "Cor Dalen ?"),
            ("Cor Dalen (prob.)", "Cor Dalen ?"),
            ("Cor Dalen, vermutlich", "Cor Dalen ?"),
            ("sans doute Cor Dalen", "Cor Dalen ?"),
            ("wohl Cor Dalen", "Cor Dalen ?"),
            ("Vos (?), Anna", "Vos, Anna ?"),
            ("[Cor Dalen]", "Cor Dalen"),
            ("Cor Dalen and others", "Cor Dalen"),
            ("Cor Dalen et al.", "Cor Dalen"),
            ("Dalen, Cor von u.a.", "Dalen, Cor von"),
            ("Cor Dalen, et al.", "Cor Dalen"),
            ("Cor Dalen [u. a.]", "Cor Dalen"),
            ("COR DALEN AND OTHERS", "COR DALEN"),
            ("Cor Dalen und 3 weitere", "Cor Dalen"),
            ("Cor Dalen y otros", "Cor Dalen"),
            ("Ada Brom oder Ben Eck", "Ada Brom | Ben Eck /"),
            ("Ada Brom/Ben Eck", "Ada Brom | Ben Eck /"),
            ("Ada Brom or unknown", "Ada Brom /"),
            ("le même", "="),
            ("ID.", "="),
            ("Same to same", "="),
            ("\"", "="),
            ("- \" -", "="),
            ("[idem]", "="),
        ] {
            assert_eq!(names(words, Kind::Agent), expected, "{words}");
        }
    }

    #[test]
    fn what_is_too_long_for_a_name_is_left_as_it_is() {
        let [longest, longer] = [999, 1000].map(|length| format!("{}?", "V".repeat(length)));
        assert_eq!(names(&longest, Kind::Agent), format!("{} ?", "V".repeat(999)));
        assert_eq!(names(&longer, Kind::Agent), longer);
    }

    #[test]
    fn what_belongs_to_a_name_stays() {
        for words in [
            "Wohl, Jeanette",
            "Wohl Jeanette",
            "Vos, E. A.",
            "Vos, U.A.",
            "[Anna] Vos",
            "[Anna] [Vos]",
            "Anna Vos (1750?-1800)",
            "Id",
            "Dies, Albert",
            "Dies",
            "Do",
            "Anna O'Vos",
            "c/o Vos",
            "Vos & Roos A/S",
            "Gesellschaft Vos/Roos",
            "Oder",
            "Idema",
            "Probus Vos",
            "?",
            "[?]",
            "",
            "Vos (Oder)",
        ] {
            assert_eq!(names(words, Kind::Agent), words, "{words}");
        }
        assert_eq!(names("Biel/Bienne", Kind::Place), "Biel/Bienne");
        assert_eq!(names("Korvendam oder Tolmerzijl", Kind::Place), "Korvendam | Tolmerzijl /");
        assert_eq!(names("Korvendam[?]", Kind::Place), "Korvendam ?");
        assert_eq!(names("prob. Korvendam", Kind::Place), "Korvendam ?");
    }
}
