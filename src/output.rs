//! Files and folders of results: written beside their place and put there whole, so that what is there stays until the new
//! one is complete.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The folder in a corpus that a build goes to, unless told otherwise.
pub const BUILD_FOLDER: &str = "build";
/// The file of a build that queries are answered from.
pub const DATASET: &str = "dataset.nq";
/// The file that says that a folder was written by a build and may be replaced by one.
const MARKER: &str = "regesta-build.json";
/// The file that a running build holds a lock on.
const LOCK: &str = "lock";

/// What a build was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// The version of the program.
    pub regesta: String,
    /// The SHA-256 of every source file, by path.
    pub sources: BTreeMap<String, String>,
    /// The SHA-256 of `dataset.nq`.
    pub dataset: String,
}

impl Marker {
    /// The marker of a folder, where it has one that can be read.
    pub fn read(folder: &Path) -> Option<Self> {
        let path = folder.join(MARKER);
        // A pipe in its place would be waited for, a link could lead anywhere.
        path.symlink_metadata().ok().filter(Metadata::is_file)?;
        let file = File::open(path).ok()?;
        serde_json::from_reader(BufReader::new(file)).ok()
    }
}

/// Whether a folder was written by a build.
pub fn is_ours(folder: &Path) -> bool {
    Marker::read(folder).is_some()
}

const PARTIAL: &str = ".regesta-partial";

/// A folder that is being written beside its place.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    partial: PathBuf,
    finished: bool,
    /// Held while the build runs, so that another one does not take the folder for a remainder.
    _lock: File,
}

impl OutputFolder {
    /// Begins to write beside `target`, which must not be there, be empty, or be the result of an earlier build.
    pub fn begin(target: &Path) -> Result<Self> {
        let name = target.file_name().ok_or_else(|| {
            let message = format!("{} cannot be an output folder", target.display());
            Error::usage(message, "name a folder that may be replaced, as in -o build".to_owned())
        })?;
        refuse_foreign(target)?;
        let partial = target.with_file_name(format!(".{}{PARTIAL}", name.to_string_lossy()));
        remove_remainder(&partial)?;
        fs::create_dir_all(&partial).map_err(|error| Error::file("create the folder", &partial, error))?;
        let path = partial.join(LOCK);
        let lock = File::create(&path).map_err(|error| Error::file("create", &path, error))?;
        lock.try_lock().map_err(|error| Error::file("lock", &path, error.into()))?;
        Ok(Self { target: target.to_owned(), partial, finished: false, _lock: lock })
    }

    /// Creates a file in the folder; `path` is made of names that the program gives, and of slugs.
    pub fn create(&self, path: &str) -> Result<File> {
        let path = self.partial.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| Error::file("create the folder", parent, error))?;
        }
        File::create(&path).map_err(|error| Error::file("create", &path, error))
    }

    /// Writes a whole file.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let failed = |error| Error::file("write", self.partial.join(path), error);
        let mut writer = self.create(path)?;
        writer.write_all(bytes).and_then(|()| writer.flush()).map_err(failed)
    }

    /// The path at which a file is while the folder is being written.
    pub fn path(&self, path: &str) -> PathBuf {
        self.partial.join(path)
    }

    /// Puts the folder in its place; what was there is removed after that.
    pub fn finish(mut self, marker: &Marker) -> Result<()> {
        let json = serde_json::to_vec_pretty(marker).expect("a marker has only strings");
        self.write(MARKER, &json)?;
        let replaces = self.target.symlink_metadata().is_ok();
        let moved =
            if replaces { exchange(&self.partial, &self.target) } else { fs::rename(&self.partial, &self.target) };
        moved.map_err(|error| Error::file("move the result to", &self.target, error))?;
        self.finished = true;
        let lock = self.target.join(LOCK);
        fs::remove_file(&lock).map_err(|error| Error::file("remove", &lock, error))?;
        let removed = if replaces { remove_ours(&self.partial) } else { Ok(()) };
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Error::file("remove the old result at", &self.partial, error))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for OutputFolder {
    /// Takes away what was written, unless it was put in its place.
    fn drop(&mut self) {
        if !self.finished {
            // Nothing is lost if this fails: the next build removes what an earlier one has left.
            let _ = remove_ours(&self.partial);
        }
    }
}

