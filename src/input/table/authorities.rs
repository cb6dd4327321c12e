//! Authority tables: `authorities/persons.csv` and the others, one thing a row.

use crate::diagnostic::{Code, nearest};
use crate::input::naming::written_ids::faulty_identifier;
use crate::input::reader::Reader;
use crate::input::table::hand_written::{Need, Table, TableRow};
use crate::model::{
    Authority, ConceptList, Date, Details, Event, Fault, Id, Identifier, Kind, Label, Opinion, Point, Policy, Quantity,
    Reference, Scheme, choose,
};
use crate::project::{language, language_tag};
use crate::source::Sources;
use crate::tree::SourceValue;
use Need::{Optional, Required};

/// The columns that every authority table can have, besides those of identifiers.
const COMMON: &[(&str, Need)] = &[
    ("id", Required),
    ("label", Required),
    ("alt_labels", Optional),
    ("note", Optional),
    ("source", Optional),
    ("certainty", Optional),
    ("responsible", Optional),
];

/// The columns that the table of a kind can have.
fn columns(kind: Kind) -> impl Iterator<Item = (&'static str, Need)> {
    let identifiers = Scheme::with_columns().map(|scheme| (scheme.column, Optional));
    COMMON.iter().copied().chain(identifiers).chain(own_columns(kind).iter().copied())
}

/// The columns that only the table of one kind has.
const fn own_columns(kind: Kind) -> &'static [(&'static str, Need)] {
    match kind {
        Kind::Person => &[
            ("born", Optional),
            ("born_words", Optional),
            ("born_original", Optional),
            ("born_calendar", Optional),
            ("died", Optional),
            ("died_words", Optional),
            ("died_original", Optional),
            ("died_calendar", Optional),
        ],
        Kind::Organisation => &[("part_of", Optional), ("place", Optional)],
        Kind::Post => &[("organisation", Optional)],
        Kind::Membership => &[
            ("member", Required),
            ("organisation", Required),
            ("post", Optional),
            ("date", Optional),
            ("date_words", Optional),
            ("date_original", Optional),
            ("date_calendar", Optional),
        ],
        Kind::Place => &[("within", Optional), ("latitude", Optional), ("longitude", Optional)],
        Kind::Event => &[
            ("attestation", Required),
            ("date", Optional),
            ("date_words", Optional),
            ("date_original", Optional),
            ("date_calendar", Optional),
            ("place", Optional),
            ("participants", Optional),
            ("carried_out_by", Optional),
            ("affected", Optional),
            ("part_of", Optional),
            ("extent", Optional),
        ],
        Kind::Work => &[
            ("author", Optional),
            ("language", Optional),
            ("date", Optional),
            ("date_words", Optional),
            ("date_original", Optional),
            ("date_calendar", Optional),
        ],
        Kind::Quantity => &[
            ("words", Optional),
            ("value", Optional),
            ("min", Optional),
            ("max", Optional),
            ("unit", Optional),
            ("unit_code", Optional),
        ],
        Kind::Concept => &[("definition", Optional), ("broader", Optional)],
        Kind::Group | Kind::Agent | Kind::Thing | Kind::Document => &[],
    }
}

/// Reads one authority table; the name of its file says what kind of thing its rows are.
pub(crate) fn read(reader: &mut Reader<'_>) -> Vec<Authority> {
    let stem = reader.stem().to_owned();
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.table() == Some(&stem)) else {
        let tables: Vec<&str> = Kind::ALL.into_iter().filter_map(Kind::table).collect();
        let help = nearest(&stem, tables.iter().copied())
            .map_or_else(|| format!("the tables are {}", tables.join(", ")), |name| format!("rename it to {name}.csv"));
        let message = format!("\"{stem}\" is the name of no authority table");
        reader.report_with_help(Code::UnknownTable, Sources::whole(reader.source.file), message, help);
        return Vec::new();
    };
    let columns: Vec<(&str, Need)> = columns(kind).collect();
    let Some(table) = Table::read(reader, &columns) else { return Vec::new() };
    let source = reader.source;
    let (mut authorities, mut last_id): (Vec<Authority>, Option<String>) = (Vec::new(), None);
    for row in table.rows(source) {
        let id = row.cell("id").map(|id| id.text);
        if id.is_some() && id == last_id && row.cell("label").is_none() {
            let dates = further_dates(reader, kind, row);
            if let Some(known) = authorities.last_mut().filter(|known| Some(&*known.id.slug) == id.as_deref()) {
                add_dates(&mut known.details, dates);
            }
        } else {
            authorities.extend(authority(reader, kind, row));
        }
        last_id = id;
    }
    for authority in &mut authorities {
        settle_dates(&reader.project.policy, authority);
    }
    authorities
}

