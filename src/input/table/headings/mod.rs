//! What the columns of a letter table mean: said in the project file, or recognised by common headings.

use crate::input::table::known_headings::{
    self, AROUND_PARTS_OF_DATES, BESIDE_EACH_OTHER, PARTS_OF_DATES, PARTS_OF_NAMES, PLACES_BESIDE_PERSONS,
    PREPOSITIONS, RESERVATIONS,
};
use crate::model::Scheme;
use crate::project::{ColumnSection, Role};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// What identifiers are called in headings, beside the names of authority files and the words for whom or what they
/// identify.
const IDENTIFIERS: [&str; 8] = ["geo", "identifier", "uri", "emlo", "ids", "id", "nr", "number"];
/// The roles of identifiers, each with the role of the name that it goes with.
const OF_NAMES: &[(Role, Role)] = &[
    (Role::SenderId, Role::Sender),
    (Role::SenderPlaceId, Role::SenderPlace),
    (Role::RecipientId, Role::Recipient),
    (Role::RecipientPlaceId, Role::RecipientPlace),
];

/// The known headings, plain: what each means, and how early it stands among those of its role.
static KNOWN: LazyLock<HashMap<String, (Role, usize)>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (role, languages) in known_headings::all() {
        let headings = languages.iter().flat_map(|(_, headings)| headings.split(", "));
        for (rank, heading) in headings.enumerate() {
            known.entry(plain(heading)).or_insert((*role, rank));
        }
    }
    known
});

/// The columns of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RoleColumns {
    /// One, or several whose cells belong together.
    Together(Vec<usize>),
    /// Several of which the first that says something counts. Those of ids go with the names in the same place, which
    /// decide.
    FirstOf { columns: Vec<Option<usize>>, decided_by: Vec<usize> },
}

impl RoleColumns {
    /// All of them.
    pub(crate) fn all(&self) -> Vec<usize> {
        match self {
            Self::Together(columns) => columns.clone(),
            Self::FirstOf { columns, .. } => columns.iter().flatten().copied().collect(),
        }
    }
}

/// What the columns of a table mean.
#[derive(Debug, Default)]
pub(crate) struct Recognised {
    pub(crate) columns: BTreeMap<Role, RoleColumns>,
    /// The columns that are not used, because they may mean something else beside another: the column, what it may mean,
    /// and the other.
    pub(crate) doubtful: Vec<(usize, Role, usize)>,
}

/// The column that is called so, or that has this number, as in `#6`.
pub(crate) fn position(headings: &[String], said: &str) -> Option<usize> {
    let numbered = || said.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < headings.len());
    headings.iter().position(|heading| heading == said).or_else(numbered)
}

/// The columns of a table by what they mean: one for each role, or several whose cells belong together.
pub(crate) fn columns(headings: &[String], section: &ColumnSection) -> Recognised {
    let mut found = Recognised { columns: said(headings, section), doubtful: Vec::new() };
    // What the project file names means that, and nothing else. What is a part of a key says something of its own as well,
    // such as the edition.
    let is_key = |role: &str, said: &[String]| role == Role::Key.name() && said.len() > 1;
    let named = section.headings.iter().filter(|(role, said)| !is_key(role, said)).flat_map(|(_, said)| said);
    let named: BTreeSet<usize> = named.filter_map(|said| position(headings, said)).collect();
    let free = headings.iter().enumerate().filter(|(at, _)| !named.contains(at));
    let free: Free = free.map(|(at, heading)| (at, plain(heading))).collect();
    let is_open = |role: Role| !is_said(headings, section, role);
    recognise(&mut found, &free, &is_open);
    for (id, name) in OF_NAMES.iter().filter(|(id, _)| is_open(*id)) {
        recognise_ids(&mut found, headings, &free, (*id, *name));
    }
    found
}

/// The columns whose meaning is not said, with their plain headings.
type Free = Vec<(usize, String)>;

