//! What reading hand-written prose costs, for the shapes that are hardest on a reader of Markdown: time and memory at
//! three sizes, and how the time grows when the size is doubled twice. 4 is linear, 16 is quadratic.
//!
//! `cargo bench --bench prose [KIB]`, with the largest size, beside the parsers of Markdown that could read prose
//! instead. Ours has to make the records too, and it reads the file; the others parse what is in memory. Each runs in
//! a process that does nothing else, for not all of them come back: `stopped` is one that takes more than ten seconds,
//! `failed` one that panics or has no stack left. The kernel tells the memory in `/proc`, so this works on Linux.

mod common;

use common::{processor_time, project};
use regesta::corpus::{Corpus, Options};
use std::env;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What the measured process is told: the parser, the shape and the size.
const CHILD: &str = "REGESTA_BENCH_CHILD";
/// How long a parser may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The parsers.
const PARSERS: [&str; 3] = ["ours", "pulldown-cmark", "markdown"];

/// A body that is hard to read: what it begins with, what is repeated, and what follows as often.
struct Shape {
    name: &'static str,
    begin: &'static str,
    repeated: &'static str,
    closing: &'static str,
}

const fn shape(name: &'static str, begin: &'static str, repeated: &'static str, closing: &'static str) -> Shape {
    Shape { name, begin, repeated, closing }
}

const SHAPES: [Shape; 20] = [
    shape("words in one line", "", "word ", ""),
    shape("words in lines", "", "The water stands high.\n", ""),
    shape("paragraphs", "", "a\n\n", ""),
    shape("headings", "", "# a\n", ""),
    shape("backslashes", "", "\\", ""),
    shape("mentions in one line", "", "[Maria](person:maria) ", ""),
    shape("mentions in lines", "", "[Maria](person:maria)\n", ""),
    shape("brackets that stand open", "", "[", ""),
    shape("brackets in each other", "", "[", "]"),
    shape("mentions in each other", "", "[", "](person:maria)"),
    shape("targets that stand open", "", "[a](b", ""),
    shape("titles that stand open", "", "[a](b (", ""),
    shape("titles to one bracket", "", "[a](b ([a](b \"", ")x"),
    shape("emphasis", "", "*a* ", ""),
    shape("stars and underscores", "", "*a _b **c __d ", ""),
    shape("emphasis in each other", "", "*a **a ", " a** a*"),
    shape("stars", "", "*", ""),
    shape("notes in each other", "", "[^a]: ", "\n"),
    shape("marks without note", "", "[^a]", ""),
    shape("marks of one note", "[^a]: Note.\n\n", "[^a]\n\n", ""),
];

impl Shape {
    fn body(&self, bytes: usize) -> String {
        let times = bytes.saturating_sub(self.begin.len()) / (self.repeated.len() + self.closing.len());
        format!("{}{}{}", self.begin, self.repeated.repeat(times), self.closing.repeat(times))
    }
}

fn main() {
    if let Ok(told) = env::var(CHILD) {
        let mut words = told.split(' ').map(|word| word.parse::<usize>().expect("the parent tells numbers"));
        let mut next = || words.next().expect("the parent tells three");
        return measure(PARSERS[next()], &SHAPES[next()], next());
    }
    let largest = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(4096);
    let sizes = [largest / 4, largest / 2, largest];
    for (parser, name) in PARSERS.iter().enumerate() {
        let [small, middle, large] = sizes.map(|size| format!("{size} KiB"));
        println!("{name:25} {small:>12} {middle:>12} {large:>12} {:>7} {:>10}", "growth", "memory");
        for (shape, Shape { name, .. }) in SHAPES.iter().enumerate() {
            let mut results = Vec::new();
            for size in sizes {
                // A larger one would take as long.
                let is_stopped = results.last() == Some(&Err("stopped"));
                results.push(if is_stopped { Err("stopped") } else { child(parser, shape, size * 1024) });
            }
            let times = results.iter().map(|result| match result {
                Ok((time, _)) => format!("{:12.1} ms", *time as f64 / 1000.0),
                Err(why) => format!("{why:>15}"),
            });
            print!("{name:25}{}", times.collect::<String>());
            match (&results[0], &results[2]) {
                (Ok((first, _)), Ok((last, memory))) => {
                    println!(" {:7.1} {memory:>6} MiB", *last as f64 / (*first).max(1) as f64);
                }
                _ => println!(),
            }
        }
        println!();
    }
}

/// Microseconds and mebibytes, or why there are none.
fn child(parser: usize, shape: usize, bytes: usize) -> Result<(u64, u64), &'static str> {
    let mut command = Command::new(env::current_exe().expect("this program has a path"));
    command.env(CHILD, format!("{parser} {shape} {bytes}")).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("this program can be started");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is our own") {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("it is our own");
            child.wait().expect("it is our own");
            return Err("stopped");
        }
        thread::sleep(Duration::from_millis(2));
    };
    if !status.success() {
        return Err("failed");
    }
    let mut told = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut told).expect("it tells text");
    let (time, memory) = told.trim().split_once(' ').expect("the child tells two numbers");
    Ok((time.parse().expect("it is a number"), memory.parse().expect("it is a number")))
}

fn measure(parser: &str, shape: &Shape, bytes: usize) {
    let body = shape.body(bytes);
    let taken = match parser {
        "ours" => ours(&body),
        "pulldown-cmark" => time(|| {
            let options = pulldown_cmark::Options::ENABLE_FOOTNOTES;
            pulldown_cmark::Parser::new_ext(&body, options).into_offset_iter().count()
        }),
        _ => time(|| markdown::to_mdast(&body, &switched_off()).expect("only MDX, which is off, can fail")),
    };
    let status = fs::read_to_string("/proc/self/status").expect("this is Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel tells the peak");
    let kibibytes: u64 = peak.trim().trim_end_matches(" kB").parse().expect("it is a number");
    println!("{} {}", taken.as_micros(), kibibytes.div_ceil(1024));
}

fn time<T>(run: impl FnOnce() -> T) -> Duration {
    let before = processor_time();
    let result = run();
    let taken = processor_time() - before;
    drop(result);
    taken
}

/// A corpus of one document, read as the program does it.
fn ours(body: &str) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    project(folder.path(), "documents = [\"a.md\"]\nauthorities = [\"persons.csv\"]");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    write("persons.csv", "id,label\nmaria,Maria\n");
    write("a.md", &format!("---\nkind: letter\ntitle: A\n---\n{body}"));
    document(folder.path())
}

fn document(folder: &Path) -> Duration {
    let mut corpus = Corpus::open(Some(folder)).expect("there is a project file");
    time(|| corpus.read(&Options::default()))
}

/// What of `markdown` means something in prose.
fn switched_off() -> markdown::ParseOptions {
    let constructs = markdown::Constructs {
        autolink: false,
        block_quote: false,
        character_reference: false,
        code_indented: false,
        code_fenced: false,
        code_text: false,
        definition: false,
        gfm_footnote_definition: true,
        gfm_label_start_footnote: true,
        hard_break_escape: false,
        hard_break_trailing: false,
        heading_setext: false,
        html_flow: false,
        html_text: false,
        label_start_image: false,
        list_item: false,
        thematic_break: false,
        ..markdown::Constructs::default()
    };
    markdown::ParseOptions { constructs, ..markdown::ParseOptions::default() }
}