/// The columns of dates that a kind of thing has.
fn date_columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Person => &["born", "died"],
        Kind::Membership | Kind::Event | Kind::Work => &["date"],
        _ => &[],
    }
}

/// The other answers of a row that goes on with the thing above it: by column, whose they are and what they rest on.
fn further_dates(reader: &mut Reader<'_>, kind: Kind, row: TableRow<'_>) -> Vec<(&'static str, Date)> {
    const OF_THE_ANSWER: &[&str] = &["id", "source", "certainty", "responsible", "note"];
    let of_date = |column: &str| {
        date_columns(kind)
            .iter()
            .any(|date| column == *date || column.strip_prefix(date).is_some_and(|rest| rest.starts_with('_')))
    };
    for (column, _) in columns(kind) {
        let Some(cell) = row.cell(column).filter(|_| !OF_THE_ANSWER.contains(&column) && !of_date(column)) else {
            continue;
        };
        let message = format!("a further row of a thing has other dates for it, and no {column}");
        reader.report_with_help(Code::StrayContent, cell.span, message, "what is no date stands in its first row");
    }
    let certainty = row.cell("certainty").and_then(|word| reader.concept(&ConceptList::CERTAINTY, &word));
    let source = row.cell("source").and_then(|source| reader.basis(&source));
    let opinion = Opinion { responsible: responsible(reader, row), source, chosen: None };
    let note = row.cell("note").map(|note| note.text);
    let mut dates = Vec::new();
    for column in date_columns(kind) {
        let Some(date) = date(reader, row, column) else { continue };
        dates.push((*column, Date { certainty, note: note.clone(), opinion: opinion.clone().boxed(), ..date }));
    }
    if date_columns(kind)
        .iter()
        .all(|column| row.cell(column).is_none() && row.cell(&format!("{column}_original")).is_none())
    {
        let message = "this row has the id of the one above it, and no label and no date";
        let help = "a further row of a thing gives another answer to when it was; anything else has an id of its own";
        reader.report_with_help(Code::StrayContent, row.span(), message, help);
    }
    dates
}

fn add_dates(details: &mut Details, further: Vec<(&'static str, Date)>) {
    for (column, date) in further {
        if let Some(dates) = dates_of(details, column) {
            dates.push(date);
        }
    }
}

fn dates_of<'d>(details: &'d mut Details, column: &str) -> Option<&'d mut Vec<Date>> {
    match details {
        Details::Person { died, .. } if column == "died" => Some(died),
        Details::Person { born, .. } => Some(born),
        Details::Membership { dates, .. } | Details::Work { dates, .. } => Some(dates),
        Details::Event(event) => Some(&mut event.dates),
        _ => None,
    }
}

/// Chooses one of several dates. What the first row says of the thing is said of its date too.
fn settle_dates(policy: &Policy, authority: &mut Authority) {
    let Authority { id, source, certainty, responsible, details, .. } = authority;
    for column in date_columns(id.kind) {
        let Some(dates) = dates_of(details, column).filter(|dates| dates.len() > 1) else { continue };
        let first = &mut dates[0];
        first.certainty = first.certainty.or(*certainty);
        first.opinion.get_or_insert_with(|| {
            Box::new(Opinion { responsible: responsible.clone(), source: source.clone(), chosen: None })
        });
        choose(policy, dates);
    }
}

fn responsible(reader: &mut Reader<'_>, row: TableRow<'_>) -> Vec<Reference> {
    several(reader, row, "responsible", Kind::AGENTS)
}

fn authority(reader: &mut Reader<'_>, kind: Kind, row: TableRow<'_>) -> Option<Authority> {
    let id = row.required("id", reader);
    let label = row.required("label", reader);
    let details = details(reader, kind, row);
    let (identifiers, codes) = identifiers(reader, row);
    let source = row.cell("source").and_then(|source| reader.basis(&source));
    let certainty = row.cell("certainty").and_then(|word| reader.concept(&ConceptList::CERTAINTY, &word));
    let responsible = responsible(reader, row);
    let slug = id.as_ref().and_then(|id| reader.slug(id));
    reader.defined.extend(slug.iter().map(|slug| Id::new(kind, slug.as_str())));
    let (id, label, slug) = (id?, label?, slug?);
    reader.check_loaded(&id);
    reader.check_loaded(&label);
    Some(Authority {
        id: Id::new(kind, slug),
        file: reader.source.file,
        span: id.span,
        entry: None,
        written: None,
        other_ids: Vec::new(),
        codes,
        label: reader.label(label.text),
        alt_labels: row.list("alt_labels").into_iter().map(|name| alt_label(reader, &name.text)).collect(),
        note: row.cell("note").map(|note| note.text),
        source,
        certainty,
        responsible,
        occupations: Vec::new(),
        identifiers,
        details: details?,
    })
}

