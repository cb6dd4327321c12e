//! The files of letters, what all threads read them with, and the letters that pointers into files lead to.

use crate::diagnostic::Diagnostic;
use crate::input::naming::authority_index::AuthorityIndex;
use crate::input::naming::letter_ids::{LetterIds, NamedLetter};
use crate::input::naming::letter_slugs::{FileSlugs, LetterElement, LetterNames, members};
use crate::input::naming::name_cache::{IdleCaches, SeenNames};
use crate::input::naming::named_before::NamedBefore;
use crate::input::naming::names::is_placeholder;
use crate::input::xml::{TextOrigin, Tree, decode};
use crate::project::{Project, SourceFiles};
use crate::source::{FileId, Sources, Span};
use memchr::memmem;
use smol_str::SmolStr;
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

/// The most bytes that a TEI file may have; a list of letters may have any number.
pub(crate) const XML_FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// The files of letters, and what all threads read them with.
pub(crate) struct LetterSources<'a> {
    pub(crate) project: &'a Project,
    pub(crate) sources: &'a Sources,
    pub(crate) files: &'a SourceFiles,
    pub(crate) index: &'a AuthorityIndex,
    pub(crate) seen_names: SeenNames,
    pub(crate) slugs: FileSlugs,
    /// What the letters of TEI and CMIF files name, once all of them have been read.
    pub(crate) named_before: NamedBefore,
    /// What threads remember that do no job now.
    pub(crate) caches: IdleCaches,
    /// Of files that letters of others point into.
    letter_names: Mutex<HashMap<FileId, Arc<OnceLock<LetterNames>>>>,
    /// What letters call themselves, once a pointer asks for it.
    letter_ids: OnceLock<LetterIds>,
    /// How many threads look for that.
    threads: NonZero<usize>,
}

impl<'a> LetterSources<'a> {
    /// Prepares the reading of the letters of a corpus.
    pub(crate) fn new(
        project: &'a Project,
        sources: &'a Sources,
        files: &'a SourceFiles,
        index: &'a AuthorityIndex,
        threads: NonZero<usize>,
    ) -> Self {
        let (seen_names, slugs) = (SeenNames::default(), FileSlugs::new(sources, files));
        let named_before = NamedBefore::default();
        let (caches, letter_names, letter_ids) = (IdleCaches::default(), Mutex::default(), OnceLock::new());
        Self {
            project,
            sources,
            files,
            index,
            seen_names,
            slugs,
            named_before,
            caches,
            letter_names,
            letter_ids,
            threads,
        }
    }

    /// The letter of a file that pointers give this id.
    pub(crate) fn letter_of(&self, file: FileId, id: &str) -> Option<SmolStr> {
        let mut known = self.letter_names.lock().expect("no thread panics while it holds the lock");
        let names = known.entry(file).or_default().clone();
        drop(known);
        // Several threads can want the names of one file: it is read by the first.
        let names = names.get_or_init(|| {
            let is_document = self.files.documents.binary_search(&file).is_ok();
            let whole = || LetterNames::of_whole(self.slugs.of(file).clone());
            if is_document { whole() } else { self.names_in(file).unwrap_or_default() }
        });
        names.only.as_ref().or_else(|| names.by_id.get(id)).cloned()
    }

    fn names_in(&self, file: FileId) -> Result<LetterNames, Diagnostic> {
        let bytes = self.sources.bytes(file, XML_FILE_LIMIT)?;
        let tree = Tree::parse(decode(&bytes, TextOrigin::whole(file), None)?, TextOrigin::whole(file))?;
        Ok(LetterNames::of(&members(tree.root(), self.slugs.of(file), &self.slugs, &self.project.profile)))
    }

    /// What a letter is called by its file, as an example.
    pub(crate) fn example(&self) -> Option<&str> {
        let name = self.sources.path(*self.files.tei.first()?).rsplit('/').next()?;
        Some(name.split('.').next().unwrap_or(name))
    }

    /// What the letters of TEI files call themselves. Pointers need it that do not name a file: then, and only then, all
    /// files are looked into a second time, mostly no further than to the end of their headers.
    pub(crate) fn letter_ids(&self) -> &LetterIds {
        self.letter_ids.get_or_init(|| {
            let files = &self.files.tei;
            let share = files.len().div_ceil(self.threads.get()).max(1);
            let of = |files: &[FileId]| files.iter().flat_map(|file| self.ids_in(*file)).collect();
            let of = &of;
            let found: Vec<Vec<FoundId>> = thread::scope(|scope| {
                let running: Vec<_> = files.chunks(share).map(|files| scope.spawn(move || of(files))).collect();
                running.into_iter().map(|share| share.join().expect("a reader does not panic")).collect()
            });
            let mut ids = LetterIds::default();
            found.into_iter().flatten().for_each(|(id, letter)| ids.add(&id, letter));
            ids
        })
    }

    /// The ids of the letters of a file; none where it cannot be read, which is reported when it is read.
    fn ids_in(&self, file: FileId) -> Vec<FoundId> {
        let origin = TextOrigin::whole(file);
        let Ok(bytes) = self.sources.bytes(file, XML_FILE_LIMIT) else { return Vec::new() };
        let Ok(text) = decode(&bytes, origin, None) else { return Vec::new() };
        let head = if self.project.profile.letters.is_empty() { head(text) } else { None };
        let of = |text: &str| {
            let tree = Tree::parse(text, origin).ok()?;
            let members = members(tree.root(), self.slugs.of(file), &self.slugs, &self.project.profile);
            Some(members.iter().filter(|member| member.is_letter()).flat_map(|member| ids_of(member, file)).collect())
        };
        head.and_then(|head| of(&head)).or_else(|| of(text)).unwrap_or_default()
    }
}

/// An id, and the letter that calls itself so.
type FoundId = (String, NamedLetter);

/// A text up to the end of its header, closed as if that were all; nothing where it has more headers, or none.
fn head(text: &str) -> Option<String> {
    const END: &str = "</teiHeader>";
    let end = memmem::find(text.as_bytes(), END.as_bytes())? + END.len();
    let (head, rest) = text.split_at(end);
    let is_alone = |name: &str| memmem::find(rest.as_bytes(), name.as_bytes()).is_none();
    (is_alone("<teiHeader") && is_alone("<TEI")).then(|| [head, "</TEI>"].concat())
}

/// What the letters of a member call themselves: by the ids of their elements, the keys and addresses of their
/// descriptions, and the numbers that the edition gives them.
fn ids_of(member: &LetterElement<'_>, file: FileId) -> Vec<FoundId> {
    let mut ids = Vec::new();
    let mut add = |id: &str, slug: &SmolStr, span: Span, is_xml_id: bool| {
        if !is_placeholder(id) {
            ids.push((id.to_owned(), NamedLetter { slug: slug.clone(), file, span, is_xml_id }));
        }
    };
    for (element, slug) in member.elements() {
        element.id().into_iter().for_each(|id| add(id, slug, element.attribute_span("id"), true));
        if element.name() == "correspDesc" {
            for name in ["key", "ref"] {
                element.value(name).into_iter().for_each(|id| add(id, slug, element.attribute_span(name), false));
            }
        }
    }
    if let ([slug], []) = (&member.slugs[..], &member.parts[..]) {
        let publication =
            member.header.children_named("fileDesc").flat_map(|file| file.children_named("publicationStmt"));
        let numbers = publication.flat_map(|statement| statement.children_named("idno"));
        numbers.for_each(|number| add(&number.plain_words(), slug, number.span(), false));
    }
    ids
}
