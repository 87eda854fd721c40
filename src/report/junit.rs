//! The XML of `JUnit`, as CI servers read it: a test suite a file, a test case a
//! question. <https://github.com/testmoapp/junitxml> describes what they share.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Judged, Reader, hosted, summary};
use crate::corpus::Corpus;
use crate::finding::{Finding, Severity};
use crate::markdown::html::escape;
use crate::visible::{is_hidden, push_visible};

/// A test case: a question, or a file as a whole.
#[derive(Default)]
struct Case<'a> {
    name: String,
    findings: Vec<&'a Finding>,
}

pub fn render(judged: &[Judged<'_>], reader: &Reader) -> String {
    let mut suites = String::new();
    let (mut tests, mut failures) = (0, 0);
    for one in judged {
        for (source, cases) in cases(one) {
            let Some(source) = one.corpus.sources.get(source) else {
                continue;
            };
            let path = hosted(one, source);
            let failed = |case: &Case<'_>| case.findings.iter().any(|one| fails(one, reader));
            let failing = cases.iter().filter(|case| failed(case)).count();
            tests += cases.len();
            failures += failing;
            // Writing to a String cannot fail.
            let _ = writeln!(
                suites,
                "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failing}\" errors=\"0\" skipped=\"0\" time=\"0\">",
                escaped(&path),
                cases.len()
            );
            for case in &cases {
                draw(&mut suites, one.corpus, &path, case, reader);
            }
            suites.push_str("  </testsuite>\n");
        }
    }
    let asked = summary(judged).asked();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <testsuites name=\"prepdeck: {asked}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">\n\
        {suites}</testsuites>\n"
    )
}

/// The test cases by file: the questions that were asked about, and the files
/// that have findings of their own.
fn cases<'a>(one: &'a Judged<'_>) -> BTreeMap<usize, Vec<Case<'a>>> {
    let mut by_question: BTreeMap<(usize, Option<usize>), Case<'a>> = BTreeMap::new();
    for &index in &one.questions {
        if let Some(question) = one.corpus.questions.get(index) {
            by_question
                .entry((question.source, Some(index)))
                .or_default();
        }
    }
    for finding in &one.findings {
        let case = by_question
            .entry((finding.source, finding.question))
            .or_default();
        case.findings.push(finding);
    }
    let mut by_file: BTreeMap<usize, Vec<Case<'a>>> = BTreeMap::new();
    for ((source, question), mut case) in by_question {
        case.name = name(one, source, question).unwrap_or_default();
        by_file.entry(source).or_default().push(case);
    }
    by_file
}

/// A question's id, else its text; a file's path.
fn name(one: &Judged<'_>, source: usize, question: Option<usize>) -> Option<String> {
    let source = one.corpus.sources.get(source)?;
    let question = question.and_then(|index| one.corpus.questions.get(index));
    let Some(question) = question else {
        return Some(hosted(one, source));
    };
    let id = question.id().map(str::to_string);
    Some(id.unwrap_or_else(|| question.title(source)))
}

fn fails(finding: &Finding, reader: &Reader) -> bool {
    finding.severity == Severity::Error || reader.strict
}

fn draw(out: &mut String, corpus: &Corpus, path: &str, case: &Case<'_>, reader: &Reader) {
    let first = case.findings.first().and_then(|finding| {
        let source = corpus.sources.get(finding.source)?;
        Some(source.position(finding.span.start()).0)
    });
    let line = first.map_or(String::new(), |line| format!(" line=\"{line}\""));
    let _ = write!(
        out,
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\"{line} time=\"0\"",
        escaped(&case.name),
        escaped(path),
        escaped(path)
    );
    if case.findings.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    let (failing, others): (Vec<&Finding>, Vec<&Finding>) = case
        .findings
        .iter()
        .copied()
        .partition(|finding| fails(finding, reader));
    if let Some(first) = failing.first() {
        let _ = writeln!(
            out,
            "      <failure message=\"{}\" type=\"{}\">{}</failure>",
            escaped(&first.message),
            escaped(&first.rule),
            escaped(&lines(corpus, path, &failing))
        );
    }
    if !others.is_empty() {
        let _ = writeln!(
            out,
            "      <system-out>{}</system-out>",
            escaped(&lines(corpus, path, &others))
        );
    }
    out.push_str("    </testcase>\n");
}

fn lines(corpus: &Corpus, path: &str, findings: &[&Finding]) -> String {
    let line = |finding: &&Finding| {
        let source = corpus.sources.get(finding.source)?;
        let (line, column) = source.position(finding.span.start());
        Some(format!(
            "{path}:{line}:{column}: {}[{}]: {} ({})",
            finding.severity, finding.rule, finding.message, finding.help
        ))
    };
    let lines: Vec<String> = findings.iter().filter_map(line).collect();
    lines.join("\n")
}

/// Text in an attribute or an element. What XML 1.0 cannot say, and what a
/// terminal would obey, is shown as elsewhere.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c if is_hidden(c) => push_visible(&mut shown, c),
            c => shown.push(c),
        }
    }
    let mut out = String::with_capacity(shown.len());
    escape(&shown, &mut out);
    out.replace('\n', "&#10;")
}
