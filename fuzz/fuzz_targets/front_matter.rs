#![no_main]
//! A hostile document, front matter and prose, read and written.

use libfuzzer_sys::fuzz_target;
use regesta_fuzz::read_and_write;

fuzz_target!(|bytes: &[u8]| read_and_write("documents = [\"*.md\"]", "a.md", bytes));
