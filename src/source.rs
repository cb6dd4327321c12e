//! Source files: their bytes, their lines, and the places in them that diagnostics point to.

use crate::diagnostic::{Code, Diagnostic};
use flate2::bufread::MultiGzDecoder;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most bytes that a hand-written source file may have.
pub const FILE_LIMIT: u64 = 16 * 1024 * 1024;

/// Which of the [`Sources`] a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A place in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The line, from 1; 0 stands for the file as a whole.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// How many code points of the line are meant.
    pub length: u32,
}

/// The files of a run, in the order in which they are read.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    paths: Vec<Arc<str>>,
    /// The folder that a corpus of a joint project is in, and the paths with it.
    within: Option<(String, Vec<Arc<str>>)>,
}

impl Sources {
    /// No files yet, below the folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), paths: Vec::new(), within: None }
    }

    /// No files yet, below a folder of a joint project that is at `root`; `folder` is shown before their paths.
    pub fn within(root: &Path, folder: &str) -> Self {
        Self { root: root.join(folder), paths: Vec::new(), within: Some((folder.to_owned(), Vec::new())) }
    }

    /// Takes up a file by its path below the root, with `/` between its parts.
    pub fn add(&mut self, path: impl Into<Arc<str>>) -> FileId {
        let path = path.into();
        if let Some((folder, shown)) = &mut self.within {
            shown.push(format!("{folder}/{path}").into());
        }
        self.paths.push(path);
        FileId(u32::try_from(self.paths.len() - 1).expect("a corpus has fewer than 2^32 files"))
    }

    /// The file's path below the root, with `/` between its parts.
    pub fn path(&self, file: FileId) -> &str {
        &self.paths[file.0 as usize]
    }

    /// The file's name without its folder and ending.
    pub fn stem(&self, file: FileId) -> &str {
        let path = self.path(file);
        let name = path.rsplit('/').next().unwrap_or(path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The file's path as it is shown: in a joint project with the folder of its corpus.
    pub fn shown(&self, file: FileId) -> &str {
        self.within.as_ref().map_or_else(|| self.path(file), |(_, shown)| &shown[file.0 as usize])
    }

    /// The folder of a joint project that they are below.
    pub fn folder(&self) -> Option<&str> {
        self.within.as_ref().map(|(folder, _)| folder.as_str())
    }

    /// The same path without that, to be kept.
    pub fn shared_path(&self, file: FileId) -> Arc<str> {
        self.paths[file.0 as usize].clone()
    }

    /// The folder that all paths are below.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.paths.len()).expect("a corpus has fewer than 2^32 files")).map(FileId)
    }

    /// The place of a file as a whole.
    pub fn whole(file: FileId) -> Span {
        Span { file, line: 0, column: 0, length: 0 }
    }

    /// Opens a regular file; links, pipes and devices are not followed.
    pub fn open_regular(&self, file: FileId) -> Result<File, Diagnostic> {
        self.open_with_length(file).map(|(opened, _)| opened)
    }

    /// Opens a regular file; it, and how many bytes it has.
    fn open_with_length(&self, file: FileId) -> Result<(File, u64), Diagnostic> {
        let refuse = |message: String| Diagnostic::new(Code::UnreadableFile, Self::whole(file), message);
        match open_itself(&self.root.join(self.path(file))) {
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

    /// The line that a place is in, for an excerpt; nothing where it can no longer be read.
    pub fn line(&self, span: Span) -> Option<String> {
        let text = self.open(span.file).ok()?;
        let index = (span.line as usize).checked_sub(1)?;
        let start = *text.lines.get(index)?;
        let end = text.lines.get(index + 1).copied().unwrap_or(text.text.len());
        Some(text.text[start..end].trim_end_matches(['\n', '\r']).to_owned())
    }
}

/// One source file's text, with what is needed to name places in it.
#[derive(Debug)]
pub struct SourceText {
    /// The file.
    pub file: FileId,
    /// Its text as decoded; nothing in it is normalised.
    pub text: String,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    lines: Vec<usize>,
}

impl SourceText {
    /// The text of a file.
    pub fn new(file: FileId, text: String) -> Self {
        let digest = Digest::of(text.as_bytes());
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, digest, lines }
    }

    /// The place of a range of bytes; a range over several lines is cut at the end of the first.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = range.start.min(self.text.len());
        let line = self.lines.partition_point(|&at| at <= start) - 1;
        let rest = &self.text[start..];
        let end_of_line = rest.find('\n').map_or(self.text.len(), |at| start + at);
        let meant = &self.text[start..range.end.clamp(start, end_of_line)];
        Span {
            file: self.file,
            line: count(line + 1),
            column: count(self.text[self.lines[line]..start].chars().count() + 1),
            length: count(meant.trim_end_matches('\r').chars().count().max(1)),
        }
    }

    /// The place of a line (from 1) and a column in code points (from 1).
    pub fn place(&self, line: usize, column: usize) -> Span {
        Span { file: self.file, line: count(line), column: count(column), length: 1 }
    }
}

