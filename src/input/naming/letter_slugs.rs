//! What letters are called: by their file, or within their file by an id, a key or a number.

use crate::input::naming::names::{slug_of_id, with_digest};
use crate::input::tei::profile_paths;
use crate::input::xml::Element;
use crate::project::{Profile, SourceFiles};
use crate::source::{FileId, Sources, short_digest};
use foldhash::fast::RandomState;
use smol_str::SmolStr;
use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::sync::OnceLock;

/// The slugs of the files that letters are read from.
pub(crate) struct FileSlugs {
    of: HashMap<FileId, SmolStr, RandomState>,
    /// The files by their slugs, and whether the slug is the name of a file with texts, and of no other: pointers by that
    /// name lead there.
    files: HashMap<SmolStr, (FileId, bool), RandomState>,
    /// The files with texts whose name is that of others too, by their paths: only these tell them apart.
    of_one_name: HashMap<String, FileId, RandomState>,
}

impl FileSlugs {
    pub(crate) fn new(sources: &Sources, files: &SourceFiles) -> Self {
        let path = |file: FileId| sources.path(file).rsplit_once('.').map_or(sources.path(file), |(path, _)| path);
        let stem = |file: FileId| slug_of_id(None, path(file).rsplit('/').next().unwrap_or_default()).into();
        let with_texts = || files.documents.iter().chain(&files.tei);
        let all = with_texts().chain(&files.cmif).chain(&files.tables);
        let stems: Vec<(FileId, SmolStr)> = all.map(|file| (*file, stem(*file))).collect();
        let of_stem = count(&stems);
        // Files of one name in several folders are told apart by their folders, but for hand-written documents: there
        // the name is the id.
        let (written, with_texts) = (files.documents.len(), with_texts().count());
        let slug = |(at, (file, stem)): (usize, &(FileId, SmolStr))| match at < written || of_stem[stem] == 1 {
            true => (*file, stem.clone()),
            false => (*file, slug_of_id(None, &path(*file).replace('/', "-")).into()),
        };
        let slugs: Vec<(FileId, SmolStr)> = stems.iter().enumerate().map(slug).collect();
        let of_slug = count(&slugs);
        let (mut of, mut by_slug, mut of_one_name) = (HashMap::default(), HashMap::default(), HashMap::default());
        for (at, (file, slug)) in slugs.into_iter().enumerate() {
            let is_clear = at < written || of_slug[&slug] == 1;
            let slug = if is_clear { slug } else { with_digest(&slug, sources.path(file), "file").into() };
            let is_name = at < with_texts && of_stem[&stems[at].1] == 1 && slug == stems[at].1;
            if at < with_texts && !is_name {
                of_one_name.insert(sources.path(file).to_owned(), file);
            }
            by_slug.insert(slug.clone(), (file, is_name));
            of.insert(file, slug);
        }
        Self { of, files: by_slug, of_one_name }
    }

    /// The slug of a file.
    pub(crate) fn of(&self, file: FileId) -> &SmolStr {
        &self.of[&file]
    }

    /// The file that a pointer with this name leads to.
    pub(crate) fn named(&self, stem: &str) -> Option<FileId> {
        let (file, is_name) = self.files.get(slug_of_id(None, stem).as_str())?;
        is_name.then_some(*file)
    }

    /// The file of a path that a pointer in a file with another path gives; only files whose name does not tell them apart.
    pub(crate) fn at(&self, from: &str, path: &str) -> Option<FileId> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => _ = parts.pop()?,
                part => parts.push(part),
            }
        }
        self.of_one_name.get(&parts.join("/")).or_else(|| self.of_one_name.get(path)).copied()
    }

    /// The slug of a letter within a file, with a digest where a letter of another file can have the same: a slug that
    /// begins with those of several files belongs to the longest of them.
    pub(crate) fn apart(&self, file: &str, slug: String) -> String {
        let end = slug.len();
        let ends = slug.match_indices('-').map(|(at, _)| at).chain([end]).filter(|at| *at > file.len());
        let is_of_other = self.files.len() > 1 && ends.into_iter().any(|at| self.files.contains_key(&slug[..at]));
        if is_of_other { with_digest(&slug, &[file, " ", &slug].concat(), "letter") } else { slug }
    }
}

/// How many files have each slug.
fn count(slugs: &[(FileId, SmolStr)]) -> HashMap<SmolStr, usize, RandomState> {
    let mut count = HashMap::default();
    slugs.iter().for_each(|(_, slug)| *count.entry(slug.clone()).or_default() += 1);
    count
}

/// The slug of a letter that is known by its number in a file, behind a word for what is counted.
pub(crate) fn slug_of_number(file: &str, word: &str, number: impl Display) -> String {
    format!("{file}-{word}{number}")
}

/// The slug of a letter that is known by its key in a file. A key that looks like such a number has a digest behind it,
/// so that no key makes the slug of a letter without one.
pub(crate) fn slug_of_key(file: &str, word: &str, key: &str) -> String {
    let slug = slug_of_id(Some(file), key);
    let number = slug.strip_prefix(file).and_then(|rest| rest.strip_prefix('-')?.strip_prefix(word));
    let is_number = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    if is_number { format!("{slug}-{}", short_digest(key)) } else { slug }
}

/// An element of a TEI file that holds a letter, or several with one header.
pub(crate) struct LetterElement<'t> {
    pub(crate) element: Element<'t>,
    pub(crate) header: Element<'t>,
    /// The descriptions of its letters; none where a letter has nothing but the header.
    pub(crate) descriptions: Vec<Element<'t>>,
    /// The parts of its text that are letters, if the profile says which are.
    pub(crate) parts: Vec<Element<'t>>,
    /// The slugs of its letters: of the parts, or of the descriptions, or of the one letter without.
    pub(crate) slugs: Vec<SmolStr>,
    /// Whether it holds a letter: it has a description or such a part, or there is a profile that can do without.
    is_letter: bool,
}

