//! What has to hold on every system, also where transcripts are not run.

use std::path::Path;
use std::process::{Command, Output};

fn prepdeck(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prepdeck"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn a_new_bank_is_clean_and_makes_a_deck() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, printed) in [
        (
            &["init"][..],
            "questions/databases/lost-update.md\nquestions/http/idempotent-methods.md\nprepdeck.toml\n",
        ),
        (&["init"], ""),
        (
            &["init", "--ci", "github"],
            ".github/workflows/questions.yml\n",
        ),
        (
            &["check", "--deny-warnings"],
            "2 questions in 2 files: nothing to report\n",
        ),
        (&["export", "anki", "-o", "deck.apkg"], ""),
    ] {
        let output = prepdeck(arguments, folder.path());
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        assert_eq!(
            String::from_utf8(output.stdout).unwrap(),
            printed,
            "{arguments:?}"
        );
    }
    let deck = std::fs::read(folder.path().join("deck.apkg")).unwrap();
    assert!(deck.starts_with(b"PK"));
}

#[test]
fn a_path_is_said_with_slashes_from_where_one_stands() {
    let folder = tempfile::tempdir().unwrap();
    prepdeck(&["init"], folder.path());
    let below = folder.path().join("questions").join("http");
    std::fs::write(below.join("empty.md"), "# What is it?\n").unwrap();
    for (path, shown) in [
        (".", "empty.md:1:3: "),
        ("../..", "empty.md:1:3: "),
        ("../http/empty.md", "empty.md:1:3: "),
    ] {
        let output = prepdeck(&["check", path, "--format", "concise"], &below);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{printed}");
        assert!(printed.starts_with(shown), "{path}: {printed}");
    }
    let output = prepdeck(&["check", "--format", "concise"], folder.path());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.starts_with("questions/http/empty.md:1:3: "),
        "{printed}"
    );
}

#[test]
fn the_workflow_in_readme_is_the_one_that_init_writes() {
    let folder = tempfile::tempdir().unwrap();
    prepdeck(&["init", "--ci", "github"], folder.path());
    let written = folder.path().join(".github/workflows/questions.yml");
    let written = std::fs::read_to_string(written).unwrap();
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    assert!(
        readme.contains(&format!("```yaml\n{written}```\n")),
        "{written}"
    );
}
