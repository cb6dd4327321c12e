//! TEI registers: lists of persons, organisations, places, events and works, in files of their own or in the letters.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::entry_links::EntryLink;
use crate::input::naming::entry_slugs::EntrySlugs;
use crate::input::naming::names::{slug_of_id, slug_of_identifier};
use crate::input::tei::certainty::{certainty, unknown_certainty};
use crate::input::tei::dating;
use crate::input::tei::entry_ids::{self, EntryIds};
use crate::input::tei::entry_names;
use crate::input::tei::linked_entries::{LinkReader, is_of_another};
use crate::input::tei::notes::notes_of;
use crate::input::tei::prefix::{Patterns, Prefixes};
use crate::input::xml::Element;
use crate::model::{Authority, Date, Details, Event, Id, Kind, Label, Point};
use crate::project::Project;
use crate::source::FileId;

/// The lists, what they list, and how the names of that are called: of several, those that come first here are the
/// names, and the others say more, as the country does in which a settlement lies.
const ENTRIES: &[(&str, Kind, &[&str])] = &[
    ("person", Kind::Person, &["persName", "name"]),
    ("personGrp", Kind::Group, &["persName", "name"]),
    ("org", Kind::Organisation, &["orgName", "name"]),
    ("place", Kind::Place, &["placeName", "geogName", "settlement", "country", "region", "district", "name"]),
    ("event", Kind::Event, &["eventName", "label", "head", "desc"]),
    ("object", Kind::Thing, &["objectName", "name", "title"]),
    ("bibl", Kind::Work, &["title"]),
    ("biblStruct", Kind::Work, &["title"]),
    ("item", Kind::Work, &["title", "label", "name"]),
];
const LISTS: &[&str] = &["listPerson", "listOrg", "listPlace", "listEvent", "listBibl", "listObject"];

/// An entry of a register.
pub(crate) struct Entry {
    /// Its id there.
    pub(crate) id: String,
    /// What it says.
    pub(crate) authority: Authority,
    /// The other entries that it points to.
    pub(crate) links: Vec<EntryLink>,
}

