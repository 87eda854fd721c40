//! Reports as GitHub's runner reads them: it obeys lines that begin with `::`
//! and those that hold `##[`.

use std::fs;
use std::path::Path;
use std::process::Command;

use prepdeck::visible::is_hidden;

/// What content says to the runner.
const HOSTILE: &str = "::add-mask::x ##[group]y %0A::stop-commands::z \\n::error::n \\e[31m \\e]8;;x\\a \\0 ]]> \\u202e \\u2066 @all #1 www.example.org <b> | `";

/// The name of the command in a line, as the runner finds it.
fn command(line: &str) -> Option<&str> {
    if let Some((_, rest)) = line.split_once("##[") {
        return Some(rest.split([']', ' ']).next().unwrap_or(rest));
    }
    let (head, _) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    head.split(' ').next()
}

/// Names of files that systems allow and reports must survive.
const NAMES: [&str; 9] = [
    "two words.md",
    "::a%,b%0A ##[x].md",
    "::add-mask::x.md",
    "line\nend\r::error::y.md",
    "\u{1b}]8;;x:y\u{7}link\u{1b}]8;;\u{7}\u{1b}[31m.md",
    "bidi\u{202e}\u{2066}dm.md",
    "]]>&<b>'\".md",
    "`|\\|``[a](b)@all#1.md",
    "tab\t\u{85}\u{2028}end.md",
];

/// A corpus whose names and texts speak to whatever reads them.
fn hostile() -> (tempfile::TempDir, usize) {
    let folder = tempfile::tempdir().unwrap();
    let questions = folder.path().join("questions/t");
    fs::create_dir_all(&questions).unwrap();
    let text = format!(
        "---\nid: evil\nlevel: \"{HOSTILE}\"\n\"{HOSTILE}\": 1\ntags: [t]\n---\n\n# ::error::What ##[error] {HOSTILE} \u{1b}[31m\0\u{202e}\n\n::add-mask::a\r\n##[group]b\u{0}\u{1b}]8;;x\u{7}\n\n[a](::set-env) TODO\n"
    );
    let mut files = 0;
    for name in NAMES {
        let written = fs::write(questions.join(name), &text);
        assert!(written.is_ok() || !cfg!(target_os = "linux"), "{name:?}");
        files += usize::from(written.is_ok());
    }
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"latin\xff\n::x::.md");
        fs::write(questions.join(name), &text).unwrap();
        files += 1;
    }
    (folder, files)
}

fn check(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_prepdeck"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn a_runner_finds_our_commands_and_no_others() {
    let (folder, files) = hostile();
    for format in [
        "human", "concise", "github", "gitlab", "sarif", "junit", "markdown", "json", "jsonl",
    ] {
        let (report, said) = check(folder.path(), &["--format", format]);
        let text = format!("{report}{said}");
        let found: Vec<&str> = text.split(['\n', '\r']).filter_map(command).collect();
        if format == "github" {
            // Ten of each kind, and the number of the rest.
            assert!(found.len() > 2, "{text}");
            if cfg!(target_os = "linux") {
                assert_eq!(found.len(), 21, "{text}");
            }
            let ours = ["error", "warning", "notice"];
            assert!(found.iter().all(|name| ours.contains(name)), "{text}");
            let lines = text.lines().filter(|line| line.starts_with("::")).count();
            assert_eq!(lines, found.len(), "{text}");
        } else {
            assert!(found.is_empty(), "{format}: {found:?}\n{text}");
        }
        let obeyed: Vec<char> = text
            .chars()
            .filter(|c| *c != '\n' && is_hidden(*c))
            .collect();
        assert!(obeyed.is_empty(), "{format}: {obeyed:?}\n{text}");
        if matches!(format, "gitlab" | "sarif" | "json") {
            serde_json::from_str::<serde_json::Value>(&report).unwrap();
        }
        let all = text.contains(&format!("in {files} files"));
        assert!(all || format.starts_with("json"), "{text}");
    }
}

/// What the runner makes of a property's value.
fn unescaped(value: &str) -> String {
    let pairs = [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ];
    let unescape = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    pairs.iter().fold(value.to_string(), unescape)
}

#[cfg(target_os = "linux")]
#[test]
fn an_annotation_stands_at_the_file_whatever_its_name() {
    for name in NAMES {
        let folder = tempfile::tempdir().unwrap();
        let questions = folder.path().join("questions");
        fs::create_dir_all(&questions).unwrap();
        fs::write(questions.join(name), "# What is it?\n").unwrap();
        let (report, _) = check(folder.path(), &["--format", "github"]);
        let (_, rest) = report.split_once("file=").unwrap();
        let file = unescaped(rest.split(',').next().unwrap());
        let obeyed = |c: char| c != '\n' && c != '\r' && is_hidden(c);
        if name.contains(obeyed) || name.contains("##[") {
            // What nobody may print is shown; GitHub then shows the finding without a line.
            assert!(file.contains("\\u{"), "{file}");
        } else {
            assert_eq!(file, format!("questions/{name}"));
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
