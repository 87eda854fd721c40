//! `no-correct-choice`: choices of which none is marked as correct.

use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    let (Some(list), Some(_)) = (question.choices_list, question.choices.first()) else {
        return Vec::new();
    };
    if question.choices.iter().any(|choice| choice.correct) {
        return Vec::new();
    }
    let first = asked.source.line_span(list.start());
    let message = "no choice is marked as correct";
    let help = "write `- [x] ` before the right one";
    vec![asked.verdict(Span::new(list.start(), first.end()), message, help)]
}
