//! The known headings of who wrote to whom, and from where to where.

use crate::project::Role;

pub(super) const HEADINGS: &[(Role, &[(&str, &str)])] = &[
    (
        Role::Sender,
        &[
            (
                "en",
                "sender, from, author, writer, sender name, sender's name, from name, author name, written by, sent by, \
                 authors, author(s), author_names, senders, sender(s), writers, correspondent from, letter writer, \
                 author/sender, from person, creator, creators, creator(s), person from",
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
                 origin city, letter place, letter origin, dispatch location, dispatch place, original place, fplace, \
                 place sent from",
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
                 lugar del remitente, lugar de escritura, data tópica",
            ),
            ("pl", "miejsce, miejsce nadania, miejsce wysłania, skąd, miejsce nadawcy, miejsce napisania, miejscowość"),
        ],
    ),
    (
        Role::SenderPlaceId,
        &[("en", "sender place id, from geo, from geonames, from place id"), ("de", "Absendeort-ID, Absenderort-ID")],
    ),
    (
        Role::Recipient,
        &[
            (
                "en",
                "recipient, addressee, to, receiver, to name, recipient name, recipient's name, addressee name, \
                 addressee's name, receiver name, sent to, addressees, addressee(s), addressee_names, recipients, \
                 recipient(s), receivers, written to, addressed to, sent to name, to person, \
                 person to",
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
                 addressee city, letter destination, tplace, place sent to",
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
];
