//! The one place that writes folders: whole, beside the target, then exchanged
//! with it, and only where the last content was ours.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use dunce::canonicalize;
use tempfile::Builder;

use super::write::stays_in;
use crate::config::fault;
use crate::export::dataset::{MARKER, hash};
use crate::visible::{path_text, shown_path};

/// Makes `path` a folder of just these files, in place of what is there.
///
/// # Errors
/// Where something stands there that prepdeck did not write, or it cannot be
/// written; what stands there is then untouched.
pub fn replace(path: &Path, files: &[(String, Vec<u8>)]) -> miette::Result<()> {
    stays_in(path)?;
    // Where a link stands, what it leads to is meant.
    let link = path
        .symlink_metadata()
        .is_ok_and(|found| found.is_symlink());
    let real = canonicalize(path).ok().filter(|_| link);
    let place = real.as_deref().unwrap_or(path);
    if let Some(stranger) = stranger(place) {
        return Err(fault(
            &format!("{} is not what prepdeck wrote there", shown_path(&stranger)),
            "a data set replaces its folder as a whole: move that away, or name another folder",
        ));
    }
    write(place, files).map_err(|error| {
        // The system's reason alone: behind it stands the temporary folder's name.
        let reason = error.to_string();
        let reason = reason.split(" at path ").next().unwrap_or_default();
        fault(
            &format!("can't write {}: {reason}", shown_path(path)),
            "write elsewhere with another path, or make room there",
        )
    })
}

fn write(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    // Removed when it goes out of sight, with the old content in it.
    let beside = Builder::new()
        .prefix(".prepdeck-")
        .tempdir_in(parent.unwrap_or(Path::new(".")))?;
    let new = beside.path().join("new");
    for (name, bytes) in files {
        let file = new.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&new))?;
        let mut file = File::create_new(file)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    if !path.exists() {
        return fs::rename(&new, path);
    }
    if exchange(&new, path).is_ok() {
        return Ok(());
    }
    // Not every file system exchanges; for a moment there is no folder then.
    let old = beside.path().join("old");
    fs::rename(path, &old)?;
    fs::rename(&new, path).inspect_err(|_| {
        let _ = fs::rename(&old, path);
    })
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(new: &Path, old: &Path) -> Result<(), Error> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_new: &Path, _old: &Path) -> Result<(), Error> {
    Err(ErrorKind::Unsupported.into())
}

/// What stands at `path` and is not ours, or has changed since we wrote it.
fn stranger(path: &Path) -> Option<PathBuf> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Ok(found) if found.is_dir() => {}
        // A file, or what cannot be looked at.
        _ => return Some(path.to_path_buf()),
    }
    let marker = fs::read_to_string(path.join(MARKER)).unwrap_or_default();
    let ours: BTreeMap<&str, &str> = marker
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(hash, name)| (name, hash))
        .collect();
    let mut folders = vec![path.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            return Some(folder);
        };
        let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (real, kind) = (entry.path(), entry.file_type());
            let name = real.strip_prefix(path).map(path_text).unwrap_or_default();
            let holds = |name: &str| ours.keys().any(|own| own.starts_with(&format!("{name}/")));
            match kind {
                Ok(kind) if kind.is_dir() && holds(&name) => folders.push(real),
                Ok(kind) if kind.is_file() && name == MARKER => {}
                Ok(kind) if kind.is_file() && is_ours(&ours, &name, &real) => {}
                _ => return Some(real),
            }
        }
    }
    None
}

fn is_ours(ours: &BTreeMap<&str, &str>, name: &str, file: &Path) -> bool {
    ours.get(name)
        .is_some_and(|&own| fs::read(file).is_ok_and(|bytes| hash(&bytes) == own))
}
