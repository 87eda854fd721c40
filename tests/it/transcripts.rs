//! A transcript in `tests/cmd/` is a CLI test: its commands run in an empty
//! folder, one after the other, and print what stands below them. So is README.
//!
//! `$ ` begins a command, `> ` goes on with it, `[1]` is an exit status other
//! than 0. `BLESS=1 cargo test` writes what is printed into the transcripts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "transcripts speak to GNU's tools")]
fn every_transcript_is_true() {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("tests/cmd"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let faults: Vec<String> = files
        .iter()
        .filter_map(|file| differs(file, true))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "transcripts speak to GNU's tools")]
fn every_transcript_in_readme_is_true() {
    let fault = differs(&root().join("README.md"), false);
    assert!(fault.is_none(), "{}", fault.unwrap_or_default());
}

/// How the transcript would read today, if otherwise. A strict transcript
/// shows exit statuses too.
fn differs(file: &Path, strict: bool) -> Option<String> {
    let text = fs::read_to_string(file).unwrap();
    let folder = tempfile::tempdir().unwrap();
    // A corpus is called by its folder; links on the way would make another path of it.
    let place = dunce::canonicalize(folder.path()).unwrap().join("bank");
    fs::create_dir(&place).unwrap();
    let mut now = String::new();
    let mut lines = text.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        now.push_str(line);
        now.push('\n');
        if line.starts_with("```") {
            inside = !inside && line == "```console";
        }
        if !inside || !line.starts_with("$ ") {
            continue;
        }
        let mut command = line[2..].to_string();
        while let Some(more) = lines.next_if(|line| line.starts_with("> ") || *line == ">") {
            command.push('\n');
            command.push_str(more.get(2..).unwrap_or_default());
            now.push_str(more);
            now.push('\n');
        }
        while lines
            .next_if(|line| !line.starts_with("$ ") && *line != "```")
            .is_some()
        {}
        now.push_str(&run(&command, &place, strict));
    }
    if now == text {
        return None;
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(file, &now).unwrap();
        return None;
    }
    let first = now
        .lines()
        .zip(text.lines())
        .position(|(now, text)| now != text);
    let line = first.unwrap_or(now.lines().count().min(text.lines().count()));
    Some(format!(
        "{} differs from line {}; it would read:\n{now}",
        file.display(),
        line + 1
    ))
}

/// What a shell prints for `command`, standard error included.
fn run(command: &str, place: &Path, strict: bool) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_prepdeck")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(place)
        .env("PATH", path)
        .env("HOME", place)
        .env("REPOSITORY", root())
        .env("SOURCE_DATE_EPOCH", "1750000000")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "A")
        .env("GIT_AUTHOR_EMAIL", "a@example.org")
        .env("GIT_COMMITTER_NAME", "A")
        .env("GIT_COMMITTER_EMAIL", "a@example.org")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let mut printed = printed.replace(place.to_str().unwrap(), "[FOLDER]");
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    let code = output.status.code().unwrap();
    if code != 0 && strict {
        printed = format!("{printed}[{code}]\n");
    }
    // An empty line in a transcript has no blanks at its end that nobody sees.
    let mut shown = String::new();
    for line in printed.lines() {
        shown.push_str(line.trim_end());
        shown.push('\n');
    }
    shown
}
