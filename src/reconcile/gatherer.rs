//! Gathers what is said of each thing, whatever vocabulary it is said in and in whatever order it comes.

use crate::error::Result;
use crate::graph::{GraphTarget, Sink, Statement};
use crate::model::Scheme;
use crate::reconcile::entity::{DayRange, Entities, Entity, Likeness, Whole, day_number};
use crate::reconcile::property::{Family, Properties, Says, number};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use std::collections::{BTreeSet, HashMap};
use std::mem;
use std::sync::Arc;

/// One thing that a graph says.
#[derive(Debug)]
enum Fact {
    Name(Box<str>),
    OtherName(Box<str>),
    Family(Family),
    Born(When),
    Died(When),
    Date(When),
    Earliest(i32),
    Latest(i32),
    Value(Box<str>),
    TimeValue(Box<str>),
    TimePrecision(u8),
    Rank(Rank),
    Point(f32, f32),
    Geometry(Box<str>),
    Latitude(f32),
    Longitude(f32),
    Within(Box<str>),
    WithinNamed(Box<str>),
    Country(Box<str>),
    Same(Box<str>, Likeness),
    ReplacedBy(Box<str>),
}

impl Fact {
    /// Whether it says the same name or address as another.
    fn repeats(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name(one), Self::Name(two)) | (Self::OtherName(one), Self::OtherName(two)) => one == two,
            (Self::Within(one), Self::Within(two)) => one == two,
            (Self::Same(one, how), Self::Same(two, other)) => one == two && how == other,
            (Self::Family(one), Self::Family(two)) => one == two,
            _ => false,
        }
    }
}

/// How far back it is looked whether something was said before.
const REPEATED: usize = 16;

/// How a statement of Wikidata stands beside others of its thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Deprecated,
    #[default]
    Normal,
    Preferred,
}

impl Rank {
    fn named(iri: &str) -> Option<Self> {
        match iri.strip_prefix("http://wikiba.se/ontology#")? {
            "DeprecatedRank" => Some(Self::Deprecated),
            "NormalRank" => Some(Self::Normal),
            "PreferredRank" => Some(Self::Preferred),
            _ => None,
        }
    }

    /// The rank of what has these facts.
    fn of(facts: &[Fact]) -> Self {
        let ranks = facts.iter().filter_map(|fact| if let Fact::Rank(rank) = fact { Some(*rank) } else { None });
        ranks.max().unwrap_or_default()
    }
}

/// A date, or the node that has it.
#[derive(Debug)]
enum When {
    DayRange(DayRange),
    Node(Box<str>),
}

/// Gathers what is said of each thing.
#[derive(Default)]
pub struct Gatherer {
    filter: Arc<Filter>,
    numbers: HashMap<Box<str>, u32>,
    nodes: Vec<(Box<str>, Vec<Fact>)>,
    /// The node that was met last: statements of a thing mostly stand together.
    last: Option<u32>,
    /// The statements of the source that was begun last, which may have to be taken back.
    begun: Vec<Quad>,
}

/// Which statements are gathered.
#[derive(Default)]
struct Filter {
    properties: Properties,
    /// What the IRIs of the things begin with; all are wanted where there is nothing.
    beginnings: Vec<String>,
}

impl Filter {
    fn wants(&self, quad: QuadRef<'_>) -> bool {
        let NamedOrBlankNodeRef::NamedNode(subject) = quad.subject else { return false };
        let begins = |beginning: &String| subject.as_str().starts_with(beginning.as_str());
        (self.beginnings.is_empty() || self.beginnings.iter().any(begins))
            && self.properties.says(quad.predicate.as_str()).is_some()
    }
}

/// The statements of a part of a source that are gathered.
pub struct WantedQuads {
    filter: Arc<Filter>,
    quads: Vec<Quad>,
}

impl Sink for WantedQuads {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        if self.filter.wants(statement.quad) {
            self.quads.push(statement.quad.into_owned());
        }
        Ok(())
    }
}

impl GraphTarget for Gatherer {
    type Part = WantedQuads;

    fn begin_part(&mut self) -> WantedQuads {
        WantedQuads { filter: Arc::clone(&self.filter), quads: Vec::new() }
    }

