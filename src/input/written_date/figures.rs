//! Figures as databases and forms write them: with nothing for an unknown day or month, and with a time of day.

use crate::model::Date;

/// A date of which the day, or the day and the month, are written as unknown: `1848-05-00`, `xx.05.1848`; in EDTF.
pub(super) fn known_parts(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.');
    let sign = ['-', '/', '.'].into_iter().find(|sign| text.matches(*sign).count() == 2)?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()) && part != "0000";
    let is_unknown = |part: &str| {
        (1..=2).contains(&part.len())
            && ["0", "?", "x", "X", "_"].iter().any(|sign| part.trim_matches(|letter| sign.contains(letter)).is_empty())
    };
    let month = |part: &str| {
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u8>().ok().filter(|month| is_number && (1..=12).contains(month))
    };
    let (year, others) = match (is_year(first), is_year(third)) {
        (true, false) => (first, [*second, *third]),
        (false, true) => (third, [*second, *first]),
        _ => return None,
    };
    let edtf = match others.map(is_unknown) {
        [true, true] => (*year).to_owned(),
        [false, true] => format!("{year}-{:02}", month(others[0])?),
        _ => return None,
    };
    Date::parse(&edtf).is_ok().then_some(edtf)
}

/// Figures without the nothing behind their point that spreadsheets write: 1850.0.
pub(super) fn without_fraction(text: &str) -> &str {
    let whole = [".0", ".00", ",0", ",00"].into_iter().find_map(|end| text.strip_suffix(end));
    whole.filter(|whole| !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(text)
}

/// What comes before a time of day in figures: `1848-05-03 00:00:00`.
pub(super) fn before_clock(text: &str) -> Option<&str> {
    let (date, time) = text.rsplit_once([' ', ','])?;
    let parts: Vec<&str> = time.split(':').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let below = |at: usize, limit: f64| parts.get(at).is_none_or(|part| part.parse::<f64>().is_ok_and(|it| it < limit));
    let is_time = (2..=3).contains(&parts.len()) && parts.iter().all(is_number);
    (is_time && below(0, 24.0) && below(1, 60.0) && below(2, 61.0)).then(|| date.trim_end_matches([' ', ',']))
}
