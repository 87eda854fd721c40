//! The rules of the house, so that nobody has to remember them.

use std::fs;
use std::path::{Path, PathBuf};

/// Longer files have more than one subject.
const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Path from `src/`, and text, of each source file.
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root().join("src")).unwrap();
                let name = name.to_str().unwrap().replace('\\', "/");
                sources.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(sources.len() > 20);
    sources.sort();
    sources
}

#[test]
fn every_file_says_its_subject_and_keeps_to_it() {
    for (name, text) in sources() {
        assert!(
            text.starts_with("//! "),
            "{name}: the first line says the subject"
        );
        let lines = text.lines().count();
        assert!(
            lines <= MAX_LINES,
            "{name}: {lines} lines are more than one subject"
        );
    }
}

#[test]
fn imports_point_down() {
    let tour = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let floors: Vec<&str> = tour
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let floor = |module: &str| floors.iter().position(|floor| *floor == module);
    for (name, text) in sources() {
        let own = name.split(['/', '.']).next().unwrap();
        let Some(own_floor) = floor(own) else {
            continue;
        };
        for import in text.split("crate::").skip(1) {
            let names = import
                .strip_prefix('{')
                .map_or(import, |group| group.split('}').next().unwrap());
            for one in names
                .split(',')
                .take(if names.len() < import.len() { 99 } else { 1 })
            {
                let module: String = one
                    .trim()
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                let Some(other) = floor(&module) else {
                    continue;
                };
                assert!(
                    other <= own_floor,
                    "{name} imports from {module}, which stands above it"
                );
            }
        }
    }
}

#[test]
fn a_corpus_holds_questions_and_what_they_show() {
    let mut folders = vec![root().join("questions")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let shown = ["md", "svg", "png"]
                .iter()
                .any(|kind| path.extension().is_some_and(|own| own == *kind));
            assert!(
                path.is_dir() || shown,
                "{} is no part of a corpus",
                path.display()
            );
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
}

#[test]
fn the_documents_name_files_that_exist() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let quoted = text.split('`').skip(1).step_by(2);
        let is_path = |word: &&str| {
            word.starts_with("src/") || word.starts_with("rules/") || word.starts_with("tests/")
        };
        for path in quoted
            .filter(is_path)
            .filter(|path| !path.contains(['<', '*', ' ']))
        {
            assert!(
                Path::new(&root()).join(path).exists(),
                "{document}: {path} is gone"
            );
        }
    }
}
