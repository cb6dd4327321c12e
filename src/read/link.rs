//! Links between records: every id leads somewhere, every passage lies in its text, nothing contains itself.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{
    Action, Annotation, Authority, Basis, Claim, ContentReference, Corpus, Details, Document, Id, Kind, Object,
    Passage, Reference, Target, Text,
};
use crate::read::document::ClaimSpan;
use crate::source::{Sources, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Checks and completes the links between the records of a corpus.
pub(super) fn link(corpus: &mut Corpus, spans: Vec<ClaimSpan>, sources: &Sources, diagnostics: &mut Diagnostics) {
    duplicates(corpus, sources, diagnostics);
    references(corpus, diagnostics);
    circles(corpus, diagnostics);
    let texts = Texts::of(&corpus.documents, diagnostics);
    for annotation in &mut corpus.annotations {
        texts.complete_annotation(annotation, diagnostics);
    }
    claim_spans(&mut corpus.claims, spans, diagnostics);
    for claim in &mut corpus.claims {
        texts.complete_claim(claim, diagnostics);
    }
    content_references(&corpus.claims, diagnostics);
}

fn duplicates(corpus: &Corpus, sources: &Sources, diagnostics: &mut Diagnostics) {
    let ids = corpus.ids();
    let authorities = corpus.authorities.iter().map(|authority| (&authority.id, authority.span));
    let documents = corpus.documents.iter().map(|document| (&document.id, document.span));
    for (id, span) in authorities.chain(documents) {
        let first = ids[id];
        if first != span {
            let message = format!("\"{id}\" is already the id of something else");
            diagnostics
                .push(Diagnostic::new(Code::DuplicateId, span, message).related(first, "it is defined here first"));
        }
    }
    let annotations = corpus.annotations.iter().map(|annotation| (("annotation", &annotation.id), annotation.span));
    let claims = corpus.claims.iter().map(|claim| (("claim", &claim.id), claim.span));
    let mut scoped = BTreeMap::new();
    for (key @ (kind, (scope, name)), span) in annotations.chain(claims) {
        if let Some(first) = scoped.insert(key, span) {
            let message = format!("\"{name}\" is already the id of another {kind} of {scope}");
            let duplicate = Diagnostic::new(Code::DuplicateId, span, message);
            diagnostics.push(duplicate.related(first, "it is defined here first"));
        }
    }
    let mut paths: BTreeMap<String, Span> = BTreeMap::new();
    for document in &corpus.documents {
        let whole = Sources::whole(document.file);
        if let Some(first) = paths.insert(sources.path(document.file).to_lowercase(), whole) {
            let message = "this file name differs from another one only in its capital letters";
            diagnostics.push(Diagnostic::new(Code::CaseCollision, whole, message).related(first, "the other file"));
        }
    }
}

/// Every reference of the corpus, each with nothing but itself.
fn all_references(corpus: &Corpus) -> Vec<&Reference> {
    let mut all = Vec::new();
    corpus.authorities.iter().for_each(|authority| of_authority(authority, &mut all));
    corpus.documents.iter().for_each(|document| of_document(document, &mut all));
    for annotation in &corpus.annotations {
        all.extend(annotation.targets.iter().filter_map(known));
        all.extend(annotation.responsible.iter().chain(basis(annotation.source.as_ref())));
    }
    for claim in &corpus.claims {
        all.extend([&claim.document, &claim.claimant].into_iter().chain(&claim.reported_by));
        for content in &claim.contents {
            all.push(&content.subject);
            all.extend(object(&content.object));
        }
    }
    all
}

fn known(target: &Target) -> Option<&Reference> {
    match target {
        Target::Known(reference) => Some(reference),
        Target::Unknown(_) => None,
    }
}

fn basis(source: Option<&Basis>) -> Option<&Reference> {
    match source {
        Some(Basis::Reference(reference)) => Some(reference),
        _ => None,
    }
}

fn object(object: &Object) -> Option<&Reference> {
    match object {
        Object::Reference(reference) => Some(reference),
        _ => None,
    }
}

fn of_authority<'a>(authority: &'a Authority, all: &mut Vec<&'a Reference>) {
    all.extend(basis(authority.source.as_ref()));
    match &authority.details {
        Details::Person { .. } | Details::Group | Details::Quantity(_) => {}
        Details::Organisation { part_of, place } => all.extend(part_of.iter().chain(place)),
        Details::Post { organisation } => all.extend(organisation),
        Details::Membership { member, organisation, post, .. } => {
            all.extend(member.iter().chain(organisation).chain(post));
        }
        Details::Place { within, .. } => all.extend(within),
        Details::Event(event) => {
            all.extend(event.participants.iter().chain(&event.carried_out_by).chain(&event.affected));
            all.extend(event.place.iter().chain(&event.part_of).chain(&event.extent));
        }
        Details::Work { authors, .. } => all.extend(authors),
        Details::Concept { broader, .. } => all.extend(broader),
    }
}

