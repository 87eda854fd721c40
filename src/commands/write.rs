//! The one place that writes files: beside the target, then renamed, so that
//! whoever looks finds the old file or the new one.

use std::io::Write;
use std::path::Path;

use dunce::canonicalize;
use tempfile::Builder;

use crate::config::fault;
use crate::visible::shown_path;

/// Writes `bytes` to `path`, in place of what is there.
///
/// # Errors
/// Where it cannot be written; the old file is then untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> miette::Result<()> {
    // Where a link stands, what it leads to is meant.
    let link = path
        .symlink_metadata()
        .is_ok_and(|found| found.is_symlink());
    let real = canonicalize(path).ok().filter(|_| link);
    let path = real.as_deref().unwrap_or(path);
    if path
        .metadata()
        .is_ok_and(|found| !found.is_file() && !found.is_dir())
    {
        // A device or a pipe is written to; there is nothing to keep whole.
        return std::fs::write(path, bytes).map_err(|error| cannot(path, &error));
    }
    let mut file = beside(path)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.as_file().sync_all());
    written.map_err(|error| cannot(path, &error))?;
    if let Ok(old) = path.metadata() {
        let kept = file.as_file().set_permissions(old.permissions());
        kept.map_err(|error| cannot(path, &error))?;
    }
    file.persist(path)
        .map_err(|error| cannot(path, &error.error))?;
    Ok(())
}

/// Writes `bytes` to a `path` where nothing stands yet.
///
/// # Errors
/// Where something stands there, or it cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> miette::Result<()> {
    let mut file = beside(path)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.as_file().sync_all());
    written.map_err(|error| cannot(path, &error))?;
    file.persist_noclobber(path)
        .map_err(|error| cannot(path, &error.error))?;
    Ok(())
}

/// Makes a folder, and those above it, where there is none.
///
/// # Errors
/// Where it cannot be made.
pub fn create_folder(path: &Path) -> miette::Result<()> {
    std::fs::create_dir_all(path).map_err(|error| cannot(path, &error))
}

fn beside(path: &Path) -> miette::Result<tempfile::NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".prepdeck-");
    // What is written is for everyone whom the umask lets read, unlike a temporary file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
        .tempfile_in(folder)
        .map_err(|error| cannot(path, &error))
}

fn cannot(path: &Path, error: &std::io::Error) -> miette::Report {
    // The system's reason alone: behind it stands the temporary file's name.
    let reason = error.to_string();
    let reason = reason.split(" at path ").next().unwrap_or_default();
    fault(
        &format!("can't write {}: {reason}", shown_path(path)),
        "write elsewhere with another path, or make room there",
    )
}
