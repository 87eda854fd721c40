//! Spans that the parser does not give: a link's target, a heading's words, a
//! fence's marks. They are found from spans that it does give, never by a search.

use std::collections::HashSet;

use super::{Code, Fence};
use crate::source::Span;

/// A label longer than this, in bytes, names no target (999 characters in `CommonMark`).
const MAX_LABEL: usize = 999;

/// What stands in brackets, in lower case: what may name a target that is
/// defined elsewhere. The text of a link that has its target behind it does not.
pub fn labels(text: &str) -> HashSet<String> {
    let mut labels = HashSet::new();
    for (at, _) in text.match_indices('[') {
        let part = text.get(at + 1..).unwrap_or_default();
        let part = part.split('[').next().unwrap_or_default();
        let (label, behind) = part.split_once(']').unwrap_or((part, ""));
        let target = behind.strip_prefix('(');
        let target = target.and_then(|target| target.split(')').next());
        // `[text][label](…)` names its target by the label.
        let second = text.get(..at).is_some_and(|before| before.ends_with(']'));
        let own = target.is_some_and(|target| !target.contains(char::is_whitespace));
        if label.len() <= MAX_LABEL && (second || !own) {
            labels.insert(label.to_lowercase());
        }
    }
    labels
}

/// The target of an inline link, `](here "title")`, from the end of the link's
/// last child. None where the target stands elsewhere, as in `[text][label]`.
pub(super) fn link_target(text: &str, last_child: usize, link_end: usize) -> Option<Span> {
    let rest = text.get(last_child..link_end)?;
    let open = rest.trim_start().strip_prefix("](")?;
    let target = open.trim_start();
    let start = link_end - target.len();
    if let Some(inner) = target.strip_prefix('<') {
        return Some(Span::new(start + 1, start + 1 + inner.find('>')?));
    }
    let mut depth = 0_usize;
    let mut escaped = false;
    let length = target.find(|c: char| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return true,
            ')' => depth -= 1,
            _ => return c.is_ascii_whitespace(),
        }
        false
    })?;
    Some(Span::new(start, start + length))
}

/// A heading without its marks: `#` before and behind it, or the line below.
pub fn heading_content(text: &str, span: Span) -> Span {
    let written = text.get(span.range()).unwrap_or_default();
    let (before, words) = if written.starts_with('#') {
        let rest = written.trim_start_matches('#');
        let words = rest.trim();
        let open = words.trim_end_matches('#');
        let closed = open.is_empty() || open.ends_with([' ', '\t']);
        let words = if closed { open.trim_end() } else { words };
        (written.len() - rest.trim_start().len(), words)
    } else {
        let above = written.trim_end().rsplit_once('\n');
        (0, above.map_or(written, |(words, _)| words).trim_end())
    };
    let start = span.start() + before.min(written.trim_end().len());
    Span::new(start, start + words.len())
}

/// The digits that an item of a numbered list begins with.
pub(super) fn number(text: &str, item: Span) -> Span {
    let written = text.get(item.range()).unwrap_or_default();
    let digits = written.trim_start_matches([' ', '\t']);
    let start = item.start() + (written.len() - digits.len());
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    Span::new(start, start + length)
}

/// The opening line of a fenced block that spans `block`.
pub(super) fn open_fence(text: &str, block: Span) -> Fence {
    let line = text
        .get(block.range())
        .unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default();
    let mark_length = line
        .bytes()
        .take_while(|byte| matches!(byte, b'`' | b'~'))
        .count();
    let info = line.get(mark_length..).unwrap_or_default();
    let start = block.start() + mark_length + (info.len() - info.trim_start().len());
    let length = info.split_whitespace().next().map_or(0, str::len);
    Fence {
        mark: Span::new(block.start(), block.start() + mark_length),
        language: Span::new(start, start + length),
        closed: false,
    }
}

/// Looks for the closing fence behind the last line of code. Whatever
/// container the block stands in, only its marks can come before it.
pub(super) fn close_fence(text: &str, code: &mut Code) {
    let Some(fence) = &mut code.fence else { return };
    let mark = text.get(fence.mark.range()).unwrap_or_default();
    let rest = text
        .get(code.content.end()..code.span.end())
        .unwrap_or_default();
    let last = rest.trim_start_matches([' ', '\t', '\r', '\n', '>']);
    fence.closed = !mark.is_empty() && last.starts_with(mark);
}
