//! Where exports go: writers that can be cut back to an earlier length, and failures that name the file.

use crate::error::Error;
use std::borrow::Borrow;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// A writer that can take back what was written last.
pub trait Output: Write {
    /// How long the output is, with what is still in a buffer.
    fn length(&mut self) -> io::Result<u64>;

    /// Makes the output as long as it was; what is written next follows there.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl<O: Output + ?Sized> Output for &mut O {
    fn length(&mut self) -> io::Result<u64> {
        (**self).length()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        (**self).cut(length)
    }
}

impl Output for Vec<u8> {
    fn length(&mut self) -> io::Result<u64> {
        Ok(self.len() as u64)
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.truncate(usize::try_from(length).map_err(io::Error::other)?);
        Ok(())
    }
}

impl<F: Borrow<File> + Write + Seek> Output for BufWriter<F> {
    fn length(&mut self) -> io::Result<u64> {
        self.stream_position()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.seek(SeekFrom::Start(length))?;
        self.get_ref().borrow().set_len(length)
    }
}

/// A writer whose failures name the file.
#[derive(Debug)]
pub struct NamedWriter<W> {
    path: PathBuf,
    inner: W,
}

impl<W: Write> NamedWriter<W> {
    /// A writer to the file at `path`.
    pub fn new(path: impl Into<PathBuf>, inner: W) -> Self {
        Self { path: path.into(), inner }
    }

    fn named(&self, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.path.display()))
    }
}

impl<W: Write> Write for NamedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes).map_err(|error| self.named(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().map_err(|error| self.named(error))
    }
}

impl<W: Output> Output for NamedWriter<W> {
    fn length(&mut self) -> io::Result<u64> {
        self.inner.length().map_err(|error| self.named(error))
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.inner.cut(length).map_err(|error| self.named(error))
    }
}

pub(super) fn failed(error: io::Error) -> Error {
    Error::Output(error)
}
