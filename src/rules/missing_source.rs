//! `missing-source`: a question that does not say where its answer comes from.

use crate::question::Field;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    if asked.question.meta.sources != Field::Absent {
        return Vec::new();
    }
    let help = if asked.corpus.page(asked.question.source).is_none() {
        "add `sources:` with an address a line, or `sources: []` for a question that needs none"
    } else {
        "name it as the other questions do"
    };
    vec![asked.verdict(
        asked.question.heading_span(),
        "the question names no source",
        help,
    )]
}
