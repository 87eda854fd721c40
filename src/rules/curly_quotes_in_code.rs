//! `curly-quotes-in-code`: typographic quotes where a program needs straight ones.

use crate::finding::Edit;
use crate::markdown::flat::Flat;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Languages whose text may be prose.
const PROSE: &[&str] = &[
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "console",
    "output",
    "markdown",
    "md",
    "diff",
    "mermaid",
    "html",
];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for code in &asked.question.document.codes {
        let language = code
            .fence
            .as_ref()
            .map_or("", |fence| asked.source.slice(fence.language));
        if !PROSE.contains(&language.to_lowercase().as_str()) {
            verdicts.extend(judge(asked, &code.text));
        }
    }
    verdicts
}

fn judge(asked: &Asked<'_>, code: &Flat) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut start = 0;
    for line in code.text.split_inclusive('\n') {
        // In a comment or within straight quotes a curly one is text.
        let comment = ["//", "#", "--", "/*", "*", ";", "%", "<!--"]
            .iter()
            .filter_map(|mark| line.find(mark))
            .min();
        for (at, c) in line
            .char_indices()
            .filter(|(_, c)| matches!(c, '“' | '”' | '‘' | '’'))
        {
            let before = line.get(..at).unwrap_or_default();
            let quoted = ['"', '\'', '`']
                .iter()
                .any(|quote| before.matches(*quote).count() % 2 == 1);
            if quoted || comment.is_some_and(|comment| comment < at) {
                continue;
            }
            let straight = if matches!(c, '“' | '”') {
                "\""
            } else {
                "'"
            };
            let span: Span = code.span(start + at..start + at + c.len_utf8());
            let message = format!("`{c}` is no quotation mark to a program");
            let verdict = asked.verdict(span, message, format!("write {straight}"));
            let as_written = asked.source.slice(span).starts_with(c);
            verdicts.push(if as_written {
                verdict.unsafely(vec![Edit::new(span, straight)])
            } else {
                verdict
            });
        }
        start += line.len();
    }
    verdicts
}
