//! `missing-level`: a question without a level.

use crate::question::Field;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    if asked.question.meta.level != Field::Absent {
        return Vec::new();
    }
    let levels = asked.corpus.config.levels.join(", ");
    let help = if asked.corpus.page(asked.question.source).is_none() {
        format!("add `level:` with one of {levels}")
    } else {
        format!("say it as the other questions do: one of {levels}")
    };
    vec![asked.verdict(
        asked.question.heading_span(),
        "the question has no level",
        help,
    )]
}
