//! Answers that stand side by side: whose each is, what it rests on, and which of them tables show.

use crate::model::{Concept, Id, Reference};
use crate::source::Span;
use std::ops::Range;

/// What is known of an answer besides what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// Who says so.
    pub responsible: Vec<Reference>,
    /// What it rests on.
    pub source: Option<Basis>,
    /// Of several answers, whether it is the one that tables show; nothing where it stands alone.
    pub chosen: Option<bool>,
}

impl Opinion {
    /// The opinion, where it says anything.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

/// What answers are preferred for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preference {
    /// That this agent is responsible for them, or that they rest on this document or work.
    Of(Id, Span),
    /// That they are the most certain.
    MostCertain,
    /// That they come first.
    First,
}

/// Which of several answers tables show: each preference leaves those that it prefers, if there are any, to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(pub Vec<Preference>);

impl Default for Policy {
    fn default() -> Self {
        Self(vec![Preference::MostCertain])
    }
}

impl Policy {
    /// What it names.
    pub fn references(&self) -> Vec<Reference> {
        let named = self.0.iter().filter_map(|preference| match preference {
            Preference::Of(id, span) => Some(Reference { id: id.clone(), span: *span }),
            Preference::MostCertain | Preference::First => None,
        });
        named.collect()
    }

    /// The number of the answer that is shown, of at least one.
    pub fn choose(&self, answers: &[(Option<Concept>, Option<&Opinion>)]) -> usize {
        let mut left: Vec<usize> = (0..answers.len()).collect();
        for preference in &self.0 {
            let preferred: Vec<usize> = match preference {
                Preference::Of(id, _) => left.iter().copied().filter(|at| is_of(answers[*at].1, id)).collect(),
                Preference::MostCertain => {
                    let most = left.iter().map(|at| certainty(answers[*at].0)).max();
                    left.iter().copied().filter(|at| Some(certainty(answers[*at].0)) == most).collect()
                }
                Preference::First => left.first().copied().into_iter().collect(),
            };
            if !preferred.is_empty() {
                left = preferred;
            }
        }
        left[0]
    }
}

/// What can stand beside another answer.
pub trait Answer {
    /// How sure the editor is of it, and whose it is.
    fn standing(&self) -> (Option<Concept>, Option<&Opinion>);

    /// Takes note whether it is the one that tables show.
    fn set_chosen(&mut self, chosen: bool);
}

/// Chooses one of several answers; of one alone there is nothing to choose.
pub fn choose<A: Answer>(policy: &Policy, answers: &mut [A]) {
    if answers.len() > 1 {
        let chosen = policy.choose(&answers.iter().map(Answer::standing).collect::<Vec<_>>());
        answers.iter_mut().enumerate().for_each(|(at, answer)| answer.set_chosen(at == chosen));
    }
}

fn is_of(opinion: Option<&Opinion>, id: &Id) -> bool {
    let Some(opinion) = opinion else { return false };
    let rests = matches!(&opinion.source, Some(Basis::Reference(source)) if source.id == *id);
    rests || opinion.responsible.iter().any(|who| who.id == *id)
}

/// What is said without a word of doubt is as certain as what is called certain.
fn certainty(certainty: Option<Concept>) -> u8 {
    match certainty {
        None | Some("high") => 3,
        Some("medium") => 2,
        Some("low") => 1,
        Some(_) => 0,
    }
}

/// What a statement rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A document or work of the corpus.
    Reference(Reference),
    /// Words: a title, a page, "the editor's knowledge".
    Words(String),
    /// A stretch of the target's text.
    Range(Range<usize>, Span),
}
