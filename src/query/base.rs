//! What the IRIs of a corpus begin with.

use crate::project::Project;

/// What the IRIs of a corpus begin with.
#[derive(Clone, Debug)]
pub struct Base<'a> {
    /// What stands before the ids of its things: of a corpus of a joint project, its name and a slash.
    pub before: String,
    /// The base.
    pub iri: &'a str,
}

impl<'a> Base<'a> {
    /// The base of a corpus, and those of the corpora of a joint project.
    pub fn all(project: &'a Project) -> Vec<Self> {
        let own = Self { before: String::new(), iri: &project.base };
        let corpora = project.corpora.iter();
        let corpora = corpora.map(|corpus| Self { before: format!("{}/", corpus.name), iri: &corpus.base });
        [own].into_iter().chain(corpora).collect()
    }

    /// That of a corpus alone.
    pub fn of(iri: &'a str) -> Self {
        Self { before: String::new(), iri }
    }
}
