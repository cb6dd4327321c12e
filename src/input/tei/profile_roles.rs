//! What a profile says stands elsewhere than in the actions of a letter: who sent and received it, where and when.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::tei::correspondence::{Correspondence, action_of, add_note};
use crate::input::tei::profile_paths::PathPlaces;
use crate::input::tei::role_claims::RoleClaims;
use crate::input::xml::Element;
use crate::model::Document;
use std::mem;

impl Correspondence<'_, '_> {
    /// What the paths of the profile claim for the roles of a letter.
    pub(super) fn claims<'t>(&self, places: &PathPlaces<'t>) -> RoleClaims<'t> {
        RoleClaims::of(&self.naming.project.profile, places)
    }

    /// Reads what the profile claims for roles, and its places and dates.
    pub(super) fn profile<'t>(&mut self, places: &PathPlaces<'t>, mut claims: RoleClaims<'t>, document: &mut Document) {
        let profile = &self.naming.project.profile;
        if !profile.has_paths() {
            return;
        }
        let sent_places = claims.find(&profile.sent_places, places);
        let sent_dates = claims.find(&profile.sent_dates, places);
        self.run_together(&claims, sent_dates.len());
        let mut missing = None;
        for claim in &claims.roles {
            let mut parties = Vec::new();
            for element in &claim.found {
                let (found, said) = self.parties(*element, claim.action, false, None);
                parties.extend(found);
                said.iter().for_each(|said| add_note(&mut action_of(document, claim.action).note, said));
            }
            if parties.is_empty() {
                missing.get_or_insert(claim.role);
            } else {
                let found = mem::take(&mut self.naming.found_by_name);
                let action = action_of(document, claim.action);
                action.by = parties;
                action.set_found_by_name(found);
            }
        }
        if !claims.roles.is_empty() {
            self.names.profile = Some(missing);
        }
        for element in sent_places {
            let action = action_of(document, "sent");
            self.place(element, action);
            action.set_found_by_name(mem::take(&mut self.naming.found_by_name));
        }
        for element in sent_dates {
            // What comes after the first that is there stays unused, and is counted so.
            if action_of(document, "sent").dates.is_empty() {
                let date = self.date(element.mark_used());
                action_of(document, "sent").dates.extend(date);
            }
        }
        self.names.paths.append(&mut claims.paths);
    }

    /// Reports a letter that is most likely several: paths lead to those who sent or received it in several parts of its
    /// text.
    fn run_together(&mut self, claims: &RoleClaims<'_>, dates: usize) {
        for claim in &claims.roles {
            let mut parts: Vec<Element<'_>> = Vec::new();
            for part in claim.found.iter().filter_map(|element| part_of_text(*element)) {
                if parts.last() != Some(&part) {
                    parts.push(part);
                }
            }
            let [first, .., last] = parts.as_slice() else { continue };
            let found = claims.roles.iter().map(|claim| format!("{} {}s", claim.found.len(), claim.role));
            let found: Vec<String> = found.chain((dates > 0).then(|| format!("{dates} dates"))).collect();
            let message = format!(
                "this file is one letter, and the profile finds {} in {} parts of its text",
                found.join(", "),
                parts.len()
            );
            let kind = first.unmarked("type").filter(|kind| last.unmarked("type") == Some(kind));
            let condition = kind.map_or_else(String::new, |kind| format!("[@type='{kind}']"));
            let help = format!(
                "if each part is a letter, write letters = \"text//{}{condition}\" into the section [tei] of regesta.toml",
                first.name()
            );
            let diagnostic = Diagnostic::new(Code::LettersRunTogether, first.span(), message).help(help);
            self.diagnostics.push(diagnostic.related(last.span(), "the last of these parts"));
            return;
        }
    }
}

/// The part of a text that an element lies in.
fn part_of_text(element: Element<'_>) -> Option<Element<'_>> {
    let is_part = |around: &Element<'_>| matches!(around.name(), "div" | "div1" | "div2" | "floatingText");
    element.ancestors().find(is_part)
}
