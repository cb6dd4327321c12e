//! A dataset of others that is to be read, and what was read of it.

use crate::project::{Dataset, Project};
use crate::source::{FileId, Sources};
use std::collections::BTreeMap;
use std::num::NonZero;

/// A dataset that is to be read.
#[derive(Clone, Copy)]
pub struct MountedDataset<'a> {
    /// The project that declares it.
    pub project: &'a Project,
    /// What the project says of it.
    pub dataset: &'a Dataset,
    /// The source files.
    pub sources: &'a Sources,
    /// Those of the dataset, in order of path.
    pub files: &'a [FileId],
    /// How many threads read letters.
    pub threads: NonZero<usize>,
}

/// What was read of a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetSummary {
    /// How many statements there are.
    pub statements: usize,
    /// How many blank nodes were given an IRI.
    pub blank_nodes: usize,
    /// Keys and columns that are not used, and how often they were met.
    pub unused: BTreeMap<String, usize>,
}
