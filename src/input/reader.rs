//! What all readers share: the values that sources write in the same way everywhere.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::input::written_date::{self, Manner, Refusal, WrittenDate};
use crate::model::{
    Basis, Concept, ConceptList, Date, DateProblem, Id, IdProblem, Kind, Label, Reference, slug_problem,
};
use crate::project::Project;
use crate::source::{SourceText, Span};
use crate::tree::SourceValue;
use std::ops::Range;

/// One source file while it is read.
pub(super) struct Reader<'a> {
    pub(super) project: &'a Project,
    pub(super) source: &'a SourceText,
    pub(super) path: &'a str,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Every id that the file points to, whatever becomes of the record that does.
    pub(super) references: Vec<Reference>,
    /// Every id that the file defines, whatever else is wrong with its record.
    pub(super) defined: Vec<Id>,
    /// The licence that the file states for itself.
    pub(super) licence: Option<String>,
}

impl Reader<'_> {
    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    pub(super) fn report_with_help(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(code, span, message).help(help));
    }

    /// The file's name without its folder and ending, which is what its records are scoped to.
    pub(super) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The stem, where it is a slug; a diagnostic where it is none.
    pub(super) fn slug_of_stem(&mut self) -> Option<String> {
        let stem = self.stem().to_owned();
        let problem = slug_problem(&stem);
        if let Some(problem) = problem {
            self.report_with_help(
                Code::InvalidId,
                crate::source::Sources::whole(self.source.file),
                format!("the file name \"{stem}\" cannot be an id: {problem}"),
                suggestion(&stem).map_or_else(|| "rename the file".to_owned(), |slug| format!("rename it to {slug}")),
            );
        }
        problem.is_none().then_some(stem)
    }

    /// A slug alone, as ids are written where only one kind can stand.
    pub(super) fn slug(&mut self, written: &SourceValue) -> Option<String> {
        let problem = slug_problem(&written.text);
        if let Some(problem) = problem {
            let help = suggestion(&written.text).map(|slug| format!("write \"{slug}\""));
            let message = format!("\"{}\" cannot be an id: {problem}", written.text);
            let diagnostic = Diagnostic::new(Code::InvalidId, written.span, message);
            self.diagnostics.push(match help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
        problem.is_none().then(|| written.text.clone())
    }

    /// A reference to a thing of one kind: its slug, with or without the kind before it.
    pub(super) fn reference_to(&mut self, kind: Kind, written: &SourceValue) -> Option<Reference> {
        if written.text.contains(':') {
            return self.reference(&[kind], written);
        }
        let slug = self.slug(written)?;
        Some(self.refer(Id::new(kind, slug), written.span))
    }

    /// A reference `kind:slug` to a thing of one of several kinds.
    pub(super) fn reference(&mut self, kinds: &[Kind], written: &SourceValue) -> Option<Reference> {
        let id = match Id::parse(&written.text) {
            Ok(id) => id,
            Err(problem) => {
                self.report_id(&problem, kinds, written);
                return None;
            }
        };
        if !kinds.is_empty() && !kinds.contains(&id.kind) {
            let message = format!("{} cannot stand here", id.kind.with_article());
            self.report_with_help(Code::WrongKind, written.span, message, format!("use one of {}", kind_names(kinds)));
            return None;
        }
        Some(self.refer(id, written.span))
    }

    /// A reference that is known to be well formed.
    pub(super) fn refer(&mut self, id: Id, span: Span) -> Reference {
        let reference = Reference { id, span };
        self.references.push(reference.clone());
        reference
    }

    fn report_id(&mut self, problem: &IdProblem, kinds: &[Kind], written: &SourceValue) {
        let all = if kinds.is_empty() { &Kind::ALL } else { kinds };
        match problem {
            IdProblem::NoKind => {
                let kind = all.first().expect("there is always a kind that can stand").name();
                let message = format!("\"{}\" does not say what kind of thing it is", written.text);
                let help = format!("write {kind}:{}, or another kind of {}", written.text, kind_names(all));
                self.report_with_help(Code::InvalidId, written.span, message, help);
            }
            IdProblem::UnknownKind(word) => {
                let help = nearest(word, all.iter().map(|kind| kind.name())).map_or_else(
                    || format!("the kinds are {}", kind_names(all)),
                    |name| format!("did you mean {name}?"),
                );
                self.report_with_help(Code::UnknownKind, written.span, format!("\"{word}\" is no kind of thing"), help);
            }
            IdProblem::Slug(problem) => {
                let message = format!("\"{}\" cannot be an id: {problem}", written.text);
                let (kind, slug) = written.text.split_once(':').unwrap_or(("", &written.text));
                let diagnostic = Diagnostic::new(Code::InvalidId, written.span, message);
                self.diagnostics.push(match suggestion(slug) {
                    Some(slug) => diagnostic.help(format!("write \"{kind}:{slug}\"")),
                    None => diagnostic,
                });
            }
        }
    }

    /// A word of a closed list.
    pub(super) fn concept(&mut self, list: &ConceptList, written: &SourceValue) -> Option<Concept> {
        let value = list.value(&written.text);
        if value.is_none() {
            let help = nearest(&written.text, list.values.iter().copied()).map_or_else(
                || format!("use one of {}", list.values.join(", ")),
                |name| format!("did you mean \"{name}\"?"),
            );
            let kind =
                list.scheme == ConceptList::DOCUMENT_KIND.scheme || list.scheme == ConceptList::ANNOTATION_KIND.scheme;
            let code = if kind { Code::UnknownKind } else { Code::UnknownValue };
            self.report_with_help(code, written.span, format!("\"{}\" is no {}", written.text, list.name), help);
        }
        value
    }

    /// A date in EDTF, or in words that can mean only one; with the words of the source where they are given.
    pub(super) fn date(&mut self, written: &SourceValue, words: Option<String>) -> Option<Date> {
        let date = match Date::parse(&written.text) {
            Err(problem @ DateProblem::Invalid(..)) => match written_date::read(&written.text, self.project) {
                WrittenDate::Date(date) => Ok(*date),
                WrittenDate::Absent | WrittenDate::Words(None) => Err(problem),
                found => return self.report_refusal(written, &found),
            },
            date => date,
        };
        let help = if date.is_err() { self.date_help(&written.text) } else { String::new() };
        let date = self.dated(date, written, &help)?;
        Some(Date { words: words.unwrap_or(date.words), ..date })
    }

    /// A date in EDTF and in no other form.
    pub(super) fn edtf(&mut self, written: &SourceValue) -> Option<Date> {
        self.dated(Date::parse(&written.text), written, WRITE_EDTF)
    }

    /// Reports words of which is known why they are no date, or which dates they can be.
    fn report_refusal(&mut self, written: &SourceValue, found: &WrittenDate) -> Option<Date> {
        let refusal = Refusal::of(&written.text, &written.text, found, Manner::from(self.project))?;
        let mut help = match refusal.meant.as_slice() {
            [] => WRITE_EDTF.to_owned(),
            [one] => format!("write the EDTF that is meant, {}", self.with_words(one, &written.text)),
            [first, ..] => format!("write the one that is meant, {}", self.with_words(first, &written.text)),
        };
        if let Some(order) = written_date::order_help(&written.text) {
            help = format!("{help}; {order}");
        }
        self.report_with_help(Code::InvalidDate, written.span, refusal.message, help);
        None
    }

    /// How a date is written with the words of the source.
    fn with_words(&self, edtf: &str, words: &str) -> String {
        match self.path.ends_with(".md") {
            true => format!("as in {{edtf: \"{edtf}\", words: \"{}\"}}", words.replace('"', "'")),
            false => format!("as in {edtf}, and the words in the column whose name ends in _words"),
        }
    }

    /// What to write instead of what is no date.
    fn date_help(&self, written: &str) -> String {
        let digits = written.trim_start_matches('-').bytes().take_while(u8::is_ascii_digit).count();
        if digits > 4 {
            return "a year of more than four figures begins with Y, as in Y10000".to_owned();
        }
        match written_date::probably(written, self.project) {
            Some(edtf) => format!("write the EDTF that is meant, {}", self.with_words(&edtf, written)),
            None => WRITE_EDTF.to_owned(),
        }
    }

    /// A date that is written in another calendar, or in both: what the source has is kept, and converted.
    pub(super) fn date_in(
        &mut self,
        edtf: Option<SourceValue>,
        original: Option<SourceValue>,
        calendar: Option<SourceValue>,
        words: Option<String>,
    ) -> Option<Date> {
        let concept = calendar.as_ref().map(|word| (self.concept(&ConceptList::CALENDAR, word), word.span));
        let given = edtf.as_ref().map(|edtf| (self.date(edtf, words.clone()), edtf.span));
        let (converted, span) = match (original, concept) {
            (Some(original), Some((Some(calendar), _))) => {
                let converted = Date::converted(&original.text, calendar).map_err(|problem| match problem {
                    DateProblem::Inverted if calendar == "old-style" => DateProblem::Invalid(
                        "it ends before it begins; in old-style years begin on 25 March, and so January, February and most \
                         of March are at their end",
                        0,
                    ),
                    problem => problem,
                });
                let help = "write it in figures as it stands there: original: 1648-10-30";
                (self.dated(converted, &original, help)?, original.span)
            }
            (None, None) => return given?.0,
            (Some(_), Some((None, _))) => return None,
            (Some(SourceValue { span, .. }), None) | (None, Some((_, span))) => {
                let message = "a date of another calendar has both the date as it stands there and the calendar";
                let help = "write original: 1648-10-30 and calendar: julian; in a table the columns are date_original and \
                            date_calendar";
                self.report_with_help(Code::MissingValue, span, message, help);
                return None;
            }
        };
        let Some((given, given_span)) = given else {
            return Some(Date { words: words.unwrap_or(converted.words), ..converted });
        };
        let given = given?;
        if !given.agrees_with(&converted) {
            let day = converted.edtf.as_deref().unwrap_or_default();
            let message = format!("this is {day} in the Gregorian calendar, and the date beside it is another");
            let disagree =
                Diagnostic::new(Code::CalendarsDisagree, span, message).related(given_span, "it is given here");
            self.diagnostics.push(disagree.help("correct one of the two, or take out the one that you have converted"));
        }
        let words = words.unwrap_or(converted.words);
        Some(Date { original: converted.original, words, ..given })
    }

    fn dated(&mut self, date: Result<Date, DateProblem>, written: &SourceValue, help: &str) -> Option<Date> {
        match date {
            Ok(mut date) => {
                date.span = Some(written.span);
                // What was converted was not of the year 0 where it was written.
                if date.original.is_none() {
                    unlikely_year(&date, &written.text, written.span)
                        .into_iter()
                        .for_each(|one| self.diagnostics.push(one));
                    date = date.without_last_year();
                }
                Some(date)
            }
            Err(DateProblem::Inverted) => {
                let message = format!("\"{}\" ends before it begins", written.text);
                self.report_with_help(
                    Code::InvertedDate,
                    written.span,
                    message,
                    "turn the ends around, or correct one",
                );
                None
            }
            Err(DateProblem::Invalid(why, _)) => {
                // What the rules of EDTF say of words says nothing of them.
                let is_words = written.text.contains(char::is_whitespace) && why.contains("whitespace")
                    || !written.text.is_ascii();
                let message = match is_words {
                    true => format!("\"{}\" is no date for certain", written.text),
                    false => format!("\"{}\" is not a date: {why}", written.text),
                };
                self.report_with_help(Code::InvalidDate, written.span, message, help);
                None
            }
        }
    }

    /// Words in the language of the project.
    pub(super) fn label(&self, text: String) -> Label {
        Label { text, language: self.project.language.clone() }
    }

    /// What a statement rests on: an id of a document or work, or words.
    pub(super) fn basis(&mut self, written: &SourceValue) -> Option<Basis> {
        let named = ["document:", "work:"].iter().any(|kind| written.text.starts_with(kind));
        if !named {
            return Some(Basis::Words(written.text.clone()));
        }
        self.reference(&[Kind::Document, Kind::Work], written).map(Basis::Reference)
    }

    /// The two ends of a passage, in code points.
    pub(super) fn range(&mut self, start: &SourceValue, end: &SourceValue, may_be_empty: bool) -> Option<Range<usize>> {
        let number = |written: &SourceValue| {
            let digits = written.text.bytes().all(|byte| byte.is_ascii_digit());
            written.text.parse::<usize>().ok().filter(|_| digits)
        };
        match (number(start), number(end)) {
            (Some(from), Some(to)) if from < to || (may_be_empty && from == to) => Some(from..to),
            _ => {
                let message = format!("\"{}\" and \"{}\" are not the start and end of a passage", start.text, end.text);
                let help = "count code points from 0; the end is the first that no longer belongs to the passage";
                self.report_with_help(Code::InvalidRange, start.span, message, help);
                None
            }
        }
    }

    /// Reports the loaded words in a slug or preferred label.
    pub(super) fn check_loaded(&mut self, written: &SourceValue) {
        if let Some(term) = self.project.loaded_term(&written.text) {
            let message = format!("\"{}\" holds the loaded term \"{term}\"", written.text);
            let help =
                "slugs and preferred labels stay neutral; what somebody calls it goes into the words of a mention";
            self.report_with_help(Code::LoadedTerm, written.span, message, help);
        }
    }
}

/// What to write instead of what is no date.
const WRITE_EDTF: &str =
    "write EDTF, as in 1672-07-03, 1672~ or 1672-07/1672-09, and the source's own words under words";

impl From<&Project> for Manner {
    fn from(project: &Project) -> Self {
        Self { calendar: project.calendar, order: project.date_order, has_unclear_points: false }
    }
}

/// That a date is of a year that no historical reckoning has, or that databases write where they know none.
pub(super) fn unlikely_year(date: &Date, written: &str, span: Span) -> Option<Diagnostic> {
    if date.has_year_zero() {
        return Some(year_zero(written, span));
    }
    date.has_last_year().then(|| {
        let message = format!("\"{written}\" is of the year 9999, which databases write for a date that is not known");
        let help = "if nothing is known of the date, leave it out; of a time without an end write the beginning, as in \
                    1848/..";
        Diagnostic::new(Code::PlaceholderDate, span, message).help(help)
    })
}

fn year_zero(written: &str, span: Span) -> Diagnostic {
    let message = format!("\"{written}\" is of the year 0000, which in EDTF is 1 BC");
    let help =
        "if nothing is known of the date, leave it out; if 1 BC is meant, accept this: regesta explain year-zero";
    Diagnostic::new(Code::YearZero, span, message).help(help)
}

fn kind_names(kinds: &[Kind]) -> String {
    kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
}

/// A slug that is like a text: lower case, marks taken off letters, hyphens between words.
pub(super) fn suggestion(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut base: String = if text.is_ascii() { text.to_owned() } else { text.nfkd().filter(char::is_ascii).collect() };
    base.make_ascii_lowercase();
    let words: Vec<&str> =
        base.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug = words.join("-");
    slug_problem(&slug).is_none().then_some(slug)
}
