//! Dates of other calendars than the Gregorian, which is that of EDTF: what the source has is kept, and converted.

use crate::model::{Concept, Date, DateProblem, Original, republican};
use edtf_calendars::{JulianDate, julian_to_gregorian};
use edtf_core::{Bound, BoundDate};

impl Original {
    /// Of a stretch of time the last day on which it can begin and the first on which it can end, in the Gregorian calendar.
    pub(super) fn inner_days(&self) -> Option<(Bound, Bound)> {
        let (from, to) = self.date.as_ref()?.split_once('/')?;
        let (from, to) = in_order(end(from, self.calendar).ok()?, end(to, self.calendar).ok()?);
        let bound = |day: Option<BoundDate>| day.map_or(Bound::Unknown, Bound::Date);
        Some((bound(from.map(|part| part.last())), bound(to.map(|part| part.first()))))
    }
}

/// The day on which a year begins in the Old Style, and the year of the Julian calendar with it.
const LADY_DAY: (u8, u8) = (3, 25);

impl Date {
    /// Converts a date of another calendar into EDTF: a day, a month or a year, or a stretch between two of them.
    ///
    /// A sign of doubt behind a day stays there. Behind a month or a year, which is a choice of days in EDTF that can have no
    /// sign, it stays with the original.
    pub fn converted(original: &str, calendar: Concept) -> Result<Self, DateProblem> {
        let edtf = match original.split_once('/') {
            None => part(original, calendar)?.choice(),
            Some((from, to)) => {
                let (from, to) = in_order(end(from, calendar)?, end(to, calendar)?);
                let signs = [&from, &to].into_iter().flatten().all(|part| part.sign.is_empty() || part.day().is_some());
                let shown = |part: &Option<CalendarDate>, day: fn(&CalendarDate) -> BoundDate, open: &str| match part {
                    Some(part) if signs => format!("{}{}", day(part), part.sign),
                    Some(part) => day(part).to_string(),
                    None => open.to_owned(),
                };
                let open = |text: &str| if text.contains("..") { ".." } else { "" };
                let (before, after) = original.split_once('/').unwrap_or_default();
                format!(
                    "{}/{}",
                    shown(&from, CalendarDate::first, open(before)),
                    shown(&to, CalendarDate::last, open(after))
                )
            }
        };
        let date = Self::parse(&edtf)?;
        let original_date = Original { calendar, date: Some(original.to_owned()) };
        Ok(Self { words: original.to_owned(), original: Some(Box::new(original_date)), ..date })
    }

    /// Whether it can be the same as another: they have a day in common.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let known = |day: &Option<String>| day.as_deref().and_then(Self::number_of);
        let begins_in_time = |one: &Self, two: &Self| {
            known(&one.earliest).zip(known(&two.latest)).is_none_or(|(first, last)| first <= last)
        };
        begins_in_time(self, other) && begins_in_time(other, self)
    }

    /// Whether it can be every day that another can be.
    pub fn holds(&self, other: &Self) -> bool {
        let number = |day: &Option<String>| day.as_deref().and_then(Self::number_of);
        let holds = |own: &Option<String>, others: &Option<String>, is_in: fn(i64, i64) -> bool| match number(own) {
            Some(own) => number(others).is_some_and(|other| is_in(own, other)),
            None => own.is_none(),
        };
        holds(&self.earliest, &other.earliest, |own, other| own <= other)
            && holds(&self.latest, &other.latest, |own, other| own >= other)
    }
}

/// One end of a stretch; nothing where it is open or unknown.
fn end(text: &str, calendar: Concept) -> Result<Option<CalendarDate>, DateProblem> {
    if text.is_empty() || text == ".." { Ok(None) } else { part(text, calendar).map(Some) }
}

/// The ends of a stretch with those of their days that are in order: the month in which years begin is in each year twice, and
/// what goes on from February to March ends in that which comes after it.
fn in_order(
    mut from: Option<CalendarDate>,
    mut to: Option<CalendarDate>,
) -> (Option<CalendarDate>, Option<CalendarDate>) {
    if let (Some(from), Some(to)) = (&mut from, &mut to) {
        let (first, last) = (from.first(), to.last());
        if first <= last {
            to.stretches.retain(|(_, end)| *end >= first);
            from.stretches.retain(|(begin, _)| *begin <= last);
        }
    }
    (from, to)
}

/// A date of another calendar, in the Gregorian: stretches of days, one or two, and the sign behind it.
struct CalendarDate {
    stretches: Vec<(BoundDate, BoundDate)>,
    sign: String,
}

impl CalendarDate {
    fn first(&self) -> BoundDate {
        self.stretches[0].0
    }

    fn last(&self) -> BoundDate {
        self.stretches[self.stretches.len() - 1].1
    }

    /// The day, if it is one.
    fn day(&self) -> Option<BoundDate> {
        (self.first() == self.last()).then(|| self.first())
    }

    /// One of its days.
    fn choice(&self) -> String {
        if let Some(day) = self.day() {
            return format!("{day}{}", self.sign);
        }
        let stretches = self.stretches.iter().map(|(first, last)| format!("{first}..{last}"));
        format!("[{}]", stretches.collect::<Vec<_>>().join(","))
    }
}

