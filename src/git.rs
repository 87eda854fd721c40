//! Asking git, of a repository that may be a stranger's.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::visible::path_text;

/// Runs git, which may neither ask, nor fetch, nor run what the repository
/// configures; out comes what it printed.
///
/// # Errors
/// With its reason, or None where there is no git.
pub fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Option<String>> {
    git_told(root, arguments, "")
}

/// As [`git`], with `input` on its standard input.
///
/// # Errors
/// As [`git`].
pub fn git_told(root: &Path, arguments: &[&str], input: &str) -> Result<Vec<u8>, Option<String>> {
    let mut child = Command::new("git")
        .args([
            "--no-replace-objects",
            "--no-optional-locks",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotePath=false",
        ])
        .args(arguments)
        .current_dir(root)
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|_| None)?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // It may answer before it has heard all. Where it stops listening, it says why.
        scope.spawn(|| stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|error| Some(error.to_string()))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    Err(Some(reason.lines().next().unwrap_or(SILENT).to_string()))
}

/// The reason where git gives none.
const SILENT: &str = "git failed";

/// What git printed, as text; names that are not UTF-8 are shown as such.
///
/// # Errors
/// As [`git`].
pub fn git_text(root: &Path, arguments: &[&str]) -> Result<String, Option<String>> {
    git(root, arguments).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// The commit that somebody names, in hexadecimal; None where git knows none.
///
/// # Errors
/// As [`git`].
pub fn commit(root: &Path, name: &str) -> Result<Option<String>, Option<String>> {
    if name.is_empty() {
        return Ok(None);
    }
    let named = format!("{name}^{{commit}}");
    let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    match git_text(root, &[&asked[..], &[&named]].concat()) {
        Ok(found) => Ok(Some(found.trim().to_string())),
        // Quiet about what it does not find, and loud about all else.
        Err(Some(reason)) if reason == SILENT => Ok(None),
        Err(reason) => Err(reason),
    }
}

/// Whether a clone lacks the begin of its history.
///
/// # Errors
/// As [`git`].
pub fn is_shallow(root: &Path) -> Result<bool, Option<String>> {
    let about = git_text(root, &["rev-parse", "--is-shallow-repository"])?;
    Ok(about.trim() == "true")
}

/// Where a folder, absolute and without links, stands in its repository, with
/// `/`; none where it is in none.
pub fn place_in_repository(folder: &Path) -> Option<String> {
    let mut above = folder.ancestors();
    let root = above.find(|above| above.join(".git").exists())?;
    folder.strip_prefix(root).ok().map(path_text)
}

/// What is in blobs, by their names in hexadecimal; without those that this clone
/// does not have, and all behind the first of them.
///
/// # Errors
/// As [`git`].
pub fn blobs(root: &Path, names: &[&str]) -> Result<HashMap<String, Vec<u8>>, Option<String>> {
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let asked = names.join("\n") + "\n";
    let answer = git_told(root, &["cat-file", "--batch"], &asked)?;
    let mut blobs = HashMap::new();
    let mut rest = answer.as_slice();
    for name in names {
        let Some((text, more)) = object(rest, name) else {
            break;
        };
        blobs.insert((*name).to_string(), text.to_vec());
        rest = more;
    }
    Ok(blobs)
}

/// How many bytes blobs have, by their names in hexadecimal; None for those that
/// this clone does not have.
///
/// # Errors
/// As [`git`].
pub fn sizes(root: &Path, names: &[&str]) -> Result<Vec<Option<usize>>, Option<String>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let asked = names.join("\n") + "\n";
    let answer = git_told(root, &["cat-file", "--batch-check"], &asked)?;
    let answer = String::from_utf8_lossy(&answer);
    let size = |line: &str| line.split_once(" blob ")?.1.parse().ok();
    Ok(answer.lines().map(size).collect())
}

/// The object at the begin of what `git cat-file --batch` says, and what
/// follows: `<object> blob <size>`, a line end, so many bytes, a line end.
fn object<'a>(answer: &'a [u8], object: &str) -> Option<(&'a [u8], &'a [u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(answer.get(..end)?).ok()?;
    let size = line.strip_prefix(object)?.strip_prefix(" blob ")?;
    let text = answer.get(end + 1..)?;
    let (text, rest) = text.split_at_checked(size.parse().ok()?)?;
    Some((text, rest.strip_prefix(b"\n")?))
}
