//! The sections `[columns]`: what the columns of letter tables mean, of all or of one, and of tables of persons,
//! organisations and places.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::{DateOrder, Kind, Scheme};
use crate::project::Role;
use crate::project::answers::date_order;
use crate::project::pattern::{Pattern, glob};
use crate::project::values::boolean;
use crate::source::{FileId, Sources};
use crate::tree::{Fields, MapEntry, Node, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The keys that say no meaning of a column: what stands between names, which sheet of a workbook is read.
const SEPARATORS: &str = "separators";
const SHEET: &str = "sheet";
/// Whether there is a row of headings, and which rows are left out.
const HEADINGS: &str = "headings";
pub(crate) const LEAVE_OUT: &str = "leave-out";
/// The key of several columns of which the first that says something counts.
const FIRST_OF: &str = "first-of";
/// Whether the day or the month comes first in dates all in figures.
const DATE_ORDER: &str = "date-order";
/// What several columns can say together, as a name does in two.
const OF_SEVERAL_COLUMNS: &[&str] = &[
    "key",
    "sender",
    "recipient",
    "sender-place",
    "recipient-place",
    "sent-date",
    "received-date",
    "edition",
    "title",
    "shelfmark",
    "repository",
    "note",
    "summary",
    "name",
    "born",
    "died",
];
/// The tables of things that letters name by id: the key in `[sources]`, the kind of thing, and what the columns can
/// mean besides identifiers.
const REGISTER_TABLES: &[(&str, Kind, &[&str])] = &[
    ("persons", Kind::Person, &["id", "name", "other-names", "born", "died", "is-body", "note"]),
    ("organisations", Kind::Organisation, &["id", "name", "other-names", "note"]),
    (
        "places",
        Kind::Place,
        &["id", "name", "other-names", "latitude", "longitude", "within", "within-id", "country", "note"],
    ),
];

/// What a section says of the columns of a table.
#[derive(Clone, Debug, Default)]
pub struct ColumnSection {
    /// By what it means: a heading, or several whose cells belong together; with an equals sign, a value of all rows.
    pub headings: BTreeMap<String, Vec<String>>,
    /// Which of them are alternatives: of several columns, the first that says something counts.
    pub alternatives: BTreeSet<String>,
    /// Which of them are said of all tables, and hold for this one only where it has the heading.
    pub defaults: BTreeSet<String>,
    /// What stands between several names in a cell, where the project says so.
    pub separators: Option<Vec<String>>,
    /// The sheet of a workbook that is read.
    pub sheet: Option<String>,
    /// Whether the first row has headings, where the project says so; it has them where it does not.
    pub has_headings: Option<bool>,
    /// The rows that are left out: those in which a column, by its heading, says one of these.
    pub leave_out: Vec<(String, Vec<String>)>,
    /// Whether the day or the month comes first in dates all in figures.
    pub date_order: Option<DateOrder>,
}

/// What the project file says of the columns of all tables.
#[derive(Clone, Debug, Default)]
pub struct ColumnSections {
    letters: ColumnSection,
    own: Vec<(Pattern, ColumnSection)>,
    registers: Vec<(Kind, ColumnSection)>,
}

impl ColumnSections {
    /// Reads the section `[columns]` and those below it.
    pub(super) fn read(node: Option<Node>, diagnostics: &mut Diagnostics) -> Self {
        let mut sections = Self::default();
        let Some(node) = node else { return sections };
        let Value::Map(entries) = node.value else {
            let message = "meanings of columns and their headings are expected here";
            let help = "write, below a line [columns], lines such as sender = \"Absender\"";
            diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message).help(help));
            return sections;
        };
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        let is_meaning = |key: &str| key == LEAVE_OUT || roles.contains(&key);
        let (below, general): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| entry.node.is_map() && !is_meaning(&entry.key.text));
        sections.letters = section(general, &roles, "a letter table", diagnostics);
        for MapEntry { key, node } in below {
            let Value::Map(entries) = node.value else { continue };
            match REGISTER_TABLES.iter().find(|(name, ..)| *name == key.text) {
                Some((name, kind, meanings)) => {
                    let known = meanings.iter().copied().chain(Scheme::with_columns().map(|scheme| scheme.column));
                    let known: Vec<&str> = known.collect();
                    let section = section(entries, &known, &format!("a table of {name}"), diagnostics);
                    sections.registers.push((*kind, section));
                }
                None => {
                    let section = section(entries, &roles, "a letter table", diagnostics);
                    sections.own.extend(glob(&key, diagnostics).map(|pattern| (pattern, section)));
                }
            }
        }
        sections
    }

    /// What is said of the letter table at a path: in its own section, and else in that of all.
    pub fn of_letters(&self, path: &str) -> ColumnSection {
        let matching = |(pattern, _): &&(Pattern, ColumnSection)| pattern.glob.compile_matcher().is_match(path);
        let Some((_, own)) = self.own.iter().find(matching) else { return self.letters.clone() };
        let mut section = own.clone();
        for (meaning, headings) in &self.letters.headings {
            if !section.headings.contains_key(meaning) {
                section.headings.insert(meaning.clone(), headings.clone());
                section.alternatives.extend(self.letters.alternatives.get(meaning).cloned());
                section.defaults.insert(meaning.clone());
            }
        }
        section.separators = section.separators.or_else(|| self.letters.separators.clone());
        section.date_order = section.date_order.or(self.letters.date_order);
        section.sheet = section.sheet.or_else(|| self.letters.sheet.clone());
        section.has_headings = section.has_headings.or(self.letters.has_headings);
        if section.leave_out.is_empty() {
            section.leave_out.clone_from(&self.letters.leave_out);
            section.defaults.insert(LEAVE_OUT.to_owned());
        }
        section
    }

    /// What is said of the tables of things of a kind.
    pub fn of_register(&self, kind: Kind) -> ColumnSection {
        let said = self.registers.iter().find(|(of, _)| *of == kind);
        said.map_or_else(ColumnSection::default, |(_, section)| section.clone())
    }

    /// What columns of a table of things of a kind can mean, besides identifiers.
    pub fn meanings(kind: Kind) -> &'static [&'static str] {
        REGISTER_TABLES.iter().find(|(_, of, _)| *of == kind).map_or(&[], |(.., meanings)| meanings)
    }

    /// The sheets that are named, for whatever table.
    pub fn sheets(&self) -> BTreeSet<&str> {
        let registers = self.registers.iter().map(|(_, section)| section);
        let all = [&self.letters].into_iter().chain(self.own.iter().map(|(_, section)| section)).chain(registers);
        all.filter_map(|section| section.sheet.as_deref()).collect()
    }

    /// Reports sections of tables that are not there, and tables with two sections.
    pub(super) fn check(&self, tables: &[FileId], sources: &Sources, diagnostics: &mut Diagnostics) {
        let mut of_table: BTreeMap<&str, &Pattern> = BTreeMap::new();
        for (pattern, _) in &self.own {
            let Some(span) = pattern.span else { continue };
            let matcher = pattern.glob.compile_matcher();
            let paths = tables.iter().map(|file| sources.path(*file)).filter(|path| matcher.is_match(path));
            let paths: Vec<&str> = paths.collect();
            if paths.is_empty() {
                let message = format!("no letter table matches \"{}\"", pattern.glob.glob());
                let help = "a section of its own is called after the path of the table from the corpus folder, as in \
                            [columns.\"letters/roos.csv\"]; the table is named under tables in [sources]";
                diagnostics.push(Diagnostic::new(Code::PatternMatchesNothing, span, message).help(help));
            }
            for path in paths {
                if let Some(first) = of_table.insert(path, pattern) {
                    let message =
                        format!("{path} has two sections of its own: \"{}\" matches it too", first.glob.glob());
                    let help = "write the patterns so that each table matches one";
                    diagnostics.push(Diagnostic::new(Code::SectionTwice, span, message).help(help));
                }
            }
        }
    }
}

