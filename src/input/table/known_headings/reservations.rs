//! The known headings of how sure the rest is, and of calendars: those of exports and forms of EMLO.

use crate::project::Role;

/// What columns say how sure it is.
pub(crate) const RESERVATIONS: &[Role] = &[
    Role::SenderUncertain,
    Role::SenderPlaceUncertain,
    Role::SentDateUncertain,
    Role::RecipientUncertain,
    Role::RecipientPlaceUncertain,
];

pub(super) const HEADINGS: &[(Role, &[(&str, &str)])] = &[
    (
        Role::SenderUncertain,
        &[(
            "en",
            "author uncertain, authors uncertain, sender uncertain, author uncertain (0=No; 1=Yes), author inferred, \
             authors inferred, sender inferred, author inferred (0=No; 1=Yes)",
        )],
    ),
    (
        Role::SenderPlaceUncertain,
        &[(
            "en",
            "origin uncertain, sender place uncertain, origin uncertain (0=No; 1=Yes), origin inferred, \
             sender place inferred, origin inferred (0=No; 1=Yes)",
        )],
    ),
    (
        Role::SentDateUncertain,
        &[(
            "en",
            "date uncertain, date of work uncertain, sent date uncertain, date uncertain (0=No; 1=Yes), date inferred, \
             date of work inferred, sent date inferred, date inferred (0=No; 1=Yes), date approximate, \
             date of work approximate, date of work approx, sent date approximate, date approximate (0=No; 1=Yes)",
        )],
    ),
    (
        Role::SentCalendar,
        &[(
            "en",
            "calendar, original calendar, date (OS/NS), OS/NS, calendar of date provided to EMLO, calendar of date provided to EMLO \
             (G=Gregorian; JJ=Julian/year start 1 January; JM=Julian/year start March/U=Unknown)",
        )],
    ),
    (
        Role::RecipientUncertain,
        &[(
            "en",
            "recipient uncertain, addressee uncertain, addressees uncertain, recipient uncertain (0=No; 1=Yes), \
             recipient inferred, addressee inferred, addressees inferred, recipient inferred (0=No; 1=Yes)",
        )],
    ),
    (
        Role::RecipientPlaceUncertain,
        &[(
            "en",
            "destination uncertain, recipient place uncertain, destination uncertain (0=No; 1=Yes), destination inferred, \
             recipient place inferred, destination inferred (0=No; 1=Yes)",
        )],
    ),
];
