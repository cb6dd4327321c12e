//! `correspContext`: which letters a letter answers, and which come before and after it.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::naming::names::{identify, is_placeholder};
use crate::input::tei::correspondence::{Correspondence, add_note};
use crate::input::tei::letter_pointers::LetterPointers;
use crate::input::tei::notes::notes_in;
use crate::input::xml::Element;
use crate::model::{Document, Reference};

/// What a letter is to another.
#[derive(Clone, Copy)]
enum LetterLink {
    RepliesTo,
    Follows,
    Precedes,
}

impl LetterLink {
    /// What the type of a `ref` says: words that editions have, in any letters and with or without a prefix.
    fn of(reference: Element<'_>) -> Option<Self> {
        let words = ["type", "subtype"].map(|name| reference.value(name).unwrap_or("").to_ascii_lowercase());
        let says = |part: &str| words.iter().any(|word| word.contains(part));
        if says("next") || says("answeredby") || says("repliedby") || says("replyfrom") {
            Some(Self::Precedes)
        } else if says("repl") || says("answer") {
            Some(Self::RepliesTo)
        } else {
            says("prev").then_some(Self::Follows)
        }
    }
}

impl Correspondence<'_, '_> {
    /// Reads a `correspContext`.
    pub(super) fn context(&mut self, element: Element<'_>, document: &mut Document) {
        for reference in element.children() {
            if reference.name() != "ref" && reference.name() != "ptr" {
                if reference.name() == "p" {
                    add_note(&mut document.note, &reference.words());
                }
                notes_in(reference).for_each(|note| add_note(&mut document.note, &note.words()));
                continue;
            }
            let Some(link) = LetterLink::of(reference) else { continue };
            let word = reference.mark_used().value("type").unwrap_or_default();
            let words = reference.words();
            let Some(target) = reference.value("target").filter(|target| !is_placeholder(target)) else {
                if !words.is_empty() {
                    add_note(&mut document.note, &format!("{word}: {words}"));
                }
                continue;
            };
            for target in target.split_whitespace() {
                self.link(link, target, reference, document);
            }
        }
    }

    fn link(&mut self, link: LetterLink, target: &str, reference: Element<'_>, document: &mut Document) {
        let Self { sources, siblings, tally, .. } = self;
        let span = reference.attribute_span("target");
        match (LetterPointers { sources, siblings, tally }).any_letter(target, reference, span) {
            Some(id) if id == document.id => {
                let message = format!("\"{target}\" is the letter itself");
                let diagnostic = Diagnostic::new(Code::MissingLetter, span, message);
                self.diagnostics.push(diagnostic.help("the link is left out; correct it"));
            }
            Some(id) => {
                let address = Some(target).filter(|target| target.contains("://"));
                let address = address.and_then(identify).map(|address| address.iri);
                document.relations.extend(address);
                let list = match link {
                    LetterLink::RepliesTo => &mut document.replies_to,
                    LetterLink::Follows => &mut document.follows,
                    LetterLink::Precedes => &mut document.precedes,
                };
                list.push(Reference { id, span: reference.span() });
            }
            // What leads nowhere has been counted.
            None => {}
        }
    }
}
