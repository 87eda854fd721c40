//! What is published beside the program is what the program says. `BLESS=1
//! cargo test published` writes it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use prepdeck::rule::{Matcher, Rule};
use prepdeck::rules::built_in;
use prepdeck::schema::{Kind, schema};
use prepdeck::source::Source;

fn is_published(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
    }
    let published = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        published == text,
        "{path} is not what the program says; BLESS=1 writes it"
    );
}

#[test]
fn the_schemas_are_published() {
    is_published("docs/schema/rule.json", &schema(Kind::Rule));
    is_published("docs/schema/config.json", &schema(Kind::Config));
    is_published("docs/schema/question.json", &schema(Kind::Question));
    is_published("docs/schema/record.json", &schema(Kind::Record));
    is_published("docs/schema/diff.json", &schema(Kind::Diff));
}

#[test]
fn every_page_names_its_schema() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with("#:schema ../docs/schema/rule.json\n"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_rule_index_is_published() {
    let rules = built_in().unwrap();
    let mut index =
        "# Rules\n\nMade from the pages in `rules/`; `prepdeck explain <rule>` says the same.\n\n"
            .to_string();
    index.push_str("| rule | severity | fix | finds |\n| --- | --- | --- | --- |\n");
    for rule in &rules.rules {
        let page = &rule.page;
        let (name, severity, summary) = (&page.name, page.severity, &page.summary);
        writeln!(
            index,
            "| [`{name}`](#{name}) | {severity} | {} | {summary} |",
            fixes(rule)
        )
        .unwrap();
    }
    for rule in &rules.rules {
        let page = &rule.page;
        write!(
            index,
            "\n## {}\n\n{}: {}.",
            page.name, page.severity, page.summary
        )
        .unwrap();
        if page.locked {
            index.push_str(" It can be neither allowed nor turned off.");
        }
        write!(index, "\n\n{}\n", page.why.trim()).unwrap();
        for (option, value) in &rule.options.0 {
            write!(index, "\nOption `{option}`, by default `{value}`.\n").unwrap();
        }
    }
    is_published("docs/rules.md", &index);
}

/// Whether a rule's tests show that it fixes.
fn fixes(rule: &Rule) -> &'static str {
    let fixed = rule.page.tests.iter().any(|test| test.fixed.is_some());
    match &rule.page.matcher {
        Matcher::Replace { fix: None, .. } => "",
        _ if fixed => "yes",
        _ => "",
    }
}

#[test]
fn the_configuration_in_readme_is_one() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let blocks = readme.split("```toml\n").skip(1);
    let blocks: Vec<&str> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 2);
    for toml in blocks {
        let source = Source::new("README.md".into(), "README.md".into(), toml.to_string());
        let config = prepdeck::config::parse(&source).unwrap();
        built_in().unwrap().accept(&config, &source).unwrap();
    }
}