/// Another name; a language tag can stand behind an at sign, as in `Brügge@de`.
fn alt_label(reader: &Reader<'_>, written: &str) -> Label {
    let tagged = written.rsplit_once('@').and_then(|(text, tag)| {
        let language = language_tag(tag)?;
        (!text.is_empty()).then(|| Label { text: text.to_owned(), language })
    });
    tagged.unwrap_or_else(|| reader.label(written.to_owned()))
}

/// The identifiers of a row, and what has the form of one and a wrong check digit.
fn identifiers(reader: &mut Reader<'_>, row: TableRow<'_>) -> (Vec<Identifier>, Vec<String>) {
    let (mut identifiers, mut codes) = (Vec::new(), Vec::new());
    for scheme in Scheme::with_columns() {
        for written in row.list(scheme.column) {
            match scheme.read(&written.text) {
                Ok(identifier) => identifiers.push(identifier),
                Err(fault @ Fault::CheckDigit) => {
                    reader.diagnostics.push(faulty_identifier(&written.text, scheme, fault, written.span));
                    codes.push(written.text.clone());
                }
                Err(Fault::Missing | Fault::Form) => {
                    let message = format!("\"{}\" is no identifier for the column {}", written.text, scheme.column);
                    let help = format!("write {}; leave the cell empty where it is not certain", scheme.form);
                    reader.report_with_help(Code::InvalidIdentifier, written.span, message, help);
                }
            }
        }
    }
    (identifiers, codes)
}

fn details(reader: &mut Reader<'_>, kind: Kind, row: TableRow<'_>) -> Option<Details> {
    Some(match kind {
        Kind::Person => Details::Person { born: dates(reader, row, "born"), died: dates(reader, row, "died") },
        Kind::Organisation => Details::Organisation {
            part_of: one(reader, row, "part_of", Kind::Organisation),
            place: one(reader, row, "place", Kind::Place),
        },
        Kind::Group => Details::Group,
        Kind::Post => Details::Post { organisation: one(reader, row, "organisation", Kind::Organisation) },
        Kind::Membership => Details::Membership {
            member: row.required("member", reader).and_then(|member| reader.reference(Kind::AGENTS, &member)),
            organisation: row
                .required("organisation", reader)
                .and_then(|organisation| reader.reference_to(Kind::Organisation, &organisation)),
            post: one(reader, row, "post", Kind::Post),
            dates: dates(reader, row, "date"),
        },
        Kind::Place => Details::Place { within: one(reader, row, "within", Kind::Place), point: point(reader, row) },
        Kind::Event => Details::Event(Box::new(event(reader, row)?)),
        Kind::Work => Details::Work {
            authors: several(reader, row, "author", Kind::AGENTS),
            language: row.cell("language").and_then(|tag| language(&tag, reader.diagnostics)),
            dates: dates(reader, row, "date"),
        },
        Kind::Quantity => Details::Quantity(Box::new(quantity(reader, row))),
        Kind::Concept => Details::Concept {
            definition: row.cell("definition").map(|words| reader.label(words.text)),
            broader: one(reader, row, "broader", Kind::Concept),
        },
        Kind::Agent | Kind::Thing | Kind::Document => return None,
    })
}

fn one(reader: &mut Reader<'_>, row: TableRow<'_>, column: &str, kind: Kind) -> Option<Reference> {
    row.cell(column).and_then(|written| reader.reference_to(kind, &written))
}

fn several(reader: &mut Reader<'_>, row: TableRow<'_>, column: &str, kinds: &[Kind]) -> Vec<Reference> {
    row.list(column).iter().filter_map(|written| reader.reference(kinds, written)).collect()
}

fn dates(reader: &mut Reader<'_>, row: TableRow<'_>, column: &str) -> Vec<Date> {
    date(reader, row, column).into_iter().collect()
}

fn date(reader: &mut Reader<'_>, row: TableRow<'_>, column: &str) -> Option<Date> {
    let part = |part| row.cell(&format!("{column}_{part}"));
    let (words, original, calendar) = (part("words"), part("original"), part("calendar"));
    let written = row.cell(column);
    if original.is_some() || calendar.is_some() {
        return reader.date_in(written, original, calendar, words.map(|words| words.text));
    }
    let Some(written) = written else {
        if let Some(words) = words {
            let help = "write it in EDTF beside them, as in 1672~";
            let message = "the words of a date stand here without the date";
            reader.report_with_help(Code::MissingValue, words.span, message, help);
        }
        return None;
    };
    reader.date(&written, words.map(|words| words.text))
}

