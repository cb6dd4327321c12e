//! The sections `[[dataset]]`: other people's datasets that the corpus is joined with.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{Date, Kind, Scheme, slug_problem};
use crate::project::pattern::{Pattern, glob};
use crate::project::{absolute_iri, language};
use crate::source::Span;
use crate::tree::{Fields, Node, SourceValue, Value};
use std::collections::BTreeMap;

/// A dataset that a corpus is joined with, as the project file declares it.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// What the project calls it: a slug.
    pub name: String,
    /// Where the project file says so.
    pub span: Span,
    /// What its makers call it.
    pub title: Option<String>,
    /// The licence that it is under.
    pub licence: String,
    /// Where it was taken from.
    pub source: Option<DatasetOrigin>,
    /// When it was taken from there, in EDTF.
    pub date: Option<String>,
    /// What it is written in.
    pub form: DatasetForm,
    /// The language of names in CMIF and in registers, where it is not that of the corpus.
    pub language: Option<String>,
    /// What the ids begin with that are no addresses.
    pub base: Option<String>,
    /// Where its files are.
    pub(super) pattern: Pattern,
}

/// Where a dataset was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatasetOrigin {
    /// Its address.
    Address(String),
    /// A reference in words.
    Words(String),
}

/// What a dataset is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatasetForm {
    /// RDF; the syntax is told by the ending of each file.
    Rdf,
    /// Linked Places Format 1.3: GeoJSON.
    LinkedPlaces,
    /// Its table, LP-TSV.
    LinkedPlacesTable,
    /// The JSON of Pleiades: one place, or a list of all.
    Pleiades,
    /// A table of things, one a row.
    Table(Columns),
    /// Lists of letters in CMIF.
    Cmif,
    /// TEI registers.
    Registers,
}

/// What the columns of a table of things mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// What sort of thing every row is.
    pub kind: Option<Kind>,
    /// Headings by meaning.
    pub headings: BTreeMap<String, SourceValue>,
}

/// What a column of a table of things can mean, besides the identifiers that have columns in authority tables.
const MEANINGS: &[&str] = &[
    "id",
    "name",
    "other-names",
    "born",
    "died",
    "date",
    "latitude",
    "longitude",
    "within",
    "within-id",
    "country",
    "type",
    "note",
];

/// Makes a form; columns are only those of tables.
type MakeForm = fn(Columns) -> DatasetForm;

/// The forms by the name that the project file has for them.
const FORMS: &[(&str, MakeForm)] = &[
    ("rdf", |_| DatasetForm::Rdf),
    ("linked-places", |_| DatasetForm::LinkedPlaces),
    ("lp-tsv", |_| DatasetForm::LinkedPlacesTable),
    ("pleiades", |_| DatasetForm::Pleiades),
    ("table", DatasetForm::Table),
    ("cmif", |_| DatasetForm::Cmif),
    ("registers", |_| DatasetForm::Registers),
];

/// The endings that tell the form of a file, without that of compression.
const ENDINGS: &[(&str, &str)] = &[
    (".ttl", "rdf"),
    (".nt", "rdf"),
    (".nq", "rdf"),
    (".trig", "rdf"),
    (".rdf", "rdf"),
    (".jsonld", "rdf"),
    (".geojson", "linked-places"),
    (".csv", "table"),
    (".lp.tsv", "lp-tsv"),
];

impl Dataset {
    /// Reads all the sections; one that lacks something is left out, with a diagnostic.
    pub(super) fn read_all(node: Option<Node>, diagnostics: &mut Diagnostics) -> Vec<Self> {
        let mut datasets: Vec<Self> = Vec::new();
        for node in node.map(Node::into_list).unwrap_or_default() {
            let Some(dataset) = Self::read(node, diagnostics) else { continue };
            if let Some(first) = datasets.iter().find(|first| first.name == dataset.name) {
                let message = format!("\"{}\" is already the name of another dataset", dataset.name);
                let twice = Diagnostic::new(Code::DuplicateId, dataset.span, message);
                diagnostics.push(twice.related(first.span, "it is here"));
                continue;
            }
            datasets.push(dataset);
        }
        datasets
    }

