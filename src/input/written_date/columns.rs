//! Dates whose year, month and day have columns of their own.

use super::figures;
use super::months::{month, roman};
use super::spelling::normal;

/// A part of a date in a cell: its figures, or X for those that are not known, and the sign for its doubt.
struct Part {
    figures: String,
    sign: &'static str,
}

/// What the cells of a year, a month and a day say together: EDTF where that can be said for certain, and else their words,
/// which are no date.
pub(in crate::input) fn joined(cells: &[&str]) -> String {
    let cells: Vec<&str> = cells.iter().map(|cell| figures::without_fraction(cell)).collect();
    let cells = cells.as_slice();
    let filled: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
    // One cell can say all, in words.
    if let [one] = filled.as_slice()
        && cells.first() == Some(one)
        && one.bytes().any(|byte| byte != b'0')
    {
        return (*one).to_owned();
    }
    if let Some(date) = named(cells) {
        return date;
    }
    parts(cells).unwrap_or_else(|| filled.join("; "))
}

/// The cells as a date that names its month, where they are a whole one in plain words: 1850-Mai-3.
fn named(cells: &[&str]) -> Option<String> {
    let is_plain = |cell: &str| !cell.is_empty() && cell.chars().all(char::is_alphanumeric);
    let [year, written, rest @ ..] = cells else { return None };
    let is_named = is_plain(written) && written.parse::<u32>().is_err() && number(written).is_some();
    let is_whole = is_four_figures(year) && rest.len() < 2 && rest.iter().all(|cell| cell.is_empty() || is_plain(cell));
    let filled: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
    (is_named && is_whole).then(|| if filled.len() == 2 { format!("{written} {year}") } else { filled.join("-") })
}

fn parts(cells: &[&str]) -> Option<String> {
    let [written, rest @ ..] = cells else { return Some(String::new()) };
    let rest: Vec<&str> = rest.iter().copied().filter(|_| rest.len() <= 2).collect();
    let is_nothing = |cell: &str| small(cell, 31).is_some_and(|part| part.figures == "XX");
    if rest.len() + 1 < cells.len() {
        return None;
    }
    let is_no_year = written.is_empty() || written.bytes().all(|byte| byte == b'0');
    if is_no_year && rest.iter().all(|cell| is_nothing(cell)) {
        return Some(String::new());
    }
    let mut parts = vec![year(written)?];
    for (cell, last) in rest.iter().zip([12, 31]) {
        parts.push(small(cell, last)?);
    }
    // Behind the last that is known nothing is said.
    while parts.len() > 1 && parts.last().is_some_and(|part| part.figures == "XX") {
        parts.pop();
    }
    // A sign behind a year is of that alone, one before a month or a day too.
    let shown = parts.iter().enumerate().map(|(at, part)| match at {
        0 => format!("{}{}", part.figures, part.sign),
        _ => format!("{}{}", part.sign, part.figures),
    });
    Some(shown.collect::<Vec<_>>().join("-"))
}

/// What a cell has without brackets and signs of doubt, and the sign of EDTF for these.
fn undoubted(cell: &str) -> (&str, &'static str) {
    let bare = cell.trim_matches(['[', ']', '(', ')', ' ']);
    let about = ["ca.", "c.", "circa", "um", "~"].into_iter().find_map(|word| bare.strip_prefix(word));
    let rest = about.unwrap_or(bare).trim();
    let known = rest.trim_end_matches(['?', '~', '[', '(', ' ']);
    let signs = &rest[known.len()..];
    let sign = match (about.is_some() || signs.contains('~'), signs.contains('?') && !known.is_empty()) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    };
    (known, sign)
}

fn is_four_figures(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A year of four figures, of which the last can be missing.
fn year(cell: &str) -> Option<Part> {
    let (known, sign) = undoubted(cell);
    if is_four_figures(known) {
        return (known != "0000").then(|| Part { figures: known.to_owned(), sign });
    }
    let figures = cell.trim_matches(['[', ']', ' ']).replace(['?', '-', 'x'], "X");
    let digits = figures.trim_end_matches('X');
    let is_damaged = figures.len() == 4 && digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_damaged.then_some(Part { figures, sign: "" })
}

/// A month or a day up to the last that there is; X where it is not known.
fn small(cell: &str, last: u32) -> Option<Part> {
    let (known, sign) = undoubted(cell);
    let known = known.trim_end_matches('.');
    let is_unknown =
        known.is_empty() || known.bytes().all(|byte| byte == b'0' || byte == b'X') || super::is_absent(known);
    if is_unknown {
        return Some(Part { figures: "XX".to_owned(), sign: "" });
    }
    let number = match known.bytes().all(|byte| byte.is_ascii_digit()) {
        true => known.parse().ok().filter(|_| known.len() <= 2)?,
        false if last == 12 => number(known)?,
        false => return None,
    };
    (1..=last).contains(&number).then(|| Part { figures: format!("{number:02}"), sign })
}

/// The number of a month by its name or in Roman figures.
fn number(written: &str) -> Option<u32> {
    let word = normal(written);
    month(&word).map(u32::from).or_else(|| roman(&word)).filter(|number| (1..=12).contains(number))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_date_can_stand_in_three_columns() {
        for (cells, expected) in [
            (["1655", "3", "7"], "1655-03-07"),
            (["1655", "3", ""], "1655-03"),
            (["1655", "", ""], "1655"),
            (["1655", "", "7"], "1655-XX-07"),
            (["", "", ""], ""),
            (["0", "0", "0"], ""),
            (["1655.0", "3.0", "7.0"], "1655-03-07"),
            (["1655.0", "", ""], "1655"),
            (["0.0", "0.0", "0.0"], ""),
            (["1655.5", "3", "7"], "1655.5; 3; 7"),
            (["1655", "0", "0"], "1655"),
            (["1655", "n/a", "?"], "1655"),
            (["1655", "March", "7"], "1655-March-7"),
            (["1655", "Mai", ""], "Mai 1655"),
            (["1655", "V", "3"], "1655-V-3"),
            (["1655", "5.", "3."], "1655-05-03"),
            (["1655", "[2]", "[3]"], "1655-02-03"),
            (["1655", "2?", ""], "1655-?02"),
            (["1655", "2", "ca. 3"], "1655-02-~03"),
            (["1655?", "2", "3"], "1655?-02-03"),
            (["165?", "2", ""], "165X-02"),
            (["ca. 1655", "", ""], "ca. 1655"),
            (["1655", "2-3", ""], "1655; 2-3"),
            (["1655", "vor 2", "3"], "1655; vor 2; 3"),
            (["50", "2", "1"], "50; 2; 1"),
            (["1655", "24", ""], "1655; 24"),
            (["1655", "2", "32"], "1655; 2; 32"),
            (["", "2", "3"], "2; 3"),
        ] {
            assert_eq!(joined(&cells), expected, "{cells:?}");
        }
    }
}