fn part(text: &str, calendar: Concept) -> Result<CalendarDate, DateProblem> {
    const FORM: &str = "a date of another calendar is a day, a month or a year from 0001 to 9999, as in 1648-10-30, or two \
                        with / between";
    const NO_REPUBLICAN: &str = "a date of the Republic is of the years 0001 to 0014, until 0014-04-10; its months have 30 days, and \
                                 the thirteenth is that of the 5 or 6 days at the end of the year";
    const NO_DAY: &str = "no month has this day";
    const NO_DAY_OF_NEXT: &str = "no month has this day; in old-style years begin on 25 March, and so January, February and \
                                  most of March are those of the next year";
    let invalid = |why| DateProblem::Invalid(why, 0);
    let figures = text.trim_end_matches(['?', '~', '%']);
    let sign = text[figures.len()..].to_owned();
    let mut parts = figures.split('-');
    let number = |part: &str, length: usize| {
        let fits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| fits)
    };
    let small = |part: &str| number(part, 2).and_then(|number| u8::try_from(number).ok());
    let year = parts.next().and_then(|part| number(part, 4)).ok_or(invalid(FORM))?;
    let month = parts.next().map(|part| small(part).ok_or(invalid(FORM))).transpose()?;
    let day = parts.next().map(|part| small(part).ok_or(invalid(FORM))).transpose()?;
    if parts.next().is_some() {
        return Err(invalid(FORM));
    }
    if calendar == "republican" {
        let stretch = republican::days(year, month, day).ok_or(invalid(NO_REPUBLICAN))?;
        return Ok(CalendarDate { stretches: vec![stretch], sign });
    }
    if year == 0 {
        return Err(invalid("no historical calendar has a year 0; 1 BC is the year before 1 AD"));
    }
    let year = i64::from(year);
    let begins = if calendar == "old-style" { LADY_DAY } else { (1, 1) };
    // A year that begins in March goes on in the next one of the Julian calendar.
    let julian = |month: u8, day: u8| {
        let (year, problem) = if (month, day) < begins { (year + 1, NO_DAY_OF_NEXT) } else { (year, NO_DAY) };
        julian_to_gregorian(JulianDate { year, month, day }).map_err(|_| invalid(problem))
    };
    let last_of =
        |month: u8| (28..=31).rev().find_map(|day| julian(month, day).ok()).ok_or(invalid("no year has this month"));
    let stretches = match (month, day) {
        (Some(month), Some(day)) => vec![(julian(month, day)?, julian(month, day)?)],
        // The month in which the year begins is in it twice, at its beginning and at its end.
        (Some(month), None) if month == begins.0 && begins.1 > 1 => {
            vec![(julian(month, begins.1)?, last_of(month)?), (julian(month, 1)?, julian(month, begins.1 - 1)?)]
        }
        (Some(month), None) => vec![(julian(month, 1)?, last_of(month)?)],
        (None, _) if begins == (1, 1) => vec![(julian(1, 1)?, julian(12, 31)?)],
        (None, _) => vec![(julian(begins.0, begins.1)?, julian(begins.0, begins.1 - 1)?)],
    };
    Ok(CalendarDate { stretches, sign })
}

#[cfg(test)]
mod tests {
    use crate::model::Date;

    #[test]
    fn dates_of_other_calendars_are_converted_and_kept() {
        for (original, calendar, edtf) in [
            ("1648-10-30", "julian", "1648-11-09"),
            ("1648-10-30?", "julian", "1648-11-09?"),
            ("1700-02-29", "julian", "1700-03-11"),
            ("1917", "julian", "[1917-01-14..1918-01-13]"),
            ("1917~", "julian", "[1917-01-14..1918-01-13]"),
            ("1648-10?", "julian", "[1648-10-11..1648-11-10]"),
            ("1648-10-30~/1648-11-02", "julian", "1648-11-09~/1648-11-12"),
            ("1648-10-30~/1648~", "julian", "1648-11-09/1649-01-10"),
            ("../1648", "julian", "../1649-01-10"),
            ("/1648", "julian", "/1649-01-10"),
            ("1648-10", "julian", "[1648-10-11..1648-11-10]"),
            ("1648-10-30/1648-11-02", "julian", "1648-11-09/1648-11-12"),
            ("1648-10/..", "julian", "1648-10-11/.."),
            ("1672-03-05", "old-style", "1673-03-15"),
            ("1672-03-25", "old-style", "1672-04-04"),
            ("1672-12-25", "old-style", "1673-01-04"),
            ("1672", "old-style", "[1672-04-04..1673-04-03]"),
            ("1672-03", "old-style", "[1672-04-04..1672-04-10,1673-03-11..1673-04-03]"),
            ("1672-01", "old-style", "[1673-01-11..1673-02-10]"),
        ] {
            let date = Date::converted(original, calendar).unwrap_or_else(|why| panic!("{original}: {why:?}"));
            assert_eq!(date.edtf.as_deref(), Some(edtf), "{original}");
            assert_eq!(date.words, original);
        }
        for original in ["1648-02-30", "1648-13", "0000-01-01", "648", "1648-1-1", "1648-10-30-01", "", "30 Oct 1648"] {
            assert!(Date::converted(original, "julian").is_err(), "{original}");
        }
    }

    #[test]
    fn dates_agree_that_have_a_day_in_common() {
        let agree = |one, two| Date::parse(one).expect("a date").agrees_with(&Date::parse(two).expect("a date"));
        assert!(agree("1648-11-09", "1648-11") && agree("1648", "1648-11") && agree("1648-11-09", "../1650"));
        let julian = Date::converted("1672", "julian").expect("a date");
        assert!(julian.agrees_with(&Date::parse("1672").expect("a date")));
        assert!(!agree("1648-11-09", "1648-11-10") && !agree("1648-11", "1648-12-01"));
    }
}
