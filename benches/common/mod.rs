//! What the benchmarks share: letters that are the same in every run, the whole line, and the processor's time.

#![allow(dead_code, reason = "each benchmark is compiled with all of it and uses a part")]

use regesta::corpus::{Corpus, Options};
use regesta::export::{Format, Output};
use regesta::graph::GraphTarget;
use rustix::time::{ClockId, clock_gettime};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::num::NonZero;
use std::path::Path;
use std::time::Duration;

/// Writes so many letters into a folder.
pub(crate) type Input = fn(&Path, usize);

/// How often each measurement is made; the least counts.
pub(crate) const RUNS: usize = 5;

/// The base of the corpora that are made.
pub(crate) const BASE: &str = "https://example.org/b/";

/// Writes a project file.
pub(crate) fn project(folder: &Path, sources: &str) {
    let text = format!("title = \"B\"\nbase = \"{BASE}\"\nlanguage = \"de\"\n\n[sources]\n{sources}\n");
    fs::write(folder.join("regesta.toml"), text).expect("a file can be written");
}

/// Processor time of the whole process.
pub(crate) fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The least of several measurements.
pub(crate) fn least(mut run: impl FnMut()) -> Duration {
    let times = (0..RUNS).map(|_| {
        let before = processor_time();
        run();
        processor_time() - before
    });
    times.min().unwrap_or_default()
}

/// A corpus whose sources have been read that are read whole.
pub(crate) fn opened(folder: &Path, threads: usize) -> (Corpus, Options<'static>) {
    let mut corpus = Corpus::open(Some(folder)).expect("there is a project file");
    let threads = NonZero::new(threads).expect("a positive number");
    let options = Options { threads, ..Options::default() };
    assert!(corpus.read(&options), "the project file can be used");
    (corpus, options)
}

/// The graph of the files of a folder in a target, and the corpus that it is of.
pub(crate) fn sent<T: GraphTarget>(folder: &Path, threads: usize, mut target: T) -> (T, Corpus) {
    let (mut corpus, options) = opened(folder, threads);
    corpus.send(&mut target, &options).expect("memory takes it");
    (target, corpus)
}

/// The same in a format, to an output.
pub(crate) fn written(folder: &Path, threads: usize, format: &str, output: impl Output) -> Corpus {
    let (mut corpus, options) = opened(folder, threads);
    let format = Format::find(format).expect("the table has it");
    corpus.write_graph(format, false, output, &options).expect("memory takes it");
    assert!(!corpus.has_errors(), "the input has no errors");
    corpus
}

/// Takes everything and keeps nothing.
pub(crate) struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Else the compiler sees that nobody reads the bytes, and does not make them.
        Ok(std::hint::black_box(bytes).len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Nowhere {
    fn length(&mut self) -> io::Result<u64> {
        Ok(0)
    }

    fn cut(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }
}

/// Numbers that look like chance and are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// A number below a limit, the small ones far more often: as in real correspondences, few write most.
    fn next(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let chance = (self.0 >> 33) as f64 / f64::from(u32::MAX >> 1);
        ((limit as f64).powf(chance) as usize).min(limit) - 1
    }
}

/// The number of the GND of a person: nine digits, of which the last is the check digit.
pub(crate) fn gnd(person: usize) -> String {
    let number = format!("1{person:07}");
    let sum: u32 = number.bytes().rev().zip(2..).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = (11 - sum % 11) % 11;
    if check == 10 { format!("{number}X") } else { format!("{number}{check}") }
}

/// One letter as all formats have it.
struct Letter {
    number: usize,
    sender: usize,
    recipient: usize,
    place: usize,
    date: String,
}

fn letters(number: usize) -> impl Iterator<Item = Letter> {
    let (agents, places) = ((number / 12).max(300), (number / 50).clamp(200, 20_000));
    let mut numbers = Numbers(7);
    (1..=number).map(move |number| {
        let (sender, recipient, place) = (numbers.next(agents), numbers.next(agents), numbers.next(places));
        let date = format!("{}-{:02}-{:02}", 1750 + numbers.next(120), 1 + numbers.next(12), 1 + numbers.next(28));
        Letter { number, sender, recipient, place, date }
    })
}

