//! A count of the bytes and marks that are looked at: tests hold the reader of prose to linear time by it.

#[cfg(test)]
thread_local! {
    /// The steps of this thread.
    pub(super) static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts a step, in tests.
#[inline]
pub(crate) fn step() {
    #[cfg(test)]
    STEPS.set(STEPS.get() + 1);
}