    fn begin(&mut self, _: NamedNodeRef<'_>) -> Result<()> {
        self.take_up();
        Ok(())
    }

    fn append(&mut self, part: WantedQuads) -> Result<()> {
        self.begun.extend(part.quads);
        Ok(())
    }

    fn take_back(&mut self) -> Result<()> {
        self.begun.clear();
        Ok(())
    }
}

impl Sink for Gatherer {
    fn statement(&mut self, statement: Statement<'_>) -> Result<()> {
        self.take_up();
        if self.filter.wants(statement.quad) {
            self.put(statement.quad);
        }
        Ok(())
    }
}

impl Gatherer {
    /// Gathers only what is below these IRIs.
    pub fn of(beginnings: Vec<String>) -> Self {
        Self { filter: Arc::new(Filter { beginnings, ..Filter::default() }), ..Self::default() }
    }

    fn take_up(&mut self) {
        for quad in mem::take(&mut self.begun) {
            self.put(quad.as_ref());
        }
    }

    fn put(&mut self, quad: QuadRef<'_>) {
        if let (NamedOrBlankNodeRef::NamedNode(subject), Some(says)) =
            (quad.subject, self.filter.properties.says(quad.predicate.as_str()))
            && let Some(fact) = self.fact(says, quad.object)
        {
            let facts = self.node(subject.as_str());
            // What a file says over and over need not fill the memory.
            if !facts.iter().rev().take(REPEATED).any(|known| known.repeats(&fact)) {
                facts.push(fact);
            }
        }
    }

    fn node(&mut self, iri: &str) -> &mut Vec<Fact> {
        let known = self.last.filter(|last| &*self.nodes[*last as usize].0 == iri);
        let at = known.or_else(|| self.numbers.get(iri).copied()).unwrap_or_else(|| {
            let at = u32::try_from(self.nodes.len()).expect("a dataset has fewer than 2^32 things");
            self.numbers.insert(iri.into(), at);
            self.nodes.push((iri.into(), Vec::new()));
            at
        });
        self.last = Some(at);
        &mut self.nodes[at as usize].1
    }

    fn fact(&self, says: Says, object: TermRef<'_>) -> Option<Fact> {
        let (iri, text) = match object {
            TermRef::NamedNode(node) => (Some(node.as_str()), None),
            TermRef::Literal(literal) => (None, Some(literal.value().trim()).filter(|text| !text.is_empty())),
            _ => (None, None),
        };
        let when = || iri.map(|iri| When::Node(iri.into())).or_else(|| text.and_then(DayRange::of).map(When::DayRange));
        let degrees = || text.and_then(|text| text.parse().ok());
        let same = |likeness| {
            let iri = iri.or(text.filter(|text| text.starts_with("http")))?;
            let usual = Scheme::identify_address(iri).map(|known| known.iri.into_boxed_str());
            Some(Fact::Same(usual.unwrap_or_else(|| iri.into()), likeness))
        };
        match says {
            Says::Name => text.map(|text| Fact::Name(text.into())),
            Says::OtherName => text.map(|text| Fact::OtherName(text.into())),
            Says::Type => iri.and_then(|iri| self.filter.properties.family(iri)).map(Fact::Family),
            Says::Born => when().map(Fact::Born),
            Says::Died => when().map(Fact::Died),
            Says::Date => when().map(Fact::Date),
            Says::Earliest => text.and_then(day_number).map(Fact::Earliest),
            Says::Latest => text.and_then(day_number).map(Fact::Latest),
            Says::Value => iri.map(|iri| Fact::Value(iri.into())),
            Says::TimeValue => text.map(|text| Fact::TimeValue(text.into())),
            Says::TimePrecision => text.and_then(|text| text.parse().ok()).map(Fact::TimePrecision),
            Says::Rank => iri.and_then(Rank::named).map(Fact::Rank),
            Says::Point => match iri {
                Some(node) => Some(Fact::Geometry(node.into())),
                None => text.and_then(point).map(|(latitude, longitude)| Fact::Point(latitude, longitude)),
            },
            Says::Latitude => degrees().map(Fact::Latitude),
            Says::Longitude => degrees().map(Fact::Longitude),
            Says::Within => match iri {
                Some(whole) => Some(Fact::Within(whole.into())),
                None => text.map(|text| Fact::WithinNamed(text.into())),
            },
            Says::Country => text.map(|text| Fact::Country(text.to_ascii_uppercase().into())),
            Says::Same => same(Likeness::Same),
            Says::Near => same(Likeness::Near),
            Says::Related => same(Likeness::Related),
            Says::Number(column) => Some(Fact::Same(number(column, text?)?.into(), Likeness::Same)),
            Says::ReplacedBy => iri.map(|iri| Fact::ReplacedBy(iri.into())),
        }
    }

