//! When the questions' files were made and last changed, from one pass over
//! the repository's history.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::corpus::Corpus;
use crate::git::git_text;

/// Seconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    pub created: i64,
    pub updated: i64,
}

#[derive(Debug)]
pub struct History {
    root: PathBuf,
    /// By path from the corpus's root.
    committed: HashMap<String, Found>,
    /// `SOURCE_DATE_EPOCH`, in place of the time that a file has by itself.
    epoch: Option<i64>,
    /// What the reader of an export should know about the times.
    pub warnings: Vec<String>,
}

impl History {
    /// The times of a file: when the commits landed that made it and changed
    /// it last, on the first-parent line, renames followed. Uncommitted changes
    /// have the time that the file system gives, or `SOURCE_DATE_EPOCH`.
    /// That may be known already, as `modified`.
    pub fn of(&self, path: &str, modified: Option<SystemTime>) -> Times {
        let file = || self.root.join(path).metadata().ok()?.modified().ok();
        let own = || {
            let modified = || modified.or_else(file).and_then(seconds);
            self.epoch.or_else(modified)
        };
        match self.committed.get(path) {
            Some(found) if !found.changed => found.times,
            Some(Found { times, .. }) => Times {
                created: times.created,
                updated: own().map_or(times.updated, |own| own.max(times.updated)),
            },
            None => {
                let own = own().unwrap_or(0);
                Times {
                    created: own,
                    updated: own,
                }
            }
        }
    }
}

/// Reads the history of the corpus's repository, if it is in one.
pub fn read(corpus: &Corpus) -> History {
    let mut warnings = Vec::new();
    let committed = match commits(&corpus.root) {
        Git::Read { times, shallow } => {
            if shallow {
                let warning = "this clone is shallow, so every question looks new and readers get each of them again; \
                    fetch the history first: git fetch --unshallow (in GitHub Actions: fetch-depth: 0)";
                warnings.push(warning.to_string());
            }
            times
        }
        Git::NoRepository => HashMap::new(),
        Git::Refused(reason) => {
            warnings.push(format!(
                "git could not say when questions changed, so the files' own times are used: {reason}"
            ));
            HashMap::new()
        }
    };
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let number = epoch.as_deref().and_then(|epoch| epoch.parse().ok());
    if let (Some(epoch), None) = (epoch, number) {
        warnings.push(format!(
            "SOURCE_DATE_EPOCH is no number of seconds, and was not used: {epoch}"
        ));
    }
    History {
        root: corpus.root.clone(),
        committed,
        epoch: number,
        warnings,
    }
}