fn point(reader: &mut Reader<'_>, row: TableRow<'_>) -> Option<Point> {
    let (latitude, longitude) = (row.cell("latitude"), row.cell("longitude"));
    let within =
        |text: &str, limit: f64| text.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= limit) && is_decimal(text);
    match (&latitude, &longitude) {
        (Some(north), Some(east)) if within(&north.text, 90.0) && within(&east.text, 180.0) => {
            Some(Point { latitude: north.text.clone(), longitude: east.text.clone() })
        }
        (None, None) => None,
        _ => {
            let wrong = |cell: &Option<SourceValue>, limit| {
                cell.as_ref().filter(|cell| !within(&cell.text, limit)).map(|cell| cell.span)
            };
            let given = latitude.as_ref().or(longitude.as_ref()).map(|cell| cell.span);
            let span = wrong(&latitude, 90.0).or(wrong(&longitude, 180.0)).or(given).unwrap_or(row.span());
            let help = "give both, as decimal degrees: latitude from -90 to 90, longitude from -180 to 180";
            reader.report_with_help(Code::InvalidNumber, span, "these are not a latitude and a longitude", help);
            None
        }
    }
}

/// Whether a text is a number as `xsd:decimal` writes it.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty() && !fraction.is_empty() && all_digits(whole) && all_digits(fraction)
}

fn number(reader: &mut Reader<'_>, row: TableRow<'_>, column: &str) -> Option<String> {
    let written = row.cell(column)?;
    if !is_decimal(&written.text) {
        let message = format!("\"{}\" is not a number", written.text);
        reader.report_with_help(
            Code::InvalidNumber,
            written.span,
            message,
            "write digits and at most one point, as in 6000",
        );
        return None;
    }
    Some(written.text)
}

fn quantity(reader: &mut Reader<'_>, row: TableRow<'_>) -> Quantity {
    let (minimum, maximum) = (number(reader, row, "min"), number(reader, row, "max"));
    let bounds = (minimum.as_deref().map(str::parse::<f64>), maximum.as_deref().map(str::parse::<f64>));
    if let (Some(Ok(least)), Some(Ok(most))) = bounds
        && least > most
    {
        let span = row.cell("min").map_or(row.span(), |cell| cell.span);
        reader.report(Code::InvalidNumber, span, format!("the least, {least}, is more than the most, {most}"));
    }
    Quantity {
        words: row.cell("words").map(|words| words.text),
        value: number(reader, row, "value"),
        minimum,
        maximum,
        unit: row.cell("unit").map(|unit| unit.text),
        unit_code: row.cell("unit_code").map(|unit| unit.text),
    }
}

fn event(reader: &mut Reader<'_>, row: TableRow<'_>) -> Option<Event> {
    let attestation = row.required("attestation", reader);
    let attestation = attestation.and_then(|word| reader.concept(&ConceptList::ATTESTATION, &word))?;
    if attestation == "documented" && row.cell("source").is_none() {
        let message = "this event is documented, but nothing says by what";
        reader.report_with_help(Code::EventWithoutSource, row.span(), message, "fill the column source");
    }
    if attestation == "claimed-only" {
        refuse_facts(reader, row);
        return Some(Event { attestation: Some(attestation), ..Event::default() });
    }
    Some(Event {
        attestation: Some(attestation),
        dates: dates(reader, row, "date"),
        place: one(reader, row, "place", Kind::Place),
        participants: several(reader, row, "participants", Kind::AGENTS),
        carried_out_by: several(reader, row, "carried_out_by", Kind::AGENTS),
        affected: several(reader, row, "affected", &[]),
        part_of: one(reader, row, "part_of", Kind::Event),
        extent: one(reader, row, "extent", Kind::Quantity),
    })
}

/// An event that is only claimed has no facts: each is a diagnostic, and none is taken up.
fn refuse_facts(reader: &mut Reader<'_>, row: TableRow<'_>) {
    for (column, _) in own_columns(Kind::Event).iter().filter(|(column, _)| *column != "attestation") {
        let Some(cell) = row.cell(column) else { continue };
        let message = format!("an event that is only claimed has no {column} of its own");
        let help = "make it a content of the claim that says so, or change the attestation";
        reader.report_with_help(Code::ClaimedOnlyEvent, cell.span, message, help);
    }
}
