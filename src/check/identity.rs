//! Who is who: identifiers that two things share or that one thing has two of, and persons that look alike.

use super::days::{Days, Verdict};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Authority, Circa, Date, Details, Id, Kind, Records, Relation, ReviewState, Scheme, chosen};
use crate::reconcile;
use crate::source::{Sources, Span};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where a thing is said to be that of an identifier.
struct Said<'a> {
    id: &'a Id,
    span: Span,
}

/// Reports identifiers that cannot all be right, and persons that may be one.
pub(super) fn check(records: &Records, things: &[Authority], circa: &Circa, diagnostics: &mut Diagnostics) {
    let all = || records.authorities.iter().chain(things);
    let mut of_identifiers: HashMap<(bool, &str), Said<'_>> = HashMap::new();
    let mut of_things: BTreeMap<(&Id, &str), (&str, Span)> = BTreeMap::new();
    let of_tables = all().flat_map(|authority| {
        authority.identifiers.iter().map(move |one| (&authority.id, authority.span, &*one.iri, Some(one.scheme)))
    });
    let is_accepted = |relation, review| relation == Relation::Exact && review == ReviewState::Accepted;
    let accepted = records.mappings.iter().filter(|one| is_accepted(one.relation, one.review));
    let of_links = accepted.map(|one| {
        let scheme = Scheme::ALL.iter().find(|scheme| one.theirs.starts_with(scheme.beginning()));
        (&one.id, one.span, &*one.theirs, scheme)
    });
    for (id, span, iri, scheme) in of_tables.chain(of_links) {
        // A country and its state are two things to some, and one to an authority file.
        let is_agent = Kind::AGENTS.contains(&id.kind) || id.kind == Kind::Agent;
        let known = of_identifiers.entry((is_agent, iri)).or_insert(Said { id, span });
        if known.id != id {
            let message = format!("\"{id}\" and \"{}\" have one identifier, <{iri}>", known.id);
            let shared =
                Diagnostic::new(Code::SharedIdentifier, span, message).related(known.span, "the other one is here");
            diagnostics.push(shared.help("if they are one, make one of both; otherwise correct the identifier"));
        }
        let Some(scheme) = scheme.filter(|scheme| *scheme != Scheme::SAME_AS) else { continue };
        let known = of_things.entry((id, scheme.column)).or_insert((iri, span));
        if known.0 != iri {
            let message = format!("\"{id}\" has two identifiers of {}: <{}> and <{iri}>", scheme.column, known.0);
            let two = Diagnostic::new(Code::TwoIdentifiers, span, message);
            let two = if known.1 == span { two } else { two.related(known.1, "the other one is here") };
            // Gazetteers have a town and its municipality, and VIAF puts together what it has twice only later.
            let is_common = id.kind == Kind::Place || scheme.column == "viaf";
            let two = if is_common { two.only_possible() } else { two };
            diagnostics.push(two.help("leave the right one; if the authority file has one thing twice, accept it"));
        }
    }
    look_alikes(all(), circa, diagnostics);
}

/// Reports entries of registers whose id another file of another folder has too: each is a thing of its own.
pub(super) fn shared_ids(records: &Records, sources: &Sources, diagnostics: &mut Diagnostics) {
    let known = records.ids();
    let folder = |file| sources.path(file).rsplit_once('/').map_or("", |(folder, _)| folder);
    for authority in &records.authorities {
        let Some(entry) = &authority.entry else { continue };
        let id = Id::new(authority.id.kind, entry.as_str());
        // Those of one folder are reported when they are read.
        let Some(other) = known.get(&id).filter(|other| folder(other.file) != folder(authority.file)) else { continue };
        let message =
            format!("\"{id}\" is another thing in another file; this one is called \"{}\" here", authority.id);
        let shared = Diagnostic::new(Code::SharedId, authority.span, message).related(*other, "the other one is here");
        diagnostics.push(shared.help("if they are one, give both an identifier, and make one of both"));
    }
}

/// The most namesakes that a person is compared with.
const NAMESAKES: usize = 1000;

/// A person, and what can tell a namesake apart.
#[derive(Clone, Copy)]
struct Namesake<'a> {
    person: &'a Authority,
    born: Option<Days>,
    died: Option<Days>,
}

fn look_alikes<'a>(authorities: impl Iterator<Item = &'a Authority>, circa: &Circa, diagnostics: &mut Diagnostics) {
    let mut persons: HashMap<String, Vec<Namesake<'_>>> = HashMap::new();
    for person in authorities.filter(|authority| authority.id.kind == Kind::Person) {
        let one = Namesake::of(person, circa);
        let names = [&person.label].into_iter().chain(&person.alt_labels);
        let mut known = HashSet::new();
        // In order, so that the label comes first.
        let names = names.flat_map(|name| reconcile::plain_names(&name.text)).filter(|name| known.insert(name.clone()));
        let names: Vec<String> = names.collect();
        let mut reported: Vec<&Id> = Vec::new();
        for name in names {
            let namesakes = persons.entry(name.clone()).or_default();
            if let Some(Namesake { person: other, .. }) = namesakes.iter().find(|other| one.may_be(other))
                && !reported.contains(&&other.id)
            {
                reported.push(&other.id);
                let (label, of_other) = (&person.label.text, &other.label.text);
                // Where it is another name of one of them, nobody would see which is meant.
                let is_label = [label, of_other].into_iter().all(|label| reconcile::plain_names(label).contains(&name));
                let which = if is_label { String::new() } else { format!(", \"{name}\"") };
                let message = format!(
                    "\"{label}\" ({}) looks like \"{of_other}\" ({}): they have one name{which}, and may have lived at one time",
                    person.id, other.id
                );
                let alike =
                    Diagnostic::new(Code::LookAlike, person.span, message).related(other.span, "the other one is here");
                let help = "if they are one, make one of both; otherwise tell them apart by their dates, or accept it";
                diagnostics.push(alike.help(help));
            }
            if namesakes.len() < NAMESAKES {
                namesakes.push(one);
            }
        }
    }
}

impl<'a> Namesake<'a> {
    fn of(person: &'a Authority, circa: &Circa) -> Self {
        let days = |dates: &[Date]| chosen(dates).and_then(|date| Days::of(date, circa));
        let (born, died) = match &person.details {
            Details::Person { born, died } => (days(born), days(died)),
            _ => (None, None),
        };
        Self { person, born, died }
    }

    /// Whether nothing tells the two apart.
    fn may_be(&self, other: &Self) -> bool {
        let told_apart = self.person.identifiers.iter().any(|first| {
            let of_scheme = || other.person.identifiers.iter().filter(|second| second.scheme == first.scheme);
            let others_only = || of_scheme().count() > 0 && of_scheme().all(|second| second.iri != first.iri);
            first.scheme != Scheme::SAME_AS && others_only()
        });
        let precedes = |first: Option<Days>, second: Option<Days>| {
            first.zip(second).is_some_and(|(first, second)| first.precedes(second) == Verdict::Certain)
        };
        let differ = |first, second| precedes(first, second) || precedes(second, first);
        !told_apart
            && !precedes(self.died, other.born)
            && !precedes(other.died, self.born)
            && !differ(self.born, other.born)
            && !differ(self.died, other.died)
    }
}
