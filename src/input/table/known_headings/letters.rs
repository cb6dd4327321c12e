//! The known headings of what else is said of a letter: its key, its languages, where it is kept and printed.

use crate::project::Role;

pub(super) const HEADINGS: &[(Role, &[(&str, &str)])] = &[
    (
        Role::Key,
        &[
            (
                "en",
                "key, id, nr, no, number, letter id, letter number, letter no, identifier, EMLO letter ID number, \
                 EMLO letter ID, iwork_id, work letter ID, letter key, record ID, record number, document ID",
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
            (
                "en",
                "shelfmark, call number, inventory, inventory number, inventory no, shelfmark and pagination, id_number_or_shelfmark",
            ),
            ("de", "Signatur, Archivsignatur"),
            ("fr", "cote, cote d'archives"),
            ("it", "segnatura, collocazione"),
            ("nl", "signatuur, inventarisnummer, inv.nr., inv. nummer, inventarisnr"),
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
            ("it", "biblioteca, archivio, luogo di conservazione, conservazione"),
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
            ("nl", "samenvatting, omschrijving"),
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
