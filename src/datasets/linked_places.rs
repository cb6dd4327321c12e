//! Linked Places Format 1.3: GeoJSON in which every feature is a place.

use crate::datasets::json::{self, Object, objects, position, text, texts};
use crate::datasets::problems::Problems;
use crate::datasets::writer::{DatasetWriter, Thing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Kind, Scheme};
use crate::source::{FileId, Sources};
use serde_json::Value;

/// The keys of a feature that are read.
const READ: &[&str] =
    &["@id", "type", "properties", "when", "names", "types", "geometry", "relations", "links", "descriptions"];

/// Reads one file.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    writer: &mut DatasetWriter<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let (mut number, mut problems) = (0, Problems::default());
    let rest = json::read(sources, file, "features", &mut |feature| {
        number += 1;
        match place(&feature, writer) {
            Ok(thing) => writer.thing(&thing),
            Err(why) => problems.add(format!("feature {number} {why}"), file, diagnostics),
        }
    })?;
    if number == 0 {
        let message = "this file has no features";
        let help = "Linked Places Format is a FeatureCollection of GeoJSON; other JSON has another format";
        return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message).help(help));
    }
    rest.keys().filter(|key| !matches!(key.as_str(), "type" | "@context")).for_each(|key| writer.unused(key));
    Ok(())
}

fn place(feature: &Object, writer: &mut DatasetWriter<'_>) -> Result<Thing, String> {
    let id = text(feature, "@id", writer).ok_or("has no @id")?;
    let iri = writer.iri_of(id).ok_or_else(|| format!("has the @id \"{id}\", which is no address"))?;
    let empty = Object::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let name = text(properties, "title", writer).ok_or_else(|| format!("<{iri}> has no title"))?.to_owned();
    feature.keys().filter(|key| !READ.contains(&key.as_str())).for_each(|key| writer.unused(key));
    let mut thing = Thing { iri, name, kind: Some(Kind::Place), ..Thing::default() };
    thing.countries = texts(properties, "ccodes", writer).into_iter().map(str::to_owned).collect();
    thing.feature_classes = feature_classes(texts(properties, "fclasses", writer).into_iter(), writer);
    writer.unused_of(properties, "properties", &["title", "ccodes", "fclasses"]);
    for name in objects(feature, "names", writer) {
        writer.unused_of(name, "names", &["toponym", "lang", "when"]);
        let Some(toponym) = text(name, "toponym", writer) else {
            writer.unused("names without a toponym");
            continue;
        };
        if toponym != thing.name {
            thing.names.push((toponym.to_owned(), text(name, "lang", writer).map(str::to_owned)));
        }
        thing.coverage.extend(periods(name.get("when"), writer));
    }
    thing.coverage.extend(periods(feature.get("when"), writer));
    for kind in objects(feature, "types", writer) {
        let identifier = text(kind, "identifier", writer);
        writer.unused_of(kind, "types", if identifier.is_some() { &["identifier"] } else { &["identifier", "label"] });
        thing.types.extend(identifier.or_else(|| text(kind, "label", writer)).map(
            |kind| match kind.strip_prefix("aat:") {
                Some(id) => aat(id).unwrap_or_else(|| kind.to_owned()),
                None => kind.to_owned(),
            },
        ));
    }
    points(feature.get("geometry"), &mut thing, writer);
    for relation in objects(feature, "relations", writer) {
        writer.unused_of(relation, "relations", &["relationType", "relationTo"]);
        let (kind, whole) = (text(relation, "relationType", writer), text(relation, "relationTo", writer));
        match (kind, whole.and_then(|whole| writer.iri_of(whole))) {
            (Some("gvp:broaderPartitive"), Some(whole)) => thing.within.push(whole),
            (Some("gvp:broaderPartitive"), None) => writer.unused("relation to what is no address"),
            (other, _) => writer.unused(&format!("relation {}", other.unwrap_or_default())),
        }
    }
    links(feature, &mut thing, writer);
    for description in objects(feature, "descriptions", writer) {
        writer.unused_of(description, "descriptions", &["value", "lang"]);
        let (words, language) = (text(description, "value", writer), text(description, "lang", writer));
        thing.descriptions.extend(words.map(|words| (words.to_owned(), language.map(str::to_owned))));
    }
    thing.coverage.sort();
    thing.coverage.dedup();
    Ok(thing)
}

/// What is the same elsewhere, or has to do with it.
fn links(feature: &Object, thing: &mut Thing, writer: &mut DatasetWriter<'_>) {
    for link in objects(feature, "links", writer) {
        writer.unused_of(link, "links", &["type", "identifier"]);
        let Some(identifier) = text(link, "identifier", writer) else {
            writer.unused("links without an identifier");
            continue;
        };
        let Some(address) = address(identifier) else {
            writer.unused(&format!("link {}", identifier.split(':').next().unwrap_or_default()));
            continue;
        };
        match text(link, "type", writer) {
            Some("exactMatch") => thing.exact.push(address),
            Some("closeMatch") => thing.close.push(address),
            Some("seeAlso") => thing.see.push(address),
            _ => thing.related.push(address),
        }
    }
}