fn of_document<'a>(document: &'a Document, all: &mut Vec<&'a Reference>) {
    let parties = [&document.authors, &document.recipients, &document.publishers, &document.translators];
    all.extend(parties.into_iter().flatten().chain(&document.translation_of).map(|party| &party.who));
    for Action { by, place, .. } in &document.actions {
        all.extend(by.iter().map(|party| &party.who).chain(place));
    }
    all.extend(document.replies_to.iter().chain(&document.enclosures).chain(&document.editors));
    all.extend(document.part_of.iter().chain(&document.repository));
    if let Some(Text::Part { of, .. }) = &document.text {
        all.push(of);
    }
}

fn references(corpus: &Corpus, diagnostics: &mut Diagnostics) {
    let ids = corpus.ids();
    for reference in all_references(corpus) {
        if ids.contains_key(&reference.id) {
            continue;
        }
        let id = &reference.id;
        let message = format!("nothing in the corpus is called \"{id}\"");
        let alike =
            nearest(&id.slug, ids.keys().filter(|known| known.kind == id.kind).map(|known| known.slug.as_str()));
        let elsewhere = ids.keys().find(|known| known.slug == id.slug);
        let help = match (elsewhere, alike, id.kind.table()) {
            (Some(other), _, _) => format!("did you mean {other}?"),
            (None, Some(slug), _) => format!("did you mean {}:{slug}?", id.kind),
            (None, None, Some(table)) => format!("add a row with the id {} to authorities/{table}.csv", id.slug),
            (None, None, None) => format!("add the document documents/{}.md", id.slug),
        };
        diagnostics.push(Diagnostic::new(Code::UnknownId, reference.span, message).help(help));
    }
}

/// Relations in which nothing may come back to itself.
fn circles(corpus: &Corpus, diagnostics: &mut Diagnostics) {
    let mut containment: BTreeMap<&Id, Vec<&Reference>> = BTreeMap::new();
    for authority in &corpus.authorities {
        let wider = match &authority.details {
            Details::Organisation { part_of, .. } => part_of.as_ref(),
            Details::Place { within, .. } => within.as_ref(),
            Details::Event(event) => event.part_of.as_ref(),
            Details::Concept { broader, .. } => broader.as_ref(),
            _ => None,
        };
        containment.insert(&authority.id, wider.into_iter().collect());
    }
    for document in &corpus.documents {
        containment.insert(&document.id, document.part_of.iter().collect());
    }
    circle(&containment, "lies in itself", diagnostics);
    let replies =
        corpus.documents.iter().map(|document| (&document.id, document.replies_to.iter().collect())).collect();
    circle(&replies, "answers itself", diagnostics);
}

/// Reports each circle once, at the reference of its first member that leads on.
fn circle(links: &BTreeMap<&Id, Vec<&Reference>>, how: &str, diagnostics: &mut Diagnostics) {
    // False while the walk is below an id, true when all that it leads to has been seen.
    let mut done: BTreeMap<&Id, bool> = BTreeMap::new();
    for &start in links.keys() {
        if done.contains_key(start) {
            continue;
        }
        // A walk in depth with its own stack: the chain may be as long as the corpus is large.
        let mut path: Vec<(&Id, usize)> = vec![(start, 0)];
        done.insert(start, false);
        while let Some((id, next)) = path.last_mut() {
            let Some(reference) = links.get(*id).and_then(|references| references.get(*next)) else {
                done.insert(*id, true);
                path.pop();
                continue;
            };
            *next += 1;
            if done.get(&reference.id) == Some(&false) {
                let members: Vec<String> =
                    path.iter().map(|(id, _)| *id).skip_while(|id| **id != reference.id).map(Id::to_string).collect();
                let message = format!("{} {how}: {}", reference.id, members.join(" → "));
                diagnostics.push(Diagnostic::new(Code::CircularReference, reference.span, message));
            } else if !done.contains_key(&reference.id) {
                done.insert(&reference.id, false);
                path.push((&reference.id, 0));
            }
        }
    }
}

