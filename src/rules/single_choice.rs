//! `single-choice`: a choice with nothing beside it to choose.

use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let [choice] = asked.question.choices.as_slice() else {
        return Vec::new();
    };
    let help = "add wrong choices to the same list, or write the choice as the answer";
    vec![asked.verdict(
        choice.written(asked.source),
        "there is only one choice",
        help,
    )]
}
