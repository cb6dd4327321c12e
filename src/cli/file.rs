//! Files that are written beside their place first, so that what is there stays whole until the new one is.

use regesta::error::{Error, Result};
#[cfg(unix)]
use std::fs::Permissions;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes a file in the place of one that may be there.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| Error::file("make the folder", folder, error))?;
    let mut file = temporary(folder).map_err(|error| Error::file("write to", folder, error.kind().into()))?;
    file.write_all(bytes).map_err(|error| Error::file("write", path, error))?;
    file.persist(path).map_err(|error| Error::file("write", path, error.error))?;
    Ok(())
}

/// A file that others may read once it is in its place, as far as the user's mask allows.
#[cfg(unix)]
pub(super) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(Permissions::from_mode(0o666)).tempfile_in(folder)
}

/// A file that takes the permissions of its folder.
#[cfg(not(unix))]
pub(super) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}
