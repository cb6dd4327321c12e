//! What checks cost: the processor's time and the memory of reading and writing many letters, and of checking them as
//! `regesta check` does, with every check of the program's own.
//!
//! `cargo bench --bench checks [LETTERS]`. Each in a process that does nothing else, with one thread; what is written goes
//! nowhere, in N-Quads. The senders are in a table with their lives, and half of the letters answer another one. The kernel
//! tells the memory in `/proc`, so this works on Linux.

mod common;

use common::{Input, Nowhere, cmif, gnd, processor_time, project, table, tei, written};
use regesta::corpus::{Corpus, Options};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the measured process is told: what to do, and the folder of the letters.
const CHILD: &str = "REGESTA_BENCH_CHILD";
/// How often each is measured; the least counts.
const RUNS: usize = 3;

fn main() {
    if let Ok(told) = env::var(CHILD) {
        let (what, folder) = told.split_once(' ').expect("the parent tells both");
        return measure(what, Path::new(folder));
    }
    let letters = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    println!(
        "{:24} {:>10} {:>10} {:>6} {:>10} {:>10} {:>9}",
        "input", "written", "checked", "ratio", "MiB", "MiB", "found"
    );
    for (name, write, sources) in [
        ("CMIF", cmif as Input, "cmif = [\"letters.xml\"]"),
        ("letter table", table, "tables = [\"letters.csv\"]"),
        ("TEI", tei, "tei = [\"*.xml\"]"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        project(folder.path(), sources);
        write(folder.path(), letters);
        lives(folder.path());
        let [written, checked] = ["write", "check"].map(|what| (0..RUNS).map(|_| child(what, folder.path())).min());
        let (written, checked) = (written.expect("it ran"), checked.expect("it ran"));
        let ratio = checked.0 as f64 / written.0 as f64;
        println!(
            "{:24} {:>7} ms {:>7} ms {ratio:>6.2} {:>10} {:>10} {:>9}",
            format!("{name}, {letters} letters"),
            written.0,
            checked.0,
            written.1,
            checked.1,
            checked.2
        );
    }
}

/// A table of the senders, with their lives.
fn lives(folder: &Path) {
    let mut text = String::from("id,label,born,died,gnd\n");
    for number in 0..5000 {
        writeln!(text, "p{number},\"Müller, Anna {number}\",1730,1880,{}", gnd(number)).expect("memory takes it");
    }
    fs::create_dir(folder.join("authorities")).expect("a folder can be made");
    fs::write(folder.join("authorities/persons.csv"), text).expect("a file can be written");
}

/// Milliseconds, mebibytes, and how much was found.
fn child(what: &str, folder: &Path) -> (u64, u64, usize) {
    let mut child = Command::new(env::current_exe().expect("this program has a path"));
    child.env(CHILD, format!("{what} {}", folder.display()));
    let output = child.output().expect("this program can be started");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = told.split_whitespace().map(|number| number.parse().expect("the child tells numbers"));
    let mut next = || numbers.next().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (next(), next(), usize::try_from(next()).expect("it is a small number"))
}

fn measure(what: &str, folder: &Path) {
    let found = match what {
        "write" => {
            written(folder, 1, "nquads", Nowhere);
            0
        }
        _ => check(folder),
    };
    let status = fs::read_to_string("/proc/self/status").expect("this is Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel tells the peak");
    let kibibytes: u64 = peak.trim().trim_end_matches(" kB").parse().expect("it is a number");
    println!("{} {} {found}", processor_time().as_millis(), kibibytes.div_ceil(1024));
}

/// What `regesta check` does; how much it finds.
fn check(folder: &Path) -> usize {
    let mut corpus = Corpus::open(Some(folder)).expect("there is a project file");
    corpus.check(None, None, &Options::default()).expect("memory takes it");
    corpus.diagnostics().sorted(corpus.sources()).len()
}
