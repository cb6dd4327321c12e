#![no_main]
//! A hostile source file, read and written.

use libfuzzer_sys::fuzz_target;
use regesta_fuzz::read_and_write;
use std::panic;

fuzz_target!(
    init: {
        // The fuzzer ends with every panic, else.
        let end = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !regesta::read::is_caught(panic) {
                end(panic);
            }
        }));
    },
    |bytes: &[u8]| read_and_write("documents = [\"*.md\"]", "a.md", bytes)
);
