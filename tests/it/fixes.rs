//! Fixes take faults away and bring none: shown on the bad texts of all pages,
//! mixed at random.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use prepdeck::config::Setting;
use prepdeck::corpus::{self, Corpus};
use prepdeck::finding::{Finding, Severity};
use prepdeck::fix::{Fixing, fix};
use prepdeck::lint::lint;
use prepdeck::rules::{Rules, built_in};
use proptest::prelude::*;
use toml::Spanned;

use crate::cases;

static RULES: LazyLock<Rules> = LazyLock::new(|| built_in().unwrap());

/// Bad texts that are parts of an answer.
static PARTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let shown = RULES.rules.iter().flat_map(|rule| &rule.page.tests);
    let texts = shown.filter_map(|test| test.bad.clone());
    texts
        .filter(|text| !text.starts_with("---") && !text.starts_with("# "))
        .collect()
});

fn read(text: &str, rules: &Rules) -> Corpus {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("questions")).unwrap();
    fs::write(folder.path().join("questions/a.md"), text).unwrap();
    let mut corpus = corpus::around(folder.path()).unwrap();
    for rule in rules
        .rules
        .iter()
        .filter(|rule| rule.page.severity == Severity::Off)
    {
        let setting = Setting {
            severity: Some(Severity::Warning),
            ..Setting::default()
        };
        let name = Spanned::new(0..0, rule.name().to_string());
        corpus.config.rules.insert(name, setting);
    }
    corpus
}

/// How many findings of error severity each rule has.
fn errors(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut errors = BTreeMap::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
    {
        *errors.entry(finding.rule.as_str()).or_default() += 1;
    }
    errors
}

fn text_of(corpus: &Corpus) -> String {
    corpus.sources.first().unwrap().text.clone()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_fix_makes_no_error_and_fixing_twice_is_fixing_once(
        chosen in prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize), 1..6),
        unsafe_too in any::<bool>(),
        line_end in prop::sample::select(&["\n", "\r\n"][..]),
    ) {
        let mut text = "---\nlevel: mid\nsources: []\n---\n\n# What is a question?\n\nAn answer.\n".to_string();
        for (index, gap) in &chosen {
            text.push_str(&"\n".repeat(*gap));
            text.push_str(index.get(PARTS.as_slice()).as_str());
        }
        let text = text.replace("\r\n", "\n").replace('\n', line_end);
        let before = read(&text, &RULES);
        let findings = lint(&before, &RULES, &[]);
        let fixing = Fixing { only: &[], unsafe_too };
        let (after, number) = fix(read(&text, &RULES), &RULES, fixing, |_| true).unwrap();
        let left = lint(&after, &RULES, &[]);
        let allowed = errors(&findings);
        for (rule, number) in errors(&left) {
            prop_assert!(number <= allowed.get(rule).copied().unwrap_or(0), "{rule} is new in\n{}\nfrom\n{text}", text_of(&after));
        }
        let fixed = text_of(&after);
        let (again, more) = fix(after, &RULES, fixing, |_| true).unwrap();
        prop_assert_eq!(text_of(&again), fixed);
        prop_assert_eq!(more, 0);
        prop_assert!(number > 0, "the missing id was not mended");
    }
}

#[test]
fn a_safe_fix_keeps_the_names_of_headings() {
    let text = "---\nid: a\nlevel: mid\ntags: [a]\nsources: []\n---\n\n# What is Nodejs?\n\nSee [it](#vscode). VSCode is.\n\n## VSCode\n\nIt is.\n";
    let corpus = read(text, &RULES);
    let safe = Fixing {
        only: &["misspelt-product-name".to_string()],
        unsafe_too: false,
    };
    let (corpus, _) = fix(corpus, &RULES, safe, |_| true).unwrap();
    let wanted = text
        .replace("Nodejs", "Node.js")
        .replace(". VSCode", ". VS Code");
    assert_eq!(text_of(&corpus), wanted);
}

#[test]
fn unsafe_fixes_that_bring_an_error_are_taken_back_and_safe_ones_stay() {
    let text = "---\nlevel: mid\ntags: [a]\nsources: []\n---\n\n# What is a lock?\n\nA thread holds it.\n\n\u{b}# What is a key?\n";
    let all = Fixing {
        only: &[],
        unsafe_too: true,
    };
    let (corpus, number) = fix(read(text, &RULES), &RULES, all, |_| true).unwrap();
    let wanted = text.replace("---\nlevel", "---\nid: a\nlevel");
    assert_eq!((text_of(&corpus), number), (wanted, 1));
}
