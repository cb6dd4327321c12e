//! From whatever a dataset is written in to the statements of one graph.

use crate::datasets::writer::DatasetWriter;
use crate::datasets::{DatasetSummary, MountedDataset, letters, linked_places, pleiades, rdf, table};
use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::graph::{Iris, Sink};
use crate::project::{Dataset, DatasetForm, Project};

/// Sends the statements of a dataset to a sink, in the graph of the dataset. Where `diagnostics` has errors after that,
/// what was sent is not the whole dataset and is not to be used.
pub fn read(mount: MountedDataset<'_>, sink: &mut dyn Sink, diagnostics: &mut Diagnostics) -> Result<DatasetSummary> {
    let MountedDataset { project, dataset, sources, files, .. } = mount;
    let mut writer = DatasetWriter::new(project, dataset, sink);
    match &dataset.form {
        DatasetForm::Cmif | DatasetForm::Registers => letters::read(mount, &mut writer, diagnostics)?,
        form => {
            for &file in files {
                writer.begin(file);
                let read = match form {
                    DatasetForm::Rdf => rdf::read(sources, file, &mut writer),
                    DatasetForm::LinkedPlaces => linked_places::read(sources, file, &mut writer, diagnostics),
                    DatasetForm::Pleiades => pleiades::read(sources, file, &mut writer, diagnostics),
                    DatasetForm::LinkedPlacesTable => {
                        table::read_linked_places(sources, file, &mut writer, diagnostics)
                    }
                    DatasetForm::Table(columns) => table::read(columns, sources, file, &mut writer, diagnostics),
                    DatasetForm::Cmif | DatasetForm::Registers => unreachable!("the arm before this one takes them"),
                };
                diagnostics.take(read);
            }
        }
    }
    writer.finish(dataset, diagnostics)
}

/// The IRI of the graph that a dataset is mounted as.
pub fn graph(project: &Project, dataset: &Dataset) -> oxigraph::model::NamedNode {
    Iris::new(&project.base).mounted(&dataset.name)
}
