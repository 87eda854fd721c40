//! `unknown-level`: a level that the corpus does not have.

use crate::finding::did_you_mean;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let levels = &asked.corpus.config.levels;
    let Some(level) = asked
        .question
        .meta
        .level
        .given()
        .filter(|level| !levels.contains(&level.value))
    else {
        return Vec::new();
    };
    let help = match did_you_mean(&level.value, levels.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the levels are {}", levels.join(", ")),
    };
    vec![asked.verdict(
        level.span,
        format!("`{}` is no level of this corpus", level.value),
        help,
    )]
}
