//! How sure an element says that its editor is, what that rests on, and whose reading it is.

use crate::input::naming::names::Naming;
use crate::input::xml::Element;
use crate::model::{Concept, ConceptList, Reference};

/// How sure an element says that its editor is, by itself or by a `certainty` in it. TEI P5 Guidelines, section 21.1.
pub(crate) fn certainty(element: Element<'_>) -> Option<Concept> {
    let of_parts = element.children_named("certainty").filter_map(|part| part.mark_used().value("cert"));
    element.value("cert").into_iter().chain(of_parts).find_map(|word| ConceptList::CERTAINTY.value(word))
}

/// How sure it says so in other words or in numbers.
pub(crate) fn unknown_certainty(element: Element<'_>) -> Option<String> {
    let word = element.value("cert").filter(|_| certainty(element).is_none())?;
    Some(format!("cert=\"{word}\""))
}

/// What an element says its reading rests on, and whose it is.
pub(crate) fn evidence(element: Element<'_>, naming: &mut Naming<'_>) -> (Vec<Reference>, Option<String>) {
    let responsible = element.value("resp").and_then(|resp| naming.responsible(resp, element.span()));
    match responsible {
        Some(responsible) => {
            let parts = element.value("evidence").map(|value| format!("evidence=\"{value}\""));
            let parts: Vec<String> = parts.into_iter().chain(unknown_certainty(element)).collect();
            (responsible, (!parts.is_empty()).then(|| parts.join(" ")))
        }
        None => (Vec::new(), written_evidence(element)),
    }
}

/// The same as it is written.
pub(crate) fn written_evidence(element: Element<'_>) -> Option<String> {
    let parts = ["evidence", "resp"].map(|name| element.value(name).map(|value| format!("{name}=\"{value}\"")));
    let parts: Vec<String> = parts.into_iter().flatten().chain(unknown_certainty(element)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