    /// What was gathered, in the order of the IRIs. What has no name is not compared.
    pub fn finish(mut self) -> Entities {
        self.take_up();
        let Self { numbers, nodes, .. } = self;
        let facts_of = |node: &str| numbers.get(node).map(|at| &*nodes[*at as usize].1);
        let days = |when: &When| match when {
            When::DayRange(days) => Some((*days, Rank::default())),
            When::Node(node) => {
                let facts = facts_of(node)?;
                let value =
                    facts.iter().find_map(|fact| if let Fact::Value(node) = fact { facts_of(node) } else { None });
                Some((value.map_or_else(|| span(facts), point_of_time)?, Rank::of(facts)))
            }
        };
        let place = |node: &str| {
            let facts = &nodes[*numbers.get(node)? as usize].1;
            facts.iter().find_map(|fact| match fact {
                Fact::Point(latitude, longitude) => Some((*latitude, *longitude)),
                _ => None,
            })
        };
        let is_named = |facts: &[Fact]| facts.iter().any(|fact| matches!(fact, Fact::Name(_) | Fact::OtherName(_)));
        let mut order: Vec<u32> = (0..u32::try_from(nodes.len()).expect("counted before")).collect();
        order.retain(|at| is_named(&nodes[*at as usize].1) || is_replaced(&nodes[*at as usize].1));
        order.sort_unstable_by(|left, right| nodes[*left as usize].0.cmp(&nodes[*right as usize].0));
        let places: HashMap<u32, u32> = order.iter().zip(0..).map(|(at, new)| (*at, new)).collect();
        let whole = |iri: &str| {
            let at = numbers.get(iri).and_then(|at| places.get(at)).copied();
            at.map_or_else(|| Whole::Named(iri.into()), Whole::Known)
        };
        let list: Vec<Entity> = order
            .iter()
            .map(|at| entity(&nodes[*at as usize].0, &nodes[*at as usize].1, &days, &place, &whole))
            .collect();
        let numbers = list.iter().zip(0..).map(|(entity, at)| (entity.iri.clone(), at)).collect();
        Entities { list, numbers }
    }
}

fn is_replaced(facts: &[Fact]) -> bool {
    facts.iter().any(|fact| matches!(fact, Fact::ReplacedBy(_) | Fact::Same(..)))
}

/// The days of a span of time.
fn span(facts: &[Fact]) -> Option<DayRange> {
    let mut days = DayRange { earliest: i32::MIN, latest: i32::MAX };
    for fact in facts {
        match fact {
            Fact::Earliest(day) => days.earliest = *day,
            Fact::Latest(day) => days.latest = *day,
            Fact::Date(When::DayRange(of_value)) if days.earliest == i32::MIN && days.latest == i32::MAX => {
                days = *of_value;
            }
            _ => {}
        }
    }
    (days.earliest != i32::MIN || days.latest != i32::MAX).then_some(days)
}

/// The days of a point of time of Wikidata.
fn point_of_time(facts: &[Fact]) -> Option<DayRange> {
    let written =
        facts.iter().find_map(|fact| if let Fact::TimeValue(written) = fact { Some(written) } else { None })?;
    let precision =
        facts.iter().find_map(|fact| if let Fact::TimePrecision(number) = fact { Some(*number) } else { None });
    precision.map_or_else(|| DayRange::of(written), |precision| DayRange::so_exact(written, precision))
}

