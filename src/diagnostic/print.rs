//! Diagnostics as text for people, as one line each, as JSON, and as annotations of a forge.

use crate::diagnostic::group::{Group, each, groups};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, Lines, Sources, Span};
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The most places that are named of problems that one of them stands for.
const PLACES: usize = 3;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageFormat {
    /// The line in question with a caret below it, and what to do.
    Human {
        /// Whether the text is coloured.
        colour: bool,
    },
    /// `file:line:column: severity[code]: message`, one line each.
    Short,
    /// One JSON object a line.
    Json,
    /// Workflow commands that GitHub shows beside the changed lines.
    GitHub,
}

/// Writes the problems of a run. But for JSON, where many have one cause the first of them stands for all, with their number
/// and the next places, unless `all` are wanted.
pub fn print(
    diagnostics: &Diagnostics,
    sources: &Sources,
    format: MessageFormat,
    all: bool,
    writer: &mut impl Write,
) -> io::Result<()> {
    let sorted = diagnostics.sorted(sources);
    let groups = if all || format == MessageFormat::Json { each(&sorted) } else { groups(&sorted) };
    let mut lines = Lines::new(sources);
    for group in groups {
        let Group { severity, first, .. } = group;
        let others = others(&group, sources);
        match format {
            MessageFormat::Human { colour } => human(&group, &others, &mut lines, (sources, colour), writer)?,
            MessageFormat::Short => short(severity, first, &others, sources, writer)?,
            MessageFormat::Json => json(severity, first, sources, writer)?,
            MessageFormat::GitHub => github(severity, first, &others, sources, writer)?,
        }
    }
    Ok(())
}

/// How many others one problem stands for, in how many files, and where the next are; nothing where there are none.
fn others(group: &Group<'_>, sources: &Sources) -> String {
    if group.others.is_empty() {
        return String::new();
    }
    let spans = || group.others.iter().filter_map(|other| other.span);
    let mut files: BTreeSet<FileId> = group.first.span.iter().map(|span| span.file).collect();
    // A place in another file says more than the next in the same.
    let (elsewhere, here): (Vec<Span>, Vec<Span>) = spans().partition(|span| files.insert(span.file));
    let places: Vec<String> = elsewhere.into_iter().chain(here).take(PLACES).map(|span| place(span, sources)).collect();
    let next = if places.is_empty() { String::new() } else { format!(", as at {}", places.join(", ")) };
    let within = if files.len() > 1 { format!(" in {} files", files.len()) } else { String::new() };
    format!("and {} more like this{within}{next}; --all shows each", group.others.len())
}

fn human(
    group: &Group<'_>,
    others: &str,
    lines: &mut Lines<'_>,
    (sources, colour): (&Sources, bool),
    writer: &mut impl Write,
) -> io::Result<()> {
    let Group { severity, first: diagnostic, .. } = *group;
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name(Severity::Hint.name()),
    };
    let mut shown = level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.name())
        .elements(diagnostic.span.map(|span| excerpt(span, sources, lines)));
    if let Some((span, how)) = &diagnostic.related {
        shown = shown.element(Level::NOTE.message(visible(how))).element(excerpt(*span, sources, lines));
    }
    if let Some(help) = &diagnostic.help {
        shown = shown.element(Level::HELP.message(visible(help)));
    }
    if !others.is_empty() {
        shown = shown.element(Level::NOTE.message(others));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    writeln!(writer, "{}\n", renderer.render(&[shown]))
}

/// The line of a place with a caret below it, or its file alone where there is no line.
fn excerpt<'s>(span: Span, sources: &'s Sources, lines: &mut Lines<'_>) -> Element<'s> {
    let path = sources.shown(span.file);
    let Some(line) = lines.line(span) else {
        let origin = Origin::path(path);
        return match span.line {
            0 => origin.into(),
            line => origin.line(line as usize).char_column(span.column as usize).into(),
        };
    };
    let line = visible(line);
    let start = byte_of(&line, span.column as usize - 1);
    let end = byte_of(&line, (span.column + span.length) as usize - 1).max(start);
    let mark = AnnotationKind::Primary.span(start..end);
    Snippet::source(line).line_start(span.line as usize).path(path).annotation(mark).into()
}

fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}

/// The text with a sign in place of every character that could steer a terminal or turn the line around.
pub fn visible(text: &str) -> String {
    let steers = |character: char| {
        (character.is_control() && !matches!(character, '\t' | '\n'))
            || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|character| if steers(character) { '?' } else { character }).collect()
}

fn one_line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

fn place(span: Span, sources: &Sources) -> String {
    match span.line {
        0 => sources.shown(span.file).to_owned(),
        line => format!("{}:{line}:{}", sources.shown(span.file), span.column),
    }
}

fn short(
    severity: Severity,
    diagnostic: &Diagnostic,
    others: &str,
    sources: &Sources,
    writer: &mut impl Write,
) -> io::Result<()> {
    let place = diagnostic.span.map_or_else(String::new, |span| format!("{}: ", place(span, sources)));
    let code = diagnostic.name();
    write!(writer, "{place}{}[{code}]: {}", severity.name(), one_line(&diagnostic.message))?;
    if let Some((span, how)) = &diagnostic.related {
        write!(writer, " ({how}: {})", self::place(*span, sources))?;
    }
    if let Some(help) = &diagnostic.help {
        write!(writer, "; {}", one_line(help))?;
    }
    if !others.is_empty() {
        write!(writer, " [{others}]")?;
    }
    writeln!(writer)
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<u32>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: Severity,
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<JsonPlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<JsonPlace<'a>>,
}

fn json_place<'a>(span: Span, sources: &'a Sources) -> JsonPlace<'a> {
    let within = |number: u32| (span.line > 0).then_some(number);
    let file = sources.shown(span.file);
    JsonPlace { file, line: within(span.line), column: within(span.column), length: within(span.length) }
}

fn json(severity: Severity, diagnostic: &Diagnostic, sources: &Sources, writer: &mut impl Write) -> io::Result<()> {
    let value = JsonDiagnostic {
        severity,
        code: diagnostic.name(),
        message: &diagnostic.message,
        place: diagnostic.span.map(|span| json_place(span, sources)),
        help: diagnostic.help.as_deref(),
        related: diagnostic.related.as_ref().map(|(span, _)| json_place(*span, sources)),
    };
    serde_json::to_writer(&mut *writer, &value)?;
    writeln!(writer)
}

fn github(
    severity: Severity,
    diagnostic: &Diagnostic,
    others: &str,
    sources: &Sources,
    writer: &mut impl Write,
) -> io::Result<()> {
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span {
        properties.push(format!("file={}", property(sources.shown(span.file))));
        if span.line > 0 {
            properties.push(format!("line={}", span.line));
            properties.push(format!("col={}", span.column));
        }
    }
    properties.push(format!("title={}", diagnostic.name()));
    let help = diagnostic.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
    let others = if others.is_empty() { String::new() } else { format!(" [{others}]") };
    let message = escape(&format!("{}{help}{others}", diagnostic.message));
    // What GitHub calls less than a warning.
    let level = if severity == Severity::Hint { "notice" } else { severity.name() };
    writeln!(writer, "::{level} {}::{message}", properties.join(","))
}