/// An output folder is replaced only if a build wrote it.
fn refuse_foreign(target: &Path) -> Result<()> {
    let metadata = match target.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::file("look at", target, error)),
    };
    let mut entries = match fs::read_dir(target) {
        Ok(entries) if metadata.is_dir() => entries,
        Ok(_) => return Err(not_ours(target)),
        Err(error) if metadata.is_dir() => return Err(Error::file("look into", target, error)),
        Err(_) => return Err(not_ours(target)),
    };
    if entries.next().is_none() || is_ours(target) { Ok(()) } else { Err(not_ours(target)) }
}

fn not_ours(target: &Path) -> Error {
    let message = format!("{} was not written by regesta, so it is not replaced", target.display());
    Error::usage(message, "choose another folder with -o, or empty this one yourself".to_owned())
}

/// Removes what an interrupted build left; a build that still runs is an error.
fn remove_remainder(partial: &Path) -> Result<()> {
    if partial.symlink_metadata().is_err() {
        return Ok(());
    }
    let path = partial.join(LOCK);
    let locked = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    // A build that was killed before it had its lock has left an empty folder.
    let empty = !locked && fs::read_dir(partial).is_ok_and(|mut entries| entries.next().is_none());
    if !locked && !empty && !is_ours(partial) {
        return Err(not_ours(partial));
    }
    if locked
        && let Ok(lock) = File::open(&path)
        && lock.try_lock().is_err()
    {
        let message = format!("another build is writing {}", partial.display());
        return Err(Error::usage(message, "wait until it has ended".to_owned()));
    }
    remove_ours(partial).map_err(|error| Error::file("remove what an interrupted build left at", partial, error))
}

/// Removes a folder that a build wrote. What it is known by goes last, so that the next build knows what is left if this
/// one is killed meanwhile.
fn remove_ours(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != MARKER && entry.file_name() != LOCK {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_dir_all(folder)
}

/// Exchanges two folders in one step.
#[cfg(target_os = "linux")]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => exchange_in_steps(new, old),
        result => Ok(result?),
    }
}

/// Exchanges two folders in as few steps as the system has.
#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    exchange_in_steps(new, old)
}

fn exchange_in_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = new.with_extension("old");
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// Writes a file in the place of one that may be there.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = folder_of(path);
    fs::create_dir_all(folder).map_err(|error| Error::file("make the folder", folder, error))?;
    let mut file = temporary_file(folder)?;
    file.write_all(bytes).map_err(|error| Error::file("write", path, error))?;
    file.persist(path).map_err(|error| Error::file("write", path, error.error))?;
    Ok(())
}

/// A file that others may read once it is in its place, as far as the user's mask allows; elsewhere than on Unix it takes
/// the permissions of its folder.
fn temporary_file(folder: &Path) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).map_err(|error| Error::file("write to", folder, error.kind().into()))
}

/// Where a file of results goes. It is written beside its place first, so that a file that is there stays whole until the
/// new one is; what is no regular file gets nothing until the result is known to be whole.
pub enum Destination<'a> {
    /// A file that is there, or is not there yet.
    File(&'a Path),
    /// A pipe or a device.
    Special(&'a Path),
    /// A stream, as standard output is.
    Stream(&'a mut dyn Write),
}

impl<'a> Destination<'a> {
    /// What a path leads to.
    pub fn of(path: &'a Path) -> Self {
        let is_special = path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file());
        if is_special { Self::Special(path) } else { Self::File(path) }
    }

    /// A file to write into first; `elsewhere` is the folder for what cannot be beside its place.
    pub fn draft(&self, elsewhere: &Path) -> Result<NamedTempFile> {
        match self {
            Self::Special(_) | Self::Stream(_) => temporary_file(elsewhere),
            Self::File(path) => temporary_file(folder_of(path)),
        }
    }

    /// What messages call it.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Special(path) => path,
            Self::Stream(_) => Path::new("-"),
        }
    }

    /// Puts what was written in its place.
    pub fn fill(self, draft: NamedTempFile) -> Result<()> {
        let mut written = draft.reopen().map_err(|error| Error::file("read", draft.path(), error))?;
        match self {
            Self::File(path) => {
                draft.persist(path).map_err(|error| Error::file("write", path, error.error))?;
            }
            Self::Special(path) => {
                let failed = |error| Error::file("write", path, error);
                let mut target = OpenOptions::new().write(true).truncate(true).open(path).map_err(failed)?;
                io::copy(&mut written, &mut target).map_err(failed)?;
            }
            Self::Stream(output) => {
                io::copy(&mut written, output).and_then(|_| output.flush()).map_err(Error::Output)?;
            }
        }
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
}
