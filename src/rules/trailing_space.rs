//! `trailing-space`: spaces and tabs at the end of a line, but for the two
//! that break it.

use std::cell::LazyCell;

use memchr::memchr_iter;

use super::lines::{Kept, lines};
use crate::finding::Edit;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    if !ends_in_space(asked.source.slice(asked.question.span).as_bytes()) {
        return Vec::new();
    }
    let kept = LazyCell::new(|| Kept::of(asked));
    lines(asked)
        .filter_map(|line| judge(asked, &kept, line))
        .collect()
}

/// Whether a line of `text` may end in a space or a tab.
fn ends_in_space(text: &[u8]) -> bool {
    let before = |end: usize| end.checked_sub(1).and_then(|at| text.get(at));
    let space = |end: usize| matches!(before(end), Some(b' ' | b'\t' | b'\r'));
    space(text.len()) || memchr_iter(b'\n', text).any(space)
}

fn judge(asked: &Asked<'_>, kept: &Kept, line: Span) -> Option<Verdict> {
    let text = asked.source.slice(line);
    let words = text.trim_end_matches([' ', '\t']);
    let space = Span::new(line.start() + words.len(), line.end());
    if space.is_empty() || kept.touches(space) {
        return None;
    }
    let breaks = &asked.document().breaks;
    let is_break = breaks
        .binary_search_by_key(&space.start(), |found| found.start())
        .is_ok();
    let help = "remove it";
    if is_break {
        // The two spaces that break the line stay.
        let more = Span::new(space.start() + 2, space.end());
        let plain = asked.source.slice(space).bytes().all(|byte| byte == b' ');
        return (plain && !more.is_empty()).then(|| {
            let message = "more space at the end of the line than its two that break it";
            asked
                .verdict(more, message, help)
                .safely(vec![Edit::new(more, "")])
        });
    }
    let verdict = asked.verdict(space, "space at the end of the line", help);
    // Without the space, a backslash would break the line.
    Some(if words.ends_with('\\') {
        verdict
    } else {
        verdict.safely(vec![Edit::new(space, "")])
    })
}
