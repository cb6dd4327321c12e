//! What the paths of a profile lead to: elements of a header, of a text, or of the part of a text that is one letter.

use crate::input::xml::Element;
use crate::project::{ElementPath, PathStep};
use std::cell::RefCell;
use std::collections::HashMap;

/// Where the paths of a profile begin in a letter.
pub(crate) struct PathPlaces<'t> {
    /// In the first of these in which a path leads to anything.
    begin: Vec<Element<'t>>,
    /// What lies in these belongs to other letters.
    without: Vec<Element<'t>>,
    /// Else in a header that several letters share.
    header: Option<(Element<'t>, &'t FoundInHeader<'t>)>,
}

/// What paths lead to in a header that several letters share: found once for all of them. By the places of the paths.
#[derive(Default)]
pub(crate) struct FoundInHeader<'t>(RefCell<HashMap<(u32, u32), Vec<Element<'t>>>>);

impl<'t> PathPlaces<'t> {
    /// In the description of a letter.
    pub(crate) fn description(description: Element<'t>) -> Self {
        Self { begin: vec![description], without: Vec::new(), header: None }
    }

    /// In a letter that is all of its file: in the header, or else in the text beside it.
    pub(crate) fn file(header: Element<'t>) -> Self {
        let beside = header.parent().filter(|_| header.name() == "teiHeader");
        let text = beside.and_then(|element| element.children_named("text").next());
        Self { begin: [header].into_iter().chain(text).collect(), without: Vec::new(), header: None }
    }

    /// In the part of a text that is a letter, but not in letters within it; or else in the header. The other parts come
    /// after this one.
    pub(crate) fn part(
        part: Element<'t>,
        others: &[Element<'t>],
        header: Element<'t>,
        found: &'t FoundInHeader<'t>,
    ) -> Self {
        let within = others.iter().copied().take_while(|other| part.holds(*other));
        Self { begin: vec![part], without: within.collect(), header: Some((header, found)) }
    }

    /// The elements that a path leads to.
    pub(crate) fn find(&self, path: &ElementPath) -> Vec<Element<'t>> {
        let is_own =
            |element: &Element<'t>| !self.without.iter().any(|other| *other == *element || other.holds(*element));
        let found = |place: &Element<'t>| follow(*place, path).into_iter().filter(is_own).collect::<Vec<_>>();
        let in_header = || {
            let (header, known) = self.header?;
            Some(
                known
                    .0
                    .borrow_mut()
                    .entry((path.span.line, path.span.column))
                    .or_insert_with(|| follow(header, path))
                    .clone(),
            )
        };
        let own = self.begin.iter().map(found).find(|found| !found.is_empty());
        own.or_else(in_header).unwrap_or_default()
    }
}

/// The parts of an element that paths say are letters, in the order of the text.
pub(crate) fn letters_in<'t>(element: Element<'t>, paths: &[ElementPath]) -> Vec<Element<'t>> {
    let mut found: Vec<Element<'t>> = paths.iter().flat_map(|path| follow(element, path)).collect();
    found.sort_by_key(|part| part.order());
    found.dedup();
    found
}

fn follow<'t>(from: Element<'t>, path: &ElementPath) -> Vec<Element<'t>> {
    let (first, rest) = path.steps.split_first().expect("a path has at least one step");
    let begin = std::iter::once(from).chain(from.descendants()).filter(|element| fits(*element, first)).collect();
    rest.iter().fold(begin, |found, next| found.into_iter().flat_map(|element| step(element, next)).collect())
}

fn step<'t>(from: Element<'t>, step: &PathStep) -> Vec<Element<'t>> {
    let fits = |element: &Element<'t>| fits(*element, step);
    if step.anywhere { from.descendants().filter(fits).collect() } else { from.children().filter(fits).collect() }
}

fn fits(element: Element<'_>, step: &PathStep) -> bool {
    element.name() == step.name
        && step.attribute.as_ref().is_none_or(|(name, wanted)| {
            element.value(name).is_some_and(|value| wanted.as_ref().is_none_or(|wanted| wanted == value))
        })
}
