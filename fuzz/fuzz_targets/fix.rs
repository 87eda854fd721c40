//! Fixes of a question file: no error that was not there, and nothing left for
//! a second time.
#![no_main]

use std::fs;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use prepdeck::corpus::{Corpus, around};
use prepdeck::finding::{Finding, Severity};
use prepdeck::fix::{Fixing, fix};
use prepdeck::lint::lint;
use prepdeck::rules::{Rules, built_in};
use tempfile::TempDir;

static RULES: LazyLock<Rules> = LazyLock::new(|| built_in().expect("a test reads all pages"));

/// A corpus of one file, which each run writes anew.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("questions")).expect("a folder in it");
    folder
});

fn read(text: &str) -> Corpus {
    fs::write(FOLDER.path().join("questions/a.md"), text).expect("room for a file");
    around(FOLDER.path()).expect("a corpus of one file")
}

fn errors(findings: &[Finding]) -> usize {
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count()
}

fuzz_target!(|input: (bool, &str)| {
    let (unsafe_too, text) = input;
    let fixing = Fixing {
        only: &[],
        unsafe_too,
    };
    let before = read(text);
    let errors_before = errors(&lint(&before, &RULES, &[]));
    let (after, _) = fix(before, &RULES, fixing, |_| true).expect("content is no error");
    let errors_after = errors(&lint(&after, &RULES, &[]));
    assert!(
        errors_after <= errors_before,
        "{errors_before} errors became {errors_after}"
    );
    let text = &after.sources[0].text;
    let (again, number) = fix(read(text), &RULES, fixing, |_| true).expect("content is no error");
    assert_eq!(
        (number, &again.sources[0].text),
        (0, text),
        "fixing twice is fixing once"
    );
});
