//! The stored queries of a run: ours, and those of the corpus.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::error::{Error, Result};
use crate::query::{Purpose, StoredQuery};
use crate::source::{FileId, SourceText, Sources};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::OnceLock;

macro_rules! embedded {
    ($($name:literal)+) => {
        /// The queries of the folder `queries/`, by name. A test keeps the list and the folder equal.
        const EMBEDDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../queries/", $name, ".rq"))),)+];
    };
}

embedded! {
    "answers-side-by-side"
    "approximate-dates"
    "audit-claimed-only-events"
    "audit-contents-without-claim"
    "audit-graphs"
    "audit-labels"
    "audit-leaks"
    "audit-lifetimes"
    "audit-passages"
    "claims-about"
    "claims-by-speech-act"
    "contested-contents"
    "converted-dates"
    "coverage-of-joins"
    "dates-that-differ"
    "documents-before-event"
    "documents-in-period"
    "enclosures"
    "event-dates-compared"
    "events-only-claimed"
    "graph-inventory"
    "graphs-in-folder"
    "in-place"
    "letters-by-country"
    "letters-by-region"
    "letters-elsewhere"
    "letters-mentioned"
    "lives-compared"
    "members-at-date"
    "mentions-of"
    "messages-between"
    "names-for"
    "numbers-claimed"
    "numbers-that-diverge"
    "persons-in-two-corpora"
    "quotations-of"
    "relayed-claims"
    "reply-tree"
    "roles-and-holders"
    "route-of-message"
    "several-correspondents"
    "timeline-of-event"
    "unanswered-between"
    "unanswered-messages"
    "unresolved-references"
    "who-claims"
}

/// Stored queries by name.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    queries: BTreeMap<String, StoredQuery>,
}

impl Catalogue {
    /// Our own queries, which are parsed once. To be called on a large stack.
    pub fn embedded() -> Self {
        static PARSED: OnceLock<Catalogue> = OnceLock::new();
        PARSED.get_or_init(Self::parse_embedded).clone()
    }

    fn parse_embedded() -> Self {
        let mut catalogue = Self::default();
        for (name, text) in EMBEDDED {
            let mut sources = Sources::new("");
            let file = sources.add(format!("queries/{name}.rq"));
            let source = SourceText::new(file, (*text).to_owned());
            let mut diagnostics = Diagnostics::default();
            let query = StoredQuery::read(name, &source, Purpose::Stored, &mut diagnostics);
            let query = query.unwrap_or_else(|| panic!("{name}: {diagnostics:?}; a test reads every query"));
            catalogue.queries.insert((*name).to_owned(), query);
        }
        catalogue
    }

    /// Adds the queries of a corpus; one that has the name of another is an error. To be called on a large stack.
    pub fn read(&mut self, sources: &Sources, files: &[FileId], diagnostics: &mut Diagnostics) {
        for &file in files {
            let Some(source) = diagnostics.take(sources.open(file)) else { continue };
            let path = sources.path(file);
            let name = path.rsplit('/').next().unwrap_or(path);
            let name = name.strip_suffix(".rq").unwrap_or(name).to_owned();
            if let Some(problem) = crate::model::slug_problem(&name) {
                let message = format!("the file name \"{name}\" cannot be the name of a query: {problem}");
                diagnostics.push(Diagnostic::new(Code::InvalidId, Sources::whole(file), message));
            }
            let Some(query) = StoredQuery::read(&name, &source, Purpose::Stored, diagnostics) else { continue };
            match self.queries.entry(name) {
                Entry::Vacant(place) => {
                    place.insert(query);
                }
                Entry::Occupied(place) => {
                    let message = format!("there is another stored query called \"{}\"", place.key());
                    let duplicate = Diagnostic::new(Code::DuplicateId, Sources::whole(file), message);
                    diagnostics.push(duplicate.help("rename the file"));
                }
            }
        }
    }

    /// The query of a name.
    pub fn find(&self, name: &str) -> Result<&StoredQuery> {
        self.queries.get(name).ok_or_else(|| {
            let alike = nearest(name, self.queries.keys().map(String::as_str));
            let help = alike.map_or_else(
                || "they are listed by: regesta query --list".to_owned(),
                |name| format!("did you mean {name}? They are listed by: regesta query --list"),
            );
            Error::usage(format!("there is no stored query called \"{name}\""), help)
        })
    }

    /// All queries, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = &StoredQuery> {
        self.queries.values()
    }
}
