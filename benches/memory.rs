//! The memory that exports of many letters take: a million in one list, a hundred thousand in files of their own.
//!
//! `cargo bench --bench memory [LETTERS]`. The most resident memory of a process that does nothing else, with one
//! thread; the output goes nowhere. The kernel tells it in `/proc`, so this works on Linux.

mod common;

use common::{Input, Nowhere, cmif, project, tei, written};
use regesta::export::Format;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the measured process is told: the format, and the folder of the letters.
const CHILD: &str = "REGESTA_BENCH_CHILD";

fn main() {
    if let Ok(told) = env::var(CHILD) {
        let (format, folder) = told.split_once(' ').expect("the parent tells both");
        return export(format, Path::new(folder));
    }
    let letters = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    println!("{:24} {:10} {:>9} {:>18}", "input", "format", "MiB", "agents and places");
    for (name, number, write, sources) in
        [("CMIF", letters, cmif as Input, "cmif = [\"letters.xml\"]"), ("TEI", letters / 10, tei, "tei = [\"*.xml\"]")]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        project(folder.path(), sources);
        write(folder.path(), number);
        for format in Format::RDF {
            let mut child = Command::new(env::current_exe().expect("this program has a path"));
            child.env(CHILD, format!("{} {}", format.name, folder.path().display()));
            let output = child.output().expect("this program can be started");
            let told = String::from_utf8_lossy(&output.stdout);
            let (memory, things) = told.trim().split_once(' ').expect("the child tells both");
            println!("{:24} {:10} {memory:>9} {things:>18}", format!("{name}, {number} letters"), format.name);
        }
    }
}

fn export(format: &str, folder: &Path) {
    let corpus = written(folder, 1, format, Nowhere);
    let status = fs::read_to_string("/proc/self/status").expect("this is Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel tells the peak");
    let kibibytes: u64 = peak.trim().trim_end_matches(" kB").parse().expect("it is a number");
    println!("{} {}", kibibytes.div_ceil(1024), corpus.summary().things.kinds().count());
}
