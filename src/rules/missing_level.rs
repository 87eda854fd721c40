//! `missing-level`: a question without a level.

use crate::question::Field;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    if asked.question.meta.level != Field::Absent {
        return Vec::new();
    }
    let help = format!(
        "add `level:` with one of {}",
        asked.corpus.config.levels.join(", ")
    );
    vec![asked.verdict(
        asked.question.heading_span(),
        "the question has no level",
        help,
    )]
}