    fn read(node: Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut fields = Fields::of(node, "a section [[dataset]]", diagnostics);
        let name = fields.required("name", diagnostics).filter(|name| is_name(name, diagnostics));
        let file = fields.required("file", diagnostics);
        let title = fields.text("title", diagnostics).map(|words| words.text);
        let licence = fields.required("licence", diagnostics).and_then(|iri| absolute_iri(&iri, diagnostics));
        let source = fields.text("source", diagnostics).and_then(|source| origin(source, diagnostics));
        let date = fields.text("date", diagnostics);
        let base = fields.text("base", diagnostics).and_then(|iri| base_of_ids(&iri, diagnostics));
        let tag = fields.text("language", diagnostics);
        let format = fields.text("format", diagnostics);
        let kind = fields.text("kind", diagnostics);
        let columns = fields.take("columns");
        fields.finish(diagnostics);
        let only = [
            (tag.as_ref().map(|tag| tag.span), "language"),
            (kind.as_ref().map(|kind| kind.span), "kind"),
            (columns.as_ref().map(|columns| columns.span), "columns"),
        ];
        let tag = tag.and_then(|tag| language(&tag, diagnostics));
        if let Some(date) = &date
            && Date::parse(&date.text).is_err()
        {
            let message = format!("\"{}\" is no date", date.text);
            diagnostics.push(Diagnostic::new(Code::InvalidDate, date.span, message).help("write it as in 2026-02-11"));
        }
        let (name, file) = (name?, file?);
        let pattern = glob(&file, diagnostics)?;
        let columns = Columns::read(kind, columns, diagnostics);
        let form = form(format.as_ref(), &file, columns, diagnostics)?;
        only.into_iter().filter_map(|(span, key)| Some((span?, key))).for_each(|(span, key)| {
            let (fits, whose) = match (key, &form) {
                ("language", form) => {
                    (matches!(form, DatasetForm::Cmif | DatasetForm::Registers), "lists of letters and registers")
                }
                (_, form) => (matches!(form, DatasetForm::Table(_)), "tables"),
            };
            if !fits {
                let message = format!("the key \"{key}\" says nothing here: only {whose} have it");
                let help = "take it out, or correct the key format";
                diagnostics.push(Diagnostic::new(Code::UnknownKey, span, message).help(help));
            }
        });
        if let (DatasetForm::Cmif | DatasetForm::Registers, Some(base)) =
            (&form, base.as_ref().filter(|base| !base.ends_with('/')))
        {
            let message = format!("\"{base}\" cannot be the base of letters or registers");
            diagnostics.push(Diagnostic::new(Code::InvalidIri, name.span, message).help("it ends in a slash"));
        }
        Some(Self {
            name: name.text,
            span: name.span,
            title,
            licence: licence?,
            source,
            date: date.map(|date| date.text),
            form,
            language: tag,
            base,
            pattern,
        })
    }
}

/// An address, or words.
fn origin(written: SourceValue, diagnostics: &mut Diagnostics) -> Option<DatasetOrigin> {
    if written.text.starts_with("http://") || written.text.starts_with("https://") {
        return absolute_iri(&written, diagnostics).map(DatasetOrigin::Address);
    }
    Some(DatasetOrigin::Words(written.text))
}

/// What ids are below: an address that they can be put behind.
fn base_of_ids(written: &SourceValue, diagnostics: &mut Diagnostics) -> Option<String> {
    let base = absolute_iri(written, diagnostics)?;
    if base.ends_with(['/', '#', '=']) {
        return Some(base);
    }
    let message = format!("\"{base}\" cannot be what ids are put behind");
    let help = "it ends in a slash, or in # or =";
    diagnostics.push(Diagnostic::new(Code::InvalidIri, written.span, message).help(help));
    None
}

fn is_name(name: &SourceValue, diagnostics: &mut Diagnostics) -> bool {
    let problem = slug_problem(&name.text);
    if let Some(problem) = problem {
        let message = format!("\"{}\" cannot be the name of a dataset: {problem}", name.text);
        diagnostics.push(Diagnostic::new(Code::InvalidId, name.span, message));
    }
    problem.is_none()
}

