//! Why a file of TEI has no letter, or no entry, and what to do.

use crate::input::tei::register;
use crate::input::xml::Element;

/// That a file is TEI P4, and what to do; nothing where it is not.
fn older_form(root: Element<'_>) -> Option<(String, &'static str)> {
    let help = "convert it to P5, as with the stylesheet p4top5.xsl of the TEI, and name the result";
    let message = || format!("this is TEI P4, an older form: its outermost element is \"{}\"", root.tag());
    matches!(root.tag(), "TEI.2" | "teiCorpus.2").then(|| (message(), help))
}

/// Why a file has no letter, and what to do.
pub(super) fn no_letter(root: Element<'_>) -> (String, &'static str) {
    if let Some(older) = older_form(root) {
        return older;
    }
    match root.tag() {
        "TEI" | "teiCorpus" if !root.name().is_empty() => (
            "this TEI document has no teiHeader, so it is no letter".to_owned(),
            "TEI letters have an element TEI with a teiHeader; name registers under registers",
        ),
        _ => (
            format!("this is no TEI document: its outermost element is \"{}\"", root.tag()),
            "TEI letters have an element TEI of the namespace http://www.tei-c.org/ns/1.0 with a teiHeader; name registers \
             under registers",
        ),
    }
}

/// Why a register has no entry, and what to do.
pub(crate) fn no_entry(root: Element<'_>) -> (String, &'static str) {
    if let Some(older) = older_form(root) {
        return older;
    }
    if let Some(foreign) = register::foreign_entry(root) {
        let message =
            format!("this register has no entry: its \"{}\" is of another namespace than TEI's", foreign.tag());
        return (message, "entries are of the namespace http://www.tei-c.org/ns/1.0, as the lists are that hold them");
    }
    let help = "an entry is a person, org, place, event, object or bibl with an xml:id in a listPerson, listOrg, listPlace, \
                listEvent, listObject or listBibl";
    ("this register has no entry".to_owned(), help)
}
