//! A rule's page is its test.

use prepdeck::proof::prove;
use prepdeck::rule::{Matcher, read};
use prepdeck::rules::{CHECKS, PAGES, built_in};
use prepdeck::source::Source;

#[test]
fn every_page_keeps_what_it_says() {
    let rules = built_in().unwrap();
    let mut faults = Vec::new();
    for rule in &rules.rules {
        faults.extend(
            prove(rule, &rules)
                .unwrap()
                .into_iter()
                .map(|fault| format!("{}: {fault}", rule.name())),
        );
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let tests: usize = rules.rules.iter().map(|rule| rule.page.tests.len()).sum();
    println!("{} pages, {tests} tests", rules.rules.len());
}

#[test]
fn pages_and_checks_agree() {
    let rules = built_in().unwrap();
    for (rule, (file, text)) in rules.rules.iter().zip(PAGES) {
        let path = format!("rules/{file}.toml");
        let page = Source::new(path.clone().into(), path.into(), (*text).to_string());
        assert!(read(&page).is_ok(), "{file}: {:?}", read(&page).err());
        assert_eq!(rule.name(), *file, "a page's file has the rule's name");
        let builtin = matches!(rule.page.matcher, Matcher::Builtin { .. });
        assert_eq!(
            builtin,
            CHECKS.iter().any(|(name, _)| name == file),
            "{file}: builtin pages, and only they, have a check"
        );
        let sentences = rule.page.why.matches(['.', '?', '!']).count();
        assert!(
            sentences >= 3,
            "{file}: `why` says what goes wrong and what to write instead"
        );
    }
    assert!(
        CHECKS
            .iter()
            .all(|(name, _)| PAGES.iter().any(|(file, _)| file == name)),
        "every check has its page"
    );
    assert!(
        CHECKS.is_sorted_by_key(|(name, _)| *name),
        "the table is sorted"
    );
}
