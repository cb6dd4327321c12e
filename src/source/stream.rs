//! Files as they are read from beginning to end, unpacked within limits where they are packed.

use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek};
use std::path::Path;

/// What a file that is packed with gzip begins with (RFC 1952, section 2.3.1).
pub(super) const GZIP: &[u8] = &[0x1F, 0x8B];

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
    pub(super) fn new(mut opened: File, length: u64) -> io::Result<Self> {
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
    pub(super) fn new(packed: R, length: u64) -> Self {
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
pub(super) fn open_itself(path: &Path) -> io::Result<Option<(File, u64)>> {
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
pub(super) fn open_itself(path: &Path) -> io::Result<Option<(File, u64)>> {
    let metadata = path.symlink_metadata()?;
    if !metadata.is_file() {
        return Ok(None);
    }
    File::open(path).map(|opened| Some((opened, metadata.len())))
}
