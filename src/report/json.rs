//! The contract with other programs: version 1 of the shape below. Lines and
//! columns count from 1, columns in characters; ends are exclusive.

use std::fmt::Write;

use serde::Serialize;

use super::{Judged, summary};
use crate::corpus::Corpus;
use crate::finding::Finding;
use crate::question::Question;
use crate::visible::is_hidden;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Item<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    severity: String,
    message: &'a str,
    help: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    question: Option<&'a str>,
    fixable: bool,
    related: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
}

#[derive(Serialize)]
struct Counts {
    questions: usize,
    files: usize,
    errors: usize,
    warnings: usize,
}

pub fn render(judged: &[Judged<'_>]) -> String {
    let findings = judged
        .iter()
        .flat_map(|one| {
            one.findings
                .iter()
                .filter_map(|finding| item(one.corpus, finding))
        })
        .collect();
    let counts = summary(judged);
    let document = Document {
        version: 1,
        findings,
        summary: Counts {
            questions: counts.questions,
            files: counts.files,
            errors: counts.errors,
            warnings: counts.warnings,
        },
    };
    // These structs hold nothing that JSON cannot say.
    let mut json = escape_hidden(&serde_json::to_string_pretty(&document).unwrap_or_default());
    json.push('\n');
    json
}

fn item<'a>(corpus: &'a Corpus, finding: &'a Finding) -> Option<Item<'a>> {
    let source = corpus.sources.get(finding.source)?;
    let (line, column) = source.position(finding.span.start);
    let (end_line, end_column) = source.position(finding.span.end);
    Some(Item {
        rule: &finding.rule,
        severity: finding.severity.to_string(),
        message: &finding.message,
        help: &finding.help,
        path: &source.shown,
        line,
        column,
        end_line,
        end_column,
        question: finding
            .question
            .and_then(|index| corpus.questions.get(index))
            .and_then(Question::id),
        fixable: finding.fix.is_some(),
        related: finding
            .related
            .iter()
            .filter_map(|related| {
                let other = corpus.sources.get(related.source)?;
                let (line, column) = other.position(related.span.start);
                Some(Place {
                    path: &other.shown,
                    line,
                    column,
                    message: &related.message,
                })
            })
            .collect(),
    })
}

/// Characters that a terminal or a CI runner would obey, as `\u202e`. In JSON
/// they can stand within strings only.
pub fn escape_hidden(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.replace("##[", "##\\u005b").chars() {
        if c != '\n' && is_hidden(c) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}