/// Reads the entries of all lists below an element. `scope` stands before their ids where these are counted anew in
/// each file; `prefixes` are those that hold around the element.
pub(crate) fn read(
    root: Element<'_>,
    project: &Project,
    file: FileId,
    scope: Option<&str>,
    prefixes: &Prefixes,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry> {
    let prefixes = Prefixes::of(root).with(prefixes);
    let listed = root.descendants().filter_map(|element| {
        let (_, kind, names) = ENTRIES.iter().find(|(name, ..)| *name == element.name())?;
        is_listed(element).then_some((element, *kind, *names))
    });
    let listed: Vec<_> = listed.collect();
    let ids = listed.iter().filter_map(|(element, kind, _)| Some((*kind, element.xml_attribute("id")?)));
    let slugs = EntrySlugs::of(scope, ids);
    let mut reader = Register { project, file, scope, slugs, prefixes, patterns: Patterns::default(), diagnostics };
    listed.into_iter().filter_map(|(element, kind, names)| reader.entry(element, kind, names)).collect()
}

/// Whether an element stands where entries do: in a list of them, or where TEI has them without one. Objects count
/// wherever they stand, but for the header, where one is what a letter is written on.
fn is_listed(element: Element<'_>) -> bool {
    let mut around = element.ancestors().skip(1).map(Element::name);
    if element.name() == "object" {
        return around.all(|name| name != "teiHeader");
    }
    let is_setting = |name: &str| matches!(name, "particDesc" | "settingDesc" | "standOff");
    let alone = matches!(element.name(), "person" | "personGrp" | "org" | "place" | "event");
    around.any(|name| LISTS.contains(&name) || alone && is_setting(name))
}

/// Something that is listed as an entry is, but is of another namespace.
pub(crate) fn foreign_entry(root: Element<'_>) -> Option<Element<'_>> {
    root.descendants().find(|element| {
        let in_list = || element.parent().is_some_and(|parent| LISTS.contains(&parent.name()));
        element.name().is_empty() && (ENTRIES.iter().any(|(name, ..)| *name == element.tag()) || in_list())
    })
}

struct Register<'r> {
    project: &'r Project,
    file: FileId,
    scope: Option<&'r str>,
    slugs: EntrySlugs<'r>,
    prefixes: Prefixes,
    patterns: Patterns,
    diagnostics: &'r mut Diagnostics,
}

impl Register<'_> {
    /// An entry by its id, or, where it has none, by its first identifier, number or key; without any nothing can point to it.
    fn entry(&mut self, element: Element<'_>, kind: Kind, names: &'static [&'static str]) -> Option<Entry> {
        let EntryIds { own, others, identifiers, codes } =
            entry_ids::read(element, &self.project.profile, &self.prefixes, &mut self.patterns, self.diagnostics);
        let (id, slug) = match (&own, identifiers.first(), others.first()) {
            (Some(id), ..) => (id.clone(), self.slugs.of_id(kind, id)),
            (None, Some(identifier), _) => (identifier.iri.clone(), slug_of_identifier(identifier)),
            // What is named within an entry has a number there, or the key of another.
            (None, None, Some(other)) if !lies_in_entry(element) => (other.clone(), slug_of_id(self.scope, other)),
            (None, None, _) => return None,
        };
        let element = element.mark_parents_used();
        let language = self.project.language.clone();
        let called = entry_names::element(element, names);
        let (mut labels, addresses) = entry_names::read(element, called, &language);
        let label = if labels.is_empty() { Label { text: id.clone(), language } } else { labels.remove(0) };
        labels.retain(|name| *name != label);
        let notes = notes_of(element).map(Element::words).filter(|words| !words.is_empty());
        let notes: Vec<String> = notes.chain(unknown_certainty(element)).collect();
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let authority = Authority {
            id: Id::new(kind, slug),
            file: self.file,
            span: element.span(),
            entry: None,
            written: own,
            other_ids: others,
            codes: codes.into_iter().chain(addresses).collect(),
            label,
            alt_labels: labels,
            note,
            source: None,
            certainty: certainty(element),
            responsible: Vec::new(),
            identifiers,
            occupations: occupations(element),
            details: self.details(element, kind),
        };
        let mut reader = LinkReader { project: self.project, prefixes: &self.prefixes, patterns: &mut self.patterns };
        let links = reader.links(element, kind, called);
        Some(Entry { id, authority, links })
    }

    fn details(&mut self, element: Element<'_>, kind: Kind) -> Details {
        match kind {
            Kind::Person => Details::Person {
                born: self.date(element, "birth").into_iter().collect(),
                died: self.date(element, "death").into_iter().collect(),
            },
            Kind::Organisation => Details::Organisation { part_of: None, place: None },
            Kind::Place => Details::Place { within: None, point: self.point(element) },
            Kind::Event => {
                let date = match dating::has_attributes(element) {
                    true => dating::of_attributes(element, self.diagnostics),
                    false => self.date(element, "date"),
                };
                Details::Event(Box::new(Event { dates: date.into_iter().collect(), ..Event::default() }))
            }
            Kind::Work => {
                let dates = self.date(element, "date").into_iter().collect();
                Details::Work { authors: Vec::new(), language: None, dates }
            }
            _ => Details::Other,
        }
    }

    /// The date of a part of an entry: of the `date` in it, or of the part itself.
    fn date(&mut self, element: Element<'_>, name: &str) -> Option<Date> {
        let part = element.children_named(name).next()?;
        match part.children_named("date").next() {
            Some(date) => dating::read(date.mark_parents_used(), self.project, self.diagnostics),
            // The words of a part in which other things are named, such as a place, are not those of a date.
            None if part.children().next().is_some() && !part.has_own_words() => {
                let date = dating::of_attributes(part, self.diagnostics);
                date.inspect(|_| _ = part.mark_used())
            }
            None => {
                let date = dating::read(part.mark_parents_used(), self.project, self.diagnostics)?;
                let is_in_words = date.edtf.is_none() && date.note.is_none() && part.children().next().is_some();
                // "3 May 1670 in", before the name of a place.
                Some(if is_in_words { dating::of_own_words(part, date, self.project) } else { date })
            }
        }
    }

    /// A position: TEI gives the latitude first; editions write decimal points or commas. What stands beside the name of
    /// another place is the position of that.
    fn point(&mut self, element: Element<'_>) -> Option<Point> {
        let own = element.children_named("location").filter(|location| !is_of_another(*location, element));
        let location = own.filter_map(|location| location.children_named("geo").next()).next();
        let geo = location.or_else(|| element.children_named("geo").next())?;
        let words = geo.mark_parents_used().words();
        let parts: Vec<&str> = words.split_whitespace().map(|part| part.trim_end_matches([',', ';'])).collect();
        let parts = match parts.as_slice() {
            [one] => one.split(',').collect(),
            _ => parts,
        };
        let numbers: Vec<String> = parts.iter().map(|part| part.replace(',', ".")).collect();
        let within = |text: &str, limit: f64| {
            text.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= limit)
                && crate::input::table::authorities::is_decimal(text)
        };
        match numbers.as_slice() {
            [latitude, longitude] if within(latitude, 90.0) && within(longitude, 180.0) => {
                Some(Point { latitude: latitude.clone(), longitude: longitude.clone() })
            }
            _ if words.is_empty() => None,
            _ => {
                let message = format!("\"{words}\" is not a latitude and a longitude");
                let help =
                    "TEI has decimal degrees here, the latitude first, as in 48.2 16.37; the entry is read without it";
                self.diagnostics.push(Diagnostic::new(Code::PositionUnreadable, geo.span(), message).help(help));
                None
            }
        }
    }
}

/// Whether an element lies in an entry of a register.
fn lies_in_entry(element: Element<'_>) -> bool {
    element.ancestors().skip(1).any(|around| ENTRIES.iter().any(|(name, ..)| *name == around.name()))
}

/// What a person does, in words.
fn occupations(element: Element<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for occupation in element.children_named("occupation") {
        let words = occupation.words();
        if !words.is_empty() && !found.contains(&words) {
            found.push(words);
        }
    }
    found
}
