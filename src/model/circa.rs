//! How far "about" reaches.

use edtf_core::{Bound, BoundDate, Bounds, Date, Edtf, IntervalEndpoint, Precision, SetElement};
use std::collections::BTreeSet;

/// How far a date that is called about reaches on either side, by how exact it is otherwise. EDTF leaves this open, and so
/// it is nothing until a project says how it uses the sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circa {
    /// Of a year and what is less exact: so many years.
    pub years: u16,
    /// Of a month or a season: so many months.
    pub months: u16,
    /// Of a day: so many days.
    pub days: u16,
}

impl Circa {
    /// Whether it reaches no further than the date itself.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// How far it reaches of a date that is so exact, and in which unit, as durations of XML Schema name them.
    fn of(&self, precision: Precision) -> (u16, char) {
        match precision {
            Precision::Day => (self.days, 'D'),
            Precision::Month | Precision::Season => (self.months, 'M'),
            _ => (self.years, 'Y'),
        }
    }
}

/// The first and the last day that a date can mean, where what is called about is taken to reach so far. `days` are those
/// without it; `signed` is the expression that has the signs: that of the date, or that which it was converted from.
pub(super) fn bounds(days: Bounds, signed: &Edtf, circa: &Circa) -> Bounds {
    let (first, last) = match signed {
        Edtf::Date(date) => (Some(date), Some(date)),
        Edtf::Interval(interval) => (dated(&interval.start), dated(&interval.end)),
        Edtf::DateTime(_) => (None, None),
        Edtf::Set(set) => {
            return set.elements.iter().flat_map(dates_of).fold(days, |all, date| widened(all, date, circa));
        }
    };
    Bounds {
        earliest: first.map_or(days.earliest, |date| reached(days.earliest, date, circa, -1)),
        latest: last.map_or(days.latest, |date| reached(days.latest, date, circa, 1)),
    }
}

/// Bounds that hold those of a date too.
fn widened(bounds: Bounds, date: &Date, circa: &Circa) -> Bounds {
    let edtf = Edtf::Date(*date);
    let of_date = self::bounds(edtf.bounds(), &edtf, circa);
    let choose = |one, two, of: fn(BoundDate, BoundDate) -> BoundDate| match (one, two) {
        (Bound::Date(one), Bound::Date(two)) => Bound::Date(of(one, two)),
        (one, _) => one,
    };
    Bounds {
        earliest: choose(bounds.earliest, of_date.earliest, Ord::min),
        latest: choose(bounds.latest, of_date.latest, Ord::max),
    }
}

/// The last day on which a stretch of time can begin and the first on which it can end, where what is called about is taken
/// to reach so far; `signed` is the expression that has the signs.
pub(super) fn inner_bounds((begin, end): (Bound, Bound), signed: &Edtf, circa: &Circa) -> (Bound, Bound) {
    let Edtf::Interval(signed) = signed else { return (begin, end) };
    let reached =
        |bound, end: &IntervalEndpoint, sign| dated(end).map_or(bound, |date| reached(bound, date, circa, sign));
    (reached(begin, &signed.start, 1), reached(end, &signed.end, -1))
}

/// The same without the signs; nothing where the expression is no stretch of time.
pub(super) fn inner_days(edtf: &Edtf) -> Option<(Bound, Bound)> {
    let Edtf::Interval(interval) = edtf else { return None };
    let days = |end: &IntervalEndpoint| dated(end).map(|date| Edtf::Date(*date).bounds());
    let (begin, end) = (days(&interval.start), days(&interval.end));
    Some((begin.map_or(Bound::Unknown, |days| days.latest), end.map_or(Bound::Unknown, |days| days.earliest)))
}

/// How far the parts of an expression reach that are called about, as durations of XML Schema.
pub(super) fn widths(edtf: &Edtf, circa: &Circa) -> BTreeSet<String> {
    let dates: Vec<&Date> = match edtf {
        Edtf::Date(date) => vec![date],
        Edtf::DateTime(_) => Vec::new(),
        Edtf::Interval(interval) => [&interval.start, &interval.end].into_iter().filter_map(dated).collect(),
        Edtf::Set(set) => set.elements.iter().flat_map(dates_of).collect(),
    };
    let is_moved = |date: &&Date| {
        let latest = Edtf::Date(**date).bounds().latest;
        reached(latest, date, circa, 1) != latest
    };
    let widths = dates.into_iter().filter(is_moved).map(|date| circa.of(date.precision()));
    widths.map(|(reach, unit)| format!("P{reach}{unit}")).collect()
}

