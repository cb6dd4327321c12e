//! The cost of reading letters and writing them as N-Quads, beside a reference measured in the same run: tokenising
//! the same input once with its attributes, and serialising the same quads from memory with Oxigraph's writer.
//!
//! `cargo bench --bench letters [LETTERS]`. Processor time of one thread; the output goes nowhere.

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;
use quick_xml::Reader;
use quick_xml::events::Event;
use regesta::dataset::{self, Line};
use regesta::diagnostic::Diagnostics;
use regesta::export::{Exports, Format, Output};
use regesta::project::Project;
use regesta::read::{self, Index};
use regesta::source::Sources;
use rustix::time::{ClockId, clock_gettime};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::num::NonZero;
use std::path::Path;
use std::time::{Duration, Instant};

/// Writes so many letters into a folder.
type Input = fn(&Path, usize);

/// How often each measurement is made; the least counts.
const RUNS: usize = 5;

fn main() {
    let letters = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(50_000);
    println!("{:28} {:>9} {:>9} {:>9} {:>7} {:>11}", "input", "regesta", "tokenise", "serialise", "ratio", "2 threads");
    let inputs = [("CMIF", letters, cmif as Input), ("table", letters, table), ("TEI", letters / 10, tei)];
    for (name, number, write) in inputs {
        let small = measure(name, number, write);
        if name == "CMIF" {
            let large = measure(name, number * 10, write);
            println!("ten times the letters: {:.1} times the time", large.as_secs_f64() / small.as_secs_f64());
        }
    }
}

/// Processor time of the whole process.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

fn least(mut run: impl FnMut()) -> Duration {
    let times = (0..RUNS).map(|_| {
        let before = processor_time();
        run();
        processor_time() - before
    });
    times.min().unwrap_or_default()
}

fn measure(name: &str, number: usize, write: Input) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let head = "title = \"B\"\nbase = \"https://example.org/b/\"\nlanguage = \"de\"\n\n[sources]\n";
    let sources = match name {
        "CMIF" => "cmif = [\"letters.xml\"]",
        "table" => "tables = [\"letters.csv\"]",
        _ => "tei = [\"*.xml\"]",
    };
    fs::write(folder.path().join("regesta.toml"), format!("{head}{sources}\n")).expect("a file can be written");
    write(folder.path(), number);
    let ours = least(|| export(folder.path(), 1));
    let tokenise = least(|| tokenise(folder.path()));
    let quads = quads(folder.path());
    let serialise = least(|| serialise(&quads));
    drop(quads);
    let wall = |threads| {
        let times = (0..RUNS).map(|_| {
            let before = Instant::now();
            export(folder.path(), threads);
            before.elapsed()
        });
        times.min().unwrap_or_default()
    };
    let (one, two) = (wall(1), wall(2));
    let ratio = ours.as_secs_f64() / (tokenise + serialise).as_secs_f64();
    let gain = one.as_secs_f64() / two.as_secs_f64();
    let seconds = |time: Duration| format!("{:.3} s", time.as_secs_f64());
    println!(
        "{:28} {:>9} {:>9} {:>9} {ratio:>7.2} {gain:>10.2}x",
        format!("{name}, {number} letters"),
        seconds(ours),
        seconds(tokenise),
        seconds(serialise)
    );
    ours
}

/// Takes everything and keeps nothing.
struct Nowhere;

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

/// The whole line, to nowhere.
fn export(folder: &Path, threads: usize) {
    line(folder, threads, |base, write| {
        let mut exports = Exports::new(base);
        let format = Format::find("nquads").expect("the table has N-Quads");
        exports.add(format, Nowhere).expect("nothing is written");
        write(&mut exports);
        exports.finish().expect("nothing is written");
    });
}

/// The quads that the whole line comes to.
fn quads(folder: &Path) -> Vec<Quad> {
    let mut bytes = Vec::new();
    line(folder, 1, |base, write| {
        let mut exports = Exports::new(base);
        exports.add(Format::find("nquads").expect("the table has N-Quads"), &mut bytes).expect("memory takes it");
        write(&mut exports);
        exports.finish().expect("memory takes it");
    });
    let parser = oxigraph::io::RdfParser::from_format(RdfFormat::NQuads).lenient();
    parser.for_slice(&bytes).map(|quad| quad.expect("our own quads can be read")).collect()
}

