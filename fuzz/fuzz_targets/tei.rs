#![no_main]
//! A hostile source file, read and written.

use libfuzzer_sys::fuzz_target;
use regesta_fuzz::read_and_write;

fuzz_target!(|bytes: &[u8]| read_and_write("tei = [\"*.xml\"]", "a.xml", bytes));
