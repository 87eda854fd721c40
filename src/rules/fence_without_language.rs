//! `fence-without-language`: a code fence that does not say what it holds.

use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let bare = asked
        .document()
        .codes
        .iter()
        .filter_map(|code| code.fence.as_ref())
        .filter(|fence| fence.language.is_empty());
    bare.map(|fence| {
        let help = "write it behind the back-ticks: java, sql, …, or text for what is no code";
        asked.verdict(fence.mark, "the code has no language", help)
    })
    .collect()
}
