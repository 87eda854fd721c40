//! `unclosed-fence`: a code fence that runs to the end of its container.

use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let open = asked
        .document()
        .codes
        .iter()
        .filter_map(|code| code.fence.as_ref())
        .filter(|fence| !fence.closed);
    open.map(|fence| {
        let mark = asked.source.slice(fence.mark);
        let message = "this code fence never closes; all that follows is code";
        let help = format!("add a line {mark} where the code ends");
        asked.verdict(fence.mark, message, help)
    })
    .collect()
}