fn line(folder: &Path, threads: usize, run: impl FnOnce(&str, &mut dyn FnMut(&mut Exports<'_>))) {
    let mut sources = Sources::new(folder);
    let mut diagnostics = Diagnostics::default();
    let project = Project::read(&mut sources, &mut diagnostics).expect("the project file can be read");
    let files = project.patterns.find(&mut sources, &mut diagnostics);
    let threads = NonZero::new(threads).expect("a positive number");
    let corpus = read::read(&project, &sources, &files, threads, &|| {}, &mut diagnostics);
    let index = Index::of(&corpus.authorities, &sources);
    let line = Line {
        project: &project,
        sources: &sources,
        files: &files,
        corpus: &corpus,
        index: &index,
        threads,
        progress: &|| {},
    };
    let mut diagnostics = Diagnostics::default();
    run(&project.base, &mut |exports| {
        dataset::write(line, exports, &mut diagnostics).expect("memory takes it");
    });
    assert!(!diagnostics.has_errors(), "the input has no errors");
}

/// Tokenises every source file once, with its attributes or cells.
fn tokenise(folder: &Path) {
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("xml") => {
                let text = fs::read_to_string(&path).expect("the file can be read");
                let mut reader = Reader::from_str(&text);
                loop {
                    match reader.read_event().expect("the file is well formed") {
                        Event::Eof => break,
                        Event::Start(tag) | Event::Empty(tag) => {
                            for attribute in tag.attributes() {
                                seen += attribute.expect("the attributes are well formed").value.len();
                            }
                        }
                        _ => {}
                    }
                }
            }
            Some("csv") => {
                let mut reader = csv::Reader::from_path(&path).expect("the file can be read");
                let mut record = csv::ByteRecord::new();
                while reader.read_byte_record(&mut record).expect("the rows are well formed") {
                    seen += record.as_slice().len();
                }
            }
            _ => {}
        }
    }
    assert!(std::hint::black_box(seen) > 0);
}

fn serialise(quads: &[Quad]) {
    let mut serializer =
        RdfSerializer::from_format(RdfFormat::NQuads).for_writer(BufWriter::with_capacity(1 << 16, Nowhere));
    for quad in quads {
        serializer.serialize_quad(quad).expect("nothing is written");
    }
    serializer.finish().expect("nothing is written");
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

fn cmif(folder: &Path, number: usize) {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n<fileDesc>\
         <titleStmt><title>Letters</title></titleStmt><publicationStmt><availability><licence \
         target=\"https://creativecommons.org/publicdomain/zero/1.0/\">CC0</licence></availability></publicationStmt>\
         <sourceDesc><bibl type=\"print\" xml:id=\"ed\">Edition</bibl></sourceDesc></fileDesc>\n<profileDesc>\n",
    );
    for Letter { number, sender, recipient, place, date } in letters(number) {
        write!(
            text,
            "<correspDesc key=\"{number}\" ref=\"https://letters.example.org/letter/{number}\" source=\"#ed\">\n  \
             <correspAction type=\"sent\">\n    <persName ref=\"https://d-nb.info/gnd/1{sender:08}\">Müller, Anna \
             {sender}</persName>\n    <placeName ref=\"https://www.geonames.org/{}\">Neustadt {place}</placeName>\n    <date \
             when=\"{date}\"/>\n  </correspAction>\n  <correspAction type=\"received\">\n    <persName \
             ref=\"https://d-nb.info/gnd/1{recipient:08}\">Müller, Anna {recipient}</persName>\n  </correspAction>\n  \
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

fn table(folder: &Path, number: usize) {
    let mut text = String::from("key,sender,sender_gnd,from_name,from_geo,date,recipient,recipient_gnd,url\n");
    for Letter { number, sender, recipient, place, date } in letters(number) {
        writeln!(
            text,
            "{number},\"Müller, Anna {sender}\",1{sender:08},Neustadt {place},{},{date},\"Müller, Anna \
             {recipient}\",1{recipient:08},https://letters.example.org/letter/{number}",
            2_800_000 + place
        )
        .expect("memory takes it");
    }
    fs::write(folder.join("letters.csv"), text).expect("a file can be written");
}

fn tei(folder: &Path, number: usize) {
    let mut numbers = Numbers(11);
    for Letter { number, sender, recipient, place, date } in letters(number) {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:id=\"L{number}\">\n\
             <teiHeader><fileDesc><titleStmt><title>Letter {number}</title></titleStmt><publicationStmt><p/></publicationStmt>\
             <sourceDesc><p>Edition</p></sourceDesc></fileDesc>\n<profileDesc><correspDesc>\n<correspAction type=\"sent\">\
             <persName ref=\"https://d-nb.info/gnd/1{sender:08}\">Müller, Anna {sender}</persName><placeName \
             ref=\"https://www.geonames.org/{}\">Neustadt {place}</placeName><date when=\"{date}\"/></correspAction>\n\
             <correspAction type=\"received\"><persName ref=\"https://d-nb.info/gnd/1{recipient:08}\">Müller, Anna \
             {recipient}</persName></correspAction>\n</correspDesc></profileDesc></teiHeader>\n<text><body>\n\
             <opener><salute>Verehrter Freund,</salute></opener>\n",
            2_800_000 + place
        );
        for paragraph in 0..5 {
            let (person, place) = (numbers.next(5000), numbers.next(2000));
            writeln!(
                text,
                "<p>der Brief von gestern ist angekommen und ich danke herzlich für die Nachricht von <persName \
                 ref=\"https://d-nb.info/gnd/1{person:08}\">Müller</persName>, der morgen mit der Post nach <placeName \
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
