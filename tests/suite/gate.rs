//! The gate: a leak of every kind is planted into a copy of a corpus, and none gets through.

use crate::support::{copy_case, load, regesta, repository, text};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use std::fs;

/// For every content of the sample: a quad that states it. The graph must have none of them.
#[test]
fn no_content_of_the_sample_is_stated() {
    let loaded = load(&repository().join("data/exchange-2017"), None);
    let part = |name: &str| NamedNode::new_unchecked(format!("http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}"));
    let value = |content: &NamedOrBlankNode, property: NamedNode| {
        let found = loaded.quads.iter().find(|quad| quad.subject == *content && quad.predicate == property);
        found.map(|quad| quad.object.clone())
    };
    let mut contents = 0;
    for quad in loaded.quads.iter().filter(|quad| quad.predicate == part("subject")) {
        contents += 1;
        let predicate = value(&quad.subject, part("predicate")).expect("a content has a predicate");
        let object = value(&quad.subject, part("object")).expect("a content has an object");
        let stated = loaded.quads.iter().find(|other| {
            Term::from(other.subject.clone()) == quad.object
                && Term::from(other.predicate.clone()) == predicate
                && other.object == object
        });
        assert_eq!(stated.map(Quad::to_string), None);
    }
    assert!(contents >= 50, "the sample has contents");
}

/// A leak in a table stops the build, names both places, and leaves no result.
#[test]
fn a_build_with_a_leak_writes_nothing_and_names_both_places() {
    let case = copy_case("gate/participant");
    let folder = case.path().join("input");
    let output = regesta(&folder, &["build", "--message-format", "short"]);
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("error[claim-asserted]"), "{errors}");
    assert!(errors.contains("authorities/") && errors.contains("claims/"), "both places are named: {errors}");
    let left: Vec<_> = fs::read_dir(&folder)
        .expect("it is there")
        .filter_map(|entry| {
            let name = entry.expect("it can be read").file_name().into_string().expect("names are UTF-8");
            name.contains("build").then_some(name)
        })
        .collect();
    assert!(left.is_empty(), "nothing is left of the build: {left:?}");
}
