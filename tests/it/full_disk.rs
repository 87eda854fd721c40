//! A disk without room, made of memory for the time of the test. Where nobody
//! may mount one, `tests/cmd/dataset.md` says the same of a limit for files.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a script in `place` in which it may mount, and nobody else sees it.
fn apart(place: &Path, script: &str) -> Output {
    Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", script])
        .current_dir(place)
        .env("PREPDECK", env!("CARGO_BIN_EXE_prepdeck"))
        .output()
        .unwrap()
}

#[test]
fn a_full_disk_leaves_the_old_export_whole_and_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=128k tmpfs room";
    fs::create_dir_all(folder.path().join("room")).unwrap();
    let is_there = Command::new("unshare").arg("--version").output().is_ok();
    if !is_there || !apart(folder.path(), mount).status.success() {
        println!("nothing may be mounted here, so no disk was filled");
        return;
    }
    let questions = folder.path().join("questions");
    fs::create_dir_all(&questions).unwrap();
    let start = "---\nid: a\nlevel: mid\nsources: []\n---\n\n# What is full?\n\n";
    // Words that no archive makes much smaller.
    let words =
        (1..24_000_u64).map(|number| format!("{:x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let large = words.collect::<Vec<_>>().join(" ");
    fs::write(folder.path().join("large.md"), format!("{start}{large}.\n")).unwrap();
    for format in ["json", "anki", "dataset"] {
        fs::write(questions.join("a.md"), format!("{start}A disk.\n")).unwrap();
        let list = "ls -A room; cd room; find . -type f | sort | xargs sha256sum; df --output=used .; cd ..";
        let script = format!(
            "{mount} && $PREPDECK export {format} -o room/out 2> /dev/null && ({list}) > before
            cp large.md questions/a.md
            $PREPDECK export {format} -o room/out; echo $?
            ({list}) > after; cat before; echo; cat after"
        );
        let output = apart(folder.path(), &script);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            errors.contains("No space left on device"),
            "{format}: {errors}"
        );
        let text = String::from_utf8(output.stdout).unwrap();
        let (code, lists) = text.split_once('\n').unwrap();
        assert_eq!(code, "2", "{format}");
        let (before, after) = lists.split_once("\n\n").unwrap();
        assert_eq!(before, after.trim_end(), "{format}");
        assert!(before.starts_with("out\n"), "{format}: {before}");
    }
}
