//! In which order what was not used is shown: first what a reader of the letters would miss, last what says how they look or
//! who encoded them.

/// Elements that a reader would miss, in this order: what stands around the text, what the letter is about, what it is
/// written on, who the persons are, and what editors say.
const MISSED: &[&[&str]] = &[
    &["front", "back", "floatingText", "group", "postscript"],
    &["keywords", "term", "catRef", "classCode", "textClass"],
    &["abstract", "summary", "argument", "synopsis"],
    &[
        "msDesc",
        "msIdentifier",
        "repository",
        "physDesc",
        "objectDesc",
        "objectType",
        "supportDesc",
        "support",
        "material",
        "extent",
        "dimensions",
        "condition",
        "foliation",
        "watermark",
        "sealDesc",
        "seal",
        "stamp",
        "postmark",
        "additions",
        "accMat",
        "bindingDesc",
        "handDesc",
        "handNote",
        "typeDesc",
        "typeNote",
        "decoDesc",
        "history",
        "origin",
        "origPlace",
        "origDate",
        "provenance",
        "acquisition",
        "custEvent",
        "witness",
        "listWit",
    ],
    &[
        "occupation",
        "affiliation",
        "education",
        "nationality",
        "residence",
        "faith",
        "floruit",
        "birth",
        "death",
        "sex",
        "gender",
        "socecStatus",
        "state",
        "trait",
        "event",
        "relation",
        "person",
        "place",
        "org",
        "object",
    ],
    &[
        "note",
        "noteGrp",
        "annotation",
        "correspContext",
        "correspDesc",
        "correspAction",
        "incident",
        "figure",
        "figDesc",
    ],
    &[
        "persName",
        "placeName",
        "orgName",
        "rs",
        "name",
        "date",
        "settlement",
        "country",
        "quote",
        "cit",
        "bibl",
        "ref",
        "ptr",
    ],
];

/// Elements that say how a text looks, and elements of the header that say how the file was made.
const FORM: &[&str] = &[
    "p",
    "ab",
    "seg",
    "s",
    "w",
    "c",
    "pc",
    "lb",
    "pb",
    "cb",
    "gb",
    "milestone",
    "div",
    "head",
    "lg",
    "l",
    "list",
    "item",
    "table",
    "row",
    "cell",
    "hi",
    "emph",
    "space",
    "add",
    "addSpan",
    "anchor",
    "del",
    "delSpan",
    "subst",
    "gap",
    "unclear",
    "damage",
    "supplied",
    "metamark",
    "handShift",
    "fw",
    "forename",
    "surname",
    "addName",
    "roleName",
    "gi",
    "facsimile",
    "surface",
    "zone",
    "graphic",
    "change",
    "revisionDesc",
    "respStmt",
    "resp",
    "editionStmt",
    "edition",
    "funder",
    "sponsor",
    "principal",
    "encodingDesc",
    "projectDesc",
    "editorialDecl",
    "correction",
    "hyphenation",
    "normalization",
    "interpretation",
    "tagsDecl",
    "rendition",
    "classDecl",
    "taxonomy",
    "category",
    "catDesc",
    "langUsage",
    "language",
    "layout",
    "layoutDesc",
    "teiHeader",
    "fileDesc",
    "publicationStmt",
    "seriesStmt",
    "appInfo",
    "application",
];

/// Attributes that say who, where and when, or how sure that is.
const TELLING: &[&str] = &[
    "ref",
    "key",
    "sameAs",
    "exclude",
    "when",
    "when-iso",
    "from",
    "from-iso",
    "to",
    "to-iso",
    "notBefore",
    "notBefore-iso",
    "notAfter",
    "notAfter-iso",
    "cert",
    "evidence",
    "role",
];

/// How late something that was not used is shown among others: elements by name, attributes with their element before them
/// as `element/@attribute`, columns by their headings.
pub(super) fn lateness(name: &str) -> usize {
    let Some((_, attribute)) = name.split_once("/@") else { return of_element(name) };
    // What an attribute says of an element that is not read either belongs to that element.
    if TELLING.contains(&attribute) { MISSED.len() + 1 } else { MISSED.len() + 2 }
}

fn of_element(name: &str) -> usize {
    let missed = MISSED.iter().position(|names| names.contains(&name));
    missed.unwrap_or(if FORM.contains(&name) { MISSED.len() + 3 } else { MISSED.len() })
}

#[cfg(test)]
mod tests {
    use super::lateness;

    #[test]
    fn what_a_reader_would_miss_comes_first() {
        let names =
            ["lb", "note", "p/@rend", "front", "keywords", "speech", "correspDesc/@sameAs", "occupation", "physDesc"];
        let mut sorted = names;
        sorted.sort_by_key(|name| lateness(name));
        let expected =
            ["front", "keywords", "physDesc", "occupation", "note", "speech", "correspDesc/@sameAs", "p/@rend", "lb"];
        assert_eq!(sorted, expected);
    }
}
