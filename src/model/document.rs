//! Documents: letters, open letters, dispatches, and what is printed with them.

use crate::model::{Annotation, Answer, Concept, Date, Id, Label, Opinion, Reference};
use crate::source::{FileId, Span};
use std::collections::BTreeSet;
use std::ops::Range;

/// A document as its editor describes it.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its id.
    pub id: Id,
    /// The file that describes it.
    pub file: FileId,
    /// Where it is described.
    pub span: Span,
    /// What kind of document it is.
    pub kind: Concept,
    /// Its title.
    pub title: Label,
    /// The language it is written in, as a BCP 47 tag.
    pub language: Option<String>,
    /// The others, where it is written in several.
    pub further_languages: Vec<String>,
    /// Who composed it.
    pub authors: Vec<Party>,
    /// To whom it is addressed.
    pub recipients: Vec<Party>,
    /// Who received a copy of it.
    pub copy_recipients: Vec<Party>,
    /// Who made it public.
    pub publishers: Vec<Party>,
    /// Who translated it.
    pub translators: Vec<Party>,
    /// What was done with it, in the order of the source.
    pub actions: Vec<Action>,
    /// The documents that it answers.
    pub replies_to: Vec<Reference>,
    /// The documents that come before it in a correspondence.
    pub follows: Vec<Reference>,
    /// The documents that come after it in a correspondence.
    pub precedes: Vec<Reference>,
    /// The addresses of descriptions of the same letter elsewhere.
    pub same_as: Vec<String>,
    /// The addresses of letters that it is linked to, whether they are in the corpus or not.
    pub relations: Vec<String>,
    /// What it mentions, where the source does not say at which passage.
    pub mentions: Vec<Reference>,
    /// What of all this, but for its actions, was found among the authorities by a name alone.
    pub found_by_name: Vec<Id>,
    /// What its source calls it.
    pub identifier: Option<String>,
    /// The documents that came with it.
    pub enclosures: Vec<Reference>,
    /// The document that it is printed or contained in.
    pub part_of: Option<Reference>,
    /// The document or work that it translates.
    pub translation_of: Option<Party>,
    /// The archive or library that keeps it.
    pub repository: Option<Reference>,
    /// Where it is kept there.
    pub shelfmark: Option<String>,
    /// Where it can be seen.
    pub urls: Vec<String>,
    /// Who edited it.
    pub editors: Vec<Reference>,
    /// The licence of the edition.
    pub licence: Option<String>,
    /// How the edition is cited.
    pub citation: Option<String>,
    /// What is known of its rights.
    pub rights: Option<String>,
    /// What its editor says that it is about.
    pub summary: Option<String>,
    /// What it is about, in words of a list or in free ones.
    pub keywords: Vec<String>,
    /// What the thing that was written on is like: its extent, its material, its state.
    pub physical: Option<String>,
    /// What else there is to say.
    pub note: Option<String>,
    /// Where its text is.
    pub text: Option<Text>,
}

impl Document {
    /// A document of which nothing is known but what it is called.
    pub fn new(id: Id, file: FileId, span: Span, kind: Concept, title: Label) -> Self {
        Self {
            id,
            file,
            span,
            kind,
            title,
            language: None,
            further_languages: Vec::new(),
            authors: Vec::new(),
            recipients: Vec::new(),
            copy_recipients: Vec::new(),
            publishers: Vec::new(),
            translators: Vec::new(),
            actions: Vec::new(),
            replies_to: Vec::new(),
            follows: Vec::new(),
            precedes: Vec::new(),
            same_as: Vec::new(),
            relations: Vec::new(),
            mentions: Vec::new(),
            found_by_name: Vec::new(),
            identifier: None,
            enclosures: Vec::new(),
            part_of: None,
            translation_of: None,
            repository: None,
            shelfmark: None,
            urls: Vec::new(),
            editors: Vec::new(),
            licence: None,
            citation: None,
            rights: None,
            summary: None,
            keywords: Vec::new(),
            physical: None,
            note: None,
            text: None,
        }
    }
}

/// How a file of letters was published, in the words of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publication {
    /// By whom.
    pub publishers: Vec<String>,
    /// Where.
    pub places: Vec<String>,
    /// When.
    pub dates: Vec<String>,
}

