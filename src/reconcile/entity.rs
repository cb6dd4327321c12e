//! What is known of the things of a graph that can be compared.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Date;
use crate::reconcile::name::{NameForm, forms};
use crate::reconcile::property::Family;
use crate::source::Span;
use foldhash::fast::FixedState;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasher;

/// A thing as it is compared.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    /// Its IRI.
    pub iri: Box<str>,
    /// What it is called, the first name first.
    pub names: Vec<Box<str>>,
    /// How many of these are the ones that it goes by.
    pub(super) preferred: usize,
    /// What else its IRI is, and how surely.
    pub(super) same: Vec<(Box<str>, Likeness)>,
    pub(super) family: Option<Family>,
    pub(super) born: Option<DayRange>,
    pub(super) died: Option<DayRange>,
    pub(super) date: Option<DayRange>,
    /// Latitude and longitude.
    pub(super) point: Option<(f32, f32)>,
    pub(super) within: Vec<Whole>,
    pub(super) countries: Vec<Box<str>>,
    pub(super) replaced_by: Option<Box<str>>,
}

/// How much an address says of who or what is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It has to do with it.
    Related,
    /// It is nearly that.
    Near,
    /// It is that.
    Same,
}

/// What a place lies in.
#[derive(Clone, Debug)]
pub(super) enum Whole {
    /// A thing of the same graph.
    Known(u32),
    /// One that is only named.
    Named(Box<str>),
}

/// What a thing lies in, as it is looked up.
#[derive(Clone, Copy, Debug)]
pub(super) enum WholeOf<'e> {
    /// A thing of the same graph, with its number.
    Known(u32, &'e Entity),
    /// One that is only named.
    Named(&'e str),
}

impl<'e> WholeOf<'e> {
    /// What it goes by.
    fn name(&self) -> Option<&'e str> {
        match self {
            Self::Known(_, entity) => entity.names.first().map(|name| &**name),
            Self::Named(name) => Some(name),
        }
    }

    /// All its names, each as one number.
    pub(super) fn hashes(&self) -> Vec<u64> {
        let forms = match self {
            Self::Known(_, entity) => entity.forms(),
            Self::Named(name) => forms(name, false),
        };
        forms.iter().map(|form| FixedState::default().hash_one(&form.words)).collect()
    }
}

/// The first and the last day that a date can mean, as numbers that grow with time: 372 to a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayRange {
    pub(super) earliest: i32,
    pub(super) latest: i32,
}

/// Days to a year, in numbers that only have to grow.
pub(super) const YEAR: i32 = 372;

impl DayRange {
    pub(super) fn of(written: &str) -> Option<Self> {
        let plain = written.trim_start_matches('+');
        // Programs write a year as the beginning of its first day.
        let year = ["-01-01T00:00:00Z", "-00-00T00:00:00Z"].iter().find_map(|rest| plain.strip_suffix(rest));
        let plain = year.unwrap_or(plain);
        let day = plain.split_once('T').map_or(plain, |(day, _)| day).trim_end_matches('Z');
        let date = Date::parse(day).ok()?;
        let earliest = date.earliest.as_deref().map_or(Some(i32::MIN), day_number)?;
        let latest = date.latest.as_deref().map_or(Some(i32::MAX), day_number)?;
        (earliest != i32::MIN || latest != i32::MAX).then_some(Self { earliest, latest })
    }
}

impl DayRange {
    /// A point of time of Wikidata, so exact as its number says (Wikibase, "Time"; Help:Dates): 11 a day, 10 a month, 9 a year,
    /// 8 ten years, 7 a century and 6 a millennium, both counted from the year 1.
    pub(super) fn so_exact(written: &str, precision: u8) -> Option<Self> {
        let plain = written.trim_start_matches('+');
        let (sign, digits) = plain.strip_prefix('-').map_or((1, plain), |rest| (-1, rest));
        let day = digits.split_once('T').map_or(digits, |(day, _)| day);
        let mut parts = day.split('-').map(|part| part.parse::<i32>().ok());
        let year = sign * parts.next()??;
        let (month, day) = (parts.next()??, parts.next()??);
        let first = |year: i32, month: i32, day: i32| {
            year.checked_mul(YEAR).and_then(|days| days.checked_add((month.max(1) - 1) * 31 + day.max(1) - 1))
        };
        let years = |from: i32, count: i32| {
            Some(Self { earliest: first(from, 1, 1)?, latest: first(from.checked_add(count - 1)?, 12, 31)? })
        };
        let counted_from_one = |length: i32| (year - 1).div_euclid(length) * length + 1;
        match precision {
            11.. => Some(Self { earliest: first(year, month, day)?, latest: first(year, month, day)? }),
            10 => Some(Self { earliest: first(year, month, 1)?, latest: first(year, month, 31)? }),
            9 => years(year, 1),
            8 => years(year.div_euclid(10) * 10, 10),
            7 => years(counted_from_one(100), 100),
            6 => years(counted_from_one(1000), 1000),
            _ => None,
        }
    }
}

