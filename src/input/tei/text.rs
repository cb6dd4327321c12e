//! The text of a TEI letter as one reads it, and what is marked in it.
//!
//! | in the source | in the text |
//! |---|---|
//! | white space | one blank; none at the ends of lines |
//! | `p`, `head`, `l` and other blocks | a new line |
//! | `lb`, `pb`, `cb`, `gb`, `milestone`, `space` | a blank; with `break="no"` nothing |
//! | `cell` | a blank before and after |
//! | `supplied`, `unclear`, `add`, `surplus`, `hi` and the like | their words |
//! | `del`, if not in `restore`; `fw`, `figDesc` | nothing |
//! | `gap` | `[…]` |
//! | `choice` | what stands on the page: `sic`, `orig`, `abbr` |
//! | `app` | `lem`, otherwise the first reading |
//! | `note` | nothing: the words are a text of their own; it stands where it is pointed from, if it is |
//! | a letter within the letter | nothing: it has a text of its own |
//! | a `div` of notes, commentary, index and the like before, after or beside the letter | only its notes |
//! | an introduction or a translation there | nothing: the words are a note |
//! | anything else | its words; the element counts as unused |

use crate::input::tei::divisions::{Division, Divisions};
use crate::input::tei::named_element::has_reference;
use crate::input::tei::note_places::NotePlaces;
use crate::input::tei::notes_apart::NotesApart;
use crate::input::tei::text_elements::{BLOCKS, BREAKS, LEFT_OUT, LISTS, NAMES, PLAIN_NAMES, POINTERS, WORDS, is_note};
use crate::input::xml::{Element, Step};
use std::ops::Range;

/// The text of a letter.
#[derive(Default)]
pub(crate) struct TeiText<'t> {
    /// What one reads.
    pub(crate) plain: String,
    /// The words of the notes, each note on a line.
    pub(crate) notes: String,
    /// What is named, in the order of the source.
    pub(crate) mentions: Vec<Mention<'t>>,
    /// Where the notes belong.
    pub(crate) remarks: Vec<Remark<'t>>,
}

/// A place at which something is named, or a day.
pub(crate) struct Mention<'t> {
    /// The element that says so.
    pub(crate) element: Element<'t>,
    /// Whether it stands in a note: its range counts in the notes then.
    pub(crate) in_note: bool,
    /// The code points.
    pub(crate) range: Range<usize>,
    /// The words.
    pub(crate) words: String,
}

/// A note of the editor.
pub(crate) struct Remark<'t> {
    /// The element.
    pub(crate) element: Element<'t>,
    /// The code point of the text that it stands before.
    pub(crate) at: usize,
    /// Its words.
    pub(crate) words: String,
}

/// A text while it is put together.
#[derive(Default)]
struct Line {
    text: String,
    /// The code points so far.
    length: usize,
    blank: bool,
    new_line: bool,
    /// Whether what follows joins on without a blank.
    joined: bool,
}

impl Line {
    /// Adds words; the place of the first, where there is any.
    fn add(&mut self, words: &str, preserve: bool) -> Option<(usize, usize)> {
        if preserve {
            self.gap();
            let first = (self.length, self.text.len());
            self.push(words);
            return (!words.is_empty()).then_some(first);
        }
        let mut first = None;
        self.blank |= words.starts_with(char::is_whitespace) && !self.joined;
        for word in words.split_whitespace() {
            self.gap();
            first.get_or_insert((self.length, self.text.len()));
            self.push(word);
            self.blank = true;
        }
        if first.is_some() {
            self.blank = words.ends_with(char::is_whitespace);
        }
        first
    }

    /// Writes the blank or line end that is due.
    fn gap(&mut self) {
        let due = if self.new_line { "\n" } else { " " };
        if (self.blank || self.new_line) && !self.text.is_empty() {
            self.push(due);
        }
        (self.blank, self.new_line, self.joined) = (false, false, false);
    }

    fn push(&mut self, words: &str) {
        self.text.push_str(words);
        self.length += if words.is_ascii() { words.len() } else { words.chars().count() };
    }
}

/// What is open while the text is walked through.
struct Walk<'t> {
    plain: Line,
    notes: Line,
    mentions: Vec<Mention<'t>>,
    remarks: Vec<Remark<'t>>,
    /// The mentions that are open: their number, and the byte at which they begin once they have a word.
    open: Vec<(usize, Option<usize>)>,
    /// How deep the walk is in what is left out, in notes, in lists of things, and where blanks are kept.
    left_out: usize,
    in_notes: usize,
    in_lists: usize,
    preserve: usize,
    /// How deep it is in divisions that are not of the letter, but for the notes in them.
    added: usize,
    /// The divisions of which the words are a note.
    of_editor: Vec<Element<'t>>,
    divisions: Divisions,
    /// The byte of the notes at which the open note begins.
    note: usize,
    /// Where notes belong that stand elsewhere.
    places: NotePlaces<'t>,
}

