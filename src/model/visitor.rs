//! The records of all sources, source by source, for whoever makes something of them: a graph, an export, a count.

use crate::diagnostic::Diagnostics;
use crate::error::Result;
use crate::model::{Annotation, Authority, Claim, Document, Letter, Mapping, Publication, Records, SourceFile};
use std::mem;
use std::sync::Arc;

/// Where records come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordOrigin {
    /// The source file with this path below the corpus folder.
    File(Arc<str>),
    /// All letters together: what they name, and no authority table or register describes.
    Letters,
}

/// The records of one source, or of a part of a source that is read in parts; each list in the order of the source.
#[derive(Clone, Debug)]
pub struct SourceRecords<'a> {
    /// Where they come from.
    pub origin: RecordOrigin,
    /// Persons, places, events and the like.
    pub authorities: Vec<&'a Authority>,
    /// Hand-written documents.
    pub documents: Vec<&'a Document>,
    /// Letters of TEI files, CMIF files and letter tables.
    pub letters: &'a [Letter],
    /// Mentions, insertions, notes and quotations of hand-written documents; those of letters are with the letters.
    pub annotations: Vec<&'a Annotation>,
    /// The claims, each with its contents.
    pub claims: Vec<&'a Claim>,
    /// What links the corpus to other datasets.
    pub mappings: Vec<&'a Mapping>,
    /// How the source was published, where this part of it says so.
    pub publication: Option<&'a Publication>,
}

impl<'a> SourceRecords<'a> {
    /// No records yet.
    pub fn new(origin: RecordOrigin) -> Self {
        Self {
            origin,
            authorities: Vec::new(),
            documents: Vec::new(),
            letters: &[],
            annotations: Vec::new(),
            claims: Vec::new(),
            mappings: Vec::new(),
            publication: None,
        }
    }

    /// The records of each source that was read whole, in the order of the sources.
    pub fn by_source(records: &'a Records) -> Vec<Self> {
        let mut sources: Vec<Self> =
            records.sources.iter().map(|source| Self::new(RecordOrigin::File(source.path.clone()))).collect();
        let at: std::collections::HashMap<_, _> =
            records.sources.iter().enumerate().map(|(at, source)| (source.file, at)).collect();
        records.authorities.iter().for_each(|record| sources[at[&record.file]].authorities.push(record));
        records.documents.iter().for_each(|record| sources[at[&record.file]].documents.push(record));
        records.annotations.iter().for_each(|record| sources[at[&record.file]].annotations.push(record));
        records.claims.iter().for_each(|record| sources[at[&record.file]].claims.push(record));
        records.mappings.iter().for_each(|record| sources[at[&record.file]].mappings.push(record));
        sources
    }

    /// Every document: those written by hand, and the letters.
    pub fn all_documents(&self) -> impl Iterator<Item = &'a Document> {
        self.documents.iter().copied().chain(self.letters.iter().map(|letter| &letter.document))
    }
}

/// Takes the records of all sources in their order, and makes something of them.
///
/// What is written by hand and the authorities come first, source by source, then the letters of other people's making,
/// then what these name. Letters are too many to be held: each source of them is read in parts, by several threads.
/// What a thread makes of a part is a value of [`Part`](Self::Part), which depends on nothing but the part; these are
/// appended in the order of the sources, whatever thread was first.
///
/// Only [`begin_part`](Self::begin_part), [`visit_part`](Self::visit_part) and [`append`](Self::append) must be written.
/// Whoever keeps what was appended also takes back what comes of a source that turns out to be unreadable; what grows in
/// memory is easier written as an [`Accumulator`].
pub trait RecordVisitor {
    /// What is made of a part of a source.
    type Part: Send;

    /// What a thread begins a part with.
    fn begin_part(&mut self) -> Self::Part;

