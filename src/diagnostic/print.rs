//! Diagnostics as text for people, as one line each, as JSON, and as annotations of a forge.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::{Sources, Span};
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The most problems of one severity that people are shown of one file, and of one sort in all files.
const SHOWN: usize = 20;

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

impl MessageFormat {
    /// Whether people read it, who do not want more than the first problems of a sort.
    fn is_short_of_room(self) -> bool {
        matches!(self, Self::Human { .. } | Self::GitHub)
    }
}

/// Writes the problems of a run; for people, of one file and of one sort the first ones and the number of the others.
pub fn print(
    diagnostics: &Diagnostics,
    sources: &Sources,
    format: MessageFormat,
    writer: &mut impl Write,
) -> io::Result<()> {
    let mut of_file: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    let mut of_sort: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for (severity, diagnostic) in diagnostics.sorted(sources) {
        if format.is_short_of_room() {
            let path = diagnostic.span.map_or("", |span| sources.shown(span.file));
            if !has_room(&mut of_file, (path, severity)) || !has_room(&mut of_sort, (diagnostic.name(), severity)) {
                continue;
            }
        }
        match format {
            MessageFormat::Human { colour } => human(severity, diagnostic, sources, colour, writer)?,
            MessageFormat::Short => short(severity, diagnostic, sources, writer)?,
            MessageFormat::Json => json(severity, diagnostic, sources, writer)?,
            MessageFormat::GitHub => github(severity, diagnostic, sources, writer)?,
        }
    }
    let mut all_are_shown = true;
    for (counts, which) in [(of_file, "in this file"), (of_sort, "of this sort")] {
        for ((of, severity), count) in counts.into_iter().filter(|(_, count)| *count > SHOWN) {
            let (more, name) = (count - SHOWN, severity.name());
            let (plural, are) = if more == 1 { ("", "is") } else { ("s", "are") };
            writeln!(writer, "{of}: {more} more {name}{plural} {which} {are} not shown")?;
            all_are_shown = false;
        }
    }
    if !all_are_shown {
        writeln!(writer, "all are shown with: --message-format short")?;
    }
    Ok(())
}

/// Counts one more, and says whether there is room for it.
fn has_room<'a>(counts: &mut BTreeMap<(&'a str, Severity), usize>, of: (&'a str, Severity)) -> bool {
    let count = counts.entry(of).or_default();
    *count += 1;
    *count <= SHOWN
}

fn human(
    severity: Severity,
    diagnostic: &Diagnostic,
    sources: &Sources,
    colour: bool,
    writer: &mut impl Write,
) -> io::Result<()> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name(Severity::Hint.name()),
    };
    let mut group = level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.name())
        .elements(diagnostic.span.map(|span| excerpt(span, sources)));
    if let Some((span, how)) = &diagnostic.related {
        group = group.element(Level::NOTE.message(visible(how))).element(excerpt(*span, sources));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    writeln!(writer, "{}\n", renderer.render(&[group]))
}

/// The line of a place with a caret below it, or its file alone where there is no line.
fn excerpt(span: Span, sources: &Sources) -> Element<'_> {
    let path = sources.shown(span.file);
    let Some(line) = sources.line(span) else {
        let origin = Origin::path(path);
        return match span.line {
            0 => origin.into(),
            line => origin.line(line as usize).char_column(span.column as usize).into(),
        };
    };
    let line = visible(&line);
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

fn short(severity: Severity, diagnostic: &Diagnostic, sources: &Sources, writer: &mut impl Write) -> io::Result<()> {
    let place = diagnostic.span.map_or_else(String::new, |span| format!("{}: ", place(span, sources)));
    let code = diagnostic.name();
    write!(writer, "{place}{}[{code}]: {}", severity.name(), one_line(&diagnostic.message))?;
    if let Some((span, how)) = &diagnostic.related {
        write!(writer, " ({how}: {})", self::place(*span, sources))?;
    }
    if let Some(help) = &diagnostic.help {
        write!(writer, "; {}", one_line(help))?;
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

fn github(severity: Severity, diagnostic: &Diagnostic, sources: &Sources, writer: &mut impl Write) -> io::Result<()> {
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
    let message = escape(&format!("{}{help}", diagnostic.message));
    // What GitHub calls less than a warning.
    let level = if severity == Severity::Hint { "notice" } else { severity.name() };
    writeln!(writer, "::{level} {}::{message}", properties.join(","))
}
