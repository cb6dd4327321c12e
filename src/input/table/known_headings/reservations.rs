//! The known headings of how sure the rest is, and of calendars: those of exports and forms of EMLO.

use crate::project::Role;

pub(super) const HEADINGS: &[(Role, &[(&str, &str)])] = &[
    (
        Role::SenderUncertain,
        &[("en", "author uncertain, authors uncertain, sender uncertain, author uncertain (0=No; 1=Yes)")],
    ),
    (Role::SenderPlaceUncertain, &[("en", "origin uncertain, sender place uncertain, origin uncertain (0=No; 1=Yes)")]),
    (
        Role::SentDateUncertain,
        &[("en", "date uncertain, date of work uncertain, sent date uncertain, date uncertain (0=No; 1=Yes)")],
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
        &[("en", "recipient uncertain, addressee uncertain, addressees uncertain, recipient uncertain (0=No; 1=Yes)")],
    ),
    (
        Role::RecipientPlaceUncertain,
        &[("en", "destination uncertain, recipient place uncertain, destination uncertain (0=No; 1=Yes)")],
    ),
];
