//! The cost of parsing XML into trees, beside roxmltree alone, which reads everything that the simple parser leaves.
//!
//! `cargo bench --bench xml [-- FOLDER…]`. Generated letters at three sizes, then the XML files of each folder.

mod common;

use common::{cmif, least, tei};
use regesta::input::is_well_formed_xml;
use roxmltree::{Document, ParsingOptions};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The bytes that are parsed in each measurement, at least.
const BYTES: usize = 32 * 1024 * 1024;

fn main() {
    println!("{:34} {:>11} {:>11} {:>7}", "input", "regesta", "roxmltree", "ratio");
    for letters in [30, 3_000, 30_000] {
        measure_generated(&format!("CMIF, {letters} letters"), |folder| cmif(folder, letters));
    }
    for files in [1, 100, 10_000] {
        measure_generated(&format!("TEI, {files} files"), |folder| tei(folder, files));
    }
    for folder in std::env::args().skip(1).filter(|argument| !argument.starts_with('-')) {
        measure(&folder, Path::new(&folder));
    }
}

fn measure_generated(name: &str, write: impl Fn(&Path)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path());
    measure(name, folder.path());
}

fn measure(name: &str, folder: &Path) {
    let texts = texts(folder);
    let size: usize = texts.iter().map(String::len).sum();
    let runs = BYTES.div_ceil(size.max(1));
    let time = |parse: fn(&str) -> bool| {
        least(|| {
            let texts = std::iter::repeat_n(&texts, runs).flatten();
            assert!(texts.filter(|text| parse(text)).count() > 0, "a file is well formed");
        })
    };
    let (ours, library) = (time(is_well_formed_xml), time(by_library));
    let speed = |time: Duration| format!("{:.0} MB/s", (size * runs) as f64 / 1e6 / time.as_secs_f64());
    let ratio = library.as_secs_f64() / ours.as_secs_f64();
    println!("{name:34} {:>11} {:>11} {ratio:>7.2}", speed(ours), speed(library));
}

fn texts(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.expect("the folder can be read").into_path());
    let xml = paths.filter(|path| path.extension().is_some_and(|ending| ending == "xml"));
    xml.filter_map(|path| fs::read_to_string(path).ok()).collect()
}

fn by_library(text: &str) -> bool {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).is_ok()
}