/// A day as a number.
pub(super) fn day_number(day: &str) -> Option<i32> {
    let (sign, digits) = day.strip_prefix('-').map_or((1, day), |rest| (-1, rest));
    let mut parts = digits.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month: i32 = parts.next()?.parse().ok()?;
    let day: i32 = parts.next()?.parse().ok()?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    year.checked_mul(sign * YEAR)?.checked_add((month - 1) * 31 + day - 1)
}

/// The things of a graph.
pub struct Entities {
    /// In the order of their IRIs.
    pub list: Vec<Entity>,
    pub(super) numbers: HashMap<Box<str>, u32>,
}

impl Entity {
    /// Its names as they are compared.
    pub(super) fn forms(&self) -> Vec<NameForm> {
        let numbered = self.names.iter().enumerate();
        numbered.flat_map(|(at, name)| forms(name, at >= self.preferred)).collect()
    }

    fn is_described(&self) -> bool {
        !self.names.is_empty()
    }
}

impl Entities {
    /// What is known of a thing, in one line: when it was, where it lies, what else it is called.
    pub fn summary(&self, entity: &Entity) -> String {
        let year = |day: i32| {
            if day == i32::MIN || day == i32::MAX { "?".to_owned() } else { day.div_euclid(YEAR).to_string() }
        };
        let years = |days: DayRange| match (year(days.earliest), year(days.latest)) {
            (earliest, latest) if earliest == latest => earliest,
            (earliest, latest) => format!("{earliest}/{latest}"),
        };
        let dates = [("born", entity.born), ("died", entity.died), ("date", entity.date)];
        let mut parts: Vec<String> =
            dates.into_iter().filter_map(|(what, days)| Some(format!("{what} {}", years(days?)))).collect();
        parts.extend(entity.point.map(|(latitude, longitude)| format!("at {latitude:.2}, {longitude:.2}")));
        let wholes: Vec<&str> = self.wholes(entity).iter().filter_map(WholeOf::name).collect();
        parts.extend((!wholes.is_empty()).then(|| format!("in {}", shortened(&wholes))));
        parts.extend((!entity.countries.is_empty()).then(|| entity.countries.join(" ")));
        let others: Vec<&str> = entity.names.iter().skip(1).map(|name| &**name).collect();
        parts.extend((!others.is_empty()).then(|| format!("also {}", shortened(&others))));
        parts.join("; ")
    }

    /// Has what is linked to a thing of this graph linked from that thing too: that two are one is true of both.
    pub fn link_both_ways(&mut self) {
        let mut back = Vec::new();
        for entity in &self.list {
            let known = entity.same.iter().filter_map(|(iri, likeness)| Some((*self.numbers.get(iri)?, *likeness)));
            back.extend(known.map(|(at, likeness)| (at, (entity.iri.clone(), likeness))));
        }
        back.into_iter().for_each(|(at, link)| self.list[at as usize].same.push(link));
    }

    /// The thing of an IRI.
    pub fn get(&self, iri: &str) -> Option<&Entity> {
        self.numbers.get(iri).map(|at| &self.list[*at as usize])
    }

    /// Whether a thing is described: whether it has a name, and does not only stand for another.
    pub fn describes(&self, iri: &str) -> bool {
        self.get(iri).is_some_and(Entity::is_described)
    }

    /// How many things are described.
    pub fn described(&self) -> usize {
        self.list.iter().filter(|entity| entity.is_described()).count()
    }

    /// What the dataset says that a thing has become: merged into another, which it names.
    pub fn replacement(&self, iri: &str) -> Option<&str> {
        let entity = self.get(iri)?;
        let only_the_same = || {
            let same = entity.same.iter().find(|(_, likeness)| *likeness == Likeness::Same);
            same.filter(|_| !entity.is_described()).map(|(iri, _)| &**iri)
        };
        entity.replaced_by.as_deref().or_else(only_the_same)
    }

