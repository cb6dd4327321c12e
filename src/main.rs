//! The program `regesta`: what is typed, turned into calls of the library.

mod cli;

use std::panic;
use std::process::ExitCode;

fn main() -> ExitCode {
    let show = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !regesta::read::is_caught(panic) {
            show(panic);
        }
    }));
    cli::run()
}