fn form(
    format: Option<&SourceValue>,
    file: &SourceValue,
    columns: Columns,
    diagnostics: &mut Diagnostics,
) -> Option<DatasetForm> {
    let plain = file.text.trim_end_matches(".gz");
    let told = ENDINGS.iter().find(|(ending, _)| plain.ends_with(ending)).map(|(_, form)| *form);
    let name = format.map(|format| format.text.as_str()).or(told);
    let Some((name, form)) = FORMS.iter().find(|(known, _)| Some(*known) == name) else {
        let (span, message) = match format {
            Some(format) => (format.span, format!("there is no format \"{}\"", format.text)),
            None => (file.span, "the name of this file does not tell its format".to_owned()),
        };
        let known = FORMS.iter().map(|(name, _)| *name);
        let help = name.and_then(|unknown| nearest(unknown, known.clone())).map_or_else(
            || format!("add a line format = \"…\" with one of {}", known.collect::<Vec<_>>().join(", ")),
            |name| format!("did you mean \"{name}\"?"),
        );
        diagnostics.push(Diagnostic::new(Code::UnknownValue, span, message).help(help));
        return None;
    };
    if *name == "table" {
        check_columns(&columns, file, diagnostics);
    }
    Some(form(columns))
}

/// Reports columns without which a table of things cannot be read.
fn check_columns(columns: &Columns, file: &SourceValue, diagnostics: &mut Diagnostics) {
    for meaning in ["id", "name"] {
        if !columns.headings.contains_key(meaning) {
            let message = format!("the dataset does not say which column has the {meaning} of its things");
            let help = format!("add, below a line [dataset.columns], a line such as {meaning} = \"{meaning}\"");
            diagnostics.push(Diagnostic::new(Code::MissingKey, file.span, message).help(help));
        }
    }
    for (one, other) in [("latitude", "longitude"), ("longitude", "latitude")] {
        if let Some(written) = columns.headings.get(one).filter(|_| !columns.headings.contains_key(other)) {
            let message = format!("the dataset has a column of the {one}, and none of the {other}");
            let help = format!("add, below the line [dataset.columns], a line such as {other} = \"{other}\"");
            diagnostics.push(Diagnostic::new(Code::MissingKey, written.span, message).help(help));
        }
    }
}

impl Columns {
    fn read(kind: Option<SourceValue>, node: Option<Node>, diagnostics: &mut Diagnostics) -> Self {
        let kind = kind.and_then(|written| {
            let kind = Kind::parse(&written.text);
            if kind.is_none() {
                let message = format!("\"{}\" is no kind of thing", written.text);
                let help = "write person, organisation, group, place, event or work";
                diagnostics.push(Diagnostic::new(Code::UnknownKind, written.span, message).help(help));
            }
            kind
        });
        let mut headings = BTreeMap::new();
        let entries = match node.map(|node| (node.span, node.value)) {
            Some((_, Value::Map(entries))) => entries,
            Some((span, _)) => {
                let message = "meanings of columns and their headings are expected here";
                diagnostics.push(Diagnostic::new(Code::WrongShape, span, message));
                Vec::new()
            }
            None => Vec::new(),
        };
        let known = || MEANINGS.iter().copied().chain(Scheme::with_columns().map(|scheme| scheme.column));
        for entry in entries {
            if !known().any(|meaning| meaning == entry.key.text) {
                let help = nearest(&entry.key.text, known()).map_or_else(
                    || format!("they can mean {}", known().collect::<Vec<_>>().join(", ")),
                    |name| format!("did you mean {name}?"),
                );
                let message = format!("no column of a table of things means \"{}\"", entry.key.text);
                diagnostics.push(Diagnostic::new(Code::UnknownKey, entry.key.span, message).help(help));
            } else if let Some(heading) = entry.node.text(diagnostics) {
                headings.insert(entry.key.text, heading);
            }
        }
        Self { kind, headings }
    }
}
