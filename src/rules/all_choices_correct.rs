//! `all-choices-correct`: choices of which every one is marked as correct.

use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    let Some(list) = question.choices_list else {
        return Vec::new();
    };
    // Of a single choice, `single-choice` speaks.
    if question.choices.len() < 2 || !question.choices.iter().all(|choice| choice.correct) {
        return Vec::new();
    }
    let first = asked.source.line_span(list.start());
    let message = format!(
        "all {} choices are marked as correct",
        question.choices.len()
    );
    let help = "write `- [ ] ` before each wrong one, or add wrong ones";
    vec![asked.verdict(Span::new(list.start(), first.end()), message, help)]
}
