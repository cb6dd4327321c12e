//! The cost of dividing tables into rows and cells, beside the csv crate, which does not say where a row is wrong.
//!
//! `cargo bench --bench tables [-- FOLDER…]`. Generated letters at three sizes, then the CSV files of each folder.

mod common;

use common::{least, table};
use csv::{ByteRecord, ReaderBuilder};
use regesta::input::count_rows;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The bytes that are read in each measurement, at least.
const BYTES: usize = 32 * 1024 * 1024;

fn main() {
    println!("{:34} {:>11} {:>11} {:>7}", "input", "regesta", "csv", "ratio");
    for letters in [300, 30_000, 300_000] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        table(folder.path(), letters);
        measure(&format!("table, {letters} letters"), folder.path());
    }
    for folder in std::env::args().skip(1).filter(|argument| !argument.starts_with('-')) {
        measure(&folder, Path::new(&folder));
    }
}

fn measure(name: &str, folder: &Path) {
    let tables = tables(folder);
    let size: usize = tables.iter().map(Vec::len).sum();
    let runs = BYTES.div_ceil(size.max(1));
    let time = |count: fn(&[u8]) -> usize| {
        least(|| {
            let tables = std::iter::repeat_n(&tables, runs).flatten();
            assert!(tables.map(|table| count(table)).sum::<usize>() > 0, "a table has rows");
        })
    };
    let (ours, library) = (time(count_rows), time(by_library));
    let speed = |time: Duration| format!("{:.0} MB/s", (size * runs) as f64 / 1e6 / time.as_secs_f64());
    let ratio = library.as_secs_f64() / ours.as_secs_f64();
    println!("{name:34} {:>11} {:>11} {ratio:>7.2}", speed(ours), speed(library));
}

fn tables(folder: &Path) -> Vec<Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.expect("the folder can be read").into_path());
    let tables = paths.filter(|path| path.extension().is_some_and(|ending| ending == "csv"));
    tables.filter_map(|path| fs::read(path).ok()).collect()
}

/// As rows that own their cells, which is what is wanted of ours.
fn by_library(table: &[u8]) -> usize {
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(table);
    reader.byte_records().filter_map(|record: Result<ByteRecord, _>| record.ok()).count()
}
