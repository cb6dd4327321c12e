//! Keys that stand beside identifiers of authority files: one that stands beside several is a mistake in one of them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::input::naming::name_cache::PartOfSources;
use crate::input::naming::placeholders::is_placeholder;
use crate::model::{Id, Scheme};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// The most things of one key that are told apart.
const THINGS: usize = 5;

/// A key: the list that counts its keys anew, or none where all files share them; the authority file that has the
/// identifiers beside it; and what is written.
type Key = (Option<FileId>, &'static str, String);

/// The things that each key stands beside, with the first place of each.
#[derive(Debug, Default)]
pub(crate) struct KeyUses(BTreeMap<Key, Vec<(Id, Span)>>);

impl KeyUses {
    /// Takes note of a key that stands beside the identifier of a thing.
    pub(super) fn add(&mut self, key: &str, part: PartOfSources, (scheme, id): (&'static Scheme, &Id), span: Span) {
        if scheme == Scheme::SAME_AS || is_placeholder(key) {
            return;
        }
        let list = part.number.map(|_| part.file);
        add_once(self.0.entry((list, scheme.column, key.to_owned())).or_default(), id.clone(), span);
    }

    /// Takes up what was found in a later part of the sources.
    pub(crate) fn append(&mut self, later: Self) {
        for (key, things) in later.0 {
            let known = self.0.entry(key).or_default();
            things.into_iter().for_each(|(id, span)| add_once(known, id, span));
        }
    }

    /// Reports the keys that stand beside several identifiers of one authority file.
    pub(crate) fn report(&self, diagnostics: &mut Diagnostics) {
        for ((_, scheme, key), things) in &self.0 {
            let [(first, place), (second, span), others @ ..] = &things[..] else { continue };
            let others: String = others.iter().map(|(id, _)| format!(" and {id}")).collect();
            let message = format!(
                "the key \"{key}\" stands beside several identifiers of {scheme}: {first} and {second}{others}"
            );
            let help = "a key means one thing: correct the key or the identifier; nothing is joined by the key";
            let several = Diagnostic::new(Code::KeyOfSeveral, *span, message).related(*place, "the first is here");
            diagnostics.push(several.help(help));
        }
    }
}

fn add_once(things: &mut Vec<(Id, Span)>, id: Id, span: Span) {
    if things.len() < THINGS && things.iter().all(|(known, _)| *known != id) {
        things.push((id, span));
    }
}
