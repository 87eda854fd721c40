//! Where a link's target is written. The parser gives no span for it.

use crate::source::Span;

/// The target of an inline link, `](here "title")`, from the end of the link's
/// last child. None where the target stands elsewhere, as in `[text][label]`.
pub fn target_span(text: &str, last_child: usize, link_end: usize) -> Option<Span> {
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
