//! The names of months, in the languages that are read; each with its cases, its old spellings and its abbreviations.

use super::spelling::normal;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The names by month, in English, German, French, Italian, Dutch, Latin, Spanish and Polish. A beginning of at least three
/// letters that is that of one month only is an abbreviation of it.
const NAMES: [&str; 12] = [
    "january januar jänner januari janvier gennaio januarius januarii januario januarij enero styczeń stycznia",
    "february februar feber februari février febbraio februarius februarii februario februarij febrero luty lutego \
     fevr febr",
    "march märz märzen mertz mertzen mars marzo maart martius martii martio martij marzec marca mrz mrt",
    "april aprill avril aprile aprilis aprili abril kwiecień kwietnia",
    "may maye mai mayen maggio mei meij meye maius maii maio maij mayo maj maja",
    "june juni juny juin giugno junius junii junio junij czerwiec czerwca",
    "july juli july juillet luglio julius julii julio julij lipiec lipca juil",
    "august août agosto augusti augustus augusto sierpień sierpnia",
    "september septembre settembre septembris septembri septiembre setiembre wrzesień września septbr",
    "october oktober octobre ottobre octobris octobri octubre październik października octbr oktbr",
    "november novembre novembris novembri noviembre listopad listopada novbr",
    "december dezember décembre dicembre decembris decembri diciembre grudzień grudnia decbr dezbr",
];

/// The old names of months that are words for other things when they are shortened: a season, the harvest, Christ.
const WHOLE_NAMES: [&str; 12] = [
    "louwmaand hartung",
    "hornung sprokkelmaand",
    "lentemaand lenzmonat",
    "grasmaand ostermonat",
    "bloeimaand wonnemonat",
    "brachmonat brachet zomermaand",
    "heumonat heuet hooimaand",
    "oogstmaand erntemonat",
    "herfstmaand herbstmonat",
    "weinmonat wijnmaand",
    "slachtmaand wintermonat",
    "wintermaand christmonat",
];

/// The seasons, as EDTF numbers them from 21 on.
const SEASONS: [&str; 4] = [
    "spring springtime frühling frühlings frühjahr frühjahrs printemps primavera lente voorjaar ver vere wiosna wiosny \
     wiosną",
    "summer summertime sommer sommers été estate zomer aestas aestate estío verano lato lata latem",
    "autumn fall herbst herbstes automne autunno herfst najaar autumnus autumno otoño jesień jesieni jesienią",
    "winter winters hiver inverno hiems hieme invierno zima zimy zimą",
];

/// The months that are written with the number that they had when the year began in March: 7bris, VIIber.
const NUMBERED: [(&[&str], u8); 4] = [(&["7", "vii"], 9), (&["8", "viii"], 10), (&["9", "ix"], 11), (&["10", "x"], 12)];
const NUMBERED_ENDINGS: &[&str] = &["b", "br", "bre", "ber", "bris", "bri"];

/// The months of the French Republican calendar, with the names that they have in German, Italian and Dutch; the thirteenth
/// are the days at the end of the year.
const REPUBLICAN: [&str; 13] = [
    "vendémiaire vendemiär vendemmiaio vendemiaire vendém",
    "brumaire brumär brumaio brum",
    "frimaire frimär frimaio frim",
    "nivôse nevoso niv",
    "pluviôse piovoso pluv",
    "ventôse ventoso vent",
    "germinal germile germ",
    "floréal fiorile flor",
    "prairial pratile prair",
    "messidor messidoro mess",
    "thermidor termidoro therm fervidor",
    "fructidor fruttidoro fruct",
    "complémentaire complémentaires sansculottide sansculottides",
];

/// The days of the week; beside a date they are held against it.
const WEEKDAYS: [&str; 7] = [
    "monday mon montag mo lundi lun lunedì maandag ma lunes poniedziałek",
    "tuesday tue tues dienstag mardi martedì dinsdag martes wtorek",
    "wednesday wed weds mittwoch mi mer wo mercredi mercoledì woensdag miércoles środa",
    "thursday thu thur thurs donnerstag jeudi jeu giovedì donderdag jueves czwartek do gio",
    "friday fri freitag fr vr ven vendredi venerdì vrijdag viernes piątek",
    "saturday sat samstag sa sam sab za sonnabend samedi sabato zaterdag sábado sobota",
    "sunday sun sonntag so zo dim dom dimanche domenica zondag domingo niedziela",
];

