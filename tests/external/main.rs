//! Tests of data that lie beside the repository. Where they are absent, each test is ignored and says what it needs.

mod gold;
mod sample;
#[path = "../suite/support.rs"]
mod support;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = gold::trials().into_iter().chain(sample::trials()).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A test that gets the path of a folder, given as seen from the repository, and is ignored where the folder is absent.
fn with_folder(
    name: impl Into<String>,
    folder: &'static str,
    test: impl FnOnce(&Path) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    Trial::ignorable_test(name, move || {
        let path = support::repository().join(folder);
        if !path.is_dir() {
            return Ok(Completion::ignored_with(format!("needs {folder}, which is absent")));
        }
        test(&path).map(|()| Completion::Completed)
    })
}