/// The columns that the project file names.
fn said(headings: &[String], section: &ColumnSection) -> BTreeMap<Role, RoleColumns> {
    let mut columns = BTreeMap::new();
    for role in Role::ALL.iter().filter(|role| is_said(headings, section, **role)) {
        let said = &section.headings[role.name()];
        let found: Vec<usize> = said.iter().filter_map(|said| position(headings, said)).collect();
        if found.is_empty() || found.len() != said.len() {
            continue;
        }
        let found = match section.alternatives.contains(role.name()) {
            true => RoleColumns::FirstOf { columns: found.iter().copied().map(Some).collect(), decided_by: found },
            false => RoleColumns::Together(found),
        };
        columns.insert(*role, found);
    }
    for (id, name) in OF_NAMES {
        let Some(RoleColumns::FirstOf { decided_by: names, .. }) = columns.get(name).cloned() else { continue };
        if let Some(ids) = columns.get(id).map(RoleColumns::all) {
            let columns_of_ids = (0..names.len()).map(|at| ids.get(at).copied()).collect();
            columns.insert(*id, RoleColumns::FirstOf { columns: columns_of_ids, decided_by: names });
        }
    }
    columns
}

/// Whether the project file says which column of this table has a role, or what it is in all rows. What it says of all
/// tables holds for one with a section of its own only where the table has the heading.
pub(crate) fn is_said(headings: &[String], section: &ColumnSection, role: Role) -> bool {
    let is_there = |said: &String| said.starts_with('=') || position(headings, said).is_some();
    let said = section.headings.get(role.name());
    said.is_some_and(|said| !section.defaults.contains(role.name()) || said.iter().all(is_there))
}

/// Adds the columns that are recognised by their headings, ids apart; of several for one role, the one whose heading is
/// listed first.
fn recognise(found: &mut Recognised, free: &Free, is_open: &dyn Fn(Role) -> bool) {
    let is_id = |role: Role| OF_NAMES.iter().any(|(id, _)| *id == role);
    let mut ranked: BTreeMap<Role, (usize, usize)> = BTreeMap::new();
    for (at, heading) in free {
        let Some((role, rank)) = KNOWN.get(heading).copied() else { continue };
        let is_certain = !is_preposition(heading) && beside(free, heading).is_none_or(|beside| beside == role);
        if is_certain && !is_id(role) && ranked.get(&role).is_none_or(|(known, _)| rank < *known) {
            ranked.insert(role, (rank, *at));
        }
    }
    for (role, (_, at)) in ranked.into_iter().filter(|(role, _)| is_open(*role)) {
        found.columns.insert(role, RoleColumns::Together(vec![at]));
    }
    for role in [Role::Sender, Role::Recipient].into_iter().filter(|role| is_open(*role)) {
        // The surname alone may have a known heading.
        let goes = |parts: &Vec<usize>| {
            found.columns.get(&role).is_none_or(|known| known.all().iter().all(|column| parts.contains(column)))
        };
        if let Some(parts) = name_in_parts(free, role).filter(goes) {
            found.columns.insert(role, RoleColumns::Together(parts));
        }
    }
    // Of two columns that name the sender and the recipient together, neither does so beside another.
    const PERSONS: [Role; 2] = [Role::Sender, Role::Recipient];
    let are_open = PERSONS.iter().all(|role| is_open(*role) && !found.columns.contains_key(role));
    for (at, heading) in free {
        let is_free = |role: &Role| is_open(*role) && (are_open || !PERSONS.contains(role));
        if let Some(role) = beside(free, heading).filter(is_free) {
            found.columns.entry(role).or_insert_with(|| RoleColumns::Together(vec![*at]));
        }
    }
    recognise_prepositions(found, free, is_open);
    recognise_dates_in_parts(found, free, is_open);
    recognise_reservations(found, free, is_open);
}

/// Dates whose year, month and day have columns of their own, where no other column has them.
fn recognise_dates_in_parts(found: &mut Recognised, free: &Free, is_open: &dyn Fn(Role) -> bool) {
    let column = |wanted: &str| free.iter().find(|(_, heading)| heading == wanted).map(|(at, _)| *at);
    let around =
        AROUND_PARTS_OF_DATES.iter().flat_map(|(role, around)| around.iter().map(move |around| (*role, *around)));
    for (role, around) in around.filter(|(role, _)| is_open(*role)) {
        let columns = PARTS_OF_DATES.iter().flat_map(|parts| {
            [false, true].map(|is_before| {
                let heading =
                    |part: &&str| if is_before { format!("{around}{part}") } else { format!("{part}{around}") };
                let [year, month, day] = parts.each_ref().map(|part| column(&heading(part)));
                Some([year, Some(month?), day].into_iter().flatten().collect::<Vec<_>>()).filter(|_| year.is_some())
            })
        });
        let Some(columns) = columns.flatten().next() else { continue };
        let goes = found.columns.get(&role).is_none_or(|known| known.all().iter().all(|at| columns.contains(at)));
        if goes {
            found.columns.insert(role, RoleColumns::Together(columns));
        }
    }
}

