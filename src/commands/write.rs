//! The one place that writes files: beside the target, then renamed, so that
//! whoever looks finds the old file or the new one.

use std::fs::File;
use std::io::{Read, Write, copy};
use std::path::Path;

use dunce::canonicalize;
use tempfile::Builder;

use super::working_directory;
use crate::config::fault;
use crate::corpus::{relative, root_above};
use crate::visible::shown_path;

/// Refuses a path on which a link stands that leads out of the corpus, or out of
/// the working directory where there is none: a stranger may have put it there.
/// Links that stand elsewhere are the user's own.
///
/// # Errors
/// Where there is such a link.
pub fn stays_in(path: &Path) -> miette::Result<()> {
    let here = working_directory()?;
    let root = root_above(&here).unwrap_or_else(|| here.clone());
    let whole = here.join(path);
    for part in whole.ancestors().filter(|part| part.is_symlink()) {
        let stands_in = part
            .parent()
            .and_then(|folder| canonicalize(folder).ok())
            .is_some_and(|folder| folder.starts_with(&root));
        // One that leads nowhere is replaced, and not followed.
        let leads_out = canonicalize(part).is_ok_and(|real| !real.starts_with(&root));
        if stands_in && leads_out {
            return Err(fault(
                &format!(
                    "{} is a link that leads out of the corpus",
                    shown_path(&relative(part, &here))
                ),
                "name what it leads to, if that is meant, or remove it",
            ));
        }
    }
    Ok(())
}

/// Writes `bytes` to `path`, in place of what is there.
///
/// # Errors
/// Where it cannot be written; the old file is then untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> miette::Result<()> {
    replace_from(path, bytes)
}

/// As [`replace`], with what `bytes` gives.
///
/// # Errors
/// As [`replace`].
pub fn replace_from(path: &Path, mut bytes: impl Read) -> miette::Result<()> {
    stays_in(path)?;
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
        let opened = File::options().write(true).open(path);
        let written = opened.and_then(|mut file| copy(&mut bytes, &mut file));
        return written.map(drop).map_err(|error| cannot(path, &error));
    }
    let mut file = beside(path)?;
    let written = copy(&mut bytes, &mut file).and_then(|_| file.as_file().sync_all());
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
    stays_in(path)?;
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
    stays_in(path)?;
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

/// A path as seen from the working directory.
fn seen(path: &Path) -> String {
    let here = working_directory().ok().filter(|_| path.is_absolute());
    let below = here.as_ref().and_then(|here| path.strip_prefix(here).ok());
    shown_path(below.unwrap_or(path))
}

fn cannot(path: &Path, error: &std::io::Error) -> miette::Report {
    // The system's reason alone: behind it stands the temporary file's name.
    let reason = error.to_string();
    let reason = reason.split(" at path ").next().unwrap_or_default();
    fault(
        &format!("can't write {}: {reason}", seen(path)),
        "write elsewhere with another path, or make room there",
    )
}
