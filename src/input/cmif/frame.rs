//! What stands around the letters of a list: what it says of all of them.

use crate::diagnostic::Diagnostic;
use crate::input::cmif::divider::ListPart;
use crate::input::letters::batch::Batch;
use crate::input::letters::reader::LetterReader;
use crate::input::letters::sources::LetterSources;
use crate::input::naming::name_cache::{NameCache, PartOfSources};
use crate::input::naming::people::People;
use crate::input::tei::header::Edition;
use crate::model::Publication;
use std::sync::Arc;

/// What is said around the letters of a file.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    pub(crate) edition: Option<Edition>,
    pub(crate) publication: Option<Publication>,
    pub(crate) batch: Batch,
    /// Those who are responsible for the file, when all of it has been read.
    pub(crate) people: Option<Arc<People>>,
}

/// Reads what stands around the letters of a list.
pub(crate) fn read(sources: &LetterSources<'_>, number: PartOfSources, frame: &ListPart) -> Result<Frame, Diagnostic> {
    let tree = frame.parse(number.file)?;
    let root = tree.root().mark_used();
    let elements = std::iter::once(root).chain(root.descendants());
    let header = elements.filter(|element| element.name() == "teiHeader" && element.is_own()).last();
    let (mut cache, mut batch) = (NameCache::default(), Batch::default());
    let mut reader = LetterReader::new(sources, number, &mut cache, &mut batch);
    let edition = header.map(|header| {
        let mut edition = reader.edition(header.mark_parents_used(), &Edition::default());
        edition.people = reader.naming.people.clone();
        edition
    });
    let (_, publication) = reader.finish(&mut cache, &mut batch);
    tree.report(&mut batch.coverage, &mut batch.diagnostics);
    Ok(Frame { edition, publication, batch, people: None })
}
