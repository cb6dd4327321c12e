//! Places as Pleiades publishes them in JSON: one file a place, or all of them under `@graph`.

use crate::datasets::json::{self, Object, objects, position, text, texts};
use crate::datasets::linked_places::{interval, year};
use crate::datasets::problems::Problems;
use crate::datasets::writer::{DatasetWriter, Thing};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Kind, Scheme};
use crate::source::{FileId, Sources};
use std::collections::BTreeSet;

/// The keys of a place that are read, or repeat what is.
const READ: &[&str] = &[
    "uri",
    "id",
    "@type",
    "type",
    "title",
    "names",
    "locations",
    "placeTypes",
    "placeTypeURIs",
    "reprPoint",
    "connections",
    "connectsWith",
    "references",
    "description",
];

/// Connections of a place to what it lies in.
const WITHIN: &[&str] = &["part_of_admin", "part_of_regional", "part_of_physical", "at", "in"];

/// Reads one file.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    writer: &mut DatasetWriter<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let (mut number, mut problems) = (0, Problems::default());
    let mut each = |object: &Object| {
        number += 1;
        match place(object, writer) {
            Ok(thing) => writer.thing(&thing),
            Err(why) => problems.add(format!("place {number} {why}"), file, diagnostics),
        }
    };
    let rest = json::read(sources, file, "@graph", &mut |object| each(&object))?;
    if rest.contains_key("uri") {
        each(&rest);
    }
    if number == 0 {
        let message = "this file has no place of Pleiades";
        let help = "a place has its address under \"uri\"; a list of places stands under \"@graph\"";
        return Err(Diagnostic::new(Code::UnreadableDataset, Sources::whole(file), message).help(help));
    }
    Ok(())
}

fn place(object: &Object, writer: &mut DatasetWriter<'_>) -> Result<Thing, String> {
    let uri = text(object, "uri", writer).ok_or("has no uri")?;
    let iri = writer.iri_of(uri).ok_or_else(|| format!("has the uri \"{uri}\", which is no address"))?;
    let name = text(object, "title", writer).ok_or_else(|| format!("<{iri}> has no title"))?.to_owned();
    object.keys().filter(|key| !READ.contains(&key.as_str())).for_each(|key| writer.unused(key));
    let mut thing = Thing { iri, name, kind: Some(Kind::Place), ..Thing::default() };
    if let Some(written) = object.get("reprPoint").filter(|written| !written.is_null()) {
        match position(Some(written)) {
            Some(point) => thing.points.push(point),
            None => writer.unused("reprPoint that is no position"),
        }
    }
    // Both say the same, the one in words.
    for (words, addresses) in [("placeTypes", "placeTypeURIs"), ("connectsWith", "connections")] {
        if object.contains_key(words) && !object.contains_key(addresses) {
            writer.unused(words);
        }
    }
    thing.types = texts(object, "placeTypeURIs", writer).into_iter().map(str::to_owned).collect();
    let mut seen = BTreeSet::from([thing.name.clone()]);
    let mut known = BTreeSet::from([thing.iri.clone()]);
    // What the place cites in authority files is nearly the same; what a name or a location of it cites has to do with it.
    thing.close = cited(object, &mut known, writer);
    for name in objects(object, "names", writer) {
        writer.unused_of(name, "names", &["language", "attested", "romanized", "start", "end", "references"]);
        let language = text(name, "language", writer).map(str::to_owned);
        // What is attested is in the script of the source; several romanized forms are divided by commas.
        let romanized = text(name, "romanized", writer).into_iter().flat_map(|names| names.split(',')).map(str::trim);
        for words in text(name, "attested", writer).into_iter().chain(romanized).filter(|words| !words.is_empty()) {
            if seen.insert(words.to_owned()) {
                thing.names.push((words.to_owned(), language.clone()));
            }
        }
        thing.coverage.extend(stretch(name, writer));
        thing.see.extend(cited(name, &mut known, writer));
    }
    for location in objects(object, "locations", writer) {
        writer.unused_of(location, "locations", &["references"]);
        thing.see.extend(cited(location, &mut known, writer));
    }
    for connection in objects(object, "connections", writer) {
        writer.unused_of(connection, "connections", &["connectionType", "connectsTo"]);
        let kind = text(connection, "connectionType", writer).unwrap_or_default();
        match text(connection, "connectsTo", writer).and_then(|other| writer.iri_of(other)) {
            Some(other) if WITHIN.contains(&kind) => thing.within.push(other),
            Some(other) => thing.related.push(other),
            None => writer.unused("connection that leads nowhere"),
        }
    }
    let words = text(object, "description", writer).map(str::to_owned);
    thing.descriptions.extend(words.map(|words| (words, Some("en".to_owned()))));
    thing.coverage.sort();
    thing.coverage.dedup();
    Ok(thing)
}

/// What a part of a place cites in authority files and is not known yet; what else it cites is counted as not used.
fn cited(part: &Object, known: &mut BTreeSet<String>, writer: &mut DatasetWriter<'_>) -> Vec<String> {
    let mut cited = Vec::new();
    for reference in objects(part, "references", writer) {
        match text(reference, "accessURI", writer).and_then(Scheme::identify_address) {
            Some(identifier) if known.insert(identifier.iri.clone()) => cited.push(identifier.iri),
            Some(_) => {}
            None => writer.unused("reference outside authority files"),
        }
    }
    cited
}

/// The years in which a name is attested. Pleiades counts years before Christ without a year zero, EDTF with one.
fn stretch(name: &Object, writer: &mut DatasetWriter<'_>) -> Option<String> {
    let mut of = |key: &str| {
        let written = name.get(key).filter(|written| !written.is_null())?;
        let number = written.as_i64();
        if number.is_none() {
            writer.unused(&format!("{key} that is no year"));
        }
        number.map(|number| year(if number < 0 { number + 1 } else { number }))
    };
    let (start, end) = (of("start"), of("end"));
    (start.is_some() || end.is_some()).then(|| interval(start, end))
}
