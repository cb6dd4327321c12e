//! How far "about" reaches.

use edtf_core::{Bound, BoundDate, Bounds, Date, Edtf, IntervalEndpoint, Precision, SetElement};

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
}

/// The first and the last day that an expression can mean.
pub(super) fn bounds(edtf: &Edtf, circa: &Circa) -> Bounds {
    let of = |date: &Date| of_date(date, circa);
    match edtf {
        Edtf::Date(date) => of(date),
        Edtf::DateTime(_) => edtf.bounds(),
        Edtf::Interval(interval) => {
            let plain = edtf.bounds();
            let earliest = match &interval.start {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => of(date).earliest,
                _ => plain.earliest,
            };
            let latest = match &interval.end {
                IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => of(date).latest,
                _ => plain.latest,
            };
            Bounds { earliest, latest }
        }
        Edtf::Set(set) => {
            let plain = edtf.bounds();
            let dates = set.elements.iter().flat_map(|element| match element {
                SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => vec![date],
                SetElement::Range(first, last) => vec![first, last],
            });
            let mut bounds = plain;
            for of_element in dates.map(of) {
                if let (Bound::Date(known), Bound::Date(day)) = (bounds.earliest, of_element.earliest) {
                    bounds.earliest = Bound::Date(known.min(day));
                }
                if let (Bound::Date(known), Bound::Date(day)) = (bounds.latest, of_element.latest) {
                    bounds.latest = Bound::Date(known.max(day));
                }
            }
            bounds
        }
    }
}

fn of_date(date: &Date, circa: &Circa) -> Bounds {
    let plain = Edtf::Date(*date).bounds();
    if !date.is_approximate() {
        return plain;
    }
    let moved = |bound, sign| match bound {
        Bound::Date(day) => Bound::Date(moved(day, date.precision(), circa, sign)),
        open => open,
    };
    Bounds { earliest: moved(plain.earliest, -1), latest: moved(plain.latest, 1) }
}

fn moved(day: BoundDate, precision: Precision, circa: &Circa, sign: i64) -> BoundDate {
    match precision {
        Precision::Day => day_of_number(number_of_day(day) + sign * i64::from(circa.days)),
        Precision::Month | Precision::Season => {
            let months = day.year * 12 + i64::from(day.month) - 1 + sign * i64::from(circa.months);
            let month = u8::try_from(months.rem_euclid(12) + 1).expect("a year has twelve months");
            within_month(BoundDate { year: months.div_euclid(12), month, day: day.day }, sign)
        }
        _ => within_month(BoundDate { year: day.year + sign * i64::from(circa.years), ..day }, sign),
    }
}

/// The first or the last day of a month stays that in a month of another length.
fn within_month(day: BoundDate, sign: i64) -> BoundDate {
    if sign < 0 {
        return day;
    }
    let next = match day.month {
        12 => BoundDate { year: day.year + 1, month: 1, day: 1 },
        month => BoundDate { month: month + 1, day: 1, ..day },
    };
    day_of_number(number_of_day(next) - 1)
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
            let bounds = bounds(&Edtf::parse(edtf).expect("it is EDTF"), &circa);
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