fn dated(end: &IntervalEndpoint) -> Option<&Date> {
    match end {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) | IntervalEndpoint::OnOrBefore(date) => {
            Some(date)
        }
        _ => None,
    }
}

fn dates_of(element: &SetElement) -> Vec<&Date> {
    match element {
        SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => vec![date],
        SetElement::Range(first, last) => vec![first, last],
    }
}

/// The bound of a date, moved where the date is called about.
fn reached(bound: Bound, date: &Date, circa: &Circa, sign: i64) -> Bound {
    match bound {
        Bound::Date(day) if date.is_approximate() && day.year.abs() < FAR_YEAR => {
            Bound::Date(moved(day, date.precision(), circa, sign))
        }
        bound => bound,
    }
}

/// Years beyond this one are not reckoned with: "about" adds nothing to them.
pub(super) const FAR_YEAR: i64 = 1_000_000_000_000;

fn moved(day: BoundDate, precision: Precision, circa: &Circa, sign: i64) -> BoundDate {
    let reach = sign * i64::from(circa.of(precision).0);
    let months = match precision {
        Precision::Day => return day_of_number(number_of_day(day) + reach),
        Precision::Month | Precision::Season => reach,
        _ => 12 * reach,
    };
    let month = day.year * 12 + i64::from(day.month) - 1 + months;
    let first = |month: i64| BoundDate {
        year: month.div_euclid(12),
        month: u8::try_from(month.rem_euclid(12) + 1).expect("a year has twelve months"),
        day: 1,
    };
    let last_day = |month: i64| day_of_number(number_of_day(first(month + 1)) - 1).day;
    // The last day of a month stays that in a month of another length.
    let is_last = day.day == last_day(month - months);
    let last = last_day(month);
    BoundDate { day: if is_last && sign > 0 { last } else { day.day.min(last) }, ..first(month) }
}

/// A day of the Gregorian calendar as a number that grows by one each day (Richards, in the Explanatory Supplement to the
/// Astronomical Almanac, section 15.11), counted from 1 March of the year 0.
pub(super) fn number_of_day(day: BoundDate) -> i64 {
    let (month, year) =
        if day.month > 2 { (i64::from(day.month) - 3, day.year) } else { (i64::from(day.month) + 9, day.year - 1) };
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + i64::from(day.day)
        - 1
}

/// The day of a number.
pub(super) fn day_of_number(number: i64) -> BoundDate {
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, years) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let small = |number: i64| u8::try_from(number).expect("months and days are small");
    BoundDate { year: era * 400 + year_of_era + years, month: small(month), day: small(day) }
}

#[cfg(test)]
mod tests {
    use super::{Circa, bounds, day_of_number, number_of_day};
    use edtf_core::{Bound, Edtf};

    #[test]
    fn days_and_numbers_are_each_others() {
        for number in (-4_400_000..4_400_000).step_by(97) {
            assert_eq!(number_of_day(day_of_number(number)), number);
        }
        assert_eq!(day_of_number(number_of_day(day_of_number(59)) + 1), day_of_number(60));
    }

    #[test]
    fn about_reaches_as_far_as_is_said() {
        let circa = Circa { years: 5, months: 1, days: 3 };
        let shown = |edtf: &str| {
            let edtf = Edtf::parse(edtf).expect("it is EDTF");
            let bounds = bounds(edtf.bounds(), &edtf, &circa);
            let day = |bound| match bound {
                Bound::Date(day) => day.to_string(),
                _ => "open".to_owned(),
            };
            format!("{} {}", day(bounds.earliest), day(bounds.latest))
        };
        for (edtf, expected) in [
            ("1672", "1672-01-01 1672-12-31"),
            ("1672~", "1667-01-01 1677-12-31"),
            ("1672%", "1667-01-01 1677-12-31"),
            ("1672?", "1672-01-01 1672-12-31"),
            ("167X~", "1665-01-01 1684-12-31"),
            ("1672-03~", "1672-02-01 1672-04-30"),
            ("1672-01~", "1671-12-01 1672-02-29"),
            ("1672-03-01~", "1672-02-27 1672-03-04"),
            ("1838~/1851-01-31", "1833-01-01 1851-01-31"),
            ("1838/1851~", "1838-01-01 1856-12-31"),
            ("../1851~", "open 1856-12-31"),
            ("[1803,1805~]", "1800-01-01 1810-12-31"),
        ] {
            assert_eq!(shown(edtf), expected, "{edtf}");
        }
    }
}