fn seconds(time: SystemTime) -> Option<i64> {
    i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

#[derive(Debug)]
struct Found {
    times: Times,
    /// Whether the file differs from the last commit.
    changed: bool,
}

enum Git {
    Read {
        times: HashMap<String, Found>,
        shallow: bool,
    },
    NoRepository,
    Refused(String),
}

fn commits(root: &Path) -> Git {
    let about = match git_text(
        root,
        &["rev-parse", "--show-prefix", "--is-shallow-repository"],
    ) {
        Ok(about) => about,
        Err(Some(reason)) if reason.contains("not a git repository") => return Git::NoRepository,
        Err(Some(reason)) => return Git::Refused(reason),
        Err(None) if root.ancestors().any(|folder| folder.join(".git").exists()) => {
            return Git::Refused("git is not installed".to_string());
        }
        Err(None) => return Git::NoRepository,
    };
    let mut lines = about.lines();
    let prefix = lines.next().unwrap_or_default().to_string();
    let shallow = lines.next() == Some("true");
    // A repository without a commit has no history, and that is no fault.
    if git_text(root, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
        return Git::NoRepository;
    }
    let log = |renames: &str| {
        git_text(
            root,
            &[
                "-c",
                "log.showSignature=false",
                "log",
                "--first-parent",
                "--diff-merges=first-parent",
                renames,
                "-l5000",
                "--name-status",
                "-z",
                "--format=%x01%ct",
                "HEAD",
                "--",
                ".",
            ],
        )
    };
    // Where blobs are missing (a partial clone), only moves without a change can be seen.
    let log = match log("-M").or_else(|_| log("-M100%")) {
        Ok(log) => log,
        Err(reason) => return Git::Refused(reason.unwrap_or_default()),
    };
    let mut times = read_log(&log, &prefix);
    let status = git_text(
        root,
        &[
            "status",
            "--porcelain",
            "-z",
            "--untracked-files=no",
            "--no-renames",
            "--",
            ".",
        ],
    );
    for entry in status.unwrap_or_default().split('\0') {
        if let Some(found) = entry
            .get(3..)
            .and_then(|path| times.get_mut(path.strip_prefix(prefix.as_str())?))
        {
            found.changed = true;
        }
    }
    Git::Read { times, shallow }
}

/// Reads `git log --name-status -z`, newest first. Each commit is `\x01`, its
/// time, and a status and one or two paths for each file.
fn read_log(log: &str, prefix: &str) -> HashMap<String, Found> {
    let mut found: HashMap<String, Found> = HashMap::new();
    let mut now = Now::new();
    for commit in log.split('\u{1}').skip(1) {
        let mut fields = commit
            .split('\0')
            .map(|field| field.trim_start_matches('\n'))
            .filter(|field| !field.is_empty());
        let Some(time) = fields.next().and_then(|time| time.parse::<i64>().ok()) else {
            continue;
        };
        let mut renames = Vec::new();
        while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
            let moved = status.starts_with(['R', 'C']);
            let new = if moved {
                fields.next().unwrap_or_default()
            } else {
                path
            };
            if status.starts_with('D') {
                // What had this name before is another file.
                renames.push((path, None));
                continue;
            }
            let name = now.get(new).copied().unwrap_or(Some(new));
            if let Some(name) = name {
                let key = name.strip_prefix(prefix).unwrap_or(name);
                let times = Times {
                    created: time,
                    updated: time,
                };
                let changed = false;
                let first = || Found { times, changed };
                let times = &mut found.entry(key.to_string()).or_insert_with(first).times;
                times.created = times.created.min(time);
            }
            if status.starts_with('R') {
                renames.push((path, name));
            }
            if status.starts_with(['R', 'A', 'C']) {
                renames.push((new, None));
            }
        }
        apply(&mut now, renames);
    }
    found
}

/// The name that a file had then, to the name that it has now; None where it
/// belonged to no file of today.
type Now<'a> = HashMap<&'a str, Option<&'a str>>;

/// Names before a commit, once all its changes are known. A name that was made
/// in it belonged to no file of today before.
fn apply<'a>(now: &mut Now<'a>, renames: Vec<(&'a str, Option<&'a str>)>) {
    let (moved, made): (Vec<_>, Vec<_>) =
        renames.into_iter().partition(|(_, today)| today.is_some());
    now.extend(made);
    now.extend(moved);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(log: &str, path: &str) -> Option<(i64, i64)> {
        read_log(&log.replace('|', "\0").replace('@', "\u{1}"), "q/")
            .get(path)
            .map(|found| (found.times.created, found.times.updated))
    }

    #[test]
    fn the_first_commit_made_it_and_the_last_changed_it() {
        assert_eq!(
            times("@30||M|q/a.md|@20||A|q/b.md|@10||A|q/a.md|", "a.md"),
            Some((10, 30))
        );
    }

    #[test]
    fn a_move_is_a_change_and_keeps_when_it_was_made() {
        assert_eq!(
            times(
                "@30||R100|q/a.md|q/b.md|@20||M|q/a.md|@10||A|q/a.md|",
                "b.md"
            ),
            Some((10, 30))
        );
    }

    #[test]
    fn a_name_used_again_is_another_file() {
        let log = "@40||A|q/a.md|@30||R100|q/a.md|q/b.md|@10||A|q/a.md|";
        assert_eq!(times(log, "a.md"), Some((40, 40)));
        assert_eq!(times(log, "b.md"), Some((10, 30)));
    }

    #[test]
    fn names_swapped_in_one_commit_stay_apart() {
        let log = "@30||R100|q/a.md|q/b.md|R100|q/b.md|q/a.md|@20||A|q/b.md|@10||A|q/a.md|";
        assert_eq!(times(log, "b.md"), Some((10, 30)));
        assert_eq!(times(log, "a.md"), Some((20, 30)));
    }
}