/// The days of all dates of the best rank.
fn days_of<'f>(
    dates: impl Iterator<Item = &'f When>,
    days: &dyn Fn(&When) -> Option<(DayRange, Rank)>,
) -> Option<DayRange> {
    let known: Vec<(DayRange, Rank)> = dates.filter_map(days).collect();
    let best = known.iter().map(|(_, rank)| *rank).max().filter(|rank| *rank > Rank::Deprecated)?;
    // What has no rank of its own repeats what has the best.
    known.iter().filter(|(_, rank)| *rank == best).fold(None, |all, (days, _)| either(all, Some(*days)))
}

/// The days of two answers to one question: either may be right.
fn either(one: Option<DayRange>, other: Option<DayRange>) -> Option<DayRange> {
    let (Some(one), Some(other)) = (one, other) else { return one.or(other) };
    Some(DayRange { earliest: one.earliest.min(other.earliest), latest: one.latest.max(other.latest) })
}

fn entity(
    iri: &str,
    facts: &[Fact],
    days: &dyn Fn(&When) -> Option<(DayRange, Rank)>,
    place: &dyn Fn(&str) -> Option<(f32, f32)>,
    whole: &dyn Fn(&str) -> Whole,
) -> Entity {
    let mut entity = Entity { iri: iri.into(), ..Entity::default() };
    let (mut names, mut others): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut latitude, mut longitude) = (None, None);
    for fact in facts {
        match fact {
            Fact::Name(name) => names.push(name),
            Fact::OtherName(name) => others.push(name),
            Fact::Family(family) => entity.family = entity.family.or(Some(*family)),
            Fact::Point(latitude, longitude) => entity.point = entity.point.or(Some((*latitude, *longitude))),
            Fact::Geometry(node) => entity.point = entity.point.or_else(|| place(node)),
            Fact::Latitude(degrees) => latitude = latitude.or(Some(*degrees)),
            Fact::Longitude(degrees) => longitude = longitude.or(Some(*degrees)),
            Fact::Within(iri) => entity.within.push(whole(iri)),
            Fact::WithinNamed(name) => entity.within.push(Whole::Named(name.clone())),
            Fact::Country(code) => entity.countries.push(code.clone()),
            Fact::Same(iri, likeness) => entity.same.push((iri.clone(), *likeness)),
            Fact::ReplacedBy(iri) => entity.replaced_by = entity.replaced_by.take().or_else(|| Some(iri.clone())),
            Fact::Born(_) | Fact::Died(_) | Fact::Date(_) | Fact::Earliest(_) | Fact::Latest(_) => {}
            Fact::Value(_) | Fact::TimeValue(_) | Fact::TimePrecision(_) | Fact::Rank(_) => {}
        }
    }
    let of = |pick: fn(&Fact) -> Option<&When>| days_of(facts.iter().filter_map(pick), days);
    entity.born = of(|fact| if let Fact::Born(when) = fact { Some(when) } else { None });
    entity.died = of(|fact| if let Fact::Died(when) = fact { Some(when) } else { None });
    entity.date = of(|fact| if let Fact::Date(when) = fact { Some(when) } else { None });
    entity.point = entity.point.or_else(|| latitude.zip(longitude));
    let mut seen = BTreeSet::new();
    entity.preferred = names.iter().collect::<BTreeSet<_>>().len();
    entity.names = names.into_iter().chain(others).filter(|name| seen.insert(*name)).map(Into::into).collect();
    // Whoever was born or has died is somebody.
    if entity.family.is_none() && (entity.born.is_some() || entity.died.is_some()) {
        entity.family = Some(Family::Person);
    }
    entity
}

/// A point of well-known text, as the latitude and the longitude; the reference system of GeoSPARQL may stand before it.
fn point(text: &str) -> Option<(f32, f32)> {
    let text = text.rsplit_once('>').map_or(text, |(_, text)| text).trim();
    let inner = text.get(..5).filter(|start| start.eq_ignore_ascii_case("point")).map(|_| text[5..].trim())?;
    let mut numbers = inner.strip_prefix('(')?.strip_suffix(')')?.split_whitespace();
    let (longitude, latitude) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some((latitude, longitude))
}
