//! JSON that is a list of things, or one of them: each is read by itself.

use crate::datasets::writer::DatasetWriter;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};

/// The members of an object.
pub(super) type Object = Map<String, Value>;

/// Calls `each` for every object of the list that the file has under `key`; what else the file has at its top.
pub(super) fn read(
    sources: &Sources,
    file: FileId,
    key: &'static str,
    each: &mut dyn FnMut(Object),
) -> Result<Object, Diagnostic> {
    let left = Cell::new(ENTRY_LIMIT);
    let stream = Bounded { inner: BufReader::with_capacity(1 << 16, sources.open_stream(file)?), left: &left };
    let mut json = serde_json::Deserializer::from_reader(stream);
    let read = Top { key, each, left: &left }.deserialize(&mut json).and_then(|top| json.end().map(|()| top));
    read.map_err(|error| {
        let place = Span {
            file,
            line: u32::try_from(error.line()).unwrap_or(u32::MAX),
            column: u32::try_from(error.column().max(1)).unwrap_or(u32::MAX),
            length: 1,
        };
        let span = if error.is_io() || error.line() == 0 { Sources::whole(file) } else { place };
        let help = "nothing of the dataset is used until the file can be read to its end";
        Diagnostic::new(Code::UnreadableDataset, span, error.to_string()).help(help)
    })
}

/// The most bytes of one thing, or of all that stands around the list of them: what has no end must not fill the memory.
const ENTRY_LIMIT: usize = 8 << 20;

/// Gives no more than so many bytes until it is allowed to go on.
struct Bounded<'l, R> {
    inner: R,
    left: &'l Cell<usize>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left.get().checked_sub(count);
        let too_long = || format!("an entry has more than {} MiB", ENTRY_LIMIT >> 20);
        self.left.set(left.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, too_long()))?);
        Ok(count)
    }
}

/// The object at the top of a file.
struct Top<'f> {
    key: &'static str,
    each: &'f mut dyn FnMut(Object),
    left: &'f Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Top<'_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = Object;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object with a list under \"{}\"", self.key)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Object, A::Error> {
        let (mut rest, mut is_listed) = (Object::new(), false);
        while let Some(key) = members.next_key::<String>()? {
            if key == self.key {
                if is_listed {
                    return Err(A::Error::custom(format!("the key \"{key}\" stands twice")));
                }
                is_listed = true;
                let around = self.left.replace(ENTRY_LIMIT);
                members.next_value_seed(List { each: &mut *self.each, left: self.left })?;
                self.left.set(around);
            } else {
                rest.insert(key, members.next_value()?);
            }
        }
        Ok(rest)
    }
}

/// The list of the things.
struct List<'f> {
    each: &'f mut dyn FnMut(Object),
    left: &'f Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Object>()? {
            self.left.set(ENTRY_LIMIT);
            (self.each)(item);
        }
        Ok(())
    }
}

/// The text of a member that has one, without blanks around it; what is no text is counted as not used.
pub(super) fn text<'v>(object: &'v Object, key: &str, writer: &mut DatasetWriter<'_>) -> Option<&'v str> {
    match object.get(key)? {
        Value::Null => None,
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => {
            writer.unused(&format!("{key} that is no text"));
            None
        }
    }
}

/// The objects of a member that is a list of them; what else it is or has in it is counted as not used.
pub(super) fn objects<'v>(object: &'v Object, key: &str, writer: &mut DatasetWriter<'_>) -> Vec<&'v Object> {
    items(object, key).filter_map(|item| found(item.as_object(), key, "object", writer)).collect()
}

/// The texts of a member that is one, or a list of them; what else it is or has in it is counted as not used.
pub(super) fn texts<'v>(object: &'v Object, key: &str, writer: &mut DatasetWriter<'_>) -> Vec<&'v str> {
    items(object, key).filter_map(|item| found(item.as_str(), key, "text", writer)).collect()
}

/// The items of a member that is a list, or what it is otherwise.
fn items<'v>(object: &'v Object, key: &str) -> impl Iterator<Item = &'v Value> {
    let one_or_many = object.get(key).filter(|value| !value.is_null()).map(std::slice::from_ref);
    match one_or_many {
        Some([Value::Array(items)]) => items.iter(),
        other => other.unwrap_or_default().iter(),
    }
}

fn found<T>(item: Option<T>, key: &str, what: &str, writer: &mut DatasetWriter<'_>) -> Option<T> {
    if item.is_none() {
        writer.unused(&format!("{key} that is no {what}"));
    }
    item
}

/// Two numbers, degrees of longitude and of latitude, as the latitude and the longitude; nothing where they are none.
pub(super) fn position(value: Option<&Value>) -> Option<(f64, f64)> {
    let [longitude, latitude, ..] = value?.as_array()?.as_slice() else { return None };
    let (longitude, latitude) = (longitude.as_f64()?, latitude.as_f64()?);
    let fits = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    fits.then_some((latitude, longitude))
}
