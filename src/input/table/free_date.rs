//! Dates as people write them into cells: EDTF, or a few forms that can mean only one thing. All else stays words.

use crate::model::Date;

/// What a cell says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FreeDate {
    /// That there is no date.
    Absent,
    /// A date, as EDTF.
    Edtf(String),
    /// Words that are no date for certain.
    Words,
}

/// How people say that there is none.
const ABSENT: &[&str] = &[
    "",
    "na",
    "n/a",
    "n.d.",
    "nd",
    "s.d.",
    "sd",
    "o.d.",
    "?",
    "-",
    "--",
    "none",
    "null",
    "nan",
    "undatiert",
    "undated",
];
/// The beginnings of the names of months in several languages, by month.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "gen", "ene"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz", "maa", "mrt"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei", "maj"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

/// Words beside the day and the month that say nothing of their own.
const ARTICLES: &[&str] = &["de", "del", "den", "der", "di", "of", "the", "le", "am", "el", "il"];
/// What makes an ordinal number of a day's number.
const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "d", "e", "er", "ter", "ten", "ste", "º", "°"];

/// Reads a cell. Nothing is repaired: a day that no month has is words.
pub(crate) fn read(cell: &str) -> FreeDate {
    let cell = cell.trim();
    if ABSENT.contains(&cell.to_lowercase().as_str()) {
        return FreeDate::Absent;
    }
    if Date::parse(cell).is_ok() {
        return FreeDate::Edtf(cell.to_owned());
    }
    let (about, rest) = about(cell);
    let edtf =
        with_month(rest).or_else(|| with_points(rest)).or_else(|| (about && is_year(rest)).then(|| rest.to_owned()));
    let edtf = edtf.map(|edtf| if about { format!("{edtf}~") } else { edtf });
    edtf.filter(|edtf| Date::parse(edtf).is_ok()).map_or(FreeDate::Words, FreeDate::Edtf)
}

fn about(cell: &str) -> (bool, &str) {
    let lower = cell.to_lowercase();
    let word = ["circa ", "ca. ", "ca ", "c. ", "um ", "vers ", "about "].iter().find(|word| lower.starts_with(**word));
    // The words are ASCII, so that the same bytes begin the cell.
    word.map_or((false, cell), |word| (true, cell[word.len()..].trim_start()))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `6 January 1533`, `January 6th, 1533`, `1533 Januar 6`, `Jan. 1533`, `den 6. Januar 1533`, `6 de enero de 1533`.
fn with_month(text: &str) -> Option<String> {
    let words = text.split([' ', ',']).map(|word| word.trim_end_matches('.'));
    let says = |word: &&str| !word.is_empty() && !ARTICLES.contains(&word.to_lowercase().as_str());
    let words: Vec<&str> = words.filter(says).collect();
    let month = |word: &str| {
        let word = word.to_lowercase();
        let known =
            |names: &&[&str]| names.iter().any(|name| word.starts_with(name)) && word.chars().all(char::is_alphabetic);
        // June and July begin alike in some languages: the longer beginnings decide.
        let place = MONTHS.iter().position(known);
        if word.starts_with("juil") { Some(7) } else { place.map(|at| at + 1) }
    };
    let day = |word: &str| {
        let digits = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let ending = word[digits.len()..].to_lowercase();
        let number = digits.parse::<u8>().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2);
        number.filter(|_| ending.is_empty() || ORDINALS.contains(&ending.as_str()))
    };
    match words.as_slice() {
        [name, year] if is_year(year) => Some(format!("{year}-{:02}", month(name)?)),
        [number, name, year] if is_year(year) && day(number).is_some() => {
            Some(format!("{year}-{:02}-{:02}", month(name)?, day(number)?))
        }
        [name, number, year] if is_year(year) => Some(format!("{year}-{:02}-{:02}", month(name)?, day(number)?)),
        [year, name, number] if is_year(year) => Some(format!("{year}-{:02}-{:02}", month(name)?, day(number)?)),
        [year, name] if is_year(year) => Some(format!("{year}-{:02}", month(name)?)),
        _ => None,
    }
}

/// `6.1.1533`: who writes points puts the day first.
fn with_points(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('.').map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let number = |text: &str| text.parse::<u8>().ok().filter(|_| (1..=2).contains(&text.len()));
    is_year(year).then_some(())?;
    Some(format!("{year}-{:02}-{:02}", number(month)?, number(day)?))
}

#[cfg(test)]
mod tests {
    use super::{FreeDate, read};

    #[test]
    fn forms_that_can_mean_only_one_thing_are_dates() {
        for (cell, edtf) in [
            ("1533-01-06", "1533-01-06"),
            (" 1533~ ", "1533~"),
            ("1533?", "1533?"),
            ("6 January 1533", "1533-01-06"),
            ("January 6, 1533", "1533-01-06"),
            ("1533 Januar 6", "1533-01-06"),
            ("6. Jan. 1533", "1533-01-06"),
            ("Jan 1533", "1533-01"),
            ("1533 März", "1533-03"),
            ("12 juillet 1790", "1790-07-12"),
            ("12 juin 1790", "1790-06-12"),
            ("3.7.1672", "1672-07-03"),
            ("ca. 1750", "1750~"),
            ("um 1750", "1750~"),
            ("circa 3 mei 1750", "1750-05-03~"),
            ("1er mai 1750", "1750-05-01"),
            ("3 de mayo de 1750", "1750-05-03"),
            ("3rd May 1750", "1750-05-03"),
            ("May 3rd, 1750", "1750-05-03"),
            ("2d May 1750", "1750-05-02"),
            ("the 22nd of May, 1750", "1750-05-22"),
            ("den 3. Mai 1750", "1750-05-03"),
            ("1º de marzo de 1750", "1750-03-01"),
        ] {
            assert_eq!(read(cell), FreeDate::Edtf(edtf.to_owned()), "{cell}");
        }
    }

    #[test]
    fn nothing_is_guessed_and_nothing_repaired() {
        for cell in [
            "1668/9",
            "03/07/1672",
            "1878-04-31",
            "31 April 1878",
            "spring 1750",
            "1878-04-he16",
            "Ärger 3 1750",
            "32.1.1750",
            "3x May 1750",
            "den 3. 1750",
        ] {
            assert_eq!(read(cell), FreeDate::Words, "{cell}");
        }
        for cell in ["", " ", "NA", "n.d.", "?", "s.d."] {
            assert_eq!(read(cell), FreeDate::Absent, "{cell}");
        }
    }
}
