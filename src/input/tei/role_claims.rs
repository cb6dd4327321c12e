//! Whom the paths of a profile claim for a role: what they lead to in a letter, before its actions are read.

use crate::input::tei::profile_paths::PathPlaces;
use crate::input::xml::Element;
use crate::model::Concept;
use crate::project::{ElementPath, Profile};
use crate::source::Span;

/// What the paths of the two roles lead to. A role that has paths has nothing else.
pub(super) struct RoleClaims<'t> {
    /// For each role that has paths: the action, the word for who is looked for, and what was found.
    pub(super) roles: Vec<RoleClaim<'t>>,
    /// The paths that lead somewhere.
    pub(super) paths: Vec<Span>,
}

/// What the paths of one role lead to.
pub(super) struct RoleClaim<'t> {
    pub(super) action: Concept,
    /// The word for whoever has the role.
    pub(super) role: &'static str,
    pub(super) found: Vec<Element<'t>>,
}

impl<'t> RoleClaims<'t> {
    /// What the paths lead to that begin at these places.
    pub(super) fn of(profile: &Profile, places: &PathPlaces<'t>) -> Self {
        let mut claims = Self { roles: Vec::new(), paths: Vec::new() };
        let roles = [("sent", "sender", &profile.senders), ("received", "recipient", &profile.recipients)];
        for (action, role, paths) in roles.into_iter().filter(|(.., paths)| !paths.is_empty()) {
            let found = claims.find(paths, places);
            claims.roles.push(RoleClaim { action, role, found });
        }
        claims
    }

    /// The elements that paths lead to.
    pub(super) fn find(&mut self, paths: &[ElementPath], places: &PathPlaces<'t>) -> Vec<Element<'t>> {
        let mut all = Vec::new();
        for path in paths {
            let found = places.find(path);
            self.paths.extend((!found.is_empty()).then_some(path.span));
            all.extend(found);
        }
        all
    }

    /// Whether a name in an action is not for this action to say: its role has paths, or a path claims the name for the
    /// other role.
    pub(super) fn claim(&self, action: Concept, name: Element<'_>) -> bool {
        let is_role = matches!(action, "sent" | "received");
        let holds = |found: &Element<'t>| *found == name || found.holds(name) || name.holds(*found);
        is_role && self.roles.iter().any(|role| role.action == action || role.found.iter().any(holds))
    }
}
