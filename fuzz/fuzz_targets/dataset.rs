#![no_main]
//! A hostile dataset, in the format that its first byte chooses.

use libfuzzer_sys::fuzz_target;
use regesta_fuzz::mount_and_compare;

fuzz_target!(|bytes: &[u8]| if let Some((choice, bytes)) = bytes.split_first() {
    mount_and_compare(*choice, bytes);
});
