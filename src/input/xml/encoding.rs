//! Encodings: what is not UTF-8, or says that it is not, is refused with its place.

use super::place::{TextOrigin, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Sources, Span};
use memchr::{memchr, memchr_iter, memchr2, memmem};

/// Checks bytes for an encoding that can be read: UTF-8, whatever the declaration says of what is all ASCII.
pub(in crate::input) fn decode<'b>(
    bytes: &'b [u8],
    origin: TextOrigin,
    declared: Option<&str>,
) -> Result<&'b str, Diagnostic> {
    let file = origin.file;
    let wrong = |span: Span, message: String| {
        Diagnostic::new(Code::WrongEncoding, span, message)
            .help("save the file as UTF-8, and declare it so in its first line")
    };
    let whole = Sources::whole(file);
    if bytes.starts_with(&[0xFE, 0xFF])
        || bytes.starts_with(&[0xFF, 0xFE])
        || bytes.iter().take(2).any(|byte| *byte == 0)
    {
        return Err(wrong(whole, "this file is UTF-16 or UTF-32".to_owned()));
    }
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let own = declared_encoding(bytes);
    if let Some(encoding) = declared.or(own.as_deref())
        && !bytes.is_ascii()
    {
        return Err(wrong(
            Span { file, line: 1, column: 1, length: 1 },
            format!("this file declares the encoding {encoding}"),
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = memchr_iter(b'\n', good).count() + 1;
        let start = good.iter().rposition(|byte| *byte == b'\n').map_or(origin.before.min(good.len()), |at| at + 1);
        let column = number(String::from_utf8_lossy(&good[start..]).chars().count() + 1);
        let column = column + if line == 1 { origin.column } else { 0 };
        let span = Span { file, line: origin.line + number(line) - 1, column, length: 1 };
        wrong(span, format!("the byte 0x{:02X} here is not UTF-8", bytes[good.len()]))
    })
}

/// The encoding of an XML declaration, where it is another than UTF-8.
pub(in crate::input) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memmem::find(declaration, b"?>")?.min(200)];
    let at = memmem::find(declaration, b"encoding")? + 8;
    let quote = at + memchr2(b'"', b'\'', &declaration[at..])?;
    let length = memchr(declaration[quote], &declaration[quote + 1..])?;
    let name = &declaration[quote + 1..quote + 1 + length];
    let is_usual =
        ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|usual| name.eq_ignore_ascii_case(usual.as_bytes()));
    (!is_usual).then(|| String::from_utf8_lossy(name).into_owned())
}
