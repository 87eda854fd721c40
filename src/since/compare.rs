//! What git says of the files of a folder, compared with a commit. Plumbing is
//! asked, which heeds no taste that is configured, and no program is run that a
//! file's attributes name.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use miette::Report;

use crate::config::fault;
use crate::corpus::is_within;
use crate::git::{commit, git, git_text, is_shallow};
use crate::visible::{name_text, shown_path, visible};

/// Lines that are another, from 1; of lines that were only taken out, the one
/// above them (0 at the file's begin) and a count of 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hunk {
    pub line: usize,
    pub count: usize,
}

/// What of a file is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other<'a> {
    Nothing,
    Lines(&'a [Hunk]),
    /// It stood elsewhere before; this in it is another.
    Moved(&'a [Hunk]),
    /// It is new, or cannot be compared.
    All,
}

/// Paths count from the folder that was compared.
#[derive(Debug, Default)]
pub struct Compared {
    statuses: HashMap<String, Status>,
    /// Where lines are another. None where texts of then are missing.
    hunks: Option<HashMap<String, Vec<Hunk>>>,
    /// What git knows: files, and the folders of submodules.
    known: HashSet<String>,
    /// Where a file was and is no more.
    pub gone: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    New,
    Edited,
    Moved,
}

impl Compared {
    pub fn other(&self, path: &str) -> Other<'_> {
        let hunks = |path: &str| {
            let hunks = self.hunks.as_ref()?;
            Some(hunks.get(path).map_or(&[][..], Vec::as_slice))
        };
        match (self.statuses.get(path), hunks(path)) {
            // It was touched alone, or has another mode.
            (Some(Status::Edited), Some([])) => Other::Nothing,
            (Some(Status::Edited), Some(hunks)) => Other::Lines(hunks),
            (Some(Status::Moved), Some(hunks)) => Other::Moved(hunks),
            (Some(_), _) => Other::All,
            (None, _) if self.known.contains(path) => Other::Nothing,
            // Of what is in a submodule, only its commit is known.
            (None, _) => match folders(path).find(|folder| self.known.contains(*folder)) {
                Some(module) if !self.statuses.contains_key(module) => Other::Nothing,
                _ => Other::All,
            },
        }
    }

    /// Whether a file, or one in a folder, is another or gone.
    pub fn any_within(&self, path: &str) -> bool {
        let statuses = self.statuses.keys();
        let others = statuses.filter(|name| self.other(name) != Other::Nothing);
        others.chain(&self.gone).any(|name| is_within(name, path))
    }
}

/// The folders above a path, the nearest first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'))
        .map(|(folder, _)| folder)
}

/// The last commit that both the one called `name` and the one that is checked
/// out come from, in hexadecimal.
///
/// # Errors
/// Where there is none, or none that git can see.
pub fn merge_base(root: &Path, name: &str) -> miette::Result<String> {
    let shallow = is_shallow(root).map_err(|reason| refused(root, reason))?;
    let help = |otherwise: &str| {
        if shallow {
            "this clone is shallow; fetch the history first: git fetch --unshallow (in GitHub Actions: fetch-depth: 0)".to_string()
        } else {
            otherwise.to_string()
        }
    };
    let named = commit(root, name).map_err(|reason| refused(root, reason))?;
    let Some(named) = named else {
        return Err(fault(
            &format!("`{}` names no commit here", visible(name)),
            &help("name a commit, a tag or a branch, such as --since origin/main"),
        ));
    };
    let base = git_text(root, &["merge-base", &named, "HEAD"]).map_err(|_| {
        fault(
            &format!(
                "no commit is found that `{}` and this branch have in common",
                visible(name)
            ),
            &help("name a commit that this branch comes from"),
        )
    })?;
    Ok(base.trim().to_string())
}

/// Compares the files in `root`, as they are on disk, with those of a commit.
///
/// # Errors
/// Where git cannot.
pub fn compare(root: &Path, base: &str) -> miette::Result<Compared> {
    let diff = |more: &[&str]| {
        let always = [
            "diff-index",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=dirty",
            "--relative",
            "-l5000",
        ];
        git(root, &[&always[..], more, &[base, "--", "."]].concat())
    };
    // Where blobs are missing (a partial clone), only moves without a change can be seen.
    let names = ["-M", "-M100%"].map(|renames| [renames, "--name-status", "-z"]);
    let names = diff(&names[0]).or_else(|_| diff(&names[1]));
    let names = names.map_err(|reason| refused(root, reason))?;
    let patch = diff(&["-M", "-U0", "--no-prefix", "--text", "--diff-filter=MR"]);
    let known = git(root, &["ls-files", "-z"]).map_err(|reason| refused(root, reason))?;
    let mut compared = Compared {
        hunks: patch.ok().map(|patch| hunks(&patch)),
        known: known.split(|&byte| byte == 0).map(name_text).collect(),
        ..Compared::default()
    };
    read_names(&names, &mut compared);
    Ok(compared)
}

/// Reads what `--name-status -z` says: a status, and one path or two.
fn read_names(names: &[u8], compared: &mut Compared) {
    let mut fields = names.split(|&byte| byte == 0);
    while let (Some([kind, ..]), Some(path)) = (fields.next(), fields.next()) {
        let path = name_text(path);
        let (path, status) = match kind {
            b'D' => {
                compared.gone.push(path);
                continue;
            }
            b'R' => {
                compared.gone.push(path);
                let new = fields.next().unwrap_or_default();
                (name_text(new), Status::Moved)
            }
            b'M' => (path, Status::Edited),
            // Added, of another type, or in conflict.
            _ => (path, Status::New),
        };
        compared.statuses.insert(path, status);
    }
}