/// Which text each document's passages are counted in. It owns its keys, because records change while it is used.
struct Texts {
    /// By document: the document that owns the text, and the stretch of it.
    stretches: BTreeMap<String, (String, Range<usize>)>,
    /// By owner: the documents whose stretches lie in its text.
    documents: BTreeMap<String, Vec<(Range<usize>, Id)>>,
    /// By owner: the code points of the texts that are in the folder.
    plain: BTreeMap<String, Vec<char>>,
}

impl Texts {
    fn of(documents: &[Document], diagnostics: &mut Diagnostics) -> Self {
        let mut texts = Self { stretches: BTreeMap::new(), documents: BTreeMap::new(), plain: BTreeMap::new() };
        for document in documents {
            let Some(text) = &document.text else { continue };
            let slug = document.id.slug.clone();
            if let Text::Here { plain, .. } = text {
                texts.plain.insert(slug.clone(), plain.chars().collect());
            }
            if let Some(length) = text.length() {
                texts.documents.entry(slug.clone()).or_default().push((0..length, document.id.clone()));
                texts.stretches.insert(slug.clone(), (slug, 0..length));
            }
        }
        for document in documents {
            let Some(Text::Part { of, range, span }) = &document.text else { continue };
            if texts.within(&of.id.slug, range, *span, diagnostics) {
                let owner = of.id.slug.clone();
                texts.documents.entry(owner.clone()).or_default().push((range.clone(), document.id.clone()));
                texts.stretches.insert(document.id.slug.clone(), (owner, range.clone()));
            }
        }
        texts
    }

    /// Whether a range lies in the text that a document owns; a diagnostic where it does not.
    fn within(&self, owner: &str, range: &Range<usize>, span: Span, diagnostics: &mut Diagnostics) -> bool {
        let length = self.stretches.get(owner).filter(|(text, _)| text == owner).map(|(_, whole)| whole.end);
        match length {
            Some(length) if range.end <= length => true,
            Some(length) => {
                let message =
                    format!("{} to {} lies outside the text, which has {length} code points", range.start, range.end);
                diagnostics.push(Diagnostic::new(Code::RangeOutsideText, span, message));
                false
            }
            None => {
                let message = format!("the document \"{owner}\" has no text of its own");
                let help = "annotations belong to the document that holds the whole text; name it in the column text";
                diagnostics.push(Diagnostic::new(Code::UnknownText, span, message).help(help));
                false
            }
        }
    }

    /// The words of a range of a text that is in the folder.
    fn words(&self, owner: &str, range: &Range<usize>) -> Option<String> {
        self.plain.get(owner)?.get(range.clone()).map(|words| words.iter().collect())
    }

    fn complete_annotation(&self, annotation: &mut Annotation, diagnostics: &mut Diagnostics) {
        let (span, passage) = (annotation.span, &mut annotation.passage);
        if self.within(&passage.text, &passage.range, span, diagnostics) {
            self.complete_passage(passage, span, diagnostics);
            let holds = |(stretch, _): &&(Range<usize>, Id)| {
                stretch.start <= passage.range.start && passage.range.end <= stretch.end
            };
            let documents = self.documents.get(&passage.text).into_iter().flatten().filter(holds);
            annotation.document = documents.min_by_key(|(stretch, id)| (stretch.len(), id)).map(|(_, id)| id.clone());
        }
        if let Some(Basis::Range(range, span)) = &annotation.source {
            let target = annotation.targets.iter().find_map(known).filter(|target| target.id.kind == Kind::Document);
            let owner = target.and_then(|target| self.stretches.get(&target.id.slug)).map(|(owner, _)| owner.clone());
            let owner = owner.or_else(|| target.map(|target| target.id.slug.clone())).unwrap_or_default();
            self.within(&owner, range, *span, diagnostics);
            annotation.quoted_text = Some(owner);
        }
    }

