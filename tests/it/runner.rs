//! Reports as GitHub's runner reads them: it obeys lines that begin with `::`
//! and those that hold `##[`.

use std::fs;
use std::process::Command;

/// What content says to the runner.
const HOSTILE: &str = "::add-mask::x ##[group]y %0A::stop-commands::z \\e[31m ]]> \\u202e";

/// The name of the command in a line, as the runner finds it.
fn command(line: &str) -> Option<&str> {
    if let Some((_, rest)) = line.split_once("##[") {
        return Some(rest.split([']', ' ']).next().unwrap_or(rest));
    }
    let (head, _) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    head.split(' ').next()
}

#[test]
fn a_runner_finds_our_commands_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let questions = folder.path().join("questions/t");
    fs::create_dir_all(&questions).unwrap();
    let text = format!(
        "---\nid: evil\nlevel: \"{HOSTILE}\"\n\"{HOSTILE}\": 1\ntags: [t]\n---\n\n# ::error::What ##[error] {HOSTILE}\n\n::add-mask::a\r\n##[group]b\n\n[a](::set-env) TODO\n"
    );
    fs::write(questions.join("::a%,b ##[x].md"), &text).unwrap();
    fs::write(questions.join("two.md"), &text).unwrap();
    for format in [
        "human", "concise", "github", "gitlab", "sarif", "junit", "markdown", "json", "jsonl",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_prepdeck"))
            .args(["check", "--format", format])
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        let text =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        let found: Vec<&str> = text.split(['\n', '\r']).filter_map(command).collect();
        if format == "github" {
            assert!(found.len() > 2, "{text}");
            let ours = ["error", "warning", "notice"];
            assert!(found.iter().all(|name| ours.contains(name)), "{text}");
            let lines = text.lines().filter(|line| line.starts_with("::")).count();
            assert_eq!(lines, found.len(), "{text}");
        } else {
            assert!(found.is_empty(), "{format}: {found:?}\n{text}");
        }
        if matches!(format, "gitlab" | "sarif" | "json") {
            serde_json::from_str::<serde_json::Value>(
                &text
                    .lines()
                    .take_while(|line| !line.starts_with("2 questions"))
                    .collect::<String>(),
            )
            .unwrap();
        }
    }
}

#[test]
fn a_diff_says_nothing_to_a_runner() {
    let folder = tempfile::tempdir().unwrap();
    let questions = folder.path().join("questions/t");
    fs::create_dir_all(&questions).unwrap();
    // The heading gets its mark; what stands below it is context.
    let text = "---\nid: evil\nlevel: mid\ntags: [t]\nsources: []\n---\n\n# What is this\n\n::add-mask::a ##[group]b\n\u{1}a\r::stop-commands::z\n";
    fs::write(questions.join("evil.md"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_prepdeck"))
        .args(["check", "--diff", "--rule", "missing-question-mark"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let diff = String::from_utf8(output.stdout).unwrap();
    assert!(
        diff.contains("add-mask") && diff.contains("group]b"),
        "{diff}"
    );
    let found: Vec<&str> = diff.split(['\n', '\r']).filter_map(command).collect();
    assert!(found.is_empty(), "{found:?}\n{diff}");
}
