//! How exact the days of a cell are, by the format that the cell shows them in.

use calamine::Style;

/// How much of a day a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    Day,
    Month,
    Year,
}

impl Shows {
    /// What a style shows.
    pub(super) fn of(style: &Style) -> Self {
        style.number_format.as_ref().map_or(Self::Day, |format| Self::of_code(&format.format_code))
    }

    /// What a format code shows (ECMA-376, part 1, section 18.8.31): `d`, `m` and `y` are the day, the month and the
    /// year, but not in quotation marks, in brackets, or behind a mark that makes them letters.
    fn of_code(code: &str) -> Self {
        let (mut day, mut month, mut year, mut other) = (false, false, false, false);
        // Only what stands before the first semicolon is for numbers that are not negative.
        let mut letters = code.split(';').next().unwrap_or_default().chars();
        while let Some(letter) = letters.next() {
            match letter.to_ascii_lowercase() {
                '"' => letters.by_ref().take_while(|letter| *letter != '"').for_each(drop),
                '[' => letters.by_ref().take_while(|letter| *letter != ']').for_each(drop),
                '\\' | '_' | '*' => drop(letters.next()),
                'd' => day = true,
                'm' => month = true,
                'y' => year = true,
                'h' | 's' => other = true,
                _ => {}
            }
        }
        match (year && !day && !other, month) {
            (true, true) => Self::Month,
            (true, false) => Self::Year,
            (false, _) => Self::Day,
        }
    }

    /// As much of a day as is shown; what is no day stays.
    pub(super) fn cut(self, mut day: String) -> String {
        let is_day = day.len() >= 10 && day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-';
        match self {
            Self::Year if is_day => day.truncate(4),
            Self::Month if is_day => day.truncate(7),
            _ => {}
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::Shows;

    #[test]
    fn what_is_not_shown_is_not_said() {
        for (code, shows) in [
            ("yyyy", Shows::Year),
            ("YYYY", Shows::Year),
            ("\"d. \"yyyy", Shows::Year),
            ("mmm-yy", Shows::Month),
            ("mmm\\ yyyy", Shows::Month),
            ("[$-407]mmmm\\ yyyy;@", Shows::Month),
            ("yyyy-mm-dd", Shows::Day),
            ("d-mmm", Shows::Day),
            ("General", Shows::Day),
            ("m/d/yyyy h:mm", Shows::Day),
        ] {
            assert_eq!(Shows::of_code(code), shows, "{code}");
        }
        assert_eq!(Shows::Year.cut("1901-02-14".to_owned()), "1901");
        assert_eq!(Shows::Month.cut("1901-02-14T10:00:00".to_owned()), "1901-02");
        assert_eq!(Shows::Year.cut("0.5".to_owned()), "0.5");
    }
}
