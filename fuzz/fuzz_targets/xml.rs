#![no_main]
//! Hostile XML: what the simple parser reads, the full parser reads alike.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| assert_eq!(regesta::input::parsers_agree(text), Ok(()), "{text}"));
