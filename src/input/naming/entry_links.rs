//! What entries of registers say of other entries by their ids: the larger place that they lie in, their authors.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::authority_index::{AuthorityIndex, EntryMatch, Pointer};
use crate::model::{Authority, Coverage, Details, Id, Kind, Reference};
use crate::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The most larger places of one entry that are compared, and how many are looked at above each.
const PLACES: usize = 64;

/// What an entry says of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// It lies there, or has its seat there.
    Within,
    /// It is the work of that.
    Author,
}

/// What leads to an entry.
#[derive(Clone, Debug)]
pub(crate) enum EntryPointer {
    /// The IRI of an identifier.
    Identifier(String),
    /// An id, with the file name or path of the register if that is named.
    Entry { register: Option<String>, entry: String },
}

/// A pointer of an entry to another.
#[derive(Clone, Debug)]
pub(crate) struct EntryLink {
    pub(crate) relation: Relation,
    pub(crate) pointer: EntryPointer,
    /// How large a place the element names, where its name says so.
    pub(crate) size: Option<u8>,
    /// The element that points, and its attribute.
    pub(crate) element: String,
    pub(crate) attribute: &'static str,
    pub(crate) span: Span,
}

impl EntryLink {
    /// Takes note that nothing was made of it.
    fn count_unused(&self, coverage: &mut Coverage) {
        coverage.count(&self.element, Some((false, self.attribute)), || self.span);
    }
}

impl AuthorityIndex {
    /// The entry that a pointer in a file leads to, where it is of the kind that is wanted.
    pub(crate) fn linked(&self, pointer: &EntryPointer, kind: Kind, file: &str) -> Option<&Id> {
        let found = match pointer {
            EntryPointer::Identifier(iri) => match self.identified(iri, kind, "") {
                EntryMatch::Entry(id) => Some(id),
                _ => None,
            },
            EntryPointer::Entry { register, entry } => {
                self.exact_entry(entry, kind, Pointer { file, register: register.as_deref() }, "")
            }
        };
        found.filter(|id| id.kind == kind || kind == Kind::Person && Kind::AGENTS.contains(&id.kind))
    }
}

/// Puts into the details of entries what they say of others; `links` are in the order of the entries, each with the number of
/// its own. `find` finds the entry that a pointer in a file leads to.
///
/// A place lies in one larger place. Of several it is the one that lies in all others, by what the entries or the names of the
/// elements say; else none of them, and each counts as not used. So does what would make a place lie in itself.
pub(crate) fn settle(
    authorities: &mut [Authority],
    links: Vec<(usize, EntryLink)>,
    find: impl Fn(FileId, &EntryPointer, Kind) -> Option<Id>,
    coverage: &mut Coverage,
    diagnostics: &mut Diagnostics,
) {
    let mut missing: BTreeMap<String, Span> = BTreeMap::new();
    let mut places: BTreeMap<usize, Vec<(EntryLink, Id)>> = BTreeMap::new();
    for (at, link) in links {
        let kind = if link.relation == Relation::Within { Kind::Place } else { Kind::Person };
        let entry = &mut authorities[at];
        match find(entry.file, &link.pointer, kind) {
            Some(id) if id == entry.id => link.count_unused(coverage),
            Some(id) if link.relation == Relation::Within => places.entry(at).or_default().push((link, id)),
            Some(id) => {
                if let Details::Work { authors, .. } = &mut entry.details
                    && !authors.iter().any(|author| author.id == id)
                {
                    authors.push(Reference { id, span: link.span });
                }
            }
            None => {
                if let EntryPointer::Entry { entry, .. } = &link.pointer {
                    missing.entry(entry.clone()).or_insert(link.span);
                }
                link.count_unused(coverage);
            }
        }
    }
    within(authorities, places, coverage);
    report_missing(&missing, diagnostics);
}

/// Reports the ids to which entries point and which no register has.
fn report_missing(missing: &BTreeMap<String, Span>, diagnostics: &mut Diagnostics) {
    for (written, span) in missing {
        let message = format!("no register has \"{written}\", to which this entry points");
        let help = "correct the id, or name the register under registers in regesta.toml; the entry is read without it";
        diagnostics.push(Diagnostic::new(Code::MissingEntry, *span, message).help(help));
    }
}

/// Puts places and bodies into the larger places.
fn within(authorities: &mut [Authority], places: BTreeMap<usize, Vec<(EntryLink, Id)>>, coverage: &mut Coverage) {
    let named = places.iter().map(|(at, larger)| (&authorities[*at].id, larger.iter().map(|(_, id)| id).collect()));
    let named: BTreeMap<&Id, Vec<&Id>> = named.collect();
    let chosen = places.iter().filter_map(|(at, larger)| Some((*at, smallest(larger, &named)?)));
    let chosen: BTreeMap<usize, Reference> = chosen.collect();
    let larger = chosen.iter().map(|(at, reference)| (&authorities[*at].id, &reference.id)).collect();
    let circular: BTreeSet<Id> = circular(&larger).into_iter().cloned().collect();
    for (at, links) in places {
        let reference = chosen.get(&at).filter(|_| !circular.contains(&authorities[at].id));
        if reference.is_none() {
            links.iter().for_each(|(link, _)| link.count_unused(coverage));
        }
        match &mut authorities[at].details {
            Details::Place { within: place, .. } | Details::Organisation { place, .. } => *place = reference.cloned(),
            _ => {}
        }
    }
}

/// Of larger places the one that lies in all others.
fn smallest(larger: &[(EntryLink, Id)], named: &BTreeMap<&Id, Vec<&Id>>) -> Option<Reference> {
    let reference = |(link, id): &(EntryLink, Id)| Reference { id: id.clone(), span: link.span };
    let ids: BTreeSet<&Id> = larger.iter().map(|(_, id)| id).collect();
    if ids.len() == 1 {
        return larger.first().map(reference);
    }
    let sizes: BTreeSet<u8> = larger.iter().filter_map(|(link, _)| link.size).collect();
    if sizes.len() == larger.len() {
        return larger.iter().min_by_key(|(link, _)| link.size).map(reference);
    }
    if ids.len() > PLACES {
        return None;
    }
    let lies_in_all = |(_, id): &&(EntryLink, Id)| {
        let above = above(id, named);
        ids.iter().all(|other| *other == id || above.contains(other))
    };
    let mut lowest = larger.iter().filter(lies_in_all);
    let found = lowest.next()?;
    // Two that lie in each other.
    lowest.all(|(_, id)| *id == found.1).then(|| reference(found))
}

/// The places that a place lies in, as far as entries say.
fn above<'n>(id: &'n Id, named: &BTreeMap<&Id, Vec<&'n Id>>) -> BTreeSet<&'n Id> {
    let mut above = BTreeSet::new();
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        for larger in named.get(id).into_iter().flatten().take(PLACES) {
            if above.len() < PLACES && above.insert(*larger) {
                next.push(larger);
            }
        }
    }
    above
}

/// Those that lie in themselves.
fn circular<'n>(larger: &BTreeMap<&'n Id, &'n Id>) -> BTreeSet<&'n Id> {
    let mut circular = BTreeSet::new();
    let mut done = BTreeSet::new();
    for start in larger.keys() {
        let mut path = Vec::new();
        let mut at = *start;
        while let Some(next) = larger.get(at).filter(|_| done.insert(at)) {
            path.push(at);
            at = next;
        }
        circular.extend(path.into_iter().skip_while(|id| *id != at));
    }
    circular
}
