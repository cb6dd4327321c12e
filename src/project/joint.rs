//! The sections `[[corpus]]`: several corpora in one project, each with its own folder, project file and base.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::slug_problem;
use crate::project::PROJECT_FILE;
use crate::project::values::base_iri;
use crate::source::{Sources, Span};
use crate::tree::{self, Fields, Node, SourceValue};
use std::path::{Component, Path};

/// A corpus of a joint project.
#[derive(Clone, Debug)]
pub struct MemberSettings {
    /// What the joint project calls it: a slug.
    pub name: String,
    /// Its folder below that of the joint project.
    pub folder: String,
    /// What every IRI of it begins with.
    pub base: String,
    /// Where the project file says so.
    pub span: Span,
}

impl MemberSettings {
    /// Reads all the sections. `base` is that of the joint project.
    pub(super) fn read_all(
        node: Option<Node>,
        base: Option<&str>,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Self> {
        let mut members: Vec<Self> = Vec::new();
        for node in node.map(Node::into_list).unwrap_or_default() {
            let mut fields = Fields::of(node, "a section [[corpus]]", diagnostics);
            let name = fields.required("name", diagnostics);
            let folder = fields.required("folder", diagnostics);
            fields.finish(diagnostics);
            let (Some(name), Some(folder)) = (name, folder) else { continue };
            let Some(member) = diagnostics.take(Self::read(&name, &folder, sources)) else { continue };
            let joint = base.filter(|base| overlap(base, &member.base)).map(|_| "the joint project".to_owned());
            let other = members.iter().find(|other| overlap(&other.base, &member.base) || other.name == member.name);
            if let Some(other) = joint.or_else(|| other.map(|other| format!("\"{}\"", other.name))) {
                let message = format!("the corpus \"{}\" has the name or the base of {other}", member.name);
                let help = "each corpus has a name and a base of its own, neither of which begins another";
                diagnostics.push(Diagnostic::new(Code::InvalidCorpus, member.span, message).help(help));
                continue;
            }
            members.push(member);
        }
        members
    }

    /// Looks into the project file of a member for its base; what else is wrong with it is said when it is opened.
    fn read(name: &SourceValue, folder: &SourceValue, sources: &Sources) -> Result<Self, Diagnostic> {
        let refuse = |written: &SourceValue, why: &str| {
            let message = format!("\"{}\" cannot be a corpus of this project: {why}", written.text);
            let help = "name a folder below this one that has a regesta.toml of its own, and no [[corpus]] in it";
            Diagnostic::new(Code::InvalidCorpus, written.span, message).help(help)
        };
        if let Some(problem) = slug_problem(&name.text) {
            return Err(refuse(name, problem));
        }
        let below = Path::new(&folder.text).components().all(|part| matches!(part, Component::Normal(_)));
        if !below || folder.text.contains('\\') {
            return Err(refuse(folder, "it is not below the folder of the project"));
        }
        let mut step = sources.root().to_owned();
        for part in Path::new(&folder.text).components() {
            step.push(part);
            if step.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
                return Err(refuse(folder, "it is a link, and links are not followed"));
            }
        }
        let mut of_member = Sources::within(sources.root(), folder.text.trim_end_matches('/'));
        let file = of_member.add(PROJECT_FILE);
        let source = of_member.open(file).map_err(|problem| refuse(folder, &problem.message))?;
        let mut unsaid = Diagnostics::default();
        let mut fields = Fields::of(tree::toml(&source, &mut unsaid), "the project file", &mut unsaid);
        if fields.take("corpus").is_some() {
            return Err(refuse(folder, "it is a joint project itself"));
        }
        let base = fields.required("base", &mut unsaid).and_then(|base| base_iri(&base, &mut unsaid));
        let base = base.ok_or_else(|| refuse(folder, "its regesta.toml has no base that can be used"))?;
        let folder = folder.text.trim_end_matches('/').to_owned();
        Ok(Self { name: name.text.clone(), folder, base, span: name.span })
    }
}

/// Whether one of two bases begins the other, so that nobody could tell whose a thing is.
fn overlap(one: &str, two: &str) -> bool {
    one.starts_with(two) || two.starts_with(one)
}
