//! The program `regesta`: what is typed, turned into calls of the library.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
