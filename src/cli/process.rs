//! Second processes, for what can need more time or memory than there is.

#[cfg(unix)]
mod limits {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// Address space that is set aside for the stacks of the query and of a dataset's parser, and counts as memory though
    /// hardly any of it is used.
    const STACK: u64 = 2 << 30;

    /// Limits the memory of this process, and has it end when the one that started it ends.
    pub(in crate::cli) fn limit_memory(mebibytes: u64) {
        let limit = mebibytes.saturating_mul(1 << 20).saturating_add(STACK);
        let Rlimit { maximum, .. } = getrlimit(Resource::As);
        let current = maximum.map_or(limit, |maximum| maximum.min(limit));
        // Without a limit the query is answered all the same.
        let _ = setrlimit(Resource::As, Rlimit { current: Some(current), maximum });
        #[cfg(target_os = "linux")]
        let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    }
}

#[cfg(not(unix))]
mod limits {
    pub(in crate::cli) fn limit_memory(_: u64) {}
}

pub(super) use limits::limit_memory;
