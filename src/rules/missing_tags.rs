//! `missing-tags`: a question without tags.

use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    if !asked.question.meta.tags.is_empty() {
        return Vec::new();
    }
    let help = "add `tags: [...]` with one to three words that other questions have too";
    vec![asked.verdict(
        asked.question.heading_span(),
        "the question has no tags",
        help,
    )]
}
