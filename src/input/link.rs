//! Links between records: every id leads somewhere, every passage lies in its text, nothing contains itself.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::input::mappings;
use crate::input::markdown::transcription::ClaimSpan;
use crate::model::{
    Annotation, AnnotationTarget, Basis, Claim, ContentReference, Details, Document, Id, Kind, Passage, Records,
    Reference, ScopedName, Text,
};
use crate::source::{FileId, Sources, Span};
use smol_str::SmolStr;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What the sources define and what they point to, whatever becomes of the records in which they do.
#[derive(Debug, Default)]
pub(super) struct KnownIds {
    defined: BTreeSet<Id>,
    references: Vec<Reference>,
}

impl KnownIds {
    /// Takes up what one file points to and defines.
    pub(super) fn add(&mut self, references: Vec<Reference>, defined: Vec<Id>) {
        self.references.extend(references);
        self.defined.extend(defined);
    }

    /// Takes up a document by the name of its file.
    pub(super) fn add_file(&mut self, path: &str) {
        if let Some(stem) = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")) {
            self.defined.insert(Id::new(Kind::Document, stem));
        }
    }

    /// Takes up the names of a part of the run.
    pub(super) fn append(&mut self, other: Self) {
        self.add(other.references, other.defined.into_iter().collect());
    }

    fn knows_document(&self, slug: &str) -> bool {
        self.defined.contains(&Id::new(Kind::Document, slug))
    }
}

/// Checks and completes the links between the records of a corpus.
pub(super) fn link(records: &mut Records, spans: Vec<ClaimSpan>, names: &KnownIds, diagnostics: &mut Diagnostics) {
    duplicates(records, diagnostics);
    references(names, diagnostics);
    circles(records, diagnostics);
    let texts = Texts::of(&records.documents, names, diagnostics);
    for annotation in &mut records.annotations {
        texts.complete_annotation(annotation, diagnostics);
    }
    claim_spans(&mut records.claims, spans, diagnostics);
    for claim in &mut records.claims {
        texts.complete_claim(claim, diagnostics);
    }
    content_references(&records.claims, diagnostics);
    mappings::contradictions(&records.mappings, diagnostics);
}

/// Reports document files that would be one file where capital letters do not count.
pub(super) fn case_collisions(documents: &[FileId], sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut paths: BTreeMap<String, FileId> = BTreeMap::new();
    for &document in documents {
        match paths.entry(sources.path(document).to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(document);
            }
            Entry::Occupied(first) => {
                let message = "this file name differs from another one only in its capital letters";
                let collision = Diagnostic::new(Code::CaseCollision, Sources::whole(document), message);
                diagnostics.push(collision.related(Sources::whole(*first.get()), "the other file"));
            }
        }
    }
}

fn duplicates(records: &Records, diagnostics: &mut Diagnostics) {
    let ids = records.ids();
    let authorities = records.authorities.iter().map(|authority| (&authority.id, authority.span));
    let documents = records.documents.iter().map(|document| (&document.id, document.span));
    for (id, span) in authorities.chain(documents) {
        let first = ids[id];
        if first != span {
            let message = format!("\"{id}\" is already the id of something else");
            let duplicate = Diagnostic::new(Code::DuplicateId, span, message);
            diagnostics.push(duplicate.related(first, "it is defined here first"));
        }
    }
    let annotations = records
        .annotations
        .iter()
        .map(|annotation| ("annotation", &*annotation.id.0, &annotation.id.1, annotation.span));
    let claims = records.claims.iter().map(|claim| ("claim", &*claim.id.0, &claim.id.1, claim.span));
    let mut scoped = BTreeMap::new();
    for (kind, scope, name, span) in annotations.chain(claims) {
        match scoped.entry((kind, scope, name)) {
            Entry::Vacant(place) => {
                place.insert(span);
            }
            Entry::Occupied(first) => {
                let message = format!("\"{name}\" is already the id of another {kind} of {scope}");
                let duplicate = Diagnostic::new(Code::DuplicateId, span, message);
                diagnostics.push(duplicate.related(*first.get(), "it is defined here first"));
            }
        }
    }
}

fn known(target: &AnnotationTarget) -> Option<&Reference> {
    match target {
        AnnotationTarget::Known(reference) => Some(reference),
        AnnotationTarget::Unknown(_) | AnnotationTarget::Date(_) => None,
    }
}

