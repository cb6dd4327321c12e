//! How well two things fit: a number from 0 to 1, and the parts that it is made of.

use crate::reconcile::entity::{DayRange, Entity, Likeness, YEAR};
use std::fmt;

/// How well two things fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// From 0 to 1.
    pub total: f64,
    /// What they have in common.
    pub ground: Ground,
    /// What else speaks for it or against it, each with its factor.
    pub parts: Vec<(String, f64)>,
}

/// What brought two things together.
#[derive(Clone, Debug, PartialEq)]
pub enum Ground {
    /// An identifier that both have, and how sure that makes it.
    Identifier(String, f64),
    /// Names that are alike, and how much.
    Names(String, String, f64),
}

impl Ground {
    /// What an identifier is worth that one of the two only is close to.
    pub const CLOSE: f64 = 0.97;

    pub(super) fn worth(&self) -> f64 {
        match self {
            Self::Identifier(_, worth) | Self::Names(_, _, worth) => *worth,
        }
    }
}

impl fmt::Display for Score {
    /// The score as the product that it is.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ground {
            Ground::Identifier(iri, worth) => write!(formatter, "identifier {worth:.2} ({iri})")?,
            Ground::Names(one, two, worth) if one == two => write!(formatter, "name {worth:.2} ({one})")?,
            Ground::Names(one, two, worth) => write!(formatter, "name {worth:.2} ({one} = {two})")?,
        }
        self.parts.iter().try_for_each(|(what, factor)| write!(formatter, ", {what} ×{factor:.2}"))
    }
}

/// What an identifier is worth that one thing has so surely and the other so surely.
pub(super) fn worth_of(one: Likeness, two: Likeness) -> f64 {
    match one.min(two) {
        Likeness::Same => 1.0,
        Likeness::Near => Ground::CLOSE,
        Likeness::Related => 0.92,
    }
}

/// What speaks for it and against it that two things are one, besides what brought them together.
pub(super) fn parts(ours: &Entity, theirs: &Entity, shares_whole: Option<bool>) -> Vec<(String, f64)> {
    let mut parts = Vec::new();
    let dates =
        [("birth", ours.born, theirs.born), ("death", ours.died, theirs.died), ("date", ours.date, theirs.date)];
    for (what, ours, theirs) in dates {
        if let Some((ours, theirs)) = ours.zip(theirs) {
            parts.push(apart(what, ours, theirs));
        }
    }
    if let (Some(ours), Some(theirs)) = (ours.point, theirs.point) {
        let kilometres = distance(ours, theirs);
        let factor = match kilometres {
            near if near <= 10.0 => 1.1,
            near if near <= 50.0 => 1.0,
            far if far <= 200.0 => 0.8,
            _ => 0.3,
        };
        parts.push((format!("{kilometres:.0} km"), factor));
    }
    if let Some(shares) = shares_whole {
        parts.push(if shares { ("lies in the same".to_owned(), 1.05) } else { ("lies elsewhere".to_owned(), 0.85) });
    }
    parts
}

/// How far two dates are apart at least.
fn apart(what: &str, ours: DayRange, theirs: DayRange) -> (String, f64) {
    let gap = (ours.earliest.saturating_sub(theirs.latest)).max(theirs.earliest.saturating_sub(ours.latest)).max(0);
    let years = gap / YEAR;
    match years {
        _ if gap == 0 => (format!("{what} agrees"), 1.1),
        0..=2 => (format!("{what} within two years"), 0.95),
        3..=10 => (format!("{what} {years} years apart"), 0.7),
        _ => (format!("{what} {years} years apart"), 0.2),
    }
}

/// Kilometres between two points of the globe, as latitude and longitude, by the haversine formula.
fn distance(one: (f32, f32), two: (f32, f32)) -> f64 {
    const RADIUS: f64 = 6371.0;
    let radians = |degrees: f32| f64::from(degrees).to_radians();
    let (latitude, other_latitude) = (radians(one.0), radians(two.0));
    let (north, east) = (other_latitude - latitude, radians(two.1) - radians(one.1));
    let half = (north / 2.0).sin().powi(2) + latitude.cos() * other_latitude.cos() * (east / 2.0).sin().powi(2);
    2.0 * RADIUS * half.sqrt().min(1.0).asin()
}