static MONTHS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let names =
        || NAMES.iter().zip(1..).flat_map(|(names, month)| names.split(' ').map(move |name| (normal(name), month)));
    // An abbreviation that several months have is none, nor is one of a day of the week.
    let mut months: HashMap<String, u8> = HashMap::new();
    for (name, month) in names() {
        for (end, _) in name.char_indices().skip(3) {
            let known = months.entry(name[..end].to_owned()).or_insert(month);
            if *known != month {
                *known = 0;
            }
        }
    }
    months.retain(|name, month| *month > 0 && weekday(name).is_none());
    months.extend(names());
    months.extend(numbered(&WHOLE_NAMES));
    months
});

static SEASON_NUMBERS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| numbered(&SEASONS));
static REPUBLICAN_MONTHS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| numbered(&REPUBLICAN));
static WEEKDAY_NUMBERS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| numbered(&WEEKDAYS));

fn numbered(lists: &[&str]) -> HashMap<String, u8> {
    let names = lists
        .iter()
        .zip(1..)
        .flat_map(|(names, number)| names.split_whitespace().map(move |name| (normal(name), number)));
    names.collect()
}

/// The month that a word names, in its normal form.
pub(super) fn month(word: &str) -> Option<u8> {
    MONTHS.get(word).copied().or_else(|| {
        let numeral = &word[..word.find(|letter: char| !"iux".contains(letter))?];
        numbered_month(&numeral.replace('u', "v"), &word[numeral.len()..])
    })
}

/// Whether a word is the name of a month in a Polish date.
pub(super) fn is_polish_month(word: &str) -> bool {
    const MONTHS: &str =
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia";
    MONTHS.split(' ').any(|month| normal(month) == normal(word))
}

/// The season that a word names, as EDTF numbers it.
pub(super) fn season(word: &str) -> Option<u8> {
    SEASON_NUMBERS.get(word).map(|number| number + 20)
}

/// The month of a number and what is written behind it.
pub(super) fn numbered_month(number: &str, ending: &str) -> Option<u8> {
    let known = NUMBERED.iter().find(|(numbers, _)| numbers.contains(&number)).map(|(_, month)| *month);
    known.filter(|_| NUMBERED_ENDINGS.contains(&ending))
}

/// The month of the French Republican calendar that a word names.
pub(super) fn republican_month(word: &str) -> Option<u8> {
    REPUBLICAN_MONTHS.get(word).copied()
}

/// The number of a day of the week, Monday the first.
pub(super) fn weekday(word: &str) -> Option<u8> {
    WEEKDAY_NUMBERS.get(word).copied()
}

/// The value of a Roman numeral in its normal form, which has i for j and u for v.
pub(super) fn roman(word: &str) -> Option<u32> {
    const SIGNS: [(&str, u32); 14] = [
        ("m", 1000),
        ("cm", 900),
        ("d", 500),
        ("cd", 400),
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("u", 5),
        ("iu", 4),
        ("iiii", 4),
        ("i", 1),
    ];
    let (mut rest, mut value) = (word, 0);
    for (sign, worth) in SIGNS {
        for _ in 0..3 {
            let Some(after) = rest.strip_prefix(sign) else { break };
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{month, roman};
    use crate::input::written_date::spelling::normal;

    #[test]
    fn months_are_known_by_their_names_and_by_beginnings_that_no_other_has() {
        for (name, expected) in [
            ("Märzen", Some(3)),
            ("janv", Some(1)),
            ("Octobris", Some(10)),
            ("Junij", Some(6)),
            ("juil", Some(7)),
            ("jui", None),
            ("maias", None),
            ("maja", Some(5)),
            ("paźdz", Some(10)),
            ("Xbris", Some(12)),
            ("VIIber", Some(9)),
            ("marriage", None),
            ("mayor", None),
            ("ja", None),
            ("lente", None),
            ("lentemaand", Some(3)),
            ("oogst", None),
            ("christ", None),
            ("meij", Some(5)),
        ] {
            assert_eq!(month(&normal(name)), expected, "{name}");
        }
        assert_eq!(roman(&normal("XVIII")), Some(18));
        assert_eq!(roman(&normal("viij")), Some(8));
        assert_eq!(roman(&normal("IIX")), None);
    }
}
