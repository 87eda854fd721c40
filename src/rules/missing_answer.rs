//! `missing-answer`: no answer, or only a placeholder for one.

use crate::markdown::flat::OBJECT;
use crate::rule::{Asked, Verdict};
use crate::source::Span;

/// What stands where an answer should, in lower case and without marks at its ends.
const PLACEHOLDERS: &[&str] = &[
    "a",
    "add answer",
    "add answer here",
    "add an answer",
    "add your answer here",
    "ans",
    "answer",
    "answer here",
    "answer goes here",
    "answer pending",
    "answer to be added",
    "answer to come",
    "coming soon",
    "comming soon",
    "fill in",
    "fill me in",
    "fixme",
    "in progress",
    "insert answer here",
    "lorem ipsum",
    "n/a",
    "na",
    "no answer",
    "no answer yet",
    "none",
    "not answered",
    "not answered yet",
    "not yet answered",
    "pending",
    "placeholder",
    "soon",
    "tba",
    "tbc",
    "tbd",
    "to be added",
    "to be answered",
    "to be completed",
    "to be continued",
    "to be done",
    "to do",
    "to-do",
    "todo",
    "under construction",
    "wip",
    "work in progress",
    "write answer here",
    "write your answer here",
    "xxx",
    "your answer",
    "your answer here",
];

/// A note to oneself longer than this may be an answer that begins so.
const MAX_NOTE: usize = 80;

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    let proper = question
        .follow_ups_section
        .map_or(question.answer, |section| {
            Span::new(question.answer.start, section.start)
        });
    let blocks = || {
        question
            .answer_blocks()
            .iter()
            .filter(|block| block.span.start < proper.end)
    };
    let prose = match (blocks().next(), blocks().next_back()) {
        (Some(first), Some(last)) => question
            .document
            .prose
            .text
            .get(first.prose.start..last.prose.end)
            .unwrap_or_default(),
        _ => "",
    };
    let help = "write the answer below the question; until it stands, `status: draft` keeps it out of exports";
    if prose.contains(OBJECT) {
        return Vec::new();
    }
    let words = prose
        .split(|c: char| c.is_whitespace() || c == '\u{1e}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let words = words
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    if words.is_empty() {
        return vec![asked.verdict(question.heading_span(), "the question has no answer", help)];
    }
    let is_note = words.len() <= MAX_NOTE
        && ["todo:", "todo(", "tbd:", "fixme:"]
            .iter()
            .any(|note| words.starts_with(note));
    if is_note || PLACEHOLDERS.contains(&words.as_str()) {
        let message = format!(
            "`{}` holds the place of an answer",
            prose
                .trim_matches(['\n', '\u{1e}', ' '])
                .lines()
                .next()
                .unwrap_or_default()
        );
        let first = blocks().next().map_or(proper, |block| {
            question
                .document
                .prose
                .span(block.prose.start..block.prose.end)
        });
        return vec![asked.verdict(first, message, help)];
    }
    Vec::new()
}
