//! How far a long piece of work has come, for whoever shows it.

/// Is told of long work: that it begins, each step of it, and that it ends.
pub trait Progress: Sync {
    /// Work begins, which has so many steps; `what` says what is read in each, in the plural.
    fn begin(&self, what: &str, steps: usize);

    /// A step has been done, by any thread.
    fn step(&self);

    /// The work that was begun last has ended.
    fn end(&self);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &str, _: usize) {}

    fn step(&self) {}

    fn end(&self) {}
}
