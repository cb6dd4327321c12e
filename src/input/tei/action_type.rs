//! What was done with a letter, by the words of `correspAction`: its type, and what qualifies that.

use crate::diagnostic::nearest;
use crate::input::xml::Element;
use crate::model::{Concept, ConceptList};
use crate::project::Profile;

/// What a `correspAction` says was done.
pub(crate) struct ActionType {
    pub(crate) kind: Concept,
    /// What the kind does not say, in the words of the source.
    pub(crate) words: Option<String>,
    /// The type of the source, where the kind is another.
    pub(crate) note: Option<String>,
    /// Whether those who received the letter received a copy.
    pub(crate) is_copy: bool,
    /// The word that is not known, if there is one.
    pub(crate) unknown: Option<UnknownWord>,
}

/// A word that is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UnknownWord {
    /// A type.
    Type(String),
    /// A subtype, which qualifies a type.
    Subtype(String),
}

/// Words for types in other forms and languages: with them, nobody is taken to have sent or received anything, but it
/// can be said which word was meant.
const MEANT: &[(&str, Concept)] = &[
    ("send", "sent"),
    ("sends", "sent"),
    ("sended", "sent"),
    ("sender", "sent"),
    ("sending", "sent"),
    ("from", "sent"),
    ("absender", "sent"),
    ("absendung", "sent"),
    ("gesendet", "sent"),
    ("abgesandt", "sent"),
    ("abgeschickt", "sent"),
    ("envoi", "sent"),
    ("envoyé", "sent"),
    ("expéditeur", "sent"),
    ("expedition", "sent"),
    ("verzonden", "sent"),
    ("afzender", "sent"),
    ("inviato", "sent"),
    ("mittente", "sent"),
    ("enviado", "sent"),
    ("remitente", "sent"),
    ("receive", "received"),
    ("receiver", "received"),
    ("receiving", "received"),
    ("recipient", "received"),
    ("addressee", "received"),
    ("to", "received"),
    ("empfänger", "received"),
    ("empfangen", "received"),
    ("erhalten", "received"),
    ("adressat", "received"),
    ("reçu", "received"),
    ("réception", "received"),
    ("destinataire", "received"),
    ("ontvangen", "received"),
    ("ontvanger", "received"),
    ("ricevuto", "received"),
    ("destinatario", "received"),
    ("recibido", "received"),
    ("writing", "written"),
    ("author", "written"),
    ("verfasst", "written"),
    ("geschrieben", "written"),
];

/// What a `correspAction` says was done: by its type in any letters, or what the profile says that this means, as far as
/// its subtype lets that stand.
pub(crate) fn of(element: Element<'_>, profile: &Profile) -> ActionType {
    let word = element.value("type").unwrap_or("");
    let subtype = element.value("subtype");
    let known = ConceptList::ACTION_TYPE.value(&word.to_lowercase());
    let Some(kind) = profile.action(word).or(known) else {
        let words = [word, subtype.unwrap_or("")].into_iter().filter(|word| !word.is_empty());
        let words = words.collect::<Vec<_>>().join(", ");
        let unknown = Some(UnknownWord::Type(word.to_owned()));
        return ActionType { words: (!words.is_empty()).then_some(words), unknown, ..plain("other-action") };
    };
    let Some(subtype) = subtype else { return plain(kind) };
    let lower = subtype.to_lowercase();
    let (other_kind, is_copy) = match (kind, profile.action(subtype), lower.as_str()) {
        (_, Some(said), _) => (Some(said).filter(|said| *said != kind), false),
        ("received", _, "cc" | "copy" | "copied" | "carbon-copy") => (None, true),
        ("received", _, "to" | "received") | ("sent", _, "from" | "sent") => (None, false),
        ("sent" | "received", ..) => (Some(passing_on(&lower).unwrap_or("other-action")), false),
        _ => (None, false),
    };
    let unknown = (other_kind == Some("other-action") && profile.action(subtype).is_none())
        .then(|| UnknownWord::Subtype(subtype.to_owned()));
    let note = other_kind.map(|_| format!("type=\"{word}\""));
    ActionType { kind: other_kind.unwrap_or(kind), words: Some(subtype.to_owned()), note, is_copy, unknown }
}

fn plain(kind: Concept) -> ActionType {
    ActionType { kind, words: None, note: None, is_copy: false, unknown: None }
}

/// Whether a word for the part that somebody has in a letter is of another action than this one, or of a copy.
pub(crate) fn is_other_role(word: &str, action: Concept) -> bool {
    let word = word.to_lowercase();
    let is_copy = matches!(word.as_str(), "cc" | "bcc" | "copy" | "carbon-copy");
    let meant = MEANT.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    let meant = meant.or_else(|| ConceptList::ACTION_TYPE.value(&word)).or(passing_on(&word));
    let is_role = |kind: Concept| matches!(kind, "sent" | "received");
    let differs = |meant: Concept| meant != action && !(meant == "written" && action == "sent");
    is_role(action) && (is_copy || meant.is_some_and(differs))
}

/// What those do who pass a letter on.
fn passing_on(subtype: &str) -> Option<Concept> {
    Some(match subtype {
        "redirecting" | "redirected" | "redirect" | "redirection" => "redirected",
        "forwarding" | "forwarded" | "forward" => "forwarded",
        "transmitting" | "transmitted" | "transmission" => "transmitted",
        "delivering" | "delivered" | "delivery" => "delivered",
        _ => return None,
    })
}

/// The type that a word was probably meant to be.
pub(crate) fn meant(word: &str) -> Option<Concept> {
    let word = word.to_lowercase();
    let listed = MEANT.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
    listed.or_else(|| {
        let nearest = nearest(&word, ConceptList::ACTION_TYPE.values.iter().copied())?;
        ConceptList::ACTION_TYPE.value(nearest)
    })
}