    /// The words of a passage from its text; words that differ from it are a diagnostic.
    fn complete_passage(&self, passage: &mut Passage, span: Span, diagnostics: &mut Diagnostics) {
        let Some(words) = self.words(&passage.text, &passage.range) else { return };
        match &passage.words {
            Some(written) if *written != words => diagnostics.push(words_differ(span, &words)),
            _ => passage.words = Some(words),
        }
    }

    /// Counts a claim's passage in the text that its document is a part of.
    fn complete_claim(&self, claim: &mut Claim, diagnostics: &mut Diagnostics) {
        let Some(passage) = &mut claim.passage else { return };
        let slug = &claim.document.id.slug;
        let Some((owner, stretch)) = self.stretches.get(slug) else {
            let message = format!("the document \"{slug}\" has no text that a passage could be in");
            diagnostics.push(Diagnostic::new(Code::UnknownText, claim.span, message));
            return;
        };
        owner.clone_into(&mut passage.text);
        if passage.range.start < stretch.start || stretch.end < passage.range.end {
            let (start, end) = (passage.range.start, passage.range.end);
            let message =
                format!("{start} to {end} lies outside \"{slug}\", which is {} to {}", stretch.start, stretch.end);
            diagnostics.push(Diagnostic::new(Code::RangeOutsideText, claim.span, message));
            return;
        }
        self.complete_passage(passage, claim.span, diagnostics);
    }
}

/// The diagnostic for words that are not what stands at their place.
pub(super) fn words_differ(span: Span, there: &str) -> Diagnostic {
    let message = "these are not the words that stand there";
    let shown: String = there.chars().take(60).collect();
    Diagnostic::new(Code::WordsDiffer, span, message).help(format!("the text has \"{}\"", shown.escape_debug()))
}

/// Gives each claim that a span of a document marks its passage.
fn claim_spans(claims: &mut [Claim], spans: Vec<ClaimSpan>, diagnostics: &mut Diagnostics) {
    let mut index: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        index.entry(claim.id.clone()).or_insert(at);
    }
    for ClaimSpan { document, claim, passage, span } in spans {
        let Some(&at) = index.get(&(document.clone(), claim.clone())) else {
            let names = index.keys().filter(|(scope, _)| *scope == document).map(|(_, name)| name.as_str());
            let help = nearest(&claim, names).map_or_else(
                || format!("add a row with the id {claim} to claims/{document}.csv"),
                |name| format!("did you mean claim:{name}?"),
            );
            let message = format!("no claim of {document} is called \"{claim}\"");
            diagnostics.push(Diagnostic::new(Code::UnknownId, span, message).help(help));
            continue;
        };
        let marked = &mut claims[at];
        if marked.passage.is_some() || marked.document.id.slug != document {
            let message = format!("the passage of claim \"{claim}\" is given elsewhere already");
            let twice = Diagnostic::new(Code::ClaimPassageTwice, span, message);
            diagnostics.push(twice.related(marked.span, "the claim's row"));
        } else {
            marked.passage = Some(passage);
        }
    }
}

/// Every content that a row names is there, and it is clear which one is meant.
fn content_references(claims: &[Claim], diagnostics: &mut Diagnostics) {
    let contents: BTreeMap<&(String, String), usize> =
        claims.iter().map(|claim| (&claim.id, claim.contents.len())).collect();
    for ContentReference { claim, number, span } in
        claims.iter().flat_map(|claim| &claim.contents).flat_map(|content| &content.incompatible_with)
    {
        let count = contents.get(claim).copied();
        let message = match (count, number) {
            (None, _) => format!("there is no claim \"{}\" in the table {}", claim.1, claim.0),
            (Some(0), _) => format!("the claim \"{}\" has no content", claim.1),
            (Some(count), None) if count > 1 => {
                format!("the claim \"{}\" has {count} contents; say which, as in {}.1", claim.1, claim.1)
            }
            (Some(count), Some(number)) if *number > count => {
                format!("the claim \"{}\" has {count} contents, not {number}", claim.1)
            }
            _ => continue,
        };
        diagnostics.push(Diagnostic::new(Code::UnknownContent, *span, message));
    }
}
