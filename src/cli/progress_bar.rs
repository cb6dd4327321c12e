//! The progress bar, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use regesta::progress::Progress;
use std::sync::Mutex;

/// A bar on standard error for the work that was begun last.
#[derive(Default)]
pub(super) struct Bar(Mutex<Option<ProgressBar>>);

impl Bar {
    fn with(&self, act: impl FnOnce(&mut Option<ProgressBar>)) {
        act(&mut self.0.lock().expect("no thread panics while it holds the lock"));
    }
}

impl Progress for Bar {
    fn begin(&self, what: &str, steps: usize) {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template(&format!("reading {{pos}}/{{len}} {what} {{wide_bar}} {{eta}}"));
        bar.set_style(style.expect("the template is well formed"));
        self.with(|place| *place = Some(bar));
    }

    fn step(&self) {
        self.with(|bar| bar.iter().for_each(|bar| bar.inc(1)));
    }

    fn end(&self) {
        self.with(|bar| bar.take().iter().for_each(ProgressBar::finish_and_clear));
    }
}