/// The members of a TEI file, whose slug this is. With a profile, one without a description can be a letter too, or the
/// parts of one are letters.
pub(crate) fn members<'t>(
    root: Element<'t>,
    file: &str,
    slugs: &FileSlugs,
    profile: &Profile,
) -> Vec<LetterElement<'t>> {
    // What is nested in a header is no member of its own: its letters would be counted once for each header around them.
    let is_nested = |element: Element<'t>| element.ancestors().skip(1).any(|around| around.name() == "teiHeader");
    let elements = std::iter::once(root).chain(root.descendants());
    let elements = elements.filter(|element| element.name() == "TEI" && !is_nested(*element));
    let found = elements.filter_map(|element| {
        let header = element.children_named("teiHeader").next()?;
        let descriptions: Vec<_> = header.descendants().filter(|element| element.name() == "correspDesc").collect();
        let parts = profile_paths::letters_in(element, &profile.letters);
        let without = profile.has_paths() && profile.letters.is_empty();
        let is_letter = without || !descriptions.is_empty() || !parts.is_empty();
        Some(LetterElement { element, header, descriptions, parts, slugs: Vec::new(), is_letter })
    });
    let mut found: Vec<LetterElement<'t>> = found.collect();
    let alone = found.iter().filter(|member| member.is_letter).count() == 1;
    let mut taken = HashSet::new();
    let mut within = |around: &str, element: Element<'t>, number: usize| {
        let id = element.xml_attribute("id");
        let plain = id.map_or_else(|| slug_of_number(around, "", number), |id| slug_of_id(Some(around), id));
        // Several ids can become one slug, and an id can stand twice.
        let id = id.unwrap_or_default();
        let more = (1..).map(|again| {
            let whole = if again == 1 { id.to_owned() } else { format!("{id} {number} {again}") };
            with_digest(&plain, &whole, "letter")
        });
        let clear = std::iter::once(plain.clone()).chain(more).map(|slug| SmolStr::from(slugs.apart(file, slug)));
        clear.into_iter().find(|slug| taken.insert(slug.clone())).expect("the digests do not come to an end")
    };
    for (at, member) in found.iter_mut().enumerate() {
        let slug = if alone && member.is_letter { file.into() } else { within(file, member.element, at + 1) };
        let each = if member.parts.is_empty() { &member.descriptions } else { &member.parts };
        member.slugs = if each.len() > 1 || !member.parts.is_empty() {
            each.iter().enumerate().map(|(at, letter)| within(&slug, *letter, at + 1)).collect()
        } else {
            vec![slug]
        };
    }
    found
}

impl<'t> LetterElement<'t> {
    /// The elements that are its letters or describe them, with the slugs of these.
    pub(crate) fn elements(&self) -> impl Iterator<Item = (Element<'t>, &SmolStr)> {
        let own = (self.slugs.len() == 1 && self.parts.is_empty()).then(|| (self.element, &self.slugs[0]));
        let each = if self.parts.is_empty() { &self.descriptions } else { &self.parts };
        own.into_iter().chain(each.iter().copied().zip(&self.slugs))
    }

    /// Whether it holds a letter.
    pub(crate) fn is_letter(&self) -> bool {
        self.is_letter
    }
}

/// What pointers to a file call its letters.
#[derive(Debug, Default)]
pub(crate) struct LetterNames {
    /// The letter of a file that has no other.
    pub(crate) only: Option<SmolStr>,
    /// The letters that have an id in the file.
    pub(crate) by_id: HashMap<String, SmolStr>,
    /// The ids of all elements of the file, once one is asked for.
    elements: OnceLock<HashSet<String>>,
}

impl LetterNames {
    /// Those of the letters of a file.
    pub(crate) fn of(members: &[LetterElement<'_>]) -> Self {
        let mut by_id = HashMap::new();
        let letters = || members.iter().filter(|member| member.is_letter);
        for (element, slug) in letters().flat_map(LetterElement::elements) {
            if let Some(id) = element.xml_attribute("id") {
                by_id.entry(id.to_owned()).or_insert_with(|| slug.clone());
            }
        }
        let mut slugs = letters().flat_map(|member| &member.slugs);
        let only = slugs.next().filter(|_| slugs.next().is_none()).cloned();
        Self { only, by_id, elements: OnceLock::new() }
    }

    /// What pointers to a file call the letter that is all of it.
    pub(crate) fn of_whole(slug: SmolStr) -> Self {
        Self { only: Some(slug), ..Self::default() }
    }

    /// Whether any element of the file has an id, by one of its elements.
    pub(crate) fn has_element(&self, id: &str, element: Element<'_>) -> bool {
        let all = || {
            let root = element.ancestors().last().unwrap_or(element);
            std::iter::once(root).chain(root.descendants()).filter_map(Element::id).map(str::to_owned).collect()
        };
        self.elements.get_or_init(all).contains(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{slug_of_key, slug_of_number};

    #[test]
    fn no_key_makes_the_slug_of_a_number() {
        assert_eq!(slug_of_number("a", "row-", 7), "a-row-7");
        assert_eq!(slug_of_key("a", "row-", "7"), "a-7");
        assert_eq!(slug_of_key("a", "row-", "row-7b"), "a-row-7b");
        for key in ["row-7", "Row.7", "ROW_7"] {
            let slug = slug_of_key("a", "row-", key);
            assert!(slug.starts_with("a-row-7-") && slug.len() == 18, "{slug}");
        }
    }
}