/// Several columns can each say of one thing that it is not sure: that it is uncertain, inferred or approximate.
fn recognise_reservations(found: &mut Recognised, free: &Free, is_open: &dyn Fn(Role) -> bool) {
    for role in RESERVATIONS.iter().filter(|role| is_open(**role)) {
        let is_of_role = |heading: &str| KNOWN.get(heading).is_some_and(|(known, _)| known == role);
        let columns: Vec<usize> = free.iter().filter(|(_, heading)| is_of_role(heading)).map(|(at, _)| *at).collect();
        if columns.len() > 1 {
            found.columns.insert(*role, RoleColumns::Together(columns));
        }
    }
}

/// Prepositions name the sender and the recipient where no other column does. Beside one, nobody knows what they mean.
fn recognise_prepositions(found: &mut Recognised, free: &Free, is_open: &dyn Fn(Role) -> bool) {
    let of_role = |role: Role| {
        let of_role = PREPOSITIONS.iter().filter(move |(of, _)| *of == role).flat_map(|(_, known)| known.iter());
        let columns = of_role.filter_map(|known| free.iter().find(|(_, heading)| heading == known));
        columns.map(|(at, _)| *at).next()
    };
    let roles = [Role::Sender, Role::Recipient];
    let prepositions = roles.map(|role| Some((role, of_role(role)?)));
    let rival = roles.iter().find_map(|role| {
        of_role(*role)?;
        found.columns.get(role)?.all().first().copied()
    });
    for (role, at) in prepositions.into_iter().flatten() {
        match rival {
            Some(rival) => found.doubtful.push((at, role, rival)),
            None if is_open(role) => _ = found.columns.insert(role, RoleColumns::Together(vec![at])),
            None => {}
        }
    }
    let has_persons = roles.iter().all(|role| !is_open(*role) || found.columns.contains_key(role));
    for (at, heading) in free {
        let place = PLACES_BESIDE_PERSONS.iter().find(|(known, _)| known == heading).map(|(_, role)| *role);
        let is_person = || found.columns.values().any(|columns| columns.all().contains(at));
        if let Some(place) = place.filter(|place| has_persons && is_open(*place) && !is_person()) {
            found.doubtful.retain(|(doubtful, ..)| doubtful != at);
            found.columns.entry(place).or_insert_with(|| RoleColumns::Together(vec![*at]));
        }
    }
}

/// What a heading means beside another.
fn beside(free: &Free, heading: &str) -> Option<Role> {
    let is_there = |wanted: &str| free.iter().any(|(_, heading)| heading == wanted);
    BESIDE_EACH_OTHER.iter().find(|(known, _, other)| *known == heading && is_there(other)).map(|(_, role, _)| *role)
}

/// Whether a heading is a preposition, which speaks of persons only where no other does.
fn is_preposition(heading: &str) -> bool {
    PREPOSITIONS.iter().any(|(_, known)| known.contains(&heading))
}

/// The columns of the two parts of a name whose headings begin or end with a word for the role.
fn name_in_parts(free: &Free, role: Role) -> Option<Vec<usize>> {
    let known = |rest: &str| KNOWN.get(rest).is_some_and(|(known, _)| *known == role);
    PARTS_OF_NAMES.iter().find_map(|(given, family)| {
        free.iter().find_map(|(at, heading)| {
            let begins = heading.strip_suffix(given).filter(|rest| known(rest)).map(|rest| format!("{rest}{family}"));
            let ends = || heading.strip_prefix(given).filter(|rest| known(rest)).map(|rest| format!("{family}{rest}"));
            let other = begins.or_else(ends)?;
            let (other, _) = free.iter().find(|(_, heading)| *heading == other)?;
            Some(vec![*at, *other])
        })
    })
}

