//! Jobs done by several threads, and what comes of them delivered in order.

use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::model::SourceRecord;
use crate::read::letters::{Desk, Done, Make, Step};
use crate::read::queue::{Frame, Job, Queue, Slot};
use crate::source::{Digest, Sources};
use std::collections::{BTreeMap, VecDeque};
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

/// How many groups of jobs each thread may be ahead of what has been delivered: enough that no thread waits, and few
/// enough that what is under way stays small.
const AHEAD: usize = 4;

/// A job and its number.
type Group = Vec<(usize, Job)>;
/// What came of a group, and the group itself: its memory is given back by the thread that it comes from, for threads
/// that give back each other's memory wait for each other.
type Results<R> = (Group, Vec<(usize, Done<R>)>);

/// Does a job at a desk; whether it is the last of a group.
type Work<'w, 'm, R> = dyn Fn(&Job, bool, &mut Desk<'m, R>) -> Done<R> + Sync + 'w;

/// Has threads do the jobs, and delivers everything in the order of the queue. The calling thread does jobs too when
/// there is nothing to deliver.
pub(super) fn in_order<'m, R: Send>(
    mut desks: Vec<Desk<'m, R>>,
    queue: &mut Queue<'_, '_>,
    work: &Work<'_, 'm, R>,
    delivery: &mut Delivery<'_, 'm, R>,
) -> Result<()> {
    let threads = desks.len();
    let do_all = |group: Group, desk: &mut Desk<'m, R>| -> Results<R> {
        let last = group.len() - 1;
        let done = group.iter().enumerate().map(|(at, (number, job))| (*number, work(job, at == last, desk))).collect();
        (group, done)
    };
    thread::scope(|scope| {
        let (to_do, jobs) = mpsc::channel::<Group>();
        let (results, done) = mpsc::channel::<thread::Result<Results<R>>>();
        let jobs = Arc::new(Mutex::new(jobs));
        let mut own_desk = desks.pop().expect("a thread has a desk");
        for mut desk in desks {
            let (jobs, results) = (Arc::clone(&jobs), results.clone());
            scope.spawn(move || {
                let next = || jobs.lock().expect("no thread panics while it holds the lock").recv();
                while let Ok(group) = next() {
                    // The calling thread panics in its place: it would wait for ever else.
                    let done = panic::catch_unwind(AssertUnwindSafe(|| do_all(group, &mut desk)));
                    let panicked = done.is_err();
                    if results.send(done).is_err() || panicked {
                        return;
                    }
                }
            });
        }
        drop(results);
        let mut line = InOrder {
            waiting: VecDeque::new(),
            ends: VecDeque::new(),
            finished: BTreeMap::new(),
            next: 0,
            next_slot: None,
        };
        loop {
            let received =
                |done: thread::Result<Results<R>>| done.unwrap_or_else(|cause| panic::resume_unwind(cause)).1;
            done.try_iter().for_each(|done| line.finished.extend(received(done)));
            line.deliver(delivery)?;
            while line.ends.len() < threads * AHEAD
                && let Some(group) = line.group(queue)
            {
                to_do.send(group).expect("the receiver is kept");
            }
            // What stands before the next job needs none.
            line.deliver(delivery)?;
            if line.waiting.is_empty() {
                return Ok(());
            }
            // A thread that waits for a job holds the lock; then there is none to do here.
            let own = jobs.try_lock().ok().and_then(|jobs| jobs.try_recv().ok());
            let own = own.map(|group| do_all(group, &mut own_desk).1);
            line.finished.extend(own.unwrap_or_else(|| received(done.recv().expect("a thread says that it panics"))));
        }
    })
}

/// What is under way, in order.
struct InOrder<R> {
    /// What is to be delivered; of jobs, the numbers.
    waiting: VecDeque<std::result::Result<Slot, usize>>,
    /// The last jobs of the groups that have not been delivered.
    ends: VecDeque<usize>,
    finished: BTreeMap<usize, Done<R>>,
    /// The number of the next job.
    next: usize,
    /// What was taken from the queue and belongs to the next group.
    next_slot: Option<Slot>,
}

