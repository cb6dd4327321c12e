#![no_main]
//! A hostile mapping file, read and written.

use libfuzzer_sys::fuzz_target;
use regesta_fuzz::read_and_write;

fuzz_target!(|bytes: &[u8]| read_and_write("links = [\"*.sssom.tsv\"]", "a.sssom.tsv", bytes));