fn references(names: &KnownIds, diagnostics: &mut Diagnostics) {
    for reference in names.references.iter().filter(|reference| !names.defined.contains(&reference.id)) {
        let id = &reference.id;
        let message = format!("nothing in the corpus is called \"{id}\"");
        let same_kind = names.defined.iter().filter(|known| known.kind == id.kind).map(|known| &*known.slug);
        let alike = nearest(&id.slug, same_kind);
        let elsewhere = names.defined.iter().find(|known| known.slug == id.slug);
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
fn circles(records: &Records, diagnostics: &mut Diagnostics) {
    let mut containment: BTreeMap<&Id, Vec<&Reference>> = BTreeMap::new();
    for authority in &records.authorities {
        let wider = match &authority.details {
            Details::Organisation { part_of, .. } => part_of.as_ref(),
            Details::Place { within, .. } => within.as_ref(),
            Details::Event(event) => event.part_of.as_ref(),
            Details::Concept { broader, .. } => broader.as_ref(),
            _ => None,
        };
        containment.insert(&authority.id, wider.into_iter().collect());
    }
    for document in &records.documents {
        containment.insert(&document.id, document.part_of.iter().collect());
    }
    circle(&containment, "lies in itself", diagnostics);
    let replies =
        records.documents.iter().map(|document| (&document.id, document.replies_to.iter().collect())).collect();
    circle(&replies, "answers itself", diagnostics);
    let enclosures = records.documents.iter().map(|document| (&document.id, document.enclosures.iter().collect()));
    circle(&enclosures.collect(), "encloses itself", diagnostics);
    let originals = records.documents.iter().map(|document| {
        let original = document.translation_of.iter().map(|party| &party.who);
        (&document.id, original.collect())
    });
    circle(&originals.collect(), "translates itself", diagnostics);
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
#[derive(Default)]
struct Texts {
    /// The documents that were read, whether or not they have a text.
    read_documents: BTreeSet<SmolStr>,
    /// By document: the document that owns the text, and the stretch of it.
    stretches: BTreeMap<SmolStr, (SmolStr, Range<usize>)>,
    /// By owner: the documents whose stretches lie in its text.
    documents: BTreeMap<SmolStr, Vec<(Range<usize>, Id)>>,
    /// By owner: the code points of the texts that are in the folder.
    plain: BTreeMap<SmolStr, Vec<char>>,
}

impl Texts {
    fn of(documents: &[Document], names: &KnownIds, diagnostics: &mut Diagnostics) -> Self {
        let mut texts = Self::default();
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
        texts.read_documents = documents.iter().map(|document| document.id.slug.clone()).collect();
        for document in documents {
            let Some(Text::Part { of, range, span }) = &document.text else { continue };
            let owner = &of.id.slug;
            let help = "name the document that holds the whole text";
            if !names.knows_document(owner) || !texts.owns(owner, of.span, help, diagnostics) {
                continue;
            }
            if texts.within(owner, range, *span, diagnostics) {
                texts.documents.entry(owner.clone()).or_default().push((range.clone(), document.id.clone()));
                texts.stretches.insert(document.id.slug.clone(), (owner.clone(), range.clone()));
            }
        }
        texts
    }

    /// The number of code points of the text that a document owns.
    fn length(&self, owner: &str) -> Option<usize> {
        self.stretches.get(owner).filter(|(text, _)| **text == *owner).map(|(_, whole)| whole.end)
    }

    /// Whether a document owns a text. A diagnostic where it does not, unless the document itself is not there or
    /// could not be read, which has been said.
    fn owns(&self, owner: &str, span: Span, help: &str, diagnostics: &mut Diagnostics) -> bool {
        let owns = self.length(owner).is_some();
        if !owns && self.read_documents.contains(owner) {
            let message = format!("the document \"{owner}\" has no text of its own");
            diagnostics.push(Diagnostic::new(Code::UnknownText, span, message).help(help));
        }
        owns
    }

    /// Whether a range lies in the text that a document owns; a diagnostic where it does not.
    fn within(&self, owner: &str, range: &Range<usize>, span: Span, diagnostics: &mut Diagnostics) -> bool {
        let Some(length) = self.length(owner) else { return false };
        if range.end > length {
            let (start, end) = (range.start, range.end);
            let message = format!("{start} to {end} lies outside the text, which has {length} code points");
            diagnostics.push(Diagnostic::new(Code::RangeOutsideText, span, message));
        }
        range.end <= length
    }

    /// The words of a range of a text that is in the folder.
    fn words(&self, owner: &str, range: &Range<usize>) -> Option<String> {
        self.plain.get(owner)?.get(range.clone()).map(|words| words.iter().collect())
    }

    fn complete_annotation(&self, annotation: &mut Annotation, diagnostics: &mut Diagnostics) {
        let passage = &mut annotation.passage;
        let help = "annotations belong to the document that holds the whole text; name it in the column text";
        let owned = self.owns(&passage.text, passage.span, help, diagnostics);
        if owned && self.within(&passage.text, &passage.range, passage.span, diagnostics) {
            self.complete_words(passage, diagnostics);
            let holds = |(stretch, _): &&(Range<usize>, Id)| {
                stretch.start <= passage.range.start && passage.range.end <= stretch.end
            };
            let documents = self.documents.get(&passage.text).into_iter().flatten().filter(holds);
            annotation.document = documents.min_by_key(|(stretch, id)| (stretch.len(), id)).map(|(_, id)| id.clone());
        }
        if let Some(Basis::Range(range, span)) = &annotation.source {
            let target = annotation.targets.iter().find_map(known).filter(|target| target.id.kind == Kind::Document);
            annotation.quoted = self.quoted(target, range, *span, diagnostics);
        }
    }

    /// The stretch of the target's text that a quotation takes its words from.
    fn quoted(
        &self,
        target: Option<&Reference>,
        range: &Range<usize>,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<Passage> {
        let Some(target) = target else {
            let message = "this is a stretch of a document's text, but the column target names no document";
            let help = "name the document there, or write the place in words";
            diagnostics.push(Diagnostic::new(Code::UnknownText, span, message).help(help));
            return None;
        };
        let slug = &target.id.slug;
        let owner = self.stretches.get(slug).map_or(slug, |(owner, _)| owner);
        let help = "name a document that has a text, or write the place in words";
        if !self.owns(owner, span, help, diagnostics) || !self.within(owner, range, span, diagnostics) {
            return None;
        }
        let mut passage = Passage::new(owner.clone(), range.clone(), span);
        self.complete_words(&mut passage, diagnostics);
        Some(passage)
    }

    /// The words of a passage from its text; words that differ from it are a diagnostic.
    fn complete_words(&self, passage: &mut Passage, diagnostics: &mut Diagnostics) {
        let Some(words) = self.words(&passage.text, &passage.range) else { return };
        match &passage.words {
            Some(written) if *written != words => {
                diagnostics.push(words_differ(passage.words_span.unwrap_or(passage.span), &words));
            }
            _ => passage.words = Some(words),
        }
    }

    /// Counts a claim's passage in the text that its document is a part of.
    fn complete_claim(&self, claim: &mut Claim, diagnostics: &mut Diagnostics) {
        let Some(passage) = &mut claim.passage else { return };
        let slug = &claim.document.id.slug;
        let Some((owner, stretch)) = self.stretches.get(slug) else {
            if self.read_documents.contains(slug) {
                let message = format!("the document \"{slug}\" has no text that a passage could be in");
                diagnostics.push(Diagnostic::new(Code::UnknownText, passage.span, message));
            }
            return;
        };
        owner.clone_into(&mut passage.text);
        if passage.range.start < stretch.start || stretch.end < passage.range.end {
            let (start, end) = (passage.range.start, passage.range.end);
            let (first, last) = (stretch.start, stretch.end);
            let message = format!("{start} to {end} lies outside \"{slug}\", which is {first} to {last}");
            diagnostics.push(Diagnostic::new(Code::RangeOutsideText, passage.span, message));
            return;
        }
        self.complete_words(passage, diagnostics);
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
    let mut index: BTreeMap<ScopedName, usize> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        index.entry(claim.id.clone()).or_insert(at);
    }
    for ClaimSpan { document, claim, passage, span } in spans {
        let Some(&at) = index.get(&(document.as_str().into(), claim.as_str().into())) else {
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
        let elsewhere = &marked.document.id.slug;
        if **elsewhere != *document {
            let message = format!("the claim \"{claim}\" is made in \"{elsewhere}\", not in this document");
            let wrong = Diagnostic::new(Code::RangeOutsideText, span, message);
            diagnostics.push(wrong.related(marked.span, "the claim's row"));
        } else if marked.passage.is_some() {
            let message = format!("the passage of claim \"{claim}\" is given elsewhere already");
            let twice = Diagnostic::new(Code::ClaimPassageTwice, span, message);
            diagnostics.push(twice.related(marked.span, "the claim's row"));
        } else {
            marked.passage = Some(passage);
        }
    }
}

/// Every content that a row names is there, it is clear which one is meant, and it is not the row's own.
fn content_references(claims: &[Claim], diagnostics: &mut Diagnostics) {
    let counts: BTreeMap<&ScopedName, usize> = claims.iter().map(|claim| (&claim.id, claim.contents.len())).collect();
    for claim in claims {
        for (at, content) in claim.contents.iter().enumerate() {
            for reference in &content.incompatible_with {
                let own = reference.claim == claim.id
                    && reference.number.map_or(claim.contents.len() == 1, |number| number == at + 1);
                if own {
                    let message = "a content cannot be incompatible with itself";
                    diagnostics.push(Diagnostic::new(Code::CircularReference, reference.span, message));
                } else if let Some(message) = content_problem(reference, counts.get(&reference.claim).copied()) {
                    diagnostics.push(Diagnostic::new(Code::UnknownContent, reference.span, message));
                }
            }
        }
    }
}

/// Why a reference names no content of a claim that has so many.
fn content_problem(reference: &ContentReference, count: Option<usize>) -> Option<String> {
    let (table, name) = &reference.claim;
    match (count, reference.number) {
        (None, _) => Some(format!("there is no claim \"{name}\" in the table {table}")),
        (Some(0), _) => Some(format!("the claim \"{name}\" has no content")),
        (Some(count), None) if count > 1 => {
            Some(format!("the claim \"{name}\" has {count} contents; say which, as in {name}.1"))
        }
        (Some(count), Some(number)) if number > count => {
            let contents = if count == 1 { "content" } else { "contents" };
            Some(format!("the claim \"{name}\" has {count} {contents}, not {number}"))
        }
        _ => None,
    }
}
