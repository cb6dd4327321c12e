//! Letters that are named in the text of a letter: by a pointer, or by a name that leads to a letter.

use crate::input::letters::reader::LetterReader;
use crate::input::naming::names::{WrittenReference, is_placeholder};
use crate::input::tei::certainty;
use crate::input::tei::letter_pointers::LetterPointers;
use crate::input::tei::named_element::{kind_of, reference_of};
use crate::input::tei::text_elements::POINTERS;
use crate::input::xml::Element;
use crate::model::{Annotation, AnnotationTarget, Id, Kind, Reference};

impl LetterReader<'_> {
    /// The letters that an element names; nothing where it names something else. They are none where it says that it
    /// names a letter, and the corpus does not have it.
    pub(super) fn letters_named(&mut self, element: Element<'_>) -> Option<Vec<Id>> {
        let is_pointer = POINTERS.contains(&element.name());
        let kind = kind_of(element, &self.naming);
        if element.name() == "date" || !is_pointer && !matches!(kind, Kind::Document | Kind::Work | Kind::Thing) {
            return None;
        }
        let WrittenReference { text: target, whole, .. } = if is_pointer {
            WrittenReference::pointers(element.unmarked("target").unwrap_or_default())
        } else {
            reference_of(element, &self.naming.project.profile)
        };
        let targets: Vec<&str> = if whole { vec![target] } else { target.split_whitespace().collect() };
        let targets = || targets.iter().filter(|target| !is_placeholder(target));
        // What is no letter by its kind is one only if nothing else has the id.
        if !is_pointer && kind != Kind::Document && targets().any(|target| self.naming.has_entry(target, kind)) {
            return None;
        }
        let span = element.span();
        let Self { sources, siblings, tally, .. } = self;
        let mut pointers = LetterPointers { sources, siblings, tally };
        let found: Vec<Id> = targets().filter_map(|target| pointers.letter(target, element, span)).collect();
        let is_named = kind == Kind::Document && targets().next().is_some();
        if found.is_empty() && (!is_named || targets().any(|target| self.naming.has_entry(target, kind))) {
            return None;
        }
        if found.is_empty() {
            targets().for_each(|target| self.tally.leads_nowhere(target, span));
        }
        if is_pointer {
            element.mark_used().value("target");
        }
        Some(found)
    }

    /// Describes the mention of letters.
    pub(super) fn letter_mention(
        &mut self,
        element: Element<'_>,
        letters: Vec<Id>,
        in_note: bool,
        annotation: &mut Annotation,
    ) {
        annotation.certainty = certainty::certainty(element);
        (annotation.responsible, annotation.comment) = certainty::evidence(element, &mut self.naming);
        annotation.kind = if in_note { "mention-in-note" } else { "mention" };
        let span = annotation.span;
        annotation.targets = letters.into_iter().map(|id| AnnotationTarget::Known(Reference { id, span })).collect();
        if annotation.targets.is_empty() {
            annotation.targets.push(AnnotationTarget::Unknown(Kind::Document));
        }
    }
}
