//! Every construct of prose and its near misses, and the steps that the hardest shapes take.

use super::steps::STEPS;
use super::{Plain, read};

/// What is left of a body without its marks.
fn plain(body: &str) -> String {
    Plain::new(body, 0..body.len(), read(body).cuts).text
}

/// The words, target and title of each link.
fn links(body: &str) -> Vec<(String, String, Option<String>)> {
    let links = read(body).links.into_iter();
    links.map(|link| (body[link.words].to_owned(), link.url, link.title)).collect()
}

/// The target and title of the only link.
fn target(body: &str) -> Option<(String, Option<String>)> {
    let mut links = links(body);
    assert!(links.len() <= 1, "{body} has several links");
    links.pop().map(|(_, url, title)| (url, title))
}

/// The name and words of each note, in the order in which they end.
fn notes(body: &str) -> Vec<(String, String)> {
    let markup = read(body);
    markup.notes.into_iter().map(|note| (markup.names[note.name].clone(), note.words)).collect()
}

fn all_plain<'a>(cases: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (body, expected) in cases {
        assert_eq!(plain(body), expected, "{body:?}");
    }
}

#[test]
fn what_means_nothing_stays_as_it_is() {
    for body in [
        "1848. The year\n- a\n+ b\n* c\n> d",
        "    verse\n\n\tverse",
        "`code` <b>bold</b> &amp; ~~no~~ ~no~",
        "[sic] [a][b] [c]: d [] ()",
        "A\n===\nB\n---\n***\n___",
        "a  \nb\\\nc \\d",
        "![image](picture.png) ![](p)",
        "https://example.org <https://example.org>",
        "",
        "\u{FEFF}",
    ] {
        assert_eq!(plain(body), body);
    }
}

#[test]
fn emphasis_loses_its_marks() {
    all_plain([
        ("*a* _b_ **c** __d__ ***e***", "a b c d e"),
        ("*a **b** c*", "a b c"),
        ("a*b*c a_b_c", "abc a_b_c"),
        ("* a* *a * 2 *3 * 4", "* a* *a * 2 *3 * 4"),
        ("*a * 2*3", "a * 23"),
        ("*a\nb*", "a\nb"),
        ("*a\n\nb*", "*a\n\nb*"),
        ("*a _b* c_", "a _b c_"),
        ("*a", "*a"),
        ("**a*", "*a"),
        ("*a**", "a*"),
        ("**a*b**", "a*b"),
        ("*a**b*", "a**b"),
        ("“*a*”*b* €*c*", "“a”b €c"),
        ("a*”b”*", "a*”b”*"),
        ("\u{a0}*a*\u{a0}", "\u{a0}a\u{a0}"),
    ]);
}

#[test]
fn emphasis_does_not_cross_the_words_of_a_link() {
    all_plain([
        ("*a [b*](person:c) d*", "a b* d"),
        ("[*a*](person:b)", "a"),
        ("*[a](person:b)*", "a"),
        ("![*a*](b)", "![a](b)"),
    ]);
}