    /// Takes the records of a part; called once or several times for each. What is wrong with them goes into `problems`.
    fn visit_part(part: &mut Self::Part, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()>;

    /// Takes up a part that is complete.
    fn append(&mut self, part: Self::Part) -> Result<()>;

    /// Takes the records of a source that was read whole, or of a part of what all letters name.
    fn visit(&mut self, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()> {
        let mut part = self.begin_part();
        Self::visit_part(&mut part, records, problems)?;
        self.append(part)
    }

    /// A source of letters begins, whose parts follow.
    fn begin_source(&mut self, _path: &str) -> Result<()> {
        Ok(())
    }

    /// The source that was begun last cannot be read to its end: nothing of it is to be kept.
    fn take_back_source(&mut self) -> Result<()> {
        Ok(())
    }

    /// All records have come; these are the files that they came from. `names_things` says whether letters name what no
    /// authority table or register describes.
    fn end(&mut self, _sources: &[SourceFile], _names_things: bool, _problems: &mut Diagnostics) -> Result<()> {
        Ok(())
    }
}

/// Something that grows in memory with the records, and can be merged from what grew with their parts: a count, a list
/// of facts.
pub trait Accumulator: Send + Sized {
    /// An empty one for a part.
    fn fresh(&self) -> Self;

    /// Takes records.
    fn add(&mut self, records: &SourceRecords<'_>);

    /// Takes up what came of a later part.
    fn merge(&mut self, later: Self);
}

/// Visits records with an accumulator, and leaves out the sources that cannot be read to their end.
#[derive(Debug)]
pub struct Accumulated<A> {
    settled: A,
    /// What came of the source that was begun last, which may have to be taken back.
    latest: A,
}

impl<A: Accumulator> Accumulated<A> {
    /// A visit with an accumulator that is empty.
    pub fn new(empty: A) -> Self {
        Self { latest: empty.fresh(), settled: empty }
    }

    /// The accumulator, with what came of all sources.
    pub fn finish(mut self) -> A {
        self.settled.merge(self.latest);
        self.settled
    }
}

impl<A: Accumulator> RecordVisitor for Accumulated<A> {
    type Part = A;

    fn begin_part(&mut self) -> A {
        self.settled.fresh()
    }

    fn visit_part(part: &mut A, records: &SourceRecords<'_>, _: &mut Diagnostics) -> Result<()> {
        part.add(records);
        Ok(())
    }

    fn append(&mut self, part: A) -> Result<()> {
        self.latest.merge(part);
        Ok(())
    }

    fn begin_source(&mut self, _: &str) -> Result<()> {
        let fresh = self.settled.fresh();
        self.settled.merge(mem::replace(&mut self.latest, fresh));
        Ok(())
    }

    fn take_back_source(&mut self) -> Result<()> {
        self.latest = self.settled.fresh();
        Ok(())
    }
}

/// Two visitors of the same records.
impl<A: RecordVisitor, B: RecordVisitor> RecordVisitor for (A, B) {
    type Part = (A::Part, B::Part);

    fn begin_part(&mut self) -> Self::Part {
        (self.0.begin_part(), self.1.begin_part())
    }

    fn visit_part(part: &mut Self::Part, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()> {
        A::visit_part(&mut part.0, records, problems)?;
        B::visit_part(&mut part.1, records, problems)
    }

    fn append(&mut self, part: Self::Part) -> Result<()> {
        self.0.append(part.0)?;
        self.1.append(part.1)
    }

    fn visit(&mut self, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()> {
        self.0.visit(records, problems)?;
        self.1.visit(records, problems)
    }

    fn begin_source(&mut self, path: &str) -> Result<()> {
        self.0.begin_source(path)?;
        self.1.begin_source(path)
    }

    fn take_back_source(&mut self) -> Result<()> {
        self.0.take_back_source()?;
        self.1.take_back_source()
    }

    fn end(&mut self, sources: &[SourceFile], names_things: bool, problems: &mut Diagnostics) -> Result<()> {
        self.0.end(sources, names_things, problems)?;
        self.1.end(sources, names_things, problems)
    }
}

impl<V: RecordVisitor> RecordVisitor for &mut V {
    type Part = V::Part;

    fn begin_part(&mut self) -> Self::Part {
        (**self).begin_part()
    }

    fn visit_part(part: &mut Self::Part, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()> {
        V::visit_part(part, records, problems)
    }

    fn append(&mut self, part: Self::Part) -> Result<()> {
        (**self).append(part)
    }

    fn visit(&mut self, records: &SourceRecords<'_>, problems: &mut Diagnostics) -> Result<()> {
        (**self).visit(records, problems)
    }

    fn begin_source(&mut self, path: &str) -> Result<()> {
        (**self).begin_source(path)
    }

    fn take_back_source(&mut self) -> Result<()> {
        (**self).take_back_source()
    }

    fn end(&mut self, sources: &[SourceFile], names_things: bool, problems: &mut Diagnostics) -> Result<()> {
        (**self).end(sources, names_things, problems)
    }
}
