//! A corpus as a commit has it, read from git's objects: nothing is checked out.

use std::collections::HashMap;
use std::path::Path;

use crate::config::{self, Config, fault};
use crate::corpus::{Corpus, assemble, with_sources};
use crate::files::list_of;
use crate::git::{self, git};
use crate::source::{Fault, MAX_DATA, MAX_FILE, Source};
use crate::visible::name_text;

/// The files of one commit that are read, in bytes together.
const MAX_COMMIT: u64 = 512 * 1024 * 1024;

/// A regular file of a commit.
struct Blob {
    object: String,
    /// None where the clone has not fetched it.
    size: Option<u64>,
    path: String,
}

/// The corpus at `root` as `revision` has it, with the configuration that it
/// had then. It may hold no question.
///
/// # Errors
/// Where git does not know the revision or cannot be asked, where files are
/// too large together, and where the configuration cannot be read.
pub fn read(root: &Path, revision: &str) -> miette::Result<Corpus> {
    let commit = commit(root, revision)?;
    let tree = git(root, &["ls-tree", "-r", "-z", "-l", &commit])
        .map_err(|reason| refused(root, revision, reason))?;
    let blobs: Vec<Blob> = tree.split(|byte| *byte == 0).filter_map(blob).collect();
    let texts = |wanted: &[&Blob]| texts(root, revision, wanted);
    let config = match blobs.iter().find(|blob| blob.path == config::FILE) {
        None => Config::default(),
        Some(file) => {
            let text = texts(&[file])?.remove(&file.object).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            let shown = format!("{revision}:{}", file.path);
            config::parse(&Source::new(config::FILE.into(), shown.into(), text))?
        }
    };
    let config = with_sources(config);
    let paths: Vec<String> = blobs.iter().map(|blob| blob.path.clone()).collect();
    let files = list_of(&paths, &config.sources);
    let by_path: HashMap<&str, &Blob> = blobs
        .iter()
        .map(|blob| (blob.path.as_str(), blob))
        .collect();
    let found: Vec<(&Blob, u64)> = files
        .iter()
        .filter_map(|file| {
            let data = file.set.format.is_data();
            let limit = if data { MAX_DATA } else { MAX_FILE };
            Some((*by_path.get(&*file.path)?, limit))
        })
        .collect();
    let fits = |(blob, limit): &&(&Blob, u64)| blob.size.is_none_or(|size| size <= *limit);
    let wanted: Vec<&Blob> = found.iter().filter(fits).map(|(blob, _)| *blob).collect();
    let read = texts(&wanted)?;
    let sources = found.iter().map(|(blob, limit)| {
        let shown = format!("{revision}:{}", blob.path).into();
        let path = blob.path.as_str().into();
        match read.get(&blob.object) {
            Some(bytes) => Source::of_bytes(bytes.clone(), path, shown),
            None => Source::unread(Fault::TooLarge(*limit), path, shown),
        }
    });
    let sources = sources.collect();
    Ok(assemble(root.to_path_buf(), config, files, sources))
}

/// The commit that a revision names.
fn commit(root: &Path, revision: &str) -> miette::Result<String> {
    let help = "name two commits, tags or branches: prepdeck diff v1.0..main";
    // It would be an option to git, and a range is none to us.
    if revision.starts_with('-') || revision.contains("..") {
        return Err(fault(&format!("`{revision}` is no revision"), help));
    }
    let found = git::commit(root, revision).map_err(|reason| refused(root, revision, reason))?;
    found.ok_or_else(|| {
        let help = match git::is_shallow(root) {
            Ok(true) => {
                "this clone is shallow; fetch the history first: git fetch --unshallow --tags"
            }
            _ => "see what there is: git log --oneline, git tag; or fetch it: git fetch --tags",
        };
        fault(&format!("git knows no revision `{revision}`"), help)
    })
}

/// What git would not do.
fn refused(root: &Path, revision: &str, reason: Option<String>) -> miette::Report {
    let Some(reason) = reason else {
        return fault(
            "git is not installed",
            "install it, or compare two exports: prepdeck diff old.jsonl new.jsonl",
        );
    };
    if reason.contains("not a git repository") {
        let folder = root.file_name().unwrap_or(root.as_os_str());
        let folder = name_text(folder.as_encoded_bytes());
        return fault(
            &format!("{folder} is in no git repository, so it has no revisions"),
            "compare two exports: prepdeck diff old.jsonl new.jsonl",
        );
    }
    let reason = reason
        .trim_start_matches("fatal: ")
        .trim_start_matches("error: ");
    fault(
        &format!("git could not read `{revision}`: {reason}"),
        "mend that, or fetch what is missing: git fetch",
    )
}

/// An entry of `git ls-tree -l`: mode, type, object, size, a tab and the path.
/// None where it is no regular file.
fn blob(entry: &[u8]) -> Option<Blob> {
    let tab = entry.iter().position(|byte| *byte == b'\t')?;
    let (about, path) = entry.split_at_checked(tab)?;
    let about = std::str::from_utf8(about).ok()?;
    let mut about = about.split_ascii_whitespace();
    // A symbolic link is 120000, another repository 160000.
    about.next().filter(|mode| mode.starts_with("100"))?;
    let (object, size) = (about.nth(1)?, about.next()?);
    Some(Blob {
        object: object.to_string(),
        size: size.parse().ok(),
        path: name_text(path.get(1..)?),
    })
}

/// What is in blobs, by their objects.
fn texts(
    root: &Path,
    revision: &str,
    wanted: &[&Blob],
) -> miette::Result<HashMap<String, Vec<u8>>> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    if let Some(missing) = wanted.iter().find(|blob| blob.size.is_none()) {
        return Err(fault(
            &format!("`{revision}:{}` is not in this clone", missing.path),
            "fetch what a partial clone leaves out: git fetch --refetch --no-filter",
        ));
    }
    if wanted.iter().filter_map(|blob| blob.size).sum::<u64>() > MAX_COMMIT {
        let limit = MAX_COMMIT / 1024 / 1024;
        return Err(fault(
            &format!("the files of `{revision}` are larger than {limit} MiB together"),
            "narrow the paths in prepdeck.toml, or compare two exports",
        ));
    }
    let objects: Vec<&str> = wanted.iter().map(|blob| blob.object.as_str()).collect();
    let texts = git::blobs(root, &objects).map_err(|reason| refused(root, revision, reason))?;
    match wanted.iter().find(|blob| !texts.contains_key(&blob.object)) {
        Some(lost) => {
            let reason = format!("it lost {}", lost.path);
            Err(refused(root, revision, Some(reason)))
        }
        None => Ok(texts),
    }
}