impl<R> InOrder<R> {
    /// The next jobs that a thread takes at once; nothing at the end.
    fn group(&mut self, queue: &mut Queue<'_, '_>) -> Option<Group> {
        let mut group = Group::new();
        while group.first().is_none_or(|(_, job)| group.len() < job.group())
            && let Some(slot) = self.next_slot.take().or_else(|| queue.next())
        {
            match slot {
                // What is said of files that are read whole is said before other files begin.
                Slot::Job(job) if !group.is_empty() && job.group() == 1 => {
                    self.next_slot = Some(Slot::Job(job));
                    break;
                }
                Slot::Job(job) => {
                    self.waiting.push_back(Err(self.next));
                    group.push((self.next, job));
                    self.next += 1;
                }
                slot => self.waiting.push_back(Ok(slot)),
            }
        }
        self.ends.extend(group.last().map(|(number, _)| *number));
        (!group.is_empty()).then_some(group)
    }

    /// Delivers what has been done and has nothing before it that has not.
    fn deliver(&mut self, delivery: &mut Delivery<'_, '_, R>) -> Result<()> {
        while let Some(first) = self.waiting.pop_front() {
            match first {
                Ok(slot) => delivery.pass(slot)?,
                Err(number) => match self.finished.remove(&number) {
                    Some(result) => {
                        if self.ends.front() == Some(&number) {
                            self.ends.pop_front();
                        }
                        delivery.done(result)?;
                    }
                    None => {
                        self.waiting.push_front(Err(number));
                        return Ok(());
                    }
                },
            }
        }
        Ok(())
    }
}

/// Hands on what was made, and takes back what a broken file has given.
pub(super) struct Delivery<'d, 'm, R> {
    sources: &'d Sources,
    make: Box<Make<'m, R>>,
    take: &'d mut dyn FnMut(Step<R>) -> Result<()>,
    broken: Option<Diagnostic>,
    digest: Option<Digest>,
}

impl<'d, 'm, R> Delivery<'d, 'm, R> {
    pub(super) fn new(
        sources: &'d Sources,
        make: Box<Make<'m, R>>,
        take: &'d mut dyn FnMut(Step<R>) -> Result<()>,
    ) -> Self {
        Self { sources, make, take, broken: None, digest: None }
    }

    pub(super) fn pass(&mut self, slot: Slot) -> Result<()> {
        match slot {
            Slot::Begin(file) => {
                (self.broken, self.digest) = (None, None);
                (self.take)(Step::Begin(file))
            }
            Slot::Read(file, frame) => {
                let Frame { mut publication, mut batch, people, .. } = *frame;
                people.iter().for_each(|people| people.count_unused(&mut batch.coverage));
                let made = (self.make)(file, &mut |_| publication.take());
                self.done(Done { made, batch: Some(Box::new(batch)), digest: None, broken: None, whole: None })
            }
            Slot::Broken(diagnostic) => {
                self.broken.get_or_insert(*diagnostic);
                Ok(())
            }
            Slot::End(file, digest) => match (self.broken.take(), digest.or(self.digest.take())) {
                (None, Some(digest)) => {
                    let path = self.sources.shared_path(file);
                    (self.take)(Step::End(SourceRecord::new(file, path, digest)))
                }
                (Some(diagnostic), _) => (self.take)(Step::LeftOut(file, diagnostic)),
                (None, None) => unreachable!("what was read to its end has a digest"),
            },
            Slot::Job(_) => unreachable!("a job is done before it is delivered"),
        }
    }

    pub(super) fn done(&mut self, done: Done<R>) -> Result<()> {
        self.digest = done.digest.or(self.digest.take());
        self.broken = self.broken.take().or(done.broken);
        if let Some(whole) = done.whole {
            (self.take)(Step::Whole(whole))?;
        }
        if self.broken.is_some() { Ok(()) } else { (self.take)(Step::Part(done.made, done.batch)) }
    }
}
