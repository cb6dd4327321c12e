//! Words in one spelling, in which they can be compared.

use unicode_normalization::UnicodeNormalization;

/// A word without capitals and marks, and with one letter for those that were written for each other: i for j, u for v.
pub(super) fn normal(word: &str) -> String {
    let letters = word.nfkd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter));
    let letters = letters.flat_map(char::to_lowercase).map(|letter| match letter {
        'j' => 'i',
        'v' => 'u',
        'ł' => 'l',
        'ſ' => 's',
        letter => letter,
    });
    letters.collect()
}