/// Adds the column of ids that goes with the column of names. Ids of another column of names would be given to somebody
/// else.
fn recognise_ids(found: &mut Recognised, headings: &[String], free: &Free, (id, name): (Role, Role)) {
    let is_of_role = |heading: &str| match KNOWN.get(heading) {
        Some((known, _)) => *known == id,
        None => identifies(heading) == Some(id),
    };
    let rank = |heading: &str| KNOWN.get(heading).map_or(usize::MAX, |(_, rank)| *rank);
    let of_name = |column: usize| {
        let wanted = plain(&headings[column]);
        let is_open = |heading: &str| KNOWN.get(heading).is_none_or(|(known, _)| *known == id);
        let goes = |heading: &str| *heading != wanted && without_identifiers(heading) == wanted && is_open(heading);
        let goes = free.iter().filter(|(_, heading)| goes(heading) && !wanted.is_empty());
        goes.map(|(at, heading)| (rank(heading), *at)).min().map(|(_, at)| at)
    };
    let names = found.columns.get(&name).cloned();
    if let Some(RoleColumns::FirstOf { decided_by, .. }) = &names {
        let ids: Vec<Option<usize>> = decided_by.iter().map(|column| of_name(*column)).collect();
        if ids.iter().any(Option::is_some) {
            found.columns.insert(id, RoleColumns::FirstOf { columns: ids, decided_by: decided_by.clone() });
        }
        return;
    }
    let names = names.map(|names| names.all()).unwrap_or_default();
    let mut candidates: Vec<(usize, usize)> =
        free.iter().filter(|(_, heading)| is_of_role(heading)).map(|(at, heading)| (rank(heading), *at)).collect();
    candidates.sort_unstable();
    if let Some(at) = names.iter().find_map(|column| of_name(*column)) {
        found.columns.insert(id, RoleColumns::Together(vec![at]));
        return;
    }
    // Another column of names for the same role: what is not used of it.
    let is_name = |heading: &str| KNOWN.get(heading).is_some_and(|(known, _)| *known == name);
    let others = free.iter().filter(|(at, heading)| !names.contains(at) && is_name(heading));
    let others: Vec<(usize, &str)> = others.map(|(at, heading)| (*at, heading.as_str())).collect();
    let is_said = names.iter().any(|column| free.iter().all(|(at, _)| at != column));
    for (_, at) in candidates {
        let stem = without_identifiers(&free.iter().find(|(free, _)| *free == at).expect("a candidate is free").1);
        let of_other = others.iter().find(|(_, heading)| *heading == stem).or(others.first().filter(|_| is_said));
        match of_other {
            Some((other, _)) => found.doubtful.push((at, id, *other)),
            None => {
                found.columns.insert(id, RoleColumns::Together(vec![at]));
                return;
            }
        }
    }
}

/// The role of a heading that is made of a word for identifiers and one for what they identify: `gndabsender`,
/// `recipientviafid`.
fn identifies(heading: &str) -> Option<Role> {
    let rest = without_identifiers(heading);
    let (found, _) = KNOWN.get(rest).filter(|_| rest != heading)?;
    OF_NAMES.iter().find(|(_, name)| name == found).map(|(role, _)| *role)
}

/// A plain heading without the words for identifiers that it begins or ends with.
pub(crate) fn without_identifiers(heading: &str) -> &str {
    fn shorter(rest: &str) -> Option<&str> {
        let stripped = |word: &&str| rest.strip_prefix(*word).or_else(|| rest.strip_suffix(*word));
        Scheme::ALL.iter().map(|scheme| &scheme.column).chain(&IDENTIFIERS).find_map(stripped)
    }
    std::iter::successors(Some(heading), |rest| shorter(rest)).last().unwrap_or(heading)
}

/// A heading without what headings are written with in different ways. The French word for the recipient is nothing
/// without its accent.
pub(crate) fn plain(heading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if heading.nfc().flat_map(char::to_lowercase).eq(['à']) {
        return "à".to_owned();
    }
    // These letters are no others with a mark, as those are that the normal form takes apart.
    let letter = |letter: char| match letter {
        'ł' | 'Ł' => 'l',
        'ø' | 'Ø' => 'o',
        other => other,
    };
    heading.nfkd().map(letter).filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests;
