//! Jobs done by several threads, and what comes of them handed on in the order of the sources.

use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::input::cmif::frame::Frame;
use crate::input::letters::batch::Batch;
use crate::input::letters::jobs::Jobs;
use crate::input::letters::sources::LetterSources;
use crate::input::letters::work::{Failure, FileOutcome, JobOutcome, Task};
use crate::input::naming::named_before::NamedBefore;
use crate::model::{RecordOrigin, RecordVisitor, SourceFile, SourceRecords};
use crate::progress::Progress;
use crate::source::FileId;
use std::collections::VecDeque;
use std::iter;
use std::mem;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

/// How many jobs are under way for each thread: enough that no thread waits, and few enough that what was done and not
/// handed on stays small.
const JOBS_PER_THREAD: usize = 4;

/// What is known of the letters when all of them have been read.
#[derive(Debug, Default)]
pub(crate) struct LettersRead {
    /// The files that letters were read from.
    pub(crate) sources: Vec<SourceFile>,
    /// The files that were left out.
    pub(crate) left_out: Vec<FileId>,
    /// What was found besides the letters.
    pub(crate) batch: Batch,
}

/// Reads the letters of all files, and sends them to a visitor in the order of the files: those of tables last, for these
/// leave open what the others say.
pub(crate) fn visit_letters<V: RecordVisitor>(
    sources: &mut LetterSources<'_>,
    visitor: &mut V,
    threads: NonZero<usize>,
    progress: &dyn Progress,
) -> Result<LettersRead> {
    let delivery = Delivery::new(sources, visitor, progress, LettersRead::default());
    let read = deliver_all(Jobs::of_xml(sources), delivery, threads)?;
    if sources.files.tables.is_empty() {
        return Ok(read);
    }
    sources.named_before = NamedBefore::of(&read.batch.things);
    let delivery = Delivery::new(sources, visitor, progress, read);
    deliver_all(Jobs::of_tables(sources), delivery, threads)
}

/// Has several threads do jobs, and delivers what comes of them in the order of the jobs.
fn deliver_all<V: RecordVisitor>(
    mut jobs: Jobs<'_>,
    mut delivery: Delivery<'_, V>,
    threads: NonZero<usize>,
) -> Result<LettersRead> {
    let sources = delivery.sources;
    if threads.get() == 1 {
        while let Some(task) = delivery.task(&mut jobs) {
            delivery.deliver(sources.work::<V>(task))?;
        }
        return Ok(delivery.read);
    }
    let limit = threads.get() * JOBS_PER_THREAD;
    let (to_do, tasks) = mpsc::channel::<Ordered<V>>();
    let tasks = Mutex::new(tasks);
    let work = |(task, done): Ordered<V>| {
        // Nobody waits for it where something before it could not be handed on.
        let _ = done.send(sources.work::<V>(task));
    };
    thread::scope(|scope| {
        // This thread is one of them.
        for _ in 1..threads.get() {
            scope.spawn(|| {
                let next = || tasks.lock().expect("no thread panics while it holds the lock").recv();
                iter::from_fn(|| next().ok()).for_each(work);
            });
        }
        // While the others do the jobs under way, this one divides the sources into more, hands on what has been done,
        // and does a job where there is nothing to hand on.
        let mut under_way = VecDeque::new();
        loop {
            while under_way.len() < limit
                && let Some(task) = delivery.task(&mut jobs)
            {
                let (done, outcome) = mpsc::sync_channel(1);
                to_do.send((task, done)).expect("the receiver is kept");
                under_way.push_back(outcome);
            }
            let Some(first) = under_way.front() else { break };
            let outcome = first.try_recv().or_else(|_| {
                // A thread that waits for a job holds the lock; then there is none to do here.
                let task = tasks.try_lock().ok().and_then(|tasks| tasks.try_recv().ok());
                task.into_iter().for_each(work);
                first.recv()
            });
            // A thread that panics says nothing; the scope hands its panic on.
            let Ok(outcome) = outcome else { break };
            under_way.pop_front();
            delivery.deliver(outcome)?;
        }
        drop(to_do);
        Ok(())
    })?;
    Ok(delivery.read)
}

/// A job, and where its outcome goes.
type Ordered<V> = (Task<<V as RecordVisitor>::Part>, SyncSender<JobOutcome<<V as RecordVisitor>::Part>>);

/// Hands on what was made of the letters, and has taken back what came of a file that cannot be read to its end.
struct Delivery<'d, V> {
    sources: &'d LetterSources<'d>,
    visitor: &'d mut V,
    progress: &'d dyn Progress,
    read: LettersRead,
    /// What was found in the file that was begun last.
    of_file: Batch,
    /// Why this file cannot be read to its end.
    unreadable: Option<Diagnostic>,
}