#[test]
fn a_backslash_before_punctuation_is_a_mark() {
    all_plain([
        (r"\*a\* \[b](c) \\ \a \", r"*a* [b](c) \ \a \"),
        (r"*\\*", r"\"),
        (r"*\\_a*", r"\_a"),
        (r"\# a", "# a"),
        (r"\[^a]", "[^a]"),
        (r"\“", r"\“"),
    ]);
}

#[test]
fn a_heading_loses_its_hashes() {
    all_plain([
        ("# a", "a"),
        ("###### a ##  ", "a"),
        ("####### a", "####### a"),
        ("#a", "#a"),
        ("# a#", "a#"),
        ("# a #b", "a #b"),
        ("# a # #", "a"),
        ("#\n##\t\n# #", "\n\n"),
        ("     # a", "a"),
        ("a\n# *b*\nc", "a\nb\nc"),
        ("# a\r\n# b\rc", "a\r\nb\rc"),
        ("\u{FEFF}# a", "\u{FEFF}a"),
        ("a\u{FEFF}\n\u{FEFF}# a", "a\u{FEFF}\n\u{FEFF}# a"),
    ]);
}

#[test]
fn a_link_has_words_and_a_target() {
    let link = |words: &str, url: &str| vec![(words.to_owned(), url.to_owned(), None)];
    for (body, expected) in [
        ("[a](person:b)", link("a", "person:b")),
        ("[a [b] c](d)", link("a [b] c", "d")),
        ("[a [b](c) d](e)", link("b", "c")),
        ("[a]\n[b](c)", link("b", "c")),
        ("[](person:b)", link("", "person:b")),
        ("[^a](person:b)", link("^a", "person:b")),
        ("!\\[a](b) ![a](person:b)", link("a", "person:b")),
        ("[a\nb](c)", link("a\nb", "c")),
        ("[ \n a \n ](b)", link("\n a \n", "b")),
        ("# [a](b) #", link("a", "b")),
    ] {
        assert_eq!(links(body), expected, "{body:?}");
    }
    for body in ["[a] (b)", "[a](b", "a](b)", "[a\n\nb](c)", "[a](b c)", "\\[a](b)", "[a\\](b)", "![a](b)", "[a]:(b)"] {
        assert_eq!(links(body), [], "{body:?}");
    }
}

#[test]
fn a_target_can_have_brackets_and_backslashes() {
    for (written, url) in [
        ("[a]()", ""),
        ("[a](\n b \r\n)", "b"),
        ("[a](b(c)d)", "b(c)d"),
        (r"[a](b\)c)", "b)c"),
        (r"[a](b\c)", r"b\c"),
        ("[a](<b c>)", "b c"),
        ("[a](<>)", ""),
        (r"[a](<b\>>)", "b>"),
        ("[a](\"b\")", "\"b\""),
    ] {
        assert_eq!(target(written), Some((url.to_owned(), None)), "{written:?}");
    }
    for written in ["[a](b(c)", "[a](<b\nc>)", "[a](<b<c>)", "[a](<b>c)", "[a](b\u{7F})", "[a](<b)"] {
        assert_eq!(target(written), None, "{written:?}");
    }
    let nested = |depth: usize| format!("[a](b{}{})", "(".repeat(depth), ")".repeat(depth));
    assert!(target(&nested(32)).is_some());
    assert!(target(&nested(33)).is_none());
}

#[test]
fn a_title_stands_behind_the_target() {
    for (written, title) in [
        ("[a](b \"c\")", "c"),
        ("[a](b 'c \"d\"')", "c \"d\""),
        ("[a](b (c (d))", "c (d"),
        (r#"[a](b "c \" \d" )"#, r#"c " \d"#),
        ("[a](b \" c \n  d \")", " c\nd "),
        ("[a](b\n\"c\r\nd\"\n)", "c\r\nd"),
    ] {
        assert_eq!(target(written), Some(("b".to_owned(), Some(title.to_owned()))), "{written:?}");
    }
    assert_eq!(target("[a](b \"\")"), Some(("b".to_owned(), None)));
    for written in ["[a](b\"c\")", "[a](b \"c)", "[a](b \"c\" d)", "[a](b 'c\")", "[a](b \"c\n\nd\")"] {
        assert_ne!(target(written).and_then(|(_, title)| title), Some("c".to_owned()), "{written:?}");
    }
    assert_eq!(links("[a](b (c [d](e (f)x [g](h (i))").len(), 1, "a bracket that ends several titles ends each");
}

#[test]
fn a_note_is_no_part_of_the_text() {
    let note = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    for (body, left, expected) in [
        ("a[^n].\n\n[^n]: b *c*\n", "a.\n\n\n", vec![note("n", "b c")]),
        ("a[^N]\n[^n]: b\nc\n\n    d\n\ne", "a\n\ne", vec![note("n", "b c d")]),
        ("[^n]:\nb", "\nb", vec![note("n", "")]),
        ("[^n]: # a\nb", "\nb", vec![note("n", "a")]),
        ("[^n]: a\n[^m]: b", "\n", vec![note("n", "a"), note("m", "b")]),
        ("[^n]: a\n\n    [^m]: b\n\n\t\tc\n\n    d", "", vec![note("m", "b c"), note("n", "a d")]),
        ("[^n]: [^m]: a", "", vec![note("m", "a"), note("n", "")]),
        ("[^n]: a\r\n\r\n  \tb\r\nc", "", vec![note("n", "a b c")]),
        ("[^n]: a\r\rb", "\rb", vec![note("n", "a")]),
        ("                    [^n]: a", "", vec![note("n", "a")]),
        (r"[^a\]b]: c [^a\]b]", "", vec![note(r"a\]b", "c")]),
    ] {
        assert_eq!((plain(body).as_str(), notes(body)), (left, expected), "{body:?}");
    }
    for body in ["[^n] : a", "[^]: a", "[^n m]: a", "[^n[]: a", "a [^n]: b", "[n]: a", "[^n", "[^\n]: a"] {
        assert_eq!((plain(body).as_str(), notes(body)), (body, Vec::new()), "{body:?}");
    }
    let long = |length| format!("[^{}]: a", "n".repeat(length));
    assert_eq!((notes(&long(999)).len(), notes(&long(1000)).len()), (1, 0));
}

#[test]
fn a_mark_belongs_to_a_note_of_its_name() {
    for (body, left, marks) in [
        ("a[^n]b[^m]\n\n[^n]: c", "ab[^m]\n\n", 1),
        ("[^ n ] [^n\n]\n\n[^n]: c", " \n\n", 2),
        ("[^Ä]\n\n[^ä]: c", "\n\n", 1),
        ("[^a b]\n\n[^ab]: c", "[^a b]\n\n", 0),
        ("[a [^n] b](person:c)\n\n[^n]: d", "[a  b](person:c)\n\n", 1),
        ("[^[n]]\n\n[^n]: a", "[^[n]]\n\n", 0),
        ("*a[^n*]b*\n\n[^n*]: c", "ab\n\n", 1),
    ] {
        assert_eq!((plain(body).as_str(), read(body).note_marks.len()), (left, marks), "{body:?}");
    }
}

/// The bytes and marks that are looked at.
fn steps(body: &str) -> usize {
    let before = STEPS.get();
    read(body);
    STEPS.get() - before
}

#[test]
fn the_steps_grow_with_the_length_of_the_text() {
    for (repeated, closing) in [
        ("a\n\n", ""),
        ("# a\n", ""),
        ("\\", ""),
        ("[a](person:b) ", ""),
        ("[", ""),
        ("[^", "]"),
        ("[", "](a)"),
        ("[a](b", ""),
        ("[a](<b ", ""),
        ("[a](b (", ""),
        ("[a](b \"", ""),
        ("[a](b ([a](b '", ")x"),
        ("*a* ", ""),
        ("*a _b **c __d ", ""),
        ("*a **a _a ", "a* a** a_ "),
        ("a**b", "c* "),
        ("***a_ _b** ", ""),
        ("*", ""),
        ("[^a]: ", ""),
        ("[^a]:", "\n"),
        ("[^a]", ""),
        ("[^a]: a\n\n    ", "b\n\n"),
    ] {
        let shape = |times: usize| format!("{}{}", repeated.repeat(times), closing.repeat(times));
        let (short, long) = (shape(500), shape(1000));
        assert!(steps(&long) <= 40 * long.len(), "{repeated:?} takes {} steps", steps(&long));
        assert!(steps(&long) * 10 <= steps(&short) * 21, "{repeated:?}: {} and {}", steps(&short), steps(&long));
    }
}
