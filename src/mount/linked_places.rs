//! Linked Places Format 1.3: GeoJSON in which every feature is a place.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Kind, Scheme};
use crate::mount::json::{self, Object, Problems, objects, position, text, texts};
use crate::mount::pen::{Pen, Thing};
use crate::source::{FileId, Sources};
use serde_json::Value;

/// The keys of a feature that are read.
const READ: &[&str] =
    &["@id", "type", "properties", "when", "names", "types", "geometry", "relations", "links", "descriptions"];

/// Reads one file.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    pen: &mut Pen<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let (mut number, mut problems) = (0, Problems::default());
    let rest = json::read(sources, file, "features", &mut |feature| {
        number += 1;
        match place(&feature, pen) {
            Ok(thing) => pen.thing(&thing),
            Err(why) => problems.add(format!("feature {number} {why}"), file, diagnostics),
        }
    })?;
    if number == 0 {
        let message = "this file has no features";
        let help = "Linked Places Format is a FeatureCollection of GeoJSON; other JSON has another format";
        return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message).help(help));
    }
    rest.keys().filter(|key| !matches!(key.as_str(), "type" | "@context")).for_each(|key| pen.unused(key));
    Ok(())
}

fn place(feature: &Object, pen: &mut Pen<'_>) -> Result<Thing, String> {
    let id = text(feature, "@id").ok_or("has no @id")?;
    let iri = pen.iri_of(id).ok_or_else(|| format!("has the @id \"{id}\", which is no address"))?;
    let empty = Object::new();
    let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let name = text(properties, "title").ok_or_else(|| format!("<{iri}> has no title"))?.to_owned();
    feature.keys().filter(|key| !READ.contains(&key.as_str())).for_each(|key| pen.unused(key));
    let mut thing = Thing { iri, name, kind: Some(Kind::Place), ..Thing::default() };
    thing.countries = texts(properties, "ccodes").into_iter().map(str::to_owned).collect();
    let classes = texts(properties, "fclasses").into_iter().filter(|class| is_feature_class(class));
    thing.feature_classes = classes.map(str::to_owned).collect();
    pen.unused_of(properties, "properties", &["title", "ccodes", "fclasses"]);
    for name in objects(feature, "names") {
        pen.unused_of(name, "names", &["toponym", "lang", "when"]);
        let Some(toponym) = text(name, "toponym") else { continue };
        if toponym != thing.name {
            thing.names.push((toponym.to_owned(), text(name, "lang").map(str::to_owned)));
        }
        thing.coverage.extend(periods(name.get("when"), pen));
    }
    thing.coverage.extend(periods(feature.get("when"), pen));
    for kind in objects(feature, "types") {
        let label: &[&str] = if text(kind, "identifier").is_some() { &[] } else { &["label"] };
        pen.unused_of(kind, "types", &[&["identifier"], label].concat());
        thing.types.extend(text(kind, "identifier").or_else(|| text(kind, "label")).map(|kind| {
            kind.strip_prefix("aat:").map_or_else(|| kind.to_owned(), |id| format!("http://vocab.getty.edu/aat/{id}"))
        }));
    }
    points(feature.get("geometry"), &mut thing, pen);
    for relation in objects(feature, "relations") {
        pen.unused_of(relation, "relations", &["relationType", "relationTo"]);
        match (text(relation, "relationType"), text(relation, "relationTo")) {
            (Some("gvp:broaderPartitive"), Some(whole)) => thing.within.extend(pen.iri_of(whole)),
            (other, _) => pen.unused(&format!("relation {}", other.unwrap_or_default())),
        }
    }
    for link in objects(feature, "links") {
        pen.unused_of(link, "links", &["type", "identifier"]);
        let Some(identifier) = text(link, "identifier") else { continue };
        let Some(address) = address(identifier) else {
            pen.unused(&format!("link {}", identifier.split(':').next().unwrap_or_default()));
            continue;
        };
        match text(link, "type") {
            Some("exactMatch") => thing.exact.push(address),
            Some("closeMatch") => thing.close.push(address),
            Some("seeAlso") => thing.see.push(address),
            _ => thing.related.push(address),
        }
    }
    for description in objects(feature, "descriptions") {
        pen.unused_of(description, "descriptions", &["value", "lang"]);
        let words = text(description, "value").map(str::to_owned);
        thing.descriptions.extend(words.map(|words| (words, text(description, "lang").map(str::to_owned))));
    }
    thing.coverage.sort();
    thing.coverage.dedup();
    Ok(thing)
}

/// A class of GeoNames: one letter.
pub(super) fn is_feature_class(class: &str) -> bool {
    class.len() == 1 && class.bytes().all(|byte| byte.is_ascii_uppercase())
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
fn periods(when: Option<&Value>, pen: &mut Pen<'_>) -> Vec<String> {
    let Some(when) = when.and_then(Value::as_object) else { return Vec::new() };
    pen.unused_of(when, "when", &["timespans"]);
    let end = |span: &Object, key: &str, first: &str, last: &str| -> Option<String> {
        let end = span.get(key)?.as_object()?;
        let value = [first, "in", last].iter().find_map(|key| end.get(*key))?;
        value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(year))
    };
    let spans = objects(when, "timespans").map(|span| {
        let start = end(span, "start", "earliest", "latest").map_or_else(|| "..".to_owned(), |start| padded(&start));
        let stop = end(span, "end", "latest", "earliest").map_or_else(|| "..".to_owned(), |stop| padded(&stop));
        format!("{start}/{stop}")
    });
    spans.filter(|span| span != "../..").collect()
}

/// A year as EDTF has it.
pub(super) fn year(year: i64) -> String {
    let digits = year.unsigned_abs();
    let sign = if year < 0 { "-" } else { "" };
    if digits > 9999 { format!("Y{sign}{digits}") } else { format!("{sign}{digits:04}") }
}

/// A date whose year may have fewer digits than EDTF wants.
fn padded(date: &str) -> String {
    date.parse().map_or_else(|_| date.to_owned(), year)
}

/// The points of a geometry; other shapes are counted.
fn points(geometry: Option<&Value>, thing: &mut Thing, pen: &mut Pen<'_>) {
    let Some(geometry) = geometry.and_then(Value::as_object) else { return };
    pen.unused_of(geometry, "geometry", &["type", "coordinates", "geometries"]);
    match text(geometry, "type") {
        Some("Point") => match position(geometry.get("coordinates")) {
            Some(point) => thing.points.push(point),
            None => pen.unused("geometry Point without a position"),
        },
        Some("MultiPoint") => {
            let points = geometry.get("coordinates").and_then(Value::as_array).into_iter().flatten();
            thing.points.extend(points.filter_map(|point| position(Some(point))));
        }
        Some("GeometryCollection") => {
            for part in geometry.get("geometries").and_then(Value::as_array).into_iter().flatten() {
                points(Some(part), thing, pen);
            }
        }
        other => pen.unused(&format!("geometry {}", other.unwrap_or("without a type"))),
    }
}
