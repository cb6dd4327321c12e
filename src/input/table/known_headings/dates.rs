//! The known headings of dates.

use crate::project::Role;

pub(super) const HEADINGS: &[(Role, &[(&str, &str)])] = &[
    (
        Role::SentDate,
        &[
            (
                "en",
                "sender date, sent date, date, when, EDTF, date sent, date ISO, ISO date, date written, date created, \
                 date of letter, date of writing, date of sending, letter date, date of dispatch, date EDTF, \
                 date of composition, date normalised, date normalized",
            ),
            (
                "de",
                "Datum, Absendedatum, Datierung, Briefdatum, Schreibdatum, Datum des Briefes, Datum Brief, \
                 Datum normiert, Datum ISO, Absendungsdatum, Ausstellungsdatum, Datum der Absendung, Abfassungsdatum, \
                 Versanddatum, Entstehungsdatum",
            ),
            (
                "fr",
                "date de la lettre, date d'envoi, date lettre, date envoi, date d'expédition, date expédition, \
                 date de rédaction, date d'écriture, datation, date de départ",
            ),
            (
                "it",
                "data, data della lettera, data lettera, data di invio, data d'invio, datazione, data di spedizione",
            ),
            (
                "nl",
                "datum van de brief, datering, dagtekening, verzenddatum, datum verzending, datum van verzending, \
                 briefdatering",
            ),
            ("la", "dies, dies et annus, datum epistulae"),
            ("es", "fecha, fecha de la carta, fecha carta, fecha de envío, fecha envío, datación, fecha de emisión"),
            ("pl", "data nadania, data listu, data wysłania, data napisania, datacja"),
        ],
    ),
    (
        Role::SentNotBefore,
        &[
            ("en", "not before, date not before, sent not before, sender date earliest, earliest, earliest date"),
            ("de", "nicht vor, frühestens, terminus post quem"),
            ("fr", "pas avant, date au plus tôt"),
        ],
    ),
    (
        Role::SentNotAfter,
        &[
            ("en", "not after, date not after, sent not after, sender date latest, latest, latest date"),
            ("de", "nicht nach, spätestens, terminus ante quem"),
            ("fr", "pas après, date au plus tard"),
        ],
    ),
    (
        Role::SentDateFrom,
        &[("en", "sender date from, date from, start date, date start"), ("de", "Datum von, Datum ab")],
    ),
    (Role::SentDateTo, &[("en", "sender date to, date to, end date, date end"), ("de", "Datum bis")]),
    (
        Role::SentDateText,
        &[
            (
                "en",
                "sender date text, date text, date words, date as marked, date as marked on letter, date_of_work_as_marked, \
                 original date, original date marked, date as written, date in words, date of letter as marked",
            ),
            ("de", "Datum Text, Datumstext, Datum im Original, Datum laut Brief, Originaldatum, Datum in Worten"),
            ("fr", "date originale, date en toutes lettres, date textuelle"),
            ("it", "data originale"),
            ("nl", "originele datum, datum in woorden"),
            ("es", "fecha original"),
            ("pl", "data oryginalna"),
        ],
    ),
    (
        Role::ReceivedDate,
        &[
            (
                "en",
                "received date, addressee date, recipient date, date received, date of receipt, receipt date, \
                 date of reception",
            ),
            ("de", "Empfangsdatum, Eingangsdatum, Datum des Empfangs"),
            ("fr", "date de réception, date réception, date d'arrivée"),
            ("it", "data di ricezione, data ricezione, data di arrivo"),
            ("nl", "ontvangstdatum, datum van ontvangst, datum ontvangst"),
            ("la", "dies receptionis"),
            ("es", "fecha de recepción, fecha recepción"),
            ("pl", "data odbioru, data otrzymania"),
        ],
    ),
    (Role::ReceivedDateText, &[("en", "received date text, addressee date text, recipient date text")]),
];
