//! A rule's page is its test: each text or corpus of the page is judged, and
//! the rule must speak exactly where the page says.

use std::fs;
use std::path::Path;

use miette::IntoDiagnostic;
use tempfile::tempdir;
use toml::Spanned;

use crate::corpus::{self, Corpus};
use crate::finding::{Finding, Severity};
use crate::fix::{Fixing, fix};
use crate::lint::lint;
use crate::rule::{PageTest, Rule};
use crate::rules::Rules;

/// Where the text of a test stands.
const FILE: &str = "questions/stock/question.md";
const FRONT_MATTER: &str = "---\nid: stock-question\nlevel: mid\ntags: [stock]\nsources:\n  - https://example.org/stock\n---\n\n";
const QUESTION: &str = "# What does the stock question ask?\n\n";

/// What is wrong with the rule or its page; nothing if it keeps what it says.
///
/// # Errors
/// Where the texts cannot be written to a temporary folder.
pub fn prove(rule: &Rule, rules: &Rules) -> miette::Result<Vec<String>> {
    let mut faults = Vec::new();
    let tests = &rule.page.tests;
    if !tests.iter().any(is_bad) {
        faults.push("no test shows the fault".to_string());
    }
    if tests.iter().all(is_bad) {
        faults.push("no test shows a text without the fault".to_string());
    }
    let mut mends = false;
    for (number, test) in tests.iter().enumerate() {
        let Judged { found, fixed } = judge(rule, rules, test)?;
        mends |= found
            .iter()
            .any(|found| found.mended && found.rule == rule.name());
        faults.extend(
            differences(rule, test, &found, fixed)
                .into_iter()
                .map(|fault| format!("test {}: {fault}", number + 1)),
        );
    }
    if mends && tests.iter().all(|test| test.fixed.is_none()) {
        faults.push("the rule fixes, and no test shows what it makes of a text".to_string());
    }
    Ok(faults)
}

fn is_bad(test: &PageTest) -> bool {
    test.bad.is_some() || !test.want.is_empty()
}

struct Judged {
    found: Vec<Found>,
    /// What the fixes made of the text, and what is wrong with that.
    fixed: Option<(String, Vec<String>)>,
}

struct Found {
    rule: String,
    place: String,
    severity: Severity,
    message: String,
    /// Whether it comes with a fix.
    mended: bool,
}

fn judge(rule: &Rule, rules: &Rules, test: &PageTest) -> miette::Result<Judged> {
    let folder = tempdir().into_diagnostic()?;
    let mut added = 0;
    if let Some(text) = test.bad.as_ref().or(test.good.as_ref()) {
        let before = if text.starts_with("---") {
            String::new()
        } else if text.starts_with("# ") {
            FRONT_MATTER.to_string()
        } else {
            format!("{FRONT_MATTER}{QUESTION}")
        };
        added = before.lines().count();
        write(folder.path(), FILE, &format!("{before}{text}"))?;
    }
    for (path, text) in &test.files {
        write(folder.path(), path, text)?;
    }
    let mut corpus = corpus::around(folder.path())?;
    let fixed = test.fixed.as_ref().map(|_| {
        let all = Fixing {
            only: &[rule.name().to_string()],
            unsafe_too: true,
        };
        fix(corpus::around(folder.path())?, rules, all, |_| true)
    });
    turn_on(&mut corpus, rule);
    let findings = lint(&corpus, rules, &[]);
    let found = |finding: Finding| {
        let source = corpus.sources.get(finding.source)?;
        let (line, column) = source.position(finding.span.start());
        let place = if test.files.is_empty() {
            format!("{}:{column}", line.saturating_sub(added))
        } else {
            format!("{}:{line}:{column}", source.path)
        };
        Some(Found {
            rule: finding.rule,
            place,
            severity: finding.severity,
            message: finding.message,
            mended: finding.fix.is_some(),
        })
    };
    let found = findings.into_iter().filter_map(found).collect();
    let fixed = fixed
        .transpose()?
        .map(|(corpus, _)| after(rule, rules, corpus, added));
    Ok(Judged { found, fixed })
}

/// A rule that is off has to show what it can.
fn turn_on(corpus: &mut Corpus, rule: &Rule) {
    if rule.page.severity == Severity::Off {
        let name = Spanned::new(0..0, rule.name().to_string());
        let setting = corpus.config.rules.entry(name).or_default();
        setting.severity = Some(Severity::Warning);
    }
}

/// What the fixes made of the text, and what is wrong with that.
fn after(rule: &Rule, rules: &Rules, mut corpus: Corpus, added: usize) -> (String, Vec<String>) {
    let text = corpus
        .sources
        .first()
        .map_or("", |source| source.text.as_str());
    let text = text.split_inclusive('\n').skip(added).collect::<String>();
    turn_on(&mut corpus, rule);
    let left = lint(&corpus, rules, &[]);
    let left = left
        .iter()
        .filter(|finding| finding.rule == rule.name() || finding.severity == Severity::Error);
    let mut faults: Vec<String> = left
        .map(|finding| format!("{} is left after the fix", finding.rule))
        .collect();
    let before = corpus.sources.first().map(|source| source.text.clone());
    let all = Fixing {
        only: &[rule.name().to_string()],
        unsafe_too: true,
    };
    let again = fix(corpus, rules, all, |_| true)
        .map(|(corpus, _)| corpus.sources.first().map(|source| source.text.clone()));
    if again.ok() != Some(before) {
        faults.push("fixing again changes more".to_string());
    }
    (text, faults)
}

fn write(folder: &Path, path: &str, text: &str) -> miette::Result<()> {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap_or(folder)).into_diagnostic()?;
    fs::write(file, text).into_diagnostic()
}

fn differences(
    rule: &Rule,
    test: &PageTest,
    found: &[Found],
    fixed: Option<(String, Vec<String>)>,
) -> Vec<String> {
    let mut faults = Vec::new();
    if let (Some(wanted), Some((text, left))) = (&test.fixed, fixed) {
        if *wanted != text {
            faults.push(format!("fixed to {text:?}"));
        }
        faults.extend(left);
    }
    let own: Vec<&str> = found
        .iter()
        .filter(|found| found.rule == rule.name())
        .map(|found| found.place.as_str())
        .collect();
    if own != test.want.iter().map(String::as_str).collect::<Vec<_>>() {
        faults.push(format!("wanted {:?}, found {own:?}", test.want));
    }
    if test.bad.is_some() && test.want.is_empty() {
        faults.push("a bad text wants no finding".to_string());
    }
    if test.good.is_some() && !test.want.is_empty() {
        faults.push("a good text wants findings".to_string());
    }
    let other = |found: &&Found| {
        found.severity == Severity::Error
            && found.rule != rule.name()
            && !test.also.contains(&found.rule)
    };
    faults.extend(
        found
            .iter()
            .filter(other)
            .map(|found| format!("{} {}: {}", found.rule, found.place, found.message)),
    );
    let silent = test
        .also
        .iter()
        .filter(|also| !found.iter().any(|found| found.rule == **also));
    faults.extend(silent.map(|also| format!("`{also}` was expected too and found nothing")));
    faults
}
