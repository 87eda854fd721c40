//! `fence-without-language`: a code fence that does not say what it holds.

use crate::rule::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let bare = asked
        .question
        .document
        .codes
        .iter()
        .filter_map(|code| code.fence.as_ref())
        .filter(|fence| fence.language.is_empty());
    bare.map(|fence| {
        let mark = asked.source.slice(fence.mark);
        let help = format!("write it behind the fence, `{mark}java`; for plain text `{mark}text`");
        asked.verdict(fence.mark, "the code has no language", help)
    })
    .collect()
}
