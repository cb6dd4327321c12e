//! Notes, alone or in groups: TEI P5, `note` and `noteGrp`.

use crate::input::xml::Element;

/// The notes that an element is: itself, or those of the group that it is.
pub(crate) fn notes_in(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let alone = (element.name() == "note").then_some(element);
    let group = (element.name() == "noteGrp").then(|| element.mark_used());
    let grouped = group.into_iter().flat_map(Element::descendants).inspect(|inner| {
        if inner.name() == "noteGrp" {
            inner.mark_used();
        }
    });
    // The words of a note in a note are its own, and those of a group in a group are those of the group around it.
    alone.into_iter().chain(grouped.filter(|note| note.name() == "note" && !is_in_note(*note)))
}

/// The notes among the children of an element.
pub(crate) fn notes_of(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    element.children().flat_map(notes_in)
}

fn is_in_note(note: Element<'_>) -> bool {
    note.parent().is_some_and(|parent| parent.name() == "note")
}
