//! The contract with other programs: version 1 of the shape below. Lines and
//! columns count from 1, columns in characters; ends are exclusive.

use std::fmt::Write;

use serde::Serialize;

use super::{Judged, placed, region, summary};
use crate::corpus::Corpus;
use crate::finding::Finding;
use crate::question::Question;
use crate::source::Source;
use crate::visible::is_hidden;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Item<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
pub struct Item<'a> {
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
    let findings = placed(judged)
        .map(|(one, finding, source)| item(one.corpus, finding, source))
        .collect();
    let counts = summary(judged);
    to_text(&Document {
        version: 1,
        findings,
        summary: Counts {
            questions: counts.questions,
            files: counts.files,
            errors: counts.errors,
            warnings: counts.warnings,
        },
    })
}

pub fn item<'a>(corpus: &'a Corpus, finding: &'a Finding, source: &'a Source) -> Item<'a> {
    let at = region(source, finding.span);
    Item {
        rule: &finding.rule,
        severity: finding.severity.to_string(),
        message: &finding.message,
        help: &finding.help,
        path: &source.shown,
        line: at.line,
        column: at.column,
        end_line: at.end_line,
        end_column: at.end_column,
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
                let (line, column) = other.position(related.span.start());
                Some(Place {
                    path: &other.shown,
                    line,
                    column,
                    message: &related.message,
                })
            })
            .collect(),
    }
}

/// JSON for people too, over several lines.
pub fn to_text(shape: &impl Serialize) -> String {
    // These structs hold nothing that JSON cannot say.
    escape_hidden(&serde_json::to_string_pretty(shape).unwrap_or_default()) + "\n"
}

/// JSON on one line.
pub fn to_line(shape: &impl Serialize) -> String {
    escape_hidden(&serde_json::to_string(shape).unwrap_or_default()) + "\n"
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