/// One section: each key is a meaning, and its value a heading, or a list where several columns say it together.
fn section(entries: Vec<MapEntry>, meanings: &[&str], of: &str, diagnostics: &mut Diagnostics) -> ColumnSection {
    let mut section = ColumnSection::default();
    let known = || meanings.iter().copied().chain([SEPARATORS, SHEET, HEADINGS, LEAVE_OUT, DATE_ORDER]);
    for MapEntry { key, node } in entries {
        match key.text.as_str() {
            SEPARATORS => section.separators = Some(texts(node, diagnostics)),
            DATE_ORDER => {
                let written = node.text(diagnostics);
                section.date_order = written.and_then(|written| date_order(&written, diagnostics));
            }
            SHEET => section.sheet = node.text(diagnostics).map(|sheet| sheet.text),
            HEADINGS => section.has_headings = Some(boolean(node.text(diagnostics), true, diagnostics)),
            LEAVE_OUT => section.leave_out = leave_out(node, diagnostics),
            meaning if !meanings.contains(&meaning) => {
                let help = nearest(meaning, known()).map_or_else(
                    || format!("they can mean {}", known().collect::<Vec<_>>().join(", ")),
                    |name| format!("did you mean {name}?"),
                );
                let message = format!("no column of {of} means \"{meaning}\"");
                diagnostics.push(Diagnostic::new(Code::UnknownKey, key.span, message).help(help));
            }
            meaning => {
                let Some((headings, are_alternatives)) = headings(meaning, node, diagnostics) else { continue };
                if are_alternatives {
                    section.alternatives.insert(key.text.clone());
                }
                section.headings.insert(key.text, headings);
            }
        }
    }
    section
}

