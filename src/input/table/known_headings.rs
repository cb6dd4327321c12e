//! The headings of letter tables that mean something without being told: by what they mean and by language.

use crate::project::Role;

/// The headings of a role: by language, divided by commas.
type OfRole = (Role, &'static [(&'static str, &'static str)]);

/// What columns are called. Headings are compared without capitals, accents, blanks and marks; never by what the cells
/// hold. Of two columns for one role, the one whose heading comes first here is taken. What is called the same in two
/// languages means the same in both; what could mean two things is not here.
pub(crate) const HEADINGS: &[OfRole] = &[
    (
        Role::Key,
        &[
            (
                "en",
                "key, id, nr, no, number, letter id, letter number, letter no, identifier, EMLO letter ID number, \
                 EMLO letter ID, iwork_id, work letter ID, letter key, record ID, record number",
            ),
            ("de", "nummer, lfd. Nr., laufende Nummer, Briefnummer, Brief-Nr., Brief-ID, Datensatznummer"),
            ("fr", "numéro, n, n°, identifiant, identifiant de la lettre, numéro de la lettre, numéro lettre"),
            ("it", "numero, numero lettera, numero della lettera, identificativo, id lettera"),
            ("nl", "nummer brief, briefnummer, volgnummer, brief id"),
            ("la", "numerus, numerus epistulae"),
            ("es", "número, número de carta, identificador, id carta"),
            ("pl", "numer, lp., identyfikator, numer listu, id listu"),
        ],
    ),
    (
        Role::Sender,
        &[
            (
                "en",
                "sender, from, author, writer, sender name, sender's name, from name, author name, written by, sent by, \
                 authors, author(s), author_names, senders, sender(s), writers, correspondent from, letter writer, \
                 author/sender",
            ),
            (
                "de",
                "Absender, Verfasser, Schreiber, von, Absenderin, Absendername, Name des Absenders, Verfasserin, \
                 Briefschreiber, Briefschreiberin, Schreiberin, Autor, Autorin, Briefautor, Absender/in, Absender/innen, \
                 Absender:in, Autor/in, Autoren, Verfasser/in, Verfassername, Adressant",
            ),
            (
                "fr",
                "expéditeur, auteur, de, expéditrice, nom de l'expéditeur, auteur de la lettre, nom expéditeur, auteurs, \
                 autrice, scripteur, émetteur, expéditeurs, signataire, épistolier",
            ),
            ("it", "mittente, da, autore, scrivente, nome mittente, autrice, nome del mittente, autori, mittenti"),
            (
                "nl",
                "afzender, van, afzendernaam, schrijver, briefschrijver, naam afzender, auteur brief, schrijfster, \
                 afzenders, afzendster",
            ),
            ("la", "auctor, scriptor, epistolographus, a quo, nomen auctoris"),
            ("es", "remitente, emisor, emisora, nombre remitente, autora, nombre del remitente, remitentes"),
            ("pl", "nadawca, autor listu, nadawczyni, od, od kogo, piszący, autorka"),
        ],
    ),
    (
        Role::SenderId,
        &[
            ("en", "sender id, sender gnd, sender viaf, from id, author id, author gnd"),
            ("de", "Absender-ID, Absender-GND"),
        ],
    ),
    (
        Role::SenderPlace,
        &[
            (
                "en",
                "sender place, from place, origin, source city, place from, place of writing, place, place of origin, \
                 place sent, place written, place of sending, place of dispatch, origin name, origin (standardised), \
                 origin (standardized), origin place, sent from place, sender's place, written at, city of origin, \
                 place of composition, sender location, sender city, from location, from city, author location, author place, \
                 origin city, letter place",
            ),
            (
                "de",
                "Absenderort, Absendeort, Schreibort, Ort, Entstehungsort, Absendungsort, Ausstellungsort, Herkunftsort, \
                 Abfassungsort, Absenderadresse Ort, Ort Absender, Versandort, Schreiborte",
            ),
            (
                "fr",
                "lieu expédition, lieu, lieu d'expédition, lieu d'envoi, lieu d'écriture, lieu envoi, lieu d'origine, \
                 lieu de départ, lieu de rédaction, lieu de l'expéditeur, lieu expéditeur, lieu d'émission, \
                 ville d'expédition, ville d'envoi",
            ),
            (
                "it",
                "luogo, luogo di spedizione, luogo di invio, luogo mittente, luogo del mittente, luogo di partenza, \
                 luogo di origine, luogo di scrittura, luogo d'invio",
            ),
            (
                "nl",
                "plaats afzender, plaats, plaats van verzending, plaats van afzender, verzendplaats, plaats van herkomst, \
                 plaats van schrijven, afzendplaats",
            ),
            ("la", "locus, unde, locus scriptionis, ubi scripta"),
            (
                "es",
                "lugar, lugar de envío, lugar de origen, lugar envío, lugar de emisión, origen, lugar de remisión, \
                 lugar del remitente, lugar de escritura",
            ),
            ("pl", "miejsce, miejsce nadania, miejsce wysłania, skąd, miejsce nadawcy, miejsce napisania, miejscowość"),
        ],
    ),
    (
        Role::SenderPlaceId,
        &[("en", "sender place id, from geo, from geonames, from place id"), ("de", "Absendeort-ID, Absenderort-ID")],
    ),
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
                 Versanddatum",
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
                 original date, original date marked, date as written, date in words",
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
        Role::Recipient,
        &[
            (
                "en",
                "recipient, addressee, to, receiver, to name, recipient name, recipient's name, addressee name, \
                 addressee's name, receiver name, sent to, addressees, addressee(s), addressee_names, recipients, \
                 recipient(s), receivers, written to, addressed to, sent to name",
            ),
            (
                "de",
                "Empfänger, Adressat, an, Empfängerin, Empfängername, Name des Empfängers, Adressatin, Briefempfänger, \
                 Empfänger/in, Empfänger:in, Empfänger/innen, Adressaten, Adressat/in, Briefempfängerin, an wen",
            ),
            (
                "fr",
                "destinataire, à, destinatrice, nom du destinataire, destinataires, nom destinataire, récipiendaire, \
                 adressé à, envoyé à",
            ),
            ("it", "destinatario, destinataria, nome destinatario, nome del destinatario, destinatari, indirizzata a"),
            (
                "nl",
                "geadresseerde, ontvanger, aan, ontvangernaam, naam ontvanger, geadresseerden, ontvangers, bestemmeling, \
                 ontvangster",
            ),
            ("la", "ad quem, destinatarius, ad, recipiens, cui, nomen destinatarii, ad quos"),
            ("es", "para, receptor, nombre destinatario, receptora, nombre del destinatario, destinatarios"),
            ("pl", "adresat, odbiorca, do, do kogo, adresatka, odbiorczyni, adresaci"),
        ],
    ),
    (
        Role::RecipientId,
        &[
            ("en", "recipient id, recipient gnd, recipient viaf, addressee id, addressee gnd, to id"),
            ("de", "Empfänger-ID, Empfänger-GND"),
        ],
    ),
    (
        Role::RecipientPlace,
        &[
            (
                "en",
                "recipient place, addressee place, to place, destination, destination city, place to, place of receipt, \
                 place received, place of destination, place of addressee, destination name, destination (standardised), \
                 destination (standardized), destination place, sent to place, recipient's place, recipient location, recipient city, to location, to city, addressee location, \
                 addressee city",
            ),
            ("de", "Empfangsort, Empfängerort, Zielort, Bestimmungsort, Ort Empfänger, Adressatenort, Empfangsorte"),
            (
                "fr",
                "lieu de réception, lieu de destination, lieu réception, lieu destination, lieu d'arrivée, \
                 lieu du destinataire, lieu destinataire, ville de destination",
            ),
            (
                "it",
                "luogo di destinazione, luogo di ricezione, destinazione, luogo destinatario, luogo del destinatario, \
                 luogo di arrivo",
            ),
            ("nl", "plaats van ontvangst, plaats van bestemming, bestemming, plaats ontvanger, plaats geadresseerde"),
            ("la", "quo, locus destinationis"),
            (
                "es",
                "lugar de destino, lugar de recepción, destino, lugar recepción, lugar del destinatario, \
                 lugar destinatario",
            ),
            ("pl", "miejsce odbioru, dokąd, miejsce przeznaczenia, miejsce adresata, miejsce odbiorcy"),
        ],
    ),
    (
        Role::RecipientPlaceId,
        &[("en", "recipient place id, addressee place id, to geo, to geonames, to place id"), ("de", "Empfangsort-ID")],
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
    (
        Role::Edition,
        &[
            ("en", "edition, source, published, printed copy details, printed edition, published in"),
            ("de", "Quelle, Druck, gedruckt in, Drucknachweis"),
            ("fr", "édition, publié dans, édition imprimée"),
            ("it", "edizione, pubblicata in"),
            ("nl", "editie, uitgave, gepubliceerd in"),
            ("la", "editio"),
            ("es", "edición, publicada en"),
            ("pl", "edycja, wydanie"),
        ],
    ),
    (
        Role::Url,
        &[
            ("en", "url, uri, link, ref, permalink, EMLO URL, web address, url letter"),
            ("fr", "lien, adresse web"),
            ("it", "collegamento"),
            ("es", "enlace"),
        ],
    ),
    (
        Role::Language,
        &[
            ("en", "language, lang, languages, language(s), language of letter, language_of_work, language id"),
            ("de", "Sprache, Sprachen, Briefsprache, Sprache des Briefes"),
            ("fr", "langue, langues, langue de la lettre"),
            ("it", "lingua, lingue"),
            ("nl", "taal, talen"),
            ("la", "sermo"),
            ("es", "idioma, lengua, idiomas"),
            ("pl", "język, języki"),
        ],
    ),
    (
        Role::Title,
        &[
            ("en", "title, label"),
            ("de", "Titel, Brieftitel"),
            ("fr", "titre, intitulé"),
            ("it", "titolo"),
            ("la", "titulus"),
            ("es", "título"),
            ("pl", "tytuł"),
        ],
    ),
    (
        Role::Shelfmark,
        &[
            ("en", "shelfmark, call number, shelfmark and pagination, id_number_or_shelfmark"),
            ("de", "Signatur, Archivsignatur"),
            ("fr", "cote, cote d'archives"),
            ("it", "segnatura, collocazione"),
            ("nl", "signatuur, inventarisnummer"),
            ("es", "signatura"),
            ("pl", "sygnatura"),
        ],
    ),
    (
        Role::Repository,
        &[
            ("en", "repository, archive, holding institution, institution, repository name, holding library"),
            ("de", "Archiv, Bibliothek, Aufbewahrungsort, Standort, besitzende Institution, Aufbewahrungsinstitution"),
            ("fr", "bibliothèque, lieu de conservation, institution de conservation, fonds d'archives"),
            ("it", "biblioteca, archivio, luogo di conservazione"),
            ("nl", "bewaarplaats, archiefinstelling, bibliotheek"),
            ("la", "bibliotheca"),
            ("es", "archivo, institución, lugar de conservación"),
            ("pl", "archiwum, biblioteka, miejsce przechowywania"),
        ],
    ),
    (
        Role::Note,
        &[
            (
                "en",
                "note, notes, comment, remarks, comments, remark, general notes for public display, notes on letter",
            ),
            ("de", "Anmerkung, Bemerkung, Anmerkungen, Bemerkungen, Kommentar, Notiz, Notizen"),
            ("fr", "remarque, remarques, commentaire, commentaires, observations"),
            ("it", "nota, osservazioni, commento, annotazioni"),
            ("nl", "opmerking, opmerkingen, aantekening, aantekeningen, notitie"),
            ("la", "annotatio, notae"),
            ("es", "notas, observaciones, comentario, comentarios"),
            ("pl", "uwagi, notatki, komentarz, przypis"),
        ],
    ),
    (
        Role::Summary,
        &[
            ("en", "summary, abstract, synopsis"),
            ("de", "Regest, Zusammenfassung, Inhaltsangabe, Kurzregest"),
            ("fr", "résumé, analyse"),
            ("it", "regesto, riassunto, sommario"),
            ("nl", "samenvatting"),
            ("la", "summarium, argumentum"),
            ("es", "resumen"),
            ("pl", "streszczenie, regest listu"),
        ],
    ),
    (
        Role::ReplyTo,
        &[
            ("en", "reply to, in reply to, answers, answer to, letter in reply to"),
            ("de", "Antwort auf, antwortet auf, Bezugsbrief"),
            ("fr", "réponse à, en réponse à, répond à"),
            ("it", "risposta a, in risposta a, risponde a"),
            ("nl", "antwoord op"),
            ("la", "responsum ad"),
            ("es", "respuesta a, en respuesta a, responde a"),
            ("pl", "odpowiedź na"),
        ],
    ),
    (
        Role::Enclosures,
        &[
            ("en", "enclosure, enclosures, enclosed, enclosed letter, enclosed letters, letters enclosed"),
            ("de", "Beilage, Beilagen, Anlage, Anlagen, Einschluss, Einschlüsse, Beischluss"),
            ("fr", "pièce jointe, pièces jointes, lettre jointe, annexe, annexes"),
            ("it", "allegato, allegati"),
            ("nl", "bijlage, bijlagen, ingesloten brief"),
            ("la", "inclusa, adiuncta"),
            ("es", "adjunto, adjuntos, anexo, anexos"),
            ("pl", "załącznik, załączniki"),
        ],
    ),
    (
        Role::Mentions,
        &[("en", "mentions, mentioned, mentioned ids, EMLO IDs of people mentioned, emlo_mention_id, mention_id")],
    ),
    (Role::Accept, &[("en", "accept")]),
];

/// Headings that mean a place only beside another: what means it, its role, and the other.
pub(crate) const PLACES_BESIDE_EACH_OTHER: &[(&str, Role, &str)] = &[
    ("source", Role::SenderPlace, "destination"),
    ("source", Role::SenderPlace, "destinationcity"),
    ("source", Role::SenderPlace, "destinationplace"),
    ("source", Role::SenderPlace, "destinationname"),
];

/// How words begin that speak of what letters are found by.
pub(crate) const LIKELY: &[(Role, &[&str])] = &[
    (Role::SentDate, &["date", "dating", "datum", "datier", "datering", "fecha"]),
    (
        Role::Sender,
        &[
            "sender",
            "absender",
            "author",
            "verfasser",
            "expedit",
            "afzender",
            "mittente",
            "remitente",
            "sentfrom",
            "nadawc",
            "auteur",
            "auctor",
        ],
    ),
    (
        Role::Recipient,
        &[
            "recipient",
            "addressee",
            "empfanger",
            "adressat",
            "destinatair",
            "destinatari",
            "ontvanger",
            "geadresseerde",
            "sentto",
            "adresat",
            "odbiorc",
        ],
    ),
];