    /// What a thing lies in, the nearest first; a few steps up, for a chain may lead back to its start.
    pub(super) fn wholes<'e>(&'e self, entity: &'e Entity) -> Vec<WholeOf<'e>> {
        let (mut wholes, mut seen, mut level) = (Vec::new(), BTreeSet::new(), vec![entity]);
        for _ in 0..LEVELS {
            let mut next = Vec::new();
            for whole in level.iter().flat_map(|entity| &entity.within).take(WHOLES) {
                match whole {
                    Whole::Named(name) => wholes.push(WholeOf::Named(name)),
                    Whole::Known(at) if seen.insert(*at) => {
                        let entity = &self.list[*at as usize];
                        wholes.push(WholeOf::Known(*at, entity));
                        next.push(entity);
                    }
                    Whole::Known(_) => {}
                }
            }
            level = next;
        }
        wholes
    }

    /// Reports places that lie in themselves, as far as the first thing that each is said to lie in leads.
    pub fn circles(&self, name: &str, span: Span) -> Option<Diagnostic> {
        let (mut state, mut circles) = (vec![CircleState::New; self.list.len()], Vec::new());
        for start in 0..self.list.len() {
            let mut at = start;
            let mut path = Vec::new();
            while state[at] == CircleState::New {
                state[at] = CircleState::OnPath;
                path.push(at);
                let whole = self.list[at].within.iter().find_map(|whole| match whole {
                    Whole::Known(whole) => Some(*whole as usize),
                    Whole::Named(_) => None,
                });
                let Some(whole) = whole else { break };
                at = whole;
                if state[at] == CircleState::OnPath {
                    let length = path.len() - path.iter().position(|on| *on == at).unwrap_or_default();
                    circles.push((at, length));
                }
            }
            path.into_iter().for_each(|at| state[at] = CircleState::Done);
        }
        let (at, length) = circles.first()?;
        let message = format!(
            "in the dataset \"{name}\" {} in themselves, the first <{}> through {length}",
            if circles.len() == 1 {
                "places lie".to_owned()
            } else {
                format!("{} circles of places lie", circles.len())
            },
            self.list[*at].iri
        );
        let help = "nothing is lost: what lies around a place is followed a few steps only";
        Some(Diagnostic::new(Code::DatasetCircle, span, message).help(help))
    }
}

/// The first few of several names.
fn shortened(names: &[&str]) -> String {
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", names[..names.len().min(SHOWN)].join(", "))
}

/// How many names are shown.
const SHOWN: usize = 4;

/// The most things, at each step up, that a place is said to lie in.
const WHOLES: usize = 64;
/// How far up what a place lies in is followed.
const LEVELS: usize = 6;

#[derive(Clone, Copy, PartialEq, Eq)]
enum CircleState {
    New,
    OnPath,
    Done,
}

#[cfg(test)]
mod tests {
    use super::{DayRange, day_number};

    #[test]
    fn points_of_time_are_as_exact_as_they_say() {
        for (written, precision, first, last) in [
            ("1883-05-02T00:00:00Z", 11, "1883-05-02", "1883-05-02"),
            ("1883-05-01T00:00:00Z", 10, "1883-05-01", "1883-05-31"),
            ("1883-01-01T00:00:00Z", 9, "1883-01-01", "1883-12-31"),
            ("1883-00-00T00:00:00Z", 9, "1883-01-01", "1883-12-31"),
            ("1880-01-01T00:00:00Z", 8, "1880-01-01", "1889-12-31"),
            ("1601-01-01T00:00:00Z", 7, "1601-01-01", "1700-12-31"),
            ("1700-01-01T00:00:00Z", 7, "1601-01-01", "1700-12-31"),
            ("+1650-00-00T00:00:00Z", 7, "1601-01-01", "1700-12-31"),
            ("1650-01-01T00:00:00Z", 6, "1001-01-01", "2000-12-31"),
        ] {
            let days = DayRange::so_exact(written, precision).expect("it has days");
            assert_eq!((Some(days.earliest), Some(days.latest)), (day_number(first), day_number(last)), "{written}");
        }
        assert_eq!(DayRange::so_exact("1650-01-01T00:00:00Z", 5), None);
        assert_eq!(DayRange::of("1883-01-01T00:00:00Z"), DayRange::of("1883"));
        assert_eq!(DayRange::of("1883-01-02T00:00:00Z"), DayRange::of("1883-01-02"));
        assert_eq!(DayRange::of("1883-01-01"), DayRange::so_exact("1883-01-01", 11));
    }
}
