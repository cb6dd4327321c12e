//! The calendar of the French Republic, in the days of the Gregorian calendar.

use crate::model::circa::{day_of_number, number_of_day};
use edtf_core::BoundDate;

/// The day of September 1792 to 1805 on which each year of the Republic began: that of the autumnal equinox at Paris, as it
/// was proclaimed.
const NEW_YEARS: [u8; 14] = [22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23];
/// The Gregorian year in which the first one began.
const FIRST_YEAR: i64 = 1792;
/// The last day of the calendar, 10 nivôse of the year XIV.
const LAST: BoundDate = BoundDate { year: 1805, month: 12, day: 31 };

/// The first and the last day of a year, a month or a day; nothing where the Republic had none such.
pub(super) fn days(year: u16, month: Option<u8>, day: Option<u8>) -> Option<(BoundDate, BoundDate)> {
    let first = new_year(year)?;
    let (begin, length) = match (month, day) {
        (None, _) => (0, length_of_year(year)),
        (Some(month), None) => (30 * (i64::from(month) - 1), length_of_month(year, month)?),
        (Some(month), Some(day)) => {
            let fits = day > 0 && i64::from(day) <= length_of_month(year, month)?;
            (fits.then(|| 30 * (i64::from(month) - 1) + i64::from(day) - 1)?, 1)
        }
    };
    let (begin, last) = (first + begin, number_of_day(LAST));
    (begin <= last).then(|| (day_of_number(begin), day_of_number((begin + length - 1).min(last))))
}

fn new_year(year: u16) -> Option<i64> {
    let place = usize::from(year.checked_sub(1)?);
    let day = *NEW_YEARS.get(place)?;
    Some(number_of_day(BoundDate { year: FIRST_YEAR + i64::from(year) - 1, month: 9, day }))
}

/// Every fourth year, from the third on, had a day more.
fn length_of_year(year: u16) -> i64 {
    if year % 4 == 3 { 366 } else { 365 }
}

fn length_of_month(year: u16, month: u8) -> Option<i64> {
    match month {
        1..=12 => Some(30),
        13 => Some(length_of_year(year) - 360),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{days, length_of_year, new_year};

    #[test]
    fn days_of_the_republic_are_those_of_the_decrees() {
        for (year, month, day, gregorian) in [
            (1, 1, 1, "1792-09-22"),
            (2, 5, 16, "1794-02-04"),
            (2, 11, 9, "1794-07-27"),
            (2, 11, 12, "1794-07-30"),
            (3, 13, 6, "1795-09-22"),
            (4, 1, 13, "1795-10-05"),
            (8, 2, 18, "1799-11-09"),
            (12, 1, 1, "1803-09-24"),
            (14, 4, 10, "1805-12-31"),
        ] {
            let (first, last) = days(year, Some(month), Some(day)).expect("the Republic had this day");
            assert_eq!((first.to_string(), last.to_string()), (gregorian.to_owned(), gregorian.to_owned()));
        }
        for (year, month, day) in
            [(2, 13, 6), (2, 11, 31), (2, 14, 1), (14, 4, 11), (15, 1, 1), (0, 1, 1), (2, 0, 1), (2, 1, 0)]
        {
            assert_eq!(days(year, Some(month), Some(day)), None, "{year} {month} {day}");
        }
        let (first, last) = days(2, None, None).expect("the year was");
        assert_eq!((first.to_string(), last.to_string()), ("1793-09-22".to_owned(), "1794-09-21".to_owned()));
    }

    #[test]
    fn years_follow_each_other() {
        for year in 1..14 {
            let first = |year| new_year(year).expect("the year was");
            assert_eq!(first(year + 1) - first(year), length_of_year(year), "{year}");
        }
    }
}
