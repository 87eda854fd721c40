//! When questions were made and last changed: their files from one pass over the
//! repository's history, questions that share a file from its versions.

mod within;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::corpus::Corpus;
use crate::git::git_text;
use crate::question::Question;
use crate::source::Source;
use within::within;

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
    /// Of questions that share a file, by its number and their ids; None where
    /// no commit has the question.
    within: HashMap<(usize, String), Option<Found>>,
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
        told(self.committed.get(path), || self.own(path, modified))
    }

    /// The times of a question, which was read from `source`: of one that shares
    /// its file, when it came there and said something else last.
    pub fn of_question(&self, question: &Question, source: &Source) -> Times {
        let key = question.id().map(|id| (question.source, id.to_string()));
        match key.and_then(|key| self.within.get(&key)) {
            None => self.of(&source.path, source.modified),
            Some(found) => told(found.as_ref(), || self.own(&source.path, source.modified)),
        }
    }

    /// The time of what is not committed.
    fn own(&self, path: &str, modified: Option<SystemTime>) -> Option<i64> {
        let file = || self.root.join(path).metadata().ok()?.modified().ok();
        let modified = || modified.or_else(file).and_then(seconds);
        self.epoch.or_else(modified)
    }
}

/// The times of what was found in the history, and else its `own`.
fn told(found: Option<&Found>, own: impl Fn() -> Option<i64>) -> Times {
    match found {
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

/// Reads the history of the corpus's repository, if it is in one.
pub fn read(corpus: &Corpus) -> History {
    let mut warnings = Vec::new();
    // Of files that many questions share, their versions are looked into.
    let shared = corpus.sources.iter().enumerate();
    let shared = shared.filter(|(number, _)| corpus.page(*number).is_some());
    let shared: HashSet<&str> = shared.map(|(_, source)| &*source.path).collect();
    let mut within_files = HashMap::new();
    let committed = match commits(&corpus.root, &shared) {
        Git::Read { log, shallow } => {
            if shallow {
                let warning = "this clone is shallow, so every question looks new and readers get each of them again; \
                    fetch the history first: git fetch --unshallow (in GitHub Actions: fetch-depth: 0)";
                warnings.push(warning.to_string());
            }
            within_files = within(corpus, &log.versions, &log.found, &mut warnings);
            log.found
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
        within: within_files,
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
    Read { log: Log, shallow: bool },
    NoRepository,
    Refused(String),
}

fn commits(root: &Path, shared: &HashSet<&str>) -> Git {
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
                if shared.is_empty() {
                    "--name-status"
                } else {
                    "--raw"
                },
                "--no-abbrev",
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
    let mut log = read_log(&log, &prefix, shared);
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
            .and_then(|path| log.found.get_mut(path.strip_prefix(prefix.as_str())?))
        {
            found.changed = true;
        }
    }
    Git::Read { log, shallow }
}

/// What `git log` says of files, by their paths from the corpus's root.
#[derive(Debug, Default)]
struct Log {
    found: HashMap<String, Found>,
    /// Of some, all their versions, newest first.
    versions: HashMap<String, Vec<Version>>,
}

/// A file as a commit has it.
#[derive(Debug)]
struct Version {
    time: i64,
    blob: String,
    /// Whether the commit moved the file here, which changes all that is in it.
    moved: bool,
}

/// Reads `git log -z`, newest first. Each commit is `\x01`, its time, and for each
/// file one or two paths behind its status, `--name-status`, or behind `:mode mode
/// blob blob status`, `--raw`. Of the latter, versions of `shared` files are kept.
fn read_log(log: &str, prefix: &str, shared: &HashSet<&str>) -> Log {
    let mut read = Log::default();
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
        while let (Some(about), Some(path)) = (fields.next(), fields.next()) {
            let mut about = about.split(' ');
            let blob = about.clone().nth(3).unwrap_or_default();
            let status = about.next_back().unwrap_or_default();
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
                let found = &mut read.found;
                let times = &mut found.entry(key.to_string()).or_insert_with(first).times;
                times.created = times.created.min(time);
                if shared.contains(key) {
                    let all = read.versions.entry(key.to_string()).or_default();
                    let blob = blob.to_string();
                    all.push(Version { time, blob, moved });
                }
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
    read
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
        let log = log.replace('|', "\0").replace('@', "\u{1}");
        let read = read_log(&log, "q/", &HashSet::new());
        read.found
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