impl<'d, V: RecordVisitor> Delivery<'d, V> {
    /// A delivery that goes on with what has been read before.
    fn new(sources: &'d LetterSources<'d>, visitor: &'d mut V, progress: &'d dyn Progress, read: LettersRead) -> Self {
        Self { sources, visitor, progress, read, of_file: Batch::default(), unreadable: None }
    }

    /// The next job, with what is to be made of it.
    fn task(&mut self, jobs: &mut Jobs<'_>) -> Option<Task<V::Part>> {
        let job = jobs.next()?;
        let parts = (0..job.parts()).map(|_| self.visitor.begin_part()).collect();
        Some(Task { job, parts })
    }

    fn deliver(&mut self, outcome: JobOutcome<V::Part>) -> Result<()> {
        match outcome {
            JobOutcome::Files(files, batch) => {
                for (file, read) in files {
                    self.file(file, read)?;
                }
                self.read.batch.append(batch);
                Ok(())
            }
            JobOutcome::Begin(file) => {
                (self.of_file, self.unreadable) = (Batch::default(), None);
                self.visitor.begin_source(self.sources.sources.path(file))
            }
            JobOutcome::Part(read, batch, content) => {
                drop(content);
                self.part(read, batch)
            }
            JobOutcome::Frame(file, frame, part) => self.frame(file, frame, part),
            JobOutcome::End(file, digest) => {
                match self.unreadable.take().map_or(digest, |first| Err(Box::new(first))) {
                    Ok(digest) => self.end(SourceFile::new(file, self.sources.sources.shared_path(file), digest)),
                    Err(diagnostic) => self.leave_out(file, *diagnostic),
                }
            }
        }
    }

    /// A file that was read whole.
    fn file(&mut self, file: FileId, read: FileOutcome<V::Part>) -> Result<()> {
        self.progress.step();
        match read {
            Ok((part, record)) => {
                self.visitor.begin_source(&record.path)?;
                self.read.sources.push(record);
                self.visitor.append(part)
            }
            Err(Failure::Unreadable(diagnostic)) => {
                self.read.batch.diagnostics.leave_out(file, *diagnostic);
                self.read.left_out.push(file);
                Ok(())
            }
            Err(Failure::Unwritable(error)) => Err(error),
        }
    }

    /// A part of the file that was begun last. What comes after something unreadable is not wanted any more.
    fn part(&mut self, read: std::result::Result<V::Part, Failure>, batch: Batch) -> Result<()> {
        match read {
            _ if self.unreadable.is_some() => Ok(()),
            Ok(part) => {
                self.of_file.append(batch);
                self.visitor.append(part)
            }
            Err(Failure::Unreadable(diagnostic)) => {
                self.unreadable = Some(*diagnostic);
                Ok(())
            }
            Err(Failure::Unwritable(error)) => Err(error),
        }
    }

    /// What stands around the letters of the file that was begun last.
    fn frame(&mut self, file: FileId, frame: Frame, mut part: V::Part) -> Result<()> {
        let Frame { publication, mut batch, people, .. } = frame;
        people.iter().for_each(|people| people.count_unused(&mut batch.coverage));
        let mut records = SourceRecords::new(RecordOrigin::File(self.sources.sources.shared_path(file)));
        records.publication = publication.as_ref();
        V::visit_part(&mut part, &records, &mut batch.diagnostics)?;
        self.part(Ok(part), batch)
    }

    fn end(&mut self, mut record: SourceFile) -> Result<()> {
        let mut of_file = mem::take(&mut self.of_file);
        mem::take(&mut of_file.findings).report(&mut of_file.diagnostics);
        // A row that cannot be read would be missing from the table: it is left out whole.
        if self.is_table(record.file) && of_file.diagnostics.has_errors() {
            self.read.batch.diagnostics.leave_out_for(record.file, of_file.diagnostics);
            return self.take_back(record.file);
        }
        record.terms = mem::take(&mut of_file.terms).into_iter().collect();
        record.has_letters = true;
        self.read.batch.append(of_file);
        self.read.sources.push(record);
        self.progress.step();
        Ok(())
    }

    fn leave_out(&mut self, file: FileId, diagnostic: Diagnostic) -> Result<()> {
        // Of a table, what is wrong with its other rows is said too.
        if self.is_table(file) {
            mem::take(&mut self.of_file.findings).report(&mut self.of_file.diagnostics);
            self.read.batch.diagnostics.append(mem::take(&mut self.of_file.diagnostics));
        }
        self.read.batch.diagnostics.leave_out(file, diagnostic);
        self.take_back(file)
    }

    fn take_back(&mut self, file: FileId) -> Result<()> {
        self.read.left_out.push(file);
        self.progress.step();
        self.visitor.take_back_source()
    }

    fn is_table(&self, file: FileId) -> bool {
        self.sources.files.tables.contains(&file)
    }
}
