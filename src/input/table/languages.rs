//! The names of languages as tables have them, in eight languages, and their codes in ISO 639; each means a tag.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The tag of each language, and what it is called: the codes of three letters, and the names in English, German, French,
/// Italian, Dutch, Latin, Spanish and Polish.
const NAMES: &[(&str, &str)] = &[
    ("ar", "ara, arabic, arabisch, arabe, arabo, arabica, árabe, arabski"),
    ("ca", "cat, catalan, katalanisch, catalano, catalaans, catalán, kataloński"),
    ("cs", "ces, cze, czech, tschechisch, tchèque, ceco, tsjechisch, bohemica, checo, czeski"),
    (
        "cu",
        "chu, church slavonic, old church slavonic, kirchenslawisch, altkirchenslawisch, slavon, cerkiewnosłowiański",
    ),
    ("cy", "cym, wel, welsh, walisisch, gallois, gallese, galés, walijski"),
    ("da", "dan, danish, dänisch, danois, danese, deens, danica, danés, duński"),
    ("de", "deu, ger, german, deutsch, dt, allemand, tedesco, duits, germanica, alemán, niemiecki"),
    ("el", "ell, gre, modern greek, neugriechisch, grec moderne, neogreco"),
    ("en", "eng, english, englisch, engl, anglais, inglese, engels, anglica, inglés, angielski"),
    ("eo", "epo, esperanto, espéranto"),
    (
        "es",
        "spa, spanish, spanisch, span, espagnol, spagnolo, spaans, hispanica, español, castellano, castilian, hiszpański",
    ),
    ("et", "est, estonian, estnisch, estonien, estone, estisch, estonio, estoński"),
    ("fa", "fas, per, persian, persisch, persan, persiano, perzisch, persica, persa, perski"),
    ("fi", "fin, finnish, finnisch, finnois, finlandese, fins, finés, fiński"),
    ("fr", "fra, fre, french, französisch, frz, franz, franc, français, francese, frans, gallica, francés, francuski"),
    ("fy", "fry, frisian, friesisch, frison, frisone, fries, frisón, fryzyjski"),
    ("ga", "gle, irish, irisch, irlandais, irlandese, iers, irlandés, irlandzki"),
    ("grc", "ancient greek, altgriechisch, grec ancien, greco antico, oudgrieks, griego antiguo, starogrecki"),
    ("he", "heb, hebrew, hebräisch, hebr, hébreu, ebraico, hebreeuws, hebraica, hebreo, hebrajski"),
    ("hr", "hrv, croatian, kroatisch, croate, croato, croata, chorwacki"),
    ("hu", "hun, hungarian, ungarisch, hongrois, ungherese, hongaars, hungarica, húngaro, węgierski"),
    ("hy", "hye, arm, armenian, armenisch, arménien, armeno, armeens, armenio, ormiański"),
    ("is", "isl, ice, icelandic, isländisch, islandais, islandese, ijslands, islandés, islandzki"),
    ("it", "ita, italian, italienisch, ital, italien, italiano, italiaans, italica, włoski"),
    ("la", "lat, latin, latein, lateinisch, latino, latijn, latina, latín, łaciński, łacina"),
    ("lt", "lit, lithuanian, litauisch, lituanien, lituano, litouws, litewski"),
    ("lv", "lav, latvian, lettisch, letton, lettone, lets, letón, łotewski"),
    ("nds", "low german, niederdeutsch, bas allemand, bas-allemand, nedersaksisch"),
    (
        "nl",
        "nld, dut, ned, nederl, dutch, niederländisch, niederl, holländisch, néerlandais, hollandais, olandese, nederlands, neerlandés, holandés, niderlandzki, holenderski",
    ),
    ("no", "nor, norwegian, norwegisch, norvégien, norvegese, noors, norvegica, noruego, norweski"),
    ("oc", "oci, occitan, okzitanisch, occitano, occitaans, prowansalski, provençal"),
    ("pl", "pol, polish, polnisch, polonais, polacco, pools, polonica, polaco, polski"),
    ("pt", "por, portuguese, portugiesisch, portugais, portoghese, portugees, lusitanica, portugués, portugalski"),
    ("ro", "ron, rum, romanian, rumänisch, roumain, rumeno, roemeens, rumano, rumuński"),
    ("ru", "rus, russian, russisch, russe, russo, russica, ruso, rosyjski"),
    ("sk", "slk, slo, slovak, slowakisch, slovaque, slovacco, slowaaks, eslovaco, słowacki"),
    ("sl", "slv, slovene, slovenian, slowenisch, slovène, sloveno, sloveens, esloveno, słoweński"),
    ("sv", "swe, swedish, schwedisch, suédois, svedese, zweeds, suecica, sueco, szwedzki"),
    ("syc", "classical syriac, syriac, syrisch, syriaque, siriaco, syriaca, syryjski"),
    ("tr", "tur, turkish, türkisch, turc, turco, turks, turcica, turecki"),
    ("uk", "ukr, ukrainian, ukrainisch, ukrainien, ucraino, oekraïens, ucraniano, ukraiński"),
    ("yi", "yid, yiddish, jiddisch, jiddisch, yidis, jiddish, jidysz"),
    ("zh", "zho, chi, chinese, chinesisch, chinois, cinese, chinees, sinica, chino, chiński"),
];

static TAGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let named = NAMES.iter().flat_map(|(tag, names)| names.split(", ").map(move |name| (name, *tag)));
    named.collect()
});

/// The tag of a language that is called by its name, or by a code of three letters where it has one of two; nothing for
/// tags themselves, and for names that are not known. "Greek" may be ancient or modern, so that it is not known.
pub(crate) fn tag(written: &str) -> Option<&'static str> {
    use unicode_normalization::UnicodeNormalization;
    let name: String = written.trim().trim_end_matches('.').nfc().flat_map(char::to_lowercase).collect();
    // A tag with a full stop is an abbreviation.
    let abbreviated = || NAMES.iter().map(|(tag, _)| *tag).find(|tag| *tag == name && written.trim().ends_with('.'));
    TAGS.get(name.as_str()).copied().or_else(abbreviated)
}

/// What stands between the names of several languages.
const MARKS: [char; 5] = [',', ';', '|', '/', '+'];
/// The words that do, and a mark that is a word.
const AND: [&str; 8] = ["and", "und", "et", "e", "y", "en", "i", "&"];

/// The parts of a cell that names several languages, in whatever brackets and quotation marks; one where it names one.
pub(crate) fn parts(written: &str) -> Vec<&str> {
    let is_around = |letter: char| letter.is_whitespace() || matches!(letter, '[' | ']' | '\'' | '"' | '(' | ')');
    let parts = written.split(MARKS).flat_map(|part| {
        let part = part.trim_matches(is_around);
        if tag(part).is_some() { vec![part] } else { between_words(part) }
    });
    parts.map(|part| part.trim_matches(is_around)).filter(|part| !part.is_empty()).collect()
}

/// The parts of a text between the words for "and".
fn between_words(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut begin, mut at) = (0, 0);
    for word in text.split(' ') {
        if AND.contains(&word) && at > 0 {
            parts.push(&text[begin..at - 1]);
            begin = at + word.len();
        }
        at += word.len() + 1;
    }
    parts.push(&text[begin..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::{NAMES, parts, tag};
    use crate::project::language_tag;
    use std::collections::BTreeMap;

    #[test]
    fn languages_are_known_by_their_names() {
        for (name, expected) in [
            ("French", "fr"),
            ("Latin", "la"),
            ("Französisch", "fr"),
            ("néerlandais", "nl"),
            ("ger", "de"),
            ("frz.", "fr"),
            ("fr.", "fr"),
            ("franc.", "fr"),
            ("Ned.", "nl"),
        ] {
            assert_eq!(tag(name), Some(expected), "{name}");
        }
        for name in ["fr", "de-AT", "Greek", "Klingon", ""] {
            assert_eq!(tag(name), None, "{name}");
        }
    }

    #[test]
    fn a_cell_can_name_several_languages() {
        for (cell, expected) in [
            ("Italian,Greek,German", vec!["Italian", "Greek", "German"]),
            ("English; Latin", vec!["English", "Latin"]),
            ("en|la", vec!["en", "la"]),
            ("Latin and English", vec!["Latin", "English"]),
            ("Latijn en Frans", vec!["Latijn", "Frans"]),
            ("['English', 'Latin']", vec!["English", "Latin"]),
            ("French", vec!["French"]),
            ("en", vec!["en"]),
            ("ancient greek", vec!["ancient greek"]),
            ("and", vec!["and"]),
            ("", vec![]),
        ] {
            assert_eq!(parts(cell), expected, "{cell}");
        }
    }

    #[test]
    fn no_name_means_two_languages_and_every_tag_is_one() {
        let mut seen = BTreeMap::new();
        for (tag, names) in NAMES {
            assert_eq!(language_tag(tag).as_deref(), Some(*tag));
            for name in names.split(", ") {
                assert_eq!(*seen.entry(name).or_insert(tag), tag, "{name}");
            }
        }
    }
}