/// The headings of a meaning, and whether they are alternatives.
fn headings(meaning: &str, node: Node, diagnostics: &mut Diagnostics) -> Option<(Vec<String>, bool)> {
    let are_alternatives = node.is_map();
    let parts = match node.value {
        Value::Map(_) => {
            let mut fields = Fields::of(node, "columns of which the first that says something counts", diagnostics);
            let headings = fields.take(FIRST_OF);
            fields.finish(diagnostics);
            headings?.into_list()
        }
        _ if OF_SEVERAL_COLUMNS.contains(&meaning) => node.into_list(),
        _ => vec![node],
    };
    let headings: Vec<_> = parts.into_iter().filter_map(|node| node.text(diagnostics)).collect();
    let is_list = headings.len() > 1 || are_alternatives;
    if let Some(constant) = headings.iter().find(|said| said.text.starts_with('=')).filter(|_| is_list) {
        let message = "a value for all rows stands alone, and in no list of headings";
        diagnostics.push(Diagnostic::new(Code::WrongShape, constant.span, message));
        return None;
    }
    let headings: Vec<String> = headings.into_iter().map(|said| said.text).collect();
    (!headings.is_empty()).then_some((headings, are_alternatives))
}

/// By the headings of columns, what they say in rows that are left out.
fn leave_out(node: Node, diagnostics: &mut Diagnostics) -> Vec<(String, Vec<String>)> {
    let Value::Map(entries) = node.value else {
        let message = "headings of columns, and what they say in the rows that are left out, are expected here";
        let help = "write, for example, leave-out = { Kind = [\"receipt\", \"inventory\"] }";
        diagnostics.push(Diagnostic::new(Code::WrongShape, node.span, message).help(help));
        return Vec::new();
    };
    entries.into_iter().map(|entry| (entry.key.text, texts(entry.node, diagnostics))).collect()
}

fn texts(node: Node, diagnostics: &mut Diagnostics) -> Vec<String> {
    node.into_list().into_iter().filter_map(|node| node.text(diagnostics)).map(|text| text.text).collect()
}
