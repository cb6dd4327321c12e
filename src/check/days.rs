//! Stretches of days compared: what certainly comes before what, what may, and what cannot.

use crate::model::{Circa, Date};

/// The first and the last day that a date can mean, as numbers that grow by one each day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    /// The lowest number of all where the date is open or unknown.
    earliest: i32,
    /// The highest number of all where the date is open or unknown.
    latest: i32,
    /// Whether the source is sure of it.
    is_sure: bool,
}

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Whatever the dates mean.
    Certain,
    /// With what the dates may mean.
    Possible,
    /// With nothing that the dates can mean, or nothing is known.
    Impossible,
}

impl Days {
    /// The days of a date; nothing where it has none.
    pub(super) fn of(date: &Date, circa: &Circa) -> Option<Self> {
        Self::between(date.bounds(circa), date, circa)
    }

    fn between((earliest, latest): (Option<String>, Option<String>), date: &Date, circa: &Circa) -> Option<Self> {
        let number =
            |day: Option<String>, open| day.map_or(Some(open), |day| i32::try_from(Date::number_of(&day)?).ok());
        let (earliest, latest) = (number(earliest, i32::MIN)?, number(latest, i32::MAX)?);
        (earliest > i32::MIN || latest < i32::MAX).then_some(Self { earliest, latest, is_sure: date.is_sure(circa) })
    }

    /// The days on which a stretch of time begins and those on which it ends; both are those of the date where it is no
    /// stretch but one of several days.
    pub(super) fn ends(date: &Date, circa: &Circa) -> Option<(Self, Self)> {
        let whole = Self::of(date, circa)?;
        if !date.edtf.as_ref().is_some_and(|edtf| edtf.contains('/')) {
            return Some((whole, whole));
        }
        let ((earliest, latest), (latest_begin, earliest_end)) = (date.bounds(circa), date.inner_bounds(circa));
        // It begins before it ends, whatever is open.
        let begins = (earliest.clone(), latest_begin.or_else(|| latest.clone()));
        let ends = (earliest_end.or(earliest), latest);
        Self::between(begins, date, circa).zip(Self::between(ends, date, circa))
    }

    /// The same days of something that may be another.
    pub(super) fn doubted(self) -> Self {
        Self { is_sure: false, ..self }
    }

    /// Whether all of this comes before all of the other.
    pub(super) fn precedes(self, other: Self) -> Verdict {
        let sure = self.is_sure && other.is_sure;
        if self.latest < other.earliest {
            if sure { Verdict::Certain } else { Verdict::Possible }
        } else if self.earliest < other.latest
            && self.earliest > i32::MIN
            && other.latest < i32::MAX
            // Of one and the same stretch of days nothing says which came first.
            && (self.earliest, self.latest) != (other.earliest, other.latest)
        {
            Verdict::Possible
        } else {
            Verdict::Impossible
        }
    }

    /// The days as people read them.
    pub(super) fn shown(self) -> String {
        let day = |number: i32| Date::day_of(i64::from(number));
        match (self.earliest, self.latest) {
            (i32::MIN, latest) => format!("until {}", day(latest)),
            (earliest, i32::MAX) => format!("from {}", day(earliest)),
            (earliest, latest) if earliest == latest => day(earliest),
            (earliest, latest) => {
                let (first, last) = (day(earliest), day(latest));
                let next = day(latest.saturating_add(1));
                let month = first.strip_suffix("-01").filter(|month| last.starts_with(*month) && next.ends_with("-01"));
                match (first.strip_suffix("-01-01"), last.strip_suffix("-12-31")) {
                    (Some(first), Some(last)) if first == last => first.to_owned(),
                    (Some(first), Some(last)) => format!("{first} to {last}"),
                    _ => month.map_or_else(|| format!("{first} to {last}"), str::to_owned),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, Verdict};
    use crate::model::{Circa, Date};

    fn days(edtf: &str, circa: &Circa) -> Days {
        Days::of(&Date::parse(edtf).expect("it is EDTF"), circa).expect("it has days")
    }

    #[test]
    fn one_date_precedes_another_certainly_possibly_or_not() {
        let plain = Circa::default();
        for (one, two, answer) in [
            ("1850", "1851", Verdict::Certain),
            ("1850-03-01", "1850-03-02", Verdict::Certain),
            ("1850-03-01", "1850-03-01", Verdict::Impossible),
            ("1850", "1850", Verdict::Impossible),
            ("1850-03", "1850-03-15", Verdict::Possible),
            ("1850", "1850-01-01", Verdict::Impossible),
            ("1851", "1850", Verdict::Impossible),
            ("1850?", "1851", Verdict::Possible),
            ("1850~", "1851", Verdict::Possible),
            ("../1850", "1851", Verdict::Certain),
            ("../1850", "1850-06", Verdict::Impossible),
            ("1850-06", "1850/..", Verdict::Impossible),
        ] {
            assert_eq!(days(one, &plain).precedes(days(two, &plain)), answer, "{one} before {two}");
        }
        let wide = Circa { years: 5, ..plain };
        assert_eq!(days("1858", &wide).precedes(days("1850~", &wide)), Verdict::Impossible);
        assert_eq!(days("1845-06", &wide).precedes(days("1850~", &wide)), Verdict::Possible);
    }

    #[test]
    fn days_are_shown_as_people_write_them() {
        let shown = |edtf| days(edtf, &Circa::default()).shown();
        assert_eq!(shown("1850"), "1850");
        assert_eq!(shown("1850-03-01"), "1850-03-01");
        assert_eq!(shown("1850-03"), "1850-03");
        assert_eq!(shown("1850-03-01/1850-03-30"), "1850-03-01 to 1850-03-30");
        assert_eq!(shown("1850/1860"), "1850 to 1860");
        assert_eq!(shown("../1850"), "until 1850-12-31");
        assert_eq!(shown("1850/.."), "from 1850-01-01");
    }
}
