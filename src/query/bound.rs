//! A query with the values of its parameters, each read once: what the query asks then, which datasets it needs, and
//! whether what it asks for is there.

use super::bind::{Values, bind};
use super::parameter::Value;
use super::{Base, Parameter, StoredQuery, algebra};
use crate::diagnostic::nearest;
use crate::error::{Error, Result};
use crate::store::Store;
use oxigraph::model::NamedNode;
use spargebra::Query;

/// A stored query with values in place of its parameters.
pub struct BoundQuery<'q> {
    pub(super) stored: &'q StoredQuery,
    pub(super) query: Query,
    given: Vec<Given<'q>>,
}

/// What was given for a parameter.
struct Given<'q> {
    parameter: &'q Parameter,
    /// As it was typed.
    text: String,
    value: Value,
}

impl StoredQuery {
    /// The query with values in place of its parameters. `written` has values by name, as they were typed; `base` is
    /// what ids are below.
    pub fn bind(&self, written: &[(String, String)], base: &str) -> Result<BoundQuery<'_>> {
        let mut given: Vec<Given<'_>> = Vec::new();
        for (name, text) in written {
            let Some(parameter) = self.parameters.iter().find(|parameter| parameter.name == *name) else {
                let names = self.parameters.iter().map(|parameter| parameter.name.as_str());
                let meant = nearest(name, names).map(|name| format!("; did you mean \"{name}\"?"));
                return Err(self.error(format!("there is no parameter \"{name}\"{}", meant.unwrap_or_default())));
            };
            let value = parameter.value(text, base).map_err(|why| self.error(format!("{name}={text}: {why}")))?;
            if given.iter().any(|known| known.parameter.variable == parameter.variable) {
                return Err(self.error(format!("the parameter \"{name}\" is given twice")));
            }
            given.push(Given { parameter, text: text.clone(), value });
        }
        let values: Values<'_> = given.iter().map(|given| (&given.parameter.variable, &given.value)).collect();
        let is_missing = |parameter: &&Parameter| parameter.required && !values.contains_key(&parameter.variable);
        if let Some(missing) = self.parameters.iter().find(is_missing) {
            return Err(self.error(format!("the parameter \"{}\" is missing", missing.name)));
        }
        let query = bind(self.query.clone(), &values).map_err(|why| self.error(why))?;
        Ok(BoundQuery { stored: self, query, given })
    }
}

impl BoundQuery<'_> {
    /// The algebra, as it is evaluated.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Which of the datasets have to be loaded: those that the head names; where it names all and a parameter says
    /// which, that one. `mounted` has the name and the graph of each that there is; the answer, where it stands there.
    pub fn wanted_datasets(&self, mounted: &[(String, NamedNode)]) -> Result<Vec<usize>> {
        let StoredQuery { name, datasets, .. } = self.stored;
        let mut chosen = self.datasets_given(mounted)?;
        let all = datasets.iter().any(|name| name == "all");
        let asked = algebra::named_graphs(&self.stored.query);
        let unnamed = |(name, graph): &&(String, NamedNode)| !all && !datasets.contains(name) && asked.contains(graph);
        if let Some((dataset, _)) = mounted.iter().find(unnamed) {
            let message = format!("the graph of the dataset \"{dataset}\" is asked, and the head does not name it");
            let help = format!("begin the query with a line: #+ datasets: [{dataset}]");
            return Err(Error::Query { name: name.clone(), message, help: Some(help) });
        }
        if all {
            return Ok(if chosen.is_empty() { (0..mounted.len()).collect() } else { chosen });
        }
        for wanted in datasets {
            let at = mounted.iter().position(|(name, _)| name == wanted);
            let not_there = || self.stored.error(format!("the dataset \"{wanted}\" is not mounted{}", names(mounted)));
            let at = at.ok_or_else(not_there)?;
            if !chosen.contains(&at) {
                chosen.push(at);
            }
        }
        Ok(chosen)
    }

    /// The datasets that parameters say.
    fn datasets_given(&self, mounted: &[(String, NamedNode)]) -> Result<Vec<usize>> {
        let given = self.given.iter().filter(|given| given.parameter.of_dataset).map(|given| {
            let at = mounted.iter().position(|(_, graph)| given.value.iri() == Some(graph));
            at.ok_or_else(|| {
                let message = format!("no dataset is mounted as {}{}", given.value, names(mounted));
                self.stored.error(message)
            })
        });
        given.collect()
    }

    /// An id that was given and that nothing in the store has: its answer would be empty without a reason.
    pub fn check_ids(&self, bases: &[Base<'_>], store: &Store) -> Result<()> {
        for Given { text, value, .. } in self.given.iter().filter(|given| !given.parameter.of_dataset) {
            let Some(iri) = value.iri() else { continue };
            let Some(base) = bases.iter().find(|base| iri.as_str().starts_with(base.iri)) else { continue };
            if store.describes(iri)? {
                continue;
            }
            let kind = iri.as_str().rsplit_once('/').map_or(base.iri, |(kind, _)| kind);
            let things = store.things_below(&format!("{kind}/"))?;
            let slugs =
                things.iter().filter_map(|thing| thing.strip_prefix(kind)?.strip_prefix('/')?.strip_suffix("#it"));
            let slug = iri.as_str().trim_end_matches("#it").rsplit('/').next().unwrap_or(text);
            let meant = nearest(slug, slugs).map(|slug| format!("; did you mean {slug}?")).unwrap_or_default();
            return Err(self.stored.error(format!("nothing in the corpus is called \"{text}\"{meant}")));
        }
        Ok(())
    }
}

/// What can be named instead.
fn names(mounted: &[(String, NamedNode)]) -> String {
    let names: Vec<&str> = mounted.iter().map(|(name, _)| name.as_str()).collect();
    if names.is_empty() { String::new() } else { format!("; the datasets are {}", names.join(", ")) }
}