/// Reads a patch without context.
fn hunks(patch: &[u8]) -> HashMap<String, Vec<Hunk>> {
    let mut found: HashMap<String, Vec<Hunk>> = HashMap::new();
    let mut file = String::new();
    // Lines of the hunk that are still to come.
    let mut left: usize = 0;
    for line in patch.split(|&byte| byte == b'\n') {
        if left > 0 {
            // `\ No newline at end of file` is no line of it.
            left -= usize::from(!line.starts_with(b"\\"));
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            file = name_text(&unquoted(name));
        } else if let Some((old, new)) = line.strip_prefix(b"@@ -").and_then(read_hunk) {
            left = old.count.saturating_add(new.count);
            found.entry(file.clone()).or_default().push(new);
        }
    }
    found
}

/// Reads `12,3 +15 @@ …`: old lines, and new ones.
fn read_hunk(text: &[u8]) -> Option<(Hunk, Hunk)> {
    let text = String::from_utf8_lossy(text);
    let mut parts = text.split(' ');
    let hunk = |part: &str| {
        let (line, count) = part.split_once(',').unwrap_or((part, "1"));
        Some(Hunk {
            line: line.parse().ok()?,
            count: count.parse().ok()?,
        })
    };
    let old = hunk(parts.next()?)?;
    Some((old, hunk(parts.next()?.strip_prefix('+')?)?))
}

/// A name as a patch has it: with a tab behind it where it holds a space, in
/// quotes and with C's escapes where it holds what no line can.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let inner = name.strip_prefix(b"\"");
    let Some(inner) = inner.and_then(|name| name.strip_suffix(b"\"")) else {
        return name.to_vec();
    };
    let mut out = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let escape = bytes.next().unwrap_or_default();
        out.push(match escape {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'0'..=b'3' => {
                let mut digit = || bytes.next().unwrap_or_default() & 7;
                (escape & 7) << 6 | digit() << 3 | digit()
            }
            other => other,
        });
    }
    out
}

/// Why git did not answer, and what to do.
fn refused(root: &Path, reason: Option<String>) -> Report {
    match reason {
        None => fault(
            "--since asks git, which is not installed",
            "install git, or leave out --since",
        ),
        Some(reason) if reason.contains("not a git repository") => fault(
            "--since asks git, and this corpus is in no git repository",
            "leave out --since, or run it in a clone",
        ),
        Some(reason) => fault(
            &format!("git could not say what changed: {}", visible(&reason)),
            &format!("see what `git status` says in {}", shown_path(root)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hunk(line: usize, count: usize) -> Hunk {
        Hunk { line, count }
    }

    #[test]
    fn a_patch_says_which_lines_are_another() {
        let patch = b"diff --git a.md a.md\n--- a.md\n+++ a.md\n@@ -1,2 +1 @@ x\n-one\n-two\n\
            +++ three\n@@ -9 +7,0 @@\n-- @@ -1 +1 @@\ndiff --git b b\n--- b c.md\t\n+++ b c.md\t\n\
            @@ -4 +4 @@\n-old\n\\ No newline at end of file\n+new\n\\ No newline at end of file\n";
        let found = hunks(patch);
        assert_eq!(found["a.md"], [hunk(1, 1), hunk(7, 0)]);
        assert_eq!(found["b c.md"], [hunk(4, 1)]);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_name_in_quotes_is_the_name_on_disk() {
        assert_eq!(
            unquoted(br#""a\"\\\n\t\303\251\001.md""#),
            b"a\"\\\n\t\xc3\xa9\x01.md"
        );
        assert_eq!(unquoted(b"a b.md\t"), b"a b.md");
    }

    #[test]
    fn what_git_does_not_know_is_new_and_a_submodule_is_as_its_commit() {
        let mut compared = Compared {
            hunks: Some(HashMap::from(
                ["m.md", "other/sub"].map(|name| (name.to_string(), vec![hunk(2, 1)])),
            )),
            known: ["m.md", "same.md", "sub", "other/sub", "touched.md"]
                .map(String::from)
                .into(),
            ..Compared::default()
        };
        let names = b"M\0m.md\0M\0touched.md\0R090\0old.md\0new.md\0D\0gone.md\0M\0other/sub\0";
        read_names(names, &mut compared);
        assert_eq!(compared.gone, ["old.md", "gone.md"]);
        assert_eq!(compared.other("m.md"), Other::Lines(&[hunk(2, 1)]));
        assert_eq!(compared.other("touched.md"), Other::Nothing);
        assert!(compared.any_within("other") && !compared.any_within("touched.md"));
        assert_eq!(compared.other("new.md"), Other::Moved(&[]));
        assert_eq!(compared.other("same.md"), Other::Nothing);
        assert_eq!(compared.other("sub/a/b.md"), Other::Nothing);
        assert_eq!(compared.other("other/sub/b.md"), Other::All);
        assert_eq!(compared.other("untracked.md"), Other::All);
        // Without the texts of then, what is another is so as a whole.
        compared.hunks = None;
        assert_eq!(compared.other("m.md"), Other::All);
        assert_eq!(compared.other("same.md"), Other::Nothing);
    }
}