/// What a file that is packed with gzip begins with (RFC 1952, section 2.3.1).
const GZIP: &[u8] = &[0x1F, 0x8B];
/// How many times its size a packed file may unpack to, beyond an allowance. Texts come to ten times, tables that
/// repeat themselves to fifty; only what is made to exhaust a computer comes to more than this.
const RATIO_LIMIT: u64 = 200;
/// What may be unpacked whatever the size of the file.
const UNPACKED_ALLOWANCE: u64 = 64 * 1024 * 1024;

/// A file as it is read from beginning to end, unpacked if it is packed.
#[derive(Debug)]
pub enum Stream {
    /// The file itself.
    Plain(File),
    /// What is packed in it.
    Packed(Box<Unpacked<BufReader<File>>>),
}

impl Stream {
    fn new(mut opened: File, length: u64) -> io::Result<Self> {
        let mut first = Vec::with_capacity(GZIP.len());
        opened.by_ref().take(GZIP.len() as u64).read_to_end(&mut first)?;
        opened.rewind()?;
        Ok(match first == GZIP {
            true => Self::Packed(Box::new(Unpacked::new(BufReader::new(opened), length))),
            false => Self::Plain(opened),
        })
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(buffer),
            Self::Packed(unpacked) => unpacked.read(buffer),
        }
    }
}

/// Unpacks what is packed with gzip, up to a limit.
#[derive(Debug)]
pub struct Unpacked<R> {
    decoder: MultiGzDecoder<R>,
    left: u64,
}

impl<R: BufRead> Unpacked<R> {
    fn new(packed: R, length: u64) -> Self {
        let left = length.saturating_mul(RATIO_LIMIT).saturating_add(UNPACKED_ALLOWANCE);
        Self { decoder: MultiGzDecoder::new(packed), left }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.read(buffer).map_err(|error| {
            let message = format!("it is packed with gzip and cannot be unpacked: {error}");
            io::Error::new(ErrorKind::InvalidData, message)
        })?;
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            let message =
                "it unpacks to more than 200 times its size, as only files do that are made to exhaust a computer";
            io::Error::new(ErrorKind::InvalidData, message)
        })?;
        Ok(count)
    }
}

/// Opens a regular file; it, and how many bytes it has. Nothing where a path leads to something else.
#[cfg(unix)]
fn open_itself(path: &Path) -> io::Result<Option<(File, u64)>> {
    use rustix::fs::{Mode, OFlags, open};
    use rustix::io::Errno;
    // What is opened is looked at, and not what had its name before; a pipe does not wait for its other end.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    match open(path, flags, Mode::empty()) {
        Ok(opened) => {
            let opened = File::from(opened);
            let metadata = opened.metadata()?;
            Ok(metadata.is_file().then_some((opened, metadata.len())))
        }
        // A link, or a socket.
        Err(Errno::LOOP | Errno::NXIO) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Opens a regular file; it, and how many bytes it has. Nothing where a path leads to something else.
#[cfg(not(unix))]
fn open_itself(path: &Path) -> io::Result<Option<(File, u64)>> {
    let metadata = path.symlink_metadata()?;
    if !metadata.is_file() {
        return Ok(None);
    }
    File::open(path).map(|opened| Some((opened, metadata.len())))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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

/// A SHA-256, which is shown in lower-case hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from(Sha256::new_with_prefix(bytes))
    }

    /// The digest of everything that can be read.
    pub fn of_reader(reader: &mut impl Read) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        let mut block = vec![0; 1 << 16];
        loop {
            match reader.read(&mut block) {
                Ok(0) => return Ok(hasher.into()),
                Ok(count) => hasher.update(&block[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl From<Sha256> for Digest {
    fn from(hasher: Sha256) -> Self {
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hexadecimal(&self.0))
    }
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Digest::of(bytes).to_string()
}

/// The SHA-256 of a file, in lower-case hexadecimal.
pub fn file_digest(path: &Path) -> crate::error::Result<String> {
    let failed = |error| crate::error::Error::file("read", path, error);
    let digest = Digest::of_reader(&mut File::open(path).map_err(failed)?).map_err(failed)?;
    Ok(digest.to_string())
}

/// The first forty bits of the SHA-256 of a text, in hexadecimal: enough to tell ids apart that look alike.
pub fn short_digest(text: &str) -> String {
    hexadecimal(&Digest::of(text.as_bytes()).0[..5])
}

/// Bytes in lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digits = b"0123456789abcdef";
    let digit = |half: u8| char::from(digits[usize::from(half)]);
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}