/// One file of CMIF.
pub(crate) fn cmif(folder: &Path, number: usize) {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n<fileDesc>\
         <titleStmt><title>Letters</title></titleStmt><publicationStmt><availability><licence \
         target=\"https://creativecommons.org/publicdomain/zero/1.0/\">CC0</licence></availability></publicationStmt>\
         <sourceDesc><bibl type=\"print\" xml:id=\"ed\">Edition</bibl></sourceDesc></fileDesc>\n<profileDesc>\n",
    );
    for Letter { number, sender, recipient, place, date } in letters(number) {
        let (sender_gnd, recipient_gnd) = (gnd(sender), gnd(recipient));
        write!(
            text,
            "<correspDesc key=\"{number}\" ref=\"https://letters.example.org/letter/{number}\" source=\"#ed\">\n  \
             <correspAction type=\"sent\">\n    <persName ref=\"https://d-nb.info/gnd/{sender_gnd}\">Müller, Anna \
             {sender}</persName>\n    <placeName ref=\"https://www.geonames.org/{}\">Neustadt {place}</placeName>\n    <date \
             when=\"{date}\"/>\n  </correspAction>\n  <correspAction type=\"received\">\n    <persName \
             ref=\"https://d-nb.info/gnd/{recipient_gnd}\">Müller, Anna {recipient}</persName>\n  </correspAction>\n  \
             <correspContext><ref type=\"replyTo\" target=\"https://letters.example.org/letter/{}\"/></correspContext>\n\
             </correspDesc>\n",
            2_800_000 + place,
            number / 2 + 1,
        )
        .expect("memory takes it");
    }
    text.push_str("</profileDesc>\n</teiHeader>\n<text><body><p/></body></text>\n</TEI>\n");
    fs::write(folder.join("letters.xml"), text).expect("a file can be written");
}

/// One letter table.
pub(crate) fn table(folder: &Path, number: usize) {
    let mut text = String::from("key,sender,sender_gnd,from_name,from_geo,date,recipient,recipient_gnd,url\n");
    for Letter { number, sender, recipient, place, date } in letters(number) {
        let (sender_gnd, recipient_gnd) = (gnd(sender), gnd(recipient));
        writeln!(
            text,
            "{number},\"Müller, Anna {sender}\",{sender_gnd},Neustadt {place},{},{date},\"Müller, Anna \
             {recipient}\",{recipient_gnd},https://letters.example.org/letter/{number}",
            2_800_000 + place
        )
        .expect("memory takes it");
    }
    fs::write(folder.join("letters.csv"), text).expect("a file can be written");
}

/// A TEI file for each letter.
pub(crate) fn tei(folder: &Path, number: usize) {
    let mut numbers = Numbers(11);
    for Letter { number, sender, recipient, place, date } in letters(number) {
        let (sender_gnd, recipient_gnd) = (gnd(sender), gnd(recipient));
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:id=\"L{number}\">\n\
             <teiHeader><fileDesc><titleStmt><title>Letter {number}</title></titleStmt><publicationStmt><p/></publicationStmt>\
             <sourceDesc><p>Edition</p></sourceDesc></fileDesc>\n<profileDesc><correspDesc>\n<correspAction type=\"sent\">\
             <persName ref=\"https://d-nb.info/gnd/{sender_gnd}\">Müller, Anna {sender}</persName><placeName \
             ref=\"https://www.geonames.org/{}\">Neustadt {place}</placeName><date when=\"{date}\"/></correspAction>\n\
             <correspAction type=\"received\"><persName ref=\"https://d-nb.info/gnd/{recipient_gnd}\">Müller, Anna \
             {recipient}</persName></correspAction>\n</correspDesc></profileDesc></teiHeader>\n<text><body>\n\
             <opener><salute>Verehrter Freund,</salute></opener>\n",
            2_800_000 + place
        );
        for paragraph in 0..5 {
            let (person_gnd, place) = (gnd(numbers.next(5000)), numbers.next(2000));
            writeln!(
                text,
                "<p>der Brief von gestern ist angekommen und ich danke herzlich für die Nachricht von <persName \
                 ref=\"https://d-nb.info/gnd/{person_gnd}\">Müller</persName>, der morgen mit der Post nach <placeName \
                 ref=\"https://www.geonames.org/{}\">Neustadt</placeName> reist,<lb/> wo das Wetter besser und die Gesundheit \
                 der Kinder gut ist, wie man hört; das Manuskript liegt noch bei dem Verleger, Bogen {paragraph}.</p>",
                2_800_000 + place
            )
            .expect("memory takes it");
        }
        text.push_str("<closer><signed>Ihr ergebenster</signed></closer>\n</body></text>\n</TEI>\n");
        fs::write(folder.join(format!("L{number:07}.xml")), text).expect("a file can be written");
    }
}