/// Classes of GeoNames, one letter each; what is none is counted as not used.
pub(super) fn feature_classes<'c>(
    classes: impl Iterator<Item = &'c str>,
    writer: &mut DatasetWriter<'_>,
) -> Vec<String> {
    let (known, other): (Vec<&str>, Vec<&str>) =
        classes.partition(|class| class.len() == 1 && class.bytes().all(|byte| byte.is_ascii_uppercase()));
    other.iter().for_each(|_| writer.unused("feature class that is no capital letter"));
    known.into_iter().map(str::to_owned).collect()
}

/// The address of a concept of the Art & Architecture Thesaurus; nothing where it is no number.
pub(super) fn aat(id: &str) -> Option<String> {
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("http://vocab.getty.edu/aat/{id}"))
}

/// The address that a link stands for: it may be shortened with the prefixes that the format knows.
pub(super) fn address(identifier: &str) -> Option<String> {
    let scheme = |prefix| match prefix {
        "gn" => Scheme::named("geonames"),
        "wd" => Scheme::named("wikidata"),
        "pl" => Scheme::named("pleiades"),
        other => Scheme::named(other),
    };
    match identifier.split_once(':') {
        Some(("http" | "https", _)) => {
            let known = Scheme::identify_address(identifier).or_else(|| Scheme::SAME_AS.identify(identifier));
            known.map(|known| known.iri)
        }
        Some((prefix, id)) => scheme(prefix)?.identify(id).map(|known| known.iri),
        None => None,
    }
}

/// The stretches of a `when`, as EDTF has them.
fn periods(when: Option<&Value>, writer: &mut DatasetWriter<'_>) -> Vec<String> {
    let Some(when) = when.and_then(Value::as_object) else { return Vec::new() };
    writer.unused_of(when, "when", &["timespans"]);
    let mut stretches = Vec::new();
    for span in objects(when, "timespans", writer) {
        writer.unused_of(span, "timespans", &["start", "end"]);
        let (start, end) = (
            bound(span, "start", ["earliest", "in", "latest"], writer),
            bound(span, "end", ["latest", "in", "earliest"], writer),
        );
        if start.is_some() || end.is_some() {
            stretches.push(interval(start, end));
        }
    }
    stretches
}

/// An end of a stretch: the outermost of its dates; the others, and what is no date, are counted as not used.
fn bound(span: &Object, end: &str, outermost_first: [&str; 3], writer: &mut DatasetWriter<'_>) -> Option<String> {
    let dates = span.get(end)?.as_object();
    let (mut found, none) = (None, Object::new());
    for key in outermost_first {
        let date = match dates.unwrap_or(&none).get(key) {
            Some(Value::String(date)) if !date.trim().is_empty() => Some(padded(date.trim())),
            Some(Value::Number(number)) => number.as_i64().map(year),
            _ => None,
        };
        if found.is_none() && date.is_some() {
            found = date;
        } else if dates.is_some_and(|dates| dates.contains_key(key)) {
            writer.unused(&format!("{end}.{key}"));
        }
    }
    writer.unused_of(dates.unwrap_or(&none), end, &outermost_first);
    if dates.is_none() {
        writer.unused(&format!("{end} that is no object"));
    }
    found
}

/// An interval of EDTF that can be open at either end.
pub(super) fn interval(start: Option<String>, end: Option<String>) -> String {
    let open = || "..".to_owned();
    format!("{}/{}", start.unwrap_or_else(open), end.unwrap_or_else(open))
}

/// A year as EDTF has it.
pub(super) fn year(year: i64) -> String {
    let digits = year.unsigned_abs();
    let sign = if year < 0 { "-" } else { "" };
    if digits > 9999 { format!("Y{sign}{digits}") } else { format!("{sign}{digits:04}") }
}

/// A date whose year may have fewer digits than EDTF wants.
pub(super) fn padded(date: &str) -> String {
    date.parse().map_or_else(|_| date.to_owned(), year)
}

/// The points of a geometry; other shapes are counted.
fn points(geometry: Option<&Value>, thing: &mut Thing, writer: &mut DatasetWriter<'_>) {
    let Some(geometry) = geometry.and_then(Value::as_object) else { return };
    writer.unused_of(geometry, "geometry", &["type", "coordinates", "geometries"]);
    let list = |key| geometry.get(key).and_then(Value::as_array).into_iter().flatten();
    let mut point = |written: Option<&Value>| match position(written) {
        Some(point) => thing.points.push(point),
        None => writer.unused("geometry Point without a position"),
    };
    match geometry.get("type").and_then(Value::as_str) {
        Some("Point") => point(geometry.get("coordinates")),
        Some("MultiPoint") => list("coordinates").for_each(|written| point(Some(written))),
        Some("GeometryCollection") => list("geometries").for_each(|part| points(Some(part), thing, writer)),
        other => writer.unused(&format!("geometry {}", other.unwrap_or("without a type"))),
    }
}