/// Reads a text: a `text`, with what stands before and after its body, or a part of one; and those of the notes apart
/// from it that are its own.
pub(super) fn read<'t>(text: Element<'t>, apart: &'t NotesApart<'t>) -> TeiText<'t> {
    let mut walk = Walk::new(NotePlaces::of(text, apart));
    walk.plain.text.reserve(text.length_of_texts());
    apart.walk(text).for_each(|step| walk.step(step));
    for note in walk.places.notes_apart() {
        walk.enter(note.mark_parents_used());
        note.walk().for_each(|step| walk.step(step));
        walk.leave(note);
    }
    let Walk { plain, notes, mentions, mut remarks, places, .. } = walk;
    for remark in &mut remarks {
        remark.at = places.place(remark.element).unwrap_or(remark.at);
    }
    let mentions = without_frames(mentions);
    TeiText { plain: plain.text, notes: notes.text, mentions, remarks }
}

/// Leaves out names without a reference around one that has a reference, and has all their words.
fn without_frames(mentions: Vec<Mention<'_>>) -> Vec<Mention<'_>> {
    let is_frame = |(at, outer): (usize, &Mention<'_>)| {
        let within = mentions[at + 1..].iter().take_while(|inner| outer.element.holds(inner.element));
        let mut same = within.filter(|inner| (inner.in_note, &inner.range) == (outer.in_note, &outer.range));
        PLAIN_NAMES.contains(&outer.element.name())
            && !has_reference(outer.element)
            && !outer.range.is_empty()
            && same.any(|inner| has_reference(inner.element))
    };
    let frames: Vec<bool> = mentions.iter().enumerate().map(is_frame).collect();
    mentions.into_iter().zip(frames).filter(|(_, is_frame)| !is_frame).map(|(mention, _)| mention).collect()
}

impl<'t> Walk<'t> {
    fn new(places: NotePlaces<'t>) -> Self {
        Self {
            plain: Line::default(),
            notes: Line::default(),
            mentions: Vec::new(),
            remarks: Vec::new(),
            open: Vec::new(),
            left_out: 0,
            in_notes: 0,
            in_lists: 0,
            preserve: 0,
            added: 0,
            of_editor: Vec::new(),
            divisions: Divisions::default(),
            note: 0,
            places,
        }
    }

    fn step(&mut self, step: Step<'t>) {
        match step {
            Step::Enter(element) => self.enter(element),
            Step::Leave(element) => self.leave(element),
            Step::Words(words) => self.words(words),
        }
    }

    fn line(&mut self) -> &mut Line {
        if self.in_notes > 0 { &mut self.notes } else { &mut self.plain }
    }

    /// Whether nothing is to be read here.
    fn is_silent(&self) -> bool {
        self.left_out > 0 || self.in_lists > 0 || self.is_added()
    }

    /// Whether this was added by the editor, and is no note.
    fn is_added(&self) -> bool {
        self.added > 0 && self.in_notes == 0
    }

    fn words(&mut self, words: &str) {
        if self.is_silent() {
            return;
        }
        let (preserve, in_note) = (self.preserve > 0, self.in_notes > 0);
        let Some((length, byte)) = self.line().add(words, preserve) else { return };
        for (number, begin) in self.open.iter_mut().rev().take_while(|(_, begin)| begin.is_none()) {
            let mention = &mut self.mentions[*number];
            // The words of a note say nothing of the place of a name that the note stands in.
            if mention.in_note == in_note {
                *begin = Some(byte);
                mention.range.start = length;
            }
        }
    }

    fn enter(&mut self, element: Element<'t>) {
        let name = element.name();
        if LISTS.contains(&name) || self.in_lists > 0 {
            self.in_lists += 1;
            return;
        }
        let division = if self.added > 0 { Division::OfLetter } else { self.divisions.of(element) };
        let is_note = is_note(name) || division == Division::OfEditor;
        if self.added > 0 || !matches!(division, Division::OfLetter | Division::OfEditor) {
            self.added += 1;
        }
        if self.is_added() && !is_note {
            if name == "noteGrp" {
                element.mark_used();
            }
            return;
        }
        self.mark(element);
        let length = self.plain.length;
        self.places.enter(element, length);
        if is_note {
            self.of_editor.extend((division == Division::OfEditor).then_some(element));
            self.in_notes += 1;
            if self.in_notes == 1 {
                let at = self.plain.length;
                self.remarks.push(Remark { element, at, words: String::new() });
                self.notes.new_line = true;
                self.note = self.notes.text.len();
            } else {
                self.line().blank = true;
            }
        } else if !self.is_silent() {
            self.divide(element);
        }
        self.left_out += usize::from(is_left_out(element));
        self.preserve += usize::from(element.xml_attribute("space") == Some("preserve"));
        if self.names(element) {
            let line = self.line();
            let at = line.length;
            let mention = Mention { element, in_note: self.in_notes > 0, range: at..at, words: String::new() };
            self.open.push((self.mentions.len(), None));
            self.mentions.push(mention);
        }
    }

    /// Takes note of what this reader knows.
    fn mark(&self, element: Element<'t>) {
        let name = element.name();
        if is_note(name)
            || matches!(name, "noteGrp" | "gap")
            || [WORDS, BLOCKS, BREAKS, LEFT_OUT].iter().any(|known| known.contains(&name))
        {
            element.mark_used();
        }
    }

    /// Writes what an element puts between words.
    fn divide(&mut self, element: Element<'t>) {
        let name = element.name();
        if BREAKS.contains(&name) {
            let joins = element.value("break") == Some("no");
            let line = self.line();
            line.joined = joins;
            line.blank = !joins;
        } else if name == "gap" {
            self.words("[…]");
        } else if name == "cell" {
            self.line().blank = true;
        } else if BLOCKS.contains(&name) {
            self.line().new_line = true;
        }
    }

    /// Whether an element is a place at which something is named: by its reference, or, where nothing around it has
    /// one, by being a name; or a day.
    fn names(&self, element: Element<'t>) -> bool {
        let name = element.name();
        if name == "date" {
            return true;
        }
        if NAMES.contains(&name) && has_reference(element) {
            return true;
        }
        if POINTERS.contains(&name) {
            return element.unmarked("target").is_some() && !self.places.leads_to_note(element);
        }
        // A pointer is no name of what is named in its words, nor is a date.
        let is_name = |(number, _): &(usize, _)| {
            let around = self.mentions[*number].element.name();
            around != "date" && !POINTERS.contains(&around)
        };
        PLAIN_NAMES.contains(&name) && !self.open.iter().any(is_name) && !self.is_silent()
    }

    fn leave(&mut self, element: Element<'t>) {
        if self.in_lists > 0 {
            self.in_lists -= 1;
            return;
        }
        let name = element.name();
        let was_added = self.is_added();
        self.added = self.added.saturating_sub(1);
        if was_added {
            return;
        }
        let length = self.plain.length;
        self.places.leave(element, length);
        if let Some((number, begin)) = self.open.last().copied()
            && self.mentions[number].element == element
        {
            self.open.pop();
            let line = self.line();
            let (length, words) = (line.length, begin.map(|byte| line.text[byte..].to_owned()));
            if let Some(words) = words {
                self.mentions[number].range.end = length;
                self.mentions[number].words = words;
            }
        }
        self.left_out -= usize::from(is_left_out(element));
        self.preserve -= usize::from(element.xml_attribute("space") == Some("preserve"));
        if is_note(name) || self.of_editor.pop_if(|division| *division == element).is_some() {
            self.in_notes -= 1;
            if self.in_notes == 0 {
                let words = self.notes.text[self.note..].trim_start().to_owned();
                self.remarks.last_mut().expect("a note that ends has begun").words = words;
            }
        } else if !self.is_silent() && BLOCKS.contains(&name) {
            self.line().new_line = true;
        } else if !self.is_silent() && name == "cell" {
            self.line().blank = true;
        }
    }
}

/// Whether one does not read what stands in an element; the words of a note are a text of their own.
fn is_left_out(element: Element<'_>) -> bool {
    match element.name() {
        "gap" => true,
        name if is_note(name) => false,
        _ => !element.is_read(),
    }
}

#[cfg(test)]
mod tests {
    use super::{TeiText, read};
    use crate::input::tei::notes_apart::NotesApart;
    use crate::input::xml::{TextOrigin, Tree};
    use crate::source::Sources;

    fn with<T>(body: &str, check: impl FnOnce(TeiText<'_>) -> T) -> T {
        let file = Sources::new("").add("letter.xml");
        let text = format!("<text>{body}</text>");
        let tree = Tree::parse(&text, TextOrigin::whole(file)).expect("the text is well formed");
        check(read(tree.root(), &NotesApart::default()))
    }

    #[test]
    fn the_text_is_what_one_reads() {
        for (body, plain) in [
            ("<p>One  two\n three.</p>\n<p>Four.</p>", "One two three.\nFour."),
            ("<p>half<lb break=\"no\"/>way</p>", "halfway"),
            ("<p>half\n <lb break=\"no\"/>\n way</p>", "halfway"),
            ("<p>one<lb/>two <pb n=\"2\"/> three</p>", "one two three"),
            (
                "<p>a <del>b</del><add>c</add> <supplied>d</supplied> <gap reason=\"torn\"/> <unclear>e</unclear></p>",
                "a c d […] e",
            ),
            (
                "<p><choice><sic>teh</sic><corr>the</corr></choice> <choice><expan>Mister</expan><abbr>Mr</abbr></choice></p>",
                "teh Mr",
            ),
            ("<p><app><rdg>x</rdg><lem>y</lem></app></p>", "y"),
            ("<p>word<note>by <hi>him</hi></note>, on</p>", "word, on"),
            (
                "<opener><salute>Sir,</salute></opener><p>x</p><closer>Yours<signed>A.</signed></closer>",
                "Sir,\nx\nYours\nA.",
            ),
            ("<p xml:space=\"preserve\">a  b</p>", "a  b"),
            ("<lg><l>one</l><l>two</l></lg><list><item>three</item></list>", "one\ntwo\nthree"),
            ("<p>a</p><listPerson><person>b</person></listPerson>", "a"),
            ("<p>wo<anchor/>rd, An<handShift/>na</p>", "word, Anna"),
            ("<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>", "a b\nc"),
            ("<p>half<pb break=\"no\"/><fw>2<lb/>x</fw>way, x<del>y<lb/>z</del>y</p>", "halfway, xy"),
            (
                "<p>a <gap><desc>two words</desc></gap> b <restore><del>c</del></restore> <surplus>d</surplus></p>",
                "a […] b c d",
            ),
            (
                "<front><div><p>a</p><opener>Sir,</opener></div></front><body><p>b</p></body><back><closer>c</closer><p>d</p></back>",
                "a\nSir,\nb\nc\nd",
            ),
            ("<body><p>b</p></body><back><div type=\"Notes\"><p>x</p><note>y</note></div><p>d</p></back>", "b\nd"),
            ("<group><text><body><p>a</p></body></text><text><body><p>b</p></body></text></group>", "a\nb"),
            ("", ""),
        ] {
            assert_eq!(with(body, |text| text.plain), plain, "{body}");
        }
    }

    #[test]
    fn a_note_says_nothing_of_the_place_of_the_name_around_it() {
        for (body, start) in [
            ("<p>A<note>a long first note</note></p><p>b <rs ref=\"#a\"><note>second</note>Anna</rs></p>", 4),
            ("<p>ÄÄÄ<note>a</note> <rs ref=\"#a\"><note>b <rs ref=\"#b\">c</rs></note>Anna</rs></p>", 4),
            ("<p>When <date when=\"1900\">Anna</date></p>", 5),
        ] {
            with(body, |text| {
                let mention = &text.mentions[0];
                assert_eq!((mention.words.as_str(), mention.range.clone()), ("Anna", start..start + 4), "{body}");
            });
        }
    }

    #[test]
    fn every_mention_has_its_words_where_its_range_says() {
        let body = "<p>Für <persName ref=\"#a\"> Anna <hi>V</hi>os</persName>, <rs type=\"work\" ref=\"#w\">über \
                    <placeName key=\"b c\">Bern</placeName></rs><note>dem <persName ref=\"#c\">Öst</persName></note> <del>und \
                    <rs ref=\"#d\">er</rs></del> <persName>nobody</persName>.</p><p><note>zwei <rs key=\"e\">Ü</rs></note></p>";
        with(body, |text| {
            assert_eq!(text.plain, "Für Anna Vos, über Bern nobody.");
            assert_eq!(text.notes, "dem Öst\nzwei Ü");
            let words: Vec<(&str, bool)> =
                text.mentions.iter().map(|mention| (mention.words.as_str(), mention.in_note)).collect();
            let expected = [
                ("Anna Vos", false),
                ("über Bern", false),
                ("Bern", false),
                ("Öst", true),
                ("", false),
                ("nobody", false),
                ("Ü", true),
            ];
            assert_eq!(words, expected);
            for mention in &text.mentions {
                let of = if mention.in_note { &text.notes } else { &text.plain };
                let slice: String = of.chars().skip(mention.range.start).take(mention.range.len()).collect();
                assert_eq!(slice, mention.words);
            }
            let remarks: Vec<(usize, &str)> =
                text.remarks.iter().map(|remark| (remark.at, remark.words.as_str())).collect();
            assert_eq!(remarks, [(23, "dem Öst"), (31, "zwei Ü")]);
        });
    }
}
