//! Identifications that stand side by side: several annotations of one passage that name different things.

use crate::model::{Annotation, AnnotationTarget, Kind, Opinion, Policy};
use std::collections::BTreeMap;

/// Takes note, of several answers to whom or what a passage names, which one tables show.
pub(super) fn settle(annotations: &mut [Annotation], policy: &Policy) {
    let mut of_passages: BTreeMap<(&str, usize, usize, IdentificationQuestion), Vec<usize>> = BTreeMap::new();
    for (at, annotation) in annotations.iter().enumerate() {
        let Some(question) = question(annotation) else { continue };
        let range = &annotation.passage.range;
        let passage = (annotation.passage.text.as_str(), range.start, range.end, question);
        of_passages.entry(passage).or_default().push(at);
    }
    let several: Vec<Vec<usize>> = of_passages.into_values().filter(|answers| differ(annotations, answers)).collect();
    for answers in several {
        let opinion = |at: &usize| {
            let Annotation { responsible, source, .. } = &annotations[*at];
            Opinion { responsible: responsible.clone(), source: source.clone(), chosen: None }
        };
        let opinions: Vec<Opinion> = answers.iter().map(opinion).collect();
        let standings: Vec<_> =
            answers.iter().zip(&opinions).map(|(at, opinion)| (annotations[*at].certainty, Some(opinion))).collect();
        let chosen = answers[policy.choose(&standings)];
        answers.into_iter().for_each(|at| annotations[at].chosen = Some(at == chosen));
    }
}

/// What an annotation answers. Whom a title means and which office it is are two questions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum IdentificationQuestion {
    Who,
    What(Kind),
}

fn question(annotation: &Annotation) -> Option<IdentificationQuestion> {
    let Some(AnnotationTarget::Known(reference)) = annotation.targets.first() else { return None };
    let mentions = matches!(annotation.kind, "mention" | "mention-in-note");
    mentions.then_some(match reference.id.kind {
        Kind::Person | Kind::Organisation | Kind::Group | Kind::Agent => IdentificationQuestion::Who,
        kind => IdentificationQuestion::What(kind),
    })
}

fn differ(annotations: &[Annotation], answers: &[usize]) -> bool {
    let targets = |at: &usize| -> Vec<String> {
        let known = annotations[*at].targets.iter().filter_map(|target| match target {
            AnnotationTarget::Known(reference) => Some(reference.id.to_string()),
            _ => None,
        });
        known.collect()
    };
    answers.iter().skip(1).any(|at| targets(at) != targets(&answers[0]))
}
