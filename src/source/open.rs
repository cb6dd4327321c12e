//! Opening source files: what keeps one from being read is a diagnostic.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::stream::{GZIP, Unpacked, open_itself};
use crate::source::{Digest, FileId, SourceText, Sources, Span, Stream};
use std::fs::File;
use std::io::{self, Read};

/// The most bytes that a hand-written source file may have.
pub const FILE_LIMIT: u64 = 16 * 1024 * 1024;

impl Sources {
    /// Opens a regular file; links, pipes and devices are not followed.
    pub fn open_regular(&self, file: FileId) -> Result<File, Diagnostic> {
        self.open_with_length(file).map(|(opened, _)| opened)
    }

    /// Opens a regular file that has at most `limit` bytes.
    pub fn open_regular_up_to(&self, file: FileId, limit: u64) -> Result<File, Diagnostic> {
        let (opened, length) = self.open_with_length(file)?;
        match length > limit {
            true => Err(Diagnostic::new(
                Code::FileTooLarge,
                Self::whole(file),
                format!("this file has more than {limit} bytes"),
            )
            .help("divide it into several files")),
            false => Ok(opened),
        }
    }

    /// Opens a regular file; it, and how many bytes it has.
    fn open_with_length(&self, file: FileId) -> Result<(File, u64), Diagnostic> {
        let refuse = |message: String| Diagnostic::new(Code::UnreadableFile, Self::whole(file), message);
        match open_itself(&self.root().join(self.path(file))) {
            Ok(Some(opened)) => Ok(opened),
            Ok(None) => Err(refuse("this is not a regular file".to_owned())
                .help("links, pipes and devices are not followed; put the file itself into the folder")),
            Err(error) => Err(refuse(error.to_string())),
        }
    }

    /// Opens a regular file; one that is packed with gzip is unpacked while it is read.
    pub fn open_stream(&self, file: FileId) -> Result<Stream, Diagnostic> {
        let (opened, length) = self.open_with_length(file)?;
        let failed = |error: io::Error| Diagnostic::new(Code::UnreadableFile, Self::whole(file), error.to_string());
        Stream::new(opened, length).map_err(failed)
    }

    /// The bytes of a regular file that has at most `limit` of them, unpacked if it is packed with gzip.
    pub fn bytes(&self, file: FileId, limit: u64) -> Result<Vec<u8>, Diagnostic> {
        let refuse = |code, message: String| Diagnostic::new(code, Self::whole(file), message);
        let (opened, length) = self.open_with_length(file)?;
        // Room for all of it, and for what the reader tries beyond its end, is made at once.
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(limit)).unwrap_or(0) + 64);
        let failed = |error: io::Error| refuse(Code::UnreadableFile, error.to_string());
        opened.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.starts_with(GZIP) && bytes.len() as u64 <= limit {
            let packed = std::mem::take(&mut bytes);
            Unpacked::new(packed.as_slice(), length).take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
        }
        if bytes.len() as u64 > limit {
            return Err(refuse(Code::FileTooLarge, format!("this file has more than {limit} bytes"))
                .help("divide it into several files"));
        }
        Ok(bytes)
    }

    /// The SHA-256 of a file's bytes, of which it can have any number.
    pub fn digest(&self, file: FileId) -> Result<Digest, Diagnostic> {
        let unreadable = |error: io::Error| Diagnostic::new(Code::UnreadableFile, Self::whole(file), error.to_string());
        Digest::of_reader(&mut self.open_regular(file)?).map_err(unreadable)
    }

    /// Reads a file of UTF-8 text; what keeps it from being read is a diagnostic.
    pub fn open(&self, file: FileId) -> Result<SourceText, Diagnostic> {
        self.open_up_to(file, FILE_LIMIT)
    }

    /// The same for a file that has at most `limit` bytes.
    pub fn open_up_to(&self, file: FileId, limit: u64) -> Result<SourceText, Diagnostic> {
        let bytes = self.bytes(file, limit)?;
        match String::from_utf8(bytes) {
            Ok(text) => {
                let source = SourceText::new(file, text);
                match source.text.find(is_forbidden) {
                    Some(at) => Err(forbidden(source.text[at..].chars().next(), source.span(at..at))),
                    None => Ok(source),
                }
            }
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let byte = error.as_bytes()[good];
                let before = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
                let place = SourceText::new(file, before).span(good..good);
                Err(Diagnostic::new(Code::WrongEncoding, place, format!("the byte 0x{byte:02X} here is not UTF-8"))
                    .help("save the file as UTF-8; spreadsheet programs call it \"CSV UTF-8\""))
            }
        }
    }
}

/// The lines of sources, for excerpts: the file of the last one stays open, since the next is mostly in the same.
pub struct Lines<'s> {
    sources: &'s Sources,
    last: Option<SourceText>,
}

impl<'s> Lines<'s> {
    /// Those of the files of a run.
    pub fn new(sources: &'s Sources) -> Self {
        Self { sources, last: None }
    }

    /// The line that a place is in; nothing where it can no longer be read.
    pub fn line(&mut self, span: Span) -> Option<&str> {
        if self.last.as_ref().is_none_or(|last| last.file != span.file) {
            self.last = Some(self.sources.open(span.file).ok()?);
        }
        let text = self.last.as_ref()?;
        let index = (span.line as usize).checked_sub(1)?;
        let start = *text.lines.get(index)?;
        let end = text.lines.get(index + 1).copied().unwrap_or(text.text.len());
        Some(text.text[start..end].trim_end_matches(['\n', '\r']))
    }
}

/// Whether a character can stand in no XML document, and so in no RDF/XML (XML 1.0, section 2.2).
pub fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The diagnostic for a character that can stand in no XML document.
pub fn forbidden(character: Option<char>, span: Span) -> Diagnostic {
    let number = character.map_or(0, u32::from);
    let message = format!("the control character U+{number:04X} stands here");
    let help = "take it out; programs leave such characters behind, and no RDF/XML can hold them";
    Diagnostic::new(Code::ControlCharacter, span, message).help(help)
}