/// Somebody who has to do with a document, or something that it translates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who or what.
    pub who: Reference,
    /// How sure the editor is.
    pub certainty: Option<Concept>,
    /// The editor's note.
    pub note: Option<String>,
    /// Whose answer it is, where that is said.
    pub opinion: Option<Box<Opinion>>,
    /// Whether the source leaves open if it was this or somebody else, so that nothing is stated plainly.
    pub unsettled: bool,
}

impl Party {
    /// Somebody of whom nothing more is said.
    pub fn plain(who: Reference) -> Self {
        Self { who, certainty: None, note: None, opinion: None, unsettled: false }
    }

    /// Whether it is one of several answers, and another one is shown.
    pub fn is_alternative(&self) -> bool {
        self.opinion.as_ref().is_some_and(|opinion| opinion.chosen == Some(false))
    }
}

/// How sure it is that an authority is meant that was found by its name alone.
pub const FOUND_BY_NAME: Concept = "medium";

/// Something that was done with a document, as the document or its edition shows.
#[derive(Clone, Debug)]
pub struct Action {
    /// What was done.
    pub kind: Concept,
    /// What was done in the words of the source, where the kind does not say it.
    pub words: Option<String>,
    /// By whom.
    pub by: Vec<Party>,
    /// Where; several where the source names several.
    pub places: Vec<Reference>,
    /// When; several where there are several answers.
    pub dates: Vec<Date>,
    /// Who and what of these was found among the authorities by a name alone.
    pub found_by_name: Vec<Id>,
    /// How sure the editor is of the whole.
    pub certainty: Option<Concept>,
    /// The editor's note.
    pub note: Option<String>,
}

impl Action {
    /// An action of which only the kind is known.
    pub fn new(kind: Concept) -> Self {
        let (by, places, dates, found_by_name) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { kind, words: None, by, places, dates, found_by_name, certainty: None, note: None }
    }

    /// Takes note of who and what was found by a name alone: less sure than what the source identifies.
    pub fn set_found_by_name(&mut self, ids: Vec<Id>) {
        let found: BTreeSet<&Id> = ids.iter().collect();
        for party in self.by.iter_mut().filter(|party| found.contains(&party.who.id)) {
            party.certainty.get_or_insert(FOUND_BY_NAME);
        }
        self.found_by_name.extend(ids);
    }

    /// Its date; of several, the one that tables show.
    pub fn date(&self) -> Option<&Date> {
        chosen(&self.dates)
    }
}

/// Of several dates, the one that tables show.
pub fn chosen(dates: &[Date]) -> Option<&Date> {
    let is_chosen = |date: &&Date| date.opinion.as_ref().is_some_and(|opinion| opinion.chosen == Some(true));
    dates.iter().find(is_chosen).or(dates.first())
}

/// Where a document's text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// In the document's own file: the words without the marks.
    Here {
        /// The text.
        plain: String,
        /// The SHA-256 of its UTF-8 bytes, in hexadecimal.
        digest: String,
    },
    /// Outside the folder; named by what can be checked.
    Absent {
        /// The SHA-256 of the file's bytes, in hexadecimal.
        digest: String,
        /// Its length in code points.
        length: usize,
        /// Where that is said.
        span: Span,
    },
    /// A stretch of another document's text, in code points.
    Part {
        /// The document whose text it is.
        of: Reference,
        /// The stretch.
        range: Range<usize>,
        /// Where that is said.
        span: Span,
    },
}

/// A document of a source that was not written for this program, with what is marked in it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The document.
    pub document: Document,
    /// What is marked in its text and in its editor's notes.
    pub annotations: Vec<Annotation>,
    /// The words of its editor's notes, each on a line; mentions in notes are counted in them.
    pub notes: Option<String>,
}

impl Text {
    /// The number of code points, where the text is the document's own.
    pub fn length(&self) -> Option<usize> {
        match self {
            Self::Here { plain, .. } => Some(plain.chars().count()),
            Self::Absent { length, .. } => Some(*length),
            Self::Part { .. } => None,
        }
    }
}

impl Answer for Party {
    fn standing(&self) -> (Option<Concept>, Option<&Opinion>) {
        (self.certainty, self.opinion.as_deref())
    }

    fn set_chosen(&mut self, chosen: bool) {
        self.opinion.get_or_insert_default().chosen = Some(chosen);
    }
}
